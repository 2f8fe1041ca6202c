"""Stores of a case that were damaged: told as such, and made again from what is kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tidewaiter.errors import DamageError
from tidewaiter.ledger.database import damage
from tidewaiter.ledger.derived import _whole
from tidewaiter.model import Document, Reading


@pytest.mark.parametrize("kind", [Document, Reading])
@pytest.mark.parametrize("text", ["", "{", '{"id" 1}', "7", "[]", '{"id": 7}'])
def test_what_stands_in_a_column_is_whole_or_told(kind: type[Document | Reading], text: str) -> None:
    with pytest.raises(DamageError, match="d0 cannot be read") as error:
        _whole(kind, text, "d0")
    assert "rebuild" in (error.value.todo or "")


def test_a_check_that_quotes_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE long_name_of_a_table (a TEXT UNIQUE) STRICT")
        db.executemany("INSERT INTO long_name_of_a_table VALUES (?)", [(f"row {n}",) for n in range(2_000)])
    db.close()
    data = bytearray(path.read_bytes())
    data[4096 * 3 + 100 : 4096 * 3 + 300] = b"\xab" * 200
    path.write_bytes(data.replace(b"autoindex_long_name", b"autoindex_l" + b"\xab" * 8))
    again = sqlite3.connect(path)
    try:
        assert damage(again)
    finally:
        again.close()
