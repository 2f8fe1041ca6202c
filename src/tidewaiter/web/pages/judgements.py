"""``/judgements``: what analysts decided, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from tidewaiter.model import Judged, JudgementKind, Standing
from tidewaiter.web.asking import number
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import Shown
from tidewaiter.wording import plain

Query = Mapping[str, str]

FILTERS = ("kind", "standing", "by")

ROWS = 50
"""Judgements on one page; of each the words that it is on are looked up."""


def judgements(shown: Shown, query: Query) -> Filled:
    """Those that the filters let through, the latest first."""
    asked = {name: query.get(name, "").strip() for name in FILTERS}
    kept = [one for one in shown.judged if _passes(one, asked)]
    context = {
        "list": paged(kept[::-1], number(query, "page"), ROWS),
        "all": len(shown.judged),
        "asked": asked,
        "choices": {
            "kind": [(one.value, plain(one)) for one in JudgementKind],
            "standing": [(one.value, plain(one)) for one in Standing],
            "by": [(one, one) for one in sorted({one.judgement.by for one in shown.judged})],
        },
    }
    return Filled("judgements.html.j2", "Judgements", context)


def _passes(one: Judged, asked: Mapping[str, str]) -> bool:
    return (
        asked["kind"] in ("", one.judgement.kind)
        and asked["standing"] in ("", one.standing)
        and asked["by"] in ("", one.judgement.by)
    )
