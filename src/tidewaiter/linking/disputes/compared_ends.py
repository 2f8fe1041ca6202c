"""Who gives and who takes, and what became of it, where two accounts of one thing disagree."""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.linking.disputes.accounts import Account
from tidewaiter.linking.disputes.comparing import Apart, Ground
from tidewaiter.linking.disputes.outcomes import THEN, thing
from tidewaiter.linking.texts.stems import stem, words_of

SAME_OUTCOME = 2
"""Words around two outcomes that both accounts have."""


def roles(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """Who gives in one account and takes in the other."""
    quote = ground.quote
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


def outcomes(a: Account, b: Account, ground: Ground) -> Iterator[Apart]:
    """What became of one thing, told in two ways that cannot both be.  Without a quotation that both give, a
    ship, person or village has to be named beside it in both: one cargo may be seized and another arrive."""
    quote = ground.quote
    told = {cue.value for cue, _ in a.outcomes}, {cue.value for cue, _ in b.outcomes}
    named = {stem(word) for word in a.rare & b.rare}
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
            is_thing = any(a.cues.is_thing(one) for one in shared) and bool(shared & named)
            if len(shared) >= SAME_OUTCOME and (quote is not None or is_thing):
                about = f"what became of it ({words_of(a.words(clause.sentence), shared)})"
                yield Apart("outcome", mine.span, theirs.span, (mine.value, theirs.value), about)
                return
