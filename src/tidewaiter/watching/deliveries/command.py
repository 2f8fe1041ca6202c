"""Changes handed to a command of the user's, as JSON Lines on its standard input."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from tempfile import TemporaryFile

from tidewaiter.watching.deliveries.batch import Batch, DeliveryError

SHOWN_COMPLAINT = 200
"""Characters of what a command complains that are passed on."""

READ_COMPLAINT = 4096
"""Bytes of it that are read for them."""


def run_command(command: Sequence[str], seconds: float, batch: Batch) -> None:
    """Run the command; told is what it ends with status 0 on.

    In its environment stand ``TIDEWAITER_CASE``, ``TIDEWAITER_ALERT``, ``TIDEWAITER_CHANGES`` (how many) and
    ``TIDEWAITER_TWICE`` (1 where they may have been told before).  Raises ``DeliveryError``.
    """
    told = {
        "TIDEWAITER_CASE": batch.case,
        "TIDEWAITER_ALERT": batch.alert,
        "TIDEWAITER_CHANGES": str(len(batch.notices)),
        "TIDEWAITER_TWICE": "1" if batch.twice else "0",
    }
    try:
        # files, not pipes: what the command leaves running may keep them open after its end
        with TemporaryFile() as given, TemporaryFile() as complaint:
            given.writelines(f"{line}\n".encode() for line in batch.json_lines())
            given.seek(0)
            done = subprocess.run(
                list(command),
                stdin=given,
                stdout=subprocess.DEVNULL,
                stderr=complaint,
                timeout=seconds,
                check=False,
                env={**os.environ, **told},
            )
            complaint.seek(0)
            complained = complaint.read(READ_COMPLAINT).decode("utf-8", "replace")
    except subprocess.TimeoutExpired as error:
        raise DeliveryError(f"took over {seconds:.0f} s", where=command[0], is_open=True) from error
    except OSError as error:
        raise DeliveryError(f"cannot be run ({error.strerror})", where=command[0]) from error
    if done.returncode != 0:
        shown = " ".join(complained.split())[:SHOWN_COMPLAINT]
        raise DeliveryError(f"ended with status {done.returncode} ({shown})", where=command[0])
