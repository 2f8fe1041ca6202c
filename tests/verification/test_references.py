"""One id is made to name nothing; exactly that is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tidewaiter.model import Copy, JoinReason, Reading, RegisterRow
from tidewaiter.verification.findings import Finding, Kind
from tidewaiter.verification.references import (
    check_copy,
    check_dated,
    check_entry_ids,
    check_ids,
    check_response_ids,
    check_row_ids,
)

from .conftest import Values


def dangling(found: Iterator[Finding], *words: str) -> None:
    (one,) = found
    assert one.kind == Kind.ID_DANGLING
    assert one.todo
    for word in words:
        assert word in f"{one.where}: {one.what}"


def test_what_the_program_makes_holds(values: Values) -> None:
    for document in values.documents.values():
        assert list(check_ids(document, values.readings[document.id])) == []
    for row in values.register.rows:
        assert list(check_row_ids(row, values)) == []
    for number, response in enumerate(values.register.responses, 1):
        assert list(check_response_ids(number, response, values)) == []
    for number, entry in enumerate(values.register.timeline, 1):
        assert list(check_entry_ids(number, entry, values)) == []
    assert len(values.register.rows) > 2


@pytest.mark.parametrize(
    ("name", "field", "wrong"),
    [
        ("claims", "transfer", "r0"),
        ("claims", "statement", "s99"),
        ("statements", "within", "s99"),
        ("mentions", "transfer", "r0"),
        ("responses", "transfer", "r0"),
        ("transfers", "in_exchange_for", "r0"),
        ("transfers", "mentions", ("m99",)),
    ],
)
def test_an_id_in_a_document_that_names_nothing_is_found(
    values: Values, name: str, field: str, wrong: str | tuple[str]
) -> None:
    document = next(one for one in values.documents.values() if getattr(values.readings[one.id], name))
    reading = values.readings[document.id]
    first, *rest = getattr(reading, name)
    changed = replace(reading, **{name: (replace(first, **{field: wrong}), *rest)})
    named = wrong if isinstance(wrong, str) else wrong[0]
    dangling(check_ids(document, changed), document.id, first.id, named)


def test_a_finding_that_goes_leaves_what_names_it_dangling(values: Values) -> None:
    document = next(one for one in values.documents.values() if values.readings[one.id].claims)
    reading = values.readings[document.id]
    found = list(check_ids(document, replace(reading, transfers=())))
    assert {one.kind for one in found} == {Kind.ID_DANGLING}
    assert len(found) >= len(reading.claims)


def test_an_id_of_two_things_is_found(values: Values) -> None:
    document = next(one for one in values.documents.values() if values.readings[one.id].claims)
    reading = values.readings[document.id]
    doubled = replace(reading, claims=(*reading.claims, reading.claims[0]))
    (found,) = check_ids(document, doubled)
    assert found.kind == Kind.ID_TWICE
    assert reading.claims[0].id in found.where


def test_a_reading_of_another_document_is_found(values: Values) -> None:
    one, other = list(values.documents.values())[:2]
    reading = Reading(document=other.id, reader="any")
    dangling(check_ids(one, reading), one.id, other.id)


@pytest.fixture
def row(values: Values) -> RegisterRow:
    return next(one for one in values.register.rows if one.supplier == "PRT")


def test_ids_under_a_row_that_name_nothing_are_found(values: Values, row: RegisterRow) -> None:
    document = row.reported[0][0]
    dangling(check_row_ids(replace(row, reported=((document, "r0"),)), values), row.id, document, "r0")
    dangling(check_row_ids(replace(row, reported=(("d0", "r0"),)), values), row.id, "d0")
    dangling(check_row_ids(replace(row, in_exchange_for=("t0",)), values), row.id, "t0")
    reason = JoinReason(row.reported[0][1], "r0", False, 0.1, "other goods")
    dangling(check_row_ids(replace(row, apart=(reason,)), values), row.id, "apart", "r0")
    dangling(check_row_ids(replace(row, reasons=(reason,)), values), row.id, "reasons", "r0")
    position = row.positions[0]
    lost = replace(position.claims[0], claim="c99")
    changed = replace(row, positions=(replace(position, claims=(lost,)),))
    dangling(check_row_ids(changed, values), row.id, position.actor, "c99")


def test_ids_beside_the_rows_that_name_nothing_are_found(values: Values) -> None:
    response, entry = values.register.responses[0], values.register.timeline[0]
    dangling(check_response_ids(3, replace(response, transfers=("t0",)), values), "response 3", "t0")
    dangling(check_entry_ids(3, replace(entry, transfers=("t0",)), values), "timeline entry 3", "t0")
    document = next(iter(values.documents))
    dangling(check_copy(Copy(document, "d0", "verbatim", None, 1.0, "alike"), values), document, "d0")
    dangling(check_dated("d0", values), "d0")
    assert list(check_copy(Copy(document, document, "verbatim", None, 1.0, "alike"), values)) == []
    assert list(check_dated(document, values)) == []
