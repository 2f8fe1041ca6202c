"""Who a document says it has its words from, and what that tells of the direction of a copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tidewaiter import edtf
from tidewaiter.model import Document
from tidewaiter.wording import spoken

if TYPE_CHECKING:
    from tidewaiter.linking.features import Features

_DATELINE = re.compile(r"\(([A-Z][\w.&' -]{1,30})\)\s{0,2}[-–—]")
_LINE = re.compile(
    r"(?im)^\W{0,4}(?:source|credit|via|originally published (?:by|on|in)|first published (?:by|on|in)|"
    r"this (?:article|story) (?:first|originally) appeared (?:on|in)|with (?:files|material) from)\s*:?\s+"
    r"([^\n.]{2,60})"
)
_CLOSING = re.compile(r"\(([A-Z][\w.& ]{1,20}(?:, ?[A-Z][\w.& ]{1,20}){0,3})\)\s*$")


def credited(document: Document) -> tuple[str, ...]:
    """Agencies and outlets that the text credits in a dateline, a credit line or at its end, in lower
    case, sorted."""
    names: set[str] = set()
    for pattern in (_DATELINE, _LINE, _CLOSING):
        for found in pattern.finditer(document.text):
            names.update(part.strip().lower() for part in found.group(1).split(","))
    return tuple(sorted(name for name in names if name))


def direction_of(a: Features, b: Features) -> tuple[str | None, str]:
    """``("a->b" | "b->a" | None, why)``: from which of two copies the other was made.

    A credit to the other's outlet tells; so do dates of publication, unless both credit one third
    source, from which each may have been made.  That an agency names itself, as in the dateline of its own
    report, says nothing of where that report is from.
    """
    ours, theirs = _of_others(a), _of_others(b)
    if _named(a.outlet, theirs) and not _named(b.outlet, ours):
        return "a->b", f"the second credits {a.outlet}"
    if _named(b.outlet, ours) and not _named(a.outlet, theirs):
        return "b->a", f"the first credits {b.outlet}"
    third = sorted(set(ours) & set(theirs))
    if third:
        return None, f"both credit {', '.join(third)}, so neither need be made from the other"
    return _by_dates(a, b)


def wire_of(a: Features, b: Features) -> str | None:
    """Whom two copies have their text from, as far as they credit it: a third source that both credit, else
    one that either does and that is neither's outlet.  In lower case; of several the first in order."""
    own = {one.outlet.lower() for one in (a, b) if one.outlet}
    both = sorted(set(a.credits) & set(b.credits)) or sorted({*a.credits, *b.credits} - own)
    return both[0] if both else None


def _of_others(one: Features) -> tuple[str, ...]:
    return tuple(name for name in one.credits if not _named(one.outlet, (name,)))


def _named(outlet: str | None, names: tuple[str, ...]) -> bool:
    return outlet is not None and outlet.lower() in names


def _by_dates(a: Features, b: Features) -> tuple[str | None, str]:
    if edtf.is_certainly_before(a.published, b.published):
        return "a->b", f"published {spoken(a.published)} and {spoken(b.published)}"
    if edtf.is_certainly_before(b.published, a.published):
        return "b->a", f"published {spoken(a.published)} and {spoken(b.published)}"
    return None, "neither dates nor credit lines tell which came first"
