"""The forms of EDTF (ISO 8601-2, Library of Congress specification of 2019) that Tidewaiter writes,
and what can be asked of them: the earliest and the latest day they can mean.

Forms: ``2022``, ``2022-11``, ``2022-11-02``, each also with a trailing ``?`` or ``~``;
``XXXX-11-02`` and ``XXXX-11`` (year not known); ``[2024-01-02..2024-02-25]``, ``[..2024-06-13]``,
``[2024-01-02..]`` (one day of a set); ``2022-11-02/2022-11-08`` (an interval).
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_POINT = re.compile(r"(\d{4}|XXXX)(?:-(\d{2}))?(?:-(\d{2}))?[?~%]?", re.ASCII)
_SET = re.compile(r"\[(?P<first>[^.\[\]]*)\.\.(?P<last>[^.\[\]]*)\]")


class Bounds(NamedTuple):
    """Earliest and latest day; None where the string leaves that end open."""

    earliest: date | None
    latest: date | None


@lru_cache(maxsize=8192)
def bounds(edtf: str | None) -> Bounds:
    """Earliest and latest day that ``edtf`` can mean; both None for a year not known.

    Raises ``ValueError`` for a string that is none of the forms above.
    """
    if edtf is None:
        return Bounds(None, None)
    if found := _SET.fullmatch(edtf):
        first, last = found["first"], found["last"]
        return Bounds(
            bounds(first).earliest if first else None,
            bounds(last).latest if last else None,
        )
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        if "/" in last:
            raise ValueError(f"{edtf[:40]!r} is not one of the EDTF forms in use")
        return Bounds(
            bounds(first).earliest if first not in ("", "..") else None,
            bounds(last).latest if last not in ("", "..") else None,
        )
    found = _POINT.fullmatch(edtf)
    if found is None:
        raise ValueError(f"{edtf[:40]!r} is not one of the EDTF forms in use")
    year, month, day = found.groups()
    if year == "XXXX":
        return Bounds(None, None)
    if month is None:
        return Bounds(date(int(year), 1, 1), date(int(year), 12, 31))
    if day is None:
        return Bounds(
            date(int(year), int(month), 1), date(int(year), int(month), monthrange(int(year), int(month))[1])
        )
    exact = date(int(year), int(month), int(day))
    return Bounds(exact, exact)


def safe(edtf: str | None) -> str | None:
    """``edtf`` where it is one of the forms above, else None."""
    try:
        bounds(edtf)
    except ValueError:
        return None
    return edtf


def safe_bounds(edtf: str | None) -> Bounds:
    """Earliest and latest day; both None also for a string in no known form."""
    return bounds(safe(edtf))


def is_certainly_before(a: str | None, b: str | None) -> bool | None:
    """Whether ``a`` ends before ``b`` begins: True, False, or None when the strings do not tell
    (dates as intervals: "in June" is neither 1 June nor 30 June)."""
    first, second = bounds(a), bounds(b)
    if first.latest is not None and second.earliest is not None and first.latest < second.earliest:
        return True
    if first.earliest is not None and second.latest is not None and first.earliest >= second.latest:
        return False
    return None


def has_year(edtf: str | None) -> bool:
    """Whether the string says which year it is."""
    return edtf is not None and bounds(edtf) != (None, None)


def sort_key(edtf: str | None) -> tuple[int, str, str]:
    """Order for lists: by earliest day, else latest; dates without a year after those with one, by
    month and day; unknown last."""
    if edtf is None:
        return (2, "", "")
    first = bounds(edtf)
    day = first.earliest or first.latest
    if day is None:
        return (1, edtf, "")
    return (0, day.isoformat(), (first.latest or day).isoformat())


def with_year(edtf: str, year: int) -> str:
    """``XXXX-11-02`` with its year; other strings unchanged."""
    return edtf.replace("XXXX", f"{year:04d}")


def nearest_year(edtf: str, reference: date) -> str:
    """``XXXX-MM-DD`` or ``XXXX-MM`` with the year that brings it nearest to ``reference``; other
    strings unchanged.  Marked ``?`` unless it is the very day of the reference."""
    bare = edtf.rstrip("?~%")
    if not bare.startswith("XXXX-"):
        return edtf
    options = []
    for year in (reference.year - 1, reference.year, reference.year + 1):
        try:
            first = bounds(with_year(bare, year)).earliest
        except ValueError:  # 29 February in a year that has none
            continue
        if first is not None:
            options.append((abs((first - reference).days), with_year(bare, year)))
    if not options:
        return edtf
    distance, best = min(options)
    return best if distance == 0 else f"{best}?"
