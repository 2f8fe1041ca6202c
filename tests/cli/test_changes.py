"""``tidewaiter changes`` on a real case."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from .conftest import Tidewaiter


def test_changes_are_listed_with_their_words(tidewaiter: Tidewaiter, built: Path) -> None:
    ended = tidewaiter("changes", built, "--since", "2021-03-04", "--until", "2021-03-04")
    assert ended.status == 0
    assert "denied, 4 March 2021" in ended.out
    assert "denial.html" in ended.out
    assert "Slovenia" not in ended.out  # told of two days before


def test_lines_for_programs(tidewaiter: Tidewaiter, built: Path) -> None:
    ended = tidewaiter("changes", built, "--since", "2021-03-01", "--format", "jsonl")
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert {line["type"] for line in lines} == {"change"}
    (denied,) = [line for line in lines if line["kind"] == "denied"]
    assert (denied["supplier"], denied["recipient"], denied["actor"]) == ("PRT", "PRY", "PRT")
    assert denied["citations"][0]["document"].endswith("denial.html")
    assert len({line["key"] for line in lines}) == len(lines)


def test_markdown_into_a_file(tidewaiter: Tidewaiter, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "changes.md"
    ended = tidewaiter("changes", built, "--since", "2021-03-01", "--format", "md", "--out", out)
    text = out.read_text(encoding="utf-8")
    assert ended.out == ""
    assert text.startswith("# case: changes from 1 March 2021 to now, by what was public\n")
    assert "\n## " in text
    assert "- **denied**, 4 March 2021: " in text


def test_by_what_was_held_it_all_came_on_the_day_of_capture(tidewaiter: Tidewaiter, built: Path) -> None:
    assert tidewaiter("changes", built, "--since", "2021-03-05", "--held").out == ""
    assert "Slovenia" in tidewaiter("changes", built, "--since", "2021-03-04", "--held").out


def test_since_the_first_day_that_there_is_everything_changed(tidewaiter: Tidewaiter, built: Path) -> None:
    first, second = (tidewaiter("changes", built, "--since", day) for day in ("0001-01-01", "0001-01-02"))
    assert first.status == 0
    assert first.out == second.out != ""


def test_a_case_built_for_a_day_before_the_first_is_not_compared(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path
) -> None:
    case = Path(shutil.copytree(built, tmp_path / "case"))
    path = case / "case.toml"
    path.write_text(
        path.read_text("utf-8").replace("[settings]", '[settings]\nas_of = "2021-02-01"'), "utf-8"
    )
    ended = tidewaiter("changes", case, "--since", "2021-03-04")
    assert ended.status == 2
    assert "the case is built for 2021-02-01, which is before 2021-03-04" in ended.err
    assert tidewaiter("changes", case, "--since", "2021-03-04", "--until", "2021-03-04").status == 0


def test_a_wrong_day_is_refused(tidewaiter: Tidewaiter, built: Path) -> None:
    assert tidewaiter("changes", built, "--since", "yesterday").status == 2
    ended = tidewaiter("changes", built, "--since", "2021-03-04", "--until", "2021-03-01")
    assert (ended.status, "ends before it begins" in ended.err) == (2, True)
