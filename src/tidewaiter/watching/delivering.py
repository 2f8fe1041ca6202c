"""The outbox: what is written down is told, then marked.

Before an alert is told it is marked as begun, so that after a crash it is known which may have been told.
Files are looked at before they are written to again; a command, a mail and the terminal are told once more,
with a remark that they may have been told before.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tidewaiter.pipeline import Failure
from tidewaiter.watching.deliveries.batch import Batch, DeliveryError, PartlyToldError
from tidewaiter.watching.deliveries.command import run_command
from tidewaiter.watching.deliveries.files import append_lines, write_digest
from tidewaiter.watching.deliveries.mail import send
from tidewaiter.watching.settings import Channel, WatchSettings
from tidewaiter.watching.store import BEGUN, TOLD, WAITS, WatchStore

Print = Callable[[Batch], None]


@dataclass(frozen=True, slots=True)
class Outbox:
    """Tells what waits in the store."""

    store: WatchStore
    settings: WatchSettings
    case: str  # its name
    print_batch: Print  # on the terminal

    def empty(self) -> tuple[Failure, ...]:
        """Tell all that waits; what could not be told stays, and is named."""
        self.store.begun_before()
        troubles = list[Failure]()
        for channel, name in self.store.open_channels():
            try:
                if channel == Channel.DIGEST:
                    self._digests()
                else:
                    troubles += self._tell(channel, name)
            except DeliveryError as error:
                troubles.append(Failure(f"{channel}: {error.where}", error.what, error.todo))
        return tuple(troubles)

    def _tell(self, channel: str, name: str) -> Iterable[Failure]:
        """Tell what waits for one alert; to whom it could not be told although others have it."""
        left_out: dict[Failure, None] = {}
        while pending := self.store.pending(channel, name):
            batch = Batch(self.case, name, tuple(one.notice for one in pending), pending[0].twice)
            self.store.mark(pending, BEGUN)
            try:
                self._deliver(channel, batch)
            except DeliveryError as error:
                if not error.is_open:
                    self.store.mark(pending, WAITS)
                raise
            except PartlyToldError as error:
                left_out[Failure(f"{channel}: {error.where}", error.what, error.todo)] = None
            self.store.mark(pending, TOLD)
        return left_out

    def _deliver(self, channel: str, batch: Batch) -> None:
        settings = self.settings
        if channel == Channel.JSONL and settings.jsonl is not None:
            append_lines(settings.jsonl, batch)
        elif channel == Channel.COMMAND and settings.command:
            run_command(settings.command, settings.command_seconds, batch)
        elif channel == Channel.SMTP and settings.mail is not None:
            send(settings.mail, batch, time.time())
        elif channel == Channel.TERMINAL:
            self._print(batch)
        else:
            raise DeliveryError("is no longer set in case.toml, and alerts wait for it", where=channel)

    def _print(self, batch: Batch) -> None:
        try:
            self.print_batch(batch)
        except OSError as error:
            raise DeliveryError(
                f"nobody reads it ({error.strerror})", where="the output", is_open=True
            ) from error

    def _digests(self) -> None:
        """Write the digest of each day anew of which something waits."""
        folder = self.settings.digest
        if folder is None:
            raise DeliveryError("is no longer set in case.toml, and alerts wait for it", where="digest")
        for day in self.store.days_waiting(Channel.DIGEST):
            told, looks = self.store.told_on(Channel.DIGEST, day), self.store.looks_on(day)
            write_digest(folder, self.case, day, told, looks)
            self.store.mark_day(Channel.DIGEST, day)
