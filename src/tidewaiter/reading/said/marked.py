"""Attributions of spans: from the characters that somebody marked as source, cue and content to an
``Attribution``, with what the parse and the table of reporting cues say of them.

The cue may be anything: a verb or noun that no table has ("scoffed that", "his parting shot"), a phrase
("made it plain"), a colon.  What is read from the parse is asked of the words themselves, not of a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from tidewaiter.model import Span, Spans
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.attribution import Attribution, FoundBy, Who
from tidewaiter.reading.said.complements import child
from tidewaiter.reading.said.quotes import Quotation
from tidewaiter.reading.said.quoting import fitted, merged
from tidewaiter.reading.said.reporting import (
    NEGATIONS,
    NOBODY,
    Entry,
    Lexicon,
    cue_at,
    helpers,
    lemma,
    lexicon,
    ruling,
)

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_VERBS = frozenset({"VERB", "AUX"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_DEPENDENT = frozenset({"xcomp", "pcomp", "prep", "acomp"})
"""Dependencies of a verb on what keeps it from being done: "failed to say", "stopped short of saying"."""
_HIGHEST = 4
"""Governors looked at above a cue for a word that negates it: "did not want to be seen to confirm"."""
_NOT_SAID = NEGATIONS | {"nothing"}
"""Words inside a cue by which something is not said: "did not say", "said nothing of"."""
_WITHHOLDING = frozenset({"avoid", "fail", "forget", "hesitate", "neglect", "omit", "stop"})
"""Verbs besides those of class decline of which an infinitive or gerund is not said: "failed to mention"."""


def from_spans(
    parsed: Parsed,
    quotations: Sequence[Quotation],
    *,
    source: Iterable[Span] = (),
    cue: Iterable[Span] = (),
    content: Iterable[Span],
    found_by: FoundBy = FoundBy.TAGGER,
) -> Attribution | None:
    """The attribution whose source, cue and content stand at these places, in any order, of the text.

    Overlapping spans of one role are joined, white space at their edges is left out, and the content is
    made to fit the quotation marks.  None when no content is left.
    """
    what, how = _tidy(parsed.text, content), _tidy(parsed.text, cue)
    head, entry = _cue(parsed, how)
    place = Span(head.idx, head.idx + len(head)) if head is not None else next(iter(how), None)
    what = fitted(what, place, quotations)
    if not what:
        return None
    who = _who(parsed, _tidy(parsed.text, source), head)
    return Attribution(
        content=what,
        cue=how,
        source=who,
        cue_head=head.i if head is not None else None,
        entry=entry,
        negated=_negated(parsed, how, head) or _is_nobody(parsed, who),
        found_by=found_by,
    )


def _tidy(text: str, spans: Iterable[Span]) -> Spans:
    """The spans in order, inside the text, without white space at their edges."""
    return merged(bare for span in spans if (bare := _bare(text, span)) is not None)


def _bare(text: str, span: Span) -> Span | None:
    words = text[max(span.start, 0) : max(span.end, 0)]
    start = max(span.start, 0) + len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if start < end else None


def _tokens(parsed: Parsed, spans: Spans) -> list[Token]:
    return [token for span in spans for token in parsed.tokens(span) or () if not token.is_space]


# ----------------------------------------------------------------------------------------- the cue


def _cue(parsed: Parsed, spans: Spans) -> tuple[Token | None, Entry | None]:
    """The token that the cue's clause hangs on, and the row that says what kind of saying it is.

    The clause hangs on the highest verb of the cue, else on its highest word.
    """
    tokens = [token for token in _tokens(parsed, spans) if not token.is_punct]
    if not tokens:
        return None, None
    words = lexicon(parsed.knowledge)
    known = [cue for token in tokens if (cue := cue_at(token, words)) is not None]
    verbs = [token for token in tokens if token.pos_ in _VERBS]
    counting = ruling(known)
    return _top(verbs or [cue.head for cue in known] or tokens), counting.entry if counting else None


def _top(tokens: Sequence[Token]) -> Token:
    """The token that stands highest in its tree; the first of several."""
    return min(tokens, key=lambda token: sum(1 for _ in token.ancestors))


def _negated(parsed: Parsed, spans: Spans, head: Token | None) -> bool:
    """Whether the words say that something is not said, by a "not" or by a verb of withholding."""
    cue = [token for token in _tokens(parsed, spans) if not token.is_punct]
    if any(token.lower_ in _NOT_SAID and not _only_follows(token) for token in cue):
        return True
    if any(token.lower_ == "yet" and token.nbor(1).lower_ == "to" for token in cue[:-1]):
        return True  # "has yet to explain"
    words = lexicon(parsed.knowledge)
    told = [token for token in cue if token.dep_ != "prep"]  # "according to" stands outside what it tells
    return any(_is_withheld(token, words) for token in told if token is head or token.pos_ in _VERBS)


def _only_follows(negation: Token) -> bool:
    """Whether more is said, not less: "not only said"."""
    after = negation.doc[negation.i + 1 : negation.i + 2]
    return any(token.lower_ in {"only", "just", "merely"} for token in after)


def _is_withheld(verb: Token, words: Lexicon) -> bool:
    """Whether a verb is negated, or one that it hangs on keeps it from being done."""
    if any(word.lower_ in NEGATIONS and not _only_follows(word) for word in helpers(verb)):
        return True
    for above in islice(verb.ancestors, _HIGHEST):
        if verb.dep_ not in _DEPENDENT or verb.i < above.i:
            return False
        if above.lower_ == "without" or _withholds(above, words):
            return True
        if any(one.lower_ in NEGATIONS for one in above.children):
            return True
        verb = above
    return False


def _withholds(verb: Token, words: Lexicon) -> bool:
    if verb.pos_ not in _VERBS:
        return False
    return lemma(verb) in _WITHHOLDING or any(
        row.kind == "decline" for row in words.verbs.get(lemma(verb), ())
    )


# --------------------------------------------------------------------------------------- the source


def _who(parsed: Parsed, spans: Spans, cue: Token | None) -> Who | None:
    """The words of a source, with the noun that they stand for."""
    tokens = [token for token in _tokens(parsed, spans) if not token.is_punct]
    if not tokens:
        return None
    head = _top(tokens)
    if head.pos_ == "ADP":
        head = child(head, "pobj") or head
    nouns = [token for token in tokens if token.pos_ in _NOMINAL]
    if head.pos_ not in _NOMINAL and nouns:
        head = _top(nouns)
    clause = cue if cue is not None else head.head
    if head.lower_ in _RELATIVES and clause.dep_ == "relcl":
        head = clause.head
    return Who(spans, head.i)


def _is_nobody(parsed: Parsed, who: Who | None) -> bool:
    """Whether a source is nobody: "neither", "no official"; the "no" may stand outside the marked words."""
    if who is None:
        return False
    first = _tokens(parsed, who.spans)[0]
    head = parsed.doc[who.head]
    before = (one for one in head.children if one.dep_ in {"det", "preconj", "cc"} and one.i < head.i)
    return first.lower_ in NOBODY or any(one.lower_ in NOBODY for one in before)
