"""How the program ends: which error gives which exit status and which message, in one table."""

from __future__ import annotations

import errno
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from tidewaiter.errors import (
    CaptureError,
    CaseError,
    DamageError,
    InterruptedRunError,
    KnowledgeError,
    MachineError,
    ModelError,
    OutputClosedError,
    ProgramFaultError,
    TidewaiterError,
    UnknownIdError,
)

PARTLY = 1
"""Exit status of a command that is done, but not for all: a source could not be read, or something
that ``verify`` looked at does not hold."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What an error means for the command line."""

    status: int
    head: str  # the first word of the message; none: the program ends silently


ENDINGS: Mapping[type[TidewaiterError], Ending] = {
    TidewaiterError: Ending(1, "Error"),
    CaptureError: Ending(1, "Error"),
    CaseError: Ending(2, "Error"),
    UnknownIdError: Ending(2, "Error"),
    KnowledgeError: Ending(3, "Error"),
    ModelError: Ending(3, "Error"),
    MachineError: Ending(4, "Error"),
    DamageError: Ending(5, "Error"),
    ProgramFaultError: Ending(70, "Fault"),  # EX_SOFTWARE of sysexits.h
    InterruptedRunError: Ending(130, "Stopped"),  # 128 + SIGINT; 143 when it was SIGTERM
    OutputClosedError: Ending(141, ""),  # 128 + SIGPIPE, as of a program that the signal ended
}
"""The one mapping from errors to exit status and message; a class that is not named ends as the class
it is derived from."""

_RUN_AGAIN = "Then run the same command again: what was done is kept."

SYSTEM: Mapping[int, tuple[str, str]] = {
    errno.ENOSPC: ("there is no room left on the disk", f"Make room. {_RUN_AGAIN}"),
    errno.EDQUOT: ("the quota of the disk is used up", f"Make room. {_RUN_AGAIN}"),
    errno.EROFS: ("the disk is read-only", "Name a place that can be written, or copy the case to one."),
    errno.EACCES: ("permission denied", "Check who owns it and who may read and write it."),
    errno.EPERM: ("permission denied", "Check who owns it and who may read and write it."),
    errno.EIO: (
        "the disk failed (input/output error)",
        "Check the disk, then the case with tidewaiter verify.",
    ),
    errno.EMFILE: ("too many files are open", f"Raise the limit (ulimit -n). {_RUN_AGAIN}"),
    errno.ENFILE: ("too many files are open on this machine", f"Close other programs. {_RUN_AGAIN}"),
    errno.ENOMEM: ("there is not enough memory", f"Close other programs, or use --jobs 1. {_RUN_AGAIN}"),
}
"""What the system says by number, in words, and what to do."""

SQLITE: Mapping[str, tuple[type[TidewaiterError], str, str]] = {
    "SQLITE_FULL": (MachineError, *SYSTEM[errno.ENOSPC]),
    "SQLITE_READONLY": (MachineError, "a store of the case is read-only", SYSTEM[errno.EROFS][1]),
    "SQLITE_CANTOPEN": (MachineError, "a store of the case cannot be opened", SYSTEM[errno.EACCES][1]),
    "SQLITE_PERM": (MachineError, *SYSTEM[errno.EACCES]),
    "SQLITE_IOERR": (MachineError, *SYSTEM[errno.EIO]),
    "SQLITE_NOMEM": (MachineError, *SYSTEM[errno.ENOMEM]),
    "SQLITE_BUSY": (
        CaseError,
        "another program is writing to the case",
        "Wait until it is done, then run the same command again.",
    ),
    "SQLITE_LOCKED": (
        CaseError,
        "another program is writing to the case",
        "Wait until it is done, then run the same command again.",
    ),
    "SQLITE_CORRUPT": (
        DamageError,
        "a store of the case is damaged",
        "See what is: tidewaiter verify CASE. What is derived, tidewaiter rebuild CASE makes again.",
    ),
    "SQLITE_NOTADB": (
        DamageError,
        "a store of the case is no database",
        "See what is: tidewaiter verify CASE. What is derived, tidewaiter rebuild CASE makes again.",
    ),
}
"""What SQLite says, by the name of its primary result code (https://www.sqlite.org/rescode.html)."""


def as_member(error: BaseException) -> TidewaiterError:
    """The error as a member of the family: itself, or what it means in words."""
    if isinstance(error, TidewaiterError):
        return _of_damage(error)
    if isinstance(error, KeyboardInterrupt):
        return InterruptedRunError("nothing was changed", todo="Run the same command again.")
    if isinstance(error, BrokenPipeError):
        return OutputClosedError("nobody reads the output any more")
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, MemoryError):
        return MachineError(SYSTEM[errno.ENOMEM][0], todo=SYSTEM[errno.ENOMEM][1])
    if isinstance(error, ImportError):
        return ModelError(
            f"the installation lacks something ({error})", todo="Install Tidewaiter again, as README.md says."
        )
    return _of_library(error) or ProgramFaultError(
        f"a fault of the program ({type(error).__name__}: {error})",
        todo="What was kept is kept. Run the command again with --verbose and report what it prints.",
    )


def ending(error: TidewaiterError) -> Ending:
    """The row of the table for an error."""
    return next(ENDINGS[kind] for kind in type(error).__mro__ if kind in ENDINGS)


def _of_system(error: OSError) -> TidewaiterError:
    what, todo = SYSTEM.get(
        error.errno or 0, (error.strerror or str(error), f"Check that place. {_RUN_AGAIN}")
    )
    where = error.filename if isinstance(error.filename, str) else None
    return MachineError(what, where=where, todo=todo)


def _of_library(error: BaseException) -> TidewaiterError | None:
    """Errors of modules that are loaded only where they are used: looked up, so that the start stays
    short."""
    sqlite3 = sys.modules.get("sqlite3")
    if sqlite3 is not None and isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    process = sys.modules.get("concurrent.futures.process")
    if process is not None and isinstance(error, process.BrokenProcessPool):
        return MachineError(
            "a worker process ended before its work was done; often there was not enough memory",
            todo=f"Use --jobs 1. {_RUN_AGAIN}",
        )
    return None


def _of_damage(error: TidewaiterError) -> TidewaiterError:
    """The error; where SQLite says under it that a store is damaged, as that."""
    under = None if error.__cause__ is None else _of_library(error.__cause__)
    if isinstance(under, DamageError):
        return DamageError(error.what, where=error.where, todo=under.todo)
    return error


def _of_sqlite(error: BaseException) -> TidewaiterError | None:
    name = str(getattr(error, "sqlite_errorname", "") or "")
    primary = "_".join(name.split("_")[:2])  # SQLITE_IOERR_WRITE is an SQLITE_IOERR
    if primary not in SQLITE:
        return None
    kind, what, todo = SQLITE[primary]
    return kind(f"{what} ({error})", todo=todo)
