"""Sequences of words as numbers, so that texts can be compared and looked up without being kept.

A sequence's number is a polynomial over the numbers of its words, modulo 2**64 (Karp and Rabin,
"Efficient randomized pattern-matching algorithms", 1987), mixed so that its bits are spread evenly.
Of all sequences of a text a few are chosen by winnowing (Schleimer, Wilkerson and Aiken, "Winnowing:
local algorithms for document fingerprinting", 2003): the choice depends on the words around alone, and
a run of ``GRAM + WINDOW - 1`` words that two texts share always has a chosen sequence in common.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Words = NDArray[numpy.uint64]
    Numbers = NDArray[numpy.int64]
else:
    Words = Numbers = Any

GRAM, WINDOW = 6, 3
"""Words in a chosen sequence, and sequences in a window: every shared run of 8 words is found."""

NUMBER_BYTES = 8
"""Bytes that a number takes when it is packed."""

KNOWN_WORDS = 20_000
"""Words whose numbers are kept at hand: about as many as a careful reader knows."""

_BASE = 0x9E3779B97F4A7C15
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_SHIFTS, _LAST_SHIFT = (30, 27), 31
"""Odd constants and shifts of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
generators", 2014)."""


@lru_cache(maxsize=KNOWN_WORDS)
def _number(word: str) -> bytes:
    return blake2b(word.encode("utf-8", "replace"), digest_size=NUMBER_BYTES).digest()


def key_of(*parts: str | None) -> int:
    """One number, from -2**63 to 2**63 - 1, for several texts in this order; None is unlike any text."""
    text = "\0".join("\1" if part is None else part for part in parts)
    digest = blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers from -2**63 to 2**63 - 1 as eight bytes each."""
    return array("q", numbers).tobytes()


def unpacked(data: bytes) -> list[int]:
    """The numbers that ``packed`` made the bytes of, on the same kind of machine."""
    found = array("q")
    found.frombytes(data)
    return found.tolist()


def viewed(data: bytes) -> Numbers:
    """The same as an array, which is not copied."""
    import numpy as np

    return np.frombuffer(data, dtype=np.int64)


def numbers_of(words: Sequence[str]) -> Words:
    """The words as numbers, one each."""
    import numpy as np

    return np.frombuffer(b"".join(map(_number, words)), dtype="<u8")


def sequences(words: Words, size: int) -> Numbers:
    """The numbers of all runs of ``size`` words, in order of the text; shape ``(max(0, n - size + 1),)``.

    ``words``: as ``numbers_of`` gives them, shape ``(n,)``.
    """
    import numpy as np

    if len(words) < size:
        return np.zeros(0, dtype=np.int64)
    count = len(words) - size + 1
    total = words[:count].copy()
    base = np.uint64(_BASE)
    for offset in range(1, size):  # Horner's rule; overflow is the modulo
        total *= base
        total += words[offset : offset + count]
    return _mixed(total).view(np.int64)


def _mixed(numbers: Words) -> Words:
    """The numbers with their bits spread, in place of them."""
    import numpy as np

    for shift, factor in zip(_SHIFTS, _MIX, strict=True):
        numbers ^= numbers >> np.uint64(shift)
        numbers *= np.uint64(factor)
    numbers ^= numbers >> np.uint64(_LAST_SHIFT)
    return numbers


def winnowed(runs: Iterable[Words]) -> Numbers:
    """The numbers of the chosen sequences of several runs of words, sorted, each once."""
    import numpy as np

    whole = [run for run in runs if len(run) >= GRAM]
    if not whole:
        return np.zeros(0, dtype=np.int64)
    numbers = sequences(np.concatenate(whole), GRAM)
    chosen, first = [], 0
    for run in whole:
        chosen.append(_least(numbers[first : first + len(run) - GRAM + 1]))
        first += len(run)
    return ascending(np.concatenate(chosen))


def _least(numbers: Numbers) -> Numbers:
    """The least of each window; all where there is but one window."""
    import numpy as np

    if len(numbers) <= WINDOW:
        return numbers
    windows = len(numbers) - WINDOW + 1
    least = numbers[:windows]
    for offset in range(1, WINDOW):
        least = np.minimum(least, numbers[offset : offset + windows])
    return least


class Starts(NamedTuple):
    """Where the sequences begin that lie inside given ranges of words."""

    at: Numbers  # in the text
    among: Numbers  # among the words of the ranges


def starts_of(ranges: Iterable[tuple[int, int]], size: int) -> Starts:
    """Of the sequences of ``size`` words, those that lie in one of the half-open ranges."""
    import numpy as np

    at: list[int] = []
    among: list[int] = []
    before = 0
    for first, last in ranges:
        at.extend(range(first, last - size + 1))
        among.extend(range(before, before + last - first - size + 1))
        before += last - first
    return Starts(np.array(at, dtype=np.int64), np.array(among, dtype=np.int64))


def ascending(numbers: Numbers) -> Numbers:
    """The numbers in ascending order, each once."""
    import numpy as np

    ordered = np.sort(numbers)
    once: Numbers = ordered[is_new(ordered)]
    return once


def is_new(ordered: Numbers) -> Any:
    """Which of numbers in order are unlike the one before."""
    import numpy as np

    found = np.ones(len(ordered), dtype=bool)
    np.not_equal(ordered[1:], ordered[:-1], out=found[1:])
    return found
