"""The flow: capture -> reading -> linking -> register, each step only where something changed.

Bytes are kept under their hash and noted in the custody record before anything reads them.  A
document is cleaned anew when the cleaner changed, and read anew when its text or the reader changed;
everything over many documents is worked out from all of them each time, so that a build ends in the
state that building anew gives, in whatever order the documents came.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tidewaiter import __version__, edtf
from tidewaiter.errors import ModelError, TidewaiterError
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.custody import CAPTURED, RESTORED
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.durable import DurableStore, Held
from tidewaiter.model import Capture, Document, Links, Reading, Register

LOG = logging.getLogger(__name__)


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
class Built:
    """What ``build`` did."""

    read: tuple[str, ...]  # sources of the documents read
    skipped: tuple[str, ...]  # sources of those that had not changed
    failed: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A case as shown: documents with the dates that other documents give them, in order of date."""

    documents: tuple[Document, ...]
    readings: Mapping[str, Reading]  # by document id
    register: Register


@dataclass(frozen=True, slots=True)
class Taking:
    """The circumstances of a capture, for the custody record."""

    at: str  # UTC, ISO 8601 to the second
    by: str  # account


# ------------------------------------------------------------------------------------ capture


def source_name(path: Path) -> str:
    """The path as given, as text: bytes of a file name that are no UTF-8 as ``\\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def files_of(sources: Iterable[Path]) -> tuple[list[Path], tuple[Failure, ...]]:
    """The files to read, in the order given, each once: those named, whatever their kind, and those
    of a known kind in the folders named; and the files of the folders that were left out, with the
    reason."""
    from tidewaiter.capture.files import find_files

    files: dict[Path, None] = {}
    left_out: list[Failure] = []
    for source in sources:
        if not source.is_dir():
            files[source] = None
            continue
        found = find_files([source])
        files.update(dict.fromkeys(found.files))
        left_out += [Failure(source_name(one.path), one.reason) for one in found.skipped]
    return list(files), tuple(left_out)


NEWS = (CAPTURED, RESTORED)
"""Actions that bring something to the case that was not in it."""

BATCH_CAPTURES = 64
BATCH_BYTES = 8 * 2**20
"""How much is taken in before it is flushed to disk together: one wait for the disk instead of one a
file (docs/decisions/0008)."""


def add(
    durable: DurableStore,
    paths: Sequence[Path],
    taking: Taking,
    given_date: str | None = None,
    progress: Progress = no_progress,
) -> Added:
    """Keep the bytes of each file, then note them, a batch at a time.  A file that cannot be read is
    reported and the rest goes on; what is done stays done if this is interrupted.

    Raises ``CaseError`` when the case cannot be written, which no other file would mend.
    """
    from tidewaiter.capture.files import read_capture

    new: list[str] = []
    known: list[str] = []
    failed: list[Failure] = []
    waiting: list[tuple[Capture, bytes]] = []

    def settle() -> None:
        for (capture, _), action in zip(waiting, durable.take(waiting, given_date), strict=True):
            (new if action in NEWS else known).append(capture.source)
        waiting.clear()

    for number, path in enumerate(paths):
        progress(Step("Taking in", number, len(paths), path.name))
        try:
            waiting.append(read_capture(path, source_name(path), taking.at, taking.by))
        except TidewaiterError as error:
            failed.append(Failure(source_name(path), error.what, error.todo))
        if len(waiting) == BATCH_CAPTURES or sum(one.size for one, _ in waiting) >= BATCH_BYTES:
            settle()
    settle()
    progress(Step("Taking in", len(paths), len(paths)))
    return Added(tuple(new), tuple(known), tuple(failed))


# ------------------------------------------------------------------------------------ build


def build(
    durable: DurableStore,
    derived: DerivedStore,
    knowledge: Knowledge,
    *,
    as_of: str,
    now: str,
    progress: Progress = no_progress,
) -> Built:
    """Bring the derived store up to date with the captures.

    ``as_of``: ISO day for which the open questions are put; ``now``: UTC, for the ids given out.
    Raises ``ModelError`` when the language model is missing; what fails in one document only is
    noted with the document.
    """
    built = read_changed(durable, derived, knowledge, progress)
    progress(Step("Linking", 0, 1))
    view, links = connect(derived, as_of)
    for group in links.groups:
        durable.issue(group.id, group.members, now)
    progress(Step("Register", 0, 1))
    derived.put_register(view.register, as_of, f"tidewaiter {__version__}")
    progress(Step("Register", 1, 1))
    return built


def read_changed(
    durable: DurableStore, derived: DerivedStore, knowledge: Knowledge, progress: Progress = no_progress
) -> Built:
    """Read the captures that are new, or whose cleaner, reader or given date changed."""
    made_by = versions(knowledge)
    made = derived.made()
    held = list(durable.held())
    changed = [one for one in held if made.get(one.capture.sha256) != _recipe(one, made_by)]
    read: list[str] = []
    for number, one in enumerate(changed):
        progress(Step("Reading", number, len(changed), Path(_source(one)).name))
        if _read_one(durable, derived, knowledge, one, _recipe(one, made_by)):
            read.append(_source(one))
    if changed:
        progress(Step("Reading", len(changed), len(changed)))
    failed = tuple(Failure(row["source"], row["reason"], row["todo"]) for row in derived.failures())
    touched = {one.capture.sha256 for one in changed} | {row["sha256"] for row in derived.failures()}
    skipped = tuple(_source(one) for one in held if one.capture.sha256 not in touched)
    return Built(tuple(read), skipped, failed)


FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a fault of the program raises on a text that nobody foresaw.  One such document must not cost
the others: it is reported as a fault, by name, and the build goes on."""


def _read_one(
    durable: DurableStore, derived: DerivedStore, knowledge: Knowledge, held: Held, recipe: str
) -> bool:
    """Clean and read one capture and store it in one transaction; False when that failed."""
    sha256, source = held.capture.sha256, _source(held)
    try:
        document = make_document(durable.bytes.read(sha256), held, knowledge)
        derived.put(document, read_document(document, knowledge), recipe)
    except ModelError:
        raise
    except TidewaiterError as error:
        derived.put_failure(sha256, source, error.what, error.todo, recipe)
        return False
    except FAULTS as error:
        fault = _fault(source, error)
        derived.put_failure(sha256, source, fault.reason, fault.todo, recipe)
        return False
    return True


def make_document(data: bytes, held: Held, knowledge: Knowledge) -> Document:
    """The document of a capture.  Raises ``CaptureError`` when the bytes hold no article."""
    from tidewaiter.capture import files

    return files.make_document(
        held.capture, data, _source(held), given_date=held.given_date, tables=knowledge
    )


def read_document(document: Document, knowledge: Knowledge) -> Reading:
    """What the document says."""
    from tidewaiter.reading.reader import read

    return read(document, knowledge)


def read_file(
    path: Path, knowledge: Knowledge, taking: Taking, *, given_date: str | None = None, raw: bool = False
) -> tuple[Document, Reading] | Failure:
    """One file by itself, without a case.  ``raw``: its text as it is, uncleaned.

    Raises ``ModelError`` when the language model is missing.
    """
    from tidewaiter.capture import files

    source = source_name(path)
    try:
        capture, data = files.read_capture(path, source, taking.at, taking.by)
        document = files.make_document(capture, data, source, given_date, raw=raw, tables=knowledge)
        return document, read_document(document, knowledge)
    except ModelError:
        raise
    except TidewaiterError as error:
        return Failure(source, error.what, error.todo)
    except FAULTS as error:
        return _fault(source, error)


def _fault(source: str, error: Exception) -> Failure:
    LOG.debug("while reading %s", source, exc_info=error)
    return Failure(
        source,
        f"the program failed on this text ({type(error).__name__}: {error})",
        "Please report it with the file.",
    )


def _source(held: Held) -> str:
    """The one source that stands for a capture taken from several: the first in the alphabet, so
    that it does not depend on which came first."""
    return min(held.sources)


def capture_of(held: Held) -> Capture:
    """A capture as shown: with the source that stands for it."""
    return replace(held.capture, source=_source(held))


def versions(knowledge: Knowledge) -> str:
    """The versions of cleaner and reader together: what is made by others is made again."""
    from tidewaiter.capture.cleaning import cleaner_version
    from tidewaiter.reading.reader import reader_version

    return f"{cleaner_version(knowledge)}; {reader_version(knowledge)}; code {_code_digest()}"


@cache
def _code_digest() -> str:
    """Of the code that cleans and reads: a changed rule is noticed though nobody raised a version."""
    package = Path(__file__).parent
    code = hashlib.sha256()
    rooms = (*package.glob("capture/**/*.py"), *package.glob("reading/**/*.py"))
    for path in sorted((*package.glob("*.py"), *rooms)):
        code.update(path.read_bytes())
    return code.hexdigest()[:16]


def _recipe(held: Held, made_by: str) -> str:
    """Everything that a capture's document and reading depend on besides its bytes."""
    return "; ".join((_source(held), held.given_date or "no date given", made_by))


# ------------------------------------------------------------------------------------ many documents


def connect(derived: DerivedStore, as_of: str) -> tuple[View, Links]:
    """Link all documents and make the register, in order of document ids."""
    from tidewaiter.linking import link
    from tidewaiter.register import build_register

    readings = derived.readings()
    documents = sorted(derived.documents().values(), key=lambda one: one.id)
    links = link(documents, readings)
    shown = in_order(with_dates(documents, links.dated))
    return View(shown, readings, build_register(shown, readings, links, as_of)), links


def view(derived: DerivedStore) -> View | None:
    """The case as last built; None before the first build."""
    register = derived.register()
    if register is None:
        return None
    documents = with_dates(derived.documents().values(), register.dated)
    return View(in_order(documents), derived.readings(), register)


def with_dates(documents: Iterable[Document], dated: Mapping[str, tuple[str, str]]) -> tuple[Document, ...]:
    """The documents, each undated one with the date that others give it and the ground for it."""
    return tuple(
        replace(one, published=dated[one.id][0], published_ground=dated[one.id][1])
        if one.id in dated
        else one
        for one in documents
    )


def in_order(documents: Sequence[Document]) -> tuple[Document, ...]:
    """By date, then source: the order in which documents are shown."""
    return tuple(sorted(documents, key=lambda one: (edtf.sort_key(one.published), one.source, one.id)))
