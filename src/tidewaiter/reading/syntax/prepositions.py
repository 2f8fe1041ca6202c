"""The phrases behind the prepositions that hang on a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.reading.syntax.repairs import swallowed
from tidewaiter.reading.syntax.tree import conjuncts

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def prepositional(word: Token) -> dict[str, list[Token]]:
    """Phrases behind the prepositions that hang on ``word``, by preposition in lower case."""
    found: dict[str, list[Token]] = {}
    for child in word.children:
        if child.dep_ in ("prep", "dative") and child.pos_ in ("ADP", "SCONJ", "PART"):
            found.setdefault(child.lower_, []).extend(behind(child))
            for nested in child.children:  # "from X to Y" is often parsed as one chain
                if nested.dep_ in ("prep", "conj") and nested.pos_ in ("ADP", "SCONJ", "PART"):
                    found.setdefault(nested.lower_, []).extend(behind(nested))
    return found


def behind(preposition: Token) -> list[Token]:
    """Heads of what a preposition leads to, coordination spread out."""
    heads = [child for child in preposition.children if child.dep_ in ("pobj", "pcomp")]
    heads = [swallowed(head, preposition) for head in heads]
    return [token for head in heads for token in conjuncts(head)]
