"""Goods that a sentence names only to say that it is not they: "sent advisers, not weapons"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.model import WeaponMention

if TYPE_CHECKING:
    from tidewaiter.reading.parse import Parsed

_OF_THE_PHRASE = frozenset({"amod", "compound", "det", "nmod", "poss"})
"""Dependencies of the words between "not" and the noun."""
_COUNTING = frozenset({"all", "every", "many", "enough", "both", "just", "only", "even", "much"})
"""With these less is denied than the goods: "not all weapons"."""
_NOT = frozenset({"not", "never"})
_WITH = frozenset({"with", "in"})
_BEFORE = {"than": "rather", "of": "instead"}


def is_ruled_out(parsed: Parsed, weapon: WeaponMention) -> bool:
    """Whether "not", "rather than" or "instead of" stands before the noun phrase: "not weapons but medicine".
    A number that is put right ("not 20 tanks but 30") rules no goods out."""
    tokens = parsed.tokens(weapon.span)
    if not tokens:
        return False
    first = tokens[0].i
    while first and parsed.doc[first - 1].dep_ in _OF_THE_PHRASE and parsed.doc[first - 1].head.i >= first:
        first -= 1
        if parsed.doc[first].lower_ in _COUNTING:
            return False
    before = parsed.doc[first - 1] if first else None
    if before is None or before.sent.start_char != tokens[0].sent.start_char:
        return False
    if before.lower_ in _WITH and first > 1 and parsed.doc[first - 2].lower_ in _NOT:
        return True  # "with troops, never with bullets"
    if before.lower_ in _NOT:
        follows = parsed.doc[first].lower_
        return follows not in _COUNTING and parsed.doc[first].pos_ != "NUM"
    leading = _BEFORE.get(before.lower_)
    return leading is not None and first > 1 and parsed.doc[first - 2].lower_ == leading
