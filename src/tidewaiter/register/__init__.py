"""The register: one row a transfer, every cell with the words that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidewaiter.model import Document, Links, Reading, Register
from tidewaiter.register.responses import responses_of
from tidewaiter.register.rows import rows_of
from tidewaiter.register.sources import sources_of
from tidewaiter.register.timeline import timeline_of
from tidewaiter.register.years import fill_years
from tidewaiter.wording import usual_names

__all__ = ["build_register", "fill_years"]


def build_register(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    links: Links,
    as_of: str,
    names: Mapping[str, str] | None = None,
) -> Register:
    """The register of a case.

    ``readings`` is keyed by document id; ``as_of`` is an ISO day; ``names`` gives the names of parties
    for reading by code, where others than the usual English ones are wanted.  The result does not depend
    on the order of ``documents``.
    """
    sources = sources_of(documents, readings, links, as_of, usual_names() if names is None else names)
    rows = rows_of(sources, links.groups, links.copies)
    responses = responses_of(sources)
    return Register(
        rows=rows,
        responses=responses,
        timeline=timeline_of(sources, rows, responses),
        copies=links.copies,
        dated=links.dated,
    )
