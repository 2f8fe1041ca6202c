"""What analysts decided, worked out for the captures of a build: which readings it changes, which pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tidewaiter.codec import from_json, pack, to_json
from tidewaiter.judging import Edits, Settled, apply, settle
from tidewaiter.judging.targets import Found, find
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.ledger.holding import Holding
from tidewaiter.ledger.judged_tables import Ruled
from tidewaiter.linking.features import features_of
from tidewaiter.linking.rulings import NO_RULINGS, Changed, Rulings
from tidewaiter.model import Document, Judged, Judgement, Reading, SourceRating, Standing, Target
from tidewaiter.pipeline import making

AT_HAND = 16
"""Documents kept at hand while judgements are settled: those made one after the other are often on one."""

RULINGS, RATINGS = "rulings", "ratings"
"""Kinds of what is kept of the last build."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a build keeps to, and what of it is otherwise than in the build before."""

    settled: Settled
    ruled: Mapping[str, Ruled]  # by document id
    reread: tuple[str, ...]  # hashes of captures whose reading is to be edited otherwise than it was
    changed: Changed  # pairs
    rated_otherwise: frozenset[tuple[str, str]]  # kind and name of each source

    @property
    def orphaned(self) -> tuple[Judged, ...]:
        """Judgements that no longer find their words."""
        return tuple(one for one in self.settled.judged if one.standing is Standing.ORPHANED)


def decide(holding: Holding, derived: DerivedStore, sources: Mapping[str, str]) -> Decided:
    """Settle all judgements on what was last read of the captures in ``sources`` (hash to source).

    Each is looked at in each build: what its words are now depends on nothing but its own document, which is
    read from the store once for all judgements on it.
    """

    @lru_cache(maxsize=AT_HAND)
    def fresh(sha256: str) -> tuple[Document, Reading] | None:
        return derived.fresh(sha256) if sha256 in sources else None

    def look(target: Target) -> Found | str:
        made = fresh(target.capture)
        if made is None:
            known = target.capture in sources
            return f"{target.source} {'gives no report' if known else 'is not in the case'}"
        return find(target, *made)

    hashes = {making.document_id(one): one for one in sources}

    def transfer_of(found: Found) -> str | None:
        made = fresh(hashes[found.document])
        claims = made[1].claims if made is not None else ()
        return next((one.transfer for one in claims if one.id == found.finding), None)

    settled = settle(holding.judgements.all(), look, transfer_of)
    former = derived.judged.all_edits()
    edits = {hashes[name]: to_json(one) for name, one in settled.edits.items()}
    return Decided(
        settled=settled,
        ruled={name: _ruled(fresh(hashes[name]), one) for name, one in settled.edits.items()},
        reread=tuple(
            one for one in sorted({*former, *edits}) if former.get(one) != edits.get(one) and one in sources
        ),
        changed=settled.rulings.changed(_former_rulings(derived)),
        rated_otherwise=_rated_otherwise(derived, settled.ratings),
    )


def _ruled(made: tuple[Document, Reading] | None, edits: Edits) -> Ruled:
    assert made is not None, "edits of a document that there is not"
    document, reading = made
    edited = apply(document, reading, edits)
    return Ruled(to_json(edits), to_json(edited), pack(features_of(document, edited)))


def _former_rulings(derived: DerivedStore) -> Rulings:
    found = derived.judged.ruling(RULINGS)
    return NO_RULINGS if found is None else from_json(Rulings, found)


def _rated_otherwise(derived: DerivedStore, ratings: tuple[SourceRating, ...]) -> frozenset[tuple[str, str]]:
    """The sources whose reliability is given, taken back or changed since the last build."""
    kept = derived.judged.ruling(RATINGS)
    former = () if kept is None else from_json(tuple[SourceRating, ...], kept)
    return frozenset((one.source, one.name) for one in {*former} ^ {*ratings})


def _ratings(ratings: tuple[SourceRating, ...]) -> str | None:
    return to_json(ratings) if ratings else None


def keep(derived: DerivedStore, decided: Decided) -> None:
    """Note what this build kept to, for the next one and for whoever looks."""
    settled = decided.settled
    derived.judged.put_ruling(RULINGS, to_json(settled.rulings))
    derived.judged.put_ruling(RATINGS, _ratings(settled.ratings))
    derived.judged.put_judged((one.judgement.id, to_json(one)) for one in settled.judged)


def judged(durable: DurableStore, derived: DerivedStore) -> tuple[Judged, ...]:
    """Every judgement, withdrawn ones too, with what became of it in the last build."""
    known = _last_judged(derived)
    return tuple(known.get(to_json(one)) or _waiting(one) for one in durable.judgements.all())


def waiting(durable: DurableStore, derived: DerivedStore) -> tuple[Judged, ...]:
    """Those made or withdrawn since the last build."""
    known = _last_judged(derived)
    return tuple(_waiting(one) for one in durable.judgements.all() if to_json(one) not in known)


def _last_judged(derived: DerivedStore) -> dict[str, Judged]:
    """What became of each judgement in the last build, by the JSON of the judgement as it was then."""
    return {
        to_json(one.judgement): one for one in (from_json(Judged, text) for text in derived.judged.judged())
    }


def _waiting(judgement: Judgement) -> Judged:
    """Made or withdrawn after the last build."""
    if judgement.withdrawn_at is None:
        return Judged(judgement, Standing.WAITS, "the next build looks at it")
    return Judged(judgement, Standing.WITHDRAWN, "the next build no longer keeps to it")
