"""Lists asked for page by page say what the register says as a whole."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest

from pipeline.conftest import AT
from pipeline.listed import check_lists, listed
from tidewaiter.case import Case
from tidewaiter.dossier.notes import document_name
from tidewaiter.dossier.views import is_readable, title_of
from tidewaiter.edtf import safe, safe_bounds, sort_key
from tidewaiter.errors import CaseError
from tidewaiter.ledger import list_tables
from tidewaiter.ledger.database import open_database
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.list_tables import DocumentLine, ListTables, Searched
from tidewaiter.ledger.schema import MIGRATIONS
from tidewaiter.model import STAGE_ORDER, RegisterRow
from tidewaiter.pipeline import View
from tidewaiter.pipeline.lists import SORTS, Filters, Lists
from tidewaiter.register.lines import Role, parts_of
from tidewaiter.wording import name_of

NOWHERE = "t" + "0" * 12


@pytest.fixture
def view(example: Case) -> View:
    return example.view()


@pytest.fixture
def lists(view: View) -> Lists:
    return view.lists


def ids(found: tuple[list[str], int]) -> list[str]:
    names, total = found
    assert len(names) == total
    return names


def public_days(view: View, row: RegisterRow) -> list[str]:
    bounds = [safe_bounds(view.by_id[document].published) for document, _ in row.reported]
    return [one.latest.isoformat() for one in bounds if one.latest is not None]


def test_what_is_told_of_a_document_in_brief_is_what_the_whole_says(view: View, lists: Lists) -> None:
    for one in view.documents:
        told = (one.source, document_name(one), title_of(one), one.published, one.language)
        assert lists.brief(one.id) == told
        reported = [
            (each.id, each.supplier, each.recipient, each.category)
            for each in view.readings[one.id].transfers
        ]
        assert [astuple(each) for each in lists.read_in_brief(one.id).transfers] == reported
    assert lists.brief("d0") is None


# ------------------------------------------------------------------------------------ rows


def test_the_example_case_has_what_is_looked_for_below(view: View) -> None:
    rows = view.register.rows
    assert len(rows) > 5
    assert any(row.open for row in rows)
    assert view.register.responses
    assert view.register.copies
    assert any(one.transfers for one in view.register.responses)


@pytest.mark.parametrize("column", ["supplier", "recipient", "category", "stage"])
def test_each_column_lets_through_the_rows_that_have_it(view: View, lists: Lists, column: str) -> None:
    rows = view.register.rows
    choices = lists.choices(column)
    assert sorted(map(str, choices)) == sorted({str(getattr(row, column)) for row in rows})
    for choice in choices:
        asked = Filters(**{column: choice or ""})
        assert ids(lists.rows(asked)) == [row.id for row in rows if getattr(row, column) == choice]


def test_rows_by_what_is_open(view: View, lists: Lists) -> None:
    rows = view.register.rows
    assert ids(lists.rows(Filters(open="any"))) == [row.id for row in rows if row.open]
    assert ids(lists.rows(Filters(open="none"))) == [row.id for row in rows if not row.open]
    assert lists.open_kinds() == sorted({one.kind for row in rows for one in row.open})
    for kind in lists.open_kinds():
        having = [row.id for row in rows if kind in {one.kind for one in row.open}]
        assert ids(lists.rows(Filters(open=kind))) == having
    assert lists.rows(Filters(open=lists.open_kinds()[0][:-1])) == ([], 0)


def test_rows_by_the_days_of_their_reports(view: View, lists: Lists) -> None:
    rows = view.register.rows
    days = sorted({day for row in rows for day in public_days(view, row)})
    for since, until in ((days[2], None), (None, days[2]), (days[1], days[3]), (days[-1], days[0])):
        having = [
            row.id
            for row in rows
            if any((since or "") <= day <= (until or "9999") for day in public_days(view, row))
        ]
        assert ids(lists.rows(Filters(since=since, until=until))) == having
    assert lists.rows(Filters(since=days[-1], until=days[0])) == ([], 0)


def test_rows_by_words_of_their_reports(view: View, lists: Lists) -> None:
    for terms in (("artillery",), ("artillery", "denied"), ("no such words",)):
        having = [
            row.id
            for row in view.register.rows
            if any(
                all(
                    re.search(rf"\b{term}\b", words(view, document), re.IGNORECASE | re.ASCII)
                    for term in terms
                )
                for document, _ in row.reported
            )
        ]
        assert ids(lists.rows(Filters(words=terms))) == having
        assert lists.rows(Filters(words=terms), first=len(having), size=5) == ([], len(having))
        assert bool(having) == (terms[0] == "artillery")


def words(view: View, document: str) -> str:
    told = view.by_id[document]
    return f"{told.title or ''}\n{told.outlet or ''}\n{told.text}"


def test_filters_hold_together(view: View, lists: Lists) -> None:
    row = view.register.rows[0]
    asked = Filters(supplier=row.supplier or "", recipient=row.recipient or "", stage=row.stage)
    having = [
        one.id
        for one in view.register.rows
        if (one.supplier, one.recipient, one.stage) == (row.supplier, row.recipient, row.stage)
    ]
    assert ids(lists.rows(asked)) == having


KEYS: dict[str, Callable[[RegisterRow], Any]] = {
    "supplier": lambda row: name_of(row.supplier).casefold() if row.supplier else "unknown supplier",
    "recipient": lambda row: name_of(row.recipient).casefold() if row.recipient else "unknown recipient",
    "stage": lambda row: -STAGE_ORDER[row.stage],
    "reports": lambda row: -len({document for document, _ in row.reported}),
    "open": lambda row: -len(row.open),
    "first": lambda row: row.first_report or "9999",
    "last": lambda row: (row.last_report is None, [-ord(one) for one in row.last_report or ""]),
    "when": lambda row: sort_key(safe(row.when)),
}


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_each_order_both_ways(view: View, lists: Lists, sort: str) -> None:
    expected = [row.id for row in sorted(view.register.rows, key=KEYS[sort])]  # alike: as the register
    assert ids(lists.rows(Filters(), sort)) == expected
    assert ids(lists.rows(Filters(), sort, down=True)) == expected[::-1]


def test_an_order_there_is_not_is_that_of_the_register(view: View, lists: Lists) -> None:
    assert ids(lists.rows(Filters(), "no such order")) == [row.id for row in view.register.rows]


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_pages_make_up_the_whole(view: View, lists: Lists, size: int) -> None:
    def pages(ask: Callable[[int], tuple[Sequence[Any], int]]) -> Iterator[Any]:
        first, total = 0, 1
        while first < total:
            page, total = ask(first)
            assert len(page) == min(size, total - first)
            yield from page
            first += size

    register = view.register
    assert list(pages(lambda at: lists.rows(Filters(), first=at, size=size))) == [
        row.id for row in register.rows
    ]
    assert tuple(pages(lambda at: lists.entries(at, size))) == register.timeline
    assert tuple(pages(lambda at: lists.some_responses(at, size))) == register.responses
    assert tuple(pages(lambda at: lists.copies(at, size))) == register.copies
    assert list(pages(lambda at: lists.documents(at, size))) == [one.id for one in view.documents]
    assert lists.entries(10_000, size) == ([], len(register.timeline))


def test_the_rows_beside_a_row(view: View, lists: Lists) -> None:
    names: list[str | None] = [row.id for row in view.register.rows]
    around = [None, *names, None]
    for number, name in enumerate(names, 1):
        assert name is not None
        assert lists.number_of(name) == number
        assert lists.beside(name) == (around[number - 1], around[number + 1])
    assert lists.row_names() == names
    assert lists.beside(NOWHERE) == (None, None)
    assert lists.row(NOWHERE) is None
    assert lists.line(NOWHERE) is None


def test_rows_and_reports_find_one_another(view: View, lists: Lists) -> None:
    for row in view.register.rows:
        for document, reported in row.reported:
            assert lists.row_of(reported) == row.id
            assert lists.document_of(reported) == document
            assert lists.rows_in(document)[reported] == row.id
            assert lists.row_of_digits(reported[1:]) == row.id
        relations = tuple(one for one in view.register.relations if one.a == row.id)
        assert lists.relations_of(row.id) == relations
        answering = tuple(one for one in view.register.responses if row.id in one.transfers)
        assert lists.responses_to(row.id) == answering
    assert lists.row_of(NOWHERE) is None


# ------------------------------------------------------------------------------------ actors


def test_actors_are_counted_as_the_register_names_them(view: View, lists: Lists) -> None:
    expected: dict[str, Counter[str]] = {}
    for row in view.register.rows:
        for part in parts_of(row):
            roles = part.stances if part.role is Role.SAYS else (part.role,)
            expected.setdefault(part.code, Counter()).update(map(str, roles))
    for one in view.register.responses:
        for side, code in (("by", one.by), ("against", one.against)):
            if code is not None:
                expected.setdefault(code, Counter())[side] += 1
    found = lists.actors()
    assert {code: counts for code, _, counts in found} == expected
    assert [code for code, _, _ in found] == sorted(expected)


def test_what_an_actor_has_to_do_with_rows(view: View, lists: Lists) -> None:
    for code, _, _ in lists.actors():
        for role in Role:
            expected = [
                (row.id, part if part.position else None)
                for row in view.register.rows
                for part in parts_of(row)
                if (part.code, part.role) == (code, role)
            ]
            assert lists.parts(code, role, 0, 1000) == (expected, len(expected))
            assert lists.parts(code, role, 1, 1) == (expected[1:2], len(expected))
        for side in ("by", "against"):
            told = [one for one in view.register.responses if getattr(one, side) == code]
            assert lists.responses(side, code, 0, 1000) == (told, len(told))
            assert lists.responses(side, code, 1, 1) == (told[1:2], len(told))


# ------------------------------------------------------------------------------------ reports, copies


def test_reports_in_brief(view: View, lists: Lists) -> None:
    assert [one.id for one in lists.reports()] == [one.id for one in view.documents]
    for one in lists.reports():
        document, reading = view.by_id[one.id], view.readings[one.id]
        assert (one.published, one.outlet) == (document.published, document.outlet)
        assert (one.flagged, one.transfers) == (bool(document.flags), len(reading.transfers))
        assert lists.transfers_in(one.id) == one.transfers
        assert one.readable == is_readable(document)
        assert all(lists.holder_of(capture) == one.id for capture in document.captures)
    assert lists.holder_of("0" * 64) is None


def test_copies(view: View, lists: Lists) -> None:
    copies = view.register.copies
    for document in view.documents:
        assert lists.copies_of(document.id) == [one for one in copies if document.id in (one.a, one.b)]
    assert lists.pairs() == [(one.a, one.b, one.direction) for one in copies]
    first = copies[0]
    assert lists.copy(first.a, first.b) == first
    assert lists.copy(first.b, first.a) is None


def test_figures(view: View, lists: Lists) -> None:
    rows, copies = view.register.rows, view.register.copies
    stances = [claim.stance for row in rows for one in row.positions for claim in one.claims]
    assert lists.counts == {
        "documents": len(view.documents),
        "unreadable": sum(not is_readable(one) for one in view.documents),
        "by_rules": lists.counts["by_rules"],
        "copies": len({name for one in copies for name in (one.a, one.b)}),
        "transfers": len(rows),
        "claims": len(stances),
        "denials": sum(one in ("denies", "doubts") for one in stances),
        "open": sum(len(row.open) for row in rows),
        "responses": len(view.register.responses),
    }


# ------------------------------------------------------------------------------------ searching

TEXTS = {
    "d1": "Le palais de l'Élysée nie. Howitzers were delivered, the ministry said.",
    "d2": "HOWITZERS for Laos; no howitzer was delivered. The ministry of ÖL.",
    "d3": "Apples.",
}
STATEMENT = "Howitzers were delivered"


@pytest.fixture(params=["fts5", "plain"])
def searched(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ListTables]:
    """Some texts to be searched, with and without FTS5."""
    if request.param == "plain":
        monkeypatch.setattr(list_tables, "_FTS5", list_tables._FTS5.replace("fts5", "no_fts5"))
    store = DerivedStore(tmp_path)
    assert store.lists.is_indexed == (request.param == "fts5")
    for name, text in TEXTS.items():
        told = [Searched(text, None, 0, len(text), "")]
        if STATEMENT in text:
            start = text.index(STATEMENT)
            told.append(
                Searched(f"{STATEMENT}\nthe ministry", "s1", start, start + len(STATEMENT), "the ministry")
            )
        store.lists.put_document(DocumentLine(name, name, None, None, "", None, True, False, False, 0), told)
    yield store.lists
    store.close()


def found(tables: ListTables, *terms: str, statements: bool = False) -> list[str]:
    total, hits = tables.find(terms, statements, 0, 100)
    assert total == len(hits)
    return sorted(one["document"] for one in hits)


def test_searching_finds_what_holds_every_term(searched: ListTables) -> None:
    assert found(searched, "howitzers") == ["d1", "d2"]
    assert found(searched, "howitzers", "laos") == ["d2"]
    assert found(searched, "were delivered") == ["d1"]
    assert found(searched, "delivered were") == []
    assert found(searched, "élysée") == ["d1"]
    assert found(searched, "öl") == ["d2"]
    assert found(searched, "howitzers", statements=True) == ["d1"]
    assert found(searched, "apples", statements=True) == []


def test_what_is_found_of_a_statement(searched: ListTables) -> None:
    _, (hit,) = searched.find(["delivered"], True, 0, 10)
    assert TEXTS["d1"][hit["start"] : hit["end"]] == STATEMENT
    assert (hit["statement"], hit["who"]) == ("s1", "the ministry")


def test_pages_of_what_is_found(searched: ListTables) -> None:
    total, first = searched.find(["howitzers"], False, 0, 1)
    again, second = searched.find(["howitzers"], False, 1, 1)
    assert total == again == 2
    assert sorted(one["document"] for one in (*first, *second)) == ["d1", "d2"]


@pytest.mark.parametrize("term", ["*", '"', "howitzers OR apples", "NEAR(", "words:apples", "'; --", "%"])
def test_what_is_asked_for_is_words_and_no_query(searched: ListTables, term: str) -> None:
    assert "d3" not in found(searched, term)


def test_a_text_that_goes_or_changes_is_no_longer_found(searched: ListTables) -> None:
    searched.drop_document("d1")
    assert found(searched, "howitzers") == ["d2"]
    assert found(searched, "delivered", statements=True) == []
    line = DocumentLine("d2", "d2", None, None, "", None, True, False, False, 0)
    searched.put_document(line, [Searched("Pears", None, 0, 5, "")])
    assert found(searched, "howitzers") == []
    assert found(searched, "pears") == ["d2"]


def test_with_an_index_accents_do_not_matter(tmp_path: Path) -> None:
    store = DerivedStore(tmp_path)
    if not store.lists.is_indexed:
        pytest.skip("this SQLite has no FTS5")
    text = Searched(TEXTS["d1"], None, 0, len(TEXTS["d1"]), "")
    store.lists.put_document(DocumentLine("d1", "d1", None, None, "", None, True, False, False, 0), [text])
    assert found(store.lists, "elysee") == ["d1"]
    store.close()


def test_a_store_made_without_an_index_is_searched_without_it_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(list_tables, "_FTS5", list_tables._FTS5.replace("fts5", "no_fts5"))
        DerivedStore(tmp_path).close()
    store = DerivedStore(tmp_path)
    assert not store.lists.is_indexed
    store.close()


# ------------------------------------------------------------------------------------ older stores


def test_a_store_from_before_there_were_lists_is_built_again_without_reading(
    example_folder: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(example_folder, tmp_path / "case"))
    with Case(folder) as case:
        expected = listed(case)
        version_3 = open_database(tmp_path / "version_3.sqlite", MIGRATIONS[:3])
        version_3.execute("INSERT INTO built VALUES (1, '2026-01-31', 'an older version')")
        for table in ("content", "shown"):
            rows = [tuple(row) for row in case.derived.ask(f"SELECT * FROM {table}")]
            marks = ", ".join("?" * len(rows[0]))
            version_3.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        version_3.commit()
        version_3.close()
    for path in folder.glob("derived.sqlite*"):
        path.unlink()
    (tmp_path / "version_3.sqlite").rename(folder / "derived.sqlite")
    with Case(folder) as case:
        assert not case.is_built
        with pytest.raises(CaseError, match="not been built"):
            case.view()
        assert case.build(AT).read == ()
        assert listed(case) == expected
        check_lists(case)
