"""One transfer as blocks: who says what, where it comes from, what is open, what was done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tidewaiter.characters import whole_quote
from tidewaiter.dossier.answers import CITED, IN_FULL, Answer, of_transfer
from tidewaiter.dossier.blocks import Block, Facts, Heading, Items, Line, Notes, Paragraph, Table, Words
from tidewaiter.dossier.counting import capital
from tidewaiter.dossier.paper_pictures import picture_blocks
from tidewaiter.dossier.picturing import pictures_of
from tidewaiter.dossier.views import DossierView, TransferView, rests_on
from tidewaiter.model import (
    OpenQuestion,
    Origin,
    PositionClaim,
    Rating,
    RegisterResponse,
    ResponseStep,
    Stance,
    TimelineEntry,
)
from tidewaiter.places import Atlas
from tidewaiter.wording import (
    CATEGORY_WORDS,
    NO_MEASURES,
    ORIGIN_WORDS,
    STANCE_WORDS,
    STANDING_WORDS,
    UNKNOWN,
    VERDICT_WORDS,
    figure_words,
    measure_name,
    measure_note,
    name_of,
    origins_words,
    plain,
    remark_words,
    speaker_words,
    spoken,
)

Cite = Callable[..., Line]


def transfer_blocks(
    transfer: TransferView, view: DossierView, cite: Cite, atlas: Atlas | None
) -> Iterator[Block]:
    """The section of one transfer.  ``cite`` numbers citations; ``atlas``: None: without a map."""
    row = transfer.row
    pictures = pictures_of(transfer, atlas)
    yield Heading(2, transfer.label, f"transfer-{transfer.number}")
    if len(view.transfers) > IN_FULL:  # otherwise the first page has them
        yield Facts(tuple((one.question, answer_line(one, cite)) for one in of_transfer(transfer)), "answers")
        yield Heading(3, "Particulars", f"{transfer.id}-particulars")
    yield Facts(tuple(_facts(transfer, view, cite)))
    yield from picture_blocks(pictures.map, cite)
    yield from _positions(transfer, view, cite)
    yield from picture_blocks(pictures.amounts, cite)
    if row.origins.found:
        yield Heading(3, "Where it comes from", f"{transfer.id}-origins")
        yield Paragraph((Words(f"{row.origins.why}."),))
        yield Items(tuple(_origin(one, cite) for one in row.origins.found))
    yield from picture_blocks(pictures.origins, cite)
    yield Heading(3, "What is open", f"{transfer.id}-open")
    if row.open:
        yield Items(tuple(_question(one, cite) for one in row.open))
    else:
        yield Paragraph((Words("Nothing that this program looks for."),), "quiet")
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
            yield Items(tuple(_measures(transfer, cite)))
        else:
            yield Paragraph((Words(f"Checked: {NO_MEASURES}."),), "quiet")
    entries = [entry for _, entry in view.timeline if row.id in entry.transfers]
    if entries:
        yield Heading(3, "In order of time", f"{transfer.id}-timeline")
        yield Table(
            ("When", "What", "Said or done"), tuple(_entry(one, cite) for one in entries), (1.5, 1.3, 4.4)
        )
    yield Heading(3, "Fields and the words they rest on", f"{transfer.id}-fields")
    yield Table(("Field", "Value", "Words"), tuple(_fields(transfer, cite)), (1.3, 2.0, 3.9))
    yield Heading(3, "In which reports", f"{transfer.id}-reports")
    yield Items(
        tuple(
            (Words(f"{one.called}{title}, {spoken(one.published)}"),)
            for one in transfer.sources
            for title in ["" if one.title == one.name else f": {one.title}"]
        )
    )
    reasons = [
        *(("one transfer", one) for one in transfer.joined),
        *(("two transfers", one) for one in transfer.apart),
    ]
    if reasons:
        yield Heading(3, "Why reports are taken for this transfer, or for another", f"{transfer.id}-joined")
        yield Items(
            tuple(
                (
                    Words(f"{one.a} and {one.b}: {verdict}", "strong"),
                    Words(f" ({one.score:.2f}; {one.why})", "quiet"),
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


def _facts(transfer: TransferView, view: DossierView, cite: Cite) -> Iterator[tuple[str, Line]]:
    row = transfer.row

    def words(key: str) -> Line:
        return cite(row.cells[key].citations, CITED) if key in row.cells else ()

    outcome = "" if row.outcome is None else f", {row.outcome}"
    yield "Furthest stage in any report", (Words(f"{row.stage}{outcome}"), *words("stage"))
    yield "Category", (Words(CATEGORY_WORDS[row.category]), *words("category"))
    yield "When", (Words(spoken(row.when)), *words("when"))
    quantity = "not told" if row.quantity is None else figure_words(row.quantity)
    yield "Quantity", (Words(quantity), *words("quantity"))
    for label, told in transfer.route:
        yield label, (Words(told), *words("route"))
    yield "In reports", (Words(str(len(transfer.sources))),)
    yield "Independent origins", (Words(origins_words(row.origins)),)
    for relation in transfer.related:
        label = "Part of" if relation.kind == "part_of" else "Follow-up of"
        yield label, (*_other(relation.b, view), *cite(relation.citations))
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
            yield Paragraph((Words(position.label, "strong"), Words(f" {position.summary}{reach}", "quiet")))
            told = (None, *(one.rating for one in position.claims))
            yield Items(
                tuple(
                    _claim(one, position.label, view, cite, before)
                    for one, before in zip(position.claims, told, strict=False)
                )
            )
            for note in position.counted:
                yield Paragraph((Words(f"{capital(note)}.", "quiet"),), "quiet")


def _claim(claim: PositionClaim, label: str, view: DossierView, cite: Cite, before: Rating | None) -> Line:
    """``before``: the rating of the claim before it, whose reasons are not told twice."""
    if claim.said_on:
        day = spoken(claim.said_on)
    else:
        day = "day of saying not told" + (f", published {spoken(claim.published)}" if claim.published else "")
    reach = ""
    if claim.stage and claim.stage != "unclear":
        reach = f", {'up to' if claim.stance is Stance.ASSERTS else 'admits'} {claim.stage}"
    quantity = f", figure: {figure_words(claim.quantity)}" if claim.quantity else ""
    source = view.source(claim.document)
    where = f" in {source.called}" if source else ""
    line: list[Words | Notes] = [
        Words(STANCE_WORDS[claim.stance], claim.stance.value),
        Words(
            f", {day}{reach}{quantity}: {speaker_words(claim.speaker, label)}, {view.wording(claim)}{where}"
        ),
        *cite([claim.citation]),
    ]
    if claim.superseded_by:
        line.append(Words(" A later figure of the same side stands in its place.", "quiet"))
    if claim.rating:
        rating = claim.rating
        why = "as above" if rating == before else f"{rating.reliability_why}; {rating.credibility_why}"
        text = f" Rated {rating.reliability}{rating.credibility} ({why})."
        line.append(Words(text, "quiet"))
    return tuple(line)


def _origin(origin: Origin, cite: Cite) -> Line:
    return (
        Words(origin.holder, "strong"),
        Words(f": {STANDING_WORDS[origin.standing]}; {ORIGIN_WORDS[origin.kind]}; {origin.why}"),
        *cite(origin.citations),
    )


def _question(question: OpenQuestion, cite: Cite) -> Line:
    since = f", open since {spoken(question.since)}" if question.since else ""
    return (
        Words(f"{capital(question.text)}{since}"),
        *cite(question.citations),
    )


def _closed(question: OpenQuestion, cite: Cite) -> Line:
    line: list[Words | Notes] = [
        Words(f"{capital(question.text)}; open from {spoken(question.since)}"),
        *cite(question.opened_by),
    ]
    if question.closed_by is not None:
        line.append(Words(f" to {spoken(question.closed_on)}: {question.closed_by.text}"))
        line += cite(question.closed_by.citations)
    return tuple(line)


def _response(response: RegisterResponse, row_id: str, cite: Cite) -> Line:
    by = "somebody not named" if response.by is None else name_of(response.by)
    aimed = ""
    if response.against:
        aimed = f", {'on a draft by' if response.kind == 'veto' else 'against'} {name_of(response.against)}"
    target = f" ({response.target})" if response.target else ""
    line: list[Words | Notes] = [Words(f"{plain(response.kind)} by {by}{aimed}{target}: ")]
    for index, step in enumerate(response.history):
        line += [Words(f"{'; ' if index else ''}{step_words(step)}"), *cite(step.citations, CITED)]
    line += [Words(f" ({one.why})", "quiet") for one in response.answers if one.transfer == row_id]
    return tuple(line)


def _measures(transfer: TransferView, cite: Cite) -> Iterator[Line]:
    for group in transfer.measures:
        for one in group:
            name = "" if one.measure is None else measure_name(one)
            who = "" if one.who is None else f": {name_of(one.who)}"
            side = "" if one.measure is None else f" ({one.side}{who})"
            yield (
                Words(VERDICT_WORDS[one.verdict], "strong"),
                Words(f". {name}{side}. {one.why}" if name else f". {one.why}"),
                *cite(rests_on(one), CITED),
                Words(f" {measure_note(one)}." if one.measure is not None else "", "quiet"),
            )


def _entry(entry: TimelineEntry, cite: Cite) -> tuple[Line, ...]:
    return (
        (Words(spoken(entry.when)),),
        (Words(plain(entry.kind)),),
        (Words(entry.text), *cite(entry.citations, CITED)),
    )


def _fields(transfer: TransferView, cite: Cite) -> Iterator[tuple[Line, ...]]:
    for label, cell in transfer.fields:
        if cell.value == UNKNOWN and not cell.citations:
            continue
        line: list[Words | Notes] = []
        for citation in cell.citations:
            line += [Words("; ")] if line else []
            line += [Words(whole_quote(citation.quote), "quote"), *cite([citation])]
        yield (Words(label),), (Words(cell.value),), tuple(line) or (Words("none", "quiet"),)
