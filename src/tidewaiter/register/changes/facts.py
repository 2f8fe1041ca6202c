"""What a register says, as single facts that hold or do not hold.

A change is a fact that holds in one register and not in another.  So that the same change is known
whenever, and in whatever batches, documents come, a fact is not known by the id of its row, which may
change with every document, but by its kind, its value and the words that it rests on: two facts are the
same where they share a word, or are of the same actor and of rows that share a reported transfer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from tidewaiter.edtf import safe, sort_key
from tidewaiter.model import ChangeKind, Citation, RegisterRow

KEY_DIGITS = 12
"""Hexadecimal digits of a key, as many as of a document's id."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a register says."""

    kind: ChangeKind  # of the change by which it came
    value: str  # what tells it from others of its kind: a stage, a figure; "" where there is one only
    of: str  # whose it is: an actor, an origin; "" where it is the row's
    transfer: str | None  # register id
    members: tuple[str, ...]  # ids of the row's reported transfers
    words: tuple[str, ...]  # what it rests on, the first of it first
    on: str | None
    actor: str | None
    text: str  # who says what
    undone: str  # what is said when it no longer holds
    citations: tuple[Citation, ...] = ()
    before: str | None = None
    after: str | None = None

    @property
    def sort(self) -> str:
        """Facts of different sorts are never the same one."""
        return SORTS.get(self.kind, self.kind).value

    @property
    def key(self) -> str:
        firsts = 2 if self.kind is ChangeKind.CONTRADICTED else 1  # it takes two to disagree
        return key_of(self.kind, self.value, self.of, *self.words[:firsts])


SORTS: Mapping[ChangeKind, ChangeKind] = {ChangeKind.RESPONSE_STATUS: ChangeKind.RESPONSE}
"""Whether a response is a further step shows only beside the earlier one, which may come later."""


def key_of(*parts: str) -> str:
    """The key of a change that these parts make."""
    return "k" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:KEY_DIGITS]


# ------------------------------------------------------------------------------------ words


def at(citation: Citation) -> str:
    """Words without an id of their own, by where they stand."""
    spans = citation.spans
    where = f"{spans[0].start}-{spans[-1].end}" if spans else ""
    return f"{citation.document}:{where}"


Days = Callable[[str], str | None]
"""When a document was published, by its id."""


def first(words: Iterable[str], days: Days) -> tuple[str, ...]:
    """The words, each once, in the order in which their documents were published."""
    return tuple(sorted(set(words), key=lambda one: (sort_key(safe(days(one.partition(":")[0]))), one)))


def told_in(row: RegisterRow, documents: Collection[str], days: Days) -> tuple[str, ...]:
    """The row's reported transfers in these documents, or in all where none is named: for what rests on
    words that have no id of their own, and that may speak for other rows too."""
    return first(
        (f"{document}:{name}" for document, name in row.reported if not documents or document in documents),
        days,
    )
