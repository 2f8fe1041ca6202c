"""Judgements in words, the same wherever they are shown."""

from __future__ import annotations

from tidewaiter.model import Judgement
from tidewaiter.wording import spoken


def told(judgement: Judgement) -> str:
    """ "the judgement of A. Analyst on 4 May 2021: the first credits the second"."""
    why = " ".join(judgement.why.split())
    return f"the judgement of {judgement.by} on {spoken(judgement.at[:10])}: {why}"
