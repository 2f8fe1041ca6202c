"""The dossier: a case as one self-contained HTML page, to read, to print and to follow to the words.

``render_dossier`` is the whole interface.  ``notes`` numbers the citations, ``marking`` lays them into
the documents' texts, ``characters`` keeps out what a page cannot hold, ``chart`` draws the timeline,
``views`` gathers what each section shows and ``render`` fills the templates.
"""

from tidewaiter.dossier.render import render_dossier

__all__ = ["render_dossier"]
