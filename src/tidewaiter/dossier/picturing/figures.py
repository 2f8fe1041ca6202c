"""Figures that somebody gives for a transfer, in order of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tidewaiter import edtf
from tidewaiter.dossier.picturing.values import Cell, Picture, markup
from tidewaiter.dossier.views import TransferView
from tidewaiter.model import Citation, Position, PositionClaim, Stage, Stance
from tidewaiter.pictures.amounts import Amount, draw_amounts
from tidewaiter.pictures.canvas import NARROW
from tidewaiter.wording import STANCE_WORDS, figure_words, has_figure, spoken

NOTE = (
    "Every figure that somebody is said to have given, in the order of the days on which they gave it, or,"
    " where none is told, on which it was published; not at distances that are those of the days. What the"
    " reports tell in words of their own is not in it."
)


class _Told(NamedTuple):
    amount: Amount
    words: str  # the figure with its unit
    citations: tuple[Citation, ...]


def amounts_of(transfer: TransferView, *, small: bool = False) -> Picture | None:
    """The amounts; None where fewer than two figures are told.  ``small``: also as a phone shows them."""
    told = _figures(transfer.row.positions)
    name = f"{transfer.id}-amounts"
    figures = [one.amount for one in told]
    title = f"Figures for {transfer.goods}, {transfer.supplier} to {transfer.recipient}"
    svg = draw_amounts(figures, name, title, NOTE)
    other = draw_amounts(figures, f"{name}-small", title, NOTE, NARROW) if small else None
    if svg is None:
        return None
    head = ("Day", "Who", "Stance and stage", "Figure")
    rows = tuple(_amount_row(one) for one in told)
    return Picture(
        "amounts",
        name,
        "Amounts",
        "Amounts, in order of time",
        NOTE,
        markup(svg),
        head,
        (1.6, 1.8, 2.0, 2.4),
        rows,
        small=markup(other),
    )


def _figures(positions: Sequence[Position]) -> list[_Told]:
    """Figures in order of time; one that the same side repeats stands where it gave it first."""
    claims = [
        (claim, position) for position in positions for claim in position.claims if has_figure(claim.quantity)
    ]
    claims.sort(key=lambda one: edtf.sort_key(edtf.safe(_said(one[0]))))
    found: dict[tuple[object, ...], _Told] = {}
    units: dict[str, str] = {}  # as first written
    for claim, position in claims:
        quantity = claim.quantity
        assert quantity is not None
        unit = " ".join((quantity.unit or "").split())
        unit = units.setdefault(unit.casefold(), unit)
        key = position.actor, claim.stance, claim.stage, quantity.min, quantity.max, unit
        if key in found:
            known = found[key]
            times = known.amount._replace(times=known.amount.times + 1)
            found[key] = _Told(times, known.words, (*known.citations, claim.citation))
            continue
        found[key] = _Told(
            Amount(
                _day(claim), position.label, claim.stance, claim.stage, quantity.min, quantity.max,
                unit, figure_words(replace(quantity, unit=None)), is_replaced=claim.superseded_by is not None,
            ),
            figure_words(quantity),
            (claim.citation,),
        )  # fmt: skip
    return list(found.values())


def _said(claim: PositionClaim) -> str | None:
    return claim.said_on or claim.published


def _day(claim: PositionClaim) -> str:
    said = _said(claim)
    return "day not known" if said is None else spoken(said)


def _amount_row(told: _Told) -> tuple[Cell, ...]:
    one = told.amount
    stage = "" if one.stage in (None, Stage.UNCLEAR) else f", {one.stage}"
    again = f", {one.times} times" if one.times > 1 else ""
    replaced = "; later replaced by another" if one.is_replaced else ""
    admits = " and admits" if one.stance is Stance.DENIES else ""
    return (
        Cell(one.day),
        Cell(one.who),
        Cell(f"{STANCE_WORDS[one.stance]}{admits}{stage}{again}"),
        Cell(f"{told.words}{replaced}", told.citations),
    )
