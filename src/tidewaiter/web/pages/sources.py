"""``/sources`` and below: reports with their custody, outlets and speakers with their reliability."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tidewaiter.dossier.views import SourceView
from tidewaiter.edtf import safe, safe_bounds, sort_key
from tidewaiter.linking.copying.families import other_of, source_of
from tidewaiter.model import BY_RULES, Copy
from tidewaiter.register.reliabilities import WORDS, Reliability, of_outlet
from tidewaiter.web.asking import number
from tidewaiter.web.pages import Missing
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


NO_ROLE = Role((), (), ())


def roles(shown: Shown) -> Mapping[str, Role]:
    """How each report that has copies, or is one, stands to them."""

    def make() -> dict[str, Role]:
        of: dict[str, list[Copy]] = {}
        for copy in shown.copies.values():
            of.setdefault(copy.a, []).append(copy)
            of.setdefault(copy.b, []).append(copy)
        return {name: _role(name, pairs) for name, pairs in of.items()}

    found: Mapping[str, Role] = shown.once("roles", make)
    return found


def _role(name: str, pairs: Sequence[Copy]) -> Role:
    return Role(
        tuple(one for one in pairs if source_of(one) not in (None, name)),
        tuple(one for one in pairs if source_of(one) == name),
        tuple(one for one in pairs if source_of(one) is None),
    )


# ------------------------------------------------------------------------------------ reports


def by_rules(shown: Shown) -> frozenset[str]:
    """The reports in which who said what was found without the tagger."""
    if not shown.dossier.by_rules:
        return frozenset()
    found: frozenset[str] = shown.once(
        "by rules",
        lambda: frozenset(name for name in shown.sources if BY_RULES in shown.view.readings[name].reader),
    )
    return found


NOTES: Mapping[str, tuple[str, Callable[[Shown, SourceView], bool]]] = {
    "unread": ("without a text", lambda _, one: not one.readable),
    "flagged": ("with notes", lambda _, one: one.readable and bool(one.document.flags)),
    "undated": ("without a date", lambda _, one: one.published is None),
    "rules": ("read without the tagger", lambda shown, one: one.document.id in by_rules(shown)),
    "no_outlet": ("without an outlet", lambda _, one: one.document.outlet is None),
    "copies": ("copies of another", lambda shown, one: bool(_of(shown, one).sources)),
    "shared": ("with a text that others share", lambda shown, one: one.document.id in roles(shown)),
    "single": ("of which no copy was found", lambda shown, one: one.document.id not in roles(shown)),
    "transfers": ("that tell of a transfer", lambda _, one: one.transfers > 0),
}
"""What reports can be narrowed to, by the word in the address."""


def _of(shown: Shown, one: SourceView) -> Role:
    return roles(shown).get(one.document.id, NO_ROLE)


SORTS: Mapping[str, tuple[str, Callable[[SourceView], Any]]] = {
    "published": ("Published", lambda one: sort_key(safe(one.published))),
    "title": ("Report", lambda one: one.title.casefold()),
    "outlet": ("Outlet", lambda one: (one.document.outlet is None, (one.document.outlet or "").casefold())),
    "transfers": ("Transfers", lambda one: -one.transfers),
    "captured": ("Captured", lambda one: min((c.captured_at for _, c in one.captures if c), default="9")),
}


def sources(shown: Shown, query: Query) -> Filled:
    """Every report with its custody."""
    asked = {name: query.get(name, "") for name in ("note", "outlet", "sort", "down")}
    found = [one for one in shown.sources.values() if asked["outlet"] in ("", one.document.outlet)]
    if asked["note"] in NOTES:
        found = [one for one in found if NOTES[asked["note"]][1](shown, one)]
    context = _reports(shown, found, asked, query) | {
        "notes": {name: label for name, (label, _) in NOTES.items()},
        "outlets": sorted({one.document.outlet or "" for one in shown.sources.values()} - {""}),
        "total": len(shown.sources),
    }
    return Filled("sources.html.j2", "Sources", context)


def _reports(
    shown: Shown, found: list[SourceView], asked: Mapping[str, str], query: Query
) -> dict[str, object]:
    if asked["sort"] in SORTS:
        found.sort(key=SORTS[asked["sort"]][1])
    if asked["down"] == "1":
        found.reverse()
    return {
        "list": paged(found, number(query, "page")),
        "asked": asked,
        "sorts": {name: label for name, (label, _) in SORTS.items()},
        "roles": roles(shown),
        "no_role": NO_ROLE,
        "outlet_of": outlets(shown),
    }


# ------------------------------------------------------------------------------------ outlets


@dataclass(slots=True)
class Outlet:
    """An outlet as a source."""

    name: str
    reliability: Reliability
    reports: list[SourceView] = field(default_factory=list)
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
        judged, tables = tuple(shown.register.judgements), shown.case.knowledge
        made: dict[str, Outlet] = {}
        for one in shown.sources.values():
            name = one.document.outlet
            if name:
                outlet = made.get(name) or Outlet(name, of_outlet(name, judged, tables))
                made[name] = outlet
                outlet.reports.append(one)
                _count(shown, outlet, one)
        return dict(
            sorted(made.items(), key=lambda pair: (-len(pair[1].reports), pair[0].casefold(), pair[0]))
        )

    found: Mapping[str, Outlet] = shown.once("outlets", make)
    return found


def _count(shown: Shown, outlet: Outlet, one: SourceView) -> None:
    role = _of(shown, one)
    outlet.transfers += one.transfers
    outlet.copies += bool(role.sources)
    outlet.unclear += not role.sources and bool(role.unclear)
    for found, pairs in ((outlet.has_from, role.sources[:1]), (outlet.had_by, role.derived)):
        for copy in pairs:
            other = shown.sources[other_of(copy, one.document.id)].document.outlet
            found[other or ""] += 1


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
        "nameless": sum(one.document.outlet is None for one in shown.sources.values()),
    }
    return Filled("outlets.html.j2", "Outlets", context)


def outlet(shown: Shown, name: str, query: Query) -> Filled:
    """One outlet.  Raises ``Missing`` where no report is from one of that name."""
    found = outlets(shown)
    one = found.get(name)
    if one is None:
        raise Missing(f"No report of the case is from an outlet called {name}.")
    asked = {key: query.get(key, "") for key in ("sort", "down")} | {"note": "", "outlet": name}
    context = _reports(shown, list(one.reports), asked, query) | {
        "outlet": one,
        "around": around(list(found), name),
        "speaks": name if any(_speaks(name, each) for each in speakers(shown)) else None,
        "most": MOST_OTHERS,
    }
    return Filled("outlet.html.j2", name, context)


def _speaks(name: str, speaker: Speaker) -> bool:
    return name.casefold() == speaker.label.casefold()


# ------------------------------------------------------------------------------------ speakers


@dataclass(slots=True)
class Speaker:
    """Who speaks in the claims of the register, with the letters that these got."""

    actor: str  # code, or name
    label: str
    claims: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    why: dict[str, str] = field(default_factory=dict)  # by letter, of the first claim that got it
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
        for row in shown.register.rows:
            for position in row.positions:
                one = made.setdefault(position.actor, Speaker(position.actor, position.label))
                for claim in position.claims:
                    one.claims += 1
                    day = claim.said_on or claim.published
                    if day and safe_bounds(day).earliest is not None:
                        one.days.append(day)
                    if claim.rating is not None:
                        one.letters[claim.rating.reliability] += 1
                        one.why.setdefault(claim.rating.reliability, claim.rating.reliability_why)
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
        "total": len(every),
    }
    return Filled("speakers.html.j2", "Speakers", context)


def noted(shown: Shown, note: str) -> list[SourceView]:
    """The reports of which something is worth knowing."""
    test = NOTES[note][1]
    return [one for one in shown.sources.values() if test(shown, one)]


__all__ = ["by_rules", "noted", "outlet", "outlet_list", "sources", "speaker_list"]
