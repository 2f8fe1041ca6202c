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

from tidewaiter.dossier.render import render_dossier
from tidewaiter.dossier.written import render_markdown, render_pdf

__all__ = ["render_dossier", "render_markdown", "render_pdf"]
