"""Text with an exact map to the text that it was taken from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from tidewaiter.model import Segment


@dataclass(frozen=True, slots=True)
class Mapped:
    """``text`` and the runs of it that stand unchanged in its source.

    Segments are sorted by ``start``, do not overlap and are not empty; for each
    ``text[start:end] == source[origin:origin + end - start]``.
    """

    text: str
    segments: tuple[Segment, ...]


class Builder:
    """Puts a ``Mapped`` together from runs of a source, left to right."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._segments: list[Segment] = []
        self._length = 0

    def keep(self, start: int, end: int) -> None:
        """Append ``source[start:end]``, mapped."""
        if end <= start:
            return
        self._parts.append(self._source[start:end])
        new = Segment(self._length, self._length + end - start, start)
        self._length = new.end
        last = self._segments[-1] if self._segments else None
        if last is not None and last.end == new.start and last.origin + last.end - last.start == start:
            self._segments[-1] = Segment(last.start, new.end, last.origin)
        else:
            self._segments.append(new)

    def insert(self, text: str) -> None:
        """Append ``text``, which has no place in the source."""
        self._parts.append(text)
        self._length += len(text)

    def join(self, separator: str, start: int, end: int) -> None:
        """Append ``separator``: mapped where ``source[start:end]`` is just that, else without a place."""
        if self._source[start:end] == separator:
            self.keep(start, end)
        else:
            self.insert(separator)

    @property
    def length(self) -> int:
        """Characters appended so far."""
        return self._length

    def done(self) -> Mapped:
        """What was put together."""
        return Mapped("".join(self._parts), tuple(self._segments))


def whole(text: str) -> Mapped:
    """``text`` mapped onto itself."""
    return Mapped(text, (Segment(0, len(text), 0),) if text else ())


def through(later: Mapped, earlier: Mapped) -> Mapped:
    """``later``, which maps to ``earlier.text``, mapped to the source of ``earlier`` instead."""
    composed: list[Segment] = []
    for start, end, origin in later.segments:
        for piece_start, piece_end, piece_origin in _pieces(earlier.segments, origin, origin + end - start):
            shift = start - origin
            composed.append(Segment(piece_start + shift, piece_end + shift, piece_origin))
    return Mapped(later.text, tuple(composed))


def origins(segments: Sequence[Segment], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Half-open ranges of the source that ``text[start:end]`` was taken from, in the order of the text."""
    return tuple(
        (origin, origin + piece_end - piece_start)
        for piece_start, piece_end, origin in _pieces(segments, start, end)
    )


def _pieces(segments: Sequence[Segment], start: int, end: int) -> list[Segment]:
    """The parts of ``segments`` inside ``start..end``."""
    index = max(0, bisect_right(segments, start, key=attrgetter("start")) - 1)
    found: list[Segment] = []
    while index < len(segments) and segments[index].start < end:
        segment = segments[index]
        first, last = max(start, segment.start), min(end, segment.end)
        if first < last:
            found.append(Segment(first, last, segment.origin + first - segment.start))
        index += 1
    return found
