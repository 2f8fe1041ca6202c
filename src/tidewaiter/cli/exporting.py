"""The command ``export``: a case for other programs, line by line, however large it is."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from tidewaiter.cli.as_of import say_as_of
from tidewaiter.cli.screen import Screen
from tidewaiter.contract import export_lines, register_table
from tidewaiter.errors import CaseError

if TYPE_CHECKING:
    from tidewaiter.case import Case
    from tidewaiter.codec import Json
    from tidewaiter.pipeline import Asked, Progress, View


def export_case(
    folder: Path, style: str, out: Path | None, screen: Screen, asked: Asked | None = None
) -> None:
    """Print a case, or write it to a file: whole or not at all.

    ``style``: ``csv`` (register in SIPRI's columns), ``jsonl`` (everything), or a form of another tool (see
    ``exporting_files``); ``asked``: as of which day.
    Raises ``CaseError`` when there is no such case, it was not built yet, or the file cannot be written.
    """
    from tidewaiter.case import Case
    from tidewaiter.cli.exporting_files import BINARY, refuse_terminal, write_binary

    refuse_terminal(style, out)
    with Case(folder, screen.say) as case:
        with screen.progress() as progress:
            view = case.compared(asked, progress) if style in COMPARED else case.shown(asked, progress)
            if style in BINARY:
                write_binary(case, view, style, out, screen, progress)
            else:
                _write_text(_lines_of(case, view, style, progress), out)
        say_as_of(view, screen)
    if out is not None:
        screen.say(f"Wrote {out}")


COMPARED = ("jsonl",)
"""Forms that tell of acts of saying or of disagreements."""


def _lines_of(case: Case, view: View, style: str, progress: Progress) -> Iterable[str]:
    if style == "csv":
        return text_lines(view, style, progress)
    if style == "jsonl":
        return chain(text_lines(view, style, progress), _redirect_lines(case.redirects(view)))
    from tidewaiter.cli.exporting_files import text_of

    return text_of(case, view, style, progress)


def _write_text(lines: Iterable[str], out: Path | None) -> None:
    if out is not None:
        write_lines(out, lines)
        return
    for line in lines:
        typer.echo(line, nl=False)


def text_lines(view: View, style: str, progress: Progress = lambda _: None) -> Iterator[str]:
    """The lines of an export, each with its line break."""
    if style == "csv":
        return _table_lines(view)
    lines = _told(export_lines(view.documents, view.readings, view.register), view, progress)
    return (json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _redirect_lines(redirects: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """Former ids of transfers, each with the one that its transfer has now; null where none is left."""
    for former, now in redirects:
        yield json.dumps({"type": "redirect", "id": former, "to": now}) + "\n"


def _table_lines(view: View) -> Iterator[str]:
    headings, rows = register_table(view.register)
    for row in (headings, *rows):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(row)
        yield text.getvalue()


def _told(lines: Iterable[Json], view: View, progress: Progress) -> Iterator[Json]:
    """The lines, each document, its findings and each transfer counted as they pass."""
    from tidewaiter.pipeline import Step

    total, done, last = 2 * len(view.documents) + len(view.register.rows), 0, None
    progress(Step("Export", 0, total))
    for line in lines:
        if line["type"] in ("document", "transfer") or line.get("document_id") not in (None, last):
            last = line.get("document_id")
            done += 1
            progress(Step("Export", min(done, total), total))
        yield line


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text as UTF-8, as ``write_parts`` does."""
    write_parts(path, (line.encode("utf-8", "replace") for line in lines))


def write_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write pieces as ``write_file`` does."""
    write_file(path, lambda handle: handle.writelines(parts))


def write_file(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file whole or not at all, flushed to disk; what is no regular file (a pipe, ``/dev/null``)
    is written to as it is.  Raises ``CaseError`` when it cannot be written."""
    is_special = path.exists() and not path.is_file()
    part = path if is_special else path.with_name(f".{path.name}.part")
    try:
        try:
            with part.open("wb") as handle:
                write(handle)
                handle.flush()
                if not is_special:
                    os.fsync(handle.fileno())
            if not is_special:
                part.replace(path)
        except BaseException:
            if not is_special and part.is_file():
                part.unlink()
            raise
    except OSError as error:
        raise CaseError(
            f"cannot be written ({error.strerror})", where=str(path), todo="Name a place that can be written."
        ) from error
