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
from typing import NamedTuple

from tidewaiter.knowledge import Knowledge, Row

LONGEST = 5
"""Words in the longest run that is looked up in the tables."""

CLASS_WEIGHT, NAME_WEIGHT, NUMBER_WEIGHT, WORD_WEIGHT = 0.7, 0.8, 1.0, 1.0
"""What one item of a kind counts.  Words of a class and names of states recur in every report on arms;
a figure, or a word that no table knows, seldom recurs in another saying by chance.  Our own choice."""

NEAR_WORDS = 4
"""Letters from which a word is cut to its stem; shorter ones stay."""

LONGEST_FIGURE = 30
"""Characters of a figure; more digits than that are no amount but debris."""

KNOWN_WORDS = 20_000
"""Words whose stems are kept at hand: about as many as a careful reader knows."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_JOINED = re.compile(r"\b(?:and|or)\b")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "s", "ly")


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
    weight: float  # what it counts; 0 for words that say nothing by themselves

    @property
    def is_number(self) -> bool:
        return self.key.startswith("number:")


def tokens(text: str) -> tuple[Token, ...]:
    """Words and figures in order; "10,000" is one, "four-year" are two."""
    return tuple(
        Token(found.group().lower().replace("’", "'"), *found.span()) for found in _TOKEN.finditer(text)
    )


@lru_cache(maxsize=KNOWN_WORDS)
def stem(word: str) -> str:
    """A word without its commonest endings: the same for "missile" and "missiles", "supply", "supplied"."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= NEAR_WORDS - 1 and not word.endswith("ss"):
            return _rounded(word[: -len(ending)] + ("y" if ending in ("ies", "ied") else ""))
    return _rounded(word)


def _rounded(word: str) -> str:
    """Without a final e or a doubled letter."""
    if len(word) >= NEAR_WORDS and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] if len(word) >= NEAR_WORDS and word[-1] == "e" else word


# ------------------------------------------------------------------------------------ the tables


@dataclass(frozen=True, slots=True)
class Meanings:
    """Keys by the words (separated by one space) that have them; "" for words that say nothing."""

    layers: tuple[Mapping[str, str], ...]  # by the words, and by their stems; the first that knows them holds
    longest: Mapping[str, int]  # words of the longest run that begins with a word, or with its stem
    numbers: Mapping[str, tuple[str, Fraction]]  # kind and value

    def of(self, words: Sequence[str]) -> str | None:
        """The key of a run of words; None where no table knows it."""
        forms = " ".join(words), " ".join(map(stem, words))
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
    known = meanings(tables)
    found: list[Item] = []
    at = 0
    while at < len(words):
        longest = _longest(words, at, known)
        item = longest if longest.last > at + 1 else _number(words, at, known) or longest
        found.append(item)
        at = item.last
    return tuple(found)


def _longest(words: Sequence[Token], at: int, known: Meanings) -> Item:
    texts = [one.text for one in words[at : at + LONGEST]]
    most = max(known.longest.get(texts[0], 0), known.longest.get(stem(texts[0]), 0))
    for size in range(min(most, len(texts)), 0, -1):
        key = known.of(texts[:size])
        if key is not None:
            return Item(key, at, at + size, _weight(key))
    says = len(texts[0]) > 1 and not texts[0].endswith("n't")
    return Item(f"word:{stem(texts[0])}", at, at + 1, WORD_WEIGHT if says else 0.0)


def _weight(key: str) -> float:
    if not key:
        return 0.0
    return NAME_WEIGHT if key.startswith("name:") else CLASS_WEIGHT


def _number(words: Sequence[Token], at: int, known: Meanings) -> Item | None:
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
    return Item(f"number:{total}", at, last, NUMBER_WEIGHT if total > 1 else 0.0)


def _goes_on(before: str, kind: str) -> bool:
    """Whether a number word can stand behind another in one figure."""
    return before == "" or (before, kind) == ("tens", "unit") or kind in ("multiplier", "collective")


def _figure(text: str, known: Meanings) -> tuple[str, Fraction] | None:
    if not text[0].isdigit():
        return known.numbers.get(text)
    if len(text) > LONGEST_FIGURE:
        return None
    plain = text.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text) else text.replace(",", ".")
    try:
        return "digits", Fraction(plain if plain.count(".") <= 1 else plain.replace(".", ""))
    except ValueError:  # digits of scripts that Fraction does not read
        return None
