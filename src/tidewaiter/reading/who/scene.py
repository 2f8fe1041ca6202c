"""The material that the finders of actors share: tokens, names found, and words of office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import ActorForm, ActorKind, Span
from tidewaiter.reading.datelines import HEAD_OF_REPORT, LINE_HEAD, LOOSE_END, datelines
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.who.lexicon import Hit, find, lexicon

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Doc, Token

POSSESSIVES = frozenset({"'s", "’s", "'", "’", "‘s", "s"})
"""Possessive endings as tokens; the last one has lost its apostrophe."""
HYPHENS = frozenset({"-", "‑", "–"})


class Roles(NamedTuple):
    """Words of office, in lower case."""

    classes: Mapping[tuple[str, ...], str]  # government, speaker, person, people, office
    longest: Mapping[str, int]  # by last word: how many words the longest has


WORD_CLASSES = (
    "modifier",  # may stand in a noun phrase of office: "senior", "military"
    "no_name",  # shows that a run of capitals is no person: "USS", "News"
    "name_particle",  # part of a name in lower case: "bin", "van"
    "speaks_unnamed",  # a source even if nameless and stateless: "diplomats"
    "no_party_suffix",  # "Lagos-based"
    "no_party_prefix",  # "pro-Iranian"
    "led_by",  # ties forces to who commands them: "loyal to"
    "serves",  # people "to" somebody whom they speak for: "adviser to the president"
    "leads",  # verbs of heading a body: "commands"
    "needs_of",  # an office only before "of": "the office of the president"
    "not_state",  # of those who fight or oppose the state that is named before: "rebel"
    "abroad",  # offices that speak for a state in another one: "ambassador"
    "accusing",  # verbs that hold something against their object: "blame"
    "hearsay",  # what is said of somebody, before "that it ...": "claims"
    "issuing",  # verbs of making a paper public: "publish"
    "paper",  # what is issued and then said to say something: "statement"
    "place_noun",  # makes a place of the name before it: "airport"
    "folk",  # people who may be a source but hold no office: "residents"
    "independent",  # people and bodies that speak for themselves, not for the state beside: "analyst"
    "native",  # offices that a report from a capital need not say whose they are
    "medium",  # last words of names of media: "Times"
    "ruling",  # nouns for who rules a state: "government"
    "kin",  # relations of a person: "sister"
    "fights",  # words for what fights for a state: "army"
    "part",  # parts of a body, behind what they deal with: "the Africa division"
    "hidden",  # people whom reports never name: "source"
    "female",  # words that tell who is a woman: "spokeswoman", "Mrs"
    "male",  # or a man
)
HUMAN_CLASSES = frozenset({"government", "speaker", "person", "people"})
"""Classes of words of office that name persons."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One document as the finders see it."""

    parsed: Parsed
    hits: tuple[Hit, ...]  # sorted by place, none overlapping
    at: Mapping[int, Hit]  # by token index: the hit that covers the token
    roles: Roles
    words: Mapping[str, frozenset[str]]  # other words that matter, by class: "modifier", ...

    @property
    def doc(self) -> Doc:
        return self.parsed.doc

    def span(self, start: int, end: int) -> Span:
        """The characters of tokens ``start`` to ``end`` (exclusive)."""
        last = self.doc[end - 1]
        return Span(self.doc[start].idx, last.idx + len(last.text))

    def first(self, hit: Hit) -> int:
        """Index of the first token of a hit."""
        return self._edge(hit, -1)

    def last(self, hit: Hit) -> int:
        """Index of the last token of a hit."""
        return self._edge(hit, 1)

    def _edge(self, hit: Hit, step: int) -> int:
        tokens = self.parsed.tokens(hit.span)
        if tokens is None:
            return 0
        return int(tokens.start if step < 0 else tokens.end - 1)

    def role_ending(self, at: int) -> tuple[int, str] | None:
        """The longest words of office that end at token ``at``: where they begin, and their class."""
        tokens = self.doc.tokens
        for length in range(min(self.roles.longest.get(tokens[at].lower_, 0), at + 1), 0, -1):
            found = self.roles.classes.get(tuple(token.lower_ for token in tokens[at - length + 1 : at + 1]))
            if found is not None:
                return at - length + 1, found
        return None


def scene(parsed: Parsed) -> Scene:
    """Names of the tables found in the document, and the words of office."""
    hits = find(lexicon(parsed.knowledge), parsed.text)
    at: dict[int, Hit] = {}
    for hit in hits:
        for token in parsed.tokens(hit.span) or ():
            at.setdefault(token.i, hit)
    offices, words = roles(parsed.knowledge)
    return Scene(parsed, hits, at, offices, words)


@lru_cache(maxsize=8)
def roles(knowledge: Knowledge) -> tuple[Roles, Mapping[str, frozenset[str]]]:
    """The words of office, and the other words that matter, of ``knowledge``; compiled once."""
    offices: dict[tuple[str, ...], str] = {}
    words: dict[str, set[str]] = {name: set() for name in WORD_CLASSES}
    for row in knowledge.table("actors_roles"):
        if row["class"] in words:
            words[row["class"]].add(row["text"])
        else:
            offices[_tokens(row["text"])] = row["class"]
    longest: dict[str, int] = {}
    for phrase in offices:
        longest[phrase[-1]] = max(len(phrase), longest.get(phrase[-1], 0))
    return Roles(offices, longest), {name: frozenset(texts) for name, texts in words.items()}


def _tokens(text: str) -> tuple[str, ...]:
    """Split as spaCy splits English: hyphens apart, a possessive s apart."""
    return tuple(text.replace("-", " - ").replace("'s", " 's").replace("’s", " ’s").split())


def is_name_word(token: Token) -> bool:
    """Whether a token may be part of a person's name."""
    return token.text[:1].isupper() and any(c.isalpha() for c in token.text)


STATE_KINDS = frozenset({ActorKind.STATE, ActorKind.OFFICE, ActorKind.ORGANISATION, ActorKind.GROUP})
"""What a person can speak for."""


OFTEN = 2
"""Times that a state must act in a report that is to be about it, and times as often as any other."""


def leading(told: Sequence[tuple[str, Token]]) -> str | None:
    """The state that a report is about: of the states ``told``, in order of the text with the token of each,
    the first one, where it is a subject, or a subject's, more often than any other."""
    if not told:
        return None
    acting = [code for code, token in told if _acts(token)]
    first = told[0][0]
    counts = Counter(acting)
    others = max((number for code, number in counts.items() if code != first), default=0)
    return first if counts[first] >= OFTEN and counts[first] >= OFTEN * others else None


def _acts(token: Token) -> bool:
    """Whether a name is a subject, or a subject's, or heads a line."""
    while token.dep_ in {"compound", "poss", "amod", "nmod"} and token.head is not token:
        token = token.head
    return token.dep_ in {"nsubj", "nsubjpass", "ROOT"}


def home(parsed: Parsed) -> str | None:
    """The state that a report is written from; None when nothing tells."""
    return written_in(parsed.text, find(lexicon(parsed.knowledge), parsed.text))


def written_in(text: str, hits: Sequence[Hit]) -> str | None:
    """The state that the first dateline names, else that of a capital at the head of the report's first
    lines with what datelines end in: "Lomé: Two ships", "Lomé [Togo] May 3 (Agency)"."""
    for span in datelines(text)[:1]:
        for hit in hits:
            if span.start <= hit.span.start < span.end and hit.entry.kind is ActorKind.STATE:
                return hit.entry.code
    for hit in hits:
        if hit.span.start > HEAD_OF_REPORT:
            break
        capital = hit.entry.form is ActorForm.CAPITAL and _heads_a_line(text, hit.span.start)
        if capital and LOOSE_END.match(text, hit.span.end) is not None:
            return hit.entry.code
    return None


def _heads_a_line(text: str, start: int) -> bool:
    """Whether nothing but a date stands on the line before."""
    return LINE_HEAD.fullmatch(text, text.rfind("\n", 0, start) + 1, start) is not None
