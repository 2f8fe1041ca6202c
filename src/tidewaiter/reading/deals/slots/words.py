"""Words that frames of several families look for."""

from __future__ import annotations

ANAPHORS = frozenset(
    {"it", "they", "them", "these", "those", "this", "which", "that", "some", "any", "one", "another", "more"}
)
"""Words that stand for goods spoken of before."""

VESSELS = frozenset(
    {
        "boat", "ship", "vessel", "dhow", "freighter", "plane", "aircraft", "airplane", "airliner", "jet",
        "flight", "train", "truck", "lorry", "container", "cargo", "board",
    }
)  # fmt: skip
"""Words for what goods are aboard."""
