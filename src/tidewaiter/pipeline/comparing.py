"""Comparing what reports say: acts of saying that several retell, and where they disagree.

Both look at every report, and take longer than bringing the register up to date, so that they are worked out
when somebody wants to see them, and kept for as long as the case stays as it is.  Most of the work is done
on one report alone, on the copies of one text or on two accounts; what that gave is kept by what it was made
from (``Workings``), so that after another report or judgement little is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from sys import intern
from typing import TYPE_CHECKING, Any, TypeVar

from tidewaiter.codec import from_json, pack, to_json, unpack
from tidewaiter.dossier.disputes import TITLES
from tidewaiter.dossier.retellings import GRAVE
from tidewaiter.errors import CaseError
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.list_tables import place_of
from tidewaiter.ledger.workings import Workings
from tidewaiter.model import Copy, Discrepancy, Utterance
from tidewaiter.pipeline.steps import Progress, Step, View, no_progress
from tidewaiter.pipeline.viewing import looked_up

if TYPE_CHECKING:
    from tidewaiter.linking.disputes.keeping import Keep

Value = TypeVar("Value")

STAGE = "Comparing"

AT_HAND = 20
"""Reports that are kept at hand."""

EACH = "tellings", "facts"
"""What is worked out of every report once."""


def compare(
    view: View, tables: Knowledge, progress: Progress = no_progress, workings: Workings | None = None
) -> tuple[tuple[Utterance, ...], tuple[Discrepancy, ...]]:
    """Utterances and discrepancies of a view, whatever is kept of them.  ``workings``: what was worked out of
    single reports and of few, of this state of the case or another."""
    # imported when wanted, as few want it: the app starts without
    from tidewaiter.linking.disputes.discrepancies import find_discrepancies
    from tidewaiter.linking.disputes.keeping import anew
    from tidewaiter.linking.sayings.tellings import Telling, tellings_of
    from tidewaiter.linking.sayings.utterances import in_order, retold

    store = view.lists.store
    total = 2 * len(view.documents)
    keep = _counted(anew if workings is None else _Keeping(store, workings), _Count(total, progress))
    copies = _copies(store)
    names = store.document_ids()
    documents, readings = looked_up(store, view.register.dated, names, AT_HAND)

    @lru_cache(maxsize=AT_HAND)
    def told(name: str) -> tuple[Telling, ...]:
        def make() -> tuple[Telling, ...]:
            return in_order(tellings_of(documents[name], readings[name], tables))

        return keep("tellings", (name,), None, tuple[Telling, ...], make)

    utterances = retold(names, told, copies, tables)
    told.cache_clear()
    discrepancies = find_discrepancies(documents, readings, copies, _rows(store), tables, keep)
    if workings is not None and view.register.as_of is None:
        workings.forget_others()
    progress(Step(STAGE, total, total))
    return utterances, discrepancies


def _copies(store: DerivedStore) -> list[Copy]:
    """Which documents derive from which, without the words for why."""
    found = (from_json(Copy, one) for one in store.links.all_copies())
    return [replace(one, a=intern(one.a), b=intern(one.b), ground="", wire=None) for one in found]


def _rows(store: DerivedStore) -> dict[str, list[tuple[str, str]]]:
    """Of each row of the register the reported transfers: document and id."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row, document, transfer in store.links.grouped():
        found.setdefault(row, []).append((intern(document), transfer))
    return found


class _Keeping:
    """Keeps what was worked out of documents of a store."""

    def __init__(self, store: DerivedStore, workings: Workings) -> None:
        self._workings = workings
        self._documents = {name: _digest(parts) for name, *parts in store.origins()}

    def __call__(
        self, what: str, documents: Sequence[str], also: object, shape: Any, make: Callable[[], Value]
    ) -> Value:
        digest = _digest((what, [self._documents[name] for name in documents], documents, also))
        kept = self._workings.get(digest)
        if kept is not None:
            try:
                found: Value = unpack(shape, kept)
                return found
            except ValueError:  # damaged
                pass
        made = make()
        self._workings.put(digest, pack(made))
        return made


def _digest(value: object) -> bytes:
    return blake2b(pack(value), digest_size=16).digest()


def keep(
    store: DerivedStore, state: str, utterances: Iterable[Utterance], discrepancies: Iterable[Discrepancy]
) -> bool:
    """Keep what comparing gave of a state of the case; False where the case is another one by now, or its
    store cannot be written."""
    if store.is_read_only:
        return False
    try:
        with store.transaction():
            if store.register.state() != state:
                return False
            _put(store, state, list(utterances), list(discrepancies))
    except CaseError:
        return False
    return True


def hold(
    store: DerivedStore, state: str, utterances: Iterable[Utterance], discrepancies: Iterable[Discrepancy]
) -> bool:
    """The same of a store that can only be read: held beside it until it is closed.  False of any other."""
    if not store.is_read_only:
        return False
    with store.aside():
        _put(store, state, list(utterances), list(discrepancies))
    return True


def _put(store: DerivedStore, state: str, said: Sequence[Utterance], disputed: Sequence[Discrepancy]) -> None:
    store.lists.put_compared(
        state,
        (_utterance_line(number, one) for number, one in enumerate(said)),
        ((variant.citation.document, variant.statement, one.id) for one in said for variant in one.variants),
        (
            (one.id, place_of(_heading(one), one.kind, one.id), one.where, one.kind, to_json(one))
            for one in disputed
        ),
        ((row, one.id) for one in disputed for row in one.transfers),
    )


def _heading(one: Discrepancy) -> int:
    """Under which heading it stands, counted from the first."""
    return next((number for number, (where, _) in enumerate(TITLES) if where == one.where), len(TITLES))


def _utterance_line(number: int, one: Utterance) -> tuple[object, ...]:
    reports = len({variant.citation.document for variant in one.variants})
    graves = sum(change.kind in GRAVE for variant in one.variants for change in variant.drift)
    return one.id, number, reports, graves, one.speaker.actor, one.speaker.name, to_json(one)


class _Count:
    """Tells how many documents were looked at; each is looked at twice."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total, self._progress = total, progress
        self._seen: set[tuple[str, str]] = set()

    def one(self, what: str, document: str) -> None:
        if (what, document) not in self._seen:
            self._seen.add((what, intern(document)))
            self._progress(Step(STAGE, len(self._seen), self._total))


def _counted(keep: Keep, count: _Count) -> Keep:
    def counted(
        what: str, documents: Sequence[str], also: object, shape: Any, make: Callable[[], Value]
    ) -> Value:
        found = keep(what, documents, also, shape, make)
        if what in EACH:
            count.one(what, documents[0])
        return found

    return counted
