"""A case as of a day that is past: a build of its own, of exactly what counts as of that day.

Nothing later can leak in, as nothing later goes in.  What was read of a document is taken from the case, as a
reading depends on nothing but its document; all that depends on others is made again: copies, dates that
other documents give, what is one transfer, origins, ratings, open questions, what judgements come to.

No ids are given out.  The id of a row comes from its members, so that it is the one that the row had when the
case held no more than what counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.ledger.shelf import Shelf
from tidewaiter.pipeline.building import How, build_of
from tidewaiter.pipeline.narrowing import Asked, Narrowed, narrow
from tidewaiter.pipeline.steps import Progress, View, no_progress
from tidewaiter.pipeline.viewing import view

BATCH = 64
"""Documents copied in one transaction."""

Value = TypeVar("Value")


def view_as_of(
    durable: DurableStore,
    derived: DerivedStore,
    knowledge: Knowledge,
    shelf: Shelf,
    asked: Asked,
    progress: Progress = no_progress,
) -> View:
    """The case as of a day, with what it is in ``register.as_of``.

    Made from the records, whatever was last built; ``derived`` is where readings are taken from.  The view
    holds until ``shelf`` is closed.  Raises ``CaseError`` when records or store cannot be read or written,
    ``ModelError`` where something has to be read and the language model is missing.
    """
    narrowed = narrow(durable, derived, knowledge, asked)

    def make(store: DerivedStore) -> None:
        _fill(store, narrowed, derived)
        build_of(narrowed, store, knowledge, How(as_of=asked.day), progress)

    shown = view(shelf.store(narrowed.digest, make), knowledge)
    assert shown is not None, "a store that is kept was built"
    about = replace(narrowed.about, documents=len(shown.documents))
    return replace(shown, register=replace(shown.register, as_of=about))


def is_at_hand(
    durable: DurableStore, derived: DerivedStore, knowledge: Knowledge, shelf: Shelf, asked: Asked
) -> bool:
    """Whether ``view_as_of`` need build nothing."""
    return shelf.has(narrow(durable, derived, knowledge, asked).digest)


def _fill(store: DerivedStore, narrowed: Narrowed, derived: DerivedStore) -> None:
    """Put what was read of the captures into the store, where a reading of them now would be the same."""
    wanted = {sha256: recipe for sha256, recipe in narrowed.recipes.items() if sha256 in narrowed.alike}
    for batch in _batches(derived.contents(wanted)):
        store.put(batch)


def _batches(values: Iterable[Value]) -> Iterator[Sequence[Value]]:
    left = iter(values)
    while batch := list(islice(left, BATCH)):
        yield batch
