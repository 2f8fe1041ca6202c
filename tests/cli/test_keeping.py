"""verify, rebuild, remove: as a user meets them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tidewaiter.verification import MEANINGS, Kind

from .conftest import Tidewaiter

ROOT = Path(__file__).parents[2]


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A copy of a built case, to be damaged."""
    return Path(shutil.copytree(built, tmp_path / "case"))


def a_capture(case: Path) -> Path:
    return sorted((case / "captures").glob("??/*"))[0]


def damage(path: Path) -> None:
    path.chmod(0o644)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


# ------------------------------------------------------------------------------------ verify


def test_verify_says_what_it_checked_and_that_it_holds(tidewaiter: Tidewaiter, case: Path) -> None:
    ended = tidewaiter("verify", case)
    assert ended.status == 0
    assert "3 captures" in ended.out
    assert "3 texts" in ended.out
    assert "All of it holds." in ended.out


def test_verify_says_what_does_not_hold_where_and_what_to_do(tidewaiter: Tidewaiter, case: Path) -> None:
    path = a_capture(case)
    damage(path)
    ended = tidewaiter("verify", case)
    assert ended.status == 1
    assert "Does not hold: preserved bytes that were changed (1)" in ended.out
    assert path.name in ended.out
    assert "Could not be checked: texts that could not be compared with their capture (1)" in ended.out
    assert "> Put the file back from a backup" in ended.out
    assert "1 thing does not hold; 1 could not be checked." in ended.out


def test_verify_for_programs(tidewaiter: Tidewaiter, case: Path) -> None:
    said = json.loads(tidewaiter("verify", case, "--format", "json").out)
    assert said["holds"] is True
    assert said["findings"] == []
    damage(a_capture(case))
    ended = tidewaiter("verify", case, "--format", "json")
    said = json.loads(ended.out)
    assert ended.status == 1
    assert said["holds"] is False
    assert [one["kind"] for one in said["findings"]] == ["capture_changed", "origin_unchecked"]
    assert set(said["findings"][0]["first"][0]) == {"where", "what", "todo"}


def test_verify_quiet_says_only_what_is_wrong(tidewaiter: Tidewaiter, case: Path) -> None:
    assert tidewaiter("verify", case, "--quiet").out == ""
    damage(a_capture(case))
    assert "preserved bytes that were changed" in tidewaiter("verify", case, "--quiet").out


def test_long_lists_are_cut_unless_all_is_asked_for(tidewaiter: Tidewaiter, case: Path) -> None:
    with closing(sqlite3.connect(case / "derived.sqlite")) as db:
        db.execute("UPDATE content SET text = 'x' || text")
        db.commit()
    assert "more; all of them with --verbose" in tidewaiter("verify", case).out
    assert "more; all of them" not in tidewaiter("verify", case, "--verbose").out


def test_verify_against_a_rebuild(tidewaiter: Tidewaiter, case: Path) -> None:
    assert "lines of a rebuild" in tidewaiter("verify", case, "--rebuild").out
    with closing(sqlite3.connect(case / "derived.sqlite")) as db:
        db.execute("UPDATE register_row SET payload = replace(payload, ?, ?)", ('"denies"', '"asserts"'))
        db.commit()
    assert tidewaiter("verify", case).status == 0
    ended = tidewaiter("verify", case, "--rebuild")
    assert ended.status == 1
    assert "Does not hold: lines that a rebuild gives otherwise" in ended.out


def test_verify_looks_at_a_case_whose_settings_do_not_fit(tidewaiter: Tidewaiter, case: Path) -> None:
    (case / "case.toml").write_text("as_off = 3\n[settings]\nas_of = 3\n")
    ended = tidewaiter("verify", case)
    assert ended.status == 1
    assert "case.toml" in ended.out
    assert "3 captures" in ended.out
    (case / "case.toml").unlink()
    ended = tidewaiter("verify", case)
    assert ended.status == 1
    assert "3 captures" in ended.out


def test_verify_refuses_what_is_no_case(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    ended = tidewaiter("verify", tmp_path)
    assert ended.status == 2
    assert "is not a case" in ended.err


def test_every_kind_of_finding_is_documented_with_its_level() -> None:
    table = (ROOT / "docs/custody.md").read_text(encoding="utf-8")
    for kind in Kind:
        assert f"| `{kind.value}` | {MEANINGS[kind].level.value} |" in table, kind


# ------------------------------------------------------------------------------------ rebuild


def test_rebuild_makes_what_was_computed_anew(tidewaiter: Tidewaiter, case: Path) -> None:
    before = tidewaiter("export", case).out
    with closing(sqlite3.connect(case / "derived.sqlite")) as db:
        db.execute("DELETE FROM timeline")
        db.commit()
    assert tidewaiter("export", case).out != before
    ended = tidewaiter("rebuild", case)
    assert ended.status == 0
    assert "Read: 3 reports; 0 unchanged." in ended.err
    assert tidewaiter("export", case).out == before
    assert tidewaiter("verify", case, "--rebuild").status == 0


def test_rebuild_sets_a_damaged_store_aside(tidewaiter: Tidewaiter, case: Path) -> None:
    before = tidewaiter("export", case).out
    for path in case.glob("derived.sqlite-*"):
        path.unlink()
    (case / "derived.sqlite").write_bytes(b"this is no database\n" * 500)
    ended = tidewaiter("export", case)
    assert ended.status == 5
    assert "tidewaiter rebuild" in ended.err
    assert "Traceback" not in ended.err
    ended = tidewaiter("rebuild", case)
    assert ended.status == 0
    assert "it was set aside as derived.sqlite.damaged-1" in ended.err
    assert (case / "derived.sqlite.damaged-1").read_bytes().startswith(b"this is no")
    assert tidewaiter("export", case).out == before
    assert tidewaiter("verify", case).status == 0


def test_rebuild_from_the_records(tidewaiter: Tidewaiter, case: Path) -> None:
    with closing(sqlite3.connect(case / "durable.sqlite")) as db:
        db.execute("UPDATE source SET given_date = '1999' WHERE number = 1")
        db.commit()
    assert tidewaiter("verify", case).status == 1
    ended = tidewaiter("rebuild", case, "--from-custody")
    assert ended.status == 0
    assert "was made again from custody.jsonl" in ended.err
    assert tidewaiter("verify", case, "--rebuild").status == 0


def test_a_record_that_was_cut_off_is_gone_on_with(tidewaiter: Tidewaiter, case: Path) -> None:
    path = case / "custody.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    ended = tidewaiter("build", case)
    assert ended.status == 2
    assert "--from-custody" in ended.err
    assert "cut off" in tidewaiter("verify", case).out
    assert tidewaiter("rebuild", case, "--from-custody").status == 0
    assert tidewaiter("verify", case).status == 0
    assert len(list(case.glob("captures/??/*"))) == 3


# ------------------------------------------------------------------------------------ remove


def test_remove_takes_out_and_adding_brings_back(
    tidewaiter: Tidewaiter, reports: Path, tmp_path: Path
) -> None:
    case, source = tmp_path / "case", reports / "other.md"
    tidewaiter("run", reports, "--out", case)
    before = tidewaiter("export", case).out
    ended = tidewaiter("remove", case, source, "--reason", "a hoax")
    assert ended.status == 0
    assert f"Withdrawn: {source}" in ended.err
    assert "add it again" in ended.err
    assert f"Next: tidewaiter build {case}" in ended.err
    assert '"reason": "a hoax"' in (case / "custody.jsonl").read_text(encoding="utf-8")

    ended = tidewaiter("build", case)
    assert "2 unchanged; 1 withdrawn" in ended.err
    assert "Slovenia" not in tidewaiter("export", case).out
    assert tidewaiter("verify", case, "--rebuild").status == 0
    assert len(list(case.glob("captures/??/*"))) == 3

    assert "0 sources; 1 before" in tidewaiter("remove", case, source).err
    assert "Taken in: 1 new" in tidewaiter("add", case, source).err
    tidewaiter("build", case)
    assert tidewaiter("export", case).out == before


@pytest.mark.parametrize("length", [12, 13, 40, 64])
def test_remove_by_the_digits_of_a_hash_also_one_that_begins_with_a_d(
    tidewaiter: Tidewaiter, tmp_path: Path, length: int
) -> None:
    import hashlib

    case = tmp_path / "case"
    texts = (f"Chile sold {number} frigates to Peru, officials said.\n" for number in range(2, 1000))
    text = next(one for one in texts if hashlib.sha256(one.encode()).hexdigest().startswith("d"))
    (tmp_path / "one.txt").write_text(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    tidewaiter("new", case)
    tidewaiter("add", case, tmp_path / "one.txt")
    assert "Taken out: 1 source." in tidewaiter("remove", case, digest[:length]).err
    tidewaiter("add", case, tmp_path / "one.txt")
    assert "Taken out: 1 source." in tidewaiter("remove", case, f"d{digest[:12]}").err


def test_what_is_not_in_the_case_is_named_and_the_rest_is_removed(
    tidewaiter: Tidewaiter, reports: Path, tmp_path: Path
) -> None:
    case = tmp_path / "case"
    tidewaiter("new", case)
    tidewaiter("add", case, reports)
    ended = tidewaiter("remove", case, "no/such.txt", reports / "other.md")
    assert ended.status == 1
    assert "Not withdrawn: no/such.txt: " in ended.err
    assert "Taken out: 1 source; 1 failed." in ended.err


# ------------------------------------------------------------------------------------ jobs


def test_several_processes_give_what_one_gives(tidewaiter: Tidewaiter, reports: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        assert tidewaiter("run", reports, "--out", tmp_path / jobs, "--jobs", jobs).status == 0
    assert tidewaiter("export", tmp_path / "1").out == tidewaiter("export", tmp_path / "2").out
    ended = tidewaiter("build", tmp_path / "1", "--jobs", "-1")
    assert ended.status == 2
