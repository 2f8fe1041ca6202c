"""In which order things come to disk, and what is left when that is cut off anywhere."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tidewaiter.errors import CaseError
from tidewaiter.ledger.durable import DurableStore, Held
from tidewaiter.ledger.files import Files
from tidewaiter.pipeline import Taking, add

from .disks import IN_MEMORY, Crash, DyingDisk, FailingDisk, WatchedDisk


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """In memory where there is such a disk: these tests flush thousands of times."""
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as name:
        yield Path(name)


TAKING = Taking("2021-05-05T00:00:00Z", "me")
TEXTS = {
    "a.txt": "Ruritania is said to have shipped mortars.",
    "b.txt": "Freedonia denies it.",
    "c.txt": "Nobody saw a ship.",
}


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return sorted(folder.iterdir())


def a_case(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


State = tuple[list[Held], list[object], list[str]]


def state(folder: Path) -> State:
    """What is held, what the record says without the links of its chain, and the files that are kept;
    all checked."""
    with closing(DurableStore(folder)) as store:
        assert [fault for fault in store.custody.faults() if fault.grave] == []
        assert store.disagreements() == []
        held = list(store.held())
        assert list(store.bytes.faults(store.hashes())) == []
        stored = list(store.bytes.stored())
        said = [{**entry, "previous": ""} for entry in store.custody.entries()]
        return held, list(said), stored


def refusal(store: DurableStore, reports: list[Path]) -> CaseError | None:
    """How adding failed; None when it did not."""
    try:
        add(store, reports, TAKING)
    except CaseError as error:
        return error
    return None


def undisturbed(tmp_path: Path, reports: list[Path]) -> tuple[State, int]:
    """The state after an add that nothing disturbs, and how many operations it took."""
    folder, disk = a_case(tmp_path, "undisturbed"), WatchedDisk()
    with closing(DurableStore(folder, files=disk)) as store:
        add(store, reports, TAKING)
    return state(folder), len(disk.operations)


# ------------------------------------------------------------------------------------ order


def test_bytes_are_on_disk_before_their_line_and_the_line_before_its_row(
    tmp_path: Path, reports: list[Path]
) -> None:
    folder = a_case(tmp_path, "case")
    rows_at_the_line: list[int] = []

    class Disk(WatchedDisk):
        def done(self, name: str, path: Path) -> None:
            if name == "append":
                with closing(DurableStore(folder, write=False)) as reader:
                    rows_at_the_line.append(reader.count())

    disk = Disk()
    with closing(DurableStore(folder, files=disk)) as store:
        add(store, reports, TAKING)
        assert store.count() == 3
        hashes = list(store.hashes())
    done = disk.operations
    appended = done.index(("append", "custody.jsonl"))
    assert rows_at_the_line == [0]  # the rows come after the line was flushed, which append does
    assert done[appended + 1] == ("sync_folder", "case")  # the record's own name, when it is new
    for sha256 in hashes:
        part = next(name for what, name in done if what == "create" and name.startswith(sha256))
        steps = [
            done.index(("create", part)),
            done.index(("sync", part)),
            done.index(("rename", sha256)),
            done.index(("sync_folder", sha256[:2])),
            appended,
        ]
        assert steps == sorted(steps)


def test_bytes_are_kept_before_anything_looks_at_them(tmp_path: Path) -> None:
    """Bytes that no reader can make anything of are taken in like others."""
    bad = tmp_path / "bad.html"
    bad.write_bytes(b"\x00\xff<html" + bytes(range(256)) * 20)
    folder = a_case(tmp_path, "case")
    with closing(DurableStore(folder)) as store:
        assert add(store, [bad], TAKING).failed == ()
        (held,) = store.held()
        assert store.bytes.read(held.capture.sha256) == bad.read_bytes()


# ------------------------------------------------------------------------------------ a disk that fails


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("ever", [False, True])
def test_any_write_may_fail(tmp_path: Path, reports: list[Path], number: int, ever: bool) -> None:
    wanted, operations = undisturbed(tmp_path, reports)
    refused = 0
    for nth in range(operations):
        folder = a_case(tmp_path, f"case-{nth}")
        with closing(DurableStore(folder, files=FailingDisk(nth, number, ever))) as store:
            if (error := refusal(store, reports)) is not None:
                refused += 1
                assert os.strerror(number) in error.what
                assert error.where
                assert error.todo
        state(folder)  # opens and holds
        with closing(DurableStore(folder)) as store:
            add(store, reports, TAKING)
        assert state(folder) == wanted, f"operation {nth}"
    assert refused >= operations - 2 * len(TEXTS)  # only tidying up may fail unnoticed


def test_a_failed_write_is_made_up_for_without_opening_again(tmp_path: Path, reports: list[Path]) -> None:
    wanted, operations = undisturbed(tmp_path, reports)
    for nth in range(operations):
        folder = a_case(tmp_path, f"case-{nth}")
        with closing(DurableStore(folder, files=FailingDisk(nth))) as store:
            refusal(store, reports)
            assert refusal(store, reports) is None
        assert state(folder) == wanted, f"operation {nth}"


def test_the_tables_may_be_full(tmp_path: Path, reports: list[Path]) -> None:
    folder = a_case(tmp_path, "case")
    with closing(DurableStore(folder)) as store:
        (pages,) = store._db.execute("PRAGMA page_count").fetchone()
        store._db.execute(f"PRAGMA max_page_count = {pages}")  # as on a full disk
        taken: list[Path] = []
        error = None
        while error is None:
            copies = [path.with_name(f"{len(taken):04}-{path.name}") for path in reports]
            for path, copy in zip(reports, copies, strict=True):
                copy.write_bytes(path.read_bytes())
            taken += copies
            error = refusal(store, copies)
        assert "full" in error.what
        assert error.where == str(folder / "durable.sqlite")
    with closing(DurableStore(folder)) as store:
        assert len(list(store.custody.entries())) == len(taken) - 3  # refused before the lines were written
        add(store, taken[-3:], TAKING)
        assert sorted(source for one in store.held() for source in one.sources) == sorted(map(str, taken))
    state(folder)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 600 KiB."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)]
    if os.name != "posix" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small tmpfs (root)")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_real_disk_may_be_full(tmp_path: Path, small_disk: Path) -> None:
    folder = small_disk / "case"
    folder.mkdir()
    sources = tmp_path / "many"
    sources.mkdir()
    for number in range(30):
        (sources / f"{number:02}.txt").write_bytes(f"Report {number}. ".encode() * 2500)
    paths = sorted(sources.iterdir())
    with closing(DurableStore(folder)) as store:
        for path in paths[:5]:
            add(store, [path], TAKING)
        errors = [error for path in paths[5:] if (error := refusal(store, [path]))]
        assert errors
        assert all("No space left" in one.what or "full" in one.what for one in errors)
        taken = store.count()
    assert taken >= 5
    with closing(DurableStore(folder, write=False)) as reader:
        assert reader.count() == taken
        assert [fault for fault in reader.custody.faults() if fault.grave] == []
        assert list(reader.bytes.faults(reader.hashes())) == []
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    with closing(DurableStore(folder)) as store:
        assert not add(store, paths, TAKING).failed
    held, said, _ = state(folder)
    assert len(held) == len(said) == 30


# ------------------------------------------------------------------------------------ a process that dies


@pytest.mark.parametrize("when", ["before", "half", "after"])
def test_the_process_may_die_at_any_operation(tmp_path: Path, reports: list[Path], when: str) -> None:
    wanted, operations = undisturbed(tmp_path, reports)
    for nth in range(operations):
        folder = a_case(tmp_path, f"case-{nth}")
        died(folder, DyingDisk(nth, when), reports)
        state(folder)
        with closing(DurableStore(folder)) as store:
            add(store, reports, TAKING)
        assert state(folder) == wanted, f"operation {nth}"
        assert list((folder / "captures" / ".part").iterdir()) == []


def died(folder: Path, disk: Files, reports: list[Path]) -> None:
    store = DurableStore(folder, files=disk)
    with pytest.raises(Crash):
        add(store, reports, TAKING)
    store.close()


def test_a_line_without_its_row_gets_it_at_the_next_opening(tmp_path: Path, reports: list[Path]) -> None:
    folder = a_case(tmp_path, "case")
    with closing(DurableStore(folder)) as store:
        add(store, reports[:1], TAKING)
    probe = DyingDisk(10**6)
    with closing(DurableStore(folder, files=probe)) as store:
        add(store, reports[1:2], TAKING)
    line = [what for what, _ in probe.operations].index("append")
    other = a_case(tmp_path, "other")
    with closing(DurableStore(other)) as store:
        add(store, reports[:1], TAKING)
    died(other, DyingDisk(line, "after"), reports[1:2])
    with closing(DurableStore(other, write=False)) as reader:
        assert reader.count() == 1
        (behind,) = reader.disagreements()
        assert not behind.grave
    with closing(DurableStore(other)) as store:
        assert store.notices == ("1 line of custody.jsonl had not reached durable.sqlite, and now have.",)
        assert store.count() == 2
    assert state(other) == state(folder)
