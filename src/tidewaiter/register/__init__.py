"""The register: one row a transfer, every cell with the words that it rests on.

A row is made from its own documents (``rows``), a step of a response from those that tell it
(``responses``), and the timeline from what rows and events put on it (``timeline``), so that each can be made
again alone.  What is known of rows and responses only from one another (the history of a response, which
transfers it answers, whether what was announced was done) is added when the register is looked at
(``completion``).  ``build_register`` makes the whole for a handful of documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidewaiter.knowledge import Knowledge, load
from tidewaiter.model import Document, Links, Reading, Register, RegisterResponse
from tidewaiter.register.completion import completed
from tidewaiter.register.responses import Alike, ToldResponse, join, told_in
from tidewaiter.register.rows import rows_of
from tidewaiter.register.sources import Sources, sources_of
from tidewaiter.register.timeline import event_entries, row_entries
from tidewaiter.register.years import fill_years
from tidewaiter.wording import usual_names

__all__ = ["build_register", "fill_years"]


def build_register(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    links: Links,
    as_of: str,
    names: Mapping[str, str] | None = None,
    tables: Knowledge | None = None,
) -> Register:
    """The register of a handful of documents.

    ``readings`` is keyed by document id; ``as_of`` is an ISO day; ``names`` gives the names of parties
    for reading by code, where others than the usual English ones are wanted; ``tables``: the case's own
    knowledge, else the project's.  The result does not depend on the order of ``documents``.
    """
    sources = sources_of(
        documents, readings, links, as_of, usual_names() if names is None else names, tables or load()
    )
    rows = rows_of(sources, links.groups, links.copies)
    entries = [
        *(one for row in rows for one in row_entries(sources, row)),
        *(one for document in sorted(sources.readings) for one in event_entries(sources, document)),
    ]
    steps = tuple(_joined(sources))
    register = Register(rows=rows, responses=steps, timeline=(), copies=links.copies, dated=links.dated)
    return completed(register, entries, as_of, sources.names)


def _joined(sources: Sources) -> list[RegisterResponse]:
    alike: dict[Alike, list[ToldResponse]] = {}
    for document in sorted(sources.readings):
        for told in told_in(sources, document):
            alike.setdefault(told.alike, []).append(told)
    return [one for key in sorted(alike) for one in join(alike[key], sources.row_of)]
