"""Sayings, what the rules find: each cue with the speaker and the content that the parse gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.complements import (
    Subject,
    child,
    content,
    near_subject,
    noun_subject,
    subject,
    subtree,
)
from tidewaiter.reading.said.quotes import Quotation, home_of
from tidewaiter.reading.said.reporting import ASPECT, SPEAKING, Cue, Lexicon, find_cues, lemma, lexicon

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_LENDERS = SPEAKING | {"show", "believe"}
"""Classes whose speaker goes on in a participle: "believes ..., citing ..."."""
_LENDING = frozenset({"advcl", "ccomp", "xcomp", "conj", "dep", "acl", "pcomp"})
_BEFORE_PARTICIPLE = frozenset({",", "”", '"', "''", "—", "–", "and", "then", "also", "while"})
_QUOTING = frozenset({"quote", "cite"})
_PAST = frozenset({"VBD", "VBN"})
_ALONE = frozenset({"describe", "accuse", "say"})
"""Classes of verb that need a speaker: without one they are names ("called X") or adjectives."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A cue with what the parse gives it."""

    cue: Cue
    cue_words: frozenset[int]
    subject: Subject | None
    words: frozenset[int]  # tokens of the content, by the parse
    relayed: Subject | None = None  # who passes it on: "Reuters reported, citing officials"
    governor: int | None = None  # token of the cue that lends its speaker: "said ..., adding ..."


def find_sayings(parsed: Parsed, quotations: Sequence[Quotation]) -> list[Saying]:
    """A saying for each cue that may make one, in order; some still have no content."""
    words = lexicon(parsed.knowledge)
    cues = [cue for cue in find_cues(parsed.doc, words) if not _inside_other(cue, words)]
    by_head = {cue.head.i: cue for cue in cues}
    sayings = [saying for cue in cues if (saying := _saying(cue, by_head, quotations)) is not None]
    return _relayed(_apart(sayings), words.origins)


def _relayed(sayings: list[Saying], origins: frozenset[str]) -> list[Saying]:
    """Gives what a medium reports to those whom it cites, and what it quotes to the quoted; the medium
    relays."""
    by_head = {saying.cue.head.i: saying for saying in sayings}
    cited: dict[int, Saying] = {}
    for saying in sayings:
        above = by_head.get(saying.governor) if saying.governor is not None else None
        if above is not None and above.cue.entry.kind == "report" and _cites(saying.cue, origins):
            cited[above.cue.head.i] = saying
    absorbed = {saying.cue.head.i for saying in cited.values()}
    return [
        _by_origin(saying, cited.get(saying.cue.head.i), by_head)
        for saying in sayings
        if saying.cue.head.i not in absorbed and not _quotes_as_saying(saying.cue.head)
    ]


def _by_origin(saying: Saying, cited: Saying | None, by_head: Mapping[int, Saying]) -> Saying:
    """The saying with its origin as speaker and its medium as relay, where the text tells them apart."""
    verb = saying.cue.head
    if cited is not None:
        source = child(cited.cue.head, "dobj")
        who = Subject(subtree(source), source.i) if source is not None else None
        return replace(
            saying, subject=who, relayed=saying.subject, cue_words=saying.cue_words | cited.cue_words
        )
    above = by_head.get(verb.head.head.i) if verb.dep_ == "pcomp" else None
    if above is None or not _quotes_as_saying(above.cue.head):
        return saying
    by = above.subject
    return replace(saying, relayed=by if by is not None and by != saying.subject else None)


def _quotes_as_saying(verb: Token) -> bool:
    """Whether a verb is "quoted ... as saying"."""
    return lemma(verb) in _QUOTING and any(
        one.lower_ == "as" and child(one, "pcomp") is not None for one in verb.rights
    )


def _cites(cue: Cue, origins: frozenset[str]) -> bool:
    """Whether a cue cites those whose knowledge it is, rather than a reason."""
    source = child(cue.head, "dobj")
    return cue.entry.kind == "cite" and source is not None and lemma(source) in origins


def _inside_other(cue: Cue, words: Lexicon) -> bool:
    """Whether a verb is only what another cue's speaker declines, promises or wants to do, or an
    adjective that the parser took for a verb ("that alleged shipments")."""
    verb = cue.head
    if cue.entry.pos != "verb":
        return False
    if (
        verb.i
        and verb.nbor(-1).lower_ in {"that", "the", "of"}
        and verb.tag_ in _PAST
        and verb.dep_ != "relcl"
    ):
        return True
    if _is_purpose(verb):
        return True
    if verb.dep_ != "xcomp" or child(verb, "nsubj") is not None:
        return False
    return any("inf" in entry.frames for entry in words.verbs.get(lemma(verb.head), ()))


def _is_purpose(verb: Token) -> bool:
    """Whether a verb is an infinitive that nobody is told to have carried out: "to deny them bail"."""
    to = any(one.dep_ == "aux" and one.lower_ == "to" for one in verb.children)
    lent = verb.dep_ == "xcomp" and verb.head.lemma_ in ASPECT
    return to and not lent and verb.dep_ != "ccomp" and not any(one.lemma_ == "have" for one in verb.children)


def _saying(cue: Cue, by_head: Mapping[int, Cue], quotations: Sequence[Quotation]) -> Saying | None:
    words = frozenset(word.i for word in cue.words)
    body = content(cue)
    if cue.entry.pos == "noun":
        found = noun_subject(cue)
        if found is None or not body or any(i in by_head for i in found[1]):
            return None  # "denied reports that ...": the verb says it
        return Saying(cue, words | found[1], found[0], body)
    if cue.entry.pos == "adverb":
        return Saying(cue, words, None, body)
    if cue.entry.pos == "preposition":
        named = child(cue.words[-1], "pobj")
        return Saying(cue, words, Subject(subtree(named), named.i), body) if named is not None else None
    governor = _governor(cue, by_head)
    who = subject(by_head[governor]) if governor is not None else subject(cue)
    if who is not None and _is_quoted(cue, who.head, quotations):
        who = None
    if who is None and cue.entry.kind in SPEAKING and not cue.passive:
        who = near_subject(cue)
    if who is not None and _is_quoted(cue, who.head, quotations):
        who = None
    if who is None and cue.entry.kind in _ALONE and not cue.passive:
        return None
    return Saying(cue, words, who, body - who.words if who is not None else body, governor=governor)


def _is_quoted(cue: Cue, head: int, quotations: Sequence[Quotation]) -> bool:
    """Whether a token stands in quotation marks that its cue stands outside of."""
    home = home_of(cue.head.doc[head].idx, quotations)
    return home is not None and not home.span.start <= cue.head.idx < home.span.end


def _governor(cue: Cue, by_head: Mapping[int, Cue]) -> int | None:
    """The cue whose speaker a participle shares: "said ..., adding that ..."."""
    verb = cue.head
    if verb.tag_ != "VBG" or verb.dep_ not in _LENDING or child(verb, "nsubj") is not None:
        return None
    if verb.i == 0 or verb.nbor(-1).text not in _BEFORE_PARTICIPLE:
        return None
    return _first_speaking(verb, by_head)


def _first_speaking(verb: Token, by_head: Mapping[int, Cue]) -> int | None:
    for above in verb.ancestors:
        other = by_head.get(above.i)
        speaks = other is not None and other.entry.pos == "verb" and other.entry.kind in _LENDERS
        if other is not None and speaks and subject(other) is not None and content(other):
            return above.i
    return None


def _apart(sayings: list[Saying]) -> list[Saying]:
    """Takes out of a content what goes on from its cue: "adding that ...", "and said that ..."."""
    hanging: dict[int, frozenset[int]] = {}
    by_head = {saying.cue.head.i: saying for saying in sayings}
    for number, saying in enumerate(sayings):
        above = saying.governor if saying.governor is not None else _joined(saying, by_head)
        if above is None or above not in by_head or not saying.words:
            continue
        hanging[above] = hanging.get(above, frozenset()) | subtree(saying.cue.head)
        sayings[number] = replace(saying, subject=by_head[above].subject, governor=above)
    return [
        replace(saying, words=_less(saying, hanging[saying.cue.head.i]))
        if saying.cue.head.i in hanging
        else saying
        for saying in sayings
    ]


def _less(saying: Saying, hanging: frozenset[int]) -> frozenset[int]:
    """The content without what hangs on it, and without the "and" left at its end."""
    words = saying.words - hanging
    doc = saying.cue.head.doc
    while words and doc[max(words)].pos_ in {"CCONJ", "PUNCT"} and not doc[max(words)].is_quote:
        words -= {max(words)}
    return words


def _joined(saying: Saying, by_head: Mapping[int, Saying]) -> int | None:
    """The cue that a second one without a subject is coordinated with by its tense, though the parser
    hung it on the content: "told ABC that he agrees and said ..."."""
    verb = saying.cue.head
    if (
        verb.dep_ != "conj"
        or child(verb, "nsubj") is not None
        or verb.tag_ != "VBD"
        or saying.cue.entry.kind not in SPEAKING
    ):
        return None
    if verb.head.tag_ == "VBD" or (child(verb.head, "aux") is not None and verb.head.tag_ == "VBN"):
        return None
    for above in verb.ancestors:
        other = by_head.get(above.i)
        if (
            other is not None
            and other.cue.head.tag_ == "VBD"
            and other.cue.entry.kind in SPEAKING
            and verb.i in other.words
        ):
            return above.i
    return None
