"""Who "we" and "us" are: whoever is quoted there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tidewaiter.model import Statement
from tidewaiter.reading.deals.drafts import Draft
from tidewaiter.reading.deals.parties import Party
from tidewaiter.reading.places import Places


def name_speakers(drafts: Sequence[Draft], statements: Sequence[Statement]) -> tuple[Draft, ...]:
    """ "We sent them rifles": whoever is quoted there is put in for "we", where the phrase itself was
    left open."""
    contents = Places()
    contents.add_all(statement.content.spans for statement in statements)
    return tuple(
        _name_speaker(draft, [statements[number] for number in contents.near(draft.trigger)])
        if draft.speaker
        else draft
        for draft in drafts
    )


def _name_speaker(draft: Draft, statements: Sequence[Statement]) -> Draft:
    """The draft with the source of the first statement that holds it, where the speaker's part is open."""
    party = draft.supplier if draft.speaker == "supplier" else draft.recipient
    if party is not None:
        return draft
    for statement in statements:
        source = statement.source
        spoken = any(start <= draft.trigger.start < end for start, end in statement.content.spans)
        if spoken and source is not None and source.actor is not None:
            return _with_speaker(draft, Party(source.actor, source.spans[0], certain=False))
    return draft


def _with_speaker(draft: Draft, party: Party) -> Draft:
    """The draft with the party in the speaker's part, unless it stands on the other side already."""
    other = draft.recipient if draft.speaker == "supplier" else draft.supplier
    if other is not None and other.code == party.code:
        return draft
    if draft.speaker == "supplier":
        return replace(draft, supplier=party)
    return replace(draft, recipient=party)
