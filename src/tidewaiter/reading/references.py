"""Words that refer back to an actor, resolved where the antecedent is reasonably certain.

There is no coreference model that can be installed, so these are rules: nearness, agreement in kind and
number, and a preference for subjects.  What they leave open is left out.  Wrong antecedents do more harm
than missing ones: each becomes a party of a transfer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.model import ActorForm, ActorKind, ActorMention, Span
from tidewaiter.reading.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

SENTENCES_BACK = 2
"""How many sentences before its own an antecedent may stand, for pronouns."""

DESCRIPTION_BACK = 4
"""The same for descriptions ("the ministry"), which reports use over longer stretches."""

STATE_BACK = 1
"""The same for "the country": states are named so often that a farther one is hardly meant."""

QUOTE_REACH = 300
"""Characters within which two places in quotation marks are taken for one quotation."""

BESIDE = frozenset({"and", "for", "in", "over", "during", "amid", "or"})
"""Words that, between a name and "its", tie "its" to that name."""

BODIES = frozenset(
    {ActorKind.STATE, ActorKind.OFFICE, ActorKind.ORGANISATION, ActorKind.GROUP, ActorKind.FIRM}
)
HUMAN = frozenset({ActorKind.PERSON})
CROWDS = frozenset({ActorKind.PEOPLE, ActorKind.GROUP})

PRONOUNS: dict[str, tuple[frozenset[ActorKind], bool]] = {
    # word -> kinds it may stand for, whether it is a possessive
    "it": (BODIES, False),
    "its": (BODIES, True),
    "itself": (BODIES, False),
    "he": (HUMAN, False),
    "him": (HUMAN, False),
    "his": (HUMAN, True),
    "she": (HUMAN, False),
    "her": (HUMAN, True),
    "they": (CROWDS, False),
    "their": (CROWDS, True),
    "we": (BODIES | HUMAN | CROWDS, False),
    "our": (BODIES | HUMAN | CROWDS, True),
    "us": (BODIES | HUMAN | CROWDS, False),
}
FIRST_PERSON = frozenset({"we", "our", "us"})
QUOTES = frozenset({'"', "“", "”", "''", "``", "„", "«", "»"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def resolve(scene: Scene, named: tuple[ActorMention, ...]) -> tuple[ActorMention, ...]:
    """``named`` with the references between them, by place."""
    return tuple(
        sorted(
            [*named, *_Resolver(scene, named).references()],
            key=lambda one: one.span,
        )
    )


class _Resolver:
    """One pass over the document, from the first token to the last."""

    def __init__(self, scene: Scene, named: Sequence[ActorMention]) -> None:
        self._scene = scene
        self._named = list(named)
        self._taken = {place for one in named for place in range(*one.span)}
        self._sentence_of = {token.i: at for at, sentence in enumerate(scene.doc.sents) for token in sentence}
        self._token_of = {one.span: self._head_token(one.span) for one in named}
        self._nouns = _nouns(scene)
        self._sentences = list(scene.doc.sents)
        self._state_names = _state_names(scene)

    def references(self) -> Iterator[ActorMention]:
        """Each reference that has an antecedent."""
        for token in self._scene.doc:
            if token.idx in self._taken:
                continue
            found = self._pronoun(token)
            if found is None and token.lower_ in {"the", "this", "that"}:
                found = self._description(token)
            if found is not None:
                yield found

    # ------------------------------------------------------------------------------------ pronouns

    def _pronoun(self, token: Token) -> ActorMention | None:
        known = PRONOUNS.get(token.lower_)
        if known is None or token.text == "US" or token.dep_ == "expl":
            return None
        kinds, possessive = known
        if token.lower_ in FIRST_PERSON:
            antecedent = self._speaker_of_quote(token)
        elif token.lower_ == "it" and _is_dummy(token):
            antecedent = None
        else:
            antecedent = self._antecedent(token, kinds, possessive)
        return self._reference(Span(token.idx, token.idx + len(token.text)), antecedent)

    def _antecedent(self, token: Token, kinds: frozenset[ActorKind], possessive: bool) -> ActorMention | None:
        """The actor just before "and its", the subject of the clause above, or of the sentence before."""
        if possessive:
            found = self._beside(token)
            if found is not None:
                return found if found.kind in kinds else None
            if self._others_between(token):
                return None
        elif token.dep_ not in SUBJECTS and token.lower_ not in {"him", "her"}:
            return None  # "it" as an object may be anything that was spoken of
        answer = self._subject_above(token, possessive)
        if answer is None and self._opens_sentence(token, kinds):
            answer = self._subject_before(token, kinds)
        if answer is None or answer.kind not in kinds or not self._same_quote(token, answer):
            return None
        return answer

    def _beside(self, token: Token) -> ActorMention | None:
        """X in "X and its", "X in its", "X for its"."""
        if token.i < 2 or token.nbor(-1).lower_ not in BESIDE:
            return None
        return self._mention_at(token.nbor(-2))

    def _others_between(self, token: Token) -> bool:
        """Whether another actor stands between the subject and a "for its": either could be meant."""
        if token.i == 0 or token.nbor(-1).pos_ not in {"ADP", "SCONJ"}:
            return False
        subject = self._subject_above(token, possessive=True)
        return subject is not None and any(
            subject.span.end <= one.span.start
            and one.span.end <= token.idx
            and one.kind in BODIES
            and one.code not in {None, subject.code}
            for one in self._named
        )

    def _subject_above(self, token: Token, possessive: bool) -> ActorMention | None:
        """The actor that is the subject of the clause over this one: "X says it ...", "X sent its ..."."""
        at = token
        own = None if possessive else token.head
        while at.head.i != at.i:
            at = at.head
            if at.pos_ not in {"VERB", "AUX"} or at == own or _is_aside(at):
                continue
            subjects = [one for one in at.children if one.dep_ in SUBJECTS and one.i < token.i]
            subject = subjects[-1] if subjects else None  # debris before a sentence may seem one too
            if subject is None:
                continue
            if subject.tag_ in {"WDT", "WP"} and at.dep_ == "relcl":
                subject = at.head
            if subject == token or subject.lower_ in PRONOUNS:
                return None
            return self._mention_at(subject)
        return None

    def _opens_sentence(self, token: Token, kinds: frozenset[ActorKind]) -> bool:
        """Whether the pronoun is in the main clause; under "the crew said" only a person's may be."""
        verb = token.head
        return verb.dep_ == "ROOT" or (kinds == HUMAN and verb.head.dep_ == "ROOT")

    def _subject_before(self, token: Token, kinds: frozenset[ActorKind]) -> ActorMention | None:
        """The actor that is the subject of the sentence before; for persons, of the last ones."""
        sentences, here = self._sentences, self._sentence_of[token.i]
        for back in range(1, min(here, SENTENCES_BACK if kinds == HUMAN else 1) + 1):
            sentence = sentences[here - back]
            subjects = [one for one in self._inside(sentence) if self._is_subject(one) and one.kind in kinds]
            if kinds == HUMAN:
                people = subjects or [one for one in self._inside(sentence) if one.kind in kinds]
                if people:
                    return people[-1] if len({one.name for one in people}) == 1 else None
                continue
            roots = [one for one in subjects if self._token_of[one.span].head == sentence.root]
            return roots[0] if roots else None
        return None

    def _inside(self, sentence: TokenSpan) -> list[ActorMention]:
        return [one for one in self._named if sentence.start_char <= one.span.start < sentence.end_char]

    def _same_quote(self, token: Token, antecedent: ActorMention) -> bool:
        """Words of a quotation refer to what the quotation names, not to the reporter's sentence."""
        if not _in_quotes(token):
            return True
        return (
            _in_quotes(self._token_of[antecedent.span]) and abs(token.idx - antecedent.span.end) < QUOTE_REACH
        )

    def _speaker_of_quote(self, token: Token) -> ActorMention | None:
        """Who says "we": the subject of the sentence that stands outside the quotation marks."""
        sentence = token.sent
        if not _in_quotes(token):
            return None
        outside = [
            one
            for one in self._named
            if sentence.start_char <= one.span.start < sentence.end_char
            and not _in_quotes(self._token_of[one.span])
            and self._is_subject(one)
            and one.kind not in {ActorKind.MEDIA, ActorKind.REGION}
        ]
        return outside[-1] if len({one.code for one in outside}) == 1 else None

    # -------------------------------------------------------------------------------- descriptions

    def _description(self, token: Token) -> ActorMention | None:
        """The mention meant by "the regime", "the ministry", "the reclusive state"."""
        head = _noun_after(token, self._nouns)
        if head is None or head.dep_ in {"attr", "appos"}:
            return None
        span = Span(token.idx, head.idx + len(head.text))
        if not self._taken.isdisjoint(range(*span)):
            return None
        kinds, words = self._nouns[head.lower_]
        candidates = self._candidates(token, kinds)
        called = next((one for one in candidates if self._is_called(one, head.lower_)), None)
        if called is not None:
            return self._reference(span, called)
        above = self._subject_above(head, possessive=False) if head.dep_ in SUBJECTS else None
        if above is not None and self._agrees(above, head.lower_, kinds, words):
            return self._reference(span, self._as_state(above) if ActorKind.STATE in kinds else above)
        own = self._subject_of_clause(head) if ActorKind.STATE in kinds else None
        for at, one in enumerate(candidates):
            if not self._agrees(one, head.lower_, kinds, words) or (own is not None and one.code == own.code):
                continue
            if ActorKind.STATE in kinds and self._is_coordinated(one, candidates[at + 1 :]):
                return None
            return self._reference(span, self._as_state(one) if ActorKind.STATE in kinds else one)
        return None

    def _is_called(self, one: ActorMention, noun: str) -> bool:
        """Whether it was named by that very noun: "the government" after "the Chilean government"."""
        return one.form is ActorForm.ROLE and one.code is not None and (one.role or "").lower().endswith(noun)

    def _candidates(self, token: Token, kinds: frozenset[ActorKind]) -> list[ActorMention]:
        """What was named in the sentences before, the nearest first."""
        here = self._sentence_of[token.i]
        back = STATE_BACK if ActorKind.STATE in kinds else DESCRIPTION_BACK
        return [
            one
            for one in reversed(self._named)
            if one.span.end <= token.idx and here - self._sentence_of[self._token_of[one.span].i] <= back
        ]

    def _subject_of_clause(self, head: Token) -> ActorMention | None:
        """The state that is the subject of the clause: "X bought arms from the country" is not from X."""
        at = head
        while at.head.i != at.i and at.pos_ not in {"VERB", "AUX"}:
            at = at.head
        subject = next((one for one in at.children if one.dep_ in SUBJECTS and one.i < head.i), None)
        found = self._mention_at(subject) if subject is not None else None
        return found if found is not None and found.kind is ActorKind.STATE else None

    def _is_coordinated(self, one: ActorMention, others: Sequence[ActorMention]) -> bool:
        """Whether it stands beside another state: of "X and Y" neither is "the country"."""
        text = self._scene.parsed.text
        return any(
            other.code not in {None, one.code}
            and text[other.span.end : one.span.start].strip().lower() in {"and", "or", ",", "-", "&"}
            for other in others[:2]
        )

    def _as_state(self, one: ActorMention) -> ActorMention:
        name = self._state_names.get(one.code or "", one.name or "")
        return replace(one, kind=ActorKind.STATE, name=name, role=None)

    def _agrees(
        self, one: ActorMention, noun: str, kinds: frozenset[ActorKind], words: frozenset[str]
    ) -> bool:
        """Whether what was named could be called that: a ministry "the ministry", a spokesman so."""
        if one.code is None or one.kind is ActorKind.REGION:
            return False
        if one.kind is ActorKind.MEDIA and one.kind not in kinds:
            return False
        if ActorKind.STATE in kinds:
            codes = {word for word in words if word.isupper()}
            return one.code in self._state_names and (not codes or one.code in codes)
        if one.kind not in kinds:
            return False
        if one.kind in {ActorKind.FIRM, ActorKind.GROUP, ActorKind.ORGANISATION, ActorKind.MEDIA}:
            return True
        described = f"{one.role or ''} {one.name or ''}".lower()
        return noun.rstrip("s") in described or bool(words & frozenset(described.split()))

    # ------------------------------------------------------------------------------------- helpers

    def _reference(self, span: Span, antecedent: ActorMention | None) -> ActorMention | None:
        if antecedent is None:
            return None
        return ActorMention(
            span,
            antecedent.kind,
            ActorForm.REFERENCE,
            antecedent.code,
            antecedent.name,
            antecedent.role,
            antecedent.span,
        )

    def _head_token(self, span: Span) -> Token:
        tokens = self._scene.parsed.tokens(span)
        if tokens is None:
            return self._scene.doc[0]
        return tokens.root

    def _mention_at(self, token: Token) -> ActorMention | None:
        return next((one for one in self._named if one.span.start <= token.idx < one.span.end), None)

    def _is_subject(self, one: ActorMention) -> bool:
        return self._token_of[one.span].dep_ in SUBJECTS


def _is_aside(verb: Token) -> bool:
    """Whether the clause is thrown in: "as X alleges"."""
    return any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)


def _state_names(scene: Scene) -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in scene.parsed.knowledge.table("actors_states")}


def _nouns(scene: Scene) -> dict[str, tuple[frozenset[ActorKind], frozenset[str]]]:
    """Nouns that describe actors: what kinds, and which states or words of office they go with."""
    return {
        row["noun"]: (
            frozenset(ActorKind(kind) for kind in row["kinds"].split()),
            frozenset(row["fits"].split()),
        )
        for row in scene.parsed.knowledge.table("actors_descriptions")
    }


DESCRIPTION_WORDS = 4
"""Most words between the determiner and the noun: "the secretive, sanctioned Asian nation"."""


DESCRIBING = frozenset({"ADJ", "PUNCT", "PROPN", "ADV", "NOUN"})


def _noun_after(
    determiner: Token, nouns: dict[str, tuple[frozenset[ActorKind], frozenset[str]]]
) -> Token | None:
    doc = determiner.doc
    for at in range(determiner.i + 1, min(determiner.i + 2 + DESCRIPTION_WORDS, len(doc))):
        token = doc[at]
        if token.lower_ in nouns and not _goes_on(token):
            return token
        if (
            token.pos_ not in {"ADJ", "PUNCT", "PROPN", "ADV", "NOUN"}
            or token.is_space
            or token.ent_type_ == "ORDINAL"
        ):
            return None
    return None


def _goes_on(token: Token) -> bool:
    """Whether the noun is said of something else: "the country of origin", "the group stage"."""
    if token.i + 1 >= len(token.doc):
        return False
    following = token.doc[token.i + 1]
    return following.lower_ in {"of", "that"} or following.pos_ in {"NOUN", "PROPN"} or following.text == "-"


def _is_dummy(token: Token) -> bool:
    """ "it is clear that", "it would be", "make it seem": nobody is meant."""
    verb = token.head
    if token.dep_ in SUBJECTS and verb.lemma_ in {"be", "seem", "appear", "take", "remain", "become"}:
        complements = {"ccomp", "acomp", "attr", "xcomp"}
        return any(child.dep_ in complements for child in verb.children)
    return token.dep_ not in {*SUBJECTS, "dobj", "pobj"}


def _in_quotes(token: Token) -> bool:
    """Whether an odd number of quotation marks stands before the token in its paragraph."""
    marks = 0
    for at in range(token.i - 1, -1, -1):
        before = token.doc[at]
        if "\n" in before.text:
            break
        if before.text in {"“", "„", "«"}:
            return True
        if before.text in {"”", "»"}:
            return False
        marks += before.text in QUOTES
    return marks % 2 == 1
