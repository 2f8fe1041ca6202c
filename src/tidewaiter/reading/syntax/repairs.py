"""Known mistakes of the parser, one construction each: how it is parsed, and what its words are in truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.reading.syntax.tree import own_subjects

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def noun_before_participle(verb: Token) -> Token | None:
    """ "Rockets, supplied by A,": what was supplied, where the parse hangs it on the verb above."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBN" or own_subjects(verb) or verb.i < 2:
        return None
    comma, noun = verb.doc[verb.i - 1], verb.doc[verb.i - 2]
    return noun if comma.text == "," and noun.pos_ in ("NOUN", "PROPN") else None


def is_bare_that_clause(clause: Token) -> bool:
    """ "The rifles that A gave B": the parse takes "that" for a conjunction, and B for what is given."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def doer_of_reduced_relative(verb: Token) -> Token | None:
    """Who acts in "the drones Mali ordered", where the parse takes the name for an apposition."""
    if verb.dep_ not in ("acl", "relcl") or verb.tag_ not in ("VBD", "VBZ", "VBP") or own_subjects(verb):
        return None
    before = verb.doc[verb.i - 1] if verb.i else verb
    is_name = before.pos_ == "PROPN" and before.dep_ in ("appos", "compound", "nmod", "dep")
    return before if is_name and before.head.i < before.i else None


_TAKING_GERUNDS = frozenset(
    {"deny", "admit", "acknowledge", "confirm", "concede", "contest", "dispute", "reject", "rule"}
    | {"stop", "halt", "suspend", "cease", "resume", "begin", "start", "continue", "keep"}
    | {"consider", "contemplate", "discuss", "mull", "avoid", "delay", "postpone", "recommend", "oppose"}
)
"""Verbs behind which an -ing form is what is done, not what the noun behind it is like."""


def above_gerund(verb: Token) -> Token | None:
    """The verb above "denied supplying drones to A", where the parse takes the gerund for an adjective: its
    noun is then what is supplied, and who acts and who gets it hang on the verb above."""
    if verb.tag_ != "VBG" or verb.dep_ != "amod" or verb.head.dep_ != "dobj" or verb.head.i < verb.i:
        return None
    above = verb.head.head
    before = verb.doc[verb.i - 1] if verb.i else verb
    near = before.i == above.i or (before.head.i == above.i and before.dep_ in ("advmod", "prt"))
    return above if near and above.lemma_.lower() in _TAKING_GERUNDS and above.pos_ == "VERB" else None


_OF_GOODS_GIVEN = frozenset({"to", "for", "from", "with"})
"""Prepositions of who gets what is given, whom it comes from, and what it is."""


def agent_behind_goal(verb: Token) -> Token | None:
    """The "by" of "were sent to the junta by A", where the parse hangs it on who gets it."""
    for preposition in verb.children:
        if preposition.dep_ not in ("prep", "dative") or preposition.lower_ not in _OF_GOODS_GIVEN:
            continue
        for noun in preposition.children:
            if noun.dep_ == "pobj" and noun.i > verb.i:
                found = next((one for one in noun.children if one.lower_ == "by" and one.i > noun.i), None)
                if found is not None:
                    return found
    return None


def swallowed(head: Token, preposition: Token) -> Token:
    """The noun in "supply Mali with drones puts ... at risk", where the parse makes it the subject of a
    clause that it takes for the preposition's."""
    if head.dep_ != "pcomp" or head.tag_ not in ("VBZ", "VBP", "VBD"):
        return head
    own = [child for child in own_subjects(head) if child.i > preposition.i]
    return own[0] if own else head


def listed_first(preposition: Token) -> Token:
    """The first "by" of "by helping ..., and by providing ..., the report said": the parse hangs the last
    one on the verb of saying."""
    if preposition.lower_ != "by" or preposition.head.i < preposition.i:
        return preposition
    before = preposition.doc[preposition.sent.start : preposition.i]
    return next((word for word in before if word.lower_ == "by" and word.dep_ == "prep"), preposition)
