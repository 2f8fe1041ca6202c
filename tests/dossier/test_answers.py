"""The first page: six questions, answered in sentences that name who says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.sample import CAPTURES, DOCUMENTS, READINGS, REGISTER, RESPONSES, SHELLS, denial, rewrite, wire
from tidewaiter.dossier.answers import IN_FULL, Answer, at_a_glance, of_transfer
from tidewaiter.dossier.answers_case import of_case
from tidewaiter.dossier.views import DossierView, gather
from tidewaiter.model import Copy, Register, ResponseKind, ResponseStatus

QUESTIONS = (
    "What is alleged",
    "By whom",
    "Denied by whom",
    "Independent origins",
    "What is open",
    "What was done about it",
    "If true, it would breach",
)


def gathered(register: Register = REGISTER) -> DossierView:
    return gather(DOCUMENTS, READINGS, register, CAPTURES)


def told(answers: tuple[Answer, ...]) -> dict[str, str]:
    return {answer.question: "".join(part.text for part in answer.parts).strip() for answer in answers}


def test_the_answers_of_a_transfer() -> None:
    shells = gathered().transfers[0]
    assert shells.row.id == SHELLS.id
    found = told(of_transfer(shells))
    assert tuple(found) == QUESTIONS
    assert found["What is alleged"].startswith(
        "A transfer of artillery shells from Iceland to Malta; figure: "
    )
    assert found["By whom"] == (
        "New Zealand (Aroha Tane, Defence Minister, 12 May 2031) said that the goods were shipped."
        " Chile (navy, 19 May 2031) said that the goods were delivered. Told in four reports."
    )
    assert found["Denied by whom"] == (
        "Iceland (Jón Helgason, foreign ministry spokesman, 14 May 2031) denied it."
        " Chile (navy, 19 May 2031) doubted it."
        " Malta (14 May 2031) declined to comment. Chile has said both."
    )
    assert found["Independent origins"].startswith("Two: New Zealand (on its own word); Chile (examined the")
    assert "Iceland's denial has not been answered" in found["What is open"]
    assert "UN referral by New Zealand of Iceland (done May 2031)" in found["What was done about it"]


def test_what_nobody_says_is_said_so() -> None:
    bare = replace(SHELLS, positions=(), open=(), measures=(), quantity=None, when=None, route=None)
    view = gathered(replace(REGISTER, rows=(bare,), responses=()))
    found = told(of_transfer(view.transfers[0]))
    assert found["By whom"] == "No one is named as saying so: the reports tell it in words of their own."
    assert found["Denied by whom"] == "No one in these reports denied it."
    assert found["What is open"] == "None of the questions that this program looks for."
    assert found["What was done about it"] == "No response to it was found in these reports."
    assert found["If true, it would breach"] == "None of the rules that this program knows."


@pytest.mark.parametrize("direction", ["a->b", None])
def test_a_transfer_told_only_in_a_copy_is_said_to_be_so(direction: str | None) -> None:
    """A rewriting that is read as telling of another transfer stands as one of its own: where its text is
    from, and of what that tells, stands beside it."""
    first = replace(SHELLS, reported=((wire.id, "r0000000001"),))
    second = replace(SHELLS, id="t-spun", recipient="NZL", reported=((rewrite.id, "r0000000002"),))
    copy = Copy(wire.id, rewrite.id, "rewrite", direction, 0.5, "the same names in the same order")
    view = gathered(replace(REGISTER, rows=(first, second), copies=(copy,)))
    assert [one.rows for one in view.transfers[1].retold] == [(SHELLS.id,)]
    by_whom = told(of_transfer(view.transfers[1]))["By whom"]
    assert f"Told in one report: a copy of {view.transfers[0].sources[0].called}" in by_whom
    assert ("or what that was copied from" in by_whom) is (direction is None)
    # The original is no copy of its copy, and of two reports one has the text of its own.
    assert bool(view.transfers[0].retold) is (direction is None)
    both = replace(second, reported=(*second.reported, (denial.id, "r0000000003")))
    view = gathered(replace(REGISTER, rows=(first, both), copies=(copy,)))
    assert view.transfers[1].retold == ()


def test_every_name_and_figure_has_words_or_a_transfer() -> None:
    view = gathered()
    for answer in of_transfer(view.transfers[0])[1:3]:
        assert any(part.citations for part in answer.parts), answer.question
    rows = tuple(replace(SHELLS, id=f"t{number}") for number in range(IN_FULL + 2))
    found = of_case(gathered(replace(REGISTER, rows=rows)))
    assert tuple(answer.question for answer in found) == QUESTIONS
    numbers = {number for answer in found for part in answer.parts for number in part.numbers}
    assert numbers == set(range(1, IN_FULL + 3))
    words = told(found)
    assert words["What is alleged"].startswith(
        "Five transfers of arms, between one pair of supplier and recipient, in reports of 12 May 2031 to"
        " 14 May 2031. Those told in the most reports: New Zealand and Chile alleged a transfer of artillery"
    )
    assert words["By whom"] == "Chile; New Zealand." or words["By whom"] == "New Zealand; Chile."
    assert "Have said both, that it is so and that it is not: Chile." in words["Denied by whom"]
    assert at_a_glance(gathered().transfers[0])[2].endswith("Chile (has said both)")


def test_a_party_owns_up_rather_than_alleges() -> None:
    """Who only alleges it is told apart from a supplier or recipient that says so of itself."""
    for party, word in (("ISL", "supplier"), ("MLT", "recipient")):
        told_by = next(one for one in SHELLS.positions if one.actor == "NZL")
        row = replace(SHELLS, positions=(replace(told_by, actor=party, label="They"),))
        rows = tuple(replace(row, id=f"t{number}") for number in range(IN_FULL + 1))
        words = told(of_case(gathered(replace(REGISTER, rows=rows))))
        assert f"They (the {word}) told of a transfer of artillery shells" in words["What is alleged"]
        assert words["By whom"] == "They. Themselves supplier or recipient of what they tell of: They."


def test_what_was_done_is_told_apart_from_what_was_only_said() -> None:
    rows = tuple(replace(SHELLS, id=f"t{number}") for number in range(IN_FULL + 1))
    made = [
        replace(RESPONSES[1], kind=ResponseKind.SANCTION, status=status, by=by)
        for status, by in zip(ResponseStatus, ("NZL", "CHL", "MLT", "ISL", "EU"), strict=True)
    ]
    words = told(of_case(gathered(replace(REGISTER, rows=rows, responses=tuple(made)))))
    assert words["What was done about it"] == (
        "Five responses. Reported as done: sanction by New Zealand, tied to none of the transfers. Announced:"
        " sanction by Chile, tied to none of the transfers. Threatened: sanction by Malta, tied to none of"
        " the transfers. Blocked: sanction by Iceland, tied to none of the transfers. Taken back: sanction by"
        " the European Union, tied to none of the transfers."
    )


def test_the_rules_are_named() -> None:
    rows = tuple(replace(SHELLS, id=f"t{number}") for number in range(IN_FULL + 1))
    words = told(of_case(gathered(replace(REGISTER, rows=rows))))["If true, it would breach"]
    for measure in SHELLS.measures or ():
        if measure.measure is not None and measure.verdict == "would_breach":
            assert measure.instrument in words


@pytest.mark.parametrize("count", [1, 5])
def test_nothing_is_said_in_the_reports_own_name(count: int) -> None:
    """Goods "went", "were shipped", "were delivered" only after "said that"."""
    rows = tuple(replace(SHELLS, id=f"t{number}") for number in range(count))
    view = gathered(replace(REGISTER, rows=rows))
    for answers in (of_case(view), *(of_transfer(one) for one in view.transfers)):
        for sentence in told(answers)["By whom"].split(". "):
            if "goods were" in sentence:
                assert " that the goods were" in sentence
