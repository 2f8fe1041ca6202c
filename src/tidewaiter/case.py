"""A case folder: settings, captures, ledger.  What the command line and the case app hold.

```
case.toml         name, day made, settings; may be changed by hand
captures/ab/...   the preserved bytes, named by their SHA-256
custody.jsonl     what was taken in, from where, when and by whom; only ever appended to
ids.jsonl         ids given out, and what for; only ever appended to
judgements.jsonl  what analysts decided, and why; only ever appended to
durable.sqlite    what these records say, to be asked; made again from them when it is gone
derived.sqlite    everything computed; may be deleted, the next build makes it again
past/             the same for days that were asked for (``--as-of``); may be deleted
workings.sqlite   what comparing found in single reports and pairs of them; may be deleted
arrivals.sqlite   what was sent to the case app until it is in custody (see ``tidewaiter.web.adding``)
watch.sqlite      what a watch saw and told (see ``tidewaiter.watching``)
knowledge/        tables of the case's own (optional)
dossier.html      the report
case.lock         held by the one program that writes to the case, and says which
```

Nothing inside points outside, so the folder can be moved, copied and archived.
"""

from __future__ import annotations

import getpass
import json
import os
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from tidewaiter import knowledge, pipeline, places
from tidewaiter.errors import CaseError, UnknownIdError
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.durable import DurableStore, Noted
from tidewaiter.ledger.files import DISK
from tidewaiter.ledger.lock import WAIT_SECONDS, Say, WriterLock, say_nothing
from tidewaiter.ledger.shelf import Shelf
from tidewaiter.ledger.workings import Workings
from tidewaiter.model import (
    Capture,
    Clock,
    Document,
    Judged,
    Judgement,
    Reading,
    Register,
)
from tidewaiter.pipeline import Added, Asked, Built, Handed, Progress, Taken, View
from tidewaiter.pipeline.lists import Lists
from tidewaiter.pipeline.naming import Namer, Wanted, together
from tidewaiter.places import Atlas
from tidewaiter.sizes import DOSSIER_TRANSFERS

if TYPE_CHECKING:
    from tidewaiter.dossier.typeset import Typeset

CASE_FILE = "case.toml"
DOSSIER = "dossier.html"
FORMAT = 1
"""Version of the layout of the folder."""

SETTINGS = ("as_of", "captured_by")
"""What may stand under [settings] in case.toml."""


# ------------------------------------------------------------------------------------ the clock


def now(environment: Mapping[str, str] = os.environ) -> str:
    """The moment that everything made now bears: UTC, ISO 8601 to the second.

    ``SOURCE_DATE_EPOCH`` (seconds since 1970, see reproducible-builds.org) sets it, so that two runs
    can be compared byte by byte.  Raises ``CaseError`` when it is not a number of seconds.
    """
    given = environment.get("SOURCE_DATE_EPOCH")
    if not given:
        return _stamp(datetime.now(UTC))
    try:
        return _stamp(datetime.fromtimestamp(int(given), UTC))
    except (ValueError, OverflowError, OSError) as error:
        raise CaseError(
            f"SOURCE_DATE_EPOCH is {given!r}, not a number of seconds since 1970",
            todo="Unset it, or set it as `date +%s` prints it.",
        ) from error


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


# ------------------------------------------------------------------------------------ settings


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``case.toml`` says."""

    name: str
    created: str  # UTC, ISO 8601
    as_of: str | None = None  # ISO day for which open questions are put; None: the day of the clock
    captured_by: str | None = None  # name for the custody record; None: the account's


def read_settings(path: Path) -> Settings:
    """The settings in a ``case.toml``.

    Raises ``CaseError`` for a file that is not TOML, has an unknown key or a value that does not fit.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # no UTF-8, no TOML, nested without end
        raise CaseError(f"cannot be read: {error}", where=str(path), todo="Correct it by hand.") from error
    if data.get("format", FORMAT) != FORMAT:
        raise CaseError(
            f"the case has format {data['format']}, known is {FORMAT}",
            where=str(path),
            todo="Use the version of Tidewaiter that made it, or a newer one.",
        )
    chosen = data.get("settings", {})
    if not isinstance(chosen, dict):
        raise CaseError(
            "the settings are no table", where=str(path), todo="Put them under a line [settings]."
        )
    as_of = _check_settings(chosen, path)
    return Settings(
        name=str(data.get("name") or path.parent.resolve().name),
        created=str(data.get("created", "")),
        as_of=as_of,
        captured_by=chosen.get("captured_by"),
    )


def _check_settings(chosen: Mapping[str, object], path: Path) -> str | None:
    """The day in ``as_of``, as ISO 8601 writes it in full."""
    for key, value in chosen.items():
        if key not in SETTINGS:
            raise CaseError(
                f"there is no setting {key!r}", where=str(path), todo=f"Settings are: {', '.join(SETTINGS)}."
            )
        if not isinstance(value, str):
            raise CaseError(
                f"the setting {key!r} is not text", where=str(path), todo="Put it in quotation marks."
            )
    as_of = chosen.get("as_of")
    return None if as_of is None else check_day(str(as_of), f"{path}, as_of")


def check_day(text: str, where: str) -> str:
    """``text`` if it is a day.  Raises ``CaseError`` otherwise."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise CaseError(f"{text!r} is not a day", where=where, todo="Write it like 2022-11-08.") from error


def check_past_day(text: str, where: str, at: str) -> str:
    """``text`` if it is a day that is not after the moment ``at`` (UTC, ISO 8601).  Raises ``CaseError``
    otherwise."""
    day = check_day(text, where)
    if day > at[:10]:
        raise CaseError(
            f"{day} is still to come (today is {at[:10]}, UTC)",
            where=where,
            todo="Name today or a day that is past.",
        )
    return day


def _settings_text(name: str, created: str) -> str:
    return f"""\
# A Tidewaiter case.  This file may be changed by hand.
format = {FORMAT}
name = {_toml(name)}
created = {_toml(created)}

[settings]
# as_of = "2022-11-08"          # the day for which open questions are put; otherwise the day of the build
# captured_by = "A. Analyst"    # name in the custody record; otherwise the account that runs the program
"""


def _toml(text: str) -> str:
    """A TOML basic string: what JSON writes, without control characters."""
    return json.dumps("".join(one for one in text if one.isprintable()), ensure_ascii=False)


# ------------------------------------------------------------------------------------ the case


class Case:
    """An open case.  Use as a context manager, so that both stores are closed.

    It is opened for reading; what writes takes the writer's lock for as long as it writes.  ``say`` is
    told what the user should know meanwhile: that another program is waited for, and what was mended.
    """

    wait_seconds = WAIT_SECONDS
    """How long to wait for another program that writes to the case."""

    def __init__(self, folder: Path, say: Say = say_nothing) -> None:
        """Open the case in ``folder``.

        Raises ``CaseError`` when there is none, or its settings or stores cannot be opened.
        """
        if not (folder / CASE_FILE).is_file():
            raise CaseError(
                "is not a case",
                where=str(folder),
                todo=f"Make one with: tidewaiter new {folder}",
            )
        self.folder = folder
        self.settings = read_settings(folder / CASE_FILE)
        self.say = say
        self._lock = WriterLock(folder)
        self.durable = DurableStore(folder, write=False)
        for notice in self.durable.notices:
            say(notice)
        self.derived = DerivedStore(folder)
        self.knowledge = knowledge.load(folder / "knowledge")
        self._shelf = Shelf(folder)

    @contextmanager
    def writing(self, doing: str, at: str) -> Iterator[None]:
        """Be the one program that writes to the case, for the time of the block.

        ``doing``: what for, as in "building"; ``at``: UTC, since when; both are shown to others.
        Raises ``CaseError`` when another program still writes after ``wait_seconds``, when the case
        can only be read, or when its records lost something (see ``DurableStore.prepare``).
        """
        first = not self._lock.held
        with self._lock.hold(doing, at, wait_seconds=self.wait_seconds, waiting=self.say):
            if first:
                self._prepare()
            yield

    def _prepare(self) -> None:
        said = len(self.durable.notices)
        self.durable.prepare()
        for notice in self.durable.notices[said:]:
            self.say(notice)

    @classmethod
    def create(cls, folder: Path, at: str, name: str | None = None, say: Say = say_nothing) -> Case:
        """Make a case in a new or empty folder.

        ``at``: UTC, ISO 8601.  Raises ``CaseError`` when something stands there already.
        """
        if (folder / CASE_FILE).exists():
            raise CaseError(
                "is a case already", where=str(folder), todo=f"Add to it with: tidewaiter add {folder} ..."
            )
        try:
            # what a program that makes the same case at this moment has begun does not count
            begun = f".{CASE_FILE}."
            if folder.exists() and any(not one.name.startswith(begun) for one in folder.iterdir()):
                raise CaseError(
                    "is not empty and is not a case",
                    where=str(folder),
                    todo="Name a folder that is new or empty.",
                )
            folder.mkdir(parents=True, exist_ok=True)
            text = _settings_text(name or folder.resolve().name, at)
            write_text(folder / CASE_FILE, text)
        except OSError as error:
            raise CaseError(
                f"cannot be made ({error.strerror})",
                where=str(folder),
                todo="Name a folder that can be written.",
            ) from error
        case = cls(folder, say)
        with case.writing("making the case", at):
            return case

    @classmethod
    def open_or_create(cls, folder: Path, at: str, say: Say = say_nothing) -> Case:
        """The case in ``folder``, made if there is none.  Raises ``CaseError`` as the two do."""
        if not (folder / CASE_FILE).is_file():
            try:
                return cls.create(folder, at, say=say)
            except CaseError:
                if not (folder / CASE_FILE).is_file():  # otherwise another program made it meanwhile
                    raise
        return cls(folder, say)

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the stores; the writer's lock stays held where it is."""
        self._shelf.close()
        self.durable.close()
        self.derived.close()

    # --------------------------------------------------------------------------- the flow

    def add(
        self,
        sources: Iterable[Path],
        at: str,
        given_date: str | None = None,
        progress: Progress = pipeline.no_progress,
    ) -> Added:
        """Take files, and the files of folders, into the case.  ``given_date``: EDTF, the publication
        date of those that have none."""
        from tidewaiter.capture.folders import is_inside

        paths, left_out = pipeline.files_of(sources)
        # never the case's own files, when it stands inside a folder named
        paths = [path for path in paths if not is_inside(path, self.folder)]
        taking = pipeline.Taking(at, self.settings.captured_by or account())
        with self.writing("adding", at):
            added = pipeline.add(self.durable, paths, taking, given_date, progress)
        return replace(added, left_out=left_out)

    def take_in(
        self, handed: Sequence[Handed], at: str, given_date: str | None = None, by: str | None = None
    ) -> tuple[Taken, ...]:
        """Take reports that were handed over as bytes into the case, as ``add`` does with files.

        ``at``: UTC, when they were handed over; ``given_date``: EDTF, the publication date of those that have
        none; ``by``: who handed them over, for the custody record.
        """
        taking = pipeline.Taking(at, by or self.settings.captured_by or account())
        with self.writing("adding", at):
            return pipeline.take_in(self.durable, handed, taking, given_date)

    def build(
        self, at: str, progress: Progress = pipeline.no_progress, *, jobs: int = 1, anew: bool = False
    ) -> Built:
        """Read what is new or changed, link everything and make the register.

        ``jobs``: processes that read; ``anew``: whatever has been read and found before.
        """
        with self.writing("building", at):
            if anew:
                self._shelf.clear()
            return pipeline.build(
                self.durable,
                self.derived,
                self.knowledge,
                as_of=self.settings.as_of or at[:10],
                now=at,
                jobs=jobs,
                anew=anew,
                progress=progress,
            )

    def remove(self, what: str, at: str, reason: str | None = None) -> tuple[Noted, ...]:
        """Take a report out of what is built (see ``DurableStore.withdraw``); the next build shows it."""
        with self.writing("removing", at):
            return self.durable.withdraw(what, at, self.settings.captured_by or account(), reason)

    # --------------------------------------------------------------------------- judgements

    @property
    def judging_as(self) -> str:
        """Who judges, where nobody else is named."""
        return self.settings.captured_by or account()

    def judge(self, wanted: Wanted) -> Judgement:
        """Keep a judgement; the next build acts on it.

        Raises ``UnknownIdError`` where something named is not in the case as last built, or cannot be judged
        so; ``CaseError`` before the first build.
        """
        (made,) = self.judge_all([wanted])
        return made

    def judge_all(self, wanted: Sequence[Wanted]) -> tuple[Judgement, ...]:
        """Keep several judgements made at one moment, all of them or, where one cannot be made, none.

        Raises as ``judge`` does; of several that cannot be made the error tells all (``naming.each_of``).
        """
        if not self.is_built:
            raise self._not_built()
        with self.writing("judging", wanted[0].at):
            namer = Namer(self.durable, self.derived, self.knowledge, self.redirect)
            ready, unfit = [], []
            for one in wanted:
                try:
                    ready.append(namer.judgement(one))
                except UnknownIdError as error:
                    unfit.append(error)
            if unfit:
                raise together(unfit)
            return tuple(self.durable.judgements.make(self.durable.judgements.anew(one)) for one in ready)

    def judge_again(self, name: str, at: str, by: str) -> Judgement:
        """Decide once more what a judgement said that was withdrawn, on the same words: a judgement of its
        own, later than all others.  Raises ``UnknownIdError`` when there is none of that id."""
        with self.writing("judging", at):
            former = self.durable.judgements.get(name)
            if former.withdrawn_at is None:
                return former
            anew = replace(
                former, id="", at=at, by=by, withdrawn_at=None, withdrawn_by=None, withdrawn_why=None
            )
            last = self.durable.judgements.all()[-1]
            if replace(last, id="", at=at) == anew:
                return last  # a form that is sent twice decides once
            return self.durable.judgements.make(self.durable.judgements.anew(anew))

    def withdraw_judgement(self, name: str, at: str, by: str, why: str | None = None) -> bool:
        """Undo a judgement; False where it was before.  Raises ``UnknownIdError`` when there is none."""
        with self.writing("judging", at):
            return self.durable.judgements.withdraw(name, at, by, why)

    def judged(self) -> tuple[Judged, ...]:
        """Every judgement with what became of it in the last build."""
        return pipeline.judged(self.durable, self.derived)

    def undone(self) -> tuple[Judged, ...]:
        """The judgements made or withdrawn since the last build: the next one acts on them."""
        return pipeline.waiting(self.durable, self.derived)

    # --------------------------------------------------------------------------- mending

    def mend(self, at: str) -> None:
        """Make the durable store again from its records as they stand, whatever is wrong with these
        (see ``DurableStore.rebuild_from_custody``)."""
        with self._lock.hold("mending", at, wait_seconds=self.wait_seconds, waiting=self.say):
            said = len(self.durable.notices)
            self.durable.rebuild_from_custody(at, self.settings.captured_by or account())
            for notice in self.durable.notices[said:]:
                self.say(notice)

    # --------------------------------------------------------------------------- what is in it

    def view(self) -> View:
        """The case as last built.  Raises ``CaseError`` before the first build."""
        shown = pipeline.view(self.derived, self.knowledge)
        if shown is None:
            raise self._not_built()
        return shown

    @property
    def is_built(self) -> bool:
        """Whether the case has been built."""
        return self.derived.register.as_of() is not None

    def _not_built(self) -> CaseError:
        return CaseError(
            "has not been built yet", where=str(self.folder), todo=f"Run: tidewaiter build {self.folder}"
        )

    def view_as_of(self, asked: Asked, progress: Progress = pipeline.no_progress) -> View:
        """The case as of a day that is past, by one of the two clocks; ``register.as_of`` says which and how
        much of the case that is (see ``pipeline.looking_back``).  It holds until the case is closed.

        Raises ``CaseError`` before the first build.
        """
        self.view()
        return pipeline.view_as_of(self.durable, self.derived, self.knowledge, self._shelf, asked, progress)

    def is_at_hand(self, asked: Asked) -> bool:
        """Whether the case as of a day was made before and is kept, so that looking at it takes no time."""
        return pipeline.is_at_hand(self.durable, self.derived, self.knowledge, self._shelf, asked)

    def report_days(self) -> tuple[Counter[str], Counter[str]]:
        """How many reports came to be public on each day, and how many came to be held."""
        return pipeline.report_days(self.durable, self.derived)

    def shown(self, asked: Asked | None, progress: Progress = pipeline.no_progress) -> View:
        """The case as of a day, or (None) as last built.  Raises ``CaseError`` before the first build."""
        return self.view() if asked is None else self.view_as_of(asked, progress)

    def compared(self, asked: Asked | None = None, progress: Progress = pipeline.no_progress) -> View:
        """The same with what comparing reports gives (utterances, discrepancies) ready to be looked up:
        worked out now where it is not kept of this state of the case, and kept.  Views taken before hold no
        longer.

        Raises ``CaseError`` before the first build.
        """
        shown = self.shown(asked, progress)
        if shown.lists.is_compared:
            return shown
        state = shown.lists.state
        store = shown.lists.store
        workings = Workings(self.folder, pipeline.linker_version(self.knowledge))
        try:
            found = pipeline.compare(shown, self.knowledge, progress, workings)
        finally:
            workings.close()
        if state is not None and (pipeline.keep(store, state, *found) or pipeline.hold(store, state, *found)):
            return self.shown(asked, progress)
        utterances, discrepancies = found  # another program built meanwhile, or the case can only be read
        register = replace(shown.register, utterances=utterances, discrepancies=discrepancies)
        return replace(shown, register=register)

    def dossier(
        self,
        at: str,
        shown: View | None = None,
        transfers: Collection[str] | None = None,
        most: int | None = DOSSIER_TRANSFERS,
    ) -> str:
        """The dossier as HTML.  ``at``: UTC, the moment it says it was made; ``shown``: of which view; None:
        of the case as last built; ``transfers``: register ids, of these alone; ``most``: else of so many,
        those told in the most reports; None: of all."""
        from tidewaiter.dossier import render_dossier

        shown = shown or self.view()
        return render_dossier(
            *self._told(shown),
            at,
            captures=self.captures(shown),
            transfers=transfers,
            most=most,
            atlas=self.atlas,
        )

    def markdown_dossier(
        self, shown: View, transfers: Collection[str] | None = None, most: int | None = DOSSIER_TRANSFERS
    ) -> str:
        """The dossier as Markdown."""
        from tidewaiter.dossier import render_markdown

        captures = self.captures(shown)
        return render_markdown(
            *self._told(shown), captures=captures, transfers=transfers, most=most, atlas=self.atlas
        )

    def pdf_dossier(
        self, shown: View, transfers: Collection[str] | None = None, most: int | None = DOSSIER_TRANSFERS
    ) -> Typeset:
        """The dossier as PDF, with the characters that no font here has.

        Raises ``ModelError`` where Typst is not installed.
        """
        from tidewaiter.dossier import render_pdf

        captures = self.captures(shown)
        return render_pdf(
            *self._told(shown), captures=captures, transfers=transfers, most=most, atlas=self.atlas
        )

    def _told(self, shown: View) -> tuple[str, Sequence[Document], Mapping[str, Reading], Register]:
        """What every format of the dossier is made from."""
        return self.settings.name, shown.documents, shown.readings, shown.register

    @property
    def atlas(self) -> Atlas:
        """Where places lie, with the case's own rows; read when first asked for."""
        return places.load(self.knowledge, self.folder / "knowledge")

    def captures(self, shown: View) -> dict[str, Capture]:
        """The custody of what a view is made of, by hash; as held by a day, as it was known then."""
        as_of = shown.register.as_of
        is_then = as_of is not None and as_of.clock is Clock.HELD
        held = self.durable.held_by(as_of.day) if as_of is not None and is_then else self.durable.held()
        return {one.capture.sha256: pipeline.capture_of(one) for one in held}

    def capture(self, sha256: str) -> Capture:
        """The custody of a capture.  Raises ``KeyError`` where the case does not hold it."""
        held = self.durable.one_held(sha256)
        if held is None:
            raise KeyError(sha256)
        return pipeline.capture_of(held)

    def redirect(self, register_id: str) -> str | None:
        """The row that a former register id means now.

        The one that holds the reported transfer which named the id; where that is gone (another
        reader finds other rows) the one that holds most of those for which the id was given out.
        None when nothing of it is left, or the id never was given out.
        """
        return self.redirect_in(self.view(), register_id)

    def redirect_in(self, shown: View, register_id: str) -> str | None:
        """The row of a view that a register id means, given out before or since; None where nothing of it is
        in the view."""
        return self._redirect(register_id, shown.lists)

    def redirects(self, shown: View) -> Iterator[tuple[str, str | None]]:
        """Every id that was given out and names no row any more, sorted, with the row that it means now; of
        a case as of a day those given out by then."""
        as_of = shown.register.as_of
        for register_id in self.durable.issued_ids(None if as_of is None else as_of.day):
            if not shown.lists.has_row(register_id):
                yield register_id, self._redirect(register_id, shown.lists)

    def _redirect(self, register_id: str, lists: Lists) -> str | None:
        from tidewaiter.linking.merging.transfers import digits

        named = lists.row_of_digits(digits(register_id))
        if named is not None:
            return named
        members = [lists.row_of(reported) for _, reported in self.durable.issued(register_id)]
        shared = Counter(row for row in members if row is not None)
        return max(sorted(shared), key=lambda row: shared[row], default=None)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all, flushed to disk.  Raises ``CaseError`` when it cannot be written."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")  # no other program's
    try:
        DISK.create(part, text.encode("utf-8", "replace"))
        DISK.sync(part)  # before it takes the place of what was there
        part.replace(path)
    except OSError as error:
        raise CaseError(
            f"cannot be written ({error.strerror})", where=str(path), todo="Name a place that can be written."
        ) from error
    finally:
        part.unlink(missing_ok=True)  # what failed, or Ctrl-C, left


def account() -> str:
    """The name of the account that runs the program, ``unknown`` where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


__all__ = [
    "Asked",
    "Case",
    "Clock",
    "Settings",
    "account",
    "check_day",
    "check_past_day",
    "now",
    "read_settings",
    "write_text",
]
