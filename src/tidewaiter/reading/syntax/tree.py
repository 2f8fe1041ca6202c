"""What stands right above and below a word: its own subjects, what is coordinated with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})

PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})

CLIMBING_LIMIT = 12
"""Governors looked at above a word; deeper nesting in news text is a parse gone wrong."""


def own_subjects(verb: Token) -> list[Token]:
    """The subjects that hang on the verb itself, of whatever voice."""
    return [child for child in verb.children if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS]


def is_infinitive(verb: Token) -> bool:
    """ "a deal to sell", which parsers take for a relative clause."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def conjuncts(head: Token) -> list[Token]:
    """``head`` and what is coordinated with it, downwards."""
    found, waiting = [], [head]
    while waiting:
        found.append(waiting.pop())
        waiting += [child for child in reversed(found[-1].children) if child.dep_ == "conj"]
    return found
