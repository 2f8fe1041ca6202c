"""Denials after which nobody has asserted the transfer again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tidewaiter import edtf
from tidewaiter.model import Closing, Stance
from tidewaiter.register.questions.replay import Asked, Raised
from tidewaiter.register.questions.seen import Heard, Seen, cited
from tidewaiter.wording import possessive, spoken


def _unanswered(seen: Seen) -> Iterator[Raised]:
    for actor, denials in _by_actor(seen.taking(Stance.DENIES)).items():
        if not any(one.actor != actor for one in seen.taking(Stance.ASSERTS)):
            continue
        last = max(denials, key=lambda one: (edtf.sort_key(one.said), one.key))
        if not any(_answers(one, last, denials) for one in seen.standing):
            when = f" ({spoken(last.said)})" if last.said else ""
            yield Raised(
                actor, f"{possessive(last.label)} denial{when} not answered by anyone", cited((last,))
            )


def _by_actor(denials: Iterable[Heard]) -> dict[str, list[Heard]]:
    found: dict[str, list[Heard]] = {}
    for one in denials:
        found.setdefault(one.actor, []).append(one)
    return {actor: found[actor] for actor in sorted(found)}


def _answers(one: Heard, denial: Heard, denials: Iterable[Heard]) -> bool:
    """Whether an assertion was made after the denial: by others, or by the denier, who then admits it.  Of a
    report that retells the denial, an assertion without a day may be what was denied."""
    if not one.is_after(denial):
        return False
    return one.claim.said_on is not None or all(
        one.claim.document != other.claim.document for other in denials
    )


def _answer(seen: Seen, actor: str) -> Closing | None:
    denials = [one for one in seen.taking(Stance.DENIES) if one.actor == actor]
    last = max(denials, key=lambda one: (edtf.sort_key(one.said), one.key))
    found = [one for one in seen.standing if one.day == seen.day and _answers(one, last, denials)]
    if not found:
        return None
    own = next((one for one in found if one.actor == actor), found[0])
    same = [one for one in found if one.actor == own.actor]
    before = any(one.actor == own.actor and one.day < seen.day for one in seen.taking(Stance.ASSERTS))
    what = "says so itself" if own.actor == actor else "says so again" if before else "says so too"
    return Closing(f"{own.label} {what}", own.actor, cited(same))


ASKED = (Asked("denial_unanswered", _unanswered, _answer),)
