"""Who takes which stance on each transfer that a report tells of: with this the report's page begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tidewaiter.model import Claim, Stage, Stance
from tidewaiter.wording import figure_words, name_of, speaker_words

MOST_FIGURES = 3
"""Amounts of one speaker that are named; of more the others are counted."""

ORDER = tuple(Stance)


@dataclass(slots=True)
class Stand:
    """A speaker's stance on a transfer, up to one stage, in all statements of the report."""

    who: str
    stance: Stance
    stage: Stage | None  # for a denial what is still admitted
    figures: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # of the statements, as they stand in the text

    @property
    def details(self) -> str:
        """The stage and the amounts in words; empty where neither is told."""
        told = [] if self.stage is None else [str(self.stage)]
        if told and self.stance is Stance.DENIES:
            told = [f"admits {self.stage}"]
        told += self.figures[:MOST_FIGURES]
        more = len(self.figures) - MOST_FIGURES
        return ", ".join([*told, *([f"and {more} more figure{'s' if more > 1 else ''}"] if more > 0 else [])])


def stands(
    claims: Sequence[Claim], rows: Mapping[str, str], numbers: Mapping[str, int]
) -> Mapping[str, Sequence[Stand]]:
    """By register id of each transfer that the report tells of, in the report's order, who says what of it:
    who asserts before who denies, each in the order of the text.

    ``rows``: the register id of each reported transfer; ``numbers``: of each statement, as it is marked.
    """
    found: dict[str, dict[tuple[object, ...], Stand]] = {row: {} for row in rows.values()}
    for claim in claims:
        row = rows.get(claim.transfer)
        if row is None:
            continue
        speaker = claim.speaker
        who = speaker_words(speaker, name_of(speaker.actor) if speaker.actor else None)
        key = who, claim.stance, claim.stage
        stand = found[row].setdefault(key, Stand(who, claim.stance, claim.stage))
        if claim.quantity is not None and (words := figure_words(claim.quantity)) not in stand.figures:
            stand.figures.append(words)
        number = numbers.get(claim.statement or "")
        if number is not None and number not in stand.numbers:
            stand.numbers.append(number)
    return {
        row: sorted(those.values(), key=lambda one: ORDER.index(one.stance)) for row, those in found.items()
    }
