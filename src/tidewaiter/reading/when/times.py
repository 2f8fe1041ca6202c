"""Days, months, years and spans of time named in a document, as EDTF.

The rules are our own.  The date library that was tried reads "may be" as a month, sends the weekday of
publication back a week, gives a day for what is only a month or a decade, and knows nothing of "early
2023" or "since February"; nothing of it was left to use.

A day or month without a year is the latest one not after publication, unless its verb is about the
future; without a publication date it keeps ``XXXX`` for its year.  What is only "early", "late" or "mid"
a month or year is told as that month or year; of a quarter, half year, weekend or "the last three weeks"
it is some day.  Where publication lies between two days, so does a weekday or "yesterday".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tidewaiter.model import Span, TimeMention
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.when import anchors, words
from tidewaiter.reading.when import calendar as cal
from tidewaiter.reading.when.anchors import Found, Meaning, anchored
from tidewaiter.reading.when.calendar import Published
from tidewaiter.reading.when.tense import Tense, tense_at
from tidewaiter.reading.when.words import any_of, compiled, count_of, month_number

_UNKNOWN_YEAR = ""
"""A year between two years is none."""
CENTURY_TURN = 69
"""Two-digit years below it are of the 2000s, as in POSIX's strptime."""

_LABEL_BEFORE = re.compile(
    rf"(?:\b{any_of((*words.LABELS, *words.ABOUT_A_NUMBER))}\.?[^\S\n]|[$€£#/.:=_]"
    r"|(?<!\bmid)(?<!\bpre)(?<!\bpost)(?<!\bearly)(?<!\blate)-)$",
    re.IGNORECASE,
)
_AMOUNT_BEHIND = re.compile(
    rf"[-‐‑/]\d|[-‐‑][^\W\d_]|[^\S\n]{any_of(words.AFTER_A_NUMBER)}\b|%|[^\S\n]?[–-][^\S\n]?\d{{4}}[^\S\n]GMT",
    re.IGNORECASE,
)
_FAR_YEAR_BEFORE = re.compile(r"\b(?:in|since|year)[^\S\n]$|\($", re.IGNORECASE)
"""Before years that are seldom spoken of; without it their digits are rather an amount."""
_YEAR_BEFORE = re.compile(r"\b(?:in|since|year|from|until|before|by|of|to|and)[^\S\n]$", re.IGNORECASE)
_SIDE_OF_YEAR = re.compile(r"\b(?:(?P<pre>pre)|post)-$", re.IGNORECASE)
_NAMED_BY_DAY = re.compile(rf"[^\S\n]{any_of(words.NAMED_BY_DAY)}\b", re.IGNORECASE)
_NAMED_AFTER_DAY = re.compile(rf"[^\S\n]{any_of(words.NAMED_AFTER_DAY)}\b", re.IGNORECASE)
_NAMED_BEFORE_DAY = re.compile(rf"\b{any_of(words.NAMED_BEFORE_DAY)}[^\S\n]$", re.IGNORECASE)
_NOWADAYS = re.compile(rf"['’]s[^\S\n]{any_of(words.NOWADAYS)}\b", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:in|since|by|until|till|from|of|during|before|after|between|to|and|through|early|mid|late|last|this|next|"
    r"around|for|every|by|or|throughout)[^\S\n-]$|(?:uary|rch|ril|may|june|july|ust|ber),[^\S\n]$",
    re.IGNORECASE,
)
_FISCAL_BESIDE = re.compile(r"\bfiscal\b", re.IGNORECASE)
_FIRST_IN = re.compile(r"\b(?:first|only|once|twice|time|\w+est)\b[^.,;]*$", re.IGNORECASE)
_COMPARING = re.compile(r"\b(?:compared|from|than|against|versus|vs)\b[^;:!?\n]*$", re.IGNORECASE)
_QUOTED = re.compile(r"[,.]?[\"”’']")
_CAPITALISED_BEFORE = re.compile(r"[^\W\d_][\w’'-]*[^\S\n]$")


@dataclass(frozen=True)
class _Context:
    """What a rule may ask of the document."""

    parsed: Parsed
    published: Published

    def tense(self, match: re.Match[str], group: str) -> Tense:
        """Where the words of a group lie, by their verb."""
        return tense_at(self.parsed, match.start(), match.start(group))

    @cached_property
    def is_day_first(self) -> bool | None:
        """The order of day and month in dates like 10/11/2022, by those of the document that have only one;
        None where there are none, or of both orders."""
        orders = {
            int(found["first"]) > 12
            for found in _SLASHED.finditer(self.parsed.text)
            if (int(found["first"]) > 12) != (int(found["second"]) > 12)
        }
        return orders.pop() if len(orders) == 1 else None


Resolve = Callable[[re.Match[str], _Context], Meaning | None]


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    resolve: Resolve


def find_times(parsed: Parsed) -> tuple[TimeMention, ...]:
    """Every time that is named, in order of the text, none inside another.

    ``edtf`` is None for what is a time but cannot be worked out ("the day before the summit"; a weekday in a
    document without a date); ``relative`` tells that the publication date was needed.
    """
    return anchored(parsed, sorted(_found(parsed), key=lambda one: one.span))


def _found(parsed: Parsed) -> Iterator[Found]:
    context = _Context(parsed, Published.of(parsed.document.published))
    taken = bytearray(len(parsed.text))
    for rule in _RULES:
        for match in rule.pattern.finditer(parsed.text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            meaning = rule.resolve(match, context)
            if meaning is not None:
                yield Found(Span(start, end), meaning)
                taken[start:end] = b"\1" * (end - start)


def _before(match: re.Match[str], length: int, group: int | str = 0) -> str:
    """The text before the words of a group."""
    start = match.start(group)
    return match.string[max(0, start - length) : start]


# ---------------------------------------------------------------------------------- explicit dates


def _numbers_date(year: int, month: int, day: int) -> Meaning | None:
    return Meaning(f"{year:04d}-{month:02d}-{day:02d}") if cal.is_day(day, month, year) else None


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) < CENTURY_TURN else 1900)


def _year_first(match: re.Match[str], _context: _Context) -> Meaning | None:
    return _numbers_date(int(match["year"]), int(match["month"]), int(match["day"]))


def _year_and_month(match: re.Match[str], _context: _Context) -> Meaning | None:
    """ "2023-11"; but "2009-10" may be two years."""
    year, month = int(match["year"]), int(match["month"])
    if _LABEL_BEFORE.search(_before(match, 16)) or month > 12 or month > year % 100:
        return None
    return Meaning(f"{year:04d}-{month:02d}")


def _slashed(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "10/11/2022", in the order that the numbers, the weekday beside them, the other dates of the document
    or the day of publication tell; else some day from one to the other."""
    year, first, second = _full_year(match["year"]), int(match["first"]), int(match["second"])
    if match["mark"] == "-" and len(match["year"]) == 2:
        return None
    orders = {True: (second, first), False: (first, second)}
    read = {
        date(year, *order): is_day_first
        for is_day_first, order in orders.items()
        if cal.is_day(order[1], order[0], year)
    }
    weekday = None if match["lead"] is None else _weekday_number(match["lead"])
    latest = context.published.latest
    days = list(read)
    for told in (
        [day for day in read if day.weekday() == weekday],
        [day for day in read if read[day] == context.is_day_first],
        [day for day in read if latest is None or day <= latest + cal.TIME_ZONE_SLACK],
    ):
        days = [day for day in days if day in told] or days
    if not days:
        return None
    return Meaning(cal.day(days[0]) if len(days) == 1 else cal.one_of(min(days), max(days)))


def _dotted(match: re.Match[str], _context: _Context) -> Meaning | None:
    """Day first, unless that is no date."""
    year, first, second = _full_year(match["year"]), int(match["first"]), int(match["second"])
    return _numbers_date(year, second, first) or _numbers_date(year, first, second)


def _written_together(match: re.Match[str], _context: _Context) -> Meaning | None:
    """ "2-Nov-2022", "02NOV22", "021530ZNOV22"."""
    return _numbers_date(_full_year(match["year"]), month_number(match["month"]), int(match["day"]))


def _day_of_month(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "Nov. 2", "30 December 2023", "January 4-6"."""
    groups = match.groupdict()
    month, day = month_number(match["month"]), int(match["day"])
    if not cal.is_day(day, month):
        return None
    year = _year_of(groups, context)
    if year is not None:
        meaning = _numbers_date(int(year), month, day)
        is_relative = bool(groups.get("which"))
        return None if meaning is None else _to_last(replace(meaning, relative=is_relative), groups, month)
    unknown = f"XXXX-{month:02d}-{day:02d}"
    if groups.get("which") or _NAMED_BY_DAY.match(match.string, match.end()):
        return _to_last(Meaning(unknown), groups, month)
    edtf = context.published.day_within(month, day)
    if edtf is None:
        meant = cal.nearest_day(month, day, context.tense(match, "month"))
        if lead := groups.get("lead"):
            meant = cal.with_weekday(meant, _weekday_number(lead))
        edtf = context.published.settle(meant, unknown)
    return _to_last(Meaning(edtf, relative=edtf != unknown), groups, month)


def _to_last(meaning: Meaning, groups: dict[str, str | None], month: int) -> Meaning:
    """An interval where a last day of the month is told."""
    last = groups.get("last")
    if meaning.edtf is None or last is None or not cal.is_day(int(last), month):
        return meaning
    year, first = meaning.edtf[:4], meaning.edtf.rstrip("?")
    value = f"{year}-{month:02d}-{int(last):02d}"
    return replace(meaning, edtf=f"{first}/{value}") if first < value else meaning


def _year_of(groups: dict[str, str | None], context: _Context) -> str | None:
    """The year that the words give: digits, or "this year" by publication."""
    if short := groups.get("short"):
        return context.published.settle(cal.century_of(int(short)), str(_full_year(short)))
    if digits := groups.get("year"):
        return digits
    shift = {"this": 0, "last": -1, "next": 1}.get(groups.get("which") or "")
    if shift is None:
        return None
    return context.published.settle(lambda base: f"{base.year + shift:04d}", _UNKNOWN_YEAR) or None


def _weekday_number(name: str) -> int:
    return next(at for at, full in enumerate(words.WEEKDAYS) if full.startswith(name.lower()[:3]))


def _holiday(match: re.Match[str], context: _Context) -> Meaning | None:
    month, day = words.HOLIDAYS[re.sub(r"\s+", " ", match["name"].lower().replace("’", "'"))]
    if match["year"] and not match["short"]:
        return _numbers_date(int(match["year"]), month, day)
    unknown = f"XXXX-{month:02d}-{day:02d}"
    edtf = context.published.settle(cal.nearest_day(month, day, context.tense(match, "name")), unknown)
    return Meaning(edtf, relative=edtf != unknown)


def _nth(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "on the 15th", "the 3rd of last month"."""
    day, which = int(match["day"]), match["which"]
    offset = {"this": 0, "last": -1, "next": 1}.get(which or "")

    def of_month(base: date) -> str:
        month = cal.month(base.year, base.month + (offset or 0))
        return cal.day(date.fromisoformat(f"{month}-{day:02d}"))

    def nearest(base: date) -> str:
        is_over = day <= base.day or context.tense(match, "day") in (Tense.FUTURE, Tense.AHEAD)
        month = cal.month(base.year, base.month - (not is_over))
        return cal.day(date.fromisoformat(f"{month}-{day:02d}"))

    return Meaning(context.published.settle(of_month if offset is not None else nearest), relative=True)


# -------------------------------------------------------------------------------- months and years


def _month_of_year(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "September 2023", "August of this year", "March of that year"."""
    month = month_number(match["month"])
    year = _year_of(match.groupdict(), context)
    which = match["which"]
    shift = {"the same": 0, "that": 0, "the previous": -1, "the following": 1, "the next": 1}.get(which or "")
    hang = None if shift is None else anchors.month_beside(month, shift)
    is_relative = which is not None and year is not None
    return Meaning(f"{year or 'XXXX'}-{month:02d}", relative=is_relative, hang=hang)


def _month_alone(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "in September", "last December", "early January"."""
    month = month_number(match["month"])
    which = (match["which"] or "").lower()
    if (not which and not _is_month(match, context)) or re.match(
        r"[^\S\n]\d", match.string[match.end() : match.end() + 2]
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
        meaning = cal.nearest_month(month, context.tense(match, "month"))
    edtf = context.published.settle(meaning, unknown)
    return Meaning(edtf, relative=edtf != unknown)


def _is_month(match: re.Match[str], context: _Context) -> bool:
    """Whether a name that is a word or a person's of its own, too, is a month here."""
    name = match["month"].lower()
    tokens = context.parsed.tokens(Span(*match.span("month")))
    if tokens and tokens[0].ent_type_ == "PERSON":
        return False
    if len(name.rstrip(".")) > 4 and name not in words.AMBIGUOUS_MONTHS:
        return True
    if (
        len(name) == 3
        and name != "may"
        and re.match(r"[^\S\n][A-Z][a-z]", match.string[match.end() : match.end() + 3])
    ):
        return False  # "by Jan Smith"
    return bool(match["part"] or _PREPOSITION.search(_before(match, 12)))


def _year_alone(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "in 2019", "early 2023", "2019-2023", "2023/24"; not an amount, a clock or a number of something."""
    first, mark, last = match["year"], match["mark"], match["until"]
    if _LABEL_BEFORE.search(_before(match, 16, "year")) or _AMOUNT_BEHIND.match(match.string, match.end()):
        return None
    if not "1940" <= first < "2050" and not _FAR_YEAR_BEFORE.search(_before(match, 10, "year")):
        return None
    if _counts_plural(match.start("year"), context):
        return None
    if last is None:
        side = _SIDE_OF_YEAR.search(_before(match, 5, "year"))
        return Meaning(first if side is None else f"../{first}" if side["pre"] else f"{first}/..")
    last = first[: 4 - len(last)] + last
    is_season = mark != "/" or int(last) == int(first) + 1
    return Meaning(f"{first}/{last}") if last > first and is_season else None


def _counts_plural(start: int, context: _Context) -> bool:
    """Whether the digits count what follows: "2000 rifles", but "the 2014 sanctions"."""
    tokens = context.parsed.tokens(Span(start, start + 1))
    if tokens is None or tokens[0].dep_ != "nummod":
        return False
    noun = tokens[0].head
    determined = any(child.dep_ in ("det", "poss") for child in noun.children)
    return noun.tag_ == "NNS" and noun.i > tokens[0].i and not determined


def _spelled_year(match: re.Match[str], _context: _Context) -> Meaning | None:
    """ "nineteen seventy-nine", "the year two thousand"."""
    if not _YEAR_BEFORE.search(_before(match, 10)):
        return None
    year = words.spelled_year(match["words"])
    return None if year is None else Meaning(f"{year:04d}")


def _short_year(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "in '98"."""
    if not _YEAR_BEFORE.search(_before(match, 10)):
        return None
    edtf = context.published.settle(cal.century_of(int(match["short"])), _UNKNOWN_YEAR) or None
    return Meaning(edtf, relative=True)


def _fiscal_year(match: re.Match[str], _context: _Context) -> Meaning | None:
    """ "fiscal 2023", "FY 2023-24": the year that it is called by."""
    first, last = _full_year(match["year"]), match["until"]
    if last is None or not last.endswith(f"{(first + 1) % 100:02d}"):
        return Meaning(f"{first:04d}")
    return Meaning(f"{first:04d}/{first + 1:04d}")


def _decade(match: re.Match[str], _context: _Context) -> Meaning | None:
    """ "the 1990s", "the '90s", "the nineties"."""
    if match["word"] and not match["the"]:
        return None  # "in her sixties"
    if match["word"]:
        decade = 190 + words.DECADES[match["word"].lower()]
    else:
        decade = int(match["decade"] or f"{'19' if match['short'] > '2' else '20'}{match['short']}")
    return Meaning(f"{decade}0/{decade}9")


def _part_of_year(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "the third quarter of 2023", "Q3 2023", "the first half of last year", "the second quarter"."""
    groups = match.groupdict()
    number = int(groups["numeral"] or words.ORDINALS[groups["ordinal"].lower()])
    is_half = (groups["part"] or groups["letter"]).lower() in ("half", "h")
    if is_half and number > 2:
        return None
    length = 6 if is_half else 3
    year = groups["before"] or _year_of(groups, context)
    if year is not None:
        span = cal.months(int(year), length * (number - 1) + 1, length * number)
        return Meaning(span, relative=bool(groups["which"]))
    if (
        is_half
        or groups["which"]
        or _FISCAL_BESIDE.search(match.string[match.start() - 8 : match.end() + 11])
    ):
        return Meaning(None, relative=True)
    tense = context.tense(match, "ordinal" if groups["ordinal"] else "numeral")
    meant = cal.nearest_quarter(number, Tense.AHEAD if tense is Tense.FUTURE else tense)
    return Meaning(context.published.settle(meant), relative=True)


# ---------------------------------------------------------------------------------- relative times


def _weekday(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "on Friday", "last Thursday", "Tuesday of next week"."""
    if _NAMED_AFTER_DAY.match(match.string, match.end("weekday")) or _NAMED_BEFORE_DAY.search(
        _before(match, 8)
    ):
        return None
    number = words.WEEKDAYS.index(match["weekday"].lower())
    which, tense = (match["which"] or "").lower(), context.tense(match, "weekday")
    weeks = {"last": -1, "this": 0, "next": 1}.get((match["week"] or "").lower())
    if weeks is not None or which == "next":
        meaning = cal.weekday_of_week(number, 1 if weeks is None else weeks)
    elif which == "coming" or (not which and tense in (Tense.FUTURE, Tense.AHEAD)):
        meaning = cal.future_weekday(number)
    elif which == "this" and tense is not Tense.PAST:
        meaning = cal.future_weekday(number) if tense is Tense.FUTURE else cal.weekday_of_week(number, 0)
    else:
        meaning = cal.past_weekday(number, strictly=which in ("last", "past", "previous"))
    return Meaning(context.published.settle(meaning), relative=True)


def _near_day(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "yesterday", "last night"; not "USA Today", nor "today's world"."""
    if _is_name(match) or _NOWADAYS.match(match.string, match.end()):
        return None
    count = words.NEAR_DAYS.get(re.sub(r"\s+", " ", match["day"].lower()), 0)
    return Meaning(context.published.settle(cal.ago(count, "day")), relative=True)


def _is_name(match: re.Match[str]) -> bool:
    """Whether capitals or quotation marks make a name of the words: "USA Today", "This Week"."""
    if not match[0].split()[-1][0].isupper():
        return False
    before = _before(match, 24)
    if before.endswith(('"', "“", "‘", "'")):
        return _QUOTED.match(match.string, match.end()) is not None
    neighbour = _CAPITALISED_BEFORE.search(before)
    return neighbour is not None and neighbour[0][0].isupper() and not match[0].isupper()


def _overnight(match: re.Match[str], context: _Context) -> Meaning | None:
    """The night between the day before publication and its own, where the word stands for a time alone."""
    tokens = context.parsed.tokens(Span(*match.span()))
    if not tokens or tokens[0].dep_ not in ("advmod", "npadvmod"):
        return None
    return Meaning(context.published.settle(cal.since(1, "day")), relative=True)


def _weekend(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "last weekend", "over the weekend"; "next weekend" may be this one or the next."""
    which, tense = match["which"].lower(), context.tense(match, "which")
    if which == "next":
        return Meaning(None, relative=True)
    is_past = tense is Tense.PAST or (tense is Tense.OPEN and which != "this")
    meaning = cal.past_weekend if is_past or which.endswith("past") else cal.weekend(0)
    return Meaning(context.published.settle(cal.weekend(-1) if which == "last" else meaning), relative=True)


def _unit(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "last week", "this month", "earlier this year"; not "the last week"."""
    if _is_name(match):
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    if which != "this" and _before(match, 4, "which").lower() == "the ":
        return Meaning(None, relative=True)
    shift = {"last": -1, "this": 0, "next": 1}[which]
    meaning = {"week": cal.week, "quarter": cal.quarter_beside}.get(unit, lambda shift: cal.ago(-shift, unit))
    return Meaning(context.published.settle(meaning(shift)), relative=True)


def _the_unit(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "the end of the month", "by year-end", "for the full year": of a time in the same sentence, else of
    publication."""
    unit = (match["unit"] or "year").lower()
    meaning = {"week": cal.week(0), "year": cal.year_in_progress}.get(unit, cal.ago(0, unit))
    edtf = context.published.settle(meaning)
    return Meaning(edtf, relative=True, hang=anchors.beside(0, unit), is_near=True)


def _ago(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "two weeks ago", "more than a year ago"; unknown for decades, which are told too loosely."""
    factor, unit = words.UNITS[match["unit"].lower()]
    count, how = count_of(match["count"]) * factor, (match["how"] or "").lower()
    if match["unit"].lower() == "decade":
        return Meaning(None, relative=True)
    if how in ("less than", "under"):
        meaning = cal.since(count, unit)
    else:
        meaning = cal.before(count, unit) if how else cal.ago(count, unit)
    return Meaning(context.published.settle(meaning), relative=True)


def _from_now(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "three days from now", "in two weeks' time", and "in two weeks" where the verb looks ahead."""
    factor, unit = words.UNITS[match["unit"].lower()]
    is_sure = match.groupdict().get("sure") is not None
    if not is_sure and (
        context.tense(match, "unit") is not Tense.FUTURE or _FIRST_IN.search(_before(match, 40))
    ):
        return None
    return Meaning(context.published.settle(cal.ago(-count_of(match["count"]) * factor, unit)), relative=True)


def _lately(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "in the past three weeks", "over the next year": some day of them; "in recent weeks" is unknown."""
    unit, which, said = match["unit"].lower(), match["which"].lower(), (match["count"] or "").lower()
    is_loose = (
        which == "recent" or match["about"] or said in words.LOOSE_COUNTS or (match["plural"] and not said)
    )
    if is_loose or match["how"].lower() in ("for", "throughout"):
        return Meaning(None, relative=True)
    count = count_of(said or "one")
    if unit == "hour":
        count, unit = -(-count // 24), "day"
    factor, unit = words.UNITS[unit]
    span = cal.ahead if which in ("coming", "next", "following") else cal.since
    return Meaning(context.published.settle(span(count * factor, unit)), relative=True)


def _unknown(_match: re.Match[str], _context: _Context) -> Meaning | None:
    """A time that is told too loosely: fiscal years begin when they like."""
    return Meaning(None, relative=True)


def _year_ago(_match: re.Match[str], context: _Context) -> Meaning | None:
    """ "the year-ago quarter", "year-earlier results": by a time in the same sentence, else publication."""
    edtf = context.published.settle(cal.year_before)
    return Meaning(edtf, relative=True, hang=anchors.shifted(-1, "year"), is_near=True)


def _from_another(match: re.Match[str], context: _Context) -> Meaning | None:
    """ "a week earlier", "two days after Nov. 2"; "from 4 percent a year earlier" compares with today."""
    factor, unit = words.UNITS[match["unit"].lower()]
    how, count = match["how"].lower(), count_of(match["count"]) * factor
    hang = anchors.shifted(count if how in ("later", "after") else -count, unit)
    compares = how == "earlier" and (count, unit) == (1, "year") and _COMPARING.search(_before(match, 60))
    edtf = context.published.settle(cal.year_before) if compares else None
    return Meaning(edtf, relative=True, hang=hang, is_before=how in ("before", "after", "prior"))


def _beside_another(match: re.Match[str], _context: _Context) -> Meaning | None:
    """ "the next day", "the day before", "that year", "the same month"."""
    groups = match.groupdict()
    which = (groups.get("which") or groups.get("that") or groups["how"]).lower()
    unit = {"night": "day"}.get(match["unit"].lower(), match["unit"].lower())
    hang = anchors.beside(words.BESIDE[which], unit)
    return Meaning(None, relative=True, hang=hang, is_before="how" in groups)


# ------------------------------------------------------------------------------------------- rules


def _rule(pattern: str, resolve: Resolve) -> _Rule:
    return _Rule(compiled(rf"(?<![^\W_]){pattern}"), resolve)


def _any_case(pattern: str, resolve: Resolve) -> _Rule:
    return _Rule(compiled(rf"(?<![^\W_]){pattern}", ignore_case=True), resolve)


_FIRST = r"(?<![-/.\d])(?P<first>\d{1,2})"
_ANY_YEAR = rf"(?P<year>{words.FULL_YEAR}|\d\d)"
_SLASHED = compiled(
    rf"(?<![^\W_]){words.LEAD}{_FIRST}(?P<mark>[/-])(?P<second>\d{{1,2}})(?P=mark){_ANY_YEAR}(?![-/\d]|\.\d)"
)
_TO_YEAR = r"(?:(?P<mark>[-–—/])(?P<until>(?:(?:19|20)\d)?\d|\d\d))?(?!\w|[.,]\d)"
_ONES = any_of(word for word, number in words.SPELLED.items() if number < 10)
_TEENS = any_of(word for word, number in words.SPELLED.items() if 10 <= number < 20)
_TENS = any_of(word for word, number in words.SPELLED.items() if number >= 20)
_SPELLED = rf"(?:nineteen|twenty) (?:{_TENS}(?:(?: |-){_ONES})?|{_TEENS})(?![\w-])"
_SPAN = any_of((*words.COUNTS, *words.LOOSE_COUNTS, r"\d{1,3}"))
_FISCAL = r"(?:fiscal|financial)"

_DATES: tuple[_Rule, ...] = (
    _rule(
        rf"(?<![-/.\d])(?P<year>{words.FULL_YEAR})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?![-/]?\d)",
        _year_first,
    ),
    _Rule(_SLASHED, _slashed),
    _rule(rf"{_FIRST}\.(?P<second>\d{{1,2}})\.{_ANY_YEAR}(?![-/\d]|\.\d)", _dotted),
    _rule(rf"(?P<day>\d{{1,2}})-?{words.MONTH}-?{_ANY_YEAR}(?!\w|[-.,]\d)", _written_together),
    _rule(rf"(?P<day>\d\d)\d{{4}}Z ?{words.MONTH} ?{_ANY_YEAR}(?!\w|[-.,]\d)", _written_together),
    _rule(
        rf"{words.LEAD}{words.MONTH} ?(?:the )?{words.DAY}{words.LAST_BEHIND}{words.OF_YEAR}", _day_of_month
    ),
    _rule(
        rf"{words.LEAD}(?<![\d.,]){words.DAY}{words.LAST_BEFORE} (?:of )?{words.MONTH}{words.OF_YEAR}",
        _day_of_month,
    ),
    _any_case(
        rf"(?P<name>{any_of(words.HOLIDAYS)})(?:,? {words.YEAR})?(?!\w)".replace("'s", "['’]s"), _holiday
    ),
    _rule(
        r"(?:(?<=\bon\s)|(?<=\bby\s)|(?<=\bfrom\s)|(?<=\bsince\s)|(?<=\buntil\s))the "
        r"(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)(?: of (?P<which>this|last|next) month|(?=[.,;:)!?]|$))",
        _nth,
    ),
)
_MONTHS_AND_YEARS: tuple[_Rule, ...] = (
    _rule(rf"(?:{words.PART})?{words.MONTH}(?:,? (?:of )?|-){words.WHICH_YEAR}", _month_of_year),
    _rule(rf"(?P<part>{words.PART})?(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext) )?{words.MONTH}", _month_alone),
    _any_case(
        rf"(?:(?P<before>{words.FULL_YEAR})(?:['’]s)? )?(?:the )?"
        rf"(?:(?P<ordinal>{any_of(words.ORDINALS)})(?: |-)(?P<part>quarter|half)"
        r"|(?P<letter>[QH])(?P<numeral>[1-4]))"
        rf"(?![\w-]| centur)(?:,?(?: of| in)? {words.WHICH_YEAR})?",
        _part_of_year,
    ),
    _any_case(
        rf"{_FISCAL}(?: year)? (?P<year>{words.FULL_YEAR})(?:[-–/](?P<until>(?:20)?\d\d))?(?!\w|[.,]\d)",
        _fiscal_year,
    ),
    _rule(rf"FY(?: |-)?['’]?{_ANY_YEAR}(?:[-–/](?P<until>(?:20)?\d\d))?(?!\w|[.,]\d)", _fiscal_year),
    _any_case(
        r"(?:(?:the|this|last|next) )?(?:(?:last|next|current|latest|coming|previous|new) )?"
        rf"{_FISCAL} year(?!\w)",
        _unknown,
    ),
    _rule(rf"(?P<year>{words.FULL_YEAR})-(?P<month>0[1-9]|1[0-2])(?![-/]?\d|\w|[.,]\d)", _year_and_month),
    _rule(
        rf"(?:(?:early|mid|late|earlier|later)(?: |-))?(?<![\d.,])(?P<year>{words.FULL_YEAR}){_TO_YEAR}",
        _year_alone,
    ),
    _any_case(
        r"(?P<the>the )?(?:(?:early|mid|late)(?: |-)(?:to-(?:mid|late)-)?)?"
        rf"(?:(?P<decade>(?:1[5-9]|20)\d)0['’]?s|['’](?P<short>\d)0s|(?P<word>{any_of(words.DECADES)}))\b",
        _decade,
    ),
    _any_case(rf"(?P<words>{_SPELLED}|(?<=year\s)two thousand(?:(?: and)? {_ONES})?)(?!\w)", _spelled_year),
    _rule(r"(?:(?:early|mid|late)(?: |-))?['’](?P<short>\d\d)(?![\w'’]|[.,]\d)", _short_year),
)
_BY_PUBLICATION: tuple[_Rule, ...] = (
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Pp]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Tt]his) )?{words.WEEKDAY}(?!s\b)(?!\w)"
        r"(?: (?:of )?(?P<week>last|this|next) week(?![\w-]))?",
        _weekday,
    ),
    _any_case(
        r"(?:(?:earlier|later|late|early) )?(?P<day>yesterday|today|tonight|tomorrow|the day before yesterday"
        r"|the day after tomorrow|last night|last evening|this (?:morning|afternoon|evening))\b",
        _near_day,
    ),
    _any_case(r"overnight\b(?! (?:on|from|into|to|between)\b)(?!-)", _overnight),
    _any_case(
        rf"(?:(?P<how>more than|over|at least|less than|under) )?{words.COUNT} {words.UNIT}s? ago\b",
        _ago,
    ),
    _any_case(rf"(?:in )?{words.COUNT} {words.UNIT}s?['’]?s?(?P<sure> time| from now| hence)\b", _from_now),
    _any_case(rf"in {words.COUNT} {words.UNIT}s?(?![\w'’-])", _from_now),
    _any_case(
        r"(?P<how>in|over|during|for|within|throughout) (?:the )?"
        r"(?P<which>recent|past|last|previous|coming|next|following) "
        rf"(?:(?P<count>{_SPAN}) )?(?P<unit>{any_of(words.UNITS)}|hour)(?P<plural>s)?(?P<about> or so)?"
        r"(?![\w-]| of\b)",
        _lately,
    ),
    _any_case(r"(?P<which>the past|the|this|last|next|this past|this coming) weekend(?!\w)", _weekend),
    _any_case(
        rf"(?:{words.PART_OF})?(?P<which>last|this|next) (?P<unit>week|month|quarter|year)(?!\w)", _unit
    ),
    _any_case(rf"{words.PART_OF}the (?:current )?(?P<unit>week|month|year)(?!\w)", _the_unit),
    _any_case(
        r"(?:(?:the )?(?P<unit>year)(?:['’]s)?(?: |-)end(?!\w)|(?<=\bfor\s)the year(?= ended\b|[,.;])"
        r"|the (?:full|whole|entire|calendar) year(?![\w-]))",
        _the_unit,
    ),
    _any_case(r"(?:the )?(?:a )?year-(?P<how>ago|earlier)(?!\w)", _year_ago),
)
_BY_ANOTHER: tuple[_Rule, ...] = (
    _any_case(
        rf"{words.COUNT} {words.UNIT}s? (?P<how>earlier|later|before|after|prior)\b(?! than\b)", _from_another
    ),
    _any_case(
        r"(?:(?:earlier|later|early|late) )?"
        r"(?:the (?P<which>previous|preceding|prior|following|next|same)|(?P<that>that)) "
        r"(?P<unit>day|night|week|month|year)(?!\w)",
        _beside_another,
    ),
    _any_case(r"the (?P<unit>day|night|week|month|year) (?P<how>before|after)\b", _beside_another),
)
_RULES = (*_DATES, *_MONTHS_AND_YEARS, *_BY_PUBLICATION, *_BY_ANOTHER)
"""In the order in which they take their words."""
