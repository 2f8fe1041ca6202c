"""The dossier as Markdown and as PDF."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tidewaiter.dossier.blocks import Paper
from tidewaiter.dossier.markdown import as_markdown
from tidewaiter.dossier.notes import Notebook
from tidewaiter.dossier.paper import write_paper
from tidewaiter.dossier.typeset import Typeset, as_pdf
from tidewaiter.dossier.views import gather
from tidewaiter.model import Capture, Document, Reading, Register
from tidewaiter.places import Atlas
from tidewaiter.sizes import DOSSIER_TRANSFERS


def render_markdown(
    case_name: str,
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    register: Register,
    *,
    captures: Mapping[str, Capture] | None = None,
    transfers: Collection[str] | None = None,
    most: int | None = DOSSIER_TRANSFERS,
    atlas: Atlas | None = None,
) -> str:
    """A case, or the chosen ``transfers`` of it (register ids), as GitHub-flavoured Markdown.

    Arguments and errors are those of ``render_dossier``; equal input gives equal text, whenever it is made.
    """
    held = captures or {}
    return as_markdown(_paper(case_name, documents, readings, register, held, transfers, most, atlas))


def render_pdf(
    case_name: str,
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    register: Register,
    *,
    captures: Mapping[str, Capture] | None = None,
    transfers: Collection[str] | None = None,
    most: int | None = DOSSIER_TRANSFERS,
    atlas: Atlas | None = None,
) -> Typeset:
    """The same as PDF, with what could not be shown in it for want of a font; equal input gives equal bytes
    on a machine with the same fonts.

    Raises ``ModelError`` where Typst is not installed.
    """
    return as_pdf(_paper(case_name, documents, readings, register, captures or {}, transfers, most, atlas))


def _paper(
    case_name: str,
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    register: Register,
    captures: Mapping[str, Capture],
    transfers: Collection[str] | None,
    most: int | None,
    atlas: Atlas | None,
) -> Paper:
    view = gather(documents, readings, register, captures, transfers, most=most)
    day = _day(documents, register, captures)
    return write_paper(case_name, view, register, Notebook(documents), day, atlas)


def _day(documents: Sequence[Document], register: Register, captures: Mapping[str, Capture]) -> str | None:
    """The day that the file bears: that which was asked for, else the last on which something was taken in or
    decided.  The clock would make two files of one case differ."""
    if register.as_of is not None:
        return register.as_of.day
    known = [captures[name] for one in documents for name in one.captures if name in captures]
    moments = [one.captured_at for one in known] + [one.judgement.at for one in register.judgements]
    return max(moments)[:10] if moments else None
