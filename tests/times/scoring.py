"""How well dates are read, by a reference that gives years, months and days.

A reference date is **found** where one of our times shares a character with it.  Where several do, the one
that shares the most stands for it, the first of equals.

Of those found it is **right** where our value, cut to the precision of the reference, is the reference's:

* a day, month or year of ours counts by its first 4, 7 or 10 characters, as many as the reference has: for
  "1998-03" our "1998-03-05" is right, and our "1998" is wrong, as it says less;
* an interval ("a/b") or a day of a range ("[a..b]") is right where both its ends are, so that a range that
  leaves the month or year of the reference is wrong;
* a value without its year, an open end, and none at all are wrong; a mark of uncertainty changes nothing.

A value of ours is **no invention** where its words share a character with any annotated time, of whatever
kind; what is annotated as a duration or a set, too, so that the figure says only that words about time
were read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tidewaiter.model import Span, TimeMention
from times.timebank import Date, Report

_ENDS = re.compile(r"\[(?P<first>.*)\.\.(?P<last>.*)\]|(?P<start>.*)/(?P<end>.*)")


@dataclass(slots=True)
class Counts:
    """What was found of some reports."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    values: int = 0  # of ours
    annotated: int = 0  # of those, on words that the reference annotates
    differences: list[str] = field(default_factory=list)  # without words of the reports

    def figures(self) -> dict[str, float]:
        return {
            "found": _share(self.found, self.wanted),
            "right": _share(self.right, self.found),
            "no invention": _share(self.annotated, self.values),
        }

    def counted(self) -> dict[str, str]:
        """The counts behind each figure, in words."""
        return {
            "found": f"{self.found} of {self.wanted}",
            "right": f"{self.right} of {self.found}",
            "no invention": f"{self.annotated} of {self.values}",
        }

    def add(self, report: Report, ours: Sequence[TimeMention]) -> None:
        """Count one report."""
        valued = [one for one in ours if one.edtf is not None]
        self.values += len(valued)
        self.annotated += sum(any(shared(one.span, span) for span in report.times) for one in valued)
        self.wanted += len(report.wanted)
        for date, own in matched(report.wanted, ours):
            where = f"{report.id} {date.span.start}..{date.span.end}"
            if own is None:
                self.differences.append(f"{where}: missed: {date.value}")
                continue
            self.found += 1
            if is_right(own.edtf, date.value):
                self.right += 1
            else:
                self.differences.append(f"{where}: {own.edtf}, not {date.value}")


def matched(wanted: Sequence[Date], ours: Sequence[TimeMention]) -> Iterator[tuple[Date, TimeMention | None]]:
    """Each reference date with the time of ours that stands for it."""
    for date in wanted:
        best = max(ours, key=lambda one: shared(one.span, date.span), default=None)
        yield date, best if best is not None and shared(best.span, date.span) else None


def shared(one: Span, other: Span) -> int:
    """Characters that both hold."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def is_right(ours: str | None, reference: str) -> bool:
    """Whether our value is the reference's, to the precision of the reference."""
    if ours is None:
        return False
    found = _ENDS.fullmatch(ours)
    ends = [one for one in found.groups() if one is not None] if found else [ours]
    return all(one.rstrip("?~%")[: len(reference)] == reference for one in ends)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
