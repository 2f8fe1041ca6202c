"""Days inside one document: a weekday that is not that of its date, and two days for one event."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from tidewaiter import edtf
from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.texts.clauses import Clause, Told, event_near
from tidewaiter.linking.texts.cues import Cue, Cues
from tidewaiter.linking.texts.stems import stem
from tidewaiter.linking.texts.values import Moment, day_of, do_differ
from tidewaiter.model import Span
from tidewaiter.wording import quoted, spoken

_BETWEEN = re.compile(r",? (?:the )?|,? \(|, an? | ?/ ?|, which was an? |, which is an? |, that is,? ")
"""What may stand between a weekday and its date, whichever comes first."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

_TO_COME = re.compile(
    r"\b(?:will|would|shall|due|next|plan\w*|expect\w*|is to|are to|schedul\w*|until|deadline)\b",
    re.IGNORECASE,
)

NO_MATTER = 183
"""Days from the publication beyond which a date without a year may be of another year."""


def weekdays_and_dates(told: Told) -> Iterator[Dispute]:
    """A weekday beside a date that by the calendar is of another weekday.

    Where the year is not told it is that which brings the date nearest to the publication, and no other
    year named in the sentence may fit.
    """
    text = told.document.text
    for first, second in pairwise(told.moments):
        weekday, day = (first, second) if first.weekday is not None else (second, first)
        if weekday.weekday is None or not day.is_day:
            continue
        if not _BETWEEN.fullmatch(text[first.span.end : second.span.start]):
            continue
        meant = day_of(day, told.document.published)
        if (
            meant is None
            or meant.weekday() == weekday.weekday
            or _other_year_fits(told, day, weekday.weekday)
        ):
            continue
        yield Dispute(
            kind="date",
            where="inner",
            about=f"the day in “{_beside(text, first.span, second.span)}”",
            values={
                "weekday": (Place(told.document.id, weekday.span),),
                "date": (Place(told.document.id, day.span),),
            },
            likelier=None,
            why=_calendar(meant, day, told.document.published),
        )


def _calendar(meant: date, day: Moment, published: str | None) -> str:
    words = f"{spoken(meant.isoformat())} was a {day_name[meant.weekday()]}"
    ground = "" if day.year is not None else f" (the year nearest to the publication, {spoken(published)})"
    return f"by the calendar {words}{ground}; nothing tells whether the weekday or the date is wrong"


def _other_year_fits(told: Told, day: Moment, weekday: int) -> bool:
    """Whether the date has that weekday in another year that may be meant."""
    if day.year is not None or day.month is None or day.day is None:
        return False
    clause = told.clause_at(day.span.start)
    named = {int(year) for year in _YEAR.findall(told.sentence_text(clause))} if clause else set()
    reference = edtf.safe_bounds(told.document.published).earliest
    meant = day_of(day, told.document.published)
    if meant and clause and _TO_COME.search(told.sentence_text(clause)):
        named.add(meant.year + 1)
    if reference and meant and abs((meant - reference).days) > NO_MATTER - 30:
        named |= {meant.year - 1, meant.year + 1}
    for year in sorted(named):
        try:
            if date(year, day.month, day.day).weekday() == weekday:
                return True
        except ValueError:  # 29 February
            continue
    return False


def _beside(text: str, first: Span, second: Span) -> str:
    begin = text.rfind(" ", 0, max(0, first.start - 40)) + 1 if first.start > 40 else 0
    return " ".join(text[begin : second.end].rpartition("\n")[2].split())


# ------------------------------------------------------------------------------------ one event, two days

_POINTED = re.compile(r"\b(?:the|this|that|its|their|his|her)\s+(?:[^\W\d_]+['’]s?\s+)?$", re.I)
_POSSESSIVE = re.compile(rf"\b(?:{'|'.join(day_name)}|{'|'.join(filter(None, month_name))})['’]s? (?:\w+ )?$")
_DAY_WHEN = re.compile(
    r"\bthe (?:very |same )?(?:day|night|morning|afternoon|evening|date|week|month)"
    r"(?: that| when| on which| in which)? "
    r"(?:the|it|they|he|she|its|their)\b",
    re.I,
)

JUST_BEFORE = 20
"""Characters before the word for an event in which "second" or "another" belongs to it."""
SHARED = 2
"""Stems besides the event's own that two clauses share which tell of one event."""


def days_of_one_event(told: Told, cues: Cues) -> Iterator[Dispute]:
    """Two days for what the words tell as one event."""
    happened = list(_happened(told, cues))
    for (cue, moment, clause), (other_cue, other, other_clause) in combinations(happened, 2):
        if cue.value != other_cue.value or clause.number == other_clause.number:
            continue
        if not do_differ(moment, other, (told.document.published,) * 2) or not _alike(moment, other):
            continue
        of_kind = {
            _day_key(one, told.document.published) for found, one, _ in happened if found.value == cue.value
        }
        points = _points_back(told, cue, clause) or _points_back(told, other_cue, other_clause)
        shared = (clause.stems & other_clause.stems) - {
            stem(_words(told, cue)),
            stem(_words(told, other_cue)),
        }
        shared -= _time_words(told, moment, other)
        is_one = (points and len(of_kind) == 2) or len(shared) >= SHARED + (len(of_kind) > 2)
        if not is_one or _is_of_several(told, (cue, clause), (other_cue, other_clause), cues, points=points):
            continue
        yield _two_days(told, (cue, moment), (other_cue, other))


def _alike(first: Moment, second: Moment) -> bool:
    """Whether both are days, or both months, or one a bare year: who tells a day here and a month there tells
    of two things."""
    if (first.month is None and first.weekday is None) or (second.month is None and second.weekday is None):
        return True
    return (first.month is not None and first.day is None) == (
        second.month is not None and second.day is None
    )


def _is_of_several(
    told: Told, first: tuple[Cue, Clause], second: tuple[Cue, Clause], cues: Cues, *, points: bool
) -> bool:
    """Whether the words tell one event from others: "the second delivery".  Where one of the places points
    back, only the words just before the event count."""
    for cue, clause in (first, second):
        begin = max(clause.span.start, cue.span.start - JUST_BEFORE) if points else clause.span.start
        if cues.has("other", told.document.text[begin : cue.span.end if points else clause.span.end]):
            return True
    return False


def _happened(told: Told, cues: Cues) -> Iterator[tuple[Cue, Moment, Clause]]:
    """The days of the text, each with what is said to have happened then."""
    for moment in told.moments:
        clause = told.clause_at(moment.span.start)
        cue = None if clause is None else event_near(clause, moment.span, cues)
        if clause is not None and cue is not None and not told.is_quoted(moment.span.start):
            yield cue, moment, clause


def _points_back(told: Told, cue: Cue, clause: Clause) -> bool:
    """Whether the clause speaks of the event as one known already: "the August acknowledgement", "the
    afternoon the ship came in"."""
    before = told.document.text[clause.span.start : cue.span.start]
    if _POSSESSIVE.search(before):
        return True
    bare = before
    for moment in told.moments:
        if clause.span.start <= moment.span.start < cue.span.start:
            bare = bare.replace(told.document.text[slice(*moment.span)], "").replace("  ", " ")
    word = _words(told, cue).casefold()
    is_noun = not word.endswith(("ed", "ing")) and _POINTED.search(bare) is not None
    return is_noun or _DAY_WHEN.search(before) is not None


def _day_key(moment: Moment, published: str | None) -> str:
    day = day_of(moment, published)
    return str(day) if day else repr((moment.year, moment.month, moment.day, moment.weekday))


def _words(told: Told, cue: Cue) -> str:
    return told.document.text[slice(*cue.span)]


def _time_words(told: Told, *moments: Moment) -> set[str]:
    return {stem(word) for moment in moments for word in told.document.text[slice(*moment.span)].split()}


def _two_days(told: Told, first: tuple[Cue, Moment], second: tuple[Cue, Moment]) -> Dispute:
    words = [_words(told, cue) for cue, _ in (first, second)]
    days = [told.document.text[slice(*moment.span)] for _, moment in (first, second)]
    return Dispute(
        kind="date",
        where="inner",
        about=f"when: {quoted(words[0])} and {quoted(words[1])}",
        values={
            "1": (Place(told.document.id, first[1].span),),
            "2": (Place(told.document.id, second[1].span),),
        },
        likelier=None,
        why=f"the report puts one event on “{days[0]}” ({quoted(words[0])}) and on “{days[1]}” "
        f"({quoted(words[1])}); nothing in it settles which",
    )
