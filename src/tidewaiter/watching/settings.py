"""What ``case.toml`` says of watching, under ``[watch]``, ``[watch.smtp]`` and ``[[watch.alert]]``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from tidewaiter.errors import CaseError
from tidewaiter.model import Category, ChangeKind, Stage
from tidewaiter.watching.conditions import EVERYTHING, Condition

EVERY_SECONDS, SETTLE_SECONDS, COMMAND_SECONDS = 60, 5, 60


class Channel(StrEnum):
    """In what way a change is told."""

    TERMINAL = "terminal"
    DIGEST = "digest"
    JSONL = "jsonl"
    COMMAND = "command"
    SMTP = "smtp"


class Security(StrEnum):
    """How a mail server is spoken to."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server, and from and to whom."""

    host: str
    sender: str
    to: tuple[str, ...]
    port: int = 0  # 0: the usual one
    security: Security = Security.STARTTLS
    user: str | None = None
    password_file: Path | None = None
    timeout: int = 30  # seconds


@dataclass(frozen=True, slots=True)
class Alert:
    """Which changes are told, and in what ways."""

    name: str
    condition: Condition
    to: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """What ``case.toml`` says; paths are whole, relative ones taken from the case folder."""

    folders: tuple[Path, ...]
    every: int = EVERY_SECONDS
    settle: int = SETTLE_SECONDS
    digest: Path | None = None
    jsonl: Path | None = None
    command: tuple[str, ...] = ()
    command_seconds: int = COMMAND_SECONDS
    mail: Mail | None = None
    alerts: tuple[Alert, ...] = ()

    @property
    def wants_disputes(self) -> bool:
        """Whether an alert may be about reports that disagree."""
        kinds = [one.condition.kinds for one in self.alerts]
        return any(not one or ChangeKind.CONTRADICTED in one for one in kinds)


def read_watch_settings(path: Path) -> WatchSettings:
    """The settings for watching in a ``case.toml``.

    Raises ``CaseError`` for what does not fit, and where no folder is named.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise CaseError(f"cannot be read: {error}", where=str(path), todo="Correct it by hand.") from error
    table = _Table(data.get("watch", {}), "watch", path)
    base = path.parent.resolve()
    folders = tuple(_path(base, one) for one in table.texts("folders"))
    if not folders:
        raise CaseError(
            "names no folder to watch",
            where=f"{path}, [watch]",
            todo='Write below a line [watch]: folders = ["/path/to/reports"]',
        )
    made = WatchSettings(
        folders=folders,
        every=table.number("every", EVERY_SECONDS),
        settle=table.number("settle", SETTLE_SECONDS),
        digest=table.path("digest", base),
        jsonl=table.path("jsonl", base),
        command=table.texts("command"),
        command_seconds=table.number("command_seconds", COMMAND_SECONDS),
        mail=_mail(table.table("smtp"), base),
        alerts=(),
    )
    alerts = tuple(_alert(one, number, made) for number, one in enumerate(table.tables("alert"), 1))
    table.end()
    _names_differ(alerts, path)
    everything = Alert("everything", EVERYTHING, _configured(made))
    return replace(made, alerts=alerts or (everything,))


def _configured(made: WatchSettings) -> tuple[Channel, ...]:
    """The ways of telling for which something is set."""
    there = {
        Channel.TERMINAL: True,
        Channel.DIGEST: made.digest is not None,
        Channel.JSONL: made.jsonl is not None,
        Channel.COMMAND: bool(made.command),
        Channel.SMTP: made.mail is not None,
    }
    return tuple(one for one in Channel if there[one])


def _mail(table: _Table | None, base: Path) -> Mail | None:
    if table is None:
        return None
    made = Mail(
        host=table.text("host"),
        sender=table.text("from"),
        to=table.texts("to"),
        port=table.number("port", 0),
        security=table.word("security", Security, Security.STARTTLS),
        user=table.text("user", None),
        password_file=table.path("password_file", base),
        timeout=table.number("timeout", 30),
    )
    if not made.to:
        raise table.misfit("to", "names nobody", 'Write: to = ["desk@example.org"]')
    if made.user is not None and made.password_file is None:
        raise table.misfit("user", "has no password", "Name the file that holds it: password_file.")
    table.end()
    return made


def _alert(table: _Table, number: int, made: WatchSettings) -> Alert:
    condition = Condition(
        kinds=table.words("kinds", ChangeKind),
        actors=table.texts("actors"),
        pairs=table.pairs("pairs"),
        categories=table.words("categories", Category),
        stages=table.words("stages", Stage),
        reliability=table.letter("reliability"),
        credibility=table.number("credibility", 0) or None,
    )
    if condition.credibility is not None and condition.credibility > 5:
        raise table.misfit("credibility", "is not 1 to 5", "1 is confirmed, 5 improbable.")
    configured = _configured(made)
    to = table.words("to", Channel) or configured
    for one in to:
        if one not in configured:
            raise table.misfit(
                "to", f"names {one}, for which nothing is set", f"Set it under [watch]: {one}."
            )
    name = table.text("name", f"alert {number}") or ""
    table.end()
    return Alert(name, condition, to)


def _names_differ(alerts: tuple[Alert, ...], path: Path) -> None:
    names = [one.name for one in alerts]
    if len(set(names)) < len(names):
        raise CaseError("two alerts have one name", where=f"{path}, [[watch.alert]]", todo="Name them apart.")


# ------------------------------------------------------------------------------------ reading TOML


class _Table:
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
        found = self._take(key, lambda one: isinstance(one, str) and bool(one.strip()), "text", without)
        if found == "":
            raise self.misfit(key, "is missing", "See docs/watching.md.")
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._take(key, _is_list_of_texts, "a list of texts", ()))

    def number(self, key: str, without: int) -> int:
        def fits(one: Any) -> bool:
            return isinstance(one, int) and not isinstance(one, bool) and one >= 0

        return int(self._take(key, fits, "a whole number", without))

    def path(self, key: str, base: Path) -> Path | None:
        found = self.text(key, None)
        return None if found is None else _path(base, found)

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

    def table(self, key: str) -> _Table | None:
        if key not in self._data:
            return None
        return _Table(self._data.pop(key), f"{self._name}.{key}", self._path)

    def tables(self, key: str) -> list[_Table]:
        found = self._take(key, lambda one: isinstance(one, list), "a list of tables", [])
        return [_Table(one, f"{self._name}.{key}", self._path) for one in found]

    def misfit(self, key: str, what: str, todo: str) -> CaseError:
        return CaseError(f"{key} {what}", where=f"{self._path}, [{self._name}]", todo=todo)

    def end(self) -> None:
        """Refuse what is left, so that a slip of the pen shows.  Raises ``CaseError``."""
        for key in self._data:
            raise self.misfit(key, "is no setting", "Settings are listed in docs/watching.md.")


def _path(base: Path, text: str) -> Path:
    """The path meant by words in the file, without detours (a/../b), for reading."""
    return Path(os.path.normpath(base / Path(text).expanduser()))


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one for one in value)
