"""The first page of one transfer: what is alleged, by whom, denied by whom, known by how many origins, what
is open, and what was done about it, in sentences.

The same sentences stand in every format.  None of them says that anything happened: each names who says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tidewaiter.dossier.counting import figure, joined, plural
from tidewaiter.dossier.views import TransferView
from tidewaiter.model import Citation, OpenQuestion, Position, RegisterResponse, Stage, Stance
from tidewaiter.wording import (
    NO_SPEAKER,
    ORIGIN_WORDS,
    VERDICT_WORDS,
    aimed_words,
    capital,
    figure_words,
    has_figure,
    in_text,
    measure_name,
    name_of,
    plain,
    since_words,
    speaker_words,
    spoken,
)

IN_FULL = 3
"""Transfers that the first page tells one by one; of more it tells what they have in common, and a table."""

NAMED = 3
"""Transfers, questions and responses named in one answer; the section has all."""

CITED = 3
"""Citations of one part of a sentence."""

NOTHING_OPEN = "None of the questions that this program looks for."

SAID_OF_IT: Mapping[Stage, str] = {
    Stage.SOUGHT: "that it was sought",
    Stage.PLANNED: "that it was planned",
    Stage.AGREED: "that it was agreed",
    Stage.SHIPPED: "that the goods were shipped",
    Stage.DELIVERED: "that the goods were delivered",
    Stage.USED: "that the goods were used",
    Stage.UNCLEAR: "that there was such a transfer, not how far it went",
}


class Part(NamedTuple):
    """Words of a sentence with what they rest on: words of reports, or transfers by their number."""

    text: str
    citations: tuple[Citation, ...] = ()
    numbers: tuple[int, ...] = ()  # of transfers


class Answer(NamedTuple):
    """One question and its answer."""

    question: str
    parts: tuple[Part, ...]


# ------------------------------------------------------------------------------------ at a glance

GLANCE_HEAD = (
    "No.",
    "Transfer as alleged (furthest stage told)",
    "Alleged by",
    "Denied or doubted by",
    "Independent origins",
    "Questions open",
    "Responses to it",
)


def at_a_glance(transfer: TransferView) -> tuple[str, ...]:
    """A transfer in a row of the table at the end of the summary, after its number."""
    told = [one.label for key in ("for", "both") for one in transfer.side(key)]
    both = [f"{one.label} (has said both)" for one in transfer.side("both")]
    against = [*(one.label for one in transfer.side("against")), *both]
    origins = transfer.row.origins
    low = "?" if origins.independent is None else str(origins.independent)
    return (
        f"{transfer.supplier} to {transfer.recipient}: {transfer.goods} ({_reached(transfer)})",
        ", ".join(told) or "no one named",
        ", ".join(against) or "no one",
        low if low == str(origins.at_most) else f"{low} to {origins.at_most}",
        str(len(transfer.row.open)),
        str(len(transfer.responses)),
    )


def _reached(transfer: TransferView) -> str:
    """The furthest stage told, and what became of the goods otherwise: "shipped, intercepted"."""
    outcome = transfer.row.outcome
    return transfer.row.stage if outcome is None else f"{transfer.row.stage}, {outcome}"


# ------------------------------------------------------------------------------------ one transfer


def of_transfer(transfer: TransferView) -> tuple[Answer, ...]:
    """The answers for one transfer."""
    found = (
        ("What is alleged", _alleged(transfer)),
        ("By whom", _by_whom(transfer)),
        ("Denied by whom", _denied(transfer)),
        ("Independent origins", _origins(transfer)),
        ("What is open", _open(transfer.row.open)),
        ("What was done about it", _done(transfer.responses)),
        ("If true, it would breach", _rules(transfer)),
    )
    return tuple(Answer(question, tuple(parts)) for question, parts in found)


def transfer_in_text(transfer: TransferView) -> str:
    """What is alleged, in running text: "a transfer of drones from Chad to the United States"."""
    parties = f"from {in_text(transfer.supplier)} to {in_text(transfer.recipient)}"
    return f"a transfer of {transfer.goods} {parties}"


def _alleged(transfer: TransferView) -> list[Part]:
    row = transfer.row
    parts = [Part(capital(transfer_in_text(transfer)))]
    if row.quantity is not None and has_figure(row.quantity):
        parts.append(Part(f"; figure: {figure_words(row.quantity)}", _words(transfer, "quantity")))
    if row.when:
        parts.append(Part(f"; when: {spoken(row.when)}", _words(transfer, "when")))
    for label, words in transfer.route:
        if label in ("Declared destination", "By way of"):
            parts.append(Part(f"; {label[:1].lower()}{label[1:]}: {words}", _words(transfer, "route")))
    reached = _reached(transfer)
    parts.append(Part(f". Furthest stage in any report: {reached}", _words(transfer, "stage")))
    return [*parts, Part(".")]


def _words(transfer: TransferView, key: str) -> tuple[Citation, ...]:
    cell = transfer.row.cells.get(key)
    return () if cell is None else cell.citations[:CITED]


def _by_whom(transfer: TransferView) -> list[Part]:
    told = [*transfer.side("for"), *transfer.side("both")]
    if not told:
        return [Part("No one is named as saying so: the reports tell it in words of their own.")]
    parts: list[Part] = []
    for stage in dict.fromkeys(position.furthest or Stage.UNCLEAR for position in told):
        who = [position for position in told if (position.furthest or Stage.UNCLEAR) is stage]
        parts += _speakers(who, (Stance.ASSERTS,))
        parts.append(Part(f" said {SAID_OF_IT[stage]}. "))
    parts.append(Part(as_reported(len(transfer.sources), [one.words for one in transfer.retold])))
    return parts


def as_reported(reports: int, copied: Sequence[str] = ()) -> str:
    """In how many reports it is told; ``copied``: what these are to others that do not tell it, as texts."""
    told = f"Told in {plural(reports, 'report')}"
    return f"{told}: {'; '.join(copied)}." if copied else f"{told}."


def _speakers(positions: Sequence[Position], stances: tuple[Stance, ...]) -> list[Part]:
    """Names with who spoke for them first and on which day, and the words."""
    parts: list[Part] = []
    for index, position in enumerate(positions):
        claims = [claim for claim in position.claims if claim.stance in stances]
        first = next((claim for claim in claims if claim.said_on), claims[0])
        by = speaker_words(first.speaker)
        is_told = by != NO_SPEAKER and by.casefold() not in position.label.casefold()
        inner = ", ".join((*([by] if is_told else []), *([spoken(first.said_on)] if first.said_on else [])))
        day = f" ({inner})" if inner else ""
        between = "" if index == 0 else (" and " if index == len(positions) - 1 else ", ")
        cited = tuple(dict.fromkeys(claim.citation.document for claim in claims))
        words = tuple(
            next(claim.citation for claim in claims if claim.citation.document == document)
            for document in cited[:CITED]
        )
        name = in_text(position.label)
        parts.append(Part(f"{between}{name if index else capital(name)}{day}", words))
    return parts


def _denied(transfer: TransferView) -> list[Part]:
    parts: list[Part] = []
    for stance, did in (
        (Stance.DENIES, "denied it"),
        (Stance.DOUBTS, "doubted it"),
        (Stance.DECLINES, "declined to comment"),
    ):
        who = [position for position in transfer.row.positions if takes(position, stance)]
        if who:
            parts += [*_speakers(who, (stance,)), Part(f" {did}. ")]
        elif stance is Stance.DENIES:
            parts.append(Part("No one in these reports denied it. "))
    both = transfer.side("both")
    if both:
        parts.append(Part(f"{capital(_names(both))} {'have' if len(both) > 1 else 'has'} said both."))
    return parts


def _names(positions: Sequence[Position]) -> str:
    return joined([in_text(one.label) for one in positions])


def takes(position: Position, stance: Stance) -> bool:
    """Whether the position holds a claim of the stance; of declining, whether nothing else is in it."""
    stances = {claim.stance for claim in position.claims}
    return stances == {stance} if stance is Stance.DECLINES else stance in stances


def _origins(transfer: TransferView) -> list[Part]:
    origins = transfer.row.origins
    if origins.independent is None:
        return [Part("Not worked out.")]
    certain = [one for one in origins.found if one.standing == "independent"]
    parts = [Part("None for certain." if not origins.independent else capital(figure(origins.independent)))]
    for index, origin in enumerate(certain):
        before = ": " if index == 0 else "; "
        words = f"{before}{in_text(origin.holder)} ({ORIGIN_WORDS[origin.kind]})"
        parts.append(Part(words, origin.citations[:CITED]))
    if origins.independent:
        parts.append(Part("."))
    if origins.at_most > origins.independent:
        parts.append(
            Part(f" At most {figure(origins.at_most)}, if those count of whom it is not known how they know.")
        )
    return parts


def _open(questions: Sequence[OpenQuestion]) -> list[Part]:
    if not questions:
        return [Part(NOTHING_OPEN)]
    parts: list[Part] = []
    for question in questions[:NAMED]:
        since = f", open {since_words(question.since)}" if question.since else ""
        text = capital(question.text) + since
        parts += [Part(text, question.citations[:CITED]), Part(". ")]
    if rest := max(0, len(questions) - NAMED):
        parts.append(Part(f"{capital(figure(rest))} more below."))
    return parts


def _done(responses: Sequence[RegisterResponse]) -> list[Part]:
    if not responses:
        return [Part("No response to it was found in these reports.")]
    parts: list[Part] = []
    for index, response in enumerate(responses[:NAMED]):
        words = response_words(response)
        text = capital(words) if index == 0 else f"; {words}"
        parts.append(Part(text, response.citations[:CITED]))
    rest = max(0, len(responses) - NAMED)
    return [*parts, Part(f"; {figure(rest)} more below." if rest else ".")]


def response_words(response: RegisterResponse) -> str:
    """What was done, by whom, against whom, how far it went and when."""
    against = aimed_words(response.kind, response.by, response.against, name_of)
    by = "somebody not named" if response.by is None else in_text(name_of(response.by))
    day = f" {spoken(response.on)}" if response.on else ""
    return f"{plain(response.kind)} by {by}{against} ({response.status}{day})"


def _rules(transfer: TransferView) -> list[Part]:
    measures = transfer.row.measures
    if measures is None:
        return [Part("Not looked up.")]
    if not measures:
        return [Part("None of the rules that this program knows.")]
    parts: list[Part] = []
    for verdict in VERDICT_WORDS:
        names = dict.fromkeys(
            measure_name(one) for one in measures if one.verdict == verdict and one.measure is not None
        )
        if names and verdict == "would_breach":
            parts.append(Part(f"{_rule_names(tuple(names))}. "))
        elif names:
            parts.append(Part(f"It cannot be told of: {_rule_names(tuple(names))}."))
    return parts or [Part("It cannot be told.")]


def _rule_names(names: Sequence[str]) -> str:
    """Rules in a sentence: their paragraphs have commas, and not every reader knows the symbols that
    resolutions go by."""
    told = [name.replace("S/RES/", "Security Council resolution ", 1) for name in names[:NAMED]]
    rest = len(names) - NAMED
    return "; ".join([*told, f"and {figure(rest)} more"] if rest > 0 else told)
