"""What an analyst names (ids as shown, sources, hashes) as what a judgement is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter import understood
from tidewaiter.errors import UnknownIdError
from tidewaiter.judging import targets, values
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.model import Document, Judgement, JudgementKind, Quantity, Reading, Target, TargetKind
from tidewaiter.pipeline.store_index import group_of
from tidewaiter.wording import name_of

Side = tuple[Target, ...]

_ROW = re.compile(r"t[0-9a-f]{10}")
"""The id of a row of the register."""

COMPARED = (JudgementKind.SAME, JudgementKind.NOT_SAME, JudgementKind.UNSURE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A judgement as it is asked for."""

    kind: JudgementKind
    named: tuple[str, ...]  # what is judged, then what is said of it
    at: str  # UTC, ISO 8601 to the second
    by: str
    why: str
    quote: str | None = None  # words of the report that it rests on
    relation: str | None = None  # of copies
    source: str | None = None  # of a rating: outlet, actor or speaker


class Namer:
    """Finds what is named in a case as last built."""

    def __init__(
        self,
        durable: DurableStore,
        derived: DerivedStore,
        tables: Knowledge,
        redirect: Callable[[str], str | None],
    ) -> None:
        """``redirect``: the row that a register id given out before means now."""
        self._tables = tables
        self._durable = durable
        self._derived = derived
        self._redirect = redirect

    def judgement(self, wanted: Wanted) -> Judgement:
        """The judgement, ready to be kept.

        Raises ``UnknownIdError`` where something named is not in the case, or cannot be judged so, and says
        what would fit.
        """
        named = wanted.named
        sides: tuple[Side, ...] = ()
        value: Mapping[str, str] = {}
        if wanted.kind in COMPARED:
            sides = self._compared(wanted)
            value = {} if wanted.relation is None else {"relation": wanted.relation}
        elif wanted.kind is JudgementKind.CORRECT:
            sides, value = self._corrected(wanted)
        elif wanted.kind is JudgementKind.RATE:
            value = self._rated(wanted)
            named = named[:1]
        elif wanted.kind is JudgementKind.REJECT:
            sides = (self._rejected(_first(wanted)),)
        else:
            sides = (self._noted(_first(wanted), wanted.quote),)
        return Judgement("", wanted.kind, wanted.at, wanted.by, wanted.why, named, sides, value)

    # ------------------------------------------------------------------- kinds of judgements

    def _compared(self, wanted: Wanted) -> tuple[Side, ...]:
        if len(wanted.named) < 2:
            raise _misfit(wanted.kind, "two things are compared", "Name two transfers, or two reports.")
        sides = _told_apart(tuple(self.side(one) for one in wanted.named), wanted.kind)
        kinds = {target.kind for side in sides for target in side}
        if len(kinds) > 1 or not kinds <= {TargetKind.DOCUMENT, TargetKind.TRANSFER}:
            raise _misfit(
                " ".join(wanted.named), "cannot be compared", "Name transfers alone, or reports alone."
            )
        every = [target for side in sides for target in side]
        if any(one in every[:number] for number, one in enumerate(every)):
            raise _misfit(" ".join(wanted.named), "is in part the same thing", "Name two that differ.")
        return sides

    def _corrected(self, wanted: Wanted) -> tuple[tuple[Side, ...], Mapping[str, str]]:
        if len(wanted.named) != 3:
            todo = "Write: correct rID FIELD VALUE, as in correct r0123456789 supplier PRK"
            raise _misfit(wanted.kind, "a correction names a reported transfer, a field and a value", todo)
        name, field, given = wanted.named
        document, reading, found = self._finding(name)
        if found is None or found.kind is not TargetKind.TRANSFER:
            raise _misfit(
                name, "is no reported transfer", "Its id begins with r; `explain` of a row shows them."
            )
        unfit = []
        value = ""
        words: tuple[Side, ...] = ()
        try:
            value = values.checked(field, given, self._party)
        except ValueError as error:
            unfit.append(_misfit(field, str(error), None))
        try:
            words = () if wanted.quote is None else ((_words(document, wanted.quote),),)
        except UnknownIdError as error:
            unfit.append(error)
        if unfit:
            raise together(unfit)
        transfer = next(one for one in reading.transfers if one.id == name.rpartition(":")[2])
        kept = {"field": field, "value": value, "read": _read(getattr(transfer, field))}
        return ((found,), *words), kept

    def _rejected(self, name: str) -> Side:
        side = self.side(name)
        if len(side) > 1 or side[0].kind not in (TargetKind.TRANSFER, TargetKind.CLAIM):
            raise _misfit(
                name,
                "cannot be rejected",
                "Name a reported transfer (r...) or a claim (DOCUMENT:c2); a report is left out with remove.",
            )
        return side

    def _noted(self, name: str, quote: str | None) -> Side:
        if quote is None:
            return self.side(name)
        return (_words(self._named_document(name)[0], quote),)

    def _rated(self, wanted: Wanted) -> Mapping[str, str]:
        if len(wanted.named) != 2 or wanted.named[1].upper() not in values.RELIABILITIES:
            raise _misfit(
                wanted.kind, "a rating names a source and a letter", "Write: rate SOURCE A, ... or F"
            )
        name, letter = wanted.named
        found = self._sources(name)
        wished = [one for one in found if wanted.source in (None, one[0])]
        if len(wished) != 1:
            what = f"is {' and '.join(kind for kind, _ in wished)}" if wished else "is no source in the case"
            raise _misfit(
                name, what, "Say which is meant with --source outlet, actor or speaker, and write it in full."
            )
        ((kind, known),) = wished
        return {"source": kind, "name": known, "reliability": letter.upper()}

    # ------------------------------------------------------------------- what is named

    def side(self, name: str) -> Side:
        """The targets that a name means: of a row of the register all its reported transfers."""
        members = self._members(name)
        if members is None and _ROW.fullmatch(name) and not self._is_source(name):
            raise _misfit(name, "the register has no such transfer", "Ids are those that `register` shows.")
        if members is not None:
            found = [self._finding(f"{document}:{reported}")[2] for document, reported in members]
            return tuple(one for one in found if one is not None)
        document, _, found_one = self._finding(name)
        return (targets.of_document(document) if found_one is None else found_one,)

    def _members(self, name: str) -> Sequence[tuple[str, str]] | None:
        if not _ROW.fullmatch(name):
            return None
        group = group_of(self._derived, name) or group_of(self._derived, self._redirect(name) or "")
        return None if group is None else group.members

    def _finding(self, name: str) -> tuple[Document, Reading, Target | None]:
        """A finding with its document; None in its place where the document alone is named."""
        owner, colon, one = name.rpartition(":")
        try:
            if colon:
                document, reading = self._named_document(owner)
                return document, reading, self._target(document, reading, one)
        except UnknownIdError:
            if not self._is_source(name):  # which may have a colon, too
                raise
        if name.startswith("r") and (made := self._reporting(name)) is not None:
            return *made, self._target(*made, name)
        return *self._named_document(name), None

    def _target(self, document: Document, reading: Reading, name: str) -> Target:
        findings: tuple[targets.Finding, ...] = (*reading.transfers, *reading.claims, *reading.statements)
        for one in findings:
            if one.id == name:
                return targets.of_finding(document, reading, one)
        raise _misfit(
            f"{document.id}:{name}",
            "the report has no such reported transfer, claim or statement",
            "See the ids with: tidewaiter export CASE",
        )

    def _reporting(self, name: str) -> tuple[Document, Reading] | None:
        """The document that reports a transfer, rejected or not."""
        document = self._derived.links.document_of(name)
        if document is not None:
            return self._named_document(document)
        for sha256 in self._derived.judged.all_edits():
            made = self._derived.fresh(sha256)
            if made is not None and any(one.id == name for one in made[1].transfers):
                return made
        return None

    def _is_source(self, name: str) -> bool:
        try:
            return bool(self._durable.find(name))
        except UnknownIdError:
            return False

    def _named_document(self, name: str) -> tuple[Document, Reading]:
        """By source, hash or id, as the program read it."""
        for one in self._durable.find(name):
            made = self._derived.fresh(one.sha256) if one.withdrawn_at is None else None
            if made is not None:
                return made
        raise UnknownIdError(
            "gives no report",
            where=name,
            todo="It was removed, failed, or is not built: tidewaiter build CASE",
        )

    def _party(self, told: str) -> str:
        """The code of an actor by code or name: of those that the case has, else of those known.  Raises
        ``ValueError`` where nobody is called so."""
        rows = self._derived.ask("SELECT DISTINCT supplier AS code FROM reported_transfer")
        rows += self._derived.ask("SELECT DISTINCT recipient AS code FROM reported_transfer")
        known = sorted({str(row["code"]) for row in rows if row["code"]})
        found = understood.actor_named(told, self._tables, known)
        if found is None:
            raise ValueError(understood.no_actor(told, understood.nearest_actors(told, self._tables, known)))
        return found

    def _sources(self, name: str) -> list[tuple[str, str]]:
        """What of the case is called so: outlets, actors that claim something, speakers."""
        wanted = name.casefold()
        asked = (
            ("outlet", "SELECT DISTINCT outlet AS name FROM document"),
            ("actor", "SELECT DISTINCT actor AS name FROM claim"),
            ("speaker", "SELECT DISTINCT name FROM claim"),
        )
        found = []
        for kind, query in asked:
            for row in self._derived.ask(f"{query} ORDER BY 1"):
                known = row["name"]
                names = () if known is None else (known, name_of(known) if kind == "actor" else known)
                if wanted in [one.casefold() for one in names]:
                    found.append((kind, known))
        return found


class ManyUnfitError(UnknownIdError):
    """Several things that do not fit, each told by an error of its own."""

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        todo: str | None = None,
        every: Sequence[UnknownIdError] = (),
    ) -> None:
        self.every = tuple(every)
        super().__init__(what, where=where, todo=todo)


def each_of(error: UnknownIdError) -> Sequence[UnknownIdError]:
    """The errors that one tells of: itself, or several."""
    return error.every if isinstance(error, ManyUnfitError) else (error,)


def together(errors: Sequence[UnknownIdError]) -> UnknownIdError:
    """One that tells of one or more, each once."""
    every = {(one.where, one.what): one for error in errors for one in each_of(error)}
    first, *others = every.values()
    if not others:
        return first
    further = "; ".join(f"{one.where}: {one.what}" for one in others)
    return ManyUnfitError(
        f"{first.what}; {further}", where=first.where, todo=first.todo, every=(first, *others)
    )


def _told_apart(sides: tuple[Side, ...], kind: JudgementKind) -> tuple[Side, ...]:
    """Of a row that is told apart from one of its own reported transfers: what else is in it."""
    if kind is JudgementKind.SAME or len(sides) != 2:
        return sides
    first, second = sides
    for one, row in ((first, second), (second, first)):
        if len(one) == 1 < len(row) and one[0] in row:
            rest = tuple(other for other in row if other != one[0])
            return (rest, one) if row is first else (one, rest)
    return sides


def _first(wanted: Wanted) -> str:
    if len(wanted.named) != 1:
        raise _misfit(wanted.kind, "one thing is named", "Name one id, or one report.")
    return wanted.named[0]


def _words(document: Document, quote: str) -> Target:
    found = targets.of_words(document, quote)
    if found is None:
        raise _misfit(quote, f"these words do not stand in {document.source}", "Copy them as they stand.")
    return found


def _read(value: object) -> str:
    """A value as it was read, in the words in which a correction is written."""
    if value is None:
        return values.UNKNOWN
    return value.text if isinstance(value, Quantity) else str(value)


def _misfit(where: str, what: str, todo: str | None) -> UnknownIdError:
    return UnknownIdError(what, where=where, todo=todo)
