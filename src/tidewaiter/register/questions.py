"""What nobody in the case has confirmed or told.  Where nothing is open, nothing is said."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter import edtf
from tidewaiter.model import (
    STAGE_ORDER,
    Citation,
    OpenQuestion,
    Position,
    PositionClaim,
    Route,
    Stage,
    Stance,
)
from tidewaiter.register.cells import figure_text, has_figure
from tidewaiter.register.positions import furthest
from tidewaiter.register.sources import Member, Sources, distinct
from tidewaiter.register.years import safe, safe_bounds


def open_questions(
    sources: Sources,
    members: Sequence[Member],
    positions: Sequence[Position],
    route: Route | None,
    stage: Stage,
) -> tuple[OpenQuestion, ...]:
    """The open questions of one row, in a fixed order."""
    asserted = [claim for one in positions for claim in one.claims if claim.stance == Stance.ASSERTS]
    as_of = last_day(sources, members)
    found = [
        _receipt(asserted, stage, as_of),
        _single_figure(positions, as_of),
        *_unanswered(positions, asserted, as_of),
        _no_route(sources, members, route, stage, as_of),
    ]
    return tuple(one for one in found if one is not None)


def last_day(sources: Sources, members: Sequence[Member]) -> str:
    """The day of the last report on the transfer, but not after the register's own; the register's
    where no report has a day.  What is open is open as of what could be read."""
    days = [safe_bounds(sources.published[document]).latest for document, _ in members]
    known = [day.isoformat() for day in days if day is not None]
    return min(max(known), sources.as_of) if known else sources.as_of


def _receipt(asserted: Sequence[PositionClaim], told: Stage, as_of: str) -> OpenQuestion | None:
    """No speaker says more than that it was on its way; ``told`` is how far the reports themselves go."""
    reached = furthest(claim.stage for claim in asserted)
    if reached is None or STAGE_ORDER[reached] > STAGE_ORDER[Stage.SHIPPED]:
        return None
    cited = distinct(claim.citation for claim in asserted if claim.stage == reached)
    if STAGE_ORDER[told] > STAGE_ORDER[Stage.SHIPPED]:
        text = f"receipt not confirmed by any speaker as of {as_of}; reported as {told}"
    elif reached is Stage.SHIPPED:
        text = f"receipt not confirmed by anyone as of {as_of}"
    else:
        text = f"shipment and receipt not confirmed by anyone as of {as_of}; said to be {reached}"
    return OpenQuestion("receipt", text, as_of, cited)


def _single_figure(positions: Sequence[Position], as_of: str) -> OpenQuestion | None:
    """A figure that one side alone gives."""
    givers = [one for one in positions if any(has_figure(claim.quantity) for claim in one.claims)]
    if len(givers) != 1:
        return None
    claims = [claim for claim in givers[0].claims if has_figure(claim.quantity)]
    figures = dict.fromkeys(figure_text(claim.quantity) for claim in claims if claim.quantity is not None)
    return OpenQuestion(
        "quantity_single_origin",
        f"the figure ({', '.join(figures)}) comes from {givers[0].label} alone as of {as_of}",
        as_of,
        distinct(claim.citation for claim in claims),
    )


def _unanswered(
    positions: Sequence[Position], asserted: Sequence[PositionClaim], as_of: str
) -> list[OpenQuestion]:
    """Denials after which nobody has asserted the transfer again, where the days tell."""
    found = []
    for one in positions:
        denials = [claim for claim in one.claims if claim.stance == Stance.DENIES and safe(claim.said_on)]
        others = [claim for claim in asserted if claim not in one.claims]
        if not denials or not others:
            continue
        last = max(denials, key=lambda claim: (edtf.sort_key(claim.said_on), claim.document, claim.claim))
        if all(_is_before(claim, last) for claim in others):
            text = f"{one.label}'s denial of {last.said_on} not answered by anyone as of {as_of}"
            found.append(OpenQuestion("denial_unanswered", text, as_of, _cited(last)))
    return found


def _cited(claim: PositionClaim) -> tuple[Citation, ...]:
    return (claim.citation,)


def _is_before(claim: PositionClaim, denial: PositionClaim) -> bool:
    day = safe(claim.said_on) or safe(claim.published)
    return edtf.is_certainly_before(day, denial.said_on) is True


def _no_route(
    sources: Sources, members: Sequence[Member], route: Route | None, stage: Stage, as_of: str
) -> OpenQuestion | None:
    """Goods said to have moved, and nobody says which way."""
    if route is not None or STAGE_ORDER[stage] < STAGE_ORDER[Stage.SHIPPED]:
        return None
    holders = [member for member in members if sources.transfer(member).stage == stage]
    cited = sources.cite_field(holders, "stage", "trigger")
    return OpenQuestion("route", f"route named by nobody as of {as_of}", as_of, cited)
