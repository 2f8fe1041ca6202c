"""Every span of every output lies on the words it claims, whatever the text looks like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter import knowledge
from tidewaiter.capture.files import make_document
from tidewaiter.codec import decode, encode
from tidewaiter.contract import export_lines, reading_to_json
from tidewaiter.errors import CaptureError
from tidewaiter.explain import Case, explain
from tidewaiter.linking import link
from tidewaiter.model import Capture, Document, Reading
from tidewaiter.reading.reader import read
from tidewaiter.register import build_register
from tidewaiter.verification.texts import check_reading

PIECES = (
    "Norway said on Tuesday that Ghana had received more than 300 mortars from Chile.",
    "Chile denied that it had shipped any mortars to Ghana, calling the Norwegian report absurd.",
    "Canada imposed sanctions on a Chilean firm in April for sending 40 drones to Ghana by sea.",
    "“Chile will give Ghana two frigates in exchange for radar parts,” President Ama Owusu said.",
    "OSLO, May 4, 2021 -",
    "Norway’s defence ministry said on Tuesday that",
    "Ghana had received more than 300 mortars from Chile",
    "“We have not sold a single shell,”Chile's spokesman told reporters",
    "a claim which Santiago denies",
    "the shipment went through the port of Lagos disguised as tractors",
    "in exchange for radar parts",
    "it is not known whether they arrived",
    "Canada imposed sanctions on a Chilean firm over the deal",
    "and used them against rebels near Tamale last month",
    "the North bought nearly two dozen drones",
    "U.S. officials declined to comment",
    "Read more: Ten things to know",
    "Share this | Home | World",
    "<p>", "</p>", "<br/>", "&nbsp;", "&#8217;", "&amp;quot;", "<b", "]]>",
    "\n", "\n\n", "\r\n", "\t", " ", "  ", "\u00a0", "\u200b", "\ufeff", "\x00", "\x0b",
    ".", ",", "”", "“", "\"", "'", "—", "…", ":", ";", "(", ")", "%", "$4 million", "🚀", "é", "北",
    "[", "]", "on Nov. 31", "Sun. Feb 25th, 2024", "20210504", "XXXX",
)  # fmt: skip

ANCHORED = ("supplier", "recipient", "item", "quantity", "outcome", "when", "by", "against", "target", "on")
"""Fields that have words under them wherever they have a value."""

DIRTY = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), min_size=1, max_size=24)
KINDS = st.sampled_from(("text/plain", "text/html", "text/markdown"))


def made(pieces: Sequence[str], kind: str) -> Document | None:
    """The document of a dirty text; None where it holds no article."""
    data = "".join(piece + " " * (len(piece) > 8) for piece in pieces).encode("utf-8", "replace")
    capture = Capture(
        hashlib.sha256(data).hexdigest(), len(data), "x", "2021-06-01T00:00:00Z", "me", "file", kind
    )
    try:
        return make_document(capture, data, "x.txt")
    except CaptureError:
        return None


def spans_in(value: Any, text: str) -> Iterator[tuple[int, int]]:
    """All spans in the JSON of a reading, after checking those that stand beside their text."""
    if isinstance(value, dict):
        if "spans" in value and "text" in value:
            words = " ".join(text[start:end] for start, end in value["spans"])
            assert words == value["text"]
        for key, inner in value.items():
            if key == "spans":
                yield from inner
            elif key == "anchors":
                yield from (tuple(span) for spans in inner.values() for span in spans)
            else:
                yield from spans_in(inner, text)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_in(inner, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(DIRTY, KINDS), min_size=1, max_size=3))
def test_every_anchor_of_every_output_is_the_text_at_its_position(
    dirty: list[tuple[list[str], str]],
) -> None:
    tables = knowledge.load()
    found = [document for pieces, kind in dirty if (document := made(pieces, kind)) is not None]
    documents = sorted({one.id: one for one in found}.values(), key=lambda one: one.id)
    readings = {one.id: read(one, tables) for one in documents}
    for document in documents:
        check_document(document, readings[document.id])
    links = link(documents, readings)
    register = build_register(documents, readings, links, "2021-06-01")
    texts = {one.id: one.text for one in documents}
    lines = [json.loads(json.dumps(line)) for line in export_lines(documents, readings, register)]
    for citation in citations(lines):
        text = texts[citation["document_id"]]
        assert " ... ".join(text[start:end] for start, end in citation["spans"]) == citation["quote"]
    case = Case({one.id: one for one in documents}, readings, register)
    for row in register.rows:
        check_explanation(case, row.id)


def check_document(document: Document, reading: Reading) -> None:
    text = document.text
    for start, end in spans_in(reading_to_json(document, reading), text):
        assert 0 <= start < end <= len(text)
    assert list(check_reading(document, reading)) == []
    for finding in (*reading.mentions, *reading.transfers, *reading.claims, *reading.responses):
        unanchored = [
            name
            for name in (
                "supplier",
                "recipient",
                "item",
                "quantity",
                "outcome",
                "when",
                "by",
                "against",
                "on",
            )
            if getattr(finding, name, None) is not None and not finding.anchors.get(name)
        ]
        assert not unanchored, f"{finding.id}: {unanchored} have no words under them"
    assert decode(Reading, json.loads(json.dumps(encode(reading)))) == reading
    assert decode(Document, json.loads(json.dumps(encode(document)))) == document


def citations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "quote" in value:
            yield value
        for inner in value.values():
            yield from citations(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from citations(inner)


def check_explanation(case: Case, wanted: str) -> None:
    explanation = explain(case, wanted)
    assert explanation is not None
    for section in explanation.sections:
        for item in section.items:
            for words in item.words:
                text = case.documents[words.document].text
                for passage in words.passages:
                    assert text[passage.start :].startswith(passage.text)
                    runs = list(passage.runs())
                    assert "".join(run for run, _ in runs) == passage.text
                    assert [run for run, is_marked in runs if is_marked] == [
                        text[start:end] for start, end in passage.marks
                    ]
