"""The vocabulary of Tidewaiter as frozen values, and nothing else.

Every stage of the flow takes these values and returns these values; this module imports nothing of
the project.  Three conventions hold throughout:

* A *position* counts Unicode characters of a document's cleaned text, from 0; a ``Span`` is half
  open, ``text[start:end]``.
* A *date* is an EDTF string (ISO 8601-2, Library of Congress): ``2022-11-02``, ``2022-11``,
  ``XXXX-11-02`` (year not known), ``2024-01-04?`` (not certain), ``[2024-01-02..2024-02-25]`` (one
  day of the range).
* ``None`` means *unknown*, never "no".

A party is coded by ISO 3166-1 alpha-3 for a state (``PRK``), ``EU``, ``UN``, ``NATO``, or the usual
English name of an armed group (``Wagner Group``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of characters of a document's cleaned text."""

    start: int
    end: int


Spans = tuple[Span, ...]
Anchors = Mapping[str, Spans]
"""Field name to the words that the field's value was read from."""


class Anchor(NamedTuple):
    """A span with its words and their surroundings (W3C Web Annotation: TextPositionSelector and
    TextQuoteSelector together), so that it can be found again in another cleaning of the text."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


ANCHOR_CONTEXT = 32
"""Characters of prefix and suffix kept with an anchor; the length the W3C model's examples and the
Hypothesis client use."""


def anchor(text: str, span: Span) -> Anchor:
    """The anchor of ``span`` in ``text``.

    Raises ``ValueError`` when the span is empty or lies outside the text: an anchor that points at
    nothing is a bug of its maker.
    """
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}..{end} is not inside a text of {len(text)} characters")
    return Anchor(
        start,
        end,
        text[start:end],
        text[max(0, start - ANCHOR_CONTEXT) : start],
        text[end : end + ANCHOR_CONTEXT],
    )


# --------------------------------------------------------------------------- controlled vocabulary


class Category(StrEnum):
    """What was transferred."""

    AMMUNITION = "ammunition"
    ARTILLERY = "artillery"
    MISSILES = "missiles"
    UAV = "uav"
    AIRCRAFT = "aircraft"
    AIR_DEFENCE = "air_defence"
    ARMOURED_VEHICLES = "armoured_vehicles"
    SHIPS = "ships"
    SMALL_ARMS = "small_arms"
    SENSORS = "sensors"
    TECHNOLOGY = "technology"
    COMPONENTS = "components"
    UNSPECIFIED_ARMS = "unspecified_arms"
    OTHER = "other"


class Stage(StrEnum):
    """How far a transfer went, from least to furthest; ``UNCLEAR`` stands outside the order."""

    SOUGHT = "sought"
    PLANNED = "planned"
    AGREED = "agreed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    USED = "used"
    UNCLEAR = "unclear"


STAGE_ORDER: Mapping[Stage, int] = {
    Stage.UNCLEAR: 0,
    Stage.SOUGHT: 1,
    Stage.PLANNED: 2,
    Stage.AGREED: 3,
    Stage.SHIPPED: 4,
    Stage.DELIVERED: 5,
    Stage.USED: 6,
}
"""Rank of each stage; a higher one implies that the lower ones were passed."""


class Outcome(StrEnum):
    """What became of goods that did not simply arrive."""

    INTERCEPTED = "intercepted"
    LOST = "lost"
    RETURNED = "returned"


class Stance(StrEnum):
    """What a speaker commits to about a transfer."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    DECLINES = "declines"


AGAINST = (Stance.DENIES, Stance.DOUBTS)
"""Of who does not believe it."""


class Mode(StrEnum):
    """How a statement's content is given: in quotation marks, without, or partly."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class ResponseKind(StrEnum):
    """What somebody does about a transfer."""

    SANCTION = "sanction"
    UN_REFERRAL = "un_referral"
    INVESTIGATION = "investigation"
    INTERDICTION = "interdiction"
    DIPLOMATIC_PROTEST = "diplomatic_protest"
    EXPORT_CONTROL = "export_control"
    MONITORING = "monitoring"
    VETO = "veto"
    OTHER = "other"


class ResponseStatus(StrEnum):
    """How far a response went."""

    DONE = "done"
    ANNOUNCED = "announced"
    THREATENED = "threatened"
    BLOCKED = "blocked"
    LIFTED = "lifted"  # taken back after it was done


class ActorKind(StrEnum):
    """What sort of actor a mention names."""

    STATE = "state"
    ORGANISATION = "organisation"  # international organisation, panel, alliance
    GROUP = "group"  # armed group
    OFFICE = "office"  # ministry, armed service, agency, government seat
    PERSON = "person"
    FIRM = "firm"
    MEDIA = "media"
    PEOPLE = "people"  # unnamed or collective: "U.S. officials", "six sources"
    REGION = "region"  # "Middle East"; never a party
    OTHER = "other"


class ActorForm(StrEnum):
    """In what form an actor is mentioned; says how far the mention may be trusted as a party."""

    NAME = "name"  # "North Korea", "John Kirby", "Wagner Group"
    DEMONYM = "demonym"  # "North Korean", "Iranian-made"
    CAPITAL = "capital"  # "Pyongyang" for the government
    SEAT = "seat"  # "the Kremlin", "the White House"
    ABBREVIATION = "abbreviation"  # "DPRK", "U.S."
    NICKNAME = "nickname"  # "the North", "america"
    ROLE = "role"  # "the spokesman", "Iran's defence ministry"
    REFERENCE = "reference"  # "it", "the regime", "its ally": resolved in the document


# ------------------------------------------------------------------------------- capture, document


@dataclass(frozen=True, slots=True)
class Capture:
    """Preserved bytes with their custody record (Berkeley Protocol on Digital Open Source
    Investigations)."""

    sha256: str  # of the bytes, lower-case hexadecimal
    size: int  # bytes
    source: str  # where it came from: a path as given, "upload/NAME", "pasted/NAME", later a URL
    captured_at: str  # UTC, ISO 8601 to the second: 2026-01-31T12:00:00Z
    captured_by: str  # account that ran the program
    method: str  # how: "file" for a file on disk, "upload" or "pasted" for what came through the case app
    media_type: str  # "text/plain", "text/html", "text/markdown", "application/json"


class Segment(NamedTuple):
    """A run of cleaned characters that stand unchanged in the decoded capture:
    ``text[start:end] == decoded[origin:origin + end - start]``."""

    start: int
    end: int
    origin: int


@dataclass(frozen=True, slots=True)
class Document:
    """One report: cleaned text and what is known of its making."""

    id: str  # "d" + first 12 hexadecimal digits of the first capture's SHA-256
    source: str  # path as given
    captures: tuple[str, ...]  # SHA-256 of each capture, the first one first
    text: str  # cleaned
    text_sha256: str  # of the cleaned text in UTF-8
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None  # EDTF
    published_ground: str | None  # "metadata", "header", "dateline", "text", "file name", "given", ...
    language: str | None  # ISO 639-1
    url: str | None = None
    anchors: Anchors = field(default_factory=dict)  # title, author, published: where they stand in the text
    segments: tuple[Segment, ...] = ()  # exact map of cleaned text to decoded capture; characters
    # of the cleaned text outside every segment (a paragraph break made of tags) have no origin
    encoding: str = "utf-8"  # with which the capture was decoded
    cleaner: str = ""  # version of the cleaner that made the text
    flags: tuple[str, ...] = ()  # what a reader should know: "empty", "banner date not used: ...", ...


# ------------------------------------------------------------------------------ reading: findings


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A place in the text that names an actor."""

    span: Span
    kind: ActorKind
    form: ActorForm
    code: str | None  # state (alpha-3), EU/UN/NATO or group that it is or speaks for
    name: str | None  # fullest name in this document or the table's: "John Kirby", "North Korea"
    role: str | None = None  # "National Security Council spokesman"
    head: Span | None = None  # for references: the antecedent's span; that mention's words are the ground


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A place in the text that names a day, month, year or span of time."""

    span: Span
    edtf: str | None  # None: it is a time but cannot be worked out
    relative: bool = False  # worked out from the publication date ("on Wednesday", "last month")


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount. Unknown bounds are None: "more than 1,000" is (1000, None), "up to 50" (None, 50),
    "nearly two dozen" (None, 24), "a significant number" (None, None)."""

    min: int | None
    max: int | None
    unit: str | None  # what is counted, as worded: "containers", "USD"
    text: str  # the words
    rough: bool = False  # "about 40", "30 to 40 or so": the figures are not meant exactly


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A place in the text that gives an amount of something."""

    span: Span
    quantity: Quantity
    head: Span | None = None  # the noun that is counted


@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A place in the text that names military goods."""

    span: Span  # the whole noun phrase part that names it: "152mm artillery shells"
    head: Span  # its head noun: "shells"
    category: Category
    item: str  # as worded
    designation: str | None = None  # table name of the family: "Shahed-136"
    generic: bool = False  # "arms", "military equipment", "weapons": says that, not what


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a statement: its words may stand in several places."""

    text: str  # the pieces joined by one space, in order
    spans: Spans


class SourceKind(StrEnum):
    """In what way a source is told."""

    NAMED = "named"  # a person, body or state by name, or what stands for one: "he", "the ministry"
    ANONYMOUS = "anonymous"  # one or a few unnamed: "a senior official", "two sources"
    COLLECTIVE = "collective"  # many, or several together: "Western officials", "Oslo and Riga"
    DOCUMENT = "document"  # a paper, which speaks for who made it: "the report"


@dataclass(frozen=True, slots=True)
class Source(Part):
    """Who is made to say something."""

    name: str | None = None  # "John Kirby"
    role: str | None = None  # "spokesman of the National Security Council"
    actor: str | None = None  # whom they speak for: USA
    via: tuple[str, ...] = ()  # who relays it, nearest the document first: ("Reuters",)
    kind: SourceKind | None = None  # None: not known, as of a pronoun that nobody stands for


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution relation (PARC 3, PolNeAR): somebody is made to say something."""

    id: str
    mode: Mode
    source: Source | None  # None: "it was reported that"
    cue: Part | None
    content: Part
    said_on: str | None = None  # EDTF, day of the utterance
    within: str | None = None  # id of the statement whose content holds this one
    negated: bool = False  # the source does *not* say it: "did not say whether"
    anchors: Anchors = field(default_factory=dict)  # said_on


@dataclass(frozen=True, slots=True)
class Route:
    """How goods went, or were made to look as going, by one report."""

    declared: tuple[str, ...] = ()  # where it looks as if they go
    via: tuple[str, ...] = ()  # ports, seas, regions, states passed
    true: tuple[str, ...] = ()  # where they go by this account
    mode: str | None = None  # sea, air, rail, road
    vessel: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a document that speaks of a transfer, with the arguments given there."""

    id: str
    transfer: str | None  # id of the reported transfer it belongs to
    supplier: str | None
    recipient: str | None
    category: Category | None
    item: str | None
    quantity: Quantity | None
    stage: Stage
    outcome: Outcome | None
    when: str | None  # EDTF
    sentence: Span
    anchors: Anchors  # trigger, supplier, recipient, category, item, quantity, stage, outcome, when


@dataclass(frozen=True, slots=True)
class ReportedTransfer:
    """The mentions of one supplier, recipient and category in one document, taken together."""

    id: str  # "r" + 10 hexadecimal digits, from document id, parties, category (and ordinal)
    supplier: str | None
    recipient: str | None
    category: Category
    item: str | None
    quantity: Quantity | None
    stage: Stage
    outcome: Outcome | None
    when: str | None
    route: Route | None
    in_exchange_for: str | None  # id of the reported transfer given in return
    mentions: tuple[str, ...]
    anchors: Anchors


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who takes a stance."""

    name: str | None
    role: str | None
    actor: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One speaker's stance on one reported transfer in one document."""

    id: str
    stance: Stance
    transfer: str  # id of the reported transfer
    stage: Stage | None  # furthest that this speaker commits to; for a denial what is still admitted
    quantity: Quantity | None
    speaker: Speaker
    said_on: str | None
    statement: str | None  # id
    anchors: Anchors  # stance, speaker, stage, quantity, said_on


@dataclass(frozen=True, slots=True)
class Response:
    """What somebody does about an arms transfer."""

    id: str
    kind: ResponseKind
    by: str | None
    against: str | None
    target: str | None  # firm, person or programme hit, as worded
    status: ResponseStatus
    on: str | None
    transfer: str | None  # id of the reported transfer it answers
    anchors: Anchors  # kind, by, against, target, status, on


@dataclass(frozen=True, slots=True)
class Event:
    """What else belongs on the timeline."""

    id: str
    type: str  # missile_test, exercise, vote, recognition, visit, strike, intelligence_disclosure, ...
    actor: str | None
    target: str | None
    when: str | None
    text: str
    anchors: Anchors  # type, actor, target, when, text


BY_RULES = "attribution by rules"
"""In ``Reading.reader`` of a reading that found who said what without the tagger."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read out of one document."""

    document: str  # id
    reader: str  # version of rules, tables and models that made it
    statements: tuple[Statement, ...] = ()
    mentions: tuple[Mention, ...] = ()
    transfers: tuple[ReportedTransfer, ...] = ()
    claims: tuple[Claim, ...] = ()
    responses: tuple[Response, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table that knows words of a field."""

    table: str
    key: str  # the words in the row
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a field of a finding has its value."""

    field: str
    words: Spans  # in the document's text
    rule: str
    rows: tuple[TableRow, ...]


# --------------------------------------------------------------------------------------- linking


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents of which one derives from the other, or both from a third."""

    a: str  # document id
    b: str  # document id; a < b
    relation: str  # verbatim, partial, rewrite, translation
    direction: str | None  # "a->b", "b->a"; None when nothing tells
    similarity: float  # 0..1
    ground: str  # why, in words and figures
    wire: str | None = None  # agency or outlet that the texts credit, whether or not it is in the case


class Passage(NamedTuple):
    """Words that stand in two documents."""

    a: Span
    b: Span


class DriftKind(StrEnum):
    """In what way a retelling departs from the likeliest original wording."""

    SYNONYM = "synonym"
    OMISSION = "omission"
    ADDITION = "addition"
    HEDGE_WEAKENED = "hedge_weakened"  # "we believe" became "we know"
    HEDGE_DROPPED = "hedge_dropped"
    NUMBER_CHANGED = "number_changed"
    AND_OR = "and_or"  # "or" became "and", or the reverse
    NEGATION_FLIPPED = "negation_flipped"


@dataclass(frozen=True, slots=True)
class Drift:
    """One place where a retelling departs from the likeliest original wording."""

    kind: DriftKind
    original: str  # its words there; "" where words were added
    variant: str  # the retelling's; "" where words were left out


@dataclass(frozen=True, slots=True)
class JoinReason:
    """Why two reported transfers are, or are not, one transfer."""

    a: str  # reported transfer id
    b: str
    same: bool
    score: float  # 0..1
    why: str


@dataclass(frozen=True, slots=True)
class TransferGroup:
    """Reported transfers of many documents that are one transfer."""

    id: str  # see linking.transfers: derived from the member that names it
    members: tuple[tuple[str, str], ...]  # (document id, reported transfer id), sorted
    reasons: tuple[JoinReason, ...]  # why joined
    apart: tuple[JoinReason, ...]  # nearest others, and why kept apart


@dataclass(frozen=True, slots=True)
class Links:
    """What linking finds over many documents."""

    copies: tuple[Copy, ...]
    groups: tuple[TransferGroup, ...]
    dated: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    # document id -> (published EDTF, ground) worked out from other documents of the case


# ------------------------------------------------------------------------------------ judgements


class JudgementKind(StrEnum):
    """What an analyst decides."""

    SAME = "same"  # two documents are copies, or two transfers one
    NOT_SAME = "not_same"
    UNSURE = "unsure"  # looked at, and cannot be told: the program's own finding stands
    REJECT = "reject"  # a reported transfer or claim that the report does not tell of
    CORRECT = "correct"  # a field of a reported transfer that was misread
    RATE = "rate"  # reliability of a source, A to F
    NOTE = "note"


class TargetKind(StrEnum):
    """What a judgement is about."""

    DOCUMENT = "document"
    TRANSFER = "transfer"  # a reported transfer; a row of the register is several of them
    CLAIM = "claim"
    STATEMENT = "statement"
    WORDS = "words"  # any words of a document


@dataclass(frozen=True, slots=True)
class Target:
    """What a judgement is about, by what no cleaner or reader computes: the capture and its words."""

    kind: TargetKind
    capture: str  # SHA-256
    source: str  # of the capture as it was then, for reading
    label: str  # what it was then, for reading: "ammunition, North Korea to Russia (r0123456789)"
    words: Mapping[str, tuple[Anchor, ...]] = field(default_factory=dict)  # by field
    told: Mapping[str, str] = field(default_factory=dict)
    # what was read then; tells findings apart that rest on the same words


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of an analyst."""

    id: str  # "j" + 10 hexadecimal digits
    kind: JudgementKind
    at: str  # UTC, ISO 8601 to the second
    by: str
    why: str  # of a note: its text
    named: tuple[str, ...]  # what was judged, as it was named
    sides: tuple[tuple[Target, ...], ...]  # same, not_same, unsure: two or more; rate: none; else one
    value: Mapping[str, str] = field(default_factory=dict)
    # correct: field, value ("unknown" for None); rate: source (outlet, actor, speaker), name,
    # reliability; same of documents: relation, where it was given
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    withdrawn_why: str | None = None


class Standing(StrEnum):
    """What became of a judgement in a build."""

    ACTS = "acts"
    NOTED = "noted"  # a note, or unsure: it is shown and changes nothing
    OVERRULED = "overruled"  # a later judgement says otherwise
    ORPHANED = "orphaned"  # its words are not found
    WAITS = "waits"  # it came after the last build
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with what became of it in the last build."""

    judgement: Judgement
    standing: Standing
    because: str  # in words
    finds: tuple[tuple[str, ...], ...] = ()
    # for each side what its targets are now: "d0123456789ab", "d0123456789ab:r0123456789"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a judgement says of a reported transfer, beside what it changes."""

    judgement: str  # id
    transfer: str  # id of the reported transfer
    about: str  # a field, "claim c2" or "note"
    text: str
    spans: Spans  # the words that it was judged by


@dataclass(frozen=True, slots=True)
class SourceRating:
    """The reliability that an analyst gives a source (Admiralty Code)."""

    judgement: str  # id
    source: str  # outlet, actor, speaker
    name: str  # as the case has it: outlet, code of the actor, name of the speaker
    reliability: str  # A to F
    words: str  # by whose judgement, when and why


# -------------------------------------------------------------------------------------- register


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of a document that a cell rests on."""

    document: str  # id
    spans: Spans
    quote: str  # the words; pieces joined by " ... "


@dataclass(frozen=True, slots=True)
class Variant:
    """A statement that retells an utterance."""

    statement: str  # id, in the citation's document
    citation: Citation
    said_on: str | None  # EDTF, as this report tells it
    drift: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of saying (speaker, day, occasion) that statements in many documents retell."""

    id: str  # "u" + 10 hexadecimal digits
    speaker: Speaker
    day: str | None  # EDTF
    words: str  # the likeliest original wording
    why: str  # why that is the likeliest wording, and why the statements are one act of saying
    variants: tuple[Variant, ...]  # the one with the likeliest wording first


@dataclass(frozen=True, slots=True)
class DisputedValue:
    """One of the values that disagree."""

    value: str  # as worded
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A date, number, name, place, direction or outcome on which reports disagree."""

    id: str  # "x" + 10 hexadecimal digits
    kind: str  # date, number, name, place, direction, outcome
    where: str  # copies, retellings, origins, inner
    about: str  # what it is about, in words
    values: tuple[DisputedValue, ...]
    likelier: int | None  # index into values
    why: str  # why it is the likelier, or why none is
    transfers: tuple[str, ...] = ()  # register ids


@dataclass(frozen=True, slots=True)
class Rating:
    """Admiralty Code of a claim (NATO STANAG 2511): source and information judged apart."""

    reliability: str  # A to F
    credibility: str  # 1 to 6
    reliability_why: str
    credibility_why: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A register field: what is shown and the words it rests on."""

    value: str  # as shown; ".." for unknown (SIPRI)
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionClaim:
    """One claim, as a step in an actor's position over time."""

    claim: str  # claim id
    document: str
    speaker: Speaker
    stance: Stance
    stage: Stage | None
    quantity: Quantity | None
    said_on: str | None
    published: str | None
    citation: Citation
    rating: Rating | None = None
    superseded_by: str | None = None  # id of the same side's later claim with another figure


@dataclass(frozen=True, slots=True)
class Position:
    """An actor's claims on a transfer over time."""

    actor: str  # code, or the speaker's name where there is no code
    label: str  # for reading: "United States"
    summary: str  # "asserts", "denies", "asserts, later denies", ...
    furthest: Stage | None  # furthest stage this side admits
    claims: tuple[PositionClaim, ...]  # in order of time
    counted: tuple[str, ...] = ()  # who is counted with it whom no report says to speak for it, and why


class QuestionState(StrEnum):
    """Whether a question has been answered."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Closing:
    """What answered a question."""

    text: str  # "Angola says that it was delivered"
    actor: str | None  # code, or name, of whoever answered; None: a report in its own words, or several
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What nobody in the case had confirmed, from the day on which that came to be asked.

    Days are those by which a report was public: the latest that its publication can be.
    """

    kind: str  # receipt, progress, quantity_single_origin, route, denial_unanswered, response_pending, ...
    text: str  # "receipt not confirmed by anyone as of 2022-11-08"
    as_of: str | None
    citations: tuple[Citation, ...] = ()  # the words that the text rests on
    about: str = ""  # tells it from others of its kind and row: an actor, an origin, a response; stable
    since: str | None = None  # EDTF; None: no report that raises it has a day
    asked: str = ""  # what was asked on that day
    opened_by: tuple[Citation, ...] = ()  # the words of that day
    state: QuestionState = QuestionState.OPEN
    closed_on: str | None = None  # EDTF; None also where the report that answers has no day
    closed_by: Closing | None = None


@dataclass(frozen=True, slots=True)
class ResponseStep:
    """One status that a response had."""

    status: ResponseStatus
    on: str | None  # EDTF: the day told for it
    reported: str | None  # EDTF: the day by which the first report of it was public
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ResponseLink:
    """A transfer that a response answers, and why it is taken to."""

    transfer: str  # register id
    why: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterResponse:
    """A response, joined over documents; status and day are those of its last step."""

    kind: ResponseKind
    by: str | None
    against: str | None
    target: str | None
    status: ResponseStatus
    on: str | None
    transfers: tuple[str, ...]  # register ids
    citations: tuple[Citation, ...]
    id: str = ""  # "p" + 10 hexadecimal digits, from what it is and its first step
    reported: str | None = None  # EDTF: the day by which the first report of the last step was public
    history: tuple[ResponseStep, ...] = ()  # in order of time
    answers: tuple[ResponseLink, ...] = ()  # why it is taken to answer each of the transfers
    goods: tuple[Category, ...] = ()  # kinds of goods named in the sentences that tell of it


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the chronological list."""

    when: str | None  # EDTF
    kind: str  # transfer stage, claim stance, response kind, question_opened, question_closed, event type
    text: str
    transfers: tuple[str, ...]
    citations: tuple[Citation, ...]


class OriginKind(StrEnum):
    """How whoever knows first-hand knows."""

    ACTOR = "actor"  # a state, group or body, on its own word
    PHYSICAL = "physical"  # debris, a seized cargo, serial numbers that somebody examined
    RECORDS = "records"  # customs, shipping or flight records, contracts
    IMAGERY = "imagery"  # satellite pictures, photographs, footage
    WITNESS = "witness"  # reporters or others on the spot
    UNNAMED = "unnamed"  # a report that does not say how it knows


@dataclass(frozen=True, slots=True)
class Origin:
    """Whoever information on a transfer comes from, as told."""

    kind: OriginKind
    holder: str  # whose it is, for reading: "United States", "Conflict Armament Research"
    standing: str  # independent, dependent, unknown
    why: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins stand behind a row."""

    independent: int | None  # None: not worked out
    at_most: int
    why: str
    found: tuple[Origin, ...] = ()  # the counted ones first


@dataclass(frozen=True, slots=True)
class Measure:
    """A rule that a transfer would breach if it happened as alleged, or of which that cannot be told.  It
    never says that the rule was breached."""

    measure: str | None  # id of the row in the table of measures; None: what could not be held against any
    group: str  # rules that repeat each other have it in common
    authority: str  # UNSC, EU, OSCE
    instrument: str  # "S/RES/1718 (2006)"
    paragraph: str  # "8(a)(i)"
    rule: str  # the paragraph in our own words
    verdict: str  # would_breach, cannot_tell
    side: str  # supplier, recipient, transit: who would breach it
    who: str | None  # code of that side; None where it is not told, or is no state
    why: str  # in a sentence
    days: tuple[str, ...]  # EDTF: the days told on which it was judged; empty where none is told
    since: str | None  # ISO day
    until: str | None  # ISO day, the last on which it held; None: in force
    exceptions: tuple[str, ...]
    approval: str | None  # beforehand: lawful as approved; told: lawful as told to the committee
    binding: bool | None  # in law; False: a political undertaking or a request; None: no rule
    note: str
    source: str
    verified: str | None  # ISO day on which the text of the paragraph was looked up; None: it was not
    citations: Mapping[str, tuple[Citation, ...]] = field(default_factory=dict)
    # the register row's own words that it rests on: supplier, recipient, category, when, route


@dataclass(frozen=True, slots=True)
class RowRemark:
    """What a judgement says of a row, with the words that it was judged by."""

    judgement: str  # id
    reported: str  # id of the reported transfer
    about: str  # a field, "claim c2" or "note"
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One transfer, with SIPRI's columns (SIPRI Arms Transfers Database, trade register: brackets
    for an uncertain figure or year, '..' for not available)."""

    id: str
    supplier: str | None
    recipient: str | None
    category: Category
    stage: Stage
    outcome: Outcome | None
    quantity: Quantity | None
    when: str | None
    cells: Mapping[str, Cell]
    # supplier, recipient, number_ordered, designation, description, year_of_order,
    # years_of_delivery, number_delivered, comments, stage, category, route
    route: Route | None
    in_exchange_for: tuple[str, ...]  # register ids
    positions: tuple[Position, ...]
    origins: Origins
    open: tuple[OpenQuestion, ...]  # those not answered yet
    reported: tuple[tuple[str, str], ...]  # (document id, reported transfer id)
    reasons: tuple[JoinReason, ...]
    apart: tuple[JoinReason, ...]
    judged: tuple[RowRemark, ...] = ()  # where analysts overruled what was read, and their notes
    closed: tuple[OpenQuestion, ...] = ()  # those answered, with the day and the words that did it
    first_report: str | None = None  # ISO day by which the first report on it was public; None: no day
    last_report: str | None = None
    measures: tuple[Measure, ...] | None = None  # None: not looked up; empty: none known would be breached


@dataclass(frozen=True, slots=True)
class Relation:
    """How one transfer hangs together with another, by the words of a report."""

    kind: str  # part_of: the first is part of the second; follow_up_of: it came after and is more of it
    a: str  # register id
    b: str
    why: str
    citations: tuple[Citation, ...]


class Clock(StrEnum):
    """By which of the two clocks a case is looked at as of a day."""

    PUBLIC = "public"  # what had been published by then: by the latest day that the publication can be
    HELD = "held"  # what this case had captured by then


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day that is past, by which clock, and how much of the case that is."""

    day: str  # ISO 8601; to its end, in UTC
    clock: Clock
    documents: int  # that are in
    of: int  # documents that the case holds, or held then
    undated: int = 0  # of those left out, how many do not say when they were published: they count from
    # the day of their capture
    removed: int = 0  # of those in, how many were removed since
    judgements: int = 0  # that are in
    later_judgements: int = 0  # made after that day, about something that is in
    with_later: bool = False  # whether these are let in


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a case at one moment."""

    rows: tuple[RegisterRow, ...]
    responses: tuple[RegisterResponse, ...]
    timeline: tuple[TimelineEntry, ...]
    copies: tuple[Copy, ...]
    dated: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # as in Links
    passages: Mapping[tuple[str, str], tuple[Passage, ...]] = field(default_factory=dict)  # of copies: (a, b)
    relations: tuple[Relation, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    judgements: tuple[Judged, ...] = ()  # in the order in which they were made
    as_of: AsOf | None = None  # None: of the case as last built


# --------------------------------------------------------------------------------------- changes


class ChangeKind(StrEnum):
    """In what way a register differs from an earlier one."""

    APPEARED = "appeared"  # a transfer that was not told of
    STAGE = "stage"  # it is told to have come to a stage to which it was not told to have come
    RECEIVED = "received"  # somebody says that it arrived
    USED = "used"  # somebody says that the goods were used
    ORIGIN_GAINED = "origin_gained"  # one more knows it first-hand and independently
    ORIGIN_LOST = "origin_lost"
    DENIED = "denied"
    DOUBTED = "doubted"
    REVISED = "revised"  # an actor gives another figure or stage than before
    SUPERSEDED = "superseded"  # an actor's figure is history: it gave another one later
    CONTRADICTED = "contradicted"  # reports disagree on a value
    ANSWERED = "answered"  # somebody asserts it after a denial
    QUESTION_OPENED = "question_opened"
    QUESTION_CLOSED = "question_closed"
    RESPONSE = "response"
    RESPONSE_STATUS = "response_status"  # a response came further, or was blocked
    MEASURE = "measure"  # a measure that it would breach
    MERGED = "merged"  # transfers that looked apart are one
    SPLIT = "split"  # a transfer that looked like one is several
    WITHDRAWN = "withdrawn"  # what was told no longer holds: nothing in the case says it any more


@dataclass(frozen=True, slots=True)
class Change:
    """One way in which a register differs from an earlier one, with the words that bring it."""

    key: str  # "k" + 12 hexadecimal digits: of the kind, the value, and the first words that bring it
    kind: ChangeKind
    transfer: str | None  # register id, as it is after the change; of what is gone, as it was
    former: tuple[str, ...]  # register ids before it, where rows merged or one split
    on: str | None  # EDTF: the day of the words that bring it; None where nothing tells
    actor: str | None  # code, or name, of who brings it
    text: str  # who says what, in a sentence
    citations: tuple[Citation, ...]
    before: str | None  # the value before, in words
    after: str | None  # the value after
    words: tuple[str, ...]  # what it rests on, the first of it first: "DOCUMENT:c2", "DOCUMENT:12-40"
