"""What nobody in the case has confirmed or told.  Where nothing is open, nothing is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter import edtf
from tidewaiter.edtf import safe, safe_bounds
from tidewaiter.model import (
    STAGE_ORDER,
    Citation,
    OpenQuestion,
    Position,
    PositionClaim,
    ReportedTransfer,
    Route,
    Stage,
    Stance,
)
from tidewaiter.register.positions import furthest
from tidewaiter.register.sources import Member, Sources, distinct
from tidewaiter.wording import figure_words, is_count, spoken


def open_questions(
    sources: Sources, members: Sequence[Member], positions: Sequence[Position], route: Route | None
) -> tuple[OpenQuestion, ...]:
    """The open questions of one row, in a fixed order."""
    asserted = _taking(positions, Stance.ASSERTS)
    told = [sources.transfer(member) for member in members]
    as_of = last_day(sources, members)
    found = [
        _receipt(sources, told, positions, as_of),
        _single_figure(positions, as_of),
        *_unanswered(positions, asserted, as_of),
        _no_route(asserted, _taking(positions, Stance.DENIES, Stance.DOUBTS), route, as_of),
    ]
    return tuple(one for one in found if one is not None)


def last_day(sources: Sources, members: Sequence[Member]) -> str | None:
    """The day of the last report on the transfer, but not after the register's own; None where no
    report has a day.  What is open is open as of what could be read."""
    day = last_report(sources, members)
    return None if day is None else min(day, sources.as_of)


def last_report(sources: Sources, members: Iterable[Member]) -> str | None:
    """ISO day of the last report on the transfer; None where no report has a day."""
    days = [safe_bounds(sources.published[document]).latest for document, _ in members]
    return max((day.isoformat() for day in days if day is not None), default=None)


def _until(as_of: str | None) -> str:
    return "in these undated reports" if as_of is None else f"as of {spoken(as_of)}"


def _taking(positions: Sequence[Position], *stances: Stance) -> list[PositionClaim]:
    return [claim for one in positions for claim in one.claims if claim.stance in stances]


# ------------------------------------------------------------------------------------ receipt


def _receipt(
    sources: Sources, told: Sequence[ReportedTransfer], positions: Sequence[Position], as_of: str | None
) -> OpenQuestion | None:
    """Whether anybody says that the goods arrived, and whether that is more than the accusation."""
    asserted = _taking(positions, Stance.ASSERTS)
    reached = furthest(claim.stage for claim in asserted)
    if reached is None:
        return None
    cited = distinct(claim.citation for claim in asserted if claim.stage is reached)
    if _has_arrived(reached):
        text = _accused(sources, told[0], positions)
    else:
        text = _not_arrived(reached, furthest(row.stage for row in told))
    return None if text is None else OpenQuestion("receipt", f"{text} {_until(as_of)}", as_of, cited)


def _has_arrived(stage: Stage | None) -> bool:
    return stage in (Stage.DELIVERED, Stage.USED)


def _not_arrived(reached: Stage, told: Stage | None) -> str:
    """No speaker says more than ``reached``; ``told`` is how far the reports themselves go."""
    if _has_arrived(told):
        return f"receipt not confirmed by any speaker, though reported as {told},"
    if told is not None and STAGE_ORDER[told] > STAGE_ORDER[reached]:
        return f"no speaker says more than that it is {reached}, though reported as {told},"
    if reached is Stage.SHIPPED:
        return "receipt not confirmed by anyone"
    return f"said to be {reached}, that it went further is told by nobody"


def _accused(sources: Sources, row: ReportedTransfer, positions: Sequence[Position]) -> str | None:
    """Arrival that is denied, and told by others than the one who is to have received."""
    denying = [one for one in positions if any(claim.stance is Stance.DENIES for claim in one.claims)]
    saying = [one for one in positions if _says_arrived(one)]
    if not denying or row.recipient is None or any(one.actor == row.recipient for one in saying):
        return None
    told, denied = (", ".join(one.label for one in side) for side in (saying, denying))
    if any(one.actor == row.recipient for one in denying):
        return f"receipt told by {told}, denied by {denied}: not settled"
    recipient = sources.label(row.recipient)
    return (
        f"receipt told by {told}, not confirmed by {recipient}, the transfer denied by {denied}: not settled"
    )


def _says_arrived(position: Position) -> bool:
    return any(claim.stance is Stance.ASSERTS and _has_arrived(claim.stage) for claim in position.claims)


# ------------------------------------------------------------------------------------ the rest


def _single_figure(positions: Sequence[Position], as_of: str | None) -> OpenQuestion | None:
    """A figure that one side alone gives."""
    givers = [one for one in positions if any(is_count(claim.quantity) for claim in one.claims)]
    if len(givers) != 1:
        return None
    claims = [claim for claim in givers[0].claims if is_count(claim.quantity)]
    figures = dict.fromkeys(figure_words(claim.quantity) for claim in claims if claim.quantity is not None)
    return OpenQuestion(
        "quantity_single_origin",
        f"the figure, {' or '.join(figures)}, comes from {givers[0].label} alone {_until(as_of)}",
        as_of,
        distinct(claim.citation for claim in claims),
    )


def _unanswered(
    positions: Sequence[Position], asserted: Sequence[PositionClaim], as_of: str | None
) -> list[OpenQuestion]:
    """Denials after which nobody has asserted the transfer again, where the days tell."""
    found = []
    for one in positions:
        denials = [claim for claim in one.claims if claim.stance is Stance.DENIES and safe(claim.said_on)]
        others = [claim for claim in asserted if claim not in one.claims]
        if not denials or not others:
            continue
        last = max(denials, key=lambda claim: (edtf.sort_key(claim.said_on), claim.document, claim.claim))
        if all(_is_before(claim, last) for claim in others):
            text = f"{one.label}'s denial ({spoken(last.said_on)}) not answered by anyone {_until(as_of)}"
            found.append(OpenQuestion("denial_unanswered", text, as_of, (last.citation,)))
    return found


def _is_before(claim: PositionClaim, denial: PositionClaim) -> bool:
    day = safe(claim.said_on) or safe(claim.published)
    return edtf.is_certainly_before(day, denial.said_on) is True


def _no_route(
    asserted: Sequence[PositionClaim],
    contesting: Sequence[PositionClaim],
    route: Route | None,
    as_of: str | None,
) -> OpenQuestion | None:
    """Goods that somebody says moved and somebody denies or doubts, and nobody says which way.  The way
    of what nobody contests is no question."""
    moved = [claim for claim in asserted if STAGE_ORDER[claim.stage or Stage.UNCLEAR] >= MOVED]
    if route is not None or not moved or not contesting:
        return None
    cited: tuple[Citation, ...] = distinct(claim.citation for claim in moved)
    return OpenQuestion("route", f"route named by nobody {_until(as_of)}", as_of, cited)


MOVED = STAGE_ORDER[Stage.SHIPPED]
"""From here on goods are on a way that somebody could name."""
