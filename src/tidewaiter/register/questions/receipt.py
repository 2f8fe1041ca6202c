"""Whether anybody says that the goods arrived, and whether that is more than the accusation; and, of goods
that were only wanted, promised or ordered, whether it went further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tidewaiter.model import AGAINST, STAGE_ORDER, Citation, Closing, Stage, Stance
from tidewaiter.register.positions import furthest
from tidewaiter.register.questions.replay import Asked, Raised
from tidewaiter.register.questions.seen import Heard, Seen, cited, labels_of
from tidewaiter.register.sources import PAST
from tidewaiter.register.standings import INDEPENDENT
from tidewaiter.wording import in_text, plain

RECEIPT, PROGRESS = "receipt", "progress"

CONFIRMING = 2
"""Independent origins that have to tell of an arrival that is denied, where the recipient does not."""


def _reached(seen: Seen) -> tuple[Stage | None, tuple[Citation, ...]]:
    """How far speakers say that it went, and their words; where nobody speaks for it, how far the reports
    themselves say that it was on its way."""
    reached = furthest(one.claim.stage for one in seen.standing)
    if reached is not None:
        return reached, cited(one for one in seen.standing if one.claim.stage is reached)
    told = furthest(row.stage for row in seen.told())
    if (
        seen.standing
        or any(one.claim.stance is Stance.ASSERTS for one in seen.heard)
        or told is not Stage.SHIPPED
    ):
        return None, ()
    return told, seen.facts.cite(seen.members, "stage", "trigger")


def _is_stopped(seen: Seen) -> bool:
    """Whether the reports tell that the goods were seized, lost or sent back."""
    return any(row.outcome is not None for row in seen.told())


def _receipt(seen: Seen) -> Iterator[Raised]:
    reached, words = _reached(seen)
    if reached is None:
        return
    text: str | None = None
    told = furthest(row.stage for row in seen.told())
    if _has_arrived(reached):
        text = _accused(seen)
    elif (reached is Stage.SHIPPED or told in PAST) and not _is_stopped(seen):
        text = _not_arrived(reached, told)
    if text is not None:
        yield Raised("", text, words)


def _progress(seen: Seen) -> Iterator[Raised]:
    reached, words = _reached(seen)
    told = furthest(row.stage for row in seen.told())
    if reached is None or reached in PAST or told in PAST or _is_stopped(seen):
        return
    if told is not None and STAGE_ORDER[told] > STAGE_ORDER[reached]:
        text = f"no speaker says more than that it is {reached}, though reported as {told},"
    else:
        text = f"said to be {reached}, that it went further is told by nobody"
    yield Raised("", text, words)


def _has_arrived(stage: Stage | None) -> bool:
    return stage in (Stage.DELIVERED, Stage.USED)


def _not_arrived(reached: Stage, told: Stage | None) -> str:
    """No speaker says more than ``reached``; ``told`` is how far the reports themselves go."""
    if _has_arrived(told):
        return f"receipt not confirmed by any speaker, though reported as {told},"
    if told is not None and STAGE_ORDER[told] > STAGE_ORDER[reached]:
        return f"no speaker says more than that it is {reached}, though reported as {told},"
    return "receipt not confirmed by anyone"


# ------------------------------------------------------------------------------------ denied


def _accused(seen: Seen) -> str | None:
    """Arrival that is denied, and told neither by the one who is to have received nor by several who know it
    each for itself."""
    recipient = seen.facts.recipient
    denying, saying = seen.taking(Stance.DENIES), _saying(seen)
    denying = [one for one in denying if not any(other.actor == one.actor for other in saying)]
    if not denying or recipient is None or any(one.actor == recipient for one in saying):
        return None
    if _origins(seen, saying) >= CONFIRMING:
        return None
    told, denied = labels_of(_by_label(saying)), labels_of(_by_label(denying))
    if any(one.actor == recipient for one in denying):
        return f"receipt told by {told}, denied by {denied}: not settled"
    label = in_text(seen.facts.sources.label(recipient))
    return f"receipt told by {told}, not confirmed by {label}, the transfer denied by {denied}: not settled"


def _saying(seen: Seen) -> list[Heard]:
    return [one for one in seen.standing if _has_arrived(one.claim.stage)]


def _by_label(heard: Sequence[Heard]) -> list[Heard]:
    return sorted(heard, key=lambda one: one.label)


def _origins(seen: Seen, saying: Sequence[Heard]) -> int:
    """How many independent origins tell of the arrival."""
    judged = seen.facts.weighed.by_claim
    found = {
        judged[one.key].candidate.holder.key
        for one in saying
        if one.key in judged and judged[one.key].standing == INDEPENDENT
    }
    return len(found)


# ------------------------------------------------------------------------------------ answers


def _received(seen: Seen, _about: str) -> Closing | None:
    """By whom it was told to have arrived, the recipient before others; or that it was stopped."""
    fresh = [one for one in _saying(seen) if one.day == seen.day]
    own = [one for one in fresh if one.actor == seen.facts.recipient]
    return _said(own or fresh) or _stopped(seen) or _taken_back(seen)


def _went_on(seen: Seen, _about: str) -> Closing | None:
    fresh = [one for one in seen.standing if one.day == seen.day and one.claim.stage in PAST]
    furthest_first = sorted(fresh, key=lambda one: -STAGE_ORDER[one.claim.stage or Stage.UNCLEAR])
    return _said(furthest_first) or _stopped(seen) or _taken_back(seen)


def _said(heard: Sequence[Heard]) -> Closing | None:
    """What one actor says: the first of the claims tells which."""
    if not heard:
        return None
    one = heard[0]
    same = [other for other in heard if other.actor == one.actor and other.claim.stage is one.claim.stage]
    return Closing(f"{in_text(one.label)} said that it was {one.claim.stage}", one.actor, cited(same))


def _stopped(seen: Seen) -> Closing | None:
    told = seen.facts.told
    stopped = [one for one in seen.fresh_members if told[one].outcome is not None]
    words = seen.facts.cite(stopped, "outcome", "stage", "trigger")
    if not stopped or not words:
        return None
    outcome = told[stopped[0]].outcome
    return Closing(f"reported as {plain(str(outcome))}", None, words)


def _taken_back(seen: Seen) -> Closing | None:
    """Nobody says any longer that it was on its way."""
    fresh = [one for one in seen.fresh if one.claim.stance in AGAINST]
    if not fresh or seen.standing:
        return None
    return Closing(f"{labels_of(fresh)} took back what was said", fresh[0].actor, cited(fresh))


ASKED = (Asked(RECEIPT, _receipt, _received), Asked(PROGRESS, _progress, _went_on))
