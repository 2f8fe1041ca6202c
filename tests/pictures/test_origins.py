"""Who knows it, in which reports, and which of those are copies."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tidewaiter.pictures.canvas import NARROW, WIDTH
from tidewaiter.pictures.lanes import MOST_LANES, Block, Derived, Holder, Report, blocks, families
from tidewaiter.pictures.origins import Graph, draw_origins
from tidewaiter.pictures.scales import Days

from .looking import assert_golden, assert_sound, words

FIRST = date(2031, 5, 12)


def link(document: str) -> str:
    return f"#{document}"


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    standings = st.sampled_from(["independent", "unknown", "dependent"])
    holders = draw(
        st.lists(st.builds(Holder, st.text(max_size=40), standings, st.text(max_size=30)), max_size=15)
    )
    number = st.integers(0, len(holders) - 1)
    told = (
        st.lists(number, max_size=4, unique=True).map(lambda one: tuple(sorted(one)))
        if holders
        else st.just(())
    )
    days = st.none() | st.dates()
    names = draw(st.lists(st.integers(0, 99), min_size=1, max_size=40, unique=True))
    reports = tuple(
        Report(f"d{one}", draw(st.text(max_size=60)), draw(days), "day", draw(told)) for one in names
    )
    pair = st.lists(st.sampled_from([one.id for one in reports]), min_size=2, max_size=2, unique=True)
    pairs = draw(st.lists(pair, max_size=40)) if len(reports) > 1 else []
    relation = st.sampled_from(["verbatim", "partial", "rewrite", "translation", "x"])
    copies = tuple(Derived(a, b, draw(relation), 0.5, draw(st.booleans())) for a, b in pairs)
    return Graph(tuple(holders), reports, copies)


def drawn(those: list[Block]) -> list[str]:
    lanes = [lane for block in those for lane in block.lanes]
    return [one.id for lane in lanes for one in (lane.more if lane.report is None else (lane.report,))]


@settings(deadline=None, max_examples=60)
@given(graphs(), st.randoms(), st.sampled_from([WIDTH, NARROW]))
def test_any_reports_give_a_sound_picture(graph: Graph, random: object, wide: float) -> None:
    svg = draw_origins(graph, "g", "Origins", "told", link, wide)
    assert svg is not None
    assert_sound(svg)
    found = blocks(graph.holders, families(graph.reports, graph.copies))
    assert sorted(drawn(found)) == sorted(one.id for one in graph.reports)  # each once, or counted
    reports, copies = list(graph.reports), list(graph.copies)
    random.shuffle(reports)  # type: ignore[attr-defined]
    random.shuffle(copies)  # type: ignore[attr-defined]
    other = Graph(graph.holders, tuple(reports), tuple(copies))
    assert draw_origins(other, "g", "Origins", "told", link, wide) == svg


@given(st.dates(), st.dates())
def test_ticks_lie_between_the_first_day_and_the_last(a: date, b: date) -> None:
    days = Days(min(a, b), max(a, b), 10, 100)
    ticks = days.ticks()
    assert 1 <= len(ticks) <= 6
    assert all(10 <= tick.at <= 100 for tick in ticks)


def few() -> Graph:
    holders = (
        Holder("New Zealand", "independent", "on its own word"),
        Holder("Chile", "independent", "examined the goods"),
        Holder("a diplomat", "unknown", "does not say how it is known"),
        Holder("Invented Wire", "dependent", "on its own word"),
    )
    reports = (
        Report("d1", "Invented Wire", FIRST, "12 May 2031", (0, 3)),
        Report("d2", "Morning Invention", FIRST + timedelta(days=1), "13 May 2031", (0, 2)),
        Report("d3", "Valletta Courier", FIRST + timedelta(days=7), "19 May 2031", (1,)),
        Report("d4", "undated page", None, "not known", ()),
    )
    return Graph(holders, reports, (Derived("d1", "d2", "rewrite", 0.7, True),))


def test_a_few_reports() -> None:
    svg = draw_origins(few(), "few", "Origins", "told", link)
    assert svg is not None
    assert_sound(svg)
    assert {"New Zealand", "Chile", "Morning Invention", "no origin told", "rewritten"} <= set(words(svg))
    assert re.findall(r'href="(#d\d)"', svg) == ["#d1", "#d2", "#d3", "#d4"]
    assert svg.count('aria-hidden="true" href') + svg.count('tabindex="-1"') >= 4
    assert 'role="group"' in svg
    assert_golden("origins_few.svg", svg)


def many() -> Graph:
    holders = tuple(
        Holder(f"source {one}", "independent" if one < 3 else "unknown", "on its own word")
        for one in range(6)
    )
    reports = tuple(
        Report(
            f"d{one:02}",
            f"outlet {one}",
            FIRST + timedelta(days=one // 3),
            "day",
            (one % 6,) if one % 4 else (),
        )
        for one in range(60)
    )
    copies = tuple(Derived("d01", f"d{one:02}", "verbatim", 0.9, True) for one in range(2, 32))
    return Graph(holders, reports, copies)


def test_many_reports_are_counted_together() -> None:
    graph = many()
    found = blocks(graph.holders, families(graph.reports, graph.copies))
    assert sum(len(block.lanes) for block in found) <= MOST_LANES
    assert len(drawn(found)) == 60
    svg = draw_origins(graph, "many", "Origins", "told", None)
    assert svg is not None
    assert_sound(svg)
    assert any(re.fullmatch(r"\+\d+ more copies", one) for one in words(svg))
    assert "href" not in svg
    assert 'role="img"' in svg
    assert_golden("origins_many.svg", svg)


def test_a_family_begins_with_what_is_copied_and_not_with_what_was_dated_first() -> None:
    reports = (Report("d1", "a", FIRST, "", ()), Report("d2", "b", None, "", ()))
    (family,) = families(reports, (Derived("d2", "d1", "verbatim", 0.9, True),))
    assert [one.id for one in family.reports] == ["d2", "d1"]
    assert family.from_["d1"].original == "d2"
