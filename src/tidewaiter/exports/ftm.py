"""A case as FollowTheMoney entities: which schema stands for what.

FollowTheMoney has no schema for an arms transfer nor for a claim.  What is chosen, and what is left out
because it would say more than the reports do, stands in docs/exports.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from tidewaiter.exports.claimreview import address
from tidewaiter.exports.telling import claim_words, transfer_words
from tidewaiter.model import (
    Citation,
    Document,
    Position,
    PositionClaim,
    Reading,
    Register,
    RegisterResponse,
    RegisterRow,
    SourceKind,
)
from tidewaiter.places.ways import is_state
from tidewaiter.wording import (
    CATEGORY_WORDS,
    as_of_words,
    file_name,
    name_of,
    origins_words,
    plain,
    quoted,
    spoken,
    title_of,
)

Readings = Mapping[str, Reading]
Outlets = Mapping[str, str | None]
"""Who publishes a report, by document id."""

PREFIX = "tidewaiter"
"""Begins every id, so that it meets none of another data set."""

_EXACT = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
"""Dates that FollowTheMoney can hold: a year, a month or a day for certain."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity before the library has seen it."""

    id: str
    schema: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def entities_of(
    register: Register,
    documents: Iterable[Document],
    readings: Readings,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[Entity]:
    """Every entity, each once: reports, then actors and transfers as they come, then responses.

    ``readings`` by document id; ``tick``: called for every document and transfer that is done.
    """
    outlets: dict[str, str | None] = {}
    for document in documents:
        outlets[document.id] = document.outlet
        yield _article(document)
        tick()
    seen: set[str] = set()
    for row in register.rows:
        yield from _new(_of_row(register, row, readings, outlets), seen)
        tick()
    for response in register.responses:
        yield from _new(_of_response(response), seen)


def _new(entities: Iterable[Entity], seen: set[str]) -> Iterator[Entity]:
    for one in entities:
        if one.id not in seen:
            seen.add(one.id)
            yield one


def _entity(entity_id: str, schema: str, /, **values: str | Iterable[str] | None) -> Entity:
    """``values``: none, one or several; those that are empty are left out."""
    listed = {key: (one,) if isinstance(one, str) else tuple(one or ()) for key, one in values.items()}
    kept = {key: tuple(filter(None, one)) for key, one in listed.items()}
    return Entity(entity_id, schema, {key: one for key, one in kept.items() if one})


def _id(kind: str, *parts: str) -> str:
    """Of something that has no id of its own, from what tells it from others."""
    return f"{PREFIX}-{kind}-{sha256(repr(parts).encode()).hexdigest()[:16]}"


def document_id(document: str) -> str:
    """Of a report."""
    return f"{PREFIX}-{document}"


def _date(edtf: str | None) -> str | None:
    return edtf if edtf is not None and _EXACT.fullmatch(edtf) else None


def _told_date(label: str, edtf: str | None) -> str | None:
    """An uncertain date in words, where no date can hold it."""
    return None if edtf is None or _date(edtf) else f"{label}: {spoken(edtf)} (EDTF {edtf})"


# ------------------------------------------------------------------------------------ reports, actors


def _article(one: Document) -> Entity:
    return _entity(
        document_id(one.id),
        "Article",
        title=title_of(one),
        fileName=file_name(one),
        author=one.author,
        publisher=one.outlet,
        publishedAt=_date(one.published),
        language=one.language,
        sourceUrl=address(one.url),
        notes=(
            *(f"SHA-256 of the capture: {digest}" for digest in one.captures),
            _told_date("Published", one.published) or "",
        ),
    )


def _actor(code: str) -> Entity:
    """A party or whoever somebody speaks for: a state as its government, any other as an organisation."""
    if is_state(code):
        return _entity(_id("actor", code), "PublicBody", name=name_of(code), country=code)
    return _entity(_id("actor", code), "Organization", name=name_of(code))


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim with the place where it is shown."""

    row: RegisterRow
    position: Position
    claim: PositionClaim
    is_named: bool  # the report names the speaker


def _speakers(said: _Said) -> list[Entity]:
    """Who speaks, first, and whom that one speaks for.

    A named speaker is an entity of its own; reports do not always tell a person from a body, so it is a
    ``LegalEntity``, which both are.  One who is not named is not told from others: then the actor stands for
    it, and where none is known somebody of this transfer alone.
    """
    speaker = said.claim.speaker
    actor = None if speaker.actor is None else _actor(speaker.actor)
    own_name = speaker.name if said.is_named and speaker.name != said.position.label else None
    if actor is not None:
        if own_name is None or own_name == speaker.actor:
            return [actor]
        return [_entity(_id("speaker", actor.id, _key(own_name)), "LegalEntity", name=own_name), actor]
    name = speaker.name or said.position.label
    if said.is_named:
        return [_entity(_id("speaker", "", _key(name)), "LegalEntity", name=name)]
    notes = "Not named in the report."
    return [_entity(_id("speaker", said.row.id, _key(name)), "LegalEntity", name=name, notes=notes)]


def _key(name: str) -> str:
    """A name as it tells entities apart: "Iran’s mission" and "Iran's mission" are one."""
    return " ".join(name.replace("’", "'").casefold().split())


def _representation(said: _Said, speaker: Entity, actor: Entity) -> Entity:
    return _entity(
        f"{speaker.id}-for",
        "Representation",
        agent=speaker.id,
        client=actor.id,
        role=said.claim.speaker.role,
        proof=document_id(said.claim.document),
    )


# ------------------------------------------------------------------------------------ transfers


def _of_row(register: Register, row: RegisterRow, readings: Readings, outlets: Outlets) -> Iterator[Entity]:
    parties = [_actor(code) for code in (row.supplier, row.recipient) if code is not None]
    yield from parties
    event = _event(register, row, parties)
    yield event
    if row.supplier is not None and row.recipient is not None:
        yield _link(row, parties[0], parties[1])
    for document in dict.fromkeys(document for document, _ in row.reported):
        yield _entity(
            f"{event.id}-{document}",
            "Documentation",
            document=document_id(document),
            entity=event.id,
            role="tells of the alleged transfer",
        )
    yield from _vessel(row, event)
    for position in row.positions:
        for claim in position.claims:
            yield from _of_claim(_Said(row, position, claim, _is_named(claim, readings, outlets)), event)


def _event(register: Register, row: RegisterRow, parties: Iterable[Entity]) -> Entity:
    positions = "; ".join(f"{one.label}: {one.summary}" for one in row.positions)
    return _entity(
        f"{PREFIX}-{row.id}",
        "Event",
        name=f"Alleged transfer: {transfer_words(row)}",
        date=_date(row.when),
        involved=[one.id for one in parties],
        summary=f"Furthest stage that anybody alleges: {row.stage}. {positions}".strip(),
        description=_cell(row, "comments"),
        keywords=(row.category.value, row.stage.value, row.outcome.value if row.outcome else ""),
        notes=(
            f"Independent origins: {origins_words(row.origins)}; {row.origins.why}",
            _told_date("When", row.when) or "",
            *(f"Open: {one.text}" for one in row.open),
            as_of_words(register.as_of) if register.as_of else "",
        ),
        proof=_proofs(one for cell in row.cells.values() for one in cell.citations),
    )


def _cell(row: RegisterRow, name: str) -> str | None:
    return row.cells[name].value if name in row.cells else None


def _proofs(citations: Iterable[Citation]) -> list[str]:
    return [document_id(one) for one in dict.fromkeys(one.document for one in citations)]


def _link(row: RegisterRow, supplier: Entity, recipient: Entity) -> Entity:
    """An edge between the parties, whose role says that it is alleged, and by how many denied."""
    deniers = ", ".join(one.label for one in row.positions if "denies" in one.summary)
    denied = f"; denied by {deniers}" if deniers else ""
    return _entity(
        f"{PREFIX}-{row.id}-parties",
        "UnknownLink",
        subject=supplier.id,
        object=recipient.id,
        role=f"alleged supplier of {CATEGORY_WORDS[row.category]} ({row.stage}{denied})",
        date=_date(row.when),
        proof=_proofs(
            one
            for name in ("supplier", "recipient")
            if name in row.cells
            for one in row.cells[name].citations
        ),
    )


def _vessel(row: RegisterRow, event: Entity) -> Iterator[Entity]:
    """A ship by the name that the reports give.  Ships share names: it is this transfer's, not merged with
    any."""
    if row.route is None or row.route.vessel is None:
        return
    proof = _proofs(row.cells["route"].citations) if "route" in row.cells else []
    vessel = _entity(
        f"{PREFIX}-{row.id}-vessel",
        "Vessel",
        name=row.route.vessel,
        notes="Named in reports of an alleged transfer; no IMO number is told.",
        proof=proof,
    )
    yield vessel
    yield _entity(
        f"{PREFIX}-{row.id}-carrier",
        "UnknownLink",
        subject=vessel.id,
        object=event.id,
        role="alleged carrier",
        proof=proof,
    )


def _is_named(claim: PositionClaim, readings: Readings, outlets: Outlets) -> bool:
    """Whether the report names who speaks, as far as the statement tells; of what a medium says in its own
    voice ("We counted ...") that is the medium."""
    if claim.speaker.name is not None and claim.speaker.name == outlets.get(claim.document):
        return True
    reading = readings[claim.document]
    statement = next((one.statement for one in reading.claims if one.id == claim.claim), None)
    source = next((one.source for one in reading.statements if one.id == statement), None)
    return source is not None and source.kind is SourceKind.NAMED


def _of_claim(said: _Said, event: Entity) -> Iterator[Entity]:
    """An edge from whoever speaks to the transfer, with the words and the report; the speaker before it."""
    claim, rating = said.claim, said.claim.rating
    speaker, *actors = _speakers(said)
    yield from (speaker, *actors)
    yield from (_representation(said, speaker, one) for one in actors)
    yield _entity(
        f"{event.id}-{claim.document}-{claim.claim}",
        "UnknownLink",
        subject=speaker.id,
        object=event.id,
        role=claim.stance.value,
        date=_date(claim.said_on),
        summary=(
            claim_words(said.row, said.position, claim),
            f"Admiralty Code {rating.reliability}{rating.credibility}" if rating else "",
            _told_date("Said", claim.said_on) or "",
        ),
        description=quoted(claim.citation.quote) if claim.citation.quote else None,
        proof=document_id(claim.document),
    )


# ------------------------------------------------------------------------------------ responses


def _of_response(one: RegisterResponse) -> Iterator[Entity]:
    """What somebody does about a transfer; not ``Sanction``, which says that somebody is listed: most
    responses are no listing, and many only threatened."""
    actors = [_actor(code) for code in (one.by, one.against) if code is not None]
    yield from actors
    against = f" against {name_of(one.against)}" if one.against else ""
    by = name_of(one.by) if one.by else "Somebody"
    told = (one.kind, one.by or "", one.against or "", one.target or "", one.on or "")
    event = _entity(
        f"{PREFIX}-{one.id}" if one.id else _id("response", *told),
        "Event",
        name=f"{by}: {plain(one.kind)}{against} ({one.status})",
        date=_date(one.on),
        involved=[actor.id for actor in actors],
        summary=f"Target, as worded: {one.target}" if one.target else None,
        keywords=(one.kind.value, one.status.value),
        notes=_told_date("On", one.on),
        proof=_proofs(one.citations),
    )
    yield event
    for link in one.answers:
        yield _entity(
            f"{event.id}-{link.transfer}",
            "UnknownLink",
            subject=event.id,
            object=f"{PREFIX}-{link.transfer}",
            role="answers",
            summary=link.why,
            proof=_proofs(link.citations),
        )
