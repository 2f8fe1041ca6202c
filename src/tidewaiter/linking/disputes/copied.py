"""Where copies of one text differ in a date, a number, a name, a place, a direction or an outcome.

Copies are compared along the likest pairs that hold a group together (a minimum spanning tree), so that a
text printed a hundred times costs a hundred comparisons, and what differs in one place of the text is one
discrepancy, with all who print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tidewaiter.linking.copying.credit import credited
from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.disputes.replaced import differing
from tidewaiter.linking.texts.cues import Cues
from tidewaiter.linking.texts.texts_aligned import Alignment, align
from tidewaiter.model import Copy, Document
from tidewaiter.union import components
from tidewaiter.wording import dated_words, document_name

LIKEST = 2
"""Pairs of each document that are compared beside those of the tree: what was dropped from one copy is still
in another."""

CONTEXT = 40
"""Characters before and after a place that say what it is about."""


def between_copies(documents: Mapping[str, Document], copies: Iterable[Copy], cues: Cues) -> list[Dispute]:
    """The discrepancies between copies; the same in whatever order they come.  All have their documents."""
    known = sorted(copies, key=lambda one: (-one.similarity, one.a, one.b))
    chosen = {(one.a, one.b) for one in (*_spanning(known), *_likest(known))}
    tree = [one for one in known if (one.a, one.b) in chosen]
    aligned = {(one.a, one.b): align(documents[one.a].text, documents[one.b].text) for one in tree}
    kinds: dict[Place, str] = {}
    keys: dict[Place, str] = {}
    pairs: list[tuple[Place, Place]] = []
    for (first, second), alignment in aligned.items():
        for place in alignment.replaced:
            found = differing(place, documents[first], documents[second], cues)
            if found is None:
                continue
            ours, theirs = Place(first, found.a), Place(second, found.b)
            if (keys.get(ours, found.keys[0]), keys.get(theirs, found.keys[1])) != found.keys:
                continue  # the same value in two differing words: "3 May 2021", "4 June 2021"
            if ours in keys and theirs in keys:
                continue
            kinds[ours] = kinds[theirs] = found.kind
            keys[ours], keys[theirs] = found.keys
            pairs.append((ours, theirs))
    pairs += list(_carried(list(keys), aligned, keys, kinds))
    return [
        dispute
        for group in _groups(keys, pairs)
        if (dispute := _dispute(group, kinds, keys, documents, known)) is not None
    ]


def _spanning(copies: Iterable[Copy]) -> Iterator[Copy]:
    """The likest pairs that connect all (Kruskal, 1956); ``copies`` likest first."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for copy in copies:
        first, second = sorted((find(copy.a), find(copy.b)))
        if first != second:
            root[second] = first
            yield copy


def _likest(copies: Iterable[Copy]) -> Iterator[Copy]:
    """Of each document the likest pairs that it is in; ``copies`` likest first."""
    counts: dict[str, int] = {}
    for copy in copies:
        if min(counts.get(copy.a, 0), counts.get(copy.b, 0)) < LIKEST:
            yield copy
        for name in (copy.a, copy.b):
            counts[name] = counts.get(name, 0) + 1


def _carried(
    waiting: list[Place],
    aligned: Mapping[tuple[str, str], Alignment],
    keys: dict[Place, str],
    kinds: dict[Place, str],
) -> Iterator[tuple[Place, Place]]:
    """The values in dispute where further copies print them alike."""
    beside: dict[str, list[tuple[str, Alignment, bool]]] = {}
    for (first, second), alignment in aligned.items():
        beside.setdefault(first, []).append((second, alignment, True))
        beside.setdefault(second, []).append((first, alignment, False))
    while waiting:
        place = waiting.pop()
        for other, alignment, is_first in beside[place.document]:
            span = alignment.across(place.span, is_first=is_first)
            there = None if span is None else Place(other, span)
            if there is not None:
                yield place, there
                if there not in keys:
                    keys[there], kinds[there] = keys[place], kinds[place]
                    waiting.append(there)


def _groups(keys: Mapping[Place, str], pairs: Iterable[tuple[Place, Place]]) -> list[list[Place]]:
    names = {f"{one.document} {one.span.start:09d} {one.span.end:09d}": one for one in keys}
    called = {place: name for name, place in names.items()}
    found = components(names, ((called[a], called[b]) for a, b in pairs))
    return [[names[name] for name in group] for group in found]


def _dispute(
    group: list[Place],
    kinds: Mapping[Place, str],
    keys: Mapping[Place, str],
    documents: Mapping[str, Document],
    copies: Iterable[Copy],
) -> Dispute | None:
    values: dict[str, tuple[Place, ...]] = {}
    for place in sorted(group):
        values[keys[place]] = (*values.get(keys[place], ()), place)
    if len(values) < 2:
        return None
    first = min(group)
    likelier, why = _likelier(values, documents, copies)
    return Dispute(kinds[first], "copies", _about(first, documents), values, likelier, why)


def _about(place: Place, documents: Mapping[str, Document]) -> str:
    """The words around the place, which the copies have in common."""
    text, (start, end) = documents[place.document].text, place.span
    before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2].split()
    after = text[end : end + CONTEXT].partition("\n")[0].split()
    if start > CONTEXT:
        before = before[1:]
    return f"“{' '.join((*before, '…', *after[:-1]))}”"


def _likelier(
    values: Mapping[str, tuple[Place, ...]], documents: Mapping[str, Document], copies: Iterable[Copy]
) -> tuple[str | None, str]:
    """The value of the original, where one of the documents is known to be that."""
    involved = {place.document for places in values.values() for place in places}
    derived: dict[str, str] = {}
    for copy in copies:
        if copy.a in involved and copy.b in involved and copy.direction is not None:
            original, made = (copy.a, copy.b) if copy.direction == "a->b" else (copy.b, copy.a)
            derived[made] = original
    originals = {name for name in derived.values() if name not in derived}
    credit = {
        name
        for name in involved
        if _is_credited(documents[name], [documents[one] for one in sorted(involved - {name})])
    }
    for roots, words in (
        (credit, "{} is the one that the copies credit"),
        (originals, "the text of {} came first and the others are made from it"),
    ):
        holding = [key for key, places in values.items() if any(place.document in roots for place in places)]
        if roots and len(holding) == 1:
            told = " and ".join(_called(documents[name]) for name in sorted(roots))
            return holding[0], f"{words.format(told)}; {_count(values[holding[0]], values)}"
    return None, f"nothing tells which of the copies is the original; {_count((), values)}"


def _count(likelier: Iterable[Place], values: Mapping[str, tuple[Place, ...]]) -> str:
    held = len({place.document for place in likelier})
    whole = len({place.document for places in values.values() for place in places})
    return f"{held} of {whole} copies have it" if held else f"{whole} copies print {len(values)} values"


def _is_credited(document: Document, others: Iterable[Document]) -> bool:
    """Whether the text's own outlet is the one that another of the copies names as its source."""
    outlet = (document.outlet or "").casefold()
    initials = "".join(word[0] for word in outlet.split())
    return any(
        name in (outlet, initials) or (len(name) > 3 and name in outlet.split())
        for other in others
        for name in credited(other)
        if outlet
    ) and not _all_credited(others, outlet)


def _all_credited(others: Iterable[Document], outlet: str) -> bool:
    return all((one.outlet or "").casefold() == outlet for one in others)


def _called(document: Document) -> str:
    return f"{document_name(document)}, {dated_words(document.published, document.published_ground)}"
