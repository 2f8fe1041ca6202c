"""Names and places on which two accounts of one thing disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tidewaiter.linking.disputes.accounts import Account
from tidewaiter.linking.disputes.comparing import NEAR_QUOTE, SAME_EVENT, Apart, Ground
from tidewaiter.linking.disputes.naming import CARRIER, folded, is_person
from tidewaiter.linking.disputes.sounds import are_one
from tidewaiter.linking.texts.clauses import stems_of
from tidewaiter.linking.texts.stems import stem, words_of
from tidewaiter.model import Span

SAME_SENTENCE = 5
"""Words that tell something, shared by two sentences that tell where one thing happened."""

_PREFIX = re.compile(r"^(?:M/?V|M/?S|M/?T|S/?S|MSC) ")


def full_names(a: Account, b: Account, _: Ground) -> Iterator[Apart]:
    """One surname with two first names, where each account has one bearer of it, who speaks or holds an
    office. Two spellings of one sound are no discrepancy: names are transcribed as everybody likes."""
    for first in sorted(a.full_names):
        for second in b.by_last.get(first.rpartition(" ")[2], ()):
            x, y = first.split(), second.split()
            if len(x) != len(y) or first in b.names or second in a.names:
                continue
            if first in a.cues.states or second in a.cues.states:
                continue
            apart = [(one, other) for one, other in zip(x, y, strict=True) if one != other]
            if len(apart) != 1 or x[-1] != y[-1] or not _is_another(*apart[0]):
                continue
            if not (_is_person(a, first) and _is_person(b, second)):
                continue
            if _bearers(a, x) > 1 or _bearers(b, y) > 1:
                continue
            yield Apart(
                "name",
                a.names[first][0],
                b.names[second][0],
                (first, second),
                f"the name of “{a.words(a.names[first][0])}”",
            )


def _is_another(one: str, other: str) -> bool:
    """No initial, short form or other spelling of one sound."""
    if min(len(one), len(other)) < 3 or one.startswith(other) or other.startswith(one):
        return False
    return not (one.isdigit() or other.isdigit()) and not are_one(one, other)


def _is_person(account: Account, name: str) -> bool:
    """Whether the name is that of somebody who is made to say something, or follows an office."""
    if name.rsplit(maxsplit=1)[-1] in account.speakers:
        return True
    return any(is_person(span, account.document.text, account.cues) for span in account.names[name])


def _bearers(account: Account, name: list[str]) -> int:
    """Names of several words in the account that end in the same word."""
    return sum(one.split()[-1] == name[-1] for one in account.names if " " in one)


def vessels(a: Account, b: Account, _: Ground) -> Iterator[Apart]:
    """The name of the one ship that each account names."""
    found = [
        {
            folded(_PREFIX.sub("", match["name"])): Span(*match.span("name"))
            for match in CARRIER.finditer(one.document.text)
        }
        for one in (a, b)
    ]
    if len(found[0]) != 1 or len(found[1]) != 1:
        return
    (first, mine), (second, theirs) = next(iter(found[0].items())), next(iter(found[1].items()))
    words = set(first.split()) & set(second.split())
    is_near = bool(words) or first[:3] == second[:3]
    if is_near and first not in second and second not in first and not are_one(first, second):
        yield Apart("name", mine, theirs, (first, second), f"the name of the ship “{a.words(mine)}”")


def places(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """Where something happened, in sentences that tell the same but for the place."""
    for key, mine in a.places:
        for other, theirs in b.places:
            if (
                not (_is_only(key, b) and _is_only(other, a))
                or are_one(key, other)
                or _share_word(key, other)
            ):
                continue
            sentences = a.told.clause_at(mine.start), b.told.clause_at(theirs.start)
            if sentences[0] is None or sentences[1] is None:
                continue
            stems = [
                stems_of(one.words(clause.sentence))
                for one, clause in zip((a, b), sentences, strict=True)
                if clause
            ]
            inside = [
                [
                    name
                    for name, span in one.places
                    if clause.sentence.start <= span.start < clause.sentence.end
                ]
                for one, clause in zip((a, b), sentences, strict=True)
                if clause
            ]
            apart = set(inside[0]) ^ set(inside[1])
            if apart != {key, other} or not _one_place(
                a, mine, b, theirs, stems[0] & stems[1] - ground.common, ground.quote
            ):
                continue
            shared = words_of(a.words(sentences[0].sentence), stems[0] & stems[1])
            yield Apart("place", mine, theirs, (key, other), f"where ({shared})")


def _one_place(
    a: Account, mine: Span, b: Account, theirs: Span, shared: frozenset[str], quote: tuple[Span, Span] | None
) -> bool:
    """Whether two sentences tell where one thing was: with many of the same words; or with "at" in both,
    and a quotation that both give near, or a ship or person that few name."""
    if len(shared) >= SAME_SENTENCE:
        return True
    befores = [
        one.document.text[max(0, span.start - 8) : span.start].split()[-1:]
        for one, span in ((a, mine), (b, theirs))
    ]
    if not all(before and before[0] in ("at", "near") for before in befores):
        return False
    rare = {stem(word) for word in a.rare & b.rare}
    if len(shared & rare) and len(shared) >= SAME_EVENT:
        return True
    return (
        quote is not None
        and len(shared) > 0
        and all(
            _is_near_quote(one, span, said)
            for one, span, said in ((a, mine, quote[0]), (b, theirs, quote[1]))
        )
    )


def _is_near_quote(account: Account, span: Span, quote: Span) -> bool:
    here, there = account.told.clause_at(span.start), account.told.clause_at(quote.start)
    return here is not None and there is not None and abs(here.number - there.number) <= NEAR_QUOTE


def _share_word(one: str, other: str) -> bool:
    return bool(set(one.split()) & set(other.split()))


def _is_only(name: str, account: Account) -> bool:
    """Whether the other account does not speak of the place at all."""
    return name not in account.folded
