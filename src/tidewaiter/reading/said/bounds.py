"""Where quotations that lack a mark begin and end, by the parse.

The marks alone let a quotation whose closing mark is lost run to its paragraph's end.  But whoever
tells it comes back: "“We never left, Haddad said.  The mayor said ..." ends before ", Haddad said".  A
few words set in a sentence ("a “gift from heaven and left") end with that sentence.  A quotation whose
opening mark is lost begins behind the cue that tells it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.model import Span
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.complements import content, subject
from tidewaiter.reading.said.mode import FIRST_PERSON
from tidewaiter.reading.said.quotes import Quotation, find_quotations
from tidewaiter.reading.said.reporting import SPEAKING, Cue, cue_at, lexicon

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_TENSED = frozenset({"VBD", "VBZ", "VBP"})
_QUOTED = frozenset({"clause", "quote"})
_BREAKS = frozenset({",", "?", "!", "…", "—", "–", "."})
_INTRODUCING = ',:;.?!—–-("“”'
_SENTENCE_END = re.compile(r"[.?!](?=\s)")
_REACH = 40
LONGEST_SPEAKER = 12
"""Tokens of a speaker's name and title between a quotation and its cue, or before a cue."""


def quotations_of(parsed: Parsed) -> tuple[Quotation, ...]:
    """The outermost quotations of a document, in order, never overlapping."""
    found = find_quotations(parsed.text)
    following = [*(one.continues for one in found[1:]), False]
    out = []
    for one, goes_on in zip(found, following, strict=False):
        if not one.closed and not goes_on and not one.continues:
            out.append(_ended(parsed, one))
        elif not one.opened and not one.continues:
            out.append(_begun(parsed, one))
        else:
            out.append(one)
    return tuple(one for one in out if one.inside.start < one.inside.end)


def _ended(parsed: Parsed, one: Quotation) -> Quotation:
    """A quotation without its closing mark, ended where somebody else tells on."""
    ends = [end for cue in _cues(parsed, one.inside) if (end := _told_after(cue, one)) is not None][:1]
    if _is_set_in(parsed, one):
        ends += [stop.start() for stop in _SENTENCE_END.finditer(parsed.text, *one.inside)][:1]
    end = min(ends, default=None)
    if end is None:
        return one
    return replace(one, span=Span(one.span.start, end), inside=Span(one.inside.start, end))


def _begun(parsed: Parsed, one: Quotation) -> Quotation:
    """A quotation without its opening mark, begun behind the cue that tells it; not where a comma before the
    closing mark says that its teller follows."""
    if parsed.text[one.inside.end - 1] == ",":
        return one
    for cue in _cues(parsed, one.inside):
        told = [i for i in content(cue) if i > cue.head.i]
        start = parsed.doc[min(told)].idx if told else cue.head.idx + len(cue.head)
        if start < one.inside.end:
            return replace(one, span=Span(start, one.span.end), inside=Span(start, one.inside.end))
        break
    return one


def _cues(parsed: Parsed, span: Span) -> Iterator[Cue]:
    """The verbs of saying in a stretch that have a speaker of their own other than "I" or "we"."""
    words = lexicon(parsed.knowledge)
    for token in parsed.tokens(span) or ():
        if token.tag_ not in _TENSED or token.idx < span.start:
            continue
        cue = cue_at(token, words)
        if cue is None or cue.entry.kind not in SPEAKING or not cue.entry.frames & _QUOTED:
            continue
        if _has_speaker(cue):
            yield cue


def _has_speaker(cue: Cue) -> bool:
    who = subject(cue)
    head = cue.head.doc[who.head] if who is not None else None
    return head is not None and head.lower_ not in FIRST_PERSON | {"you"} and cue.head.dep_ != "relcl"


def _told_after(cue: Cue, one: Quotation) -> int | None:
    """Where the words before a cue end: at a comma or stop with only the speaker between; None when the
    cue is itself what is quoted."""
    who = subject(cue)
    before = [i for i in who.words if i < cue.head.i] if who is not None else []
    first = min([cue.head.i, *(word.i for word in cue.words), *before])
    if cue.head.i - first > LONGEST_SPEAKER or first == 0:
        return None
    mark: Token = cue.head.doc[first - 1]
    if mark.text not in _BREAKS or mark.idx < one.inside.start:
        return None
    return mark.idx + len(mark)


def _is_set_in(parsed: Parsed, one: Quotation) -> bool:
    """Whether the opening mark stands inside a clause, not where somebody begins to speak."""
    start = one.span.start
    before = parsed.text[max(0, start - _REACH) : start].rpartition("\n")[2].rstrip()
    if not before or before[-1] in _INTRODUCING:
        return False
    index = parsed.doc.index_at(start - 1)
    cue = cue_at(parsed.doc[index], lexicon(parsed.knowledge)) if index is not None else None
    return cue is None or not cue.entry.frames & _QUOTED
