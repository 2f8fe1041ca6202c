"""Names from the knowledge tables, found in a text: one trie over words for each ``Knowledge``.

Words are compared without accents, dots aside, curly or straight quotes alike; what may stand in lower
case (machine-spun text writes "america") is said by each row's column ``case``: ``any``, ``title`` (the
capitals of the row must be capitals in the text) or ``exact`` (abbreviations: "US" is not "us").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import ActorForm, ActorKind, Span

WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+(?:\.(?!\w))?|[^\W_]+|[^\w\s]|_")
"""A dotted abbreviation, a run of letters and digits, or one mark."""

MARKS = str.maketrans({"’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"})


class Word(NamedTuple):
    """A word of the text: as compared, as compared with its case kept, and where it stands."""

    key: str
    cased: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table that names something."""

    text: str
    kind: ActorKind
    form: ActorForm
    code: str | None
    name: str
    case: str = "title"
    role: str | None = None  # office of a person
    trap: bool = False  # holds a name, but is something else
    cased: tuple[str, ...] = ()  # its words


class Hit(NamedTuple):
    """An entry found in the text."""

    span: Span
    entry: Entry


@dataclass(slots=True)
class Node:
    """A node of the trie: what ends here, and what may follow."""

    entries: list[Entry] = field(default_factory=list)
    following: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One reading of a name that means different things in different documents."""

    entry: Entry | None  # None: it is no actor
    wanted: re.Pattern[str] | None  # words of the document that speak for it
    unwanted: re.Pattern[str] | None  # and against
    codes: frozenset[str]  # states of which one has to be named otherwise
    without: frozenset[str]  # states of which none may be
    default: bool  # holds if nothing speaks for or against it


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All names of a ``Knowledge``, compiled."""

    root: Node
    choices: Mapping[str, tuple[Choice, ...]]  # by name in lower case


def split(text: str) -> list[Word]:
    """The words of a text."""
    return [
        Word(key.casefold(), key, found.start(), found.end())
        for found in WORD.finditer(text)
        for key in (plain(found.group()),)
    ]


def plain(word: str) -> str:
    """A word as it is compared, its case kept: no accents, no full stop at the end of "U.S."."""
    if word.isascii():
        return word.rstrip(".") if len(word) > 1 else word
    word = word.translate(MARKS)
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)) or word


@lru_cache(maxsize=8)
def lexicon(knowledge: Knowledge) -> Lexicon:
    """The lexicon of these tables; made once for each ``Knowledge``."""
    root = Node()
    for entry in _entries(knowledge):
        cased = tuple(word.cased for word in split(entry.text))
        for variant in dict.fromkeys(_spelled(entry, cased)):
            _insert(root, variant, entry)
        if (dotted := _dotted(entry)) is not None:
            _insert(root, (dotted.text,), dotted)
    return Lexicon(root, _choices(knowledge))


def _spelled(entry: Entry, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words as they are, without hyphens, and those of a state grown together: "South-Korea"."""
    yield words
    yield tuple(word for word in words if word != "-")
    if entry.kind is ActorKind.STATE and len(words) == JOINED and all(word.isalpha() for word in words):
        yield words[0], "-", words[1]


JOINED = 2
"""Words of a name that a hyphen may join."""


DOTTED = frozenset({ActorKind.STATE, ActorKind.ORGANISATION})


def _dotted(entry: Entry) -> Entry | None:
    """A short form of a state or body with a stop behind each letter, which no other word has in small
    letters either: "D.R.C.", "u.a.e."."""
    if entry.form is not ActorForm.ABBREVIATION or entry.kind not in DOTTED:
        return None
    if not entry.text.isalpha() or not entry.text.isupper() or not entry.code:
        return None
    return replace(entry, text=".".join(entry.text), case="any")


def _insert(root: Node, words: Sequence[str], entry: Entry) -> None:
    node = root
    for word in words:
        node = node.following.setdefault(word.casefold(), Node())
    node.entries.append(replace(entry, cased=tuple(words)))


def _entries(knowledge: Knowledge) -> Iterator[Entry]:
    for row in knowledge.table("actors_names"):
        yield _entry(row)
    for row in knowledge.table("actors_states"):
        yield _entry(row)
    for row in knowledge.table("actors_regions"):
        yield Entry(row["text"], ActorKind.REGION, ActorForm.NAME, None, row["name"], row["case"])
    for row in knowledge.table("actors_persons"):
        yield Entry(
            row["name"],
            ActorKind.PERSON,
            ActorForm.NAME,
            row["code"] or None,
            row["name"],
            "title",
            row["role"],
        )
    for row in knowledge.table("actors_traps"):
        yield Entry(row["text"], ActorKind.OTHER, ActorForm.NAME, None, row["text"], row["case"], trap=True)


def _entry(row: Mapping[str, str]) -> Entry:
    return Entry(
        row["text"],
        ActorKind(row["kind"]),
        ActorForm(row["form"]),
        row["code"] or None,
        row["name"],
        row["case"],
    )


def _choices(knowledge: Knowledge) -> dict[str, tuple[Choice, ...]]:
    found: dict[str, list[Choice]] = {}
    for row in knowledge.table("actors_contextual"):
        entry = None
        if row["kind"]:
            entry = Entry(
                row["text"], ActorKind(row["kind"]), ActorForm(row["form"]), row["code"] or None, row["name"]
            )
        choice = Choice(
            entry,
            _any_of(row["wanted"]),
            _any_of(row["unwanted"]),
            frozenset(row["codes"].split()),
            frozenset(row["without"].split()),
            row["default"] == "yes",
        )
        found.setdefault(row["text"].casefold(), []).append(choice)
    return {text: tuple(choices) for text, choices in found.items()}


def _any_of(words: str) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words.split("|")) + ")")


@lru_cache(maxsize=2)
def find(lexicon: Lexicon, text: str) -> tuple[Hit, ...]:
    """Every name in the text, longest first where they overlap; sorted by place.

    Names that mean different things in different documents are settled by the words of the whole
    document and by the states it names otherwise.  The last texts are remembered: actors and the place
    that a report is written from both ask for its names.
    """
    words = split(text)
    found = _whole_states(
        [hit for at in range(len(words)) for hit in _longest(lexicon.root, words, at, text)]
    )
    return tuple(_settle(lexicon, text, [hit for hit in longest(found) if not hit.entry.trap]))


def _whole_states(hits: Sequence[Hit]) -> list[Hit]:
    """Without names that begin amid the name of another state and go on behind it: in "North Utopia's army"
    there is no "Utopia's army"."""
    kept: list[Hit] = []
    state: Hit | None = None  # the one that ends last of those before
    for hit in hits:
        if state is not None and state.span.start < hit.span.start < state.span.end < hit.span.end:
            continue
        kept.append(hit)
        ends_last = state is None or hit.span.end > state.span.end
        is_state = hit.entry.kind is ActorKind.STATE and hit.entry.form is ActorForm.NAME
        if is_state and hit.entry.text[:4].lower() != "the " and ends_last:
            state = hit
    return kept


def _longest(root: Node, words: Sequence[Word], at: int, text: str) -> Iterator[Hit]:
    best: Hit | None = None
    node = root
    for upto in range(at, len(words)):
        word = words[upto]
        if upto > at and "\n" in text[words[upto - 1].end : word.start]:
            break
        following = node.following.get(word.key)
        if following is None:
            break
        node = following
        entry = next((one for one in node.entries if _case_fits(one, words[at : upto + 1])), None)
        if entry is not None:
            best = Hit(Span(words[at].start, word.end), entry)
    if best is not None:
        yield best


def _case_fits(entry: Entry, words: Sequence[Word]) -> bool:
    if entry.case == "any":
        return True
    if entry.case == "exact":
        return all(word.cased == cased for word, cased in zip(words, entry.cased, strict=True))
    return all(
        word.cased[:1].isupper() or not cased[:1].isupper()
        for word, cased in zip(words, entry.cased, strict=True)
    )


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Those that stay when the longer of two that overlap is kept; sorted by place."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit.span.start - hit.span.end, hit.span.start)):
        if not any(position in taken for position in range(*hit.span)):
            kept.append(hit)
            taken.update(range(*hit.span))
    return sorted(kept, key=lambda hit: hit.span)


def _settle(lexicon: Lexicon, text: str, hits: Sequence[Hit]) -> list[Hit]:
    named = {
        hit.entry.code for hit in hits if hit.entry.code and hit.entry.text.casefold() not in lexicon.choices
    }
    ambiguous = {hit.entry.text.casefold() for hit in hits} & lexicon.choices.keys()
    settled = {key: _choose(lexicon.choices[key], text, named) for key in ambiguous}
    kept: list[Hit] = []
    for hit in hits:
        key = hit.entry.text.casefold()
        entry = settled.get(key, hit.entry)
        if entry is not None:
            kept.append(Hit(hit.span, entry))
    return kept


def _choose(choices: Sequence[Choice], text: str, named: set[str]) -> Entry | None:
    """The first reading that the document bears out."""
    for choice in choices:
        if choice.without & named or (choice.codes and not choice.codes & named):
            continue
        speaking = _count(choice.wanted, text) - _count(choice.unwanted, text)
        if speaking > 0 or (speaking == 0 and choice.default):
            return choice.entry
    return None


def _count(pattern: re.Pattern[str] | None, text: str) -> int:
    return 0 if pattern is None else sum(1 for _ in pattern.finditer(text))


@lru_cache(maxsize=8)
def office_holders(knowledge: Knowledge) -> Mapping[str, Entry]:
    """Known persons by name as compared, and by last name where all of that name speak for one side."""
    found: dict[str, Entry] = {}
    last: dict[str, list[Entry]] = {}
    for row in knowledge.table("actors_persons"):
        entry = Entry(
            row["name"], ActorKind.PERSON, ActorForm.NAME, row["code"] or None, row["name"], role=row["role"]
        )
        parts = compared(row["name"]).split()
        found.setdefault(" ".join(parts), entry)
        last.setdefault(parts[-1], []).append(entry)
    for part, entries in last.items():
        if len({(entry.code, entry.role) for entry in entries}) == 1:
            found.setdefault(part, entries[0])
    return found


def compared(name: str) -> str:
    """A name as it is compared: "Vučić" and "VUCIC" are one."""
    return " ".join(plain(part).casefold().strip(".") for part in name.replace("-", " ").split())
