"""Who acts where the trigger's own phrases do not say it: by the verbs and nouns above it, by deals made
with somebody, by a pronoun that was left open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import ActorKind
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

_LAWS = frozenset(
    {
        "resolution",
        "embargo",
        "law",
        "treaty",
        "convention",
        "sanction",
        "ban",
        "clause",
        "regulation",
        "rule",
    }
)
"""What forbids a transfer without being a party to it."""

_FORBIDDING = frozenset({"ban", "bar", "block", "embargo", "forbid", "outlaw", "prohibit"})

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
    above = [word for word in token.ancestors if word.pos_ in ("VERB", "NOUN")][:REACH_OF_DOER]
    if not any(effects.get(word.lemma_.lower()) in wanted for word in above):
        return ()
    for verb in above:
        doers = arguments(verb).subjects if verb.pos_ == "VERB" else []
        if any(_forbids(around, verb, head) for head in doers):
            return ()
        if doing := around.parties.parties(doers):
            return doing
        if verb.pos_ == "NOUN" and (owning := around.parties.owners(verb)):  # "its approval of sales"
            return owning
    return ()


def _forbids(around: Surroundings, verb: Token, doer: Token) -> bool:
    """Whether it is for all that a sale is forbidden: by a resolution, or an organisation's ban."""
    actor = around.parties.actor_at(doer)
    union = actor is not None and actor.kind is ActorKind.ORGANISATION
    return doer.lemma_.lower() in _LAWS or (union and verb.lemma_.lower() in _FORBIDDING)


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


_NEGOTIATING = frozenset({"negotiate", "discuss", "agree", "talk", "haggle"})


def negotiators(around: Surroundings, noun: Token) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who negotiates with whom: "A negotiates with B over the purchase of guns"."""
    verb = next((above for above in noun.ancestors if above.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in _NEGOTIATING:
        return (), ()
    found = arguments(verb)
    return around.parties.parties(found.subjects), around.parties.parties(found.after("with"))


_PERMITTING = frozenset(
    {
        "allow", "approve", "authorise", "authorize", "ban", "bar", "block", "consent", "deny", "forbid",
        "permit", "permission", "prohibit", "refuse", "reject", "veto",
    }
)  # fmt: skip
"""What a maker does about goods that another would send on."""


def is_for_subject_to_permit(token: Token) -> bool:
    """ "A has vetoed re-exporting its shells": A made them and does not send them on."""
    before = token.doc[max(token.i - 2, 0) : token.i].text.lower()
    onward = token.lemma_.lower() in ("re-export", "reexport") or before == "re-"
    above = list(token.ancestors)[:REACH_OF_DOER]
    return onward and any(word.lemma_.lower() in _PERMITTING for word in (*above, *_objects(above)))


def _objects(words: Sequence[Token]) -> list[Token]:
    return [child for word in words for child in word.children if child.dep_ == "dobj"]


_REQUESTS = frozenset({"demand", "request", "appeal", "plea", "bid", "call", "approach"})
_REQUESTING = ASKING | {"appeal", "plead", "turn", "lobby", "petition", "approach"}


def asked_for(around: Surroundings, noun: Token) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who is asked and who asks for what the noun names: "A made demands on B for a supply", "A appealed to B
    for deliveries": B would supply A."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "for":
        return (), ()
    above = noun.head.head
    verb = above.head if above.dep_ == "dobj" else above
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    asking = [one for one in (above, *objects) if one.lemma_.lower() in _REQUESTS and one.pos_ == "NOUN"]
    if not asking and verb.lemma_.lower() not in _REQUESTING:
        return (), ()
    phrases = [prepositional(word) for word in (verb, *asking)]
    asked = [head for one in phrases for name in ("to", "on", "from", "with") for head in one.get(name, [])]
    asked += [one for one in objects if one not in asking]
    return around.parties.parties(asked), around.parties.parties(arguments(verb).subjects)


def holders(around: Surroundings, token: Token) -> tuple[Party, ...]:
    """Who has got goods that a participle only tells the getting of: "A has jets bought in the eighties",
    "A supplied B with arms purchased from C": A bought them."""
    goods = token.head
    if token.dep_ != "acl" or token.tag_ not in ("VBN", "VBD") or not around.is_goods(goods):
        return ()
    verb = goods.head.head if goods.dep_ == "pobj" and goods.head.lower_ == "with" else goods.head
    if verb.pos_ != "VERB" or goods.dep_ not in ("dobj", "pobj", "nsubjpass"):
        return ()
    return around.parties.parties(arguments(verb).subjects)


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
