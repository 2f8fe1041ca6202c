"""Whatever is done to the store, in whatever order, and wherever it is cut off: the tables are the
records read from first to last, and what counted as kept is there."""

from __future__ import annotations

import tempfile
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.errors import CaseError
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.ledger.files import DISK, Files
from tidewaiter.model import Capture

from .disks import IN_MEMORY, Crash, DyingDisk, FailingDisk
from .test_durable import a_capture

TEXTS = ("one", "two", "three")
SOURCES = ("a.txt", "b.txt", "c.html")
DATES = (None, "2020", "2021-05")

_item = st.tuples(st.sampled_from(TEXTS), st.sampled_from(SOURCES))
STEPS = st.one_of(
    st.tuples(st.just("take"), st.lists(_item, min_size=1, max_size=4), st.sampled_from(DATES)),
    st.tuples(st.just("withdraw"), st.sampled_from((*SOURCES, *TEXTS))),
    st.tuples(st.just("issue"), st.lists(st.sampled_from(("t1", "t2", "t3")), max_size=3)),
    st.tuples(st.just("reopen")),
    st.tuples(st.just("lose the tables")),
    st.tuples(st.just("lose bytes"), st.sampled_from(TEXTS)),
)
DISKS = st.one_of(
    st.none(),
    st.tuples(st.sampled_from(("before", "half", "after", "full")), st.integers(0, 25)),
)


def _disk(kind: tuple[str, int] | None) -> Files:
    if kind is None:
        return DISK
    when, nth = kind
    return FailingDisk(nth) if when == "full" else DyingDisk(nth, when)


def _do(store: DurableStore, step: tuple[object, ...], at: str) -> None:
    match step:
        case ("take", list(items), str() | None as given):
            arrivals = []
            for text, source in items:
                known = a_capture(text.encode(), source)
                capture = Capture(known.sha256, known.size, source, at, "me", "file", "text/plain")
                arrivals.append((capture, text.encode()))
            store.take(arrivals, given)
        case ("withdraw", str(what)):
            wanted = what if what in SOURCES else a_capture(what.encode()).sha256
            if wanted in {name for one in store.noted() for name in (one.source, one.sha256)}:
                store.withdraw(wanted, at, "me", "because")
        case ("issue", list(ids)):
            store.issue_all([(one, [("d1", one)]) for one in ids], at)
        case ("lose bytes", str(text)):
            store.bytes.path(a_capture(text.encode()).sha256).unlink(missing_ok=True)


def _holds(folder: Path, lost: set[str]) -> None:
    """Everything that must be so at any moment; ``lost``: hashes whose bytes were taken away."""
    with closing(DurableStore(folder)) as store:
        assert store.disagreements() == []
        assert [fault for fault in store.custody.faults() if fault.grave] == []
        assert {fault.where[-64:] for fault in store.bytes.faults(store.hashes())} <= lost
        held, noted = list(store.held()), list(store.noted())
        present = {(one.sha256, one.source) for one in noted if one.withdrawn_at is None}
        assert {(one.capture.sha256, source) for one in held for source in one.sources} == present
        assert store.count() == len(held)
        assert [one.capture.sha256 for one in held] == sorted({sha256 for sha256, _ in present})


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(STEPS, DISKS), max_size=12))
def test_the_tables_are_the_records_read_from_first_to_last(
    steps: list[tuple[tuple[object, ...], tuple[str, int] | None]],
) -> None:
    with tempfile.TemporaryDirectory(dir=IN_MEMORY) as name:
        folder = Path(name)
        kept: set[tuple[str, str]] = set()  # what a step that ended well took in
        lost: set[str] = set()
        for number, (step, disk) in enumerate(steps):
            at = f"2021-05-05T00:00:{number:02}Z"
            if step[0] == "lose the tables":
                for end in ("", "-wal", "-shm"):
                    (folder / f"durable.sqlite{end}").unlink(missing_ok=True)
            with suppress(Crash, CaseError), closing(DurableStore(folder, files=_disk(disk))) as store:
                _do(store, step, at)
                kept |= {(one.sha256, one.source) for one in store.noted()}
            if step[0] == "lose bytes":
                lost.add(a_capture(str(step[1]).encode()).sha256)
            _holds(folder, lost)
        with closing(DurableStore(folder)) as store:
            noted = {(one.sha256, one.source) for one in store.noted()}
            assert kept <= noted
            store.take([(a_capture(text.encode(), "a.txt"), text.encode()) for text in TEXTS])
            assert list(store.bytes.faults(store.hashes())) == []  # what was lost is back
        _holds(folder, set())


@given(
    st.permutations([(text, source, date) for text in TEXTS[:2] for source in SOURCES[:2] for date in DATES])
)
@settings(max_examples=25, deadline=None)
def test_what_is_held_does_not_depend_on_grouping(items: list[tuple[str, str, str | None]]) -> None:
    """Sources and texts in any order and grouping; each source's last date counts, so the order of
    those with one source is kept."""
    ordered = sorted(items, key=lambda item: DATES.index(item[2]))
    found = []
    for some in (ordered, sorted(ordered, key=lambda item: (DATES.index(item[2]), item[0], item[1]))):
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as name, closing(DurableStore(Path(name))) as store:
            for text, source, date in some:
                store.take([(a_capture(text.encode(), source), text.encode())], date)
            found.append(list(store.held()))
    assert found[0] == found[1]
    assert [(one.sources, one.given_date) for one in found[0]] == [(SOURCES[:2], "2021-05")] * 2
