"""What stands above a word and says whether and how it happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidewaiter.reading.syntax.repairs import above_gerund
from tidewaiter.reading.syntax.tree import CLIMBING_LIMIT, is_infinitive, own_subjects

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_GOVERNED = frozenset(
    {
        "xcomp",
        "pcomp",
        "acl",
        "prep",
        "pobj",
        "conj",
        "dobj",
        "nsubjpass",
        "ccomp",
        "advcl",
        "compound",
        "nmod",
    }
)


def governors(word: Token) -> Iterator[Token]:
    """The words above ``word`` that say whether and how it happens, nearest first: control verbs,
    nouns such as "plan", the preposition chain between; stops at the clause that merely reports."""
    token = word
    for _ in range(CLIMBING_LIMIT):
        if token.head.i == token.i:
            return
        if (above := above_gerund(token)) is not None:
            token = above
            yield token
            continue
        if token.dep_ not in _GOVERNED and not (token.dep_ == "relcl" and is_infinitive(token)):
            return
        if token.dep_ == "conj" and not _shares_governor(token):
            return
        if token.dep_ == "prep" and word.pos_ in ("NOUN", "PROPN") and token.head.pos_ in ("VERB", "AUX"):
            return  # "in exchange for these transfers, A seeks": the transfers are not sought
        token = token.head
        yield token


def _shares_governor(token: Token) -> bool:
    """A coordinated infinitive or gerund shares what governs the first: "plans to buy and ship"."""
    return token.tag_ in ("VB", "VBG") and token.head.tag_ == token.tag_ and not own_subjects(token)


def governing_verb(noun: Token) -> Token | None:
    """The verb of which ``noun`` is the object: "announced a sale", "finished a delivery"."""
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.pos_ == "VERB":
        return noun.head
    return None


def has_negation(word: Token) -> bool:
    """Whether the word is negated where it stands: "not", "never", "no arms"."""
    return any(
        child.dep_ == "neg" or child.lower_ in ("never", "neither", "no", "n't", "without", "nor")
        for child in word.children
        if child.dep_ in ("neg", "advmod", "det", "preconj", "cc") or child.lower_ == "never"
    )
