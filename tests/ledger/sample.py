"""A document with a reading that fills every type of finding, and a register of it."""

from __future__ import annotations

import hashlib

from tidewaiter.model import (
    Anchor,
    Category,
    Cell,
    Citation,
    Claim,
    Copy,
    Document,
    Event,
    Judgement,
    JudgementKind,
    Mention,
    Mode,
    OpenQuestion,
    Origins,
    Outcome,
    Part,
    Quantity,
    Reading,
    Register,
    RegisterRow,
    ReportedTransfer,
    Response,
    ResponseKind,
    ResponseStatus,
    Route,
    Segment,
    Source,
    Span,
    Speaker,
    Stage,
    Stance,
    Statement,
    Target,
    TargetKind,
)

TEXT = "The ministry of Freedonia said on Monday that Sylvania had shipped 40 howitzers to it by rail."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def a_document(text: str = TEXT) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=f"d{digest[:12]}",
        source="reports/one.txt",
        captures=(digest,),
        text=text,
        text_sha256=digest,
        title="Howitzers by rail",
        outlet=None,
        author=None,
        published="2021-05-04",
        published_ground="dateline",
        language="en",
        anchors={"published": (span("Monday"),)},
        segments=(Segment(0, len(text), 7),),
        flags=("a flag",),
    )


def a_reading(document: Document) -> Reading:
    quantity = Quantity(40, 40, "howitzers", "40 howitzers")
    anchors = {
        "trigger": (span("shipped"),),
        "supplier": (span("Sylvania"),),
        "quantity": (span("40 howitzers"),),
        "route": (span("by rail"),),
    }
    statement = Statement(
        id="s1",
        mode=Mode.INDIRECT,
        source=Source(
            "The ministry of Freedonia",
            (span("The ministry of Freedonia"),),
            role="ministry",
            via=("a wire",),
        ),
        cue=Part("said", (span("said"),)),
        content=Part("Sylvania had shipped 40 howitzers", (span("Sylvania had shipped 40 howitzers"),)),
        said_on="2021-05-03",
        anchors={"said_on": (span("on Monday"),)},
    )
    mention = Mention(
        "m1",
        "r1",
        "SYL",
        None,
        Category.ARTILLERY,
        "howitzers",
        quantity,
        Stage.SHIPPED,
        None,
        None,
        Span(0, len(TEXT)),
        anchors,
    )
    transfer = ReportedTransfer(
        "r1",
        "SYL",
        None,
        Category.ARTILLERY,
        "howitzers",
        quantity,
        Stage.SHIPPED,
        Outcome.LOST,
        None,
        Route(via=("the pass",), mode="rail"),
        None,
        ("m1",),
        anchors,
    )
    claim = Claim(
        "c1",
        Stance.ASSERTS,
        "r1",
        Stage.SHIPPED,
        quantity,
        Speaker(None, "ministry", "FRE"),
        "2021-05-03",
        "s1",
        {"stance": (span("said"),), "speaker": (span("The ministry of Freedonia"),)},
    )
    response = Response(
        "p1",
        ResponseKind.SANCTION,
        "FRE",
        "SYL",
        None,
        ResponseStatus.DONE,
        None,
        "r1",
        {"kind": (span("rail"),)},
    )
    event = Event("e1", "exercise", "FRE", None, None, "on Monday", {"text": (span("on Monday"),)})
    return Reading(
        document.id, "reader 1", (statement,), (mention,), (transfer,), (claim,), (response,), (event,)
    )


def a_register(document: Document) -> Register:
    citation = Citation(document.id, (span("40 howitzers"),), "40 howitzers")
    row = RegisterRow(
        id="t1",
        supplier="SYL",
        recipient=None,
        category=Category.ARTILLERY,
        stage=Stage.SHIPPED,
        outcome=None,
        quantity=Quantity(40, 40, "howitzers", "40 howitzers"),
        when=None,
        cells={"number_ordered": Cell("(40)", (citation,)), "recipient": Cell("..")},
        route=None,
        in_exchange_for=(),
        positions=(),
        origins=Origins(None, 1, "one report"),
        open=(OpenQuestion("receipt", "receipt not confirmed", "2021-05-04", (citation,)),),
        reported=((document.id, "r1"),),
        reasons=(),
        apart=(),
    )
    copy = Copy(document.id, document.id, "verbatim", None, 1.0, "all words the same")
    return Register((row,), (), (), (copy,), {"d2": ("2021-05-04", "same text as another")})


JUDGEMENT = Judgement(
    id="",
    kind=JudgementKind.REJECT,
    at="2021-05-12T00:00:00Z",
    by="A. Analyst",
    why="a ship is no howitzer",
    named=("r1",),
    sides=(
        (
            Target(
                TargetKind.TRANSFER,
                "0" * 64,
                "reports/one.txt",
                "artillery, SYL to unknown (r1)",
                {"trigger": (Anchor(9, 16, "shipped", "Sylvania had ", " 40 howitzers"),)},
                {"supplier": "SYL"},
            ),
        ),
    ),
)
"""Ready to be made."""
