"""The claims of one document: voices, their stances, one claim for each."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import Claim, Statement
from tidewaiter.reading.deals.claims.answers import answers
from tidewaiter.reading.deals.claims.echoes import echoes
from tidewaiter.reading.deals.claims.hearing import Hearing
from tidewaiter.reading.deals.claims.merging import merged
from tidewaiter.reading.deals.claims.originators import originators
from tidewaiter.reading.deals.claims.silences import silences
from tidewaiter.reading.deals.claims.stances import stands_on_mentions
from tidewaiter.reading.deals.claims.unmarked import before_colons, cited, unmarked_voices
from tidewaiter.reading.deals.claims.voices import find_voices
from tidewaiter.reading.deals.mentions import covers
from tidewaiter.reading.deals.transfers import Account
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed


def find_claims(
    parsed: Parsed,
    entities: Entities,
    statements: Sequence[Statement],
    told: Account,
) -> tuple[Claim, ...]:
    """The claims of a document, in order of their first words: one for each speaker, stance and
    reported transfer."""
    if not told.transfers:
        return ()
    hearing = Hearing(parsed, entities, told)
    quoted = list(before_colons(hearing))
    marked = [
        voice
        for voice in find_voices(hearing, statements)
        if not any(covers(voice.content, one.content[0].start + 1) for one in quoted)
    ]
    voices = cited(hearing, [*marked, *quoted, *unmarked_voices(hearing, statements)])
    stands = [*stands_on_mentions(hearing, voices), *answers(hearing, voices), *silences(hearing, voices)]
    stands += echoes(hearing, voices, stands)
    return merged([*stands, *originators(hearing, stands)], hearing)
