"""Cue words from tables, and what the clause around one tells: who acts, whether it was done or only
announced, and on which day.  Responses and events are both read with it.

A table of cues has the columns ``key, cue, pos, use, value, needs, hits, status, source``.  ``use``
says what a row is: ``act`` (the word ``cue`` of part of speech ``pos`` evokes ``value``, provided that
one of ``needs`` holds of its arguments), ``word`` (``cue`` belongs to the word class ``value``),
``governor`` (above an act, ``cue`` makes it ``value``: announced, threatened, tried, or ``skip``: no act).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import (
    ActorKind,
    ActorMention,
    Category,
    ResponseStatus,
    Span,
    Spans,
    Statement,
    TimeMention,
)
from tidewaiter.reading.entities import Entities, starting_in
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.places import Places
from tidewaiter.reading.syntax import (
    CLIMBING_LIMIT,
    Arguments,
    arguments,
    conjuncts,
    has_negation,
    is_passive,
    phrase,
)

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

FIRST_PERSON = frozenset({"we", "us", "our", "i", "ours", "my"})
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo"})
_MAY = frozenset({"may", "might", "could", "can", "ca"})
_OWNING = frozenset({"of", "at", "to", "on", "about", "for"})
"""Prepositions between a governor and an act: "threat of", "hinted at", "committed to"."""
_QUESTION = frozenset({"whether", "if", "unless"})
_NOT_ACTING = frozenset({ActorKind.FIRM, ActorKind.MEDIA, ActorKind.REGION})
_MODIFIERS = frozenset({"amod", "compound", "poss", "nmod", "npadvmod", "nummod"})
_FLYING = frozenset({Category.MISSILES, Category.UAV, Category.AMMUNITION})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One row with ``use`` act."""

    lemma: str
    value: str
    needs: tuple[str, ...]
    hits: str
    status: str


@dataclass(frozen=True, slots=True, eq=False)
class CueTable:
    """A table of cues, compiled for look-up."""

    acts: Mapping[tuple[str, str], tuple[Cue, ...]]  # by lemma and part of speech
    classes: Mapping[str, frozenset[str]]
    governors: Mapping[str, str]
    spoken_by: frozenset[str]  # parts of speech of its acts


@lru_cache(maxsize=8)
def cue_table(knowledge: Knowledge, name: str) -> CueTable:
    """Compile the table ``name``.  Raises ``KnowledgeError`` when there is no such table."""
    acts: dict[tuple[str, str], list[Cue]] = {}
    classes: dict[str, set[str]] = {}
    governors: dict[str, str] = {}
    for row in knowledge.table(name):
        word = row["cue"].lower()
        if row["use"] == "act":
            needs = tuple(one for one in row["needs"].split("|") if one)
            cue = Cue(word, row["value"], needs, row["hits"], row["status"])
            acts.setdefault((word, row["pos"]), []).append(cue)
        elif row["use"] == "word":
            classes.setdefault(row["value"], set()).add(word)
        else:
            governors[word] = row["value"]
    return CueTable(
        {key: tuple(cues) for key, cues in acts.items()},
        {key: frozenset(words) for key, words in classes.items()},
        governors,
        frozenset(pos for _, pos in acts) | {"PROPN"},
    )


@dataclass(frozen=True, slots=True)
class Party:
    """A coded actor and the words that name it."""

    code: str
    spans: Spans


@dataclass(frozen=True, slots=True)
class Commitment:
    """How far an act went by the words around it."""

    status: ResponseStatus
    spans: Spans
    negated: bool = False
    own_words_only: bool = False  # "may", "would": counts only when the actor itself says so
    governors: tuple[Token, ...] = ()  # verbs and nouns above, nearest first
    tried: bool = False  # "was trying to": done only where the attempt is the act


def span_of(token: Token) -> Span:
    """The characters of one token."""
    return Span(token.idx, token.idx + len(token.text))


def lemma_of(token: Token) -> str:
    """Lemma in lower case."""
    return str(token.lemma_).lower()


@dataclass(slots=True)
class Scene:
    """One document with the look-ups by token that cues need.  Build it with ``scene``."""

    parsed: Parsed
    entities: Entities
    statements: Sequence[Statement]
    table: CueTable
    actors: dict[int, ActorMention] = field(default_factory=dict)  # token index to coded mention
    goods: set[int] = field(default_factory=set)  # token indexes of weapon mentions
    flying: set[int] = field(default_factory=set)  # of those, what air defences shoot down
    contents: Places = field(default_factory=Places)  # of the statements, by number

    def is_a(self, token: Token, word_class: str) -> bool:
        """Whether the token's lemma is in a word class of the table."""
        return lemma_of(token) in self.table.classes.get(word_class, frozenset())

    def is_flying(self, token: Token) -> bool:
        """Whether the token names missiles, rockets or drones."""
        return token.i in self.flying

    def cues(self, token: Token) -> tuple[Cue, ...]:
        """The acts that a token may evoke; adjectival participles count as verbs."""
        if token.pos_ not in self.table.spoken_by and not token.tag_.startswith("VB"):
            return ()
        pos = "VERB" if token.tag_.startswith("VB") else token.pos_
        return self.table.acts.get((lemma_of(token), "NOUN" if pos == "PROPN" else pos), ())

    def statement_at(self, position: int) -> Statement | None:
        """The innermost statement whose content covers ``position``."""
        near = self.contents.near(Span(position, position + 1))
        holding = [
            statement
            for statement in (self.statements[number] for number in near)
            if any(start <= position < end for start, end in statement.content.spans)
        ]
        return min(
            holding,
            key=lambda one: (sum(end - start for start, end in one.content.spans), one.id),
            default=None,
        )

    def named(self, head: Token, *, doer: bool = False) -> tuple[Party, ...]:
        """The coded actors that a noun phrase names, coordination included.

        With ``doer``, only those that can act for a state: "Chadian activists" and a firm cannot.
        """
        found: dict[str, Party] = {}
        for token in [head] if _is_run_on(head) else conjuncts(head):
            for party in self._named_by(token, doer):
                found.setdefault(party.code, party)
        return tuple(found.values())

    def _named_by(self, token: Token, doer: bool) -> list[Party]:
        mention = self.actors.get(token.i)
        if mention is not None:
            return [] if doer and mention.kind in _NOT_ACTING else [_party(mention)]
        if token.lower_ in FIRST_PERSON:
            return self._first_person(token)
        if doer and self.is_a(
            token, "not_state"
        ):  # "UN experts" speak for the UN, "Dutch experts" for nobody
            bodies = [one for one in self.modifiers(token) if one.kind is ActorKind.ORGANISATION]
            return [_party(one) for one in bodies]
        prefix = self.ship(token) if doer else None
        return [prefix] if prefix else [_party(one) for one in self.modifiers(token)]

    def modifiers(self, head: Token) -> list[ActorMention]:
        """Coded actors among what qualifies a noun: "Peruvian firms", "firms based in Peru"."""
        left = [
            self.actors[part.i]
            for child in head.children
            if child.dep_ in _MODIFIERS
            for part in child.subtree
            if part.i in self.actors
        ]
        clauses = [child for child in head.children if child.dep_ in ("acl", "relcl") and child.tag_ == "VBN"]
        return left or [
            self.actors[part.i]
            for word in (head, *clauses)
            for child in word.children
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "in")
            for noun in child.children
            if noun.dep_ == "pobj"
            for part in conjuncts(noun)
            if part.i in self.actors
        ]

    def _first_person(self, token: Token) -> list[Party]:
        statement = self.statement_at(token.idx)
        if statement is None or statement.source is None or statement.source.actor is None:
            return []
        return [Party(statement.source.actor, (span_of(token), *statement.source.spans))]

    def ship(self, token: Token) -> Party | None:
        """A warship's prefix gives its state away: classes named ``vessel_prefix_<code>``."""
        for part in (token, *token.children):
            for name, words in self.table.classes.items():
                if name.startswith("vessel_prefix_") and part.lower_ in words and part.text.isupper():
                    return Party(name.removeprefix("vessel_prefix_"), (span_of(part),))
        return None

    # ------------------------------------------------------------------ whether it was done

    def commitment(self, act: Token) -> Commitment | None:
        """What tense, modals and governing words make of an act; None when it is only asked about,
        asked for or supposed."""
        spans: Spans = (span_of(act),)
        status, own, negated, tried = ResponseStatus.DONE, False, False, False
        above: list[Token] = []
        if act.tag_ == "VB" and act.dep_ == "advcl" and _modal(act) is None and not self._governed(act):
            return None  # "deployed ships to seize": what for, not what was done
        for word in (act, *self._governors(act)):
            negated = negated or has_negation(word)
            if any(child.lower_ in _QUESTION and child.dep_ == "mark" for child in word.children):
                return None
            modal = _modal(word)
            effect = self._effect(word) if word is not act else None
            if effect == "skip" or (modal is not None and _strength(modal) is None):
                return None
            tried = tried or effect == "tried"
            if effect not in (None, "tried") and status is ResponseStatus.DONE:
                status, spans = ResponseStatus(effect), (span_of(word),)
            if modal is not None and status is ResponseStatus.DONE:
                status, spans = _strength(modal) or status, (span_of(modal), *spans)
                own = modal.lower_ not in _WILL
            if word is not act:
                above.append(word)
        return Commitment(status, spans, negated, own, tuple(above), tried)

    def _effect(self, word: Token) -> str | None:
        return self.table.governors.get(lemma_of(word)) or _going_to(word)

    def _governors(self, act: Token) -> Iterator[Token]:
        """What says of the act that it is planned, threatened, asked for; nearest first."""
        token = act
        for _ in range(CLIMBING_LIMIT):
            head = token.head
            if head.i == token.i or not self._governed(token):
                return
            token = head
            if token.pos_ != "ADP":
                yield token

    def _governed(self, token: Token) -> bool:
        head, dep = token.head, token.dep_
        if dep in ("xcomp", "acl"):
            return dep == "xcomp" or token.tag_ == "VB"
        if dep in ("ccomp", "dobj", "nsubjpass", "advcl"):
            # "announced that it had seized": what is told in the past was done, whatever stands above
            told = dep in ("ccomp", "advcl") and token.tag_ != "VB"
            return lemma_of(head) in self.table.governors and not told
        if dep in ("pcomp", "pobj"):
            return head.lower_ in _OWNING
        if dep == "prep":
            return lemma_of(head) in self.table.governors
        return dep == "conj" and token.tag_ in ("VB", "VBG") and head.tag_ == token.tag_

    # ------------------------------------------------------------------------ who does it, when

    def doers(self, act: Token, commitment: Commitment) -> tuple[Party, ...]:
        """Who acts: subject or agent of a verb, owner or "by" phrase of a noun; for an act still to
        come in the passive, who announces it."""
        heads = _subjects(act) if act.pos_ not in _NOUNS else self._nominal_doers(act)
        if act.dep_ == "amod":  # "the Y-sanctioned firm": the participle qualifies whom it hits
            heads = [
                child for child in act.children if child.dep_ in ("npadvmod", "compound", "nmod", "amod")
            ]
        found = _distinct(party for head in heads for party in self.named(head, doer=True))
        if not found and act.pos_ not in _NOUNS and is_passive(act):
            for word in commitment.governors:
                if word.pos_ in ("VERB", "AUX"):
                    heads = arguments(word).subjects
                    found = _distinct(party for head in heads for party in self.named(head, doer=True))
                    break
        return found

    def _nominal_doers(self, act: Token) -> list[Token]:
        """Owners of a nominal act, or the subject of the light verb that it is the object of:
        "repeated its warnings", "carried out a seizure"."""
        verb = self.light_verb(act)
        return owners(act) + (arguments(verb).subjects if verb is not None else [])

    def light_verb(self, act: Token) -> Token | None:
        """The verb that a nominal act is performed with."""
        carried = act.dep_ in ("dobj", "nsubjpass") and self.is_a(act.head, "light")
        return act.head if carried else None

    def says_so(self, act: Token, code: str) -> bool:
        """Whether the clause of ``act`` is put in the mouth of the actor ``code``."""
        statement = self.statement_at(act.idx)
        if statement is not None and statement.source is not None:
            return statement.source.actor == code
        for verb in act.ancestors:
            if verb.pos_ == "VERB" and any(child.dep_ == "ccomp" for child in verb.children):
                heads = arguments(verb).subjects
                return any(party.code == code for head in heads for party in self.named(head))
        return False

    def day(self, act: Token, commitment: Commitment, *, spoken: bool = False) -> TimeMention | None:
        """The time that the clause of ``act`` names for it, if any.

        With ``spoken`` (the act is an utterance), also the time of the verb of saying above it.
        """
        verbs = {act.i, *(word.i for word in commitment.governors)}
        nominal = act.pos_ in _NOUNS or act.dep_ in ("acl", "amod")
        if nominal and not self.is_a(act.head, "telling"):  # the day of "announced" is another
            verbs |= {act.head.i}
        if spoken:
            verbs |= {act.sent.root.i}
        for mention in starting_in(self.entities.times, act.sent.start_char, act.sent.end_char):
            tokens = self.parsed.tokens(mention.span)
            if tokens is None or mention.edtf is None or tokens[0].sent.start != act.sent.start:
                continue
            if _clause_of(tokens.root) in verbs:
                return mention
        return None


def scene(parsed: Parsed, entities: Entities, statements: Sequence[Statement], table: str) -> Scene:
    """The document with its look-ups, for the cues of ``table``."""
    made = Scene(parsed, entities, statements, cue_table(parsed.knowledge, table))
    for mention in entities.actors:
        if mention.code is not None and mention.kind not in (ActorKind.REGION, ActorKind.MEDIA):
            for token in parsed.tokens(mention.span) or ():
                made.actors[token.i] = mention
    for weapon in entities.weapons:
        words = [token.i for token in parsed.tokens(weapon.span) or ()]
        made.goods.update(words)
        if weapon.category in _FLYING:
            made.flying.update(words)
    made.contents.add_all(statement.content.spans for statement in statements)
    return made


def _subjects(act: Token) -> list[Token]:
    """Who performs a verb.  Of "was pressed by X, and will open an inquiry" it is not X."""
    if act.dep_ == "conj" and is_passive(act.head) and not is_passive(act):
        own = [child for child in act.children if child.dep_ == "nsubj"]
        shared = [child for child in act.head.children if child.dep_ == "nsubjpass"]
        if shared and not own:
            return [token for head in shared for token in conjuncts(head)]
    for noun in act.children:
        if noun.dep_ == "nsubj" and (first := run_on(noun)) is not None:
            return conjuncts(first)[1:]
    return arguments(act).subjects


def run_on(noun: Token) -> Token | None:
    """X in "after the test by X, Y and Z held drills", parsed as one list under a main verb with "after"."""
    verb = noun.head
    if verb.dep_ != "ROOT" or not any(child.dep_ == "mark" for child in verb.children):
        return None
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "by":
            heads = [inner for inner in child.children if inner.dep_ == "pobj" and len(conjuncts(inner)) > 1]
            return heads[0] if heads else None
    return None


def _is_run_on(head: Token) -> bool:
    above = head.head.head
    return head.dep_ == "pobj" and above.dep_ == "nsubj" and run_on(above) == head


def owners(noun: Token) -> list[Token]:
    """Who performs a nominal act: "X's veto", "the veto by X", "sanctions imposed by X"."""
    found = [child for child in noun.children if child.dep_ == "poss"]
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            found.extend(inner for inner in child.children if inner.dep_ == "pobj")
        elif child.dep_ in ("amod", "compound", "nmod"):
            found.append(child)
    return found


def argument_heads(word: Token) -> tuple[Arguments, list[Token]]:
    """The logical arguments of ``word``, and the heads of all but its subjects."""
    found = arguments(word)
    heads = [*found.objects, *found.datives]
    for behind in found.prepositions.values():
        heads.extend(behind)
    return found, sorted(heads, key=lambda token: token.i)


def phrases(heads: Iterable[Token]) -> list[Token]:
    """The tokens of the phrases with these heads, each once, in order of the text."""
    found = {token.i: token for head in heads for token in phrase(head)}
    return [found[index] for index in sorted(found)]


def _party(mention: ActorMention) -> Party:
    spans = (mention.span,) if mention.head is None else (mention.span, mention.head)
    return Party(mention.code or "", spans)


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for party in parties:
        found.setdefault(party.code, party)
    return tuple(found.values())


def _modal(word: Token) -> Token | None:
    return next((c for c in word.children if c.dep_ == "aux" and c.tag_ == "MD"), None)


def _strength(modal: Token) -> ResponseStatus | None:
    if modal.lower_ in _WILL or modal.lower_ == "would":
        return ResponseStatus.ANNOUNCED
    return ResponseStatus.THREATENED if modal.lower_ in _MAY else None


def _going_to(word: Token) -> str | None:
    """ "is going to impose", "is to impose"."""
    going = lemma_of(word) == "go" and word.tag_ == "VBG"
    being = lemma_of(word) == "be" and any(
        child.dep_ == "xcomp" and child.tag_ == "VB" for child in word.children
    )
    return "announced" if going or being else None


def _clause_of(token: Token) -> int:
    """Index of the nearest verb above a token."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return int(ancestor.i)
    return int(token.sent.root.i)
