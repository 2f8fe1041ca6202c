"""How much is shown where nobody says how much; the command line needs it at the start."""

from __future__ import annotations

DOSSIER_TRANSFERS = 25
"""Transfers that a dossier tells where none are chosen: those told in the most reports.  A choice: with 50,
a made-up case of 1,000 reports fills 460 pages; all those of one of 10,000 are a page of 400 MB that no
browser opens."""
