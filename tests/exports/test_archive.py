"""The archive of captures: ``sha256sum -c`` accepts it, and nothing in it is named by anybody else."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tidewaiter.errors import CaseError
from tidewaiter.exports.archive import BLOCK, INDEX, LEFT_OUT, MANIFEST, READ_ME, Custody, Kept, write_archive

HOSTILE = ("../../etc/passwd", "-rf\n*", "a" * 5000, "\ud800\x00\u202egpj.exe", "C:\\con")


def kept(data: bytes, source: str = "a.txt", media_type: str = "text/plain") -> Kept:
    sha256 = hashlib.sha256(data).hexdigest()
    return Kept(sha256, media_type, {"sources": [source], "size": len(data)}, partial(io.BytesIO, data))


def made(*captures: Kept, left_out: tuple[dict[str, str], ...] | None = ()) -> bytes:
    handle = io.BytesIO()
    custody = Custody("custody.jsonl", "the record", [b'{"a": 1}\n'])
    assert write_archive(handle, captures, left_out, custody, ["Captures of 'a case'"]) == len(captures)
    return handle.getvalue()


def unpacked(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="no sha256sum")
def test_sha256sum_accepts_the_manifest_and_every_file_is_in_it(tmp_path: Path) -> None:
    media = ("text/plain", "text/html", "application/json", "odd/odd", "")
    captures = [kept(f"report {one!a}".encode(), one, media[n]) for n, one in enumerate(HOSTILE)]
    folder = unpacked(made(*captures, kept(b"")), tmp_path)
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", MANIFEST], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {line.partition("  ")[2] for line in (folder / MANIFEST).read_text().splitlines()} == files - {
        MANIFEST
    }
    (folder / captures[0].name).write_bytes(b"changed")
    done = subprocess.run(["sha256sum", "-c", MANIFEST], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1


def test_names_of_sources_are_only_in_the_index(tmp_path: Path) -> None:
    data = made(*(kept(f"report {one!a}".encode(), one) for one in HOSTILE))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            assert name in (INDEX, LEFT_OUT, READ_ME, MANIFEST, "custody.jsonl") or (
                name.startswith("captures/") and len(name) == len("captures/") + 64 + len(".txt")
            )
        lines = archive.read(INDEX).decode("ascii").splitlines()
    assert [json.loads(line)["sources"] for line in lines] == [[one] for one in HOSTILE]


def test_the_same_captures_give_the_same_bytes() -> None:
    assert made(kept(b"a"), kept(b"b")) == made(kept(b"a"), kept(b"b"))


def test_what_was_withdrawn_is_said_and_where_it_cannot_be_told_too() -> None:
    gone = ({"sha256": "0" * 64, "source": "gone.txt", "reason": "retracted"},)
    with zipfile.ZipFile(io.BytesIO(made(kept(b"a"), left_out=gone))) as archive:
        assert json.loads(archive.read(LEFT_OUT)) == gone[0]
        assert "not in here: 1" in archive.read(READ_ME).decode()
    with zipfile.ZipFile(io.BytesIO(made(kept(b"a"), left_out=None))) as archive:
        assert LEFT_OUT not in archive.namelist()
        assert "withdrew are not in here" in archive.read(READ_ME).decode()


def test_a_capture_that_was_changed_stops_the_archive() -> None:
    good = kept(b"a")
    changed = Kept(good.sha256, "text/plain", {}, partial(io.BytesIO, b"b"))
    with pytest.raises(CaseError, match="changed"):
        made(changed)


def test_captures_are_read_piece_by_piece_and_one_after_the_other() -> None:
    asked: list[int] = []

    class Pieces(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(-1 if size is None else size)
            return super().read(size)

    def captures() -> Iterator[Kept]:
        for number in range(3):
            data = bytes([number]) * (BLOCK + 1)
            yield Kept(hashlib.sha256(data).hexdigest(), "text/plain", {}, partial(Pieces, data))

    custody = Custody("custody.jsonl", "the record", [])
    write_archive(io.BytesIO(), captures(), (), custody, [])
    assert set(asked) == {BLOCK}
