"""Times told by publication or by another time: "on Friday", "last week", "a day ago", "a day earlier"."""

from __future__ import annotations

import re

from tidewaiter.model import Span
from tidewaiter.reading.when import anchors, words
from tidewaiter.reading.when import calendar as cal
from tidewaiter.reading.when.anchors import Meaning
from tidewaiter.reading.when.rules import Context, Rule, any_case, before, rule
from tidewaiter.reading.when.tense import Tense
from tidewaiter.reading.when.words import any_of, count_of

_NAMED_AFTER_DAY = re.compile(rf"[^\S\n]{any_of(words.NAMED_AFTER_DAY)}\b", re.IGNORECASE)
_NAMED_BEFORE_DAY = re.compile(rf"\b{any_of(words.NAMED_BEFORE_DAY)}[^\S\n]$", re.IGNORECASE)
_NOWADAYS = re.compile(rf"['’]s[^\S\n]{any_of(words.NOWADAYS)}\b", re.IGNORECASE)
_FIRST_IN = re.compile(r"\b(?:first|only|once|twice|time|\w+est)\b[^.,;]*$", re.IGNORECASE)
_COMPARING = re.compile(r"\b(?:compared|from|than|against|versus|vs)\b[^;:!?\n]*$", re.IGNORECASE)
_QUOTED = re.compile(r"[,.]?[\"”’']")
_CAPITALISED_BEFORE = re.compile(r"[^\W\d_][\w’'-]*[^\S\n]$")


def _weekday(match: re.Match[str], context: Context) -> Meaning | None:
    """ "on Friday", "last Thursday", "Tuesday of next week"."""
    if _NAMED_AFTER_DAY.match(match.string, match.end("weekday")) or _NAMED_BEFORE_DAY.search(
        before(match, 8)
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


def _near_day(match: re.Match[str], context: Context) -> Meaning | None:
    """ "yesterday", "last night"; not "USA Today", nor "today's world"."""
    if _is_name(match) or _NOWADAYS.match(match.string, match.end()):
        return None
    count = words.NEAR_DAYS.get(re.sub(r"\s+", " ", match["day"].lower()), 0)
    return Meaning(context.published.settle(cal.ago(count, "day")), relative=True)


def _is_name(match: re.Match[str]) -> bool:
    """Whether capitals or quotation marks make a name of the words: "USA Today", "This Week"."""
    if not match[0].split()[-1][0].isupper():
        return False
    left = before(match, 24)
    if left.endswith(('"', "“", "‘", "'")):
        return _QUOTED.match(match.string, match.end()) is not None
    neighbour = _CAPITALISED_BEFORE.search(left)
    return neighbour is not None and neighbour[0][0].isupper() and not match[0].isupper()


def _overnight(match: re.Match[str], context: Context) -> Meaning | None:
    """The night between the day before publication and its own, where the word stands for a time alone."""
    tokens = context.parsed.tokens(Span(*match.span()))
    if not tokens or tokens[0].dep_ not in ("advmod", "npadvmod"):
        return None
    return Meaning(context.published.settle(cal.since(1, "day")), relative=True)


def _weekend(match: re.Match[str], context: Context) -> Meaning | None:
    """ "last weekend", "over the weekend"; "next weekend" may be this one or the next."""
    which, tense = match["which"].lower(), context.tense(match, "which")
    if which == "next":
        return Meaning(None, relative=True)
    is_past = tense is Tense.PAST or (tense is Tense.OPEN and which != "this")
    meaning = cal.past_weekend if is_past or which.endswith("past") else cal.weekend(0)
    return Meaning(context.published.settle(cal.weekend(-1) if which == "last" else meaning), relative=True)


def _unit(match: re.Match[str], context: Context) -> Meaning | None:
    """ "last week", "this month", "earlier this year"; not "the last week"."""
    if _is_name(match):
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    if which != "this" and before(match, 4, "which").lower() == "the ":
        return Meaning(None, relative=True)
    shift = {"last": -1, "this": 0, "next": 1}[which]
    meaning = {"week": cal.week, "quarter": cal.quarter_beside}.get(unit, lambda shift: cal.ago(-shift, unit))
    return Meaning(context.published.settle(meaning(shift)), relative=True)


def _season(match: re.Match[str], context: Context) -> Meaning | None:
    """ "this summer": some day of its year, for it is winter elsewhere; others may be of either year."""
    if match["which"].lower() != "this" or match["season"].lower() == "winter":
        return Meaning(None, relative=True)
    return Meaning(context.published.settle(cal.ago(0, "year")), relative=True)


def _the_unit(match: re.Match[str], context: Context) -> Meaning | None:
    """ "the end of the month", "by year-end", "for the full year": of a time in the same sentence, else of
    publication."""
    unit = (match["unit"] or "year").lower()
    meaning = {"week": cal.week(0), "year": cal.year_in_progress}.get(unit, cal.ago(0, unit))
    edtf = context.published.settle(meaning)
    return Meaning(edtf, relative=True, hang=anchors.beside(0, unit), is_near=True)


def _ago(match: re.Match[str], context: Context) -> Meaning | None:
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


def _from_now(match: re.Match[str], context: Context) -> Meaning | None:
    """ "three days from now", "in two weeks' time", and "in two weeks" where the verb looks ahead."""
    factor, unit = words.UNITS[match["unit"].lower()]
    is_sure = match.groupdict().get("sure") is not None
    if not is_sure and (
        context.tense(match, "unit") is not Tense.FUTURE or _FIRST_IN.search(before(match, 40))
    ):
        return None
    return Meaning(context.published.settle(cal.ago(-count_of(match["count"]) * factor, unit)), relative=True)


def _lately(match: re.Match[str], context: Context) -> Meaning | None:
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


def _year_ago(_match: re.Match[str], context: Context) -> Meaning | None:
    """ "the year-ago quarter", "year-earlier results": by a time in the same sentence, else publication."""
    edtf = context.published.settle(cal.year_before)
    return Meaning(edtf, relative=True, hang=anchors.shifted(-1, "year"), is_near=True)


def _from_another(match: re.Match[str], context: Context) -> Meaning | None:
    """ "a week earlier", "two days after Nov. 2"; "from 4 percent a year earlier" compares with today."""
    factor, unit = words.UNITS[match["unit"].lower()]
    how, count = match["how"].lower(), count_of(match["count"]) * factor
    hang = anchors.shifted(count if how in ("later", "after") else -count, unit)
    compares = how == "earlier" and (count, unit) == (1, "year") and _COMPARING.search(before(match, 60))
    edtf = context.published.settle(cal.year_before) if compares else None
    return Meaning(edtf, relative=True, hang=hang, is_before=how in ("before", "after", "prior"))


def _beside_another(match: re.Match[str], _context: Context) -> Meaning | None:
    """ "the next day", "the day before", "that year", "the same month"."""
    groups = match.groupdict()
    which = (groups.get("which") or groups.get("that") or groups["how"]).lower()
    unit = {"night": "day"}.get(match["unit"].lower(), match["unit"].lower())
    hang = anchors.beside(words.BESIDE[which], unit)
    return Meaning(None, relative=True, hang=hang, is_before="how" in groups)


_SPAN = any_of((*words.COUNTS, *words.LOOSE_COUNTS, r"\d{1,3}"))

BY_PUBLICATION: tuple[Rule, ...] = (
    rule(
        rf"(?:(?P<which>[Ll]ast|[Pp]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Tt]his) )?{words.WEEKDAY}(?!s\b)(?!\w)"
        r"(?: (?:of )?(?P<week>last|this|next) week(?![\w-]))?",
        _weekday,
    ),
    any_case(
        r"(?:(?:earlier|later|late|early) )?(?P<day>yesterday|today|tonight|tomorrow|the day before yesterday"
        r"|the day after tomorrow|last night|last evening|this (?:morning|afternoon|evening))\b",
        _near_day,
    ),
    any_case(r"overnight\b(?! (?:on|from|into|to|between)\b)(?!-)", _overnight),
    any_case(
        rf"(?:(?P<how>more than|over|at least|less than|under) )?{words.COUNT} {words.UNIT}s? ago\b",
        _ago,
    ),
    any_case(rf"(?:in )?{words.COUNT} {words.UNIT}s?['’]?s?(?P<sure> time| from now| hence)\b", _from_now),
    any_case(rf"in {words.COUNT} {words.UNIT}s?(?![\w'’-])", _from_now),
    any_case(
        r"(?P<how>in|over|during|for|within|throughout) (?:the )?"
        r"(?P<which>recent|past|last|previous|coming|next|following) "
        rf"(?:(?P<count>{_SPAN}) )?(?P<unit>{any_of(words.UNITS)}|hour)(?P<plural>s)?(?P<about> or so)?"
        r"(?![\w-]| of\b)",
        _lately,
    ),
    any_case(r"(?P<which>the past|the|this|last|next|this past|this coming) weekend(?!\w)", _weekend),
    any_case(
        rf"(?:{words.PART_OF})?(?P<which>last|this|next) (?P<unit>week|month|quarter|year)(?!\w)", _unit
    ),
    any_case(rf"{words.PART_OF}the (?:current )?(?P<unit>week|month|year)(?!\w)", _the_unit),
    any_case(
        r"(?:(?:the )?(?P<unit>year)(?:['’]s)?(?: |-)end(?!\w)|(?<=\bfor\s)the year(?= ended\b|[,.;])"
        r"|the (?:full|whole|entire|calendar) year(?![\w-]))",
        _the_unit,
    ),
    any_case(
        rf"(?:{words.PART_OF})?(?P<which>last|this|next) (?P<season>spring|summer|autumn|fall|winter)(?!\w)",
        _season,
    ),
    any_case(r"(?:the )?(?:a )?year-(?P<how>ago|earlier)(?!\w)", _year_ago),
)
BY_ANOTHER: tuple[Rule, ...] = (
    any_case(
        rf"{words.COUNT} {words.UNIT}s? (?P<how>earlier|later|before|after|prior)\b(?! than\b)", _from_another
    ),
    any_case(
        r"(?:(?:earlier|later|early|late) )?"
        r"(?:the (?P<which>previous|preceding|prior|following|next|same)|(?P<that>that)) "
        r"(?P<unit>day|night|week|month|year)(?!\w)",
        _beside_another,
    ),
    any_case(r"the (?P<unit>day|night|week|month|year) (?P<how>before|after)\b", _beside_another),
)
