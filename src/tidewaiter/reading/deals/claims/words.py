"""The words of answers: what denies, doubts or withholds without the verbs that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.knowledge import Knowledge
    from tidewaiter.model import Statement
    from tidewaiter.reading.parse import Parsed

_NEITHER_NOR = re.compile(r"\bneither\s+confirm\w*\s+n?or\s+den\w+", re.IGNORECASE)
_NO_COMMENT = re.compile(
    r"(?:to\s+|from\s+)?(?:(?:make|give|offer|provide|any|further|immediate|immediately)\s+)*"
    r"comment(?:s|ing|ar(?:y|ies))?\b",
    re.IGNORECASE,
)
_WITHHOLDING = re.compile(
    r"\b(?:did(?: not|n.t) (?:wish|want)|refrain(?:s|ed)?|abstain(?:s|ed)?|would not be drawn)\b",
    re.IGNORECASE,
)
_NOTHING_TO_SAY = re.compile(
    r"\b(?:nothing (?:\w+ )?to (?:say|add|share)|no comments? (?:to make|on|about)"
    r"|not in a position to comment|(?:does|do|did|would)(?: not|n.t) (?:comment on|discuss))\b",
    re.IGNORECASE,
)
_WOULD_NOT_CONFIRM = re.compile(
    r"\b(?:would(?: not|n.t)|declin\w+|refus\w+|unwilling|unable) (?:\w+ )?(?:to )?(?:\w+ )?"
    r"(?:confirm|verify)",
    re.IGNORECASE,
)
_NOT_SEEN = (
    r"(?:ha(?:ve|s|d)\s*(?:not|n.t|yet to)\s+(?:yet\s+|so far\s+|as yet\s+)?(?:see|seen|observed?|"
    r"detect(?:ed)?|found|witness(?:ed)?)\b)|(?:\b(?:not|n.t) (?:\w+ )?aware of\b)|(?:\bunaware of\b)"
    r"|(?:\bhard (?:\w+ ){0,3}to (?:imagine|believe)\b)"
)
_WHAT_THEY_SAY = r"\bwhat\b[^.;]{1,60}?\b(?:alleg|claim|report|assert|sa(?:id|ys?)|wr[io]t)\w*"
_POINTING = re.compile(
    r"\b(?:that|this|it|such|those|these|any|one|the (?:\w+ )?(?:plans?|deals?|transfers?|shipments?|"
    r"deliver(?:y|ies)|sales?|claims?|reports?|allegations?|arms|weapons|goods|missiles|drones|rockets|shells"
    r"|aircraft|exports?))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Answers:
    """The table of words for answers, compiled."""

    untrue: re.Pattern[str]
    """What somebody calls a report that is not true: "baseless", "a fairy tale"."""
    report: re.Pattern[str]
    """A word for what others have said: "the allegations"."""
    answered: re.Pattern[str]
    """What is denied when a report is answered as such, or a part in what it tells: "any involvement"."""
    no_proof: re.Pattern[str]
    """Where proof is found missing: "no evidence", "had not seen such a delivery"."""


@lru_cache(maxsize=4)
def answer_words(knowledge: Knowledge) -> Answers:
    """The table ``answer_cues``, compiled once."""
    rows = knowledge.table("answer_cues")

    def either(kind: str, plural: str = "") -> str:
        words = sorted((row["word"] for row in rows if row["class"] == kind), key=len, reverse=True)
        return "|".join(re.escape(word).replace(r"\ ", r"\s+") + plural for word in words)

    reports = re.sub(r"y(?=s\?)", "(?:y|ie)", either("report", "s?"))
    ties, proofs = either("tie", "s?"), either("proof", "s?")
    without = r"\b(?:no|not|n.t|never|without|nor|neither|lack\w*|little|scant)\s+(?:[\w-]+\s+){0,3}?"
    return Answers(
        _compiled(rf"\b(?:{either('untrue')})\b"),
        _compiled(rf"\b(?:{reports})\b"),
        _compiled(rf"\b(?:{reports}|{ties})\b|{_WHAT_THEY_SAY}"),
        _compiled(rf"{without}(?:{proofs})\b|{_NOT_SEEN}"),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def refusal(parsed: Parsed, statement: Statement) -> bool:
    """Whether somebody withholds an answer in words that no single cue has: "will neither confirm nor deny",
    "did not wish to comment", "has nothing to say on it"."""
    cue = statement.cue
    if cue is None or not cue.spans:
        return False
    start, end = parsed.sentence_of(cue.spans[0].start)
    if any(one.search(statement.content.text) for one in (_NEITHER_NOR, _NOTHING_TO_SAY)):
        return True
    if (found := _NEITHER_NOR.search(parsed.text, start, end)) and found.start() >= cue.spans[0].start:
        return True
    withheld = statement.negated or _WITHHOLDING.search(cue.text) is not None
    if withheld and _NO_COMMENT.match(statement.content.text):
        return True
    return _WOULD_NOT_CONFIRM.search(f"{cue.text} {statement.content.text[:20]}") is not None


def points_back(words: str) -> bool:
    """Whether words point at something told before: "that plan", "such deliveries"."""
    return _POINTING.search(words) is not None
