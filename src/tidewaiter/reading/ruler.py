"""spaCy's attribute ruler, with the rules of a word looked up instead of tried.

The ruler sets part of speech, morphology and lemma by rules over the word, its tag and its label:
``{"TAG": "DT", "LOWER": "this"}``.  spaCy tries every rule at every token.  Here the rules that say
nothing of the word are worked out once for each tag and label, and those that name a word are found by
it.  The rules are those of the model, in its order; so what they set is the same
(tests/reading/test_parse.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tidewaiter.errors import ModelError

if TYPE_CHECKING:
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

ASKED = ("LOWER", "TAG", "DEP", "IS_SPACE")
"""What rules ask of a token."""

WORDS_REMEMBERED = 20_000
"""Words whose rules are remembered; so many words cover nearly all of what news reports use."""

Token = tuple[int, int, int, bool]
"""What is asked of a token: ``ASKED``, strings by spaCy's key."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it asks of one or more tokens in a row, and which of them it sets."""

    number: int  # later rules have precedence
    asks: tuple[Mapping[str, Any], ...]
    sets: int


class Ruler:
    """Sets the attributes of a text as the ruler of the model would.

    Raises ``ModelError`` for a rule that asks something else.
    """

    def __init__(self, model: AttributeRuler) -> None:
        self._model = model
        self._strings = model.vocab.strings
        patterns: list[Any] = model.patterns
        rules = [
            Rule(number, tuple(asks), rule["index"])
            for number, rule in enumerate(patterns)
            for asks in rule["patterns"]
        ]
        self._of_any_word = [rule for rule in rules if "LOWER" not in rule.asks[0]]
        self._of_some_word = [rule for rule in rules if "LOWER" in rule.asks[0]]
        for rule in rules:
            _check(rule)
        self._naming = lru_cache(maxsize=WORDS_REMEMBERED)(self._rules_naming)
        self._general = lru_cache(maxsize=WORDS_REMEMBERED)(self._rules_for_any_word)

    def __call__(self, doc: Doc) -> Doc:
        from spacy.tokens._retokenize import set_token_attrs

        for number, at in sorted(self._found(doc)):
            set_token_attrs(doc[at], self._model.attrs[number])
        return doc

    def _found(self, doc: Doc) -> Iterator[tuple[int, int]]:
        """The rules that hold, with the token that each sets."""
        if not len(doc):
            return
        tokens: list[Token] = [(*row[:3], bool(row[3])) for row in doc.to_array(list(ASKED)).tolist()]
        for at, token in enumerate(tokens):
            for rule in self._general(*token[1:]):
                if len(rule.asks) == 1 or self._go_on(rule, tokens, at):
                    yield rule.number, at + rule.sets
            for rule in self._naming(token[0]):
                if self._fits(rule.asks[0], token) and self._go_on(rule, tokens, at):
                    yield rule.number, at + rule.sets

    def _go_on(self, rule: Rule, tokens: list[Token], at: int) -> bool:
        """Whether the tokens after the first one are as the rule asks."""
        after = tokens[at + 1 : at + len(rule.asks)]
        fitting = (self._fits(asked, token) for asked, token in zip(rule.asks[1:], after, strict=False))
        return len(after) == len(rule.asks) - 1 and all(fitting)

    def _rules_for_any_word(self, tag: int, label: int, is_space: bool) -> tuple[Rule, ...]:
        token = (0, tag, label, is_space)
        return tuple(rule for rule in self._of_any_word if self._fits(rule.asks[0], token))

    def _rules_naming(self, word: int) -> tuple[Rule, ...]:
        lower = self._strings[word]
        return tuple(rule for rule in self._of_some_word if _accepts(rule.asks[0]["LOWER"], lower))

    def _fits(self, asked: Mapping[str, Any], token: Token) -> bool:
        values = dict(zip(ASKED, token, strict=True))
        return all(
            wanted is bool(values[name])
            if isinstance(wanted, bool)
            else _accepts(wanted, self._strings[values[name]])
            for name, wanted in asked.items()
        )


_TESTS: Mapping[str, Callable[[Any, str], bool]] = {
    "IN": lambda wanted, string: string in wanted,
    "NOT_IN": lambda wanted, string: string not in wanted,
    "REGEX": lambda wanted, string: re.search(wanted, string) is not None,
}


def _accepts(wanted: str | Mapping[str, Any], string: str) -> bool:
    if isinstance(wanted, str):
        return string == wanted
    return all(_TESTS[name](value, string) for name, value in wanted.items())


def _check(rule: Rule) -> None:
    for asked in rule.asks:
        tests = {test for wanted in asked.values() if isinstance(wanted, Mapping) for test in wanted}
        if not (asked.keys() <= set(ASKED) and tests <= _TESTS.keys()):
            raise ModelError(
                f"rule {rule.number} of the English model asks what is not understood: {dict(asked)}",
                todo="Install the project's locked requirements: make demo",
            )
