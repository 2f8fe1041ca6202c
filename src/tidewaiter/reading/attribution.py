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

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.model import Mode, Part, Span, Spans, Statement, TimeMention
from tidewaiter.reading import speakers
from tidewaiter.reading.complements import Subject, child, content, noun_subject, runs, subject, subtree
from tidewaiter.reading.entities import Entities, within
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.quotes import Quotation, find_quotations, has_marks
from tidewaiter.reading.reporting import Cue, find_cues, lemma, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKING = frozenset(
    {"say", "tell", "report", "announce", "reveal", "claim", "admit", "confirm", "deny", "doubt", "accuse"}
    | {"condemn", "praise", "describe", "predict", "promise", "threaten", "warn", "demand", "ask", "cite"}
    | {"estimate", "decline"}
)
"""Classes of cue that are acts of saying; the others (believe, want, know, show) are attitudes."""
RELAYING = frozenset({"say", "tell", "report", "announce", "reveal", "claim", "confirm", "cite"})
"""Classes whose speaker passes on what another said."""
NEAR = 90
"""Characters between a quotation and a cue that may take it, with the speaker's name and title; the
longest in our own examples is 70."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement in the making."""

    cue: Cue
    cue_words: frozenset[int]
    subject: Subject | None
    words: frozenset[int]  # tokens of the content, by the parse
    content: Spans = ()
    via: tuple[str, ...] = ()
    governor: int | None = None  # token of the cue that lends its speaker: "said ..., adding ..."


def find_statements(parsed: Parsed, entities: Entities) -> tuple[Statement, ...]:
    """The statements of a document, in order of the text, with ids ``s1``, ``s2``, ...

    A statement always has a content; source or cue are None where the text has none ("it was
    reported", a headline's colon).  Several speakers named together are one source.
    """
    quotations = find_quotations(parsed.text)
    drafts = _drafts(parsed, entities)
    drafts = [_fitted(parsed, draft, quotations) for draft in drafts]
    drafts = _with_quotations(parsed, drafts, quotations)
    drafts = [draft for draft in drafts if draft.content]
    found = [_statement(parsed, entities, draft) for draft in drafts]
    return _numbered(found)


# ------------------------------------------------------------------------------- cues and contents


def _drafts(parsed: Parsed, entities: Entities) -> list[Draft]:
    cues = [
        cue for cue in find_cues(parsed.doc, lexicon(parsed.knowledge)) if not _inside_decline(cue, parsed)
    ]
    by_head = {cue.head.i: cue for cue in cues}
    drafts = [draft for cue in cues if (draft := _draft(entities, cue, by_head)) is not None]
    return _without_participles(drafts)


def _inside_decline(cue: Cue, parsed: Parsed) -> bool:
    """Whether a verb is only what another cue's speaker declines, promises or wants to do."""
    verb = cue.head
    if cue.entry.pos != "verb" or verb.dep_ != "xcomp" or child(verb, "nsubj") is not None:
        return False
    above = lexicon(parsed.knowledge).verbs.get(lemma(verb.head), ())
    return any("inf" in entry.frames for entry in above)


def _draft(entities: Entities, cue: Cue, by_head: dict[int, Cue]) -> Draft | None:
    words = frozenset(word.i for word in cue.words)
    if cue.entry.pos == "noun":
        found = noun_subject(cue)
        who, joined = found if found is not None else (None, frozenset())
        body = content(cue)
        if found is None or not body:
            return None
        return Draft(cue, words | joined, who, body)
    if cue.entry.pos == "adverb":
        return Draft(cue, words, None, content(cue))
    if cue.entry.pos == "preposition":
        named = child(cue.words[-1], "pobj")
        if named is None:
            return None
        return Draft(cue, words, Subject(subtree(named), named.i), content(cue))
    governor = _governor(cue, by_head)
    who = subject(by_head[governor]) if governor is not None else subject(cue)
    return Draft(cue, words, who, content(cue), via=speakers.relays(entities, cue), governor=governor)


def _governor(cue: Cue, by_head: dict[int, Cue]) -> int | None:
    """The cue whose speaker a participle shares: "said ..., adding that ..."."""
    verb = cue.head
    if (
        verb.tag_ != "VBG"
        or verb.dep_ not in {"advcl", "ccomp", "xcomp", "conj", "dep", "acl"}
        or child(verb, "nsubj")
    ):
        return None
    if verb.i == 0 or verb.nbor(-1).text not in {",", "”", '"', "—", "and", "then", "also", "while"}:
        return None
    for above in verb.ancestors:
        other = by_head.get(above.i)
        if (
            other is not None
            and other.entry.pos == "verb"
            and other.entry.kind in SPEAKING
            and subject(other) is not None
        ):
            return above.i
    return None


def _without_participles(drafts: list[Draft]) -> list[Draft]:
    """Takes "adding that ..." out of the content of the cue that lends its speaker."""
    hanging: dict[int, frozenset[int]] = {}
    for draft in drafts:
        if draft.governor is not None and draft.words:
            hanging[draft.governor] = hanging.get(draft.governor, frozenset()) | subtree(draft.cue.head)
    return [
        replace(draft, words=draft.words - hanging[draft.cue.head.i])
        if draft.cue.head.i in hanging
        else draft
        for draft in drafts
    ]


# --------------------------------------------------------------------------------- quotation marks


def _fitted(parsed: Parsed, draft: Draft, quotations: Sequence[Quotation]) -> Draft:
    """The draft with its content as spans that respect the quotation marks."""
    spans = runs(parsed.doc, draft.words)
    position = draft.cue.head.idx
    home = next((one.span for one in quotations if one.span.start <= position < one.span.end), None)
    if home is not None:
        inner = Span(home.start + 1, home.end - 1)
        return replace(draft, content=tuple(cut for span in spans if (cut := _clip(span, inner)) is not None))
    return replace(draft, content=_grown(spans, quotations))


def _clip(span: Span, inside: Span) -> Span | None:
    cut = Span(max(span.start, inside.start), min(span.end, inside.end))
    return cut if cut.start < cut.end else None


def _grown(spans: Spans, quotations: Sequence[Quotation]) -> Spans:
    """The spans, each with the whole of the quotations that it touches."""
    grown = []
    for span in spans:
        touched = [one.span for one in quotations if one.span.start < span.end and span.start < one.span.end]
        grown.append(
            Span(
                min([span.start, *(one.start for one in touched)]),
                max([span.end, *(one.end for one in touched)]),
            )
        )
    return _merged(grown)


def _merged(spans: Iterable[Span]) -> Spans:
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _with_quotations(parsed: Parsed, drafts: list[Draft], quotations: Sequence[Quotation]) -> list[Draft]:
    """Gives quotations that no content has taken to the cue beside them, else to the last speaker."""
    out = list(drafts)
    for quotation in quotations:
        if _taken(quotation, out) or not _is_speech(parsed.text, quotation):
            continue
        index = _beside(parsed, out, quotation)
        if index is None:
            index = _continued(parsed, out, quotation)
        if index is not None:
            out[index] = replace(out[index], content=_merged([*out[index].content, quotation.span]))
    return out


def _taken(quotation: Quotation, drafts: Sequence[Draft]) -> bool:
    span = quotation.span
    return any(
        piece.start < span.end and span.start < piece.end and not span.start <= draft.cue.head.idx < span.end
        for draft in drafts
        for piece in draft.content
    )


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Whether a quotation is something said, not a title or a word held at arm's length."""
    words = text[quotation.span.start : quotation.span.end]
    return len(words.split()) >= 3 or words.rstrip("\"”'’»")[-1:] in ",.?!"


def _beside(parsed: Parsed, drafts: Sequence[Draft], quotation: Quotation) -> int | None:
    """The cue without a content next to a quotation, in its sentence or at its edge."""
    best: tuple[int, int] | None = None
    for index, draft in enumerate(drafts):
        if draft.content or draft.cue.entry.pos != "verb" or not draft.cue.entry.frames & {"clause", "quote"}:
            continue
        gap = _gap(parsed.text, draft.cue.head, quotation.span)
        if gap is not None and (best is None or gap < best[0]):
            best = (gap, index)
    return best[1] if best else None


def _gap(text: str, verb: Token, span: Span) -> int | None:
    """Characters between a cue and a quotation; None when too many, or when a sentence ends there."""
    after = verb.idx >= span.end
    between = text[span.end : verb.idx] if after else text[verb.idx + len(verb) : span.start]
    if verb.idx < span.end and not verb.idx < span.start:
        return None
    if len(between) > NEAR or "\n" in between or any(stop in between for stop in (". ", "? ", "! ")):
        return None
    return len(between)


def _continued(parsed: Parsed, drafts: Sequence[Draft], quotation: Quotation) -> int | None:
    """The draft that a quotation goes on with: the last one before it that is quoted, when nothing but
    its own cue, or a paragraph's end, stands between."""
    start = quotation.span.start
    before = [
        (max(draft.content[-1].end, draft.cue.head.idx + len(draft.cue.head)), index)
        for index, draft in enumerate(drafts)
        if draft.content
        and draft.content[-1].end <= start
        and draft.cue.head.idx < start
        and draft.cue.entry.kind in SPEAKING
    ]
    if not before:
        return None
    end, index = max(before)
    between = parsed.text[end:start]
    if any(letter.isalnum() for letter in between) and not _only_speaker(parsed, drafts[index], end, start):
        return None
    return (
        index
        if has_marks(parsed.text[drafts[index].content[-1].start : drafts[index].content[-1].end])
        else None
    )


def _only_speaker(parsed: Parsed, draft: Draft, start: int, end: int) -> bool:
    """Whether what stands between is the rest of the cue's own sentence ("said Kirby on Tuesday.")."""
    sentence = draft.cue.head.sent
    rest = parsed.text[max(start, sentence.end_char) : end]
    return not any(letter.isalnum() for letter in rest) and "\n" not in parsed.text[start:end]


# -------------------------------------------------------------------------------------- statements


def _statement(parsed: Parsed, entities: Entities, draft: Draft) -> Statement:
    text = parsed.text
    spans = draft.content
    cue_spans = runs(parsed.doc, draft.cue_words)
    source = speakers.source(parsed, entities, draft.subject) if draft.subject is not None else None
    if source is not None and draft.via:
        source = replace(source, via=draft.via)
    time = _said_on(parsed, entities, draft)
    return Statement(
        id="",
        mode=_mode(text, spans),
        source=source,
        cue=Part(speakers.words_of(text, cue_spans), cue_spans) if cue_spans else None,
        content=Part(speakers.words_of(text, spans), spans),
        said_on=time.edtf if time else None,
        negated=draft.cue.negated,
        anchors={"said_on": (time.span,)} if time else {},
    )


def _mode(text: str, spans: Spans) -> Mode:
    pieces = [text[span.start : span.end].strip() for span in spans]
    if all(has_marks(piece[:2]) and has_marks(piece[-3:]) for piece in pieces):
        return Mode.DIRECT
    return Mode.MIXED if any(has_marks(piece) for piece in pieces) else Mode.INDIRECT


def _said_on(parsed: Parsed, entities: Entities, draft: Draft) -> TimeMention | None:
    """The time that hangs on the cue itself, outside content and source."""
    verb = draft.cue.head
    own = subtree(verb) - draft.words - (draft.subject.words if draft.subject else frozenset())
    for time in within(entities.times, Span(verb.sent.start_char, verb.sent.end_char)):
        tokens = parsed.tokens(time.span)
        if time.edtf is not None and tokens is not None and all(token.i in own for token in tokens):
            return time
    return None


def _numbered(found: Sequence[Statement]) -> tuple[Statement, ...]:
    """In order of the text, each with its id and that of the statement it stands in."""
    ordered = sorted(found, key=_place)
    named = [replace(one, id=f"s{number}") for number, one in enumerate(ordered, 1)]
    return tuple(replace(one, within=_holder(one, named)) for one in named)


def _place(statement: Statement) -> tuple[int, int]:
    parts = [part for part in (statement.source, statement.cue, statement.content) if part is not None]
    spans = [span for part in parts for span in part.spans]
    return min(span.start for span in spans), -max(span.end for span in spans)


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
