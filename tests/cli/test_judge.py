"""The command judge, from the command line to what the next build says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from .conftest import Tidewaiter


@pytest.fixture
def case(built: Path, tmp_path: Path) -> Path:
    """A copy of the case of the reports, to be judged."""
    return Path(shutil.copytree(built, tmp_path / "case"))


def lines(tidewaiter: Tidewaiter, case: Path, kind: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in tidewaiter("export", case).out.splitlines()]
    return [one for one in found if one["type"] == kind]


def rows(tidewaiter: Tidewaiter, case: Path) -> list[dict[str, Any]]:
    return lines(tidewaiter, case, "transfer")


def reported(tidewaiter: Tidewaiter, case: Path) -> dict[str, Any]:
    """The first reported transfer of the first row."""
    found: dict[str, Any] = rows(tidewaiter, case)[0]["reported"][0]
    return found


def test_a_judgement_is_kept_to_and_told_and_can_be_withdrawn(tidewaiter: Tidewaiter, case: Path) -> None:
    before = rows(tidewaiter, case)
    wrong = reported(tidewaiter, case)["id"]
    made = tidewaiter(
        "judge", case, "correct", wrong, "stage", "sought", "--why", "only asked for", "--by", "A. A."
    )
    assert made.status == 0
    name = made.out.strip()
    assert f"tidewaiter build {case}" in made.err
    assert rows(tidewaiter, case) == before  # until it is built
    assert "waits" in tidewaiter("judge", case, "list").out

    assert tidewaiter("build", case).status == 0
    (row,) = [one for one in rows(tidewaiter, case) if wrong in [two["id"] for two in one["reported"]]]
    (remark,) = row["judged"]
    assert remark["judgement"] == name
    assert "to sought by the judgement of A. A. on" in remark["text"]
    assert remark["text"].endswith(": only asked for")
    assert remark["citation"]["quote"]
    (line,) = lines(tidewaiter, case, "judgement")
    assert (line["id"], line["kind"], line["standing"], line["by"]) == (name, "correct", "acts", "A. A.")
    assert "only asked for" in tidewaiter("explain", case, row["id"]).out
    assert tidewaiter("report", case).status == 0
    assert "only asked for" in (case / "dossier.html").read_text(encoding="utf-8")
    checked = tidewaiter("verify", case, "--rebuild")
    assert checked.status == 0, checked.out

    assert tidewaiter("judge", case, "withdraw", name, "--why", "looked again").status == 0
    assert "not built yet" in tidewaiter("verify", case).out
    assert tidewaiter("build", case).status == 0
    assert rows(tidewaiter, case) == before
    (line,) = lines(tidewaiter, case, "judgement")
    assert (line["standing"], line["withdrawn_why"]) == ("withdrawn", "looked again")
    assert "withdrawn before" in tidewaiter("judge", case, "withdraw", name).err


def test_the_list_for_programs_is_that_of_the_export(tidewaiter: Tidewaiter, case: Path) -> None:
    one = reported(tidewaiter, case)["id"]
    assert tidewaiter("judge", case, "note", one, "asked the ministry").status == 0
    assert tidewaiter("judge", case, "reject", one, "--why", "no transfer at all").status == 0
    tidewaiter("build", case)
    listed = [
        json.loads(line) for line in tidewaiter("judge", case, "list", "--format", "jsonl").out.splitlines()
    ]
    assert listed == lines(tidewaiter, case, "judgement")
    assert [line["standing"] for line in listed] == ["overruled", "acts"]
    assert one not in {two["id"] for row in rows(tidewaiter, case) for two in row["reported"]}


def test_an_orphan_is_told_and_acts_again_when_its_words_are_back(tidewaiter: Tidewaiter, case: Path) -> None:
    one = reported(tidewaiter, case)
    tidewaiter("judge", case, "reject", one["id"], "--why", "no transfer")
    tidewaiter("build", case)
    assert tidewaiter("remove", case, one["document"]).status == 0
    built = tidewaiter("build", case)
    assert built.status == 0
    assert "Judgement without its words" in built.err
    assert "is not in the case" in tidewaiter("judge", case, "list").out
    assert [line["standing"] for line in lines(tidewaiter, case, "judgement")] == ["orphaned"]
    tidewaiter("add", case, one["document"])
    assert "Judgement without" not in tidewaiter("build", case).err
    assert [line["standing"] for line in lines(tidewaiter, case, "judgement")] == ["acts"]


def test_two_reports_are_copies_or_not(tidewaiter: Tidewaiter, case: Path) -> None:
    first, second = (one["source"] for one in lines(tidewaiter, case, "document")[:2])
    tidewaiter(
        "judge", case, "same", first, second, "--relation", "translation", "--why", "the one in English"
    )
    tidewaiter("build", case)
    (copy,) = [one for one in lines(tidewaiter, case, "copy") if {one["a"], one["b"]} == {first, second}]
    assert copy["relation"] == "translation"
    assert copy["ground"].startswith("joined by the judgement of")
    tidewaiter("judge", case, "not-same", first, second, "--why", "each has its own source")
    tidewaiter("build", case)
    copies = [{one["a"], one["b"]} for one in lines(tidewaiter, case, "copy")]
    assert {first, second} not in copies


def test_a_rating_stands_with_every_claim_of_its_source(tidewaiter: Tidewaiter, case: Path) -> None:
    actor = next(
        position["actor"]
        for row in rows(tidewaiter, case)
        for position in row["positions"]
        if len(position["actor"]) == 3
    )
    assert tidewaiter("judge", case, "rate", actor, "d", "--source", "actor", "--why", "a party").status == 0
    tidewaiter("build", case)
    for row in rows(tidewaiter, case):
        for position in row["positions"]:
            for claim in position["claims"]:
                rating = claim["rating"]
                assert ("rated D as actor" in rating["reliability_why"]) == (position["actor"] == actor)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("reject", "ONE"), "no ground"),
        (("same", "ONE", "--why", "x"), "two things"),
        (("same", "ONE", "ONE", "--why", "x"), "the same thing"),
        (("same", "ONE", "REPORT", "--why", "x"), "cannot be compared"),
        (("reject", "REPORT", "--why", "x"), "cannot be rejected"),
        (("reject", "r0000000000", "--why", "x"), "no such report"),
        (("correct", "ONE", "stage", "--why", "x"), "a field and a value"),
        (("correct", "ONE", "stage", "eaten", "--why", "x"), "is no stage; they are: sought"),
        (("correct", "ONE", "colour", "red", "--why", "x"), "no field"),
        (("correct", "ONE", "supplier", "Nort Korea", "--why", "x"), "did you mean North Korea"),
        (("correct", "ONE", "stage", "used", "--quote", "no such words", "--why", "x"), "do not stand"),
        (("rate", "Nobody At All", "B", "--why", "x"), "no source"),
        (("rate", "ONE", "G", "--why", "x"), "a letter"),
        (("withdraw", "j0000000000"), "no judgement"),
        (("withdraw",), "one judgement"),
    ],
)
def test_what_cannot_be_judged_is_refused_in_words(
    tidewaiter: Tidewaiter, case: Path, arguments: tuple[str, ...], told: str
) -> None:
    one = reported(tidewaiter, case)
    words = {"ONE": one["id"], "REPORT": one["document"]}
    ended = tidewaiter("judge", case, *(words.get(word, word) for word in arguments))
    assert ended.status == 2, ended.err
    assert told in ended.err
    assert not (case / "judgements.jsonl").exists()
