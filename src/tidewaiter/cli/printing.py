"""Registers, readings and explanations on the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from tidewaiter.cli.as_of import nothing_by
from tidewaiter.cli.screen import data_console, plural
from tidewaiter.codec import encode
from tidewaiter.explain import Explanation, Item, Passage, Words
from tidewaiter.model import Document, Ground, Reading, RegisterRow, Stance
from tidewaiter.pipeline import View
from tidewaiter.wording import (
    CATEGORY_WORDS,
    CLOCK_WORDS,
    FIELD_WORDS,
    STANCE_WORDS,
    UNKNOWN,
    as_of_words,
    dated_words,
    figure_words,
    goods_words,
    name_of,
    plain,
    speaker_words,
    spoken,
    title_of,
    value_words,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def export_text(view: View, style: str) -> str:
    """A case as one text: ``csv`` (register in SIPRI's columns) or ``jsonl`` (everything)."""
    from tidewaiter.cli.exporting import text_lines

    return "".join(text_lines(view, style))


# ------------------------------------------------------------------------------------ register


def print_table(view: View) -> None:
    """The register as a table: one row a transfer."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    if not view.register.rows:
        if view.register.as_of is not None and not view.documents:
            typer.echo(nothing_by(view))
            return
        typer.echo(f"No transfer was found in {plural(len(view.documents), 'report')}.")
        return
    table = Table(
        title=_title(view),
        title_justify="left",
        header_style="bold",
        box=box.SIMPLE_HEAD,
    )
    table.add_column("Id", no_wrap=True)
    for heading in ("Transfer", "Goods", "Stage", "Says so", "Denies"):
        table.add_column(heading, min_width=9)
    table.add_column("Open", justify="right")
    for row in view.register.rows:
        table.add_row(*(Text(cell) for cell in _table_cells(row)))
    data_console().print(table)


def _title(view: View) -> str:
    as_of = view.register.as_of
    then = "" if as_of is None else f", as of {spoken(as_of.day)}, {CLOCK_WORDS[as_of.clock]}"
    return f"{plural(len(view.register.rows), 'transfer')} in {plural(len(view.documents), 'report')}{then}"


def _table_cells(row: RegisterRow) -> Iterable[str]:
    yield row.id
    yield f"{_cell(row, 'supplier')} to {_cell(row, 'recipient')}"
    yield _goods(row)
    yield row.stage.value if row.outcome is None else f"{row.stage.value}, {row.outcome.value}"
    yield ", ".join(_sides(row, Stance.ASSERTS))
    yield ", ".join(_sides(row, Stance.DENIES))
    yield str(len(row.open) or "")


def _goods(row: RegisterRow) -> str:
    """The goods and how many; what is counted is not said twice."""
    goods = goods_words(_cell(row, "description"), row.category)
    if row.quantity is None:
        return goods
    is_told = (row.quantity.unit or "").casefold() in goods.casefold()
    return f"{goods}: {figure_words(replace(row.quantity, unit=None) if is_told else row.quantity)}"


def _cell(row: RegisterRow, name: str) -> str:
    return row.cells[name].value if name in row.cells else UNKNOWN


def _sides(row: RegisterRow, stance: Stance) -> list[str]:
    return [one.label for one in row.positions if any(claim.stance is stance for claim in one.claims)]


# ------------------------------------------------------------------------------------ one document


def print_reading(document: Document, reading: Reading) -> None:
    """What one document says, for reading."""
    when = dated_words(document.published, document.published_ground)
    typer.secho(title_of(document), bold=True)
    typer.echo(f"  {document.id}  {document.source}  {when}")
    for flag in document.flags:
        typer.echo(f"  note: {flag}")
    for transfer in reading.transfers:
        parties = " to ".join(name_of(one) if one else "?" for one in (transfer.supplier, transfer.recipient))
        many = f", {figure_words(transfer.quantity)}" if transfer.quantity else ""
        typer.echo(f"  {transfer.id}  {parties}: {CATEGORY_WORDS[transfer.category]}{many}; {transfer.stage}")
        for claim in reading.claims:
            if claim.transfer == transfer.id:
                actor = claim.speaker.actor
                who = speaker_words(claim.speaker, name_of(actor) if actor else None)
                typer.echo(
                    f"    {who} {STANCE_WORDS[claim.stance]}" + (f" ({claim.stage})" if claim.stage else "")
                )
    for response in reading.responses:
        against = response.target or name_of(response.against or "") or "?"
        by = name_of(response.by or "") or "?"
        typer.echo(f"  {plain(response.kind)} by {by} against {against}: {response.status}")
    typer.echo("")


def print_grounds(document: Document, grounds: Mapping[str, Sequence[Ground]]) -> None:
    """The words, the rule and the table rows behind each finding, in the order in which they are printed."""
    from rich.text import Text

    console = data_console()
    for finding, found in grounds.items():
        if not found:
            continue
        console.print(Text(f"  {finding}", style="bold"))
        for one in found:
            words = " ... ".join(" ".join(document.text[start:end].split()) for start, end in one.words)
            console.print(Text(f"    {one.field.replace('_', ' ')}: «{words}»"))
            console.print(Text(f"      by rule: {one.rule}", style="dim"))
            for row in one.rows:
                cells = ", ".join(f"{name} {cell}" for name, cell in row.row.items() if cell)
                console.print(Text(f"      by row:  {row.table}: {cells}", style="dim"))
    console.print("")


# ------------------------------------------------------------------------------------ explanation


def print_explanation(explanation: Explanation, style: str) -> None:
    """``text`` with the words highlighted in their surroundings, or ``json``."""
    if style == "json":
        typer.echo(json.dumps(encode(explanation), ensure_ascii=False, indent=2))
        return
    from rich.text import Text

    console = data_console()
    console.print(Text(f"{explanation.id}  {explanation.title}", style="bold"))
    if explanation.as_of is not None:
        console.print(Text(as_of_words(explanation.as_of), style="dim"))
    for section in explanation.sections:
        console.print(Text(f"\n{section.title}", style="bold underline"))
        untold = [item.label.replace("_", " ") for item in section.items if _is_untold(item)]
        for item in section.items:
            if not _is_untold(item):
                _print_item(console, item)
        if untold:
            console.print(Text(f"  not told: {', '.join(untold)}", style="dim"))


def _is_untold(item: Item) -> bool:
    return item.value in (None, "..") and not item.words and not item.note


def _print_item(console: Console, item: Item) -> None:
    from rich.padding import Padding

    is_plain = not console.is_terminal or console.no_color
    console.print(_item_line(item))
    for words in item.words:
        for line in (*(_marked(passage, is_plain) for passage in words.passages), _origin(words)):
            console.print(Padding(line, (0, 0, 0, 6), expand=False))


def _item_line(item: Item) -> Text:
    from rich.text import Text

    line = Text("  ")
    line.append(item.label.replace("_", " "), style="cyan")
    if item.value is not None:
        line.append(f": {value_words(item.label, item.value) if item.label in FIELD_WORDS else item.value}")
    if item.note:
        line.append(f"  [{item.note}]", style="dim")
    return line


def _marked(passage: Passage, is_plain: bool) -> Text:
    """A passage with its words highlighted, or between guillemets where nothing can be."""
    from rich.text import Text

    line = Text("..." if passage.cut[0] else "")
    for run, is_marked in passage.runs():
        words = " ".join(run.split("\n"))
        line.append(f"«{words}»" if is_marked and is_plain else words, "bold reverse" if is_marked else "")
    line.append("..." if passage.cut[1] else "")
    return line


def _origin(words: Words) -> Text:
    """Where the words stand: outlet, title, date with its ground, path, document id."""
    from rich.text import Text

    when = dated_words(words.published, words.published_ground)
    parts = (words.outlet, words.title, when, words.source)
    return Text(f"-- {', '.join(part for part in parts if part)} [{words.document}]", style="dim")
