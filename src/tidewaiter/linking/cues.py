"""The words of the table ``discrepancy_cues``, compiled so that they are found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.stems import stem
from tidewaiter.model import Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class Cue(NamedTuple):
    """Words of the table where they stand in a text."""

    span: Span
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """What the table says, by use: single words by their stems; several words, and a word in "ed", as they
    stand ("passed" is no "passion")."""

    single: Mapping[str, Mapping[str, str]]  # use -> stem -> value
    several: Mapping[str, Mapping[tuple[str, ...], str]]  # use -> words -> value
    against: frozenset[tuple[str, str]]  # outcomes that cannot both be, each way round
    states: Mapping[str, str]  # name, demonym or capital in lower case -> code
    kinds: Mapping[str, str]  # stem of a noun for goods -> category
    numbers: Mapping[str, int]  # "forty" -> 40
    scales: Mapping[str, int]  # "million" -> 1,000,000
    reporting: frozenset[str]  # stems of verbs of saying
    money: frozenset[str]  # stems of what money is counted in

    def found(self, use: str, text: str, offset: int = 0) -> Iterator[Cue]:
        """The cues of one use in ``text``, in order; ``offset`` is added to the places."""
        words = list(_WORD.finditer(text))
        single, several = self.single.get(use, {}), self.several.get(use, {})
        for place, word in enumerate(words):
            for size in (3, 2, 1):
                run = words[place : place + size]
                value = several.get(tuple(one.group().casefold() for one in run))
                if value is not None and len(run) == size:
                    yield Cue(Span(offset + run[0].start(), offset + run[-1].end()), value)
                    break
            else:
                value = single.get(stem(word.group()))
                if value is not None:
                    yield Cue(Span(offset + word.start(), offset + word.end()), value)

    def has(self, use: str, text: str) -> bool:
        """Whether any cue of the use stands in ``text``."""
        return next(self.found(use, text), None) is not None

    def is_one(self, use: str, word: str) -> bool:
        """Whether a single word is a cue of the use."""
        return stem(word) in self.single.get(use, {}) or (word.casefold(),) in self.several.get(use, {})


@lru_cache(maxsize=4)
def cues_of(knowledge: Knowledge) -> Cues:
    """The table of a knowledge, compiled once."""
    single: dict[str, dict[str, str]] = {}
    several: dict[str, dict[tuple[str, ...], str]] = {}
    against: set[tuple[str, str]] = set()
    for row in knowledge.table("discrepancy_cues"):
        words = tuple(row["cue"].casefold().split())
        if row["use"] == "against":
            against |= {(row["cue"], row["value"]), (row["value"], row["cue"])}
        elif len(words) == 1 and not words[0].endswith("ed"):
            single.setdefault(row["use"], {})[stem(words[0])] = row["value"]
        else:
            several.setdefault(row["use"], {})[words] = row["value"]
    exact, scales = _numbers(knowledge)
    reporting = frozenset(stem(row["cue"]) for row in knowledge.table("reporting_cues") if row["pos"] == "verb") | {"said", "told"}
    money = frozenset(stem(row["word"].split()[-1]) for row in knowledge.table("units") if row["code"] and len(row["code"]) == 3)
    return Cues(single, several, frozenset(against), _states(knowledge), _kinds(knowledge), exact, scales, reporting, money)


def _states(knowledge: Knowledge) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for table in ("actors_states", "actors_names"):
        for row in knowledge.table(table):
            found.setdefault(row["text"].casefold(), row["code"] or row["name"])
    return found


def _kinds(knowledge: Knowledge) -> Mapping[str, str]:
    """Of nouns of one word: a "fighter" is an aircraft; a "gun" is of one of two kinds, which are one here."""
    found: dict[str, str] = {}
    for row in knowledge.table("weapons"):
        if row["kind"] == "noun" and " " not in row["term"] and not row["generic"]:
            found.setdefault(stem(row["term"]), row["category"])
    return found


def _numbers(knowledge: Knowledge) -> tuple[Mapping[str, int], Mapping[str, int]]:
    rows = knowledge.table("number_words")
    exact = {row["word"]: int(row["value"]) for row in rows if row["kind"] in ("unit", "tens") and row["value"].isdigit()}
    scales = {row["word"]: int(row["value"]) for row in rows if row["kind"] == "multiplier" and row["value"].isdigit()}
    return exact, scales
