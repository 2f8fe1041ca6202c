"""Many documents: copies, documents dated by others, and reported transfers that are one transfer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidewaiter.linking.compare import Ties
from tidewaiter.linking.copies import find_copies
from tidewaiter.linking.dating import date_documents
from tidewaiter.linking.features import by_document, candidates_of
from tidewaiter.linking.quotes import find_shared_quotes, share_quoted_words
from tidewaiter.linking.transfers import group_transfers, resolve
from tidewaiter.model import Document, Links, Reading

__all__ = ["link", "resolve"]


def link(documents: Sequence[Document], readings: Mapping[str, Reading]) -> Links:
    """What many documents have to do with each other.

    ``readings`` is keyed by document id; a document without a reading takes part in copies only.  The
    result does not depend on the order of either.
    """
    by_id = {document.id: document for document in documents}
    known = by_document(by_id, readings)
    kept = {name: readings[name] for name in known}
    copies = find_copies(tuple(by_id.values()))
    quotes = find_shared_quotes(kept)
    dated = date_documents(tuple(by_id.values()), kept, copies, quotes)
    candidates = [
        candidate
        for name in known
        for candidate in candidates_of(
            by_id[name], kept[name], dated[name][0] if name in dated else by_id[name].published
        )
    ]
    ties = Ties(
        copies=frozenset((copy.a, copy.b) for copy in copies),
        same_quotes=share_quoted_words(tuple(by_id.values())),
        same_statements=frozenset(((one.a, one.statement_a), (one.b, one.statement_b)) for one in quotes),
    )
    groups = group_transfers(candidates, ties)
    return Links(copies=copies, groups=groups, dated=dated)
