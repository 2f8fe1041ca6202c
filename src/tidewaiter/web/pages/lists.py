"""``/utterances``, ``/timeline``, ``/discrepancies``: one list each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from tidewaiter.dossier.disputes import TITLES, by_where
from tidewaiter.dossier.retellings import GRAVE, Retelling, retellings
from tidewaiter.dossier.views import TransferView
from tidewaiter.edtf import safe, sort_key
from tidewaiter.linking.copying.families import other_of
from tidewaiter.model import DriftKind, Utterance
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing
from tidewaiter.web.pages.neighbours import around
from tidewaiter.web.pages.sources import NO_ROLE, roles
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]

NONE = "none"
"""In an address: of no transfer."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def utterances(shown: Shown, query: Query) -> Filled:
    """Acts of saying that several reports tell, those told in most of them first."""
    told = {
        one.id: {variant.citation.document for variant in one.variants} for one in shown.register.utterances
    }
    many = [one for one in shown.register.utterances if len(told[one.id]) > 1]
    graves = {
        one.id: sum(change.kind in GRAVE for variant in one.variants for change in variant.drift)
        for one in many
    }
    context = {
        "list": paged(many, number(query, "page")),
        "reports": {name: len(documents) for name, documents in told.items()},
        "graves": graves,
        "once": len(told) - len(many),
    }
    return Filled("utterances.html.j2", "Retellings", context)


def _neighbours(shown: Shown, one: Utterance) -> Sequence[str]:
    """The ids of those told in several reports, in the order of their list; of all where this one is not."""
    several: Sequence[str] = shown.once(
        "told in several",
        lambda: [
            each.id
            for each in shown.register.utterances
            if len({variant.citation.document for variant in each.variants}) > 1
        ],
    )
    return several if one.id in several else list(shown.utterances)


class Mark(NamedTuple):
    """Words of a telling, or words that it leaves out, and how they drifted."""

    text: str
    kind: DriftKind | None
    is_left_out: bool = False


class Telling(NamedTuple):
    """One telling as it is shown."""

    retelling: Retelling
    document: str
    day: str | None  # EDTF, of the report
    marks: tuple[Mark, ...]
    copy_of: str | None  # another report that tells it, from which this one has its text
    is_likeliest: bool


def utterance(shown: Shown, name: str) -> Filled:
    """One act of saying and all its tellings.  Raises ``Missing`` when there is none of that id."""
    one = shown.utterances.get(name)
    if one is None:
        raise Missing(f"No act of saying has the id {name}.")
    retold = retellings((one,), fewest=1).shown[0]
    found = tellings(shown, one, retold.tellings)
    days = [each.day for each in found if each.day]
    context = {
        "utterance": one,
        "reports": retold.reports,
        "tellings": found,
        "first": min(days, key=_day, default=None),
        "last": max(days, key=_day, default=None),
        "said_on": sorted({each.retelling.variant.said_on or "" for each in found} - {""}, key=_day),
        "around": around(_neighbours(shown, one), name),
    }
    return Filled("utterance.html.j2", "Said once, told many times", context)


def tellings(shown: Shown, one: Utterance, found: Sequence[Retelling]) -> tuple[Telling, ...]:
    """The tellings: the likeliest wording first, the others by the day of their report."""
    documents = {each.variant.citation.document for each in found}
    original = one.variants[0].citation.quote
    made = [
        Telling(
            each,
            (document := each.variant.citation.document),
            shown.sources[document].published if document in shown.sources else None,
            tuple(_with_gaps(each, original)),
            _copy_of(shown, document, documents),
            place == 0,
        )
        for place, each in enumerate(found)
    ]
    return (*made[:1], *sorted(made[1:], key=lambda each: sort_key(safe(each.day))))


def _day(edtf: str) -> Any:
    return sort_key(safe(edtf))


def _copy_of(shown: Shown, document: str, documents: Collection[str]) -> str | None:
    pairs = roles(shown).get(document, NO_ROLE).sources
    others = (other_of(copy, document) for copy in pairs)
    return next((name for name in others if name in documents), None)


def _with_gaps(telling: Retelling, original: str) -> Iterator[Mark]:
    """The words of a telling with those put in that it leaves out, where the likeliest wording has them."""
    quote = telling.variant.citation.quote
    ours, theirs = list(_WORD.finditer(original)), list(_WORD.finditer(quote))
    words = [one.group().casefold() for one in ours], [one.group().casefold() for one in theirs]
    codes = SequenceMatcher(None, *words, autojunk=False).get_opcodes()
    gaps: list[tuple[int, Mark]] = []
    for kind, changes in telling.changes:
        for change in changes:
            start = original.find(change.original) if change.original and not change.variant else -1
            if start >= 0:
                token = sum(one.end() <= start for one in ours)
                gaps.append((_place(codes, token, theirs), Mark(change.original, kind, True)))
    gaps.sort(key=lambda gap: gap[0])
    at = 0
    for piece in telling.pieces:
        text, end = piece.text, at + len(piece.text)
        while gaps and gaps[0][0] <= end:
            place, mark = gaps.pop(0)
            cut = max(0, place - at)
            if cut:
                yield Mark(text[:cut], piece.kind)
            yield mark
            text = text[cut:]
            at += cut
        if text:
            yield Mark(text, piece.kind)
        at = end
    yield from (mark for _, mark in gaps)


def _place(
    codes: Sequence[tuple[str, int, int, int, int]], token: int, theirs: Sequence[re.Match[str]]
) -> int:
    """The place in a telling where a word of the likeliest wording would stand."""
    for tag, i1, i2, j1, j2 in codes:
        if i1 <= token < i2:
            after = j1 + (token - i1 if tag == "equal" else 0)
            after = min(after, j2)
            return theirs[after - 1].end() if after else 0
    return theirs[-1].end() if theirs else 0


def timeline(shown: Shown, query: Query) -> Filled:
    """Everything in order of time, drawn where it is on one page."""
    listed = paged(shown.dossier.timeline, number(query, "page"), size=400)
    return Filled(
        "timeline.html.j2", "Timeline", {"list": listed, "chart": shown.chart if listed.pages == 1 else None}
    )


def discrepancies(shown: Shown, query: Query) -> Filled:
    """Where reports disagree, or one contradicts itself; narrowed by kind, place and transfer."""
    every = shown.register.discrepancies
    asked = {name: query.get(name, "") for name in ("kind", "where", "transfer")}
    kept = [
        one
        for one in every
        if asked["kind"] in ("", one.kind)
        and asked["where"] in ("", one.where)
        and (not asked["transfer"] or asked["transfer"] in (one.transfers or (NONE,)))
    ]
    listed = paged([one for _, group in by_where(kept) for one in group], number(query, "page"))
    kinds, wheres = Counter(one.kind for one in every), Counter(one.where for one in every)
    transfers = Counter(name for one in every for name in one.transfers or (NONE,))
    context = {
        "list": listed,
        "groups": by_where(listed.items),
        "asked": asked,
        "narrowed": any(asked.values()),
        "kinds": [(name, name, count) for name, count in sorted(kinds.items())],
        "wheres": [(name, title, wheres[name]) for name, title in TITLES if wheres[name]],
        "transfers": [
            *((name, one.label, transfers[name]) for name, one in _named(shown, transfers)),
            *([(NONE, "of none", transfers[NONE])] if transfers[NONE] else []),
        ],
        "total": len(every),
    }
    return Filled("discrepancies.html.j2", "Where reports disagree", context)


def _named(shown: Shown, transfers: Counter[str]) -> list[tuple[str, TransferView]]:
    """The transfers that are disagreed on, in the order of the register."""
    known = [(name, shown.transfers[name]) for name in transfers if name in shown.transfers]
    return sorted(known, key=lambda pair: pair[1].number)
