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
    numbers = meanings(tables).numbers
    found: list[Item] = []
    at = 0
    while at < len(words):
        item = _longest(words, at, tables)
        if item.last == at + 1 and (words[at].text in numbers or words[at].text[0].isdigit()):
            item = _number(words, at, numbers) or item
        found.append(item)
        at = item.last
    return tuple(found)


def weights_of(text: str, tables: Knowledge) -> Mapping[str, int]:
    """What the items of a text count that say something, by their keys."""
    return {intern(one.key): one.weight for one in items(tokens(text), tables) if one.weight}


def _longest(words: Sequence[Token], at: int, tables: Knowledge) -> Item:
    """The longest run from a token that a table knows, else the word by itself."""
    text = words[at].text
    for size in range(min(_most(text, tables), len(words) - at), 1, -1):
        key = _of_run(" ".join([one.text for one in words[at : at + size]]), tables)
        if key is not None:
            return Item(key, at, at + size, _weight(key))
    key, weight = _of_word(text, tables)
    return Item(key, at, at + 1, weight)


@lru_cache(maxsize=KNOWN_WORDS)
def _most(word: str, tables: Knowledge) -> int:
    """Words of the longest run that may begin with a word."""
    longest = meanings(tables).longest
    return max(longest.get(word, 0), longest.get(stem(word), 0))


@lru_cache(maxsize=KNOWN_WORDS)
def _of_run(run: str, tables: Knowledge) -> str | None:
    return meanings(tables).of(run.split(" "))


@lru_cache(maxsize=KNOWN_WORDS)
def _of_word(word: str, tables: Knowledge) -> tuple[str, int]:
    """Key and weight of a word that stands by itself."""
    key = meanings(tables).of((word,))
    if key is not None:
        return key, _weight(key)
    says = len(word) > 1 and not word.endswith("n't")
    return f"word:{stem(word)}", WORD_WEIGHT if says else 0


def _weight(key: str) -> int:
    if not key:
        return 0
    return NAME_WEIGHT if key.startswith("name:") else CLASS_WEIGHT


def _number(words: Sequence[Token], at: int, known: Numbers) -> Item | None:
    """The figure that begins at a token: "4.8 million", "two dozen", "twenty-four"."""
    total, last, kind = Fraction(0), at, ""
    while last < len(words):
        found = _figure(words[last].text, known)
        if found is None or not _goes_on(kind, found[0]):
            break
        kind, value = found
        total = (total or 1) * value if kind in ("multiplier", "collective") else total + value
        last += 1
    if last == at:
        return None
    return Item(f"number:{total}", at, last, NUMBER_WEIGHT if total > 1 else 0)


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
