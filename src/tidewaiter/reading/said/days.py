"""When it was said: the day of the utterance, apart from that of publication and from what is talked about.

A time is the day of saying where it hangs on the cue, outside content and source, by one of these ways:

* directly: "said on Monday", "on Monday said", "told reporters Tuesday", "earlier this week said"; also where
  the parser hung it elsewhere, when only speaker or addressee stand between it and the cue;
* on the occasion: "in Tuesday's statement", "in a letter dated 3 May", "on the sidelines of the summit on
  Thursday", "at a briefing on Monday"; of a source that is a document, in the source: "according to a
  statement issued on Friday";
* on the verb that the cue is joined to or that leads to it: "visited Quito on Monday and said",
  "speaking Thursday, he said", "asked on Monday, he said", "declined on Monday to say", "toured the port on
  Monday, saying";
* of a noun cue, on what becomes of it: "the denial came on Monday".

"An interview published Sunday" was given on Sunday or before: ``[..2024-05-05]``.  What was seen, obtained or
cited on a day was not said that day, nor is a day told that something lasts to or from ("since Monday").
Two days ("on Monday and Tuesday") are none.  A dateline has the day of writing, and does not count.

Nothing is guessed: without such a time the day is None, unless the same speaker goes on from a dated
statement of the same paragraph (``going_on``), or adds something in the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.model import Span, Statement, TimeMention
from tidewaiter.reading.entities import Entities, starting_in
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.attribution import Attribution
from tidewaiter.reading.said.reporting import SPEAKING, kind_of

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_OCCASIONS = frozenset(
    {"address", "analysis", "announcement", "answer", "appearance", "article", "assessment"}
    | {"briefing", "broadcast", "bulletin", "cable", "call", "ceremony", "column", "comment"}
    | {"comments", "communique", "communiqué", "conclusion", "conference", "conversation", "debate"}
    | {"declaration", "dispatch", "editorial", "email", "event", "filing", "forum", "hearing"}
    | {"interview", "letter", "meeting", "memo", "message", "news", "note", "notice", "op-ed", "paper"}
    | {"poll", "post", "presser", "rally", "release", "remark", "remarks", "reply", "report"}
    | {"resolution", "response", "session", "sideline", "sidelines", "speech", "statement", "story"}
    | {"study", "summit", "survey", "talk", "talks", "telegram", "testimony", "tweet", "visit"}
    | {"warning"}
)
"""Nouns for what one speaks at or in."""
_MADE = frozenset(
    {"date", "deliver", "distribute", "file", "give", "hold", "issue", "make", "post", "record"}
    | {"release", "send", "sign", "submit", "tweet", "write"}
)
"""What happens to a statement, letter or speech on the day of its words."""
_CARRIED = frozenset({"air", "broadcast", "carry", "print", "publish", "run", "screen", "show"})
"""What happens to it on that day or later."""
_OWN_PAPERS = frozenset(
    {"analysis", "article", "bulletin", "column", "communique", "communiqué", "declaration"}
    | {"editorial", "notice", "op-ed", "paper", "poll", "report", "statement", "story", "study"}
    | {"survey"}
)
"""What is published by whoever speaks in it, on the day of its words."""
_LEADING = frozenset(
    {"address", "answer", "appear", "ask", "attend", "brief", "comment", "host", "meet", "post"}
    | {"press", "question", "quiz", "react", "receive", "reply", "respond", "speak", "talk", "testify"}
    | {"tour", "tweet", "visit", "welcome", "write"}
)
"""Verbs of a participle that leads to what is said: "speaking on Monday, he said"."""
_BECOMING = frozenset({"be", "come", "make", "issue", "release", "follow", "appear", "arrive", "deliver"})
"""Verbs of which a noun cue is the subject: "the denial came on Monday"."""
_LASTING = frozenset(
    {"after", "as", "before", "between", "beyond", "by", "following", "for", "from", "over", "past", "since"}
    | {"through", "throughout", "to", "toward", "towards", "until", "till", "within", "ahead", "prior", "of"}
)
"""Prepositions whose time is not when it was said."""
_TIME_PARTS = frozenset(
    {"advmod", "amod", "appos", "conj", "case", "compound", "dep", "det", "nmod", "npadvmod", "nummod", "obl"}
    | {"pobj", "poss", "prep", "punct", "quantmod", "tmod"}
)
_ADVERBIAL = frozenset({"npadvmod", "advmod", "tmod", "prep", "dep", "dobj", "attr", "nmod", "obl", "dative"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_VERBS = frozenset({"VERB", "AUX"})
_STEPS = 8
"""Words between a time and its cue in the parse, and noun phrases of an occasion within each other."""
_FILLING = re.compile(
    r"(?:\s|,|\b(?:also|again|late|later|early|earlier|on|in|has|had|have)\b)*", re.IGNORECASE
)
_RELATIVE = frozenset({"last", "next", "this", "today", "tonight", "tomorrow", "yesterday"})
_BREAK = re.compile(r"\n\s*")
_HE = frozenset({"he", "she"})
_ADDING = frozenset({"add", "continue", "go", "conclude", "stress", "note"})
_ELSEWHEN = frozenset(
    {"already", "always", "before", "consistently", "earlier", "ever", "frequently", "often", "once"}
    | {"previously", "recently", "repeatedly", "routinely", "since", "sometimes", "usually", "later", "long"}
)
"""Adverbs that put a saying at another time, or at many."""


@dataclass(frozen=True, slots=True)
class Day:
    """When something was said, and the words that tell it."""

    edtf: str
    span: Span


def said_on(parsed: Parsed, entities: Entities, one: Attribution) -> Day | None:
    """The day of an attribution's utterance; None where its sentence does not tell."""
    if one.cue_head is None:
        return None
    head = parsed.doc[one.cue_head]
    found: list[tuple[bool, Day]] = []
    for time in starting_in(entities.times, head.sent.start_char, head.sent.end_char):
        if time.edtf is None or _touches(time.span, one.content) or _is_title(parsed, time, head):
            continue
        edtf = _told(parsed, one, head, time)
        if edtf is not None:
            found.append((_is_day(edtf), Day(edtf, time.span)))
    return _one(found)


def _one(found: Sequence[tuple[bool, Day]]) -> Day | None:
    """The one day told; a day goes before a month or year, and two different days are none."""
    best = [day for exact, day in found if exact] or [day for _, day in found]
    return best[0] if len({day.edtf for day in best}) == 1 else None


def _is_day(edtf: str) -> bool:
    return re.fullmatch(r"[\dX]{4}-\d\d-\d\d\??", edtf) is not None


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _is_title(parsed: Parsed, time: TimeMention, head: Token) -> bool:
    """Whether "This Week" or "Today" is the name of a programme or paper: in capitals inside a sentence
    that has small letters."""
    words = parsed.text[time.span.start : time.span.end].split()
    inside = time.span.start > head.sent.start_char and any(map(str.islower, head.sent.text))
    return inside and words[0][0].isupper() and words[0].lower() in _RELATIVE


def _told(parsed: Parsed, one: Attribution, head: Token, time: TimeMention) -> str | None:
    """The time as EDTF where it is that of the saying."""
    tokens = parsed.tokens(time.span)
    if tokens is None or time.edtf is None or not len(tokens):
        return None
    top = _top(tokens.root)
    if top is None:
        return None
    if one.source is not None and _touches(time.span, one.source.spans):
        paper = parsed.doc[one.source.head]
        if not _is_occasion(paper):
            return None
        return time.edtf if top.head is paper else _by_making(paper, top.head, time.edtf)
    hanging = _hanging(head, top, time.edtf)
    if hanging is not None:
        return hanging
    return time.edtf if _is_beside(parsed, one, head, time) else None


def _top(token: Token) -> Token | None:
    """The highest word of the phrase that a time is ("late on Monday evening"); None when its preposition
    says that it is not when, but since when or until when."""
    for _ in range(_STEPS):
        above = token.head
        if token.pos_ in {"ADP", "SCONJ"} and token.lower_ in _LASTING:
            return token if token.lower_ in {"of", "from"} and _is_occasion(above) else None
        if above is token or token.dep_ not in _TIME_PARTS:
            return token
        named = above.ent_type_ in {"DATE", "TIME"} and above.pos_ not in _VERBS
        if token.dep_ != "pobj" and not named:
            return token
        token = above
    return token


def _hanging(head: Token, top: Token, edtf: str) -> str | None:
    """The time where its phrase hangs on the cue, on its occasion, or on a verb that shares its day."""
    above = _past_places(top.head)
    if above is top:
        return None
    if above is head or any(above is verb for verb in _sharing(head)):
        return edtf if top.dep_ in _ADVERBIAL or above is head else None
    if above.pos_ in _NOMINAL:
        return edtf if _is_occasion(above) and _reaches(above, head) else None
    paper = above.head
    if paper.pos_ in _NOMINAL and _is_occasion(paper) and _reaches(paper, head):
        return _by_making(paper, above, edtf)
    return None


def _past_places(token: Token) -> Token:
    """What a place hangs on, for the parser hangs times on places: "at a summit in Cairo on Thursday"."""
    named = token.pos_ == "PROPN" and token.dep_ == "pobj" and token.head.lower_ in {"in", "at"}
    return token.head.head if named else token


def _sharing(head: Token) -> Iterator[Token]:
    """Verbs on which the day of a cue may hang: those that it is the infinitive of or joined to, and the
    participles that lead to it; of a noun, the verb that tells what becomes of it."""
    if head.pos_ == "NOUN":
        above = head.head
        if above.pos_ in _VERBS and head.dep_ in {"nsubj", "nsubjpass"} and above.lemma_ in _BECOMING:
            yield above
        if above.pos_ in _VERBS and head.dep_ == "dobj" and above.lemma_ in _MADE:
            yield above
        return
    verb = head
    for _ in range(_STEPS):
        yield from (one for one in verb.children if _leads(one))
        above = verb.head
        joined = verb.dep_ == "conj" and above.i < verb.i and _is_same_tense(above, verb)
        raised = verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
        if above is verb or above.pos_ not in _VERBS or not (joined or (raised and above.i < verb.i)):
            return
        verb = above
        yield verb


def _leads(verb: Token) -> bool:
    return (
        verb.dep_ in {"advcl", "ccomp", "prep", "dep"}
        and verb.tag_ in {"VBG", "VBN"}
        and verb.lemma_.lower() in _LEADING
        and all(one.dep_ not in {"nsubj", "mark"} for one in verb.children)
    )


def _is_same_tense(one: Token, other: Token) -> bool:
    return one.tag_ == other.tag_ == "VBD"


def _is_occasion(noun: Token) -> bool:
    return noun.lemma_.lower() in _OCCASIONS or noun.lower_ in _OCCASIONS


def _reaches(noun: Token, head: Token) -> bool:
    """Whether a noun hangs on the cue by prepositions and other occasions: "in remarks at a summit"."""
    sharing = [head, *_sharing(head)]
    for _ in range(_STEPS):
        if noun.dep_ not in {"pobj", "dobj", "pcomp", "nsubj"} or noun.head is noun:
            return False
        joint = noun.head
        above = joint.head if joint.pos_ == "ADP" else joint
        if joint.pos_ == "ADP" and joint.lower_ in _LASTING - {"of", "after", "following"}:
            return False
        if any(above is verb for verb in sharing):
            return True
        if above.pos_ not in _NOMINAL or not _is_occasion(above):
            return False
        noun = above
    return False


def _by_making(paper: Token, verb: Token, edtf: str) -> str | None:
    """The time of "dated", "issued", "published" behind a document or occasion."""
    if verb.dep_ not in {"acl", "relcl", "amod", "advcl"}:
        return None
    done = verb.lemma_.lower()
    if done in _MADE or (done in _CARRIED and paper.lemma_.lower() in _OWN_PAPERS):
        return edtf
    return f"[..{edtf}]" if done in _CARRIED and _is_day(edtf) else None


def _is_beside(parsed: Parsed, one: Attribution, head: Token, time: TimeMention) -> bool:
    """Whether nothing stands between a time and the words of cue, speaker or addressee."""
    if head.pos_ not in _VERBS:
        return False
    text, spans = parsed.text, [*one.cue, *(one.source.spans if one.source is not None else ())]
    spans += [Span(to.idx, to.idx + len(to)) for to in head.rights if to.dep_ in {"dobj", "dative"}]
    before = [span for span in spans if span.end <= time.span.start]
    after = [span for span in spans if span.start >= time.span.end]
    if before and not _is_day(time.edtf or ""):
        return False
    # without words before: "On Monday Ana Ruiz said", of which parsers make a name
    start = max((span.end for span in before), default=head.sent.start_char)
    right = text[time.span.end : min(span.start for span in after)] if after else ""
    left = text[start : time.span.start]
    return _FILLING.fullmatch(left) is not None and _FILLING.fullmatch(right) is not None


# ------------------------------------------------------------------------------------ going on


def going_on(parsed: Parsed, found: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements, in order of the text, each without a day of its own taking that of the one before it
    when the same named speaker is at it: "On Monday X said ... He added ..."."""
    out: list[Statement] = []
    last: dict[str | None, Statement] = {}  # by the statement that holds them
    for statement in found:
        before = last.get(statement.within)
        if statement.said_on is None and before is not None and _goes_on(parsed, before, statement):
            statement = replace(statement, said_on=before.said_on, anchors=before.anchors)  # noqa: PLW2901
        last[statement.within] = statement
        out.append(statement)
    return tuple(out)


def _goes_on(parsed: Parsed, last: Statement, statement: Statement) -> bool:
    """Whether one statement is of the same speech as another before it: by the same speaker in the same
    paragraph, or, by "he" or "added", in the next."""
    if last.source is None or statement.source is None or last.source.name is None:
        return False
    if (last.source.name, last.source.actor) != (statement.source.name, statement.source.actor):
        return False
    kind = kind_of(parsed, statement)
    cue = [token for token in _cue_words(parsed, statement) if token.pos_ in _VERBS]
    if not cue or not (kind is None or kind in SPEAKING) or any(_is_elsewhen(verb) for verb in cue):
        return False
    breaks = _BREAK.findall(parsed.text[last.content.spans[-1].end : statement.content.spans[0].start])
    adds = statement.source.text.lower() in _HE or any(verb.lemma_.lower() in _ADDING for verb in cue)
    return not breaks or (len(breaks) == 1 and adds)


def _cue_words(parsed: Parsed, statement: Statement) -> list[Token]:
    spans = statement.cue.spans if statement.cue is not None else ()
    return [token for span in spans for token in parsed.tokens(span) or ()]


def _is_elsewhen(verb: Token) -> bool:
    """Whether a verb tells of another time, or of many: "had said", "has often said", "earlier said"."""
    return any(
        one.lower_ in _ELSEWHEN or (one.dep_ == "aux" and one.lower_ in {"had", "has", "have"})
        for one in verb.children
    )
