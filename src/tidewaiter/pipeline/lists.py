"""What a built case shows, asked for page by page: each answer costs what is in it, however large the case.

It is read from the tables that ``listing`` keeps, of the one state that the store is looked at in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from tidewaiter.codec import from_json
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.list_tables import WORDS
from tidewaiter.model import (
    Copy,
    Discrepancy,
    RegisterResponse,
    RegisterRow,
    Relation,
    Stance,
    TimelineEntry,
    Utterance,
)
from tidewaiter.pipeline.listing import stored_response
from tidewaiter.register.lines import Line, Part
from tidewaiter.register.questions.pending import with_pending
from tidewaiter.register.timeline import Entry, together
from tidewaiter.wording import usual_names


class Report(NamedTuple):
    """A document in brief."""

    id: str
    published: str | None  # EDTF
    title: str
    outlet: str | None
    readable: bool
    flagged: bool
    by_rules: bool
    transfers: int  # reported


class Said(NamedTuple):
    """What somebody says of one row, in brief."""

    code: str
    label: str
    claims: int
    letters: str  # of the Admiralty Code, one for each claim that is rated
    first: str | None  # EDTF
    last: str | None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are asked for; None: any.  ``""`` for a party: where none is told."""

    supplier: str | None = None
    recipient: str | None = None
    category: str | None = None
    stage: str | None = None
    open: str | None = None  # "any", "none" or a kind of question
    since: str | None = (
        None  # ISO day: with a report that came to be public on it or later, and not after until
    )
    until: str | None = None
    words: tuple[str, ...] = ()  # terms that one of its reports holds, all of them


SORTS: Mapping[str, str] = {
    "supplier": "supplier_name",
    "recipient": "recipient_name",
    "stage": "-reach",
    "reports": "-reports",
    "open": "-open",
    "first": "coalesce(first_report, '9999')",
    "last": "last_report IS NULL, last_report DESC",
    "when": "dated",
}
"""By the word for it: how rows are ordered; rows that are alike in it, as the register has them."""


class Lists:
    """The lists of a case at one moment."""

    def __init__(self, derived: DerivedStore) -> None:
        self.store = self._derived = derived
        self._tables = derived.lists
        self._ask = derived.lists.ask
        self._number = derived.lists.number

    @cached_property
    def as_of(self) -> str:
        """ISO day of the register."""
        return self._derived.register.as_of() or "9999-12-31"

    # --------------------------------------------------------------------------- the whole

    def all_rows(self) -> tuple[RegisterRow, ...]:
        """Every row, in the order of the register."""
        answering: dict[str, list[RegisterResponse]] = {}
        for one in self.all_responses():
            for row in one.transfers:
                answering.setdefault(row, []).append(one)
        names = [row[0] for row in self._ask("SELECT id FROM row_line ORDER BY place")]
        return tuple(self._completed(name, answering.get(name, ())) for name in names)

    def all_responses(self) -> tuple[RegisterResponse, ...]:
        """Every response, in the order of its last step."""
        rows = self._ask("SELECT payload, answers FROM response_line ORDER BY place, line, number")
        return tuple(stored_response(row[0], row[1]) for row in rows)

    def all_entries(self) -> tuple[TimelineEntry, ...]:
        """The timeline."""
        rows = self._ask("SELECT place, payload FROM timeline ORDER BY place, owner, number")
        return tuple(_together((row[0], row[1]) for row in rows))

    def all_relations(self) -> tuple[Relation, ...]:
        """Every relation between rows."""
        rows = self._ask("SELECT payload FROM relation_line ORDER BY a, kind, b")
        return tuple(from_json(Relation, row[0]) for row in rows)

    def all_utterances(self) -> tuple[Utterance, ...]:
        """Every act of saying, as kept; see ``is_compared``."""
        rows = self._ask("SELECT payload FROM utterance_line ORDER BY place")
        return tuple(from_json(Utterance, row[0]) for row in rows)

    def all_discrepancies(self) -> tuple[Discrepancy, ...]:
        """Every discrepancy, as kept."""
        rows = self._ask("SELECT payload FROM discrepancy_line ORDER BY place")
        found = (from_json(Discrepancy, row[0]) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.where, one.kind, one.id)))

    @cached_property
    def is_compared(self) -> bool:
        """Whether utterances and discrepancies are kept of this very state of the case."""
        state = self._derived.register.state()
        return state is not None and self._tables.compared() == state

    @property
    def was_compared(self) -> bool:
        """Whether any are kept, be they of a former state."""
        return self._tables.compared() is not None

    @cached_property
    def links_state(self) -> str:
        """Another one whenever other documents are shown, were read anew, or are ruled to be copies or none:
        what depends on documents and copies alone holds as long as this is the same."""
        content = self._tables.one("SELECT max(number), count(*), (SELECT count(*) FROM shown) FROM content")
        ruled = self._derived.judged.ruling("rulings") or ""
        edits = self._number("SELECT total(length(edits)) FROM ruled")
        return f"{tuple(content or ())} {edits} {sha256(ruled.encode()).hexdigest()}"

    # --------------------------------------------------------------------------- documents

    def has_document(self, name: str) -> bool:
        return bool(self._number("SELECT count(*) FROM document_line WHERE id = ?", name))

    def documents(
        self, first: int = 0, size: int = -1, where: str = "1", values: Sequence[object] = (), order: str = ""
    ) -> tuple[list[str], int]:
        """Ids of documents in the order of date, and how many there are in all; ``where``: a condition on
        ``document_line`` in SQL; ``order``: another order."""
        total = self._number(f"SELECT count(*) FROM document_line WHERE {where}", *values)
        rows = self._ask(
            f"SELECT id FROM document_line WHERE {where} ORDER BY {order or 'place'} LIMIT ? OFFSET ?",
            *values,
            size,
            first,
        )
        return [row[0] for row in rows], total

    def reports(self) -> tuple[Report, ...]:
        """Every document in the order of date, in brief."""
        rows = self._ask(
            """SELECT id, published, title, outlet, readable, flagged, by_rules, transfers FROM document_line
               ORDER BY place"""
        )
        return tuple(
            Report(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]), bool(row[6]), row[7])
            for row in rows
        )

    def readable_of(self, name: str) -> tuple[bool, int]:
        """Whether a document could be read, and how many reported transfers were found in it."""
        row = self._tables.one("SELECT readable, transfers FROM document_line WHERE id = ?", name)
        return (False, 0) if row is None else (bool(row[0]), row[1])

    def holder_of(self, sha256: str) -> str | None:
        """The document that is made of a capture."""
        row = self._tables.one("SELECT document FROM shown WHERE sha256 = ?", sha256)
        return None if row is None else row[0]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """What the case holds, in figures."""
        documents = self._tables.one(
            "SELECT count(*), coalesce(sum(readable = 0), 0), coalesce(sum(by_rules), 0) FROM document_line"
        )
        rows = self._tables.one(
            """SELECT count(*), coalesce(sum(claims), 0), coalesce(sum(denials), 0), coalesce(sum(open), 0)
               FROM row_line"""
        )
        assert documents is not None
        assert rows is not None
        return {
            "documents": documents[0],
            "unreadable": documents[1],
            "by_rules": documents[2],
            "copies": self._number("SELECT count(*) FROM (SELECT a FROM copy UNION SELECT b FROM copy)"),
            "transfers": rows[0],
            "claims": rows[1],
            "denials": rows[2],
            "open": rows[3],
            "responses": self._number("SELECT count(*) FROM response_line"),
        }

    # --------------------------------------------------------------------------- rows

    def has_row(self, name: str) -> bool:
        return self._tables.parties(name) is not None

    def row(self, name: str) -> RegisterRow | None:
        """A row with everything that is asked of it; None where there is none of that id."""
        if not self.has_row(name):
            return None
        return self._completed(name, self.responses_to(name))

    def _completed(self, name: str, answering: Iterable[RegisterResponse]) -> RegisterRow:
        payload = self._derived.register.row(name)
        assert payload is not None, f"{name} is listed and is no row"
        row = from_json(RegisterRow, payload)
        return with_pending([row], answering, self.as_of, usual_names())[0]

    def line(self, name: str) -> Line | None:
        """A row as lists show it."""
        found = self._tables.one("SELECT payload FROM row_line WHERE id = ?", name)
        return None if found is None else from_json(Line, found[0])

    def rows(
        self, asked: Filters, sort: str = "", *, down: bool = False, first: int = 0, size: int = -1
    ) -> tuple[list[Line], int]:
        """Rows that the filters let through, and how many there are; ``sort``: a word of ``SORTS``; ``down``:
        the other way round."""
        where, values = self._where(asked)
        total = self._number(f"SELECT count(*) FROM row_line WHERE {where}", *values)
        order = ", ".join(part for part in (SORTS.get(sort, ""), "place") if part)
        ordered = _turned(order) if down else order
        found = self._ask(
            f"SELECT id FROM row_line WHERE {where} ORDER BY {ordered} LIMIT ? OFFSET ?",
            *values,
            size,
            first,
        )
        lines = (self.line(row[0]) for row in found)
        return [one for one in lines if one is not None], total

    def _where(self, asked: Filters) -> tuple[str, list[object]]:
        """The filters as a condition on ``row_line``, with its values."""
        parts: list[str] = ["1"]
        values: list[object] = []

        def add(part: str, *of: object) -> None:
            parts.append(part)
            values.extend(of)

        for column, party in (("supplier", asked.supplier), ("recipient", asked.recipient)):
            if party == "":
                add(f"{column} IS NULL")
            elif party is not None:
                add(f"{column} = ?", party)
        if asked.category is not None:
            add("category = ?", asked.category)
        if asked.stage is not None:
            add("stage = ?", asked.stage)
        if asked.open in ("any", "none"):
            add("open > 0" if asked.open == "any" else "open = 0")
        elif asked.open is not None:
            add("instr(open_kinds, ?) > 0", f"|{asked.open}|")
        if asked.since is not None or asked.until is not None:
            add(
                """id IN (SELECT in_group FROM transfer JOIN document_line ON document_line.id = document
                   WHERE public BETWEEN ? AND ?)""",
                asked.since or "",
                asked.until or "9999",
            )
        if asked.words:
            condition, terms = self._tables.matching(asked.words)
            add(
                f"""id IN (SELECT in_group FROM {WORDS} JOIN searched ON number = {WORDS}.rowid
                    JOIN transfer ON transfer.document = searched.document
                    WHERE {condition} AND statement IS NULL)""",
                *terms,
            )
        return " AND ".join(parts), values

    def number_of(self, name: str) -> int:
        """Which of the rows it is in the order of the register, from 1."""
        return 1 + self._number(
            "SELECT count(*) FROM row_line WHERE place < (SELECT place FROM row_line WHERE id = ?)", name
        )

    def beside(self, name: str) -> tuple[str | None, str | None]:
        """The rows before and after one in the order of the register."""
        at = "(SELECT place FROM row_line WHERE id = ?)"
        before = self._tables.one(
            f"SELECT id FROM row_line WHERE place < {at} ORDER BY place DESC LIMIT 1", name
        )
        after = self._tables.one(f"SELECT id FROM row_line WHERE place > {at} ORDER BY place LIMIT 1", name)
        return None if before is None else before[0], None if after is None else after[0]

    def row_of(self, reported: str) -> str | None:
        """The row that a reported transfer is in."""
        return self._derived.links.group_id_of(reported)

    def row_of_digits(self, digits: str) -> str | None:
        """The row that the reported transfer with these digits in its id is in."""
        found = self._tables.one("SELECT in_group FROM transfer WHERE id = ?", f"r{digits}")
        return None if found is None else found[0]

    def document_of(self, reported: str) -> str | None:
        """The document that tells of a reported transfer."""
        return self._derived.links.document_of(reported)

    def row_names(self) -> list[str]:
        """The ids of all rows, in the order of the register."""
        return [row[0] for row in self._ask("SELECT id FROM row_line ORDER BY place")]

    def rows_in(self, document: str) -> dict[str, str]:
        """The row of each reported transfer of a document."""
        rows = self._ask(
            "SELECT id, in_group FROM transfer WHERE document = ? AND in_group IS NOT NULL ORDER BY id",
            document,
        )
        return {row[0]: row[1] for row in rows}

    def choices(self, column: str) -> list[str | None]:
        """What stands in a column of the rows: ``supplier``, ``recipient``, ``category`` or ``stage``."""
        assert column in ("supplier", "recipient", "category", "stage")
        return [row[0] for row in self._ask(f"SELECT DISTINCT {column} FROM row_line")]

    def open_kinds(self) -> list[str]:
        """Every kind of question that is open."""
        rows = self._ask("SELECT DISTINCT open_kinds FROM row_line")
        return sorted({kind for row in rows for kind in row[0].split("|") if kind})

    def relations_of(self, name: str) -> tuple[Relation, ...]:
        """How a row hangs together with others."""
        rows = self._ask("SELECT payload FROM relation_line WHERE a = ? ORDER BY kind, b", name)
        return tuple(from_json(Relation, row[0]) for row in rows)

    # --------------------------------------------------------------------------- actors

    def actors(self) -> list[tuple[str, str | None, dict[str, int]]]:
        """Everybody in the register: code, label, and in how many rows or responses in which role:
        ``supplies``, ``receives``, ``asserts`` and the other stances, ``by``, ``against``."""
        found: dict[str, tuple[str | None, dict[str, int]]] = {}

        def count(code: str, role: str, number: int, label: str | None = None) -> None:
            known, counts = found.get(code, (None, {}))
            counts[role] = counts.get(role, 0) + number
            found[code] = known or label, counts

        for row in self._ask(
            """SELECT code, role, min(label), count(*) FROM row_party WHERE role <> 'says'
               GROUP BY code, role"""
        ):
            count(row[0], row[1], row[3])
        counted = ", ".join(f"sum(instr(stances, '|{one}|') > 0)" for one in Stance)
        for row in self._ask(
            f"SELECT code, min(label), {counted} FROM row_party WHERE role = 'says' GROUP BY code"
        ):
            for stance, number in zip(Stance, tuple(row)[2:], strict=True):
                if number:
                    count(row[0], stance, number, row[1])
        for column in ("by", "against"):
            for row in self._ask(
                f"""SELECT "{column}", count(*) FROM response_line WHERE "{column}" IS NOT NULL
                    GROUP BY "{column}" """
            ):
                count(row[0], column, row[1])
        return [(code, label, counts) for code, (label, counts) in sorted(found.items())]

    def parts(self, code: str, role: str, first: int, size: int) -> tuple[list[tuple[str, Part | None]], int]:
        """The rows in which somebody has a role, in the order of the register, with what they say there."""
        total = self._number("SELECT count(*) FROM row_party WHERE code = ? AND role = ?", code, role)
        rows = self._ask(
            """SELECT row_line.id, row_party.payload
               FROM row_party JOIN row_line ON row_line.id = row_party."row"
               WHERE code = ? AND role = ? ORDER BY place, number LIMIT ? OFFSET ?""",
            code,
            role,
            size,
            first,
        )
        return [(row[0], None if row[1] is None else from_json(Part, row[1])) for row in rows], total

    def positions(self) -> list[Said]:
        """What everybody says of each row, in brief."""
        rows = self._ask(
            """SELECT code, label, claims, letters, first, last FROM row_party WHERE role = 'says'
               ORDER BY code, "row", number"""
        )
        return [Said(*row) for row in rows]

    def rating_of(self, code: str, letter: str) -> str:
        """Why a claim of somebody got a letter for its source: of the first that did."""
        found = self._tables.one(
            """SELECT payload FROM row_party WHERE code = ? AND role = 'says' AND instr(letters, ?) > 0
               ORDER BY "row", number LIMIT 1""",
            code,
            letter,
        )
        part = None if found is None else from_json(Part, found[0])
        ratings = (
            [] if part is None or part.position is None else [one.rating for one in part.position.claims]
        )
        return next((one.reliability_why for one in ratings if one and one.reliability == letter), "")

    def speaks(self, label: str) -> bool:
        """Whether somebody of that name takes a position."""
        found = self._tables.one(
            "SELECT 1 FROM row_party WHERE role = 'says' AND lower(label) = lower(?) LIMIT 1", label
        )
        return found is not None

    def has_actor(self, code: str) -> bool:
        """Whether the register names somebody of that code."""
        return bool(
            self._number(
                """SELECT EXISTS (SELECT 1 FROM row_party WHERE code = ?1)
                   OR EXISTS (SELECT 1 FROM response_line WHERE "by" = ?1 OR against = ?1)""",
                code,
            )
        )

    # --------------------------------------------------------------------------- responses

    def responses_to(self, row: str) -> tuple[RegisterResponse, ...]:
        """The responses that answer a row."""
        return tuple(stored_response(one["payload"], one["answers"]) for one in self._tables.answering(row))

    def responses(self, side: str, code: str, first: int, size: int) -> tuple[list[RegisterResponse], int]:
        """The responses ``by`` somebody, or ``against`` them."""
        assert side in ("by", "against")
        total = self._number(f'SELECT count(*) FROM response_line WHERE "{side}" = ?', code)
        rows = self._ask(
            f"""SELECT payload, answers FROM response_line WHERE "{side}" = ?
                ORDER BY place, line, number LIMIT ? OFFSET ?""",
            code,
            size,
            first,
        )
        return [stored_response(row[0], row[1]) for row in rows], total

    def some_responses(self, first: int, size: int) -> tuple[list[RegisterResponse], int]:
        """Responses in the order of their last step."""
        rows = self._ask(
            "SELECT payload, answers FROM response_line ORDER BY place, line, number LIMIT ? OFFSET ?",
            size,
            first,
        )
        return [stored_response(row[0], row[1]) for row in rows], self.counts["responses"]

    # --------------------------------------------------------------------------- timeline

    def entries(self, first: int, size: int) -> tuple[list[TimelineEntry], int]:
        """Lines of the timeline, and how many there are."""
        places = [
            row[0]
            for row in self._ask(
                "SELECT place FROM timeline GROUP BY place ORDER BY place LIMIT ? OFFSET ?", size, first
            )
        ]
        if not places:
            return [], self.entries_in_all
        rows = self._ask(
            """SELECT place, payload FROM timeline WHERE place BETWEEN ? AND ?
               ORDER BY place, owner, number""",
            places[0],
            places[-1],
        )
        return list(_together((row[0], row[1]) for row in rows)), self.entries_in_all

    @cached_property
    def entries_in_all(self) -> int:
        return self._number("SELECT count(DISTINCT place) FROM timeline")

    # --------------------------------------------------------------------------- copies

    def copies(self, first: int, size: int) -> tuple[list[Copy], int]:
        """Pairs of copies, in the order of ids."""
        rows = self._ask("SELECT payload FROM copy ORDER BY a, b LIMIT ? OFFSET ?", size, first)
        return [from_json(Copy, row[0]) for row in rows], self.pairs_in_all

    @cached_property
    def pairs_in_all(self) -> int:
        return self._number("SELECT count(*) FROM copy")

    def copy(self, a: str, b: str) -> Copy | None:
        """What was found of two documents, named in the order of their ids."""
        found = self._tables.one("SELECT payload FROM copy WHERE a = ? AND b = ?", a, b)
        return None if found is None else from_json(Copy, found[0])

    def copies_of(self, document: str) -> list[Copy]:
        """The copies that a document is one of."""
        return [from_json(Copy, one) for one in self._derived.links.copies(document)]

    def pairs(self) -> list[tuple[str, str, str | None]]:
        """All pairs of copies with their direction ("a->b", "b->a", or not known), in the order of ids."""
        return [
            tuple(row) for row in self._ask("SELECT a, b, payload ->> '$.direction' FROM copy ORDER BY a, b")
        ]

    def copies_among(self, documents: Iterable[str]) -> list[Copy]:
        """The copies whose documents are both among these."""
        wanted = set(documents)
        found = (one for name in sorted(wanted) for one in self.copies_of(name) if one.a == name)
        return [one for one in found if one.b in wanted]

    def is_copied(self, document: str) -> bool:
        """Whether a document is one of any copies."""
        return bool(self._derived.links.copies_of(document))

    # --------------------------------------------------------------------------- what comparing gave

    def utterance(self, name: str) -> Utterance | None:
        found = self._tables.one("SELECT payload FROM utterance_line WHERE id = ?", name)
        return None if found is None else from_json(Utterance, found[0])

    def utterances(
        self, first: int, size: int, fewest: int = 2
    ) -> tuple[list[tuple[Utterance, int, int]], int]:
        """Acts of saying that ``fewest`` reports or more tell, those told in most first, each with the number
        of its reports and of changes of its meaning; and how many there are."""
        rows = self._ask(
            """SELECT payload, reports, graves FROM utterance_line WHERE reports >= ?
               ORDER BY place LIMIT ? OFFSET ?""",
            fewest,
            size,
            first,
        )
        total = self._number("SELECT count(*) FROM utterance_line WHERE reports >= ?", fewest)
        return [(from_json(Utterance, row[0]), row[1], row[2]) for row in rows], total

    def beside_utterance(self, name: str) -> tuple[str | None, str | None, int, int]:
        """Those before and after one in the list of those told in several reports, its own number from 1, and
        how many there are; of one that a single report tells, in the list of all."""
        found = self._tables.one("SELECT place, reports FROM utterance_line WHERE id = ?", name)
        place, fewest = (0, 1) if found is None else (found[0], 2 if found[1] > 1 else 1)
        before = self._tables.one(
            "SELECT id FROM utterance_line WHERE place < ? AND reports >= ? ORDER BY place DESC LIMIT 1",
            place,
            fewest,
        )
        after = self._tables.one(
            "SELECT id FROM utterance_line WHERE place > ? AND reports >= ? ORDER BY place LIMIT 1",
            place,
            fewest,
        )
        number = self._number(
            "SELECT count(*) FROM utterance_line WHERE place <= ? AND reports >= ?", place, fewest
        )
        total = self._number("SELECT count(*) FROM utterance_line WHERE reports >= ?", fewest)
        return None if before is None else before[0], None if after is None else after[0], number, total

    @cached_property
    def told_once(self) -> int:
        """Acts of saying that one report tells several times."""
        return self._number("SELECT count(*) FROM utterance_line WHERE reports = 1")

    def utterances_by(self, who: str, size: int) -> list[Utterance]:
        """What somebody said, by code or name, as far as several reports or statements tell it."""
        rows = self._ask(
            """SELECT payload FROM utterance_line WHERE reports > 1 AND (actor = ?1 OR name = ?1)
               ORDER BY place LIMIT ?2""",
            who,
            size,
        )
        return [from_json(Utterance, row[0]) for row in rows]

    def utterances_in(self, document: str) -> dict[str, str]:
        """The act of saying that a statement of a document tells, by the statement."""
        rows = self._ask(
            """SELECT statement, utterance FROM utterance_telling JOIN utterance_line ON id = utterance
               WHERE document = ? AND reports > 1 ORDER BY place DESC""",
            document,
        )
        return {row[0]: row[1] for row in rows}

    def discrepancies(
        self, first: int, size: int, kind: str | None = None, row: str | None = None, where: str | None = None
    ) -> tuple[list[Discrepancy], int]:
        """Where reports disagree, of one ``kind``, one place (``where``) and about one ``row`` where these
        are named; ``row`` "": about none."""
        parts: list[str] = ["1"]
        values: list[object] = []
        if where:
            parts.append('"where" = ?')
            values.append(where)
        if kind:
            parts.append("kind = ?")
            values.append(kind)
        if row == "":
            parts.append("id NOT IN (SELECT discrepancy FROM discrepancy_row)")
        elif row:
            parts.append('id IN (SELECT discrepancy FROM discrepancy_row WHERE "row" = ?)')
            values.append(row)
        condition = " AND ".join(parts)
        total = self._number(f"SELECT count(*) FROM discrepancy_line WHERE {condition}", *values)
        rows = self._ask(
            f"SELECT payload FROM discrepancy_line WHERE {condition} ORDER BY place LIMIT ? OFFSET ?",
            *values,
            size,
            first,
        )
        return [from_json(Discrepancy, one[0]) for one in rows], total

    def discrepancy_counts(self, column: str) -> dict[str, int]:
        """How many there are of each ``kind``, ``where`` or ``row``; of none, under ""."""
        assert column in ("kind", "where", "row")
        if column == "row":
            rows = self._ask('SELECT "row", count(*) FROM discrepancy_row GROUP BY "row"')
            found = {row[0]: row[1] for row in rows}
            without = self._number(
                """SELECT count(*) FROM discrepancy_line
                   WHERE id NOT IN (SELECT discrepancy FROM discrepancy_row)"""
            )
            return found | ({"": without} if without else {})
        rows = self._ask(f'SELECT "{column}", count(*) FROM discrepancy_line GROUP BY "{column}"')
        return {row[0]: row[1] for row in rows}

    # --------------------------------------------------------------------------- searching

    @property
    def is_indexed(self) -> bool:
        """Whether words are found by an index."""
        return self._tables.is_indexed

    def find(
        self, terms: Sequence[str], *, statements: bool, first: int, size: int
    ) -> tuple[list[tuple[str, str | None, int, int, str]], int]:
        """Document, statement, place and speaker of what holds every term, the likeliest first."""
        total, hits = self._tables.find(terms, statements, first, size)
        return [(one[0], one[1], one[2], one[3], one[4]) for one in hits], total


def _turned(order: str) -> str:
    """The other way round, part by part."""
    parts = [part.strip() for part in _split(order)]
    return ", ".join(
        part.removesuffix(" DESC") if part.endswith(" DESC") else f"{part} DESC" for part in parts
    )


def _split(order: str) -> list[str]:
    """Parts between commas that are in no brackets."""
    found, depth = [""], 0
    for letter in order:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found


def _together(rows: Iterable[tuple[str, str]]) -> Iterable[TimelineEntry]:
    """Entries of one place as one line."""
    at: str | None = None
    alike: list[Entry] = []
    for place, payload in rows:
        if place != at and alike:
            yield together(alike)
            alike = []
        at = place
        alike.append(from_json(Entry, payload))
    if alike:
        yield together(alike)
