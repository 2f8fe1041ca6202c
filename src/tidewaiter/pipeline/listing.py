"""Bringing the tables of lists up to date with the register, after every build, where that touches them.

What is known of rows and responses only from one another is found here row by row: a response is looked at
again when its steps or the rows of whom it hits are other ones, a row when it or a response to it is.  It
comes to what ``register.completion`` makes of the whole register at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tidewaiter.codec import from_json, to_json
from tidewaiter.dossier.views import is_readable
from tidewaiter.edtf import safe, safe_bounds, sort_key
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.list_tables import (
    DocumentLine,
    PartyLine,
    ResponseLine,
    RowLine,
    Searched,
    place_of,
)
from tidewaiter.model import (
    BY_RULES,
    STAGE_ORDER,
    Category,
    Document,
    Position,
    Reading,
    RegisterResponse,
    RegisterRow,
    ResponseLink,
)
from tidewaiter.pipeline.looking import Looked
from tidewaiter.register.answering import Answered, linked_to
from tidewaiter.register.completion import pending_entries
from tidewaiter.register.histories import histories, order_of
from tidewaiter.register.lines import Line, Part, line_of, parts_of
from tidewaiter.register.questions.pending import with_pending
from tidewaiter.register.relations import relations_of
from tidewaiter.register.rows import order_of as order_of_row
from tidewaiter.register.timeline import Entry, key_of, response_entries
from tidewaiter.wording import name_of, title_of, usual_names

MOST = 99_999_999
"""Above every number in a place, so that what is counted down from it sorts the greatest first."""


def response_line(step: RegisterResponse) -> str:
    """What the steps of one response have in common, as text."""
    return f"{step.kind} {step.by or ''}"


def stored_response(payload: str, answers: str) -> RegisterResponse:
    """A response with the rows that it answers."""
    links = from_json(tuple[ResponseLink, ...], answers)
    one = from_json(RegisterResponse, payload)
    return replace(one, transfers=tuple(link.transfer for link in links), answers=links)


def stored_entries(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Entries of the timeline as they are kept: each with its place."""
    return [(_place_of_entry(one), to_json(one)) for one in entries]


def _place_of_entry(entry: Entry) -> str:
    key, kind, text, transfers, when = key_of(entry)
    return place_of(*key, kind, text, " ".join(transfers), when)


class Lister:
    """Keeps the tables of lists in the derived store."""

    def __init__(self, derived: DerivedStore, as_of: str, knowledge: Knowledge) -> None:
        self._derived = derived
        self._lists = derived.lists
        self._as_of = as_of
        self._knowledge = knowledge
        self._names = usual_names()
        self._party_rows: dict[str, Sequence[Answered]] = {}

    def update(
        self,
        documents: Iterable[str],
        rows: Iterable[str],
        gone: Iterable[str],
        lines: Iterable[str],
        former_as_of: str | None,
    ) -> None:
        """Take in what a build changed: ``documents`` that came, went, changed or are dated otherwise;
        ``rows`` that were made again and those ``gone``; ``lines`` of responses with other steps."""
        self._list_documents(documents)
        made, lost = sorted(set(rows)), sorted(set(gone))
        parties = self._parties([*made, *lost])
        pairs = self._pairs([*made, *lost])
        for name in lost:
            self._drop(name)
        for name in made:  # so that responses find them; what is asked of them is added below
            self._list_row(self._row(name), ())
        parties |= self._parties(made)
        pairs |= self._pairs(made)
        self._party_rows.clear()  # they are all listed now, as they will be
        touched = {*made}
        for line in sorted(set(lines)):
            touched |= self._tell_again(line)
        touched |= self._link_again(parties)
        if former_as_of not in (None, self._as_of):
            touched |= self._lists.answered_after(min(str(former_as_of), self._as_of))
        for name in sorted(touched):
            if self._derived.register.row(name) is not None:
                self._complete(name)
        self._relate(pairs, [*made, *lost])

    # --------------------------------------------------------------------------- documents

    def _list_documents(self, documents: Iterable[str]) -> None:
        dated = self._derived.links.all_dated()
        for name in sorted(set(documents)):
            try:
                document, reading = self._derived.document(name), self._derived.reading(name)
            except KeyError:
                self._lists.drop_document(name)
                continue
            published = dated[name][0] if name in dated else document.published
            line = DocumentLine(
                id=name,
                place=place_of(*sort_key(published), document.source, name),
                published=published,
                public=None if (day := safe_bounds(published).latest) is None else day.isoformat(),
                title=title_of(document),
                outlet=document.outlet,
                readable=is_readable(document),
                flagged=bool(document.flags),
                by_rules=BY_RULES in reading.reader,
                transfers=len(reading.transfers),
            )
            self._lists.put_document(line, searched_in(document, reading))

    # --------------------------------------------------------------------------- responses

    def _tell_again(self, line: str) -> set[str]:
        """Make the responses of a line again; gives the rows that those answered, or answer, that are others
        than before."""
        before = self._lists.responses_of(line)
        steps = [from_json(RegisterResponse, one) for one in self._derived.register.steps(line)]
        made = histories(steps)
        listed = [_response_line(number, one) for number, one in enumerate(made)]
        as_before = {one["number"]: one["payload"] for one in before}
        changed = [one for one in listed if as_before.get(one.number) != one.payload]
        numbers = {one.number for one in changed}
        others = [one for one in before if one["number"] in numbers or one["number"] >= len(made)]
        answered = {row for one in others for row in _rows_answered(one["answers"])}
        self._lists.put_responses(line, changed, len(made))
        for stored in changed:
            answered.update(self._link(line, stored.number, made[stored.number]).transfers)
        for number in range(len(made), len(before)):
            self._derived.register.put_entries(_response_owner(line, number), ())
        return answered

    def _link_again(self, parties: Iterable[str]) -> set[str]:
        """Look again which rows the responses answer that hit any of these; gives the rows of those that
        answer others than before."""
        touched: set[str] = set()
        for stored in self._lists.responses_against(parties):
            former = stored_response(stored["payload"], stored["answers"])
            one = from_json(RegisterResponse, stored["payload"])
            now = self._link(stored["line"], stored["number"], one)
            if now.answers != former.answers:
                touched |= {*now.transfers, *former.transfers}
        return touched

    def _link(self, line: str, number: int, one: RegisterResponse) -> RegisterResponse:
        """The response with the rows that it answers, which are kept."""
        rows = {one.against: self._rows_of(one.against)} if one.against else {}
        told = linked_to(one, rows, self._names)
        self._lists.put_answers(line, number, to_json(told.answers), told.transfers)
        entries = stored_entries(response_entries(told, self._names))
        self._derived.register.put_entries(_response_owner(line, number), entries)
        return told

    def _rows_of(self, party: str) -> Sequence[Answered]:
        """The rows that somebody is a party to, looked up once an update."""
        if party not in self._party_rows:
            self._party_rows[party] = [
                Answered(row[0], row[1], row[2], Category(row[3]), row[4], row[5])
                for row in self._lists.rows_of(party)
            ]
        return self._party_rows[party]

    # --------------------------------------------------------------------------- rows

    def _row(self, name: str) -> RegisterRow:
        payload = self._derived.register.row(name)
        assert payload is not None, f"{name} is no row"
        return from_json(RegisterRow, payload)

    def _complete(self, name: str) -> None:
        """List a row with what is asked of the responses to it."""
        answering = [stored_response(one["payload"], one["answers"]) for one in self._lists.answering(name)]
        (row,) = with_pending([self._row(name)], answering, self._as_of, self._names)
        self._list_row(row, pending_entries(row))

    def _list_row(self, row: RegisterRow, pending: Iterable[Entry]) -> None:
        self._lists.put_row(_row_line(row, line_of(row)), _party_lines(row))
        self._derived.register.put_entries(f"pending {row.id}", stored_entries(pending))

    def _drop(self, name: str) -> None:
        self._lists.drop_row(name)
        self._derived.register.put_entries(f"pending {name}", ())

    def _parties(self, rows: Iterable[str]) -> set[str]:
        return {one for name in rows for one in self._lists.parties(name) or () if one is not None}

    def _pairs(self, rows: Iterable[str]) -> set[tuple[str, str]]:
        found = (self._lists.parties(name) for name in rows)
        return {(one[0], one[1]) for one in found if one is not None and one[0] and one[1]}

    # --------------------------------------------------------------------------- relations

    def _relate(self, pairs: Iterable[tuple[str, str]], of: Sequence[str]) -> None:
        """Find again how the rows of these pairs of parties hang together."""
        documents = Looked(self._derived.document, self._derived.document_ids)
        readings = Looked(self._derived.reading, self._derived.document_ids)
        for supplier, recipient in sorted(pairs):
            names = self._lists.rows_between(supplier, recipient)
            rows = [self._row(name) for name in names] if len(names) > 1 else []
            found = relations_of(rows, documents, readings, self._knowledge)
            self._lists.put_relations(names, [(one.a, one.kind, one.b, to_json(one)) for one in found])
        self._lists.put_relations([name for name in of if self._lists.parties(name) is None], ())


# ------------------------------------------------------------------------------------ columns


def searched_in(document: Document, reading: Reading) -> Iterator[Searched]:
    """The words of a document that can be searched: its own, and those of each statement."""
    words = f"{document.title or ''}\n{document.outlet or ''}\n{document.text}"
    yield Searched(words, None, 0, len(document.text), "")
    for one in reading.statements:
        spans = one.content.spans
        if spans:
            who = one.source.text if one.source else ""
            start, end = min(span.start for span in spans), max(span.end for span in spans)
            yield Searched(f"{one.content.text}\n{who}", one.id, start, end, who or "somebody")


def _row_line(row: RegisterRow, line: Line) -> RowLine:
    claims, reports, stage, *rest = order_of_row(row)
    return RowLine(
        id=row.id,
        place=place_of(MOST + claims, MOST + reports, MOST + stage, *rest),
        supplier=row.supplier,
        recipient=row.recipient,
        supplier_name="unknown supplier" if row.supplier is None else name_of(row.supplier).casefold(),
        recipient_name="unknown recipient" if row.recipient is None else name_of(row.recipient).casefold(),
        category=row.category,
        stage=row.stage,
        reach=STAGE_ORDER[row.stage],
        dated=place_of(*sort_key(safe(row.when))),
        first_report=row.first_report,
        last_report=row.last_report,
        reports=line.reports,
        claims=line.claims,
        denials=line.denials,
        open=len(row.open),
        open_kinds="|" + "".join(f"{kind}|" for kind in line.kinds),
        payload=to_json(line),
    )


def _party_lines(row: RegisterRow) -> list[PartyLine]:
    numbers: dict[tuple[str, str], int] = {}
    found = []
    for one in parts_of(row):
        number = numbers[one.code, one.role] = numbers.get((one.code, one.role), -1) + 1
        line = PartyLine(one.code, one.role, number)
        found.append(line if one.position is None else _position_line(line, one, one.position))
    return found


def _position_line(line: PartyLine, part: Part, position: Position) -> PartyLine:
    days = [day for claim in position.claims if (day := claim.said_on or claim.published)]
    known = [day for day in days if safe_bounds(day).earliest is not None]
    return line._replace(
        label=part.label,
        stances="|" + "".join(f"{one}|" for one in part.stances),
        claims=len(position.claims),
        letters="".join(claim.rating.reliability for claim in position.claims if claim.rating is not None),
        first=min(known, key=_by_day, default=None),
        last=max(known, key=_by_day, default=None),
        payload=to_json(part),
    )


def _by_day(day: str) -> tuple[int, str, str]:
    return sort_key(safe(day))


def _response_line(number: int, one: RegisterResponse) -> ResponseLine:
    days = [latest.isoformat() for step in one.history if (latest := safe_bounds(step.reported).latest)]
    key, *rest = order_of(one)
    return ResponseLine(
        number=number,
        id=one.id,
        place=place_of(*key, *rest),
        by=one.by,
        against=one.against,
        last_public=max(days, default=""),
        payload=to_json(one),
        answers="[]",
    )


def _rows_answered(answers: str) -> Iterator[str]:
    return (link["transfer"] for link in json.loads(answers))


def _response_owner(line: str, number: int) -> str:
    return f"response {line} {number}"
