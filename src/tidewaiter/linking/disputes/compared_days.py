"""Days on which two accounts of one thing disagree."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.linking.disputes.accounts import Account, Happened
from tidewaiter.linking.disputes.comparing import NEAR_QUOTE, SAME_EVENT, Apart, Ground
from tidewaiter.linking.texts.clauses import stems_of
from tidewaiter.linking.texts.stems import stem, words_of
from tidewaiter.linking.texts.values import Moment, day_of, do_differ
from tidewaiter.model import Span

SAID_AGAIN = 7
"""Days after which the same words are said anew rather than the day mistaken."""
NEAR_DAYS = 45
"""Days from which on two events are two; a month mistaken lies within."""


def saying_days(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """The day on which the shared words were said."""
    quote = ground.quote
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
    """Whether both give the quotation to one speaker; where that was not read, whether a name stands around
    it in both."""
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


def event_days(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """The day of one event, of which each account gives one.  Both have to name beside it a ship, person or
    village that few reports name: ships arrive and councils meet on many days."""
    named = {stem(word) for word in a.rare & b.rare} - ground.common
    if not named:
        return
    for mine in a.happened:
        for theirs in b.happened:
            if mine.cue is None or theirs.cue is None or mine.cue.value != theirs.cue.value:
                continue
            if not _may_be_one_day(a, mine.moment, b, theirs.moment):
                continue
            shared = (_sentence(a, mine) & _sentence(b, theirs)) - {
                stem(a.words(mine.cue.span)),
                stem(b.words(theirs.cue.span)),
            }
            if len(shared) < SAME_EVENT or not shared & named:
                continue
            if _days_of(a, mine) != 1 or _days_of(b, theirs) != 1:
                continue
            about = f"when: “{a.words(mine.cue.span)}” ({words_of(a.words(mine.clause.sentence), shared)})"
            yield Apart(
                "date", mine.moment.span, theirs.moment.span, _keys(a, mine.moment, b, theirs.moment), about
            )


def _may_be_one_day(a: Account, mine: Moment, b: Account, theirs: Moment) -> bool:
    """Whether two days, or two months, differ and are so near that one may stand for the other.  A weekday
    tells nothing where it is not known when the report came out."""
    if not do_differ(mine, theirs, (a.document.published, b.document.published)):
        return False
    days = day_of(mine, a.document.published), day_of(theirs, b.document.published)
    if days[0] and days[1]:
        return abs((days[0] - days[1]).days) <= NEAR_DAYS
    if mine.weekday is not None or theirs.weekday is not None:
        return False
    is_like = (mine.month is None, mine.day is None) == (theirs.month is None, theirs.day is None)
    return is_like and (mine.year is None) == (theirs.year is None)


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


def told_days(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """The one day that each retelling gives beside the quotation for what it is about."""
    quote = ground.quote
    if quote is None or not _same_speaker(a, b, quote):
        return
    found = [_told_days(account, span) for account, span in zip((a, b), quote, strict=True)]
    if len(found[0]) != 1 or len(found[1]) != 1:
        return
    mine, theirs = found[0][0], found[1][0]
    shared = _sentence(a, mine) & _sentence(b, theirs)
    if (
        do_differ(mine.moment, theirs.moment, (a.document.published, b.document.published))
        and len(shared) >= SAME_EVENT
    ):
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
