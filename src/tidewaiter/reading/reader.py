"""Reading one document: the sequence of analysers, each one module with one function."""

from __future__ import annotations

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Document, Reading
from tidewaiter.reading.deals.claims import find_claims
from tidewaiter.reading.deals.completion import complete, name_speakers
from tidewaiter.reading.deals.drafts import Drafter
from tidewaiter.reading.deals.exchanges import add_exchanges, fill_exchanges, with_returns
from tidewaiter.reading.deals.mentions import to_mentions
from tidewaiter.reading.deals.routes import add_routes
from tidewaiter.reading.deals.transfers import account
from tidewaiter.reading.deeds.events import find_events
from tidewaiter.reading.deeds.responses import find_responses
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import MODEL, MODEL_VERSION, Parsed, parse
from tidewaiter.reading.said.statements import find_statements
from tidewaiter.reading.what.quantities import find_quantities
from tidewaiter.reading.what.weapons import find_weapons
from tidewaiter.reading.when.times import find_times
from tidewaiter.reading.who.actors import find_actors

RULES_VERSION = "1"
"""Raised by hand whenever a rule in reading changes what is found."""


def reader_version(knowledge: Knowledge) -> str:
    """What made a reading: version of the rules, model and tables.  A reading made by another
    version is made again."""
    return f"rules {RULES_VERSION}; {MODEL} {MODEL_VERSION}; tables {knowledge.digest}"


def read(document: Document, knowledge: Knowledge) -> Reading:
    """Everything that one document says, by itself.  Pure: the same document, tables and model give
    the same reading whatever else is read before or beside it.

    Raises ``ModelError`` when the language model is missing.
    """
    return read_parsed(parse(document, knowledge))


def read_parsed(parsed: Parsed) -> Reading:
    """The same, of a document that is parsed already."""
    document, knowledge = parsed.document, parsed.knowledge
    times, weapons = find_times(parsed), find_weapons(parsed)
    entities = Entities(
        actors=find_actors(parsed),
        times=times,
        quantities=find_quantities(parsed, times, weapons),
        weapons=weapons,
    )
    statements = find_statements(parsed, entities)
    drafts = complete(name_speakers(Drafter(parsed, entities).drafts(), statements), knowledge)
    drafts = with_returns(parsed, entities, fill_exchanges(parsed, drafts))
    told = account(document.id, drafts)
    told = add_exchanges(parsed, add_routes(parsed, entities, told))
    return Reading(
        document=document.id,
        reader=reader_version(knowledge),
        statements=statements,
        mentions=to_mentions(told.drafts, told.transfer_of),
        transfers=told.transfers,
        claims=find_claims(parsed, entities, statements, told),
        responses=find_responses(parsed, entities, statements, told.transfers),
        events=find_events(parsed, entities, statements),
    )
