"""What the pipeline tells of its work: how far it is, what it did, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.model import Document, Judged, Reading, Register
from tidewaiter.pipeline.lists import Lists


@dataclass(frozen=True, slots=True)
class Step:
    """Where a long piece of work stands."""

    stage: str  # "Taking in", "Reading", "Linking", "Register"
    done: int
    total: int
    item: str = ""


Progress = Callable[[Step], None]


def no_progress(_: Step) -> None:
    """For callers that show nothing."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that gave no document, and why."""

    source: str
    reason: str
    todo: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What ``add`` did."""

    new: tuple[str, ...]  # sources whose bytes the case did not hold, or that were withdrawn and are back
    known: tuple[str, ...]  # sources whose bytes it held already
    failed: tuple[Failure, ...]
    left_out: tuple[Failure, ...] = ()  # files of other kinds in the folders


@dataclass(frozen=True, slots=True)
class Handed:
    """A report handed over as bytes by somebody who calls it something; no file of this machine."""

    name: str  # as it was called: any characters, never a path
    data: bytes
    method: str  # "upload", "pasted": how, for the custody record


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done with a report handed over."""

    source: str  # under which it stands in the custody record
    sha256: str
    action: str  # of the custody record; empty: all of it was noted before


@dataclass(frozen=True, slots=True)
class Built:
    """What ``build`` did."""

    read: tuple[str, ...]  # sources of the documents read
    skipped: tuple[str, ...]  # sources of those that had not changed
    failed: tuple[Failure, ...]
    removed: int = 0  # documents that were shown and whose captures were withdrawn
    orphaned: tuple[Judged, ...] = ()  # judgements that no longer find their words


@dataclass(frozen=True, slots=True)
class View:
    """A case as shown: documents with the dates that other documents give them, in order of date."""

    documents: Sequence[Document]
    by_id: Mapping[str, Document]
    readings: Mapping[str, Reading]  # by document id
    register: Register  # its parts are looked up, all of one, when one is asked for
    lists: Lists  # the same, page by page


@dataclass(frozen=True, slots=True)
class Taking:
    """The circumstances of a capture, for the custody record."""

    at: str  # UTC, ISO 8601 to the second
    by: str  # account
