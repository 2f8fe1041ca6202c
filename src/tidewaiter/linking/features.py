"""What of one document bears on how it hangs together with others.

A document's ``Features`` are worked out once, from it alone, and are all that linking looks at: two
documents can be compared, and a document looked up among many, without reading their texts again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from tidewaiter import edtf, knowledge
from tidewaiter.designations import type_names
from tidewaiter.edtf import safe
from tidewaiter.linking.copying.credit import credited
from tidewaiter.linking.copying.retold import landmarks_of, neighbours_in_order
from tidewaiter.linking.texts.fingerprints import (
    NUMBER_BYTES,
    Numbers,
    ascending,
    is_new,
    key_of,
    numbers_of,
    packed,
    sequences,
    starts_of,
    unpacked,
    viewed,
    winnowed,
)
from tidewaiter.linking.texts.words import NumberedText, numbered_text, words
from tidewaiter.model import (
    Category,
    Claim,
    Document,
    Quantity,
    Reading,
    ReportedTransfer,
    Source,
    Stage,
    Statement,
)
from tidewaiter.wording import title_of

SHINGLE = 5
"""Words in a shingle.  With 5, no pair of 31 annotated reports that are not copies shares more than
6 % of the shorter one; the copies share 14 % and more."""

FRAGMENT = 4
"""Words of a sequence between quotation marks that another report may repeat."""

QUOTE_RUN = 6
"""Words in a row that make two statements of one speaker the same words; a shorter run is a stock
phrase ("in violation of Security Council resolutions")."""

GENERIC = (Category.UNSPECIFIED_ARMS,)
"""Categories that say that goods went, not which."""

NO_DAY = 4_000_000
"""Stands for the day of what has none: after all others (a day's number is that of the proleptic
Gregorian calendar, of which the last is 3,652,059)."""

_SMALL_WORDS = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "its",
        "of",
        "on",
        "or",
        "other",
        "some",
        "the",
        "their",
        "to",
        "with",
    )
)


class Place(NamedTuple):
    """Where something stands in the order of time; the id decides between things of one day."""

    day: int
    id: str


class Saying(NamedTuple):
    """A dated act of saying: who, on what day, about what."""

    speaker: str  # surname in lower case
    day: str  # EDTF
    supplier: str | None
    recipient: str | None
    category: str

    @property
    def key(self) -> int:
        """Of speaker and subject, the day left out."""
        return key_of(self.speaker, self.supplier, self.recipient, self.category)


@dataclass(frozen=True)
class Told:
    """A statement, as far as it is compared."""

    statement: str  # id
    source: Source | None
    said_on: str | None
    words: tuple[str, ...]
    packed_runs: bytes  # the numbers of its runs of QUOTE_RUN words

    @cached_property
    def runs(self) -> frozenset[int]:
        """The numbers of its runs of ``QUOTE_RUN`` words."""
        return frozenset(unpacked(self.packed_runs))


@dataclass(frozen=True)
class Features:
    """Of one document.  Numbers are packed, eight bytes each, and unpacked where they are looked at."""

    document: str  # id
    source: str
    title: str  # what it is called
    outlet: str | None
    published: str | None  # EDTF, the document's own
    credits: tuple[str, ...]  # agencies and outlets it credits, in lower case
    length: int  # words outside quotation marks
    packed_shingles: bytes  # numbers of the shingles outside quotation marks, ascending, each once, ...
    packed_places: bytes  # ... and the place of the first word of each, in the same order
    packed_grams: bytes  # under which others with the same passages find it, ...
    packed_order: bytes  # ... and others that tell the same in the same order
    packed_names: bytes  # its names and numbers, each where it first stands, ...
    packed_words: bytes  # ... and all its words, as far as they are compared (``retold``)
    packed_fragments: bytes  # sequences of FRAGMENT words, wherever they stand
    packed_quoted: bytes  # those that stand between quotation marks
    transfers: tuple[ReportedTransfer, ...]  # without mentions and anchors
    grounds: Mapping[str, tuple[str, ...]]  # reported transfer id -> ids of the statements under its claims
    told: tuple[Told, ...]  # the statements under claims, those of a known day; all where there is no year
    sayings: tuple[Saying, ...]  # the dated claims of named persons

    @property
    def has_year(self) -> bool:
        """Whether the document itself tells the year of its publication."""
        return edtf.has_year(safe(self.published))

    @property
    def distinct(self) -> int:
        """How many different shingles stand outside quotation marks."""
        return len(self.packed_shingles) // NUMBER_BYTES

    @cached_property
    def names(self) -> list[int]:
        """Its names and numbers, in order, each once."""
        return unpacked(self.packed_names)

    @cached_property
    def told_words(self) -> list[int]:
        """Its words, in order, each once."""
        return unpacked(self.packed_words)

    @property
    def grams(self) -> list[int]:
        """Under which other documents with the same passages find it."""
        return unpacked(self.packed_grams)

    @property
    def order(self) -> list[int]:
        """Under which other documents that tell the same in the same order find it."""
        return unpacked(self.packed_order)

    @cached_property
    def fragments(self) -> frozenset[int]:
        """Sequences of ``FRAGMENT`` words, wherever they stand."""
        return frozenset(unpacked(self.packed_fragments))

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Fragments that stand between quotation marks."""
        return frozenset(unpacked(self.packed_quoted))

    @cached_property
    def statements(self) -> Mapping[str, Told]:
        return {one.statement: one for one in self.told}

    @cached_property
    def specific(self) -> frozenset[tuple[str | None, str | None]]:
        """The parties between which the document tells of goods of a kind."""
        return frozenset((t.supplier, t.recipient) for t in self.transfers if t.category not in GENERIC)

    @cached_property
    def by_id(self) -> Mapping[str, ReportedTransfer]:
        return {one.id: one for one in self.transfers}

    @property
    def called(self) -> str:
        """What its report is called, without title or text by its file."""
        return self.title

    @property
    def place(self) -> Place:
        """In the order of the documents' own days."""
        first, last = edtf.safe_bounds(self.published)
        return Place(_day_number(first or last), self.document)


def shared_shingles(a: Features, b: Features) -> tuple[Numbers, Numbers]:
    """Which of the shingles outside quotation marks both have: their numbers among those of ``a`` and among
    those of ``b``, as ``places_of`` takes them."""
    mine, theirs = viewed(a.packed_shingles), viewed(b.packed_shingles)
    if not len(theirs):
        return theirs, theirs
    at = theirs.searchsorted(mine)
    found = (theirs.take(at, mode="clip") == mine).nonzero()[0]
    return found, at[found]


def places_of(a: Features, b: Features, shared: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers]:
    """Where shared shingles stand: the place of the first word of each in ``a``, ascending, and its place
    in ``b``."""
    places, others = viewed(a.packed_places)[shared[0]], viewed(b.packed_places)[shared[1]]
    order = places.argsort()
    return places[order], others[order]


_UNPACKED = tuple(name for name, one in vars(Features).items() if isinstance(one, cached_property))


def forget_unpacked(features: Features) -> None:
    """Free what was unpacked of the features when it was looked at; they stay the same."""
    for name in _UNPACKED:
        vars(features).pop(name, None)


def _day_number(day: date | None) -> int:
    return NO_DAY if day is None else day.toordinal()


# ------------------------------------------------------------------------------------ of a document


def features_of(document: Document, reading: Reading) -> Features:
    """The features of a document and its reading."""
    numbered = numbered_text(document.text)
    grounds = _grounds(reading)
    shingles, places = _shingles(numbered)
    fragments = sequences(numbered.words, FRAGMENT)
    landmarks = landmarks_of(numbered.written)
    passages = winnowed(numbered.words[first:last] for first, last in numbered.narrative)
    return Features(
        document=document.id,
        source=document.source,
        title=title_of(document),
        outlet=document.outlet,
        published=document.published,
        credits=credited(document),
        length=sum(last - first for first, last in numbered.narrative),
        packed_shingles=shingles.tobytes(),
        packed_places=places.tobytes(),
        packed_grams=passages.tobytes(),
        packed_order=neighbours_in_order(landmarks.names).tobytes(),
        packed_names=landmarks.names.tobytes(),
        packed_words=landmarks.words.tobytes(),
        packed_fragments=ascending(fragments).tobytes(),
        packed_quoted=ascending(fragments[_quoted(numbered)]).tobytes(),
        transfers=tuple(replace(one, mentions=(), anchors={}) for one in reading.transfers),
        grounds=grounds,
        told=_told(reading, grounds, edtf.has_year(safe(document.published))),
        sayings=tuple(_sayings(reading)),
    )


def _shingles(numbered: NumberedText) -> tuple[Numbers, Numbers]:
    """The shingles of the reporter's own words, ascending, each once, and the place of the first word of
    each, where it stands first, among those words."""
    starts = starts_of(numbered.narrative, SHINGLE)
    shingles = sequences(numbered.words, SHINGLE)[starts.at]
    order = shingles.argsort(kind="stable")
    shingles, places = shingles[order], starts.among[order]
    is_first = is_new(shingles)
    return shingles[is_first], places[is_first]


def _quoted(numbered: NumberedText) -> Numbers:
    """Where those of the text's fragments begin that lie inside a quotation."""
    return starts_of(numbered.quoted, FRAGMENT).at


def _grounds(reading: Reading) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for claim in reading.claims:
        if claim.statement is not None:
            found[claim.transfer] = (*found.get(claim.transfer, ()), claim.statement)
    return found


def _told(reading: Reading, grounds: Mapping[str, tuple[str, ...]], has_year: bool) -> tuple[Told, ...]:
    wanted = {statement for found in grounds.values() for statement in found}
    return tuple(
        _as_told(one)
        for one in reading.statements
        if not has_year or one.id in wanted or exact_day(one.said_on) is not None
    )


def _as_told(statement: Statement) -> Told:
    said = tuple(word.text for word in words(statement.content.text))
    source = None if statement.source is None else replace(statement.source, spans=())
    runs = sequences(numbers_of(said), QUOTE_RUN).tolist()
    return Told(statement.id, source, statement.said_on, said, packed(runs))


def _sayings(reading: Reading) -> Iterable[Saying]:
    transfers = {transfer.id: transfer for transfer in reading.transfers}
    for claim in reading.claims:
        about = transfers.get(claim.transfer)
        if claim.speaker.name and claim.said_on and about is not None and _is_person(claim):
            speaker = surname(claim.speaker.name)
            yield Saying(speaker, claim.said_on, about.supplier, about.recipient, about.category.value)


def _is_person(claim: Claim) -> bool:
    name = claim.speaker.name or ""
    return " " in name and name != claim.speaker.actor


def surname(name: str) -> str:
    """The last word of a name in lower case, by which reports refer to a person after the first time."""
    found = words(name)
    return found[-1].text if found else ""


def exact_day(value: str | None) -> str | None:
    """The day as YYYY-MM-DD where the date is one certain day."""
    if value is None or safe(value) is None or value.endswith(("?", "~", "%")):
        return None
    first, last = edtf.bounds(value)
    return first.isoformat() if first is not None and first == last else None


# ------------------------------------------------------------------------------------ of a transfer


@dataclass(frozen=True, slots=True)
class Period:
    """When a reported transfer took place, as far as the report tells."""

    earliest: date | None
    latest: date | None
    own: bool  # from the report's own words on it, not from its publication
    year_only: bool = False

    @property
    def known(self) -> bool:
        return self.earliest is not None or self.latest is not None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reported transfer with what is compared."""

    features: Features
    transfer: ReportedTransfer
    told_published: str | None  # EDTF; the document's own, or from other documents of the case
    period: Period
    published: date | None  # latest day that the publication can be
    item_words: frozenset[str]
    designations: frozenset[str]
    kinds: frozenset[str]  # of goods of one category, by the table ``goods_kinds``: "ballistic missile"
    has_specific: bool  # its document tells specific goods between the same parties
    grounds: tuple[Told, ...]  # the statements under its claims
    runs: frozenset[int]  # of these

    @property
    def document(self) -> str:
        return self.features.document

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.transfer.id

    @property
    def parties(self) -> tuple[str | None, str | None]:
        return self.transfer.supplier, self.transfer.recipient

    @property
    def generic(self) -> bool:
        return self.transfer.category in GENERIC

    def returned(self) -> Candidate | None:
        """What is given in exchange for it, as told by the same document."""
        wanted = self.transfer.in_exchange_for
        transfer = self.features.by_id.get(wanted) if wanted is not None else None
        return None if transfer is None else _candidate(self.features, transfer, self.told_published)

    @property
    def place(self) -> Place:
        """In the order of the periods."""
        return Place(_day_number(self.period.earliest or self.period.latest), self.transfer.id)


def candidates_of(features: Features, published: str | None) -> tuple[Candidate, ...]:
    """The reported transfers of one document, ready to compare; ``published`` may come from other
    documents of the case."""
    return tuple(_candidate(features, transfer, published) for transfer in features.transfers)


def _candidate(features: Features, transfer: ReportedTransfer, published: str | None) -> Candidate:
    parties = (transfer.supplier, transfer.recipient)
    named = features.grounds.get(transfer.id, ())
    grounds = tuple(features.statements[one] for one in named if one in features.statements)
    return Candidate(
        features=features,
        transfer=transfer,
        told_published=published,
        period=period_of(transfer, published),
        published=edtf.bounds(safe(published)).latest,
        item_words=item_words(transfer.item),
        designations=designations(transfer.item),
        kinds=kinds(transfer.item),
        has_specific=parties in features.specific,
        grounds=grounds,
        runs=frozenset().union(*(one.runs for one in grounds)),
    )


def period_of(transfer: ReportedTransfer, published: str | None) -> Period:
    """When it took place: the report's own date, else around its publication."""
    if edtf.has_year(safe(transfer.when)):
        first, last = edtf.bounds(transfer.when)
        year_only = first is not None and last is not None and (last - first).days > 300
        return Period(first, last, own=True, year_only=year_only)
    first, last = edtf.bounds(safe(published))
    # A report known only to be later than a day it tells as news is taken as of that day.
    return Period(first, last or first, own=False)


@lru_cache(maxsize=4096)
def item_words(item: str | None) -> frozenset[str]:
    """Words of an item, plural endings off, without small words."""
    if item is None:
        return frozenset()
    return frozenset(_stem(word.text) for word in words(item) if word.text not in _SMALL_WORDS)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=4096)
def designations(item: str | None) -> frozenset[str]:
    """The names of types in an item, in lower case."""
    return frozenset(name.lower() for name in type_names(item))


@lru_cache(maxsize=4096)
def kinds(item: str | None) -> frozenset[str]:
    """What kinds of goods an item names, where the words for kinds of one category exclude each other."""
    known = _kinds()
    words_of = re.findall(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*", (item or "").casefold())
    return frozenset(known[word] for one in words_of if (word := _stem(one.replace("‐", "-"))) in known)


@lru_cache(maxsize=1)
def _kinds() -> Mapping[str, str]:
    return {row["words"]: row["kind"] for row in knowledge.load().table("goods_kinds")}


def unit_word(quantity: Quantity) -> str | None:
    """The noun that is counted, in the singular: its last word."""
    return _last_word(quantity.unit) if quantity.unit else None


@lru_cache(maxsize=4096)
def _last_word(text: str) -> str | None:
    found = words(text)
    return _stem(found[-1].text) if found else None


def planned_only(candidate: Candidate) -> bool:
    """Whether the report tells of nothing but an intention."""
    return candidate.transfer.stage in (Stage.SOUGHT, Stage.PLANNED, Stage.AGREED, Stage.UNCLEAR)
