"""Copies are found, independent accounts of one event are left apart."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from linking.builders import Report
from tidewaiter.linking import link
from tidewaiter.linking.copying.copies import measure
from tidewaiter.linking.features import features_of
from tidewaiter.linking.texts.words import longest_common_run, numbered_text, quoted_spans, words
from tidewaiter.model import Copy, Document

WIRE = """Port workers in the capital of Ruritania unloaded forty crates from a grey coaster on Monday, \
the harbour master told reporters. The crates had come from Grand Fenwick by way of two smaller ports, he \
added, and nobody at the quay could say what was in them. “We do not open what is sealed by the ministry, \
and we never have,” he told the paper.

Neighbouring Florin has complained for months that its old rival is building up a force of gun boats along \
the disputed estuary. A spokeswoman for its foreign office called the cargo a clear breach of the treaty \
signed at the end of the war, and asked the council to send inspectors without delay.

Ruritania answered that the crates held spare parts for tractors. Its minister of farming showed a paper \
with the stamp of the seller, although the date on it was a year old. Grand Fenwick did not answer a list \
of questions sent to its embassy, and its ambassador was said to be on leave until the summer."""

REWRITTEN = """A mystery cargo has raised tempers on the estuary. Port workers in the capital of Ruritania \
unloaded forty crates from a grey coaster at dawn, according to the man who runs the harbour. They reached \
the town from Grand Fenwick by way of two smaller ports and were taken off in army lorries.

Neighbouring Florin has complained for months that its old rival is arming, and a spokeswoman for its \
foreign office called the cargo a clear breach of the treaty that ended the last war. \
She wants inspectors sent.

The government in Ruritania says the crates held spare parts for tractors. Its minister of farming showed a \
paper to prove it, but that sheet was old. Grand Fenwick did not answer a list of questions sent to its \
embassy this week."""

INDEPENDENT = """Florin's observers say they watched a small freighter tie up at the naval quay on \
Monday and counted about forty boxes coming off it. They believe the boxes hold torpedoes bought \
from Grand Fenwick.

Asked by this paper, the harbour master said: “We do not open what is sealed by the ministry, and we never \
have.” In a written reply the farming ministry speaks of tractor parts. A spokeswoman in Florin said the \
delivery broke the treaty, and the council is to meet on the matter on Friday. The embassy of Grand Fenwick \
was closed, and calls were not returned."""


def copies_of(documents: Sequence[Document]) -> tuple[Copy, ...]:
    return link(documents, {}).copies


def _copies(*reports: Report) -> list[tuple[str, str]]:
    return [(copy.relation, copy.ground) for copy in copies_of([report.document for report in reports])]


def test_same_text_with_debris_is_verbatim() -> None:
    debris = f"Home | World | Sport\n\n{WIRE}\n\nSubscribe to our newsletter"
    found = _copies(Report("a", WIRE), Report("b", debris))
    assert [relation for relation, _ in found] == ["verbatim"]
    assert "100%" in found[0][1]


def test_first_half_inside_another_story_is_partial() -> None:
    half = WIRE[: WIRE.index("Ruritania answered")]
    longer = f"{half}\n\n" + " ".join(f"Other matter number {n} was also discussed there." for n in range(60))
    assert [relation for relation, _ in _copies(Report("a", half), Report("b", longer))] == ["partial"]


def test_reworked_story_is_a_rewrite() -> None:
    assert [relation for relation, _ in _copies(Report("a", WIRE), Report("b", REWRITTEN))] == ["rewrite"]


def test_independent_accounts_with_the_same_quote_are_not_linked() -> None:
    assert _copies(Report("a", WIRE), Report("b", INDEPENDENT), Report("c", "")) == []


def test_standing_note_of_an_outlet_is_no_copy() -> None:
    note = (
        "Editor's note: this newspaper has covered the estuary since the first ferry crossed it, "
        "takes no money from either government, prints corrections on the second page, and lets nobody "
        "read a story before it is out. Write to the desk with what you know."
    )
    assert _copies(Report("a", f"{WIRE}\n\n{note}"), Report("b", f"{INDEPENDENT}\n\n{note}")) == []


def test_direction_by_dates_credit_lines_and_common_source() -> None:
    early, late = Report("a", WIRE, "2031-05-01"), Report("b", WIRE, "2031-05-03")
    (copy,) = copies_of([early.document, late.document])
    first = copy.a if copy.direction == "a->b" else copy.b
    assert first == early.document.id

    agency = Report("c", WIRE, outlet="Estuary Wire")
    taker = Report("d", f"STRELSAU (Estuary Wire) — {WIRE}")
    (copy,) = copies_of([agency.document, taker.document])
    assert copy.direction == ("a->b" if copy.a == agency.document.id else "b->a")
    assert "credits Estuary Wire" in copy.ground

    both = [
        Report(name, f"STRELSAU (Estuary Wire) — {WIRE}", day) for name, day in (("e", "2031"), ("f", "2033"))
    ]
    (copy,) = copies_of([report.document for report in both])
    assert copy.direction is None
    assert "both credit estuary wire" in copy.ground


def test_an_agency_that_names_itself_credits_nobody() -> None:
    """Two reports of one agency, of which one or both have its dateline, go by their days."""
    line = f"STRELSAU (Estuary Wire) — {WIRE}"
    for first, later in ((line, WIRE), (WIRE, line), (line, line)):
        early = Report("a", first, "2031-05-01", outlet="Estuary Wire")
        late = Report("b", later, "2031-05-03", outlet="Estuary Wire")
        (copy,) = copies_of([early.document, late.document])
        assert (copy.a if copy.direction == "a->b" else copy.b) == early.document.id
        assert copy.direction is not None
        assert "published" in copy.ground


def test_order_of_documents_does_not_matter() -> None:
    documents = [Report(str(n), text).document for n, text in enumerate((WIRE, REWRITTEN, INDEPENDENT, WIRE))]
    assert copies_of(documents) == copies_of(documents[::-1])
    assert len(copies_of(documents)) == 3


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=400), max_size=4))
def test_no_text_breaks_it(texts: list[str]) -> None:
    documents = [Report(f"{n}", text).document for n, text in enumerate(texts)]
    for copy in copies_of(documents):
        assert 0 < copy.similarity <= 1
        assert copy.a < copy.b


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab “”\"'‘’«»\n.", max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    for word in words(text):
        assert text[slice(*word.span)].lower().replace("’", "'") == word.text
    found, quotes, numbered = words(text), quoted_spans(text), numbered_text(text)
    assert len(numbered.words) == len(found)
    inside = {number for first, last in numbered.quoted for number in range(first, last)}
    outside = {number for first, last in numbered.narrative for number in range(first, last)}
    assert inside.isdisjoint(outside)
    assert inside | outside == set(range(len(found)))
    for number, word in enumerate(found):
        assert (number in inside) == any(q.start <= word.span.start < q.end for q in quotes)


def test_longest_run_and_overlap_of_nothing() -> None:
    assert longest_common_run(("a", "b", "c", "d"), ("x", "b", "c", "y")) == ("b", "c")
    assert longest_common_run((), ("a",)) == ()
    nothing = Report("a", "")
    empty = features_of(nothing.document, nothing.reading)
    assert measure(empty, empty).shared == 0
