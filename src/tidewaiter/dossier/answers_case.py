"""The first page of a whole case: the same questions as of one transfer, answered for all of them together.

Each name and number is followed by the transfers that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tidewaiter.dossier.answers import NAMED, NOTHING_OPEN, Answer, Part, takes, transfer_in_text
from tidewaiter.dossier.counting import figure, listed, plural
from tidewaiter.dossier.views import DossierView, TransferView
from tidewaiter.model import Position, RegisterResponse, ResponseStatus, Stance
from tidewaiter.wording import AUTHORITY_WORDS, capital, in_text, name_of, plain, spoken

SPEAKERS = 8
"""Speakers named in one answer about the whole case."""

WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d$")

STATUS_WORDS: Mapping[ResponseStatus, str] = {
    ResponseStatus.DONE: "Reported as done",
    ResponseStatus.ANNOUNCED: "Announced",
    ResponseStatus.THREATENED: "Threatened",
    ResponseStatus.BLOCKED: "Blocked",
    ResponseStatus.LIFTED: "Taken back",
}
"""Who did something is told apart from who only said they would."""

OPEN_WORDS: Mapping[str, tuple[str, str]] = {
    "receipt": ("arrival that is not settled", "arrivals that are not settled"),
    "progress": ("plan or agreement without further news", "plans or agreements without further news"),
    "quantity_single_origin": ("figure from one origin alone", "figures from one origin alone"),
    "denial_unanswered": ("denial that nobody answered", "denials that nobody answered"),
    "route": ("route that nobody tells", "routes that nobody tells"),
    "evidence_not_seen": ("piece of evidence named but not shown", "pieces of evidence named but not shown"),
    "response_pending": (
        "response announced but not reported as done",
        "responses announced but not reported as done",
    ),
}


def of_case(view: DossierView) -> tuple[Answer, ...]:
    """The answers for all transfers together."""
    found = (
        ("What is alleged", _all_alleged(view)),
        ("By whom", _all_speakers(view)),
        ("Denied by whom", _all_denials(view)),
        ("Independent origins", _all_origins(view)),
        ("What is open", _all_open(view)),
        ("What was done about it", _all_done(view)),
        ("If true, it would breach", _all_rules(view)),
    )
    return tuple(Answer(question, tuple(parts)) for question, parts in found)


def _all_alleged(view: DossierView) -> list[Part]:
    first = view.transfers[:NAMED]
    count = capital(figure(len(view.transfers)))
    pairs = len({(one.row.supplier, one.row.recipient) for one in view.transfers})
    between = plural(pairs, "pair of supplier and recipient", "pairs of supplier and recipient")
    text = f"{count} transfers of arms, between {between}{_told_when(view)}. Those told in the most reports: "
    parts = [Part(text)]
    for index, one in enumerate(first):
        parts.append(Part(("" if index == 0 else "; ") + _claimed(one), numbers=(one.number,)))
    rest = len(view.transfers) - len(first)
    return [*parts, Part(f"; and {figure(rest)} more." if rest else ".")]


def _told_when(view: DossierView) -> str:
    """From when to when the reports are, of those whose day is known."""
    days = sorted(one.published for one in view.sources if one.published and WHOLE_DAY.match(one.published))
    if not days:
        return ""
    if days[0] == days[-1]:
        return f", in reports of {spoken(days[0])}"
    return f", in reports of {spoken(days[0])} to {spoken(days[-1])}"


def _claimed(transfer: TransferView) -> str:
    """Who alleges it; how far it went is left to its section, as they may differ on that.  A party to it does
    not allege it, but tells of it."""
    positions = [one for key in ("for", "both") for one in transfer.side(key)]
    told = [f"{in_text(one.label)}{_as_party(one, transfer)}" for one in positions]
    what = transfer_in_text(transfer)
    if not told:
        return f"reports tell in words of their own of {what}"
    verb = "told of" if any(_is_party(one, transfer) for one in positions) else "alleged"
    return f"{listed(told, NAMED)} {verb} {what}"


def _is_party(position: Position, transfer: TransferView) -> bool:
    return position.actor in (transfer.row.supplier, transfer.row.recipient)


def _as_party(position: Position, transfer: TransferView) -> str:
    """Of a speaker who is a party to the transfer, which."""
    if not _is_party(position, transfer):
        return ""
    return " (the supplier)" if position.actor == transfer.row.supplier else " (the recipient)"


def _all_speakers(view: DossierView) -> list[Part]:
    said: dict[str, list[int]] = {}
    parties: dict[str, list[int]] = {}
    silent = []
    for one in view.transfers:
        told = [*one.side("for"), *one.side("both")]
        for position in told:
            said.setdefault(position.label, []).append(one.number)
            if _is_party(position, one):
                parties.setdefault(position.label, []).append(one.number)
        if not told:
            silent.append(one.number)
    parts = _by_transfers(said)
    parts[:1] = [one._replace(text=capital(one.text)) for one in parts[:1]]
    if not parts:
        parts = [Part("No one is named as saying so")]
    parts.append(Part("."))
    if parties:
        parts += [Part(" Themselves supplier or recipient of what they tell of: "), *_by_transfers(parties)]
        parts.append(Part("."))
    if silent and said:
        are = "is" if len(silent) == 1 else "are"
        count = capital(figure(len(silent)))
        text = f" {count} {are} told by reports in words of their own, without a speaker"
        parts += [Part(text, (), tuple(silent)), Part(".")]
    return parts


def _by_transfers(said: Mapping[str, Sequence[int]]) -> list[Part]:
    """Names with the transfers they speak of, those with most first."""
    ordered = sorted(said, key=lambda name: -len(said[name]))
    parts = [
        Part(in_text(name) if index == 0 else f"; {in_text(name)}", (), tuple(said[name]))
        for index, name in enumerate(ordered[:SPEAKERS])
    ]
    rest = max(0, len(ordered) - SPEAKERS)
    return [*parts, Part(f"; and {figure(rest)} more")] if rest else parts


def _all_denials(view: DossierView) -> list[Part]:
    parts: list[Part] = []
    disputed: set[int] = set()
    for stance, word in ((Stance.DENIES, "Denied by "), (Stance.DOUBTS, "Doubted by ")):
        said: dict[str, list[int]] = {}
        for one in view.transfers:
            for position in one.row.positions:
                if takes(position, stance):
                    said.setdefault(position.label, []).append(one.number)
                    disputed.add(one.number)
        if said:
            parts += [Part(word), *_by_transfers(said), Part(". ")]
    both: dict[str, list[int]] = {}
    for one in view.transfers:
        for position in one.side("both"):
            both.setdefault(position.label, []).append(one.number)
    if both:
        parts += [
            Part("Have said both, that it is so and that it is not: "),
            *_by_transfers(both),
            Part(". "),
        ]
    rest = tuple(one.number for one in view.transfers if one.number not in disputed)
    if rest:
        of = f"{figure(len(rest))} of the {figure(len(view.transfers))}"
        parts += [Part(f"In these reports nobody denies or doubts {of}", (), rest), Part(".")]
    return parts


def _all_origins(view: DossierView) -> list[Part]:
    groups: dict[str, list[int]] = {}
    for one in view.transfers:
        count = one.row.origins.independent
        key = (
            "not worked out"
            if count is None
            else ("two or more" if count > 1 else ("one", "none")[not count])
        )
        groups.setdefault(key, []).append(one.number)
    words = {
        "two or more": "Two or more, independent of each other",
        "one": "One for certain",
        "none": "None for certain",
        "not worked out": "Not worked out",
    }
    parts: list[Part] = []
    for key, text in words.items():
        if key in groups:
            parts += [Part(text, (), tuple(groups[key])), Part(". ")]
    more = tuple(
        one.number
        for one in view.transfers
        if one.row.origins.independent is not None and one.row.origins.at_most > one.row.origins.independent
    )
    if more:
        text = "There may be more where reports do not tell how somebody knows"
        parts += [Part(text, (), more), Part(". ")]
    if view.counts["copies"]:
        copies, reports = figure(view.counts["copies"]), figure(view.counts["documents"])
        text = f"{capital(copies)} of the {reports} reports copy one another or are copied"
        parts.append(Part(f"{text}: a copy adds no origin."))
    return parts


def _all_open(view: DossierView) -> list[Part]:
    where: dict[str, list[int]] = {}
    for one in view.transfers:
        for question in one.row.open:
            where.setdefault(question.kind, []).append(one.number)
    if not where:
        return [Part(NOTHING_OPEN)]
    total = sum(map(len, where.values()))
    parts = [Part(f"{capital(plural(total, 'question'))}: ")]
    for index, kind in enumerate(sorted(where, key=lambda kind: -len(where[kind]))):
        text = plural(len(where[kind]), *OPEN_WORDS.get(kind, (plain(kind), plain(kind))))
        numbers = tuple(dict.fromkeys(where[kind]))
        parts.append(Part(text if index == 0 else f"; {text}", (), numbers))
    return [*parts, Part(".")]


def _all_done(view: DossierView) -> list[Part]:
    if not view.responses:
        return [Part("No response was found in these reports.")]
    numbers = {one.row.id: one.number for one in view.transfers}
    total = len(view.responses)
    parts = [Part(f"{capital(plural(total, 'response'))}. ")]
    for status, words in STATUS_WORDS.items():
        kinds: dict[str, list[RegisterResponse]] = {}
        for response in view.responses:
            if response.status is status:
                kinds.setdefault(response.kind, []).append(response)
        between = f"{words}: "
        for kind in sorted(kinds, key=lambda kind: -len(kinds[kind])):
            found = kinds[kind]
            by = listed(tuple(dict.fromkeys(in_text(name_of(one.by)) for one in found if one.by)), SPEAKERS)
            text = f"{between}{plain(kind)}{f' by {by}' if by else ''}"
            answered = sorted({numbers[id_] for one in found for id_ in one.transfers if id_ in numbers})
            text += "" if answered else ", tied to none of the transfers"
            parts.append(Part(text, (), tuple(answered)))
            between = "; "
        if kinds:
            parts.append(Part(". "))
    return parts


def _all_rules(view: DossierView) -> list[Part]:
    parts: list[Part] = []
    told: set[int] = set()
    for verdict, before in (("would_breach", ""), ("cannot_tell", "Cannot be told of ")):
        rules: dict[str, dict[str, list[int]]] = {}  # by whose they are, by name
        for one in view.transfers:
            if one.number not in told:
                for measure in one.row.measures or ():
                    if measure.verdict == verdict and measure.measure is not None:
                        numbers = rules.setdefault(measure.authority, {}).setdefault(measure.instrument, [])
                        numbers.extend(() if one.number in numbers else (one.number,))
        for authority, named in rules.items():
            whose = AUTHORITY_WORDS.get(authority) or name_of(authority)
            parts += [Part(f"{before}{whose}: "), *_by_transfers(named), Part(". ")]
            told.update(one for about in named.values() for one in about)
    untold = tuple(one.number for one in view.transfers if one.row.measures and one.number not in told)
    if untold:
        parts += [Part("Cannot be told", (), untold), Part(". ")]
    without = tuple(
        one.number for one in view.transfers if one.row.measures is not None and not one.row.measures
    )
    if parts and without:
        parts += [Part("None of the rules that this program knows", (), without), Part(".")]
    return parts or [Part("None of the rules that this program knows.")]
