"""Whether a time lies before or after publication, by the verb that it hangs on."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from tidewaiter.model import Span
from tidewaiter.reading.parse import Parsed

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


class Tense(Enum):
    """Where a time lies, seen from publication."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"  # the verb does not tell; more often past
    AHEAD = "ahead"  # it does not tell; more often to come


_FORWARD = re.compile(
    r"\b(?:until|till|by|through|effective|deadline of|expires?|due|payable|of record)[^\S\n]"
    r"(?:the[^\S\n]|an?[^\S\n])?$",
    re.IGNORECASE,
)
_PAST_AUXILIARIES = frozenset({"was", "were", "had", "has", "have", "did", "'ve", "’ve", "been", "having"})
_PRESENT_BE = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"})
_FUTURE_AUXILIARIES = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_MODALS = frozenset({"would", "'d", "’d", "may", "might", "can", "must", "should"})
_LOOKING_AHEAD = frozenset({"expect", "schedule", "due", "slate"})
_FUTURE_GOVERNORS = _LOOKING_AHEAD | frozenset(
    {"set", "plan", "intend", "hope", "poise", "agree", "aim", "ask", "decide", "have", "likely", "need"}
    | {"offer", "order", "pledge", "prepare", "promise", "ready", "vow", "want", "about", "urge"}
)  # with an infinitive
_ARRANGING = frozenset(
    {"set", "extend", "postpone", "delay", "fix", "plan", "reschedule", "push", "announce", "propose"}
)
"""Verbs that in the past, too, have the day on which something is to happen."""
_DATED_AHEAD = frozenset({"payable", "effective", "deadline", "expiry", "redemption", "maturity"})
_TIMETABLED = frozenset(
    {"arrive", "begin", "close", "convene", "depart", "end", "expire", "fly", "leave", "meet", "open"}
    | {"reopen", "resume", "return", "start", "take", "travel", "visit"}
)
"""Verbs whose present goes with a day to come, in a whole sentence: "The talks begin on Monday."; without
its full stop it is a headline, where the present tells what happened."""


def tense_at(parsed: Parsed, start: int, word: int) -> Tense:
    """The tense of a time that begins at ``start`` and whose day, month or weekday stands at ``word``."""
    tokens = parsed.tokens(Span(word, word + 1))
    found = Tense.OPEN if not tokens else _of(tokens[0])
    if found is Tense.FUTURE or not _FORWARD.search(parsed.text[max(0, start - 20) : start]):
        return found
    return Tense.OPEN if found is Tense.PAST else Tense.AHEAD


def _of(token: Token) -> Tense:
    for above in token.ancestors:
        if above.lemma_.lower() in _DATED_AHEAD:
            return Tense.OPEN
        if above.pos_ in ("VERB", "AUX"):
            found = _of_verb(above)
            if found is not None:
                return found
    return Tense.OPEN


def _of_verb(verb: Token) -> Tense | None:
    """What one verb tells; None where the one above it is to be asked."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    lemma = verb.lemma_.lower()
    if helpers & _FUTURE_AUXILIARIES or lemma in _LOOKING_AHEAD:
        return Tense.FUTURE
    if helpers & _MODALS and "have" not in helpers:
        return Tense.AHEAD
    if "to" in helpers:
        return _of_infinitive(verb)
    if verb.tag_ == "VBD" or helpers & _PAST_AUXILIARIES or (verb.tag_ == "VBN" and not helpers):
        return Tense.OPEN if lemma in _ARRANGING else Tense.PAST
    if verb.tag_ == "VBG":
        return Tense.AHEAD if helpers & _PRESENT_BE else None
    if verb.tag_ in ("VBZ", "VBP"):
        timetabled = lemma in _TIMETABLED and verb.sent.text.rstrip().endswith(".")
        return Tense.AHEAD if timetabled else Tense.OPEN
    return None


def _of_infinitive(verb: Token) -> Tense:
    above = verb.head
    will_be = above.lower_ in _PRESENT_BE and verb.dep_ in ("xcomp", "ccomp", "acl")
    return Tense.FUTURE if will_be or above.lemma_.lower() in _FUTURE_GOVERNORS else Tense.OPEN
