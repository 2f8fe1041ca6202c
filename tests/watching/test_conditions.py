"""Which changes are wanted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tidewaiter.model import Category, Change, ChangeKind, Stage
from tidewaiter.watching.conditions import EVERYTHING, Condition, Notice

CHANGE = Change(
    "k1", ChangeKind.RECEIVED, "t1", (), "2031-05-04", "AGO", "it came", (), None, None, ("d1:c1",)
)
NOTICE = Notice(
    CHANGE, "drones", "BRA", "AGO", Category.UAV, Stage.DELIVERED, (("B", "4"), ("D", "2")), {"d1": "a.txt"}
)


@pytest.mark.parametrize(
    ("condition", "is_wanted"),
    [
        (EVERYTHING, True),
        (Condition(kinds=(ChangeKind.USED, ChangeKind.RECEIVED)), True),
        (Condition(kinds=(ChangeKind.USED,)), False),
        (Condition(actors=("angola",)), True),
        (Condition(actors=("BRA",)), False),
        (Condition(pairs=(("BRA", "Angola"),)), True),
        (Condition(pairs=(("*", "AGO"),)), True),
        (Condition(pairs=(("AGO", "BRA"), ("*", "RUS"))), False),
        (Condition(categories=(Category.UAV,), stages=(Stage.DELIVERED,)), True),
        (Condition(categories=(Category.UAV,), stages=(Stage.USED,)), False),
        (Condition(reliability="C"), True),
        (Condition(reliability="A"), False),
        (Condition(credibility=2), True),
        (Condition(reliability="C", credibility=4), True),
        (Condition(reliability="C", credibility=2), False),  # no one claim is as good in both
    ],
)
def test_conditions(condition: Condition, is_wanted: bool) -> None:
    assert condition.wants(NOTICE) is is_wanted


def test_what_is_about_no_row_fits_no_pair() -> None:
    assert not Condition(pairs=(("*", "*"),)).wants(Notice(replace(CHANGE, transfer=None)))
    assert Condition(actors=("AGO",)).wants(Notice(replace(CHANGE, transfer=None)))
