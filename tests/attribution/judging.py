"""What was read of the project's own texts, beside what a careful reader finds in them.

Beside the measures of ``scoring``, which ask for words, these ask for what the words mean.  Each counts over
all annotated relations, so that it rises when more is found and when what is found is understood better:

=========  =============================================================================================
mode       share of the annotated relations that are found with the right mode
actor      the same of those whose actor is judged; open where nobody can tell
name       the same of those whose source has a name; case, "the" and a rank before it make no difference
direct, mixed, indirect
           share found of the relations of that mode (recall)
said_on    F1 over days of utterance, among the relations that are found, and those missed with a day
via        F1 over relays, likewise
negated    F1 over sayings that are negated, likewise
silent     share of the texts without attribution in which none is found
=========  =============================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from attribution.scoring import Counts, Ratio, compare, relation_of
from attribution.texts import Annotated, Text
from tidewaiter.model import Statement

Reader = Callable[[str, str | None], Sequence[Statement]]
"""Text and day of publication to statements."""


@dataclass(slots=True)
class Judged:
    """Figures over some texts, and every difference in a line."""

    counts: Counts = field(default_factory=Counts)
    differences: list[str] = field(default_factory=list)

    def __add__(self, other: Judged) -> Judged:
        return Judged(self.counts + other.counts, [*self.differences, *other.differences])

    def figures(self) -> dict[str, float]:
        """The figures that the gate watches, 0..1."""
        counts = self.counts
        return {
            "relation F1": counts["relation"].f1,
            "exact content F1": counts["exact"].f1,
            **{f"recall {mode}": counts[f"found {mode}"].recall for mode in ("direct", "mixed", "indirect")},
            **{name: counts[name].recall for name in ("mode", "actor", "name", "silent")},
            **{f"{name} F1": counts[name].f1 for name in ("said_on", "via", "negated")},
        }

    def counted(self) -> dict[str, str]:
        """The counts behind each figure, in words."""
        counts = self.counts
        told = {"exact content F1": counts["exact"]}
        told |= {f"{name} F1": counts[name] for name in ("relation", "said_on", "via", "negated")}
        shares = {f"recall {mode}": counts[f"found {mode}"] for mode in ("direct", "mixed", "indirect")}
        shares["silent"] = counts["silent"]
        meant = {name: counts[name] for name in ("mode", "actor", "name")}
        return {
            **{name: str(one) for name, one in told.items()},
            **{name: f"{one.right} of {one.wanted}" for name, one in shares.items()},
            **{
                name: f"{one.right} of {one.wanted}; of the {one.found} found {one.precision:.3f}"
                for name, one in meant.items()
            },
        }


def judge(texts: Iterable[Text], read: Reader) -> dict[str, Judged]:
    """The texts as ``read`` reads them, by kind."""
    result: dict[str, Judged] = {}
    for text in texts:
        one = _judged(text, read(text.text, text.published))
        result[text.kind] = result.get(text.kind, Judged()) + one
    return result


def total(judged: Iterable[Judged]) -> Judged:
    return sum(judged, Judged())


def _judged(text: Text, found: Sequence[Statement]) -> Judged:
    wanted = [one.relation for one in text.annotated]
    compared = compare(text.text, wanted, [relation_of(one) for one in found])
    result = Judged(compared.counts)
    if not text.annotated:
        result.counts.add("silent", int(not found), 0, 1)
    for number, annotated in enumerate(text.annotated):
        at = compared.pairs.get(number)
        _add(result, text, annotated, None if at is None else found[at])
    used = set(compared.pairs.values())
    for number, statement in enumerate(found):
        if number not in used:
            words = f"{_words(statement.source)} | {_words(statement.cue)} | {statement.content.text}"
            result.differences.append(f"{text.id}: not annotated: {words}")
    return result


def _add(result: Judged, text: Text, annotated: Annotated, found: Statement | None) -> None:
    """Count one annotated relation, and what was found of it."""
    counts = result.counts
    counts.add(f"found {annotated.mode.value}", int(found is not None), 0, 1)
    source = found.source if found else None
    actor, name, via = (source.actor, source.name, source.via) if source else (None, None, ())
    wrong = []

    def share(what: str, is_right: bool) -> None:
        counts.add(what, int(found is not None and is_right), int(found is not None), 1)
        if not is_right:
            wrong.append(what)

    def keys(what: str, wanted: set[str], read: set[str]) -> None:
        counts.ratios[what] = counts[what] + Ratio(len(wanted & read), len(read), len(wanted))
        if wanted != read:
            wrong.append(what)

    share("mode", found is not None and found.mode is annotated.mode)
    if annotated.is_actor_judged:
        share("actor", actor == annotated.actor)
    if annotated.names:
        share("name", name is not None and any(_same(name, one) for one in annotated.names))
    keys("said_on", _one(annotated.said_on), _one(found.said_on if found else None))
    known = {one: next((other for other in annotated.via if _is_one_of(one, other)), one) for one in via}
    keys("via", set(annotated.via), set(known.values()))
    keys("negated", {"yes"} if annotated.negated else set(), {"yes"} if found and found.negated else set())
    words = _cut(text.text, annotated)
    if found is None:
        result.differences.append(f"{text.id}: missed: {words}")
    elif wrong:
        told = {"mode": found.mode.value, "actor": actor, "name": name, "said_on": found.said_on, "via": via}
        read = ", ".join(f"{what} is {told.get(what, found.negated)}" for what in wrong)
        result.differences.append(f"{text.id}: {read}: {words}")


def _is_one_of(read: str, spellings: str) -> bool:
    return any(_same(read, one) for one in spellings.split(" / "))


def _same(read: str, wanted: str) -> bool:
    """Whether a name as read is the one wanted; a rank or calling before it makes no difference."""
    return f" {_plain(read)}".endswith(f" {_plain(wanted)}")


def _plain(name: str) -> str:
    words = name.casefold().replace("’", "'").split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def _one(value: str | None) -> set[str]:
    return set() if value is None else {value}


def _words(part: object) -> str:
    return str(getattr(part, "text", "-"))


def _cut(text: str, annotated: Annotated) -> str:
    """Source, cue and content in words."""
    return " | ".join(
        " ".join(text[start:end] for start, end in spans) or "-" for spans in annotated.relation
    ).replace("\n", " ")
