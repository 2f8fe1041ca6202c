"""A case as shown, from the derived store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tidewaiter import edtf
from tidewaiter.codec import from_json
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.model import Copy, Document, Register, RegisterResponse, RegisterRow
from tidewaiter.pipeline.steps import View
from tidewaiter.register.responses import in_order as responses_in_order
from tidewaiter.register.rows import order_of
from tidewaiter.register.timeline import Entry, timeline_of


def view(derived: DerivedStore) -> View | None:
    """The case as last built; None before the first build."""
    with derived.snapshot():
        if derived.register.as_of() is None:
            return None
        register = register_of(derived)
        documents = in_order(with_dates(derived.documents(), register.dated))
        return View(documents, {one.id: derived.reading(one.id) for one in documents}, register)


def register_of(derived: DerivedStore) -> Register:
    """The register as last made."""
    tables = derived.register
    return Register(
        rows=tuple(sorted((from_json(RegisterRow, one) for one in tables.rows()), key=order_of)),
        responses=responses_in_order(from_json(RegisterResponse, one) for one in tables.responses()),
        timeline=timeline_of(from_json(Entry, one) for one in tables.entries()),
        copies=tuple(from_json(Copy, one) for one in derived.links.all_copies()),
        dated=derived.links.all_dated(),
    )


def with_dates(documents: Iterable[Document], dated: Mapping[str, tuple[str, str]]) -> tuple[Document, ...]:
    """The documents, each undated one with the date that others give it and the ground for it."""
    return tuple(
        replace(one, published=dated[one.id][0], published_ground=dated[one.id][1])
        if one.id in dated
        else one
        for one in documents
    )


def in_order(documents: Sequence[Document]) -> tuple[Document, ...]:
    """By date, then source: the order in which documents are shown."""
    return tuple(sorted(documents, key=lambda one: (edtf.sort_key(one.published), one.source, one.id)))
