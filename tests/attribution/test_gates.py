"""Attribution does not get worse: on the project's own texts, and on PolNeAR where it is at hand."""

from __future__ import annotations

import os

import pytest

from attribution.gates import Gate, own_gates, polnear_gates, split
from attribution.judging import judge, total
from attribution.makers import makers
from attribution.texts import PARTS, texts
from tidewaiter.model import Part, Span, Statement
from tidewaiter.model import Source as Speaker

REGENERATE = os.environ.get("TIDEWAITER_REGENERATE") == "1"


@pytest.mark.parametrize("gate", list(own_gates()), ids=lambda gate: gate.name)
def test_figures_do_not_fall(gate: Gate) -> None:
    """Prints the figures (``-s`` shows them)."""
    if REGENERATE:
        gate.raise_floors()
    print(f"\n{gate.table()}")  # noqa: T201
    faults = gate.faults()
    assert not faults, "\n".join((*faults, *gate.measure().differences))


@pytest.mark.slow
@pytest.mark.parametrize("maker", list(makers()))
def test_figures_on_polnear_do_not_fall(maker: str) -> None:
    """Prints no words of it."""
    gate = {one.name.rpartition(" ")[2]: one for one in polnear_gates()}.get(maker)
    if gate is None:
        pytest.skip(f"PolNeAR not found at {split()}; set TIDEWAITER_SHARED to run this test")
    if not gate.path.exists():
        pytest.skip(f"{gate.path.name} is not kept yet: PolNeAR's dev split is scored on purpose only")
    faults = gate.faults()
    assert not faults, "\n".join(faults)


# ------------------------------------------------------------------------- the figures themselves


def annotated(text: str, published: str | None) -> list[Statement]:
    """The annotation as if it had been read."""
    (one,) = (one for part in PARTS for one in texts(part) if one.text == text)
    return [
        Statement(
            id=str(number),
            mode=given.mode,
            source=Speaker(
                text[given.relation.source[0].start : given.relation.source[-1].end],
                given.relation.source,
                name=given.names[0] if given.names else None,
                actor=given.actor,
                via=tuple(one.partition(" / ")[0] for one in given.via),
            )
            if given.relation.source
            else None,
            cue=Part("", given.relation.cue) if given.relation.cue else None,
            content=Part("", given.relation.content),
            said_on=given.said_on,
            negated=given.negated,
        )
        for number, given in enumerate(one.annotated)
    ]


@pytest.mark.parametrize("part", PARTS)
def test_the_annotation_itself_is_without_fault(part: str) -> None:
    """What no reading could get right would be a fault of the annotation."""
    judged = total(judge(texts(part), annotated).values())
    assert judged.differences == []
    assert set(judged.figures().values()) == {1.0}


def test_a_saying_too_many_is_told_and_counted() -> None:
    (text,) = (one for one in texts("dirty") if one.id == "dirty/nothing/01")

    def imagined(text: str, published: str | None) -> list[Statement]:
        return [Statement("s1", text and "indirect", None, None, Part(text[:10], (Span(0, 10),)))]  # type: ignore[arg-type]

    judged = total(judge([text], imagined).values())
    assert judged.figures()["silent"] == 0.0
    assert judged.counts["relation"].found == 1
    assert judged.differences == ["dirty/nothing/01: not annotated: - | - | The report"]
