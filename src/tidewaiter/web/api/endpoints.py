"""The endpoints: what each is asked, what it answers, and in which shape.  The OpenAPI document, the page
that lists them and what answers requests are all made of this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from tidewaiter.contract import (
    copy_to_json,
    discrepancy_to_json,
    document_to_json,
    judgement_to_json,
    response_to_json,
    timeline_to_json,
    utterance_to_json,
)
from tidewaiter.model import Standing
from tidewaiter.web.api import changing, lists, records, single
from tidewaiter.web.api.lists import Listed, Window
from tidewaiter.web.api.parameters import (
    DAYS,
    DISCREPANCIES,
    PAGES,
    REGISTER,
    SEARCH,
    SIZE,
    UTTERANCES,
    Parameter,
    choice,
    day,
    in_path,
)
from tidewaiter.web.api.records import Shape
from tidewaiter.web.api.single import Record, sources_of
from tidewaiter.web.desk import Desk
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]
Parts = Mapping[str, str]
Answer = Callable[[Desk, Shown, Parts, Query], Record]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that answers with JSON."""

    path: str
    name: str  # operationId
    told: str  # what it answers, in a line
    shape: Shape  # of what it answers, with the day that it is of
    parameters: tuple[Parameter, ...]
    answer: Answer
    is_list: bool = False


# ------------------------------------------------------------------------------------ how they answer


def _one(
    path: str,
    name: str,
    told: str,
    kind: Shape,
    find: Callable[[Shown, Parts, Query], Record],
    *parameters: Parameter,
) -> Endpoint:
    """An endpoint that answers with one record."""

    def answer(_: Desk, shown: Shown, parts: Parts, query: Query) -> Record:
        return {**find(shown, parts, query), "as_of": single.as_of(shown)}

    return Endpoint(path, name, told, records.dated(kind), (*parameters, *DAYS), answer)


def _list(
    path: str,
    name: str,
    told: str,
    kind: Shape,
    find: Callable[[Shown, Query, Window], Listed],
    record: Callable[[Shown, Any], Record],
    *parameters: Parameter,
) -> Endpoint:
    """An endpoint that answers with a page of a list."""

    def answer(_: Desk, shown: Shown, __: Parts, query: Query) -> Record:
        found = find(shown, query, _window(query))
        return _page(path, shown, query, found, [record(shown, one) for one in found.items])

    return Endpoint(
        path, name, told, records.listed(kind), (*parameters, *PAGES, *DAYS), answer, is_list=True
    )


def _changes(desk: Desk, shown: Shown, _: Parts, query: Query) -> Record:
    found, views = changing.changes(desk, shown.asked, query, _window(query))
    told = [changing.record(views, one) for one in found.items]
    return _page("/api/changes", views[0], query, found, told)


def _window(query: Query) -> Window:
    size = int(query.get("size", SIZE))
    return Window((int(query.get("page", 1)) - 1) * size, size)


def _page(path: str, shown: Shown, query: Query, found: Listed, told: list[Record]) -> Record:
    number, size = int(query.get("page", 1)), int(query.get("size", SIZE))
    pages = max(1, -(-found.total // size))

    def address(wanted: int) -> str | None:
        asked = {**query, "page": str(wanted)}
        return shown.url.of(path.strip("/").split("/"), asked) if 1 <= wanted <= pages else None

    return {
        "items": told,
        "total": found.total,
        "page": number,
        "pages": pages,
        "size": size,
        "next": address(number + 1),
        "previous": address(min(number - 1, pages)),
        "as_of": single.as_of(shown),
    }


# ------------------------------------------------------------------------------------ records


def _cited(record: Callable[[Any, Mapping[str, str]], Record], shown: Shown, one: Any) -> Record:
    """A record whose citations name their reports by source."""
    return record(one, sources_of(shown))


def _document(_: Shown, one: Any) -> Record:
    return {"type": "document", **document_to_json(one)}


def _copy(shown: Shown, one: Any) -> Record:
    return copy_to_json(one, shown.register.passages.get((one.a, one.b), ()), sources_of(shown))


def _judgement(_: Shown, one: Any) -> Record:
    return judgement_to_json(one)


# ------------------------------------------------------------------------------------ the table

ENDPOINTS = (
    _one(
        "/api/case",
        "case",
        "The case: name, counts, version of the program.",
        records.Case,
        single.case,
    ),
    _list(
        "/api/transfers",
        "transfers",
        "The register, row by row, narrowed and sorted as its page is.",
        records.Transfer,
        lists.transfers,
        single.transfer_record,
        *REGISTER,
    ),
    _one(
        "/api/transfers/{id}",
        "transfer",
        "One row of the register. A former id is redirected to the row that it means now.",
        records.Transfer,
        single.transfer,
        in_path("id", "The id of a row: t and ten digits.", "t0123456789"),
    ),
    _list(
        "/api/documents",
        "documents",
        "The reports with their texts, in order of date.",
        records.Document,
        lists.documents,
        _document,
    ),
    _one(
        "/api/documents/{id}",
        "document",
        "One report with everything that was read in it.",
        records.DocumentReading,
        single.document,
        in_path("id", "The id of a report: d and twelve digits.", "d0123456789ab"),
    ),
    _one(
        "/api/search",
        "search",
        "Texts and statements that hold every word; words between quotation marks side by side.",
        records.Found,
        single.search,
        *SEARCH,
    ),
    _list(
        "/api/utterances",
        "utterances",
        "Acts of saying that several reports tell, those told in most of them first.",
        records.Utterance,
        lists.utterances,
        partial(_cited, utterance_to_json),
        *UTTERANCES,
    ),
    _one(
        "/api/utterances/{id}",
        "utterance",
        "One act of saying with all its retellings.",
        records.Utterance,
        single.utterance,
        in_path("id", "The id of an act of saying: u and ten digits.", "u0123456789"),
    ),
    _list(
        "/api/discrepancies",
        "discrepancies",
        "Where reports disagree, or one contradicts itself.",
        records.Discrepancy,
        lists.discrepancies,
        partial(_cited, discrepancy_to_json),
        *DISCREPANCIES,
    ),
    _list(
        "/api/copies",
        "copies",
        "Pairs of reports of which one derives from the other, or both from a third.",
        records.Copy,
        lists.copies,
        _copy,
    ),
    _list(
        "/api/timeline",
        "timeline",
        "Everything in order of time.",
        records.TimelineEntry,
        lists.timeline,
        partial(_cited, timeline_to_json),
    ),
    _list(
        "/api/responses",
        "responses",
        "What was done about transfers, joined over reports.",
        records.Response,
        lists.responses,
        partial(_cited, response_to_json),
    ),
    _list(
        "/api/judgements",
        "judgements",
        "What analysts decided, and what became of it in the last build.",
        records.Judgement,
        lists.judgements,
        _judgement,
        choice("standing", "What became of it.", Standing, "acts"),
    ),
    Endpoint(
        "/api/changes",
        "changes",
        "What changed from a day to the one that is shown, both included. The first time that a day is asked "
        "for, the case as of its eve is made, which takes time in a large case.",
        records.listed(records.Change),
        (
            day("since", "The first day.", "2024-01-01", is_required=True),
            *PAGES,
            *DAYS,
        ),
        _changes,
        is_list=True,
    ),
)
