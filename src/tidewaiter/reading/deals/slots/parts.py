"""The parts of a transfer, and who may play each by the words around one trigger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.reading.deals.parties import Party

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


@dataclass(frozen=True, slots=True)
class Slots:
    """Candidates for each part, best first."""

    suppliers: tuple[Party, ...]
    recipients: tuple[Party, ...]
    goods: tuple[Token, ...]
    anaphoric: bool = False  # the goods are those spoken of before
    seized: bool = False  # taken on the way
    unnamed: bool = False  # arms of some kind: "A arms B"
    speaker: str | None = None  # the part that whoever speaks plays: "we sent", "sent us"
