"""Mappings whose values stay in the store until they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

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
