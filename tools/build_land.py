"""Write ``knowledge/lookups/land.csv``: outlines of the land for the maps, from Natural Earth 1:110m.

Run by hand: ``npm pack world-atlas@2.0.2``, then ``python tools/build_land.py world-atlas-2.0.2.tgz``.  The
package (ISC) repeats Natural Earth 4.1.0 (public domain) as TopoJSON; only the land is taken, no borders of
states.
"""

from __future__ import annotations

import csv
import json
import sys
import tarfile
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent.parent / "src/tidewaiter/knowledge/lookups/land.csv"
MEMBER = "package/land-110m.json"
SOURCE = "Natural Earth 4.1.0, 1:110m land (public domain), by way of world-atlas 2.0.2"

Point = tuple[float, float]


def main(package: str) -> None:
    """Write the table."""
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        if member is None:
            raise SystemExit(f"{package} has no {MEMBER}")
        topology = json.load(member)
    arcs = [_degrees(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = [_ring(ring, arcs) for ring in _rings(topology["objects"]["land"])]
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(("ring", "points", "source"))
        for number, ring in enumerate(rings, start=1):
            writer.writerow((number, " ".join(f"{east:g},{north:g}" for east, north in ring), SOURCE))
    print(f"{len(rings)} rings, {TABLE.stat().st_size:,} bytes")  # noqa: T201


def _degrees(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> list[Point]:
    """An arc, told as steps of a grid (TopoJSON, 2.1.3), in hundredths of a degree: about a kilometre."""
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    across, up = (list(accumulate(step[axis] for step in arc)) for axis in (0, 1))
    return [(round(x * wide + west, 2), round(y * high + south, 2)) for x, y in zip(across, up, strict=True)]


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """The rings of all polygons, shores of the land and of seas within it alike, as numbers of arcs."""
    for part in geometry.get("geometries", ()):
        yield from _rings(part)
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    if geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _ring(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> list[Point]:
    """A ring put together; a number below nought is an arc the other way round (TopoJSON, 2.1.4)."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return _straight(points)


def _straight(points: Sequence[Point]) -> list[Point]:
    """A ring that goes on beyond 180° instead of jumping to the other side of the world; one around a pole is
    closed by way of it."""
    turn, found = 0, [points[0]]
    for (before, _), (east, north) in pairwise(points):
        turn += 360 if before - east > 180 else -360 if east - before > 180 else 0
        found.append((round(east + turn, 2), north))
    if turn:
        pole = 90.0 if found[0][1] > 0 else -90.0
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return found


if __name__ == "__main__":
    main(sys.argv[1])
