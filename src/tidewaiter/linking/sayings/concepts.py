"""What the words of a saying stand for, so that two wordings of one saying can be laid side by side.

Each word, or run of words that belong together, is one ``Item`` with a key: what it says whoever words
it.  "Pyongyang" and "North Korea" have one key, "two dozen" and "24", "handed over" and "supplied",
"drone" and "unmanned aerial vehicle"; a word that no table knows has its stem.  The tables are
``retold_words`` (words of one meaning), ``number_words``, the names of states and bodies, and the names
of weapons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from tidewaiter.knowledge import Knowledge, Row

LONGEST = 5
"""Words in the longest run that is looked up in the tables."""

CLASS_WEIGHT, NAME_WEIGHT, NUMBER_WEIGHT, WORD_WEIGHT = 7, 8, 10, 10
"""What one item of a kind counts, in tenths, so that sums do not depend on any order.  Words of a class
and names of states recur in every report on arms; a figure, or a word that no table knows, seldom recurs in
another saying by chance.  Our own choice."""

NEAR_WORDS = 4
"""Letters from which a word is cut to its stem; shorter ones stay."""

LONGEST_FIGURE = 30
"""Characters of a figure; more digits than that are no amount but debris."""

KNOWN_WORDS = 20_000
"""Words whose stems are kept at hand: about as many as a careful reader knows."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_JOINED = re.compile(r"\b(?:and|or)\b")
_HISSING = ("sses", "ches", "shes", "xes")
_ENDINGS = ("ation", "ing", "ied", "er", "ed", "ly")


class Token(NamedTuple):
    """A word or figure as it stands in a text."""

    text: str  # lower case, straight apostrophes
    start: int
    end: int


class Item(NamedTuple):
    """A word, or words that belong together, and what they stand for."""

    key: str  # "class:transfer", "name:PRK", "number:24", "word:ballist"
    first: int  # its first token
    last: int  # the token behind its last
    weight: int  # what it counts, in tenths; 0 for words that say nothing by themselves

    @property
    def is_number(self) -> bool:
        return self.key.startswith("number:")


def tokens(text: str) -> tuple[Token, ...]:
    """Words and figures in order; "10,000" is one, "four-year" are two."""
    return tuple(
        [
            Token(one.group().lower().replace("’", "'"), one.start(), one.end())
            for one in _TOKEN.finditer(text)
        ]
    )


@lru_cache(maxsize=KNOWN_WORDS)
def stem(word: str) -> str:
    """A word without its commonest endings: the same for "missile" and "missiles", "supply", "supplied"."""
    word = singular(word.removesuffix("'s").removesuffix("'"))
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= NEAR_WORDS - 1:
            return _rounded(word[: -len(ending)] + ("y" if ending == "ied" else ""))
    return _rounded(word)


def singular(word: str) -> str:
    """A word without the ending of a plural, or of a verb's third person: "launchers", "carries"."""
    if word.endswith("ies") and len(word) > NEAR_WORDS:
        return word[:-3] + "y"
    if word.endswith(_HISSING) and len(word) > NEAR_WORDS:
        return word[:-2]
    return word[:-1] if len(word) >= NEAR_WORDS and word.endswith("s") and word[-2] not in "su" else word


def _rounded(word: str) -> str:
    """Without a final e or a doubled letter."""
    if len(word) >= NEAR_WORDS and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] if len(word) >= NEAR_WORDS and word[-1] == "e" else word


# ------------------------------------------------------------------------------------ the tables


Numbers = Mapping[str, tuple[str, Fraction]]
"""Kind and value of the words for numbers."""


@dataclass(frozen=True, slots=True)
class Meanings:
    """Keys by the words (separated by one space) that have them; "" for words that say nothing."""

    layers: tuple[Mapping[str, str], ...]  # by the words, and by their stems; the first that knows them holds
    longest: Mapping[str, int]  # words of the longest run that begins with a word, or with its stem
    numbers: Numbers

    def of(self, words: Sequence[str]) -> str | None:
        """The key of a run of words; None where no table knows it."""
        forms = " ".join(words), " ".join((*words[:-1], singular(words[-1]))), " ".join(map(stem, words))
        for layer in self.layers:
            for form in forms:
                if form in layer:
                    return layer[form]
        return None


@lru_cache(maxsize=4)
def meanings(tables: Knowledge) -> Meanings:
    """What the tables know, compiled once."""
    classes = {_plain(row["words"]): _class_key(row["class"]) for row in tables.table("retold_words")}
    names = {
        _plain(row["text"]): f"name:{row['code']}"
        for name in ("actors_names", "actors_states")
        for row in tables.table(name)
        if row["code"] and row["kind"] != "media" and row["form"] != "nickname" and len(row["text"]) > 2
    }
    goods = {
        _plain(row["term"]): f"class:{row['category'].partition('/')[0]}"
        for row in tables.table("weapons")
        if row["kind"] in ("noun", "mass") and not _JOINED.search(row["term"])  # "arms and munitions" are two
    }
    layers = (classes, _by_stems(classes), names, goods, _by_stems(goods))
    return Meanings(layers, _longest_runs(layers), dict(_numbers(tables.table("number_words"))))


def _class_key(name: str) -> str:
    return f"class:{name}" if name else ""


def _by_stems(keys: Mapping[str, str]) -> dict[str, str]:
    """The same by the stems of the words; of two with one stem the first in order of letters holds."""
    return {" ".join(map(stem, words.split())): keys[words] for words in sorted(keys, reverse=True)}


def _longest_runs(layers: Iterable[Mapping[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for layer in layers:
        for run in layer:
            words = run.split()
            for first in (words[0], stem(words[0])) if words else ():
                found[first] = max(found.get(first, 0), min(len(words), LONGEST))
    return found


def _plain(words: str) -> str:
    return " ".join(one.text for one in tokens(words))


def _numbers(rows: Iterable[Row]) -> Iterator[tuple[str, tuple[str, Fraction]]]:
    for row in rows:
        if row["kind"] in ("unit", "tens", "multiplier", "collective") and row["value"]:
            yield row[next(iter(row))], (row["kind"], Fraction(row["value"]))


# ------------------------------------------------------------------------------------ of a wording


def items(words: Sequence[Token], tables: Knowledge) -> tuple[Item, ...]:
    """The items of a wording, in order, from first to last token without gap."""
    return tuple([Item(*one) for one in _items([one.text for one in words], tables)])


def weights_of(text: str, tables: Knowledge) -> Mapping[str, int]:
    """What the items of a text count that say something, by their keys."""
    texts = _TOKEN.findall(text.lower().replace("’", "'"))
    return {intern(key): weight for key, _, _, weight in _items(texts, tables) if weight}


def _items(texts: Sequence[str], tables: Knowledge) -> Iterator[tuple[str, int, int, int]]:
    """Key, first word, word behind the last and weight of each item."""
    numbers = meanings(tables).numbers
    at = 0
    while at < len(texts):
        alone = _alone(texts[at], tables)
        key, weight, last = alone.key, alone.weight, at + 1
        for size in range(min(alone.most, len(texts) - at), 1, -1):
            run = _of_run(" ".join(texts[at : at + size]), tables)
            if run is not None:
                key, weight, last = run, _weight(run), at + size
                break
        if alone.is_figure and last == at + 1:
            key, weight, last = _number(texts, at, numbers) or (key, weight, last)
        yield key, at, last, weight
        at = last


class _Alone(NamedTuple):
    """A word by itself."""

    key: str
    weight: int
    most: int  # words of the longest run that may begin with it
    is_figure: bool


@lru_cache(maxsize=KNOWN_WORDS)
def _alone(word: str, tables: Knowledge) -> _Alone:
    known = meanings(tables)
    most = max(known.longest.get(word, 0), known.longest.get(stem(word), 0))
    is_figure = word in known.numbers or word[0].isdigit()
    key = known.of((word,))
    if key is not None:
        return _Alone(key, _weight(key), most, is_figure)
    says = len(word) > 1 and not word.endswith("n't")
    return _Alone(f"word:{stem(word)}", WORD_WEIGHT if says else 0, most, is_figure)


@lru_cache(maxsize=KNOWN_WORDS)
def _of_run(run: str, tables: Knowledge) -> str | None:
    return meanings(tables).of(run.split(" "))


def _weight(key: str) -> int:
    if not key:
        return 0
    return NAME_WEIGHT if key.startswith("name:") else CLASS_WEIGHT


def _number(texts: Sequence[str], at: int, known: Numbers) -> tuple[str, int, int] | None:
    """The figure that begins at a word, what it counts and where it ends: "4.8 million", "two dozen",
    "twenty-four"."""
    total, last, kind = Fraction(0), at, ""
    while last < len(texts):
        found = _figure(texts[last], known)
        if found is None or not _goes_on(kind, found[0]):
            break
        kind, value = found
        total = (total or 1) * value if kind in ("multiplier", "collective") else total + value
        last += 1
    return None if last == at else (f"number:{total}", NUMBER_WEIGHT if total > 1 else 0, last)


def _goes_on(before: str, kind: str) -> bool:
    """Whether a number word can stand behind another in one figure."""
    return before == "" or (before, kind) == ("tens", "unit") or kind in ("multiplier", "collective")


def _figure(text: str, known: Numbers) -> tuple[str, Fraction] | None:
    if not text[0].isdigit():
        return known.get(text)
    if len(text) > LONGEST_FIGURE:
        return None
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text) else text.replace(",", ".")
    try:
        return "digits", Fraction(plain if plain.count(".") <= 1 else plain.replace(".", ""))
    except ValueError:  # digits of scripts that Fraction does not read
        return None
