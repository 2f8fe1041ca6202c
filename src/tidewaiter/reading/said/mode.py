"""Direct, indirect, mixed: how a content is given.

PARC 3 (Pareti 2016, "PARC 3.0: A corpus of attribution relations") and PolNeAR (Newell, Margolin and Ruths
2018) tell them by the marks: a content wholly in quotation marks is *direct*, one without any *indirect*, one
partly in them *mixed*.  Two things are added, because a reader takes "direct" for somebody's very words:

*Marks that give nobody's words* do not count.  They stand around names (a ship, an operation, a title:
capitals throughout, or a noun or verb of naming before them) and around words held at arm's length: behind
"so-called", or a noun that is the subject or has "the", "its", "these" before it ("the “volunteers” had
left"); with an adjective only in single marks ("its ‘military aid’").  Other words, above all such as say
something of something, are somebody's: "the claims were “nonsense”", "a “barbaric” attack", "warned of
“grave consequences”", "a “significant number” of shells".  In a headline all are.

What somebody is called or described as is the caller's word, be it in capitals: 'called him "Mr. Mortar"'.

*Marks that are lost* are put back where the speaker says "I" or "we" in words that a comma or colon parts
from the cue ("The minister said: we will not pay"; "My office knew nothing, the minister said").  Reported
speech would have said "they".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import Mode, Span
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.attribution import Attribution
from tidewaiter.reading.said.quotes import SINGLE_MARKS, Quotation, home_of, inner, touching

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

FIRST_PERSON = frozenset({"i", "we", "our", "my", "us", "me", "ours", "mine"})
LONGEST_NAME = 8
"""Words of the longest title in capitals; the longest in our own examples has six."""
ARMS_LENGTH = 2
"""Words up to which a noun in marks may be held at arm's length; more words are somebody's."""
LINE = 300
"""Characters on each side of a mark that are looked at for capitals; headlines are shorter."""
_REACH = 40
"""Characters before a mark in which a word of naming is looked for."""

_SO_CALLED = re.compile(
    r"(?:so[- ]called|self[- ](?:styled|proclaimed|declared|described)|supposed|purported|ostensible)"
    r"\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"(?:code-?\s?named|named|nicknamed|dubbed|titled|entitled|known as|operations?|exercises?|ships?|"
    r"vessels?|tankers?|"
    r"freighters?|frigates?|submarines?|corvettes?|destroyers?|carriers?|cruisers?|trawlers?|ferr(?:y|ies)|yachts?|"
    r"boats?|films?|documentar(?:y|ies)|books?|novels?|songs?|magazines?|newspapers?|programmes?|programs?|"
    r"battalions?|brigades?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Words before a name in marks."""
_STOP = re.compile(r"[.?!…]['’)]*$")
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "their"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_SAYING_SOMETHING = frozenset({"attr", "acomp", "oprd", "amod", "advmod", "ROOT", "ccomp", "xcomp"})


def mode(parsed: Parsed, one: Attribution, quotations: Sequence[Quotation]) -> Mode:
    """How the content of an attribution is given; ``quotations`` are the outermost ones of the text."""
    text = parsed.text
    home = home_of(one.cue[0].start, quotations) if one.cue else None
    known = inner(text, home) if home is not None else quotations
    marked = [quotation for piece in one.content for quotation in touching(piece, known)]
    if not marked:
        return Mode.DIRECT if _has_lost_marks(parsed, one) else Mode.INDIRECT
    if _all_inside(text, one.content, known):
        whole = any(_words(text, quotation) > ARMS_LENGTH for quotation in marked)
        named = all(_is_called(text, quotation) for quotation in marked)
        return Mode.DIRECT if whole or not named else Mode.INDIRECT
    words = any(is_somebodys(parsed, quotation) for quotation in marked)
    if one.kind == "describe":
        words = words or not all(_is_called(text, quotation) for quotation in marked)
    return Mode.MIXED if words else Mode.INDIRECT


def _all_inside(text: str, content: Sequence[Span], quotations: Sequence[Quotation]) -> bool:
    """Whether no letter of the content stands outside the marks."""
    return not any(
        any(letter.isalnum() for letter in text[gap.start : gap.end])
        for piece in content
        for gap in _gaps(piece, [one.span for one in touching(piece, quotations)])
    )


def _gaps(piece: Span, marked: Iterable[Span]) -> Iterable[Span]:
    position = piece.start
    for span in marked:
        if span.end > piece.start and span.start < piece.end:
            yield Span(position, max(position, span.start))
            position = max(position, span.end)
    yield Span(position, max(position, piece.end))


def is_somebodys(parsed: Parsed, quotation: Quotation) -> bool:
    """Whether marks inside a sentence give somebody's words, rather than a name or a word held at arm's
    length."""
    return not (is_name(parsed.text, quotation) or _is_at_arms_length(parsed, quotation))


def is_name(text: str, quotation: Quotation) -> bool:
    """Whether words in marks are a name or title: capitals throughout in a sentence that has others, or a
    word of naming before them."""
    if _is_called(text, quotation):
        return True
    return is_title(text, quotation, shortest=1)


def is_title(text: str, quotation: Quotation, shortest: int = 2) -> bool:
    """Whether words in marks are written with capitals throughout, in a sentence that is not."""
    inside = _inside(text, quotation)
    if shortest > 1:
        inside = inside.rstrip(".")  # American printers put it before the mark
    words = re.findall(r"[^\W_][\w'’-]*", inside)
    if not shortest <= len(words) <= LONGEST_NAME or words == ["I"] or _STOP.search(inside):
        return False
    capitals = all(word[0].isupper() or word[0].isdigit() or word in _SMALL for word in words)
    return capitals and not words[0][0].islower() and not _in_capitals(text, quotation)


def _is_called(text: str, quotation: Quotation) -> bool:
    before = text[max(0, quotation.span.start - _REACH) : quotation.span.start].rpartition("\n")[2]
    words = _inside(text, quotation).lstrip()
    if _SO_CALLED.search(before) or _SO_CALLED.fullmatch(words + " "):
        return True
    first = words[:1]
    return bool(_NAMING.search(before)) and (first.isupper() or first.isdigit())


def _in_capitals(text: str, quotation: Quotation) -> bool:
    """Whether the words around it are a headline in which every word has a capital, or nothing is around."""
    start, end = quotation.span
    before = text[max(0, start - LINE) : start].rpartition("\n")[2]
    around = before + " " + text[end : end + LINE].partition("\n")[0]
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", around) if word.lower() not in _SMALL]
    capitals = sum(1 for word in words if word[0].isupper())
    return capitals * 3 > len(words) * 2


def _is_at_arms_length(parsed: Parsed, quotation: Quotation) -> bool:
    text = parsed.text
    if _words(text, quotation) > ARMS_LENGTH or _STOP.search(_inside(text, quotation)):
        return False
    if _in_capitals(text, quotation):
        return False
    tokens = [token for token in parsed.tokens(quotation.inside) or () if not token.is_punct]
    if not tokens or any(token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"} for token in tokens):
        return False
    head = tokens[-1]
    single = text[quotation.span.start] in SINGLE_MARKS
    if len(tokens) > 1 and not single and any(token.pos_ == "ADJ" for token in tokens):
        return False
    if head.pos_ not in {"NOUN", "PROPN"} or head.dep_ in _SAYING_SOMETHING:
        return False
    return head.dep_ in _SUBJECTS or _before(parsed, tokens[0]).lower() in _POINTING


def _before(parsed: Parsed, token: Token) -> str:
    """The word before a token, marks left aside."""
    at = token.i - 1
    while at >= 0 and parsed.doc[at].is_punct:
        at -= 1
    return parsed.doc[at].text if at >= 0 else ""


def _inside(text: str, quotation: Quotation) -> str:
    return text[quotation.inside.start : quotation.inside.end].rstrip(" ,")


def _words(text: str, quotation: Quotation) -> int:
    return len(_inside(text, quotation).split())


def _has_lost_marks(parsed: Parsed, one: Attribution) -> bool:
    """Whether the content, parted from the cue by a comma or colon, has its speaker say "I" or "we"."""
    text, first, last = parsed.text, one.content[0].start, one.content[-1].end
    if not one.cue or not any(map(str.isalpha, text[one.cue[0].start : one.cue[-1].end])):
        return False
    before, after = text[max(0, first - _REACH) : first].rstrip(), text[last : last + _REACH].lstrip()
    told_before = one.cue[0].start < first
    comma_follows = after.startswith(",") or text[last - 1] == ","
    if not (before.endswith((":", ",")) if told_before else comma_follows):
        return False
    tokens = [token for piece in one.content for token in parsed.tokens(piece) or ()]
    if told_before and tokens and tokens[0].lower_ in {"that", "whether", "if"}:
        return False
    return any(token.lower_ in FIRST_PERSON and token.text != "US" for token in tokens)
