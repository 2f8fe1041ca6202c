"""Entities set by hand, so that a test of one analyser does not depend on the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tidewaiter.model import (
    ActorForm,
    ActorKind,
    ActorMention,
    Category,
    Mode,
    Part,
    ReportedTransfer,
    Source,
    Span,
    Stage,
    Statement,
    TimeMention,
    WeaponMention,
)
from tidewaiter.reading.entities import Entities

ORGANISATIONS = frozenset({"UN", "EU", "NATO"})


def places(text: str, words: Iterable[str]) -> Iterator[tuple[str, Span]]:
    """Every place of every word, longest word first, none inside another."""
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    if alternatives:
        for found in re.finditer(rf"(?<!\w)(?:{alternatives})(?!\w)", text):
            yield found[0], Span(*found.span())


def entities(
    text: str,
    actors: Mapping[str, str],
    weapons: Iterable[str] = ("rifle", "rifles", "drone", "drones", "missiles", "arms", "weapons"),
    times: Mapping[str, str] | None = None,
) -> Entities:
    """Actors by word and code, weapons by word, times by word and EDTF string."""
    times = times or {}
    return Entities(
        actors=tuple(
            ActorMention(
                span,
                ActorKind.ORGANISATION if actors[word] in ORGANISATIONS else ActorKind.STATE,
                ActorForm.NAME,
                actors[word],
                word,
            )
            for word, span in places(text, actors)
        ),
        times=tuple(TimeMention(span, times[word]) for word, span in places(text, times)),
        weapons=tuple(
            WeaponMention(span, span, Category.UNSPECIFIED_ARMS, word) for word, span in places(text, weapons)
        ),
    )


def statement(text: str, content: str, source: str, actor: str | None, *, negated: bool = False) -> Statement:
    """``source``, who speaks for ``actor``, is made to say ``content``."""

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    return Statement(
        id="s1",
        mode=Mode.INDIRECT,
        source=Source(source, (span(source),), name=source, actor=actor),
        cue=None,
        content=Part(content, (span(content),)),
        negated=negated,
    )


def transfer(text: str, supplier: str, supplier_words: str, recipient: str) -> ReportedTransfer:
    """A reported transfer whose supplier is named by ``supplier_words``."""
    start = text.index(supplier_words)
    return ReportedTransfer(
        id=f"r-{supplier}-{recipient}",
        supplier=supplier,
        recipient=recipient,
        category=Category.UNSPECIFIED_ARMS,
        item=None,
        quantity=None,
        stage=Stage.SHIPPED,
        outcome=None,
        when=None,
        route=None,
        in_exchange_for=None,
        mentions=(),
        anchors={"supplier": (Span(start, start + len(supplier_words)),)},
    )
