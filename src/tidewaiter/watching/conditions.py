"""Which changes are wanted: by kind, actor, pair, category, stage and rating."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tidewaiter.model import Category, Change, ChangeKind, RegisterRow, Stage
from tidewaiter.register.changes import About, about
from tidewaiter.wording import name_of

ANY = "*"
"""In a pair: whoever it is, also where it is not told."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A change with what a reader, and a condition, want to know of its row."""

    change: Change
    title: str | None = None  # the transfer in words
    supplier: str | None = None
    recipient: str | None = None
    category: Category | None = None
    stage: Stage | None = None
    ratings: tuple[tuple[str, str], ...] = ()  # reliability and credibility of the claims that it rests on
    sources: Mapping[str, str] = field(default_factory=dict)  # of the documents cited, by id


def noticed(
    change: Change, row: RegisterRow | None, former: About | None, sources: Mapping[str, str]
) -> Notice:
    """The change as noticed; ``row``: as it is now; ``former``: what is known of it where it is gone."""
    cited = {one.document: sources.get(one.document, one.document) for one in change.citations}
    known = about(row) or former
    if known is None:
        return Notice(change, sources=cited)
    words = set(change.words)
    rated = {
        (claim.rating.reliability, claim.rating.credibility)
        for position in (() if row is None else row.positions)
        for claim in position.claims
        if claim.rating is not None and f"{claim.document}:{claim.claim}" in words
    }
    return Notice(
        change, known.title, known.supplier, known.recipient, known.category, known.stage,
        tuple(sorted(rated)), cited,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """What a change has to be; of what is left empty, anything will do."""

    kinds: tuple[ChangeKind, ...] = ()
    actors: tuple[str, ...] = ()  # codes or names
    pairs: tuple[tuple[str, str], ...] = ()  # supplier and recipient, codes or names, or ANY
    categories: tuple[Category, ...] = ()
    stages: tuple[Stage, ...] = ()  # of the row
    reliability: str | None = None  # this letter, or a better one (A is the best)
    credibility: int | None = None  # this number, or a better one (1 is the best)

    def wants(self, notice: Notice) -> bool:
        """Whether the change is wanted."""
        change = notice.change
        return (
            (not self.kinds or change.kind in self.kinds)
            and (not self.actors or any(_is(one, change.actor) for one in self.actors))
            and (not self.pairs or any(_fits(pair, notice) for pair in self.pairs))
            and (not self.categories or notice.category in self.categories)
            and (not self.stages or notice.stage in self.stages)
            and self._is_rated_so(notice)
        )

    def _is_rated_so(self, notice: Notice) -> bool:
        """One of the claims that it rests on has to be as good as wanted in both."""
        if self.reliability is None and self.credibility is None:
            return True
        letter, number = self.reliability or "F", str(self.credibility or 6)
        return any(
            reliability <= letter and credibility <= number for reliability, credibility in notice.ratings
        )


EVERYTHING = Condition()


def _fits(pair: tuple[str, str], notice: Notice) -> bool:
    sides = zip(pair, (notice.supplier, notice.recipient), strict=True)
    return notice.category is not None and all(wanted == ANY or _is(wanted, code) for wanted, code in sides)


def _is(wanted: str, code: str | None) -> bool:
    """Whether a code, or a name, is meant by the words in the settings, case aside."""
    return code is not None and wanted.casefold() in (code.casefold(), name_of(code).casefold())
