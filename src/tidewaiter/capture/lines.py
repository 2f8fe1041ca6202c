"""The lines of a text, and lines that an editor wrapped put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tidewaiter.capture.mapped import Builder, Mapped, whole

PROSE_WORDS = 8
"""A line of at least so many words that ends like a sentence is one; headlines and teasers do not end so."""

WRAP_WIDTHS = (50, 100)  # characters; mail and wire texts are wrapped at 60 to 80
WRAP_FULL = 0.75  # of the width; a line shorter than that ended because its paragraph did
WRAP_LINES = 5  # full lines broken off in mid-sentence, at least, before a text counts as wrapped
WRAP_SHARE = 0.5
"""Share of the full lines with a line right below that go on in lower case there; of headlines in a
list, and of sentences with a line each, hardly any do."""

# Whatever some program takes for the end of a line; spaCy and people should see the same lines.
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"""[.!?]["'”’»)\]]*$""")


class Line(NamedTuple):
    """A line without the space around it; ``paragraph``: a blank line stands before it."""

    number: int
    start: int
    end: int
    text: str
    paragraph: bool

    @property
    def is_prose(self) -> bool:
        """Whether the line ends like a sentence and is long enough for one."""
        if not _SENTENCE_END.search(self.text[-8:]) or self.text.endswith(("...", "…")):
            return False
        return len(self.text.split(None, PROSE_WORDS)) >= PROSE_WORDS


def lines(text: str) -> Iterator[Line]:
    """The lines that hold something, without the space around them."""
    before = 0
    for number, (start, end) in enumerate(_stretches(text)):
        paragraph = len(_BREAK.findall(text, before, start)) > 1
        before = end
        yield Line(number, start, end, text[start:end], paragraph)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        content = found[0].strip()
        if content:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield start, start + len(content)


def unwrap(text: str) -> Mapped:
    """``text`` with a space for each line break that an editor put inside a paragraph; unchanged when
    the text is not wrapped."""
    found = tuple(lines(text))
    width = _wrapped_at(found)
    if width is None:
        return whole(text)
    builder = Builder(text)
    position = 0
    for line, after in pairwise(found):
        if not after.paragraph and len(line.text) >= WRAP_FULL * width:
            builder.keep(position, line.end)
            if not line.text.endswith("-"):
                builder.insert(" ")
            position = after.start
    builder.keep(position, len(text))
    return builder.done()


def _wrapped_at(found: Sequence[Line]) -> int | None:
    """The width at which the text is wrapped, in characters; None when it is not."""
    if len(found) < WRAP_LINES:
        return None
    width = sorted(len(line.text) for line in found)[int(0.9 * len(found))]
    narrowest, widest = WRAP_WIDTHS
    if not narrowest <= width <= widest:
        return None
    below = [
        after.text[0].islower()
        for line, after in pairwise(found)
        if not after.paragraph and len(line.text) >= WRAP_FULL * width
    ]
    return width if sum(below) >= max(WRAP_LINES, WRAP_SHARE * len(below)) else None
