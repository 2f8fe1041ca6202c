"""Mappings and sequences whose values are looked up, or worked out, when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, overload

Name = TypeVar("Name")
Value = TypeVar("Value")


class Looked(Mapping[Name, Value]):
    """Values by name, looked up when asked for."""

    def __init__(self, look_up: Callable[[Name], Value], names: Callable[[], Iterable[Name]]) -> None:
        """``look_up`` raises ``KeyError`` for a name that there is not; ``names`` gives all."""
        self._look_up = look_up
        self._names = names

    def __getitem__(self, name: Name) -> Value:
        return self._look_up(name)

    def __iter__(self) -> Iterator[Name]:
        return iter(self._names())

    def __len__(self) -> int:
        return sum(1 for _ in self._names())


class Later(Sequence[Value]):
    """Values that are worked out together, the first time that one is asked for."""

    def __init__(self, work_out: Callable[[], tuple[Value, ...]]) -> None:
        self._work_out = work_out

    @cached_property
    def _values(self) -> tuple[Value, ...]:
        return self._work_out()

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...

    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        return self._values[place]

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._values == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as lists: it may hold anything
