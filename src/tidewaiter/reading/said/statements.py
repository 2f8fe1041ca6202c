"""Who said what, in which words.

``find_statements`` makes statements of attribution relations (source, cue, content; PARC 3, PolNeAR), in
this order:

1. a maker finds attributions: the rules (``rules``), or whatever marks source, cue and content (``marked``);
2. contents are made to fit the quotation marks, which know better than a parser where words begin and end,
   and quotations that no cue has taken go on from the last speaker (``quoting``);
3. what a rule finds inside the words of another, and that commits nobody, is left out;
4. headlines ("Iran sent drones, US says"; "US: ...");
5. sources are resolved to actors (``speakers``), statements inside others and days of saying found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.model import Part, Source, Statement
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.places import Places
from tidewaiter.reading.said import speakers
from tidewaiter.reading.said.attribution import Attribution, FoundBy, Maker, Who
from tidewaiter.reading.said.bounds import quotations_of
from tidewaiter.reading.said.cast import settled
from tidewaiter.reading.said.days import going_on, said_on
from tidewaiter.reading.said.headlines import headlines
from tidewaiter.reading.said.mode import FIRST_PERSON, mode
from tidewaiter.reading.said.quotes import Quotation, home_of
from tidewaiter.reading.said.quoting import cue_place, with_quotations
from tidewaiter.reading.said.rules import by_rules

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_ATTITUDES = frozenset(
    {"believe", "know", "want", "show", "agree", "describe", "praise", "cite", "ask", "promise", "threaten"}
    | {"demand", "condemn"}
)
"""Classes that make no statement of their own inside what somebody else says: in "officials said the
junta had agreed to buy tanks" the junta says nothing."""
_COMMITTING = frozenset(
    {"deny", "confirm", "admit", "doubt", "accuse", "claim", "decline", "condemn", "demand"}
)
"""Classes that count inside quotation marks: "We deny having sold anything"."""


def find_statements(parsed: Parsed, entities: Entities, maker: Maker = by_rules) -> tuple[Statement, ...]:
    """The statements of a document, in order of the text, with ids ``s1``, ``s2``, ...

    A statement always has a content; source or cue are None where the text has none ("it was
    reported", a headline's colon).  Several speakers named together are one source.
    """
    quotations = quotations_of(parsed)
    found = with_quotations(parsed, maker(parsed, quotations), quotations)
    found = _kept(parsed, [one for one in found if one.content], quotations)
    found += headlines(parsed, entities, found)
    statements = [_statement(parsed, entities, one, quotations) for one in found]
    return going_on(parsed, _resolved(settled(parsed, entities, _numbered(statements))))


def _kept(parsed: Parsed, found: Sequence[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Without attitudes that a rule finds inside what somebody else says, and, in quotation marks, without
    all that commits nobody."""
    contents = Places()
    contents.add_all(one.content for one in found)

    def counts(one: Attribution) -> bool:
        cue = cue_place(parsed, one)
        if one.found_by is not FoundBy.RULES or cue is None:
            return True
        if home_of(cue.start, quotations) is not None:
            return one.kind in _COMMITTING and one.source is not None
        around = (found[number] for number in contents.near(cue))
        return one.kind not in _ATTITUDES or not any(
            piece.start <= cue.start < piece.end
            for other in around
            if other is not one
            for piece in other.content
        )

    return [one for one in found if counts(one)]


# -------------------------------------------------------------------------------------- statements


def _statement(
    parsed: Parsed, entities: Entities, one: Attribution, quotations: Sequence[Quotation]
) -> Statement:
    text = parsed.text
    day = said_on(parsed, entities, one)
    return Statement(
        id="",
        mode=mode(parsed, one, quotations),
        source=_source(parsed, entities, one),
        cue=Part(speakers.words_of(text, one.cue), one.cue) if one.cue else None,
        content=Part(speakers.words_of(text, one.content), one.content),
        said_on=day.edtf if day else None,
        negated=one.negated,
        anchors={"said_on": (day.span,)} if day else {},
    )


def _source(parsed: Parsed, entities: Entities, one: Attribution) -> Source | None:
    if one.source is None:
        return None
    source = _named(parsed, entities, one.source)
    verb = _verb(parsed, one)
    via = speakers.relays(parsed, entities, verb) if verb is not None else ()
    relay = _named(parsed, entities, one.relay) if one.relay is not None else None
    if relay is not None and relay.name is not None:
        via = (relay.name, *(name for name in via if name != relay.name))
    return replace(source, via=tuple(dict.fromkeys((*via, *source.via))))


def _named(parsed: Parsed, entities: Entities, who: Who) -> Source:
    return speakers.source_at(parsed, entities, who.spans, who.head)


def _verb(parsed: Parsed, one: Attribution) -> Token | None:
    """The verb of the cue, on which the addressee and the medium hang; None for other cues."""
    if one.cue_head is None:
        return None
    head = parsed.doc[one.cue_head]
    other = one.entry is not None and one.entry.pos in {"adverb", "preposition"}
    return head if head.pos_ in {"VERB", "AUX"} and not other else None


def _numbered(found: Sequence[Statement]) -> tuple[Statement, ...]:
    """In order of the text, each with its id and that of the statement it stands in."""
    ordered = sorted(found, key=_place)
    named = [replace(one, id=f"s{number}") for number, one in enumerate(ordered, 1)]
    contents = Places()
    contents.add_all(one.content.spans for one in named)
    return tuple(
        replace(one, within=_holder(one, [named[number] for number in contents.near(one.content.spans[0])]))
        for one in named
    )


def _place(statement: Statement) -> tuple[int, int]:
    """Where a statement begins, its speaker left aside (several may share one); longer ones first."""
    spans = [*(statement.cue.spans if statement.cue else ()), *statement.content.spans]
    return min(span.start for span in spans), -max(span.end for span in spans)


def _resolved(found: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with what only the one around them tells: who "we" is, and who relays."""
    by_id: dict[str, Statement] = {}
    holders = {one.id: one.within for one in found}
    for statement in sorted(found, key=lambda one: _depth(one, holders)):
        holder = by_id.get(statement.within or "")
        by_id[statement.id] = _heard(statement, holder)
    return tuple(by_id[statement.id] for statement in found)


def _depth(statement: Statement, holders: Mapping[str, str | None]) -> int:
    depth, above = 0, statement.within
    while above is not None and depth < len(holders):
        depth, above = depth + 1, holders[above]
    return depth


def _heard(statement: Statement, holder: Statement | None) -> Statement:
    source = statement.source
    if holder is None or holder.source is None or source is None:
        return statement
    outer = holder.source
    if source.text.lower() in FIRST_PERSON:
        return replace(
            statement,
            source=replace(outer, text=source.text, spans=source.spans),
        )
    if outer.name is None or outer.name == source.name:
        return statement
    via = (*outer.via, outer.name)
    return replace(
        statement, source=replace(source, via=(*via, *(one for one in source.via if one not in via)))
    )


def _holder(statement: Statement, others: Sequence[Statement]) -> str | None:
    """The id of the smallest content that holds the statement's cue and content."""
    own = [*(statement.cue.spans if statement.cue else ()), *statement.content.spans]
    holders = [
        (sum(span.end - span.start for span in other.content.spans), other.id)
        for other in others
        if other.id != statement.id
        and all(
            any(piece.start <= span.start and span.end <= piece.end for piece in other.content.spans)
            for span in own
        )
    ]
    return min(holders)[1] if holders else None
