"""Many documents: copies, documents dated by others, transfers, utterances and discrepancies.

``features`` says what of one document is compared, ``copying``, ``dating`` and ``merging`` judge two, and
``neighbours`` says which two are worth it; ``update`` keeps the results in an ``index`` up to date as
documents come and go.  ``sayings`` and ``disputes`` look at what came of it, ``texts`` at words alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tidewaiter.linking.features import features_of
from tidewaiter.linking.index import MemoryIndex
from tidewaiter.linking.merging.transfers import resolve
from tidewaiter.linking.update import Linker, groups_of
from tidewaiter.model import Document, Links, Reading

__all__ = ["link", "resolve"]


def link(documents: Sequence[Document], readings: Mapping[str, Reading]) -> Links:
    """What a handful of documents have to do with each other.

    ``readings`` is keyed by document id; a document without a reading takes part in copies only.  The
    result does not depend on the order of either.
    """
    features = {
        one.id: features_of(one, readings.get(one.id) or Reading(one.id, "not read")) for one in documents
    }
    index = MemoryIndex()
    linker = Linker(index)
    linker.update(features, features.get)
    copies = {(copy.a, copy.b): copy for name in features for copy in index.copies(name)}
    return Links(
        copies=tuple(copies[pair] for pair in sorted(copies)),
        groups=tuple(linker.explained(group) for group in groups_of(index, features.values())),
        dated={name: dated for name in sorted(features) if (dated := index.dated(name)) is not None},
    )
