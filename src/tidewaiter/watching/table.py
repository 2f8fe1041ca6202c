"""A table of ``case.toml``, read key by key; what does not fit is refused, with the place."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tidewaiter.errors import CaseError

UNPRINTED = ("Cc", "Zl", "Zp")
"""Categories of Unicode of what no name, address or path is written with: control characters, line ends."""


class Table:
    """A table of the file, read key by key; what nobody read is refused at the end."""

    def __init__(self, data: object, name: str, path: Path) -> None:
        if not isinstance(data, Mapping):
            raise CaseError(f"[{name}] is no table", where=str(path), todo=f"Write a line [{name}].")
        self._data, self._name, self._path = dict(data), name, path

    def _take(self, key: str, fits: Callable[[Any], bool], what: str, without: Any) -> Any:
        if key not in self._data:
            return without
        value = self._data.pop(key)
        if not fits(value):
            raise self.misfit(key, f"is not {what}", "See docs/watching.md.")
        return value

    def text(self, key: str, without: str | None = "") -> Any:
        found = self._take(key, _is_text, "text on one line", without)
        if found == "":
            raise self.misfit(key, "is missing", "See docs/watching.md.")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._take(key, _is_list_of_texts, "a list of texts, each on one line", ()))

    def command(self, key: str, base: Path) -> tuple[str, ...]:
        """A program and its arguments, which may have any form; one with a folder before it is a path."""

        def fits(value: Any) -> bool:
            return isinstance(value, list) and all(isinstance(one, str) and "\0" not in one for one in value)

        found: list[str] = self._take(key, fits, "a list of texts", [])
        if not found:
            return ()
        if not found[0].strip():
            raise self.misfit(key, "names no program", 'Write: command = ["/path/to/program"]')
        program = str(self._path_of(key, base, found[0])) if os.sep in found[0] else found[0]
        return (program, *found[1:])

    def number(self, key: str, without: int, most: int, least: int = 0) -> int:
        def fits(one: Any) -> bool:
            return isinstance(one, int) and not isinstance(one, bool) and least <= one <= most

        return int(self._take(key, fits, f"a whole number from {least} to {most}", without))

    def path(self, key: str, base: Path) -> Path | None:
        found = self.text(key, None)
        return None if found is None else self._path_of(key, base, found)

    def paths(self, key: str, base: Path) -> tuple[Path, ...]:
        return tuple(self._path_of(key, base, one) for one in self.texts(key))

    def _path_of(self, key: str, base: Path, text: str) -> Path:
        """The path meant by words in the file, without detours (a/../b), for reading."""
        try:
            return Path(os.path.normpath(base / Path(text).expanduser()))
        except RuntimeError as error:
            raise self.misfit(
                key, f"names the home of a user who is not known: {text}", "Write the whole path."
            ) from error

    def word(self, key: str, kind: Any, without: Any) -> Any:
        found = self.text(key, None)
        return without if found is None else self._one(key, kind, found)

    def words(self, key: str, kind: Any) -> tuple[Any, ...]:
        return tuple(self._one(key, kind, one) for one in self.texts(key))

    def _one(self, key: str, kind: Any, word: str) -> Any:
        try:
            return kind(word)
        except ValueError:
            known = ", ".join(one.value for one in kind)
            raise self.misfit(
                key, f"has {word!r}, which is none of its words", f"They are: {known}"
            ) from None

    def letter(self, key: str) -> str | None:
        found = self.text(key, None)
        if found is not None and found.upper() not in tuple("ABCDE"):
            raise self.misfit(key, "is not a letter from A to E", "A is reliable, E unreliable.")
        return None if found is None else str(found).upper()

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        def fits(value: Any) -> bool:
            return isinstance(value, list) and all(_is_list_of_texts(one) and len(one) == 2 for one in value)

        return tuple((a, b) for a, b in self._take(key, fits, "a list of supplier and recipient", ()))

    def table(self, key: str) -> Table | None:
        if key not in self._data:
            return None
        return Table(self._data.pop(key), f"{self._name}.{key}", self._path)

    def tables(self, key: str) -> list[Table]:
        found = self._take(key, lambda one: isinstance(one, list), "a list of tables", [])
        return [Table(one, f"{self._name}.{key}", self._path) for one in found]

    def misfit(self, key: str, what: str, todo: str) -> CaseError:
        return CaseError(f"{key} {what}", where=f"{self._path}, [{self._name}]", todo=todo)

    def end(self) -> None:
        """Refuse what is left, so that a slip of the pen shows.  Raises ``CaseError``."""
        for key in self._data:
            raise self.misfit(key, "is no setting", "Settings are listed in docs/watching.md.")


def _is_text(value: object) -> bool:
    return (
        isinstance(value, str)
        and bool(value.strip())
        and not any(unicodedata.category(one) in UNPRINTED for one in value)
    )


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))
