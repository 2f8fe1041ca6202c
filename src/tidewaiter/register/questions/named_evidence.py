"""Evidence that a claim names and that no report of the case shows or describes further.

Seen is what was released, published or shown to reporters, by whoever names it or by the report's own
account, and what a medium or a body that looked itself tells of the same kind.  Only the reports of the
transfer are asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from tidewaiter.model import Citation, Closing, Stance
from tidewaiter.register.evidence import Use, sentence_at
from tidewaiter.register.holders import Holder, Nature
from tidewaiter.register.pages import Ground, Page
from tidewaiter.register.questions.replay import Asked, Raised
from tidewaiter.register.questions.seen import Seen
from tidewaiter.register.sources import distinct
from tidewaiter.wording import in_text

ANY = ("evidence", "intelligence")
"""Kinds that say nothing of what it is: they are seen with whatever is shown."""

KINDS = {"imagery": "pictures", "records": "papers", "intercepts": "intercepts"} | {one: one for one in ANY}
"""Kinds that can be put before others, and are named without that, with the word for them.  Remains, goods
that were seized and what a witness saw are described by whoever tells of them."""

LOOKING = (Nature.MEDIUM, Nature.BODY)
"""Whose own look at evidence of the kind describes it."""


def _pages(seen: Seen) -> list[Page]:
    members = {document for document, _ in seen.members}
    return [page for page in seen.facts.weighed.pages if page.document in members]


def _unseen(seen: Seen) -> Iterator[Raised]:
    pages = _pages(seen)
    claiming = {
        holder
        for key in (one.key for one in seen.taking(Stance.ASSERTS))
        if (holder := seen.facts.weighed.holders.get(key)) is not None
    }
    found: dict[tuple[Holder, str], list[Citation | None]] = {}
    for page in pages:
        for ground in (*page.grounds, *page.named_only):
            holder, kind = ground.holder, ground.sign.kind
            if kind in KINDS and holder in claiming and holder is not None and holder.nature not in LOOKING:
                words = seen.facts.sources.cite(page.document, (ground.sign.span,))
                found.setdefault((holder, kind), []).append(words)
    for holder, kind in sorted(found):
        is_specific = any(other == holder and its not in ANY for other, its in found)
        if (kind in ANY and is_specific) or any(_shows(seen, page, holder, kind) for page in pages):
            continue
        verb = "is" if kind in ANY else "are"
        text = f"{KINDS[kind]} named by {in_text(holder.label)} {verb} shown or described by no report"
        yield Raised(f"{holder.key}: {kind}", text, distinct(found[holder, kind]))


def _shows(seen: Seen, page: Page, holder: Holder, kind: str) -> Ground | None:
    """Where a report shows evidence of a kind that a holder names, or describes it."""
    for ground in page.shown:
        is_theirs = ground.holder is None or ground.holder == holder or ground.holder.nature in LOOKING
        if is_theirs and (kind in ANY or _kind_near(seen, page, ground, kind)):
            return ground
    for ground in page.grounds:
        looks = ground.holder is not None and ground.holder != holder and ground.holder.nature in LOOKING
        if looks and (
            ground.sign.kind == kind or (ground.sign.use is Use.SAW and _kind_near(seen, page, ground, kind))
        ):
            return ground
    return None


def _kind_near(seen: Seen, page: Page, ground: Ground, kind: str) -> bool:
    """Whether the sentence names evidence of the kind, or none of another: "released the pictures"."""
    text = seen.facts.sources.documents[page.document].text
    start, end = sentence_at(text, ground.sign.span.start)
    kinds = {
        one.sign.kind
        for one in (*page.grounds, *page.named_only)
        if start <= one.sign.span.start < end and one.sign.kind in KINDS and one.sign.kind not in ANY
    }
    return kind in kinds or (not kinds and _words_fit(text[slice(*ground.sign.span)], kind))


_WORDS = {
    "imagery": ("image", "picture", "photo", "footage", "video"),
    "records": ("document", "paper", "file", "record", "manifest", "contract"),
    "intercepts": ("intercept", "recording", "transcript"),
}
"""By which words of the table's patterns a kind is told where the sentence has no other."""


def _words_fit(words: str, kind: str) -> bool:
    return any(one in words.casefold() for one in _WORDS.get(kind, ()))


def _seen_now(seen: Seen, about: str) -> Closing | None:
    key, _, kind = about.rpartition(": ")
    holders = {one for one in seen.facts.weighed.holders.values() if one.key == key}
    fresh = {document for document, _ in seen.fresh_members}
    for page in _pages(seen):
        if page.document not in fresh:
            continue
        for holder in sorted(holders):
            ground = _shows(seen, page, holder, kind)
            if ground is not None:
                words = distinct((seen.facts.sources.cite(page.document, (ground.sign.span,)),))
                who = None if ground.holder is None else ground.holder.label
                text = "shown or described" + (f" by {in_text(who)}" if who else "")
                return Closing(text, None if ground.holder is None else ground.holder.key, words)
    return None


ASKED = (Asked("evidence_not_seen", _unseen, _seen_now),)
