"""How much was looked at, so that "nothing found" never stands for "nothing checked"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tidewaiter.verification.findings import Finding, Kind, Level


@dataclass(slots=True)
class Tally:
    """What was checked and what was found.  Of each kind the first few findings are kept, of the others
    only the number, so that it does not grow with the case."""

    most: int | None = None  # findings of a kind that are kept; None: all
    checked: Counter[str] = field(default_factory=Counter)  # by what: captures, documents, anchors, ...
    found: Counter[Kind] = field(default_factory=Counter)
    kept: dict[Kind, list[Finding]] = field(default_factory=dict)

    def note(self, one: Finding) -> None:
        """Count a finding, and keep it if it is among the first of its kind."""
        self.found[one.kind] += 1
        kept = self.kept.setdefault(one.kind, [])
        if self.most is None or len(kept) < self.most:
            kept.append(one)

    def number(self, level: Level) -> int:
        """How many findings of that level there are."""
        return sum(number for kind, number in self.found.items() if kind.level == level)

    @property
    def holds(self) -> bool:
        """Everything was checked, and everything holds."""
        return not self.number(Level.FAULT) and not self.number(Level.UNCHECKED)

    def groups(self) -> Iterator[tuple[Kind, int, Sequence[Finding]]]:
        """Each kind found, in the order of ``Kind``: how many, and the first of them."""
        for kind in Kind:
            if self.found[kind]:
                yield kind, self.found[kind], self.kept[kind]
