"""Citations laid into a text: where each begins and ends, overlaps included.

The text is cut at every beginning and end into *runs*; a run knows all citations that cover it, so
that overlapping and nested citations need no nested elements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tidewaiter.model import Span, Spans


@dataclass(slots=True)
class Run:
    """Characters of one line that the same citations cover."""

    text: str
    notes: tuple[int, ...] = ()  # citations that cover it
    starts: list[int] = field(default_factory=list)  # citations whose first words begin here
    ends: list[int] = field(default_factory=list)  # citations whose last words end here


Line = list[Run]


def lay_out(text: str, notes: Mapping[int, Spans]) -> list[Line]:
    """The lines of ``text`` as runs; joining all runs' text, and lines by a line break, gives ``text``
    again.  Every citation starts in exactly one run and ends in exactly one, also where its words are
    nothing but line breaks."""
    starts, ends = _first_and_last(notes)
    lines: list[Line] = [[]]
    waiting: list[int] = []  # starts that fell on a line break
    for span, covering in _pieces(text, notes):
        waiting += starts.get(span.start, [])
        words = text[span.start : span.end]
        if words == "\n":
            lines.append([])
        else:
            lines[-1].append(Run(words, covering, waiting))
            waiting = []
        if ending := ends.get(span.end):
            _last_run(lines, waiting).ends += ending
            waiting = []
    return lines


def _last_run(lines: list[Line], waiting: list[int]) -> Run:
    """The run before this place; a new empty one where a citation has begun but has no run yet."""
    if waiting:
        lines[-1].append(Run("", (), waiting))
    last = next((line[-1] for line in reversed(lines) if line), None)
    if last is None:
        last = Run("")
        lines[-1].append(last)
    return last


def _first_and_last(notes: Mapping[int, Spans]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    starts: defaultdict[int, list[int]] = defaultdict(list)
    ends: defaultdict[int, list[int]] = defaultdict(list)
    for number in sorted(notes):
        starts[min(span.start for span in notes[number])].append(number)
        ends[max(span.end for span in notes[number])].append(number)
    return starts, ends


def _pieces(text: str, notes: Mapping[int, Spans]) -> list[tuple[Span, tuple[int, ...]]]:
    """``text`` cut at the edges of citations and around line breaks, with the citations over each."""
    opening: defaultdict[int, list[int]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    cuts = {0, len(text)}
    for number, spans in notes.items():
        for start, end in spans:
            opening[start].append(number)
            closing[end].append(number)
            cuts |= {start, end}
    for position, character in enumerate(text):
        if character == "\n":
            cuts |= {position, position + 1}
    depth: defaultdict[int, int] = defaultdict(int)  # a citation's own spans may overlap
    ordered, pieces = sorted(cuts), []
    for start, end in pairwise(ordered):
        for number in closing.get(start, ()):
            depth[number] -= 1
        for number in opening.get(start, ()):
            depth[number] += 1
        pieces.append((Span(start, end), tuple(sorted(n for n, open_spans in depth.items() if open_spans))))
        depth = defaultdict(int, {n: open_spans for n, open_spans in depth.items() if open_spans})
    return pieces
