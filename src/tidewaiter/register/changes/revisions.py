"""Where an actor gives another figure or stage than before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from tidewaiter.edtf import safe_bounds
from tidewaiter.model import ChangeKind, Position, RegisterRow, Stage, Stance
from tidewaiter.register.changes.claims import Said, citations_of, earliest, is_later, words_of
from tidewaiter.register.changes.facts import Days, Fact
from tidewaiter.wording import figure_words, in_text, is_count, possessive


def revisions(row: RegisterRow, goods: str, days: Days) -> Iterator[Fact]:
    """What each actor revised, and which figures are history; ``goods``: the transfer in words."""
    members = tuple(reported for _, reported in row.reported)
    for position in row.positions:
        said = [Said(position, claim) for claim in position.claims if claim.stance is Stance.ASSERTS]
        figure = _figures(said)
        for reading in (figure, _stage):
            yield from _revised(row.id, members, said, reading, goods, days)
        yield from _superseded(row.id, members, position, said, figure, goods, days)


Read = Callable[[Said], str | None]


def _figures(said: Sequence[Said]) -> Read:
    """The number of goods that a claim gives, in the words of the first that gives it: "over 40" and "more
    than 40" are one."""
    words: dict[tuple[int | None, int | None, str], str] = {}

    def figure(one: Said) -> str | None:
        quantity = one.claim.quantity
        if quantity is None or not is_count(quantity):
            return None
        key = quantity.min, quantity.max, (quantity.unit or "").casefold()
        return words.setdefault(key, figure_words(quantity))

    for one in said:
        figure(one)
    return figure


def _stage(said: Said) -> str | None:
    return None if said.claim.stage in (None, Stage.UNCLEAR) else str(said.claim.stage)


def _revised(
    row: str, members: tuple[str, ...], said: Sequence[Said], read: Read, goods: str, days: Days
) -> Iterator[Fact]:
    """Each value that certainly came after another one of the same actor."""
    told = [(value, one) for one in said if (value := read(one)) is not None]
    for value in dict.fromkeys(value for value, _ in told):
        now = [one for other, one in told if other == value]
        before = [(other, one) for other, one in told if other != value and is_later(earliest(now), one)]
        if not before:
            continue
        last, head = _latest(before), earliest(now)
        yield Fact(
            ChangeKind.REVISED, value, head.position.actor, row, members, words_of(now, days), head.day,
            head.position.actor,
            f"{head.who} said {value}, having said {last} before: {goods}",
            f"{head.position.label} did not say {value} after {last}, by what is known now: {goods}",
            citations_of(now), last, value,
        )  # fmt: skip


def _latest(before: Sequence[tuple[str, Said]]) -> str:
    """The value said last."""
    value, _ = max(before, key=lambda one: (safe_bounds(one[1].day).latest or date.min, one[0]))
    return value


def _superseded(
    row: str,
    members: tuple[str, ...],
    position: Position,
    said: Sequence[Said],
    figure: Read,
    goods: str,
    days: Days,
) -> Iterator[Fact]:
    """Each figure in whose place the same side put another one later."""
    old = [one for one in said if one.claim.superseded_by is not None]
    for value in dict.fromkeys(figure(one) for one in old):
        former = [one for one in old if figure(one) == value]
        later = [
            one
            for one in said
            if one.claim.claim in {other.claim.superseded_by for other in former}
            and figure(one) not in (None, value)
            and is_later(one, earliest(former))
        ]
        if value is None or not later:
            continue
        head = earliest(later)
        figured = f"{possessive(in_text(position.label))} figure of {value}"
        yield Fact(
            ChangeKind.SUPERSEDED, value, position.actor, row, members,
            words_of([*former, *later], days), head.day, position.actor,
            f"{figured} is history: {head.who} said {figure(head)}: {goods}",
            f"{figured} is no longer taken for history: {goods}",
            citations_of(later), value, figure(head),
        )  # fmt: skip
