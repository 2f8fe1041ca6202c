"""What the pictures are drawn with: a few kinds of marks, each told by a class and by attributes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import svg
from markupsafe import escape

from tidewaiter.characters import one_line
from tidewaiter.pictures.lettering import short

Href = Callable[[str], str]
"""The address of a document by its id."""

INKS: Mapping[str, str] = {
    "ink": "#11202e",
    "soft": "#52606d",
    "line": "#d3d9de",
    "axis": "#8996a3",
    "paper": "#ffffff",
    "sea": "#f2f5f8",
    "land": "#dde2e6",
    "asserts": "#1d4e89",
    "denies": "#9c2f1f",
    "doubts": "#7a4f00",
    "response": "#24613f",
}
"""Colours on light paper; a page's style gives the classes ``f-ink``, ``s-ink`` ... (fill, stroke) their
own."""

WIDTH = 640.0
"""Of every picture, in units of its own; about as many as a page of print or a column of a screen has
pixels."""

NARROW = 360.0
"""Of a picture as a phone shows it, at about the same size of letters: what stands beside one another in a
wide one stands below one another, or is cut shorter."""

TYPE = 12.0
"""Size of letters."""

FONT = "sans-serif"

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


def number(value: float) -> str:
    """A coordinate, to a tenth; never "-0"."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def at(*values: float) -> str:
    """Coordinates in a path."""
    return " ".join(map(number, values))


class Canvas:
    """A picture that grows mark by mark; the later lie over the earlier."""

    def __init__(self, wide: float = WIDTH) -> None:
        self.wide = wide
        self._elements: list[svg.Element] = []

    @property
    def marks(self) -> list[svg.Element]:
        return self._elements

    def add(self, element: svg.Element) -> None:
        self._elements.append(element)

    def path(self, d: str, *, stroke: str = "", fill: str = "", wide: float = 1.5, dashes: str = "") -> None:
        """A line, or a shape where it has a fill."""
        self.add(path(d, stroke=stroke, fill=fill, wide=wide, dashes=dashes))

    def line(self, a: Point, b: Point, *, stroke: str, wide: float = 1.0, dashes: str = "") -> None:
        self.path(f"M{at(*a)}L{at(*b)}", stroke=stroke, wide=wide, dashes=dashes)

    def text(
        self, where: Point, words: str, *, room: float | None = None, ink: str = "ink", size: float = TYPE,
        anchor: Anchor = "start", bold: bool = False, halo: bool = False,
    ) -> None:  # fmt: skip
        """Words, cut to their room; ``halo``: with paper around them, over lines."""
        told = short(words, self.wide if room is None else room, size)
        if halo:
            self.add(_text(where, told, "paper", size, anchor, bold=bold, halo=True))
        self.add(_text(where, told, ink, size, anchor, bold=bold, halo=False))

    def linked(self, address: str, title: str, marks: Sequence[svg.Element]) -> None:
        """Marks that lead somewhere.  Out of the tab order, and not read aloud: the table has the same
        links."""
        tip = svg.Title(text=str(escape(one_line(title))))
        if not address:
            self.add(svg.G(elements=[tip, *marks]))
            return
        self.add(
            svg.A(
                href=str(escape(address)), tabindex=-1, extra={"aria-hidden": "true"}, elements=[tip, *marks]
            )
        )

    def done(self, name: str, height: float, title: str, told: str, *, has_links: bool = False) -> str:
        """The picture as text.  ``name``: begins its ids; ``told``: what it shows, for those who hear it.
        What is inside an image is not looked at by a screen reader, and links may not be hidden so."""
        name = str(escape(name))
        head: list[svg.Element] = [
            svg.Title(id=f"{name}-title", text=str(escape(one_line(title)))),
            svg.Desc(id=f"{name}-desc", text=str(escape(one_line(told)))),
        ]
        picture = svg.SVG(
            viewBox=f"0 0 {number(self.wide)} {number(height)}",  # type: ignore[arg-type]
            class_=["picture", *(["small"] if self.wide < WIDTH else ())],
            extra={
                "font-family": FONT,
                "role": "group" if has_links else "img",
                "aria-labelledby": f"{name}-title",
                "aria-describedby": f"{name}-desc",
            },
            elements=[*head, *self._elements],
        )
        return picture.as_str()


def path(d: str, *, stroke: str = "", fill: str = "", wide: float = 1.5, dashes: str = "") -> svg.Path:
    """A line, or a shape where it has a fill."""
    classes = [*([f"s-{stroke}"] if stroke else ()), *([f"f-{fill}"] if fill else ())]
    return svg.Path(
        d=d,  # type: ignore[arg-type]
        class_=classes,
        stroke=INKS[stroke] if stroke else None,
        fill=INKS[fill] if fill else "none",
        stroke_width=wide if stroke else None,
        stroke_dasharray=dashes or None,  # type: ignore[arg-type]
        fill_rule="evenodd" if fill else None,
        stroke_linejoin="round" if stroke else None,
    )


def _text(
    where: Point, words: str, ink: str, size: float, anchor: Anchor, *, bold: bool, halo: bool
) -> svg.Text:
    x, y = where
    return svg.Text(
        x=number(x),  # type: ignore[arg-type]
        y=number(y),  # type: ignore[arg-type]
        text=str(escape(words)) or " ",
        class_=[f"f-{ink}", *([f"s-{ink}"] if halo else ())],
        fill=INKS[ink],
        stroke=INKS[ink] if halo else None,
        stroke_width=3 if halo else None,
        stroke_linejoin="round" if halo else None,
        font_size=number(size),  # type: ignore[arg-type]
        font_weight="bold" if bold else None,
        text_anchor=None if anchor == "start" else anchor,
        extra={"aria-hidden": "true"} if halo else None,
    )


# ------------------------------------------------------------------------------------ shapes


def disc(x: float, y: float, r: float) -> str:
    """A circle as a path."""
    return f"M{at(x - r, y)}a{at(r, r)} 0 1 0 {at(2 * r, 0)}a{at(r, r)} 0 1 0 {at(-2 * r, 0)}Z"


def square(x: float, y: float, r: float) -> str:
    return f"M{at(x - r, y - r)}h{at(2 * r)}v{at(2 * r)}h{at(-2 * r)}Z"


def diamond(x: float, y: float, r: float) -> str:
    return f"M{at(x, y - r)}L{at(x + r, y)}L{at(x, y + r)}L{at(x - r, y)}Z"


def triangle(x: float, y: float, r: float) -> str:
    """With its point down."""
    return f"M{at(x - r, y - r)}h{at(2 * r)}L{at(x, y + r)}Z"


def cross(x: float, y: float, r: float) -> str:
    return f"M{at(x - r, y - r)}l{at(2 * r, 2 * r)}M{at(x + r, y - r)}l{at(-2 * r, 2 * r)}"
