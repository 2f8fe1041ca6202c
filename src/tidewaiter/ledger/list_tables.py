"""What lists show, ready to be asked for page by page; see ``schema``.

Everything here says again what other tables of the store say, in the order of its list, and is brought up to
date with them.  ``place`` is where something stands in its list: text that sorts as the list does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tidewaiter.ledger.schema import SEP

_BUILT = ("document_line", "row_line", "row_party", "response_line", "response_answer", "relation_line")

_TABLES = (
    *_BUILT,
    *("searched", "search_words"),
    *("compared", "utterance_line", "utterance_telling", "discrepancy_line", "discrepancy_row"),
)
_COMPARED = ("utterance_line", "utterance_telling", "discrepancy_line", "discrepancy_row")

WORDS = "search_words"

_FTS5 = f"""CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS}
            USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2')"""
_PLAIN = f"CREATE TABLE IF NOT EXISTS {WORDS} (words TEXT NOT NULL)"


class DocumentLine(NamedTuple):
    """Columns of ``document_line``."""

    id: str
    place: str
    published: str | None  # EDTF
    public: str | None  # ISO day by which it was public
    title: str
    outlet: str | None
    readable: bool
    flagged: bool
    by_rules: bool
    transfers: int


class RowLine(NamedTuple):
    """Columns of ``row_line``."""

    id: str
    place: str
    supplier: str | None
    recipient: str | None
    supplier_name: str
    recipient_name: str
    category: str
    stage: str
    reach: int
    dated: str
    first_report: str | None
    last_report: str | None
    reports: int
    claims: int
    denials: int
    open: int
    open_kinds: str
    payload: str


class PartyLine(NamedTuple):
    """What an actor has to do with a row."""

    code: str
    role: str
    number: int
    label: str | None = None
    stances: str = ""  # each between bars
    claims: int = 0
    letters: str = ""  # of the Admiralty Code, one for each claim that is rated
    first: str | None = None  # EDTF, the first and the last day of its claims
    last: str | None = None
    payload: str | None = None


class ResponseLine(NamedTuple):
    """Columns of ``response_line`` but its line."""

    number: int
    id: str
    place: str
    by: str | None
    against: str | None
    last_public: str
    payload: str
    answers: str


class Searched(NamedTuple):
    """A text, or a statement in it, that can be searched."""

    words: str
    statement: str | None  # id; None: the document's own text
    start: int
    end: int
    who: str  # who is made to say it; empty for a document


def place_of(*parts: object) -> str:
    """Text that sorts as the parts do, one after the other; numbers must have the same number of digits."""
    return SEP.join(str(one) for one in parts)


class ListTables:
    """The tables of lists in the derived store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.is_indexed = self._prepare_search()

    def _prepare_search(self) -> bool:
        """Make the index of words where there is none; whether it is one of SQLite's FTS5, which a Python may
        lack."""
        found = self._db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (WORDS,)).fetchone()
        if found is None:
            try:
                self._db.execute(_FTS5)
                return True
            except sqlite3.OperationalError as error:
                if "fts5" not in str(error):  # it can only be read, or is held by another
                    return False
                self._db.execute(_PLAIN)
                return False
        return "fts5" in found[0]

    def clear(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM {table}")

    def ask(self, query: str, *values: object) -> list[sqlite3.Row]:
        """The rows that a query gives."""
        return self._db.execute(query, values).fetchall()

    def one(self, query: str, *values: object) -> sqlite3.Row | None:
        """The first row that a query gives."""
        found: sqlite3.Row | None = self._db.execute(query, values).fetchone()
        return found

    def number(self, query: str, *values: object) -> int:
        """The number that a query gives; 0 where it gives none."""
        found = self.one(query, *values)
        return 0 if found is None or found[0] is None else int(found[0])

    # ------------------------------------------------------------------- documents

    def put_document(self, line: DocumentLine, searched: Iterable[Searched]) -> None:
        self.drop_document(line.id)
        self._db.execute("INSERT INTO document_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", line)
        for one in searched:
            words = one.words if self.is_indexed else one.words.casefold()
            number = self._db.execute(f"INSERT INTO {WORDS} (words) VALUES (?)", (words,)).lastrowid
            self._db.execute(
                "INSERT INTO searched VALUES (?, ?, ?, ?, ?, ?)",
                (number, line.id, one.statement, one.start, one.end, one.who),
            )

    def drop_document(self, name: str) -> None:
        self._db.execute("DELETE FROM document_line WHERE id = ?", (name,))
        self._db.execute(
            f"DELETE FROM {WORDS} WHERE rowid IN (SELECT number FROM searched WHERE document = ?)", (name,)
        )
        self._db.execute("DELETE FROM searched WHERE document = ?", (name,))

    # ------------------------------------------------------------------- rows

    def parties(self, name: str) -> tuple[str | None, str | None] | None:
        """Supplier and recipient of a row as listed; None where it is not."""
        found = self.one("SELECT supplier, recipient FROM row_line WHERE id = ?", name)
        return None if found is None else (found[0], found[1])

    def put_row(self, line: RowLine, parties: Iterable[PartyLine]) -> None:
        self.drop_row(line.id)
        marks = ", ".join("?" * len(line))
        self._db.execute(f"INSERT INTO row_line VALUES ({marks})", line)
        self._db.executemany(
            "INSERT INTO row_party VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(one.code, one.role, line.id, *one[2:]) for one in parties],
        )

    def drop_row(self, name: str) -> None:
        self._db.execute("DELETE FROM row_line WHERE id = ?", (name,))
        self._db.execute('DELETE FROM row_party WHERE "row" = ?', (name,))

    def rows_of(self, party: str) -> list[sqlite3.Row]:
        """Id, parties, category and days of the rows that somebody is a party to, in the order of ids."""
        return self.ask(
            """SELECT id, supplier, recipient, category, first_report, last_report FROM row_line
               WHERE supplier = ?1 OR recipient = ?1 ORDER BY id""",
            party,
        )

    def rows_between(self, supplier: str, recipient: str) -> list[str]:
        """The ids of the rows of two parties."""
        rows = self.ask(
            "SELECT id FROM row_line WHERE supplier = ? AND recipient = ? ORDER BY id", supplier, recipient
        )
        return [row[0] for row in rows]

    # ------------------------------------------------------------------- responses

    def responses_of(self, line: str) -> list[sqlite3.Row]:
        """The responses of one kind and actor, as listed."""
        return self.ask("SELECT * FROM response_line WHERE line = ? ORDER BY number", line)

    def responses_against(self, parties: Iterable[str]) -> list[sqlite3.Row]:
        """The responses that hit any of these."""
        return [
            row
            for party in sorted(set(parties))
            for row in self.ask("SELECT * FROM response_line WHERE against = ? ORDER BY line, number", party)
        ]

    def put_responses(self, line: str, responses: Iterable[ResponseLine], number: int) -> None:
        """Responses of one kind and actor, in place of those that had their numbers; ``number``: how many
        there are now in all."""
        self._db.execute("DELETE FROM response_line WHERE line = ? AND number >= ?", (line, number))
        self._db.execute("DELETE FROM response_answer WHERE line = ? AND number >= ?", (line, number))
        self._db.executemany(
            "INSERT OR REPLACE INTO response_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(line, *one) for one in responses],
        )

    def put_answers(self, line: str, number: int, answers: str, rows: Iterable[str]) -> None:
        """Which rows a response answers; ``answers``: the same with its reasons."""
        self._db.execute(
            "UPDATE response_line SET answers = ? WHERE line = ? AND number = ?", (answers, line, number)
        )
        self._db.execute("DELETE FROM response_answer WHERE line = ? AND number = ?", (line, number))
        self._db.executemany(
            "INSERT INTO response_answer VALUES (?, ?, ?)", [(row, line, number) for row in rows]
        )

    def answering(self, row: str) -> list[sqlite3.Row]:
        """The responses that answer a row, in their order."""
        return self.ask(
            """SELECT response_line.* FROM response_answer JOIN response_line USING (line, number)
               WHERE response_answer."row" = ? ORDER BY place, line, number""",
            row,
        )

    def answered_after(self, day: str) -> set[str]:
        """The rows that a response answers of which something was public after a day."""
        rows = self.ask(
            """SELECT DISTINCT response_answer."row" FROM response_answer
               JOIN response_line USING (line, number) WHERE last_public > ?""",
            day,
        )
        return {row[0] for row in rows}

    # ------------------------------------------------------------------- relations

    def put_relations(self, of: Iterable[str], relations: Iterable[tuple[str, str, str, str]]) -> None:
        """Relations (first row, kind, other row, payload), in place of those that these rows had."""
        self._db.executemany("DELETE FROM relation_line WHERE a = ?", [(one,) for one in sorted(of)])
        self._db.executemany("INSERT INTO relation_line VALUES (?, ?, ?, ?)", relations)

    # ------------------------------------------------------------------- what comparing gave

    def compared(self) -> str | None:
        """Of which state of the case utterances and discrepancies are kept; None where none are."""
        found = self.one("SELECT state FROM compared")
        return None if found is None else found[0]

    def put_compared(
        self,
        state: str,
        utterances: Iterable[Sequence[object]],
        tellings: Iterable[Sequence[object]],
        discrepancies: Iterable[Sequence[object]],
        rows: Iterable[Sequence[object]],
    ) -> None:
        """Keep what comparing gave, as the columns of the four tables."""
        for table in _COMPARED:
            self._db.execute(f"DELETE FROM {table}")
        self._db.executemany("INSERT INTO utterance_line VALUES (?, ?, ?, ?, ?, ?, ?)", utterances)
        self._db.executemany("INSERT OR IGNORE INTO utterance_telling VALUES (?, ?, ?)", tellings)
        self._db.executemany("INSERT INTO discrepancy_line VALUES (?, ?, ?, ?, ?)", discrepancies)
        self._db.executemany("INSERT OR IGNORE INTO discrepancy_row VALUES (?, ?)", rows)
        self._db.execute("INSERT OR REPLACE INTO compared VALUES (1, ?)", (state,))

    def hold_compared_aside(self) -> None:
        """Have what comparing gives held beside the store and not in it, until that is closed: for one that
        can only be read."""
        self._db.execute("PRAGMA query_only = OFF")
        for table in ("compared", *_COMPARED):
            made = self._db.execute("SELECT sql FROM main.sqlite_schema WHERE name = ?", (table,)).fetchone()[
                0
            ]
            self._db.execute(f"DROP TABLE IF EXISTS temp.{table}")
            self._db.execute(str(made).replace("CREATE TABLE", "CREATE TEMPORARY TABLE", 1))

    # ------------------------------------------------------------------- as a whole

    def every_row(self) -> Iterator[tuple[str, tuple[object, ...]]]:
        """Every row of the tables that a build keeps, with its table, in one order; in place of the numbers
        that a store gives by itself, what they stand for."""
        asked = {table: f"SELECT * FROM {table}" for table in _BUILT}
        asked["searched"] = f"""SELECT words, document, statement, start, "end", who
            FROM searched LEFT JOIN {WORDS} ON number = {WORDS}.rowid"""
        for table, query in asked.items():
            columns = len(self._db.execute(f"{query} LIMIT 0").description)
            order = ", ".join(str(number) for number in range(1, columns + 1))
            for row in self._db.execute(f"{query} ORDER BY {order}"):
                yield table, tuple(row)

    # ------------------------------------------------------------------- searching

    def matching(self, terms: Sequence[str]) -> tuple[str, list[object]]:
        """A condition on the words of texts: that they hold every term, with its values."""
        if self.is_indexed:
            return f"{WORDS} MATCH ?", [" ".join('"{}"'.format(term.replace('"', "")) for term in terms)]
        return " AND ".join(["instr(words, ?) > 0"] * len(terms)), [term.casefold() for term in terms]

    def find(
        self, terms: Sequence[str], statements: bool, first: int, size: int
    ) -> tuple[int, list[sqlite3.Row]]:
        """How many texts, or statements, hold every term, and those from ``first`` on, the likeliest one
        first."""
        condition, values = self.matching(terms)
        told = "IS NOT NULL" if statements else "IS NULL"
        found = f"FROM {WORDS} JOIN searched ON number = {WORDS}.rowid WHERE {condition} AND statement {told}"
        order = "rank, document, statement" if self.is_indexed else "document, statement"
        total = self.number(f"SELECT count(*) {found}", *values)
        hits = self.ask(
            f'SELECT document, statement, start, "end", who {found} ORDER BY {order} LIMIT ? OFFSET ?',
            *values,
            size,
            first,
        )
        return total, hits
