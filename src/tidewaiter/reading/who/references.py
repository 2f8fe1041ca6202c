"""Words that refer back to an actor, resolved where the antecedent is reasonably certain.

There is no coreference model that can be installed, so these are rules: nearness, agreement in kind and
number, and a preference for subjects.  What they leave open is left out.  Wrong antecedents do more harm
than missing ones: each becomes a party of a transfer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import ActorForm, ActorKind, ActorMention, Span
from tidewaiter.reading.entities import LONGEST_MENTION, starting_in
from tidewaiter.reading.who.roles import RolePhrase
from tidewaiter.reading.who.scene import HYPHENS, POSSESSIVES, Scene

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Doc, Token, TokenSpan

SENTENCES_BACK = 2
"""How many sentences before its own an antecedent may stand, for pronouns."""

SPEAKER_BACK = 4
"""The same for "he said": who speaks goes on speaking while nobody else is named."""

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


def resolve(
    scene: Scene, named: tuple[ActorMention, ...], phrases: Sequence[RolePhrase] = ()
) -> tuple[ActorMention, ...]:
    """``named`` with the references between them, by place.

    ``phrases`` of office that belong to a pronoun ("its defence ministry") become references too; a person
    whose office is told by a reference ("X, the ministry's spokesman") takes its code.
    """
    referring = [*_Resolver(scene, named).references()]
    found = [*(one for one in named if not _is_part_of(one, referring)), *referring]
    codes = _of_owners(scene, found, phrases)
    found = _with_owned(scene, found, phrases)
    return tuple(sorted(_adopted(scene, found, codes), key=lambda one: one.span))


def _is_part_of(one: ActorMention, referring: Sequence[ActorMention]) -> bool:
    """Whether a region is only a word of a reference: "the Gulf" in "the Gulf state"."""
    if one.kind is not ActorKind.REGION:
        return False
    return any(other.span.start <= one.span.start and one.span.end <= other.span.end for other in referring)


def _of_owners(scene: Scene, found: Sequence[ActorMention], phrases: Sequence[RolePhrase]) -> dict[str, str]:
    """By name, the codes of persons in "its foreign minister, X": whose "its" is."""
    owners = {one.span.end: one for one in found if one.form is ActorForm.REFERENCE and one.code}
    ends: dict[int, str] = {}
    for phrase in phrases:
        if phrase.code is not None or phrase.role_class not in {"government", "speaker"} or not phrase.start:
            continue
        before = scene.doc[phrase.start - 1]
        owner = owners.get(before.idx + len(before.text))
        if owner is not None and owner.code and before.lower_ in OWNERS:
            ends[scene.doc[phrase.head].idx + len(scene.doc[phrase.head].text)] = owner.code
    codes: dict[str, str] = {}
    for one in found:
        if one.kind is ActorKind.PERSON and one.form is ActorForm.NAME and one.name and not one.code:
            gap = scene.parsed.text[one.span.start - 2 : one.span.start]
            at = one.span.start - (len(gap) if gap == ", " else 1)
            inside = [code for end, code in ends.items() if end == at or one.span.start < end < one.span.end]
            if inside:
                codes.setdefault(one.name, inside[0])
    return codes


def _with_owned(
    scene: Scene, found: Sequence[ActorMention], phrases: Sequence[RolePhrase]
) -> list[ActorMention]:
    """ "its defence ministry" in place of "its"."""
    owned = {phrase.start - 1: phrase for phrase in phrases if phrase.role_class in {"office", "forces"}}
    starts = {scene.doc[at].idx: phrase for at, phrase in owned.items() if at >= 0 and phrase.code is None}
    taken = {place for one in found for place in range(*one.span)}
    made: list[ActorMention] = []
    for one in found:
        phrase = starts.get(one.span.start)
        possessive = scene.parsed.text[one.span.start : one.span.end].lower() in OWNERS
        span = scene.span(phrase.start, phrase.end) if phrase is not None else one.span
        free = taken.isdisjoint(range(*span))
        if phrase is not None and possessive and free and one.code and one.kind in BODIES:
            kind = ActorKind.OFFICE if phrase.role_class == "office" else ActorKind.PEOPLE
            role = scene.doc[phrase.start : phrase.end].text
            made.append(replace(one, span=Span(one.span.start, span.end), kind=kind, role=role))
        else:
            made.append(one)
    return made


OWNERS = frozenset({"its", "their"})
EXPLAINED = re.compile(r"\s*,\s*(?:who\s+(?P<verb>\w+)\s+)?")
"""What stands between a person and the reference that tells the office."""


def _adopted(scene: Scene, found: Sequence[ActorMention], codes: dict[str, str]) -> list[ActorMention]:
    """Persons explained by a reference: "X, the ministry's spokesman", "X, who leads the command"."""
    references = {one.span.start: one for one in found if one.form is ActorForm.REFERENCE and one.code}
    for one in found:
        if one.kind is not ActorKind.PERSON or one.code or not one.name:
            continue
        match = EXPLAINED.match(scene.parsed.text, one.span.end)
        told = references.get(match.end()) if match else None
        if match and told is not None and told.code and _tells_office(scene, match["verb"], told):
            codes.setdefault(one.name, told.code)
    return [
        replace(one, code=codes[one.name or ""])
        if one.kind is ActorKind.PERSON and not one.code and one.name in codes
        else one
        for one in found
    ]


def _tells_office(scene: Scene, verb: str | None, told: ActorMention) -> bool:
    if verb is not None:
        return verb.lower() in scene.words["leads"]
    tokens = scene.parsed.tokens(told.span)
    if tokens is None:
        return False
    after = scene.doc[tokens.end : tokens.end + OFFICE_WORDS]
    return (
        len(after) > 1
        and after[0].text in POSSESSIVES
        and any(scene.role_ending(token.i) is not None for token in after)
    )


OFFICE_WORDS = 5
"""Tokens of "'s deputy press spokesman"."""


class _Resolver:
    """One pass over the document, from the first token to the last."""

    def __init__(self, scene: Scene, named: Sequence[ActorMention]) -> None:
        self._scene = scene
        self._named = list(named)
        self._taken = {place for one in named for place in range(*one.span)}
        self._acting = {
            place for one in named if one.kind is not ActorKind.REGION for place in range(*one.span)
        }
        self._sentence_of = {token.i: at for at, sentence in enumerate(scene.doc.sents) for token in sentence}
        self._token_of = {one.span: self._head_token(one.span) for one in named}
        self._nouns = _nouns(scene.parsed.knowledge)
        self._sentences = list(scene.doc.sents)
        self._quoted = _quoted(scene.doc)
        self._state_names = _state_names(scene.parsed.knowledge)
        self._areas = _areas(scene.parsed.knowledge)
        self._people: list[ActorMention] = []  # "he" and "she" of earlier sentences
        self._papers: list[tuple[Token, ActorMention | None]] = []

    def references(self) -> Iterator[ActorMention]:
        """Each reference that has an antecedent."""
        for token in self._scene.doc:
            if token.idx in self._acting:
                continue
            found = self._pronoun(token)
            if found is None and token.lower_ in {"the", "this", "that"}:
                found = self._description(token) or self._paper(token)
            self._note_paper(token)
            if found is not None:
                if found.kind is ActorKind.PERSON and found.name:
                    self._people.append(found)
                    self._token_of[found.span] = self._head_token(found.span)
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
            if token.head.dep_ in SUBJECTS and _trails(token.head):  # "X bought guns, its ministry said"
                return self._told_subject(token, kinds)
            if self._others_between(token):
                return None
        elif token.lower_ == "it" and self._is_accused(token):
            return self._accused(token, kinds)
        elif token.dep_ not in SUBJECTS and token.lower_ not in {"him", "her"}:
            return None  # "it" as an object may be anything that was spoken of
        elif token.lower_ == "it" and _trails(token):
            return self._trailing(token, kinds)
        answer = self._own_word(token) or self._subject_above(token, possessive)
        if answer is None and not possessive:
            answer = self._said_of(token)
        if answer is None and self._opens_sentence(token, kinds):
            answer = self._subject_before(token, kinds)
        if answer is None or answer.kind not in kinds or not self._same_quote(token, answer):
            return None
        return answer

    def _is_accused(self, token: Token) -> bool:
        return token.dep_ == "dobj" and token.head.lemma_.lower() in self._scene.words["accusing"]

    def _accused(self, token: Token, kinds: frozenset[ActorKind]) -> ActorMention | None:
        """Who is meant by "accusing it of ...": whom the clause above names beside the accuser."""
        accuser = self._own_subject(token.head)
        at = token.head
        while at.head.i != at.i:
            at, below = at.head, at
            if at.pos_ in {"NOUN", "PROPN"} and below.dep_ == "acl":
                accuser = accuser or self._maker_of(at)
                continue
            if at.pos_ not in {"VERB", "AUX"}:
                continue
            subject = self._own_subject(at)
            if accuser is None and below.dep_ in {"advcl", "xcomp", "conj"}:
                accuser = subject
            told = [one for one in (subject, *self._between(at, token)) if one and one.kind in kinds]
            others = [one for one in told if accuser is None or one.code != accuser.code]
            if accuser is not None and others:
                return others[0] if len({one.code for one in others}) == 1 else None
        return None

    def _told_subject(self, token: Token, kinds: frozenset[ActorKind]) -> ActorMention | None:
        """The subject of what "its ministry" says."""
        said = token.head.head
        told = next(one for one in said.children if one.dep_ == "ccomp" and one.i < token.head.i)
        subject = self._own_subject(told)
        return subject if subject is not None and subject.kind in kinds else None

    def _own_subject(self, verb: Token) -> ActorMention | None:
        subject = next((one for one in verb.children if one.dep_ in SUBJECTS), None)
        if subject is None or subject.lower_ in PRONOUNS:
            return None
        return self._mention_at(subject)

    def _between(self, verb: Token, token: Token) -> list[ActorMention]:
        """What is named from the verb on to the token."""
        there = starting_in(self._named, verb.idx, token.idx)
        return [one for one in there if one.span.end <= token.idx]

    def _maker_of(self, noun: Token) -> ActorMention | None:
        """The actor in "a report by X", "X's report", "the X report"."""
        for child in noun.children:
            if child.dep_ in {"poss", "compound", "amod", "nmod"} and (found := self._mention_at(child)):
                return found
            if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from", "of"}:
                inner = [one for one in child.children if one.dep_ == "pobj"]
                found = self._mention_at(inner[0]) if inner else None
                if found is not None:
                    return found
        return None

    def _trailing(self, token: Token, kinds: frozenset[ActorKind]) -> ActorMention | None:
        """Who is "it" in "X will report this, it said": who spoke in the sentence before, else the office X;
        of a bare state beside it nobody can tell."""
        told = next(one for one in token.head.children if one.dep_ == "ccomp" and one.i < token.i)
        own = self._own_subject(told)
        before = self._subject_before(token, kinds)
        if own is None or own.kind not in kinds:
            return before
        if before is not None and before.code == own.code:
            return before
        spoke = before is not None and _speaks(self._token_of[before.span].head)
        if spoke:
            return before
        return own if own.kind in {ActorKind.OFFICE, ActorKind.ORGANISATION, ActorKind.FIRM} else None

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
            for one in starting_in(self._named, subject.span.end, token.idx)
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

    def _own_word(self, token: Token) -> ActorMention | None:
        """X in "X's denial that it ...", whose word it is."""
        noun = token.head.head
        if token.lower_ != "it" or token.head.dep_ != "acl" or noun.pos_ != "NOUN":
            return None
        owner = next((one for one in noun.children if one.dep_ == "poss"), None)
        return self._mention_at(owner) if owner is not None else None

    def _said_of(self, token: Token) -> ActorMention | None:
        """X in "X rejects claims it ...", however the parser took the words of a headline."""
        at = token.i - 1
        if at > 0 and token.doc[at].lower_ == "that":
            at -= 1
        if at < 0 or token.doc[at].lemma_.lower() not in self._scene.words["hearsay"]:
            return None
        before = [one for one in self._inside(token.sent) if one.span.end <= token.idx and one.kind in BODIES]
        return before[0] if len({one.code for one in before}) == 1 else None

    def _opens_sentence(self, token: Token, kinds: frozenset[ActorKind]) -> bool:
        """Whether the pronoun is in the main clause; under "the crew said" only a person's may be."""
        verb = token.head
        return verb.dep_ == "ROOT" or (kinds == HUMAN and verb.head.dep_ == "ROOT")

    def _subject_before(self, token: Token, kinds: frozenset[ActorKind]) -> ActorMention | None:
        """The actor that is the subject of the sentence before; for persons, of the last ones."""
        sentences, here = self._sentences, self._sentence_of[token.i]
        far = SPEAKER_BACK if _speaks(token.head) else SENTENCES_BACK
        for back in range(1, min(here, far if kinds == HUMAN else 1) + 1):
            sentence = sentences[here - back]
            subjects = [one for one in self._inside(sentence) if self._is_subject(one) and one.kind in kinds]
            if kinds == HUMAN:
                people = subjects or [one for one in self._inside(sentence) if one.kind in kinds]
                people = people or self._meant_in(sentence)
                if people:
                    return people[-1] if len({one.name for one in people}) == 1 else None
                continue
            roots = [one for one in subjects if self._token_of[one.span].head == sentence.root]
            return roots[0] if roots else None
        return None

    def _meant_in(self, sentence: TokenSpan) -> list[ActorMention]:
        """The persons that the sentence names by "he" or "she" only."""
        inside = range(sentence.start_char, sentence.end_char)
        return [one for one in self._people if one.span.start in inside]

    def _inside(self, sentence: TokenSpan) -> list[ActorMention]:
        return [*starting_in(self._named, sentence.start_char, sentence.end_char)]

    def _same_quote(self, token: Token, antecedent: ActorMention) -> bool:
        """Words of a quotation refer to what the quotation names, not to the reporter's sentence."""
        if not self._quoted[token.i]:
            return True
        quoted = self._quoted[self._token_of[antecedent.span].i]
        return quoted and abs(token.idx - antecedent.span.end) < QUOTE_REACH

    def _speaker_of_quote(self, token: Token) -> ActorMention | None:
        """Who says "we": the subject of the sentence that stands outside the quotation marks."""
        sentence = token.sent
        if not self._quoted[token.i]:
            return None
        outside = [
            one
            for one in self._inside(sentence)
            if not self._quoted[self._token_of[one.span].i]
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
        kinds, words = self._nouns[head.lower_]
        area = self._area(token, head) if ActorKind.STATE in kinds else None
        odd_group = ActorKind.GROUP in kinds and not self._may_fight(token, head)
        if odd_group or not self._is_free(span, area):
            return None
        if area is not None:
            return self._reference(span, self._in_area(token, area))
        candidates = self._candidates(token, kinds)
        called = next((one for one in candidates if self._is_called(one, head.lower_)), None)
        if called is not None:
            return self._reference(span, called)
        candidates = [one for one in candidates if not self._is_sent_to(one, head)]
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
        return self._reference(span, self._only_one(token, head.lower_, kinds, words))

    def _only_one(
        self, token: Token, noun: str, kinds: frozenset[ActorKind], words: frozenset[str]
    ) -> ActorMention | None:
        """The office so called, or the state of the few so called ("the junta"), where the document has
        named only one, however far above."""
        few = any(word.isupper() for word in words)
        if kinds != {ActorKind.OFFICE} and not (few and ActorKind.STATE in kinds):
            return None
        fitting = [
            one for one in self._named if one.span.end <= token.idx and self._agrees(one, noun, kinds, words)
        ]
        if len({one.code for one in fitting}) != 1:
            return None
        return self._as_state(fitting[-1]) if ActorKind.STATE in kinds else fitting[-1]

    def _may_fight(self, determiner: Token, head: Token) -> bool:
        """Whether the words between fit an armed group: not "the boarding group", "the study group"."""
        between = determiner.doc[determiner.i + 1 : head.i]
        return not any(token.lower_.endswith("ing") for token in between) and all(
            token.pos_ in {"ADJ", "PROPN", "PUNCT", "ADV"} or token.lower_ in self._scene.words["not_state"]
            for token in between
        )

    def _is_sent_to(self, one: ActorMention, head: Token) -> bool:
        """Of "the X ambassador to the country", that country is not X."""
        between = self._scene.parsed.text[one.span.end : head.left_edge.idx]
        return between.strip().lower() == "to" and one.kind is ActorKind.PERSON

    def _is_free(self, span: Span, area: frozenset[str] | None) -> bool:
        """Whether no actor is named inside; a region in "the South American country" is none."""
        if self._taken.isdisjoint(range(*span)):
            return True
        inside = [one for one in self._named if one.span.start < span.end and span.start < one.span.end]
        return area is not None and all(one.kind is ActorKind.REGION for one in inside)

    def _area(self, determiner: Token, head: Token) -> frozenset[str] | None:
        """The states that the words between allow: "east African", "landlocked"; None when any."""
        words = determiner.doc[determiner.i + 1 : head.i].text.lower()
        words = " ".join(words.replace("-", " ").replace("‑", " ").split())
        allowed: frozenset[str] | None = None
        for text, codes in self._areas:  # longest first: "east african" leaves no "african"
            if f" {text} " in f" {words} ":
                words = f" {words} ".replace(f" {text} ", " | ").strip()
                allowed = codes if allowed is None else allowed & codes
        return allowed

    def _in_area(self, token: Token, area: frozenset[str]) -> ActorMention | None:
        """The only state of the area named just before, else in the last sentences."""
        for back in (0, STATE_BACK, DESCRIPTION_BACK, len(self._sentences)):
            near = [one for one in self._before(token, back) if one.code in area and _is_side(one)]
            if near:
                return self._as_state(near[0]) if len({one.code for one in near}) == 1 else None
        return None

    def _is_called(self, one: ActorMention, noun: str) -> bool:
        """Whether it was named by that very noun: "the government" after "the Chilean government"."""
        return one.form is ActorForm.ROLE and one.code is not None and (one.role or "").lower().endswith(noun)

    def _candidates(self, token: Token, kinds: frozenset[ActorKind]) -> list[ActorMention]:
        """What was named in the sentences before, the nearest first."""
        return self._before(token, STATE_BACK if ActorKind.STATE in kinds else DESCRIPTION_BACK)

    def _before(self, token: Token, back: int) -> list[ActorMention]:
        """What is named before the token, up to so many sentences back, the nearest first."""
        here = self._sentence_of[token.i]
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
        if (
            one.form is ActorForm.DEMONYM
            and self._scene.parsed.text[one.span.end : one.span.end + 1] in HYPHENS
        ):
            return False  # "Danish-made radars" bring nobody on the scene
        if ActorKind.STATE in kinds:
            codes = {word for word in words if word.isupper()}
            return one.code in self._state_names and (not codes or one.code in codes)
        if one.kind not in kinds:
            return False
        if one.kind in {ActorKind.FIRM, ActorKind.GROUP, ActorKind.ORGANISATION, ActorKind.MEDIA}:
            return True
        described = f"{one.role or ''} {one.name or ''}".lower()
        return noun.rstrip("s") in described or bool(words & frozenset(described.split()))

    # -------------------------------------------------------------------------------------- papers

    def _note_paper(self, token: Token) -> None:
        """Remember who issued a report or statement at the place that introduces it."""
        if token.lemma_.lower() not in self._scene.words["paper"] or token.pos_ not in {"NOUN", "PROPN"}:
            return
        issuer = self._issuer(token)
        if issuer is not None or not _is_definite(token):
            self._papers.append((token, issuer))

    def _issuer(self, noun: Token) -> ActorMention | None:
        """Who made it ("a report by X"), issued it ("X published a report") or spoke in it."""
        found = self._maker_of(noun)
        verb = noun.head if noun.dep_ == "dobj" else None
        if verb is not None and verb.lemma_.lower() not in self._scene.words["issuing"]:
            verb = None
        if noun.dep_ == "pobj" and noun.head.lower_ == "in" and _speaks(noun.head.head):
            verb = noun.head.head
        if found is None and verb is not None:
            found = self._own_subject(verb)
        clause = next((one for one in noun.children if one.dep_ == "acl" and one.tag_ == "VBN"), None)
        if found is None and clause is not None:
            found = self._maker_of(clause)
        return found if found is not None and found.kind is not ActorKind.REGION else None

    def _paper(self, determiner: Token) -> ActorMention | None:
        """Who speaks in "the statement said": whoever issued the last one that was told of."""
        if determiner.i + 1 >= len(determiner.doc):
            return None
        noun = determiner.nbor(1)
        if noun.dep_ not in SUBJECTS or noun.head.pos_ != "VERB" or self._issuer(noun) is not None:
            return None
        kind = noun.lemma_.lower()
        if kind not in self._scene.words["paper"] or noun.head.lemma_.lower() == "be":
            return None
        here = self._sentence_of[noun.i]
        told = [(one, issuer) for one, issuer in self._papers if one.lemma_.lower() == kind]
        if not told or told[-1][1] is None or here - self._sentence_of[told[-1][0].i] > DESCRIPTION_BACK:
            return None
        return self._reference(Span(determiner.idx, noun.idx + len(noun.text)), told[-1][1])

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
        near = starting_in(self._named, token.idx - LONGEST_MENTION, token.idx + 1)
        return next((one for one in near if token.idx < one.span.end), None)

    def _is_subject(self, one: ActorMention) -> bool:
        return self._token_of[one.span].dep_ in SUBJECTS


SIDES = frozenset({ActorKind.STATE, ActorKind.GROUP, ActorKind.ORGANISATION, ActorKind.OFFICE})


def _is_side(one: ActorMention) -> bool:
    return one.code is not None and one.kind in SIDES


def _trails(token: Token) -> bool:
    """Whether the pronoun follows what it is made to say: "..., it said"."""
    return any(child.dep_ == "ccomp" and child.i < token.i for child in token.head.children)


def _speaks(verb: Token) -> bool:
    """Whether a clause hangs on the verb as what is said."""
    return verb.pos_ == "VERB" and any(child.dep_ in {"ccomp", "parataxis"} for child in verb.children)


def _is_definite(noun: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in {"the", "this", "that"} for child in noun.children)


@lru_cache(maxsize=8)
def _areas(knowledge: Knowledge) -> tuple[tuple[str, frozenset[str]], ...]:
    """Words for areas and sorts of states with the states they fit, the longest first."""
    found: dict[str, frozenset[str]] = {}
    for row in knowledge.table("actors_areas"):
        text = row["text"].replace("-", " ")
        found[text] = found.get(text, frozenset()) | frozenset(row["codes"].split())
    return tuple(sorted(found.items(), key=lambda one: (-len(one[0]), one[0])))


def _is_aside(verb: Token) -> bool:
    """Whether the clause is thrown in: "as X alleges"."""
    return any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)


@lru_cache(maxsize=8)
def _state_names(knowledge: Knowledge) -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in knowledge.table("actors_states")}


@lru_cache(maxsize=8)
def _nouns(knowledge: Knowledge) -> dict[str, tuple[frozenset[ActorKind], frozenset[str]]]:
    """Nouns that describe actors: what kinds, and which states or words of office they go with."""
    return {
        row["noun"]: (
            frozenset(ActorKind(kind) for kind in row["kinds"].split()),
            frozenset(row["fits"].split()),
        )
        for row in knowledge.table("actors_descriptions")
    }


DESCRIPTION_WORDS = 4
"""Most words between the determiner and the noun: "the secretive, sanctioned Asian nation"."""


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


def _quoted(doc: Doc) -> list[bool]:
    """For each token whether it stands in quotation marks: behind an opening mark in its paragraph, or
    behind an odd number of straight ones."""
    found: list[bool] = []
    shaped: bool | None = None  # what the last mark that shows its side says
    straight = 0
    for token in doc:
        found.append(shaped if shaped is not None else straight % 2 == 1)
        if "\n" in token.text:
            shaped, straight = None, 0
        elif token.text in {"“", "„", "«"}:
            shaped = True
        elif token.text in {"”", "»"}:
            shaped = False
        else:
            straight += token.text in QUOTES
    return found
