"""What can be decided about what a page shows: gathered when the page asks for it, which it does where it has
forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from tidewaiter.judging.anchoring import locate
from tidewaiter.judging.values import FIELDS, RELIABILITIES, figure_of
from tidewaiter.judging.words import decided
from tidewaiter.model import (
    Category,
    Citation,
    Claim,
    Judged,
    Quantity,
    Reading,
    RegisterRow,
    ReportedTransfer,
    Span,
    Stage,
    Standing,
    Target,
    Utterance,
)
from tidewaiter.pipeline.making import document_id
from tidewaiter.register.reliabilities import WORDS
from tidewaiter.understood import day_named
from tidewaiter.web.judging.asked import RELATIONS
from tidewaiter.web.shown import Shown
from tidewaiter.wording import (
    CATEGORY_WORDS,
    FIELD_WORDS,
    ORGANISATION_WORDS,
    STANCE_WORDS,
    goods_and_parties,
    name_of,
    plain,
    quoted,
    speaker_words,
    spoken,
    usual_names,
    value_words,
)

MOST_REPORTS = 20
"""Reports of one transfer that have forms on its page; the others have theirs on their own pages."""


class Value(NamedTuple):
    """A field of a reported transfer."""

    field: str
    now: str  # as a form gives it: a name, a word, a date; "" for what is not known
    words: str  # the same for reading
    read: str  # as the program read it, in words, where an analyst corrected that


class Report(NamedTuple):
    """What one report tells of a transfer."""

    name: str  # "d0123456789ab:r0123456789"
    document: str
    words: str
    values: tuple[Value, ...]


class Correctable(NamedTuple):
    """A field to be corrected in one report or several."""

    field: str
    called: str  # "supplier"
    parts: tuple[Part, ...]
    now: str  # what the form begins with


class Part(NamedTuple):
    """What one report gives for it."""

    name: str  # "d0123456789ab:r0123456789"
    document: str
    value: Value


class Named(NamedTuple):
    """What a form names, in words."""

    words: str
    address: str | None


class Choice(NamedTuple):
    value: str
    words: str


class Told(NamedTuple):
    """A judgement as it is listed."""

    judged: Judged
    words: str
    quoted: tuple[tuple[Target, Citation | None], ...]  # what it is on, and where that stands now
    rows: tuple[str, ...]  # the rows that it is about now

    @property
    def acts(self) -> bool:
        return self.judged.judgement.withdrawn_at is None


class Offered:
    """What a page can offer to be decided, and what was."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown

    fields, relations, field_words = FIELDS, RELATIONS, FIELD_WORDS

    @property
    def by(self) -> str:
        """Who decides where no name was given at login."""
        return self._shown.case.judging_as

    @property
    def waiting(self) -> int:
        """How many judgements were made or withdrawn since the last build."""
        return len(self._undone) if self._shown.asked is None else 0

    @cached_property
    def _undone(self) -> Sequence[Judged]:
        return self._shown.undone

    @property
    def building(self) -> bool:
        return self._shown.writer.building

    @property
    def trouble(self) -> str | None:
        """Why the last build was not made."""
        return self._shown.writer.trouble

    # ------------------------------------------------------------------- choices

    @cached_property
    def categories(self) -> Sequence[Choice]:
        return [Choice(one.value, CATEGORY_WORDS[one]) for one in Category]

    @cached_property
    def stages(self) -> Sequence[Choice]:
        return [Choice(one.value, plain(one)) for one in Stage]

    @cached_property
    def parties(self) -> Sequence[str]:
        """Names of who may supply or receive: of this case, of states and of unions of them."""
        lists = self._shown.lists
        told = {code for column in ("supplier", "recipient") for code in lists.choices(column) if code}
        return sorted(
            {name_of(code) for code in {*told, *usual_names(), *ORGANISATION_WORDS}}, key=str.casefold
        )

    @property
    def letters(self) -> Sequence[Choice]:
        return [Choice(one, f"{one}: {WORDS[one]}") for one in RELIABILITIES]

    # ------------------------------------------------------------------- what is told

    def reports(self, row: RegisterRow) -> Sequence[Report]:
        """What each report of a row tells, the first of them."""
        return [
            one
            for document, reported in row.reported[:MOST_REPORTS]
            for one in self._told(document, reported)
        ]

    def told_in(self, document: str) -> Sequence[Report]:
        """Each transfer that a report tells of."""
        return self._told(document, None)

    def _told(self, document: str, wanted: str | None) -> list[Report]:
        fresh = self._fresh(document)
        return [
            Report(
                f"{document}:{one.id}", document, _transfer_words(one), tuple(_values(one, fresh.get(one.id)))
            )
            for one in self._reading(document).transfers
            if wanted in (None, one.id)
        ]

    def correctable(self, row: RegisterRow, field: str) -> Correctable | None:
        """A field of a row, in each of its reports; None for what is no field."""
        return self._correctable(field, self.reports(row))

    def correctable_in(self, document: str, reported: str, field: str) -> Correctable | None:
        """A field of a transfer that one report tells of."""
        return self._correctable(field, self._told(document, reported))

    def _correctable(self, field: str, reports: Sequence[Report]) -> Correctable | None:
        parts = tuple(
            Part(one.name, one.document, value)
            for one in reports
            for value in one.values
            if value.field == field
        )
        if not parts:
            return None
        told = Counter(one.value.now for one in parts if one.value.now)
        now = max(sorted(told), key=lambda one: told[one], default="")
        return Correctable(field, FIELD_WORDS[field], parts, now)

    def named(self, name: str) -> Named:
        """What a form names by an id: a row, a report, or what one tells."""
        shown = self._shown
        if name in shown.lines:
            return Named(f"the transfer {shown.lines[name].label}", shown.url("transfers", name))
        document, _, finding = name.partition(":")
        if document not in shown.sources:
            return Named(name, None)
        where, address = quoted(shown.sources[document].title), shown.url("documents", document)
        if not finding:
            return Named(f"the report {where}", address)
        found = [
            *((one.name, one.words) for one in self.told_in(document)),
            *self.claims_in(document),
            *self.statements_in(document),
        ]
        words = next((words for one, words in found if one == name), None)
        return Named(f"{words}, in {where}" if words else f"something in the report {where}", address)

    def _reading(self, document: str) -> Reading:
        return self._shown.view.readings[document]

    def _fresh(self, document: str) -> Mapping[str, ReportedTransfer]:
        """As the program read it, where something was corrected."""
        capture = self._shown.view.by_id[document].captures[0]
        derived = self._shown.case.derived
        made = derived.fresh(capture) if derived.judged.edits(capture) else None
        return {} if made is None else {one.id: one for one in made[1].transfers}

    def claims(self, row: RegisterRow) -> Sequence[Choice]:
        """The claims on a row, the first of them."""
        found = [(position, claim) for position in row.positions for claim in position.claims]
        return [
            Choice(
                f"{claim.document}:{claim.claim}",
                f"{speaker_words(claim.speaker, position.label)} {STANCE_WORDS[claim.stance]}: "
                f"{_short(claim.citation.quote)} ({self._source(claim.document)})",
            )
            for position, claim in found[: 3 * MOST_REPORTS]
        ]

    def claims_in(self, document: str) -> Sequence[Choice]:
        """The claims that a report tells of."""
        text, reading = self._shown.view.by_id[document].text, self._reading(document)
        return [
            Choice(f"{document}:{one.id}", f"{_claim_words(one)}: {_short(_claim_quote(one, text))}")
            for one in reading.claims
        ]

    def statements_in(self, document: str) -> Sequence[Choice]:
        return [
            Choice(f"{document}:{one.id}", _short(one.content.text))
            for one in self._reading(document).statements
        ]

    def note_choices(self, document: str) -> Sequence[Choice]:
        """What of a report a note can be on, beside all of it and words of it."""
        transfers = [Choice(one.name, f"transfer: {one.words}") for one in self.told_in(document)]
        claims = [Choice(one.value, f"claim: {one.words}") for one in self.claims_in(document)]
        said = [Choice(one.value, f"statement: {one.words}") for one in self.statements_in(document)]
        return [*transfers, *claims, *said]

    def members(self, row: RegisterRow) -> Sequence[Choice]:
        """The reports of a row."""
        return [
            Choice(f"{document}:{reported}", self._source(document)) for document, reported in row.reported
        ]

    def tellings(self, utterance: Utterance) -> Sequence[Choice]:
        return [
            Choice(
                f"{one.citation.document}:{one.statement}",
                f"{self._source(one.citation.document)}: {_short(one.citation.quote)}",
            )
            for one in utterance.variants
        ]

    def _source(self, document: str) -> str:
        found = self._shown.sources.get(document)
        return document if found is None else found.name

    def sources(self, row: RegisterRow) -> Sequence[Choice]:
        """Whoever can be rated on a row: speakers, actors, outlets."""
        found: dict[str, str] = {}
        for position in row.positions:
            for claim in position.claims:
                if claim.speaker.name:
                    found[f"speaker:{claim.speaker.name}"] = f"{claim.speaker.name} (speaker)"
                if claim.speaker.actor:
                    found[f"actor:{claim.speaker.actor}"] = f"{name_of(claim.speaker.actor)} (actor)"
                outlet = self._shown.view.by_id[claim.document].outlet
                if outlet:
                    found[f"outlet:{outlet}"] = f"{outlet} (outlet)"
        return [Choice(*one) for one in sorted(found.items(), key=lambda pair: pair[1].casefold())]

    def sources_in(self, document: str) -> Sequence[Choice]:
        """Whoever can be rated on a report."""
        outlet = self._shown.view.by_id[document].outlet
        found = {f"outlet:{outlet}": f"{outlet} (outlet)"} if outlet else {}
        for one in self._reading(document).claims:
            if one.speaker.name:
                found[f"speaker:{one.speaker.name}"] = f"{one.speaker.name} (speaker)"
            if one.speaker.actor:
                found[f"actor:{one.speaker.actor}"] = f"{name_of(one.speaker.actor)} (actor)"
        return [Choice(*one) for one in found.items()]

    # ------------------------------------------------------------------- what was decided

    def noted(self, name: str) -> Told | None:
        """A judgement by its id."""
        return next((self.tell(one) for one in self._shown.judged if one.judgement.id == name), None)

    def overruled_by(self, told: Told) -> Sequence[Told]:
        """What was decided before, and acts no longer because of a judgement."""
        name = f"({told.judged.judgement.id})"
        return [
            self.tell(one)
            for one in self._shown.judged
            if one.standing is Standing.OVERRULED and name in one.because
        ]

    def made_with(self, told: Told) -> Sequence[Told]:
        """What was decided together with a judgement, in one form."""
        one = told.judged.judgement
        return [
            self.tell(other)
            for other in self._shown.judged
            if (other.judgement.at, other.judgement.by, other.judgement.why, other.judgement.kind)
            == (one.at, one.by, one.why, one.kind)
            and other.judgement.id != one.id
        ]

    def on_row(self, row: RegisterRow) -> Sequence[Told]:
        """What was decided about the reports of a row, the claims on it, and whoever makes them."""
        names = {f"{document}:{reported}" for document, reported in row.reported}
        judged = {name for one in self._shown.judged for name in _found(one)}
        for document, reported in row.reported:
            claims = {name for name in judged if name.startswith(f"{document}:c")}
            if claims:
                names |= claims & self._claims_on(document, reported)
        return self._about(names, {row.id}, {one.value for one in self.sources(row)})

    def _claims_on(self, document: str, reported: str) -> set[str]:
        """The claims of a report on a transfer that it tells of, those rejected too."""
        made = self._shown.case.derived.fresh(self._shown.view.by_id[document].captures[0])
        reading = self._reading(document) if made is None else made[1]
        return {f"{document}:{one.id}" for one in reading.claims if one.transfer == reported}

    def on_document(self, document: str) -> Sequence[Told]:
        """What was decided about a report, and whoever can be rated on it."""
        sources = {one.value for one in self.sources_in(document)}
        return [
            self.tell(one)
            for one in self._shown.judged
            if document in _documents(one) or _source_of(one) in sources
        ]

    def on_pair(self, *documents: str) -> Sequence[Told]:
        """What was decided about reports together."""
        return [self.tell(one) for one in self._shown.judged if {*documents} <= _documents(one)]

    def on_source(self, source: str) -> Sequence[Told]:
        """How a source (``outlet:NAME``) was rated."""
        return [self.tell(one) for one in self._shown.judged if _source_of(one) == source]

    def on_statements(self, utterance: Utterance) -> Sequence[Told]:
        return self._about({one.value for one in self.tellings(utterance)}, set(), set())

    def _about(self, names: set[str], rows: set[str], sources: set[str]) -> Sequence[Told]:
        return [
            self.tell(one)
            for one in self._shown.judged
            if not names.isdisjoint(_found(one))
            or not rows.isdisjoint(one.judgement.named)
            or _source_of(one) in sources
        ]

    def tell(self, judged: Judged) -> Told:
        """A judgement with the words that it is on, and the rows that it is about now."""
        one = judged.judgement
        quoted = tuple((target, self._place(target)) for side in one.sides for target in side[:3])
        links = self._shown.case.derived.links
        reported = [name.rpartition(":")[2] for side in judged.finds for name in side if ":r" in name]
        rows = dict.fromkeys(row for row in map(links.group_id_of, reported[:20]) if row is not None)
        there = tuple(row for row in rows if row in self._shown.lines)
        return Told(judged, decided(one), quoted, there)

    def _place(self, target: Target) -> Citation | None:
        """Where its words stand now."""
        document = self._shown.view.by_id.get(document_id(target.capture))
        if document is None:
            return None
        anchors = [anchor for _, anchors in sorted(target.words.items()) for anchor in anchors]
        spans = {span for one in anchors[:10] if (span := locate(one, document.text)) is not None}
        words = " … ".join(document.text[start:end] for start, end in sorted(spans))
        return Citation(document.id, tuple(sorted(spans)), words)

    def listed(self, those: Iterable[Judged]) -> Sequence[Told]:
        return [self.tell(one) for one in those]


def _found(one: Judged) -> Collection[str]:
    """What a judgement is about now; as it was named where that is not found."""
    return {name for side in one.finds for name in side} or one.judgement.named


def _documents(one: Judged) -> set[str]:
    return {document_id(target.capture) for side in one.judgement.sides for target in side}


def _source_of(one: Judged) -> str | None:
    """The source that a judgement rates, "outlet:NAME"."""
    value = one.judgement.value
    return f"{value['source']}:{value['name']}" if "reliability" in value else None


def _values(one: ReportedTransfer, read: ReportedTransfer | None) -> Iterable[Value]:
    for field in FIELDS:
        now = _given(field, getattr(one, field))
        was = now if read is None else _given(field, getattr(read, field))
        yield Value(field, now, _words(field, now), _words(field, was) if was != now else "")


def _given(field: str, value: object) -> str:
    """A value as a reader writes it."""
    if isinstance(value, Quantity):
        return figure_of(value)
    if value is None:
        return ""
    if field in ("supplier", "recipient"):
        return name_of(str(value))
    words = spoken(str(value))
    return words if field == "when" and day_named(words) == value else str(value)


def _words(field: str, given: str) -> str:
    return value_words(field, day_named(given))


def _transfer_words(one: ReportedTransfer) -> str:
    return goods_and_parties(one.category, one.supplier, one.recipient)


def _claim_words(one: Claim) -> str:
    who = speaker_words(one.speaker, name_of(one.speaker.actor) if one.speaker.actor else None)
    return f"{who} {STANCE_WORDS[one.stance]}"


def _claim_quote(one: Claim, text: str) -> str:
    spans: Sequence[Span] = next((spans for _, spans in sorted(one.anchors.items()) if spans), ())
    return " … ".join(text[start:end] for start, end in spans)


def _short(words: str, most: int = 90) -> str:
    told = " ".join(words.split())
    return told if len(told) <= most else f"{told[: most - 1].rstrip()}…"


__all__ = ["Choice", "Offered", "Report", "Told", "Value"]
