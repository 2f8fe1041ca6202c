"""The chronological list: who said what when, what is told to have happened, what was done about it.

Copies tell a thing twice but it stands once, with every report that tells it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.model import (
    Citation,
    Event,
    Mention,
    OpenQuestion,
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
from tidewaiter.wording import STANCE_WORDS, figure_words, goods_words, name_of, plain, speaker_words

OPENED, CLOSED = "question_opened", "question_closed"
"""Kinds of entries of what is open."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of something that belongs on the timeline; entries alike but for their words are one
    line of it."""

    when: str | None  # EDTF
    kind: str
    text: str
    transfers: tuple[str, ...]  # register ids
    citation: Citation | None


Key = tuple[tuple[int, str, str], str, str, tuple[str, ...], str]


def key_of(entry: Entry) -> Key:
    """Where an entry stands on the timeline; those of one key are one line of it."""
    return edtf.sort_key(entry.when), entry.kind, entry.text, entry.transfers, entry.when or ""


def timeline_of(entries: Iterable[Entry]) -> tuple[TimelineEntry, ...]:
    """What the entries tell, each thing once with every report of it, in order of time; the undated
    last."""
    alike: dict[Key, list[Entry]] = {}
    for one in entries:
        alike.setdefault(key_of(one), []).append(one)
    return tuple(together(alike[key]) for key in sorted(alike))


def together(alike: Sequence[Entry]) -> TimelineEntry:
    """Entries of one key as a line of the timeline, its reports in the order of their ids."""
    first = alike[0]
    cited = distinct(one.citation for one in alike)
    ordered = tuple(sorted(cited, key=lambda one: (one.document, one.spans)))
    return TimelineEntry(first.when, first.kind, first.text, first.transfers, ordered)


def row_entries(sources: Sources, row: RegisterRow) -> list[Entry]:
    """The claims on a transfer, the days it is told to have taken place, and when what is open of it came to
    be so, or was answered."""
    asked = [one for question in (*row.open, *row.closed) for one in question_entries(row.id, question)]
    return [*_claims(sources, row), *_dates(sources, row), *asked]


def goods_text(sources: Sources, row: RegisterRow) -> str:
    """The transfer in few words: "drones from Iran to Russia"."""
    supplier = f" from {sources.label(row.supplier)}" if row.supplier else ""
    recipient = f" to {sources.label(row.recipient)}" if row.recipient else ""
    return f"{goods_words(row.cells['description'].value, row.category)}{supplier}{recipient}"


# ------------------------------------------------------------------------------------ claims


def _claims(sources: Sources, row: RegisterRow) -> list[Entry]:
    found: list[Entry] = []
    goods, claims = goods_text(sources, row), sources.claims(row.reported)
    actors, offices = actors_of(claims), _offices(claims)
    for told in claims:
        speaker = offices.get(told.claim.speaker.name, told.claim.speaker)
        who = speaker_words(speaker, sources.label(actor_of(speaker, actors)))
        text = f"{who[:1].upper()}{who[1:]} {STANCE_WORDS[told.claim.stance]}: {goods}{_detail(told)}"
        cited = sources.cite_claim(told)
        found.append(Entry(sources.day(told), told.claim.stance.value, text, (row.id,), cited))
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


def _dates(sources: Sources, row: RegisterRow) -> list[Entry]:
    """When the transfer itself is told to have taken place, in each place that tells it."""
    found: list[Entry] = []
    goods = goods_text(sources, row)
    for member in row.reported:
        tellings: list[ReportedTransfer | Mention] = [sources.transfer(member)]
        for told in [*tellings, *sources.mentions(member)]:
            if safe(told.when) is not None:
                text = f"Reported as {told.stage}: {goods}"
                spans = (*told.anchors.get("when", ()), *told.anchors.get("stage", ()))
                cited = sources.cite(member[0], spans)
                found.append(Entry(told.when, told.stage.value, text, (row.id,), cited))
    return found


def response_entries(one: RegisterResponse, names: Mapping[str, str]) -> list[Entry]:
    """Each step of a response with every report of it: on its own day, else not after the first report.

    ``names``: of parties for reading, by code.
    """
    found: list[Entry] = []
    for step in one.history:
        text = f"{_response_text(one, names)} ({step.status})"
        when = step.on or between(None, step.reported)
        found += [Entry(when, one.kind.value, text, one.transfers, cited) for cited in step.citations]
    return found


def _response_text(one: RegisterResponse, names: Mapping[str, str]) -> str:
    """ "United States: sanction against Iran"; a veto stops somebody's draft."""
    word = "of a draft by" if one.kind is ResponseKind.VETO else "against"
    against = f" {word} {name_of(one.against, names)}" if one.against else ""
    target = f", {one.target}" if one.target else ""
    by = name_of(one.by, names) if one.by else "Somebody"
    return f"{by}: {plain(one.kind)}{against}{target}"


def question_entries(row: str, question: OpenQuestion) -> list[Entry]:
    """The days on which a question came to be asked, and was answered, with the words of each."""
    found = [
        Entry(question.since, OPENED, f"Open: {question.asked}", (row,), cited)
        for cited in question.opened_by
    ]
    if question.closed_by is not None:
        text = f"Answered: {question.closed_by.text} (asked was: {question.text})"
        found += [
            Entry(question.closed_on, CLOSED, text, (row,), cited) for cited in question.closed_by.citations
        ]
    return found


def event_entries(sources: Sources, document: str) -> list[Entry]:
    """What else a document tells to have happened."""
    found: list[Entry] = []
    for event in sources.readings[document].events:
        spans = [span for field in ("text", "type") for span in event.anchors.get(field, ())]
        text = _event_text(sources, event)
        found.append(Entry(safe(event.when), event.type, text, (), sources.cite(document, spans)))
    return found


def _event_text(sources: Sources, event: Event) -> str:
    actor = f"{sources.label(event.actor)}: " if event.actor else ""
    target = f", {sources.label(event.target)}" if event.target else ""
    return f"{actor}{plain(event.type)}{target}"
