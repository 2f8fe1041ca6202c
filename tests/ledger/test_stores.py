"""The two stores: what goes in comes out, whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tidewaiter.codec import decode, encode
from tidewaiter.errors import CaseError
from tidewaiter.ledger.database import open_database, transaction
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.model import Document, Event, Reading, Register, Span, anchor

from .sample import TEXT, a_document, a_reading, a_register

# ------------------------------------------------------------------------------------ values


def test_every_value_survives_json() -> None:
    document = a_document()
    for kind, value in (
        (Document, document),
        (Reading, a_reading(document)),
        (Register, a_register(document)),
    ):
        assert decode(kind, json.loads(json.dumps(encode(value)))) == value


def test_a_field_that_an_older_version_did_not_write_takes_its_default() -> None:
    data = encode(a_document())
    del data["flags"]
    assert decode(Document, data).flags == ()


# ------------------------------------------------------------------------------------ derived


def test_documents_readings_and_register_come_back_as_they_were(tmp_path: Path) -> None:
    document = a_document()
    store = DerivedStore(tmp_path)
    store.put(document, a_reading(document), "recipe 1")
    store.put_register(a_register(document), "2021-05-05", "register 1")
    store.close()

    again = DerivedStore(tmp_path)
    assert again.documents() == {document.captures[0]: document}
    assert again.readings() == {document.id: a_reading(document)}
    assert again.register() == a_register(document)
    assert again.as_of() == "2021-05-05"
    assert again.made() == {document.captures[0]: "recipe 1"}


def test_every_field_has_its_words_position_and_producer(tmp_path: Path) -> None:
    document = a_document()
    store = DerivedStore(tmp_path)
    store.put(document, a_reading(document), "recipe")
    store.put_register(a_register(document), "2021-05-05", "register 1")

    (quantity,) = store.fields("r1", "quantity")
    assert quantity.value == "40 howitzers"
    assert quantity.producer == "reader 1"
    (cell,) = store.fields("t1")
    assert (cell.field, cell.value, cell.exact, cell.producer) == (
        "number_ordered",
        "(40)",
        "40 howitzers",
        "register 1",
    )
    for owner in ("s1", "m1", "r1", "c1", "p1", "e1", "t1", document.id):
        rows = store.fields(owner)
        assert rows, f"{owner} has no fields"
        for row in rows:
            place = anchor(TEXT, Span(row.start, row.end))
            assert (row.exact, row.prefix, row.suffix) == (place.exact, place.prefix, place.suffix)


def test_a_document_read_again_replaces_what_was_found_before(tmp_path: Path) -> None:
    document = a_document()
    store = DerivedStore(tmp_path)
    store.put(document, a_reading(document), "recipe 1")
    store.put(document, Reading(document.id, "reader 2"), "recipe 2")
    assert store.fields("r1") == ()
    assert store.readings()[document.id].reader == "reader 2"


def test_a_document_with_a_false_anchor_leaves_nothing_behind(tmp_path: Path) -> None:
    document = a_document()
    beyond = Event("e1", "exercise", None, None, None, "x", {"text": (Span(0, 10_000),)})
    store = DerivedStore(tmp_path)
    with pytest.raises(ValueError, match="not inside"):
        store.put(document, Reading(document.id, "reader", events=(beyond,)), "recipe")
    assert store.documents() == {}


def test_a_failure_is_kept_until_the_capture_is_read(tmp_path: Path) -> None:
    document = a_document()
    store = DerivedStore(tmp_path)
    store.put_failure(document.captures[0], "one.txt", "no article", None, "recipe 1")
    assert [row["reason"] for row in store.failures()] == ["no article"]
    store.put(document, a_reading(document), "recipe 2")
    assert store.failures() == ()


# ------------------------------------------------------------------------------------ databases


def test_migrations_run_once_and_a_failing_one_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    first = ("CREATE TABLE a (x)",)
    open_database(path, (first,)).close()
    with pytest.raises(CaseError):
        open_database(path, (first, ("CREATE TABLE b (x)", "CREATE TABLE a (x)")))
    connection = open_database(path, (first, ("CREATE TABLE b (x)",)))
    assert connection.execute("PRAGMA user_version").fetchone()[0] == 2


def test_a_store_of_a_later_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    open_database(path, (("CREATE TABLE a (x)",), ("CREATE TABLE b (x)",))).close()
    with pytest.raises(CaseError, match="later version"):
        open_database(path, (("CREATE TABLE a (x)",),))


def test_a_transaction_undoes_everything_when_stopped(tmp_path: Path) -> None:
    connection = open_database(tmp_path / "x.sqlite", (("CREATE TABLE a (x)",),))

    def stopped() -> None:
        with transaction(connection):
            connection.execute("INSERT INTO a VALUES (1)")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert connection.execute("SELECT count(*) FROM a").fetchone()[0] == 0


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"not a database at all, just some words in a file" * 40)
    with pytest.raises(CaseError, match="cannot be opened as a ledger"):
        open_database(path, ())
