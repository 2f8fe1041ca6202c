"""The tables of lists of a case: what they hold, and whether that is what the whole register comes to."""

from __future__ import annotations

from tidewaiter.case import Case
from tidewaiter.codec import from_json
from tidewaiter.ledger.list_tables import WORDS
from tidewaiter.model import Register, RegisterResponse, RegisterRow
from tidewaiter.pipeline.lists import Filters
from tidewaiter.register.completion import completed
from tidewaiter.register.lines import line_of
from tidewaiter.register.relations import relations_of
from tidewaiter.register.rows import order_of
from tidewaiter.register.timeline import Entry
from tidewaiter.wording import usual_names

TABLES = (
    *("document_line", "row_line", "row_party", "response_line", "response_answer", "relation_line"),
    "timeline",
)
SEARCHED = f"""SELECT words, document, statement, start, "end", who
    FROM searched LEFT JOIN {WORDS} ON number = {WORDS}.rowid"""


def listed(case: Case) -> str:
    """Everything that the tables of lists hold; what is in them but for the numbers that stores give is
    the same for cases with the same reports and judgements."""
    held = {table: case.derived.ask(f"SELECT * FROM {table}") for table in TABLES}
    held["searched"] = case.derived.ask(SEARCHED)
    (words,) = case.derived.ask(f"SELECT count(*) FROM {WORDS}")
    lines = [f"{table} {tuple(row)}" for table, rows in held.items() for row in rows]
    return "\n".join([f"words {words[0]}", *sorted(lines)])


def check_lists(case: Case) -> None:
    """Asked for everything, the lists give what is made of rows, steps and entries all at once."""
    view, store = case.view(), case.derived
    rows = sorted((from_json(RegisterRow, one) for one in store.register.rows()), key=order_of)
    steps = store.ask("SELECT payload FROM register_response ORDER BY alike, number")
    own = """SELECT payload FROM timeline WHERE owner NOT GLOB 'response *' AND owner NOT GLOB 'pending *'
             ORDER BY owner, number"""
    register = Register(
        rows=tuple(rows),
        responses=tuple(from_json(RegisterResponse, one[0]) for one in steps),
        timeline=(),
        copies=(),
        dated={},
    )
    entries = [from_json(Entry, one[0]) for one in store.ask(own)]
    whole = completed(register, entries, view.lists.as_of, usual_names())
    assert view.lists.all_rows() == whole.rows
    assert view.lists.all_responses() == whole.responses
    assert view.lists.all_entries() == whole.timeline
    assert view.lists.all_relations() == relations_of(rows, view.by_id, view.readings, case.knowledge)
    assert view.register.rows == whole.rows
    assert view.lists.rows(Filters())[0] == [one.id for one in whole.rows]
    for row in whole.rows:
        assert view.lists.row(row.id) == row
        assert view.lists.line(row.id) == line_of(row)
