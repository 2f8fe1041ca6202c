"""Derived stores of past days: there whole or not at all, few, and never wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tidewaiter.errors import CaseError
from tidewaiter.ledger import shelf as shelves
from tidewaiter.ledger.derived import NAME, DerivedStore
from tidewaiter.ledger.shelf import Shelf

Make = Callable[[DerivedStore], None]


def filling(day: str, made: list[str] | None = None) -> Make:
    def make(store: DerivedStore) -> None:
        with store.transaction():
            store.register.put_built(day, "a test", "a state")
        if made is not None:
            made.append(day)

    return make


def names(case: Path) -> list[str]:
    return sorted(one.name for one in (case / "past").iterdir())


def test_one_is_made_once(tmp_path: Path) -> None:
    made: list[str] = []
    for _ in range(2):
        with closing(Shelf(tmp_path)) as shelf:
            store = shelf.store("a", filling("2021-06-01", made))
            assert store.register.as_of() == "2021-06-01"
            assert shelf.store("a", filling("2021-06-01", made)) is store
    assert made == ["2021-06-01"]
    assert names(tmp_path) == ["a"]
    assert [one.name for one in (tmp_path / "past" / "a").iterdir()] == [NAME]


def test_nothing_is_left_of_one_that_failed(tmp_path: Path) -> None:
    def fails(store: DerivedStore) -> None:
        filling("2021-06-01")(store)
        raise KeyboardInterrupt

    with closing(Shelf(tmp_path)) as shelf:
        with pytest.raises(KeyboardInterrupt):
            shelf.store("a", fails)
        assert names(tmp_path) == []
        assert shelf.store("a", filling("2021-06-02")).register.as_of() == "2021-06-02"


def test_one_that_is_damaged_is_made_again(tmp_path: Path) -> None:
    made: list[str] = []
    for spoil in (
        lambda file: file.write_bytes(b"no database at all" * 100),
        lambda file: file.write_bytes(b""),
    ):
        with closing(Shelf(tmp_path)) as shelf:
            shelf.store("a", filling("2021-06-01", made))
        spoil(tmp_path / "past" / "a" / NAME)
        with closing(Shelf(tmp_path)) as shelf:
            assert shelf.store("a", filling("2021-06-01", made)).register.as_of() == "2021-06-01"
    assert len(made) == 3


def test_two_programs_that_make_the_same_one(tmp_path: Path) -> None:
    with closing(Shelf(tmp_path)) as first, closing(Shelf(tmp_path)) as second:

        def slow(store: DerivedStore) -> None:
            filling("2021-06-01")(store)
            second_made = second.store("a", filling("2021-06-01"))
            assert second_made.register.as_of() == "2021-06-01"

        first._begun = _own_part(first, "another")  # type: ignore[method-assign]
        assert first.store("a", slow).register.as_of() == "2021-06-01"
        assert names(tmp_path) == ["a"]


def _own_part(shelf: Shelf, owner: str) -> Callable[[str], Path]:
    def begun(name: str) -> Path:
        part = shelf.folder / f".{name}.{owner}.part"
        part.mkdir(parents=True)
        return part

    return begun


def test_the_last_ones_looked_at_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "KEPT", 3)
    for number, name in enumerate("abcd"):
        with closing(Shelf(tmp_path)) as shelf:
            shelf.store(name, filling("2021-06-01"))
        os.utime(tmp_path / "past" / name, (number + 1, number + 1))
    with closing(Shelf(tmp_path)) as shelf:
        shelf.store("b", filling("2021-06-01"))  # looked at again
        shelf.store("e", filling("2021-06-01"))
    assert names(tmp_path) == ["b", "d", "e"]


def test_those_that_are_open_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "KEPT", 1)
    with closing(Shelf(tmp_path)) as shelf:
        opened = [shelf.store(name, filling("2021-06-01")) for name in "abc"]
        assert [one.register.as_of() for one in opened] == ["2021-06-01"] * 3
        shelf.clear()
        assert names(tmp_path) == ["a", "b", "c"]
    with closing(Shelf(tmp_path)) as shelf:
        shelf.clear()
    assert names(tmp_path) == []


def test_what_a_crash_left_goes_after_a_day(tmp_path: Path) -> None:
    old, young = (tmp_path / "past" / f".{name}.1.part" for name in ("old", "young"))
    for part in (old, young):
        part.mkdir(parents=True)
        (part / NAME).write_bytes(b"half")
    os.utime(old, (1, 1))
    with closing(Shelf(tmp_path)) as shelf:
        shelf.store("a", filling("2021-06-01"))
    assert names(tmp_path) == [young.name, "a"]


def test_where_the_case_can_only_be_read_it_is_made_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.mkdir

    def refuses(path: Path, *args: object, **options: object) -> None:
        if tmp_path in path.parents:
            raise PermissionError(13, "Permission denied")
        real(path, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", refuses)
    with closing(Shelf(tmp_path)) as shelf:
        assert shelf.store("a", filling("2021-06-01")).register.as_of() == "2021-06-01"
        assert shelf.store("b", filling("2021-06-02")).register.as_of() == "2021-06-02"
        elsewhere = Path(shelf._elsewhere.name)  # type: ignore[union-attr]
        assert elsewhere.is_dir()
    assert not elsewhere.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelves.DISK, "sync", full)
    with closing(Shelf(tmp_path)) as shelf, pytest.raises(CaseError, match="No space left"):
        shelf.store("a", filling("2021-06-01"))
    assert names(tmp_path) == []
