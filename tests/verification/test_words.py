"""One thing is put out of place; exactly that is found, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tidewaiter.model import Document, OpenQuestion, Reading, RegisterRow, Span
from tidewaiter.verification.findings import MEANINGS, Finding, Kind
from tidewaiter.verification.texts import (
    COVERED,
    anchors_of,
    check_origin,
    check_reading,
    check_register,
    check_row,
    check_text,
    findings_of,
    place_of,
)

from .conftest import Values


def everything(values: Values) -> Iterator[Finding]:
    for document in values.documents.values():
        yield from check_text(document)
        yield from check_origin(document, values.decoded[document.id])
        yield from check_reading(document, values.readings[document.id])
    yield from check_register(values.register, values.text)


def only(found: Iterator[Finding]) -> Finding:
    (one,) = found
    assert one.what
    assert one.todo
    return one


def test_what_the_program_makes_holds(values: Values) -> None:
    assert list(everything(values)) == []
    assert sum(len(list(findings_of(one))) for one in values.readings.values()) > 20
    assert sum(len(row.cells) for row in values.register.rows) > 20


def test_every_kind_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Kind)


# ------------------------------------------------------------------------------------ texts


@pytest.fixture
def document(values: Values) -> Document:
    return next(one for one in values.documents.values() if one.source == "accusation.txt")


@pytest.fixture
def reading(values: Values, document: Document) -> Reading:
    return values.readings[document.id]


def test_a_changed_text_is_found(document: Document) -> None:
    found = only(check_text(replace(document, text=document.text.replace("40", "41", 1))))
    assert found.kind == Kind.TEXT_CHANGED
    assert document.id in found.where
    assert document.source in found.where
    assert "tidewaiter rebuild" in found.todo


def test_a_changed_text_does_not_stand_in_its_capture(values: Values, document: Document) -> None:
    changed = replace(document, text=document.text.replace("40", "41", 1))
    found = only(check_origin(changed, values.decoded[document.id]))
    assert found.kind == Kind.ORIGIN_WRONG


@pytest.mark.parametrize("shift", [(-1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, -1), (0, 0, 10**9)])
def test_a_map_that_is_off_is_found(values: Values, document: Document, shift: tuple[int, int, int]) -> None:
    first, *rest = document.segments
    moved = first._replace(
        start=first.start + shift[0], end=first.end + shift[1], origin=first.origin + shift[2]
    )
    found = only(check_origin(replace(document, segments=(moved, *rest)), values.decoded[document.id]))
    assert found.kind == Kind.ORIGIN_WRONG
    assert document.id in found.where


def test_the_anchor_of_a_title_outside_the_text_is_found(document: Document) -> None:
    end = len(document.text)
    found = only(check_text(replace(document, anchors={"title": (Span(end - 1, end + 1),)})))
    assert found.kind == Kind.ANCHOR_OUTSIDE
    assert found.where.endswith(", title")


# ------------------------------------------------------------------------------------ findings

LISTS = ("statements", "mentions", "transfers", "claims", "responses", "events")


def each(values: Values) -> Iterator[tuple[Document, str, int, Any]]:
    """Every finding with the place it has in its reading."""
    for document in values.documents.values():
        for name in LISTS:
            for number, one in enumerate(getattr(values.readings[document.id], name)):
                yield document, name, number, one


def put(reading: Reading, name: str, number: int, one: Any) -> Reading:
    changed = list(getattr(reading, name))
    changed[number] = one
    return replace(reading, **{name: tuple(changed)})


def test_every_anchor_of_every_finding_is_looked_at(values: Values) -> None:
    tried = 0
    for document, name, number, one in each(values):
        for field, spans in one.anchors.items():
            for place, span in enumerate(spans):
                for wrong in (Span(span.start, len(document.text) + 1), Span(-1, span.end), Span(5, 5)):
                    changed = (*spans[:place], wrong, *spans[place + 1 :])
                    moved = replace(one, anchors={**one.anchors, field: changed})
                    found = only(
                        check_reading(document, put(values.readings[document.id], name, number, moved))
                    )
                    assert found.kind == Kind.ANCHOR_OUTSIDE
                    assert found.where == f"{place_of(document.id, one)}, {field}"
                    tried += 1
    assert tried > 100


def test_every_value_without_words_is_found(values: Values) -> None:
    tried = set()
    for document, name, number, one in each(values):
        for field in COVERED[type(one)]:
            if not one.anchors.get(field):
                continue
            bare = replace(one, anchors={key: one.anchors[key] for key in one.anchors if key != field})
            found = list(check_reading(document, put(values.readings[document.id], name, number, bare)))
            if getattr(one, field) is None:  # the words of what is not known ground nothing
                assert found == []
                continue
            (missing,) = found
            assert missing.kind == Kind.WORDS_MISSING
            assert missing.where == f"{place_of(document.id, one)}, {field}"
            tried.add((name, field))
    assert {("claims", "speaker"), ("transfers", "supplier"), ("responses", "kind")} <= tried


@pytest.mark.parametrize("part", ["source", "cue", "content"])
def test_words_of_a_statement_that_do_not_stand_there_are_found(
    document: Document, reading: Reading, part: str
) -> None:
    number, one = next((n, s) for n, s in enumerate(reading.statements) if getattr(s, part))
    told = getattr(one, part)
    for wrong in (
        replace(told, text=told.text + "!"),
        replace(told, spans=tuple(Span(start + 1, end) for start, end in told.spans)),
    ):
        changed = replace(one, **{part: wrong})
        found = only(check_reading(document, put(reading, "statements", number, changed)))
        assert found.kind == Kind.WORDS_DIFFER
        assert found.where == f"{place_of(document.id, one)}, {part}"


def test_the_anchors_of_a_statement_are_those_of_its_parts_too(reading: Reading) -> None:
    assert {"content", "cue", "source"} <= set(anchors_of(reading.statements[0]))


# ------------------------------------------------------------------------------------ register


@pytest.fixture
def row(values: Values) -> RegisterRow:
    return next(one for one in values.register.rows if one.supplier == "PRT")


def test_every_citation_of_a_cell_is_looked_at(values: Values, row: RegisterRow) -> None:
    tried = 0
    for name, cell in row.cells.items():
        for number, citation in enumerate(cell.citations):
            for wrong, kind in (
                (replace(citation, quote=f"{citation.quote}s"), Kind.WORDS_DIFFER),
                (replace(citation, spans=(*citation.spans, Span(0, 3))), Kind.WORDS_DIFFER),
                (replace(citation, spans=(Span(0, 10**6),)), Kind.ANCHOR_OUTSIDE),
                (replace(citation, document="d000000000000"), Kind.ID_DANGLING),
            ):
                cited = (*cell.citations[:number], wrong, *cell.citations[number + 1 :])
                changed = replace(row, cells={**row.cells, name: replace(cell, citations=cited)})
                found = only(check_row(changed, values.text))
                assert found.kind == kind
                assert found.where.startswith(f"{row.id}, {name}")
                tried += 1
    assert tried > 40


def test_a_cell_without_words_is_found(values: Values, row: RegisterRow) -> None:
    bare = replace(row.cells["supplier"], citations=())
    found = only(check_row(replace(row, cells={**row.cells, "supplier": bare}), values.text))
    assert (found.kind, found.where) == (Kind.WORDS_MISSING, f"{row.id}, supplier")
    unknown = replace(bare, value="..")
    assert list(check_row(replace(row, cells={**row.cells, "supplier": unknown}), values.text)) == []


def test_the_words_of_positions_questions_responses_and_timeline_are_looked_at(values: Values) -> None:
    register = values.register
    row = next(one for one in register.rows if one.positions)
    position, question = row.positions[0], OpenQuestion("receipt", "not confirmed", "2021-06-01")
    claim = position.claims[0]
    wrong_claim = replace(claim, citation=replace(claim.citation, quote="never said"))
    wrong_position = replace(position, claims=(wrong_claim, *position.claims[1:]))
    wrong_question = replace(question, citations=(replace(claim.citation, quote="never said"),))
    entry, response = register.timeline[0], register.responses[0]
    for changed in (
        replace(register, rows=(replace(row, positions=(wrong_position, *row.positions[1:])),)),
        replace(register, rows=(replace(row, open=(wrong_question,)),)),
        replace(register, timeline=(replace(entry, citations=wrong_question.citations),)),
        replace(register, responses=(replace(response, citations=wrong_question.citations),)),
    ):
        assert only(check_register(changed, values.text)).kind == Kind.WORDS_DIFFER
    for changed in (
        replace(register, timeline=(replace(entry, citations=()),)),
        replace(register, responses=(replace(response, citations=()),)),
    ):
        assert only(check_register(changed, values.text)).kind == Kind.WORDS_MISSING
