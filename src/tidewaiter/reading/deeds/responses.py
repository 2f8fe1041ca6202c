"""What somebody does about an arms transfer: sanctions, seizures, protests, vetoes and the like.

A cue word of the table ``response_cues`` evokes a kind; the clause around it gives who acts, whom it
hits, whether it was done, announced or threatened, and on which day.  Measures without an author, the
answer of the accused, mere concern and what the report itself expects are no responses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.model import ReportedTransfer, Response, ResponseKind, ResponseStatus, Statement
from tidewaiter.reading.deeds.acts import Cue, Party, Scene, scene
from tidewaiter.reading.deeds.admission import is_admissible, is_undone
from tidewaiter.reading.deeds.agents import who_acts
from tidewaiter.reading.deeds.clause import Act
from tidewaiter.reading.deeds.followers import followers
from tidewaiter.reading.deeds.hits import STRATEGIES, Hit
from tidewaiter.reading.deeds.making import response_of
from tidewaiter.reading.deeds.needs import holds
from tidewaiter.reading.deeds.settling import one_of_each, settled, with_origins
from tidewaiter.reading.deeds.unnamed import from_transfer, supplier_first
from tidewaiter.reading.deeds.vetoes import blocked_measure
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

TABLE = "response_cues"
_SPEAKS_FOR_ITSELF = frozenset({ResponseKind.INTERDICTION, ResponseKind.EXPORT_CONTROL})
"""Kinds whose cues name the goods themselves, so that the report need not tell of a transfer besides."""
_DONE_BY_TRYING = frozenset({ResponseKind.MONITORING, ResponseKind.INVESTIGATION})


def find_responses(
    parsed: Parsed,
    entities: Entities,
    statements: Sequence[Statement],
    transfers: Sequence[ReportedTransfer],
) -> tuple[Response, ...]:
    """The responses reported in a document, one for each kind, actor, party hit and status, in order
    of the text."""
    look = scene(parsed, entities, statements, TABLE)
    found = [response for token in parsed.doc for response in _read_word(look, transfers, token)]
    if not transfers and not _about_arms(look):
        found = [response for response in found if response.kind in _SPEAKS_FOR_ITSELF]
    found = settled(look, transfers, with_origins(found))
    return one_of_each([*found, *followers(look, transfers, found)])


def _read_word(look: Scene, transfers: Sequence[ReportedTransfer], token: Token) -> list[Response]:
    """What the word evokes: of its readings the one that tells whom it hits, else the first."""
    readings = [made for cue in look.cues(token) if (made := _read(look, transfers, token, cue))]
    telling = [made for made in readings if any(response.against for response in made)]
    return next(iter(telling or readings), [])


def _about_arms(look: Scene) -> bool:
    return bool(look.goods) and any(
        look.is_a(token, "shipment") or look.is_a(token, "supplying") for token in look.parsed.doc
    )


def _read(look: Scene, transfers: Sequence[ReportedTransfer], token: Token, cue: Cue) -> list[Response]:
    commitment = look.commitment(token)
    if commitment is None or commitment.negated != (cue.status == "negated"):
        return []
    statement = look.statement_at(token.idx)
    if statement is not None and statement.negated:
        return []
    act = Act(look, transfers, token, cue, commitment)
    if commitment.tried and act.kind not in _DONE_BY_TRYING:
        return []
    if not holds(act) or is_undone(act):
        return []
    if cue.status == ResponseStatus.LIFTED and commitment.status is not ResponseStatus.DONE:
        return []  # that it may be lifted leaves it as it is
    if cue.hits == "rejected":
        return blocked_measure(act)
    made = [response for by in who_acts(act) for response in _responses_of(act, by)]
    return [*made, *(blocked_measure(act) if made and act.kind is ResponseKind.VETO else [])]


def _responses_of(act: Act, by: Party) -> list[Response]:
    if (
        act.cue.hits != "subject"
        and act.commitment.own_words_only
        and not act.scene.says_so(act.token, by.code)
    ):
        return []
    hits = [hit for hit in STRATEGIES[act.cue.hits](act) if hit.party is None or hit.party.code != by.code]
    if act.kind is ResponseKind.DIPLOMATIC_PROTEST:
        hits = supplier_first(act, by, hits)
    if not any(hit.party for hit in hits):
        found = from_transfer(act, by)
        target = hits[0].target if hits else None
        hits = [replace(hit, target=target) for hit in found] or hits or [Hit(None)]
    made = [response_of(act, by, hit) for hit in hits if is_admissible(act, by, hit)]
    coded = [response for response in made if response.against is not None]
    return coded or made[:1]
