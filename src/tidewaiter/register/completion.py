"""What is known of rows and responses only from one another: the responses with their history, the transfers
that they answer, what is asked of them, and the timeline with both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tidewaiter.model import Register, RegisterRow
from tidewaiter.register.answering import linked
from tidewaiter.register.histories import histories
from tidewaiter.register.questions.pending import KIND, with_pending
from tidewaiter.register.timeline import Entry, question_entries, response_entries, timeline_of


def completed(register: Register, entries: Iterable[Entry], as_of: str, names: Mapping[str, str]) -> Register:
    """The register whose ``responses`` are single steps (``responses.join``) with what joins them.

    ``entries``: of the timeline, without those of responses; ``as_of``: ISO day of the register; ``names``:
    of parties for reading, by code.
    """
    responses = linked(histories(register.responses), register.rows, names)
    rows = with_pending(register.rows, responses, as_of, names)
    told = [*entries, *(entry for one in responses for entry in response_entries(one, names))]
    told += [entry for row in rows for entry in pending_entries(row)]
    return replace(register, rows=rows, responses=responses, timeline=timeline_of(told))


def pending_entries(row: RegisterRow) -> Iterator[Entry]:
    """What the timeline has of the responses that a row waits, or waited, for."""
    for question in (*row.open, *row.closed):
        if question.kind == KIND:
            yield from question_entries(row.id, question)
