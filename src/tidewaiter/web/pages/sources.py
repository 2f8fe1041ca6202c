"""``/sources`` and below: reports with their custody, outlets and speakers with their reliability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from tidewaiter import understood
from tidewaiter.dossier.views import SourceView
from tidewaiter.edtf import safe, sort_key
from tidewaiter.linking.copying.families import source_of
from tidewaiter.model import Copy
from tidewaiter.pipeline.lists import Report
from tidewaiter.pipeline.making import document_id
from tidewaiter.register.reliabilities import WORDS, Reliability, of_outlet
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing, Moved
from tidewaiter.web.pages.neighbours import around
from tidewaiter.web.rendering import Filled, paged
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]

LETTERS = tuple(WORDS)

MOST_OTHERS = 12
"""Outlets that share texts with one, as they are listed; of more the number."""


class Role(NamedTuple):
    """How a report stands to its copies."""

    sources: tuple[Copy, ...]  # it derives from the other
    derived: tuple[Copy, ...]  # the other derives from it
    unclear: tuple[Copy, ...]

    @property
    def words(self) -> str:
        if self.sources:
            return "a copy"
        return "shares its text" if self.unclear else "copied by others" if self.derived else "none found"


def role_of(shown: Shown, name: str) -> Role:
    """How a report stands to its copies."""
    pairs = shown.lists.copies_of(name)
    return Role(
        tuple(one for one in pairs if source_of(one) not in (None, name)),
        tuple(one for one in pairs if source_of(one) == name),
        tuple(one for one in pairs if source_of(one) is None),
    )


@dataclass(slots=True)
class Others:
    """The reports that one shares its text with, by their ids in the order of pairs."""

    sources: list[str] = field(default_factory=list)  # it derives from them
    derived: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


NO_OTHERS = Others()


def others_of(shown: Shown) -> Mapping[str, Others]:
    """The same of every report that has copies, or is one."""

    def make() -> dict[str, Others]:
        found: dict[str, Others] = {}
        for a, b, direction in shown.lists.pairs():
            for one, other, from_it in ((a, b, "a->b"), (b, a, "b->a")):
                of = found.setdefault(one, Others())
                (
                    of.unclear if direction is None else of.derived if direction == from_it else of.sources
                ).append(other)
        return found

    made: Mapping[str, Others] = shown.lasting("others", shown.lists.state, make)
    return made


# ------------------------------------------------------------------------------------ reports


NOTES: Mapping[str, tuple[str, Callable[[Shown, Report], bool]]] = {
    "unread": ("without a text", lambda _, one: not one.readable),
    "flagged": ("with notes", lambda _, one: one.readable and one.flagged),
    "undated": ("without a date", lambda _, one: one.published is None),
    "rules": ("read without the tagger", lambda _, one: one.by_rules),
    "no_outlet": ("without an outlet", lambda _, one: one.outlet is None),
    "copies": ("copies of another", lambda shown, one: bool(_of(shown, one).sources)),
    "shared": ("with a text that others share", lambda shown, one: one.id in others_of(shown)),
    "single": ("of which no copy was found", lambda shown, one: one.id not in others_of(shown)),
    "transfers": ("that tell of a transfer", lambda _, one: one.transfers > 0),
}
"""What reports can be narrowed to, by the word in the address."""


def _of(shown: Shown, one: Report) -> Others:
    return others_of(shown).get(one.id, NO_OTHERS)


def _captured(shown: Shown, one: Report) -> str:
    found: dict[str, str] = shown.once("captured", partial(_all_captured, shown))
    return found.get(one.id, "9")


def _all_captured(shown: Shown) -> dict[str, str]:
    """When each report was captured, by its id: gone through once, not asked one by one."""
    held = shown.case.captures(shown.view)
    return {document_id(sha256): one.captured_at for sha256, one in held.items()}


SORTS: Mapping[str, tuple[str, Callable[[Shown, Report], Any]]] = {
    "published": ("Published", lambda _, one: sort_key(safe(one.published))),
    "title": ("Report", lambda _, one: one.title.casefold()),
    "outlet": ("Outlet", lambda _, one: (one.outlet is None, (one.outlet or "").casefold())),
    "transfers": ("Transfers", lambda _, one: -one.transfers),
    "captured": ("Captured", _captured),
}


def sources(shown: Shown, query: Query) -> Filled:
    """Every report with its custody."""
    asked = {name: query.get(name, "") for name in ("note", "outlet", "sort", "down")}
    found = [one for one in shown.reports if asked["outlet"] in ("", one.outlet)]
    if asked["note"] in NOTES:
        found = [one for one in found if NOTES[asked["note"]][1](shown, one)]
    named = shown.once("outlet names", lambda: sorted({one.outlet or "" for one in shown.reports} - {""}))
    context = _reports(shown, found, asked, query) | {
        "notes": {name: label for name, (label, _) in NOTES.items()},
        "outlets": named,
        "total": len(shown.reports),
    }
    return Filled("sources.html.j2", "Sources", context)


def _reports(
    shown: Shown, found: Sequence[Report], asked: Mapping[str, str], query: Query
) -> dict[str, object]:
    if asked["sort"] in SORTS:
        found = sorted(found, key=partial(SORTS[asked["sort"]][1], shown))
    if asked["down"] == "1":
        found = list(reversed(found))
    listed = paged(found, number(query, "page"))
    views = [shown.sources[one.id] for one in listed.items]
    return {
        "list": listed._replace(items=views),
        "asked": asked,
        "sorts": {name: label for name, (label, _) in SORTS.items()},
        "roles": {one.id: role_of(shown, one.id) for one in listed.items},
        "letter_of": partial(_reliability, shown),
    }


def _reliability(shown: Shown, outlet: str) -> Reliability:
    """How reliable an outlet is taken to be."""
    found: Reliability = shown.once(
        ("reliability", outlet),
        lambda: of_outlet(outlet, tuple(shown.register.judgements), shown.case.knowledge),
    )
    return found


# ------------------------------------------------------------------------------------ outlets


@dataclass(slots=True)
class Outlet:
    """An outlet as a source."""

    name: str
    reliability: Reliability
    reports: list[Report] = field(default_factory=list)
    copies: int = 0  # that derive from another report
    unclear: int = 0  # that share a text of which it is not known who had it first
    transfers: int = 0  # reported
    has_from: Counter[str] = field(default_factory=Counter)  # outlets whose texts it has; "" where not known
    had_by: Counter[str] = field(default_factory=Counter)

    @property
    def originals(self) -> int:
        """Reports that were not found to have their text from another."""
        return len(self.reports) - self.copies - self.unclear

    @property
    def first(self) -> str | None:
        return min((one.published for one in self.reports if one.published), key=_day, default=None)

    @property
    def last(self) -> str | None:
        return max((one.published for one in self.reports if one.published), key=_day, default=None)


def _day(published: str) -> Any:
    return sort_key(safe(published))


def outlets(shown: Shown) -> Mapping[str, Outlet]:
    """The outlets of the case by name, those of most reports first."""

    def make() -> dict[str, Outlet]:
        outlet_of = {one.id: one.outlet for one in shown.reports}
        made: dict[str, Outlet] = {}
        for one in shown.reports:
            name = one.outlet
            if name:
                outlet = made.get(name) or Outlet(name, _reliability(shown, name))
                made[name] = outlet
                outlet.reports.append(one)
                _count(outlet, one, _of(shown, one), outlet_of)
        return dict(
            sorted(made.items(), key=lambda pair: (-len(pair[1].reports), pair[0].casefold(), pair[0]))
        )

    found: Mapping[str, Outlet] = shown.once("outlets", make)
    return found


def _count(outlet: Outlet, one: Report, others: Others, outlet_of: Mapping[str, str | None]) -> None:
    outlet.transfers += one.transfers
    outlet.copies += bool(others.sources)
    outlet.unclear += not others.sources and bool(others.unclear)
    for found, names in ((outlet.has_from, others.sources[:1]), (outlet.had_by, others.derived)):
        for name in names:
            found[outlet_of.get(name) or ""] += 1


OUTLET_SORTS: Mapping[str, tuple[str, Callable[[Outlet], Any]]] = {
    "outlet": ("Outlet", lambda one: one.name.casefold()),
    "letter": ("Reliability", lambda one: one.reliability.letter),
    "reports": ("Reports", lambda one: -len(one.reports)),
    "originals": ("Own texts", lambda one: -one.originals),
    "copies": ("Copies", lambda one: -one.copies),
    "transfers": ("Transfers", lambda one: -one.transfers),
    "first": ("First", lambda one: sort_key(safe(one.first))),
    "last": ("Last", lambda one: sort_key(safe(one.last))),
}


def outlet_list(shown: Shown, query: Query) -> Filled:
    """Every outlet with how reliable it is taken to be."""
    asked = {name: query.get(name, "") for name in ("letter", "sort", "down")}
    every = list(outlets(shown).values())
    found = [one for one in every if asked["letter"] in ("", one.reliability.letter)]
    if asked["sort"] in OUTLET_SORTS:
        found.sort(key=OUTLET_SORTS[asked["sort"]][1])
    if asked["down"] == "1":
        found.reverse()
    letters = Counter(one.reliability.letter for one in every)
    context = {
        "list": paged(found, number(query, "page")),
        "asked": asked,
        "sorts": {name: label for name, (label, _) in OUTLET_SORTS.items()},
        "letters": [(letter, WORDS[letter], letters[letter]) for letter in LETTERS if letters[letter]],
        "total": len(every),
        "nameless": sum(one.outlet is None for one in shown.reports),
    }
    return Filled("outlets.html.j2", "Outlets", context)


def _other_outlet(shown: Shown, told: str, found: Mapping[str, Outlet]) -> Missing | Moved:
    """Where an outlet is whose name was written otherwise, or that there is none."""
    by_words = {understood.key(one): one for one in found}
    known = by_words.get(understood.key(told))
    if known is not None:
        return Moved(shown.url("sources", "outlets", known))
    nearest = understood.nearest(told, by_words)
    links = [(shown.url("sources", "outlets", one), one) for one in nearest]
    links.append((shown.url("sources", "outlets"), "all outlets of this case"))
    what = f"No report of the case is from an outlet called {told[: understood.LONGEST]}."
    return Missing(what, understood.did_you_mean(nearest), links)


def outlet(shown: Shown, name: str, query: Query) -> Filled:
    """One outlet; one that is written otherwise has ``Moved`` there.  Raises ``Missing`` where no report is
    from one of that name."""
    found = outlets(shown)
    one = found.get(name)
    if one is None:
        raise _other_outlet(shown, name, found)
    asked = {key: query.get(key, "") for key in ("sort", "down")} | {"note": "", "outlet": name}
    context = _reports(shown, list(one.reports), asked, query) | {
        "outlet": one,
        "around": around(list(found), name),
        "speaks": name if shown.lists.speaks(name) else None,
        "most": MOST_OTHERS,
    }
    return Filled("outlet.html.j2", name, context)


# ------------------------------------------------------------------------------------ speakers


@dataclass(slots=True)
class Speaker:
    """Who speaks in the claims of the register, with the letters that these got."""

    actor: str  # code, or name
    label: str
    claims: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    days: list[str] = field(default_factory=list)  # EDTF

    @property
    def first(self) -> str | None:
        return min(self.days, key=_day, default=None)

    @property
    def last(self) -> str | None:
        return max(self.days, key=_day, default=None)


def speakers(shown: Shown) -> Sequence[Speaker]:
    """Who takes a position, those with most claims first."""

    def make() -> tuple[Speaker, ...]:
        made: dict[str, Speaker] = {}
        for said in shown.lists.positions():
            one = made.setdefault(said.code, Speaker(said.code, said.label))
            one.claims += said.claims
            one.letters.update(said.letters)
            one.days += [day for day in (said.first, said.last) if day]
        return tuple(sorted(made.values(), key=lambda one: (-one.claims, one.label.casefold())))

    found: Sequence[Speaker] = shown.once("speakers", make)
    return found


SPEAKER_SORTS: Mapping[str, tuple[str, Callable[[Speaker], Any]]] = {
    "speaker": ("Speaker", lambda one: one.label.casefold()),
    "claims": ("Claims", lambda one: -one.claims),
    "letter": ("Reliability", lambda one: min(one.letters, default="Z")),
    "first": ("First", lambda one: sort_key(safe(one.first))),
    "last": ("Last", lambda one: sort_key(safe(one.last))),
}


def speaker_list(shown: Shown, query: Query) -> Filled:
    """Everybody who takes a position, with the letters that their claims got."""
    asked = {name: query.get(name, "") for name in ("letter", "sort", "down")}
    every = speakers(shown)
    found = [one for one in every if not asked["letter"] or asked["letter"] in one.letters]
    if asked["sort"] in SPEAKER_SORTS:
        found.sort(key=SPEAKER_SORTS[asked["sort"]][1])
    if asked["down"] == "1":
        found.reverse()
    letters = Counter(letter for one in every for letter in one.letters)
    context = {
        "list": paged(found, number(query, "page")),
        "asked": asked,
        "sorts": {name: label for name, (label, _) in SPEAKER_SORTS.items()},
        "letters": [(letter, WORDS[letter], letters[letter]) for letter in LETTERS if letters[letter]],
        "order": LETTERS,
        "words": WORDS,
        "why": lambda one, letter: _why(shown.lists.rating_of(one.actor, letter), letter),
        "total": len(every),
    }
    return Filled("speakers.html.j2", "Speakers", context)


def _why(told: str, letter: str) -> str:
    """The reason for a letter, beside which it stands: without the letter before it, and behind it where
    nothing follows that changed it."""
    return told.removeprefix(f"{letter}: ").removesuffix(f" ({letter})")


def noted(shown: Shown, note: str, most: int) -> tuple[list[SourceView], int]:
    """Reports of which something is worth knowing, and how many there are."""
    test = NOTES[note][1]
    found = [one for one in shown.reports if test(shown, one)]
    return [shown.sources[one.id] for one in found[:most]], len(found)


__all__ = ["noted", "outlet", "outlet_list", "role_of", "sources", "speaker_list"]
