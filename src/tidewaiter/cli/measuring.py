"""The command ``measures``: the rules that a transfer would breach, or all that are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from tidewaiter import knowledge
from tidewaiter.cli.screen import Screen, plural
from tidewaiter.errors import CaseError
from tidewaiter.knowledge import Knowledge
from tidewaiter.knowledge.parties import party_codes
from tidewaiter.model import Category, Stage
from tidewaiter.register.measures.days import term, told
from tidewaiter.register.measures.judging import Alleged, Finding, findings, unjudged
from tidewaiter.register.measures.rules import Rule, Rules, rules_of
from tidewaiter.register.measures.sentences import not_judged, rule_words, why
from tidewaiter.wording import NO_MEASURES, ORGANISATION_WORDS, UNKNOWN, name_of, spoken


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as given; None: not told."""

    supplier: str | None
    recipient: str | None
    category: str | None
    on: str | None  # EDTF


def print_measures(asked: Asked, style: str, folder: Path | None, screen: Screen) -> None:
    """Print the measures that the transfer asked for would breach; without any, all that are known.

    Raises ``CaseError`` for a code or category that the program does not know, and a folder that is none.
    """
    if folder is not None and not folder.is_dir():
        raise CaseError("this is no folder", where=str(folder), todo="Name the folder of your tables.")
    tables = knowledge.load(folder)
    rules = rules_of(tables)
    is_all = asked == Asked(None, None, None, None)
    for line in _all(rules, style) if is_all else _of(asked, tables, rules, style):
        typer.echo(line)
    ends = [f"{authority} to {spoken(str(day))}" for authority, day in rules.known_until.items()]
    screen.say(f"{plural(len(rules.rules), 'measure')} known; looked up: {', '.join(ends)}.")


# -------------------------------------------------------------------------------------- all of them


def _all(rules: Rules, style: str) -> Iterator[str]:
    for rule in rules.rules:
        yield json.dumps(_rule(rule), ensure_ascii=False) if style == "jsonl" else "\n".join(_lines(rule))


def _rule(rule: Rule) -> dict[str, object]:
    """A rule as plain values, under the names of the table's columns."""
    found = asdict(rule)
    kept = ("id", "authority", "instrument", "paragraph")
    return {
        **{name: found[name] for name in kept},
        "rule": rule.text,
        "bound": list(rule.bound),
        "act": rule.act,
        "target": list(rule.target),
        "target_scope": rule.scope,
        "goods": list(rule.goods),
        "from": rule.start.isoformat(),
        "until": None if rule.end is None else rule.end.isoformat(),
        "exceptions": list(rule.exceptions),
        "approval": rule.approval or None,
        "ended_by": rule.ended_by or None,
        "binding": rule.is_binding,
        "note": rule.note or None,
        "source": rule.source,
        "verified": rule.verified,
    }


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.id}: {rule.name}"
    yield f"  {rule_words(rule, _called)} ({', '.join(rule.goods)}); {term(rule)}"
    yield f"  {rule.text}"
    if rule.exceptions:
        yield f"  Except: {'; '.join(rule.exceptions)}"
    if rule.note:
        yield f"  Note: {rule.note}"
    looked = "unverified" if rule.verified is None else f"text looked up {spoken(rule.verified)}"
    yield f"  Source: {rule.source} ({looked})"


def _called(code: str | None) -> str:
    return UNKNOWN if code is None else name_of(code)


# ----------------------------------------------------------------------------------- of one transfer


def _of(asked: Asked, tables: Knowledge, rules: Rules, style: str) -> Iterator[str]:
    alleged = Alleged(
        _code(asked.supplier, "--supplier", tables),
        _code(asked.recipient, "--recipient", tables),
        _category(asked.category),
        (told(asked.on),),
    )
    found = findings(alleged, rules)
    left = unjudged(alleged, rules)
    if style == "jsonl":
        yield from (json.dumps(_finding(one, alleged), ensure_ascii=False) for one in found)
        return
    for one in found:
        looked = "unverified" if one.rule.verified is None else f"text looked up {spoken(one.rule.verified)}"
        yield f"{one.rule.id} ({one.side}): {why(one, alleged, Stage.UNCLEAR, _called)}"
        yield f"  {one.rule.text}"
        yield f"  {looked}{'; ' + one.rule.note if one.rule.note else ''}"
    yield from (not_judged(side, alleged) for side in left)
    if not found and not left:
        yield f"Checked: {NO_MEASURES}."


def _finding(found: Finding, alleged: Alleged) -> dict[str, object]:
    return {
        "verdict": "cannot_tell" if found.doubts else "would_breach",
        "side": found.side,
        "who": found.who,
        "why": why(found, alleged, Stage.UNCLEAR, _called),
        "measure": _rule(found.rule),
    }


def _category(given: str | None) -> str:
    if given is None:
        return Category.UNSPECIFIED_ARMS.value
    known = [one.value for one in Category]
    if given not in known:
        raise CaseError(f"{given!r} is no category", where="--category", todo=f"One of: {', '.join(known)}.")
    return given


def _code(given: str | None, option: str, tables: Knowledge) -> str | None:
    """The code of a party given by code or name."""
    if given is None:
        return None
    organisations = {code.casefold(): code for code in ORGANISATION_WORDS}
    found = organisations.get(given.casefold()) or party_codes(tables).get(given.casefold())
    if found is None:
        raise CaseError(
            f"{given!r} is no state or group that the program knows",
            where=option,
            todo="Give the three letters of ISO 3166-1, or the usual English name of a group.",
        )
    return found
