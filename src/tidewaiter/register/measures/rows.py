"""The measures of a row of the register, each with the row's own words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tidewaiter import edtf
from tidewaiter.edtf import safe_bounds
from tidewaiter.model import (
    Cell,
    Citation,
    Measure,
    ReportedTransfer,
    Route,
    Spans,
    Stage,
)
from tidewaiter.register.measures.days import Days, told, untold
from tidewaiter.register.measures.judging import (
    RECIPIENT,
    SUPPLIER,
    TRANSIT,
    Alleged,
    Finding,
    findings,
    unjudged,
)
from tidewaiter.register.measures.rules import rules_of
from tidewaiter.register.measures.sentences import is_ahead, not_judged, why
from tidewaiter.register.sources import Member, Sources, distinct

WENT = (Stage.SHIPPED, Stage.DELIVERED)
"""Stages whose day is that of the transfer; goods that are used went before."""

CITED = 3
"""Citations of one field kept with a measure; the row's cell has all of them."""

Dated = tuple[str, Member, Spans]
"""A day told (EDTF), by which report, in what words."""


def measures_of(
    sources: Sources, members: Sequence[Member], stage: Stage, route: Route | None, cells: Mapping[str, Cell]
) -> tuple[Measure, ...]:
    """What the transfer would breach if it happened as alleged, then what cannot be told, in the order of
    the table.  ``members``: those that speak for the row first; ``cells``: the row's."""
    rules = rules_of(sources.knowledge)
    row = sources.transfer(members[0])
    dated = _dated(sources, members, stage)
    alleged = Alleged(
        supplier=row.supplier,
        recipient=row.recipient,
        category=row.category.value,
        days=_days(sources, members, stage, dated),
        via=() if route is None else route.via,
    )
    cited = {name: cell.citations[:CITED] for name, cell in cells.items() if name in _CITED_CELLS}
    cited["when"] = distinct(sources.cite(member[0], spans) for _, member, spans in dated)[:CITED]
    found = [_measure(one, alleged, stage, sources, cited) for one in findings(alleged, rules)]
    return (*found, *(_open(side, alleged, cited) for side in unjudged(alleged, rules)))


_CITED_CELLS = ("supplier", "recipient", "category", "route")


def _measure(
    found: Finding,
    alleged: Alleged,
    stage: Stage,
    sources: Sources,
    cited: Mapping[str, tuple[Citation, ...]],
) -> Measure:
    rule = found.rule
    return Measure(
        measure=rule.id,
        group=rule.group,
        authority=rule.authority,
        instrument=rule.instrument,
        paragraph=rule.paragraph,
        rule=rule.text,
        verdict="cannot_tell" if found.doubts else "would_breach",
        side=found.side,
        who=found.who,
        why=why(found, alleged, stage, sources.label),
        days=_told(alleged.days),
        since=rule.start.isoformat(),
        until=None if rule.end is None else rule.end.isoformat(),
        exceptions=rule.exceptions,
        approval={"yes": "beforehand", "notified": "told"}.get(rule.approval),
        binding=rule.is_binding,
        note=rule.note,
        source=rule.source,
        verified=rule.verified,
        citations=_rests_on(found.side, cited),
    )


def _open(side: str, alleged: Alleged, cited: Mapping[str, tuple[Citation, ...]]) -> Measure:
    return Measure(
        measure=None,
        group="",
        authority="",
        instrument="",
        paragraph="",
        rule="",
        verdict="cannot_tell",
        side="",
        who=None,
        why=not_judged(side, alleged),
        days=_told(alleged.days),
        since=None,
        until=None,
        exceptions=(),
        approval=None,
        binding=None,
        note="",
        source="",
        verified=None,
        citations=_rests_on(SUPPLIER if side == RECIPIENT else RECIPIENT, cited),
    )


def _rests_on(side: str, cited: Mapping[str, tuple[Citation, ...]]) -> dict[str, tuple[Citation, ...]]:
    """The words for both parties, the goods and the day; for a way through a state also those for it."""
    left_out = () if side == TRANSIT else ("route",)
    return {name: found for name, found in cited.items() if found and name not in left_out}


def _told(days: Iterable[Days]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.edtf for one in days if one.edtf is not None))


# ---------------------------------------------------------------------------------------- the days


def _dated(sources: Sources, members: Sequence[Member], stage: Stage) -> tuple[Dated, ...]:
    """Each day that is told for the transfer, in order: of goods that went, the days on which they did; of
    goods told as used, without such a day, the days of use; of others the days told for the stage."""
    if stage is Stage.UNCLEAR or is_ahead(stage):
        return _in_order(_of_stage(sources, members, (stage,)))
    went = _in_order(_of_stage(sources, members, WENT))
    return went or _in_order(_of_stage(sources, members, (Stage.USED,)))


def _of_stage(sources: Sources, members: Sequence[Member], stages: Sequence[Stage]) -> Iterator[Dated]:
    for member in members:
        row = sources.transfer(member)
        mentions = [one for one in sources.mentions(member) if one.stage in stages and one.when is not None]
        rows: Sequence[ReportedTransfer] = (row,) if row.stage in stages and row.when is not None else ()
        for one in mentions or rows:
            if one.when is not None and safe_bounds(one.when) != (None, None):
                yield one.when, member, one.anchors.get("when", ())


def _in_order(dated: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(set(dated), key=lambda one: (edtf.sort_key(one[0]), one)))


def _days(
    sources: Sources, members: Sequence[Member], stage: Stage, dated: Sequence[Dated]
) -> tuple[Days, ...]:
    is_past = not is_ahead(stage)
    if dated:
        is_of_use = is_past and not any(True for _ in _of_stage(sources, members, WENT))
        return tuple(told(when, is_of_use=is_of_use) for when in dict.fromkeys(when for when, _, _ in dated))
    published = [sources.published[document] for document, _ in members]
    known = [one for one in published if one is not None and safe_bounds(one).latest is not None]
    return (untold(min(known, key=edtf.sort_key, default=None), is_past=is_past),)
