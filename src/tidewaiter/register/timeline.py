"""The chronological list: who said what when, what is told to have happened, what was done about it.

Copies tell a thing twice but it stands once, with every report that tells it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.model import (
    Citation,
    Event,
    Mention,
    RegisterResponse,
    RegisterRow,
    ReportedTransfer,
    ResponseKind,
    Speaker,
    Stage,
    Stance,
    TimelineEntry,
)
from tidewaiter.register.positions import actor_of, actors_of
from tidewaiter.register.sources import Sources, Told, between, distinct
from tidewaiter.wording import STANCE_WORDS, figure_words, goods_words, plain, speaker_words

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
    supplier = f" from {sources.label(row.supplier)}" if row.supplier else ""
    recipient = f" to {sources.label(row.recipient)}" if row.recipient else ""
    return f"{goods_words(row.cells['description'].value, row.category)}{supplier}{recipient}"


# ------------------------------------------------------------------------------------ claims


def _claims(sources: Sources, rows: Iterable[RegisterRow]) -> list[Entry]:
    found: list[Entry] = []
    for row in rows:
        goods, claims = goods_text(sources, row), sources.claims(row.reported)
        actors, offices = actors_of(claims), _offices(claims)
        for told in claims:
            speaker = offices.get(told.claim.speaker.name, told.claim.speaker)
            who = speaker_words(speaker, sources.label(actor_of(speaker, actors)))
            text = f"{who} {STANCE_WORDS[told.claim.stance]}: {goods}{_detail(told)}"
            key: Key = (sources.day(told), told.claim.stance.value, text, (row.id,))
            found.append((key, sources.cite_claim(told)))
    return found


def _offices(claims: Iterable[Told]) -> Mapping[str | None, Speaker]:
    """Each named speaker with the office that most reports give, so that a claim retold is one entry."""
    counts = Counter(
        told.claim.speaker for told in claims if told.claim.speaker.name and told.claim.speaker.role
    )
    ordered = sorted(counts, key=lambda one: (counts[one], one.actor or "", one.role or ""))
    return {one.name: one for one in ordered}


def _detail(told: Told) -> str:
    """The stage and figure that the speaker commits to."""
    claim = told.claim
    parts = []
    if claim.stage not in (None, Stage.UNCLEAR):
        parts.append(f"{'' if claim.stance is Stance.ASSERTS else 'admits '}{claim.stage}")
    if claim.quantity is not None:
        parts.append(figure_words(claim.quantity))
    return "".join(f", {part}" for part in parts)


# ------------------------------------------------------------------------------------ the rest


def _dates(sources: Sources, rows: Iterable[RegisterRow]) -> list[Entry]:
    """When the transfers themselves are told to have taken place, in each place that tells it."""
    found: list[Entry] = []
    for row in rows:
        goods = goods_text(sources, row)
        for member in row.reported:
            tellings: list[ReportedTransfer | Mention] = [sources.transfer(member)]
            for told in [*tellings, *sources.mentions(member)]:
                if safe(told.when) is not None:
                    text = f"Reported as {told.stage}: {goods}"
                    spans = (*told.anchors.get("when", ()), *told.anchors.get("stage", ()))
                    key: Key = (told.when, told.stage.value, text, (row.id,))
                    found.append((key, sources.cite(member[0], spans)))
    return found


def _responses(sources: Sources, responses: Iterable[RegisterResponse]) -> list[Entry]:
    found: list[Entry] = []
    for one in responses:
        text = _response_text(sources, one)
        for citation in one.citations:
            when = one.on or between(None, sources.published[citation.document])
            found.append(((when, one.kind.value, text, one.transfers), citation))
    return found


def _response_text(sources: Sources, one: RegisterResponse) -> str:
    """ "United States: sanction against Iran (done)"; a veto stops somebody's draft."""
    word = "of a draft by" if one.kind is ResponseKind.VETO else "against"
    against = f" {word} {sources.label(one.against)}" if one.against else ""
    target = f", {one.target}" if one.target else ""
    by = sources.label(one.by) if one.by else "Somebody"
    return f"{by}: {plain(one.kind)}{against}{target} ({one.status})"


def _events(sources: Sources) -> list[Entry]:
    found: list[Entry] = []
    for document, reading in sorted(sources.readings.items()):
        for event in reading.events:
            spans = [span for field in ("text", "type") for span in event.anchors.get(field, ())]
            found.append((_event_key(sources, event), sources.cite(document, spans)))
    return found


def _event_key(sources: Sources, event: Event) -> Key:
    actor = f"{sources.label(event.actor)}: " if event.actor else ""
    target = f", {sources.label(event.target)}" if event.target else ""
    return safe(event.when), event.type, f"{actor}{plain(event.type)}{target}", ()
