"""Days, months, years and spans of time named in a document, as EDTF.

The rules are our own.  The date library that was tried reads "may be" as a month, sends the weekday of
publication back a week, gives a day for what is only a month or a decade, and knows nothing of "early
2023" or "since February"; nothing of it was left to use.

A day or month without a year is the latest one not after publication, unless its verb is about the
future; without a publication date it keeps ``XXXX`` for its year.  What is only "early", "late" or "mid"
a month or year is told as that month or year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.model import Span, TimeMention
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.when import calendar as cal
from tidewaiter.reading.when.calendar import Published

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
AMBIGUOUS_MONTHS = ("march", "may", "august")
"""Month names that are words of their own too: they need a capital, and a preposition, day or year."""
COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
CENTURY_TURN = 69
"""Two-digit years below it are of the 2000s, as in POSIX's strptime."""

_S = r"[ \u00a0]{1,2}"
_MONTH = (
    r"(?P<month>(?:Jan(?:uary|\.)?|Feb(?:ruary|r?\.)?|March|Mar\.?|Apr(?:il|\.)?|May|June|Jun\.?|July|Jul\.?|"
    r"Aug(?:ust|\.)?|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|"
    r"JAN(?:UARY|\.)?|FEB(?:RUARY|\.)?|MARCH|MAR\.?|APR(?:IL|\.)?|MAY|JUNE|JULY|AUG(?:UST|\.)?|SEPT?(?:EMBER|\.)?|"
    r"OCT(?:OBER|\.)?|NOV(?:EMBER|\.)?|DEC(?:EMBER|\.)?|"
    r"january|february|april|june|july|september|october|november|december))(?![^\W\d_])"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w]|[.,]\d)"
_LAST = r"(?:[ \u00a0]?[-‐‑–][ \u00a0]?(?P<last>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\w))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\w]|[.,]\d)"
_WHICH_YEAR = rf"(?:{_YEAR}|(?P<which>this|last|next|the same|that|the previous|the following) year)"
_OF_YEAR = rf"(?:,?{_S}(?:of{_S}|in{_S})?{_WHICH_YEAR})?"
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_LEAD = rf"(?:(?<!\w){_WEEKDAY},?[ \u00a0]{{1,2}}(?:the[ \u00a0])?)?"
_FULL_WEEKDAY = r"(?P<weekday>(?i:mon|tues|wednes|thurs|fri|satur|sun)day)"
_PART = r"(?:early|mid|late|earlier|later|beginning of|start of|middle of|end of|half of|summer of|spring of)"
_COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_NAMED_AFTER = re.compile(
    r"[ \u00a0](?:attacks?|massacre|assault|revolution|uprising|movement)\b", re.IGNORECASE
)
_LABEL_BEFORE = re.compile(
    r"(?:\b(?:resolutions?|no\.?|nos\.?|number|act|article|section|more than|over|about|around|some|nearly|"
    r"almost|least|approximately|another|roughly|than)[ \u00a0]|[$€£#/.:=_-])$",
    re.IGNORECASE,
)
_NOT_A_DAY = re.compile(
    r"[ \u00a0](?:prayers?|times|telegraph|mirror|express|world|guardian)\b", re.IGNORECASE
)
_NAMED_DAY = re.compile(r"\b(?:black|good|bloody|cyber|palm|super|ash|holy|easter)[ \u00a0]$", re.IGNORECASE)
_JOINED = re.compile(r",?[ \u00a0](?:and|to|or|until|through|till)[ \u00a0]|[ \u00a0]?[-–—/][ \u00a0]?")
_PREPOSITION = re.compile(
    r"\b(?:in|since|by|until|till|from|of|during|before|after|between|to|and|through|early|mid|late|last|this|next|"
    r"around|for|every|by|or|throughout)[ \u00a0-]$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"\b(?:until|till|by|before|effective|through|deadline of|expires?|due)[ \u00a0](?:the[ \u00a0])?$",
    re.IGNORECASE,
)
_PAST_AUXILIARIES = frozenset({"was", "were", "had", "has", "have", "did", "'ve", "’ve", "been", "having"})
_FUTURE_AUXILIARIES = frozenset({"will", "'ll", "’ll", "shall"})
_LOOKING_AHEAD = frozenset({"expect", "schedule", "due", "slate"})
_FUTURE_GOVERNORS = _LOOKING_AHEAD | {"set", "plan", "intend", "hope", "poise"}  # with an infinitive


@dataclass(frozen=True, slots=True)
class _Context:
    """What a rule may ask of the document."""

    parsed: Parsed
    published: Published

    def tense(self, start: int) -> str:
        """Where the word at ``start`` lies by its verb: "past", "future", or "open" where the verb does
        not tell, or a word such as "until" before it looks forward."""
        if _FORWARD.search(self.parsed.text[max(0, start - 20) : start]):
            return "open"
        tokens = self.parsed.tokens(Span(start, start + 1))
        return "open" if tokens is None else _tense(tokens[0])


def _tense(token: Token) -> str:
    """The tense of the nearest verb above."""
    for above in token.ancestors:
        if above.pos_ not in ("VERB", "AUX"):
            continue
        helpers = {child.lower_ for child in above.children if child.dep_ in ("aux", "auxpass")}
        if helpers & _FUTURE_AUXILIARIES or above.lemma_.lower() in _LOOKING_AHEAD:
            return "future"
        if "to" in helpers:
            return "future" if above.head.lemma_.lower() in _FUTURE_GOVERNORS else "open"
        if above.tag_ == "VBD" or helpers & _PAST_AUXILIARIES:
            return "past"
        if above.tag_ in ("VBZ", "VBP"):
            return "open"
    return "open"


Resolve = Callable[[re.Match[str], _Context], "_Meaning | None"]


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a rule makes of its words."""

    edtf: str | None
    relative: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    resolve: Resolve


def find_times(parsed: Parsed) -> tuple[TimeMention, ...]:
    """Every time that is named, in order of the text, none inside another.

    ``edtf`` is None for what is a time but cannot be worked out ("a week earlier"; a weekday in a
    document without a date); ``relative`` tells that the publication date was needed.
    """
    context = _Context(parsed, Published.of(parsed.document.published))
    found: list[TimeMention] = []
    taken = bytearray(len(parsed.text))
    for rule in _RULES:
        for match in rule.pattern.finditer(parsed.text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            meaning = rule.resolve(match, context)
            if meaning is not None:
                found.append(TimeMention(Span(start, end), meaning.edtf, meaning.relative))
                taken[start:end] = b"\1" * (end - start)
    return tuple(_years_shared(parsed.text, sorted(found, key=lambda one: one.span)))


def _years_shared(text: str, found: Sequence[TimeMention]) -> Iterator[TimeMention]:
    """In "September 7 and October 1, 2023" the year is meant for both."""
    for one, after in zip(found, [*found[1:], None], strict=False):
        yield one if after is None else _with_year_of(text, one, after)


def _with_year_of(text: str, one: TimeMention, after: TimeMention) -> TimeMention:
    yearless = re.fullmatch(r"(?:\d{4}|XXXX)(-\d\d(?:-\d\d)?)", one.edtf or "")
    explicit = re.fullmatch(r"(\d{4})(-\d\d(?:-\d\d)?)", after.edtf or "")
    worked_out = one.relative or (one.edtf or "").startswith("XXXX")
    if yearless is None or explicit is None or after.relative or not worked_out:
        return one
    if re.search(r"\d", text[slice(*one.span)]) is None and len(yearless[1]) > 3:
        return one
    if _JOINED.fullmatch(text, one.span.end, after.span.start) is None:
        return one
    year = int(explicit[1]) - (yearless[1] > explicit[2])
    return replace(one, edtf=f"{year:04d}{yearless[1]}", relative=False)


# ---------------------------------------------------------------------------------- explicit dates


def _month_number(name: str) -> int:
    key = name.lower().rstrip(".")[:3]
    return next(number for number, full in enumerate(MONTHS, 1) if full.startswith(key))


def _numbers_date(year: int, month: int, day: int) -> _Meaning | None:
    if not cal.is_day(day, month, year):
        return None
    return _Meaning(f"{year:04d}-{month:02d}-{day:02d}")


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < CENTURY_TURN else 1900)


def _year_first(match: re.Match[str], _context: _Context) -> _Meaning | None:
    return _numbers_date(int(match["year"]), int(match["month"]), int(match["day"]))


def _slashed(match: re.Match[str], _context: _Context) -> _Meaning | None:
    """Month first, as in the United States, unless that is no date."""
    year, first, second = _full_year(match["year"]), int(match["first"]), int(match["second"])
    return _numbers_date(year, first, second) or _numbers_date(year, second, first)


def _dotted(match: re.Match[str], _context: _Context) -> _Meaning | None:
    """Day first."""
    return _numbers_date(_full_year(match["year"]), int(match["second"]), int(match["first"]))


def _day_of_month(match: re.Match[str], context: _Context) -> _Meaning | None:
    """ "Nov. 2", "30 December 2023", "January 4-6"."""
    groups = match.groupdict()
    month, day = _month_number(match["month"]), int(match["day"])
    if not cal.is_day(day, month):
        return None
    year = _year_of(groups, context)
    if year is not None:
        meaning = _numbers_date(int(year), month, day)
        relative = bool(groups.get("which"))
        return (
            _to_last(meaning, groups, month)
            if meaning is None or not relative
            else replace(meaning, relative=True)
        )
    if groups.get("which") or _NAMED_AFTER.match(match.string, match.end()):
        return _to_last(_Meaning(f"XXXX-{month:02d}-{day:02d}"), groups, month)
    unknown = f"XXXX-{month:02d}-{day:02d}"
    edtf = context.published.settle(cal.nearest_day(month, day, context.tense(match.start("month"))), unknown)
    return _to_last(_Meaning(edtf, relative=edtf != unknown), groups, month)


def _to_last(meaning: _Meaning | None, groups: dict[str, str | None], month: int) -> _Meaning | None:
    """An interval where a last day of the month is told."""
    last = groups.get("last")
    if meaning is None or meaning.edtf is None or last is None or not cal.is_day(int(last), month):
        return meaning
    year = meaning.edtf[:4]
    return replace(meaning, edtf=f"{meaning.edtf.rstrip('?')}/{year}-{month:02d}-{int(last):02d}")


def _year_of(groups: dict[str, str | None], context: _Context) -> str | None:
    """The year that the words give: digits, or "this year" by publication."""
    if digits := groups.get("year"):
        return digits
    shift = {"this": 0, "last": -1, "next": 1}.get(groups.get("which") or "")
    return None if shift is None else context.published.settle(lambda base: f"{base.year + shift:04d}")


# -------------------------------------------------------------------------------- months and years


def _month_of_year(match: re.Match[str], context: _Context) -> _Meaning | None:
    """ "September 2023", "August of this year"."""
    month = _month_number(match["month"])
    year = _year_of(match.groupdict(), context)
    return _Meaning(f"{year or 'XXXX'}-{month:02d}", relative=match["which"] is not None and year is not None)


def _month_alone(match: re.Match[str], context: _Context) -> _Meaning | None:
    """ "in September", "last December", "early January"."""
    month = _month_number(match["month"])
    which = (match["which"] or "").lower()
    if (not which and not _is_month(match)) or re.match(
        r"[ \u00a0]\d", match.string[match.end() : match.end() + 2]
    ):
        return None
    unknown = f"XXXX-{month:02d}"
    if which == "next":
        meaning = cal.future_month(month)
    elif which == "this":
        meaning = cal.same_year(month)
    elif which == "last":
        meaning = cal.past_month(month, strictly=True)
    else:
        meaning = cal.nearest_month(month, context.tense(match.start("month")))
    edtf = context.published.settle(meaning, unknown)
    return _Meaning(edtf, relative=edtf != unknown)


def _is_month(match: re.Match[str]) -> bool:
    """Whether a name that is a word of its own, too, is a month here."""
    name = match["month"].lower()
    if len(name.rstrip(".")) > 4 and name not in AMBIGUOUS_MONTHS:
        return True
    return bool(
        match["part"] or _PREPOSITION.search(match.string[max(0, match.start() - 12) : match.start()])
    )


def _year_alone(match: re.Match[str], context: _Context) -> _Meaning | None:
    """ "in 2019", "early 2023"; "2019-2023"; not an amount or the number of a resolution."""
    if _LABEL_BEFORE.search(match.string[max(0, match.start() - 16) : match.start()]):
        return None
    if re.match(r"[-‐‑/]\d|[-‐‑][^\W\d_]", match.string[match.end() : match.end() + 2]):
        return None
    if _counts_plural(match.start("year"), context):
        return None
    first, last = match["year"], match["until"]
    if last is None:
        return _Meaning(first)
    last = first[: 4 - len(last)] + last
    return _Meaning(f"{first}/{last}") if last > first else None


def _counts_plural(start: int, context: _Context) -> bool:
    """Whether the digits count what follows: "2000 rifles", but "the 2014 sanctions"."""
    tokens = context.parsed.tokens(Span(start, start + 1))
    if tokens is None or tokens[0].dep_ != "nummod":
        return False
    noun = tokens[0].head
    determined = any(child.dep_ in ("det", "poss") for child in noun.children)
    return noun.tag_ == "NNS" and noun.i > tokens[0].i and not determined


def _decade(match: re.Match[str], _context: _Context) -> _Meaning | None:
    return _Meaning(f"{match['decade']}0/{match['decade']}9")


# ---------------------------------------------------------------------------------- relative times


def _weekday(match: re.Match[str], context: _Context) -> _Meaning | None:
    text = match.string
    if _NOT_A_DAY.match(text, match.end()) or _NAMED_DAY.search(
        text[max(0, match.start() - 8) : match.start()]
    ):
        return None
    number = WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()
    if which == "next":
        meaning = cal.weekday_of_week(number, 1)
    elif which == "coming" or (not which and context.tense(match.start("weekday")) == "future"):
        meaning = cal.future_weekday(number)
    else:
        meaning = cal.past_weekday(number, strictly=which in ("last", "past", "previous"))
    return _Meaning(context.published.settle(meaning), relative=True)


def _near_day(match: re.Match[str], context: _Context) -> _Meaning | None:
    words = re.sub(r"\s+", " ", match[0].lower())
    count = {"yesterday": 1, "last night": 1, "the day before yesterday": 2, "tomorrow": -1}.get(words, 0)
    return _Meaning(context.published.settle(cal.ago(count, "day")), relative=True)


def _unit(match: re.Match[str], context: _Context) -> _Meaning | None:
    """ "last week", "this month", "earlier this year"."""
    shift = {"last": -1, "past": -1, "this": 0, "the": 0, "current": 0, "next": 1}[match["which"].lower()]
    unit = match["unit"].lower()
    meaning = cal.week(shift) if unit == "week" else cal.ago(-shift, unit)
    return _Meaning(context.published.settle(meaning), relative=True)


def _ago(match: re.Match[str], context: _Context) -> _Meaning | None:
    word = match["count"].lower()
    count = COUNTS.get(word) or int(word)
    return _Meaning(context.published.settle(cal.ago(count, match["unit"].lower())), relative=True)


def _unknown(_match: re.Match[str], _context: _Context) -> _Meaning | None:
    """A time that hangs on another one, or is told too loosely."""
    return _Meaning(None, relative=True)


def _rule(pattern: str, resolve: Resolve, *, ignore_case: bool = False) -> _Rule:
    return _Rule(re.compile(rf"(?<![^\W_]){pattern}", re.IGNORECASE if ignore_case else 0), resolve)


_UNIT = r"(?P<unit>day|week|month|year)"
_RULES: tuple[_Rule, ...] = (
    _rule(r"(?<![-/.\d])(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![-/]?\d)", _year_first),
    _rule(
        r"(?<![-/.\d])(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4}|\d{2})(?![-/\d]|\.\d)", _slashed
    ),
    _rule(
        r"(?<![-/.\d])(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.(?P<year>\d{4}|\d{2})(?![-/\d]|\.\d)", _dotted
    ),
    _rule(
        rf"{_LEAD}{_MONTH}[ \u00a0]{{0,2}}(?:the[ \u00a0])?{_DAY}{_LAST}{_OF_YEAR}",
        _day_of_month,
    ),
    _rule(
        rf"{_LEAD}(?<![\d.,]){_DAY}{_LAST}{_S}(?:of{_S})?{_MONTH}{_OF_YEAR}",
        _day_of_month,
    ),
    _rule(rf"(?:{_PART}[ \u00a0-])?{_MONTH},?{_S}(?:of{_S})?{_WHICH_YEAR}", _month_of_year),
    _rule(
        rf"(?:(?P<part>{_PART})[ \u00a0-])?(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext){_S})?{_MONTH}", _month_alone
    ),
    _rule(
        r"(?:(?:early|mid|late|earlier|later)[ \u00a0-])?"
        r"(?<![\d.,])(?P<year>(?:19[4-9]|20[0-4])\d)(?:[-–—](?P<until>(?:(?:19|20)\d)?\d|\d\d))?(?!\w|[.,]\d)",
        _year_alone,
    ),
    _rule(r"(?:the )?(?:early |mid-?|late )?(?P<decade>(?:19|20)\d)0['’]?s\b", _decade),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Pp]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Tt]his){_S})?{_FULL_WEEKDAY}(?!s\b)(?!\w)",
        _weekday,
    ),
    _rule(
        r"(?:yesterday|today|tonight|tomorrow|the day before yesterday|last night"
        r"|this (?:morning|afternoon|evening))\b",
        _near_day,
        ignore_case=True,
    ),
    _rule(rf"{_COUNT}{_S}{_UNIT}s?{_S}ago\b", _ago, ignore_case=True),
    _rule(
        rf"(?:(?:earlier|later|early|late|the (?:end|beginning|start|middle) of){_S})?"
        rf"(?P<which>last|this|next){_S}(?P<unit>week|month|year)(?!\w)",
        _unit,
        ignore_case=True,
    ),
    _rule(
        rf"the (?:end|beginning|start|middle) of (?P<which>the|current){_S}(?P<unit>week|month|year)(?!\w)",
        _unit,
        ignore_case=True,
    ),
    _rule(
        rf"(?:{_COUNT}{_S}{_UNIT}s?{_S}(?:earlier|later|before|after)"
        rf"|the (?:previous|following|next|same|preceding) (?:day|week|month|year)"
        r"|the day (?:before|after)|that (?:day|week|month|year)"
        rf"|(?:in|over|during|for|within)[ ](?:the[ ])?(?:recent|past|last|previous|coming|next|following)"
        rf"(?:[ ](?:few|several|couple of|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{{1,2}}))?"
        rf"[ ](?:days|weeks|months|years|decades|24 hours|48 hours|hours))\b",
        _unknown,
        ignore_case=True,
    ),
)
