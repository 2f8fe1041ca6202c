"""``export`` in the forms of other tools, on a real case, read back by what opens them."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from .conftest import Tidewaiter
from .reports import CLOCK

TEXT = ("geojson", "claimreview")
BINARY = ("xlsx", "captures")
ENVIRONMENT = os.environ | {"SOURCE_DATE_EPOCH": CLOCK}


def piped(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """The command with its output read by another program."""
    return subprocess.run(
        [sys.executable, "-m", "tidewaiter", *map(str, arguments)],
        capture_output=True,
        check=False,
        env=ENVIRONMENT,
    )


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A case to change."""
    return Path(shutil.copytree(built, tmp_path / "case"))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("style", TEXT)
def test_text_forms_go_to_stdout_or_a_file_alike(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path, style: str
) -> None:
    ended = tidewaiter("export", built, "--format", style)
    assert ended.status == 0
    assert json.loads(ended.out)
    out = tmp_path / "out.json"
    assert tidewaiter("export", built, "--format", style, "--out", out).err.strip() == f"Wrote {out}"
    assert out.read_text(encoding="utf-8") == ended.out


@pytest.mark.parametrize("style", BINARY)
def test_binary_forms_go_to_a_pipe_or_a_file_alike_and_twice_the_same(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path, style: str
) -> None:
    out = tmp_path / "out"
    ended = tidewaiter("export", built, "--format", style, "--out", out, "--quiet")
    assert (ended.status, ended.err) == (0, "")
    done = piped("export", built, "--format", style, "--quiet")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == out.read_bytes()


@pytest.mark.parametrize("style", BINARY)
def test_a_terminal_gets_no_bytes(
    tidewaiter: Tidewaiter, built: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    from tidewaiter.cli import exporting_files

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(exporting_files.sys, "stdout", Terminal())
    ended = tidewaiter("export", built, "--format", style)
    assert ended.status == 2
    assert ended.out == ""
    assert "--out" in ended.err


def test_the_workbook_has_the_rows_of_the_register(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path
) -> None:
    tidewaiter("export", built, "--format", "xlsx", "--out", tmp_path / "case.xlsx")
    book = openpyxl.load_workbook(tmp_path / "case.xlsx")
    rows = tidewaiter("export", built, "--format", "csv").out.splitlines()
    assert book["register"].max_row == len(rows)
    assert {one.value for one in book["register"]["B"]} >= {"Supplier", "Portugal", "Slovenia"}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum")
def test_the_captures_are_those_that_were_taken_in(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path
) -> None:
    ended = tidewaiter("export", built, "--format", "captures", "--out", tmp_path / "captures.zip")
    assert "3 captures in; 0 withdrawn left out." in ended.err
    with zipfile.ZipFile(tmp_path / "captures.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "MANIFEST.sha256"],
        cwd=tmp_path / "unpacked",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    reports = {path.read_bytes() for path in (built.parent / "reports").iterdir()}
    kept = {path.read_bytes() for path in (tmp_path / "unpacked/captures").iterdir()}
    assert kept == reports
    record = (built / "custody.jsonl").read_bytes()
    assert (tmp_path / "unpacked/custody.jsonl").read_bytes() == record


def test_a_withdrawn_capture_is_left_out_and_said(tidewaiter: Tidewaiter, case: Path, tmp_path: Path) -> None:
    source = json.loads(tidewaiter("export", case).out.splitlines()[0])["source"]
    assert tidewaiter("remove", case, source, "--reason", "retracted").status == 0
    out = tmp_path / "captures.zip"
    ended = tidewaiter("export", case, "--format", "captures", "--out", out)
    assert "2 captures in; 1 withdrawn left out." in ended.err
    files = members(out.read_bytes())
    (gone,) = [json.loads(line) for line in files["left-out.jsonl"].splitlines()]
    assert (gone["source"], gone["reason"]) == (source, "retracted")
    assert not any(gone["sha256"] in name for name in files)


@pytest.mark.parametrize("held", [False, True])
def test_as_of_a_day_nothing_later_is_in_the_archive(
    tidewaiter: Tidewaiter, case: Path, tmp_path: Path, held: bool
) -> None:
    late = tmp_path / "late.txt"
    late.write_text("MADRID, March 3, 2021 - Peru has bought 9 tanks from Chile, Spain said.\n")
    assert tidewaiter("add", case, late).status == 0
    day = ("--as-of", "2021-03-03", *(("--held",) if held else ()))
    out = tmp_path / "captures.zip"
    assert tidewaiter("export", case, "--format", "captures", "--out", out, *day).status == 0
    files = members(out.read_bytes())
    assert "custody.jsonl" not in files
    assert "2021" in files["README.txt"].decode()
    shown = [json.loads(line)["sha256"] for line in files["captures.jsonl"].splitlines()]
    lines = [json.loads(line)["sha256"] for line in files["custody-lines.jsonl"].splitlines()]
    if held:  # everything was captured on the 4th
        assert shown == lines == []
    else:
        assert shown
        assert set(lines) == set(shown)
        assert all("Lisbon" not in files[name].decode() for name in files if name.startswith("captures/"))


@pytest.mark.parametrize("style", [*TEXT, "xlsx"])
def test_as_of_a_day_the_forms_say_so(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path, style: str
) -> None:
    out = tmp_path / "out"
    ended = tidewaiter("export", built, "--format", style, "--as-of", "2021-03-03", "--out", out)
    assert ended.status == 0
    if style == "xlsx":
        about = openpyxl.load_workbook(io.BytesIO(out.read_bytes()))["about"]
        found = " ".join(str(cell) for row in about.iter_rows(values_only=True) for cell in row)
    else:
        found = out.read_text(encoding="utf-8")
    assert "s of 3 March 2021" in found
    assert "Lisbon rejects" not in found


@pytest.mark.parametrize("style", [*TEXT, *BINARY])
def test_an_export_that_is_stopped_leaves_what_was_there(
    tidewaiter: Tidewaiter, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, style: str
) -> None:
    from tidewaiter.cli import exporting_files

    out = tmp_path / "out"
    out.write_text("before")

    def stopped(self: object) -> None:
        raise KeyboardInterrupt

    calls = iter(range(9))
    monkeypatch.setattr(
        exporting_files.Counter, "__call__", lambda self: stopped(self) if next(calls) == 1 else None
    )
    ended = tidewaiter("export", built, "--format", style, "--out", out)
    assert ended.status == 130
    assert out.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_capture_whose_bytes_are_gone_stops_the_archive(
    tidewaiter: Tidewaiter, case: Path, tmp_path: Path
) -> None:
    (first, *_) = sorted(path for path in (case / "captures").rglob("*") if path.is_file())
    first.chmod(0o600)
    first.write_bytes(b"changed")
    ended = tidewaiter("export", case, "--format", "captures", "--out", tmp_path / "captures.zip")
    assert ended.status == 2
    assert first.name in ended.err
    first.unlink()
    ended = tidewaiter("export", case, "--format", "captures", "--out", tmp_path / "captures.zip")
    assert ended.status == 2
    assert not (tmp_path / "captures.zip").exists()


def test_without_the_library_ftm_says_how_to_install_it(
    tidewaiter: Tidewaiter, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    ended = tidewaiter("export", built, "--format", "ftm", "--out", tmp_path / "out")
    assert ended.status == 3
    assert "make ftm" in ended.err
    assert not (tmp_path / "out").exists()


def test_the_library_reads_what_ftm_writes(tidewaiter: Tidewaiter, built: Path) -> None:
    followthemoney = pytest.importorskip("followthemoney")
    ended = tidewaiter("export", built, "--format", "ftm")
    assert ended.status == 0
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert {"Article", "Event", "PublicBody", "UnknownLink"} <= {one["schema"] for one in lines}
    for line in lines:
        proxy = followthemoney.model.get_proxy(line)
        proxy.schema.validate(proxy.to_dict())


def test_a_state_by_its_code_is_no_town_of_a_case_of_its_own(tidewaiter: Tidewaiter, case: Path) -> None:
    (case / "knowledge").mkdir(exist_ok=True)
    (case / "knowledge/coordinates.csv").write_text(
        "text,kind,code,latitude,longitude,also,source\nPRT,state,PRT,38.7,-9.1,,our own choice\n"
    )
    places = json.loads(tidewaiter("export", case, "--format", "geojson").out)["features"]
    (portugal,) = [one for one in places if one["id"] == "place:PRT"]
    assert portugal["geometry"]["coordinates"] == [-9.1, 38.7]
    assert portugal["properties"]["coordinates_from"] == "our own choice"
