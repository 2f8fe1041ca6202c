"""A case as shown, from the derived store.

Documents and readings are looked up when asked for, so that what looks at them one by one needs no more
memory for a large case than for a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar, cast, overload

from tidewaiter.codec import from_json
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.linking.copying.passages import passages_of
from tidewaiter.model import (
    Copy,
    Discrepancy,
    Document,
    Judged,
    Passage,
    Reading,
    Register,
    Utterance,
)
from tidewaiter.pipeline.lists import Lists
from tidewaiter.pipeline.looking import Later, Looked
from tidewaiter.pipeline.steps import View

Value = TypeVar("Value")

AT_HAND = 200
"""Documents and readings kept at hand."""


def view(derived: DerivedStore, tables: Knowledge) -> View | None:
    """The case as last built; None before the first build.  ``tables``: for what is worked out of it only
    when it is looked at.

    It is of one state, whatever other programs build meanwhile, and holds until this one next writes to
    the store or closes it.
    """
    derived.look()
    if derived.register.as_of() is None:
        return None
    dated = derived.links.all_dated()
    names = Later(lambda: _in_order(derived))
    documents, readings = looked_up(derived, dated, names, AT_HAND)
    register = register_of(derived, dated)
    lists = Lists(derived)
    is_kept = lists.is_compared
    register = replace(
        register,
        passages=_passages(register.copies, documents),
        utterances=_later(lists.all_utterances)
        if is_kept
        else _retold(documents, readings, register.copies, tables),
        discrepancies=_later(lists.all_discrepancies)
        if is_kept
        else _disputed(documents, readings, register, tables),
    )
    return View(Shown(documents, names), documents, readings, register, lists)


def looked_up(
    derived: DerivedStore, dated: Mapping[str, tuple[str, str]], names: Sequence[str], at_hand: int
) -> tuple[Mapping[str, Document], Mapping[str, Reading]]:
    """Documents, with the dates that other documents give them, and readings; so many are kept at hand."""

    def document(name: str) -> Document:
        found = derived.document(name)
        return (
            replace(found, published=dated[name][0], published_ground=dated[name][1])
            if name in dated
            else found
        )

    return (
        Looked(lru_cache(maxsize=at_hand)(document), lambda: names),
        Looked(lru_cache(maxsize=at_hand)(derived.reading), lambda: names),
    )


def _passages(
    copies: Sequence[Copy], documents: Mapping[str, Document]
) -> Mapping[tuple[str, str], tuple[Passage, ...]]:
    """What copies share, worked out when it is looked at."""
    return Looked(
        lambda pair: passages_of(documents[pair[0]].text, documents[pair[1]].text),
        lambda: ((copy.a, copy.b) for copy in copies),
    )


def _later(work_out: Callable[[], tuple[Value, ...]]) -> tuple[Value, ...]:
    """Values that are worked out together, the first time that one is asked for: for the types a tuple, as
    which they are read and written."""
    return cast("tuple[Value, ...]", Later(work_out))


def _retold(
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    copies: Sequence[Copy],
    tables: Knowledge,
) -> tuple[Utterance, ...]:
    """The utterances, worked out the first time that somebody looks at them."""

    def work_out() -> tuple[Utterance, ...]:
        from tidewaiter.linking.sayings.utterances import utterances_of

        return utterances_of(documents.values(), readings, copies, tables)

    return _later(work_out)


def _disputed(
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    register: Register,
    tables: Knowledge,
) -> tuple[Discrepancy, ...]:
    """Where the reports disagree, worked out the first time that somebody looks at it."""

    def work_out() -> tuple[Discrepancy, ...]:
        from tidewaiter.linking.disputes.discrepancies import find_discrepancies

        rows = {row.id: row.reported for row in register.rows}
        return tuple(find_discrepancies(documents, readings, register.copies, rows, tables))

    return _later(work_out)


def _in_order(derived: DerivedStore) -> tuple[str, ...]:
    """The ids of all documents by date, then source: the order in which they are shown."""
    return tuple(row["id"] for row in derived.ask("SELECT id FROM document_line ORDER BY place"))


class Shown(Sequence[Document]):
    """Documents in the order in which they are shown."""

    def __init__(self, documents: Mapping[str, Document], names: Sequence[str]) -> None:
        self._documents = documents
        self._names = names

    @overload
    def __getitem__(self, place: int) -> Document: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Document]: ...

    def __getitem__(self, place: int | slice) -> Document | Sequence[Document]:
        if isinstance(place, slice):
            return Shown(self._documents, self._names[place])
        return self._documents[self._names[place]]

    def __iter__(self) -> Iterator[Document]:
        return (self._documents[name] for name in self._names)

    def __len__(self) -> int:
        return len(self._names)


def register_of(derived: DerivedStore, dated: Mapping[str, tuple[str, str]]) -> Register:
    """The register as last made; each part of it is looked up when it is asked for."""
    lists = Lists(derived)
    return Register(
        rows=_later(lists.all_rows),
        responses=_later(lists.all_responses),
        timeline=_later(lists.all_entries),
        copies=_later(lambda: tuple(from_json(Copy, one) for one in derived.links.all_copies())),
        dated=dated,
        relations=_later(lists.all_relations),
        judgements=tuple(from_json(Judged, one) for one in derived.judged.judged()),
    )
