"""Who acts: a verb's own subjects, or those it has from above by conjunction, control, participles and
relative clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.reading.syntax.prepositions import behind, prepositional
from tidewaiter.reading.syntax.repairs import listed_first
from tidewaiter.reading.syntax.tree import CLIMBING_LIMIT, PASSIVE_SUBJECTS, is_infinitive, own_subjects

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

ASKING = frozenset({"ask", "urge", "request", "beg", "press", "persuade", "convince", "invite", "order"})
"""Verbs whose object is to do what the infinitive behind it says."""

_CALLING = frozenset({"call", "prevail"})
"""Verbs that ask so with "on" or "upon": "called on A to stop"."""

_OBJECT_CONTROL_EXCEPTIONS = frozenset({"promise", "threaten", "use"})
"""Verbs whose object does not do what the infinitive says: "promised A to sell"."""


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The verb's own subjects, else those it has from what stands above it."""
    own = own_subjects(verb)
    if own:
        return [antecedent(token) for token in own]
    if depth > CLIMBING_LIMIT or verb.head.i == verb.i:
        return []
    return _inherited_subjects(verb, depth + 1)


def antecedent(token: Token) -> Token:
    """The antecedent of a relative pronoun; other tokens unchanged."""
    if token.tag_ not in ("WDT", "WP") and token.lower_ != "that":
        return token
    clause = token.head
    for _ in range(CLIMBING_LIMIT):
        if clause.dep_ == "relcl":
            return clause.head
        if clause.head.i == clause.i or clause.dep_ not in ("conj", "xcomp", "ccomp", "advcl"):
            break
        clause = clause.head
    before = token.doc[token.i - 1] if token.i else token  # a clause parsed as a complement
    return before if before.pos_ in ("NOUN", "PROPN") else token


def _inherited_subjects(verb: Token, depth: int) -> list[Token]:
    """The subjects of a verb that has none of its own, by how it hangs on the word above."""
    head, dep = verb.head, verb.dep_
    if dep in ("acl", "amod") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return _participle_subject(verb, depth)
    if dep == "relcl":
        return _participle_subject(verb, depth) if is_infinitive(verb) else [head]
    if dep == "pcomp" and head.pos_ in ("ADP", "SCONJ"):
        return _gerund_subject(head, depth)
    if dep == "xcomp":
        controllers = [child for child in head.children if child.dep_ in ("dobj", "dative")]
        if controllers and head.lemma_ not in _OBJECT_CONTROL_EXCEPTIONS:
            return controllers
    if dep in ("xcomp", "advcl") and head.lemma_ in _CALLING and is_infinitive(verb):
        called = [one for name in ("on", "upon") for one in prepositional(head).get(name, [])]
        if called:  # "called on A to stop"
            return called
    if dep in ("advcl", "ccomp") and head.lemma_ in ASKING and is_infinitive(verb):
        asked = [child for child in head.children if child.dep_ in ("dobj", "dative") and child.i < verb.i]
        if asked:  # "asked A in May to sell"
            return asked
    if head.pos_ in ("VERB", "AUX", "ADJ"):
        return _logical_subjects(head, depth)
    return []


def _logical_subjects(verb: Token, depth: int) -> list[Token]:
    """Who acts in the governing clause."""
    agents = [token for child in verb.children if child.dep_ == "agent" for token in behind(child)]
    return agents or surface_subjects(verb, depth)


def _participle_subject(verb: Token, depth: int) -> list[Token]:
    """ "drones sold by X", "a ship carrying arms", "a plan to sell arms"."""
    noun = verb.head
    if verb.tag_ in ("VBN", "VBD", "VBG"):
        return [noun]
    owners = [
        child
        for child in noun.children
        if child.dep_ == "poss" or (child.dep_ in ("amod", "compound") and child.text[:1].isupper())
    ]
    if owners:  # "its plan to sell", "Western efforts to supply"
        return owners
    governor = _verb_above(noun)
    return _logical_subjects(governor, depth) if governor is not None else []


def _gerund_subject(preposition: Token, depth: int) -> list[Token]:
    """ "accused X of selling", "barred X from buying", "in the process of buying", "by selling"."""
    governor = listed_first(preposition).head
    if preposition.lower_ == "for" and (hit := _measured_against(preposition)):
        return hit
    if governor.pos_ == "VERB":
        return _blamed(preposition, governor) or _logical_subjects(governor, depth)
    if preposition.lower_ == "of" and governor.pos_ == "PROPN":  # "accused the Emirates of flying"
        return [governor]
    owners = [child for child in governor.children if child.dep_ == "poss"]
    if owners:
        return owners
    verb = _verb_above(governor)
    if verb is None:
        return []
    if preposition.lower_ == "of" and governor.head.dep_ == "agent":  # "A is accused by B of selling"
        return [child for child in verb.children if child.dep_ in PASSIVE_SUBJECTS]
    return _logical_subjects(verb, depth)


_BLAMING = frozenset({"accuse", "suspect"})


def _blamed(preposition: Token, verb: Token) -> list[Token]:
    """The verb's object, who does what stands behind the preposition, also where it is brought forward: "it
    is X that Y has accused of", "X, which Y accuses of"."""
    if preposition.lower_ not in ("of", "from", "for"):
        return []
    found = [antecedent(one) for one in verb.children if one.dep_ in ("dobj", *PASSIVE_SUBJECTS)]
    if found or preposition.lower_ != "of" or verb.lemma_.lower() not in _BLAMING:
        return found
    above = verb.head
    if verb.dep_ == "relcl":
        return [above]
    return [child for child in above.children if child.dep_ == "attr"] if above.lemma_ == "be" else []


_AGAINST = frozenset({"on", "upon", "against"})
"""Prepositions behind which stands whom a measure hits."""


def _measured_against(preposition: Token) -> list[Token]:
    """ "imposed sanctions on X for selling", "charges against X for selling": who did it is X."""
    governor = preposition.head
    if governor.dep_ == "pobj" and governor.head.lower_ in _AGAINST:
        return [governor]
    heads = [governor, *(child for child in governor.children if child.dep_ == "dobj")]
    before = [one for head in heads for one in head.children if one.dep_ == "prep" and one.i < preposition.i]
    return [token for one in before if one.lower_ in _AGAINST for token in behind(one)]


def _verb_above(token: Token) -> Token | None:
    """The nearest verb above, however many phrases lie between."""
    for _, ancestor in zip(range(CLIMBING_LIMIT), token.ancestors, strict=False):
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None
