"""A case cut down to chosen transfers: what tells of them, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tidewaiter.dossier.counting import plural
from tidewaiter.model import Citation, Document, Reading, Register, RegisterRow


class Chosen(NamedTuple):
    """Of how much a dossier on chosen transfers is a part."""

    transfers: int  # that the case holds
    documents: int
    is_most: bool = False  # nobody chose: those told in the most reports


def chosen_words(chosen: Chosen, transfers: int) -> str:
    """Which transfers a dossier is of; ``transfers``: how many it has."""
    if not chosen.is_most:
        return f"Of {plural(transfers, 'transfer')} chosen from the {chosen.transfers:,} of the case"
    return (
        f"Of the {plural(transfers, 'transfer')} told in the most reports, out of {chosen.transfers:,} of the"
        " case; a dossier can be made of any other"
    )


def choose(
    documents: Sequence[Document], register: Register, wanted: Collection[str]
) -> tuple[tuple[Document, ...], Register]:
    """The documents that tell of the transfers ``wanted`` (register ids) or are cited for them, and the
    register with these transfers, the responses to them, what lies on their timeline and where the reports
    disagree on them.  Ids that no row has are passed over."""
    rows = tuple(row for row in register.rows if row.id in wanted)
    ids = {row.id for row in rows}
    reporting = {document for row in rows for document, _ in row.reported}
    responses = tuple(
        replace(one, transfers=tuple(name for name in one.transfers if name in ids))
        for one in register.responses
        if ids & set(one.transfers)
    )
    timeline = tuple(
        replace(one, transfers=tuple(name for name in one.transfers if name in ids))
        for one in register.timeline
        if ids & set(one.transfers)
    )
    kept = replace(
        register,
        rows=rows,
        responses=responses,
        timeline=timeline,
        copies=tuple(one for one in register.copies if {one.a, one.b} <= reporting),
        relations=tuple(one for one in register.relations if one.a in ids),
        utterances=tuple(
            one
            for one in register.utterances
            if {variant.citation.document for variant in one.variants} <= reporting
        ),
        discrepancies=tuple(
            replace(one, transfers=tuple(name for name in one.transfers if name in ids))
            for one in register.discrepancies
            if ids & set(one.transfers)
        ),
    )
    cited = reporting | {citation.document for citation in _citations(kept)}
    cited |= {name for one in kept.copies for name in (one.a, one.b)}
    return tuple(one for one in documents if one.id in cited), kept


def _citations(register: Register) -> Iterator[Citation]:
    """Every citation of the register."""
    for row in register.rows:
        yield from _row_citations(row)
    for response in register.responses:
        yield from response.citations
        for step in response.history:
            yield from step.citations
        for link in response.answers:
            yield from link.citations
    for entry in register.timeline:
        yield from entry.citations
    for relation in register.relations:
        yield from relation.citations
    for discrepancy in register.discrepancies:
        for value in discrepancy.values:
            yield from value.citations


def _row_citations(row: RegisterRow) -> Iterator[Citation]:
    for cell in row.cells.values():
        yield from cell.citations
    for position in row.positions:
        yield from (claim.citation for claim in position.claims)
    for origin in row.origins.found:
        yield from origin.citations
    for question in (*row.open, *row.closed):
        yield from (*question.citations, *question.opened_by)
        if question.closed_by is not None:
            yield from question.closed_by.citations
    for measure in row.measures or ():
        for citations in measure.citations.values():
            yield from citations
    yield from (remark.citation for remark in row.judged)


def readings_of(documents: Sequence[Document], readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """The readings of ``documents``."""
    return {one.id: readings[one.id] for one in documents if one.id in readings}
