"""Exports that are files of other tools: which there are, and what each is made from."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from tidewaiter.errors import CaseError
from tidewaiter.model import Clock

if TYPE_CHECKING:
    from tidewaiter.case import Case
    from tidewaiter.cli.screen import Screen
    from tidewaiter.codec import Json
    from tidewaiter.exports.archive import Custody, Kept
    from tidewaiter.ledger.holding import Held
    from tidewaiter.pipeline import Progress, View

BINARY = ("xlsx", "captures")
"""Forms that are no text."""

ENDINGS = {"xlsx": ".xlsx", "captures": ".zip"}
"""Usual ending of a file of that form."""


class Counter:
    """Tells how far an export has come, and ends it when a signal came."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, -1
        self()

    def __call__(self) -> None:
        from tidewaiter.pipeline import Step

        self._done += 1
        self._progress(Step("Export", min(self._done, self._total), self._total))


def state_at(case: Case, view: View) -> str:
    """The moment that what is exported is of (UTC, ISO 8601): the end of the day asked for, else that of the
    last capture or judgement.  It does not depend on the clock, so that the same case gives the same
    bytes."""
    as_of = view.register.as_of
    if as_of is not None:
        return f"{as_of.day}T23:59:59Z"
    captured = max((one.capture.captured_at for one in case.durable.held()), default="")
    judged = (moment for one in view.register.judgements for moment in
              (one.judgement.at, one.judgement.withdrawn_at) if moment)  # fmt: skip
    return max((captured, *judged)) or case.settings.created


# ------------------------------------------------------------------------------------ text


def text_of(case: Case, view: View, style: str, progress: Progress) -> Iterator[str]:
    """The pieces of an export that is text: ``geojson``, ``claimreview``, ``ftm``."""
    if style == "geojson":
        from tidewaiter.exports.geojson import geojson_text

        return geojson_text(
            view.register,
            view.by_id,
            case.atlas.gazetteer,
            Counter(progress, len(view.register.rows)),
        )
    if style == "claimreview":
        from tidewaiter.exports.claimreview import Reviewer, claimreview_text

        reviewer = Reviewer(f"Tidewaiter case: {case.settings.name}", state_at(case, view))
        return claimreview_text(
            view.register, view.by_id, view.readings, reviewer, Counter(progress, len(view.register.rows))
        )
    from tidewaiter.exports.ftm import entities_of
    from tidewaiter.exports.ftm_library import ftm_lines

    total = len(view.documents) + len(view.register.rows)
    return ftm_lines(entities_of(view.register, view.documents, view.readings, Counter(progress, total)))


# ------------------------------------------------------------------------------------ binary


def write_binary(
    case: Case, view: View, style: str, out: Path | None, screen: Screen, progress: Progress
) -> None:
    """Write a form that is no text to ``out``, or to whatever reads stdout: whole or not at all.

    Raises ``CaseError`` where stdout is a terminal, or the file cannot be written.
    """
    from tidewaiter.cli.exporting import write_file

    refuse_terminal(style, out)
    write = (
        partial(_write_xlsx, case, view, progress)
        if style == "xlsx"
        else partial(_write_captures, case, view, screen, progress)
    )
    if out is not None:
        write_file(out, write)
        return
    with tempfile.TemporaryFile() as whole:
        write(cast(BinaryIO, whole))
        whole.seek(0)
        shutil.copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def refuse_terminal(style: str, out: Path | None) -> None:
    """Raise ``CaseError`` where a form that is no text would go to a terminal."""
    if style in BINARY and out is None and sys.stdout.isatty():
        raise CaseError(
            "is no text, and stdout is a terminal",
            where=f"--format {style}",
            todo=f"Name a file: --out case{ENDINGS[style]}",
        )


def _write_xlsx(case: Case, view: View, progress: Progress, handle: BinaryIO) -> None:
    from tidewaiter.exports.sheets import sheets_of
    from tidewaiter.exports.workbook import write_workbook

    tick = Counter(progress, len(view.documents) + len(view.register.rows))
    sheets = sheets_of(view.register, view.documents, view.by_id, case.settings.name, tick)
    with tempfile.TemporaryDirectory(prefix="tidewaiter-") as scratch:
        write_workbook(handle, sheets, state_at(case, view), scratch)


def _write_captures(case: Case, view: View, screen: Screen, progress: Progress, handle: BinaryIO) -> None:
    from tidewaiter.cli.screen import plural
    from tidewaiter.exports.archive import write_archive
    from tidewaiter.wording import as_of_words

    as_of = view.register.as_of
    held = list(_held(case, view))
    documents = {sha256: one.id for one in view.documents for sha256 in one.captures}
    gone = _withdrawn(case, view, held)
    about = [f"Captures of the Tidewaiter case {case.settings.name!a}"]
    about += [] if as_of is None else [as_of_words(as_of)]
    tick = Counter(progress, len(held))
    kept = (_kept(case, one, documents.get(one.capture.sha256)) for one in held)
    number = write_archive(handle, kept, gone, _custody(case, view, held), about, tick)
    withdrawn = "those withdrawn" if gone is None else f"{len(gone):,} withdrawn"
    screen.say(f"{plural(number, 'capture')} in; {withdrawn} left out.")


def _held(case: Case, view: View) -> Iterable[Held]:
    """The captures of a view: all that the case holds, or held; of what was public by a day those of its
    documents."""
    as_of = view.register.as_of
    if as_of is None:
        return case.durable.held()
    if as_of.clock is Clock.HELD:
        return case.durable.held_by(as_of.day)
    public = {sha256 for one in view.documents for sha256 in one.captures}
    return (one for one in case.durable.held() if one.capture.sha256 in public)


def _kept(case: Case, held: Held, document: str | None) -> Kept:
    from tidewaiter.exports.archive import Kept

    one = held.capture
    told: dict[str, Json] = {
        "size": one.size,
        "media_type": one.media_type,
        "sources": list(held.sources),
        "captured_at": one.captured_at,
        "captured_by": one.captured_by,
        "method": one.method,
        "given_date": held.given_date,
        "document": document,  # null: no document was made of it (yet)
    }
    return Kept(one.sha256, one.media_type, told, partial(_opened, case, one.sha256))


def _opened(case: Case, sha256: str) -> BinaryIO:
    from tidewaiter.ledger.captures import PUT_BACK

    path = case.durable.bytes.path(sha256)
    try:
        return path.open("rb")
    except OSError as error:
        raise CaseError(
            f"the preserved bytes cannot be read ({error.strerror})", where=str(path), todo=PUT_BACK
        ) from error


def _withdrawn(case: Case, view: View, held: Iterable[Held]) -> list[dict[str, Json]] | None:
    """What was withdrawn and is not in; None of what was public by a day, because what was withdrawn may have
    become public later."""
    as_of = view.register.as_of
    if as_of is not None and as_of.clock is Clock.PUBLIC:
        return None
    kept = {one.capture.sha256 for one in held}
    return [
        {
            "sha256": one.sha256,
            "source": one.source,
            "withdrawn_at": one.withdrawn_at,
            "withdrawn_by": one.withdrawn_by,
            "reason": one.withdrawn_reason,
        }
        for one in case.durable.noted()
        if one.withdrawn_at is not None and one.sha256 not in kept
        if as_of is None or one.withdrawn_at[:10] <= as_of.day
    ]


def _custody(case: Case, view: View, held: Iterable[Held]) -> Custody:
    """The whole record as it stands; as of a day that is past only the lines that are about the captures in
    the archive and, by what was held, not later than that day."""
    from tidewaiter.exports.archive import Custody

    as_of, path = view.register.as_of, case.durable.custody.path
    if as_of is None:
        what = "the custody record, as it stands; each line has the SHA-256 of the line before"
        return Custody("custody.jsonl", what, _pieces(path))
    shown = {one.capture.sha256 for one in held}
    last = as_of.day if as_of.clock is Clock.HELD else "9999-12-31"
    what = "the lines of the custody record about these captures; the whole chain is in the case alone"
    return Custody("custody-lines.jsonl", what, _lines_about(path, shown, last))


def _pieces(path: Path) -> Iterator[bytes]:
    from tidewaiter.exports.archive import BLOCK

    with path.open("rb") as handle:
        yield from iter(lambda: handle.read(BLOCK), b"")


def _lines_about(path: Path, shown: set[str], last: str) -> Iterator[bytes]:
    import json

    with path.open("rb") as handle:
        for line in handle:
            try:
                entry = json.loads(line)
            except ValueError:  # torn: it says nothing
                continue
            if isinstance(entry, dict) and entry.get("sha256") in shown and str(entry.get("at"))[:10] <= last:
                yield line.rstrip(b"\n") + b"\n"
