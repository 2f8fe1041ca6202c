"""From the words that name a speaker to who it is, whom they speak for, and who relays them.

``source_at`` looks at the words alone; what only the rest of the document tells ("he", "the statement",
"the experts") is added by ``cast.settled``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tidewaiter.model import ActorForm, ActorKind, ActorMention, Source, SourceKind, Span, Spans
from tidewaiter.reading.entities import Entities, at, within
from tidewaiter.reading.said.nouns import Nouns, nouns

if TYPE_CHECKING:
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token

_SPEAKING = (ActorKind.PERSON, ActorKind.PEOPLE, ActorKind.OFFICE, ActorKind.ORGANISATION, ActorKind.GROUP)
_NAMING = frozenset({"appos", "compound", "flat", "nmod", "dep", "npadvmod", "amod"})
"""Dependencies by which a name belongs to the noun that it explains."""
_ARTICLES = ("the ", "a ", "an ", "The ", "A ", "An ")
PRONOUNS = frozenset(
    {"i", "you", "he", "she", "it", "we", "they", "who", "which", "that", "whom", "this", "these", "those"}
    | {"one", "some", "many", "others", "both", "him", "her", "them", "another", "most", "all"}
)
_HANDED = frozenset({"dobj", "dative", "prep", "agent", "npadvmod", "advcl", "acl", "pobj", "pcomp"})
"""How addressee, occasion and medium hang on a cue."""
_CARRIED = frozenset(
    {"carry", "quote", "cite", "report", "publish", "see", "obtain", "review", "broadcast", "air", "post"}
    | {"release", "relay", "run", "print", "view", "read", "distribute", "translate", "share"}
)
"""Verbs in "carried by X", "seen by X"."""
_QUOTING = frozenset({"quote", "cite"})
_TELLING = frozenset({"tell", "inform", "brief", "assure", "remind", "warn", "write", "email", "message"})
"""Verbs whose object is who hears it."""
_TALKS = frozenset(
    {"interview", "remark", "comment", "briefing", "call", "conversation", "statement", "email"}
)
"""What one gives to a medium."""


def words_of(text: str, spans: Spans) -> str:
    """The text of the spans, joined by one space."""
    return " ".join(text[span.start : span.end] for span in spans)


def source_at(parsed: Parsed, entities: Entities, spans: Spans, head: int) -> Source:
    """The source whose words stand at ``spans``, with the noun at token ``head``.

    Several speakers named together ("Washington and Kyiv") are one source: it has their common actor
    code, or none, and the words as its name.
    """
    text = words_of(parsed.text, spans)
    token = parsed.doc[head]
    words = nouns(parsed.knowledge)
    if _are_several(parsed, entities, spans, token):
        code = _common_code(entities, token)
        return Source(text, spans, name=name_of(text), actor=code, kind=SourceKind.COLLECTIVE)
    via = tuple(_carriers(parsed, entities, token))
    if token.lemma_.lower() in words.papers and not _is_outlet(words, entities, spans, token):
        return _paper(entities, spans, token, via)
    mention, names = _mention(parsed, entities, spans, token)
    kind = _kind(words, token, mention)
    name, role = name_of(CLAUSE.split(text)[0]), _role(words, token)
    if mention is None:
        code = _modifier_code(entities, token) if token.lower_ not in words.media else None
        name = _sounds_like_medium(words, token) or name
    elif not names:  # "the commander of the Utopian army" is not the army
        code = mention.code
    else:
        refers = mention.form is ActorForm.REFERENCE and mention.span.start <= token.idx < mention.span.end
        whole = mention.kind is ActorKind.PEOPLE and not refers
        whole = whole and len(text.split()) <= DESCRIPTION_WORDS
        owned = mention.code is None and mention.kind is ActorKind.PERSON and mention.form is ActorForm.ROLE
        code = _modifier_code(entities, token) if owned else mention.code  # "the president's spokesman"
        name = (whole and name) or mention.name or name
        role = role if kind in UNNAMED and mention.kind is ActorKind.PEOPLE else mention.role
    medium = mention is not None and mention.kind is ActorKind.MEDIA and _is_of_state(mention)
    if code in words.codes and not medium and _is_independent(words, token, role):
        code = None
    return Source(text, spans, name=name, role=role, actor=code, via=via, kind=kind)


def _is_outlet(words: Nouns, entities: Entities, spans: Spans, token: Token) -> bool:
    """Whether "the paper" is a newspaper, whose name stands beside it."""
    named = [one for span in spans for one in within(entities.actors, span) if one.kind is ActorKind.MEDIA]
    return bool(named) and token.lower_ in words.outlets


DESCRIPTION_WORDS = 10
"""Words up to which those for an unnamed source are its name as they are."""
CLAUSE = re.compile(r",? (?:who|which)\b.*|,$", re.DOTALL)
"""What a clause behind somebody unnamed adds is no part of what they are called."""
UNNAMED = frozenset({SourceKind.ANONYMOUS, SourceKind.COLLECTIVE})


def _are_several(parsed: Parsed, entities: Entities, spans: Spans, token: Token) -> bool:
    """Whether several speak: not in "minister and spokesman Ali Reza", who holds two offices."""
    joined = [one for one in token.children if one.dep_ == "conj" and _inside(one, spans)]
    if not joined or not nouns(parsed.knowledge).is_people(token):
        return bool(joined)
    inside = [mention for span in spans for mention in within(entities.actors, span)]
    named = [one for one in inside if one.kind is ActorKind.PERSON and one.form is ActorForm.NAME]
    articles = [
        word for span in spans for word in parsed.tokens(span) or () if word.lower_ in {"a", "an", "the"}
    ]
    return len(named) != 1 or is_plural(token) or len(articles) > 1


def _inside(token: Token, spans: Spans) -> bool:
    return any(span.start <= token.idx < span.end for span in spans)


def _is_of_state(medium: ActorMention) -> bool:
    """Whether a medium speaks for a state: by the tables, or as "Utopian state media"; not "Utopian
    media"."""
    words = (medium.role or "").lower().replace("-", " ").split()
    return medium.form is not ActorForm.ROLE or bool({"state", "official", "government"} & set(words))


def _is_independent(words: Nouns, token: Token, role: str | None) -> bool:
    """Whether a state named beside the source does not speak through it: analysts, residents, institutes,
    former officials."""
    told = (role or "").lower().split()
    own = {token.lemma_.lower(), token.lower_}
    return bool(own & words.independent) or any(one in words.independent for one in told[:1] + told[-1:])


# --------------------------------------------------------------------------------------- what kind


def _kind(words: Nouns, token: Token, mention: ActorMention | None) -> SourceKind | None:
    """Whether somebody is named, or only described, alone or as many."""
    if mention is not None and mention.kind not in {ActorKind.PEOPLE, ActorKind.PERSON}:
        return SourceKind.NAMED if not _is_person_noun(words, token) else _number(words, token, mention)
    if mention is not None and mention.kind is ActorKind.PERSON and mention.form is not ActorForm.ROLE:
        return SourceKind.NAMED if not _is_person_noun(words, token) else _number(words, token, mention)
    if _is_person_noun(words, token):
        one_only = token.lower_ in words.holders and not is_plural(token)
        definite = not any(one.lower_ in {"a", "an"} for one in token.children)
        return SourceKind.NAMED if one_only and definite else _number(words, token, mention)
    if token.lower_ in PRONOUNS:
        return None
    return SourceKind.NAMED if mention is not None or token.pos_ == "PROPN" else None


def _number(words: Nouns, token: Token, mention: ActorMention | None) -> SourceKind:
    """Of a noun for people: named, a few unnamed ones, or many."""
    if mention is not None and mention.kind is ActorKind.PERSON and mention.form is ActorForm.NAME:
        return SourceKind.NAMED
    if mention is not None and mention.kind is ActorKind.PERSON and mention.head is not None:
        return SourceKind.NAMED
    counted = any(one.dep_ == "nummod" or one.lower_ in _FEW for one in token.children)
    many = is_plural(token) and not counted and token.lemma_.lower() not in words.hidden
    return SourceKind.COLLECTIVE if many else SourceKind.ANONYMOUS


_FEW = frozenset({"several", "some", "few", "couple", "multiple", "various", "both"})


def is_plural(token: Token) -> bool:
    """Whether a noun or pronoun stands for several."""
    return token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"they", "them", "these", "those", "people"}


def _is_person_noun(words: Nouns, token: Token) -> bool:
    return token.pos_ in {"NOUN", "PROPN", "ADJ"} and words.is_people(token)


def _role(words: Nouns, token: Token) -> str | None:
    """What kind of person an unnamed source is: "senior defence official" of "two senior U.S. defence
    officials"."""
    if not words.is_people(token):
        return None
    parts = [one for one in token.children if one.i < token.i and one.dep_ in {"amod", "compound", "nmod"}]
    parts = [one for one in parts if one.lower_ not in _FEW and one.text[:1].islower()]
    lemma = token.lemma_.lower() if token.lemma_ else token.lower_
    return " ".join([*(word.text for one in parts for word in one.subtree), lemma])


def name_of(text: str) -> str | None:
    """The words as a name, without their article; None for a pronoun."""
    bare = next((text[len(article) :] for article in _ARTICLES if text.startswith(article)), text)
    return None if bare.lower() in PRONOUNS else bare


# ------------------------------------------------------------------------------------------ whose


def _common_code(entities: Entities, token: Token) -> str | None:
    """The code that all of several speakers share; None when one has another or none."""
    heads = [token, *(one for one in token.subtree if one.dep_ == "conj")]
    codes = [mention.code if (mention := at(entities.actors, one.idx)) else None for one in heads]
    return codes[0] if len(set(codes)) == 1 else None


def _modifier_code(entities: Entities, token: Token) -> str | None:
    """Whom a speaker without a mention of its own is of: "the Iranian envoy", "Peru's envoy"."""
    for one in token.children:
        mention = at(entities.actors, one.idx) if one.dep_ in {"amod", "compound", "poss", "nmod"} else None
        if mention is None or mention.code is None or mention.kind is ActorKind.MEDIA:
            continue
        others = [at(entities.actors, other.idx) for other in one.children if other.dep_ == "conj"]
        mixed = any(other is not None and other.code != mention.code for other in others)
        return None if mixed else mention.code
    return None


def _mention(
    parsed: Parsed, entities: Entities, spans: Spans, token: Token
) -> tuple[ActorMention | None, bool]:
    """The mention that names the speaker: a person named beside the noun ("a spokesman, Ali Reza"), the one
    at the noun itself, else whoever the words name with a code ("the Iranian envoy"); and whether its name is
    the speaker's, not only of whom the speaker is."""
    own = at(entities.actors, token.idx)
    inside = [mention for span in spans for mention in within(entities.actors, span)]
    if own is None or own.kind is not ActorKind.PERSON or own.form is not ActorForm.NAME:
        for mention in inside:
            named = mention.kind is ActorKind.PERSON and mention.form is ActorForm.NAME
            medium = mention.kind is ActorKind.MEDIA and not nouns(parsed.knowledge).is_people(token)
            if named and any(one.dep_ == "conj" for one in token.children):
                return mention, True  # who holds two offices
            if (named or medium) and _explains(parsed, mention.span, token):
                return mention, True
            behind = own is not None and own.kind is ActorKind.STATE and own.span.end < mention.span.start
            if medium and behind:
                return mention, True  # "the Utopian Times": the state only says where it is from
    if own is not None:
        return own, True
    for kind in _SPEAKING:
        for mention in inside:
            if mention.kind is kind and _belongs(parsed, mention.span, token):
                return mention, not _is_only_whose(parsed, token, mention)
    return None, False


def _explains(parsed: Parsed, span: Span, noun: Token) -> bool:
    """Whether a name is that of the noun: in apposition, or grown together with it."""
    tokens = parsed.tokens(span)
    top = tokens.root if tokens is not None else None
    while top is not None and top is not noun and top.dep_ in _NAMING:
        top = top.head
    return top is noun


def _is_only_whose(parsed: Parsed, token: Token, mention: ActorMention) -> bool:
    """Whether the mention is only whom the person or body at the noun is of."""
    words = nouns(parsed.knowledge)
    if _explains(parsed, mention.span, token):
        return False
    named = mention.kind is ActorKind.PERSON
    return named or words.is_people(token) or token.lemma_.lower() in words.independent


def _belongs(parsed: Parsed, span: Span, noun: Token) -> bool:
    """Whether a name stands in the noun's own phrase: beside it, or behind "of", "at", "in" and the like."""
    words, tokens = nouns(parsed.knowledge), parsed.tokens(span)
    top = tokens.root if tokens is not None else None
    while top is not None and top is not noun:
        link = top.dep_ == "prep" and top.lower_ in _OF
        link = link or (
            top.dep_ == "acl" and not words.is_people(noun) and top.lemma_.lower() not in _CARRIED
        )
        if not link and top.dep_ not in _NAMING | {"pobj", "poss", "conj"}:
            return False
        if top.dep_ == "amod" and not span.start <= top.idx < span.end:
            return False  # "familiar with ..."
        top = top.head if top.head is not top else None
    return top is noun


_OF = frozenset({"of", "at", "in", "from", "for", "within", "with", "to", "by"})


def _paper(entities: Entities, spans: Spans, noun: Token, via: tuple[str, ...]) -> Source:
    """A report or statement: who made it speaks."""
    text = words_of(noun.doc.text, spans)
    maker = maker_of(entities, noun)
    if maker is None:
        return Source(text, spans, name=name_of(text), via=via, kind=SourceKind.DOCUMENT)
    return Source(
        text, spans, maker.name, role=maker.role, actor=maker.code, via=via, kind=SourceKind.DOCUMENT
    )


_REPORTERS = frozenset({"media", "press", "news", "newspaper", "television", "tv"})
"""Words before "reports" that say that nobody is to be named."""


def maker_of(entities: Entities, noun: Token) -> ActorMention | None:
    """The actor in "a report by X", "X's report", "the X report", "a report made by X"."""
    if any(child.dep_ == "compound" and child.lower_ in _REPORTERS for child in noun.children):
        return None  # "Utopian media reports"
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            found = _maker_at(entities, child)
            if found is not None:
                return found
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"}:
            inner = next((one for one in child.children if one.dep_ == "pobj"), None)
            found = _maker_in(entities, inner) if inner is not None else None
            if found is not None:
                return found
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_.lower() not in _CARRIED - _MAKING:
            found = maker_of(entities, child)
            if found is not None:
                return found
    return None


_MAKING = frozenset({"publish", "release", "post", "distribute"})
"""Verbs by which a maker, as well as a medium, hands on a paper."""


def _maker_at(entities: Entities, token: Token) -> ActorMention | None:
    found = at(entities.actors, token.idx)
    return found if found is not None and found.kind is not ActorKind.REGION else None


def _maker_in(entities: Entities, noun: Token) -> ActorMention | None:
    """The actor at the noun, or the one that it belongs to: "a group of UN experts"."""
    found = _maker_at(entities, noun)
    if found is not None:
        return found
    for word in noun.subtree:
        if word.dep_ not in {"relcl", "acl"} and (found := _maker_at(entities, word)) is not None:
            return found
    return None


# ------------------------------------------------------------------------------------------ relays


def relays(parsed: Parsed, entities: Entities, verb: Token) -> tuple[str, ...]:
    """Media that pass on what hangs on a cue's ``verb``: told to them, carried or quoted by them."""
    found: list[str] = []
    words = nouns(parsed.knowledge)
    for token in _handed(verb):
        name = _medium(words, entities, token) or _addressed(words, entities, token, verb)
        if name is not None and _passes_on(token, verb) and name not in found:
            found.append(name)
    return tuple(found)


def _addressed(words: Nouns, entities: Entities, token: Token, verb: Token) -> str | None:
    """Who is told, where it can only be a medium: a name that is no person's, state's or body's; or "the
    newspaper", which the document names elsewhere."""
    if token.dep_ not in {"dobj", "dative"} or token.head is not verb:
        return None
    if token.pos_ == "NOUN" and token.lower_ in words.outlets and not is_plural(token):
        return token.lower_
    mention = at(entities.actors, token.idx)
    known = mention is not None and mention.kind is not ActorKind.REGION
    if token.pos_ != "PROPN" or known or token.ent_type_ == "PERSON":
        return None
    return token.doc[token.left_edge.i : token.i + 1].text.removeprefix("the ").removeprefix("The ")


def _handed(verb: Token) -> Iterator[Token]:
    """What hangs on the cue besides its content, without going into clauses of its own."""
    waiting = [one for one in verb.children if one.dep_ in _HANDED]
    while waiting:
        token = waiting.pop(0)
        yield token
        clause = token.dep_ in {"advcl", "acl"} and token.lemma_.lower() not in _CARRIED
        if not clause:
            waiting += [one for one in token.children if one.dep_ in _HANDED | {"appos", "compound", "nmod"}]


def _passes_on(token: Token, verb: Token) -> bool:
    """Whether the medium at the token is addressee, carrier or occasion of what the verb says."""
    while token.dep_ in {"appos", "compound", "nmod"}:
        token = token.head
    if token.dep_ in {"dobj", "dative"}:
        told = token.head is verb and verb.lemma_.lower() in _TELLING
        return told or (token.head.lemma_.lower() in _QUOTING and token.head.dep_ == "prep")
    if token.dep_ != "pobj":
        return False
    link = token.head
    above = link.head
    if link.dep_ == "agent" or link.lower_ == "by":
        return above is verb or (above.pos_ == "VERB" and above.lemma_.lower() in _CARRIED)
    if link.lower_ == "to":
        return above is verb or above.lemma_.lower() in _TALKS
    if above.lemma_.lower() in _CARRIED | _TALKS:
        return link.lower_ in {"in", "on", "with", "by", "for"}
    return link.lower_ == "on" and above is verb


def _medium(words: Nouns, entities: Entities, token: Token) -> str | None:
    """The name of the medium at a token."""
    mention = at(entities.actors, token.idx)
    if mention is not None:
        return mention.name if mention.kind is ActorKind.MEDIA else None
    return _sounds_like_medium(words, token)


def _sounds_like_medium(words: Nouns, token: Token) -> str | None:
    """The name of a medium that no table has: "the Harbour Star", "the weekly Anker"."""
    if token.lower_ in words.media and token.pos_ == "NOUN":
        return _name_behind(token) or _name_before(token)
    run = [token]
    while run[0].i and run[0].nbor(-1).pos_ == "PROPN" and run[0].nbor(-1).sent is token.sent:
        run.insert(0, run[0].nbor(-1))
    described = run[0].i > 0 and run[0].nbor(-1).lower_ in words.media
    named = token.pos_ == "PROPN" and (described or (len(run) > 1 and token.lower_ in words.media))
    return " ".join(one.text for one in run) if named else None


def _name_behind(noun: Token) -> str | None:
    """The name in "the newspaper O Mundo de Hoje"."""
    run: list[Token] = []
    for token in noun.doc[noun.i + 1 : noun.i + 1 + NAME_MAX]:
        if not token.text[:1].isupper() and not (run and token.ent_type_ == "ORG"):
            break
        run.append(token)
    return " ".join(one.text for one in run) or None


def _name_before(noun: Token) -> str | None:
    """The name in "the Andes Bulletin newspaper"."""
    at = noun.i
    while at and noun.doc[at - 1].pos_ in {"PROPN", "NUM"} and noun.doc[at - 1].sent is noun.sent:
        at -= 1
    return " ".join(token.text for token in noun.doc[at : noun.i]) or None


NAME_MAX = 6
"""Tokens of a medium's name."""


def _carriers(parsed: Parsed, entities: Entities, noun: Token) -> Iterator[str]:
    """Media that a paper or source was "seen", "carried" or "quoted" by."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "by", "from"}:
            for inner in child.children:
                yield from _carriers(parsed, entities, inner)
        if child.dep_ == "poss" and nouns(parsed.knowledge).is_people(noun):  # "Reuters' sources"
            name = _medium(nouns(parsed.knowledge), entities, child)
            if name is not None:
                yield name
        if child.dep_ != "acl" or child.lemma_.lower() not in _CARRIED:
            continue
        for token in _handed(child):
            name = _medium(nouns(parsed.knowledge), entities, token)
            if name is not None and token.head.lower_ in {"by", "in", "on"}:
                yield name
