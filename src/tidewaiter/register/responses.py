"""Responses of many documents, joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tidewaiter import edtf
from tidewaiter.edtf import safe, safe_bounds
from tidewaiter.model import RegisterResponse, Response, Spans
from tidewaiter.register.sources import Sources, distinct

SAME_NEWS = 60
"""Days between two reports from which on they hardly tell of the same step as news: a choice."""

Told = tuple[str, Response]
"""Document id and response."""


def responses_of(sources: Sources) -> tuple[RegisterResponse, ...]:
    """One entry for each kind, actor, addressee, status and day, in order of time.

    An undated one is taken for the only dated one of its kind; where there are several, it stays by
    itself.  Undated ones are one where the reports of them are not far apart.
    """
    alike: dict[tuple[str, str, str, str], list[Told]] = {}
    for document, reading in sorted(sources.readings.items()):
        for response in reading.responses:
            key = (response.kind, response.by or "", response.against or "", response.status)
            alike.setdefault(key, []).append((document, response))
    found = [_joined(sources, told) for key in sorted(alike) for told in _by_day(sources, alike[key])]
    return tuple(sorted(found, key=_order))


def _order(one: RegisterResponse) -> tuple[tuple[int, str, str], str, str, str]:
    return edtf.sort_key(one.on), one.kind, one.by or "", one.against or ""


def _by_day(sources: Sources, told: Sequence[Told]) -> list[list[Told]]:
    """Apart by day; the undated with the only day there is."""
    days: list[list[Told]] = []
    dated = [one for one in told if safe(one[1].on) is not None]
    undated = [one for one in told if safe(one[1].on) is None]
    for one in sorted(
        dated, key=lambda one: (_precision(one[1].on), edtf.sort_key(one[1].on), one[0], one[1].id)
    ):
        fitting = [group for group in days if _overlap(group[0][1].on, one[1].on)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            days.append([one])
    if undated and len(days) == 1:
        days[0].extend(undated)
    else:
        days += _by_report(sources, undated)
    return days


def _by_report(sources: Sources, told: Sequence[Told]) -> list[list[Told]]:
    """Those of reports that follow each other closely together; of a report without a day, with the
    first."""
    groups: list[list[Told]] = []
    last: date | None = None
    for one in sorted(told, key=lambda one: (edtf.sort_key(sources.published[one[0]]), one[0], one[1].id)):
        first, latest = edtf.safe_bounds(sources.published[one[0]])
        begins = first or latest
        if not groups or (begins is not None and last is not None and (begins - last).days > SAME_NEWS):
            groups.append([])
        groups[0 if begins is None else -1].append(one)
        last = latest or first or last
    return groups


def _precision(when: str | None) -> int:
    """Days that the date may mean; the exact ones come first and take in the vaguer."""
    first, last = safe_bounds(when)
    return (last - first).days if first is not None and last is not None else 10_000


def _overlap(a: str | None, b: str | None) -> bool:
    if a == b:
        return True
    first, second = safe_bounds(a), safe_bounds(b)
    if None in (*first, *second):
        return False
    return bool(first.earliest <= second.latest and second.earliest <= first.latest)  # type: ignore[operator]


def _joined(sources: Sources, told: Sequence[Told]) -> RegisterResponse:
    first = told[0][1]
    rows = {row for _, one in told if (row := sources.row_of.get(one.transfer or "")) is not None}
    return RegisterResponse(
        kind=first.kind,
        by=first.by,
        against=first.against,
        target=next((one.target for _, one in told if one.target is not None), None),
        status=first.status,
        on=next((one.on for _, one in told if safe(one.on) is not None), None),
        transfers=tuple(sorted(rows)),
        citations=distinct(sources.cite(document, ground(one)) for document, one in told),
    )


def ground(response: Response) -> Spans:
    """The words that say what is done and by whom."""
    anchors = response.anchors
    return tuple(
        sorted({span for field in ("by", "kind", "against", "target") for span in anchors.get(field, ())})
    )
