"""One transfer told in many constructions: direction, goods and parties by the build of the sentence alone.

``data/constructions.json`` holds patterns of a sentence by family. Each is filled several times, by chance
from one seed, with states, goods, numbers, and now and then with longer names for the parties and with what
news puts around a sentence; so nothing here is about one pair of countries. ``{s}`` and ``{r}`` are
adjectives, ``{Sc}`` and ``{Rc}`` capitals. What a filled sentence tells follows from its pattern.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from documents import make_document
from tidewaiter import knowledge
from tidewaiter.reading.reader import read

HERE = Path(__file__).parent
FORMS_FILE = HERE / "data" / "constructions.json"
SEED, FILLED = 20_260_101, 2
LONGER, BEFORE, BEHIND = 0.3, 0.3, 0.4
"""How often a party has a longer name, and something stands before or behind the sentence."""

Row = tuple[str, str, str]
"""Supplier, recipient, category."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the transfers that it tells."""

    family: str
    text: str
    rows: frozenset[Row]


@dataclass(slots=True)
class Told:
    """What was read of the sentences, by family."""

    counts: dict[str, list[int]] = field(default_factory=dict)  # right, wrong, missed
    differences: list[str] = field(default_factory=list)

    def add(self, sentence: Sentence, found: frozenset[Row]) -> None:
        for name in (sentence.family, "all"):
            counts = self.counts.setdefault(name, [0, 0, 0])
            parts = found & sentence.rows, found - sentence.rows, sentence.rows - found
            for place, rows in enumerate(parts):
                counts[place] += len(rows)
        if found != sentence.rows:
            self.differences.append(f"{sentence.family}: {sentence.text} | read as {sorted(found, key=str)}")

    def figures(self) -> dict[str, float]:
        """F1 over transfers."""
        return {
            name: 2 * right / (2 * right + wrong + missed)
            for name, (right, wrong, missed) in sorted(self.counts.items())
        }

    def counted(self) -> dict[str, str]:
        return {
            name: f"right {right}, wrong {wrong}, missed {missed}"
            for name, (right, wrong, missed) in self.counts.items()
        }


def sentences() -> Iterator[Sentence]:
    """The patterns filled; always the same ones."""
    kept = json.loads(FORMS_FILE.read_text(encoding="utf-8"))
    chance = random.Random(SEED)
    for family, patterns in kept["forms"].items():
        for pattern in patterns:
            for _ in range(FILLED):
                yield _filled(family, pattern, kept, chance)


def _filled(family: str, pattern: str, kept: dict[str, list[str]], chance: random.Random) -> Sentence:
    states = dict(zip(("S", "S2", "R", "R2", "X"), chance.sample(kept["states"], 5), strict=True))
    goods = _goods(pattern, kept["goods"], chance)
    words = {"v": chance.choice(kept["verbs"]), "g": goods["G"][0]}
    for slot, (name, _, adjective, capital) in states.items():
        words[slot] = name
        words[slot.lower()], words[f"{slot}c"] = adjective, capital
        follows = any(f"{{{slot}}}{end}" in pattern for end in ("'s", " to {R}"))
        if chance.random() < LONGER and not follows:
            words[slot] = chance.choice(kept["longer"]).format(name=name, adjective=adjective)
    for slot, (noun, _) in goods.items():
        counted = noun not in kept["uncounted"] and chance.random() < 0.6
        words[slot] = f"{chance.choice(kept['numbers'])} {noun}" if counted else noun
    text = _surrounded(pattern.format(**words), kept, chance)
    codes = {slot: state[1] for slot, state in states.items()}
    categories = {slot: category for slot, (_, category) in goods.items()}
    return Sentence(family, text, frozenset(_rows(family, pattern, codes, categories)))


def _goods(pattern: str, known: list[str], chance: random.Random) -> dict[str, tuple[str, str]]:
    """Goods of three categories; alone, they may be no more than "arms"."""
    by_category: dict[str, tuple[str, str]] = {}
    for noun, category in chance.sample(known, len(known)):
        if category != "unspecified_arms" or "{G2}" not in pattern:
            by_category.setdefault(category, (noun, category))
    return dict(zip(("G", "G2", "G3"), by_category.values(), strict=False))


def _surrounded(text: str, kept: dict[str, list[str]], chance: random.Random) -> str:
    if not text.endswith("."):
        return text[0].upper() + text[1:]  # a headline
    if chance.random() < BEHIND:
        text = f"{text[:-1]}{chance.choice(kept['behind'])}."
    if chance.random() < BEFORE and not text.startswith(("In ", "From ", "What ", "Among ", "A ", "The ")):
        return chance.choice(kept["before"]) + text
    return text[0].upper() + text[1:]


def _rows(family: str, pattern: str, codes: dict[str, str], goods: dict[str, str]) -> Iterator[Row]:
    """By the pattern: all suppliers, recipients and goods with each other, but for those of two deals."""
    if family == "two deals":
        second = "S2" if "{S2}" in pattern else "S"
        yield codes["S"], codes["R"], goods["G"]
        yield codes[second], codes["R2" if "{R2}" in pattern else "R"], goods["G2"]
        return
    accused = family == "accusation" and "{S2}" in pattern
    suppliers = ["S2"] if accused else [slot for slot in ("S", "S2") if _has(pattern, slot)]
    for supplier in suppliers:
        for recipient in [slot for slot in ("R", "R2") if _has(pattern, slot)]:
            for kind in [slot for slot in ("G", "G2", "G3") if f"{{{slot}}}" in pattern or slot == "G"]:
                yield codes[supplier], codes[recipient], goods[kind]


def _has(pattern: str, slot: str) -> bool:
    return any(f"{{{name}}}" in pattern for name in (slot, slot.lower(), f"{slot}c"))


@cache
def told() -> Told:
    """The sentences as read, each by itself."""
    found, tables = Told(), knowledge.load()
    for sentence in sentences():
        transfers = read(make_document(sentence.text), tables, by_rules_alone=True).transfers
        rows = {(str(one.supplier), str(one.recipient), str(one.category)) for one in transfers}
        found.add(sentence, frozenset(rows))
    return found
