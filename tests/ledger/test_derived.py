"""The derived store: what is read stands beside what is shown until it is swapped in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tidewaiter.errors import CaseError
from tidewaiter.ledger.database import is_damage, open_database
from tidewaiter.ledger.derived import Content, DerivedStore, content_of
from tidewaiter.ledger.schema import MIGRATIONS
from tidewaiter.model import Reading

from .sample import TEXT, a_document, a_reading


@pytest.fixture
def store(tmp_path: Path) -> DerivedStore:
    return DerivedStore(tmp_path)


def a_content(recipe: str = "recipe 1", reading: Reading | None = None) -> Content:
    document = a_document()
    return content_of(document, reading or a_reading(document), b"features", recipe)


def test_documents_and_readings_come_back_as_they_were(store: DerivedStore, tmp_path: Path) -> None:
    document = a_document()
    store.put([a_content()])
    with store.transaction():
        store.show(document.captures[0])
    store.close()

    again = DerivedStore(tmp_path)
    assert list(again.documents()) == [document]
    assert again.reading(document.id) == a_reading(document)
    assert again.features(document.id) == b"features"
    assert again.recipes() == {document.captures[0]: "recipe 1"}
    with pytest.raises(KeyError):
        again.document("d000000000000")


def test_what_is_newly_read_is_not_shown_before_it_is_swapped_in(store: DerivedStore) -> None:
    sha256 = a_document().captures[0]
    store.put([a_content()])
    assert list(store.documents()) == []
    assert store.unshown() == [sha256]
    store.show(sha256)

    store.put([a_content("recipe 2", Reading(a_document().id, "reader 2"))])
    assert store.reading(a_document().id).reader == "reader 1"
    assert store.recipes() == {sha256: "recipe 2"}
    store.show(sha256)
    assert store.reading(a_document().id).reader == "reader 2"
    assert store.unshown() == []


def test_what_was_read_twice_before_it_was_swapped_in_stands_once(store: DerivedStore) -> None:
    store.put([a_content("recipe 1")])
    store.put([a_content("recipe 2")])
    assert [row["recipe"] for row in store.ask("SELECT recipe FROM content")] == ["recipe 2"]


def test_a_failure_stands_until_the_capture_is_read(store: DerivedStore) -> None:
    sha256 = a_document().captures[0]
    store.put([Content(sha256, "recipe 1", "one.txt", reason="no article", todo="Leave it out.")])
    store.show(sha256)
    assert [(one.source, one.reason) for one in store.failures()] == [("one.txt", "no article")]
    store.put([a_content("recipe 2")])
    store.show(sha256)
    assert store.failures() == ()


def test_clearing_forgets_what_is_shown_and_keeps_what_was_newly_read(store: DerivedStore) -> None:
    sha256 = a_document().captures[0]
    store.put([a_content("recipe 1")])
    store.show(sha256)
    store.put([a_content("recipe 2")])
    store.register.put_built("2021-05-05", "here", "a state")
    store.clear()
    assert store.shown() == []
    assert store.recipes() == {sha256: "recipe 2"}
    assert store.register.as_of() is None


def test_a_transaction_that_fails_leaves_everything_as_it_was(store: DerivedStore) -> None:
    sha256 = a_document().captures[0]
    store.put([a_content()])

    def fail_half_way() -> None:
        with store.transaction():
            store.show(sha256)
            store.document("d000000000000")

    with pytest.raises(KeyError):
        fail_half_way()
    assert store.shown() == []
    assert store.unshown() == [sha256]


def test_another_reader_sees_one_state_throughout(store: DerivedStore, tmp_path: Path) -> None:
    sha256 = a_document().captures[0]
    store.put([a_content()])
    reader = DerivedStore(tmp_path)
    reader.look()
    assert reader.document_ids() == []
    with store.transaction():
        store.show(sha256)
    assert reader.document_ids() == []
    reader.look()
    assert reader.document_ids() == [a_document().id]


def test_the_views_can_be_asked_with_sql(store: DerivedStore) -> None:
    document, reading = a_document(), a_reading(a_document())
    store.put([a_content()])
    store.show(document.captures[0])
    (row,) = store.ask("SELECT id, title, text FROM document")
    assert tuple(row) == (document.id, document.title, TEXT)
    (claim,) = store.ask("SELECT stance, actor FROM claim")
    assert tuple(claim) == (reading.claims[0].stance.value, reading.claims[0].speaker.actor)
    for view in ("statement", "reported_transfer", "mention", "response", "event"):
        assert len(store.ask(f"SELECT * FROM {view}")) == 1
    fields = store.ask('SELECT owner, field, start, "end", exact FROM field')
    assert {row["owner"] for row in fields} >= {"m1", "r1", "c1", "p1", "e1"}
    for row in fields:
        assert row["exact"] == TEXT[row["start"] : row["end"]]


def test_a_store_of_the_first_layout_is_emptied_and_made_again_by_the_next_build(tmp_path: Path) -> None:
    old = open_database(tmp_path / "derived.sqlite", ((("CREATE TABLE document (id TEXT)"),),))
    old.execute("INSERT INTO document VALUES ('d1')")
    old.close()
    store = DerivedStore(tmp_path)
    assert store.document_ids() == []
    assert store.register.as_of() is None
    assert store.ask("PRAGMA user_version")[0][0] == len(MIGRATIONS)


def test_a_surrogate_without_its_other_half_is_refused_not_stored_wrongly(store: DerivedStore) -> None:
    document = replace(a_document(), title="\ud800")
    with pytest.raises(UnicodeError):
        content_of(document, a_reading(document), b"", "recipe")


def test_a_store_whose_tables_are_described_in_damaged_letters_is_told_as_damaged(tmp_path: Path) -> None:
    DerivedStore(tmp_path).close()
    path = tmp_path / "derived.sqlite"
    data = path.read_bytes()
    assert b"CREATE TABLE content (" in data
    path.write_bytes(data.replace(b"CREATE TABLE content (", b"CREATE TABLE conte\xe2t \xe2"))
    with pytest.raises(CaseError, match="cannot be opened as a ledger") as told:
        DerivedStore(tmp_path)
    assert is_damage(told.value.__cause__)
