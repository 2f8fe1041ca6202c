"""Where the reports of a case disagree is in its view, its export and its dossier."""

from __future__ import annotations

import json

import pytest

from tidewaiter.case import Case
from tidewaiter.cli.printing import export_text
from tidewaiter.pipeline.looking import Later

AT = "2026-01-31T12:00:00Z"
TEXT = """Norway says Ghana got mortars from Chile

OSLO (Fjord Wire) - Chile has delivered 300 mortars to Ghana by sea, Norway's defence ministry said \
on Tuesday. The crates were unloaded at the port of Tema on 11 March from a grey coaster that had \
sailed from Valparaiso under another name, a spokeswoman told reporters in Oslo. Nobody at the quay \
could say what was in them, since each of them had been sealed with wax and wire. Chile denies that \
it has sold a single mortar to Ghana, and says that the crates held spare parts for tractors."""


OTHER = TEXT.replace("11 March", "17 March")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("disagreeing")
    reports = {
        "wire": {"outlet": "Fjord Wire", "published": "2025-03-20", "text": TEXT},
        "reprint": {"outlet": "Accra Sun", "published": "2025-03-21", "text": OTHER},
    }
    for name, report in reports.items():
        (folder / f"{name}.json").write_text(json.dumps(report), encoding="utf-8")
    made = Case.create(folder / "case", AT)
    made.add(sorted(folder.glob("*.json")), AT)
    made.build(AT)
    return made


def test_a_line_of_the_export_has_values_with_their_words(case: Case) -> None:
    lines = [json.loads(line) for line in export_text(case.view(), "jsonl").splitlines()]
    (found,) = (line for line in lines if line["type"] == "discrepancy")
    assert set(found) == {"type", "id", "kind", "where", "about", "values", "likelier", "why", "transfers"}
    assert (found["kind"], found["where"], found["likelier"]) == ("date", "copies", 0)
    assert [value["value"] for value in found["values"]] == ["11 March", "17 March"]
    texts = {line["id"]: line["text"] for line in lines if line["type"] == "document"}
    rows = {line["id"] for line in lines if line["type"] == "transfer"}
    assert set(found["transfers"]) <= rows
    for value in found["values"]:
        for cited in value["citations"]:
            assert set(cited) == {"document", "document_id", "spans", "quote"}
            assert [texts[cited["document_id"]][start:end] for start, end in cited["spans"]] == [
                cited["quote"]
            ]


def test_the_dossier_has_a_section(case: Case) -> None:
    page = case.dossier(AT)
    assert "Where reports disagree" in page
    assert "17 March" in page.partition('id="discrepancies"')[2].partition("</section>")[0]


def test_nothing_is_worked_out_before_it_is_looked_at() -> None:
    asked = []

    def make() -> tuple[int, ...]:
        asked.append(1)
        return (1, 2)

    later = Later(make)
    assert asked == []
    assert (list(later), later[0], later[:1], len(later)) == ([1, 2], 1, (1,), 2)
    assert asked == [1]
