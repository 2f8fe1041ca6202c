"""Who acts: the doers of a clause and, where it names none, who keeps the place, who sent the envoy, who
tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model import ResponseKind, ResponseStatus
from tidewaiter.reading.deeds.acts import Party, argument_heads, owners, phrases
from tidewaiter.reading.deeds.clause import Act, named_at
from tidewaiter.reading.deeds.nearness import is_told_near, sentences_around
from tidewaiter.reading.syntax import arguments, is_passive

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

ENFORCER_BACK = 2
"""Sentences back within which "was stopped" goes on about the navy or guard named there."""
_BY_ANNOUNCER = frozenset({ResponseKind.DIPLOMATIC_PROTEST, ResponseKind.INTERDICTION})


def who_acts(act: Act) -> tuple[Party, ...]:
    """Who did it, or would: by the clause, else by what stands near it."""
    if act.cue.hits == "subject":
        return _menaced_by(act)
    found = act.scene.doers(act.token, act.commitment)
    if not found and act.kind is ResponseKind.SANCTION and _is_open(act):
        return _hinted_by(act)
    if not found and "no_supply" in act.cue.needs:
        return _spoken_by(act)
    told = act.kind is ResponseKind.INTERDICTION and "port_call" not in act.cue.needs
    if not found and told and by_enforcers(act):
        return _own_enforcers(act)
    if found or act.kind not in _BY_ANNOUNCER or not is_passive(act.token):
        return found
    if act.kind is ResponseKind.INTERDICTION:
        return _keeper_of_place(act) or _spoken_by(act) or _enforcer_before(act)
    return _envoys_host(act) or _spoken_by(act)


def _is_open(act: Act) -> bool:
    """ "sanctions may be placed on X": not done yet, and by nobody named in the clause."""
    return is_passive(act.token) and act.commitment.status in (
        ResponseStatus.THREATENED,
        ResponseStatus.ANNOUNCED,
    )


def _hinted_by(act: Act) -> tuple[Party, ...]:
    """Who says that it may or will be done: the subject of the verb above."""
    for verb in act.token.ancestors:
        subjects = arguments(verb).subjects if verb.pos_ == "VERB" else []
        if subjects:
            return tuple(party for head in subjects for party in act.scene.named(head, doer=True))[:1]
    return ()


def _menaced_by(act: Act) -> tuple[Party, ...]:
    """Whose sanctions X could face: "Y's sanctions", else those of who says so."""
    nouns = [token for need in act.cue.needs for token in act.phrase_words(need)]
    heads = [head for noun in nouns for head in [*owners(noun), *argument_heads(noun)[0].after("of", "from")]]
    named = tuple(party for head in heads for party in act.scene.named(head, doer=True))
    return (named or _hinted_by(act) or _spoken_by(act))[:1]


def _envoys_host(act: Act) -> tuple[Party, ...]:
    """ "X's ambassador was called home", "was summoned to X's ministry"."""
    if act.cue.hits == "host":
        heads = envoys_of(act)
        return tuple(party for head in heads for party in act.scene.named(head))[:1]
    hosts = argument_heads(act.token)[0].after("to", "at")
    return tuple(party for head in hosts for party in act.scene.named(head, doer=True))


def envoys_of(act: Act) -> list[Token]:
    found = argument_heads(act.token)[0]
    return [head for head in found.objects if act.scene.is_a(head, "envoy")]


def _spoken_by(act: Act) -> tuple[Party, ...]:
    """Whoever tells of the act speaks for the one that did it."""
    statement = act.scene.statement_at(act.token.idx)
    if statement is None or statement.source is None or statement.source.actor is None:
        return ()
    return (Party(statement.source.actor, statement.source.spans),)


def _keeper_of_place(act: Act) -> tuple[Party, ...]:
    """ "was seized at a Y port": who keeps the port acts."""
    heads = argument_heads(act.token)[0].after("at", "in")
    if {"port_call", "made_land"} & {*act.cue.needs}:
        heads = [one for one in act.matter() if one.dep_ == "pobj" and one.head.lower_ in ("at", "in")]
    places = [head for head in heads if act.scene.is_a(head, "control_point") or _is_other_state(act, head)]
    return tuple(party for head in places for party in act.scene.named(head))[:1]


def _is_other_state(act: Act, head: Token) -> bool:
    """ "was made to land in Y", where Y is no party: it is Y that made it."""
    party = named_at(act, head)
    return party is not None and not any(party.code in (t.supplier, t.recipient) for t in act.transfers)


def _own_enforcers(act: Act) -> tuple[Party, ...]:
    """ "Customs of the two cities": without a state they are those of the state for which the goods are."""
    near = {one.recipient: one for one in act.transfers if is_told_near(act, one) and one.recipient}
    if len(near) != 1:
        return ()
    ((code, one),) = near.items()
    spans = one.anchors.get("recipient", ())[:1]
    return (Party(code, spans),) if spans else ()


def _enforcer_before(act: Act) -> tuple[Party, ...]:
    """ "The freighter was stopped", after a sentence about one navy, mission or guard."""
    start, end = sentences_around(act, before=ENFORCER_BACK, after=0)
    words = act.scene.table.classes.get("enforcer", frozenset())
    found: dict[str, Party] = {}
    for mention in act.scene.entities.actors:
        told = f"{mention.role or ''} {mention.name or ''}".lower().split()
        if mention.code and start <= mention.span.start < end and words & {w.rstrip("s") for w in told}:
            found.setdefault(mention.code, Party(mention.code, (mention.span,)))
    return tuple(found.values()) if len(found) == 1 else ()


def by_enforcers(act: Act) -> bool:
    if "port_call" in act.cue.needs:
        return True
    found = argument_heads(act.token)[0]
    return any(act.scene.is_a(token, "enforcer") for token in phrases(found.subjects))
