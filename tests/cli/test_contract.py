"""What other programs rely on: keys and behaviour of ``read`` and ``export``, on the real output.

The keys are written out here on purpose: they may be added to, and a change of this list is a break.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import Tidewaiter

pytestmark = pytest.mark.xdist_group("contract")  # what all of it looks at is made once

EXAMPLES = Path(__file__).parents[2] / "examples"

READ = {
    "document": "id source captures text_sha256 title outlet author published published_ground language",
    "statements": "id mode said_on within source cue content",
    "mentions": "id transfer supplier recipient category item quantity stage outcome when anchors",
    "transfers": "id supplier recipient category item quantity stage outcome when route in_exchange_for "
    "anchors",
    "claims": "id stance transfer stage quantity speaker said_on statement anchors",
    "responses": "kind by against target status on transfer anchors",
    "events": "type actor target when text anchors",
}
PARTS = {
    "source": "text spans name role actor via",
    "cue": "text spans",
    "content": "text spans",
    "quantity": "min max unit text",
    "route": "declared via true mode vessel",
    "speaker": "name role actor",
}
EXPORTED = {
    "transfer": "id supplier recipient category reported positions origins open measures",
    "copy": "a b relation direction similarity ground",
    "utterance": "id speaker day words why variants",
    "document": READ["document"],
    "statement": READ["statements"],
    "claim": READ["claims"],
}


def printed(*arguments: str) -> str:
    """What a command prints to a program that calls it in the root of the project."""
    done = subprocess.run(
        [sys.executable, "-m", "tidewaiter", *arguments, "--quiet"],
        cwd=EXAMPLES.parent,
        env=os.environ | {"PYTHONHASHSEED": "random"},
        capture_output=True,
        check=True,
        text=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def read() -> list[dict[str, Any]]:
    """``tidewaiter read examples``, run once, as another program runs it."""
    return lines(printed("read", "examples"))


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """``tidewaiter export`` of a case of the examples."""
    case = tmp_path_factory.mktemp("contract") / "case"
    return lines(printed("run", "examples", "--out", str(case), "--format", "jsonl"))


def lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def holds(value: dict[str, Any], keys: str) -> None:
    assert set(keys.split()) <= set(value), set(keys.split()) - set(value)
    for part, inner in PARTS.items():
        if isinstance(value.get(part), dict):
            assert set(inner.split()) <= set(value[part])


def test_read_prints_every_key_for_every_kind_of_finding(read: list[dict[str, Any]]) -> None:
    for name, keys in READ.items():
        found = [one[name] for one in read] if name == "document" else [f for one in read for f in one[name]]
        assert found, f"the examples hold no {name}"
        for value in found:
            holds(value, keys)


def test_read_names_documents_and_ids_as_promised(read: list[dict[str, Any]]) -> None:
    assert [Path(one["document"]["source"]).name for one in read] == sorted(
        path.name for path in EXAMPLES.iterdir()
    )
    for one in read:
        transfers = {transfer["id"] for transfer in one["transfers"]}
        statements = {statement["id"] for statement in one["statements"]}
        assert {claim["transfer"] for claim in one["claims"]} <= transfers
        assert {claim["statement"] for claim in one["claims"]} <= statements | {None}
        assert {mention["transfer"] for mention in one["mentions"]} <= transfers | {None}
        assert {response["transfer"] for response in one["responses"]} <= transfers | {None}
        assert {transfer["in_exchange_for"] for transfer in one["transfers"]} <= transfers | {None}


def test_every_span_lies_in_the_text(read: list[dict[str, Any]]) -> None:
    for one in read:
        text = one["document"]["text"]
        for spans in spans_of(one):
            assert all(0 <= start < end <= len(text) for start, end in spans)


def spans_of(value: Any) -> list[list[list[int]]]:
    if isinstance(value, list):
        return [spans for inner in value for spans in spans_of(inner)]
    if not isinstance(value, dict):
        return []
    own = [value["spans"]] if "spans" in value else list(value.get("anchors", {}).values())
    return [*own, *(spans for key, inner in value.items() if key != "anchors" for spans in spans_of(inner))]


def test_raw_positions_are_those_of_the_file(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    text = "Menu\n\n\n“Peru sold Chile 12 guns,”he said.\r\nShare < /p>\n"
    path.write_text(text, encoding="utf-8", newline="")
    (found,) = lines(tidewaiter("read", path, "--raw").out)
    assert found["document"]["text"] == text
    assert set(found) == {*READ, "reader"}


@pytest.mark.parametrize("kind", [name for name in READ if name != "document"])
def test_only_leaves_the_rest_out(tidewaiter: Tidewaiter, kind: str) -> None:
    (found,) = lines(tidewaiter("read", EXAMPLES / "13-daily-lady-r.txt", "--only", kind).out)
    assert set(found) == {"document", kind, "reader"}


def test_a_file_that_cannot_be_read_gives_a_line_and_a_status(tidewaiter: Tidewaiter, tmp_path: Path) -> None:
    ended = tidewaiter("read", tmp_path / "none.txt", EXAMPLES / "13-daily-lady-r.txt", "--format", "jsonl")
    failed, found = lines(ended.out)
    assert failed == {"document": {"source": str(tmp_path / "none.txt")}, "error": failed["error"]}
    assert failed["error"]
    assert found["document"]["id"]
    assert ended.status == 1


def test_export_prints_every_key_of_every_type(exported: list[dict[str, Any]]) -> None:
    for kind, keys in EXPORTED.items():
        found = [one for one in exported if one["type"] == kind]
        assert found, kind
        for value in found:
            holds(value, keys)


def test_transfers_point_at_the_documents_of_the_export(exported: list[dict[str, Any]]) -> None:
    sources = {one["source"] for one in exported if one["type"] == "document"}
    for row in (one for one in exported if one["type"] == "transfer"):
        assert row["reported"]
        for told in row["reported"]:
            assert {"document", "supplier", "recipient", "category"} <= set(told)
            assert told["document"] in sources
        assert {"independent", "at_most", "why"} <= set(row["origins"])
    for copy in (one for one in exported if one["type"] == "copy"):
        assert {copy["a"], copy["b"]} <= sources
        assert copy["relation"] in ("verbatim", "partial", "rewrite", "translation")


def test_variants_of_utterances_are_the_documents_words(exported: list[dict[str, Any]]) -> None:
    texts = {one["id"]: one["text"] for one in exported if one["type"] == "document"}
    statements = {(one["document_id"], one["id"]) for one in exported if one["type"] == "statement"}
    for utterance in (one for one in exported if one["type"] == "utterance"):
        assert utterance["words"] == utterance["variants"][0]["quote"]
        assert len(utterance["variants"]) > 1
        for variant in utterance["variants"]:
            holds(variant, "statement document document_id spans quote said_on drift")
            words = [texts[variant["document_id"]][start:end] for start, end in variant["spans"]]
            assert " ... ".join(words) == variant["quote"]
            assert (variant["document_id"], variant["statement"]) in statements
            for drift in variant["drift"]:
                holds(drift, "kind original variant")


def test_every_field_of_a_row_that_holds_something_has_its_words(exported: list[dict[str, Any]]) -> None:
    """A cell without words is a bug, save the comments of a row that nobody takes a stance on."""
    bare = [
        (row["id"], name)
        for row in exported
        if row["type"] == "transfer"
        for name, cell in row["cells"].items()
        if cell["value"] != ".." and not cell["citations"]
    ]
    assert bare == []


def test_the_csv_has_one_row_a_transfer(tidewaiter: Tidewaiter, built: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(tidewaiter("export", built, "--format", "csv").out)))
    transfers = [o for o in lines(tidewaiter("export", built).out) if o["type"] == "transfer"]
    assert [row["Id"] for row in rows] == [one["id"] for one in transfers]
    assert {"Figure", "When", "Route"} <= set(rows[0])


MEASURE = (
    "measure authority instrument paragraph rule verdict side who why days since until source verified "
    "citations"
)


def test_every_transfer_says_which_measures_it_would_breach(exported: list[dict[str, Any]]) -> None:
    rows = [one for one in exported if one["type"] == "transfer"]
    assert any(row["measures"] for row in rows)
    for row in rows:
        for one in row["measures"]:
            assert set(MEASURE.split()) <= set(one)
            assert one["verdict"] in ("would_breach", "cannot_tell")
            assert one["measure"] is not None or one["instrument"] is None
            assert all(cited["quote"] for found in one["citations"].values() for cited in found)


def test_measures_of_a_transfer_that_is_only_asked_about() -> None:
    asked = ("--supplier", "PRK", "--recipient", "Russia", "--category", "missiles", "--on", "2023-11")
    found = lines(printed("measures", *asked, "--format", "jsonl"))
    told = {
        (one["measure"]["id"], one["side"], one["who"]) for one in found if one["verdict"] == "would_breach"
    }
    assert {("un-1874-9-export", "supplier", "PRK"), ("un-1874-9", "recipient", "RUS")} <= told
    listed = lines(printed("measures", "--format", "jsonl"))
    assert len({one["id"] for one in listed}) == len(listed) > 100
    assert "S/RES/1718 (2006)" in printed("measures")


@pytest.mark.parametrize("asked", [("--supplier", "Atlantis"), ("--category", "swords"), ("--on", "soon")])
def test_what_is_asked_about_has_to_be_known(asked: tuple[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tidewaiter", "measures", *asked], capture_output=True, check=False, text=True
    )
    assert done.returncode not in (0, 1)
    assert asked[1] in done.stderr
