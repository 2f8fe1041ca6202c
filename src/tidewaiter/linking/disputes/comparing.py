"""What the rules share by which two accounts of one thing are held against each other.

A rule takes two accounts and what they have in common, and yields the places that disagree:
``compared_days``, ``compared_figures``, ``compared_names`` and ``compared_ends`` have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tidewaiter.model import Span

Quote = tuple[Span, Span] | None
"""The quotation that two accounts share; None where they are accounts of different origin."""


class Ground(NamedTuple):
    """On what two accounts are held against each other."""

    quote: Quote
    common: frozenset[str]  # stems that so many reports of the case have that they tell no event from another
    row_of: Mapping[str, str]  # of a reported transfer its row in the register


NEAR_QUOTE = 2
"""Sentences around a shared quotation that belong to the same act of saying."""
SAME_EVENT = 2
"""Words that tell something, shared by two clauses on one kind of event, that make it one event."""


class Apart(NamedTuple):
    """Two places, one in each account, that disagree."""

    kind: str
    a: Span
    b: Span
    keys: tuple[str, str]
    about: str
