"""The project's own annotated texts: reading and checking their files.

``data/dirty`` and ``data/clean`` hold files of texts, one file a kind.  A text looks like this::

    === 03 2023-05-16
    {t1 The launchers have not left the port}, {c1 communicated} {s1 the ministry of defence of Ghana}.

    {t2 "Nothing was sold,"} {c2 told} {s2 Kofi Mensah, its spokesman}, to the Volta Courier.
    ---
    1 indirect GHA
    2 direct GHA; name Kofi Mensah; said 2023-05-15; via Volta Courier

After ``===`` the text's number in its file and the day of publication, where it is known.  Braces mark the
words of source (``s``), cue (``c``) and content (``t``) of the relation with that number; one piece may serve
several (``{s1,2 he}``), one part may have several pieces, pieces may stand inside others.  Lines that begin
with ``#`` before the first text are notes.

After ``---`` a line for each relation: its number, mode, actor, and what else a careful reader can tell:

==========  ============================================================================================
actor       the code of the state, union or group spoken for; ``?`` nobody can tell, so the program is to
            leave it open; ``-`` not judged (a firm, a private person, a newspaper)
``name``    the source's name, where it has one; several spellings that are right are parted by ``/``
``said``    day of the utterance, EDTF; left out where the text does not tell
``via``     who relays it, nearest the text first, parted by ``>``; spellings by ``/``
``negated`` the source does not say it
==========  ============================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from attribution.scoring import Relation
from tidewaiter.model import Mode, Span, Spans

DATA = Path(__file__).parent / "data"
PARTS = ("dirty", "clean")
OPEN, NOT_JUDGED = "?", "-"

_HEAD = re.compile(r"=== (?P<number>\d+)(?: (?P<published>\S+))?")
_MARK = re.compile(r"\{(?P<role>[sct])(?P<numbers>\d+(?:,\d+)*) |\}")
_LINE = re.compile(r"(?P<number>\d+) (?P<mode>direct|indirect|mixed) (?P<actor>[^;]+?)(?P<more>(?:; [^;]+)*)")
_FIELDS = ("name", "said", "via", "negated")


class AnnotationError(ValueError):
    """A text is not annotated as it must be; says where and what."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One relation as a careful reader sees it."""

    relation: Relation
    mode: Mode
    actor: str | None  # None: nobody can tell
    is_actor_judged: bool
    names: tuple[str, ...] = ()  # spellings of the source's name that are right
    said_on: str | None = None
    via: tuple[str, ...] = ()
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """One annotated text."""

    id: str  # "dirty/headlines/03"
    text: str
    published: str | None
    annotated: tuple[Annotated, ...]

    @property
    def kind(self) -> str:
        """Name of its file."""
        return self.id.split("/")[1]


@cache
def texts(part: str) -> tuple[Text, ...]:
    """The texts of one part, in order of files and numbers.

    Raises ``AnnotationError`` where a file is not as it must be.
    """
    return tuple(one for path in files(part) for one in read_texts(path, part))


def files(part: str) -> list[Path]:
    return sorted((DATA / part).glob("*.txt"))


def read_texts(path: Path, part: str) -> Iterator[Text]:
    """The texts of one file."""
    seen: set[str] = set()
    for block in re.split(r"^(?==== )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        found = _HEAD.fullmatch(head)
        where = f"{part}/{path.stem}/{found['number'] if found else head}"
        if found is None or where in seen:
            raise AnnotationError(f"{where}: a text begins with '=== NUMBER [DAY]', each number once")
        seen.add(where)
        marked, ruled, lines = rest.partition("\n---")
        if not ruled:
            raise AnnotationError(f"{where}: '---' is missing after the text")
        text, pieces = unmarked(marked.strip("\n"), where)
        annotated = tuple(_annotated(lines.strip("\n").splitlines(), pieces, where))
        yield Text(where, text, found["published"], annotated)


def unmarked(marked: str, where: str) -> tuple[str, dict[str, list[Span]]]:
    """The text without its braces, and the spans of each name (``s1``, ``c1``, ...)."""
    out: list[str] = []
    pieces: dict[str, list[Span]] = {}
    opened: list[tuple[list[str], int]] = []
    length = done = 0
    for mark in _MARK.finditer(marked):
        out.append(marked[done : mark.start()])
        length += mark.start() - done
        done = mark.end()
        if mark["role"]:
            opened.append(([mark["role"] + number for number in mark["numbers"].split(",")], length))
        elif not opened:
            raise AnnotationError(f"{where}: a brace is closed that was not opened, at {length}")
        else:
            names, start = opened.pop()
            if start == length:
                raise AnnotationError(f"{where}: {names[0]} marks no words")
            for name in names:
                pieces.setdefault(name, []).append(Span(start, length))
    if opened:
        raise AnnotationError(f"{where}: the brace of {opened[-1][0][0]} is not closed")
    out.append(marked[done:])
    text = "".join(out)
    if "{" in text:
        raise AnnotationError(f"{where}: a brace without a name such as s1, c1 or t1")
    for spans in pieces.values():
        spans.sort()
    return text, pieces


def _annotated(lines: list[str], pieces: dict[str, list[Span]], where: str) -> Iterator[Annotated]:
    numbers = []
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            raise AnnotationError(f"{where}: not 'NUMBER MODE ACTOR; ...': {line}")
        numbers.append(found["number"])
        yield _one(found, pieces, where)
    marked = sorted({name[1:] for name in pieces}, key=int)
    if numbers != marked:
        raise AnnotationError(f"{where}: relations {marked} are marked, {numbers} described")


def _one(found: re.Match[str], pieces: dict[str, list[Span]], where: str) -> Annotated:
    number, actor = found["number"], found["actor"]
    more = dict(_field(one, where) for one in found["more"].split("; ")[1:])
    source, cue, content = (_spans(pieces, role + number, where) for role in "sct")
    if not content:
        raise AnnotationError(f"{where}: relation {number} has no content")
    return Annotated(
        relation=Relation(source, cue, content),
        mode=Mode(found["mode"]),
        actor=None if actor in (OPEN, NOT_JUDGED) else actor,
        is_actor_judged=actor != NOT_JUDGED,
        names=tuple(more["name"].split(" / ")) if "name" in more else (),
        said_on=more.get("said"),
        via=tuple(more["via"].split(" > ")) if "via" in more else (),
        negated="negated" in more,
    )


def _field(given: str, where: str) -> tuple[str, str]:
    name, _, value = given.partition(" ")
    if name not in _FIELDS or bool(value) == (name == "negated"):
        raise AnnotationError(f"{where}: not one of {', '.join(_FIELDS)}: {given}")
    return name, value


def _spans(pieces: dict[str, list[Span]], name: str, where: str) -> Spans:
    spans = tuple(pieces.get(name, ()))
    for one, after in pairwise(spans):
        if after.start < one.end:
            raise AnnotationError(f"{where}: pieces of {name} overlap")
    return spans
