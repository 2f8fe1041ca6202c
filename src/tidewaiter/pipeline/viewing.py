"""A case as shown, from the derived store.

Documents and readings are looked up when asked for, so that what looks at them one by one needs no more
memory for a large case than for a small one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import overload

from tidewaiter import edtf
from tidewaiter.codec import from_json
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.model import Copy, Document, Reading, Register, RegisterResponse, RegisterRow
from tidewaiter.pipeline.disagreeing import discrepancies_of
from tidewaiter.pipeline.looking import Looked
from tidewaiter.pipeline.steps import View
from tidewaiter.register.responses import in_order as responses_in_order
from tidewaiter.register.rows import order_of
from tidewaiter.register.timeline import Entry, timeline_of

AT_HAND = 200
"""Documents and readings kept at hand."""


def view(derived: DerivedStore, tables: Knowledge | None = None) -> View | None:
    """The case as last built; None before the first build.

    It is of one state, whatever other programs build meanwhile, and holds until this one next writes to
    the store or closes it.  ``tables``: those by which discrepancies are found; None for the project's.
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

    documents: Looked[Document] = Looked(lru_cache(maxsize=AT_HAND)(document), lambda: names)
    readings: Looked[Reading] = Looked(lru_cache(maxsize=AT_HAND)(derived.reading), lambda: names)
    register = register_of(derived, dated)
    register = replace(register, discrepancies=discrepancies_of(documents, readings, register, tables))
    return View(Shown(documents, names), documents, readings, register)


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
    return Register(
        rows=tuple(sorted((from_json(RegisterRow, one) for one in tables.rows()), key=order_of)),
        responses=responses_in_order(from_json(RegisterResponse, one) for one in tables.responses()),
        timeline=timeline_of(from_json(Entry, one) for one in tables.entries()),
        copies=tuple(from_json(Copy, one) for one in derived.links.all_copies()),
        dated=dated,
    )
