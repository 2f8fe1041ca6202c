"""What each endpoint gives that answers with one record."""

from __future__ import annotations

from collections.abc import Mapping

import tidewaiter
from tidewaiter.codec import Json
from tidewaiter.contract import (
    as_of_to_json,
    reading_to_json,
    transfer_to_json,
    utterance_to_json,
)
from tidewaiter.model import RegisterRow
from tidewaiter.pipeline.looking import Looked
from tidewaiter.web.pages import Missing, Moved
from tidewaiter.web.searching import Hit
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]
Parts = Mapping[str, str]
Record = dict[str, Json]


def sources_of(shown: Shown) -> Mapping[str, str]:
    """The source of each report by its id, looked up when asked for."""
    return Looked(lambda name: shown.brief[name].source, lambda: shown.view.by_id)


def as_of(shown: Shown) -> Record | None:
    return None if shown.as_of is None else as_of_to_json(shown.as_of)


def case(shown: Shown, _: Parts, __: Query) -> Record:
    """The case itself."""
    shown.have_compared()
    counts = {
        **{name: count for name, count in shown.counts.items() if name != "by_rules"},
        "utterances": shown.lists.utterances(0, 0, fewest=1)[1],
        "discrepancies": shown.lists.discrepancies(0, 0)[1],
        "judgements": len(shown.register.judgements),
    }
    return {"type": "case", "name": shown.name, "version": tidewaiter.__version__, "counts": counts}


def transfer_record(shown: Shown, row: RegisterRow) -> Record:
    related = shown.lists.relations_of(row.id)
    read = Looked(shown.lists.read_in_brief, lambda: shown.view.readings)
    return transfer_to_json(row, sources_of(shown), read, related)


def transfer(shown: Shown, parts: Parts, _: Query) -> Record:
    """A row of the register.  Raises ``Moved`` for a former id, ``Missing`` for one that names nothing."""
    name = parts["id"]
    row = shown.lists.row(name)
    if row is not None:
        return transfer_record(shown, row)
    present = shown.case.redirect_in(shown.view, name) if name.isalnum() else None
    if present is not None and present in shown.lines:
        raise Moved(shown.url("api", "transfers", present))
    raise Missing(f"No transfer has the id {name}.")


def document(shown: Shown, parts: Parts, _: Query) -> Record:
    """A report and what was read in it.  Raises ``Missing`` when there is none of that id."""
    name = parts["id"]
    if name not in shown.view.by_id:
        raise Missing(f"No document has the id {name}.")
    return reading_to_json(shown.view.by_id[name], shown.view.readings[name])


def utterance(shown: Shown, parts: Parts, _: Query) -> Record:
    """An act of saying.  Raises ``Missing`` when there is none of that id."""
    shown.have_compared()
    one = shown.utterances.get(parts["id"])
    if one is None:
        raise Missing(f"No act of saying has the id {parts['id']}.")
    return utterance_to_json(one, sources_of(shown))


def search(shown: Shown, _: Parts, query: Query) -> Record:
    """What a search finds."""
    found = shown.search.find(query["q"])
    return {
        "type": "found",
        "q": query["q"],
        "by": shown.search.by,
        "documents": [_hit(shown, one) for one in found.documents],
        "documents_in_all": found.documents_in_all,
        "statements": [_hit(shown, one) for one in found.statements],
        "statements_in_all": found.statements_in_all,
    }


def _hit(shown: Shown, hit: Hit) -> Record:
    document = shown.view.by_id[hit.document]
    return {
        "document": document.source,
        "document_id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published,
        "statement": hit.statement,
        "who": hit.who or None,
        "span": list(hit.span),
        "text": document.text[hit.span.start : hit.span.end],
        "marks": [list(one) for one in hit.marks],
    }
