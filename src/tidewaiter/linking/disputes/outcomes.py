"""What became of one thing, told in two ways that cannot both be: rejected and approved, intercepted and
arrived."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, product

from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.texts.clauses import Clause, Told, stems_of
from tidewaiter.linking.texts.cues import Cue, Cues
from tidewaiter.linking.texts.stems import stem, words_of
from tidewaiter.linking.texts.values import Moment, do_differ
from tidewaiter.model import Span
from tidewaiter.wording import quoted

_NOT_SO = re.compile(
    r"\b(?:not|no|never|n['’]t|without|would|could|may|might|should|if|unless|before|until|to be|will|to|"
    r"deny|denied|denies|"
    r"whether|once|fail\w*|attempt\w*|try|tried|can|cannot)\s+(?:\S+\s+){0,2}$",
    re.I,
)
THEN = re.compile(
    r"\b(?:then|later|afterwards|finally|eventually|meanwhile|until|subsequently|overturn\w*|revers\w*|overrul\w*|"
    r"appeal\w*|second|another|other|others|again|earlier|previous|previously|rest|instead)\b",
    re.I,
)

MIN_SHARED = 2
"""Words around both outcomes of a deal that make it one deal."""

AROUND = 120
"""Characters before and after a word for an outcome that say what it is the outcome of."""


def two_outcomes(told: Told, cues: Cues) -> Iterator[Dispute]:
    """Two outcomes of one thing by the report itself, with nothing between them that would tell a change."""
    found = list(outcomes_of(told, cues))
    for (first, clause), (second, other) in combinations(found, 2):
        if clause.number == other.number or (first.value, second.value) not in cues.against:
            continue
        texts = told.sentence_text(clause), told.sentence_text(other)
        if (
            any(THEN.search(text) for text in texts)
            or cues.has("return", texts[1])
            or _apart(told, clause, other)
        ):
            continue
        shared = thing(told, first) & thing(told, second)
        is_same_day = _same_day(told, clause, other)
        if not _is_one(told, second, other, shared, cues, is_same_day=is_same_day):
            continue
        yield _dispute(told, first, second, shared)


def _is_one(
    told: Told, second: Cue, clause: Clause, shared: frozenset[str], cues: Cues, *, is_same_day: bool
) -> bool:
    """Whether the second place points at the thing of the first: "the committee's approval", "the cargo
    arrived".  What a body decides it may decide often: there the day has to be the same, too."""
    before = told.document.text[clause.span.start : second.span.start].casefold()
    pointed = {
        word for word in re.findall(r"\b(?:the|its|this|that)\s+([^\W\d_]+)", before) if stem(word) in shared
    }
    if any(cues.is_one("carrier", word) or stem(word) in cues.kinds for word in pointed):
        return True
    if not pointed:
        return False
    dealt = any(cues.is_one("dealing", word) for word in pointed)
    return is_same_day or (dealt and len(shared) >= MIN_SHARED)


def outcomes_of(told: Told, cues: Cues) -> Iterator[tuple[Cue, Clause]]:
    """The outcomes that the report tells as facts, outside quotation marks."""
    for clause in told.clauses:
        for cue in cues.found("outcome", clause.text, clause.span.start):
            before = told.document.text[max(clause.span.start, cue.span.start - 40) : cue.span.start]
            if not _NOT_SO.search(before) and not told.is_quoted(cue.span.start):
                yield cue, clause


def thing(told: Told, cue: Cue) -> frozenset[str]:
    """The stems of the words around an outcome in its sentence."""
    clause = told.clause_at(cue.span.start)
    if clause is None:
        return frozenset()
    begin, end = (
        max(clause.sentence.start, cue.span.start - AROUND),
        min(clause.sentence.end, cue.span.end + AROUND),
    )
    return stems_of(told.document.text[begin:end]) - {stem(told.document.text[slice(*cue.span)])}


def _apart(told: Told, first: Clause, second: Clause) -> bool:
    """Whether the two sentences give days that differ."""
    return any(
        do_differ(a, b, (told.document.published,) * 2) for a, b in product(*_days(told, first, second))
    )


def _same_day(told: Told, first: Clause, second: Clause) -> bool:
    """Whether both sentences give one day."""
    return any(
        a.month is None or a.day is not None
        for a, b in product(*_days(told, first, second))
        if not do_differ(a, b, (told.document.published,) * 2)
    )


def _days(told: Told, *clauses: Clause) -> list[list[Moment]]:
    spans = [clause.sentence for clause in clauses]
    return [[one for one in told.moments if start <= one.span.start < end] for start, end in spans]


def _dispute(told: Told, first: Cue, second: Cue, shared: frozenset[str]) -> Dispute:
    words = [told.document.text[slice(*cue.span)] for cue in (first, second)]
    return Dispute(
        kind="outcome",
        where="inner",
        about=f"what became of it ({words_of(told.document.text, shared)})",
        values={
            str(number): (Place(told.document.id, Span(*cue.span)),)
            for number, cue in enumerate((first, second))
        },
        likelier=None,
        why=f"the report says {quoted(words[0])} and below {quoted(words[1])} of the same thing, with "
        "nothing between that tells of a change",
    )
