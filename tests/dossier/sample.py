"""An invented case, made by hand: Iceland, Malta and nobody's real events."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

from tidewaiter import knowledge, places
from tidewaiter.model import (
    Capture,
    Category,
    Cell,
    Citation,
    Claim,
    Closing,
    Copy,
    Discrepancy,
    DisputedValue,
    Document,
    Drift,
    DriftKind,
    JoinReason,
    Measure,
    Mode,
    OpenQuestion,
    Origin,
    OriginKind,
    Origins,
    Outcome,
    Part,
    Position,
    PositionClaim,
    Quantity,
    QuestionState,
    Rating,
    Reading,
    Register,
    RegisterResponse,
    RegisterRow,
    ReportedTransfer,
    ResponseKind,
    ResponseLink,
    ResponseStatus,
    ResponseStep,
    Route,
    Source,
    Span,
    Speaker,
    Stage,
    Stance,
    Statement,
    TimelineEntry,
    Utterance,
    Variant,
)

MADE_AT = "2031-06-01T09:30:00Z"
CASE = "Shells for Valletta"

WIRE = """WELLINGTON (Invented Wire) - New Zealand accused Iceland on Monday of shipping \
artillery shells to Malta.

Defence Minister Aroha Tane told reporters that "several thousand rounds left Reykjavik \
in crates marked as fish meal", bound on paper for Cape Verde.

"We do not know yet whether they have been received," she added.

In return, she said, Malta had offered radar components."""

REWRITE = """Iceland is shipping shells to Malta, New Zealand says

The defence minister of New Zealand, Aroha Tane, has accused Iceland of sending artillery \
shells to Malta in crates marked as fish meal. Several thousand rounds are said to be under way. \
On paper they go to Cape Verde."""

DENIAL = """Reykjavik: claims are "invented from end to end"

Iceland's foreign ministry on Wednesday rejected the accusation. \
"Not one shell has left our shores for Malta," spokesman Jón Helgason said in Reykjavik.

Malta's government declined to comment. The foreign ministry \
did say that talks on radar parts had taken place."""

DELIVERY = """Crates opened in Valletta

Chile's navy said on 19 May 2031 that it had counted 2,400 shells on the quay in \
Valletta, taken off the freighter Norðurljós, and that it doubted the number given by Wellington.

The European Union announced sanctions against the shipping firm Hafnarskip. \
New Zealand took the matter to the Security Council, where a draft failed on a veto."""

HOSTILE = """</p><script>alert("x")</script><img src=x onerror=alert(1)> & "quotes" 'single'
The ministry said \u202eelpoep eht dluohs os\u202c nothing. شحنة من القذائف إلى مالطا وصلت بالفعل
{token}
End\x00 of page.""".format(token="W" * 400)


class Case(NamedTuple):
    """What ``render_dossier`` takes."""

    documents: tuple[Document, ...]
    readings: Mapping[str, Reading]
    register: Register
    captures: Mapping[str, Capture]


def document(text: str, source: str, **fields: object) -> Document:
    """A document as capture makes it."""
    digest = hashlib.sha256(source.encode()).hexdigest()
    known: dict[str, object] = dict.fromkeys(
        ("title", "outlet", "author", "published", "published_ground"), None
    )
    known |= {"language": "en"} | fields
    return Document(
        id=f"d{digest[:12]}",
        source=source,
        captures=(digest,),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        **known,  # type: ignore[arg-type]
    )


def span(text: str, words: str) -> Span:
    """Where ``words`` first stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def cite(of: Document, *phrases: str) -> Citation:
    """A citation of ``phrases`` in a document."""
    return Citation(of.id, tuple(span(of.text, words) for words in phrases), " ... ".join(phrases))


wire = document(
    WIRE,
    "reports/wire.txt",
    title="New Zealand accuses Iceland of arming Malta",
    outlet="Invented Wire",
    author="A. Nyström",
    published="2031-05-12",
    published_ground="dateline",
    anchors={"published": (span(WIRE, "Monday"),)},
    url="https://wire.example/arming-malta?id=1&x=2",
)
rewrite = document(
    REWRITE,
    "reports/rewrite.html",
    title="Iceland is shipping shells to Malta, New Zealand says",
    outlet="The Morning Copy",
    published="2031-05-13",
    published_ground="metadata",
    anchors={"title": (span(REWRITE, "Iceland is shipping shells to Malta, New Zealand says"),)},
)
denial = document(
    DENIAL,
    "reports/denial.txt",
    title="Reykjavik: claims are “invented from end to end”",
    outlet="North Atlantic Agency",
    published="2031-05-14",
    published_ground="header",
)
delivery = document(
    DELIVERY,
    "reports/delivery.txt",
    title="Crates opened in Valletta",
    published="[2031-05-19..2031-05-25]",
    published_ground="text",
    flags=("banner date not used: 25 May 2031 is when the page was fetched",),
)
hostile = document(
    HOSTILE,
    "reports/<b>hostile</b>.html",
    title="<script>alert('title')</script> \u202eesrever",
    outlet='"><img src=x onerror=alert(2)>',
    published="XXXX-05",
    published_ground="text",
    url="javascript:alert(3)",
    language="ar",
)
empty = document("", "reports/empty.html", flags=("empty: no article was found in the page",))

DOCUMENTS = (wire, rewrite, denial, delivery, hostile, empty)

TANE = Speaker("Aroha Tane", "Defence Minister", "NZL")
HELGASON = Speaker("Jón Helgason", "foreign ministry spokesman", "ISL")
NAVY = Speaker(None, "navy", "CHL")
SEVERAL = Quantity(1000, None, "rounds", "several thousand rounds")
COUNTED = Quantity(2400, 2400, "shells", "2,400 shells")


def position(
    actor: str, label: str, summary: str, furthest: Stage | None, *claims: PositionClaim
) -> Position:
    return Position(actor, label, summary, furthest, claims)


def claim(
    of: Document,
    speaker: Speaker,
    stance: Stance,
    words: tuple[str, ...],
    stage: Stage | None = None,
    quantity: Quantity | None = None,
    said_on: str | None = None,
) -> PositionClaim:
    identity = hashlib.sha256(f"{of.id}{speaker}{stance}".encode()).hexdigest()[:10]
    return PositionClaim(
        f"c{identity}",
        of.id,
        speaker,
        stance,
        stage,
        quantity,
        said_on,
        of.published,
        cite(of, *words),
        None if stance is Stance.DECLINES else RATING,
    )


RATING = Rating(
    "C", "2", "C: a government, on its own word", "2: said with a ground of its own; <b>denied</b>"
)

SHELL_POSITIONS = (
    position(
        "NZL",
        "New Zealand",
        "asserts",
        Stage.SHIPPED,
        claim(
            wire,
            TANE,
            Stance.ASSERTS,
            ("several thousand rounds left Reykjavik in crates marked as fish meal",),
            Stage.SHIPPED,
            SEVERAL,
            "2031-05-12",
        ),
        claim(
            rewrite,
            TANE,
            Stance.ASSERTS,
            ("has accused Iceland of sending artillery shells to Malta",),
            Stage.SHIPPED,
            SEVERAL,
        ),
    ),
    position(
        "CHL",
        "Chile",
        "asserts, doubts the number",
        Stage.DELIVERED,
        claim(
            delivery,
            NAVY,
            Stance.ASSERTS,
            ("it had counted 2,400 shells on the quay in Valletta",),
            Stage.DELIVERED,
            COUNTED,
            "2031-05-19",
        ),
        claim(
            delivery,
            NAVY,
            Stance.DOUBTS,
            ("it doubted the number given by Wellington",),
            None,
            None,
            "2031-05-19",
        ),
    ),
    position(
        "ISL",
        "Iceland",
        "denies",
        None,
        claim(
            denial,
            HELGASON,
            Stance.DENIES,
            ("Not one shell has left our shores for Malta", "spokesman Jón Helgason said"),
            said_on="2031-05-14",
        ),
    ),
    position(
        "MLT",
        "Malta",
        "declines to comment",
        None,
        claim(
            denial,
            Speaker(None, None, "MLT"),
            Stance.DECLINES,
            ("Malta's government declined to comment",),
            said_on="2031-05-14",
        ),
    ),
)

SHELL_MEASURES = (
    Measure(
        measure="osce-2029-3",
        group="OSCE supply MLT osce",
        authority="OSCE",
        instrument="Decision 3 of 2029",
        paragraph="2",
        rule="Participating states shall supply no arms to Malta.",
        verdict="would_breach",
        side="supplier",
        who="ISL",
        why="Would breach Decision 3 of 2029, paragraph 2, if the claim is true: Iceland is bound not to "
        "supply ammunition to Malta; day told: 12 May 2031; the rule has held since 1 March 2029.",
        days=("2031-05-12",),
        since="2029-03-01",
        until=None,
        exceptions=(),
        approval=None,
        binding=True,
        note="",
        source="made up",
        verified="2031-04-02",
        citations={"supplier": (cite(wire, "Iceland"),), "category": (cite(wire, "artillery shells"),)},
    ),
    Measure(
        measure=None,
        group="",
        authority="",
        instrument="",
        paragraph="",
        rule="",
        verdict="cannot_tell",
        side="",
        who=None,
        why="Cannot tell: the state of transit is not told.",
        days=(),
        since=None,
        until=None,
        exceptions=(),
        approval=None,
        binding=None,
        note="",
        source="",
        verified=None,
    ),
)

SHELLS = RegisterRow(
    measures=SHELL_MEASURES,
    id="t-isl-mlt-shells",
    supplier="ISL",
    recipient="MLT",
    category=Category.AMMUNITION,
    stage=Stage.DELIVERED,
    outcome=None,
    quantity=SEVERAL,
    when="2031-05-12",
    cells={
        "supplier": Cell(
            "Iceland", (cite(wire, "Iceland"), cite(rewrite, "Iceland"), cite(denial, "Iceland"))
        ),
        "recipient": Cell(
            "Malta",
            (*(cite(of, "Malta") for of in (wire, rewrite, denial)), cite(delivery, "Valletta")),
        ),
        "number_ordered": Cell(".."),
        "designation": Cell("artillery shells", (cite(wire, "artillery shells"),)),
        "description": Cell("shells", (cite(wire, "shells"),)),
        "year_of_order": Cell("(2031)", (cite(wire, "on Monday"),)),
        "years_of_delivery": Cell("2031", (cite(delivery, "19 May 2031"),)),
        "number_delivered": Cell("(2,400)", (cite(delivery, "2,400 shells"),)),
        "comments": Cell(
            "Crates marked as fish meal, on paper for Cape Verde; Iceland denies",
            (cite(wire, "crates marked as fish meal", "bound on paper for Cape Verde"),),
        ),
        "stage": Cell("delivered", (cite(delivery, "on the quay in Valletta"),)),
        "category": Cell("ammunition", (cite(wire, "artillery shells"),)),
        "route": Cell("sea, by way of Reykjavik", (cite(wire, "left Reykjavik"),)),
    },
    route=Route(("CPV",), ("Reykjavik",), ("MLT",), "sea", "Norðurljós"),
    in_exchange_for=("t-mlt-isl-radar",),
    positions=SHELL_POSITIONS,
    origins=Origins(
        2,
        3,
        "2 independent origins: New Zealand; Chile; at most 3; told in 4 reports, 3 when copies count once",
        (
            Origin(
                OriginKind.ACTOR,
                "New Zealand",
                "independent",
                "gives no ground, but nobody here is known to have said it before",
                (cite(wire, "several thousand rounds left Reykjavik in crates marked as fish meal"),),
            ),
            Origin(
                OriginKind.PHYSICAL,
                "Chile",
                "independent",
                "gives a ground of its own: goods that were counted",
                (cite(delivery, "it had counted 2,400 shells on the quay in Valletta"),),
            ),
            Origin(
                OriginKind.UNNAMED,
                '"><img src=x onerror=alert(4)>',
                "unknown",
                "the report names nobody who says it",
            ),
            Origin(OriginKind.ACTOR, "North Wire", "dependent", "passes on what others say"),
        ),
    ),
    open=(
        OpenQuestion(
            "quantity",
            "two figures stand beside each other: several thousand, and 2,400",
            "2031-05-25",
            (cite(wire, "several thousand rounds"), cite(delivery, "2,400 shells")),
            since="2031-05-12",
        ),
        OpenQuestion(
            "denial_unanswered", "Iceland's denial has not been answered as of 2031-05-25", "2031-05-25"
        ),
    ),
    reported=(
        (wire.id, "r0000000001"),
        (rewrite.id, "r0000000002"),
        (denial.id, "r0000000003"),
        (delivery.id, "r0000000004"),
    ),
    reasons=(
        JoinReason(
            "r0000000001", "r0000000002", True, 0.97, "same parties, goods and speaker; one is a copy"
        ),
        JoinReason("r0000000001", "r0000000003", True, 0.88, "same parties and goods, two days apart"),
        JoinReason("r0000000001", "r0000000004", True, 0.74, "same parties and goods, port named in both"),
    ),
    apart=(JoinReason("r0000000001", "r0000000005", False, 0.2, "the goods go the other way"),),
    closed=(
        OpenQuestion(
            "receipt",
            "receipt not confirmed by anyone",
            "2031-05-25",
            (cite(wire, "several thousand rounds"),),
            since="2031-05-12",
            asked="receipt not confirmed by anyone",
            opened_by=(cite(wire, "several thousand rounds"),),
            state=QuestionState.CLOSED,
            closed_on="[..2031-05-25]",
            closed_by=Closing(
                "Chile says that it was delivered",
                "CHL",
                (cite(delivery, "it had counted 2,400 shells on the quay in Valletta"),),
            ),
        ),
    ),
)

RADAR = RegisterRow(
    id="t-mlt-isl-radar",
    supplier="MLT",
    recipient="ISL",
    category=Category.COMPONENTS,
    stage=Stage.PLANNED,
    outcome=Outcome.RETURNED,
    quantity=None,
    when=None,
    cells={
        "supplier": Cell("Malta", (cite(wire, "Malta had offered"),)),
        "recipient": Cell("Iceland", (cite(wire, "In return"),)),
        "designation": Cell("radar components", (cite(wire, "radar components"),)),
        "stage": Cell("planned", (cite(wire, "had offered"),)),
    },
    route=None,
    in_exchange_for=("t-isl-mlt-shells",),
    positions=(
        position(
            "NZL",
            "New Zealand",
            "asserts",
            Stage.PLANNED,
            claim(
                wire,
                TANE,
                Stance.ASSERTS,
                ("In return, she said, Malta had offered radar components",),
                Stage.PLANNED,
                None,
                "2031-05-12",
            ),
        ),
    ),
    origins=Origins(None, 1, "one report"),
    open=(),
    reported=((wire.id, "r0000000005"),),
    reasons=(),
    apart=(),
)

ANNOUNCED = (cite(delivery, "The European Union announced sanctions against the shipping firm Hafnarskip"),)
REFERRED = (cite(delivery, "New Zealand took the matter to the Security Council"),)
VETOED = (cite(delivery, "a draft failed on a veto"),)

RESPONSES = (
    RegisterResponse(
        ResponseKind.SANCTION,
        "EU",
        "ISL",
        "Hafnarskip",
        ResponseStatus.LIFTED,
        None,
        ("t-isl-mlt-shells",),
        ANNOUNCED,
        history=(
            ResponseStep(ResponseStatus.ANNOUNCED, None, "[..2031-05-25]", ANNOUNCED),
            ResponseStep(ResponseStatus.DONE, "2031-06-01", "2031-06-02", ANNOUNCED),
            ResponseStep(ResponseStatus.LIFTED, None, None, ANNOUNCED),
        ),
        answers=(ResponseLink("t-isl-mlt-shells", "it hits Iceland, the supplier", ANNOUNCED),),
    ),
    RegisterResponse(
        ResponseKind.UN_REFERRAL,
        "NZL",
        "ISL",
        None,
        ResponseStatus.DONE,
        "2031-05",
        ("t-isl-mlt-shells",),
        REFERRED,
        history=(ResponseStep(ResponseStatus.DONE, "2031-05", "2031-05-25", REFERRED),),
    ),
    RegisterResponse(
        ResponseKind.VETO,
        None,
        "NZL",
        None,
        ResponseStatus.DONE,
        "[2031-05-19..2031-05-25]",
        (),
        VETOED,
        history=(ResponseStep(ResponseStatus.DONE, "[2031-05-19..2031-05-25]", None, VETOED),),
    ),
)

TIMELINE = (
    TimelineEntry(
        "2031-05-12",
        "asserts",
        "New Zealand asserts that Iceland ships ammunition to Malta",
        ("t-isl-mlt-shells",),
        (cite(wire, "several thousand rounds left Reykjavik in crates marked as fish meal"),),
    ),
    TimelineEntry(
        "2031-05-14",
        "denies",
        "Iceland denies it",
        ("t-isl-mlt-shells",),
        (cite(denial, "Not one shell has left our shores for Malta"),),
    ),
    TimelineEntry(
        "2031-05-14",
        "declines",
        "Malta declines to comment",
        ("t-isl-mlt-shells",),
        (cite(denial, "Malta's government declined to comment"),),
    ),
    TimelineEntry(
        "2031-05-19",
        "delivered",
        "2,400 shells counted on the quay, according to Chile's navy",
        ("t-isl-mlt-shells",),
        (cite(delivery, "it had counted 2,400 shells on the quay in Valletta"),),
    ),
    TimelineEntry(
        "[2031-05-19..2031-05-25]",
        "veto",
        "A draft fails on a veto",
        (),
        (cite(delivery, "a draft failed on a veto"),),
    ),
    TimelineEntry(
        "2031-05",
        "un_referral",
        "New Zealand takes it to the Security Council",
        ("t-isl-mlt-shells",),
        (cite(delivery, "New Zealand took the matter to the Security Council"),),
    ),
    TimelineEntry(
        "XXXX-05", "visit", "A ministry says nothing", (), (cite(hostile, "The ministry said", "nothing"),)
    ),
    TimelineEntry(
        None,
        "asserts",
        "New Zealand asserts that Malta offers components",
        ("t-mlt-isl-radar",),
        (cite(wire, "In return, she said, Malta had offered radar components"),),
    ),
)

COPIES = (
    Copy(
        min(wire.id, rewrite.id),
        max(wire.id, rewrite.id),
        "rewrite",
        "a->b" if wire.id < rewrite.id else "b->a",
        0.61,
        "4 of 6 sentences share a run of five words; published a day later",
    ),
)

UTTERANCES = (
    Utterance(
        "u0000000001",
        Speaker("Aroha Tane", "defence minister", "NZL"),
        "2031-05-12",
        "several thousand rounds left Reykjavik in crates marked as fish meal",
        "Likeliest wording: that of Invented Wire, the only quotation, published 12 May 2031. One act of "
        "saying: 7 things said in both (80% of the shorter), the same person, told within a day",
        (
            Variant(
                "s1",
                cite(wire, "several thousand rounds left Reykjavik in crates marked as fish meal"),
                "2031-05-12",
                (),
            ),
            Variant(
                "s1",
                cite(rewrite, "Several thousand rounds are said to be under way"),
                None,
                (
                    Drift(DriftKind.NUMBER_CHANGED, "several thousand", "Several thousand"),
                    Drift(DriftKind.SYNONYM, "left", "are said to be under way"),
                    Drift(DriftKind.OMISSION, "Reykjavik in crates marked as fish meal", ""),
                ),
            ),
        ),
    ),
)

DISCREPANCIES = (
    Discrepancy(
        "x0123456789",
        "number",
        "origins",
        "how many: shells",
        (
            DisputedValue(wire.text[:12], (Citation(wire.id, (Span(0, 12),), wire.text[:12]),)),
            DisputedValue(denial.text[:9], (Citation(denial.id, (Span(0, 9),), denial.text[:9]),)),
        ),
        0,
        "2 of 3 reports that tell of it and are no copies of one another have it",
        (SHELLS.id,),
    ),
    Discrepancy(
        "x9876543210",
        "date",
        "inner",
        "the day in “<b>Tuesday</b>, 4 May”",
        (
            DisputedValue(hostile.text[:5], (Citation(hostile.id, (Span(0, 5),), hostile.text[:5]),)),
            DisputedValue(hostile.text[6:12], (Citation(hostile.id, (Span(6, 12),), hostile.text[6:12]),)),
        ),
        None,
        "by the calendar it was a Wednesday",
    ),
)

REGISTER = Register(
    (SHELLS, RADAR),
    RESPONSES,
    TIMELINE,
    COPIES,
    {hostile.id: ("2031-05", "from other reports")},
    utterances=UTTERANCES,
    discrepancies=DISCREPANCIES,
)


def reading(of: Document, transfer: str, row: RegisterRow) -> Reading:
    """A reading with one reported transfer and one claim, enough for what the dossier asks of it."""
    reported = ReportedTransfer(
        transfer,
        row.supplier,
        row.recipient,
        row.category,
        None,
        None,
        row.stage,
        None,
        None,
        None,
        None,
        (),
        {},
    )
    words = of.text[:10]
    part = Part(words, (Span(0, 10),))
    statement = Statement("s1", Mode.INDIRECT, Source(words, part.spans), None, part)
    stance = Claim("c1", Stance.ASSERTS, transfer, row.stage, None, Speaker(None, None, None), None, "s1", {})
    return Reading(of.id, "test", (statement,), (), (reported,), (stance,))


READINGS = {
    wire.id: reading(wire, "r0000000001", SHELLS),
    rewrite.id: reading(rewrite, "r0000000002", SHELLS),
    denial.id: reading(denial, "r0000000003", SHELLS),
    delivery.id: reading(delivery, "r0000000004", SHELLS),
    hostile.id: Reading(hostile.id, "test"),
}

CAPTURES = {
    wire.captures[0]: Capture(
        wire.captures[0], 1234, "reports/wire.txt", "2031-05-30T08:00:00Z", "analyst", "file", "text/plain"
    )
}

ATLAS = places.load(knowledge.load())

SAMPLE = Case(DOCUMENTS, READINGS, REGISTER, CAPTURES)
NOTHING = Register((), (), (), ())
