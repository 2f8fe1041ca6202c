"""Sources that only the rest of the document tells: "he", "it", "the statement", "the spokeswoman", "the
experts", "the ministry".

The cast of a document is everybody and everything in it that may speak, in order of the text.  Its
statements are gone through once; each source that its own words leave open is looked up among those of
the cast that stand before it, agree in number, gender and kind, and can be so called.  Of several the
most salient one is meant: who spoke last, subjects, what is near.  Where two fit alike, nobody is chosen.

There is no model of coreference that can be installed with the program; the order of preferences is that
of Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution", with the speaker before added.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.model import (
    ActorForm,
    ActorKind,
    ActorMention,
    Mode,
    Source,
    SourceKind,
    Span,
    Spans,
    Statement,
)
from tidewaiter.reading.entities import Entities, at
from tidewaiter.reading.said.nouns import Nouns, nouns
from tidewaiter.reading.said.reporting import Lexicon, cue_at, lemma, lexicon
from tidewaiter.reading.said.speakers import CLAUSE, PRONOUNS, is_plural, maker_of, name_of
from tidewaiter.reading.syntax import antecedent
from tidewaiter.reading.who.scene import home, leading

if TYPE_CHECKING:
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token

SPOKE, SUBJECT, REFERRED, KNOWN = 1.0, 1.0, 1.5, 1.0
"""What having spoken, being a subject, being what the references of the document found, and being known for
a man or a woman weigh in sentences of distance."""
SURE = 0.5
"""By how much the best must outweigh the next one of another side."""
PERSON_REACH, BODY_REACH, PAPER_REACH = 5, 2, 8
"""Sentences back within which "he", "it" and "the statement" are resolved."""
NEAR = 1
"""Sentences back within which a side is named that an unexplained "spokesman" may speak for."""
NAMED_LATER = 3
"""Sentences within which "an envoy" is named who spoke."""
DESCRIPTION_REACH = 100
"""Sentences back within which descriptions are resolved; more would weigh nothing."""
DESCRIPTION_WEIGHT = 0.25
"""What a sentence of distance weighs for descriptions, which reach further back than pronouns."""

_BODIES = frozenset(
    {ActorKind.STATE, ActorKind.OFFICE, ActorKind.ORGANISATION, ActorKind.GROUP, ActorKind.FIRM}
    | {ActorKind.MEDIA, ActorKind.OTHER}
)
_MANY = frozenset({ActorKind.GROUP, ActorKind.FIRM, ActorKind.ORGANISATION})
"""Bodies that may be "they" once they spoke."""
_SIDES = frozenset(
    {ActorKind.STATE, ActorKind.OFFICE, ActorKind.PERSON, ActorKind.PEOPLE, ActorKind.ORGANISATION}
)
_VOICES = frozenset({ActorKind.OFFICE, ActorKind.PERSON, ActorKind.PEOPLE})
"""Kinds that show that a state acts or speaks, and is not only spoken of."""
_STATES = frozenset({ActorKind.STATE, ActorKind.OFFICE})
_ALIKE = frozenset({ActorKind.MEDIA, ActorKind.FIRM, ActorKind.GROUP})
"""Kinds whose members are all called alike: "the company", "the newspaper"."""
_SUBJECT_FORMS = {"him": "he", "her": "she", "them": "they"}
_COUNTRY = frozenset({"country", "nation", "kingdom", "republic"})
_OWNERS = {"its": "it", "their": "they", "his": "he", "her": "she"}
_HUMAN = frozenset({ActorKind.PERSON, ActorKind.PEOPLE})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_OTHER = frozenset({"another", "other", "second", "third", "one", "two", "three", "some", "most", "all"})
_NAMED = SourceKind.NAMED
_GENERIC = frozenset({"official", "person", "man", "woman", "politician", "representative", "source"})
"""Nouns that fit whoever spoke just before."""
_PANEL = "panel"
"""What a body is called whose members write reports: those who may be so called are its authors."""
_ANY_PAPER = frozenset({"document", "report", "text", "paper", "addendum", "statement"})


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody or something that may speak, at a place in the text."""

    span: Span
    sentence: int
    kind: ActorKind
    name: str | None
    role: str | None
    actor: str | None
    told: SourceKind | None
    words: frozenset[str]  # lower case: what it may be called by
    plural: bool = False
    subject: bool = False
    spoke: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return (self.name or "").casefold(), self.actor or ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report or statement at a place in the text, and who made it."""

    place: int
    sentence: int
    noun: str
    maker: Figure | None


def settled(parsed: Parsed, entities: Entities, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """The statements with the sources that the document tells though their own words do not.

    ``statements`` are in order of the text; spans, cue and content stay as they are.
    """
    cast = _Cast(parsed, entities)
    found = []
    for statement in statements:
        source = statement.source
        if source is not None:
            source = cast.relayed(cast.meant(source, statement))
            cast.heard(source, statement)
        found.append(replace(statement, source=source))
    return tuple(found)


class _Cast:
    """The figures of one document, growing as its statements are gone through."""

    def __init__(self, parsed: Parsed, entities: Entities) -> None:
        self._parsed = parsed
        self._entities = entities
        self._nouns: Nouns = nouns(parsed.knowledge)
        self._sentence_of = {one.start: at for at, one in enumerate(parsed.doc.sents)}
        self._gender: dict[tuple[str, str], str] = {}  # "he" or "she", told by a word or by reference
        self._told: dict[tuple[str, str], str] = {}  # by a word only
        self._figures = sorted(
            [*self._of_mentions(), *self._of_nouns()], key=lambda one: (one.span, one.plural)
        )
        self._starts = [one.span.start for one in self._figures]
        self._sentences = [one.sentence for one in self._figures]
        self._spoke: list[Figure] = []
        self._speaks_for: dict[str, str] = {}  # for whom a spokesman speaks, by his name
        self._papers: list[Paper] = sorted(self._made_papers(), key=lambda one: one.place)
        self._paper_places = [one.place for one in self._papers]
        self._home = home(parsed)
        states = [
            one for one in self._figures if one.kind in {ActorKind.STATE, ActorKind.OFFICE} and one.actor
        ]
        self._begins = states[0].span.start if states else 0
        self._topic = leading([(one.actor or "", self._root(one.span)) for one in states])

    # ------------------------------------------------------------------------------ who is there

    def _of_mentions(self) -> Iterator[Figure]:
        for mention in self._entities.actors:
            tokens = self._parsed.tokens(mention.span)
            if tokens is None or mention.kind is ActorKind.REGION:
                continue
            root = tokens.root
            words = self._words_of(mention, [token.lower_ for token in tokens])
            figure = self._figure(mention, root, words)
            self._learn_gender(figure, [token.lower_ for token in tokens])
            yield figure

    def _words_of(self, mention: ActorMention, own: list[str]) -> frozenset[str]:
        described = f"{mention.role or ''}"
        if mention.kind is not ActorKind.PERSON:
            described += f" {mention.name or ''}"
        return frozenset([*described.lower().split(), *own])

    def _figure(self, mention: ActorMention, root: Token, words: frozenset[str]) -> Figure:
        named = mention.kind is not ActorKind.PEOPLE
        plural = is_plural(root) and mention.kind in {ActorKind.PEOPLE, ActorKind.GROUP}
        told = SourceKind.NAMED if named else SourceKind.ANONYMOUS
        if mention.kind is ActorKind.PERSON and mention.form is ActorForm.ROLE and mention.head is None:
            told = SourceKind.ANONYMOUS
        return Figure(
            mention.span,
            self._sentence(root),
            mention.kind,
            mention.name,
            mention.role,
            mention.code,
            SourceKind.COLLECTIVE if plural and not named else told,
            words,
            plural,
            self._is_subject(root),
        )

    def _of_nouns(self) -> Iterator[Figure]:
        """Unnamed people that no mention covers: "a representative of the exhibition"."""
        for token in self._parsed.doc:
            if token.pos_ != "NOUN" or not self._nouns.is_people(token) or token.dep_ == "compound":
                continue
            if at(self._entities.actors, token.idx) is not None:
                continue
            start = min([token.i, *(one.i for one in token.children if one.dep_ in {"amod", "compound"})])
            words = self._parsed.doc[start : token.i + 1]
            role = " ".join(words.text.split())
            yield Figure(
                Span(words[0].idx, token.idx + len(token.text)),
                self._sentence(token),
                ActorKind.PEOPLE,
                role,
                role,
                self._owner(token),
                SourceKind.COLLECTIVE if is_plural(token) else SourceKind.ANONYMOUS,
                frozenset(word.lower_ for word in words) | {token.lemma_.lower()},
                is_plural(token),
                self._is_subject(token),
            )

    def _owner(self, token: Token) -> str | None:
        for child in token.children:
            if child.dep_ not in {"poss", "compound", "amod", "nmod"}:
                continue
            mention = at(self._entities.actors, child.idx)
            if mention is not None and mention.kind is not ActorKind.MEDIA:
                return mention.code
        return None

    def _made_papers(self) -> Iterator[Paper]:
        """Papers with who made them, where the words beside them tell; without, where they are new."""
        for token in self._parsed.doc:
            if token.lemma_.lower() not in self._nouns.papers or token.pos_ not in {"NOUN", "PROPN"}:
                continue
            if token.lower_ in self._nouns.outlets and self._names_medium(token):
                continue
            maker = maker_of(self._entities, token) or self._issuer(token)
            unnamed = self._unnamed_issuer(token) if maker is None else None
            if unnamed is not None:
                yield Paper(token.idx, self._sentence(token), token.lemma_.lower(), unnamed)
            elif maker is not None:
                root = self._parsed.tokens(maker.span)
                figure = self._figure(maker, root.root if root else token, frozenset())
                yield Paper(token.idx, self._sentence(token), token.lemma_.lower(), figure)
            elif any(one.lower_ in {"a", "an"} for one in token.children) and not _is_spoken(token):
                yield Paper(token.idx, self._sentence(token), token.lemma_.lower(), None)

    def _names_medium(self, noun: Token) -> bool:
        """Whether "the paper" is a newspaper: its name stands right behind."""
        behind = noun.doc[noun.i + 1 : noun.i + 3]
        found = [at(self._entities.actors, token.idx) for token in behind]
        return any(one is not None and one.kind is ActorKind.MEDIA for one in found)

    def _issuer(self, noun: Token) -> ActorMention | None:
        """Who "issued a statement"."""
        verb = noun.head
        if noun.dep_ != "dobj" or verb.lemma_.lower() not in self._nouns.issuing:
            return None
        subject = next((one for one in verb.children if one.dep_ in _SUBJECTS), None)
        found = at(self._entities.actors, subject.idx) if subject is not None else None
        return found if found is not None and found.kind is not ActorKind.REGION else None

    def _unnamed_issuer(self, noun: Token) -> Figure | None:
        """The office in "the press office issued a statement" that no mention covers."""
        verb = noun.head
        if noun.dep_ != "dobj" or verb.lemma_.lower() not in self._nouns.issuing:
            return None
        subject = next((one for one in verb.children if one.dep_ in _SUBJECTS), None)
        if subject is None or subject.pos_ not in {"NOUN", "PROPN"}:
            return None
        if at(self._entities.actors, subject.idx) is not None:
            return None
        words = self._parsed.doc[subject.left_edge.i : subject.i + 1]
        name = name_of(words.text)
        place = Span(words[0].idx, subject.idx + len(subject.text))
        code = self._owner(subject)
        return Figure(place, self._sentence(noun), ActorKind.OTHER, name, None, code, None, frozenset())

    def _sentence(self, token: Token) -> int:
        return self._sentence_of[token.sent.start]

    def _is_subject(self, token: Token) -> bool:
        while token.dep_ in {"appos", "compound", "nmod", "flat"} and token.head is not token:
            token = token.head
        return token.dep_ in _SUBJECTS

    def _learn_gender(self, figure: Figure, words: Iterable[str]) -> None:
        told = self._told_gender([*words, *(figure.role or "").lower().split()])
        if told is not None and figure.kind in _HUMAN:
            self._gender.setdefault(figure.key, told)
            self._told.setdefault(figure.key, told)

    def _told_gender(self, words: Iterable[str]) -> str | None:
        for word in words:
            if word in self._nouns.female:
                return "she"
            if word in self._nouns.male:
                return "he"
        return None

    # ---------------------------------------------------------------------------- who is meant

    def meant(self, source: Source, statement: Statement) -> Source:
        """``source`` with what the document says of it."""
        head = self._head(source.spans)
        if head is None:
            return source
        told = self._of_the_country(head, source, statement) or self._spokesman(head, source)
        if told is not None:
            return told
        if source.name is not None and source.name in self._speaks_for:
            return replace(source, actor=self._speaks_for[source.name])
        word = _SUBJECT_FORMS.get(source.text.lower(), source.text.lower())
        if word in {"the former", "the latter"} | PRONOUNS:
            return self._as_pronoun(head, word, source, statement)
        if self._is_ruling(head):
            code = self._ruler(head, statement)
            if code is not None:
                return replace(source, name=name_of(source.text), role=head.lower_, actor=code, kind=_NAMED)
            return self._sole(head, source)
        found: Figure | None = None
        if source.kind is SourceKind.DOCUMENT:
            found = self._paper(head) if source.actor is None else None
        elif self._is_unnamed(head, source):
            found = self._people(head, source)
        elif source.actor is None and _is_described(head):
            found = self._body(head)
        if found is None and source.actor is None:
            return self._told_elsewhere(head, source, statement)
        return self._as(source, found) if found is not None else source

    def _as_pronoun(self, head: Token, word: str, source: Source, statement: Statement) -> Source:
        """Whom a pronoun stands for; the source as it is where that is open."""
        if word in {"which", "who"}:
            return self._antecedent(head, source, statement)
        if word in {"he", "she", "they", "it"}:
            found = self._pronoun(head, word, source, statement)
            return self._as(source, found) if found is not None else self._referred(source, word)
        found = None
        if word in {"the former", "the latter"}:
            found = self._of_pair(head, word)
        if word in {"we", "i"} and self._spoke and self._sentence(head) - self._spoke[-1].sentence <= NEAR:
            found = self._spoke[-1]
        return self._as(source, found) if found is not None else source

    def _told_elsewhere(self, head: Token, source: Source, statement: Statement) -> Source:
        """Of whom a source speaks that its own words leave open, in the order of what is surest."""
        return (
            self._owned(head, source)
            or self._by_part(head, source)
            or self._named_before(head, source)
            or self._of_one_mind(head, source, statement)
            or self._at_home(head, source)
        )

    def _antecedent(self, head: Token, source: Source, statement: Statement) -> Source:
        """Whom "which" or "who" stands for."""
        noun = antecedent(head)
        if noun is head:
            return source
        mention = at(self._entities.actors, noun.idx)
        if mention is not None and mention.kind is not ActorKind.REGION:
            return self._as(source, self._figure(mention, noun, frozenset()))
        if self._is_ruling(noun) and (code := self._ruler(noun, statement)) is not None:
            return replace(source, name=noun.lower_, role=noun.lower_, actor=code, kind=_NAMED)
        return source

    def _of_the_country(self, head: Token, source: Source, statement: Statement) -> Source | None:
        """ "The country's president": of the state that the words tell of."""
        owner = next((one for one in head.children if one.dep_ == "poss"), None)
        if owner is None or owner.lemma_.lower() not in _COUNTRY or not _is_the(owner):
            return None
        content = statement.content.spans[0]
        code = self._subject_of(content) if content.start < head.idx else None
        return replace(source, actor=code) if code is not None else None

    def _spokesman(self, head: Token, source: Source) -> Source | None:
        """A spokesman by name, of whom the words do not say for which state: for the body that they call his
        ("the mission's spokesman"), else for the one that spoke right before ("the ministry denied it. "We
        sold nothing," spokesman A. Lund said")."""
        called = self._nouns.speakers & set(source.text.lower().split())
        if not called or not _is_name(source.name) or source.kind is not SourceKind.NAMED:
            return None
        words = [token for span in source.spans for token in self._tokens(span)]
        word = next((token for token in words if token.lower_ in called), None)
        owner = next((one for one in word.children if one.dep_ == "poss"), None) if word is not None else None
        if owner is not None and _is_the(owner) and not self._is_of_somebody(owner):
            body = self._body(owner) or self._spoke_as(owner)
        elif owner is None and source.actor is None and (word is None or not self._has_owner(word)):
            body = self._last_speaker(head, _BODIES)
            body = body if body is not None and self._sentence(head) - body.sentence <= NEAR else None
        else:
            return None
        if body is None or body.actor is None or body.kind is ActorKind.MEDIA:
            return None
        self._speaks_for[source.name or ""] = body.actor
        return replace(source, actor=body.actor, role=source.role or min(called))

    def _spoke_as(self, noun: Token) -> Figure | None:
        """Who spoke last under the noun: "the mission"."""
        here = self._sentence(noun)
        near = (one for one in reversed(self._spoke) if here - one.sentence <= PERSON_REACH)
        return next((one for one in near if noun.lower_ in one.words and one.actor is not None), None)

    def _is_of_somebody(self, noun: Token) -> bool:
        """Whether the words of a noun name a state or body."""
        inside = [at(self._entities.actors, one.idx) for one in noun.subtree]
        named = [one for one in inside if one is not None and one.kind is not ActorKind.PERSON]
        return any(one.code and one.form is not ActorForm.REFERENCE for one in named)

    def _by_part(self, head: Token, source: Source) -> Source | None:
        """ "The Directorate's centre", after "Utopia's Communications Directorate"."""
        owner = next((one for one in head.children if one.dep_ == "poss" and one.text[:1].isupper()), None)
        mention = at(self._entities.actors, owner.idx) if owner is not None else None
        if owner is None or (mention is not None and mention.code is not None):
            return None
        for figure in reversed(list(self._before(head.idx, DESCRIPTION_REACH, self._sentence(head)))):
            last = (figure.name or "").rsplit(maxsplit=1)[-1:]
            if figure.actor is not None and figure.kind in _BODIES and last == [owner.text]:
                return replace(source, actor=figure.actor)
        return None

    def _of_one_mind(self, head: Token, source: Source, statement: Statement) -> Source | None:
        """An office or official who says what a state holds or wants speaks for it: "Utopia shares the view,
        the foreign ministry said"."""
        words = {token.lower_ for span in source.spans for token in self._tokens(span)}
        content = statement.content.spans[0]
        if not words & self._nouns.native or content.start > head.idx or statement.mode is Mode.DIRECT:
            return None
        if {head.lower_, head.lemma_.lower()} & self._nouns.independent:
            return None
        tokens = self._parsed.tokens(content)
        if tokens is not None and words & _FORCES and _is_the(head):
            own = self._of_own_crew(tokens.root)
            if own is not None:
                return replace(source, actor=own)
        if tokens is None or not _is_of_mind(tokens.root, lexicon(self._parsed.knowledge)):
            return None
        code = self._subject_of(content)
        return replace(source, actor=code) if code in self._nouns.codes else None

    def _of_own_crew(self, verb: Token) -> str | None:
        """The state in "the crew of a Utopian patrol boat saw", which the navy tells."""
        subject = next((one for one in verb.children if one.dep_ == "nsubj"), None)
        if subject is None:
            return None
        adjectives = [one for one in subject.subtree if one.dep_ in {"amod", "compound", "poss"}]
        mentions = [at(self._entities.actors, one.idx) for one in adjectives]
        codes = {one.code for one in mentions if one is not None and one.kind is ActorKind.STATE}
        own = next(iter(codes)) if len(codes) == 1 else None
        return own if own in self._nouns.codes and lemma(verb) in _SEEING else None

    def _named_before(self, head: Token, source: Source) -> Source | None:
        """Somebody who spoke before, or who was told of without a name right before: "Utopia's envoy
        protested. In remarks to the press A. Lund said ..."."""
        everywhere = (*reversed(self._spoke), *self._figures)
        people = (
            one for one in everywhere if one.actor and one.kind is ActorKind.PERSON and _is_name(one.name)
        )
        same = next((one for one in people if one.name == source.name), None)
        if same is not None:
            return replace(source, actor=same.actor, role=same.role or source.role)
        mention = at(self._entities.actors, head.idx)
        if mention is None or mention.kind is not ActorKind.PERSON or mention.form is not ActorForm.NAME:
            return None
        last = next((one for one in reversed(self._spoke) if one.actor is not None), None)
        if last is None or source.role or self._sentence(head) - last.sentence > NAMED_LATER:
            return None
        first = not any(one.name == source.name for one in self._figures if one.span.start < last.span.start)
        described = not last.plural and last.kind in _HUMAN and not _is_name(last.name)
        return replace(source, actor=last.actor, role=last.role) if first and described else None

    def _is_unnamed(self, head: Token, source: Source) -> bool:
        """Whether the words only say what somebody is."""
        described = source.kind is not SourceKind.NAMED or source.name == name_of(source.text)
        return described and (self._nouns.is_people(head) or _part_of(head) is not None)

    def relayed(self, source: Source) -> Source:
        """``source`` with the names of media that its relays are only described as: "the article"."""
        via: list[str] = []
        for name in source.via:
            medium = self._medium_called(name, source.spans[0].start)
            if medium is not None and medium not in via:
                via.append(medium)
        return replace(source, via=tuple(via))

    def _medium_called(self, name: str, place: int) -> str | None:
        """The medium that a relay names or only describes; None for "the newspaper" when none is known."""
        here = self._sentence(self._root(Span(place, place + 1)))
        word = name.rsplit(maxsplit=1)[-1].lower()
        if name[:1].isupper() or word not in self._nouns.media | self._nouns.papers:
            return name
        media = [
            one
            for one in self._before(place, DESCRIPTION_REACH, here)
            if one.name and (one.kind is ActorKind.MEDIA or (one.spoke and one.words & self._nouns.outlets))
        ]
        return max(media, key=lambda one: one.span.start).name if media else None

    # ---------------------------------------------------------------------------- the government

    def _is_ruling(self, head: Token) -> bool:
        """Whether the noun is "the government", "the ministry" with nothing that says of which state."""
        if head.lower_ not in self._nouns.ruling or any(
            one.dep_ in {"poss", "prep"} for one in head.children
        ):
            return False
        mention = at(self._entities.actors, head.idx)
        if mention is not None and mention.code and mention.form is not ActorForm.REFERENCE:
            return False
        extra = [one for one in head.children if one.dep_ in {"amod", "compound", "nmod"}]
        the = any(one.lower_ == "the" for one in head.children)
        return the and not any(at(self._entities.actors, one.idx) for one in extra if one.pos_ != "NOUN")

    def _ruler(self, head: Token, statement: Statement) -> str | None:
        """Whose government it is: of the state that its own words tell of ("Utopia has refused, the
        government said"), of whom spoke just before, of the place of writing."""
        content = statement.content.spans[0]
        if content.start < head.idx and statement.mode is not Mode.DIRECT:
            told = self._subject_of(content)
            if told is not None:
                return told
        here = self._sentence(head)
        for figure in reversed(self._spoke):
            if here - figure.sentence > PERSON_REACH:
                break
            if figure.kind in {ActorKind.STATE, ActorKind.OFFICE} and figure.actor is not None:
                return figure.actor
        return self._home

    def _subject_of(self, content: Span) -> str | None:
        """The state that is the subject of the words."""
        tokens = self._parsed.tokens(content)
        if tokens is None:
            return None
        verb = tokens.root
        subject = next((one for one in verb.children if one.dep_ in _SUBJECTS), None)
        mention = at(self._entities.actors, subject.idx) if subject is not None else None
        if mention is None and subject is not None:
            return self._owner(subject)
        return mention.code if mention is not None and mention.kind in _STATES else None

    def _sole(self, head: Token, source: Source) -> Source:
        """The reference found for "the government", if no other state is named around."""
        near = self._before(head.idx, NEAR, self._sentence(head))
        codes = {one.actor for one in near if one.kind in {ActorKind.STATE, ActorKind.OFFICE} and one.actor}
        if source.actor is None or codes <= {source.actor}:
            return source
        return replace(source, name=name_of(source.text), actor=None)

    def _referred(self, source: Source, word: str) -> Source:
        """What the references of the document found for a pronoun, unless its gender speaks against it."""
        key = (source.name or "").casefold(), source.actor or ""
        if self._gender.get(key, word) != word:
            return replace(source, name=None, role=None, actor=None, kind=None)
        return source

    def _root(self, span: Span) -> Token:
        tokens = self._parsed.tokens(span)
        return tokens.root if tokens is not None else self._parsed.doc[0]

    def _head(self, spans: Spans) -> Token | None:
        for span in spans:
            tokens = self._parsed.tokens(span)
            if tokens is not None:
                return tokens.root
        return None

    def _as(self, source: Source, figure: Figure) -> Source:
        kind = source.kind if source.kind is SourceKind.DOCUMENT else figure.told
        return replace(
            source,
            name=figure.name or source.name,
            role=figure.role or source.role,
            actor=figure.actor,
            kind=kind or source.kind,
        )

    def _before(self, place: int, reach: int, sentence: int) -> Iterator[Figure]:
        """Who stands before the place, at most so many sentences back: first those named, then those who
        spoke, each in order of the text."""
        first = bisect_left(self._sentences, sentence - reach)
        for figure in self._figures[first : bisect_left(self._starts, place)]:
            if figure.span.end <= place:
                yield figure
        spoke: list[Figure] = []
        for figure in reversed(self._spoke):
            if sentence - figure.sentence > reach:
                break
            if figure.span.start < place:
                spoke.append(figure)
        yield from reversed(spoke)

    def _best(
        self,
        head: Token,
        fits: Callable[[Figure], bool],
        reach: int,
        step: float = 1.0,
        favoured: tuple[str, str] | None = None,
        word: str = "",
    ) -> Figure | None:
        """The most salient figure before ``head`` that fits; None when another side's is as salient."""
        here = self._sentence(head)
        best: dict[tuple[str, str], tuple[float, Figure]] = {}
        for figure in self._before(head.idx, reach, here):
            if not fits(figure):
                continue
            score = -step * (here - figure.sentence) + SUBJECT * figure.subject + SPOKE * figure.spoke
            score += REFERRED * (figure.key == favoured) + KNOWN * (self._told.get(figure.key) == word)
            if figure.key not in best or score >= best[figure.key][0]:
                best[figure.key] = (score, figure)
        ranked = sorted(best.values(), key=lambda one: (-one[0], -one[1].span.start))
        if not ranked:
            return None
        top = ranked[0]
        rivals = [one for one in ranked[1:] if top[0] - one[0] < SURE and one[1].actor != top[1].actor]
        return None if rivals else top[1]

    def _owned(self, head: Token, source: Source) -> Source | None:
        """ "its spokesman", "their report": of whom "it" stands for."""
        owner = next((one for one in head.children if one.lower_ in _OWNERS and one.dep_ == "poss"), None)
        if owner is None or owner.idx != source.spans[0].start:
            return None
        mention = at(self._entities.actors, owner.idx)
        if mention is not None and mention.name:
            name, actor = mention.name, mention.code
        else:
            found = self._stands_for(owner, _OWNERS[owner.lower_], source.spans, None)
            if found is None or not found.name:
                return None
            name, actor = found.name, found.actor
        if source.kind is SourceKind.DOCUMENT:
            return replace(source, name=name, actor=actor)
        return replace(source, name=f"{name}’s {source.text[len(owner.text) :].strip()}", actor=actor)

    def _of_pair(self, head: Token, word: str) -> Figure | None:
        """Which of "X and Y" is "the former", which "the latter"."""
        here, text = self._sentence(head), self._parsed.text
        near = [one for one in self._before(head.idx, 1, here) if not one.spoke]
        for left, right in reversed(list(pairwise(near))):
            if text[left.span.end : right.span.start].strip() == "and":
                return left if word == "the former" else right
        return None

    # -------------------------------------------------------------------------------- pronouns

    def _pronoun(self, head: Token, word: str, source: Source, statement: Statement) -> Figure | None:
        favoured = (source.name.casefold(), source.actor or "") if source.name else None
        return self._stands_for(head, word, statement.content.spans, favoured)

    def _stands_for(
        self, head: Token, word: str, quoted: Spans, favoured: tuple[str, str] | None
    ) -> Figure | None:
        """Whom "he", "she", "they" or "it" at ``head`` means; nobody who is only named in ``quoted``."""

        def outside(figure: Figure) -> bool:
            return not any(span.start <= figure.span.start < span.end for span in quoted)

        if word in {"he", "she"}:

            def person(figure: Figure) -> bool:
                human = figure.kind in _HUMAN and not figure.plural and outside(figure)
                return human and self._gender.get(figure.key, word) == word

            found = self._best(head, person, PERSON_REACH, favoured=favoured, word=word)
            if found is not None:
                self._gender.setdefault(found.key, word)
            return found
        if word == "they":

            def several(figure: Figure) -> bool:
                if head.lower_ == "them" and not figure.spoke:
                    return False  # "according to them"
                crowd = figure.plural or (figure.spoke and figure.kind in _MANY)
                return crowd and outside(figure)

            return self._best(head, several, PERSON_REACH, favoured=favoured)

        def body(figure: Figure) -> bool:
            return figure.kind in _BODIES and outside(figure) and (figure.spoke or figure.subject)

        return self._best(head, body, BODY_REACH, favoured=favoured)

    # ---------------------------------------------------------------------------------- papers

    def _paper(self, head: Token) -> Figure | None:
        """Who made "the report"."""
        at_head = bisect_left(self._paper_places, head.idx)
        for own in self._papers[at_head : at_head + 1]:
            if own.place == head.idx and own.maker is not None:
                return own.maker
        articles = {one.lower_ for one in head.children if one.dep_ == "det"}
        several = is_plural(head) or head.lower_ == f"{head.lemma_.lower()}s"  # whatever the tagger says
        if articles & {"a", "an"} or (several and not articles & _DEFINITE):
            return None  # "a report", "media reports"
        noun, here = head.lemma_.lower(), self._sentence(head)
        told: list[Paper] = []
        for at_paper in range(at_head - 1, -1, -1):
            paper = self._papers[at_paper]
            if here - paper.sentence > PAPER_REACH:
                break
            told.insert(0, paper)
        same = [one for one in told if one.noun == noun] or (told if noun in _ANY_PAPER else [])
        if same:
            return same[-1].maker
        last = self._last_speaker(head, _BODIES | {ActorKind.PERSON})
        return last if noun in _ANY_PAPER else None

    def _last_speaker(
        self, head: Token, kinds: frozenset[ActorKind], *, beyond: bool = False
    ) -> Figure | None:
        """Who spoke last, if of these kinds; with ``beyond``, the last one of them whoever spoke since."""
        here = self._sentence(head)
        for last in reversed(self._spoke):
            if here - last.sentence > BODY_REACH:
                return None
            if last.span.start < head.idx and (last.kind in kinds or not beyond):
                return last if last.kind in kinds else None
        return None

    # ------------------------------------------------------------------------------ descriptions

    def _called(self, noun: str) -> frozenset[str]:
        return self._nouns.fits.get(noun, frozenset({noun})) | {noun}

    def _people(self, head: Token, source: Source) -> Figure | None:
        """Whom "the spokeswoman", "the experts", "another official" mean."""
        group = _part_of(head)
        if group is not None and group.lower_ == "them":
            crowd = self._stands_for(group, "they", source.spans, None)
            return self._one_of(crowd, source) if crowd is not None else None
        noun = group if group is not None else head
        starts = {one.lower_ for one in noun.children if one.dep_ in {"det", "amod", "nummod", "predet"}}
        other = group is not None or bool(starts & _OTHER)
        bare = source.actor is None and not {"a", "an"} & starts and not is_plural(noun)
        bare = bare or noun.lemma_.lower() in self._nouns.kin
        if not (starts & _DEFINITE or other or bare):
            return None
        lemma = noun.lemma_.lower()
        names = self._called(lemma) | {noun.lower_}
        wanted = self._told_gender([head.lower_])
        plural = is_plural(noun)

        def called(figure: Figure) -> bool:
            if figure.kind not in _HUMAN or not names & figure.words:
                return False
            if source.actor is not None and figure.actor != source.actor:
                return False
            if not other and figure.plural is not plural:
                return False
            return wanted is None or self._gender.get(figure.key, wanted) == wanted

        exact = {one.lower_ for one in noun.children if one.dep_ in {"amod", "compound", "nmod"}} - _OTHER
        found = None
        if exact:  # "the police chief" rather than any chief
            found = self._best(
                head, lambda one: called(one) and exact <= one.words, DESCRIPTION_REACH, DESCRIPTION_WEIGHT
            )
        found = found or self._best(head, called, DESCRIPTION_REACH, DESCRIPTION_WEIGHT)
        if found is None and lemma in _GENERIC and not plural and not other and starts & _DEFINITE:
            last = self._last_speaker(head, _HUMAN, beyond=lemma in self._nouns.hidden)
            found = last if last is not None and not last.plural else None
        if found is None and plural and not other and _PANEL in names:
            found = self._authors(head)
        return self._one_of(found, source) if found is not None and other else found

    def _authors(self, head: Token) -> Figure | None:
        """The body whose report "the experts" wrote."""
        here = self._sentence(head)
        for paper in reversed(self._papers[: bisect_left(self._paper_places, head.idx)]):
            if here - paper.sentence > PAPER_REACH:
                return None
            if paper.maker is not None and paper.maker.kind is ActorKind.ORGANISATION:
                return paper.maker
        return None

    def _one_of(self, crowd: Figure, source: Source) -> Figure:
        """Somebody of a crowd: only whose they are is known."""
        return replace(
            crowd,
            name=source.name,
            role=source.role or crowd.role,
            told=source.kind,
            actor=source.actor or crowd.actor,
        )

    def _body(self, head: Token) -> Figure | None:
        """Which ministry, agency or company "the ministry" means."""
        codes = self._nouns.states.get(head.lower_)
        if codes is not None:
            return self._best(
                head,
                lambda one: one.kind is ActorKind.STATE and one.actor in codes,
                DESCRIPTION_REACH,
                DESCRIPTION_WEIGHT,
            )
        names = self._called(head.lemma_.lower()) | {head.lower_}
        kinds = self._nouns.kinds.get(head.lower_, frozenset())
        specific = {one.lower_ for one in head.children if one.dep_ in {"amod", "compound", "nmod"}}

        def called(figure: Figure) -> bool:
            if figure.kind not in _BODIES or figure.kind is ActorKind.STATE:
                return False
            if figure.kind in kinds and figure.kind in _ALIKE:
                return True
            return bool(names & figure.words) and specific <= figure.words

        return self._best(head, called, DESCRIPTION_REACH, DESCRIPTION_WEIGHT)

    def _at_home(self, head: Token, source: Source) -> Source:
        """An office, or a spokesman, that nobody says whose it is: of the only side named just before, else
        of the state that the report is from."""
        words = {token.lower_ for span in source.spans for token in self._tokens(span)}
        if not words & self._nouns.native or self._has_owner(head) or source.kind is SourceKind.DOCUMENT:
            return source
        if {head.lower_, head.lemma_.lower()} & self._nouns.independent:
            return source
        if source.name != name_of(CLAUSE.split(source.text)[0]):
            return source  # somebody named, whose state was looked for already
        here = self._sentence(head)
        near = [
            one
            for one in self._before(head.idx, NEAR, here)
            if one.kind in _SIDES and one.actor in self._nouns.codes
        ]
        last = self._last_speaker(head, frozenset({ActorKind.STATE}))
        states = {one.actor for one in near if one.kind is ActorKind.STATE}
        if last is not None and _is_the(head) and states == {last.actor} and here - last.sentence <= NEAR:
            return replace(source, actor=last.actor)
        codes = {one.actor for one in near}
        usual = self._home or (self._topic if self._begins < head.idx else None)
        if not codes and usual is not None:
            codes = {usual}
        acting = {one.actor for one in near if one.kind in _VOICES and (one.subject or one.spoke)}
        if usual in codes and acting <= {usual}:
            codes = {usual}  # others are only spoken of
        told = len(codes) == 1 and (bool(acting) or codes == {usual})
        return replace(source, actor=next(iter(codes))) if told else source

    def _has_owner(self, head: Token) -> bool:
        """Whether words tell whose an office is; not "for the prime minister", whose own state is open."""
        for one in head.children:
            if one.dep_ == "poss":
                return True
            if one.lower_ in {"of", "for", "at"}:
                owner = next((inner for inner in one.children if inner.dep_ == "pobj"), None)
                if owner is None or not self._is_open_office(owner):
                    return True
        return False

    def _is_open_office(self, noun: Token) -> bool:
        """Whether "the prime minister", "the ministry" stands there without its state."""
        inside = [at(self._entities.actors, one.idx) for one in noun.subtree]
        return noun.lower_ in self._nouns.native and not any(one is not None and one.code for one in inside)

    # --------------------------------------------------------------------------------- who spoke

    def heard(self, source: Source, statement: Statement) -> None:
        """Notes who spoke, and what papers they spoke in."""
        head = self._head(source.spans)
        if head is None or (source.name is None and source.actor is None):
            return
        figure = self._speaker(head, source, statement)
        self._spoke.append(figure)
        self._learn_gender(figure, [token.lower_ for span in source.spans for token in self._tokens(span)])
        for token in self._spoken_in(statement):
            paper = Paper(token.idx, self._sentence(token), token.lemma_.lower(), figure)
            place = bisect_left(self._paper_places, paper.place)
            self._papers.insert(place, paper)
            self._paper_places.insert(place, paper.place)

    def _speaker(self, head: Token, source: Source, statement: Statement) -> Figure:
        mention = at(self._entities.actors, head.idx)
        if mention is not None:
            kind = mention.kind
        elif source.kind in {SourceKind.ANONYMOUS, SourceKind.COLLECTIVE} or self._nouns.is_people(head):
            kind = ActorKind.PEOPLE
        else:
            kind = ActorKind.OTHER
        if source.text.lower() in {"he", "she"}:
            kind = ActorKind.PERSON
        words = frozenset((source.role or "").lower().split())
        words |= {token.lower_ for span in source.spans for token in self._tokens(span)}
        words |= {head.lemma_.lower()}
        plural = is_plural(head) or any(one.dep_ == "conj" for one in head.children)
        return Figure(
            Span(source.spans[0].start, source.spans[-1].end),
            self._sentence(head),
            kind,
            source.name,
            source.role,
            source.actor,
            source.kind,
            words,
            plural,
            True,
            statement.within is None,
        )

    def _tokens(self, span: Span) -> Sequence[Token]:
        tokens = self._parsed.tokens(span)
        return list(tokens) if tokens is not None else []

    def _spoken_in(self, statement: Statement) -> Iterator[Token]:
        """The "statement" of "X said in a statement": papers without a maker around the cue."""
        if statement.cue is None:
            return
        inside = [*statement.content.spans, *(statement.source.spans if statement.source else ())]
        cue = self._head(statement.cue.spans)
        for token in cue.sent if cue is not None else ():
            if token.lemma_.lower() not in self._nouns.papers or not _is_spoken(token):
                continue
            free = not any(span.start <= token.idx < span.end for span in inside)
            if free and token.head.head is cue and maker_of(self._entities, token) is None:
                yield token


def _is_name(name: str | None) -> bool:
    """Whether it ends as a name does; "Utopia's envoy" describes."""
    return name is not None and name.rsplit(maxsplit=1)[-1][:1].isupper()


def _is_spoken(noun: Token) -> bool:
    """Whether it is what somebody speaks in: "said in a statement"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in {"in", "through", "via"}


def _is_described(head: Token) -> bool:
    """Whether a noun with an article, or in lower case, stands for a body told before."""
    return any(one.lower_ in _DEFINITE for one in head.children) or head.text[:1].islower()


def _is_the(head: Token) -> bool:
    return any(one.lower_ == "the" for one in head.children)


def _part_of(head: Token) -> Token | None:
    """The group in "two of the officials"; None when the noun stands for itself."""
    of = next((one for one in head.children if one.dep_ == "prep" and one.lower_ == "of"), None)
    if of is None or (head.pos_ not in {"NUM", "PRON", "DET"} and head.lower_ not in _OTHER):
        return None
    return next((one for one in of.children if one.dep_ == "pobj"), None)


_OF_MIND = frozenset({"believe", "know", "agree", "want", "demand", "condemn", "praise", "promise", "doubt"})
"""Classes of cue by which somebody tells what a state holds or wants."""
_FORCES = frozenset({"navy", "army", "military", "force", "coastguard", "airforce"})
_SEEING = frozenset(
    {"see", "spot", "film", "follow", "track", "watch", "observe", "sight", "fly", "detect", "photograph"}
    | {"board", "seize", "intercept", "stop", "search", "inspect", "shadow", "find", "discover"}
)
"""What crews do that their own forces tell of."""
_HOLDING = frozenset({"share", "regard", "consider", "view", "stand", "remain", "hold", "take", "assess"})


def _is_of_mind(verb: Token, words: Lexicon) -> bool:
    """Whether a clause tells what somebody holds or wants."""
    cue = cue_at(verb, words)
    return lemma(verb) in _HOLDING or (cue is not None and cue.entry.kind in _OF_MIND)
