"""The options ``--as-of``, ``--held`` and ``--with-judgements`` as a user meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import Tidewaiter


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """Reports of 2, 3 and 4 March 2021, captured late on the 4th."""
    return Path(shutil.copytree(built, tmp_path / "case"))


def test_an_export_says_of_which_day_it_is_and_holds_nothing_later(
    tidewaiter: Tidewaiter, case: Path
) -> None:
    ended = tidewaiter("export", case, "--as-of", "2021-03-03")
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert lines[0]["type"] == "as_of"
    assert (lines[0]["day"], lines[0]["clock"]) == ("2021-03-03", "public")
    assert (lines[0]["documents"], lines[0]["of"]) == (2, 3)
    assert lines[0]["text"] == "as of 3 March 2021, public by then: 2 of 3 documents"
    assert "As of 3 March 2021, public by then: 2 of 3 documents." in ended.err
    assert "denial" not in ended.out
    assert "Estuary" not in ended.out
    assert {one["type"] for one in lines} >= {"document", "claim", "transfer"}


def test_a_table_says_it_in_each_row(tidewaiter: Tidewaiter, case: Path) -> None:
    head, *rows = tidewaiter(
        "export", case, "--format", "csv", "--as-of", "2021-03-04", "--held"
    ).out.splitlines()
    assert head.endswith(",Route,As of")
    assert rows
    assert all(row.endswith(',"2021-03-04, held by then"') for row in rows)
    assert "As of" not in tidewaiter("export", case, "--format", "csv").out


def test_the_register_of_a_day(tidewaiter: Tidewaiter, case: Path) -> None:
    assert "Portugal to Paraguay" in tidewaiter("register", case).out
    then = tidewaiter("register", case, "--as-of", "2021-03-02").out
    assert "as of 2 March 2021, public by then" in then
    assert "Slovenia to Kenya" in then
    assert "Portugal" not in then


def test_a_day_before_everything(tidewaiter: Tidewaiter, case: Path) -> None:
    ended = tidewaiter("register", case, "--as-of", "1999-12-31", "--quiet")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.strip() == "No document was public by 31 December 1999: the register is empty."
    ended = tidewaiter("export", case, "--as-of", "2021-03-03", "--held", "--format", "csv")
    assert len(ended.out.splitlines()) == 1
    assert "No document was held by 3 March 2021: the register is empty." in ended.err
    ended = tidewaiter("report", case, "--as-of", "1999-12-31")
    text = (case / "dossier-as-of-1999-12-31.html").read_text(encoding="utf-8")
    assert "No report of this case was public by 31 December 1999: the register is empty." in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--as-of", "2021-13-01"), "'2021-13-01' is not a day"),
        (("--as-of", "2021-03"), "'2021-03' is not a day"),
        (("--as-of", "yesterday"), "'yesterday' is not a day"),
        (("--as-of", "2021-03-05"), "2021-03-05 is still to come (today is 2021-03-04, UTC)"),
        (("--held",), "--held: is said without a day"),
        (("--with-judgements",), "--with-judgements: is said without a day"),
    ],
)
@pytest.mark.parametrize("command", ["export", "report", "register", "explain"])
def test_what_is_no_past_day_is_refused(
    tidewaiter: Tidewaiter, case: Path, command: str, options: tuple[str, ...], told: str
) -> None:
    which = ("t0123456789",) if command == "explain" else ()
    ended = tidewaiter(command, case, *which, *options)
    assert (ended.status, ended.out) == (2, "")
    assert told in ended.err


def test_the_dossier_of_a_day_stands_beside_the_other(tidewaiter: Tidewaiter, case: Path) -> None:
    before = (case / "dossier.html").read_bytes()
    tidewaiter("report", case, "--as-of", "2021-03-03")
    tidewaiter("report", case, "--as-of", "2021-03-04", "--held")
    then = (case / "dossier-as-of-2021-03-03.html").read_text(encoding="utf-8")
    assert "As of 3 March 2021" in then
    assert "2 of 3 documents" in then
    assert "Estuary" not in then
    held = (case / "dossier-held-by-2021-03-04.html").read_text(encoding="utf-8")
    assert "Estuary" in held
    assert "held by then" in held
    assert (case / "dossier.html").read_bytes() == before


def test_explain_shows_a_row_as_it_was(tidewaiter: Tidewaiter, case: Path) -> None:
    rows = [json.loads(line) for line in tidewaiter("export", case).out.splitlines()]
    row = next(one for one in rows if one["type"] == "transfer" and one["supplier"] == "PRT")
    now = tidewaiter("explain", case, row["id"])
    assert "denies" in now.out
    then = tidewaiter("explain", case, row["id"], "--as-of", "2021-03-03")
    assert then.status == 0
    assert "denies" not in then.out
    assert "as of 3 March 2021, public by then: 2 of 3 documents" in then.out
    told = json.loads(tidewaiter("explain", case, row["id"], "--as-of", "2021-03-03", "--format", "json").out)
    assert told["as_of"]["day"] == "2021-03-03"
    gone = tidewaiter("explain", case, row["id"], "--as-of", "2021-03-02")
    assert gone.status == 2
    assert "nothing in the case as of 2021-03-02 has that id" in gone.err


def test_a_case_must_be_built(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    tidewaiter("new", tmp_path / "empty")
    ended = tidewaiter("register", tmp_path / "empty", "--as-of", "2021-03-03")
    assert ended.status == 2
    assert "has not been built yet" in ended.err


def test_judgements_count_by_their_own_day(
    tidewaiter: Tidewaiter, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [json.loads(line) for line in tidewaiter("export", case).out.splitlines()]
    row = next(one for one in rows if one["type"] == "transfer" and one["supplier"] == "SVN")
    tidewaiter("judge", case, "correct", row["reported"][0]["id"], "supplier", "PRK", "--why", "tried")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1615000000")
    tidewaiter("build", case)
    then = tidewaiter("register", case, "--as-of", "2021-03-03")
    assert "Slovenia to Kenya" in then.out
    assert "1 later judgement left out" in then.err
    let_in = tidewaiter("register", case, "--as-of", "2021-03-03", "--with-judgements")
    assert "North Korea to Kenya" in let_in.out
    assert "1 later judgement let in" in let_in.err
    assert "North Korea to Kenya" in tidewaiter("register", case, "--as-of", "2021-03-04", "--held").out


def test_views_of_past_days_may_be_deleted_and_go_with_a_rebuild(tidewaiter: Tidewaiter, case: Path) -> None:
    first = tidewaiter("export", case, "--as-of", "2021-03-03").out
    assert len(list((case / "past").iterdir())) == 1
    shutil.rmtree(case / "past")
    assert tidewaiter("export", case, "--as-of", "2021-03-03").out == first
    tidewaiter("rebuild", case)
    assert list((case / "past").iterdir()) == []
    assert tidewaiter("export", case, "--as-of", "2021-03-03").out == first
    assert tidewaiter("verify", case).status == 0
