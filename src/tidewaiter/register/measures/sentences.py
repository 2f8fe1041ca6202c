"""What is said of a rule and a transfer, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tidewaiter.model import STAGE_ORDER, Category, Stage
from tidewaiter.register.measures.days import Days, term
from tidewaiter.register.measures.judging import RECIPIENT, TRANSIT, Alleged, Finding
from tidewaiter.register.measures.rules import EVERYBODY, Rule
from tidewaiter.wording import CATEGORY_WORDS, in_text

Called = Callable[[str | None], str]
"""The name of a party by its code."""

MANY = {EVERYBODY: "all states", "eu": "members of the EU", "osce": "participating states of the OSCE"}

_SIDES = {"supplier": "supplier", "recipient": "recipient", "transit": "state of transit"}


def is_ahead(stage: Stage) -> bool:
    """Whether the transfer is told of as sought, planned or agreed: that is none yet."""
    return 0 < STAGE_ORDER[stage] < STAGE_ORDER[Stage.SHIPPED]


def why(found: Finding, alleged: Alleged, stage: Stage, name: Called) -> str:
    """The ground of a finding: what would be breached, by whom, on what day, and what leaves it open."""
    condition = "if carried out" if is_ahead(stage) else "if the claim is true"

    def called(code: str | None) -> str:
        return in_text(name(code))

    if found.doubts:
        doubts = "; ".join(dict.fromkeys(_named(one, alleged, called) for one in found.doubts))
        who = f"a state on the {found.side}'s side" if found.who is None else called(found.who)
        breach = f"{who} would breach {found.rule.name}, {condition}"
        return f"Cannot tell: {doubts}. If it does fall under the rule, {breach}."
    provisos = "".join(f", {one}" for one in found.provisos)
    return (
        f"Would breach {found.rule.name}, {condition}: {_duty(found, alleged, called)}; day told: "
        f"{days_words(alleged.days)}; the rule {term(found.rule)}{provisos}."
    )


def not_judged(side: str, alleged: Alleged) -> str:
    """That rules on one side could not be looked at."""
    act = "supply to a named recipient" if side == RECIPIENT else "buying from a named supplier"
    return (
        f"Cannot tell: the {side} is not told, so the rules against {act} could not be held against it "
        f"(day told: {days_words(alleged.days)})."
    )


def _side(found: Finding, called: Called) -> str:
    return f"the {_SIDES[found.side]}" if found.who is None else called(found.who)


def _duty(found: Finding, alleged: Alleged, called: Called) -> str:
    is_anybody = found.who is None and EVERYBODY in found.rule.bound
    who = _side(found, called)
    bound = f"{who}, whichever state it is, is bound" if is_anybody else f"{who} is bound"
    goods = CATEGORY_WORDS[Category(alleged.category)]
    supplier, recipient = called(alleged.supplier), called(alleged.recipient)
    if found.side == TRANSIT:
        return f"{bound} not to let {goods} through its territory to {recipient}"
    if found.rule.act == "supply":
        is_its_own = found.side == RECIPIENT
        return (
            f"{bound} not to take in {goods}"
            if is_its_own
            else f"{bound} not to supply {goods} to {recipient}"
        )
    is_others = found.side == RECIPIENT
    return (
        f"{bound} not to procure {goods} from {supplier}" if is_others else f"{bound} not to export {goods}"
    )


def days_words(days: Sequence[Days]) -> str:
    """The days told, for reading."""
    return "; ".join(dict.fromkeys(one.words for one in days))


def _named(words: str, alleged: Alleged, called: Called) -> str:
    """Codes in a reason as names."""
    names = {
        one: called(one) for one in (alleged.supplier, alleged.recipient, *alleged.via) if one is not None
    }
    return " ".join(names.get(one, one) for one in words.split(" "))


def rule_words(rule: Rule, called: Called) -> str:
    """Who must not supply, or procure, to or from whom, for lists."""
    bound = ", ".join(MANY.get(one) or called(one) for one in rule.bound)
    way = "to" if rule.act == "supply" else "from"
    return f"{bound}: no {rule.act} {way} {', '.join(called(one) for one in rule.target)}"
