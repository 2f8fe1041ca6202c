"""The reports in ``examples/``: what is found in them, and that every finding stands on their words."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import fields
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import gate
from scoring import read_gold
from tidewaiter import knowledge, places
from tidewaiter.case import Case
from tidewaiter.characters import unmarked
from tidewaiter.contract import register_table
from tidewaiter.dossier import render_markdown
from tidewaiter.model import Document, Part, Reading, Span, Spans
from tidewaiter.pipeline import View, no_progress

REGENERATE = os.environ.get("TIDEWAITER_REGENERATE") == "1"
GOLDEN = Path(__file__).parent / "golden" / "examples_register.csv"
DOSSIER = Path(__file__).parent / "golden" / "examples_dossier.md"
NAMES = [path.stem for path in gate.example_files()]
GOLD = read_gold(gate.GOLD)
NOTICE = "Tidewaiter project"

ANCHORED = {
    "transfers": (
        "supplier",
        "recipient",
        "category",
        "item",
        "quantity",
        "stage",
        "outcome",
        "when",
        "route",
    ),
    "mentions": ("supplier", "recipient", "category", "item", "quantity", "stage", "outcome", "when"),
    "claims": ("stance", "speaker", "stage", "quantity", "said_on"),
    "responses": ("kind", "by", "against", "target", "status", "on"),
    "events": ("type", "actor", "target", "when", "text"),
}
"""Fields that need words of their own when they are known."""


# ------------------------------------------------------------------------------------- the gate


def test_every_example_is_annotated() -> None:
    assert sorted(GOLD) == NAMES


def test_figures_do_not_fall() -> None:
    """Prints the figures (``-s`` shows them); see ``floors.py`` for how floors rise."""
    if REGENERATE:
        gate.EXAMPLES_GATE.raise_floors()
    print(f"\n{gate.EXAMPLES_GATE.table()}")  # noqa: T201
    faults = gate.EXAMPLES_GATE.faults()
    assert not faults, "\n".join((*faults, *gate.measured().differences))


# ------------------------------------------------------------------------------------ capture


@pytest.mark.parametrize("path", gate.example_files(), ids=NAMES)
def test_each_file_says_what_it_is_and_the_notice_is_not_read(path: Path) -> None:
    assert NOTICE in path.read_text(encoding="utf-8")
    assert NOTICE not in gate.documents()[path.stem].text
    assert "invented" not in gate.documents()[path.stem].text


@pytest.mark.parametrize("name", NAMES)
def test_published(name: str) -> None:
    assert gate.documents()[name].published == GOLD[name]["published"]


# ------------------------------------------------------------------------------------ anchors


@pytest.mark.parametrize("name", NAMES)
def test_every_anchor_points_at_words(name: str) -> None:
    document, reading = gate.documents()[name], gate.readings()[name]
    for where, spans in (*_spans(document, ""), *_spans(reading, "")):
        for start, end in spans:
            assert 0 <= start < end <= len(document.text), where
            assert document.text[start:end].strip(), where


@pytest.mark.parametrize("name", NAMES)
def test_statements_say_what_stands_there(name: str) -> None:
    text = gate.documents()[name].text
    for statement in gate.readings()[name].statements:
        for part in (statement.source, statement.cue, statement.content):
            if part is not None:
                assert part.text == " ".join(text[start:end] for start, end in part.spans), statement.id


@pytest.mark.parametrize("name", NAMES)
def test_every_known_field_has_words(name: str) -> None:
    reading = gate.readings()[name]
    for group, known in ANCHORED.items():
        for finding in getattr(reading, group):
            bare = [one for one in known if getattr(finding, one) and not finding.anchors.get(one)]
            assert not bare, f"{group} {finding.id}"


def _spans(value: Any, where: str) -> Iterator[tuple[str, Spans]]:
    """Every span in a value made of the model's types, with the way to it; maps of text left out."""
    if isinstance(value, Span):
        yield where, (value,)
    elif isinstance(value, tuple):
        for number, one in enumerate(value):
            yield from _spans(one, f"{where}[{number}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            assert one, f"{where}.{key} has no words"
            yield from _spans(one, f"{where}.{key}")
    elif isinstance(value, Document | Reading | Part) or hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            if field.name != "segments":
                yield from _spans(getattr(value, field.name), f"{where}.{field.name}")


# ------------------------------------------------------------------------------------ the case


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    """The case of all examples, as ``tidewaiter run examples`` makes it, at a fixed clock."""
    folder = tmp_path_factory.mktemp("examples") / "case"
    with Case.open_or_create(folder, gate.NOW) as case:
        case.add([gate.EXAMPLES], gate.NOW, None, no_progress)
        built = case.build(gate.NOW, no_progress)
        assert not built.failed
        yield case.view()


def test_copies_are_found_and_nothing_else_is_one(view: View) -> None:
    stems = {document.id: Path(document.source).stem for document in view.documents}
    found = {frozenset((stems[one.a], stems[one.b])) for one in view.register.copies}
    wanted = {
        frozenset(pair)
        for pair in combinations(NAMES, 2)
        if GOLD[pair[0]]["copy_group"] is not None
        and GOLD[pair[0]]["copy_group"] == GOLD[pair[1]]["copy_group"]
    }
    assert found == wanted


def test_register_as_kept(view: View) -> None:
    """The register in the columns of ``export --format csv``, against the one kept in ``golden/``.

    ``TIDEWAITER_REGENERATE=1 pytest tests/test_examples.py`` writes it anew; look at the difference
    then.
    """
    headings, rows = register_table(view.register)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows((headings, *rows))
    if REGENERATE:
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(out.getvalue(), encoding="utf-8")
    if not GOLDEN.exists():
        pytest.skip(f"{GOLDEN.name} is not kept yet; TIDEWAITER_REGENERATE=1 writes it")
    assert out.getvalue() == GOLDEN.read_text(encoding="utf-8"), "TIDEWAITER_REGENERATE=1 writes it anew"


def test_dossier_as_kept(view: View) -> None:
    """The first page of the examples' dossier, and the whole one of its first two transfers, as Markdown."""
    ids = [row.id for row in view.register.rows[:2]]
    told = ("Examples", view.documents, view.readings, view.register)
    first, _, _ = render_markdown(*told).partition("## Contents")
    out = first + render_markdown(*told, transfers=ids, atlas=places.load(knowledge.load()))
    for folder in (f"{gate.EXAMPLES}/", unmarked(f"{gate.EXAMPLES}/")):  # as text, and as code
        out = out.replace(folder, "examples/")
    if REGENERATE:
        DOSSIER.write_text(out, encoding="utf-8")
    assert out == DOSSIER.read_text(encoding="utf-8"), "TIDEWAITER_REGENERATE=1 writes it anew"
