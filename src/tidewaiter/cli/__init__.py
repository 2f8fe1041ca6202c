"""The command line: parse arguments, show progress, print.  ``main`` is the command ``tidewaiter``.

Exit status: 0 all done; 1 done, but some sources could not be read; 2 wrong usage, no such case or
id; 3 the installation lacks something (language model, knowledge table); 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import io
import sys

from tidewaiter.cli.commands import app
from tidewaiter.cli.screen import InterruptedRunError, print_error
from tidewaiter.errors import TidewaiterError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    is_verbose = "--verbose" in sys.argv
    if is_verbose:
        import logging

        logging.basicConfig(format="%(name)s: %(message)s")
        logging.getLogger("tidewaiter").setLevel(logging.DEBUG)
    try:
        app()
    except TidewaiterError as error:
        if is_verbose:
            raise
        print_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(InterruptedRunError.exit_code)
