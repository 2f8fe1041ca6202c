"""Rows, responses and timeline of the register, made again where linking changed what they rest on."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

from tidewaiter.codec import from_json, to_json
from tidewaiter.edtf import safe
from tidewaiter.judging import Edits, Settled
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.linking.update import Linker, Touched
from tidewaiter.model import Copy, Document, Reading, Remark
from tidewaiter.pipeline.listing import Lister, response_line, stored_entries
from tidewaiter.pipeline.looking import Looked
from tidewaiter.pipeline.steps import Progress, Step
from tidewaiter.pipeline.store_index import StoreIndex
from tidewaiter.register.questions import last_report
from tidewaiter.register.responses import ToldResponse, join, told_in
from tidewaiter.register.rows import row_of
from tidewaiter.register.sources import Sources
from tidewaiter.register.timeline import Entry, event_entries, row_entries
from tidewaiter.register.years import fill_years
from tidewaiter.wording import usual_names

AT_HAND = 200
"""Documents and readings kept at hand while rows are made."""


class Registrar:
    """Keeps the register in the derived store up to date with its links."""

    def __init__(
        self, derived: DerivedStore, index: StoreIndex, as_of: str, settled: Settled, knowledge: Knowledge
    ) -> None:
        self._derived = derived
        self._index = index
        self._linker = Linker(index, settled.rulings)
        self._edits = settled.edits
        self._names = usual_names()
        self._lister = Lister(derived, as_of, knowledge)
        self._lines: set[str] = set()  # of responses, with other steps than before
        self._reading = lru_cache(maxsize=AT_HAND)(self._load_reading)
        documents: Callable[[str], Document] = lru_cache(maxsize=AT_HAND)(derived.document)
        self._sources = Sources(
            documents=Looked(documents, derived.document_ids),
            readings=Looked(self._reading, derived.document_ids),
            published=Looked(lru_cache(maxsize=4 * AT_HAND)(self._published), derived.document_ids),
            row_of=Looked(self._group_id, lambda: ()),
            as_of=as_of,
            names=self._names,
            knowledge=knowledge,
            remarks=Looked(self._remarks, derived.document_ids),
            ratings=settled.ratings,
        )

    def _remarks(self, document: str) -> tuple[Remark, ...]:
        return self._edits.get(document, Edits()).remarks

    def _published(self, document: str) -> str | None:
        dated = self._index.dated(document)
        if dated is not None:
            return dated[0]
        features = self._index.features(document)
        return None if features is None else safe(features.published)

    def _load_reading(self, document: str) -> Reading:
        """With years in its dates, where other documents give them."""
        dated = self._index.dated(document)
        reading = self._derived.reading(document)
        return reading if dated is None else fill_years(reading, dated)[0]

    def _group_id(self, transfer: str) -> str:
        found = self._derived.links.group_id_of(transfer)
        if found is None:
            raise KeyError(transfer)
        return found

    # --------------------------------------------------------------------------- what to make again

    def update(
        self,
        touched: Touched,
        former_as_of: str | None,
        progress: Progress,
        *,
        rated: Collection[tuple[str, str]] = (),
    ) -> list[str]:
        """Make again what rests on what linking touched, or on the day for which questions are put;
        gives the ids of the rows made.  ``rated``: kind and name of the sources whose reliability analysts
        give otherwise than before."""
        moved = self._moved(touched)
        rows = self._rows_touched(touched, moved)
        if former_as_of not in (None, self._sources.as_of):
            later = self._derived.register.reported_after(min(str(former_as_of), self._sources.as_of))
            rows.update(name for name in later if name not in touched.gone or self._index.group(name))
        for kind, name in sorted(rated):  # rows not touched still say who says what in them
            said = self._derived.register.rows_telling(kind, name)
            rows.update(one for one in said if self._index.group(one) is not None)
        alike = self._tell_again(touched, moved)
        total, done = len(rows) + len(alike), 0
        progress(Step("Register", 0, total))
        for name in sorted(touched.gone):
            if self._index.group(name) is None:
                self._derived.register.drop_row(name)
                self._derived.register.put_entries(_row_owner(name), ())
        for name in sorted(rows):
            self._make_row(name)
            done += 1
            progress(Step("Register", done, total))
        for key in sorted(alike):
            self._join(key)
            done += 1
            progress(Step("Register", done, total))
        gone = [name for name in touched.gone if self._index.group(name) is None]
        self._lister.update(touched.documents, rows, gone, self._lines, former_as_of)
        return sorted(rows)

    def _moved(self, touched: Touched) -> list[str]:
        """The reported transfers that are in another group than before, or newly in one."""
        links = self._derived.links
        found = set(touched.near)
        for group in touched.gone.values():
            found.update(name for _, name in group.members if links.group_id_of(name) != group.id)
        return sorted(name for name in found if links.document_of(name) is not None)

    def _rows_touched(self, touched: Touched, moved: Iterable[str]) -> set[str]:
        """Groups with other members or other neighbours, of documents with other copies, and of what is
        given in exchange for a transfer that moved."""
        found = set(touched.groups)
        transfers = set(moved)
        for document in sorted(touched.copied | {self._index.document_of(one) for one in transfers}):
            features = self._index.features(document)
            for one in features.transfers if features else ():
                if document in touched.copied or one.in_exchange_for in transfers:
                    found.add(self._group_id(one.id))
        return found.union(self._group_id(one) for one in transfers)

    def _tell_again(self, touched: Touched, moved: Iterable[str]) -> set[str]:
        """Responses and events of the documents that changed; what the responses that may be joined
        otherwise have in common."""
        register = self._derived.register
        alike: set[str] = set()
        for document in sorted(touched.documents):
            is_in = self._index.features(document) is not None
            told = told_in(self._sources, document) if is_in else ()
            alike |= register.put_told(document, [(_key(one), to_json(one)) for one in told])
            entries = event_entries(self._sources, document) if is_in else []
            register.put_entries(f"event {document}", stored_entries(entries))
        for transfer in moved:
            alike |= register.alike_in(self._index.document_of(transfer))
        return alike

    # --------------------------------------------------------------------------- making it

    def _make_row(self, name: str) -> None:
        group = self._index.group(name)
        assert group is not None, f"{name} is not a group"
        documents = {document for document, _ in group.members}
        row = row_of(self._sources, self._linker.explained(group), self._copies_among(documents))
        self._derived.register.put_row(row, last_report(self._sources, group.members))
        self._put_entries(_row_owner(name), row_entries(self._sources, row))

    def _copies_among(self, documents: set[str]) -> list[Copy]:
        return [
            copy
            for document in sorted(documents)
            for copy in self._index.copies(document)
            if copy.a == document and copy.b in documents
        ]

    def _join(self, alike: str) -> None:
        told = [from_json(ToldResponse, one) for one in self._derived.register.told(alike)]
        steps = join(told, self._sources.row_of)
        told_again = [(response_line(one), to_json(one)) for one in steps]
        self._lines |= self._derived.register.put_responses(alike, told_again)

    def _put_entries(self, owner: str, entries: Iterable[Entry]) -> None:
        self._derived.register.put_entries(owner, stored_entries(entries))


def _row_owner(name: str) -> str:
    return f"row {name}"


def _key(told: ToldResponse) -> str:
    return json.dumps(told.alike)
