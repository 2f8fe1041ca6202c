"""What analysts decided, as a row shows it: remarks on what was read, and the reliability of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tidewaiter.model import Position, PositionClaim, Rating, RowRemark, SourceRating
from tidewaiter.register.sources import Member, Sources

NOT_JUDGED = "6"
"""Credibility that nobody has judged (NATO STANAG 2511: truth cannot be judged)."""

OUTLET, ACTOR, SPEAKER = "outlet", "actor", "speaker"


def remarks_on(sources: Sources, members: Iterable[Member]) -> tuple[RowRemark, ...]:
    """What judgements say of the reported transfers of a row, in the order of its members."""
    found = []
    for document, reported in members:
        for one in sources.remarks.get(document, ()):
            if one.transfer != reported:
                continue
            trigger = sources.transfer((document, reported)).anchors.get("trigger", ())
            citation = sources.cite(document, one.spans) or sources.cite(document, trigger)
            if citation is not None:
                found.append(RowRemark(one.judgement, reported, one.about, one.text, citation))
    return tuple(found)


# ------------------------------------------------------------------------------------ reliability

Ratings = Mapping[tuple[str, str], SourceRating]


def rated_by_analysts(sources: Sources, positions: Sequence[Position]) -> tuple[Position, ...]:
    """The positions with the reliability that analysts give their sources; where they give none, it stays
    as it is.

    What is said of a named speaker comes before what is said of the actor, and that before what is said of
    the outlet that reports it.
    """
    ratings = {(one.source, one.name): one for one in sources.ratings}
    if not ratings:
        return tuple(positions)
    return tuple(
        replace(position, claims=tuple(_rated(sources, ratings, position, one) for one in position.claims))
        for position in positions
    )


def _rated(sources: Sources, ratings: Ratings, position: Position, claim: PositionClaim) -> PositionClaim:
    outlet = sources.documents[claim.document].outlet
    keys = ((SPEAKER, claim.speaker.name), (ACTOR, position.actor), (OUTLET, outlet))
    found = next((ratings[kind, name] for kind, name in keys if name and (kind, name) in ratings), None)
    if found is None:
        return claim
    former = claim.rating
    why = f"rated {found.reliability} as {found.source} {found.name} by {found.words}"
    if former is None:
        return replace(
            claim, rating=Rating(found.reliability, NOT_JUDGED, why, "nobody has judged what is said")
        )
    own = f"{why}; the program itself found {former.reliability}: {former.reliability_why}"
    return replace(claim, rating=replace(former, reliability=found.reliability, reliability_why=own))
