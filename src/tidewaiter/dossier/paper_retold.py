"""Utterances that several reports retell, as blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tidewaiter.characters import shown_quote
from tidewaiter.dossier.blocks import Block, Heading, Line, Paragraph, Table, Words
from tidewaiter.dossier.counting import joined
from tidewaiter.dossier.retellings import DRIFT_WORDS, Retelling, Retold
from tidewaiter.dossier.views import DossierView
from tidewaiter.model import Drift
from tidewaiter.wording import capital, name_of, quoted, speaker_words, spoken

NOTE = (
    "What one speaker said on one occasion, as several reports tell it. The wording that is likeliest the"
    " original stands first."
)


def retold_blocks(view: DossierView, cite: Callable[..., Line]) -> Iterator[Block]:
    """The section; nothing where nothing is retold."""
    told = view.retellings
    if not told.shown:
        return
    yield Heading(1, "Said once, told many times", "retold")
    yield Paragraph((Words(NOTE),), "quiet")
    alike = [one for one in told.shown if not any(telling.changes for telling in one.tellings)]
    for one in told.shown:
        if one in alike:
            continue
        yield Heading(2, _title(one), one.id, small=True)
        rows = []
        for index, telling in enumerate(one.tellings):
            variant = telling.variant
            source = view.source(variant.citation.document)
            name = variant.citation.document if source is None else source.called
            changed = "likeliest wording" if index == 0 else _changes(telling)
            words = (Words(shown_quote(variant.citation.quote), "quote"), *cite([variant.citation]))
            rows.append(((Words(name),), words, (Words(changed),)))
        yield Table(("Report", "Words", "What changed"), tuple(rows), (1.3, 2.9, 3.0))
        yield Paragraph((Words(one.utterance.why),), "quiet")
    if alike:
        yield Heading(2, "Told without a change", "told-alike", small=True)
        unchanged = tuple(tuple(_alike(one, view, cite)) for one in alike)
        yield Table(
            ("Said by, and when", "Words", "In which reports, and why it is one saying"),
            unchanged,
            (1.8, 2.6, 2.8),
        )
    if told.left_out:
        yield Paragraph((Words(f"{told.left_out} more in the export."),), "quiet")


def _alike(one: Retold, view: DossierView, cite: Callable[..., Line]) -> Iterator[Line]:
    variants = [telling.variant for telling in one.tellings]
    names = dict.fromkeys(
        name if source is None else source.called
        for name in (variant.citation.document for variant in variants)
        for source in [view.source(name)]
    )
    speaker = one.utterance.speaker
    who = speaker_words(speaker, name_of(speaker.actor) if speaker.actor else None)
    yield (Words(f"{who}, {spoken(one.utterance.day)}" if one.utterance.day else who),)
    yield (
        Words(shown_quote(variants[0].citation.quote), "quote"),
        *cite([variant.citation for variant in variants]),
    )
    yield Words(f"{joined(tuple(names))}. "), Words(one.utterance.why, "quiet")


def _title(one: Retold) -> str:
    speaker = one.utterance.speaker
    who = speaker_words(speaker, name_of(speaker.actor) if speaker.actor else None)
    day = f", {spoken(one.utterance.day)}" if one.utterance.day else ""
    return f"{who}{day}, in {one.reports} reports"


def _changes(telling: Retelling) -> str:
    found = (
        f"{capital(DRIFT_WORDS[kind])}: {'; '.join(map(_change, changes))}"
        for kind, changes in telling.changes
    )
    return " ".join(f"{one}." for one in found) or "nothing found"


def _change(drift: Drift) -> str:
    before = quoted(drift.original) if drift.original else ""
    after = quoted(drift.variant) if drift.variant else ""
    return f"{before} became {after}" if before and after else before or after
