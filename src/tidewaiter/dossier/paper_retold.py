"""Utterances that several reports retell, as blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tidewaiter.characters import whole_quote
from tidewaiter.dossier.blocks import Block, Heading, Line, Paragraph, Table, Words
from tidewaiter.dossier.retellings import DRIFT_WORDS, Retelling, Retold
from tidewaiter.dossier.views import DossierView
from tidewaiter.model import Drift
from tidewaiter.wording import name_of, quoted, speaker_words, spoken

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
    for one in told.shown:
        yield Heading(2, _title(one), one.id, small=True)
        rows = []
        for index, telling in enumerate(one.tellings):
            variant = telling.variant
            source = view.source(variant.citation.document)
            name = variant.citation.document if source is None else source.called
            changed = "likeliest wording" if index == 0 else _changes(telling)
            words = (Words(whole_quote(variant.citation.quote), "quote"), *cite([variant.citation]))
            rows.append(((Words(name),), words, (Words(changed),)))
        yield Table(("Report", "Words", "What changed"), tuple(rows), (1.3, 2.9, 3.0))
        yield Paragraph((Words(one.utterance.why),), "quiet")
    if told.left_out:
        yield Paragraph((Words(f"{told.left_out} more in the export."),), "quiet")


def _title(one: Retold) -> str:
    speaker = one.utterance.speaker
    who = speaker_words(speaker, name_of(speaker.actor) if speaker.actor else None)
    day = f", {spoken(one.utterance.day)}" if one.utterance.day else ""
    return f"{who}{day}, in {one.reports} reports"


def _changes(telling: Retelling) -> str:
    found = (f"{DRIFT_WORDS[kind]}: {'; '.join(map(_change, changes))}" for kind, changes in telling.changes)
    return ". ".join(found) or "nothing found"


def _change(drift: Drift) -> str:
    before = quoted(drift.original) if drift.original else ""
    after = quoted(drift.variant) if drift.variant else ""
    return f"{before} became {after}" if before and after else before or after
