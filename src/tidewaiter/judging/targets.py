"""What a judgement is about: findings as the words they rest on, and the finding that rests on them now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tidewaiter.judging.anchoring import locate
from tidewaiter.model import (
    Anchors,
    Claim,
    Document,
    Reading,
    ReportedTransfer,
    Span,
    Spans,
    Statement,
    Target,
    TargetKind,
    anchor,
)
from tidewaiter.wording import STANCE_WORDS, goods_and_parties, name_of, quoted, title_of

ENOUGH = 0.5
"""Share of words in common (Dice, over all fields) from which a finding is the one that was judged.  A
choice: a reader that finds twice as many mentions of a transfer still finds that transfer."""
AGREEMENT = 0.05
"""What a value read as it was then counts beside the words, to tell apart findings that rest on the same
words: less than another word of a field does."""

Finding = ReportedTransfer | Claim | Statement


class Found(NamedTuple):
    """What a target is now."""

    document: str  # id
    finding: str | None  # id in the document; None for a document or words of it
    spans: Spans  # its words, as far as they are found
    fields: tuple[tuple[str, Spans], ...] = ()  # the same by field

    def words_of(self, *names: str) -> Spans:
        """Those of the first of these fields that has some, else all."""
        known = dict(self.fields)
        return next((known[name] for name in names if known.get(name)), self.spans)

    @property
    def name(self) -> str:
        return self.document if self.finding is None else f"{self.document}:{self.finding}"


# ------------------------------------------------------------------------------------ what is judged


def of_document(document: Document) -> Target:
    """A report as a whole."""
    return Target(TargetKind.DOCUMENT, document.captures[0], document.source, title_of(document))


def of_words(document: Document, quote: str) -> Target | None:
    """Words of a report, the first place where they stand; None where they do not."""
    start = document.text.find(quote)
    if start < 0 or not quote:
        return None
    words = {"words": (anchor(document.text, Span(start, start + len(quote))),)}
    return Target(TargetKind.WORDS, document.captures[0], document.source, quote, words)


def of_finding(document: Document, reading: Reading, finding: Finding) -> Target:
    """A reported transfer, claim or statement."""
    words = {
        name: tuple(anchor(document.text, span) for span in spans)
        for name, spans in sorted(_words(reading, finding).items())
        if spans
    }
    kind, label = _KINDS[type(finding)], _label(reading, finding)
    return Target(kind, document.captures[0], document.source, label, words, _told(reading, finding))


_KINDS: Mapping[type[Finding], TargetKind] = {
    ReportedTransfer: TargetKind.TRANSFER,
    Claim: TargetKind.CLAIM,
    Statement: TargetKind.STATEMENT,
}


def _words(reading: Reading, finding: Finding) -> Anchors:
    """The words that a finding rests on, by field."""
    if isinstance(finding, Statement):
        parts = {"source": finding.source, "cue": finding.cue, "content": finding.content}
        return {name: part.spans for name, part in parts.items() if part is not None}
    if isinstance(finding, Claim):
        about = next((one for one in reading.transfers if one.id == finding.transfer), None)
        trigger = about.anchors.get("trigger", ()) if about is not None else ()
        return {**finding.anchors, "transfer": finding.anchors.get("transfer") or trigger}
    return finding.anchors


def _told(reading: Reading, finding: Finding) -> dict[str, str]:
    if isinstance(finding, Statement):
        return {"mode": finding.mode.value}
    if isinstance(finding, Claim):
        about = next((one for one in reading.transfers if one.id == finding.transfer), None)
        speaker = finding.speaker
        values = {"stance": finding.stance.value, "name": speaker.name, "actor": speaker.actor}
        return _known({**values, **({} if about is None else _told(reading, about))})
    values = {"supplier": finding.supplier, "recipient": finding.recipient, "item": finding.item}
    return _known({**values, "category": finding.category.value})


def _known(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in sorted(values.items()) if value is not None}


def _label(reading: Reading, finding: Finding) -> str:
    if isinstance(finding, Statement):
        return f"{quoted(finding.content.text)} ({finding.id})"
    if isinstance(finding, Claim):
        about = next((one for one in reading.transfers if one.id == finding.transfer), None)
        speaker = finding.speaker
        who = speaker.name or speaker.role or name_of(speaker.actor or "") or "somebody"
        what = "a transfer" if about is None else _label(reading, about)
        return f"{who} {STANCE_WORDS[finding.stance]}: {what} ({finding.id})"
    return f"{goods_and_parties(finding.category, finding.supplier, finding.recipient)} ({finding.id})"


# ------------------------------------------------------------------------------------ what it is now


def find(target: Target, document: Document, reading: Reading) -> Found | str:
    """The finding of a report that a target means, or why there is none, in words.

    ``reading``: as the program read it, without what analysts decided.
    """
    if target.kind is TargetKind.DOCUMENT:
        return Found(document.id, None, ())
    called = quoted(title_of(document))
    placed = {
        name: spans
        for name, anchors in target.words.items()
        if (spans := tuple(span for one in anchors if (span := locate(one, document.text)) is not None))
    }
    if not placed:
        return f"its words stand no longer in the text of {called}"
    words = tuple(sorted({span for spans in placed.values() for span in spans}))
    if target.kind is TargetKind.WORDS:
        return Found(document.id, None, words)
    whole = sum(len(one.exact) for anchors in target.words.values() for one in set(anchors))
    ranked = sorted(
        (-round(share + AGREEMENT * _agreement(target, reading, one), 3), one.id)
        for one in _findings(target.kind, reading)
        if (share := _share(placed, whole, _words(reading, one))) >= ENOUGH
    )
    if not ranked:
        return f"its words stand in {called}, but no {target.kind} is read from them"
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        return f"its words stand in {called}, but two {target.kind}s are read from them alike"
    return Found(document.id, ranked[0][1], words, tuple(sorted(placed.items())))


def _findings(kind: TargetKind, reading: Reading) -> Sequence[Finding]:
    if kind is TargetKind.TRANSFER:
        return reading.transfers
    return reading.claims if kind is TargetKind.CLAIM else reading.statements


def _share(placed: Anchors, whole: int, words: Anchors) -> float:
    """Twice the characters in common of those of both (Dice)."""
    common = sum(_overlap(spans, words.get(name, ())) for name, spans in placed.items())
    theirs = sum(end - start for spans in words.values() for start, end in set(spans))
    return min(1.0, 2 * common / (whole + theirs)) if whole + theirs else 0.0


def _overlap(ours: Iterable[Span], theirs: Iterable[Span]) -> int:
    known = {place for start, end in theirs for place in range(start, end)}
    return sum(place in known for start, end in set(ours) for place in range(start, end))


def _agreement(target: Target, reading: Reading, finding: Finding) -> float:
    """Share of what was read then that is read now."""
    told = _told(reading, finding)
    if not target.told:
        return 0.0
    return sum(told.get(name) == value for name, value in target.told.items()) / len(target.told)
