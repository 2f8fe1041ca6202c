"""A dossier of chosen transfers: what tells of them, and nothing else."""

from __future__ import annotations

import re

from dossier.sample import CAPTURES, CASE, DOCUMENTS, MADE_AT, READINGS, REGISTER, SAMPLE
from tidewaiter.dossier import render_dossier, render_markdown
from tidewaiter.dossier.choosing import choose

FIRST, SECOND = (row.id for row in REGISTER.rows[:2])


def test_rows_responses_timeline_and_documents_of_the_chosen() -> None:
    documents, register = choose(DOCUMENTS, REGISTER, [SECOND])
    assert [row.id for row in register.rows] == [SECOND]
    assert all(one.transfers == (SECOND,) for one in (*register.responses, *register.timeline))
    reporting = {document for row in register.rows for document, _ in row.reported}
    assert reporting <= {document.id for document in documents}
    assert len(documents) < len(DOCUMENTS)


def test_all_chosen_is_all_rows() -> None:
    _, register = choose(DOCUMENTS, REGISTER, [row.id for row in REGISTER.rows])
    assert register.rows == REGISTER.rows
    assert choose(DOCUMENTS, REGISTER, [])[1].rows == ()


def test_the_dossier_says_that_it_is_a_part_and_names_what_is_elsewhere() -> None:
    page = render_dossier(CASE, *SAMPLE[:3], MADE_AT, captures=CAPTURES, transfers=[FIRST])
    assert f"Of one transfer chosen from the {len(REGISTER.rows)} of the case" in page
    assert "(not in this dossier)" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    text = render_markdown(CASE, DOCUMENTS, READINGS, REGISTER, captures=CAPTURES, transfers=[FIRST])
    assert f"Of one transfer chosen from the {len(REGISTER.rows)} of the case" in text
    assert SECOND not in text


def test_without_a_choice_it_is_of_those_in_most_reports_and_says_so() -> None:
    page = render_dossier(CASE, *SAMPLE[:3], MADE_AT, captures=CAPTURES, most=1)
    told = f"Of the one transfer told in the most reports, out of {len(REGISTER.rows)} of the case"
    assert told in page
    text = render_markdown(CASE, *SAMPLE[:3], captures=CAPTURES, most=1)
    assert told in text
    assert FIRST in text
    assert SECOND not in text
    assert "told in the most reports" not in render_markdown(CASE, *SAMPLE[:3], captures=CAPTURES, most=None)


def test_of_one_transfer_nothing_is_said_twice() -> None:
    text = render_markdown(CASE, DOCUMENTS, READINGS, REGISTER, captures=CAPTURES, transfers=[FIRST])
    assert "## Open questions" not in text
    assert text.count("#### What is open") == 1
