"""What a tagger marked word by word, made whole by the parse: a content may stop in the middle of a phrase
("sanctions on the maker of the"), or go on over the end of a paragraph; of two who speak it may take one
("[Belgium] and Uganda denied")."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.model import Span
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.quotes import Quotation, touching
from tidewaiter.reading.said.reporting import cue_at, lexicon
from tidewaiter.reading.tokens import Token

_BEFORE_NOUN = frozenset({"amod", "compound", "det", "nmod", "nummod", "poss", "predet", "quantmod"})
"""Dependencies of words on the noun behind them."""
_OPENING = frozenset({"WDT", "WP", "WRB", "IN"})
"""Tags of words that open a clause."""
_CLAUSAL = frozenset({"advmod", "dobj", "mark", "nsubj", "nsubjpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_AGAINST = frozenset({"deny", "doubt", "condemn"})
"""Classes of cue of those who do not stand by the papers that they speak of."""
_LONGEST = 40
"""Tokens that are added at most: a clause of that length is a parser's mistake."""


def mended(
    parsed: Parsed, content: Sequence[Span], others: Sequence[Span], quotations: Sequence[Quotation]
) -> list[Span]:
    """The pieces of a content, each in one paragraph unless a quotation leads over its end, and to the end of
    the phrase that it stops in; ``others``: source and cue, which are never taken in."""
    home = others[0].start if others else content[0].start
    pieces = [part for piece in content for part in _in_paragraph(parsed.text, piece, home, quotations)]
    if (rest := _behind_aside(parsed, pieces, others)) is not None:
        return [*pieces, rest]
    starts = sorted(one.start for one in (*others, *pieces))
    return [_whole(parsed, _whole(parsed, piece, starts), starts) for piece in pieces]  # phrase, then clause


def _behind_aside(parsed: Parsed, pieces: Sequence[Span], others: Sequence[Span]) -> Span | None:
    """What is said goes on behind who says it: "[A], as B alleges, [sent rifles to C]", where only the
    subject is marked."""
    tokens = parsed.tokens(pieces[0]) if len(pieces) == 1 and others else None
    top = _top(list(tokens)) if tokens else None
    if top is None or top.dep_ not in _SUBJECTS or tokens is None:
        return None
    verb, last = top.head, max(one.end for one in others)
    aside = min(one.start for one in others) >= pieces[0].end and verb.idx > last
    if not aside or verb.sent.start_char != top.sent.start_char or parsed.doc[tokens[-1].i + 1].text != ",":
        return None
    behind = [one for one in _in_order(verb) if one.idx >= last and not one.is_punct]
    return Span(behind[0].idx, behind[-1].idx + len(behind[-1])) if behind else None


def all_who_speak(parsed: Parsed, source: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The pieces of a source, the last one to the end of the list of subjects that it begins; ``others``: cue
    and content, which are never taken in."""
    if not source:
        return []
    piece = max(source)
    tokens = parsed.tokens(piece)
    top = None if not tokens else _top(list(tokens))
    if top is None or top.dep_ not in _SUBJECTS:
        return list(source)
    limit = min((one.start for one in others if one.start >= piece.end), default=len(parsed.text))
    last, end = top, piece.end
    for _ in range(_LONGEST):
        following = next((one for one in last.children if _goes_on(last, one)), None)
        if following is None or following.idx + len(following) > limit:
            break
        last, end = following, max(end, following.idx + len(following))
    return [*(one for one in source if one != piece), Span(piece.start, end)]


def who_acts(parsed: Parsed, source: Sequence[Span], cue: Sequence[Span]) -> list[Span]:
    """The pieces of a source; where others are marked, who stands behind the "by" that ends a cue ("that it
    sold arms, as B alleges, was denied by [A]"), or the papers that are denied ("A denied [papers]
    saying")."""
    tokens = parsed.tokens(max(cue)) if cue else None
    last = tokens[-1] if tokens else None
    if last is not None and source and (paper := _denied_paper(parsed, last, source)) is not None:
        return [_noun_phrase(paper)]
    if last is None or last.lower_ != "by" or last.dep_ not in ("agent", "prep"):
        return list(source)
    if last.head.tag_ != "VBN" or any(one.start >= last.idx for one in source):
        return list(source)
    agent = next((one for one in last.children if one.dep_ == "pobj" and one.pos_ in _NOMINAL), None)
    if agent is None:
        return list(source)
    return [_noun_phrase(agent)]


def _noun_phrase(noun: Token) -> Span:
    """A noun with the words before it."""
    own = [noun, *(one for one in noun.children if one.dep_ in _BEFORE_NOUN and one.i < noun.i)]
    return Span(min(one.idx for one in own), noun.idx + len(noun))


def _denied_paper(parsed: Parsed, participle: Token, source: Sequence[Span]) -> Token | None:
    """The papers in "A denied papers saying that it sold arms", where A is marked: what they say is not what
    A says."""
    paper = participle.head
    if (participle.tag_, participle.dep_, paper.dep_) != ("VBG", "acl", "dobj"):
        return None
    cue = cue_at(paper.head, lexicon(parsed.knowledge))
    before = all(one.end <= paper.head.idx for one in source)
    return paper if cue is not None and cue.entry.kind in _AGAINST and before else None


def _goes_on(one: Token, other: Token) -> bool:
    return other.dep_ == "conj" and other.i > one.i and other.pos_ in _NOMINAL


def _in_paragraph(text: str, piece: Span, home: int, quotations: Sequence[Quotation]) -> list[Span]:
    """The piece cut at line ends; without quotation marks only what is in the cue's paragraph stays."""
    if "\n" not in text[piece.start : piece.end].strip():
        return [piece]
    lines: list[Span] = []
    start = piece.start
    for line in text[piece.start : piece.end].splitlines(keepends=True):
        if line.strip():
            lines.append(Span(start, start + len(line.rstrip())))
        start += len(line)
    kept = [
        one
        for one in lines
        if "\n" not in text[min(one.start, home) : max(one.start, home)] or touching(one, quotations)
    ]
    return kept or lines[:1]


def _whole(parsed: Parsed, piece: Span, starts: Sequence[int]) -> Span:
    tokens = parsed.tokens(piece)
    if tokens is None or not len(tokens):
        return piece
    last = tokens[-1]
    limit = next((start for start in starts if start > piece.start), len(parsed.text))
    for phrase in (_phrase(last), _clause(list(tokens))):
        ends = [one for one in phrase if last.i < one.i <= last.i + _LONGEST and one.idx + len(one) <= limit]
        words = [one for one in ends if not one.is_punct]
        if words:
            return Span(piece.start, words[-1].idx + len(words[-1]))
    return piece


def _phrase(last: Token) -> Sequence[Token]:
    """The tokens of the phrase that ``last`` begins or stands in; none when it may end one."""
    if last.head.i <= last.i or last.head.sent.start_char != last.sent.start_char:
        return ()
    if last.dep_ in _BEFORE_NOUN:
        return (last.head,)
    if last.tag_ in _OPENING and last.dep_ in _CLAUSAL:
        return _in_order(last.head)
    return ()


def _clause(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens of the clause of which there is only the subject: "[two of the ships] had left"."""
    top = _top(tokens)
    if top is None or top.dep_ not in _SUBJECTS or top.head.i <= tokens[-1].i:
        return ()
    return _in_order(top.head)


def _top(tokens: Sequence[Token]) -> Token | None:
    """The first of the tokens that hangs on none of them."""
    return next((one for one in tokens if not tokens[0].i <= one.head.i <= tokens[-1].i), None)


def _in_order(head: Token) -> Sequence[Token]:
    return sorted(head.subtree, key=lambda one: one.i)
