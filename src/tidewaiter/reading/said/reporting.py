"""Reporting cues: the words that say that somebody says something.

The table ``reporting_cues`` names them.  Its columns: ``cue`` (a lemma, or a verb and its particle or
preposition), ``pos`` (verb, noun, adverb, preposition, or *origin*: a noun for those whom one cites),
``class`` (what kind of saying it is: say, tell, announce, deny, decline, doubt, accuse, demand, ...)
and ``frames``, the shapes in which the content can stand:

``clause`` a finite clause, quoted words or the sentence around "..., he said, ..."; ``quote`` quoted
words only; ``object`` the object; ``object_if_not`` the object when negated ("did not share
details"); ``prep`` the object of the cue's preposition; ``inf`` an infinitive or gerund; ``order``
somebody to do something; ``of``, ``for``, ``as``, ``with``, ``to`` the object with that preposition;
``small`` the object with a predicate ("called it a lie"); ``sentence`` the clause it stands in;
``silence`` what was not spoken of, when negated ("had no comment").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Mode, Part

if TYPE_CHECKING:
    from tidewaiter.model import Statement
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Doc, Token

SPEAKING = frozenset(
    {"say", "tell", "report", "announce", "reveal", "claim", "admit", "confirm", "deny", "doubt", "accuse"}
    | {"condemn", "praise", "describe", "predict", "promise", "threaten", "warn", "demand", "ask", "cite"}
    | {"estimate", "decline"}
)
"""Classes of cue that are acts of saying; the others (believe, want, know, show) are attitudes."""
ASPECT = frozenset({"appear", "begin", "come", "continue", "go", "keep", "seem", "start", "try"})
"""Verbs that lend their subject to the cue below them: "went on to say", "appeared to confirm"."""
_HELPERS = frozenset({"aux", "auxpass", "neg", "prt"})
_BETWEEN = frozenset({"advmod", "neg", "aux"})
_AFTER_VERB = frozenset({"prep", "prt", "advmod", "acomp", "ccomp", "aux", "advcl", "oprd"})
_MAX_GAP = 4  # tokens between a helper and its verb: "has also repeatedly and publicly said"
_SHORT_WORD = 6  # letters of the longest words in which -ise is no suffix: "advise", "praise"
_TENSED = frozenset({"VBD", "VBP", "VBZ", "MD"})
_WITHHELD = frozenset({"say", "tell", "report", "announce", "reveal", "claim", "admit", "confirm", "deny"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nt", "neither", "nor"})
NOBODY = frozenset({"neither", "none", "nobody", "no"})
"""First words of a speaker that is nobody: "neither replied", "no official confirmed"."""
_LIGHT = frozenset(
    {"deliver", "express", "give", "have", "issue", "make", "offer", "provide", "release", "repeat", "voice"}
)
"""Verbs beside which the noun says what kind of saying it is: "issued a denial", "voiced doubt"."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table."""

    cue: str
    pos: str
    kind: str  # the class: say, deny, ...
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table, by part of speech and first word."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    adverbs: Mapping[str, tuple[Entry, ...]]
    prepositions: Mapping[str, tuple[Entry, ...]]
    origins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a text."""

    head: Token  # the verb, noun, adverb or first word of the preposition
    entry: Entry
    words: tuple[Token, ...]  # the cue with auxiliaries, negation, particle
    negated: bool = False

    @property
    def passive(self) -> bool:
        around = {child.dep_ for child in self.head.children}
        if around & {"auxpass", "agent", "nsubjpass"}:
            return True
        return (
            self.head.tag_ == "VBN" and not around & {"aux", "nsubj"} and self.head.dep_ in {"advcl", "acl"}
        )


@lru_cache(maxsize=4)
def lexicon(knowledge: Knowledge) -> Lexicon:
    """The cues of ``knowledge``, compiled once."""
    tables: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for row in knowledge.table("reporting_cues"):
        entry = Entry(row["cue"], row["pos"], row["class"], frozenset(row["frames"].split()))
        tables[entry.pos][entry.cue.split()[0]].append(entry)

    def of(pos: str) -> dict[str, tuple[Entry, ...]]:
        return {
            word: tuple(sorted(rows, key=lambda row: -len(row.cue.split())))
            for word, rows in tables[pos].items()
        }

    return Lexicon(of("verb"), of("noun"), of("adverb"), of("preposition"), frozenset(tables["origin"]))


def find_cues(doc: Doc, words: Lexicon) -> Iterator[Cue]:
    """Every cue of a document, in order, whether or not a content is found for it."""
    for token in doc:
        cue = cue_at(token, words)
        if cue is not None:
            yield cue


def cue_at(token: Token, words: Lexicon) -> Cue | None:
    """The cue whose head is ``token``."""
    return _verb(token, words) or _noun(token, words) or _adverb(token, words) or _preposition(token, words)


def kind_of(parsed: Parsed, statement: Statement) -> str | None:
    """The class (say, deny, decline, doubt, ...) of a statement's cue; None when it has no cue that
    the table knows.  Not to say, confirm or share something is to decline."""
    if statement.cue is None:
        return None
    words = lexicon(parsed.knowledge)
    tokens = (token for span in statement.cue.spans for token in parsed.tokens(span) or ())
    counting = ruling([cue for token in tokens if (cue := cue_at(token, words)) is not None])
    kind = counting.entry.kind if counting is not None else None
    return "decline" if statement.negated and kind in _WITHHELD else kind


def tells(parsed: Parsed, statement: Statement) -> bool:
    """Whether a statement's content is a clause of its own or somebody's words, so that its cue is an act
    of saying, whatever the cue; not when it is a noun, an infinitive ("mulled buying tanks")
    or a relative clause ("resolutions that ban arms sales").  Without words for a cue ("Minister: ...") it
    tells."""
    cue = statement.cue
    if statement.mode is Mode.DIRECT or cue is None or not any(map(str.isalpha, cue.text)):
        return True
    tokens = [token for span in statement.content.spans for token in parsed.tokens(span) or ()]
    numbers = {token.i for token in tokens}
    tops = (token for token in tokens if token.head.i not in numbers or token.head is token)
    return any(_is_finite(token) and not _qualifies(token, cue) for token in tops)


def _qualifies(verb: Token, cue: Part) -> bool:
    """Whether a verb's clause only says which of the things in the cue is meant."""
    return verb.dep_ == "relcl" and any(span.start <= verb.head.idx < span.end for span in cue.spans)


def _is_finite(token: Token) -> bool:
    """Whether a verb has a tense of its own, or an auxiliary that has one."""
    around = [one for one in token.children if one.dep_ in {"aux", "auxpass"}]
    verbal = token.pos_ in {"VERB", "AUX"}
    return verbal and any(one.tag_ in _TENSED for one in (token, *around))


def ruling(cues: Sequence[Cue]) -> Cue | None:
    """Of the cues in the words of one, in order, that whose class counts: a refusal ("refused to
    confirm"), else the last verb ("reported, citing"), unless it is a light one beside a noun."""
    verbs = [cue for cue in cues if cue.entry.pos == "verb"]
    refusal = next((cue for cue in verbs if cue.entry.kind == "decline"), None)
    heavy = [cue for cue in verbs if lemma(cue.head) not in _LIGHT]
    rest = [cue for cue in cues if cue.entry.pos != "verb"]
    return refusal or next((found[-1] for found in (heavy, rest, verbs) if found), None)


def lemma(token: Token) -> str:
    """The token's lemma in lower case, with American spelling of -ise."""
    word = token.lemma_.lower()
    return word[:-3] + "ize" if word.endswith("ise") and len(word) > _SHORT_WORD else word


def _verb(token: Token, words: Lexicon) -> Cue | None:
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"amod", "compound"}:
        return None
    rows = words.verbs.get(lemma(token)) or words.verbs.get(token.lemma_.lower()) or ()
    for entry in rows:
        rest = _rest(token, entry.cue.split()[1:])
        if rest is not None:
            around = helpers(token)
            negated = any(word.lower_ in NEGATIONS for word in around)
            return Cue(token, entry, _filled((*around, token, *rest)), negated)
    return None


def _rest(verb: Token, rest: list[str]) -> tuple[Token, ...] | None:
    """The particle or preposition after a verb, where the cue has one; None when it is not there."""
    found: list[Token] = []
    for word in rest:
        near = (*verb.rights, *(right for child in verb.rights for right in child.rights))
        match = next((one for one in near if one.lower_ == word and one.dep_ in _AFTER_VERB), None)
        if match is None or (not found and match.i - verb.i > 2 and match.dep_ == "prep"):
            return None
        found.append(match)
    return tuple(found)


def helpers(verb: Token) -> tuple[Token, ...]:
    """Auxiliaries, negation and particle of a verb, and those of the verbs that lend it a subject."""
    found: list[Token] = []
    while True:
        found += [one for one in verb.children if one.dep_ in _HELPERS and abs(one.i - verb.i) <= _MAX_GAP]
        head = verb.head
        if verb.dep_ == "pcomp" and head.lower_ == "as" and head.head.lemma_ in {"quote", "cite"}:
            found += [head, head.head]
            verb = head.head
        elif verb.dep_ == "xcomp" and head.lemma_ in ASPECT and head.i < verb.i:
            found.append(head)
            verb = head
        else:
            return tuple(found)


def _filled(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with the adverbs between them, so that the cue is one run where it can be."""
    ordered = sorted(set(tokens), key=lambda token: token.i)
    adverbs = {
        token
        for left, right in pairwise(ordered)
        if right.i - left.i <= _MAX_GAP
        for token in left.doc[left.i + 1 : right.i]
        if token.dep_ in _BETWEEN and token.pos_ in {"ADV", "PART", "AUX"}
    }
    return tuple(sorted({*ordered, *adverbs}, key=lambda token: token.i))


def _noun(token: Token, words: Lexicon) -> Cue | None:
    if token.pos_ != "NOUN" or token.dep_ == "compound":
        return None
    without = next((child for child in token.children if child.lower_ == "no"), None)
    if without is not None and (rows := words.nouns.get("no")):
        for entry in rows:
            if entry.cue.split()[-1] == lemma(token):
                return Cue(token, entry, (without, token))
    rows = words.nouns.get(lemma(token))
    return Cue(token, rows[0], (token,)) if rows else None


def _adverb(token: Token, words: Lexicon) -> Cue | None:
    rows = words.adverbs.get(token.lower_, ())
    return Cue(token, rows[0], (token,)) if rows and token.pos_ == "ADV" else None


def _preposition(token: Token, words: Lexicon) -> Cue | None:
    for entry in words.prepositions.get(token.lower_, ()):
        parts = entry.cue.split()
        run = token.doc[token.i : token.i + len(parts)]
        if [word.lower_ for word in run] == parts and token.pos_ != "NOUN":
            return Cue(token, entry, tuple(run))
    return None
