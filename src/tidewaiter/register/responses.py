"""Responses of many documents, joined: each status of one, on each day, with all reports of it (``histories``
puts them in a row)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tidewaiter import edtf
from tidewaiter.edtf import safe, safe_bounds
from tidewaiter.model import Category, Citation, RegisterResponse, Response, Spans
from tidewaiter.register.evidence import sentence_at
from tidewaiter.register.goods import categories_in
from tidewaiter.register.sources import Sources, distinct

SAME_NEWS = 60
"""Days between two reports from which on they hardly tell of the same step as news: a choice."""

Alike = tuple[str, str, str, str]
"""Kind, actor, addressee and status: what responses must have in common to be one."""


@dataclass(frozen=True, slots=True)
class ToldResponse:
    """A response as one document tells it."""

    document: str
    published: str | None  # EDTF
    response: Response
    citation: Citation | None
    goods: tuple[Category, ...] = ()  # named in the sentence

    @property
    def alike(self) -> Alike:
        one = self.response
        return one.kind, one.by or "", one.against or "", one.status


def told_in(sources: Sources, document: str) -> tuple[ToldResponse, ...]:
    """The responses that a document tells."""
    return tuple(
        ToldResponse(
            document,
            sources.published[document],
            one,
            sources.cite(document, ground(one)),
            _goods(sources, document, one),
        )
        for one in sources.readings[document].responses
    )


def _goods(sources: Sources, document: str, response: Response) -> tuple[Category, ...]:
    text = sources.documents[document].text
    sentences = {sentence_at(text, start) for start, _ in response.anchors.get("kind", ())}
    found = {
        one for start, end in sorted(sentences) for one in categories_in(text[start:end], sources.knowledge)
    }
    return tuple(sorted(found))


def join(told: Sequence[ToldResponse], row_of: Mapping[str, str]) -> tuple[RegisterResponse, ...]:
    """One entry for each day of responses that are alike.

    ``row_of``: register ids by reported transfer id, of those that ``told`` names.  An undated response
    is taken for the only dated one of its kind; where there are several, it stays by itself.  Undated
    ones are one where the reports of them are not far apart.
    """
    return tuple(_joined(group, row_of) for group in _by_day(told))


def _by_day(told: Sequence[ToldResponse]) -> list[list[ToldResponse]]:
    """Apart by day; the undated with the only day there is."""
    days: list[list[ToldResponse]] = []
    dated = [one for one in told if safe(one.response.on) is not None]
    undated = [one for one in told if safe(one.response.on) is None]
    for one in sorted(dated, key=_exactness):
        fitting = [group for group in days if _overlap(group[0].response.on, one.response.on)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            days.append([one])
    if undated and len(days) == 1:
        days[0].extend(sorted(undated, key=_identity))
    else:
        days += _by_report(undated)
    return days


def _exactness(one: ToldResponse) -> tuple[int, tuple[int, str, str], str, str]:
    on = one.response.on
    return _precision(on), edtf.sort_key(on), *_identity(one)


def _identity(one: ToldResponse) -> tuple[str, str]:
    return one.document, one.response.id


def _by_report(told: Sequence[ToldResponse]) -> list[list[ToldResponse]]:
    """Those of reports that follow each other closely together; of a report without a day, with the
    first."""
    groups: list[list[ToldResponse]] = []
    last: date | None = None
    for one in sorted(told, key=lambda one: (edtf.sort_key(one.published), *_identity(one))):
        first, latest = edtf.safe_bounds(one.published)
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


def _joined(told: Sequence[ToldResponse], row_of: Mapping[str, str]) -> RegisterResponse:
    first = told[0].response
    rows = {row for one in told if (row := row_of.get(one.response.transfer or "")) is not None}
    return RegisterResponse(
        kind=first.kind,
        by=first.by,
        against=first.against,
        target=next((one.response.target for one in told if one.response.target is not None), None),
        status=first.status,
        on=next((one.response.on for one in told if safe(one.response.on) is not None), None),
        transfers=tuple(sorted(rows)),
        citations=distinct(one.citation for one in told),
        reported=_first_public(told),
        goods=tuple(sorted({category for one in told for category in one.goods})),
    )


def _first_public(told: Sequence[ToldResponse]) -> str | None:
    """The day by which the first report of it was public (EDTF)."""
    days = [day for one in told if (day := safe_bounds(one.published).latest) is not None]
    if not days:
        return None
    first = min(days)
    is_exact = any(safe_bounds(one.published) == (first, first) for one in told)
    return first.isoformat() if is_exact else f"[..{first.isoformat()}]"


def ground(response: Response) -> Spans:
    """The words that say what is done and by whom."""
    anchors = response.anchors
    return tuple(
        sorted({span for field in ("by", "kind", "against", "target") for span in anchors.get(field, ())})
    )
