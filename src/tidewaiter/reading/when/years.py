"""Months, quarters, years and decades: "September 2023", "in May", "Q3 2022", "fiscal 2023", "the 1990s"."""

from __future__ import annotations

import re

from tidewaiter.model import Span
from tidewaiter.reading.when import anchors, words
from tidewaiter.reading.when import calendar as cal
from tidewaiter.reading.when.anchors import Meaning
from tidewaiter.reading.when.rules import (
    ANY_YEAR,
    LABEL_BEFORE,
    UNKNOWN_YEAR,
    Context,
    Rule,
    any_case,
    before,
    full_year,
    rule,
    year_of,
)
from tidewaiter.reading.when.tense import Tense
from tidewaiter.reading.when.words import any_of, month_number

_AMOUNT_BEHIND = re.compile(
    rf"[-‐‑/]\d|[-‐‑][^\W\d_]|[^\S\n]{any_of(words.AFTER_A_NUMBER)}\b|%|[^\S\n]?[–-][^\S\n]?\d{{4}}[^\S\n]GMT",
    re.IGNORECASE,
)
_FAR_YEAR_BEFORE = re.compile(r"\b(?:in|since|year)[^\S\n]$|\($", re.IGNORECASE)
"""Before years that are seldom spoken of; without it their digits are rather an amount."""
_YEAR_BEFORE = re.compile(r"\b(?:in|since|year|from|until|before|by|of|to|and)[^\S\n]$", re.IGNORECASE)
_SIDE_OF_YEAR = re.compile(r"\b(?:(?P<pre>pre)|post)-$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:in|since|by|until|till|from|of|during|before|after|between|to|and|through|early|mid|late|last|this|next|"
    r"around|for|every|by|or|throughout)[^\S\n-]$|(?:uary|rch|ril|may|june|july|ust|ber),[^\S\n]$",
    re.IGNORECASE,
)
_FISCAL_BESIDE = re.compile(r"\b(?:fiscal|ended|ending)\b", re.IGNORECASE)
"""Beside a quarter that need not be one of the calendar's."""


def _year_and_month(match: re.Match[str], _context: Context) -> Meaning | None:
    """ "2023-11"; but "2009-10" may be two years."""
    year, month = int(match["year"]), int(match["month"])
    if LABEL_BEFORE.search(before(match, 16)) or month > 12 or month > year % 100:
        return None
    return Meaning(f"{year:04d}-{month:02d}")


def _month_of_year(match: re.Match[str], context: Context) -> Meaning | None:
    """ "September 2023", "August of this year", "March of that year"."""
    month = month_number(match["month"])
    year = year_of(match.groupdict(), context)
    which = match["which"]
    shift = {"the same": 0, "that": 0, "the previous": -1, "the following": 1, "the next": 1}.get(which or "")
    hang = None if shift is None else anchors.month_beside(month, shift)
    is_relative = which is not None and year is not None
    return Meaning(f"{year or 'XXXX'}-{month:02d}", relative=is_relative, hang=hang)


def _month_alone(match: re.Match[str], context: Context) -> Meaning | None:
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


def _is_month(match: re.Match[str], context: Context) -> bool:
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
    return bool(match["part"] or _PREPOSITION.search(before(match, 12)))


def _year_alone(match: re.Match[str], context: Context) -> Meaning | None:
    """ "in 2019", "early 2023", "2019-2023", "2023/24"; not an amount, a clock or a number of something."""
    first, mark, last = match["year"], match["mark"], match["until"]
    if LABEL_BEFORE.search(before(match, 16, "year")) or _AMOUNT_BEHIND.match(match.string, match.end()):
        return None
    if not "1940" <= first < "2050" and not _FAR_YEAR_BEFORE.search(before(match, 10, "year")):
        return None
    if _counts_plural(match.start("year"), context):
        return None
    if last is None:
        side = _SIDE_OF_YEAR.search(before(match, 5, "year"))
        return Meaning(first if side is None else f"../{first}" if side["pre"] else f"{first}/..")
    last = first[: 4 - len(last)] + last
    is_season = mark != "/" or int(last) == int(first) + 1
    return Meaning(f"{first}/{last}") if last > first and is_season else None


def _counts_plural(start: int, context: Context) -> bool:
    """Whether the digits count what follows: "2000 rifles", but "the 2014 sanctions"."""
    tokens = context.parsed.tokens(Span(start, start + 1))
    if tokens is None or tokens[0].dep_ != "nummod":
        return False
    noun = tokens[0].head
    determined = any(child.dep_ in ("det", "poss") for child in noun.children)
    return noun.tag_ == "NNS" and noun.i > tokens[0].i and not determined


def _spelled_year(match: re.Match[str], _context: Context) -> Meaning | None:
    """ "nineteen seventy-nine", "the year two thousand"."""
    if not _YEAR_BEFORE.search(before(match, 10)):
        return None
    year = words.spelled_year(match["words"])
    return None if year is None else Meaning(f"{year:04d}")


def _short_year(match: re.Match[str], context: Context) -> Meaning | None:
    """ "in '98"."""
    if not _YEAR_BEFORE.search(before(match, 10)):
        return None
    edtf = context.published.settle(cal.century_of(int(match["short"])), UNKNOWN_YEAR) or None
    return Meaning(edtf, relative=True)


def _fiscal_year(match: re.Match[str], _context: Context) -> Meaning | None:
    """ "fiscal 2023", "FY 2023-24": the year that it is called by."""
    first, last = full_year(match["year"]), match["until"]
    if last is None or not last.endswith(f"{(first + 1) % 100:02d}"):
        return Meaning(f"{first:04d}")
    return Meaning(f"{first:04d}/{first + 1:04d}")


def _decade(match: re.Match[str], _context: Context) -> Meaning | None:
    """ "the 1990s", "the '90s", "the nineties"."""
    if match["word"] and not match["the"]:
        return None  # "in her sixties"
    if match["word"]:
        decade = 190 + words.DECADES[match["word"].lower()]
    else:
        decade = int(match["decade"] or f"{'19' if match['short'] > '2' else '20'}{match['short']}")
    return Meaning(f"{decade}0/{decade}9")


def _part_of_year(match: re.Match[str], context: Context) -> Meaning | None:
    """ "the third quarter of 2023", "Q3 2023", "the first half of last year", "the second quarter"."""
    groups = match.groupdict()
    number = int(groups["numeral"] or words.ORDINALS[groups["ordinal"].lower()])
    is_half = (groups["part"] or groups["letter"]).lower() in ("half", "h")
    if is_half and number > 2:
        return None
    length = 6 if is_half else 3
    groups["which"] = groups["which"] or (groups["beside"] or "").lower() or None
    year = groups["before"] or year_of(groups, context)
    if year is not None:
        span = cal.months(int(year), length * (number - 1) + 1, length * number)
        return Meaning(span, relative=bool(groups["which"]))
    if (
        is_half
        or groups["which"]
        or _FISCAL_BESIDE.search(match.string[max(0, match.start() - 8) : match.end() + 11])
    ):
        return Meaning(None, relative=True)
    tense = context.tense(match, "ordinal" if groups["ordinal"] else "numeral")
    meant = cal.nearest_quarter(number, Tense.AHEAD if tense is Tense.FUTURE else tense)
    return Meaning(context.published.settle(meant), relative=True)


def _unknown(_match: re.Match[str], _context: Context) -> Meaning | None:
    """A time that is told too loosely: fiscal years begin when they like."""
    return Meaning(None, relative=True)


_TO_YEAR = r"(?:(?P<mark>[-–—/])(?P<until>(?:(?:19|20)\d)?\d|\d\d))?(?!\w|[.,]\d)"
_ONES = any_of(word for word, number in words.SPELLED.items() if number < 10)
_TEENS = any_of(word for word, number in words.SPELLED.items() if 10 <= number < 20)
_TENS = any_of(word for word, number in words.SPELLED.items() if number >= 20)
_SPELLED = rf"(?:nineteen|twenty) (?:{_TENS}(?:(?: |-){_ONES})?|{_TEENS})(?![\w-])"
_FISCAL = r"(?:fiscal|financial)"

MONTHS_AND_YEARS: tuple[Rule, ...] = (
    rule(rf"(?:{words.PART})?{words.MONTH}(?:,? (?:of )?|-){words.WHICH_YEAR}", _month_of_year),
    rule(rf"(?P<part>{words.PART})?(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext) )?{words.MONTH}", _month_alone),
    any_case(
        rf"(?:(?:(?P<before>{words.FULL_YEAR})(?:['’]s)?|(?P<beside>last|this|next) year['’]s) )?(?:the )?"
        rf"(?:(?P<ordinal>{any_of(words.ORDINALS)})(?: |-)(?P<part>quarter|half)"
        r"|(?P<letter>[QH])(?P<numeral>[1-4]))"
        rf"(?![\w-]| centur)(?:,?(?: of| in)? {words.WHICH_YEAR})?",
        _part_of_year,
    ),
    any_case(
        rf"{_FISCAL}(?: year)? (?P<year>{words.FULL_YEAR})(?:[-–/](?P<until>(?:20)?\d\d))?(?!\w|[.,]\d)",
        _fiscal_year,
    ),
    rule(rf"FY(?: |-)?['’]?{ANY_YEAR}(?:[-–/](?P<until>(?:20)?\d\d))?(?!\w|[.,]\d)", _fiscal_year),
    any_case(
        r"(?:(?:the|this|last|next) )?(?:(?:last|next|current|latest|coming|previous|new) )?"
        rf"{_FISCAL} year(?!\w)",
        _unknown,
    ),
    rule(rf"(?P<year>{words.FULL_YEAR})-(?P<month>0[1-9]|1[0-2])(?![-/]?\d|\w|[.,]\d)", _year_and_month),
    rule(
        rf"(?:(?:early|mid|late|earlier|later)(?: |-))?(?<![\d.,])(?P<year>{words.FULL_YEAR}){_TO_YEAR}",
        _year_alone,
    ),
    any_case(
        r"(?P<the>the )?(?:(?:early|mid|late)(?: |-)(?:to-(?:mid|late)-)?)?"
        rf"(?:(?P<decade>(?:1[5-9]|20)\d)0['’]?s|['’](?P<short>\d)0s|(?P<word>{any_of(words.DECADES)}))\b",
        _decade,
    ),
    any_case(rf"(?P<words>{_SPELLED}|(?<=year\s)two thousand(?:(?: and)? {_ONES})?)(?!\w)", _spelled_year),
    rule(r"(?:(?:early|mid|late)(?: |-))?['’](?P<short>\d\d)(?![\w'’]|[.,]\d)", _short_year),
)
