"""What analysts decide holds whatever comes, goes and is built, in whatever order; and so says the case."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.listed import check_lists, listed
from pipeline.test_orders import _each_text_is_read_once, worlds
from tidewaiter.case import Case
from tidewaiter.cli.printing import export_text
from tidewaiter.errors import UnknownIdError
from tidewaiter.linking import neighbours
from tidewaiter.model import Judgement, JudgementKind
from tidewaiter.pipeline.naming import Wanted

__all__ = ["_each_text_is_read_once", "worlds"]

AT = "2026-01-31T12:00:00Z"
BY = "A. Analyst"
KINDS = 20
"""Of judgements that are tried."""
EXAMPLES_TRIED = 8
"""Of short runs in each world."""
LONG = 50
"""Steps of a long run."""
COMPARED = (JudgementKind.SAME, JudgementKind.NOT_SAME, JudgementKind.UNSURE)

Draw = tuple[int, int]
"""Which kind of judgement, and a seed: on which of what the case shows at that moment."""
Step = tuple[str, tuple[int, ...]]


def moment(number: int) -> str:
    return f"2026-02-01T12:{number // 60:02d}:{number % 60:02d}Z"


def wanted_of(case: Case, draw: Draw, at: str) -> Wanted | None:
    """A judgement on what the case shows; None where it shows nothing of that kind."""
    which, seed = draw
    chance = random.Random(seed)
    view = case.view()
    rows, documents = view.register.rows, view.documents
    reported = [one for row in rows for _, one in row.reported]
    claims = [
        f"{document.id}:{one.id}" for document in documents for one in view.readings[document.id].claims
    ]
    sources = [document.source for document in documents]

    def judged(kind: JudgementKind, *named: str) -> Wanted:
        return Wanted(kind, named, at, BY, f"number {which}")

    def pair(of: Sequence[str], kind: JudgementKind) -> Wanted | None:
        return judged(kind, *chance.sample(of, 2)) if len(of) > 1 else None

    def one(of: Sequence[str], kind: JudgementKind, *said: str) -> Wanted | None:
        return judged(kind, chance.choice(of), *said) if of else None

    corrections = (
        ("supplier", "PRK"),
        ("recipient", "unknown"),
        ("category", "missiles"),
        ("stage", "planned"),
        ("quantity", "7..9 crates"),
        ("when", "2021-03"),
    )
    options: list[Callable[[], Wanted | None]] = [
        *(lambda kind=kind: pair([row.id for row in rows], kind) for kind in COMPARED),  # type: ignore[misc]
        *(lambda kind=kind: pair(reported, kind) for kind in COMPARED),  # type: ignore[misc]
        *(lambda kind=kind: pair(sources, kind) for kind in COMPARED),  # type: ignore[misc]
        lambda: one(reported, JudgementKind.REJECT),
        lambda: one(claims, JudgementKind.REJECT),
        *(
            lambda said=said: one(reported, JudgementKind.CORRECT, *said)  # type: ignore[misc]
            for said in corrections
        ),
        lambda: one(reported, JudgementKind.NOTE),
        lambda: one(claims, JudgementKind.NOTE),
        lambda: one(
            sorted({p.actor for row in rows for p in row.positions if len(p.actor) == 3}),
            JudgementKind.RATE,
            "D",
        ),
    ]
    assert len(options) == KINDS
    return options[which]()


def shown(case: Case) -> dict[str, str]:
    """The exports of a case, and what its tables of lists hold."""
    check_lists(case)
    return {
        "lists": listed(case),
        **{style: export_text(case.view(), style) for style in ("jsonl", "csv")},
    }


class Run:
    """A case, the judgements made in it, and the reports that are left."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = paths
        self.left: dict[Path, None] = {}
        self.made: list[Judgement] = []
        self.clock = 0

    def __call__(self, steps: Sequence[Step]) -> dict[str, str]:
        with TemporaryDirectory() as folder, ExitStack() as opened:
            place = Path(folder, "case")
            case = opened.enter_context(Case.create(place, AT))
            for what, numbers in [*steps, ("build", ())]:
                if what == "reopen":
                    opened.close()
                    case = opened.enter_context(Case(place))
                else:
                    self.step(case, what, numbers)
            self.made = list(case.durable.judgements.all())
            return shown(case)

    def step(self, case: Case, what: str, numbers: tuple[int, ...]) -> None:
        self.clock += 1
        if what == "add":
            chosen = [self.paths[number] for number in numbers]
            case.add(chosen, AT)
            self.left.update(dict.fromkeys(chosen))
        elif what == "remove":
            for path in (self.paths[number] for number in numbers):
                if path in self.left:
                    case.remove(str(path), AT)
                    del self.left[path]
        elif what == "judge" and case.derived.register.as_of() is not None:
            wanted = wanted_of(case, numbers, moment(self.clock))  # type: ignore[arg-type]
            if wanted is not None:
                judged(case, wanted)
        elif what == "withdraw":
            acting = [one for one in case.durable.judgements.all() if one.withdrawn_at is None]
            if acting:
                case.withdraw_judgement(acting[numbers[1] % len(acting)].id, moment(self.clock), BY)
        elif what.startswith("build"):
            case.build(AT, anew=what == "build anew")


def judged(case: Case, wanted: Wanted) -> Judgement | None:
    """The judgement; None where what is named went since the last build, or is partly the same thing."""
    try:
        return case.judge(wanted)
    except UnknownIdError:
        return None


def at_once(left: Sequence[Path], made: Sequence[Judgement]) -> dict[str, str]:
    """One full build of the reports that are left, with the judgements there before any report."""
    with TemporaryDirectory() as folder, Case.create(Path(folder, "case"), AT) as case:
        with case.writing("judging", AT):
            for one in made:
                past = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_why": None}
                kept = case.durable.judgements.make(replace(one, **past))
                assert kept.id == one.id
                if one.withdrawn_at is not None:
                    case.durable.judgements.withdraw(one.id, one.withdrawn_at, str(one.withdrawn_by))
        case.add(left, AT)
        case.build(AT)
        return shown(case)


def steps_of(number: int) -> st.SearchStrategy[list[Step]]:
    some = st.lists(st.integers(0, number - 1), min_size=1, max_size=number, unique=True).map(tuple)
    few = st.lists(st.integers(0, number - 1), min_size=1, max_size=3, unique=True).map(tuple)
    draw = st.tuples(st.sampled_from(range(KINDS)), st.integers(0, 10_000))
    step = st.one_of(
        st.tuples(st.sampled_from(["add", "remove"]), few),
        st.tuples(st.just("judge"), draw),
        st.tuples(st.just("judge"), draw),
        st.tuples(st.just("withdraw"), draw),
        st.tuples(st.sampled_from(["build", "build", "build anew", "reopen"]), st.just(())),
    )
    begin = st.tuples(st.just("add"), some).map(lambda one: [one, ("build", ())])
    return st.tuples(begin, st.lists(step, min_size=2, max_size=14)).map(lambda parts: [*parts[0], *parts[1]])


@pytest.mark.parametrize("nearest", [32, 2], ids=["all compared", "narrow windows"])
@pytest.mark.parametrize("world", ["examples", "tangled", "one family", "vague"])
def test_any_steps_end_where_one_build_with_the_judgements_ends(
    worlds: dict[str, list[Path]], monkeypatch: pytest.MonkeyPatch, world: str, nearest: int
) -> None:
    monkeypatch.setattr(neighbours, "NEAREST", nearest)
    paths = worlds[world]

    @settings(
        max_examples=EXAMPLES_TRIED,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),  # add Phase.shrink to see the fewest steps that fail; it takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=steps_of(len(paths)))
    def holds(steps: list[Step]) -> None:
        run = Run(paths)
        ended = run(steps)
        assert ended == at_once(sorted(run.left), run.made)

    holds()


def many_steps(number: int, seed: int) -> list[Step]:
    """A long day's work: mostly judgements, with builds, reports that come and go, and second thoughts."""
    chance = random.Random(seed)
    every = range(number)
    steps: list[Step] = [("add", tuple(chance.sample(every, number * 2 // 3))), ("build", ())]
    for _ in range(LONG):
        what = chance.choices(("judge", "withdraw", "add", "remove", "build"), (12, 1, 2, 2, 3))[0]
        if what in ("judge", "withdraw"):
            steps.append((what, (chance.randrange(KINDS), chance.randrange(10_000))))
        else:
            steps.append((what, tuple(chance.sample(every, 2)) if what != "build" else ()))
    return steps


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("world", ["examples", "tangled", "one family", "vague"])
def test_many_judgements(
    worlds: dict[str, list[Path]], monkeypatch: pytest.MonkeyPatch, world: str, seed: int
) -> None:
    monkeypatch.setattr(neighbours, "NEAREST", 32 if seed == 1 else 3)
    run = Run(worlds[world])
    ended = run(many_steps(len(worlds[world]), seed))
    standing = [
        json.loads(line)["standing"] for line in ended["jsonl"].splitlines() if '"judgement"' in line[:24]
    ]
    assert standing.count("acts") >= 3
    assert ended == at_once(sorted(run.left), run.made)
