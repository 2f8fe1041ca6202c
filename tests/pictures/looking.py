"""Looking into a picture: whether it is well-formed, what lies where, and what it says."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from tidewaiter.pictures.canvas import INKS
from tidewaiter.pictures.lettering import width

GOLDEN = Path(__file__).parent / "golden"
NAMESPACE = "{http://www.w3.org/2000/svg}"
SLACK = 1.0
"""Units by which rounding may carry a point of a long path over the edge."""

_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def parsed(svg: str) -> ElementTree.Element:
    """The picture, which holds nothing that a page's policy would refuse."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        assert element.tag.removeprefix(NAMESPACE) in {"svg", "title", "desc", "g", "a", "path", "text"}
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
        for name, letter in (("fill", "f"), ("stroke", "s")):
            if element.get(name) not in (None, "none"):
                classes = (element.get("class") or "").split()
                assert any(
                    f"{letter}-{ink}" in classes for ink, value in INKS.items() if value == element.get(name)
                )
    return root


def assert_sound(svg: str) -> None:
    """Well-formed, told in words, every number one, every mark within the view box."""
    root = parsed(svg)
    left, top, right, bottom = (float(one) for one in root.attrib["viewBox"].split())
    assert (left, top) == (0, 0)
    ids = {element.get("id") for element in root.iter()}
    assert {root.attrib["aria-labelledby"], root.attrib["aria-describedby"]} <= ids
    for x, y in points(root):
        assert -SLACK <= x <= right + SLACK, (x, right)
        assert -SLACK <= y <= bottom + SLACK, (y, bottom)


def points(element: ElementTree.Element, x: float = 0.0, y: float = 0.0) -> Iterator[tuple[float, float]]:
    """Points that hold all of the marks between them, with the handles of curves."""
    moved = re.fullmatch(r"translate\((\S+) (\S+)\)", element.get("transform") or "")
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag == f"{NAMESPACE}path":
        for px, py in _of_path(element.attrib["d"]):
            yield x + px, y + py
    if element.tag == f"{NAMESPACE}text":
        px, py = x + float(element.attrib["x"]), y + float(element.attrib["y"])
        long = width(element.text or "", float(element.attrib["font-size"]))
        back = {"middle": 0.5, "end": 1.0}.get(element.get("text-anchor") or "", 0.0)
        yield px - long * back, py
        yield px + long * (1 - back), py
    for child in element:
        yield from points(child, x, y)


def _of_path(d: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    start = (0.0, 0.0)
    for command, rest in _COMMAND.findall(d):
        numbers = [float(one) for one in _NUMBER.findall(rest)]
        if command == "Z":
            x, y = start
        elif command in "HVhv":
            for one in numbers:
                x = one if command == "H" else x + one if command == "h" else x
                y = one if command == "V" else y + one if command == "v" else y
                yield x, y
        elif command == "a":
            x, y = x + numbers[5], y + numbers[6]
            yield x, y
        else:
            assert command in "MLQCl", command
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = (x + dx, y + dy) if command == "l" else (dx, dy)
                yield x, y
        if command == "M":
            start = (x, y)


def words(svg: str) -> list[str]:
    """The words that are drawn, in order, halos once."""
    return [one.text or "" for one in parsed(svg).iter(f"{NAMESPACE}text") if one.get("aria-hidden") is None]


def assert_golden(name: str, svg: str) -> None:
    """The picture is the one that is kept; ``TIDEWAITER_REGENERATE=1`` writes it anew."""
    path, text = GOLDEN / name, svg.replace("><", ">\n<") + "\n"
    if os.environ.get("TIDEWAITER_REGENERATE") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), "TIDEWAITER_REGENERATE=1 writes the file anew"
