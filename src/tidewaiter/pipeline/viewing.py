"""A case as shown, from the derived store.

Documents and readings are looked up when asked for, so that what looks at them one by one needs no more
memory for a large case than for a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar, cast, overload

from tidewaiter import edtf
from tidewaiter.codec import from_json
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.linking.discrepancies import find_discrepancies
from tidewaiter.linking.passages import passages_of
from tidewaiter.linking.utterances import utterances_of
from tidewaiter.model import (
    Copy,
    Discrepancy,
    Document,
    Judged,
    Passage,
    Reading,
    Register,
    RegisterResponse,
    RegisterRow,
    Utterance,
)
from tidewaiter.pipeline.looking import Later, Looked
from tidewaiter.pipeline.steps import View
from tidewaiter.register.completion import completed
from tidewaiter.register.relations import relations_of
from tidewaiter.register.rows import order_of
from tidewaiter.register.timeline import Entry
from tidewaiter.wording import usual_names

Value = TypeVar("Value")

AT_HAND = 200
"""Documents and readings kept at hand."""

LAST_DAY = "9999-12-31"
"""Stands for the day of a register of which none is noted: everything was public by then."""


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
    names = _in_order(derived)

    def document(name: str) -> Document:
        found = derived.document(name)
        return (
            replace(found, published=dated[name][0], published_ground=dated[name][1])
            if name in dated
            else found
        )

    documents: Looked[str, Document] = Looked(lru_cache(maxsize=AT_HAND)(document), lambda: names)
    readings: Looked[str, Reading] = Looked(lru_cache(maxsize=AT_HAND)(derived.reading), lambda: names)
    register = register_of(derived, dated)
    register = replace(
        register,
        passages=_passages(register.copies, documents),
        relations=_later(lambda: relations_of(register.rows, documents, readings, tables)),
        utterances=_retold(documents, readings, register.copies, tables),
        discrepancies=_disputed(documents, readings, register, tables),
    )
    return View(Shown(documents, names), documents, readings, register)


def _passages(
    copies: Sequence[Copy], documents: Mapping[str, Document]
) -> Mapping[tuple[str, str], tuple[Passage, ...]]:
    """What copies share, worked out when it is looked at."""
    pairs = tuple((copy.a, copy.b) for copy in copies)
    return Looked(lambda pair: passages_of(documents[pair[0]].text, documents[pair[1]].text), lambda: pairs)


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
    return _later(lambda: utterances_of(documents.values(), readings, copies, tables))


def _disputed(
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    register: Register,
    tables: Knowledge,
) -> tuple[Discrepancy, ...]:
    """Where the reports disagree, worked out the first time that somebody looks at it."""
    rows = {row.id: row.reported for row in register.rows}
    return _later(lambda: tuple(find_discrepancies(documents, readings, register.copies, rows, tables)))


def _in_order(derived: DerivedStore) -> tuple[str, ...]:
    """The ids of all documents by date, then source: the order in which they are shown."""
    rows = derived.ask("SELECT id, source, published FROM document")
    ordered = sorted(rows, key=lambda row: (edtf.sort_key(row["published"]), row["source"], row["id"]))
    return tuple(row["id"] for row in ordered)


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
    """The register as last made."""
    tables = derived.register
    register = Register(
        rows=tuple(sorted((from_json(RegisterRow, one) for one in tables.rows()), key=order_of)),
        responses=tuple(from_json(RegisterResponse, one) for one in tables.responses()),
        timeline=(),
        copies=tuple(from_json(Copy, one) for one in derived.links.all_copies()),
        dated=dated,
        judgements=tuple(from_json(Judged, one) for one in derived.judged.judged()),
    )
    entries = [from_json(Entry, one) for one in tables.entries()]
    return completed(register, entries, tables.as_of() or LAST_DAY, usual_names())
