"""An attribution: what a maker of attributions finds, before it is known who speaks.

There may be several makers: the rules (``rules.by_rules``), or whatever marks the words of source, cue
and content in a text (``marked.from_spans`` makes attributions of such spans).  What comes after, the
same for all, is ``statements.find_statements``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tidewaiter.model import Spans

if TYPE_CHECKING:
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.said.quotes import Quotation
    from tidewaiter.reading.said.reporting import Entry


class FoundBy(StrEnum):
    """Who found an attribution."""

    RULES = "rules"
    TAGGER = "tagger"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Who:
    """Words that name somebody."""

    spans: Spans
    head: int
    """The token whose mention resolves them: the noun, or what a relative pronoun stands for."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content of one attribution relation (PARC 3, PolNeAR), as places in the text, with
    what the parse and the table of reporting cues know of them.

    Spans are in order and never overlap within one role.  ``content`` is empty only as long as a quotation
    beside the cue may still give it one; without one it makes no statement.
    """

    content: Spans
    cue: Spans = ()
    source: Who | None = None
    cue_head: int | None = None
    """The token of the cue that its clause hangs on: the verb, noun, adverb or preposition."""
    entry: Entry | None = None
    """The cue's row in the table of reporting cues; None for a cue that it does not have."""
    negated: bool = False
    """The source does *not* say it: "did not say", "nobody said"."""
    relay: Who | None = None
    """Who passes it on: "Reuters reported, citing officials"."""
    found_by: FoundBy = FoundBy.RULES

    @property
    def kind(self) -> str | None:
        """The class of the cue (say, deny, believe, ...); None when the table does not have the cue."""
        return self.entry.kind if self.entry is not None else None


Maker = Callable[["Parsed", Sequence["Quotation"]], Sequence[Attribution]]
"""Finds the attributions of a parsed document whose quotations are known."""
