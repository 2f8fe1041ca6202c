"""A form of the app as the judgements that it asks for, or what is wrong with it, field by field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from tidewaiter.judging.values import FIELDS, RELIABILITIES, SOURCES, UNKNOWN
from tidewaiter.model import JudgementKind
from tidewaiter.pipeline.naming import COMPARED, Wanted

LONGEST: Mapping[str, int] = {"why": 4_000, "quote": 2_000}
"""Characters of a field that are taken."""
LONGEST_OTHER = 300

MOST_NAMED = 20
"""Things that are told the same at once: more would not be looked at one by one."""

WAS = "was-"
"""Before the name of a field of a correction: what stood there when the form was shown.  Where a form is for
several reports, ":" and what is judged follow (``was-supplier:d0123456789ab:r0123456789``)."""

RELATIONS = ("verbatim", "partial", "rewrite", "translation")
"""Kinds of copies."""

NO_OTHER = "Name another than the one that this form is on."
NO_ROWS = "Mark two or more."
NO_CHANGE = "This is what stands there now: put the right value in its place."
NO_KIND = "Say what you decide."
NO_WHY = "Say why: a judgement without its ground helps nobody."

_BACK = re.compile(r"/(?!/)[\w/.~%:,;@!$'()*+=&?-]*", re.ASCII)
_ADDRESS = re.compile(r"/(?:transfers|documents)/([\w:]+)", re.ASCII)


class UnfitError(Exception):
    """What of a form cannot be taken, by field; "" for all of it."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self.told = told
        super().__init__("; ".join(told.values()))


def plain_text(text: str) -> str:
    """Words as they can be kept: no control characters but line ends, nothing that is no character, and no
    space around them."""
    kept = "".join(
        one if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs", "Cn") else " " for one in text
    )
    return kept.strip()


def back_of(told: str) -> str:
    """The page of this app that a form came from; the list of judgements where it names none."""
    return told if len(told) <= 1_000 and _BACK.fullmatch(told) else "/judgements"


def wanted_of(fields: Mapping[str, str], named: Sequence[str], at: str, by: str) -> tuple[Wanted, ...]:
    """The judgements that a form asks for: one, or one for each field corrected in each report.

    ``named``: all that it names as what is judged.  Raises ``UnfitError``.
    """
    told = {name: plain_text(value) for name, value in fields.items()}
    wrong = {
        name: f"At most {most:,} characters."
        for name, most in ((name, LONGEST.get(name, LONGEST_OTHER)) for name in told)
        if name != "back" and len(told[name]) > most
    }
    things = tuple(dict.fromkeys(_name(one) for one in (*named, told.get("other", "")) if one.strip()))
    if told.get("kind", "") not in [one.value for one in JudgementKind]:
        raise UnfitError({"kind": NO_KIND, **wrong})
    kind = JudgementKind(told["kind"])
    if not told.get("why"):
        wrong["why"] = NO_WHY
    if len(things) > MOST_NAMED:
        wrong["other"] = f"At most {MOST_NAMED} at once."
    if kind in COMPARED and len(things) < 2:
        wrong |= {"other": NO_OTHER} if "other" in told else {"": NO_ROWS}
    if kind is JudgementKind.CORRECT and not things:
        wrong["named"] = "Mark the reports in which it is wrong."
    relation = told.get("relation") or None
    if relation is not None and relation not in RELATIONS:
        wrong["relation"] = "Choose one of those given."
    if kind is JudgementKind.RATE:
        wrong |= _unfit_rating(told)
    if wrong:
        raise UnfitError(wrong)
    quote = told.get("quote") or None
    if kind is JudgementKind.RATE:
        source, _, name = told["source"].partition(":")
        return (Wanted(kind, (name, told["reliability"]), at, by, told["why"], source=source),)
    if kind is JudgementKind.CORRECT:
        return tuple(
            Wanted(kind, (thing, name, value), at, by, told["why"], quote)
            for thing, name, value in _corrected(fields, told, things)
        )
    same = relation if kind is JudgementKind.SAME else None
    return (Wanted(kind, things, at, by, told["why"], quote, same),)


def _corrected(
    fields: Mapping[str, str], told: Mapping[str, str], things: Sequence[str]
) -> list[tuple[str, str, str]]:
    """What is to have another value, in which field, and which; where it has it already it is left as it is.
    Raises ``UnfitError``."""
    given = [name for name in FIELDS if name in told]
    changed = [
        (thing, name)
        for thing in things
        for name in given
        if told[name].casefold() != plain_text(_before(fields, name, thing)).casefold()
    ]
    if not changed:
        wrong = (
            {given[0]: NO_CHANGE}
            if len(given) == 1
            else {"": "Nothing is changed: put the right value in place of a wrong one."}
        )
        raise UnfitError(wrong)
    if len(things) > 1 and told.get("quote"):
        raise UnfitError({"quote": "Words stand in one report: mark that alone, or leave them out."})
    return [(thing, name, told[name] or UNKNOWN) for thing, name in changed]


def _before(fields: Mapping[str, str], name: str, thing: str) -> str:
    return fields.get(f"{WAS}{name}:{thing}", fields.get(WAS + name, ""))


def _unfit_rating(told: Mapping[str, str]) -> dict[str, str]:
    kind, _, name = told.get("source", "").partition(":")
    wrong = {}
    if kind not in SOURCES or not name:
        wrong["source"] = "Choose a source."
    if told.get("reliability", "") not in RELIABILITIES:
        wrong["reliability"] = "Choose a letter."
    return wrong


def _name(told: str) -> str:
    """What is named; of an address of the app the id in it."""
    found = _ADDRESS.search(told)
    return plain_text(found[1] if found else told)
