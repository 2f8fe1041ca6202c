"""What is known of rows and responses only from one another: the responses with their history, the transfers
that they answer, what is asked of them, and the timeline with both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tidewaiter.model import Register, RegisterResponse, RegisterRow
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
    told = [*entries, *_entries(rows, responses, names)]
    return replace(register, rows=rows, responses=responses, timeline=timeline_of(told))


def _entries(
    rows: Sequence[RegisterRow], responses: Sequence[RegisterResponse], names: Mapping[str, str]
) -> Iterable[Entry]:
    for response in responses:
        yield from response_entries(response, names)
    for row in rows:
        for question in (*row.open, *row.closed):
            if question.kind == KIND:
                yield from question_entries(row.id, question)
