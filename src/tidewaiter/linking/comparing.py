"""The rules by which two accounts of one thing are held against each other, value by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tidewaiter.linking.accounts import Account, Happened
from tidewaiter.linking.clauses import stems_of
from tidewaiter.linking.replaced import folded
from tidewaiter.linking.outcomes import THEN, thing
from tidewaiter.linking.sounds import are_one
from tidewaiter.linking.stems import stem, words_of
from tidewaiter.linking.values import Figure, Moment, agree, day_of, do_differ
from tidewaiter.model import Span

Quote = tuple[Span, Span] | None
"""The quotation that two accounts share; None where they are accounts of different origin."""

NEAR_QUOTE = 2
"""Sentences around a shared quotation that belong to the same act of saying."""
SAID_AGAIN = 7
"""Days after which the same words are said anew rather than the day mistaken."""
SAME_EVENT = 2
"""Words that tell something, shared by two clauses on one kind of event, that make it one event."""
SAME_FIGURE = 2
"""Words and other figures told with the same goods in both that make it the same goods."""
SAME_SENTENCE = 5
"""The same for two sentences that tell where something happened."""
SAME_OUTCOME = 2

_TO_COME = re.compile(
    r"\b(?:will|would|shall|plan\w*|order\w*|want\w*|ask\w*|request\w*|may|could|promis\w*|pledg\w*)\b", re.I
)
_CARRIER = re.compile(
    r"\b(?:ship|vessel|freighter|dhow|tanker|ferry|barge|trawler|coaster|carrier|boat)s?,? (?:the |named |called )?[\"“']?"
    r"(?P<name>[^\W\d_a-z][\w’-]*(?: (?:[^\W\d_a-z][\w’-]*|\d+))*)"
)

_PREFIX = re.compile(r"^(?:M/?V|M/?S|M/?T|S/?S|MSC) ")


class Apart(NamedTuple):
    """Two places, one in each account, that disagree."""

    kind: str
    a: Span
    b: Span
    keys: tuple[str, str]
    about: str


def saying_days(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
    """The day on which the shared words were said."""
    if quote is None:
        return
    days = [_said_on(account, span) for account, span in zip((a, b), quote, strict=True)]
    if not _same_speaker(a, b, quote):
        return
    if (
        days[0]
        and days[1]
        and _are_near(a, days[0], b, days[1])
        and do_differ(days[0], days[1], (a.document.published, b.document.published))
    ):
        yield Apart(
            "date", days[0].span, days[1].span, _keys(a, days[0], b, days[1]), "the day on which it was said"
        )


def _said_on(account: Account, quote: Span) -> Moment | None:
    """The one day in the sentence of the quotation, else in the sentence before or after it; not within the
    quotation."""
    clause = account.told.clause_at(quote.start)
    if clause is None:
        return None
    for numbers in ((clause.number,), (clause.number - 1, clause.number + 1)):
        near = [
            one.moment
            for one in account.happened
            if one.clause.number in numbers
            and (one.moment.weekday is not None or one.moment.is_day)
            and not quote.start <= one.moment.span.start < quote.end
        ]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _same_speaker(a: Account, b: Account, quote: tuple[Span, Span]) -> bool:
    """Whether both give the quotation to one speaker; where that was not read, whether a name stands around it
    in both."""
    told = [account.speaker_at(span) for account, span in ((a, quote[0]), (b, quote[1]))]
    if told[0] and told[1]:
        return told[0] == told[1]
    around = [
        {
            word
            for name, spans in account.names.items()
            for span in spans
            if (at := account.told.clause_at(span.start))
            and clause
            and abs(at.number - clause.number) <= NEAR_QUOTE
            for word in name.split()
            if word in account.rare
        }
        for account, span in ((a, quote[0]), (b, quote[1]))
        for clause in (account.told.clause_at(span.start),)
    ]
    return bool(around[0] & around[1])


def _are_near(a: Account, first: Moment, b: Account, second: Moment) -> bool:
    """Whether two days are so near that one may stand for the other; else the words were said twice."""
    days = day_of(first, a.document.published), day_of(second, b.document.published)
    return days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= SAID_AGAIN


def event_days(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
    """The day of one event, of which each account gives one."""
    for mine in a.happened:
        for theirs in b.happened:
            if mine.cue is None or theirs.cue is None or mine.cue.value != theirs.cue.value:
                continue
            if not do_differ(mine.moment, theirs.moment, (a.document.published, b.document.published)):
                continue
            shared = (_sentence(a, mine) & _sentence(b, theirs)) - {
                stem(a.words(mine.cue.span)),
                stem(b.words(theirs.cue.span)),
            }
            if len(shared) < SAME_EVENT:
                continue
            if _days_of(a, mine) != 1 or _days_of(b, theirs) != 1:
                continue
            about = f"when: “{a.words(mine.cue.span)}” ({words_of(a.words(mine.clause.sentence), shared)})"
            yield Apart(
                "date", mine.moment.span, theirs.moment.span, _keys(a, mine.moment, b, theirs.moment), about
            )


def _sentence(account: Account, one: Happened) -> frozenset[str]:
    """What the sentence is about, its days left out."""
    days = {
        stem(word)
        for moment in account.told.moments
        if one.clause.sentence.start <= moment.span.start < one.clause.sentence.end
        for word in account.words(moment.span).split()
    }
    return stems_of(account.words(one.clause.sentence)) - days


def _days_of(account: Account, one: Happened) -> int:
    """How many days the account gives for that kind of event."""
    return len(
        {
            _key(account, other.moment)
            for other in account.happened
            if other.cue is not None and one.cue is not None and other.cue.value == one.cue.value
        }
    )


def _key(account: Account, moment: Moment) -> str:
    day = day_of(moment, account.document.published)
    return str(day) if day else repr((moment.year, moment.month, moment.day, moment.weekday))


def _keys(a: Account, first: Moment, b: Account, second: Moment) -> tuple[str, str]:
    return _key(a, first), _key(b, second)


def told_days(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
    """The one day that each retelling gives beside the quotation for what it is about."""
    if quote is None or not _same_speaker(a, b, quote):
        return
    found = [_told_days(account, span) for account, span in zip((a, b), quote, strict=True)]
    if len(found[0]) != 1 or len(found[1]) != 1:
        return
    mine, theirs = found[0][0], found[1][0]
    shared = _sentence(a, mine) & _sentence(b, theirs)
    if do_differ(mine.moment, theirs.moment, (a.document.published, b.document.published)) and len(shared) >= SAME_EVENT:
        keys = _keys(a, mine.moment, b, theirs.moment)
        about = f"when ({words_of(a.words(mine.clause.sentence), shared)})"
        yield Apart("date", mine.moment.span, theirs.moment.span, keys, about)


def _told_days(account: Account, quote: Span) -> list[Happened]:
    clause = account.told.clause_at(quote.start)
    return [
        one
        for one in account.happened
        if clause is not None
        and abs(one.clause.number - clause.number) <= NEAR_QUOTE
        and one.moment.weekday is None
        and one.moment.month is not None
    ]


# ------------------------------------------------------------------------------------ figures


def counts(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
    """How many of one kind of goods, of which each account gives one figure."""
    ours, theirs = _by_unit(a, quote and quote[0]), _by_unit(b, quote and quote[1])
    for unit in sorted(ours):
        for other in sorted(theirs):
            if unit != other and (quote is None or not _is_kind(a, unit, other)):
                continue
            mine, held = ours[unit], theirs[other]
            if len({one.value for one in mine}) != 1 or len({one.value for one in held}) != 1:
                continue
            if any(
                agree(x, y)
                for x in a.figures
                for y in b.figures
                if x in mine or y in held
                if x.unit == y.unit
            ):
                continue
            if any(agree(x, y) for x in mine for y in held) or not _comparable(a, mine[0], b, held[0], quote):
                continue
            about = f"how many: {' '.join(a.words(Span(mine[0].digits.end, mine[0].span.end)).split())}"
            yield Apart("number", mine[0].span, held[0].span, (str(mine[0].value), str(held[0].value)), about)


def _by_unit(account: Account, quote: Span | None) -> dict[str, list[Figure]]:
    """The exact figures of the account, near the quotation where there is one, by what they count."""
    clause = account.told.clause_at(quote.start) if quote else None
    found: dict[str, list[Figure]] = {}
    for one in account.figures:
        at = account.told.clause_at(one.digits.start)
        is_near = clause is None or (at is not None and abs(at.number - clause.number) <= NEAR_QUOTE)
        if is_near and one.unit.isalpha() and one.value > 1 and one.unit not in account.cues.money:
            found.setdefault(one.unit, []).append(one)
    return {
        unit: figures
        for unit, figures in found.items()
        if quote is not None or not any(one.is_rough for one in figures)
    }


def _is_kind(account: Account, unit: str, other: str) -> bool:
    kinds = account.cues.kinds.get(unit), account.cues.kinds.get(other)
    return kinds[0] is not None and kinds[0] == kinds[1]


def _comparable(a: Account, mine: Figure, b: Account, theirs: Figure, quote: Quote) -> bool:
    """Whether both are of things to come or both of things done, and neither of a part."""
    texts = [
        "" if (clause := account.told.clause_at(one.digits.start)) is None else clause.text
        for account, one in ((a, mine), (b, theirs))
    ]
    if (_TO_COME.search(texts[0]) is None) != (_TO_COME.search(texts[1]) is None):
        return False
    if any(
        re.search(
            rf"(?<![\d.,]){value:,}(?![\d]|[.,]\d)|(?<![\d.,]){value}(?![\d]|[.,]\d)", account.document.text
        )
        for account, value in ((a, theirs.value), (b, mine.value))
    ):
        return False
    shared = _around(texts[0], mine) & _around(texts[1], theirs)
    if len(shared - {mine.unit, theirs.unit}) < (SAME_FIGURE if quote is None else 1):
        return False
    around = [
        account.document.text[max(0, one.digits.start - 12) : one.span.end]
        for account, one in ((a, mine), (b, theirs))
    ]
    return quote is not None or not any(a.cues.has("other", text) for text in around)


def _around(text: str, figure: Figure) -> frozenset[str]:
    """What is told with a figure: words that tell something, and other figures."""
    return stems_of(text) | {one for one in re.findall(r"\d+", text) if one != str(figure.value)}


# ------------------------------------------------------------------------------------ names, places


def full_names(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
    """One surname with two first names, where each account has one bearer of it, who speaks or holds an office.
    Two spellings of one sound are no discrepancy: names are transcribed as everybody likes."""
    for first in sorted(a.names):
        for second in sorted(b.names):
            x, y = first.split(), second.split()
            if len(x) < 2 or len(x) != len(y) or first in b.names or second in a.names:
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
    if name.split()[-1] in account.speakers:
        return True
    before = account.document.text[max(0, account.names[name][0].start - 25) : account.names[name][0].start]
    return any(
        account.cues.is_one("rank", word) for word in re.findall(r"[^\W\d_]+", before.rpartition("\n")[2])
    )


def _bearers(account: Account, name: list[str]) -> int:
    """Names of several words in the account that end in the same word."""
    return sum(one.split()[-1] == name[-1] for one in account.names if " " in one)


def vessels(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
    """The name of the one ship that each account names."""
    found = [
        {
            folded(_PREFIX.sub("", match["name"])): Span(*match.span("name"))
            for match in _CARRIER.finditer(one.document.text)
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


def places(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
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
            if apart != {key, other} or not _one_place(a, mine, b, theirs, stems[0] & stems[1], quote):
                continue
            shared = words_of(a.words(sentences[0].sentence), stems[0] & stems[1])
            yield Apart("place", mine, theirs, (key, other), f"where ({shared})")


def _one_place(
    a: Account, mine: Span, b: Account, theirs: Span, shared: frozenset[str], quote: Quote
) -> bool:
    """Whether two sentences tell where one thing was: with many of the same words; or with "at" in both, and a
    quotation that both give near, or a ship or person that few name."""
    if len(shared) >= SAME_SENTENCE:
        return True
    befores = [one.document.text[max(0, span.start - 8) : span.start].split()[-1:] for one, span in ((a, mine), (b, theirs))]
    if not all(before and before[0] in ("at", "near") for before in befores):
        return False
    rare = {stem(word) for word in a.rare & b.rare}
    if len(shared & rare) and len(shared) >= SAME_EVENT:
        return True
    return quote is not None and len(shared) > 0 and all(
        _is_near_quote(one, span, said) for one, span, said in ((a, mine, quote[0]), (b, theirs, quote[1]))
    )


def _is_near_quote(account: Account, span: Span, quote: Span) -> bool:
    here, there = account.told.clause_at(span.start), account.told.clause_at(quote.start)
    return here is not None and there is not None and abs(here.number - there.number) <= NEAR_QUOTE


def _share_word(one: str, other: str) -> bool:
    return bool(set(one.split()) & set(other.split()))


def _is_only(name: str, account: Account) -> bool:
    """Whether the other account does not speak of the place at all."""
    return name not in account.folded


# ------------------------------------------------------------------------------------ direction, outcome


def roles(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
    """Who gives in one account and takes in the other."""
    for mine in a.roles:
        for theirs in b.roles:
            if mine.way == theirs.way or len(mine.party & theirs.party) < 2:
                continue
            if any(one.way == theirs.way and len(one.party & mine.party) > 1 for one in a.roles):
                continue
            if any(one.way == mine.way and len(one.party & theirs.party) > 1 for one in b.roles):
                continue
            if (quote is None and not _goods(a) & _goods(b)) or any(
                one.cues.has("return", one.document.text) for one in (a, b)
            ):
                continue
            about = f"who gives and who takes: {words_of(a.words(mine.span), mine.party & theirs.party)}"
            yield Apart("direction", mine.span, theirs.span, (mine.way, theirs.way), about)
            return


def _goods(account: Account) -> frozenset[str]:
    return frozenset(one for one in account.told.stems if one in account.cues.kinds) | frozenset(
        one.unit for one in account.figures
    )


def outcomes(a: Account, b: Account, quote: Quote) -> Iterator[Apart]:
    """What became of one thing, told in two ways that cannot both be."""
    told = {cue.value for cue, _ in a.outcomes}, {cue.value for cue, _ in b.outcomes}
    for mine, clause in a.outcomes:
        for theirs, other in b.outcomes:
            if (
                (mine.value, theirs.value) not in a.cues.against
                or mine.value in told[1]
                or theirs.value in told[0]
            ):
                continue
            if THEN.search(clause.text) or THEN.search(other.text):
                continue
            shared = thing(a.told, mine) & thing(b.told, theirs)
            is_thing = any(a.cues.is_thing(one) for one in shared)
            if len(shared) >= SAME_OUTCOME and (quote is not None or is_thing):
                about = f"what became of it ({words_of(a.words(clause.sentence), shared)})"
                yield Apart("outcome", mine.span, theirs.span, (mine.value, theirs.value), about)
                return
