"""The days on which a transfer is said to have happened, and whether a rule was in force on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from tidewaiter.edtf import safe_bounds
from tidewaiter.register.measures.rules import Rule
from tidewaiter.wording import spoken

UNSURE_BY = timedelta(days=365)
"""How far off a day marked as uncertain is taken to be: as a rule its year was inferred."""

UNTOLD_SPAN = timedelta(days=365)
"""Where one end of the days is open, rules that ended, or begin, further off than this are left out of
account: reports tell of what is new (our own choice)."""


NEWS = timedelta(days=730)
"""Where no first day is told, how long before it was reported, or before its use, a transfer is taken to have
been at the earliest, when a rule was in force all that time (our own choice; it is said with the finding)."""


class Answer(IntEnum):
    """Whether something holds."""

    NO = 0
    OPEN = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Days:
    """Days that a transfer can have been on, as one report tells them."""

    edtf: str | None  # as told; None where no day is told
    first: date | None
    last: date | None
    is_uncertain: bool = False
    is_of_use: bool = False  # the day on which the goods were used; they came before

    @property
    def is_news(self) -> bool:
        """Whether only a day is known before which it was."""
        return self.first is None and self.last is not None

    @property
    def words(self) -> str:
        """For reading."""
        if self.edtf is None:
            shown = self.last or self.first
            return "no day is told" if shown is None else f"no day is told, reported {spoken(str(shown))}"
        said = spoken(self.edtf)
        return f"used {said}" if self.is_of_use else said


def told(edtf: str | None, *, is_of_use: bool = False) -> Days:
    """A date as told (EDTF)."""
    first, last = safe_bounds(edtf)
    if first is None and last is None:
        return Days(None, None, None)
    is_uncertain = (edtf or "").rstrip("]")[-1:] in ("?", "~", "%")
    return Days(edtf, None if is_of_use else first, last, is_uncertain, is_of_use)


def untold(published: str | None, *, is_past: bool) -> Days:
    """No day told: what has happened came before the report; what is planned is held against the rules
    of the day of the report."""
    first, last = safe_bounds(published)
    return Days(None, None if is_past else first, last)


def in_force(rule: Rule, days: Sequence[Days]) -> tuple[Answer, str]:
    """Whether a rule was in force on the days, and where that is open, why, in words."""
    answers = [_on(rule, one) for one in days]
    found = {answer for answer, _ in answers}
    if len(found) == 1:
        return answers[0]
    if Answer.OPEN in found:
        return next(one for one in answers if one[0] is Answer.OPEN)
    within = [one.words for one, (answer, _) in zip(days, answers, strict=True) if answer is Answer.YES]
    return Answer.OPEN, f"reports tell several days, and it was in force on {within[0]} but not on all"


def _on(rule: Rule, days: Days) -> tuple[Answer, str]:
    if days.first is None and days.last is None:
        return Answer.OPEN, f"no day is told, and it {term(rule)}"
    answer = _within(rule, days.first, days.last)
    if answer is Answer.NO and rule.is_renewal_unknown and _is_after(rule, days.first):
        return Answer.OPEN, f"it ran to {spoken(str(rule.end))}, and whether it was renewed was not looked up"
    if days.is_uncertain:
        around = _within(rule, _moved(days.first, -UNSURE_BY), _moved(days.last, UNSURE_BY))
        if around is not answer:
            return Answer.OPEN, f"the day is told as uncertain ({days.words}), and it {term(rule)}"
    return answer, _why_open(rule, days) if answer is Answer.OPEN else ""


def _why_open(rule: Rule, days: Days) -> str:
    """Why the days leave it open; where goods went at some time before a day on which the rule was in
    force, that it covers them unless they went before it began."""
    if days.first is None and days.last is not None:
        told_of = days.words if days.edtf is None else f"only a latest day is told ({days.words})"
        if days.is_of_use:
            told_of = f"only the day of use is told ({days.words.removeprefix('used ')})"
        if _within(rule, days.last, days.last) is Answer.YES:
            start = spoken(str(rule.start))
            return f"{told_of}; it had then held since {start}, and covers what went on that day or later"
        return f"{told_of}, and it {term(rule)}"
    return f"the day told ({days.words}) leaves it open: it {term(rule)}"


def _is_after(rule: Rule, first: date | None) -> bool:
    return rule.end is not None and first is not None and first > rule.end


def _within(rule: Rule, first: date | None, last: date | None) -> Answer:
    """Whether all, some or none of the days lie within the rule's term."""
    low = first or _moved(last, -UNTOLD_SPAN)
    high = last or _moved(first, UNTOLD_SPAN)
    if low is None or high is None:
        return Answer.OPEN
    if high < rule.start or (rule.end is not None and low > rule.end):
        return Answer.NO
    if (first or _moved(last, -NEWS) or rule.start) < rule.start:
        return Answer.OPEN
    if rule.end is not None and (last is None or last > rule.end):
        return Answer.OPEN
    return Answer.YES


def _moved(day: date | None, by: timedelta) -> date | None:
    return None if day is None else day + by


def term(rule: Rule) -> str:
    """From when to when it held, in words."""
    if rule.end is None:
        return f"has held since {spoken(str(rule.start))}"
    return f"held from {spoken(str(rule.start))} to {spoken(str(rule.end))}"
