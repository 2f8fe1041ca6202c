"""Changes in words: Markdown, and lines for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tidewaiter.characters import unmarked
from tidewaiter.model import Change, ChangeKind, Citation
from tidewaiter.wording import quoted, spoken

KIND_WORDS: Mapping[ChangeKind, str] = {
    ChangeKind.APPEARED: "new",
    ChangeKind.STAGE: "stage",
    ChangeKind.RECEIVED: "received",
    ChangeKind.USED: "used",
    ChangeKind.ORIGIN_GAINED: "one origin more",
    ChangeKind.ORIGIN_LOST: "one origin less",
    ChangeKind.DENIED: "denied",
    ChangeKind.DOUBTED: "doubted",
    ChangeKind.REVISED: "revised",
    ChangeKind.SUPERSEDED: "superseded",
    ChangeKind.CONTRADICTED: "contradicted",
    ChangeKind.ANSWERED: "denial answered",
    ChangeKind.QUESTION_OPENED: "question opened",
    ChangeKind.QUESTION_CLOSED: "question closed",
    ChangeKind.RESPONSE: "response",
    ChangeKind.RESPONSE_STATUS: "response, next step",
    ChangeKind.MEASURE: "measure",
    ChangeKind.MERGED: "merged",
    ChangeKind.SPLIT: "split",
    ChangeKind.WITHDRAWN: "no longer told",
}

SHOWN_QUOTES = 2
"""Passages shown under a change; what more there are, is counted."""
QUOTE_LENGTH = 240
"""Characters of a passage that are shown: two or three sentences of a report."""

NO_ROW = "Not about one transfer"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the changes are shown with."""

    titles: Mapping[str, str] = field(default_factory=dict)  # transfers in words, by register id
    sources: Mapping[str, str] = field(default_factory=dict)  # of documents, by id


def markdown(changes: Iterable[Change], around: Surroundings, level: int = 2) -> Iterator[str]:
    """Lines of Markdown, the changes of each transfer under a heading of this level."""
    for name, found in _by_transfer(changes):
        yield f"{'#' * level} {unmarked(_title(name, around))}"
        yield ""
        for one in found:
            yield f"- **{KIND_WORDS[one.kind]}**{_day(one)}: {unmarked(_sentence(one, around))}{_turn(one)}"
            for quote, source in _quotes(one, around):
                yield f"  - {unmarked(quote)} ({unmarked(source)})"
            if rest := _unshown(one):
                yield f"  - and {rest} more"
        yield ""


def plain_text(changes: Iterable[Change], around: Surroundings) -> Iterator[str]:
    """Lines of plain text, the changes of each transfer under its title."""
    for name, found in _by_transfer(changes):
        yield _title(name, around)
        for one in found:
            yield f"  {KIND_WORDS[one.kind]}{_day(one)}: {_sentence(one, around)}{_turn(one)}"
            for quote, source in _quotes(one, around):
                yield f"      {quote} ({source})"
            if rest := _unshown(one):
                yield f"      and {rest} more"


def _by_transfer(changes: Iterable[Change]) -> Iterator[tuple[str | None, Sequence[Change]]]:
    for name, found in groupby(changes, key=lambda one: one.transfer):
        yield name, list(found)


def _title(name: str | None, around: Surroundings) -> str:
    if name is None:
        return NO_ROW
    title = around.titles.get(name)
    return name if title is None else f"{title} ({name})"


def _sentence(change: Change, around: Surroundings) -> str:
    """The sentence without the transfer at its end, under whose heading it stands."""
    return change.text.removesuffix(f": {around.titles.get(change.transfer or '')}")


def _day(change: Change) -> str:
    return "" if change.on is None else f", {spoken(change.on)}"


def _turn(change: Change) -> str:
    """From what to what, where that is not what the sentence says."""
    if change.kind is not ChangeKind.STAGE or change.before is None:
        return ""
    return f" [before: {change.before}]"


def _quotes(change: Change, around: Surroundings) -> Iterator[tuple[str, str]]:
    for one in change.citations[:SHOWN_QUOTES]:
        yield quoted(_short(one)), around.sources.get(one.document, one.document)


def _unshown(change: Change) -> int:
    return max(0, len(change.citations) - SHOWN_QUOTES)


def _short(citation: Citation) -> str:
    words = " ".join(citation.quote.split())
    return words if len(words) <= QUOTE_LENGTH else words[: QUOTE_LENGTH - 4].rsplit(" ", 1)[0] + " ..."
