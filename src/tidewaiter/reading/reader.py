"""Reading one document: the sequence of analysers, each one module with one function."""

from __future__ import annotations

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import BY_RULES, Document, Reading
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
from tidewaiter.reading.said.attribution import Maker
from tidewaiter.reading.said.rules import by_rules
from tidewaiter.reading.said.statements import find_statements
from tidewaiter.reading.said.tagged import by_tagger
from tidewaiter.reading.said.tagger import model as tagger
from tidewaiter.reading.what.quantities import find_quantities
from tidewaiter.reading.what.weapons import find_weapons
from tidewaiter.reading.when.times import find_times
from tidewaiter.reading.who.actors import find_actors

RULES_VERSION = "5"
"""Raised by hand whenever a rule in reading changes what is found."""


def reader_version(knowledge: Knowledge, *, by_rules_alone: bool = False) -> str:
    """What made a reading: version of the rules, models and tables.  A reading made by another
    version is made again.

    Raises ``ModelError`` when the attribution weights are damaged.
    """
    weights = None if by_rules_alone else tagger.installed()
    if weights is None:
        attribution = BY_RULES
    else:
        card = tagger.card(weights)
        attribution = f"attribution {card.name} {card.digest}"
    return f"rules {RULES_VERSION}; {MODEL} {MODEL_VERSION}; {attribution}; tables {knowledge.digest}"


def has_tagger() -> bool:
    """Whether the attribution weights are installed; where they are not, rules find who said what."""
    return tagger.installed() is not None


def read(document: Document, knowledge: Knowledge, *, by_rules_alone: bool = False) -> Reading:
    """Everything that one document says, by itself.  Pure: the same document, tables and models give
    the same reading whatever else is read before or beside it.

    ``by_rules_alone``: find who said what without the tagger, as where its weights are not installed.
    Raises ``ModelError`` when the language model is missing, or the attribution weights are damaged.
    """
    return read_parsed(parse(document, knowledge), by_rules_alone=by_rules_alone)


def read_parsed(parsed: Parsed, *, by_rules_alone: bool = False) -> Reading:
    """The same, of a document that is parsed already."""
    document, knowledge = parsed.document, parsed.knowledge
    times, weapons = find_times(parsed), find_weapons(parsed)
    entities = Entities(
        actors=find_actors(parsed),
        times=times,
        quantities=find_quantities(parsed, times, weapons),
        weapons=weapons,
    )
    statements = find_statements(parsed, entities, _maker(by_rules_alone))
    drafts = complete(name_speakers(Drafter(parsed, entities).drafts(), statements), knowledge)
    drafts = with_returns(parsed, entities, fill_exchanges(parsed, drafts))
    told = account(document.id, drafts)
    told = add_exchanges(parsed, add_routes(parsed, entities, told))
    return Reading(
        document=document.id,
        reader=reader_version(knowledge, by_rules_alone=by_rules_alone),
        statements=statements,
        mentions=to_mentions(told.drafts, told.transfer_of),
        transfers=told.transfers,
        claims=find_claims(parsed, entities, statements, told),
        responses=find_responses(parsed, entities, statements, told.transfers),
        events=find_events(parsed, entities, statements),
    )


def _maker(by_rules_alone: bool) -> Maker:
    loaded = None if by_rules_alone else tagger.load()
    return by_rules if loaded is None else by_tagger(loaded)
