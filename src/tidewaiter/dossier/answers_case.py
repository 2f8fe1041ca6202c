"""The first page of a whole case: the same questions as of one transfer, answered for all of them together.

Each name and number is followed by the transfers that it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tidewaiter.dossier.answers import NAMED, NOTHING_OPEN, Answer, Part, takes, transfer_in_text
from tidewaiter.dossier.counting import figure, listed, plural
from tidewaiter.dossier.views import DossierView, TransferView
from tidewaiter.model import RegisterResponse, Stance
from tidewaiter.wording import capital, in_text, name_of, plain

SPEAKERS = 8
"""Speakers named in one answer about the whole case."""

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
    parts = [Part(f"{count} transfers of arms. Those told in the most reports: ")]
    for index, one in enumerate(first):
        parts.append(Part(("" if index == 0 else "; ") + _claimed(one), numbers=(one.number,)))
    rest = len(view.transfers) - len(first)
    return [*parts, Part(f"; and {figure(rest)} more." if rest else ".")]


def _claimed(transfer: TransferView) -> str:
    """Who alleges it; how far it went is left to its section, as they may differ on that."""
    told = [one.label for key in ("for", "both") for one in transfer.side(key)]
    what = transfer_in_text(transfer)
    if not told:
        return f"reports tell in words of their own of {what}"
    return f"{listed([in_text(one) for one in told], NAMED)} alleged {what}"


def _all_speakers(view: DossierView) -> list[Part]:
    said: dict[str, list[int]] = {}
    silent = []
    for one in view.transfers:
        told = [*one.side("for"), *one.side("both")]
        for position in told:
            said.setdefault(position.label, []).append(one.number)
        if not told:
            silent.append(one.number)
    parts = _by_transfers(said)
    parts[:1] = [one._replace(text=capital(one.text)) for one in parts[:1]]
    if not parts:
        parts = [Part("No one is named as saying so")]
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
        "two or more": "Said to be known first-hand by two or more, independently of each other",
        "one": "By one alone",
        "none": "By none for certain",
        "not worked out": "Not worked out",
    }
    parts: list[Part] = []
    for key, text in words.items():
        if key in groups:
            parts += [Part(text, (), tuple(groups[key])), Part(". ")]
    if view.counts["copies"]:
        parts.append(
            Part(
                f"{capital(figure(view.counts['copies']))} of the {figure(view.counts['documents'])} reports"
                " copy one another or are copied: they count as reports, not as origins."
            )
        )
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
    kinds: dict[str, list[RegisterResponse]] = {}
    for response in view.responses:
        kinds.setdefault(response.kind, []).append(response)
    total = len(view.responses)
    parts = [Part(f"{capital(plural(total, 'response'))}: ")]
    for index, kind in enumerate(sorted(kinds, key=lambda kind: -len(kinds[kind]))):
        found = kinds[kind]
        by = listed(tuple(dict.fromkeys(in_text(name_of(one.by)) for one in found if one.by)), NAMED)
        how_far = ", ".join(f"{count} {status}" for status, count in _statuses(found))
        text = f"{plain(kind)}{f' by {by}' if by else ''} ({how_far})"
        answered = sorted({numbers[id_] for one in found for id_ in one.transfers if id_ in numbers})
        text += "" if answered else ", to no transfer in particular"
        parts.append(Part(text if index == 0 else f"; {text}", (), tuple(answered)))
    return [*parts, Part(".")]


def _statuses(found: Iterable[RegisterResponse]) -> list[tuple[str, int]]:
    return Counter(one.status.value for one in found).most_common()


def _all_rules(view: DossierView) -> list[Part]:
    parts: list[Part] = []
    for verdict, text in (
        ("would_breach", "A rule in force on the days told, named with each transfer"),
        ("cannot_tell", "Whether one would be breached cannot be told"),
    ):
        numbers = [
            one.number
            for one in view.transfers
            if any(measure.verdict == verdict for measure in one.row.measures or ())
            and not any(one.number in part.numbers for part in parts)
        ]
        if numbers:
            parts += [Part(text, (), tuple(numbers)), Part(". ")]
    without = tuple(
        one.number for one in view.transfers if one.row.measures is not None and not one.row.measures
    )
    if parts and without:
        parts += [Part("None of the rules known", (), without), Part(".")]
    return parts or [Part("None of the measures known.")]
