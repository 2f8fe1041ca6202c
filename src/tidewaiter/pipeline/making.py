"""Of a capture a document, and of a document what it says; by itself, whatever else is in the case."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

from tidewaiter import __version__
from tidewaiter.errors import ModelError, TidewaiterError
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import Content, content_of
from tidewaiter.ledger.durable import Held
from tidewaiter.model import Capture, Document, Ground, Reading
from tidewaiter.pipeline.steps import Failure, Taking
from tidewaiter.pipeline.taking import source_name

LOG = logging.getLogger(__name__)

PACKAGE = Path(__file__).parents[1]

FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    re.error,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What a fault of the program raises on a text that nobody foresaw.  One such document must not cost
the others: it is reported as a fault, by name, and the build goes on."""


def make_content(held: Held, data: bytes, recipe: str, knowledge: Knowledge) -> Content:
    """What is made of a capture, ready to be stored.

    ``recipe``: of everything that it depends on besides the bytes (``recipe_of``).  Raises ``ModelError``
    when the language model is missing; what is wrong with one capture is told in what is returned.
    """
    from tidewaiter.codec import pack
    from tidewaiter.linking.features import features_of

    sha256, source = held.capture.sha256, source_of(held)
    try:
        document = make_document(data, held, knowledge)
        reading = read_document(document, knowledge)
        return content_of(document, reading, pack(features_of(document, reading)), recipe)
    except ModelError:
        raise
    except TidewaiterError as error:
        return Content(sha256, recipe, source, reason=error.what, todo=error.todo)
    except FAULTS as error:
        fault = _fault(source, error)
        return Content(sha256, recipe, source, reason=fault.reason, todo=fault.todo)


def make_document(data: bytes, held: Held, knowledge: Knowledge) -> Document:
    """The document of a capture.  Raises ``CaptureError`` when the bytes hold no article."""
    from tidewaiter.capture import files

    return files.make_document(
        held.capture, data, source_of(held), given_date=held.given_date, tables=knowledge
    )


def read_document(document: Document, knowledge: Knowledge) -> Reading:
    """What the document says."""
    from tidewaiter.reading.reader import read

    return read(document, knowledge)


def grounds(document: Document, reading: Reading, knowledge: Knowledge) -> dict[str, tuple[Ground, ...]]:
    """What each finding rests on, by its id: words, rules and table rows."""
    from tidewaiter.reading import grounds as of_reading

    return of_reading.grounds(document, reading, knowledge)


def lacks_tagger() -> bool:
    """Whether who said what is found by rules alone, as the attribution weights are not installed."""
    from tidewaiter.reading.reader import has_tagger

    return not has_tagger()


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


def source_of(held: Held) -> str:
    """The one source that stands for a capture taken from several: the first in the alphabet, so
    that it does not depend on which came first."""
    return min(held.sources)


def capture_of(held: Held) -> Capture:
    """A capture as shown: with the source that stands for it."""
    return replace(held.capture, source=source_of(held))


def document_id(sha256: str) -> str:
    """Of the document that is made of a capture."""
    return f"d{sha256[:12]}"


# ------------------------------------------------------------------------------------ versions


def recipe_of(held: Held, made_by: str) -> str:
    """Of everything that a capture's document and reading depend on besides its bytes, in 32
    hexadecimal digits; ``made_by``: as ``versions`` gives it."""
    parts = "; ".join((source_of(held), held.given_date or "no date given", made_by))
    return hashlib.sha256(parts.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def versions(knowledge: Knowledge) -> str:
    """The versions of cleaner and reader together: what is made by others is made again."""
    from tidewaiter.capture.cleaning import cleaner_version
    from tidewaiter.reading.reader import reader_version

    code = code_digest("*.py", "capture/**/*.py", "reading/**/*.py", "linking/*.py")
    return f"{cleaner_version(knowledge)}; {reader_version(knowledge)}; code {code}"


def linker_version(knowledge: Knowledge) -> str:
    """Of what links and makes the register, tables and all: when it changes, both are made anew."""
    rooms = ("judging", "linking", "register", "pipeline", "ledger")
    code = code_digest("*.py", *(f"{one}/**/*.py" for one in rooms))
    return f"tidewaiter {__version__}; code {code}; tables {knowledge.digest}"


@cache
def code_digest(*patterns: str) -> str:
    """Of the code in these files: a changed rule is noticed though nobody raised a version."""
    code = hashlib.sha256()
    for path in sorted(_files(patterns)):
        code.update(path.read_bytes())
    return code.hexdigest()[:16]


def _files(patterns: Iterable[str]) -> set[Path]:
    return {path for pattern in patterns for path in PACKAGE.glob(pattern)}
