"""The words of the table ``discrepancy_cues``, compiled so that they are found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.texts.stems import stem
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

    stems: Mapping[str, tuple[tuple[str, str], ...]]  # stem -> (use, value)
    runs: Mapping[tuple[str, ...], tuple[tuple[str, str], ...]]  # words -> (use, value)
    begin: Mapping[str, tuple[tuple[str, ...], ...]]  # first word -> words, the most words first
    against: frozenset[tuple[str, str]]  # outcomes that cannot both be, each way round
    states: Mapping[str, str]  # name, demonym or capital in lower case -> code
    kinds: Mapping[str, str]  # stem of a noun for goods -> category
    numbers: Mapping[str, int]  # "forty" -> 40
    scales: Mapping[str, int]  # "million" -> 1,000,000
    reporting: frozenset[str]  # stems of verbs of saying
    money: frozenset[str]  # stems of what money is counted in
    bodies: frozenset[str]  # "council", "agency"
    unnamed: frozenset[str]  # "sources", "insiders"
    newsrooms: frozenset[str]  # names of agencies and outlets in lower case
    long_states: tuple[str, ...]  # names of states of one word that no other word begins with by chance

    def found(self, use: str, text: str, offset: int = 0) -> Iterator[Cue]:
        """The cues of one use in ``text``, in order; ``offset`` is added to the places."""
        for (start, end), value in _scan(self, text).get(use, ()):
            yield Cue(Span(offset + start, offset + end), value)

    def has(self, use: str, text: str) -> bool:
        """Whether any cue of the use stands in ``text``."""
        return bool(_scan(self, text).get(use))

    def is_one(self, use: str, word: str) -> bool:
        """Whether a single word is a cue of the use."""
        held = (*self.stems.get(stem(word), ()), *self.runs.get((word.casefold(),), ()))
        return any(one == use for one, _ in held)

    def is_saying(self, word: str) -> bool:
        """Whether a word is a verb of saying."""
        return stem(word) in self.reporting

    def is_thing(self, stemmed: str) -> bool:
        """Whether a stem is that of goods or of what carries them."""
        return stemmed in self.kinds or any(use == "carrier" for use, _ in self.stems.get(stemmed, ()))


LONG_STATE = 5
"""Letters of a state's name from which on a word that begins with it is that name with another run in."""

SCANNED = 2048
"""Texts, mostly clauses, whose cues are kept at hand: as many as a few long reports have."""


WORDS = 20_000
"""Words of which is kept at hand what the table has of them."""


@lru_cache(maxsize=SCANNED)
def _scan(cues: Cues, text: str) -> Mapping[str, list[tuple[tuple[int, int], str]]]:
    """All cues of a text by use; of several words before those of one that begin alike."""
    words = [(one.group().casefold(), one.start(), one.end()) for one in _WORD.finditer(text)]
    found: dict[str, list[tuple[tuple[int, int], str]]] = {}
    for place, (word, start, end) in enumerate(words):
        runs, alone = _beginning(cues, word)
        if not runs and not alone:
            continue
        taken = set()
        for run in runs:
            if tuple([one for one, _, _ in words[place : place + len(run)]]) == run:
                for use, value in cues.runs[run]:
                    taken.add(use)
                    found.setdefault(use, []).append(((start, words[place + len(run) - 1][2]), value))
        for use, value in alone:
            if use not in taken:
                found.setdefault(use, []).append(((start, end), value))
    return found


@lru_cache(maxsize=WORDS)
def _beginning(cues: Cues, word: str) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, str], ...]]:
    """The runs that begin with a word, and the uses and values of the word by itself."""
    return cues.begin.get(word, ()), cues.stems.get(stem(word), ())


@lru_cache(maxsize=4)
def cues_of(knowledge: Knowledge) -> Cues:
    """The table of a knowledge, compiled once."""
    stems: dict[str, tuple[tuple[str, str], ...]] = {}
    runs: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
    against: set[tuple[str, str]] = set()
    for row in knowledge.table("discrepancy_cues"):
        words = tuple(row["cue"].casefold().split())
        if row["use"] == "against":
            against |= {(row["cue"], row["value"]), (row["value"], row["cue"])}
        elif len(words) == 1 and not words[0].endswith("ed"):
            key = stem(words[0])
            stems[key] = tuple(dict.fromkeys((*stems.get(key, ()), (row["use"], row["value"]))))
        else:
            runs[words] = (*runs.get(words, ()), (row["use"], row["value"]))
    begin: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in sorted(runs, key=lambda one: (-len(one), one)):
        begin[words[0]] = (*begin.get(words[0], ()), words)
    exact, scales = _numbers(knowledge)
    reporting = frozenset(
        stem(row["cue"]) for row in knowledge.table("reporting_cues") if row["pos"] == "verb"
    ) | {"said", "told"}
    money = frozenset(
        stem(row["word"].split()[-1])
        for row in knowledge.table("units")
        if row["code"] and len(row["code"]) == 3
    )
    states = _states(knowledge)
    return Cues(
        stems,
        runs,
        begin,
        frozenset(against),
        states,
        _kinds(knowledge),
        exact,
        scales,
        reporting,
        money,
        _voices(knowledge, "body"),
        _voices(knowledge, "unnamed"),
        frozenset(
            row["text"].casefold() for row in knowledge.table("actors_names") if row["kind"] == "media"
        ),
        tuple(sorted(name for name in states if " " not in name and len(name) >= LONG_STATE)),
    )


def _voices(knowledge: Knowledge, nature: str) -> frozenset[str]:
    return frozenset(row["word"] for row in knowledge.table("voice_words") if row["nature"] == nature)


def _states(knowledge: Knowledge) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for table in ("actors_states", "actors_names"):
        for row in knowledge.table(table):
            found.setdefault(row["text"].casefold(), row["code"] or row["name"])
    return found


def _kinds(knowledge: Knowledge) -> Mapping[str, str]:
    """Of nouns and names of one word: a "fighter" is an aircraft; a "gun" is of two kinds, one here."""
    found: dict[str, str] = {}
    for row in knowledge.table("weapons"):
        carries = row["guard"] == "listed"  # lorries and ships count as goods among goods alone
        if " " not in row["term"] and not row["generic"] and row["category"] and not carries:
            found.setdefault(stem(row["term"]), row["category"])
    return found


def _numbers(knowledge: Knowledge) -> tuple[Mapping[str, int], Mapping[str, int]]:
    rows = knowledge.table("number_words")
    exact = {
        row["word"]: int(row["value"])
        for row in rows
        if row["kind"] in ("unit", "tens") and row["value"].isdigit()
    }
    scales = {
        row["word"]: int(row["value"])
        for row in rows
        if row["kind"] == "multiplier" and row["value"].isdigit()
    }
    return exact, scales
