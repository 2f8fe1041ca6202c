"""Which measures a transfer would breach: cases written from the resolutions and decisions themselves, each
citing the paragraph; not from the table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tidewaiter import knowledge
from tidewaiter.model import Stage
from tidewaiter.register.measures.days import told, untold
from tidewaiter.register.measures.judging import Alleged, Finding, findings
from tidewaiter.register.measures.rules import Rules, rules_of
from tidewaiter.register.measures.sentences import is_ahead

DATA = Path(__file__).parent / "data" / "measures.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]

LEAST = 60
"""Cases on the Security Council's resolutions that there have to be."""


@pytest.fixture(scope="module")
def rules() -> Rules:
    return rules_of(knowledge.load())


def alleged(case: dict[str, Any]) -> Alleged:
    stage = Stage(case["stage"])
    if case["when"] is None:
        days = untold(case["published"], is_past=not is_ahead(stage))
    else:
        days = told(case["when"], is_of_use=stage is Stage.USED)
    return Alleged(case["supplier"], case["recipient"], case["category"], (days,), tuple(case["via"]))


def verdict_on(key: str, found: tuple[Finding, ...]) -> set[str]:
    """What is found on a paragraph ("S/RES/1718 (2006) 8(b)@supplier": on that side alone)."""
    paragraph, _, side = key.partition("@")
    return {
        "cannot_tell" if one.doubts else "would_breach"
        for one in found
        if paragraph in (one.rule.id, f"{one.rule.instrument} {one.rule.paragraph}")
        and side in ("", one.side)
    }


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_measures_as_written(case: dict[str, Any], rules: Rules) -> None:
    found = findings(alleged(case), rules)
    for key, expected in case["expect"].items():
        assert verdict_on(key, found) == ({expected} - {"none"}), (key, case["cites"])
    if not case["expect"]:
        assert found == ()


def test_each_case_cites_a_paragraph_that_is_known(rules: Rules) -> None:
    known = {name for one in rules.rules for name in (one.id, f"{one.instrument} {one.paragraph}")}
    for case in CASES:
        assert case["cites"]
        assert {key.partition("@")[0] for key in case["expect"]} <= known, case["id"]
    of_the_council = [case for case in CASES if not case["id"].startswith("eu-")]
    assert len(of_the_council) >= LEAST


def test_the_docs_list_every_rule_with_its_term(rules: Rules) -> None:
    page = (Path(__file__).parents[2] / "docs/measures.md").read_text(encoding="utf-8")
    for one in rules.rules:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{one.id}` |"))
        assert one.start.isoformat() in row, one.id
        assert one.end is None or one.end.isoformat() in row, one.id
        assert row.endswith("| yes |") == (one.verified is not None), one.id
