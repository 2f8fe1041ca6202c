"""The one family of errors: each says what was wrong, where, and what to do next."""

from __future__ import annotations


class TidewaiterError(Exception):
    """Root of every error the program raises on purpose.

    ``what`` was wrong, ``where`` (a path, an id, a row), and ``todo``: what the user can do about it.
    ``exit_code`` is the status the command line ends with.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str | None = None, todo: str | None = None) -> None:
        self.what, self.where, self.todo = what, where, todo
        super().__init__(what)

    def __str__(self) -> str:
        lines = [self.what if self.where is None else f"{self.where}: {self.what}"]
        if self.todo:
            lines.append(self.todo)
        return "\n".join(lines)


class CaptureError(TidewaiterError):
    """A source could not be read or holds no article."""


class KnowledgeError(TidewaiterError):
    """A knowledge table has a row that does not fit."""

    exit_code = 3


class ModelError(TidewaiterError):
    """A language model is missing or is not the one pinned."""

    exit_code = 3


class CaseError(TidewaiterError):
    """A case folder is missing, is not a case, or cannot be written."""

    exit_code = 2


class UnknownIdError(TidewaiterError):
    """No such transfer, claim, document or field in the case."""

    exit_code = 2
