"""What of a case counts as of a day that is past: which captures, known how, and which judgements.

Two clocks.  *Public by*: the captures that the case holds now whose document had been published by the end
of that day, by the latest day on which it can have been.  *Held by*: those that the case held then, known as
they were known then.  Judgements have one clock, that of their own moment, whichever is asked for.

A document counts by what it says itself of its publication.  What other documents tell of it does not count
here: it would let a later document decide what had been public before.  One that does not say is public from
the day of its capture, and none is later than that: the capture proves that it was there.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tidewaiter import edtf
from tidewaiter.codec import to_json
from tidewaiter.errors import TidewaiterError
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.captures import CaptureStore
from tidewaiter.ledger.derived import DerivedStore, Publication
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.ledger.holding import Decisions, Held
from tidewaiter.model import AsOf, Clock, Judgement, Target
from tidewaiter.pipeline import making
from tidewaiter.pipeline.naming import COMPARED

DIGEST_DIGITS = 32
"""Hexadecimal digits of the digest of what goes into a build."""


@dataclass(frozen=True, slots=True)
class Asked:
    """As of when a case is asked for."""

    day: str  # ISO 8601; to its end, in UTC
    clock: Clock = Clock.PUBLIC
    with_later: bool = False  # let in judgements made later, as far as they are about what is in


@dataclass(frozen=True, slots=True)
class _Chosen(Decisions):
    judgements: tuple[Judgement, ...]

    def all(self) -> tuple[Judgement, ...]:
        return self.judgements


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What counts (a ``Holding``), and how much that is."""

    asked: Asked
    bytes: CaptureStore
    judgements: Decisions
    captures: tuple[Held, ...]
    recipes: Mapping[str, str]  # by hash, of the captures chosen
    alike: frozenset[str]  # hashes of those that are known as they are now
    about: AsOf  # all but the number of documents, which a build tells
    _produced_by: str = field(default="")

    def held(self) -> Iterator[Held]:
        """The captures chosen, in the order of hashes."""
        return iter(self.captures)

    @property
    def digest(self) -> str:
        """Of everything that a build of it depends on, whatever else the case holds."""
        parts = [self.asked.day, self._produced_by, to_json(self.judgements.all())]
        parts += [
            f"{one.capture.sha256} {self.recipes[one.capture.sha256]} {one.capture.captured_at}"
            f" {one.capture.media_type}"
            for one in self.captures
        ]
        text = "\n".join(parts).encode("utf-8", "surrogatepass")
        return hashlib.sha256(text).hexdigest()[:DIGEST_DIGITS]


def narrow(durable: DurableStore, derived: DerivedStore, knowledge: Knowledge, asked: Asked) -> Narrowed:
    """What of a case counts as of a day.

    Raises ``CaseError`` when the records cannot be read.
    """
    made_by = making.versions(knowledge)
    now = tuple(durable.held())
    days = _Days(durable.bytes, derived.publications(), knowledge, made_by)
    then = durable.held_by(asked.day) if asked.clock is Clock.HELD else _public_by(now, days, asked.day)
    chosen = {one.capture.sha256 for one in then}
    left_out = [one for one in now if one.capture.sha256 not in chosen]
    judgements, later = _judgements(durable.judgements.all(), asked, _later(left_out, asked))
    known = {one.capture.sha256: one for one in now}
    documents = sum(1 for one in now if days.has_document(one))
    removed = sum(1 for one in then if one.capture.sha256 not in known)
    return Narrowed(
        asked=asked,
        bytes=durable.bytes,
        judgements=_Chosen(judgements),
        captures=then,
        recipes={one.capture.sha256: making.recipe_of(one, made_by) for one in then},
        alike=frozenset(one.capture.sha256 for one in then if _is_alike(one, known.get(one.capture.sha256))),
        about=AsOf(
            day=asked.day,
            clock=asked.clock,
            documents=0,
            of=documents + removed,
            undated=sum(1 for one in left_out if days.is_undated(one)) if asked.clock is Clock.PUBLIC else 0,
            removed=removed,
            judgements=len(judgements),
            later_judgements=later,
            with_later=asked.with_later,
        ),
        _produced_by=making.linker_version(knowledge),
    )


def report_days(durable: DurableStore, derived: DerivedStore) -> tuple[Counter[str], Counter[str]]:
    """How many reports came to be public on each day (ISO), and how many came to be held; by what was last
    read of them, and each by its first capture."""
    known = derived.publications()
    public: dict[str, str] = {}
    held: dict[str, str] = {}
    latest = lru_cache(maxsize=None)(_latest)  # of a thousand reports many are of one day
    for sha256, captured_at in durable.captured():
        found = known.get(sha256)
        if found is not None and found.document is not None:
            captured = captured_at[:10]
            published = latest(found.published)
            for days, day in (
                (public, captured if published is None else min(published, captured)),
                (held, captured),
            ):
                days[found.document] = min(day, days.get(found.document, day))
    return Counter(public.values()), Counter(held.values())


def _is_alike(then: Held, now: Held | None) -> bool:
    """Whether a capture gives the same document by what was known of it then as by what is known now: the
    day of the capture bounds the dates that are believed."""
    if now is None:
        return False
    ours, others = (
        (one.capture.captured_at, one.capture.media_type, making.source_of(one), one.given_date)
        for one in (then, now)
    )
    return ours == others


# ------------------------------------------------------------------------------------ documents


class _Days:
    """From when on the documents of captures are public; read from the store, else made for it."""

    def __init__(
        self,
        captures: CaptureStore,
        known: Mapping[str, Publication],
        knowledge: Knowledge,
        made_by: str,
    ) -> None:
        self._captures = captures
        self._known = known
        self._knowledge = knowledge
        self._made_by = made_by
        self._made: dict[str, Publication] = {}

    def public(self, held: Held) -> str:
        """The day from which on it counts as public."""
        return public_from(self._of(held).published, held.capture.captured_at)

    def has_document(self, held: Held) -> bool:
        return self._of(held).document is not None

    def is_undated(self, held: Held) -> bool:
        """Whether it does not say when it was published."""
        found = self._of(held)
        return found.document is not None and edtf.safe_bounds(found.published).latest is None

    def _of(self, held: Held) -> Publication:
        sha256, recipe = held.capture.sha256, making.recipe_of(held, self._made_by)
        found = self._known.get(sha256)
        if found is not None and found.recipe == recipe:
            return found
        if sha256 not in self._made:
            self._made[sha256] = self._make(held, recipe)
        return self._made[sha256]

    def _make(self, held: Held, recipe: str) -> Publication:
        """Of a capture that was not read yet, or by another version: cleaned, which tells its day."""
        try:
            data = self._captures.read(held.capture.sha256)
            document = making.make_document(data, held, self._knowledge)
        except (TidewaiterError, *making.FAULTS):  # the build of it says so
            return Publication(recipe, None, None)
        return Publication(recipe, document.id, document.published)


def public_from(published: str | None, captured_at: str) -> str:
    """The day (ISO) from which on a document counts as public: the latest on which it can have been
    published, and at the latest that of its capture.  ``captured_at``: UTC, ISO 8601."""
    captured, latest = captured_at[:10], _latest(published)
    return captured if latest is None else min(latest, captured)


def _latest(published: str | None) -> str | None:
    """The latest day (ISO) that a date can mean; None where it sets no end."""
    latest = edtf.safe_bounds(published).latest
    return None if latest is None else latest.isoformat()


def _public_by(now: Sequence[Held], days: _Days, day: str) -> tuple[Held, ...]:
    return tuple(one for one in now if days.public(one) <= day)


def _later(left_out: Iterable[Held], asked: Asked) -> frozenset[str]:
    """Hashes of the captures that nothing was known of; what was withdrawn by then had been known."""
    return frozenset(
        one.capture.sha256
        for one in left_out
        if asked.clock is Clock.PUBLIC or one.capture.captured_at[:10] > asked.day
    )


# ------------------------------------------------------------------------------------ judgements


def _judgements(
    made: Iterable[Judgement], asked: Asked, later: frozenset[str]
) -> tuple[tuple[Judgement, ...], int]:
    """The judgements that count, as they stood then, and how many were made later about what is in."""
    kept: list[Judgement] = []
    number_later = 0
    for one in made:
        about = _about(one, later)
        if about is None:
            continue
        is_later = one.at[:10] > asked.day
        if is_later:
            number_later += about.withdrawn_at is None
        if asked.with_later:
            kept.append(about)
        elif not is_later:
            kept.append(_as_it_stood(about, asked.day))
    return tuple(kept), number_later


def _about(judgement: Judgement, later: frozenset[str]) -> Judgement | None:
    """The judgement with what it says of captures that nothing was known of left out; None where that is
    all that it is about, or nothing is left to compare."""
    if not any(target.capture in later for side in judgement.sides for target in side):
        return judgement
    sides = tuple(_without(side, later) for side in judgement.sides)
    left = tuple(side for side in sides if side)
    if len(left) < len(sides) and (judgement.kind not in COMPARED or len(left) < 2):
        return None
    return replace(judgement, sides=left)


def _without(side: Iterable[Target], later: frozenset[str]) -> tuple[Target, ...]:
    return tuple(target for target in side if target.capture not in later)


def _as_it_stood(judgement: Judgement, day: str) -> Judgement:
    """Not withdrawn, where that came later."""
    if judgement.withdrawn_at is None or judgement.withdrawn_at[:10] <= day:
        return judgement
    return replace(judgement, withdrawn_at=None, withdrawn_by=None, withdrawn_why=None)
