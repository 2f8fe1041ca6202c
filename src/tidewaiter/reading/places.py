"""Which of many things stand at a place of the text, without looking at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tidewaiter.model import Span

STRETCH = 256
"""Characters of a stretch of text; about a sentence, so that most spans touch one or two."""


class Places:
    """Numbers of things by the stretches of text that their spans touch."""

    def __init__(self) -> None:
        self._numbers: defaultdict[int, set[int]] = defaultdict(set)

    def add(self, span: Span, number: int) -> None:
        for stretch in _stretches(span):
            self._numbers[stretch].add(number)

    def add_all(self, things: Iterable[Iterable[Span]]) -> None:
        """Number things from 0, each with the spans that it has."""
        for number, spans in enumerate(things):
            for span in spans:
                self.add(span, number)

    def near(self, span: Span) -> list[int]:
        """The numbers, ascending, of all things that touch ``span``, and of some that only come close."""
        found: set[int] = set()
        for stretch in _stretches(span):
            found |= self._numbers.get(stretch, set())
        return sorted(found)


def _stretches(span: Span) -> range:
    return range(span.start // STRETCH, max(span.start, span.end - 1) // STRETCH + 1)
