"""What the order of words tells where the parse fails: goods and parties that stand right where the
trigger's own would stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import ActorForm, ActorKind, ActorMention, Span
from tidewaiter.reading.deals.around.goals import FORCES
from tidewaiter.reading.deals.around.surroundings import Surroundings
from tidewaiter.reading.deals.lists import actor_behind
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.entities import touching
from tidewaiter.reading.syntax import Arguments, phrase

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

REACH_OF_OBJECT = 8
"""Tokens to the right of a verb in which its object is looked for where the parse gives none."""

REACH_OF_PREPOSITION = 20
"""Tokens behind a trigger in which "to" or "from" is taken as its own where the parse gives none."""

ORIGIN_WORDS = frozenset({"from"})

GOAL_WORDS = frozenset({"to"})

_PHRASE_ENDS = frozenset({"VERB", "AUX", "PUNCT", "CCONJ", "ADP"})

_CLAUSE_ENDS = frozenset({",", ";", ":", ".", "—", "–"})

_FIXED_BEFORE_TO = frozenset(
    {"according", "due", "thanks", "response", "addition", "contrast", "close", "next"}
)


def right_neighbour(around: Surroundings, token: Token) -> list[Token]:
    """Goods named right behind the verb, where the parse took them for something else."""
    for following in _without_numbers(around, token):
        if following.pos_ in _PHRASE_ENDS and following.lower_ not in ("of", "-"):
            if following.tag_ not in ("VBN", "HYPH"):
                return []
        elif around.is_goods(following) and around.parties.is_head(following):
            return [following]
    return []


def _without_numbers(around: Surroundings, token: Token) -> list[Token]:
    """The tokens behind ``token`` in its sentence, those of times and amounts left out ("on 8 October
    2019", "between 10 and 15")."""
    rest = [Span(token.idx, token.sent.end_char + 2)]
    spans = [time.span for time in touching(around.entities.times, rest)]
    spans += [amount.span for amount in touching(around.entities.quantities, rest)]
    following = []
    for word in token.doc[token.i + 1 : token.sent.end]:
        after = word.idx + len(word) + 1
        if any(start <= word.idx < end or start <= after < end for start, end in spans):
            continue
        following.append(word)
    return following[:REACH_OF_OBJECT]


def left_neighbour(around: Surroundings, token: Token) -> list[Token]:
    """Goods that open the sentence of a participle: "Rifles on the way from A to B seized"."""
    if token.tag_ not in ("VBN", "VBD"):
        return []
    before = token.doc[token.sent.start : token.i]
    return [word for word in before if around.parties.is_head(word)][:1]


def told_behind_colon(around: Surroundings, token: Token, found: Arguments) -> list[Token]:
    """Goods listed behind a colon: "what it has got from A: jets and radars"."""
    if any(child.dep_ in ("xcomp", "ccomp") for child in token.children):
        return []
    if any(around.parties.party(head) is None and head.lower_ != "what" for head in found.objects):
        return []
    rest = token.doc[token.i + 1 : token.sent.end]
    colon = next((word for word in rest if word.text == ":"), None)
    if colon is None:
        return []
    listed = token.doc[colon.i + 1 : min(colon.i + 1 + REACH_OF_OBJECT, token.sent.end)]
    return [word for word in listed if around.parties.is_head(word)][:1]


def goods_behind_of(around: Surroundings, token: Token) -> list[Token]:
    """Goods behind the nearest "of" that has any: "the sale to Morocco of rocket systems"."""
    doc, end = token.doc, min(token.i + REACH_OF_PREPOSITION, token.sent.end)
    for index in _without_asides(token, end):
        if doc[index].text in _CLAUSE_ENDS:
            break
        if doc[index].lower_ == "of":
            phrase_end = min(index + 1 + REACH_OF_OBJECT, token.sent.end)
            goods = [word for word in doc[index + 1 : phrase_end] if around.parties.is_head(word)]
            if goods:
                return goods[:1]
    return []


def behind(around: Surroundings, token: Token, prepositions: frozenset[str]) -> tuple[Party, ...]:
    """The actor named right behind the first of *prepositions* that follows *token*."""
    doc, end = token.doc, min(token.i + REACH_OF_PREPOSITION, token.sent.end)
    for index in _without_asides(token, end):
        if doc[index].text in _CLAUSE_ENDS:
            break
        before = doc[index - 1].lower_
        out_of = "from" in prepositions and (before, doc[index].lower_) == ("out", "of")
        opens = out_of or (doc[index].lower_ in prepositions and before not in _FIXED_BEFORE_TO)
        if opens and (named := actor_behind(doc[index], around.parties)):
            return named
    return ()


def _without_asides(token: Token, end: int) -> Iterator[int]:
    """The places behind ``token`` up to ``end``, without what stands between two commas right behind it:
    "the sale, for several billions, of boats to A"."""
    index = token.i + 1
    if index < end and token.doc[index].text == ",":
        closing = next((at for at in range(index + 1, end) if token.doc[at].text == ","), None)
        following = token.doc[closing + 1] if closing is not None and closing + 1 < end else None
        if closing is not None and following is not None and following.pos_ == "ADP":
            index = closing + 1
    yield from range(index, end)


def behind_receiver(around: Surroundings, token: Token) -> list[Token]:
    """The first goods of a list behind who gets them: "sold to the government of B four launches, a lot of
    armoured vehicles"; up to the next verb."""
    for word in token.doc[token.i + 1 : token.sent.end]:
        if word.pos_ in ("VERB", "AUX") or word.text in (";", ":", "."):
            break
        if around.is_goods(word) and around.parties.is_head(word):
            return [word]
    return []


def glued_receivers(around: Surroundings, goods: Sequence[Token]) -> tuple[Party, ...]:
    """ "sold Harare rifles": the parse takes the receiver for a part of the goods."""
    edges = [_first_name(around, min(phrase(head), key=lambda part: part.i)) for head in goods]
    return around.parties.parties(edge for edge in edges if _is_glued(around, edge))


def _may_follow_article(actor: ActorMention) -> bool:
    return actor.kind is ActorKind.GROUP or actor.form is ActorForm.NAME


def _first_name(around: Surroundings, edge: Token) -> Token:
    """What opens the phrase, behind an article that is part of a name: "sold the Emirates boats"."""
    following = edge.doc[edge.i + 1] if edge.pos_ == "DET" and edge.i + 1 < len(edge.doc) else edge
    actor = around.parties.actor_at(following)
    return following if actor is not None and actor.form is ActorForm.NAME else edge


def _is_glued(around: Surroundings, edge: Token) -> bool:
    """Whether a name that opens the goods' phrase stands right behind the verb: "sold Harare rifles",
    "brought the militia rifles", "sold Ruritania's army pistols"."""
    actor = around.parties.actor_at(edge)
    if actor is None or edge.i <= edge.sent.start:
        return False
    before = edge.doc[edge.i - 1]
    if before.pos_ == "DET" and before.i > edge.sent.start and _may_follow_article(actor):
        before = edge.doc[before.i - 1]
    if before.pos_ != "VERB":
        return False
    if edge.dep_ == "poss":
        following = edge.doc[edge.i + 1 : edge.i + 3]
        return any(word.lemma_.lower() in FORCES for word in following)
    named = actor.form in (ActorForm.NAME, ActorForm.CAPITAL, ActorForm.ABBREVIATION)
    return edge.dep_ in ("compound", "nmod") and named
