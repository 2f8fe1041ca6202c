"""The one family of errors: each says what was wrong, where, and what to do next.

What each class means for the command line (exit status, first word) stands in one table,
``tidewaiter.cli.endings.ENDINGS``; errors of the system and of SQLite are turned into members of the
family there too.
"""

from __future__ import annotations


class TidewaiterError(Exception):
    """Root of every error the program raises on purpose.

    ``what`` was wrong, ``where`` (a path, an id, a row), and ``todo``: what the user can do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, todo: str | None = None) -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(what)

    def __str__(self) -> str:
        lines = [self.what if self.where is None else f"{self.where}: {self.what}"]
        if self.todo:
            lines.append(self.todo)
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        """As itself from one process to another, with all three parts."""
        return _again, (type(self), self.what, self.where, self.todo)


def _again(kind: type[TidewaiterError], what: str, where: str | None, todo: str | None) -> TidewaiterError:
    return kind(what, where=where, todo=todo)


class CaptureError(TidewaiterError):
    """A source could not be read or holds no article."""


class KnowledgeError(TidewaiterError):
    """A knowledge table has a row that does not fit."""


class ModelError(TidewaiterError):
    """A language model or another part of the installation is missing or is not the one pinned."""


class CaseError(TidewaiterError):
    """A case folder is missing, is not a case, or cannot be written."""


class UnknownIdError(TidewaiterError):
    """No such transfer, claim, document or field in the case."""


class MachineError(TidewaiterError):
    """The machine refused: no room on the disk, no permission, an input/output error, no memory."""


class DamageError(TidewaiterError):
    """A store of the case is damaged, or is not what the program wrote."""


class ProgramFaultError(TidewaiterError):
    """Something happened that nobody foresaw: a fault of the program."""


class InterruptedRunError(TidewaiterError):
    """The user pressed Ctrl-C, or the system asked the program to end."""


class OutputClosedError(TidewaiterError):
    """Whoever read the output stopped reading: nothing is left to say, and nobody to say it to."""
