"""Who said what, in which words.

``find_statements`` reads attribution relations (source, cue, content; PARC 3, PolNeAR) by rule from
the dependency parse and the table of reporting cues, in this order:

1. each cue with the content and subject that the parse gives it (``reporting``, ``complements``);
2. contents made to fit the quotation marks, which know better than the parser where words begin and
   end (``quotes``);
3. quotations that no cue has taken go on from the last speaker;
4. headlines ("Iran sent drones, US says"; "US: ...");
5. sources resolved to actors (``speakers``), statements inside others, days of saying.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tidewaiter.model import Mode, Part, Source, Span, Spans, Statement, TimeMention
from tidewaiter.reading.entities import Entities, within
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.places import Places
from tidewaiter.reading.said import speakers
from tidewaiter.reading.said.complements import runs, subtree
from tidewaiter.reading.said.headlines import headlines
from tidewaiter.reading.said.quotes import Quotation, find_quotations, home_of, touching
from tidewaiter.reading.said.quoting import fitted, with_quotations
from tidewaiter.reading.said.sayings import Saying, find_sayings

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
_FIRST_PERSON = frozenset({"i", "we", "our", "my", "us", "me"})


def find_statements(parsed: Parsed, entities: Entities) -> tuple[Statement, ...]:
    """The statements of a document, in order of the text, with ids ``s1``, ``s2``, ...

    A statement always has a content; source or cue are None where the text has none ("it was
    reported", a headline's colon).  Several speakers named together are one source.
    """
    quotations = find_quotations(parsed.text)
    sayings = [fitted(parsed, saying, quotations) for saying in find_sayings(parsed, quotations)]
    sayings = with_quotations(parsed, sayings, quotations)
    sayings = _kept([saying for saying in sayings if saying.content], quotations)
    found = [_statement(parsed, entities, saying, quotations) for saying in sayings]
    found += headlines(parsed, entities, found)
    return _dated(parsed, _resolved(_numbered(found)))


def _kept(sayings: Sequence[Saying], quotations: Sequence[Quotation]) -> list[Saying]:
    """Without attitudes told inside what somebody else says, and, in quotation marks, without all that
    commits nobody."""
    contents = Places()
    contents.add_all(saying.content for saying in sayings)

    def near(saying: Saying) -> list[Saying]:
        start = saying.cue.head.idx
        return [sayings[number] for number in contents.near(Span(start, start + 1))]

    return [saying for saying in sayings if _counts(saying, near(saying), quotations)]


def _counts(saying: Saying, around: Sequence[Saying], quotations: Sequence[Quotation]) -> bool:
    kind, place = saying.cue.entry.kind, saying.cue.head.idx
    if home_of(place, quotations) is not None:
        return kind in _COMMITTING and saying.subject is not None
    if kind not in _ATTITUDES:
        return True
    held = any(
        piece.start <= place < piece.end for other in around if other is not saying for piece in other.content
    )
    return not held


# -------------------------------------------------------------------------------------- statements


def _statement(
    parsed: Parsed, entities: Entities, saying: Saying, quotations: Sequence[Quotation]
) -> Statement:
    text = parsed.text
    spans = saying.content
    cue_spans = runs(parsed.doc, saying.cue_words)
    source = _source(parsed, entities, saying)
    time = _said_on(parsed, entities, saying)
    return Statement(
        id="",
        mode=_mode(spans, quotations),
        source=source,
        cue=Part(speakers.words_of(text, cue_spans), cue_spans) if cue_spans else None,
        content=Part(speakers.words_of(text, spans), spans),
        said_on=time.edtf if time else None,
        negated=saying.cue.negated or _nobody(parsed, saying),
        anchors={"said_on": (time.span,)} if time else {},
    )


def _nobody(parsed: Parsed, saying: Saying) -> bool:
    """Whether the speaker is nobody: "neither replied", "no official confirmed"."""
    if saying.subject is None:
        return False
    words = [parsed.doc[i].lower_ for i in sorted(saying.subject.words)][:1]
    return bool(words) and words[0] in {"neither", "none", "nobody", "no"}


def _source(parsed: Parsed, entities: Entities, saying: Saying) -> Source | None:
    if saying.subject is None:
        return None
    source = speakers.source(parsed, entities, saying.subject)
    if source is None:
        return None
    via = speakers.relays(entities, saying.cue) if saying.cue.entry.pos == "verb" else ()
    relay = speakers.source(parsed, entities, saying.relayed) if saying.relayed is not None else None
    if relay is not None and relay.name is not None:
        via = (relay.name, *(one for one in via if one != relay.name))
    return replace(source, via=via)


def _mode(spans: Spans, quotations: Sequence[Quotation]) -> Mode:
    marked = [
        one.span
        for one in touching(Span(spans[0].start, max(span.end for span in spans)), quotations)
        if any(piece.start <= one.span.start and one.span.end <= piece.end for piece in spans)
    ]
    if marked and marked[0].start == spans[0].start and marked[-1].end == spans[-1].end:
        return Mode.DIRECT
    return Mode.MIXED if marked else Mode.INDIRECT


def _said_on(parsed: Parsed, entities: Entities, saying: Saying) -> TimeMention | None:
    """The time that hangs on the cue itself, outside content and source."""
    verb = saying.cue.head
    own = subtree(verb) - saying.words - (saying.subject.words if saying.subject else frozenset())
    for time in within(entities.times, Span(verb.sent.start_char, verb.sent.end_char)):
        tokens = parsed.tokens(time.span)
        if time.edtf is not None and tokens is not None and all(token.i in own for token in tokens):
            return time
    return None


def _dated(parsed: Parsed, found: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, each without a day of its own taking that of the one before it in its paragraph
    when the same named speaker is at it: "On Monday X said ... He added ..."."""
    out: list[Statement] = []
    for statement in found:
        last = next((one for one in reversed(out) if one.within == statement.within), None)
        if statement.said_on is None and last is not None and _goes_on(parsed.text, last, statement):
            statement = replace(statement, said_on=last.said_on, anchors=last.anchors)  # noqa: PLW2901
        out.append(statement)
    return tuple(out)


def _goes_on(text: str, last: Statement, statement: Statement) -> bool:
    if last.source is None or statement.source is None or last.source.name is None:
        return False
    between = text[last.content.spans[-1].end : statement.content.spans[0].start]
    same = (last.source.name, last.source.actor) == (statement.source.name, statement.source.actor)
    return same and "\n" not in between


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
    if source.text.lower() in _FIRST_PERSON:
        return replace(
            statement,
            source=replace(source, name=outer.name, role=outer.role, actor=outer.actor, via=outer.via),
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
