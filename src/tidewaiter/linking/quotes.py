"""Statements of different documents that retell the same words of the same speaker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from tidewaiter.linking.words import longest_common_run, quoted_spans, words
from tidewaiter.model import Document, Reading, Source, Statement

QUOTE_RUN = 6
"""Words in a row that make two statements of one speaker the same words; a shorter run is a stock
phrase ("in violation of Security Council resolutions")."""
QUOTE_LETTERS = 30
"""Letters that such a run must have, so that six small words are not enough."""
LONG_RUN = 10
"""Words in a row that are the same words even where the two reports' speakers were not made out to be
one; two persons of different names are always two."""
FRAGMENT = 4
"""Words of a sequence between quotation marks that another report may repeat."""
MIN_FRAGMENTS = 2
"""Repeated sequences that make two reports tell the same quotes: among 31 annotated reports every pair
with two or more tells one story, while single ones ("the war in Ukraine") are shared by chance."""
FRAGMENT_DOCUMENTS = 25
"""A sequence in more documents than this is a stock phrase."""


Key = tuple[str, int]
"""Document id and the statement's number in it."""
Content = tuple[Statement, tuple[str, ...]]


class SharedQuote(NamedTuple):
    """Two statements, in two documents, that give the same words of one speaker."""

    a: str  # document id, a < b
    b: str
    statement_a: str
    statement_b: str
    words: tuple[str, ...]


def find_shared_quotes(readings: Mapping[str, Reading]) -> tuple[SharedQuote, ...]:
    """The statements that share a run of words and may have one speaker, sorted."""
    holders: dict[tuple[str, ...], list[Key]] = {}
    contents: dict[Key, Content] = {}
    for document, reading in sorted(readings.items()):
        for number, statement in enumerate(reading.statements):
            content = tuple(word.text for word in words(statement.content.text))
            contents[document, number] = (statement, content)
            for run in _runs(content):
                holders.setdefault(run, []).append((document, number))
    pairs = {pair for keys in holders.values() for pair in combinations(keys, 2) if pair[0][0] != pair[1][0]}
    found = (_shared(a, b, contents) for a, b in sorted(pairs))
    return tuple(quote for quote in found if quote is not None)


def _runs(content: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(content[i : i + QUOTE_RUN]) for i in range(len(content) - QUOTE_RUN + 1)}


def _shared(a: Key, b: Key, contents: Mapping[Key, Content]) -> SharedQuote | None:
    (first, first_words), (second, second_words) = contents[a], contents[b]
    run = longest_common_run(first_words, second_words)
    if not same_speaker(first.source, second.source) and (
        len(run) < LONG_RUN or _two_persons(first.source, second.source)
    ):
        return None
    if sum(map(len, run)) < QUOTE_LETTERS:
        return None
    return SharedQuote(a[0], b[0], first.id, second.id, run)


def same_speaker(a: Source | None, b: Source | None) -> bool:
    """Whether two sources may be one speaker: the same name, or, where one has no name, the same
    actor."""
    if a is None or b is None:
        return False
    if a.name and b.name and a.name != a.actor and b.name != b.actor:
        return surname(a.name) == surname(b.name)
    return a.actor is not None and a.actor == b.actor


def _two_persons(a: Source | None, b: Source | None) -> bool:
    names = [one.name for one in (a, b) if one is not None and one.name and one.name != one.actor]
    return len(names) == 2 and surname(names[0]) != surname(names[1])


def surname(name: str) -> str:
    """The last word of a name in lower case, by which reports refer to a person after the first time."""
    found = words(name)
    return found[-1].text if found else ""


def share_quoted_words(documents: Sequence[Document]) -> frozenset[tuple[str, str]]:
    """Pairs of document ids that tell the same quotes: words that stand between quotation marks in one
    stand in the other, with or without marks."""
    quoted = {document.id: _quoted_fragments(document.text) for document in documents}
    wanted = frozenset().union(*quoted.values())
    holders: dict[tuple[str, ...], list[str]] = {}
    for document in sorted(documents, key=lambda one: one.id):
        for fragment in _fragments(document.text) & wanted:
            holders.setdefault(fragment, []).append(document.id)
    counts: Counter[tuple[str, str]] = Counter()
    for fragment, names in holders.items():
        if len(names) <= FRAGMENT_DOCUMENTS:
            counts.update(
                pair for pair in combinations(names, 2) if any(fragment in quoted[name] for name in pair)
            )
    return frozenset(pair for pair, count in counts.items() if count >= MIN_FRAGMENTS)


def _fragments(text: str) -> set[tuple[str, ...]]:
    told = [word.text for word in words(text)]
    return {tuple(told[i : i + FRAGMENT]) for i in range(len(told) - FRAGMENT + 1)}


def _quoted_fragments(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(
        fragment for start, end in quoted_spans(text) for fragment in _fragments(text[start:end])
    )
