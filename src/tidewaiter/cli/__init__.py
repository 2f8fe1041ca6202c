"""The command line: parse arguments, show progress, print.  ``main`` is the command ``tidewaiter``.

The exit statuses stand in ``endings.py`` and in docs/commands.md.
"""

from __future__ import annotations

import sys

from tidewaiter.cli import stopping

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        with stopping.listening():
            # Not at the top: a Ctrl-C while the modules are loaded is to end as any other does.
            from tidewaiter.cli.program import run

            status = run("--verbose" in sys.argv)
    except KeyboardInterrupt:
        status = stopping.status()
    sys.exit(status)
