"""What a rebuild gives, held against what is shown: the lines of the two exports, and the rows of which lists
are shown.

The lines are put on disk while they are compared, so that neither export needs to be held in memory.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tidewaiter import knowledge, pipeline
from tidewaiter.codec import Json
from tidewaiter.contract import export_lines
from tidewaiter.errors import DamageError, TidewaiterError
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.database import temporary_database
from tidewaiter.ledger.derived import NAME, DerivedStore
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.pipeline import Progress, Step, making, reading
from tidewaiter.verification.findings import UNREADABLE, Finding, Kind, finding
from tidewaiter.verification.tally import Tally

_TABLES = (
    (
        """CREATE TABLE line (
            number INTEGER PRIMARY KEY, digest BLOB NOT NULL, name TEXT NOT NULL, rebuilt INTEGER
        ) STRICT""",
        "CREATE INDEX line_digest ON line (digest) WHERE rebuilt IS NULL",
    ),
)

SHOWN_ID = 40
"""Characters by which a row of a list is told: its id; of words that are searched for the first of them."""

SHOWN_CHARACTERS = 300
"""Of a line that a rebuild gives otherwise."""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """How to make it."""

    at: str  # UTC, ISO 8601: the moment that it bears
    jobs: int  # processes that read


def check_rebuild(folder: Path, how: Rebuild, tally: Tally, progress: Progress) -> Iterator[Finding]:
    """Build the case in a temporary folder from its captures, for the day of its last build, and hold
    the exports against each other."""
    if tally.found[Kind.NOT_BUILT]:
        what = "the case is not up to date, so a rebuild would differ whatever holds"
        yield finding(Kind.REBUILD_FAILED, str(folder), what, "Build it first: tidewaiter build CASE")
        return
    try:
        with (
            TemporaryDirectory(prefix="tidewaiter-") as elsewhere,
            closing(DurableStore(folder, write=False)) as durable,
            closing(DerivedStore(folder)) as derived,
            closing(DerivedStore(Path(elsewhere))) as anew,
        ):
            tables = knowledge.load(folder / "knowledge")
            if _is_of_another_version(durable, derived, tables):
                what = "it was built by another version of the program, or with other tables of knowledge"
                yield finding(Kind.REBUILD_FAILED, NAME, what, "Build it first: tidewaiter build CASE")
                return
            pipeline.build(
                durable,
                anew,
                tables,
                as_of=derived.register.as_of() or how.at[:10],
                now=how.at,
                jobs=how.jobs,
                anew=True,
                issue_ids=False,
                progress=progress,
            )
            progress(Step("Comparing", 0, 1))
            yield from compare(_lines(derived, tables, tally), _lines(anew, tables))
    except TidewaiterError as error:
        where = error.where or str(folder)
        yield finding(Kind.REBUILD_FAILED, where, error.what, error.todo)


def _is_of_another_version(durable: DurableStore, derived: DerivedStore, tables: Knowledge) -> bool:
    """Whether a build would read or link anew: then a rebuild differs whatever holds."""
    of_another = derived.register.producer() not in (None, making.linker_version(tables))
    return of_another or bool(reading.plan(durable, derived, tables, anew=False).wanted)


def _lines(derived: DerivedStore, tables: Knowledge, tally: Tally | None = None) -> Iterator[Json]:
    try:
        view = pipeline.view(derived, tables)
        if view is None:
            return
        for line in export_lines(view.documents, view.readings, view.register):
            if tally is not None:
                tally.checked["lines of a rebuild"] += 1
            yield line
        for table, row in derived.lists.every_row():
            if tally is not None:
                tally.checked["rows of lists of a rebuild"] += 1
            yield {"type": f"list {table}", "id": str(row[0])[:SHOWN_ID], "row": row}
    except UNREADABLE as error:
        raise DamageError(
            f"what it holds cannot be exported ({type(error).__name__}: {error})",
            where=NAME,
            todo="Make it again: tidewaiter rebuild CASE",
        ) from error


def compare(shown: Iterable[Json], rebuilt: Iterable[Json]) -> Iterator[Finding]:
    """The lines that are in one export and not in the other, or at another place among the same."""
    with closing(temporary_database(_TABLES)) as db:
        db.execute("BEGIN")
        db.executemany(
            "INSERT INTO line VALUES (?, ?, ?, NULL)",
            ((number, _digest(line), name_of(line)) for number, line in enumerate(shown, 1)),
        )
        for number, line in enumerate(rebuilt, 1):
            found = db.execute(
                "SELECT number FROM line WHERE digest = ? AND rebuilt IS NULL ORDER BY number LIMIT 1",
                (_digest(line),),
            ).fetchone()
            if found is None:
                yield finding(Kind.REBUILD_DIFFERS, name_of(line), f"a rebuild gives: {_short(line)}")
            else:
                db.execute("UPDATE line SET rebuilt = ? WHERE number = ?", (number, found["number"]))
        for row in db.execute("SELECT number, name FROM line WHERE rebuilt IS NULL ORDER BY number"):
            what = f"a rebuild does not give line {row['number']:,} of the export"
            yield finding(Kind.REBUILD_DIFFERS, row["name"], what)
        yield from _moved(
            db.execute("SELECT number, name, rebuilt FROM line WHERE rebuilt IS NOT NULL ORDER BY number")
        )


def _moved(rows: Iterable[tuple[int, str, int]]) -> Iterator[Finding]:
    last = 0
    for number, name, rebuilt in rows:
        if rebuilt < last:
            what = f"line {number:,} of the export stands at another place in that of a rebuild"
            yield finding(Kind.REBUILD_DIFFERS, name, what)
        last = max(last, rebuilt)


def name_of(line: Json) -> str:
    """What a line of the export is, in words: ``transfer t0123456789``, ``claim c2 of d0123456789ab``."""
    named = [str(line["type"])]
    if "id" in line:
        named.append(str(line["id"]))
    elif line["type"] == "copy":
        named.append(f"{line.get('a')}, {line.get('b')}")
    if line.get("document_id"):
        named.append(f"of {line['document_id']}")
    return " ".join(named)


def _digest(line: Json) -> bytes:
    return hashlib.sha256(_text(line).encode("utf-8", "surrogatepass")).digest()


def _text(line: Json) -> str:
    return json.dumps(line, ensure_ascii=False)


def _short(line: Json) -> str:
    text = _text(line)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}..."
