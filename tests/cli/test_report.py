"""``report``: every format, chosen transfers, and a day that is past."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from .conftest import Tidewaiter

PAST = "2021-03-03"


def ids(tidewaiter: Tidewaiter, case: Path) -> list[str]:
    lines = map(json.loads, tidewaiter("export", case).out.splitlines())
    return [line["id"] for line in lines if line["type"] == "transfer"]


@pytest.mark.parametrize(("style", "begins"), [("html", b"<!doctype"), ("md", b"# "), ("pdf", b"%PDF")])
def test_every_format_also_of_a_past_day(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path, style: str, begins: bytes
) -> None:
    if style == "pdf":
        pytest.importorskip("typst")
    out = tmp_path / "dossier"
    for day in ((), ("--as-of", PAST)):
        ended = tidewaiter("report", built, "--format", style, "--out", out, *day)
        assert ended.status == 0, ended.err
        assert out.read_bytes().startswith(begins)
        assert f"Wrote {out}" in ended.err
    if style != "pdf":
        assert "s of 3 March 2021, public by then" in out.read_text(encoding="utf-8")


def test_the_file_is_named_after_format_transfers_and_day(tidewaiter: Tidewaiter, built: Path) -> None:
    first = ids(tidewaiter, built)[0]
    tidewaiter("report", built, "--format", "md", "--transfer", first)
    text = (built / f"dossier-{first}.md").read_text(encoding="utf-8")
    assert "Of one transfer chosen from the" in text
    assert f"`{first}`" in text
    tidewaiter("report", built, "--format", "md", "--as-of", PAST)
    assert (built / f"dossier-as-of-{PAST}.md").is_file()


def test_transfers_may_be_said_one_by_one_or_together(tidewaiter: Tidewaiter, built: Path) -> None:
    some = ids(tidewaiter, built)[:2]
    one_by_one = [part for name in some for part in ("--transfer", name)]
    tidewaiter("report", built, "--format", "md", *one_by_one)
    path = built / f"dossier-{'-'.join(some)}.md"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    tidewaiter("report", built, "--format", "md", "--transfer", ",".join(some))
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("style", ["md", "pdf"])
def test_the_clock_does_not_show(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    if style == "pdf":
        pytest.importorskip("typst")
    made = []
    for clock in ("1700000000", "1800000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", clock)
        tidewaiter("report", built, "--format", style, "--out", tmp_path / clock)
        made.append((tmp_path / clock).read_bytes())
    assert made[0] == made[1]


def test_an_unknown_transfer_is_no_transfer(tidewaiter: Tidewaiter, built: Path) -> None:
    ended = tidewaiter("report", built, "--transfer", "t0000000000")
    assert ended.status == 2
    assert "no transfer has that id" in ended.err


def test_pdf_without_typst(tidewaiter: Tidewaiter, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    ended = tidewaiter("report", built, "--format", "pdf")
    assert ended.status == 3
    assert "PDF needs Typst, which is not installed" in ended.err
    assert "pip install" in ended.err
