"""Attributions by rule, from the dependency parse and the table of reporting cues."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import Span
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.attribution import Attribution, Who
from tidewaiter.reading.said.complements import Subject, runs
from tidewaiter.reading.said.quotes import Quotation, touching
from tidewaiter.reading.said.quoting import fitted
from tidewaiter.reading.said.reporting import NOBODY
from tidewaiter.reading.said.sayings import Saying, find_sayings

_WHEN = frozenset({"on", "in"})


def by_rules(parsed: Parsed, quotations: Sequence[Quotation]) -> list[Attribution]:
    """The attributions of a document in order of their cues, each cue with the content and subject that the
    parse gives it (``sayings``, ``complements``); some still have no content."""
    return [_attribution(parsed, saying, quotations) for saying in find_sayings(parsed, quotations)]


def _attribution(parsed: Parsed, saying: Saying, quotations: Sequence[Quotation]) -> Attribution:
    cue = saying.cue
    return Attribution(
        content=fitted(runs(parsed.doc, _without_day(parsed, saying)), _place(cue.head.idx), quotations),
        cue=runs(parsed.doc, saying.cue_words),
        source=_who(parsed, saying.subject, quotations),
        cue_head=cue.head.i,
        entry=cue.entry,
        negated=cue.negated or _nobody(parsed, saying.subject),
        relay=_who(parsed, saying.relayed, quotations),
    )


def _without_day(parsed: Parsed, saying: Saying) -> frozenset[int]:
    """The content without the day of saying that the parser gave it: "told reporters Tuesday the boat had
    left", "said on Tuesday that it had left"."""
    words = sorted(i for i in saying.words if not parsed.doc[i].is_punct)
    if saying.cue.entry.pos != "verb" or not words or words[0] < saying.cue.head.i:
        return saying.words
    doc, after = parsed.doc, words[0]
    prepositional = doc[after].lower_ in _WHEN
    after += prepositional
    first = after
    while after < len(doc) and doc[after].ent_type_ == "DATE":
        after += 1
    if after == first or after >= len(doc) or doc[after].ent_type_ == "TIME":
        return saying.words
    if not prepositional:
        apart = doc[after - 1].dep_ == "npadvmod"
    else:  # "said on Monday it had left"; of a month only before "that"
        beside = words[0] == saying.cue.head.i + 1 and doc[words[0]].lower_ == "on"
        apart = doc[after].lower_ == "that" or (beside and not doc[after].is_punct)
    return frozenset(i for i in saying.words if i >= after) if apart else saying.words


def _place(position: int) -> Span:
    return Span(position, position + 1)


def _who(parsed: Parsed, subject: Subject | None, quotations: Sequence[Quotation]) -> Who | None:
    """The words that name a speaker, without those of a quotation that reaches beyond them."""
    if subject is None:
        return None
    text, doc, first, last = parsed.text, parsed.doc, min(subject.words), max(subject.words)
    whole = Span(doc[first].idx, doc[last].idx + len(doc[last]))
    beyond = [
        one.span
        for one in touching(whole, quotations)
        if any(map(str.isalnum, text[one.span.start : whole.start] + text[whole.end : one.span.end]))
        and not one.span.start <= doc[subject.head].idx < one.span.end
    ]
    words = [i for i in subject.words if not any(a <= doc[i].idx < b for a, b in beyond)]
    words = _without_last_day(parsed, sorted(words), subject.head)
    spans = runs(doc, words)
    return Who(spans, subject.head) if spans else None


def _without_last_day(parsed: Parsed, words: list[int], head: int) -> list[int]:
    """The words of a speaker without the day of saying behind them: "said Ana Ruiz, the mayor, on Monday"."""
    doc, end = parsed.doc, len(words)
    while end and doc[words[end - 1]].ent_type_ == "DATE":
        end -= 1
    day = end < len(words) and end > 1 and doc[words[end - 1]].lower_ == "on"
    apart = day and doc[words[end - 2]].text == "," and words[end - 1] > head
    return words[: end - 1] if apart else words


def _nobody(parsed: Parsed, subject: Subject | None) -> bool:
    return subject is not None and parsed.doc[min(subject.words)].lower_ in NOBODY
