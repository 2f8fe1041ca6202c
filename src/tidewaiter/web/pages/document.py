"""``/documents/ID``: the text of a report with all that was read in it marked, and where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from tidewaiter.characters import without_direction
from tidewaiter.dossier.marking import Line, Run, lay_out
from tidewaiter.model import (
    Anchors,
    Document,
    Event,
    Mention,
    Quantity,
    Reading,
    Response,
    Spans,
    Speaker,
    Statement,
)
from tidewaiter.web.asking import places
from tidewaiter.web.pages import Missing
from tidewaiter.web.pages.stands import stands
from tidewaiter.web.rendering import Filled
from tidewaiter.web.shown import Shown
from tidewaiter.wording import (
    CATEGORY_WORDS,
    STANCE_WORDS,
    figure_words,
    name_of,
    plain,
    speaker_words,
    spoken,
)

LAYERS: Mapping[str, str] = {
    "statements": "Statements",
    "transfers": "Transfers",
    "amounts": "Amounts",
    "times": "Times",
    "responses": "Responses and events",
}
"""What can be marked, by the word in the address."""

ASKED = 0
"""Number of the mark for the words that the address asks for."""

PART_WORDS: Mapping[str, str] = {"trigger": "word"}
"""What fields are called whose own name would mislead."""

AMOUNTS, TIMES = ("quantity",), ("when", "on", "said_on")
"""Fields that are amounts and times, whatever finding they belong to."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a finding: what it was read as, and from which words."""

    name: str
    layer: str
    spans: Spans
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """Something read in a report."""

    id: str  # within the report
    layer: str
    title: str
    parts: tuple[Part, ...]
    claims: tuple[tuple[str, str | None], ...] = ()  # stance in words, and the register id of what it is on
    via: tuple[str, ...] = ()  # who relays it
    within: str | None = None  # id of the statement inside which it stands
    transfer: str | None = None  # register id
    reported: str | None = None  # id of the reported transfer that it is a mention of
    utterance: str | None = None
    number: int = 0


@dataclass(slots=True)
class Marked:
    """The text laid out, and what is marked in it."""

    lines: list[Line]
    parts: Mapping[int, Part] = field(default_factory=dict)
    heads: Mapping[int, Found] = field(default_factory=dict)  # the finding whose number stands after a part


def document(shown: Shown, name: str, query: Mapping[str, str]) -> Filled:
    """The page of one document.  Raises ``Missing`` when there is none of that id."""
    source = shown.sources.get(name)
    if source is None:
        raise Missing(f"No document has the id {name}.")
    told, reading = source.document, shown.view.readings[name]
    asked = places(query.get("at", ""), len(told.text))
    wanted = [layer for layer in LAYERS if layer in query.get("marks", "").split(",")]
    layers = tuple(wanted) or (() if query.get("marks") == "none" else tuple(LAYERS))
    found = tuple(_numbered(shown, told, reading))
    numbers = {one.id: one.number for one in found if one.layer == "statements"}
    said = stands(reading.claims, shown.lists.rows_in(name), numbers)
    context = {
        "source": source,
        "document": told,
        "found": [(LAYERS[layer], [one for one in found if one.layer == layer]) for layer in LAYERS],
        "layers": LAYERS,
        "layers_on": layers,
        "text": _text(told, found, layers, asked),
        "asked": asked,
        "lost": bool(query.get("at")) and not asked,
        "copies": shown.lists.copies_of(name),
        "said": [(shown.lines[row], those) for row, those in said.items()],
        "numbers": numbers,
        "framed": {digest: one for digest, one in source.captures if one is not None},
    }
    return Filled("document.html.j2", source.title, context)


# ------------------------------------------------------------------------------------ what was read


def _numbered(shown: Shown, told: Document, reading: Reading) -> Iterator[Found]:
    rows, retold = shown.lists.rows_in(told.id), shown.lists.utterances_in(told.id)
    made = (
        *(_statement(one, reading, told, retold.get(one.id), rows) for one in reading.statements),
        *(_mention(one, told, rows.get(one.transfer or "")) for one in reading.mentions),
        *(_response(one, told, rows.get(one.transfer or "")) for one in reading.responses),
        *(_event(one, told) for one in reading.events),
    )
    for number, one in enumerate(made, start=1):
        yield replace(one, number=number)


def _statement(
    one: Statement, reading: Reading, told: Document, utterance: str | None, rows: Mapping[str, str]
) -> Found:
    parts = []
    if one.source is not None:
        who = _source_words(one)
        parts.append(_part("source", "statements", one.source.spans, who, told))
    if one.cue is not None:
        led = "does not say" if one.negated else "leads to what is said"
        parts.append(_part("cue", "statements", one.cue.spans, led, told))
    parts.append(_part("content", "statements", one.content.spans, f"what is said, {one.mode}", told))
    parts += _anchored(one.anchors, {"said_on": spoken(one.said_on)}, "statements", told)
    claims = tuple(
        (STANCE_WORDS[claim.stance] + (f" ({claim.stage})" if claim.stage else ""), rows.get(claim.transfer))
        for claim in reading.claims
        if claim.statement == one.id
    )
    via = one.source.via if one.source is not None else ()
    return Found(
        one.id, "statements", "Statement", tuple(parts), claims, via, within=one.within, utterance=utterance
    )


def _source_words(one: Statement) -> str:
    """Who a statement's source is."""
    if one.source is None:
        return "nobody named"
    speaker = Speaker(one.source.name, one.source.role, one.source.actor)
    return speaker_words(speaker, name_of(speaker.actor) if speaker.actor else None)


def _mention(one: Mention, told: Document, row: str | None) -> Found:
    values = {
        "trigger": "tells of a transfer",
        "supplier": _named(one.supplier),
        "recipient": _named(one.recipient),
        "category": CATEGORY_WORDS[one.category] if one.category else "not told",
        "item": one.item or "not told",
        "quantity": _figure(one.quantity),
        "stage": str(one.stage),
        "outcome": one.outcome or "none",
        "when": spoken(one.when),
    }
    parts = _anchored(one.anchors, values, "transfers", told)
    return Found(
        one.id, "transfers", "Mention of a transfer", tuple(parts), transfer=row, reported=one.transfer
    )


def _response(one: Response, told: Document, row: str | None) -> Found:
    values = {
        "kind": plain(one.kind),
        "by": _named(one.by),
        "against": _named(one.against),
        "target": one.target or "not told",
        "status": str(one.status),
        "on": spoken(one.on),
    }
    parts = _anchored(one.anchors, values, "responses", told)
    return Found(one.id, "responses", "Response", tuple(parts), transfer=row)


def _event(one: Event, told: Document) -> Found:
    values = {
        "type": plain(one.type),
        "actor": _named(one.actor),
        "target": _named(one.target),
        "when": spoken(one.when),
        "text": "what happened",
    }
    return Found(one.id, "responses", "Event", tuple(_anchored(one.anchors, values, "responses", told)))


def _anchored(anchors: Anchors, values: Mapping[str, str], layer: str, told: Document) -> list[Part]:
    return [
        _part(name, _layer(name, layer), spans, values.get(name, "read"), told)
        for name, spans in anchors.items()
        if spans
    ]


def _layer(name: str, layer: str) -> str:
    if name in AMOUNTS:
        return "amounts"
    return "times" if name in TIMES else layer


def _part(name: str, layer: str, spans: Spans, value: str, told: Document) -> Part:
    words = " … ".join(told.text[start:end] for start, end in spans)
    return Part(PART_WORDS.get(name) or plain(name), layer, tuple(sorted(set(spans))), value, words)


def _named(code: str | None) -> str:
    return "not told" if code is None else name_of(code)


def _figure(quantity: Quantity | None) -> str:
    return "not told" if quantity is None else figure_words(quantity)


# ------------------------------------------------------------------------------------ the text


def _text(told: Document, found: tuple[Found, ...], layers: tuple[str, ...], asked: Spans) -> Markup:
    parts: dict[int, Part] = {}
    heads: dict[int, Found] = {}
    for one in found:
        chosen = [part for part in one.parts if part.layer in layers]
        for part in chosen:
            parts[len(parts) + 1] = part
        if chosen:
            last = max(chosen, key=lambda part: part.spans[-1].end)
            heads[len(parts) - len(chosen) + 1 + chosen.index(last)] = one
    notes = {number: part.spans for number, part in parts.items()} | ({ASKED: asked} if asked else {})
    marked = Marked(lay_out(told.text, notes), parts, heads)
    return Markup("\n").join(
        Markup('<p dir="auto">{}</p>').format(Markup().join(_run(run, marked) for run in line))
        for line in marked.lines
        if any(run.text for run in line)
    )


def _run(run: Run, marked: Marked) -> Markup:
    """A run as one mark with the classes of all that cover it; after it the numbers of findings that end."""
    words: Markup | str = run.text
    if run.notes and run.text:
        parts = [marked.parts[number] for number in run.notes if number != ASKED]
        names = [f"l-{part.layer} p-{part.name.replace(' ', '-')}" for part in parts]
        classes = " ".join(dict.fromkeys(" ".join(names).split()))
        told = "\n".join(dict.fromkeys(f"{part.name}: {without_direction(part.value)}" for part in parts))
        if ASKED in run.notes:
            classes = f"asked {classes}".strip()
        here = Markup(' id="at" tabindex="-1"') if ASKED in run.starts else Markup()
        words = Markup('<mark{} class="{}" title="{}">{}</mark>').format(here, classes, told, words)
    ending = [marked.heads[number] for number in run.ends if number in marked.heads]
    links = Markup().join(
        Markup(
            '<a class="ref" id="m{0}" href="#f{0}" aria-label="{1} {0}: what it was read as">{0}</a>'
        ).format(one.number, one.title)
        for one in ending
    )
    return Markup("{}{}").format(words, links)
