"""Bringing what is known of many documents up to date when some come, go or change.

Everything found is a function of the documents that are in, whatever the order in which they came:
copies of two documents, days of one from those that share words with it, transfers of those that hang
together.  So it is enough to look again at what a change touches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tidewaiter.linking.copying.copies import judge, ruled
from tidewaiter.linking.copying.screen import promising
from tidewaiter.linking.dating import Dated, answering, asking, day_of
from tidewaiter.linking.features import Candidate, Features, Place, candidates_of
from tidewaiter.linking.index import ANSWERING, ASKING, PARTY, Index
from tidewaiter.linking.merging.compare import Weighed, weigh
from tidewaiter.linking.merging.transfers import Grouped, Pair, Weight, group_transfers, pair_of, with_reasons
from tidewaiter.linking.neighbours import (
    LEAST_IN_COMMON,
    Parties,
    affected_transfers,
    buckets_of,
    comparable,
    documents_before,
    documents_behind,
    keys_of,
    transfers_near,
)
from tidewaiter.linking.rulings import (
    NO_RULINGS,
    NOTHING_CHANGED,
    Changed,
    Rulings,
    Verdict,
    reason_of,
)
from tidewaiter.model import Copy, JoinReason, TransferGroup

AT_HAND = 300
"""Documents whose candidates are kept at hand, with the features they come from.  More make linking 10,000
reports no faster, and each takes some thirty kilobytes."""

Fresh = Callable[[str], Features | None]
"""The features of a document that comes or changes; None of one that goes."""
Standing = tuple[Parties, Place]


@dataclass
class Touched:
    """What an update changed, and what may look different for it."""

    documents: set[str] = field(default_factory=set)  # come, gone, changed or dated otherwise
    copied: set[str] = field(default_factory=set)  # with other copies than before
    gone: dict[str, Grouped] = field(default_factory=dict)  # groups that are no more, by id
    groups: set[str] = field(default_factory=set)  # ids of groups that are new or have other members
    near: set[str] = field(default_factory=set)  # reported transfers that were compared anew


class Linker:
    """Looks at the documents of an index, and keeps to what was decided about them."""

    def __init__(self, index: Index, rulings: Rulings = NO_RULINGS) -> None:
        self.index = index
        self.rulings = rulings
        self._known = lru_cache(maxsize=AT_HAND)(self._candidates)
        self._candidate = lru_cache(maxsize=2 * AT_HAND)(self._find_candidate)
        self._partners = lru_cache(maxsize=AT_HAND)(index.copies_of)

    # --------------------------------------------------------------------------- update

    def update(
        self,
        changed: Iterable[str],
        fresh: Fresh,
        progress: Callable[[int, int], None] = lambda *_: None,
        decided: Changed = NOTHING_CHANGED,
    ) -> Touched:
        """Take in what came, went or changed, and look again at what that touches.

        ``changed``: document ids; ``progress``: is told how many steps of how many are done; ``decided``:
        what the rulings say otherwise than in the update before.
        """
        names = sorted(set(changed), key=lambda one: _order(fresh(one), one))
        touched = Touched(documents=set(names))
        steps = _Steps(progress, 3 * len(names))
        undated = self._swap(names, fresh, touched, steps)
        self._keep_to_rulings(names, decided, touched)
        self._forget()
        leaving = self._date(names, undated, touched)
        self._forget()
        self._weigh_again(leaving, touched, steps)
        touched.near.update(name for name in decided.transfers if self._is_in(name))
        self._group_again(touched)
        return touched

    def _forget(self) -> None:
        self._known.cache_clear()
        self._candidate.cache_clear()
        self._partners.cache_clear()

    # --------------------------------------------------------------------------- copies

    def _swap(self, names: list[str], fresh: Fresh, touched: Touched, steps: _Steps) -> _Swapped:
        """Put the new documents in place of the old, and find copies anew."""
        index, swapped = self.index, _Swapped()
        same = {name for name in names if _have_same_text(index.features(name), fresh(name))}
        staying = self._with_other_partners([name for name in names if name not in same], fresh)
        for name in names:
            old = index.features(name)
            if old is not None:
                self._take_out(old, touched, swapped, stays=name in same)
            new = fresh(name)
            index.put_features(name, new)
            if new is not None:
                for kind in LEAST_IN_COMMON if name not in same else ():
                    index.put(kind, keys_of(new, kind), new.place)
                index.note(ASKING, asking(new), name)
                index.note(ANSWERING, answering(new), name)
                swapped.asked.update(index.noted(ASKING, answering(new)))
            steps.done()
        come = [name for name in names if name not in same and index.features(name) is not None]
        for name, others in self._documents_before(come):
            self._judge(name, others, touched)
            steps.done()
        for name, others in self._documents_before(staying):
            known = index.copies_of(name)
            for other in known - others:
                if self._features(other).place < self._features(name).place:
                    self._part(name, other, touched)
            self._judge(name, others - known, touched)
        return swapped

    def _with_other_partners(self, names: list[str], fresh: Fresh) -> list[str]:
        """The documents that stay and are compared with one that comes, may be compared with another when
        one goes, or may no longer be compared with what is a copy."""
        index = self.index
        if index.is_empty():
            return []
        going = [old for name in names if (old := index.features(name)) is not None]
        coming = [new for name in names if (new := fresh(name)) is not None]
        partners = lru_cache(maxsize=None)(index.copies_of)
        found: set[str] = set()
        for kind, least in LEAST_IN_COMMON.items():
            changes = Counter(key for features in (*going, *coming) for key in keys_of(features, kind))
            for features in going:
                behind = documents_behind(index, features, kind, changes)
                found.update(other for other, moving in behind if moving)
            for features in coming:
                shared: Counter[str] = Counter()
                for other, moving in documents_behind(index, features, kind, changes):
                    shared[other] += 1
                    if moving and not partners(other).isdisjoint(moving):
                        found.add(other)
                found.update(other for other, number in shared.items() if number >= least)
        return sorted(found.difference(names))

    def _documents_before(self, names: Collection[str]) -> Iterator[tuple[str, frozenset[str]]]:
        """Each document with those before it that it is compared with."""
        return zip(names, documents_before(self.index, list(map(self._features, names))), strict=True)

    def _take_out(self, old: Features, touched: Touched, swapped: _Swapped, stays: bool) -> None:
        """Forget what a document said; and what its text was, unless that ``stays``."""
        index, name = self.index, old.document
        dated = index.dated(name)
        swapped.dated[name] = dated
        swapped.standing[name] = _standing(old, dated)
        swapped.asked.update(index.noted(ASKING, answering(old)))
        for one in old.transfers:  # while the index still says in which groups they are
            group = index.group_of(one.id)
            if group is not None:
                self._dissolve(group, touched)
        for kind in LEAST_IN_COMMON if not stays else ():
            index.drop(kind, keys_of(old, kind), old.place)
        index.forget(ASKING, asking(old), name)
        index.forget(ANSWERING, answering(old), name)
        for copy in index.copies(name):
            if not stays:
                index.drop_copy(copy.a, copy.b)
            touched.copied.update((copy.a, copy.b))
        index.put_dated(name, None)

    def _judge(self, name: str, others: Collection[str], touched: Touched) -> None:
        """Look which of the others are copies of a document."""
        decided = {other for other in others if self.rulings.on_copy(name, other) is not None}
        open_ones = [self._features(other) for other in others if other not in decided]
        for other in (*decided, *(one.document for one in promising(self._features(name), open_ones))):
            copy = self._copy_of(name, other)
            if copy is not None:
                self.index.put_copy(copy)
                touched.copied.update((name, other))

    def _copy_of(self, name: str, other: str) -> Copy | None:
        """What two documents that are compared, or on which something was decided, come to."""
        first, second = self._features(name), self._features(other)
        ruling = self.rulings.on_copy(name, other)
        return judge(first, second) if ruling is None else ruled(first, second, ruling)

    def _keep_to_rulings(self, names: list[str], decided: Changed, touched: Touched) -> None:
        """Look again at the pairs of documents on which something is or was decided, where one of them came
        or what was decided changed: such a pair need not be one that is compared."""
        changed = set(names)
        pairs = decided.copies | {one for one in self.rulings.judged_copies if not changed.isdisjoint(one)}
        for a, b in sorted(pairs):
            if self.index.features(a) is None or self.index.features(b) is None:
                continue
            ruling = self.rulings.on_copy(a, b)
            looked_at = self._are_compared(a, b) or (ruling is not None and ruling.verdict is Verdict.SAME)
            copy = self._copy_of(a, b) if looked_at else None
            if copy is not None:
                self.index.put_copy(copy)
            elif b in self.index.copies_of(a):
                self.index.drop_copy(a, b)
            touched.copied.update((a, b))

    def _are_compared(self, a: str, b: str) -> bool:
        before = dict(self._documents_before((a, b)))
        return a in before[b] or b in before[a]

    def _part(self, name: str, other: str, touched: Touched) -> None:
        """The two are no longer compared."""
        ruling = self.rulings.on_copy(name, other)
        if ruling is not None and ruling.verdict is Verdict.SAME:
            return
        if other in self.index.copies_of(name):
            self.index.drop_copy(*pair_of(name, other))
            touched.copied.update((name, other))

    # --------------------------------------------------------------------------- dates

    def _date(self, names: list[str], swapped: _Swapped, touched: Touched) -> dict[str, list[Standing]]:
        """Date what has no year and may be dated otherwise now; gives where the transfers stood of every
        document that came, went, changed or is dated otherwise."""
        index = self.index
        for name in sorted({*names, *touched.copied, *swapped.asked}):
            features = index.features(name)
            if features is None or features.has_year:
                continue
            before = swapped.dated.get(name) if name in swapped.dated else index.dated(name)
            now = self._day_of(features)
            index.put_dated(name, now)
            if now != before and name not in touched.documents:
                swapped.standing[name] = _standing(features, before)
                touched.documents.add(name)
        return {name: swapped.standing.get(name, []) for name in sorted(touched.documents)}

    def _day_of(self, features: Features) -> Dated | None:
        index, name = self.index, features.document
        copies = [(one, self._features(one.b if one.a == name else one.a)) for one in index.copies(name)]
        telling = sorted(set(index.noted(ANSWERING, asking(features))) - {name})
        return day_of(features, copies, (self._features(other) for other in telling))

    # --------------------------------------------------------------------------- transfers

    def _weigh_again(self, leaving: Mapping[str, list[Standing]], touched: Touched, steps: _Steps) -> None:
        """Compare the transfers of the documents that changed, and of those near them."""
        index = self.index
        left = [one for name in leaving for one in leaving[name]]
        come = [one for name in leaving for one in self._standing_now(name)]
        own = {place.id for _, place in (*left, *come)}
        clean = self._with_other_neighbours((*left, *come), own)
        for parties, place in left:
            index.drop(PARTY, buckets_of(parties), place)
            self._drop_weights(place.id, touched)
        for parties, place in come:
            index.put(PARTY, buckets_of(parties), place)
            touched.near.add(place.id)
        for number, (parties, place) in enumerate(sorted(come, key=lambda one: one[1])):
            self._weigh(place.id, transfers_near(index, parties, place), touched)
            steps.reach(number, len(come))
        for name, before in clean.items():
            now = transfers_near(index, *self._standing_of(name))
            for other in sorted(before - now - own):
                self._drop_weight(pair_of(name, other), touched)
            self._weigh(name, now - (before - own), touched)
        self._weigh_copies(touched, own)

    def _with_other_neighbours(
        self, changing: Iterable[Standing], own: set[str]
    ) -> dict[str, frozenset[str]]:
        """The reported transfers that stay but will be compared with others than before, with those that
        they are compared with now."""
        staying: set[str] = set()
        for parties, place in changing:
            staying.update(affected_transfers(self.index, parties, place))
        return {name: transfers_near(self.index, *self._standing_of(name)) for name in sorted(staying - own)}

    def _weigh_copies(self, touched: Touched, own: set[str]) -> None:
        """Weigh again the pairs that stay, of documents that are copies now or no longer."""
        for document in sorted(touched.copied - touched.documents):
            for candidate in self._known(document):
                # also a pair that is not compared may speak against joining two groups
                touched.near.add(candidate.transfer.id)
                for pair, _ in list(self.index.weights(candidate.transfer.id)):
                    if own.isdisjoint(pair) and all(
                        self.index.document_of(one) in touched.copied for one in pair
                    ):
                        self._weigh(pair[0], pair[1:], touched)

    def _standing_now(self, document: str) -> list[Standing]:
        features = self.index.features(document)
        return [] if features is None else _standing(features, self.index.dated(document))

    def _standing_of(self, transfer: str) -> Standing:
        candidate = self.candidate(transfer)
        return candidate.parties, candidate.place

    def _drop_weights(self, transfer: str, touched: Touched) -> None:
        for pair, _ in list(self.index.weights(transfer)):
            self._drop_weight(pair, touched)
        touched.near.add(transfer)

    def _drop_weight(self, pair: Pair, touched: Touched) -> None:
        if any(one == pair for one, _ in self.index.weights(pair[0])):
            self.index.drop_weight(pair)
            touched.near.update(pair)

    def _weigh(self, name: str, others: Iterable[str], touched: Touched) -> None:
        weights = [
            (pair, weight)
            for other in sorted(others)
            if (weight := self.weight(*(pair := pair_of(name, other)))) is not None
        ]
        self.index.put_weights(weights)
        for pair, _ in weights:
            touched.near.update(pair)

    def weight(self, a: str, b: str) -> Weight | None:
        """What comparing two reported transfers comes to; None where they are never compared."""
        weighed = self._weighed(a, b)
        return None if weighed is None else Weight(weighed.score, weighed.conflict, weighed.copied)

    def _weighed(self, a: str, b: str) -> Weighed | None:
        first, second = self.candidate(a), self.candidate(b)
        if first.document == second.document or not comparable(first.parties, second.parties):
            return None
        return weigh(first, second, second.document in self._partners(first.document))

    # --------------------------------------------------------------------------- groups

    def _group_again(self, touched: Touched) -> None:
        """Group anew whatever hangs together with what was compared anew."""
        index = self.index
        seen: set[str] = set()
        for name in sorted(touched.near):
            group = index.group_of(name)
            if group is not None:
                self._dissolve(group, touched)
        seeds = {name for group in touched.gone.values() for _, name in group.members} | touched.near
        for seed in sorted(seeds):
            if seed not in seen and self._is_in(seed):
                together = self._hanging_together(seed)
                seen.update(together)
                self._group(together, touched)

    def _dissolve(self, group: Grouped, touched: Touched) -> None:
        self.index.drop_group(group)
        touched.gone[group.id] = group

    def _hanging_together(self, seed: str) -> dict[str, dict[Pair, Weight]]:
        """Everything that a chain of pairs that speak for joining leads to, with its weights."""
        found: dict[str, dict[Pair, Weight]] = {}
        waiting = [seed]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found[name] = {pair: weight for pair, weight in self.index.weights(name) if weight.speaks_for}
            waiting.extend(one for pair in found[name] for one in pair if one not in found)
            waiting.extend(one for one in sorted(self.rulings.joined_with(name)) if self._is_in(one))
        return found

    def _group(self, together: Mapping[str, dict[Pair, Weight]], touched: Touched) -> None:
        index = self.index
        for name in together:
            group = index.group_of(name)
            if group is not None:
                self._dissolve(group, touched)
        weights = {pair: weight for found in together.values() for pair, weight in found.items()}
        candidates = {name: self.candidate(name) for name in together}
        for group in group_transfers(candidates, weights, _remembered(self.weight), self.rulings):
            index.put_group(group)
            if touched.gone.get(group.id) == group:
                del touched.gone[group.id]
            else:
                touched.groups.add(group.id)

    def explained(self, group: Grouped) -> TransferGroup:
        """A group with the grounds in words for its joins and for what was kept apart; what was decided on
        its members stands before what the program finds."""
        members = {name for _, name in group.members}
        decided = self._decided(members)
        outside = {
            pair: weight
            for name in members
            for pair, weight in self.index.weights(name)
            if not members.issuperset(pair) and pair not in decided
        }
        found = with_reasons(
            replace(group, joins=tuple(one for one in group.joins if one not in decided)),
            outside.items(),
            self._why,
        )
        told = [one for one in decided.values() if one is not None]
        return replace(
            found,
            reasons=(*(one for one in told if one.same), *found.reasons),
            apart=(*(one for one in told if not one.same), *found.apart),
        )

    def _decided(self, members: set[str]) -> dict[Pair, JoinReason | None]:
        """The pairs of which one is a member and on which something was decided, in order, with what the
        program finds; of those that one judgement keeps apart (two rows are many pairs) the first alone."""
        pairs = {
            pair_of(name, other)
            for name in members
            for other in self.rulings.judged_with(name)
            if self._is_in(other)
        }
        found: dict[Pair, JoinReason | None] = {}
        parted: set[str] = set()
        for pair in sorted(pairs):
            ruling = self.rulings.on_transfers(pair)
            if ruling is None:
                continue
            told = ruling.verdict is not Verdict.APART or ruling.judgement not in parted
            same = members.issuperset(pair)
            found[pair] = reason_of(ruling, pair, same, *self._why(pair)) if told else None
            if ruling.verdict is Verdict.APART:
                parted.add(ruling.judgement)
        return found

    def _why(self, pair: Pair) -> tuple[float, str]:
        weighed = self._weighed(*pair)
        if weighed is not None:
            return weighed.score, weighed.why
        first, second = map(self.candidate, pair)
        if first.document == second.document:
            return 0.0, "one report tells them apart"
        return 0.0, "their parties do not fit"

    # --------------------------------------------------------------------------- look-ups

    def candidate(self, transfer: str) -> Candidate:
        """A reported transfer of a document that is in."""
        return self._candidate(transfer)

    def _find_candidate(self, transfer: str) -> Candidate:
        document = self.index.document_of(transfer)
        return next(one for one in self._known(document) if one.transfer.id == transfer)

    def _candidates(self, document: str) -> tuple[Candidate, ...]:
        features, dated = self._features(document), self.index.dated(document)
        return candidates_of(features, dated[0] if dated else features.published)

    def _features(self, document: str) -> Features:
        features = self.index.features(document)
        assert features is not None, f"{document} is not in the index"
        return features

    def _is_in(self, transfer: str) -> bool:
        try:
            self.index.document_of(transfer)
        except KeyError:
            return False
        return True


@dataclass
class _Swapped:
    """What is remembered of documents that were taken out."""

    dated: dict[str, Dated | None] = field(default_factory=dict)
    standing: dict[str, list[Standing]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)  # documents without a year that may be dated otherwise


@dataclass
class _Steps:
    """Progress in thirds: swapping in, copies, transfers."""

    progress: Callable[[int, int], None]
    total: int
    number: int = 0

    def done(self) -> None:
        self.number += 1
        self.progress(self.number, self.total)

    def reach(self, number: int, of: int) -> None:
        """So much of the last third."""
        self.progress(self.number + (self.total - self.number) * number // max(1, of), self.total)


def _order(features: Features | None, name: str) -> Place:
    """Neighbours in time one after the other, so that those at hand are those needed."""
    return Place(-1, name) if features is None else features.place


def _have_same_text(old: Features | None, new: Features | None) -> bool:
    """Whether a document has the same copies as before: only what was read in it is another, as where
    something was decided on it."""
    return (
        old is not None
        and new is not None
        and replace(old, transfers=(), grounds={}, told=(), sayings=())
        == replace(new, transfers=(), grounds={}, told=(), sayings=())
    )


def _standing(features: Features, dated: Dated | None) -> list[Standing]:
    published = dated[0] if dated else features.published
    return [(one.parties, one.place) for one in candidates_of(features, published)]


def _remembered(weigh_pair: Callable[[str, str], Weight | None]) -> Callable[[str, str], Weight | None]:
    return lru_cache(maxsize=None)(weigh_pair)


def groups_of(index: Index, documents: Iterable[Features]) -> Iterator[Grouped]:
    """Every group of the documents, each once, in the order of ids."""
    found = {
        group.id: group
        for features in documents
        for transfer in features.transfers
        if (group := index.group_of(transfer.id)) is not None
    }
    yield from (found[name] for name in sorted(found))
