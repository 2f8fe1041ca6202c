"""Whether two sources may be one speaker.

Names come through translations: "Sadeghian" is "Sadegian", "Lysenchuk" "Lisenčuks", "Tsai Ming-hsun"
"Cai Mingxun".  They are compared by what a transcription seldom changes.  A source without a person's
name ("the spokesman", "the ministry", "Seoul") may be anybody who speaks for the same actor.
"""

from __future__ import annotations

import re
import unicodedata
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


@dataclass(frozen=True, slots=True)
class Voice:
    """A source, as far as it is compared."""

    person: tuple[str, ...]  # the words of the person's name, folded; empty where none is named
    actor: str | None

    @property
    def surname(self) -> str:
        """The consonants of the last word of the name, which transcriptions seldom change; "" for none."""
        return "".join(letter for letter in self.person[-1] if letter not in "aeiouh") if self.person else ""


def voice_of(source: Source | None, tables: Knowledge) -> Voice:
    """Who a source is: the words of a name that are no office, state or body, and for whom it speaks."""
    if source is None:
        return Voice((), None)
    names = (name for name in (source.name, source.text) if name and name != source.actor)
    person = next((person for name in names if (person := _person(name, tables))), ())
    return Voice(person, source.actor)


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
