"""The day of an undated document, from other documents of the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.linking.features import Features, Saying, exact_day
from tidewaiter.linking.merging.quotes import shared_quotes
from tidewaiter.model import Copy
from tidewaiter.wording import quoted, spoken

NEAR_COPY = 0.5
"""Containment from which a copy's day is taken for the other's though not certain (``?``); one more
reworked may come days later, its day is taken as approximate (``~``)."""

Dated = tuple[str, str]
"""Day of publication (EDTF) and the ground for it."""


def day_of(
    document: Features, copies: Iterable[tuple[Copy, Features]], telling: Iterable[Features]
) -> Dated | None:
    """The day of a document whose publication has no year; None where nothing tells it.

    ``copies``: those that it is one of, each with the other document.  ``telling``: documents that may
    tell on which day something was said that this one tells too; others among them do no harm.  A copy
    of a dated document has its day, marked uncertain.  Words said on a day known from another document
    bound the publication from below; so does a speaker's claim on the same transfer that both put on
    the same day of the month.
    """
    if document.has_year:
        return None
    found = _from_copies(copies) or _from_sayings(document, telling)
    return None if found is None else _whole(document, *found)


def _whole(document: Features, found: str, ground: str) -> Dated:
    """The document's own month and day, where it has them, with the year that was found."""
    first = edtf.bounds(found).earliest
    own = safe(document.published)
    if own is None or first is None:
        return found, ground
    return edtf.nearest_year(own, first), ground


def _from_copies(copies: Iterable[tuple[Copy, Features]]) -> Dated | None:
    others: list[tuple[str, str, str]] = []
    for copy, other in copies:
        if other.has_year:
            mark = "?" if copy.similarity >= NEAR_COPY else "~"
            ground = f"copy of {other.called}, published {spoken(other.published)}"
            others.append((other.published or "", mark, ground))
    if not others:
        return None
    days = sorted({value for value, _, _ in others}, key=edtf.sort_key)
    ground = "; ".join(text for _, _, text in sorted(others))
    if len(days) > 1:
        return _span(days), ground
    if days[0][0] == "[" or "/" in days[0]:
        return days[0], ground
    return days[0].rstrip("?~%") + min(mark for _, mark, _ in others), ground


def _span(days: Sequence[str]) -> str:
    """One day of those from the first to the last."""
    first = min((day for day in (edtf.bounds(value).earliest for value in days) if day), default=None)
    last = max((day for day in (edtf.bounds(value).latest for value in days) if day), default=None)
    return f"[{first or ''}..{last or ''}]"


def _from_sayings(document: Features, telling: Iterable[Features]) -> Dated | None:
    """The latest day on which something was said that the document tells."""
    found = [
        one
        for other in telling
        if other.document != document.document
        for one in (*_from_quotes(document, other), *_from_claims(document, other))
    ]
    if not found:
        return None
    day, ground = max(found)
    return f"[{day}..]", ground


def _from_quotes(document: Features, other: Features) -> Iterable[Dated]:
    for quote in shared_quotes(document.told, other.told):
        day = exact_day(quote.b.said_on)
        if day is not None and agrees(quote.a.said_on, day):
            words = " ".join(quote.words)
            yield day, f"tells the words {quoted(words)}, said on {day} according to {other.called}"


def _from_claims(document: Features, other: Features) -> Iterable[Dated]:
    mine = yearless(document)
    for saying in other.sayings:
        day = exact_day(saying.day)
        for own in mine:
            if day and own.key == saying.key and agrees(own.day, day):
                yield (
                    day,
                    f"tells what {saying.speaker.title()} said on the same day of the month about the same "
                    f"transfer, which {other.called} puts on {spoken(day)}",
                )


def yearless(document: Features) -> tuple[Saying, ...]:
    """What the document puts on a day of the month without a year."""
    return tuple(one for one in document.sayings if one.day.startswith("XXXX-") and len(one.day) == 10)


def agrees(value: str | None, day: str) -> bool:
    """Whether a date, perhaps without a year, can be the given day (YYYY-MM-DD); an unknown one can."""
    if value is None or safe(value) is None:
        return True
    if value.startswith("XXXX-"):
        return day[4:].startswith(value.rstrip("?~%")[4:])
    first, last = edtf.bounds(value)
    return (first is None or first.isoformat() <= day) and (last is None or day <= last.isoformat())


# ------------------------------------------------------------------------------------ finding them


def asking(document: Features) -> frozenset[int]:
    """The numbers under which what may date the document is looked up; none where it has a year."""
    if document.has_year:
        return frozenset()
    runs = (one.runs for one in document.told)
    return frozenset().union(*runs, (one.key for one in yearless(document)))


def answering(document: Features) -> frozenset[int]:
    """The numbers under which a document is found that can date others."""
    runs = (one.runs for one in document.told if exact_day(one.said_on) is not None)
    sayings = (one.key for one in document.sayings if exact_day(one.day) is not None)
    return frozenset().union(*runs, sayings)
