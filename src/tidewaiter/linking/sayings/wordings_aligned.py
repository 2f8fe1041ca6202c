"""Two wordings side by side: items of the same meaning in pairs, and what is left between them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from tidewaiter.linking.sayings.concepts import Item

Pair = tuple[Item, Item]
Block = tuple[tuple[Item, ...], tuple[Item, ...]]
"""Items between the same neighbours that have no partner."""


def align(ours: Sequence[Item], theirs: Sequence[Item]) -> tuple[list[Pair], list[Block]]:
    """The items of one key in pairs, in the order of the first wording, and the blocks that are left."""
    matcher = SequenceMatcher(None, [one.key for one in ours], [one.key for one in theirs], autojunk=False)
    pairs: list[Pair] = []
    blocks: list[Block] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pairs += zip(ours[a:b], theirs[c:d], strict=True)
        else:
            blocks.append((tuple(ours[a:b]), tuple(theirs[c:d])))
    moved = _moved(blocks)
    mine, other = {a for a, _ in moved}, {b for _, b in moved}
    left = [(tuple(x for x in a if x not in mine), tuple(x for x in b if x not in other)) for a, b in blocks]
    return sorted(pairs + moved), [block for block in left if block[0] or block[1]]


def _moved(blocks: Sequence[Block]) -> list[Pair]:
    """Items of one key that stand in different order."""
    free: dict[str, list[Item]] = {}
    for _, theirs in blocks:
        for one in theirs:
            free.setdefault(one.key, []).append(one)
    return [(one, free[one.key].pop(0)) for ours, _ in blocks for one in ours if free.get(one.key)]
