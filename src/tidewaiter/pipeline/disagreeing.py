"""Where the reports of a case disagree, worked out when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, overload

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Discrepancy, Document, Reading, Register

Item = TypeVar("Item")


class Later(Sequence[Item]):
    """A sequence that is made when its first item is asked for: a command that does not show it does not
    wait for it."""

    def __init__(self, make: Callable[[], Sequence[Item]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Sequence[Item]:
        return self._make()

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        return self._made[place]

    def __iter__(self) -> Iterator[Item]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def discrepancies_of(
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    register: Register,
    tables: Knowledge | None,
) -> Sequence[Discrepancy]:
    """The discrepancies of a case; ``documents`` and ``readings`` by id; ``tables``: None for the
    project's."""

    def make() -> Sequence[Discrepancy]:
        from tidewaiter.linking.discrepancies import find_discrepancies

        rows = {row.id: row.reported for row in register.rows}
        return find_discrepancies(documents, readings, register.copies, rows, tables)

    return Later(make)
