"""One transfer as blocks: who says what, where it comes from, what is open, what was done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tidewaiter.characters import shown_quote
from tidewaiter.dossier.answers import (
    CITED,
    IN_FULL,
    NOTHING_OPEN,
    SAID_OF_IT,
    Answer,
    as_reported,
    of_transfer,
)
from tidewaiter.dossier.blocks import Block, Facts, Heading, Items, Line, Notes, Paragraph, Table, Words
from tidewaiter.dossier.chart import IN_TABLE_ONLY
from tidewaiter.dossier.counting import listed
from tidewaiter.dossier.paper_pictures import picture_blocks
from tidewaiter.dossier.paper_sources import shortened, source_id
from tidewaiter.dossier.picturing import pictures_of
from tidewaiter.dossier.views import (
    FIELD_NAMES,
    DossierView,
    SourceView,
    TransferView,
    alike_claims,
    held_against,
    rests_on,
)
from tidewaiter.model import (
    OpenQuestion,
    Origin,
    PositionClaim,
    Rating,
    RegisterResponse,
    ResponseStep,
    Stage,
    Stance,
    TimelineEntry,
)
from tidewaiter.places import Atlas
from tidewaiter.wording import (
    NO_MEASURES,
    ORIGIN_WORDS,
    STANCE_WORDS,
    STANDING_WORDS,
    UNKNOWN,
    aimed_words,
    capital,
    figure_words,
    in_text,
    measure_name,
    measure_note,
    name_of,
    origins_words,
    plain,
    remark_words,
    since_words,
    speaker_words,
    spoken,
)

Cite = Callable[..., Line]

TIMELINE_WIDTHS = (1.9, 4.6, 0.8)
"""Of the columns of a timeline: "on or before 18 January 2024" stays on one line."""

MEASURES_HEAD = ("Rule", "Held against what is alleged", "What the rule says, in our words")
MEASURES_WIDTHS = (1.5, 3.2, 2.9)

PLACES = 4
"""Reports named that give a claim in the same words; the numbers lead to all of them."""

WORDS_LENGTH = 320
"""Characters of a claim's words beside it: some three lines.  The foot of the page has all."""


def transfer_blocks(
    transfer: TransferView, view: DossierView, cite: Cite, atlas: Atlas | None
) -> Iterator[Block]:
    """The section of one transfer.  ``cite`` numbers citations; ``atlas``: None: without a map."""
    row = transfer.row
    pictures = pictures_of(transfer, atlas)
    yield Heading(2, transfer.label, f"transfer-{transfer.number}")
    if len(view.transfers) > IN_FULL:  # otherwise the first page has them
        yield Facts(tuple((one.question, answer_line(one, cite)) for one in of_transfer(transfer)), "answers")
    yield Facts(tuple(_facts(transfer, view, cite)))
    about = f"{transfer.supplier} to {transfer.recipient}: {transfer.goods}"
    yield from picture_blocks(pictures.map, about, cite)
    yield from _positions(transfer, view, cite)
    yield from picture_blocks(pictures.amounts, about, cite)
    if row.origins.found:
        yield Heading(3, "Where it comes from", f"{transfer.id}-origins")
        counted = f"Independent origins: {origins_words(row.origins)}. {as_reported(len(transfer.sources))}"
        yield Paragraph((Words(counted),))
        yield Items(tuple(_origin(one, cite) for one in row.origins.found))
    yield from picture_blocks(pictures.origins, about, cite)
    yield Heading(3, "What is open", f"{transfer.id}-open")
    if row.open:
        yield Items(tuple(_question(one, cite) for one in row.open))
    else:
        yield Paragraph((Words(NOTHING_OPEN),), "quiet")
    if row.closed:
        yield Heading(3, "What was open and has been answered", f"{transfer.id}-closed")
        yield Items(tuple(_closed(one, cite) for one in row.closed))
    if row.judged:
        yield Heading(3, "What analysts decided about its reports", f"{transfer.id}-judged")
        yield Items(
            tuple(
                (Words(remark_words(one.about), "strong"), Words(f": {one.text}"), *cite([one.citation]))
                for one in row.judged
            )
        )
    if transfer.responses:
        yield Heading(3, "Responses to it", f"{transfer.id}-responses")
        yield Items(tuple(_response(one, row.id, cite) for one in transfer.responses))
    if row.measures is not None:
        yield Heading(3, "What it would breach if true", f"{transfer.id}-measures")
        if row.measures:
            yield Table(MEASURES_HEAD, tuple(_measures(transfer, cite)), MEASURES_WIDTHS)
        else:
            yield Paragraph((Words(f"Checked: {NO_MEASURES}."),), "quiet")
    entries = [
        entry
        for _, entry in view.timeline
        if row.id in entry.transfers and entry.kind not in IN_TABLE_ONLY  # said under "What is open"
    ]
    if entries:
        yield Heading(3, "In order of time", f"{transfer.id}-timeline")
        yield Table(
            ("When", "Said or done"),
            tuple(_entry(one, cite) for one in entries),
            (TIMELINE_WIDTHS[0], sum(TIMELINE_WIDTHS[1:])),
        )
    yield Heading(3, "Every field and the words it rests on", f"{transfer.id}-fields")
    yield Table(("Field", "Value", "Words"), tuple(_fields(transfer, cite)), (1.2, 1.9, 4.1))
    yield Heading(3, "In which reports", f"{transfer.id}-reports")
    yield Items(tuple(_report(one, view) for one in transfer.sources))
    reasons = [
        *(("taken for one transfer", one) for one in transfer.joined),
        *(("kept apart", one) for one in transfer.apart),
    ]
    if reasons:
        yield Heading(3, "Why reports are taken for this transfer, or for another", f"{transfer.id}-joined")
        yield Items(
            tuple(
                (
                    Words(f"{one.a} and {one.b}: {verdict}", "strong"),
                    Words(f" (weight {one.score:.2f}: {one.why})", "quiet"),
                )
                for verdict, one in reasons
            )
        )


def answer_line(answer: Answer, cite: Cite) -> Line:
    """An answer of the first page: its words, the transfers that it is about, and what it rests on."""
    line: list[Words | Notes] = []
    for part in answer.parts:
        line.append(Words(part.text))
        if part.numbers:
            line += [Words(" ("), *number_words(part.numbers), Words(")")]
        line += cite(part.citations)
    return tuple(line)


def number_words(numbers: Sequence[int]) -> list[Words]:
    """Numbers of transfers in their order, each leading to its section."""
    words: list[Words] = []
    for number in sorted(numbers):
        words += [Words(", ")] if words else []
        words.append(Words(str(number), to=f"transfer-{number}"))
    return words


def step_words(step: ResponseStep) -> str:
    """How far a response went, and when."""
    if step.on:
        return f"{step.status}, {spoken(step.on)}"
    reported = f", reported {spoken(step.reported)}" if step.reported else ""
    return f"{step.status}, day not told{reported}"


def _report(source: SourceView, view: DossierView) -> Line:
    title = "" if source.title == source.name else f": {source.title}"
    number = view.sources.index(source) + 1
    day = "date not known" if source.published is None else spoken(source.published)
    return (
        Words(f"{source.called}{title}, {day} ("),
        Words(f"source {number}", to=source_id(source.document.id)),
        Words(")"),
    )


def _facts(transfer: TransferView, view: DossierView, cite: Cite) -> Iterator[tuple[str, Line]]:
    """How it hangs together with others; its own particulars are among the fields."""
    row = transfer.row
    for relation in transfer.related:
        label = "Part of" if relation.kind == "part_of" else "Follow-up of"
        yield label, (*_other(relation.b, view), *cite(relation.citations))
    for retold in transfer.retold:
        line: list[Words | Notes] = [Words(f"{capital(retold.words)}. The other tells of ")]
        for index, name in enumerate(retold.rows):
            line += [Words("; "), *_other(name, view)] if index else _other(name, view)
        line.append(Words(f". It may be {'one of these' if len(retold.rows) > 1 else 'the same'}."))
        yield "Its report", tuple(line)
    for exchanged in transfer.exchanged:
        yield "In exchange for", _other(exchanged, view)
    yield "Register id", (Words(row.id, "code"),)


def _other(row_id: str, view: DossierView) -> Line:
    other = view.transfer(row_id)
    if other is not None:
        return (Words(other.label, to=f"transfer-{other.number}"),)
    return (Words(f"{view.elsewhere.get(row_id, row_id)} (not in this dossier)"),)


def _positions(transfer: TransferView, view: DossierView, cite: Cite) -> Iterator[Block]:
    yield Heading(3, "Who says what", f"{transfer.id}-positions")
    if not transfer.sides:
        yield Paragraph((Words("No one is named as taking a position on it."),), "quiet")
    for side in transfer.sides:
        yield Paragraph((Words(side.title, "strong"),), "side")
        for position in side.positions:
            reach = ""
            if position.furthest:
                admitted = "admitted" if side.key == "against" else "claimed"
                reach = f"; furthest stage {admitted}: {position.furthest}"
            yield Paragraph(
                (Words(position.label, "strong"), Words(f" {position.summary}{reach}", "quiet")), "who"
            )
            alike = alike_claims(position.claims)
            told = (None, *(claims[0].rating for claims in alike))
            yield Items(
                tuple(
                    _claims(claims, position.label, view, cite, before)
                    for claims, before in zip(alike, told, strict=False)
                )
            )
            for note in position.counted:
                yield Paragraph((Words(f"{capital(note)}.", "quiet"),), "quiet")


def _claims(
    alike: Sequence[PositionClaim], label: str, view: DossierView, cite: Cite, before: Rating | None
) -> Line:
    """Claims in the same words, in one or more reports.  ``before``: the rating of the claim before it, whose
    reasons are not told twice."""
    claim = alike[0]
    reach = ""
    if claim.stage and claim.stage is not Stage.UNCLEAR:
        reach = f"{'' if claim.stance is Stance.ASSERTS else ', but admits'} {SAID_OF_IT[claim.stage]}"
    quantity = f", figure: {figure_words(claim.quantity)}" if claim.quantity else ""
    words = shown_quote(" ".join(claim.citation.quote.split()))
    line: list[Words | Notes] = [
        Words(STANCE_WORDS[claim.stance], claim.stance.value),
        Words(f"{reach}{quantity}: "),
        Words(shortened(words, WORDS_LENGTH), "quote"),
        Words("."),
        *cite([one.citation for one in alike]),
        Words(f" {capital(speaker_words(claim.speaker, label))}, {_occasion(alike, view)}."),
    ]
    if claim.superseded_by:
        line.append(Words(" A later figure of the same side stands in its place.", "quiet"))
    if claim.rating:
        rating = claim.rating
        why = "as above" if rating == before else f"{rating.reliability_why}; {rating.credibility_why}"
        text = f" Rated {rating.reliability}{rating.credibility} ({why})."
        line.append(Words(text, "quiet"))
    return tuple(line)


def _occasion(alike: Sequence[PositionClaim], view: DossierView) -> str:
    """When it was said, whose words are cited, and in which reports."""
    places: dict[str, str] = {}
    for one in alike:
        source = view.source(one.document)
        published = f" (published {spoken(one.published)})" if one.published and not one.said_on else ""
        places.setdefault(one.document, "" if source is None else f"{source.called}{published}")
    where = listed([one for one in places.values() if one], PLACES)
    day = spoken(alike[0].said_on) if alike[0].said_on else "day of saying not told"
    return f"{day}, {view.wording(alike[0])}{f' in {where}' if where else ''}"


def _origin(origin: Origin, cite: Cite) -> Line:
    return (
        Words(origin.holder, "strong"),
        Words(f": {STANDING_WORDS[origin.standing]}; {ORIGIN_WORDS[origin.kind]}; {origin.why}"),
        *cite(origin.citations),
    )


def _question(question: OpenQuestion, cite: Cite) -> Line:
    since = f", open {since_words(question.since)}" if question.since else ""
    return (
        Words(f"{capital(question.text)}{since}"),
        *cite(question.citations),
    )


def _closed(question: OpenQuestion, cite: Cite) -> Line:
    line: list[Words | Notes] = [
        Words(f"{capital(question.text)}; opened {spoken(question.since)}"),
        *cite(question.opened_by),
    ]
    if question.closed_by is not None:
        line.append(Words(f", answered {spoken(question.closed_on)}: {question.closed_by.text}"))
        line += cite(question.closed_by.citations)
    return tuple(line)


def _response(response: RegisterResponse, row_id: str, cite: Cite) -> Line:
    by = "somebody not named" if response.by is None else in_text(name_of(response.by))
    aimed = aimed_words(response.kind, response.by, response.against, name_of)
    target = f" ({response.target})" if response.target else ""
    line: list[Words | Notes] = [Words(f"{capital(plain(response.kind))} by {by}{aimed}{target}: ")]
    for index, step in enumerate(response.history):
        line += [Words(f"{'; ' if index else ''}{step_words(step)}"), *cite(step.citations, CITED)]
    line += [Words(f" ({one.why})", "quiet") for one in response.answers if one.transfer == row_id]
    return tuple(line)


def _measures(transfer: TransferView, cite: Cite) -> Iterator[tuple[Line, ...]]:
    for group in transfer.measures:
        for one in group:
            who = "" if one.who is None else f": {name_of(one.who)}"
            rule: Line = (Words("none in particular", "quiet"),)
            if one.measure is not None:
                rule = (Words(measure_name(one), "strong"), Words(f", for the {one.side}{who}"))
            yield (
                rule,
                (Words(held_against(one)), *cite(rests_on(one), CITED)),
                (Words(f"{measure_note(one)}." if one.measure is not None else "", "quiet"),),
            )


def _entry(entry: TimelineEntry, cite: Cite) -> tuple[Line, ...]:
    return (Words(spoken(entry.when)),), (Words(entry.text), *cite(entry.citations, CITED))


def _fields(transfer: TransferView, cite: Cite) -> Iterator[tuple[Line, ...]]:
    for label, cell in transfer.fields:
        if cell.value == UNKNOWN and not cell.citations:
            continue
        line: list[Words | Notes] = []
        if label == FIELD_NAMES["comments"] and cell.citations:  # made of what stands above with its words
            line += [Words("those of positions, figures and route ", "quiet"), *cite(cell.citations)]
        else:
            for citation in cell.citations:
                line += [Words("; ")] if line else []
                line += [Words(shown_quote(citation.quote), "quote"), *cite([citation])]
        yield (Words(label),), (Words(cell.value),), tuple(line) or (Words("none", "quiet"),)
