"""Ctrl-C, and the system's wish that the program end: both raise ``KeyboardInterrupt`` at the next
step, so that what is open is closed and what is half-written undone."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from tidewaiter.errors import InterruptedRunError

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C; ``kill`` and shutdown; the terminal was closed."""

_received: list[int] = []
"""The signals since the program began to listen: a process has one set of them."""


@contextmanager
def listening() -> Iterator[None]:
    """While inside, the signals raise ``KeyboardInterrupt``; those that were ignored from the start
    (``nohup``, a job in the background) stay so."""
    _received.clear()
    before = {one: signal.getsignal(one) for one in SIGNALS}
    unraisable, sys.unraisablehook = sys.unraisablehook, _unraisable
    try:
        for one, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(one, _stop)
        yield
    finally:
        sys.unraisablehook = unraisable
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def unheard() -> Iterator[None]:
    """Threads that begin inside never take a signal: it waits for the main thread, also where that one
    holds it off for a moment (while it starts another process)."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def deaf() -> None:
    """From here to the end signals change nothing: the last words are being said."""
    for one in SIGNALS:
        signal.signal(one, signal.SIG_IGN)


def _stop(number: int, _: FrameType | None) -> None:
    _received.append(number)
    raise KeyboardInterrupt


def _unraisable(lost: sys.UnraisableHookArgs) -> None:
    """Where Python cannot pass on what was raised (in a callback while something is torn down) it
    prints a traceback and goes on; of a signal that is not wanted: ``check`` ends the work."""
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)


def check() -> None:
    """Raise ``KeyboardInterrupt`` if a signal came.  Code in C that calls back into Python can
    swallow the one that the signal raised; asking at every step makes sure that it ends."""
    if _received:
        raise KeyboardInterrupt


@contextmanager
def interruptible(what_is_kept: str, go_on: str) -> Iterator[None]:
    """A signal inside ends the command with what is kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        raise InterruptedRunError(what_is_kept, todo=go_on) from None


def status() -> int:
    """Exit status of a program that a signal ended: 128 and the signal's number, as shells say it."""
    return 128 + (_received[0] if _received else signal.SIGINT)
