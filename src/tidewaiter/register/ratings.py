"""An Admiralty Code for each claim: source and information judged apart, never mixed.

NATO STANAG 2511, AJP-2.1: reliability A (completely reliable) to E (unreliable), F (cannot be judged);
credibility 1 (confirmed by other sources), 2 (probably true), 3 (possibly true), 4 (doubtful), 5
(improbable), 6 (cannot be judged).  Reliability comes from a table by kind of source, credibility from what
the row's other origins say.  A transfer has no rating: only claims have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.knowledge import Knowledge, Row
from tidewaiter.model import AGAINST, Position, PositionClaim, Rating, Stance
from tidewaiter.register.holders import Holder, Nature
from tidewaiter.register.origins import Weighed
from tidewaiter.register.sources import between
from tidewaiter.register.standings import INDEPENDENT, Judged

LETTERS = "ABCDE"
UNJUDGED_SOURCE, UNJUDGED = "F", "6"
MANY = 2
"""Independent origins against a denial from which on it is improbable: one may err, two that do not know
of one another hardly the same way."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the credibility of one claim rests on."""

    own: Judged | None  # the origin that an assertion goes back to
    others: int  # independent origins that assert it besides
    labels: tuple[str, ...]  # who they are
    deniers: tuple[str, ...]  # who else denies it
    is_party: bool
    turned: bool  # the same actor later said the opposite


def rated(
    positions: Sequence[Position], weighed: Weighed, parties: frozenset[str], tables: Knowledge
) -> tuple[Position, ...]:
    """The positions with a rating on each claim.  ``parties``: codes of supplier and recipient."""
    return tuple(
        replace(
            position,
            claims=tuple(
                replace(claim, rating=_rating(claim, position, positions, weighed, parties, tables))
                for claim in position.claims
            ),
        )
        for position in positions
    )


def _rating(
    claim: PositionClaim,
    position: Position,
    positions: Sequence[Position],
    weighed: Weighed,
    parties: frozenset[str],
    tables: Knowledge,
) -> Rating:
    own = weighed.by_claim.get((claim.document, claim.claim))
    holder = weighed.holders[claim.document, claim.claim]
    is_party = holder.key in parties
    others = _others(weighed, holder)
    facts = _Facts(
        own=own,
        others=sum(one.counts for one in others),
        labels=tuple(one.candidate.holder.label for one in others),
        deniers=tuple(
            one.label
            for one in positions
            if one is not position and any(each.stance is Stance.DENIES for each in one.claims)
        ),
        is_party=is_party,
        turned=_has_turned(claim, position),
    )
    letter, why = reliability(claim, position, holder, is_party, tables)
    number, ground = credibility(claim.stance, facts)
    return Rating(letter, number, why, ground)


def _others(weighed: Weighed, holder: Holder) -> list[Judged]:
    return [one for key, one in weighed.judged.items() if one.standing == INDEPENDENT and key != holder.key]


def _has_turned(claim: PositionClaim, position: Position) -> bool:
    """Whether the same actor certainly later took back what this claim says: a report that tells a denial
    again without its day is no second denial."""
    opposite = {Stance.ASSERTS: Stance.DENIES, Stance.DENIES: Stance.ASSERTS}.get(claim.stance)
    said = safe(claim.said_on) or between(None, claim.published)
    return any(
        edtf.is_certainly_before(said, safe(one.said_on)) is True
        for one in position.claims
        if one.stance is opposite
    )


# ------------------------------------------------------------------------------------ the source


@lru_cache(maxsize=4)
def _letters(tables: Knowledge) -> Mapping[str, Row]:
    return {row["key"].casefold(): row for row in tables.table("source_reliability")}


def by_table(names: Sequence[str], nature: str, tables: Knowledge) -> Row | None:
    """What the table says of a source: first by one of its names, else by its kind; None: nothing."""
    table = _letters(tables)
    rows = (table.get(name.casefold()) for name in names)
    return next((row for row in rows if row is not None), None) or table.get(nature)


def reliability(
    claim: PositionClaim, position: Position, holder: Holder, is_party: bool, tables: Knowledge
) -> tuple[str, str]:
    """Letter and reason: by the table, first by the holder's name or code, else by its kind; lower for a
    party in its own interest, for who is not named, for who went back on this transfer before."""
    row = by_table((holder.label, holder.key), holder.nature, tables)
    if row is None or row["letter"] not in LETTERS:
        return UNJUDGED_SOURCE, f"F: nothing is known of {holder.label} as a source"
    step, reasons = LETTERS.index(row["letter"]), [f"{holder.label} is {row['reason']} ({row['letter']})"]
    if is_party and claim.stance in AGAINST:
        step += 1
        reasons.append("lowered, as a party to the transfer speaks in its own interest")
    if claim.speaker.name is None and claim.speaker.role is not None and holder.nature is not Nature.UNNAMED:
        step += 1
        reasons.append("lowered, as the speaker is not named")
    if any(_has_turned(one, position) for one in position.claims):
        step += 1
        reasons.append("lowered, as it has gone back on its own word on this transfer")
    letter = LETTERS[min(step, len(LETTERS) - 1)]
    return letter, f"{letter}: {'; '.join(reasons)}"


# ------------------------------------------------------------------------------------ the information


def credibility(stance: Stance, facts: _Facts) -> tuple[str, str]:
    """Figure and reason."""
    if stance is Stance.ASSERTS:
        number, why = _of_assertion(facts)
    elif stance is Stance.DECLINES:
        number, why = UNJUDGED, "says nothing that could be true or false"
    else:
        number, why = _of_denial(facts)
    return number, f"{number}: {why}"


def _of_assertion(facts: _Facts) -> tuple[str, str]:
    if facts.turned:
        return "5", "the same actor later denies it"
    if facts.others:
        is_first_hand = facts.own is not None and facts.own.standing == INDEPENDENT
        besides = "" if is_first_hand else "; it is not known whether this one knows it for itself"
        return "1", f"confirmed by {_origins(facts.others)} besides: {', '.join(facts.labels)}{besides}"
    if facts.own is None or facts.own.standing != INDEPENDENT:
        return UNJUDGED, "nothing tells how it is known, and nobody else is known to say it for themselves"
    if facts.is_party:
        return "2", f"a party to the transfer says so of itself; nobody else confirms it{_denied(facts)}"
    has_ground = bool(facts.own.candidate.grounds)
    ground = "with a ground of its own" if has_ground else "without a ground"
    number = 2 + (not has_ground) + bool(facts.deniers)
    return str(number), f"said {ground}; no other independent origin{_denied(facts)}"


def _of_denial(facts: _Facts) -> tuple[str, str]:
    if facts.turned:
        return "5", "the same actor later says that it happened"
    interest = ", and denies in its own interest as a party" if facts.is_party else ""
    if facts.others >= MANY:
        return "5", f"{_origins(facts.others)} say otherwise: {', '.join(facts.labels)}{interest}"
    if facts.others:
        number = "4" if facts.is_party else "3"
        return number, f"{_origins(1)} says otherwise: {', '.join(facts.labels)}{interest}"
    return UNJUDGED, f"nobody is known to say first-hand what it denies{interest}"


def _denied(facts: _Facts) -> str:
    return f"; denied by {', '.join(facts.deniers)}" if facts.deniers else "; denied by nobody"


def _origins(number: int) -> str:
    return f"{number} independent origin{'' if number == 1 else 's'}"
