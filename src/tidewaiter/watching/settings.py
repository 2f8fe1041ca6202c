"""What ``case.toml`` says of watching, under ``[watch]``, ``[watch.smtp]`` and ``[[watch.alert]]``."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from tidewaiter import knowledge
from tidewaiter.errors import CaseError
from tidewaiter.knowledge.parties import actor_codes, party_codes
from tidewaiter.model import Category, ChangeKind, Stage
from tidewaiter.watching.conditions import ANY, EVERYTHING, Condition
from tidewaiter.watching.table import Table
from tidewaiter.wording import ORGANISATION_WORDS

EVERY_SECONDS, SETTLE_SECONDS, COMMAND_SECONDS = 60, 5, 60

DAY, YEAR = 86_400, 366 * 86_400
"""Seconds; more than these nobody means."""

LAST_PORT = 65_535
"""RFC 9293: a port is a number of 16 bits."""


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
    table = Table(data.get("watch", {}), "watch", path)
    base = path.parent.resolve()
    folders = table.paths("folders", base)
    if not folders:
        raise CaseError(
            "names no folder to watch",
            where=f"{path}, [watch]",
            todo='Write below a line [watch]: folders = ["/path/to/reports"]',
        )
    made = WatchSettings(
        folders=folders,
        every=table.number("every", EVERY_SECONDS, YEAR),
        settle=table.number("settle", SETTLE_SECONDS, DAY),
        digest=table.path("digest", base),
        jsonl=table.path("jsonl", base),
        command=table.command("command", base),
        command_seconds=table.number("command_seconds", COMMAND_SECONDS, DAY, 1),
        mail=_mail(table.table("smtp"), base),
        alerts=(),
    )
    _keeps_apart(made, base, path)
    alerts = tuple(_alert(one, number, made, base) for number, one in enumerate(table.tables("alert"), 1))
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


def _mail(table: Table | None, base: Path) -> Mail | None:
    if table is None:
        return None
    made = Mail(
        host=table.text("host"),
        sender=table.text("from"),
        to=table.texts("to"),
        port=table.number("port", 0, LAST_PORT),
        security=table.word("security", Security, Security.STARTTLS),
        user=table.text("user", None),
        password_file=table.path("password_file", base),
        timeout=table.number("timeout", 30, DAY, 1),
    )
    if not made.to:
        raise table.misfit("to", "names nobody", 'Write: to = ["desk@example.org"]')
    if made.user is not None and made.password_file is None:
        raise table.misfit("user", "has no password", "Name the file that holds it: password_file.")
    table.end()
    return made


def _alert(table: Table, number: int, made: WatchSettings, base: Path) -> Alert:
    condition = Condition(
        kinds=table.words("kinds", ChangeKind),
        actors=tuple(_actor(table, base, one) for one in table.texts("actors")),
        pairs=tuple(
            (_party(table, base, supplier), _party(table, base, recipient))
            for supplier, recipient in table.pairs("pairs")
        ),
        categories=table.words("categories", Category),
        stages=table.words("stages", Stage),
        reliability=table.letter("reliability"),
        credibility=table.number("credibility", 0, 5, 1) or None,
    )
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


def _actor(table: Table, base: Path, given: str) -> str:
    """The code of somebody who may bring a change."""
    return _code(table, "actors", given, actor_codes(knowledge.load(base / "knowledge")))


def _party(table: Table, base: Path, given: str) -> str:
    """The code of a supplier or recipient, or ANY."""
    if given == ANY:
        return ANY
    return _code(table, "pairs", given, party_codes(knowledge.load(base / "knowledge")))


def _code(table: Table, key: str, given: str, codes: Mapping[str, str]) -> str:
    organisations = {code.casefold(): code for code in ORGANISATION_WORDS}
    found = organisations.get(given.casefold()) or codes.get(given.casefold())
    if found is None:
        raise table.misfit(
            key,
            f"has {given!r}, of whom the program does not know",
            "Give the three letters of ISO 3166-1 or the usual English name, or add the name to "
            "knowledge/actors_names.csv in the case.",
        )
    return found


def _keeps_apart(made: WatchSettings, base: Path, path: Path) -> None:
    """What the program writes must not be taken for reports.  Raises ``CaseError``."""
    for folder in made.folders:
        if _is_within(folder, base):
            raise CaseError(
                f"folders names {folder}, which is inside the case, where everything is the program's own",
                where=f"{path}, [watch]",
                todo="Put the reports into a folder outside of the case, and name that.",
            )
        for key, written in (("digest", made.digest), ("jsonl", made.jsonl)):
            if written is not None and _is_within(written, folder) and not _is_within(written, base):
                raise CaseError(
                    f"{key} names {written}, which is inside {folder}, where it would be read as a report",
                    where=f"{path}, [watch]",
                    todo="Name a place outside of the folders that are watched, such as one in the case.",
                )


def _is_within(path: Path, folder: Path) -> bool:
    real = Path(os.path.realpath(path))
    return Path(os.path.realpath(folder)) in (real, *real.parents)


def _names_differ(alerts: tuple[Alert, ...], path: Path) -> None:
    names = [one.name for one in alerts]
    if len(set(names)) < len(names):
        raise CaseError("two alerts have one name", where=f"{path}, [[watch.alert]]", todo="Name them apart.")
