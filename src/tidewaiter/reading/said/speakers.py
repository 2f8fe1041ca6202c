"""From the words that name a speaker to who it is, whom they speak for, and who relays them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import ActorKind, ActorMention, Source, Spans
from tidewaiter.reading.entities import Entities, at, within
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.complements import Subject, child, runs

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_SPEAKING = (ActorKind.PERSON, ActorKind.PEOPLE, ActorKind.OFFICE, ActorKind.ORGANISATION, ActorKind.GROUP)
_ARTICLES = ("the ", "a ", "an ", "The ", "A ", "An ")
_PRONOUNS = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "who", "which", "that", "whom", "this", "these", "those"}
    | {"one", "some", "many", "others", "both", "him", "her", "them", "another", "most", "all"}
)


def words_of(text: str, spans: Spans) -> str:
    """The text of the spans, joined by one space."""
    return " ".join(text[span.start : span.end] for span in spans)


def source(parsed: Parsed, entities: Entities, subject: Subject) -> Source | None:
    """The source that ``subject`` names; None when it has no words.

    Several speakers named together ("Washington and Kyiv") are one source: it has their common actor
    code, or none, and the words as its name.
    """
    spans = runs(parsed.doc, subject.words)
    if not spans:
        return None
    return source_at(parsed, entities, spans, subject.head)


def source_at(parsed: Parsed, entities: Entities, spans: Spans, head: int) -> Source:
    """The source whose words stand at ``spans``, with the noun at token ``head``."""
    text = words_of(parsed.text, spans)
    token = parsed.doc[head]
    if child(token, "conj") is not None:
        return Source(text, spans, name=_name(text), actor=_common_code(entities, token))
    mention = _mention(entities, spans, token)
    if mention is None:
        return Source(text, spans, name=_name(text), actor=_modifier_code(entities, token))
    return Source(text, spans, name=mention.name or _name(text), role=mention.role, actor=mention.code)


def _common_code(entities: Entities, token: Token) -> str | None:
    """The code that all of several speakers share; None when one has another or none."""
    heads = [token, *(one for one in token.subtree if one.dep_ == "conj")]
    codes = [mention.code if (mention := at(entities.actors, one.idx)) else None for one in heads]
    return codes[0] if len(set(codes)) == 1 else None


def _modifier_code(entities: Entities, token: Token) -> str | None:
    """Whom a speaker without a mention of its own is of: "the Iranian envoy", "Peru's envoy"."""
    for one in token.children:
        mention = at(entities.actors, one.idx) if one.dep_ in {"amod", "compound", "poss", "nmod"} else None
        if mention is not None and mention.code is not None:
            return mention.code
    return None


def _mention(entities: Entities, spans: Spans, token: Token) -> ActorMention | None:
    """The mention that names the speaker: the one at the noun itself, else a person or office in the
    words ("a spokesman, Ali Reza"), else whoever the words name with a code ("the Iranian envoy")."""
    own = at(entities.actors, token.idx)
    if own is not None:
        return own
    inside = [mention for span in spans for mention in within(entities.actors, span)]
    for kind in _SPEAKING:
        for mention in inside:
            if mention.kind is kind:
                return mention
    return None


def _name(text: str) -> str | None:
    """The words as a name, without their article; None for a pronoun."""
    bare = next((text[len(article) :] for article in _ARTICLES if text.startswith(article)), text)
    return None if bare.lower() in _PRONOUNS else bare


def relays(entities: Entities, cue: Token) -> tuple[str, ...]:
    """Media that pass on the words that hang on the verb ``cue``: told to them, carried or quoted by them."""
    found: list[str] = []
    for token in _own_part(cue):
        mention = at(entities.actors, token.idx)
        if mention is None or mention.kind is not ActorKind.MEDIA:
            continue
        addressee = token.dep_ in {"dobj", "dative"} and token.head.i == cue.i
        carried = token.dep_ == "pobj" and (
            token.head.dep_ == "agent" or (token.head.lower_ == "to" and token.head.head.i == cue.i)
        )
        if (addressee or carried) and mention.name and mention.name not in found:
            found.append(mention.name)
    return tuple(found)


def _own_part(cue: Token) -> Sequence[Token]:
    """What hangs on the cue besides its content: addressee, occasion, medium."""
    parts = [
        word
        for one in cue.children
        if one.dep_ in {"dobj", "dative", "prep", "agent", "npadvmod"}
        for word in one.subtree
    ]
    return sorted(parts, key=lambda word: word.i)
