"""Whether a rule binds a party: every state, the members of a body on the day, or those that it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tidewaiter.register.measures.days import Answer, Days
from tidewaiter.register.measures.rules import EVERYBODY, Rule, Rules

Term = tuple[date, date | None]
"""From when to when somebody was a member: the last day, or None."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, and its reason where it is open."""

    answer: Answer
    why: str = ""


YES, NO = Said(Answer.YES), Said(Answer.NO)


def is_bound(rule: Rule, code: str | None, days: Sequence[Days], rules: Rules) -> Said:
    """Whether a rule that binds many binds this party on these days; None: a party that is not told."""
    if code in rule.target:
        return NO
    if EVERYBODY in rule.bound:
        return _among_all(rule, code, rules)
    if code is None:
        return Said(Answer.OPEN, f"it binds members of {bodies(rule)}, and that side is not told")
    if code.lower() in rule.bound:
        return YES
    return _among_members(rule, code, days, rules)


def _among_all(rule: Rule, code: str | None, rules: Rules) -> Said:
    if code is None or code in rules.states:
        return YES
    if set(rules.homes.get(code, ())) & set(rule.target):
        return NO
    return Said(
        Answer.OPEN,
        f"it binds states, and {code} cannot be called one; "
        "whose territory or nationals had a part in it is not told",
    )


def _among_members(rule: Rule, code: str, days: Sequence[Days], rules: Rules) -> Said:
    terms = [term for body in rule.bound for term in rules.members.get((body, code), ())]
    answers = {max((_on(term, one) for term in terms), default=Answer.NO) for one in days}
    if len(answers) == 1 and Answer.OPEN not in answers:
        return Said(answers.pop())
    return Said(Answer.OPEN, f"the days told leave open whether {code} was a member of {bodies(rule)}")


def _on(term: Term, days: Days) -> Answer:
    """Whether the days lie within a term of membership; an open end counts as the day known."""
    first, until = term
    low, high = days.first or days.last, days.last or days.first
    if low is None or high is None:
        return Answer.YES if until is None else Answer.OPEN
    if high < first or (until is not None and low > until):
        return Answer.NO
    return Answer.YES if low >= first and (until is None or high <= until) else Answer.OPEN


def bodies(rule: Rule) -> str:
    """The bodies whose members are bound, for reading."""
    return " and ".join(f"the {one.upper()}" for one in rule.bound)
