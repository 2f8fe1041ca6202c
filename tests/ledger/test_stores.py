"""Values come out of JSON as they went in, and stores are brought up to date whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tidewaiter.codec import decode, encode
from tidewaiter.errors import CaseError
from tidewaiter.ledger.database import open_database, transaction
from tidewaiter.model import Document, Reading, Register

from .sample import a_document, a_reading, a_register

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
