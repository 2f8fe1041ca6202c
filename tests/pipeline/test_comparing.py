"""What comparing gave is kept for as long as the case stays as it is, and no longer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.conftest import AT, EXAMPLES
from tidewaiter import pipeline
from tidewaiter.case import Case
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger import workings
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.workings import Workings
from tidewaiter.linking.disputes.discrepancies import find_discrepancies
from tidewaiter.linking.sayings.tellings import Telling, tellings_of
from tidewaiter.linking.sayings.utterances import utterances_of
from tidewaiter.model import Discrepancy, Document, JudgementKind, Reading, Utterance
from tidewaiter.pipeline import Asked, View, no_progress
from tidewaiter.pipeline.comparing import STAGE, compare, keep
from tidewaiter.pipeline.naming import Wanted
from tidewaiter.pipeline.steps import Step


@pytest.fixture
def folder(example_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(example_folder, tmp_path / "case"))


def at_once(case: Case, view: View) -> tuple[tuple[Utterance, ...], tuple[Discrepancy, ...]]:
    """What is worked out of the whole, whatever is kept."""
    copies = view.register.copies
    rows = {row.id: row.reported for row in view.register.rows}
    return (
        utterances_of(list(view.documents), view.readings, copies, case.knowledge),
        tuple(find_discrepancies(view.by_id, view.readings, copies, rows, case.knowledge)),
    )


def never(*_: object) -> None:
    raise AssertionError("compared again")


def test_it_is_worked_out_once_and_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Case(folder) as case:
        assert not case.view().lists.is_compared
        assert not case.view().lists.was_compared
        expected = at_once(case, case.view())
        assert all(expected)
        view = case.compared()
        assert view.lists.is_compared
        assert (view.register.utterances, view.register.discrepancies) == expected
        monkeypatch.setattr(pipeline, "compare", never)
        assert case.compared().register.utterances == expected[0]
    with Case(folder) as case:  # and so it is for the next program
        assert case.view().lists.is_compared
        assert case.view().register.discrepancies == expected[1]


def test_what_is_kept_is_asked_for_page_by_page(folder: Path) -> None:
    with Case(folder) as case:
        view = case.compared()
        lists, said, disputed = view.lists, view.register.utterances, view.register.discrepancies
        assert lists.all_utterances() == said
        assert lists.all_discrepancies() == disputed
        reports = {one.id: len({variant.citation.document for variant in one.variants}) for one in said}
        several = [one for one in said if reports[one.id] > 1]
        page, total = lists.utterances(0, 1000)
        assert [one for one, _, _ in page] == several
        assert all(number == reports[one.id] for one, number, _ in page)
        assert total == len(several)
        assert lists.told_once == len(said) - len(several)
        assert [one for one, _, _ in lists.utterances(1, 1)[0]] == several[1:2]
        for one in said:
            assert lists.utterance(one.id) == one
        names = [None, *(one.id for one in several), None]
        for number, one in enumerate(several, 1):
            around = (names[number - 1], names[number + 1], number, len(several))
            assert lists.beside_utterance(one.id) == around
        page_of_all, total = lists.discrepancies(0, 1000)
        assert total == len(disputed)
        assert sorted(one.id for one in page_of_all) == sorted(one.id for one in disputed)
        for kind, number in lists.discrepancy_counts("kind").items():
            found, total = lists.discrepancies(0, 1000, kind=kind)
            assert {one.kind for one in found} == {kind}
            assert number == total == len([one for one in disputed if one.kind == kind])
        for where, number in lists.discrepancy_counts("where").items():
            assert number == len([one for one in disputed if one.where == where])
        for row, number in lists.discrepancy_counts("row").items():
            about = {one.id for one in disputed if (row in one.transfers if row else not one.transfers)}
            found, total = lists.discrepancies(0, 1000, row=row)
            assert {one.id for one in found} == about
            assert number == total == len(about)


def test_a_build_that_changes_nothing_leaves_it(folder: Path) -> None:
    with Case(folder) as case:
        case.compared()
        case.build(AT)
        assert case.view().lists.is_compared
        case.build("2026-03-31T12:00:00Z")  # another day: other questions, the same reports
        assert case.view().lists.is_compared


@pytest.mark.parametrize("anew", [False, True])
def test_a_build_that_changes_something_makes_it_stale(folder: Path, anew: bool) -> None:
    with Case(folder) as case:
        former = case.compared().register.utterances
        case.remove(str(EXAMPLES[0]), AT)
        case.build(AT, anew=anew)
        view = case.view()
        assert not view.lists.is_compared
        assert view.lists.was_compared == (not anew)
        expected = at_once(case, view)
        assert (view.register.utterances, view.register.discrepancies) == expected
        assert expected[0] != former
        assert case.compared().register.utterances == expected[0]
        assert case.view().lists.is_compared


def test_a_judgement_makes_it_stale(folder: Path) -> None:
    with Case(folder) as case:
        view = case.compared()
        reported = view.register.rows[0].reported[0][1]
        wanted = Wanted(JudgementKind.REJECT, (reported,), AT, "A. B.", "no")
        case.judge(wanted)
        case.build(AT)
        assert not case.view().lists.is_compared


def test_what_was_found_in_other_states_gives_what_comparing_anew_gives(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def tellings(document: Document, reading: Reading, tables: Knowledge) -> Iterator[Telling]:
        read.append(document.id)
        return tellings_of(document, reading, tables)

    monkeypatch.setattr("tidewaiter.linking.sayings.tellings.tellings_of", tellings)
    with Case(folder) as case:
        reported = case.compared().register.rows[0].reported[0]
        assert sorted(read) == sorted(case.view().by_id)
        read.clear()
        by_source = {one.source: one.id for one in case.view().documents}
        for step in (
            lambda: case.remove(str(EXAMPLES[0]), AT),
            lambda: case.judge(Wanted(JudgementKind.REJECT, (reported[1],), AT, "A. B.", "no")),
            lambda: case.remove(next(one for one in by_source if by_source[one] == reported[0]), AT),
        ):
            step()
            case.build(AT)
            expected = at_once(case, case.view())
            view = case.compared()
            assert (view.register.utterances, view.register.discrepancies) == expected
        assert set(read) <= {reported[0]}  # judged
        (folder / workings.NAME).write_bytes(b"no ledger" * 100)  # a help, and no more
        found = compare(case.view(), case.knowledge, no_progress, Workings(folder, "another"))
        assert found == expected


def test_what_another_version_worked_out_or_nobody_asks_for_is_not_kept(tmp_path: Path) -> None:
    kept = Workings(tmp_path, "1")
    kept.put(b"a", b"1")
    kept.put(b"b", b"2")
    kept.close()
    kept = Workings(tmp_path, "1")
    assert kept.get(b"a") == b"1"
    kept.forget_others()
    kept.close()
    kept = Workings(tmp_path, "1")
    assert (kept.get(b"a"), kept.get(b"b")) == (b"1", None)
    kept.close()
    assert Workings(tmp_path, "2").get(b"a") is None


def test_it_is_not_kept_of_a_case_that_moved_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(view: View, *args: object) -> object:
        found = compare(view, *args)  # type: ignore[arg-type]
        with Case(folder) as other:
            other.remove(str(EXAMPLES[0]), AT)
            other.build(AT)
        return found

    with Case(folder) as case:
        expected = at_once(case, case.view())
        monkeypatch.setattr(pipeline, "compare", meanwhile)
        view = case.compared()
        assert (view.register.utterances, view.register.discrepancies) == expected
        assert not case.view().lists.is_compared
        assert not case.view().lists.was_compared


def test_it_is_not_kept_in_a_store_that_cannot_be_written(folder: Path) -> None:
    store = DerivedStore(folder)
    store._db.execute("PRAGMA query_only = 1")
    state = store.register.state()
    assert state is not None
    assert not keep(store, state, (), ())
    assert store.lists.compared() is None
    store.close()


def test_a_past_day_has_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Case(folder) as case:
        public, _ = case.report_days()
        days = sorted(public)
        past = Asked(days[len(days) * 3 // 4])
        view = case.compared(past)
        assert view.lists.is_compared
        assert 0 < len(view.documents) < len(case.view().documents)
        assert not case.view().lists.is_compared
        expected = at_once(case, view)
        assert (view.register.utterances, view.register.discrepancies) == expected
        assert case.compared().register.utterances != expected[0]
        monkeypatch.setattr(pipeline, "compare", never)
        assert case.compared(past).register.utterances == expected[0]
    with Case(folder) as case:
        assert case.shown(past).lists.is_compared


def test_it_says_how_far_it_is(folder: Path) -> None:
    told: list[Step] = []
    with Case(folder) as case:
        view = case.view()
        compare(view, case.knowledge, told.append)
        assert {one.stage for one in told} == {STAGE}
        assert [one.done for one in told] == sorted(one.done for one in told)
        assert told[-1].done == told[-1].total == 2 * len(view.documents)
        assert len(told) > len(view.documents)
