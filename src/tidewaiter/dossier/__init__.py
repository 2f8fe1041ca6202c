"""The dossier: a case, or chosen transfers of it, to read, to print and to follow to the words.

``render_dossier`` makes a self-contained HTML page, ``render_markdown`` a text and ``render_pdf`` a paper;
they are the whole interface.  For every format the same: ``views`` gathers what each section shows,
``choosing`` cuts a case down to chosen transfers, ``answers`` and ``answers_case`` have the sentences of the
first page, ``method`` what is said of how it was made, ``notes`` numbers the citations, ``chart`` draws the
timeline.

HTML: ``render`` fills the templates, ``marking`` lays the citations into the documents' texts.  Markdown and
PDF: ``paper`` puts the sections into ``blocks``, which ``markdown`` writes and ``typeset`` hands to Typst.
``characters`` keeps out what a page cannot hold, ``scripts`` finds out what no font here can show.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tidewaiter.dossier.render import render_dossier
    from tidewaiter.dossier.written import render_markdown, render_pdf

__all__ = ["render_dossier", "render_markdown", "render_pdf"]

_MADE_IN = {"render_dossier": "render", "render_markdown": "written", "render_pdf": "written"}


def __getattr__(name: str) -> Any:
    """What makes a dossier, imported when it is asked for: the app shares views and words with it, and starts
    without what draws and sets type."""
    if name not in _MADE_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MADE_IN[name]}"), name)
