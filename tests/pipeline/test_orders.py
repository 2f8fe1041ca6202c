"""A case ends in one state, in whatever order and in however many steps its reports came and went."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pipeline.listed import check_lists, listed
from read_once import read_once
from reports_made import TANGLED, generate
from tidewaiter.case import Case
from tidewaiter.cli.printing import export_text
from tidewaiter.linking import neighbours

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").iterdir())
AT = "2026-01-31T12:00:00Z"
STEPS = 3


def state(folder: Path, *steps: list[Path]) -> tuple[str, str]:
    """The export and the dossier of a case to which the reports came in these steps."""
    with Case.create(folder / "case", AT) as case:
        for paths in steps:
            case.add(paths, AT)
            case.build(AT)
        return export_text(case.view(), "jsonl"), case.dossier(AT)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    return state(tmp_path_factory.mktemp("once"), EXAMPLES)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_arrival_does_not_matter(tmp_path: Path, at_once: tuple[str, str], seed: int) -> None:
    shuffled = random.Random(seed).sample(EXAMPLES, len(EXAMPLES))
    steps = [shuffled[start::STEPS] for start in range(STEPS)]
    assert state(tmp_path, *steps) == at_once


def test_building_again_changes_nothing(tmp_path: Path, at_once: tuple[str, str]) -> None:
    assert state(tmp_path, EXAMPLES, [], EXAMPLES) == at_once


# ------------------------------------------------------------------------------------ any steps

# What the reports are about decides how they hang together; whether a rule is wrong shows only where
# several of these meet: a family of copies of which some are undated, reports that say less than others,
# goods given in return, and the same bytes under two names.
WORLDS = {
    "tangled": (18, 3, TANGLED),
    "one family": (16, 11, replace(TANGLED, pairs=1, goods=1, copied=0.8, days=40, undated=0.3)),
    "vague": (16, 5, replace(TANGLED, pairs=2, goods=2, vague=0.4, party_open=0.4, exchange=0.5)),
}
NOTHING = "<html><body><nav>Home</nav></body></html>"
"""Bytes that hold no article."""


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The files of each world; of "examples" the project's own."""
    found = {"examples": EXAMPLES}
    for name, (number, seed, mix) in WORLDS.items():
        folder = tmp_path_factory.mktemp(name.replace(" ", "-"))
        for report in generate(number, seed, mix):
            (folder / report.name).write_text(report.text, encoding="utf-8")
        made = sorted(folder.iterdir())
        (folder / "99998-again.txt").write_bytes(made[0].read_bytes())
        (folder / "00000-before.txt").write_bytes(made[1].read_bytes())
        (folder / "99999-nothing.html").write_text(NOTHING, encoding="utf-8")
        found[name] = sorted(folder.iterdir())
    return found


@pytest.fixture(scope="module", autouse=True)
def _each_text_is_read_once() -> Iterator[None]:
    """Cleaning and reading depend on nothing but their arguments: they are done, but once a text; and
    the tables are read once, since no case here has its own."""
    with pytest.MonkeyPatch.context() as patch:
        read_once(patch)
        yield


Steps = list[tuple[str, tuple[int, ...]]]
"""What is done, in order: "add" or "remove" with numbers of reports, "build", "build anew" or
"reopen"."""


def steps_of(number: int) -> st.SearchStrategy[Steps]:
    some = st.lists(st.integers(0, number - 1), min_size=1, max_size=number, unique=True).map(tuple)
    few = st.lists(st.integers(0, number - 1), min_size=1, max_size=3, unique=True).map(tuple)
    step = st.one_of(
        st.tuples(st.sampled_from(["add", "remove"]), some),
        st.tuples(st.sampled_from(["add", "remove"]), few),
        st.tuples(st.sampled_from(["build", "build", "build anew", "reopen"]), st.just(())),
    )
    return st.lists(step, min_size=2, max_size=10)


@dataclass
class Ended:
    """A case after some steps and a last build."""

    exports: dict[str, str]  # and, as "lists", what the tables of lists hold
    left: list[Path]  # reports that were added and not removed

    @property
    def rows(self) -> list[dict[str, Any]]:
        lines = map(json.loads, self.exports["jsonl"].splitlines())
        return [one for one in lines if one["type"] == "transfer"]

    def day_of(self, path: Path) -> str | None:
        lines = map(json.loads, self.exports["jsonl"].splitlines())
        return next(one["published"] for one in lines if one.get("source") == str(path))


def after(steps: Steps, paths: Sequence[Path]) -> Ended:
    left: dict[Path, None] = {}
    with TemporaryDirectory() as folder, ExitStack() as opened:
        place = Path(folder, "case")
        case = opened.enter_context(Case.create(place, AT))
        for what, numbers in [*steps, ("build", ())]:
            chosen = [paths[number] for number in numbers]
            if what == "add":
                case.add(chosen, AT)
                left.update(dict.fromkeys(chosen))
            elif what == "remove":
                for path in (one for one in chosen if one in left):
                    case.remove(str(path), AT)
                    del left[path]
            elif what == "reopen":
                opened.close()
                case = opened.enter_context(Case(place))
            else:
                case.build(AT, anew=what == "build anew")
        exports = {style: export_text(case.view(), style) for style in ("jsonl", "csv")}
        check_lists(case)
        exports["lists"] = listed(case)
    return Ended(exports, sorted(left))


def at_once_of(ended: Ended) -> Ended:
    """One full build of what is left."""
    return after([("add", tuple(range(len(ended.left))))], ended.left)


@pytest.mark.parametrize("nearest", [32, 2], ids=["all compared", "narrow windows"])
@pytest.mark.parametrize("world", ["examples", *WORLDS])
def test_any_steps_end_where_one_build_of_what_is_left_ends(
    worlds: dict[str, list[Path]], monkeypatch: pytest.MonkeyPatch, world: str, nearest: int
) -> None:
    monkeypatch.setattr(neighbours, "NEAREST", nearest)
    paths = worlds[world]

    @settings(
        max_examples=10,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.generate,),  # add Phase.shrink to see the fewest steps that fail; it takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=steps_of(len(paths)))
    def holds(steps: Steps) -> None:
        ended = after(steps, paths)
        assert ended.exports == at_once_of(ended).exports

    holds()


# ------------------------------------------------------------------------------------ what is hard


ACCOUNT = """\
{title}

{line}

TALLINN - Uruguay delivered 24 howitzers to Laos on board a freighter that left the harbour at night, {ad}
officials said on {weekday}. The crates were loaded behind a fish market while a brass band was playing.

Laos denied that it had received howitzers from Uruguay and called the story an invention of idle minds.

Apples were dear that winter, and the ferry to the islands was late on most days because of the ice.
"""


def write(folder: Path, name: str, line: str, title: str = "Howitzers for Laos", **words: str) -> Path:
    path = folder / name
    text = ACCOUNT.format(title=title, line=line, **{"ad": "Estonian", "weekday": "Monday", **words})
    path.write_text(text, encoding="utf-8")
    return path


def test_an_undated_report_has_its_day_only_while_a_dated_copy_is_there(tmp_path: Path) -> None:
    undated = write(tmp_path, "undated.txt", "By our own correspondent")
    dated = write(tmp_path, "dated.txt", "Published March 7, 2022")
    paths = [undated, dated]
    later = after([("add", (0,)), ("build", ()), ("add", (1,))], paths)
    assert later.exports == at_once_of(later).exports
    assert "2022-03-07" in (later.day_of(undated) or "")
    gone = after([("add", (0, 1)), ("build", ()), ("remove", (1,))], paths)
    assert gone.exports == at_once_of(gone).exports
    assert gone.day_of(undated) is None


def test_a_family_larger_than_the_neighbourhood(tmp_path: Path) -> None:
    size = neighbours.NEAREST + 6
    days = [f"Published March {1 + number % 28}, 2022" for number in range(size)]
    paths = [write(tmp_path, f"{n:02d}.txt", day, title=f"Edition {n}") for n, day in enumerate(days)]
    paths[3] = write(tmp_path, "03.txt", "By our own correspondent", title="Edition 3")
    every = tuple(range(size))
    middle = every[5:-5:4]
    steps: Steps = [
        ("add", every[::2]),
        ("build", ()),
        ("add", every[1::2]),
        ("build", ()),
        ("remove", middle),
    ]
    grown = after(steps[:3], paths)
    assert grown.exports == at_once_of(grown).exports
    thinned = after(steps, paths)
    assert thinned.exports == at_once_of(thinned).exports
    back = after([*steps, ("build", ()), ("add", middle)], paths)
    assert back.exports == grown.exports


def test_the_report_that_names_a_row_goes_and_comes_back(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, f"{number}.txt", f"Published March {number + 1}, 2022", title=f"Edition {number}")
        for number in range(4)
    ]
    whole = after([("add", (0, 1, 2, 3))], paths)
    (row,) = whole.rows
    naming = [
        number
        for number, path in enumerate(paths)
        if after([("add", (number,))], paths).rows[0]["id"] == row["id"]
    ]
    without = after([("add", (0, 1, 2, 3)), ("build", ()), ("remove", (naming[0],))], paths)
    assert without.exports == at_once_of(without).exports
    assert [one["id"] for one in without.rows] != [row["id"]]
    back = after(
        [
            ("add", (0, 1, 2, 3)),
            ("build", ()),
            ("remove", (naming[0],)),
            ("build", ()),
            ("add", (naming[0],)),
        ],
        paths,
    )
    assert back.exports == whole.exports
