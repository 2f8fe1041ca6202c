"""A case as of a day is the case that holds only what counted then: no document, judgement, date, name or
id that came later shows in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.test_judgements import judged, wanted_of
from pipeline.test_orders import worlds, write
from read_once import read_once
from tidewaiter import edtf
from tidewaiter.case import Asked, Case, Clock
from tidewaiter.cli.exporting import _redirect_lines
from tidewaiter.cli.printing import export_text
from tidewaiter.model import Document, Judgement
from tidewaiter.pipeline import View
from tidewaiter.pipeline.narrowing import public_from

__all__ = ["worlds"]

BY = "A. Analyst"
FIRST = date(2018, 1, 8)
"""Day on which the reports of the made worlds begin; they go on for ten weeks."""
GIVEN = "2018-02"
"""Date of publication given with some of those that have none: a month, which may end after the capture."""
EXAMPLES_TRIED = 8
KINDS = 20


@pytest.fixture(scope="module", autouse=True)
def _each_text_is_read_once() -> Iterator[None]:
    """As in ``test_orders``."""
    with pytest.MonkeyPatch.context() as patch:
        read_once(patch)
        yield


# ------------------------------------------------------------------------------------ what is compared


@dataclass(frozen=True)
class Seen:
    """Everything that a view shows."""

    lines: list[str] = field(repr=False)
    table: list[str] = field(repr=False)


def seen(case: Case, view: View) -> Seen:
    """All lines of the export, ids and former ids included; as of a day without those that say so."""
    lines = export_text(view, "jsonl").splitlines() + list(_redirect_lines(case.redirects(view)))
    table = export_text(view, "csv").splitlines()
    as_of = view.register.as_of
    if as_of is not None:
        assert json.loads(lines.pop(0))["type"] == "as_of"
        end = f',"{as_of.day}, {as_of.clock} by then"'
        assert table[0].endswith(",As of")
        assert all(one.endswith(end) for one in table[1:])
        table = [table[0].removesuffix(",As of"), *(one.removesuffix(end) for one in table[1:])]
    return Seen(lines, table)


def moment(day: date, number: int) -> str:
    return f"{day}T12:{number // 60:02d}:{number % 60:02d}Z"


# ------------------------------------------------------------------------------------ held by then

Step = tuple[str, tuple[int, ...]]


def days_of(number: int) -> st.SearchStrategy[list[list[Step]]]:
    """For each day the steps of that day: reports and sources that come, go, and get a date; judgements."""
    few = st.lists(st.integers(0, number - 1), min_size=1, max_size=4, unique=True).map(tuple)
    many = st.lists(st.integers(0, number - 1), min_size=3, max_size=number, unique=True).map(tuple)
    draw = st.tuples(st.integers(0, KINDS - 1), st.integers(0, 10_000))
    judge = st.tuples(st.just("judge"), draw)
    step = st.one_of(
        st.tuples(st.sampled_from(["add", "add", "remove", "date"]), few),
        st.tuples(st.sampled_from(["withdraw", "build"]), st.tuples(st.just(0), st.integers(0, 99))),
        judge,
    )
    begin = st.tuples(st.just("withdraw"), st.tuples(st.just(0), st.integers(0, 99)))
    first = many.map(lambda numbers: [("add", numbers), ("build", ())])
    day = st.tuples(begin, judge, st.lists(step, max_size=4)).map(lambda parts: [*parts[:2], *parts[2]])
    rest = st.lists(day, min_size=2, max_size=4)
    return st.tuples(first, rest).map(lambda parts: [parts[0], *parts[1]])


def do(case: Case, paths: Sequence[Path], step: Step, at: str) -> None:
    what, numbers = step
    if what in ("add", "date"):
        given = f"2018-02-{1 + numbers[0] % 28:02d}" if what == "date" else None
        case.add([paths[number] for number in numbers], at, given)
    elif what == "remove":
        for number in numbers:
            if any(one.source == str(paths[number]) for one in case.durable.noted()):
                case.remove(str(paths[number]), at)
    elif what == "judge":
        wanted = wanted_of(case, numbers, at)  # type: ignore[arg-type]
        if wanted is not None:
            judged(case, wanted)
    elif what == "withdraw":
        acting = [one for one in case.durable.judgements.all() if one.withdrawn_at is None]
        if acting:
            case.withdraw_judgement(acting[numbers[1] % len(acting)].id, at, BY)
    else:
        case.build(at)


@pytest.mark.parametrize("world", ["tangled", "one family", "vague"])
def test_held_by_a_day_is_what_the_case_showed_on_that_day(worlds: dict[str, list[Path]], world: str) -> None:
    paths = worlds[world]

    @settings(
        max_examples=EXAMPLES_TRIED,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(days=days_of(len(paths)))
    def holds(days: list[list[Step]]) -> None:
        showed: dict[date, Seen] = {}
        with TemporaryDirectory() as folder:
            place = Path(folder, "case")
            with Case.create(place, moment(date(2026, 1, 31), 0)) as case:
                for number, steps in enumerate(days):
                    day = date(2026, 2, 1) + timedelta(days=2 * number)
                    for count, step in enumerate(steps):
                        do(case, paths, step, moment(day, count))
                    case.build(moment(day, 59))
                    showed[day] = seen(case, case.view())
            with Case(place) as case:
                for day in sorted(showed, reverse=True):
                    then = case.view_as_of(Asked(day.isoformat(), Clock.HELD))
                    assert seen(case, then) == showed[day]
                    quiet = case.view_as_of(Asked((day + timedelta(days=1)).isoformat(), Clock.HELD))
                    assert seen_documents(quiet) == seen_documents(then)

    holds()


def seen_documents(view: View) -> list[str]:
    return [one.id for one in view.documents]


# ------------------------------------------------------------------------------------ public by then


@dataclass(frozen=True)
class Plot:
    """A case to be, and a day as of which it is asked for."""

    captured: dict[int, int]  # report -> days after the first on which it is captured
    judgements: tuple[tuple[int, tuple[int, int]], ...]  # days after the first, and which
    withdrawn: tuple[tuple[int, int], ...]  # days after the first, and which judgement
    asked: int  # days after the first


def plots_of(number: int) -> st.SearchStrategy[Plot]:
    days = st.integers(0, 100)
    return st.builds(
        Plot,
        captured=st.dictionaries(st.integers(0, number - 1), days | st.just(100), min_size=number // 2),
        judgements=st.lists(
            st.tuples(days, st.tuples(st.integers(0, KINDS - 1), st.integers(0, 10_000))),
            min_size=2,
            max_size=8,
        ).map(tuple),
        withdrawn=st.lists(st.tuples(days, st.integers(0, 99)), max_size=4).map(tuple),
        asked=st.integers(20, 100),
    )


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


def staged(case: Case, paths: Sequence[Path], plot: Plot) -> None:
    """Everything that happens in the case, day by day."""
    at = moment(on(0), 0)
    for days in sorted({*plot.captured.values(), *(one for one, _ in (*plot.judgements, *plot.withdrawn))}):
        at = moment(on(days), 1)
        given = GIVEN if days % 3 == 0 else None
        case.add([paths[number] for number, when in plot.captured.items() if when == days], at, given)
        case.build(at)
        for count, (when, draw) in enumerate(plot.judgements):
            if when == days and (wanted := wanted_of(case, draw, moment(on(days), 10 + count))) is not None:
                judged(case, wanted)
        for when, which in plot.withdrawn:
            acting = [one for one in case.durable.judgements.all() if one.withdrawn_at is None]
            if when == days and acting:
                case.withdraw_judgement(acting[which % len(acting)].id, moment(on(days), 59), BY)
    case.build(at)


def is_public_by(document: Document | None, captured_at: str, day: date) -> bool:
    """By the latest day that the publication can be, which is never after the capture."""
    latest = None if document is None else edtf.safe_bounds(document.published).latest
    return min(latest or date.max, date.fromisoformat(captured_at[:10])) <= day


def only_what_was_public(case: Case, day: date) -> tuple[Seen, list[str]]:
    """What another case shows that never had anything else; and the hashes of what it lacks."""
    left_out: list[str] = []
    with TemporaryDirectory() as folder, Case.create(Path(folder, "case"), moment(on(0), 0)) as other:
        for held in case.durable.held():
            made = case.derived.fresh(held.capture.sha256)
            if is_public_by(made[0] if made else None, held.capture.captured_at, day):
                for source in held.sources:
                    capture = replace(held.capture, source=source)
                    with other.writing("copying", held.capture.captured_at):
                        other.durable.take(
                            [(capture, case.durable.bytes.read(capture.sha256))], held.given_date
                        )
            else:
                left_out.append(held.capture.sha256)
        with other.writing("judging", moment(day, 0)):
            for one in case.durable.judgements.all():
                if date.fromisoformat(one.at[:10]) <= day:
                    keep(other, one, day)
        other.build(moment(day, 59))
        return seen(other, other.view()), left_out


def keep(other: Case, one: Judgement, day: date) -> None:
    past = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_why": None}
    kept = other.durable.judgements.make(replace(one, **past))  # type: ignore[arg-type]
    assert kept.id == one.id
    if one.withdrawn_at is not None and date.fromisoformat(one.withdrawn_at[:10]) <= day:
        other.durable.judgements.withdraw(one.id, one.withdrawn_at, str(one.withdrawn_by))


@pytest.mark.parametrize("world", ["examples", "tangled", "one family", "vague"])
def test_public_by_a_day_is_a_case_that_holds_only_what_was_public_then(
    worlds: dict[str, list[Path]], world: str
) -> None:
    paths = worlds[world]

    @settings(
        max_examples=EXAMPLES_TRIED,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(plot=plots_of(len(paths)))
    def holds(plot: Plot) -> None:
        day = on(plot.asked)
        with TemporaryDirectory() as folder, Case.create(Path(folder, "case"), moment(on(0), 0)) as case:
            staged(case, paths, plot)
            expected, left_out = only_what_was_public(case, day)
            view = case.view_as_of(Asked(day.isoformat()))
            assert seen(case, view).lines == with_redirects(expected, case, view)
            assert seen(case, view).table == expected.table
            assert view.register.as_of is not None
            assert view.register.as_of.documents == len(view.documents)
            everything = "\n".join(expected.lines) + case.dossier(moment(on(100), 0), view)
            assert [one for one in left_out if one[:12] in everything] == []

    holds()


def with_redirects(expected: Seen, case: Case, view: View) -> list[str]:
    """The other case was built once and gave out no id that it has not any more; this one may have, by
    then: they are as they were."""
    return expected.lines + list(_redirect_lines(case.redirects(view)))


# ------------------------------------------------------------------------------------ what is hard


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2022-11-08", "2022-11-08"),
        ("2022-11", "2022-11-30"),
        ("2022-11-08?", "2022-11-08"),
        ("2022", "2022-12-31"),
        ("[2022-11-02..2022-11-05]", "2022-11-05"),
        ("2023-02", "2023-02-10"),  # no later than it was captured
        ("2024-01-01", "2023-02-10"),
        ("[2022-11-02..]", "2023-02-10"),
        ("XXXX-11-02", "2023-02-10"),
        ("in autumn", "2023-02-10"),
        (None, "2023-02-10"),
    ],
)
def test_the_day_from_which_a_document_is_public(published: str | None, day: str) -> None:
    assert public_from(published, "2023-02-10T23:00:00Z") == day


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Four reports of one delivery, all captured in 2026: of March, of April, undated, and not yet there."""
    with ExitStack() as opened:
        opened.enter_context(pytest.MonkeyPatch.context())
        case = opened.enter_context(Case.create(tmp_path / "case", "2026-01-31T12:00:00Z"))
        paths = [
            write(tmp_path, "march.txt", "Published March 7, 2022"),
            write(tmp_path, "april.txt", "Published April 2, 2022", ad="Latvian", title="The Riga account"),
            write(tmp_path, "undated.txt", "By our own correspondent"),
        ]
        case.add(paths, "2026-01-31T12:00:00Z")
        case.build("2026-01-31T12:00:00Z")
        yield case


def sources(view: View) -> list[str]:
    return [Path(one.source).name for one in view.documents]


def test_an_undated_report_counts_from_its_capture_whatever_dates_it(case: Case) -> None:
    now = {Path(one.source).name: one.published for one in case.view().documents}
    assert "2022" in str(now["undated.txt"]), "the copies date it"
    then = case.view_as_of(Asked("2022-12-31"))
    assert sources(then) == ["march.txt", "april.txt"]
    assert then.register.as_of is not None
    assert then.register.as_of.undated == 1
    assert "undated.txt" in sources(case.view_as_of(Asked("2026-01-31")))
    assert "undated.txt" not in sources(case.view_as_of(Asked("2026-01-30")))


def test_a_later_name_does_not_leak(case: Case) -> None:
    then = case.view_as_of(Asked("2022-03-31"))
    text = export_text(then, "jsonl") + case.dossier("2026-01-31T12:00:00Z", then)
    for later in ("Latvian", "Riga", "april.txt", "undated.txt"):
        assert later not in text


def test_the_second_look_is_the_first(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked("2022-03-31")
    first = export_text(case.view_as_of(asked), "jsonl")
    monkeypatch.setattr("tidewaiter.pipeline.looking_back.build_of", None)
    with Case(case.folder) as again:
        assert export_text(again.view_as_of(asked), "jsonl") == first


def test_a_build_in_between_changes_nothing(case: Case, tmp_path: Path) -> None:
    asked = Asked("2022-03-31")
    view = case.view_as_of(asked)
    first = export_text(view, "jsonl")
    with Case(case.folder) as other:
        other.add([write(tmp_path, "may.txt", "Published May 2, 2022")], "2026-02-01T12:00:00Z")
        other.build("2026-02-01T12:00:00Z")
        told = export_text(other.view_as_of(asked), "jsonl")
        assert told.splitlines()[1:] == first.splitlines()[1:]
        assert json.loads(told.splitlines()[0])["of"] == 4
    assert export_text(view, "jsonl") == first


def test_a_row_that_goes_on_the_day_on_which_its_questions_would_be_put_anew(tmp_path: Path) -> None:
    """Reports of "March 2022", of which more come in the course of that month."""
    titles = ("Guns at night", "A freighter leaves", "Behind the fish market", "What the officials saw")
    paths = [write(tmp_path, f"{n}.txt", "By our own correspondent", title) for n, title in enumerate(titles)]
    for last in paths:
        with (
            TemporaryDirectory() as folder,
            Case.create(Path(folder, "case"), "2022-03-01T12:00:00Z") as case,
        ):
            case.add([one for one in paths if one != last], "2022-03-05T12:00:00Z", "2022-03")
            case.build("2022-03-05T12:00:00Z")
            case.add([last], "2022-03-07T12:00:00Z", "2022-03")
            case.build("2022-03-07T12:00:00Z")
            showed = seen(case, case.view())
            case.build("2022-03-07T12:00:00Z", anew=True)
            assert seen(case, case.view()) == showed
            (question, *_) = case.view_as_of(Asked("2022-03-06")).register.rows[0].open
            assert question.as_of == "2022-03-06"


def test_a_report_that_was_removed_was_held_and_is_not_public_any_more(case: Case) -> None:
    source = next(one.source for one in case.view().documents if one.source.endswith("march.txt"))
    case.remove(source, "2026-02-03T12:00:00Z")
    case.build("2026-02-03T12:00:00Z")
    held = case.view_as_of(Asked("2026-02-02", Clock.HELD))
    assert "march.txt" in sources(held)
    assert held.register.as_of is not None
    assert (held.register.as_of.removed, held.register.as_of.of) == (1, 3)
    assert sources(case.view_as_of(Asked("2022-03-31"))) == []


def test_a_case_that_was_added_to_and_not_built_is_asked_by_its_records(case: Case, tmp_path: Path) -> None:
    case.add([write(tmp_path, "may.txt", "Published May 2, 2022")], "2026-02-01T12:00:00Z")
    assert "may.txt" in sources(case.view_as_of(Asked("2022-05-02")))
    assert "may.txt" not in sources(case.view())


def test_later_judgements_are_let_in_when_asked_for(case: Case) -> None:
    rows = case.view().register.rows
    reported = next(name for document, name in rows[0].reported if document == by_name(case, "march.txt").id)
    judged(case, wanted("reject", reported, at="2026-02-01T12:00:00Z"))
    judged(case, wanted("note", by_name(case, "april.txt").id, at="2026-02-01T12:00:01Z"))
    case.build("2026-02-01T12:00:02Z")
    then = case.view_as_of(Asked("2022-03-31"))
    assert then.register.rows
    assert not then.register.judgements
    assert then.register.as_of is not None
    assert then.register.as_of.later_judgements == 1
    let_in = case.view_as_of(Asked("2022-03-31", with_later=True))
    assert not let_in.register.rows
    assert [one.judgement.kind for one in let_in.register.judgements] == ["reject"]
    assert "april" not in export_text(let_in, "jsonl")


def test_a_judgement_that_was_withdrawn_later_acts_as_of_before(case: Case) -> None:
    reported = next(
        name
        for row in case.view().register.rows
        for document, name in row.reported
        if document == by_name(case, "march.txt").id
    )
    made = judged(case, wanted("reject", reported, at="2026-02-01T12:00:00Z"))
    assert made is not None
    case.withdraw_judgement(made.id, "2026-02-05T12:00:00Z", BY)
    case.build("2026-02-05T12:00:00Z")
    for day, standing in (("2026-02-04", "acts"), ("2026-02-05", "withdrawn")):
        for clock in Clock:
            (told,) = case.view_as_of(Asked(day, clock)).register.judgements
            assert told.standing == standing


def test_what_a_later_judgement_says_of_later_documents_is_left_out(case: Case, tmp_path: Path) -> None:
    more = [write(tmp_path, "june.txt", "Published June 7, 2022", ad="Danish", title="Guns at sea")]
    case.add(more, "2026-01-31T12:00:01Z")
    case.build("2026-01-31T12:00:01Z")
    names = [by_name(case, name).id for name in ("march.txt", "april.txt", "june.txt")]
    judged(case, wanted("not_same", *names, at="2026-02-01T12:00:00Z"))
    case.build("2026-02-01T12:00:01Z")
    (told,) = case.view_as_of(Asked("2022-05-01", with_later=True)).register.judgements
    assert [side[0].capture[:12] for side in told.judgement.sides] == [one[1:] for one in names[:2]]
    assert case.view_as_of(Asked("2022-03-31", with_later=True)).register.judgements == ()


def by_name(case: Case, name: str) -> Document:
    return next(one for one in case.view().documents if one.source.endswith(name))


def wanted(kind: str, *named: str, at: str) -> Any:
    from tidewaiter.model import JudgementKind
    from tidewaiter.pipeline.naming import Wanted

    return Wanted(JudgementKind(kind), named, at, BY, "tried")
