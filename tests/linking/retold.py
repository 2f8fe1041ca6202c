"""The gate on retold quotes: which texts tell one act of saying, whose wording it had, what drifted.

``data/quotes.jsonl`` has 40 acts of saying, each with three to five texts that retell it and one that must
not be joined with them.  All texts are read as documents of one case.  Two texts count as joined where an
utterance has statements of both; that is right where both retell the same act of saying.  ``texts`` counts
them one by one: is each in the utterance that has most of its act?  The acts with odd
numbers are for development; of the others only figures are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from documents import make_document
from floors import Gate, hash_of
from tidewaiter import knowledge
from tidewaiter.linking.sayings.utterances import utterances_of
from tidewaiter.model import Document, DriftKind, Reading, Utterance
from tidewaiter.reading.reader import read

DATA = Path(__file__).parent / "data"
QUOTES = DATA / "quotes.jsonl"
HALVES = {"development": 1, "held out": 0}
NEAR = "near"
"""Number of the text that must not be joined."""
FOUND_BY_KIND = frozenset(kind.value for kind in DriftKind)

Text = tuple[str, str]
"""Id of the act of saying, and number of the text."""


@dataclass(frozen=True, slots=True)
class Share:
    """Figures out of counts."""

    right: int
    of: int

    @property
    def figure(self) -> float:
        return self.right / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.right} of {self.of}"


@dataclass(frozen=True, slots=True)
class Retold:
    """What was found in the texts."""

    shares: Mapping[str, Share]
    missed: tuple[str, ...]

    @property
    def differences(self) -> list[str]:
        return list(self.missed)

    def figures(self) -> dict[str, float]:
        found = {name: share.figure for name, share in self.shares.items()}
        for half in HALVES:
            for of in ("pairs", "texts"):
                precision, recall = found[f"{half}: {of} precision"], found[f"{half}: {of} recall"]
                found[f"{half}: {of} F1"] = 2 * precision * recall / (precision + recall or 1.0)
        return dict(sorted(found.items()))

    def counted(self) -> dict[str, str]:
        return {name: str(share) for name, share in self.shares.items()}


@cache
def annotations() -> tuple[Mapping[str, Any], ...]:
    """The acts of saying as annotated."""
    return tuple(json.loads(line) for line in QUOTES.read_text(encoding="utf-8").splitlines())


@cache
def texts() -> Mapping[Text, tuple[Document, Reading]]:
    """All texts as read."""
    tables = knowledge.load()
    found = {}
    for act in annotations():
        for number, one in (*enumerate(act["variants"]), (NEAR, act["near"])):
            name = act["id"], str(number)
            document = make_document(
                one["text"], one["published"], source=".".join(name), outlet=one["outlet"]
            )
            found[name] = document, read(document, tables)
    return found


@cache
def utterances() -> tuple[Utterance, ...]:
    """What is found over all texts."""
    documents = [document for document, _ in texts().values()]
    return utterances_of(documents, {reading.document: reading for _, reading in texts().values()})


@cache
def measured() -> Retold:
    """The figures of both halves."""
    shares: dict[str, Share] = {}
    missed: list[str] = []
    for half, remainder in HALVES.items():
        acts = {act["id"]: act for act in annotations() if int(act["id"][1:]) % 2 == remainder}
        joined, wanted = _joined(set(acts)), _wanted(acts)
        right = len(joined & wanted)
        shares[f"{half}: pairs precision"] = Share(right, len(joined))
        shares[f"{half}: pairs recall"] = Share(right, len(wanted))
        shares[f"{half}: texts precision"], shares[f"{half}: texts recall"] = _in_place(acts)
        shares[f"{half}: drift named"], shares[f"{half}: grave drift precision"] = _drift(acts)
        shares[f"{half}: likeliest wording"] = _likeliest(acts)
        if remainder:
            missed += [f"not joined: {_pair(one)}" for one in sorted(wanted - joined)]
            missed += [f"joined: {_pair(one)}" for one in sorted(joined - wanted)]
    return Retold(shares, tuple(missed))


def _pair(pair: tuple[Text, Text]) -> str:
    return " and ".join(".".join(text) for text in pair)


def _told_in(utterance: Utterance) -> list[Text]:
    """The texts that an utterance's variants stand in, in their order."""
    names = {document.id: name for name, (document, _) in texts().items()}
    return [names[one.citation.document] for one in utterance.variants]


def _joined(ids: set[str]) -> set[tuple[Text, Text]]:
    """The pairs of texts joined of which at least one is of the acts of saying."""
    return {
        pair
        for utterance in utterances()
        for pair in combinations(sorted(set(_told_in(utterance))), 2)
        if pair[0][0] in ids or pair[1][0] in ids
    }


def _wanted(acts: Mapping[str, Any]) -> set[tuple[Text, Text]]:
    return {
        pair
        for name, act in acts.items()
        for pair in combinations([(name, str(number)) for number in range(len(act["variants"]))], 2)
    }


def _in_place(acts: Mapping[str, Any]) -> tuple[Share, Share]:
    """Of the texts that were joined with any, how many are in the utterance of the act that they retell: that
    which has most of its texts, and two at least; and how many of all that retell one are there."""
    held = {name for one in utterances() if len(set(_told_in(one))) > 1 for name in _told_in(one)}
    joined = sum(name in acts for name, _ in held)
    right = 0
    for name, act in acts.items():
        wanted = {(name, str(number)) for number in range(len(act["variants"]))}
        told = max((set(_told_in(one)) for one in utterances()), key=lambda one: len(one & wanted))
        if len(told & wanted) > 1:
            right += len(told & wanted)
    return Share(right, joined), Share(right, sum(len(act["variants"]) for act in acts.values()))


def _variants(acts: Mapping[str, Any]) -> Iterator[tuple[set[str], set[str]]]:
    """For each text that was joined and is not the one taken as the original: the kinds of drift
    annotated, those of them that the program has, and the kinds found."""
    found: dict[Text, set[str]] = {}
    for utterance in utterances():
        for name, variant in list(zip(_told_in(utterance), utterance.variants, strict=True))[1:]:
            found.setdefault(name, set()).update(one.kind.value for one in variant.drift)
    for (name, number), kinds in found.items():
        if name in acts and number != NEAR:
            yield set(acts[name]["variants"][int(number)]["drift"]) & FOUND_BY_KIND, kinds


def _drift(acts: Mapping[str, Any]) -> tuple[Share, Share]:
    """How many annotated drifts are named, and how many of those named that change the meaning are
    annotated."""
    told = list(_variants(acts))
    small = {"synonym", "omission", "addition"}
    named = Share(sum(len(want & got) for want, got in told), sum(len(want) for want, _ in told))
    grave = [(want, got - small) for want, got in told]
    return named, Share(sum(len(want & got) for want, got in grave), sum(len(got) for _, got in grave))


def _likeliest(acts: Mapping[str, Any]) -> Share:
    """Of the acts with texts joined: in how many the wording taken as the original is one that is annotated
    as unchanged.  Where several utterances tell of one act, the one told in most texts counts."""
    right = of = 0
    for name, act in acts.items():
        told = [names for one in utterances() if (names := _told_in(one))[0][0] == name]
        if told:
            first = max(told, key=len)[0][1]
            of += 1
            right += first != NEAR and act["variants"][int(first)]["drift"] == ["none"]
    return Share(right, of)


def retold_gate() -> Gate:
    """The gate on the retold quotes."""
    return Gate("retold quotes", DATA / "floors_quotes.json", lambda: hash_of((QUOTES,)), measured)
