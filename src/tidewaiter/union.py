"""Groups out of pairs."""

from __future__ import annotations

from collections.abc import Iterable


def components(items: Iterable[str], pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The connected groups of ``items``, each sorted, sorted by their first member."""
    parent = {item: item for item in sorted(items)}

    def root(item: str) -> str:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in sorted(pairs):
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    groups: dict[str, list[str]] = {}
    for item in sorted(parent):
        groups.setdefault(root(item), []).append(item)
    return tuple(tuple(groups[key]) for key in sorted(groups))
