"""``/copies`` and below: families of copies, one of them over time, any two reports side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from markupsafe import Markup

from tidewaiter.dossier.marking import Run, lay_out
from tidewaiter.edtf import safe_bounds
from tidewaiter.linking.copying.families import Family, Member, families_of, other_of
from tidewaiter.linking.copying.passages import passages_of
from tidewaiter.linking.texts.side_by_side import GRAVE, Kind, SideBySide, Words, lay
from tidewaiter.model import Copy, Passage, Spans
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing, Moved
from tidewaiter.web.pages.neighbours import around
from tidewaiter.web.rendering import Filled, fetched, paged
from tidewaiter.web.shown import Shown
from tidewaiter.wording import quoted, spoken

FEWEST_LINES = 2
"""Sentences beside each other, below which two texts are shown as they are, one beside the other."""

NOTE = (
    "Each report on its day; a line leads from the report that it has its text from, a broken one to a report"
    " that shares it, where it is not known who had it first."
)

_DOCUMENT = re.compile(r"(?:.*/documents/)?([A-Za-z0-9_-]{1,80})(?:[?#].*)?")


class Listed(NamedTuple):
    """A family in the list."""

    family: Family
    first: str | None  # EDTF
    last: str | None
    relations: tuple[tuple[str, int], ...]
    wires: tuple[str, ...]


def families(shown: Shown) -> tuple[Family, ...]:
    """The families of the case, the largest first."""

    def make() -> tuple[Family, ...]:
        days = {one.id: one.published for one in shown.reports}
        return families_of(shown.lists.copies(0, -1)[0], days)

    found: tuple[Family, ...] = shown.lasting("families", shown.lists.state, make)
    return found


def copies(shown: Shown, query: Mapping[str, str]) -> Filled:
    """All families, or all pairs, and a form to lay any two reports side by side."""
    is_pairs = query.get("show") == "pairs"
    asked = number(query, "page")
    context = {
        "show": "pairs" if is_pairs else "families",
        "list": fetched(shown.lists.copies, asked) if is_pairs else paged(families(shown), asked),
        "listed": _listed,
        "a": query.get("a", ""),
        "total": (len(families(shown)), shown.lists.pairs_in_all),
    }
    return Filled("copies.html.j2", "Copies", context)


def _listed(family: Family) -> Listed:
    pairs = {(one.a, one.b): one for member in family.members for one in _pairs(member)}
    days = [one.day for one in family.members if one.day]
    return Listed(
        family,
        days[0] if days else None,
        days[-1] if days else None,
        tuple(sorted(Counter(one.relation for one in pairs.values()).items())),
        tuple(sorted({one.wire for one in pairs.values() if one.wire})),
    )


def _pairs(member: Member) -> tuple[Copy, ...]:
    return (*member.sources, *member.derived, *member.unclear)


# ------------------------------------------------------------------------------------ a family


def family(shown: Shown, name: str, query: Mapping[str, str]) -> Filled:
    """The family that a report belongs to.  Raises ``Moved`` to the address of the family, which is that of
    the report seen first, ``Missing`` where the report is in none."""
    found = families(shown)
    one = next((each for each in found if any(name == member.document for member in each.members)), None)
    if one is None:
        known = name in shown.sources
        raise Missing(
            "This report was not found to be a copy, or to be copied."
            if known
            else f"No document has the id {name}."
        )
    if one.id != name:
        raise Moved(shown.url("copies", "families", one.id))
    context = {
        "family": _listed(one),
        "list": paged(one.members, number(query, "page")),
        "picture": _picture(shown, one.members),
        "note": NOTE,
        "outlets": len({shown.sources[member.document].document.outlet for member in one.members}),
        "around": around([each.id for each in found], one.id),
    }
    return Filled("family.html.j2", f"The family of {quoted(shown.sources[one.id].title)}", context)


def _picture(shown: Shown, members: tuple[Member, ...]) -> Markup | None:
    """The reports of a family in their order, each with where its text is from."""
    from tidewaiter.dossier.picturing.values import markup
    from tidewaiter.pictures.descent import Bearer, draw_descent  # what draws takes long to import

    places = {one.document: place for place, one in enumerate(members)}
    bearers = []
    for place, one in enumerate(members):
        earlier = (other_of(copy, one.document) for copy in one.unclear)
        shares = next((name for name in earlier if places.get(name, place) < place), None)
        source = places.get(one.source or shares or "")
        bounds = safe_bounds(one.day)
        day = bounds.earliest or bounds.latest
        told = spoken(one.day) if one.day else "day not known"
        name = shown.sources[one.document].name
        bearers.append(Bearer(one.document, name, day, told, source, one.source is not None))
    title = f"The family of {quoted(shown.sources[members[0].document].title)}"
    return markup(draw_descent(bearers, "descent", title, NOTE, partial(shown.url, "documents")))


# ------------------------------------------------------------------------------------ two reports


def compare(shown: Shown, query: Mapping[str, str]) -> Filled:
    """Leads to two reports side by side, named by their ids or addresses.  Raises ``Moved``, or ``Missing``
    where one is not in the case; where none is named, the form to name them."""
    if not query.get("a") and not query.get("b"):
        return copies(shown, query)
    names = []
    for side in ("a", "b"):
        told = _DOCUMENT.fullmatch(query.get(side, "").strip())
        if told is None:
            raise Missing("Name two reports, each by its id or the address of its page.")
        names.append(told[1])
    _check(shown, *names)
    raise Moved(shown.url("copies", *names))


def _check(shown: Shown, a: str, b: str) -> None:
    for name in (a, b):
        if name not in shown.sources:
            raise Missing(f"No document has the id {name}.")
    if a == b:
        raise Missing("A report cannot be laid beside itself.")


def pair(shown: Shown, a: str, b: str) -> Filled:
    """Two documents beside each other.  Raises ``Moved`` where they are named the other way round,
    ``Missing`` where one is not in the case or both are one."""
    _check(shown, a, b)
    if a > b:
        raise Moved(shown.url("copies", b, a))
    copy = shown.copies.get((a, b))
    if copy is not None and copy.direction == "b->a":
        a, b = b, a  # the one that was there first stands first
    sides = (shown.sources[a], shown.sources[b])
    texts = sides[0].document.text, sides[1].document.text
    laid = lay(*texts)
    beside = sum(line.is_both for line in laid.lines)
    passages = () if beside >= FEWEST_LINES else passages_of(*texts)
    context = {
        "copy": copy,
        "sides": sides,
        "lines": rows(laid, *texts) if beside >= FEWEST_LINES else (),
        "laid": laid,
        "beside": beside,
        "equal": sum(line.is_equal for line in laid.lines),
        "counts": {str(kind): laid.count(kind) for kind in Kind},
        "passages": passages,
        "texts": _texts(texts, passages) if beside < FEWEST_LINES else (),
        "is_of_family": copy is not None,
    }
    return Filled("pair.html.j2", f"{sides[0].name} and {sides[1].name}", context)


class Row(NamedTuple):
    """A sentence of one text or both, as it is shown."""

    number: int
    kind: str  # equal, both, a, b
    a: Markup
    b: Markup
    moved: int | None  # number of the row where the same stands in the other text


def rows(laid: SideBySide, first: str, second: str) -> tuple[Row, ...]:
    """The lines with what differs marked."""
    return tuple(
        Row(
            place,
            "equal" if line.is_equal else "both" if line.is_both else "a" if line.a else "b",
            Markup().join(_words(one, first, "del", is_whole=not line.is_both) for one in line.a),
            Markup().join(_words(one, second, "ins", is_whole=not line.is_both) for one in line.b),
            None if line.moved is None else line.moved + 1,
        )
        for place, line in enumerate(laid.lines, start=1)
    )


def _words(one: Words, text: str, element: str, *, is_whole: bool) -> Markup:
    words = text[one.span.start : one.span.end]
    if one.kind is Kind.SAME or is_whole:
        return Markup("{}").format(words)
    grave = " grave" if one.kind in GRAVE else ""
    return Markup('<{0} class="d-{1}{2}">{3}</{0}>').format(Markup(element), one.kind, Markup(grave), words)


# ------------------------------------------------------------------------------------ texts as they are


def _texts(texts: tuple[str, str], passages: tuple[Passage, ...]) -> tuple[Markup, Markup]:
    ours = {place: (one.a,) for place, one in enumerate(passages, start=1)}
    theirs = {place: (one.b,) for place, one in enumerate(passages, start=1)}
    return _text(texts[0], ours, "a", "b"), _text(texts[1], theirs, "b", "a")


def _text(text: str, notes: Mapping[int, Spans], side: str, other: str) -> Markup:
    return Markup("\n").join(
        Markup('<p dir="auto">{}</p>').format(Markup().join(_run(run, side, other) for run in line))
        for line in lay_out(text, notes)
        if any(run.text for run in line)
    )


def _run(run: Run, side: str, other: str) -> Markup:
    words: Markup | str = run.text
    if run.notes and run.text:
        words = Markup("<mark>{}</mark>").format(words)
    starts = Markup().join(
        Markup(
            '<a class="ref" id="{0}{2}" href="#{1}{2}" aria-label="Passage {2}: in the other report">{2}</a>'
        ).format(side, other, place)
        for place in run.starts
    )
    return Markup("{}{}").format(starts, words)
