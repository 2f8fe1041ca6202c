"""Rows that a report tells to be part of another, or more of the same."""

from __future__ import annotations

from linking.builders import Report
from tidewaiter import knowledge
from tidewaiter.linking import link
from tidewaiter.model import Document, RegisterRow, Relation
from tidewaiter.reading.reader import read
from tidewaiter.register import build_register
from tidewaiter.register.relations import relations_of

TABLES = knowledge.load()


def _found(*texts: tuple[str, str]) -> tuple[tuple[Relation, ...], dict[str, RegisterRow]]:
    documents: dict[str, Document] = {}
    for number, (text, published) in enumerate(texts):
        document = Report(f"{number}.txt", text, published=published).document
        documents[document.id] = document
    readings = {name: read(document, TABLES) for name, document in documents.items()}
    register = build_register(
        list(documents.values()), readings, link(list(documents.values()), readings), "2031-12-31"
    )
    rows = {row.id: row for row in register.rows}
    found = relations_of(register.rows, documents, readings, TABLES)
    assert found == relations_of(register.rows[::-1], documents, readings, TABLES)
    return found, rows


def test_goods_that_are_part_of_a_deal() -> None:
    text = (
        "Serbia sold arms to Cyprus in 2028 and 2029. Serbia shipped howitzers to Cyprus in May as part of "
        "military equipment that it supplied to Cyprus over the years."
    )
    found, rows = _found((text, "2030-06-01"))
    (one,) = found
    assert one.kind == "part_of"
    assert rows[one.a].category == "artillery"
    assert rows[one.b].category == "unspecified_arms"
    assert one.citations[0].quote.startswith("as part of")


def test_a_second_batch_follows_the_first() -> None:
    found, rows = _found(
        ("Serbia delivered ten howitzers to Cyprus in May 2028, officials in Belgrade said.", "2028-06-01"),
        (
            "Serbia delivered a second batch of howitzers to Cyprus in May 2031, officials in Belgrade said.",
            "2031-06-01",
        ),
    )
    (one,) = found
    assert one.kind == "follow_up_of"
    assert (rows[one.b].when or "").startswith("2028")
    assert "2028" in one.why
    assert "second batch of howitzers" in one.citations[0].quote


def test_goods_that_are_merely_told_beside_others_have_nothing_to_do_with_them() -> None:
    found, _ = _found(
        ("Serbia delivered ten howitzers to Cyprus in May 2028, officials in Belgrade said.", "2028-06-01"),
        ("Serbia delivered howitzers to Cyprus in May 2031. Serbia sold Cyprus weapons.", "2031-06-01"),
    )
    assert found == ()


def test_another_before_the_verb_makes_no_second_batch() -> None:
    found, rows = _found(
        ("Serbia delivered ten howitzers to Cyprus in May 2028, officials in Belgrade said.", "2028-06-01"),
        (
            "In May 2031 Serbia found another way and delivered 40 howitzers to Cyprus, officials said.",
            "2031-06-01",
        ),
    )
    assert len(rows) == 2
    assert found == ()


def test_goods_that_begin_a_sentence_stand_with_a_small_letter() -> None:
    _, rows = _found(
        ("Howitzers were sent from Serbia to Cyprus in May 2031. The howitzers are old.", "2031-06-01"),
    )
    assert [row.cells["description"].value for row in rows.values()] == ["howitzers"]
