"""Names inside one document: one person or ship spelled in two ways, one event at two places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.disputes.naming import folded
from tidewaiter.linking.texts.clauses import Clause, Told, event_near
from tidewaiter.linking.texts.cues import Cue, Cues
from tidewaiter.linking.texts.stems import SMALL, stem
from tidewaiter.linking.texts.values import names
from tidewaiter.model import Span

ALIKE = 0.75
"""Share of letters (Ratcliff and Obershelp's measure) from which two words are one, misspelled."""
LEAST_LETTERS = 5
_RELATED = re.compile(
    r"\b(?:relat|brother|sister|son|daughter|cousin|wife|husband|namesake|father|mother)\w*", re.I
)
_STATIC = ("at", "near", "outside", "off")
"""Not "in": what is in a province may be at a town of it."""
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
PLACE_REACH = 40
"""Characters between the word for an event and the place where it was."""


def two_spellings(told: Told, cues: Cues) -> Iterator[Dispute]:
    """Two names of several words that differ in one, by a few letters; or in the first name, under the same
    office."""
    if _RELATED.search(told.document.text):
        return
    found: dict[str, list[Span]] = {}
    for span in names(told.document.text):
        bare = _without_rank(span, told, cues)
        if bare is not None and (told.headline is None or bare.start >= told.headline.end):
            found.setdefault(folded(told.document.text[slice(*bare)]), []).append(bare)
    for first, second in combinations(found, 2):
        why = _misspelled(first, second) or _two_first_names(first, second, found, told, cues)
        if why is not None:
            yield Dispute(
                kind="name",
                where="inner",
                about=f"the name of “{told.document.text[slice(*found[first][0])]}”",
                values={
                    key: tuple(Place(told.document.id, span) for span in found[key])
                    for key in (first, second)
                },
                likelier=_commoner(found, first, second),
                why=why,
            )


def _without_rank(span: Span, told: Told, cues: Cues) -> Span | None:
    """The name without the offices before it; None where one word or none is left, or it is a state."""
    words = list(_WORD.finditer(told.document.text, span.start, span.end))
    while words and _is_no_name(words[0].group(), cues):
        words = words[1:]
    if len(words) < 2 or folded(told.document.text[words[0].start() : span.end]) in cues.states:
        return None
    return Span(words[0].start(), words[-1].end())


def _is_no_name(word: str, cues: Cues) -> bool:
    return word.casefold() in SMALL or cues.is_one("rank", word) or word.casefold() in cues.states


def _misspelled(first: str, second: str) -> str | None:
    """The same words but one, which differs in letters only."""
    a, b = first.split(), second.split()
    if len(a) != len(b):
        return None
    apart = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(apart) != 1 or min(map(len, apart[0])) < LEAST_LETTERS or stem(apart[0][0]) == stem(apart[0][1]):
        return None
    x, y = apart[0]
    if x[0] != y[0] or x.startswith(y) or y.startswith(x) or any(one.isdigit() for one in x + y):
        return None
    share = SequenceMatcher(None, x, y, autojunk=False).ratio()
    return (
        f"the two names differ in “{x}” and “{y}”, which share {share:.0%} of their letters"
        if share >= ALIKE
        else None
    )


def _two_first_names(
    first: str, second: str, found: dict[str, list[Span]], told: Told, cues: Cues
) -> str | None:
    """One surname and office, two first names."""
    a, b = first.split(), second.split()
    if a[-1] != b[-1] or a[0] == b[0] or len(a) != len(b):
        return None
    offices = [_offices(told, found[key][0], cues) for key in (first, second)]
    shared = offices[0] & offices[1]
    if not shared or offices[0] != offices[1]:
        return None
    return f"one surname and one office ({', '.join(sorted(shared))}), two first names; nothing settles which"


def _offices(told: Told, span: Span, cues: Cues) -> set[str]:
    """The stems of the offices and ranks just before a name; a form of address is none."""
    before = told.document.text[max(0, span.start - 45) : span.start].rpartition("\n")[2]
    return {
        stem(word) for word in _WORD.findall(before) if cues.is_one("rank", word) and len(word) > len("Mrs")
    }


def _commoner(found: dict[str, list[Span]], first: str, second: str) -> str | None:
    """The spelling that stands at least twice more often."""
    counts = len(found[first]), len(found[second])
    if abs(counts[0] - counts[1]) < 2:
        return None
    return first if counts[0] > counts[1] else second


# ------------------------------------------------------------------------------------ places


def two_places(told: Told, cues: Cues) -> Iterator[Dispute]:
    """Two places for what the words tell as one event: "the training of 36 pilots near Jinan", "the pilots
    who are to be trained at Cangzhou"."""
    found = list(_placed(told, cues))
    for (cue, span, clause), (other_cue, other, other_clause) in combinations(found, 2):
        if cue.value != other_cue.value or clause.number == other_clause.number:
            continue
        mine, theirs = told.document.text[slice(*span)], told.document.text[slice(*other)]
        if theirs in told.sentence_text(clause) or mine in told.sentence_text(other_clause):
            continue
        if (
            len(
                {folded(told.document.text[slice(*one)]) for what, one, _ in found if what.value == cue.value}
            )
            != 2
        ):
            continue
        shared = _pointed_nouns(other_clause) & clause.stems
        shared -= {stem(told.document.text[slice(*one.span)]) for one in (cue, other_cue)}
        if not shared or cues.has("return", clause.text + other_clause.text):
            continue
        yield Dispute(
            kind="place",
            where="inner",
            about=f"where: “{told.document.text[slice(*cue.span)]}”",
            values={"1": (Place(told.document.id, span),), "2": (Place(told.document.id, other),)},
            likelier=None,
            why=f"the report puts one event (“{told.document.text[slice(*cue.span)]}” and "
            f"“{told.document.text[slice(*other_cue.span)]}”) at “{mine}” and at “{theirs}”; "
            "nothing in it settles which",
        )


def _placed(told: Told, cues: Cues) -> Iterator[tuple[Cue, Span, Clause]]:
    """Names of places, each with what is said to have happened there."""
    text = told.document.text
    for span in names(text):
        before = text[max(0, span.start - 12) : span.start].split()
        if not before or before[-1].casefold() not in _STATIC or folded(text[slice(*span)]) in cues.states:
            continue
        clause = told.clause_at(span.start)
        cue = None if clause is None else event_near(clause, span, cues)
        if clause is not None and cue is not None and 0 <= span.start - cue.span.end <= PLACE_REACH:
            yield cue, span, clause


def _pointed_nouns(clause: Clause) -> frozenset[str]:
    """The stems of nouns behind "the"."""
    return frozenset(stem(word) for word in re.findall(r"\b[Tt]he ([^\W\d_]+)", clause.text))
