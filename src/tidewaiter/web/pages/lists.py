"""``/utterances``, ``/timeline``, ``/discrepancies``: one list each."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Any, NamedTuple

from tidewaiter.dossier.disputes import TITLES, by_where
from tidewaiter.dossier.retellings import Retelling, retellings
from tidewaiter.edtf import safe, sort_key
from tidewaiter.linking.copying.families import other_of
from tidewaiter.model import DriftKind, Utterance
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing
from tidewaiter.web.pages.neighbours import Around
from tidewaiter.web.pages.sources import role_of
from tidewaiter.web.rendering import Filled, fetched
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]

ENTRIES = 200
"""Entries of the timeline on a page."""

MOST_CHOICES = 200
"""Transfers that can be chosen from a list."""

NONE = "none"
"""In an address: of no transfer."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def utterances(shown: Shown, query: Query) -> Filled:
    """Acts of saying that several reports tell, those told in most of them first."""
    shown.have_compared()
    listed = fetched(shown.lists.utterances, number(query, "page"))
    return Filled("utterances.html.j2", "Retellings", {"list": listed, "once": shown.lists.told_once})


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
    shown.have_compared()
    one = shown.utterances.get(name)
    if one is None:
        raise Missing(f"No act of saying has the id {name}.")
    retold = retellings((one,), fewest=1).shown[0]
    found = tellings(shown, one, retold.tellings)
    days = [each.day for each in found if each.day]
    context = {
        "utterance": one,
        "why": one.why,
        "reports": retold.reports,
        "tellings": found,
        "first": min(days, key=_day, default=None),
        "last": max(days, key=_day, default=None),
        "said_on": sorted({each.retelling.variant.said_on or "" for each in found} - {""}, key=_day),
        "around": Around(*shown.lists.beside_utterance(name)),
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
    others = (other_of(copy, document) for copy in role_of(shown, document).sources)
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
    listed = fetched(shown.lists.entries, number(query, "page"), ENTRIES)
    rows = [f"e{listed.first + place}" for place in range(len(listed.items))]
    charts = shown.once("charts", lambda: shown.drawn(listed.items, rows)) if listed.pages == 1 else ()
    listed = listed._replace(items=list(zip(rows, listed.items, strict=True)))
    return Filled("timeline.html.j2", "Timeline", {"list": listed, "charts": charts})


def discrepancies(shown: Shown, query: Query) -> Filled:
    """Where reports disagree, or one contradicts itself; narrowed by kind, place and transfer."""
    shown.have_compared()
    asked = {name: query.get(name, "") for name in ("kind", "where", "transfer")}
    row = None if not asked["transfer"] else "" if asked["transfer"] == NONE else asked["transfer"]
    find = partial(shown.lists.discrepancies, kind=asked["kind"], where=asked["where"], row=row)
    listed = fetched(find, number(query, "page"))
    kinds, wheres, transfers = map(shown.lists.discrepancy_counts, ("kind", "where", "row"))
    context = {
        "list": listed,
        "groups": by_where(listed.items),
        "asked": asked,
        "narrowed": any(asked.values()),
        "kinds": [(name, name, count) for name, count in sorted(kinds.items())],
        "wheres": [(name, title, wheres[name]) for name, title in TITLES if wheres.get(name)],
        "transfers": [
            *_named(shown, transfers, asked["transfer"]),
            *([(NONE, "of none", transfers[""])] if transfers.get("") else []),
        ],
        "total": sum(kinds.values()),
    }
    return Filled("discrepancies.html.j2", "Where reports disagree", context)


def _named(shown: Shown, transfers: Mapping[str, int], asked: str) -> list[tuple[str, str, int]]:
    """The transfers that are disagreed on most, and the one asked for, in the order of the alphabet."""
    known = [name for name in transfers if name in shown.lines]
    known.sort(key=lambda name: (name != asked, -transfers[name], name))
    named = [(name, shown.lines[name].label, transfers[name]) for name in known[:MOST_CHOICES]]
    return sorted(named, key=lambda one: one[1].casefold())
