"""Which rules a transfer would breach if it happened as alleged: pure functions of what is alleged and the
tables.  Never that it did breach them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tidewaiter.register.measures.bound import NO, YES, Said, is_bound
from tidewaiter.register.measures.days import NEWS, Answer, Days, in_force
from tidewaiter.register.measures.rules import Rule, Rules

SUPPLIER, RECIPIENT, TRANSIT = "supplier", "recipient", "transit"


@dataclass(frozen=True, slots=True)
class Alleged:
    """What is alleged of one transfer."""

    supplier: str | None
    recipient: str | None
    category: str
    days: tuple[Days, ...]  # one or more
    via: tuple[str, ...] = ()  # codes of the states it went through


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that one side would breach, or may."""

    rule: Rule
    side: str
    who: str | None  # code of whoever would breach it; None: that side is not told, or is no state
    doubts: tuple[str, ...]  # why it cannot be told; empty: it would be breached
    provisos: tuple[str, ...] = ()  # what else it depends on


def findings(alleged: Alleged, rules: Rules) -> tuple[Finding, ...]:
    """In the order of the table; first those that would be breached."""
    found = [one for rule in rules.rules for one in _held_against(rule, alleged, rules)]
    return tuple(sorted(found, key=lambda one: bool(one.doubts)))


def unjudged(alleged: Alleged, rules: Rules) -> tuple[str, ...]:
    """What could not be held against the rules, because a side is not known: "recipient", "supplier"."""
    in_term = [one for one in rules.rules if in_force(one, alleged.days)[0] is not Answer.NO]
    sides = ((alleged.recipient, "supply", RECIPIENT), (alleged.supplier, "procurement", SUPPLIER))
    return tuple(side for code, act, side in sides if code is None and any(one.act == act for one in in_term))


def _held_against(rule: Rule, alleged: Alleged, rules: Rules) -> Iterator[Finding]:
    is_supply = rule.act == "supply"
    party = alleged.recipient if is_supply else alleged.supplier
    if party is None:
        return
    goods = rules.are_covered(rule, alleged.category)
    force, why = in_force(rule, alleged.days)
    said = [
        _is_target(rule, party, rules),
        Said({"yes": Answer.YES, "maybe": Answer.OPEN}.get(goods.covered, Answer.NO), goods.note),
        Said(force, why),
        _is_lawful_when_told(rule),
    ]
    if Answer.NO in [one.answer for one in said]:
        return
    for side, who, bound in _obliged(rule, alleged, rules):
        if bound.answer is not Answer.NO:
            doubts = tuple(one.why for one in (*said, bound) if one.answer is Answer.OPEN)
            yield Finding(rule, side, who, doubts, tuple(_provisos(rule, alleged, rules)))


def _is_lawful_when_told(rule: Rule) -> Said:
    if rule.approval != "notified":
        return YES
    return Said(Answer.OPEN, "it is lawful where the committee was told beforehand, which nothing here shows")


# --------------------------------------------------------------------------------- to or from whom


def _is_target(rule: Rule, party: str, rules: Rules) -> Said:
    """Whether the rule is about goods to, or from, this party."""
    is_state = party in rules.states
    if party in rule.target:
        if not is_state or rule.scope in ("state", "government"):
            return YES
        return Said(Answer.OPEN, rule.scope_note) if rule.scope == "part" else NO
    homes = () if is_state or rule.scope in ("listed", "government") else rules.homes.get(party, ())
    if not set(homes) & set(rule.target):
        return NO
    if rule.scope == "part":
        return Said(Answer.OPEN, rule.scope_note)
    if len(homes) > 1:
        return Said(
            Answer.OPEN, f"{party} is at home in several states, and where the goods went is not told"
        )
    return YES


# ------------------------------------------------------------------------------------ who is bound


def _obliged(rule: Rule, alleged: Alleged, rules: Rules) -> Iterator[tuple[str, str | None, Said]]:
    """Each side that the rule can bind, with who it is and whether it does."""
    if not rule.is_general:
        for side, code in ((SUPPLIER, alleged.supplier), (RECIPIENT, alleged.recipient)):
            if code in rule.bound:
                yield side, code, YES
        return
    is_supply = rule.act == "supply"
    side, code = (SUPPLIER, alleged.supplier) if is_supply else (RECIPIENT, alleged.recipient)
    bound = is_bound(rule, code, alleged.days, rules)
    yield side, code if code in rules.states or bound.answer is Answer.YES else None, bound
    if rule.is_for_transit:
        for state in dict.fromkeys(alleged.via):
            if state in rules.states and state not in (alleged.supplier, alleged.recipient, *rule.target):
                yield TRANSIT, state, is_bound(rule, state, alleged.days, rules)


# ---------------------------------------------------------------------------------------- provisos


def _provisos(rule: Rule, alleged: Alleged, rules: Rules) -> Iterator[str]:
    if any(one.is_news for one in alleged.days):
        yield f"taking it that the goods went at most {NEWS.days // 365} years before that day"
    if not rule.is_binding:
        yield "which is a political undertaking or a request and does not bind in law"
    if rule.approval == "yes":
        yield "unless it was approved beforehand"
    if rule.exceptions:
        yield f"unless an exception holds: {'; '.join(rule.exceptions)}"
    known = rules.known_until.get(rule.authority)
    lasts = [one.last or one.first for one in alleged.days]
    if known is not None and rule.end is None and any(day is not None and day > known for day in lasts):
        yield f"unless it ended after {known.isoformat()}, the last day that was looked up"
