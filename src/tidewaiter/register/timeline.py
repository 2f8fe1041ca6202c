"""The chronological list: who said what when, what is told to have happened, what was done about it.

Copies tell a thing twice but it stands once, with every report that tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter import edtf
from tidewaiter.model import Citation, Event, RegisterResponse, RegisterRow, Stance, TimelineEntry
from tidewaiter.register.cells import figure_text, has_figure
from tidewaiter.register.positions import actor_of
from tidewaiter.register.sources import Sources, Told, by, distinct
from tidewaiter.register.years import safe

Key = tuple[str | None, str, str, tuple[str, ...]]
"""When, kind, text, register ids."""
Entry = tuple[Key, Citation | None]


def timeline_of(
    sources: Sources, rows: Sequence[RegisterRow], responses: Sequence[RegisterResponse]
) -> tuple[TimelineEntry, ...]:
    """Claims, dates of transfers, responses and events, in order of time; the undated last."""
    citations: dict[Key, list[Citation | None]] = {}
    for key, citation in (
        *_claims(sources, rows),
        *_dates(sources, rows),
        *_responses(sources, responses),
        *_events(sources),
    ):
        citations.setdefault(key, []).append(citation)
    entries = [TimelineEntry(*key, distinct(found)) for key, found in citations.items()]
    return tuple(
        sorted(entries, key=lambda one: (edtf.sort_key(one.when), one.kind, one.text, one.transfers))
    )


def goods_text(sources: Sources, row: RegisterRow) -> str:
    """The transfer in few words: "drones from Iran to Russia"."""
    shown = row.cells["description"].value
    goods = row.category.value.replace("_", " ") if shown == ".." else shown
    supplier = f" from {sources.label(row.supplier)}" if row.supplier else ""
    recipient = f" to {sources.label(row.recipient)}" if row.recipient else ""
    return f"{goods}{supplier}{recipient}"


def _claims(sources: Sources, rows: Iterable[RegisterRow]) -> list[Entry]:
    found: list[Entry] = []
    for row in rows:
        goods = goods_text(sources, row)
        for told in sources.claims(row.reported):
            text = f"{_speaker(sources, told)} {told.claim.stance}: {goods}{_detail(told)}"
            key: Key = (sources.day(told), told.claim.stance.value, text, (row.id,))
            found.append((key, sources.cite_claim(told)))
    return found


def _speaker(sources: Sources, told: Told) -> str:
    speaker = told.claim.speaker
    actor = actor_of(speaker)
    label = sources.label(actor)
    name = speaker.name
    return f"{label} ({name})" if name and name not in (actor, label) else label


def _detail(told: Told) -> str:
    """The stage and figure that the speaker commits to."""
    claim = told.claim
    parts = []
    if claim.stage is not None:
        parts.append(claim.stage.value if claim.stance is Stance.ASSERTS else f"admits {claim.stage.value}")
    if claim.quantity is not None and has_figure(claim.quantity):
        parts.append(figure_text(claim.quantity))
    return "".join(f", {part}" for part in parts)


def _dates(sources: Sources, rows: Iterable[RegisterRow]) -> list[Entry]:
    """When the transfers themselves are told to have taken place."""
    found: list[Entry] = []
    for row in rows:
        goods = goods_text(sources, row)
        for member in row.reported:
            transfer = sources.transfer(member)
            if safe(transfer.when) is None:
                continue
            text = f"Reported {transfer.stage}: {goods}"
            citation = sources.cite(
                member[0], (*transfer.anchors.get("when", ()), *transfer.anchors.get("stage", ()))
            )
            found.append(((transfer.when, transfer.stage.value, text, (row.id,)), citation))
    return found


def _responses(sources: Sources, responses: Iterable[RegisterResponse]) -> list[Entry]:
    found: list[Entry] = []
    for one in responses:
        against = f" against {sources.label(one.against)}" if one.against else ""
        kind = one.kind.value.replace("_", " ").replace("un ", "UN ")
        text = f"{sources.label(one.by) if one.by else 'Somebody'}: {kind}{against} ({one.status})"
        for citation in one.citations:
            when = one.on or by(sources.published[citation.document])
            found.append(((when, one.kind.value, text, one.transfers), citation))
    return found


def _events(sources: Sources) -> list[Entry]:
    found: list[Entry] = []
    for document, reading in sorted(sources.readings.items()):
        for event in reading.events:
            spans = [span for field in ("text", "type") for span in event.anchors.get(field, ())]
            found.append((_event_key(sources, event), sources.cite(document, spans)))
    return found


def _event_key(sources: Sources, event: Event) -> Key:
    kind = event.type.replace("_", " ")
    actor = f"{sources.label(event.actor)}: " if event.actor else ""
    target = f", {sources.label(event.target)}" if event.target else ""
    return safe(event.when), event.type, f"{actor}{kind}{target}", ()
