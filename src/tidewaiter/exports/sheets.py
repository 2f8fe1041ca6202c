"""The sheets of the workbook, as headings and rows; what they look like is ``workbook``'s.

Dates are EDTF and stand as text, as everything but counts does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.contract import register_cells
from tidewaiter.exports.telling import claim_words, party, speaker_of, transfer_words
from tidewaiter.model import (
    Citation,
    Document,
    OpenQuestion,
    Position,
    PositionClaim,
    Register,
    RegisterResponse,
    RegisterRow,
)
from tidewaiter.wording import (
    CATEGORY_WORDS,
    ORIGIN_WORDS,
    STANDING_WORDS,
    as_of_words,
    document_name,
    figure_words,
    name_of,
    origins_words,
    plain,
    quoted,
    spoken,
)

Value = str | int | None
Documents = Mapping[str, Document]
Tick = Callable[[], None]

NARROW, MIDDLE, WIDE = 14, 24, 60
"""Widths of columns, in characters: a code or date, a name, a sentence."""


def no_tick() -> None:
    """For callers that count nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet."""

    name: str
    columns: Sequence[tuple[str, int]]  # heading and width
    rows: Iterable[Sequence[Value]]


def sheets_of(
    register: Register, shown: Iterable[Document], documents: Documents, about: str, tick: Tick = no_tick
) -> Iterator[Sheet]:
    """The sheets in their order; their rows are made while they are written.

    ``shown``: the documents in order; ``documents``: by id; ``about``: what the workbook is of; ``tick``:
    called for every transfer and document that is done.
    """
    yield _register_sheet(register)
    yield Sheet("claims", _CLAIMS, _claim_rows(register, documents, tick))
    yield Sheet("origins", _ORIGINS, _origin_rows(register, documents))
    yield Sheet("open questions", _QUESTIONS, _question_rows(register, documents))
    yield Sheet("responses", _RESPONSES, (_response(one, documents) for one in register.responses))
    yield Sheet("sources", _SOURCES, _source_rows(register, shown, tick))
    yield Sheet("about", (("About", MIDDLE), ("", WIDE)), _about(register, about))


def _register_sheet(register: Register) -> Sheet:
    headings, cells = register_cells(register)
    widths = {"Comments": WIDE, "Positions": WIDE, "Open": WIDE, "Route": WIDE, "Weapon description": MIDDLE,
              "Recipient": MIDDLE, "Supplier": MIDDLE}  # fmt: skip
    columns = [(one, widths.get(one, NARROW)) for one in headings]
    category, reports = headings.index("Category"), headings.index("Reports")

    def told() -> Iterator[Sequence[Value]]:
        for cells_of_row, row in zip(cells, register.rows, strict=True):
            values: list[Value] = [*cells_of_row, origins_words(row.origins)]
            values[category] = CATEGORY_WORDS[row.category]
            values[reports] = int(cells_of_row[reports])
            yield values

    return Sheet("register", [*columns, ("Independent origins", NARROW)], told())


# ------------------------------------------------------------------------------------ claims

_CLAIMS = (
    *(("Transfer", NARROW), ("Supplier", MIDDLE), ("Recipient", MIDDLE), ("Speaker", MIDDLE)),
    *(("Speaks for", MIDDLE), ("Stance", NARROW), ("Claim", WIDE), ("Stage", NARROW), ("Figure", NARROW)),
    *(("Said on", NARROW), ("Report published", NARROW), ("Admiralty Code", NARROW)),
    *(("Reliability, why", WIDE), ("Credibility, why", WIDE), ("Figure replaced by", NARROW)),
    *(("Words", WIDE), ("Report", MIDDLE), ("Document", NARROW), ("Claim id", NARROW)),
)


def _claim_rows(register: Register, documents: Documents, tick: Tick) -> Iterator[Sequence[Value]]:
    for row in register.rows:
        for position in row.positions:
            for claim in position.claims:
                yield _claim(row, position, claim, documents)
        tick()


def _claim(
    row: RegisterRow, position: Position, claim: PositionClaim, documents: Documents
) -> Sequence[Value]:
    rating = claim.rating
    return (
        *(row.id, _party(row.supplier), _party(row.recipient), speaker_of(position, claim), position.label),
        *(claim.stance.value, claim_words(row, position, claim), claim.stage, _figure(claim)),
        *(claim.said_on, claim.published, f"{rating.reliability}{rating.credibility}" if rating else None),
        *(
            rating.reliability_why if rating else None,
            rating.credibility_why if rating else None,
            claim.superseded_by,
        ),
        *(claim.citation.quote, _report(documents[claim.document]), claim.document),
        f"{claim.document}:{claim.claim}",
    )


def _figure(claim: PositionClaim) -> str | None:
    return None if claim.quantity is None else figure_words(claim.quantity)


def _party(code: str | None) -> str | None:
    return None if code is None else party(code)


# ------------------------------------------------------------------------------------ origins, questions

_ORIGINS = (
    *(("Transfer", NARROW), ("Of", MIDDLE), ("Independent origins", NARROW), ("In all", WIDE)),
    *(("Holder", MIDDLE), ("Kind", NARROW), ("Standing", MIDDLE), ("Why", WIDE)),
    *(("Words", WIDE), ("Reports", MIDDLE)),
)


def _origin_rows(register: Register, documents: Documents) -> Iterator[Sequence[Value]]:
    for row in register.rows:
        head = (row.id, transfer_words(row), origins_words(row.origins), row.origins.why)
        for one in row.origins.found:
            standing = STANDING_WORDS.get(one.standing, one.standing)
            kind = ORIGIN_WORDS[one.kind]
            yield (*head, one.holder, kind, standing, one.why, *_cited(one.citations, documents))
        if not row.origins.found:
            yield (*head, *(None,) * (len(_ORIGINS) - len(head)))


_QUESTIONS = (
    *(("Transfer", NARROW), ("Of", MIDDLE), ("State", NARROW), ("Kind", NARROW), ("Question", WIDE)),
    *(("Since", NARROW), ("As of", NARROW), ("Asked then", WIDE), ("Answered on", NARROW)),
    *(("Answer", WIDE), ("Words", WIDE), ("Reports", MIDDLE)),
)


def _question_rows(register: Register, documents: Documents) -> Iterator[Sequence[Value]]:
    for row in register.rows:
        for one in (*row.open, *row.closed):
            yield (row.id, transfer_words(row), *_question(one, documents))


def _question(one: OpenQuestion, documents: Documents) -> Sequence[Value]:
    answer = one.closed_by
    cited = (*one.citations, *one.opened_by, *(answer.citations if answer else ()))
    return (
        *(one.state.value, plain(one.kind), one.text, one.since, one.as_of, one.asked or None, one.closed_on),
        *(answer.text if answer else None, *_cited(tuple(dict.fromkeys(cited)), documents)),
    )


# ------------------------------------------------------------------------------------ responses, sources

_RESPONSES = (
    *(("Response", NARROW), ("Kind", NARROW), ("By", MIDDLE), ("Against", MIDDLE), ("Target", MIDDLE)),
    *(("Status", NARROW), ("On", NARROW), ("First reported", NARROW), ("History", WIDE)),
    *(("Transfers", NARROW), ("Answers, why", WIDE), ("Words", WIDE), ("Reports", MIDDLE)),
)


def _response(one: RegisterResponse, documents: Documents) -> Sequence[Value]:
    history = "; ".join(f"{step.status} {step.on or 'day not told'}" for step in one.history)
    return (
        *(one.id, plain(one.kind), _named(one.by), _named(one.against), one.target, one.status.value),
        *(one.on, one.reported, history, ", ".join(one.transfers)),
        "; ".join(f"{link.transfer}: {link.why}" for link in one.answers),
        *_cited(one.citations, documents),
    )


def _named(code: str | None) -> str | None:
    return None if code is None else name_of(code)


_SOURCES = (
    *(("Document", NARROW), ("Taken from", MIDDLE), ("Outlet", MIDDLE), ("Title", WIDE), ("Author", MIDDLE)),
    *(("Published", NARROW), ("Ground for the date", MIDDLE), ("Language", NARROW), ("Address", MIDDLE)),
    *(("Transfers told of", NARROW), ("SHA-256 of the captures", WIDE), ("Remarks", MIDDLE)),
)


def _source_rows(register: Register, shown: Iterable[Document], tick: Tick) -> Iterator[Sequence[Value]]:
    told: dict[str, int] = {}
    for row in register.rows:
        for document in dict.fromkeys(document for document, _ in row.reported):
            told[document] = told.get(document, 0) + 1
    for one in shown:
        yield (
            *(one.id, one.source, one.outlet, one.title, one.author, one.published, one.published_ground),
            *(one.language, one.url, told.get(one.id, 0), "\n".join(one.captures), "; ".join(one.flags)),
        )
        tick()


def _about(register: Register, about: str) -> Iterator[Sequence[Value]]:
    yield "Case", about
    if register.as_of is not None:
        yield "As of", as_of_words(register.as_of)
    yield "Read as", "Everything in this workbook is what reports tell that somebody says, not what happened."
    yield "Dates", "EDTF (ISO 8601-2) as text: 2022-11, 2024-01-04?, XXXX-11-02, [2024-01-02..2024-02-25]."
    yield (
        "Register",
        (
            "The columns of SIPRI's trade register, then Tidewaiter's own. '..' is not available; brackets "
            "stand around what no party to the transfer itself says exactly."
        ),
    )
    yield "Admiralty Code", "Reliability of the source, A to F, and credibility of the information, 1 to 6."


def _cited(citations: Sequence[Citation], documents: Documents) -> tuple[str, str]:
    """The words, one citation a line, and the reports that they stand in, each with its id."""
    words = "\n".join(quoted(one.quote) for one in citations if one.quote)
    told = dict.fromkeys(one.document for one in citations)
    return words, "\n".join(f"{_report(documents[name])} ({name})" for name in told)


def _report(document: Document) -> str:
    """A report as a reader knows it: "Borba, 3 June 2031"; where it lay on this machine is said of sources
    alone."""
    name = document_name(document)
    return f"{name}, {spoken(document.published)}" if document.published else name
