"""Comparing what reports say: acts of saying that several retell, and where they disagree.

Both look at every report, and take longer than bringing the register up to date, so that they are worked out
when somebody wants to see them, and kept for as long as the case stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tidewaiter.codec import to_json
from tidewaiter.dossier.disputes import TITLES
from tidewaiter.dossier.retellings import GRAVE
from tidewaiter.errors import CaseError
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.list_tables import place_of
from tidewaiter.model import Discrepancy, Document, Utterance
from tidewaiter.pipeline.steps import Progress, Step, View, no_progress

STAGE = "Comparing"


def compare(
    view: View, tables: Knowledge, progress: Progress = no_progress
) -> tuple[tuple[Utterance, ...], tuple[Discrepancy, ...]]:
    """Utterances and discrepancies of a view, whatever is kept of them."""
    # imported when wanted, as few want it: the app starts without
    from tidewaiter.linking.disputes.discrepancies import find_discrepancies
    from tidewaiter.linking.sayings.utterances import utterances_of

    total = 2 * len(view.documents)
    done = _Count(total, progress)
    copies = view.register.copies
    utterances = utterances_of(_counted(view.documents, done), view.readings, copies, tables)
    rows = {row.id: row.reported for row in view.register.rows}
    documents = _Counting(view.by_id, done)
    discrepancies = find_discrepancies(documents, view.readings, copies, rows, tables)
    progress(Step(STAGE, total, total))
    return utterances, tuple(discrepancies)


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
    """Tells how many documents were looked at."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total, self._progress, self._done = total, progress, 0

    def one(self) -> None:
        self._done += 1
        self._progress(Step(STAGE, min(self._done, self._total), self._total))


def _counted(documents: Iterable[Document], done: _Count) -> Iterator[Document]:
    for one in documents:
        yield one
        done.one()


class _Counting(Mapping[str, Document]):
    """The documents, each told of the first time that it is looked up."""

    def __init__(self, documents: Mapping[str, Document], done: _Count) -> None:
        self._documents, self._done = documents, done
        self._seen: set[str] = set()

    def __getitem__(self, name: str) -> Document:
        if name not in self._seen:
            self._seen.add(name)
            self._done.one()
        return self._documents[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
