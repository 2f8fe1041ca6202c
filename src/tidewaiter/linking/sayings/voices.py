"""Whether two sources may be one speaker.

Names come through translations: "Sadeghian" is "Sadegian", "Lysenchuk" "Lisenčuks", "Tsai Ming-hsun"
"Cai Mingxun".  They are compared by what a transcription seldom changes.  A source without a person's
name ("the spokesman", "the ministry", "Seoul") may be anybody who speaks for the same actor, but not one
of another body of it: what the treasury said is no retelling of the embassy's words.  Whoever wrote a
report ("we", "our team"), and a medium that it tells of, speak for nobody else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Source

NAME_LIKENESS = 0.72
"""Share of letters that two transcriptions of one whole name have in common, as difflib counts it:
above that of any two different persons in the annotated texts.  Our own choice."""
SURNAME_LIKENESS = 0.78
"""The same of surnames alone, which are shorter and so alike more easily."""
SHORTEST = 3
"""Letters of a surname that is compared by likeness; shorter ones must be the same."""
ACRONYM = 5
"""Letters of a word in capitals that is taken for an acronym, of a body."""

_OURSELVES = re.compile(r"(?i)(?:we|i|us|our|my)\b(?!\s+(?:own\s+)?(?:country|government|army|side)\b)")
"""Whoever wrote the report, where the words stand outside what somebody says."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST_BODY = 5
"""Words in the longest name of a body that is looked up."""

_WORD_OR_COMMA = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*['’]?|[,(]")
_BEFORE_PLACES = frozenset(("of", "in", "at", "for", "from", "on", "to", "who", "which"))
LONGEST_OFFICE = 5
"""Words in the longest name of an office or body that is looked up."""
_PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "abu", "bu", "bou", "de", "da", "di", "du", "la", "le", "van", "von")
)
_SPELLINGS = (
    ("sch", "s"), ("tch", "c"), ("tsch", "c"), ("shch", "s"), ("ch", "c"), ("cz", "c"), ("sh", "s"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("zh", "j"), ("ck", "k"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ts", "c"), ("tz", "c"), ("dj", "j"), ("q", "k"), ("w", "v"), ("y", "i"), ("x", "s"),
    ("hs", "s"),
)  # fmt: skip
"""Ways of writing one sound in Latin letters."""


AUTHOR, MEDIUM = "author", "medium"
"""Who speaks for nobody else: whoever wrote the report, and a medium that it tells of."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A source, as far as it is compared."""

    person: tuple[str, ...]  # the words of the person's name, folded; empty where none is named
    actor: str | None
    bodies: tuple[str, ...] = ()  # of which bodies of the actor, by the table ``retold_bodies``
    apart: str | None = None  # who speaks for no actor, and for nobody who does: ``AUTHOR``, ``MEDIUM``
    is_told: bool = False  # whether the report says who it is, be it as vaguely as "a diplomat"

    @property
    def surname(self) -> str:
        """The consonants of the last word of the name, which transcriptions seldom change; "" for none."""
        return "".join(letter for letter in self.person[-1] if letter not in "aeiouh") if self.person else ""


def voice_of(
    source: Source | None, tables: Knowledge, *, outlet: str | None = None, is_quoted: bool = False
) -> Voice:
    """Who a source is: the words of a name that are no office, state or body, for whom it speaks, and of
    which bodies it is.  ``outlet``: whose report it is.  ``is_quoted``: it stands inside what somebody else
    says, so that "we" are that one's."""
    if source is None:
        return Voice((), None)
    if not is_quoted and _OURSELVES.match(source.text):
        return Voice(_person(outlet or "", tables), None, apart=AUTHOR, is_told=True)
    names = (name for name in (source.name, source.text) if name and name != source.actor)
    person = next((person for name in names if (person := _person(name, tables))), ())
    told = (source.role, source.name, source.text)
    if source.actor is None and any(_is_medium(words, tables) for words in told if words):
        return Voice((), None, apart=MEDIUM, is_told=True)
    bodies = tuple(sorted({body for words in told if words for body in _bodies(words, tables)}))
    return Voice(person, source.actor, bodies, is_told=source.name is not None)


@lru_cache(maxsize=4096)
def _bodies(words: str, tables: Knowledge) -> frozenset[str]:
    """The bodies that the words name; of runs of words that begin at one word the longest counts."""
    known = _known_bodies(tables)
    plain = [_plain(word) for word in _WORD.findall(words)]
    found: list[str] = []
    at = 0
    while at < len(plain):
        runs = (" ".join(plain[at : at + size]) for size in range(LONGEST_BODY, 0, -1))
        run = next((run for run in runs if run in known), None)
        found += [known[run]] if run is not None and known[run] else []
        at += 1 if run is None else run.count(" ") + 1
    return frozenset(found)


@lru_cache(maxsize=4)
def _known_bodies(tables: Knowledge) -> Mapping[str, str]:
    rows = reversed(tables.table("retold_bodies"))  # of two rows with the same words the first holds
    return {_plain(row["words"]): row["body"] for row in rows}


@lru_cache(maxsize=4096)
def _is_medium(words: str, tables: Knowledge) -> bool:
    """Whether the words call themselves a medium: "opposition media in the Gulf", "state television"."""
    before = re.split(r"\s(?:of|in|at|for|from|on|to|who|which)\s|,", words, maxsplit=1)[0]
    last = _WORD.findall(before)[-1:]
    return bool(last) and _plain(last[0]) in _media(tables)


@lru_cache(maxsize=4)
def _media(tables: Knowledge) -> frozenset[str]:
    return frozenset(
        word
        for row in tables.table("actors_roles")
        if row["class"] == "media"
        for word in (_plain(row["text"]), f"{_plain(row['text'])}s")
    )


@lru_cache(maxsize=4096)
def _person(words: str, tables: Knowledge) -> tuple[str, ...]:
    """The words with capitals that are no office, state or body; those behind "of", "in" and the like name
    a place or a body, up to the next comma."""
    known = _no_names(tables)
    spans = [(one.group(), one.start()) for one in _WORD_OR_COMMA.finditer(words)]
    plain = [_plain(word) for word, _ in spans]
    found: list[str] = []
    at, outside = 0, True
    while at < len(spans):
        size = next((n for n in range(LONGEST_OFFICE, 0, -1) if " ".join(plain[at : at + n]) in known), 0)
        word = spans[at][0]
        if word in ",(" or plain[at] in _BEFORE_PLACES:
            outside = word in ",("
        elif size == 0 and outside and (_has_capital(word) or (plain[at] in _PARTICLES and found)):
            found.append(folded(word.removesuffix("'s").removesuffix("’s")))
        at += max(1, size)
    return tuple(found)


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")


def _has_capital(word: str) -> bool:
    """Whether a part of it begins with a capital: "al-Jaradi" too; not "I", "A" and acronyms."""
    is_acronym = word.isupper() and len(word) <= ACRONYM
    return any(part[:1].isupper() for part in word.split("-")) and len(word) > 1 and not is_acronym


@lru_cache(maxsize=4)
def _no_names(tables: Knowledge) -> frozenset[str]:
    """Words for offices, states, bodies and kinds of people."""
    texts = [
        row["text"] for row in tables.table("actors_roles") if row["class"] not in ("name_particle", "native")
    ]
    for name in ("actors_states", "actors_names", "actors_contextual"):
        texts += [row["text"] for row in tables.table(name) if row["kind"] not in ("person", "firm")]
    small = [row["words"] for row in tables.table("retold_words") if not row["class"]]
    return frozenset(" ".join(map(_plain, text.split())) for text in (*texts, *small))


@lru_cache(maxsize=4096)
def folded(word: str) -> str:
    """A name as it is compared: plain small letters, one spelling for one sound, no letter doubled."""
    bare = unicodedata.normalize(
        "NFKD", word.casefold().replace("ł", "l").replace("ı", "i").replace("ø", "o")
    )
    text = "".join(letter for letter in bare if letter.isalpha())
    for spelling, sound in _SPELLINGS:
        text = text.replace(spelling, sound)
    return re.sub(r"(.)\1", r"\1", text)


def same_person(a: Voice, b: Voice) -> bool | None:
    """Whether two sources name one person; None where one names nobody."""
    if not a.person or not b.person:
        return None
    return a.person == b.person or _are_one(*sorted((a.person, b.person)))


@lru_cache(maxsize=65536)
def _are_one(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return _alike("".join(a), "".join(b), NAME_LIKENESS) or _surnames_alike(a, b)


def are_two(a: Voice, b: Voice) -> bool:
    """Whether two sources of which one at least names no person cannot be one speaker, whomever they speak
    for: of one actor they name other bodies, or one speaks for nobody else."""
    if a.apart != b.apart:
        other = b if a.apart is not None else a
        return (
            other.is_told if AUTHOR in (a.apart, b.apart) else bool(other.person) or other.actor is not None
        )
    return bool(a.bodies) and bool(b.bodies) and set(a.bodies).isdisjoint(b.bodies)


def are_two_here(a: Voice, b: Voice) -> bool:
    """Whether two sources in one report are two speakers, as it calls them by other names: "the command" and
    "General Rennick, who leads it"."""
    if (same := same_person(a, b)) is not None:
        return not same
    return all(one.person or one.bodies for one in (a, b)) and bool(a.person) != bool(b.person)


def is_another(inner: Voice, outer: Voice) -> bool:
    """Whether somebody else speaks in an inner statement than in that which holds it."""
    if inner.person or outer.person:
        return bool(inner.person) and same_person(inner, outer) is not True
    return inner.actor is not None and inner.actor != outer.actor


def _surnames_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """The last words of both, or, where one has one word only, that with any of the other."""
    if len(a) == 1 or len(b) == 1:
        return any(_alike(one, other, SURNAME_LIKENESS) for one in a for other in b)
    return _alike(a[-1], b[-1], SURNAME_LIKENESS)


def _alike(a: str, b: str, least: float) -> bool:
    if a == b:
        return True
    if min(len(a), len(b)) < SHORTEST or _at_most(a, b) < least:
        return False
    return _likeness(*sorted((a, b))) >= least


def _at_most(a: str, b: str) -> float:
    """What the likeness of two names cannot exceed: as many letters as they have in common in any order."""
    common = sum([min(a.count(letter), b.count(letter)) for letter in set(a)])
    return 2.0 * common / (len(a) + len(b))


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
