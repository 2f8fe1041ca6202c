"""Changes handed to a command of the user's, as JSON Lines on its standard input."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from tidewaiter.watching.deliveries.batch import Batch, DeliveryError

SHOWN_COMPLAINT = 200
"""Characters of what a command complains that are passed on."""


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
        done = subprocess.run(
            list(command),
            input="".join(f"{line}\n" for line in batch.json_lines()).encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, **told},
        )
    except subprocess.TimeoutExpired as error:
        raise DeliveryError(f"took over {seconds:.0f} s", where=command[0], is_open=True) from error
    except OSError as error:
        raise DeliveryError(f"cannot be run ({error.strerror})", where=command[0]) from error
    if done.returncode != 0:
        complaint = " ".join(done.stderr.decode("utf-8", "replace").split())[:SHOWN_COMPLAINT]
        raise DeliveryError(f"ended with status {done.returncode} ({complaint})", where=command[0])
