"""A former id of a transfer leads to the one that its transfer has now, also in exports."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tidewaiter.case import Case

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").iterdir())
AT = "2026-01-31T12:00:00Z"


def test_every_id_ever_given_out_is_exported_or_leads_to_one_that_is(tmp_path: Path) -> None:
    given: set[str] = set()
    with Case.create(tmp_path / "case", AT) as case:
        for path in EXAMPLES[::-1]:
            case.add([path], AT)
            case.build(AT)
            given.update(row.id for row in case.view().register.rows)
    out = tmp_path / "out.jsonl"
    export = [sys.executable, "-m", "tidewaiter", "export", str(tmp_path / "case"), "--format", "jsonl"]
    subprocess.run([*export, "--out", str(out)], check=True, timeout=120)
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    now = {line["id"] for line in lines if line["type"] == "transfer"}
    former = {line["id"]: line["to"] for line in lines if line["type"] == "redirect"}
    assert former, "the examples are such that rows are merged as reports come"
    assert given == now & given | set(former)
    assert set(former.values()) <= now
