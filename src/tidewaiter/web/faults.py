"""What pages and records say of an error: whoever looks at the case from elsewhere need not learn where it
lies on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from tidewaiter.errors import TidewaiterError


class Fault(NamedTuple):
    """An error as it is told."""

    where: str | None
    what: str  # without a full stop
    todo: str | None

    @property
    def sentence(self) -> str:
        """Begins with where: the part of the address or form, or the name of the file or folder."""
        return f"{self.where}: {self.what}." if self.where else f"{self.what[:1].upper()}{self.what[1:]}."


def fault_of(error: TidewaiterError) -> Fault:
    """The error, a path of this machine in it by its last part alone; the terminal and ``tidewaiter`` itself
    say the whole."""
    where = error.where
    if where is None or not Path(where).is_absolute():
        return Fault(where, error.what, error.todo)
    name = Path(where).name or where
    todo = None if error.todo is None else error.todo.replace(where, name)
    return Fault(name, error.what.replace(where, name), todo)
