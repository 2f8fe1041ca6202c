"""One look: what is new is taken in and built, what that changes is written down and told.

Nothing that one look cannot do is lost: a file that could not be read, a mail that could not be sent, a case
that another program was writing to are tried again at the next.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from tidewaiter import __version__, pipeline
from tidewaiter.case import CASE_FILE, Case
from tidewaiter.errors import CaseError, TidewaiterError
from tidewaiter.ledger.lock import Say, WriterLock, say_nothing
from tidewaiter.pipeline import Failure, Progress, source_name
from tidewaiter.watching.delivering import Outbox, Print
from tidewaiter.watching.folders import Scan, scan
from tidewaiter.watching.noticing import Noticed, notice
from tidewaiter.watching.settings import WatchSettings, read_watch_settings
from tidewaiter.watching.store import Looked, WatchStore

LOCK = "watch.lock"
"""Held by the one program that watches a case."""

RECORDS = ("case.toml", "custody.jsonl", "judgements.jsonl", "derived.sqlite", "derived.sqlite-wal")
"""Files of a case that change whenever its register may."""

MENDABLE = (TidewaiterError, OSError, sqlite3.Error, ValueError, OverflowError, RuntimeError)
"""What does not end the watch: also what odd names and times of files make libraries raise."""

TOKEN = "case as last looked at"


@dataclass(slots=True)
class Watch:
    """A case that is watched."""

    folder: Path
    print_batch: Print  # tells changes on the terminal
    say: Say = say_nothing  # what the user should know beside them
    progress: Progress = pipeline.no_progress
    jobs: int = 1
    clock: Callable[[], float] = time.time  # seconds since 1970, for the age of files
    _store: WatchStore | None = field(default=None, init=False)
    _unread: dict[str, Failure] = field(default_factory=dict, init=False)  # since the program started

    @contextmanager
    def watching(self, at: str) -> Iterator[Looked | None]:
        """Be the one program that watches the case, for the time of the block; gives the last look.

        ``at``: UTC, since when.  Raises ``CaseError`` where there is no case, no folder to watch is named, or
        another program watches it.
        """
        if not (self.folder / CASE_FILE).is_file():
            raise CaseError(
                "is not a case", where=str(self.folder), todo=f"Make one with: tidewaiter new {self.folder}"
            )
        self.settings()
        lock = WriterLock(self.folder, LOCK)
        with lock.hold("watching", at, wait_seconds=0):
            self._store = WatchStore(self.folder)
            try:
                yield self._store.last_look()
            finally:
                self._store.close()
                self._store = None

    def settings(self) -> WatchSettings:
        """What ``case.toml`` says now: it may be changed while the case is watched.  Raises ``CaseError``."""
        return read_watch_settings(self.folder / CASE_FILE)

    @property
    def store(self) -> WatchStore:
        assert self._store is not None, "not watching"
        return self._store

    # --------------------------------------------------------------------------- a look

    def look(self, at: str) -> Looked:
        """Look once.  ``at``: UTC, ISO 8601, the moment that everything found now bears.

        Never raises for what another look may mend: that is named in ``troubles``.
        """
        looked, troubles = Looked(at), list[Failure]()
        number, settings = None, None
        with self._minding(troubles):
            settings = self.settings()
            with self.store.transaction():
                number = self.store.begin_look(at)
        if number is None or settings is None:
            return replace(looked, troubles=tuple(troubles))
        with self._minding(troubles):
            looked = self._see(at, number, settings)
        troubles[:0] = looked.troubles
        with self._minding(troubles):
            self._remember(number, replace(looked, troubles=tuple(troubles)))  # for the digest of today
        with self._minding(troubles):  # also what waits from looks before, whatever became of this one
            troubles += Outbox(self.store, settings, self._name(), self.print_batch).empty()
        looked = replace(looked, troubles=tuple(troubles))
        with self._minding(troubles):
            self._remember(number, looked)
        return replace(looked, troubles=tuple(troubles))

    @contextmanager
    def _minding(self, troubles: list[Failure]) -> Iterator[None]:
        """What another look may mend is noted and nothing more."""
        try:
            yield
        except MENDABLE as error:
            troubles.append(_as_failure(error, self.folder))

    def _remember(self, number: int, looked: Looked) -> None:
        with self.store.transaction():
            self.store.end_look(number, _shortened(looked))

    def _see(self, at: str, number: int, settings: WatchSettings) -> Looked:
        """Take in what is new, and write down what it changes."""
        if self.store.note(TOKEN) is None:
            self._begin(settings)
        own = frozenset(
            Path(os.path.realpath(one))
            for one in (self.folder, settings.digest, settings.jsonl)
            if one is not None
        )
        found = scan(settings.folders, self.store.files(), self.clock(), settings.settle, own)
        new, failed = self._take_in(found, at)
        told, unread = self._notice(at, number, settings, {source_name(path) for path in found.new})
        self._keep_unread(found, unread)
        return Looked(
            at,
            new=new,
            known=found.known,
            waiting=tuple(sorted(source_name(path) for path in found.waiting)),
            told=told,
            troubles=(*found.troubles, *failed, *unread),
            unread=tuple(self._unread.values()),
        )

    def _keep_unread(self, found: Scan, unread: tuple[Failure, ...]) -> None:
        """Reports that could not be read are not tried again until their files change."""
        for name in (*found.gone, *(source_name(path) for path in found.new)):
            self._unread.pop(name, None)
        self._unread.update((one.source, one) for one in unread)

    def _name(self) -> str:
        from tidewaiter.case import read_settings

        return read_settings(self.folder / CASE_FILE).name

    # --------------------------------------------------------------------------- its steps

    def _begin(self, settings: WatchSettings) -> None:
        """At the very first look, what the case says already is not told: it stands."""
        with Case(self.folder, self.say) as case:
            is_built = case.derived.register.as_of() is not None
            stands = notice(case, self.store, disputes=settings.wants_disputes) if is_built else None
            with self.store.transaction():
                if stands is not None:
                    stands.keep(self.store)
                self.store.put_note(TOKEN, "")
        if stands is not None and stands.changes:
            self.say(f"{len(stands.standing):,} findings stand already and are not told; what comes now is.")

    def _take_in(self, found: Scan, at: str) -> tuple[int, tuple[Failure, ...]]:
        """Take new files into the case, and remember what was seen; how many the case did not hold, and
        what could not be read: that is not remembered, and so is tried again."""
        new = 0
        failed: tuple[Failure, ...] = ()
        if found.new:
            with Case(self.folder, self.say) as case:
                added = case.add(list(found.new), at, progress=self.progress)
            new, failed = len(added.new), added.failed
        names = {one.source for one in failed}
        with self.store.transaction():
            self.store.forget_files(found.gone)
            taken = {path: state for path, state in found.new.items() if source_name(path) not in names}
            self.store.put_files(taken, taken=True)
            self.store.put_files(found.waiting, taken=False)
        return new, failed

    def _notice(
        self, at: str, number: int, settings: WatchSettings, new: set[str]
    ) -> tuple[int, tuple[Failure, ...]]:
        """Build where something may have changed, and write down what that changes, with the alerts to be
        told, in one transaction; how many changes, and which reports could not be read."""
        if not new and self.store.note(TOKEN) == self._token(at):
            return 0, ()
        with Case(self.folder, self.say) as case, case.writing("watching", at):
            built = case.build(at, self.progress, jobs=self.jobs)
            with self.store.transaction():
                noticed = notice(case, self.store, disputes=settings.wants_disputes)
                noticed.keep(self.store)
                self._write_down(noticed, at, number, settings)
            case.close()  # which SQLite writes at; and still nobody else may write
            with self.store.transaction():
                self.store.put_note(TOKEN, self._token(at))
        return len(noticed.changes), tuple(one for one in built.failed if one.source in new)

    def _write_down(self, noticed: Noticed, at: str, number: int, settings: WatchSettings) -> None:
        self.store.put_told(number, noticed.changes)
        alerts = (
            (one.change.key, alert.name, channel.value)
            for one in noticed.changes
            for alert in settings.alerts
            if alert.condition.wants(one)
            for channel in alert.to
        )
        self.store.put_alerts(alerts, at[:10])

    def _token(self, at: str) -> str:
        """What shows whether the register may have changed: the day, and size and time of its records."""
        parts = [at[:10], __version__]
        tables = sorted((self.folder / "knowledge").glob("*.csv"))
        for path in (*(self.folder / name for name in RECORDS), *tables):
            try:
                status = path.stat()
            except OSError:
                parts.append(f"{path.name} -")
            else:
                parts.append(f"{path.name} {status.st_size} {status.st_mtime_ns}")
        return "\n".join(parts)


KEPT_TROUBLES = 50
"""Of a look, what is remembered of files that wait and of troubles: a folder of a thousand files that cannot
be read would otherwise be written down at every look."""


def _shortened(looked: Looked) -> Looked:
    return replace(
        looked, waiting=looked.waiting[:KEPT_TROUBLES], troubles=looked.troubles[:KEPT_TROUBLES], unread=()
    )


def _as_failure(error: BaseException, folder: Path) -> Failure:
    if isinstance(error, TidewaiterError):
        return Failure(error.where or str(folder), error.what, error.todo)
    if isinstance(error, OSError):
        where = source_name(Path(error.filename)) if isinstance(error.filename, str) else str(folder)
        return Failure(where, error.strerror or str(error))
    return Failure(str(folder), str(error))
