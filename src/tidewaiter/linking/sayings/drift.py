"""What a retelling changed: its wording laid beside the likeliest original one.

Items of the same meaning are paired, those in the same order first; what is left on one side was left out
or added, what is left on both between the same neighbours was put in other words.  Numbers, "and" and
"or", negations and hedges are compared by what they bear on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.sayings.concepts import Item, Token, items, stem, tokens
from tidewaiter.linking.sayings.signs import AND, DENIAL, HEDGE, NEGATION, OR, Sign, clauses, sentences, signs
from tidewaiter.linking.sayings.tellings import Telling
from tidewaiter.linking.sayings.wordings_aligned import Block, Pair, align
from tidewaiter.model import Drift, DriftKind, Mode

ORDER = (
    DriftKind.NEGATION_FLIPPED,
    DriftKind.NUMBER_CHANGED,
    DriftKind.HEDGE_DROPPED,
    DriftKind.HEDGE_WEAKENED,
    DriftKind.AND_OR,
    DriftKind.SYNONYM,
    DriftKind.OMISSION,
    DriftKind.ADDITION,
)
"""What changes the meaning most comes first."""

LEAST_LEFT = 14
"""What the items must count, in tenths, that are left out or added in a row: two things said."""
PHRASE = 3
"""Items of a phrase that another phrase of at most as many may stand for."""
FORM = 4
"""Letters with which the forms of one word begin alike; ..."""
SHORTEST_FORM = 3
"""... the shorter of them with all of its letters, if it has so many."""
SINGLE = frozenset(("a", "an", "one", "single"))
"""Words before a thing of which there is one."""
SLIGHT = 1
"""Strength of a hedge that leaves little doubt."""
HEDGED = 0.3
"""Share of a hedged sentence that must be told, for its hedge to be missed."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A telling made ready to be laid beside another."""

    said: str
    words: tuple[Token, ...]
    cue_text: str
    content: tuple[Item, ...]  # the items that say something
    signs: tuple[Sign, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    cue: tuple[Sign, ...]  # of the reporting words: "denied", "believes"

    def text(self, first: int, last: int) -> str:
        """The words from a token to that before another, on one line."""
        return " ".join(self.said[self.words[first].start : self.words[last - 1].end].split())

    def is_denied(self, item: Item) -> bool:
        """Whether a negation bears on the item: one in its clause, or the reporting words; two cancel each
        other out ("I do not deny"), "neither" and "nor" are one."""
        clause = self.clauses[item.first]
        here = [
            one for one in self.signs if one.sign in (NEGATION, DENIAL) and self.clauses[one.first] == clause
        ]
        words = [self.text(one.first, one.last).lower() for one in here]
        count = len(words) - (words.count("nor") if "neither" in words else 0)
        return (count + any(one.sign in (NEGATION, DENIAL) for one in self.cue)) % 2 == 1


def wording(telling: Telling, tables: Knowledge) -> Wording:
    """The wording of a telling."""
    cue = telling.statement.cue
    words = tokens(telling.said)
    return Wording(
        said=telling.said,
        words=words,
        cue_text="" if cue is None else cue.text,
        content=tuple(one for one in items(words, tables) if one.weight > 0),
        signs=_signs(telling, words, tables),
        sentences=sentences(telling.said, words),
        clauses=clauses(telling.said, words),
        cue=() if cue is None else signs(tokens(cue.text), tables),
    )


def _signs(telling: Telling, words: Sequence[Token], tables: Knowledge) -> tuple[Sign, ...]:
    """The signs of a telling; in an account "would" stands for the speaker's "will"."""
    found = signs(words, tables)
    if telling.statement.mode is not Mode.INDIRECT:
        return found
    return tuple(one for one in found if [word.text for word in words[one.first : one.last]] != ["would"])


def drift(original: Wording, variant: Wording) -> tuple[Drift, ...]:
    """Where the variant departs from the original, by kind in the order of ``ORDER``, each kind in the
    order of the texts."""
    pairs, blocks = align(original.content, variant.content)
    found = [
        *_numbers(original, variant, pairs),
        *_counted(original, variant, pairs),
        *_conjunctions(original, variant, pairs),
        *_negations(original, variant, pairs),
        *_hedges(original, variant, pairs),
        *_words(original, variant, pairs),
        *_left_over(original, variant, blocks),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: ORDER.index(one.kind)))


# ------------------------------------------------------------------------------------ by kind


def _numbers(original: Wording, variant: Wording, pairs: Sequence[Pair]) -> Iterator[Drift]:
    ours, theirs = {a for a, _ in pairs}, {b for _, b in pairs}
    told = {one.key for one in original.content}
    lost = [one for one in original.content if one.is_number and one not in ours]
    new = [one for one in variant.content if one.is_number and one not in theirs and one.key not in told]
    for a, b in zip(lost, new, strict=False):
        yield _drift(DriftKind.NUMBER_CHANGED, original, a, variant, b)


def _counted(original: Wording, variant: Wording, pairs: Sequence[Pair]) -> Iterator[Drift]:
    """Where one side has "a" and the other a number before the same thing."""
    for a, b in pairs:
        ours, theirs = _before(original, a), _before(variant, b)
        if (ours in SINGLE) != (theirs in SINGLE) and (_is_number(original, a) or _is_number(variant, b)):
            yield Drift(
                DriftKind.NUMBER_CHANGED,
                original.text(a.first - 1, a.last),
                variant.text(b.first - 1, b.last),
            )


def _before(wording: Wording, item: Item) -> str:
    return wording.words[item.first - 1].text if item.first else ""


def _is_number(wording: Wording, item: Item) -> bool:
    """Whether a number stands right before an item."""
    return any(one.is_number and one.last == item.first for one in wording.content)


def _conjunctions(original: Wording, variant: Wording, pairs: Sequence[Pair]) -> Iterator[Drift]:
    partner = dict(pairs)
    joined = [(one, _beside(variant, one)) for one in variant.signs if one.sign in (OR, AND)]
    for sign in original.signs:
        if sign.sign not in (OR, AND):
            continue
        before, after = _beside(original, sign)
        wanted = partner.get(before) if before else None, partner.get(after) if after else None
        for other, beside in joined:
            same = [mine is not None and mine == theirs for mine, theirs in zip(wanted, beside, strict=True)]
            if other.sign != sign.sign and (all(same) or (any(same) and None in wanted)):
                yield Drift(
                    DriftKind.AND_OR, _around(original, sign, before, after), _around(variant, other, *beside)
                )
                break


def _beside(wording: Wording, sign: Sign) -> tuple[Item | None, Item | None]:
    """The items before and behind a sign."""
    before = [one for one in wording.content if one.last <= sign.first]
    after = [one for one in wording.content if one.first >= sign.last]
    return (before[-1] if before else None), (after[0] if after else None)


def _around(wording: Wording, sign: Sign, before: Item | None, after: Item | None) -> str:
    return wording.text(before.first if before else sign.first, after.last if after else sign.last)


def _negations(original: Wording, variant: Wording, pairs: Sequence[Pair]) -> Iterator[Drift]:
    """Clauses that one side denies, and of which the other denies nothing."""
    for one, other, sided in (
        (original, variant, pairs),
        (variant, original, [(b, a) for a, b in pairs]),
    ):
        clauses_told: dict[int, list[Pair]] = {}
        for a, b in sided:
            clauses_told.setdefault(one.clauses[a.first], []).append((a, b))
        for number in sorted(clauses_told):
            whole = sum(one.clauses[item.first] == number for item in one.content)
            told = _in_one_sentence(other, clauses_told[number])
            is_enough = len(told) == whole or _counts([a for a, _ in told]) >= LEAST_LEFT
            if is_enough and one.is_denied(told[0][0]) and not any(other.is_denied(b) for _, b in told):
                here, there = _clause(one, told[0][0]), _clause(other, told[0][1])
                yield Drift(
                    DriftKind.NEGATION_FLIPPED, *((here, there) if one is original else (there, here))
                )
                return


def _in_one_sentence(other: Wording, told: Sequence[Pair]) -> list[Pair]:
    """Of the pairs of a clause those in the sentence of the other wording that has most of them."""
    weights: dict[int, int] = {}
    for _, b in told:
        weights[other.sentences[b.first]] = weights.get(other.sentences[b.first], 0) + b.weight
    best = max(weights, key=lambda number: (weights[number], -number))
    return [pair for pair in told if other.sentences[pair[1].first] == best]


def _clause(wording: Wording, item: Item) -> str:
    number = wording.clauses[item.first]
    first = wording.clauses.index(number)
    return wording.text(first, first + wording.clauses.count(number))


def _hedges(original: Wording, variant: Wording, pairs: Sequence[Pair]) -> Iterator[Drift]:
    """The hedges of what is told, the strongest first, beside those that the variant has there.

    Of slight ones ("about") it is enough that one is kept: several say no more than one.
    """
    wanted, places = _told_hedges(original, variant, pairs)
    wanted.sort(key=lambda one: (-one.strength, one.first))
    shown = _shown_hedges(variant, places)
    for number, hedge in enumerate(wanted):
        words = original.text(hedge.first, hedge.last)
        if number >= len(shown):
            if number == 0 or hedge.strength > SLIGHT:
                yield Drift(DriftKind.HEDGE_DROPPED, words, "")
        elif shown[number][0] < hedge.strength:
            yield Drift(DriftKind.HEDGE_WEAKENED, words, shown[number][1])


def _shown_hedges(variant: Wording, places: frozenset[int]) -> list[tuple[int, str]]:
    """Strength and words of the hedges in the variant's sentences, and of its reporting words."""
    shown = [
        (one.strength, variant.text(one.first, one.last))
        for one in variant.signs
        if one.sign == HEDGE and variant.sentences[one.first] in places
    ]
    shown += [(one.strength, variant.cue_text) for one in variant.cue if one.sign == HEDGE]
    return sorted(shown, key=lambda one: -one[0])


def _told_hedges(
    original: Wording, variant: Wording, pairs: Sequence[Pair]
) -> tuple[list[Sign], frozenset[int]]:
    """The hedges of the sentences that are told, less those put in other words; and the variant's sentences
    that tell them."""
    hedges: list[Sign] = []
    places: set[int] = set()
    for number in sorted(set(original.sentences)):
        content = [one for one in original.content if original.sentences[one.first] == number]
        told = [(a, b) for a, b in pairs if original.sentences[a.first] == number]
        if told and _counts([a for a, _ in told]) >= HEDGED * _counts(content):
            places.update(variant.sentences[b.first] for _, b in told)
            hedges += [
                one
                for one in original.signs
                if one.sign == HEDGE
                and original.sentences[one.first] == number
                and not _is_kept(one, variant, pairs)
            ]
    return hedges, frozenset(places)


def _is_kept(hedge: Sign, variant: Wording, pairs: Sequence[Pair]) -> bool:
    """Whether the variant has a word of the same meaning that is no hedge by itself: "messages" for
    "reports that"."""
    partners = [b for a, b in pairs if a.first < hedge.last and hedge.first < a.last]
    hedges = [one for one in variant.signs if one.sign == HEDGE]
    return any(not any(one.first < b.last and b.first < one.last for one in hedges) for b in partners)


def _words(original: Wording, variant: Wording, pairs: Sequence[Pair]) -> Iterator[Drift]:
    """Pairs in other words."""
    for a, b in pairs:
        ours, theirs = original.text(a.first, a.last), variant.text(b.first, b.last)
        if not a.is_number and not _same_words(ours, theirs):
            yield Drift(DriftKind.SYNONYM, ours, theirs)


def _same_words(a: str, b: str) -> bool:
    """Whether one is but another form of the other, or a part of it: "Russia", "Russian"; "the Emirates"."""
    if a == b:
        return True
    ours, theirs = ([one.text for one in tokens(words)] for words in (a, b))
    return any(_forms(one, other) for one in ours for other in theirs)


def _forms(a: str, b: str) -> bool:
    """Whether two words begin alike, so that they may be forms of one."""
    size = min(len(a), len(b), FORM)
    return a == b or (size >= SHORTEST_FORM and a[:size] == b[:size]) or stem(a) == stem(b)


def _left_over(original: Wording, variant: Wording, blocks: Sequence[Block]) -> Iterator[Drift]:
    for ours, theirs in blocks:
        mine = [one for one in ours if not one.is_number]
        others = [one for one in theirs if not one.is_number]
        if mine and others and max(len(mine), len(others)) <= PHRASE:
            # what stands in one place is taken for one thing, though no table knows the words
            yield Drift(
                DriftKind.SYNONYM,
                original.text(mine[0].first, mine[-1].last),
                variant.text(others[0].first, others[-1].last),
            )
            continue
        if mine and _counts(ours) >= LEAST_LEFT:
            yield Drift(DriftKind.OMISSION, original.text(ours[0].first, ours[-1].last), "")
        if others and _counts(theirs) >= LEAST_LEFT:
            yield Drift(DriftKind.ADDITION, "", variant.text(theirs[0].first, theirs[-1].last))


def _counts(items: Sequence[Item]) -> int:
    return sum(one.weight for one in items)


def _drift(kind: DriftKind, original: Wording, a: Item, variant: Wording, b: Item) -> Drift:
    return Drift(kind, original.text(a.first, a.last), variant.text(b.first, b.last))
