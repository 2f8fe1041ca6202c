"""Who acts where the trigger's own phrases do not say it: by the verbs and nouns above it, by deals made
with somebody, by a pronoun that was left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.deals.stages import governor_effects
from tidewaiter.reading.syntax import ASKING, arguments, prepositional

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

REACH_OF_DOER = 3
"""Verbs and nouns above a noun of transfer among which the one who does it is looked for."""

_ACTING_EFFECTS = frozenset({"planned", "agreed", "keep", "begun", "ended", "negated"})
"""What governs a noun of transfer and makes its subject the one who does it: "announced a sale"."""

_OCCASIONS = frozenset({"over", "after", "following", "against", "despite", "amid", "upon"})
"""Prepositions behind which stands what something is done about."""

_DECIDING_EFFECTS = frozenset({"agreed", "ended", "negated"})


def acting(around: Surroundings, token: Token, wanted: frozenset[str] = _ACTING_EFFECTS) -> tuple[Party, ...]:
    """Who does what the noun names, by the verbs above it: "A announced a sale", "A has given
    approval for a sale", "A made a determination approving a sale"."""
    effects = governor_effects(around.parsed.knowledge)
    for clause in token.children:  # "sales to B blocked by A"
        if (
            clause.dep_ in ("acl", "relcl")
            and effects.get(clause.lemma_.lower()) in _DECIDING_EFFECTS & wanted
        ):
            decided = around.parties.parties(arguments(clause).subjects)
            if decided:
                return decided
    if token.dep_ == "pobj" and token.head.lower_ in _OCCASIONS:  # "announced sanctions over the sale"
        return ()
    above = [word for word in _in_clause(token) if word.pos_ in ("VERB", "NOUN")][:REACH_OF_DOER]
    if not any(effects.get(word.lemma_.lower()) in wanted for word in above):
        return ()
    for verb in above:
        if verb.pos_ == "VERB" and (doing := around.parties.parties(arguments(verb).subjects)):
            return doing
        if verb.pos_ == "NOUN" and (owning := around.parties.owners(verb)):  # "its approval of sales"
            return owning
    return ()


def _in_clause(token: Token) -> Iterator[Token]:
    """The words above a word, up to a clause of time or condition: "A acted after a sale was agreed"."""
    for word in token.ancestors:
        yield word
        if word.dep_ == "advcl" and any(child.dep_ == "mark" for child in word.children):
            return


def allowing(around: Surroundings, token: Token) -> tuple[Party, ...]:
    """Who decides on what is done in the passive: "A authorised frigates to be sold to B"."""
    is_passive = any(child.dep_ == "auxpass" and child.lower_ == "be" for child in token.children)
    return acting(around, token, _DECIDING_EFFECTS) if is_passive else ()


def askers(around: Surroundings, token: Token) -> tuple[Party, ...]:
    """Who asks somebody to supply: "A asked B to sell it boats"."""
    above = token.head
    if above.lemma_.lower() not in ASKING or token.dep_ not in ("xcomp", "advcl", "ccomp"):
        return ()
    return around.parties.parties(arguments(above).subjects)


_ANSWERS = frozenset(
    {"accept", "agree", "approve", "consider", "decline", "grant", "refuse", "reject", "turn", "weigh"}
)
"""Verbs of who is asked: "agreed to a request", "turned down a request"."""


def answering(around: Surroundings, request: Token) -> tuple[Party, ...]:
    """Who is asked to supply, by what is done with the request: "A agreed to B's request for boats"."""
    above = request.head.head if request.dep_ == "pobj" else request.head
    if request.dep_ not in ("pobj", "dobj") or above.lemma_.lower() not in _ANSWERS:
        return ()
    return around.parties.parties(arguments(above).subjects)


_BELOW_A_DEAL = frozenset({"acl", "xcomp", "advcl", "pcomp", "relcl"})


def partners(around: Surroundings, token: Token) -> tuple[Party, ...]:
    """With whom a deal was made that the verb tells the content of: "signed an agreement with A to
    buy", "a contract with A to supply"."""
    above = [token.head] if token.dep_ in _BELOW_A_DEAL and token.head.i != token.i else []
    above += [word.head for word in above]
    above += [child for word in above for child in word.children if child.dep_ == "dobj"]
    return around.parties.parties(
        head for word in above if word.i != token.i for head in prepositional(word).get("with", [])
    )


def antecedents(around: Surroundings, token: Token, subjects: Sequence[Token]) -> tuple[Party, ...]:
    """Whom a pronoun stands for where it was left open: as a subject, who acts in the clause above
    ("rejects reports that it armed"); as an object, the party named last ("accusing it of")."""
    pronouns = [head for head in subjects if head.lower_ == "it"]
    if not pronouns or around.parties.actor_at(pronouns[0]) is not None:
        return ()
    pronoun = pronouns[0]
    if pronoun.dep_ == "dobj":
        before = token.doc[token.sent.start : pronoun.i]
        return around.parties.parties(word for word in before if around.parties.actor_at(word))[-1:]
    for above in pronoun.head.ancestors:
        doers = arguments(above).subjects if above.pos_ == "VERB" else []
        named = around.parties.parties(doer for doer in doers if around.parties.actor_at(doer))
        if named:
            return named[:1]
    return ()


_BECAUSE = frozenset({"for", "over", "by", "after", "of"})
"""Prepositions behind which stands what somebody is punished for: "over", "by", "because of"."""

_HIT = ("on", "against")


def blamed(around: Surroundings, noun: Token) -> tuple[Party, ...]:
    """Whom something is done to for what the noun names: "sanctions on A over its purchase of"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _BECAUSE:
        return ()
    above = [prepositional(word) for word in (noun.head.head, *noun.head.head.children)]
    return around.parties.parties(
        head for phrases in above for name in _HIT for head in phrases.get(name, [])
    )
