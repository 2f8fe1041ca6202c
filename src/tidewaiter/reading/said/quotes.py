"""Quotation marks: where words are given as somebody's own.

Marks are read by shape and surroundings, paragraph by paragraph, so that one mark that is missing
spoils at most its own paragraph.

*Double marks*: straight, curly, low, angle (also ``<<`` ``>>``), full-width, corner, doubled single ones and
backticks, ``,,`` for a low one, and what broken text makes of them (``&quot;``, ``â€œ``).  A mark that stands
before a word and after none opens, one that stands behind a word and before none closes; its shape is asked
only where its place does not tell, for typists and programs turn marks the wrong way, and languages
differ („so“, »so«, «so»).  Where neither tells, a mark closes what is open.  Marks are paired like
brackets; one that is left over has lost its fellow (``opened``, ``closed``).

*Single marks*: curly, straight, low, backtick.  They count only where they cannot be apostrophes: an opener
stands before a word and after none ("'90s", "'em" are none), a closer behind one.  A closer after a stop
or comma ("... ours,' he said") is sure; one after an "s" may be a plural's ("the rebels' trucks").
Single marks may stand inside double ones and, as in British print, around them.

*Paragraphs*: by the custom of printers a speech over several paragraphs has an opening mark at each and a
closing one only at the last (Chicago Manual of Style 13.30).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tidewaiter.model import Span

OPENING = "“„«‹‟「『〝"
CLOSING = "”»›」』〞"
STRAIGHT = '"＂'
MARKS = OPENING + CLOSING + STRAIGHT
_ENTITY_OPENING = ("&ldquo;", "&laquo;", "&bdquo;", "&#8220;", "&#x201c;", "â€œ", "<<", "``", "‘‘", ",,")
_ENTITY_CLOSING = ("&rdquo;", "&raquo;", "&#8221;", "&#x201d;", "â€\x9d", ">>", "’’")
_EITHER = ("&quot;", "&#34;", "&#034;", "''")
_LONG = sorted((*_ENTITY_OPENING, *_ENTITY_CLOSING, *_EITHER), key=lambda mark: (-len(mark), mark))
_DOUBLE = re.compile("|".join([*map(re.escape, _LONG), f"[{MARKS}]"]), re.IGNORECASE)
_TYPED = re.compile(r"(?<![\w,]),,(?=\w)|(?<![\w<])<<(?=\w)|(?<=[\w.,!?])>>(?![\w>])")
"""``,,`` and ``<<`` as marks; elsewhere they are slips of the hand, or mail."""
_LEFT_OF_OPENER = " \t\u00a0\u202f([{—–-:/=*_"
_STOPS = ",;:.?!)"
_INTRODUCING = ":,.?!"
"""Behind these a quotation may begin."""

SINGLE_MARKS = "'’‘`´＇‚"
_SINGLE = re.compile(rf"&[lr]squo;|&apos;|&#0?39;|&#x27;|&#821[67];|[{SINGLE_MARKS}]", re.IGNORECASE)
_ELISION = re.compile(
    r"(?:\d\ds?|em|til|till|n|tis|twas|twere|cause|cos|bout|round|neath|gainst|er|im|nam|nuff)\b",
    re.IGNORECASE,
)
"""What an apostrophe at the start of a word may stand before: "the '90s", "give 'em"."""
_SENTENCE_END = ",.?!…;"
_LINE = re.compile(r"[^\n]+")

_NEAR = 4
"""Characters before a mark, white space, behind which that is looked for that leads to speech."""
LONGEST_SINGLE = 400
"""Characters between single marks when the closing one may be an apostrophe; beyond it two apostrophes are
likelier than a quotation."""
LONGEST_SURE_SINGLE = 2_000
"""The same when the closing mark follows a stop or comma."""
_FEW = 4
"""Words between marks that may be a name; up to which a closing single mark may be a plural's too."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, with the marks that are there."""

    span: Span
    inside: Span  # the words without their marks
    opened: bool = True  # False: the opening mark is missing
    closed: bool = True  # False: no closing mark in its paragraph (it goes on in the next, or it is missing)
    continues: bool = False  # it goes on from the one before, which its paragraph's end left open


def has_marks(text: str) -> bool:
    """Whether the text has a mark that can only be a quotation mark."""
    return next(_double_marks(text, 0, len(text)), None) is not None


def home_of(position: int, quotations: Sequence[Quotation]) -> Quotation | None:
    """The quotation in which a position lies."""
    return next(iter(touching(Span(position, position + 1), quotations)), None)


def touching(span: Span, quotations: Sequence[Quotation]) -> Sequence[Quotation]:
    """The quotations that share a character with ``span``; found by halves, for they stand in order."""
    first = bisect_right(quotations, span.start, key=lambda one: one.span.end)
    return quotations[first : bisect_left(quotations, span.end, first, key=lambda one: one.span.start)]


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order, never overlapping, each inside one line."""
    lines = [(start, end) for start, end in map(_bare, _LINE.finditer(text)) if start < end]
    found: list[Quotation] = []
    left_open = False  # at the end of the line before
    for number, (start, end) in enumerate(lines):
        here = outermost(text, start, end)
        if number + 1 < len(lines):
            here = _as_one(text, here, end, lines[number + 1][0])
            here += _left_open(text, here, (start, end), lines[number + 1])
        if here and left_open:
            here[0] = _going_on(text, start, here[0])
        found += here
        left_open = bool(here) and not here[-1].closed and here[-1].span.end == end
    return tuple(found)


def _bare(line: re.Match[str]) -> tuple[int, int]:
    """Where a line's words begin and end."""
    words = line[0].strip()
    start = line.start() + line[0].find(words)
    return start, start + len(words)


def _as_one(text: str, here: list[Quotation], end: int, next_line: int) -> list[Quotation]:
    """The quotations of a paragraph as one that is left open, where it and the next one begin with the same
    mark, and what else is in marks may stand inside: in marks of another kind, or a few words."""
    first = next(iter(here), None)
    if first is None or first.closed or len(here) == 1 or not first.opened:
        return here
    mark = text[first.span.start]
    if text[next_line] != mark:
        return here
    if any(text[one.span.start] == mark and not _is_a_few_words(text, one) for one in here[1:]):
        return here
    if "\n" in text[first.span.start - 1 : first.span.start] or first.span.start == 0:
        return [Quotation(Span(first.span.start, end), Span(first.inside.start, end), closed=False)]
    return here


def inner(text: str, quotation: Quotation) -> tuple[Quotation, ...]:
    """The quotations inside a quotation."""
    return tuple(outermost(text, *quotation.inside))


def speeches(quotations: Sequence[Quotation]) -> Iterator[range]:
    """The runs of quotations that are one speech over several paragraphs, by number; most have one."""
    begin = 0
    for number, one in enumerate(quotations[1:], 1):
        if not one.continues:
            yield range(begin, number)
            begin = number
    if quotations:
        yield range(begin, len(quotations))


def outermost(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of one paragraph, ``text[start:end]``, in order."""
    doubles = _doubles(text, start, end)
    singles = list(_singles(text, start, end, doubles))
    if not singles:
        return doubles
    around = [one.span for one in singles]
    kept = [one for one in doubles if not _inside_any(one.span, around)]
    return _apart(kept + singles)


def _apart(found: Sequence[Quotation]) -> list[Quotation]:
    """The quotations in order, without those that begin inside another."""
    out: list[Quotation] = []
    for one in sorted(found, key=lambda one: one.span):
        if not out or one.span.start >= out[-1].span.end:
            out.append(one)
    return out


def _inside_any(span: Span, others: Sequence[Span]) -> bool:
    at = bisect_right(others, span.start, key=lambda one: one.start) - 1
    return at >= 0 and span.end <= others[at].end


def _going_on(text: str, start: int, first: Quotation) -> Quotation:
    """The first quotation of a line after one left open: it goes on when it opens the line, or when it
    only closes."""
    if not first.opened:
        begin = start + len(text[start : first.span.end]) - len(text[start : first.span.end].lstrip())
        return replace(
            first,
            span=Span(begin, first.span.end),
            continues=True,
            inside=Span(begin, max(begin, first.inside.end)),
        )
    return replace(first, continues=not text[start : first.span.start].strip())


def _left_open(
    text: str, here: Sequence[Quotation], line: tuple[int, int], following: tuple[int, int]
) -> list[Quotation]:
    """The words in single marks that a paragraph's end leaves open, where the next paragraph begins with
    such a mark too; behind the last quotation of the paragraph, and where speech may begin."""
    after = _SINGLE.match(text, following[0])
    if after is None or not _opens(text, after, *following):
        return []
    start, end = max([line[0], *(one.span.end for one in here)]), line[1]
    for mark in _SINGLE.finditer(text, start, end):
        before = text[max(line[0], mark.start() - _NEAR) : mark.start()].rstrip()
        begins = mark.start() == line[0] or before[-1:] in _INTRODUCING
        if mark[0] == after[0] and begins and _opens(text, mark, *line):
            return [Quotation(Span(mark.start(), end), Span(mark.end(), end), closed=False)]
    return []


def _is_a_few_words(text: str, one: Quotation) -> bool:
    """Whether marks hold a name or a few words, not a speech."""
    words = text[one.inside.start : one.inside.end]
    return one.closed and len(words.split()) <= _FEW and words[-1:] not in _SENTENCE_END


# ------------------------------------------------------------------------------------ double marks


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    opens: bool | None  # None: neither place nor shape tell
    loose: bool = False  # with space on both sides, so that only its shape tells


def _double_marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """The double marks of one paragraph, each with the side that place or shape gives it."""
    for found in _DOUBLE.finditer(text, start, end):
        if found[0] in {",,", "<<", ">>"} and not _TYPED.match(text, found.start()):
            continue
        loose = (
            text[found.start() - 1 : found.start()].isspace()
            and text[found.end() : found.end() + 1].isspace()
        )
        yield _Mark(*found.span(), _side(text, found, start, end), loose)


def _side(text: str, mark: re.Match[str], start: int, end: int) -> bool | None:
    """True for a mark that opens, False for one that closes, None where nothing tells."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    stop = after in _STOPS and not text.startswith("..", mark.end())
    may_open = before in _LEFT_OF_OPENER and not after.isspace() and not stop
    may_close = not before.isspace() and not after.isalnum()
    if may_open != may_close:
        return may_open
    shape = mark[0].lower()
    if shape in OPENING or shape in _ENTITY_OPENING:
        return True
    if shape in CLOSING or shape in _ENTITY_CLOSING:
        return False
    return True if before == ":" and after.isalnum() else None


def _doubles(text: str, start: int, end: int) -> list[Quotation]:
    pairs: list[tuple[_Mark, _Mark]] = []
    opened: list[_Mark] = []
    left: list[_Mark] = []
    lone: list[_Mark] = []
    for mark in _double_marks(text, start, end):
        opens = mark.opens if mark.opens is not None else not opened
        if opens:
            opened.append(mark)
        elif opened:
            pairs.append((opened.pop(), mark))
        elif pairs and pairs[-1][1].loose:  # what seemed to close was turned the wrong way
            unclosed, turned = pairs.pop()
            pairs.append((turned, mark))
            left.append(unclosed)
        elif not _is_inch(text, mark, start):
            lone.append(mark)
    whole = _outer(pairs)
    return _with_broken(text, start, end, whole, left + opened, lone)


def _outer(pairs: Iterable[tuple[_Mark, _Mark]]) -> list[Quotation]:
    """The pairs that no other pair holds."""
    found: list[Quotation] = []
    for left, right in sorted(pairs, key=lambda pair: pair[0].start):
        if not found or left.start >= found[-1].span.end:
            found.append(Quotation(Span(left.start, right.end), inside=Span(left.end, right.start)))
    return [one for one in found if one.inside.start < one.inside.end]


def _with_broken(
    text: str, start: int, end: int, whole: list[Quotation], opened: Sequence[_Mark], lone: Sequence[_Mark]
) -> list[Quotation]:
    """The whole quotations, and those between them that lack a mark: from an opening one to the next
    quotation or the paragraph's end, to a closing one from where its sentence begins."""
    found = list(whole)
    walls = sorted(
        [start, end, *(edge for one in whole for edge in one.span), *(mark.start for mark in opened)]
    )
    for mark in opened:
        limit = walls[bisect_right(walls, mark.start)]
        words = text[mark.end : limit].rstrip()
        if words.strip(MARKS + SINGLE_MARKS + " \t.,"):
            stop = mark.end + len(words)
            found.append(Quotation(Span(mark.start, stop), closed=False, inside=Span(mark.end, stop)))
    walls = sorted([start, *(one.span.end for one in found), *(mark.end for mark in lone)])
    for mark in lone:
        wall = walls[bisect_right(walls, mark.start) - 1]
        begin = _first_word(text, wall, mark.start)
        if begin < mark.start:
            span = Span(begin, mark.end)
            found.append(Quotation(span, opened=False, inside=Span(begin, mark.start)))
    return _apart(found)


def _is_inch(text: str, mark: _Mark, start: int) -> bool:
    """Whether a straight mark that closes nothing is a unit: 'a 9" pipe'."""
    return mark.start > start and text[mark.start] == '"' and text[mark.start - 1].isdigit()


def _first_word(text: str, start: int, end: int) -> int:
    """Where the sentence that a lone closing mark ends begins."""
    last_stop = max(text.rfind(stop, start, max(start, end - 1)) for stop in (". ", "? ", "! ", ": "))
    begin = max(start, last_stop + 1)
    while begin < end and not text[begin].isalnum():
        begin += 1
    return min(begin, end)


# ------------------------------------------------------------------------------------ single marks


def _singles(text: str, start: int, end: int, doubles: Sequence[Quotation]) -> Iterator[Quotation]:
    marks = [mark for mark in _SINGLE.finditer(text, start, end) if not _is_doubled(text, mark)]
    marks = [mark for mark in marks if not _within(mark.start(), doubles)]
    openers = [mark for mark in marks if _opens(text, mark, start, end)]
    closers = [mark for mark in marks if _may_close(text, mark, start, end)]
    position = start
    ends = [*(mark.start() for mark in openers[1:]), end]
    for opener, following in zip(openers, ends, strict=False):
        if opener.start() < position:
            continue
        limit = min(following, opener.end() + LONGEST_SURE_SINGLE)
        first = bisect_right(closers, opener.start(), key=re.Match.start)
        last = bisect_left(closers, limit, first, key=re.Match.start)
        closer = _closer(text, opener, closers[first:last], doubles)
        if closer is not None:
            span = Span(opener.start(), closer.end())
            yield Quotation(span, inside=Span(opener.end(), closer.start()))
            position = span.end


def _is_doubled(text: str, mark: re.Match[str]) -> bool:
    """Whether a single mark is half of a double one."""
    twin = mark[0]
    return len(twin) == 1 and (
        text[mark.end() : mark.end() + 1] == twin or text[mark.start() - 1 : mark.start()] == twin
    )


def _within(position: int, doubles: Sequence[Quotation]) -> bool:
    at = bisect_right(doubles, position, key=lambda one: one.span.start) - 1
    return at >= 0 and position < doubles[at].span.end


def _opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if before == "-" and mark.start() - 1 > start and text[mark.start() - 2].isalnum():
        return False  # "al-'Adil"
    word = after.isalnum() or after in '“"…([$£€' or after in OPENING
    return before in _LEFT_OF_OPENER and word and not _ELISION.match(text, mark.end(), end)


def _may_close(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return not before.isspace() and not after.isalnum() and mark[0] not in "‚"


def _closer(
    text: str, opener: re.Match[str], closers: Sequence[re.Match[str]], doubles: Sequence[Quotation]
) -> re.Match[str] | None:
    """The mark that closes: one after punctuation if there is any, else the first that a plural's
    apostrophe cannot be, else one behind a few words."""
    sure = next((mark for mark in closers if text[mark.start() - 1] in _SENTENCE_END), None)
    if sure is not None:
        return sure
    near = opener.end() + LONGEST_SINGLE
    wall = next((one.span.start for one in doubles if one.span.start > opener.start()), near)
    likely = [mark for mark in closers if mark.start() < min(near, wall)]
    plain = next((mark for mark in likely if text[mark.start() - 1] not in "sS"), None)
    if plain is not None or not likely:
        return plain
    ends = [mark for mark in likely if not text[mark.end() : mark.end() + 2].strip(" ")[:1].isalnum()]
    best = (ends or likely)[0]
    few = len(text[opener.end() : best.start()].split()) <= _FEW
    return best if few or best in ends else None
