"""What stands around a cue in the parse: who says, and what.

Everything here works on sets of token numbers of one sentence; the document is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tidewaiter.model import Span
from tidewaiter.reading.said.reporting import Cue, lemma

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_CLAUSES = frozenset({"ccomp", "advcl", "xcomp", "conj", "relcl", "acl", "ROOT", "pcomp", "parataxis"})
_BORROWS = frozenset({"conj", "xcomp", "advcl", "pcomp", "dep", "ccomp", "acl"})
"""Dependencies under which a verb without a subject takes that of the verb above it."""
_ANSWERS = frozenset({"deny", "confirm", "admit", "doubt"})
"""Classes of cue that answer what was said before, so that "it" is a content: "Norway denies it"."""
_SET_IN = frozenset({"parataxis", "ccomp", "dep", "advcl", "intj", "conj"})
_OPENING_EDGES = frozenset({",", "—", "–", "-", "(", "”", '"', "''"})
_CLOSING_EDGES = frozenset({",", ".", "", "\n", "—", "–", ")", "“", '"'})
_NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})
DASHES = frozenset({"—", "–", "-", "--", "―"})
_INSIDE = frozenset({"appos", "pobj", "prep", "compound", "conj", "nmod", "amod", "nummod"})
_EMPTY_OBJECTS = frozenset(
    {
        "so",
        "it",
        "this",
        "that",
        "something",
        "nothing",
        "anything",
        "more",
        "much",
        "what",
        "which",
        "who",
        "whom",
    }
)
_EDGE = ",;:-–—.… \n\t"
"""Characters that are no part of a content at its end (a bare one; quoted words keep their stop)."""
_EDGE_START = ",;:-–—.… \n\t"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who says: the words, and the noun that they stand for when they are a relative pronoun."""

    words: frozenset[int]
    head: int  # token whose mention resolves the source


def subtree(token: Token) -> frozenset[int]:
    return frozenset(word.i for word in token.subtree)


def child(token: Token, *dependencies: str) -> Token | None:
    """The first child with one of the dependencies."""
    return next((one for one in token.children if one.dep_ in dependencies), None)


# ------------------------------------------------------------------------------------- who says


def subject(cue: Cue) -> Subject | None:
    """Who a verb cue makes speak; None when nobody is named ("it was reported")."""
    found = _agent(cue.head) if cue.passive else _active(cue.head)
    if found is None or found.lower_ == "there" or found.dep_ == "expl":
        return None
    if found.lower_ == "that" and cue.head.dep_ != "relcl":
        return None
    if _after_dateline(found, cue.head):
        return _left_of(cue.head)
    return _phrase(found, cue.head)


def _after_dateline(head: Token, verb: Token) -> bool:
    """Whether a single dash cuts a supposed subject off its verb: "OSLO (NTB) - Norway on Monday said"."""
    dashes = [token for token in verb.doc[head.i : verb.i] if token.text in DASHES]
    start = verb.doc[verb.sent.start : head.i + 1] if head.i >= verb.sent.start else verb.doc[head.i : verb.i]
    return len(dashes) == 1 and (start[0].is_upper or any(token.text == "(" for token in head.subtree))


def _agent(verb: Token) -> Token | None:
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def _active(verb: Token, steps: int = 4) -> Token | None:
    own = child(verb, *SUBJECTS)
    if own is not None and not (own.lower_ == "it" and _is_expletive(own)):
        return own
    if own is not None or steps == 0:
        return None
    if verb.dep_ == "pcomp" and verb.head.dep_ == "prep" and verb.head.head.pos_ == "VERB":
        above = verb.head.head
        quoted = child(above, "dobj") if verb.head.lower_ == "as" else None
        return child(above, *PASSIVE_SUBJECTS) or quoted or _active(above, steps - 1)
    if verb.dep_ == "acl" and verb.head.pos_ in {"NOUN", "PROPN", "PRON"} and verb.tag_ == "VBG":
        return verb.head
    if verb.dep_ in _BORROWS and verb.dep_ != "ROOT" and verb.head.pos_ in {"VERB", "AUX"}:
        return _active(verb.head, steps - 1) or child(verb.head, *PASSIVE_SUBJECTS)
    return _inverted(verb)


def _is_expletive(it: Token) -> bool:
    """'It' without a referent: "it is said", "it appears that"."""
    return it.head.lemma_ in {"seem", "appear", "mean", "turn", "happen"}


def _inverted(verb: Token) -> Token | None:
    """The speaker after the verb that the parser took for an object: '..., said Kirby'."""
    after = child(verb, "dobj", "attr", "npadvmod")
    near = after is not None and after.i - verb.i <= 1 + len(after.lefts)
    return after if near and after is not None and after.pos_ == "PROPN" and lemma(verb) == "say" else None


def near_subject(cue: Cue) -> Subject | None:
    """The speaker next to a verb for which the parser found none: "X, a colonel, said", "..., said X"."""
    return _left_of(cue.head) or _right_of(cue.head)


def _left_of(verb: Token) -> Subject | None:
    before = (verb.doc[i] for i in range(verb.i - 1, verb.sent.start - 1, -1))
    left = next((token for token in before if not _skipped(token)), None)
    if left is None or left.pos_ not in _NOMINAL or left.dep_ in {"poss", "npadvmod"}:
        return None
    start = _wall(left, verb)
    top = left
    while top.dep_ in _INSIDE and start <= top.head.i < verb.i:
        top = top.head
    if top.pos_ not in _NOMINAL:
        return None
    return Subject(frozenset(i for i in subtree(top) if start <= i < verb.i) | {top.i}, top.i)


def _wall(token: Token, verb: Token) -> int:
    """The first token of the stretch around ``token`` that no quotation mark or dash cuts off."""
    for i in range(token.i, verb.sent.start - 1, -1):
        if verb.doc[i].is_quote or verb.doc[i].text in DASHES:
            return i + 1
    return int(verb.sent.start)


def _right_of(verb: Token) -> Subject | None:
    right = verb.nbor(1) if verb.i + 1 < verb.sent.end else None
    if right is None or right.pos_ != "PROPN":
        return None
    while right.dep_ in {"compound", "nmod", "amod"} and right.head.i > right.i:
        right = right.head
    return Subject(frozenset(i for i in subtree(right) if i > verb.i), right.i)


def _skipped(token: Token) -> bool:
    """Whether a token may stand between a speaker and the verb: adverbs, commas, "on Tuesday"."""
    if token.ent_type_ in {"DATE", "TIME"} or (token.pos_ == "ADP" and token.nbor(1).ent_type_ == "DATE"):
        return True
    punctuation = not token.is_quote and token.text not in {".", ":", ";"} and token.text not in DASHES
    return token.pos_ in {"AUX", "ADV", "PART"} or (token.pos_ == "PUNCT" and punctuation)


def _phrase(head: Token, verb: Token) -> Subject:
    """The noun phrase of a subject, without the clause in which the verb itself stands."""
    if head.lower_ in _RELATIVES and verb.dep_ == "relcl":
        return Subject(frozenset({head.i}), verb.head.i)
    words = set(subtree(head))
    dashes = [i for i in range(min(words), head.i) if verb.doc[i].text in DASHES]
    if dashes and verb.i > head.i:
        words -= set(range(min(words), dashes[-1] + 1))
    words -= {i for i in words if i < head.i and verb.doc[i].ent_type_ == "DATE" and i == min(words)}
    for part in head.subtree:
        if part.i != head.i and part.dep_ in {"relcl", "acl", "appos", "advcl"} and verb.i in subtree(part):
            words -= subtree(part)
    return Subject(frozenset(words), head.i)


def noun_subject(cue: Cue) -> tuple[Subject, frozenset[int]] | None:
    """Who a noun cue makes speak ("X's denial", "claims by X", "X has no evidence"), and the words
    that join the cue, if any."""
    noun = cue.head
    owner = child(noun, "poss") or _of_phrase(noun, "by", "from", "of")
    if owner is not None:
        return _phrase(owner, noun), frozenset()
    people = next((one for one in noun.children if _names_people(one)), None)
    if people is not None:
        return Subject(frozenset({people.i}), people.i), frozenset()
    verb = noun.head
    if noun.dep_ == "dobj" and verb.pos_ in {"VERB", "AUX"}:
        above = _active(verb)
        if above is not None:
            return _phrase(above, verb), frozenset(
                {verb.i, *(one.i for one in verb.children if one.dep_ in {"aux", "neg"})}
            )
    return None


def _names_people(modifier: Token) -> bool:
    """A name or demonym before a noun: "Iranian claims"."""
    named = modifier.pos_ == "PROPN" or modifier.ent_type_ in {"NORP", "GPE"}
    return named and modifier.dep_ in {"amod", "compound", "nmod"}


def _of_phrase(noun: Token, *prepositions: str) -> Token | None:
    for preposition in noun.children:
        if preposition.dep_ in {"prep", "agent"} and preposition.lower_ in prepositions:
            found = child(preposition, "pobj")
            if found is not None and found.pos_ in {"PROPN", "NOUN", "PRON"} and found.i - noun.i <= 6:
                return found
    return None


# ------------------------------------------------------------------------------------------ what


def content(cue: Cue) -> frozenset[int]:
    """Tokens of what a cue makes its source say; empty when the parse has none."""
    if cue.entry.pos == "noun":
        return _silence(cue) if "silence" in cue.entry.frames else _noun_content(cue.head)
    if cue.entry.pos in {"adverb", "preposition"}:
        return _sentence_content(cue)
    return _verb_content(cue)


def _verb_content(cue: Cue) -> frozenset[int]:
    verb, frames = cue.head, cue.entry.frames
    if cue.passive and child(verb, "agent") is None:
        return _passive_content(cue)
    if "prep" in frames:
        return _prepositional(cue)
    clauses = _one_side(verb, _clauses(cue)) if "clause" in frames else []
    found: frozenset[int] = frozenset().union(*(subtree(clause) for clause in clauses))
    if not found and "clause" in frames:
        found = _around(cue)
    if found:
        return found - _own_words(cue)
    return _other_frames(cue)


def _own_words(cue: Cue) -> frozenset[int]:
    """The cue's words, and its subject's, when the cue stands inside its content."""
    own = {word.i for word in cue.words}
    for one in cue.head.children:
        if one.dep_ in SUBJECTS and cue.head.dep_ != "ROOT":
            own |= subtree(one)
    return frozenset(own)


def _clauses(cue: Cue) -> list[Token]:
    found = [one for one in cue.head.children if one.dep_ == "ccomp"]
    if not found and cue.head.rights:
        found = [one for one in cue.head.rights if one.dep_ == "advcl" and _mark(one) in {"that", "whether"}]
    if not found:
        found = _clauses_of_occasion(cue)
    return found


def _one_side(verb: Token, clauses: list[Token]) -> list[Token]:
    """Of clauses on both sides of a cue those after it, unless what stands before ends in a quotation."""
    after = [one for one in clauses if one.i > verb.i]
    before = [one for one in clauses if one.i < verb.i]
    if not after or not before:
        return clauses
    last = max(max(subtree(one)) for one in before)
    quoted = any(token.is_quote for token in verb.doc[last : min(last + 3, verb.i)])
    return clauses if quoted else after


def _clauses_of_occasion(cue: Cue) -> list[Token]:
    """The that-clause that the parser hung on the occasion or on who was told: "stated in a press
    release that ...", "told the envoy that ..."."""
    hosts = {"prep", "npadvmod"} if "object" in cue.entry.frames else {"prep", "npadvmod", "dobj", "dative"}
    occasions = [one for one in cue.head.rights if one.dep_ in hosts]
    inside = [word for one in occasions for word in one.subtree]
    return [word for word in inside if word.dep_ in {"acl", "ccomp", "relcl"} and _mark(word) == "that"][:1]


def _mark(clause: Token) -> str | None:
    mark = child(clause, "mark")
    return mark.lower_ if mark is not None else None


def _around(cue: Cue) -> frozenset[int]:
    """The clause in which "..., he said, ..." is set: the verb hangs on it and has no complement."""
    verb = cue.head
    if verb.dep_ not in _SET_IN or child(verb, *SUBJECTS) is None or _mark(verb) not in {None, "as"}:
        return frozenset()
    mine = subtree(verb) - _resumed(verb)
    before, last, after = _edges(verb.doc, mine)
    opens = before in _OPENING_EDGES or last == ","
    closes = last in {",", "."} or after in _CLOSING_EDGES
    return subtree(verb.head) - mine if opens and closes else frozenset()


def _resumed(verb: Token) -> frozenset[int]:
    """What goes on after "..., he said," and was hung on "said": "and it has not been paid"."""
    joined = [one for one in verb.rights if one.dep_ == "conj" and child(one, "ccomp") is None]
    if not joined:
        return frozenset()
    links = [one.i for one in verb.rights if one.dep_ == "cc"]
    return frozenset(links).union(*(subtree(one) for one in joined))


def _edges(doc: Doc, words: frozenset[int]) -> tuple[str, str, str]:
    """The token before a stretch, its last one, and the one after it."""
    first, last = min(words), max(words)
    before = doc[first - 1].text if first else ""
    return before, doc[last].text, doc[last + 1].text if last + 1 < len(doc) else ""


def _passive_content(cue: Cue) -> frozenset[int]:
    """ "X is believed to ...": the subject and the infinitive; "it is said that ...": the clause."""
    verb = cue.head
    told = child(verb, "ccomp")
    above = child(verb, *PASSIVE_SUBJECTS)
    rest = child(verb, "xcomp", "oprd")
    if told is not None and (above is None or above.lower_ == "it" or cue.entry.kind == "tell"):
        return subtree(told)
    if above is not None and rest is not None and above.lower_ != "it":
        return subtree(above) | subtree(rest)
    of = _preposed(verb, cue.entry.frames & {"of", "for", "as", "with"})
    if above is not None and of is not None:
        return subtree(above) | subtree(of)
    return frozenset()


def _preposed(verb: Token, prepositions: Iterable[str]) -> Token | None:
    allowed = frozenset(prepositions)
    return next((one for one in verb.rights if one.dep_ == "prep" and one.lower_ in allowed), None)


def _prepositional(cue: Cue) -> frozenset[int]:
    last = cue.words[-1]
    found = child(last, "pobj", "pcomp")
    if found is None and last.dep_ in {"prt", "advmod"}:
        found = child(cue.head, "dobj", "ccomp")
    words = subtree(found) if found is not None else frozenset()
    if "order" in cue.entry.frames:
        act = child(cue.head, "xcomp", "advcl")
        words |= subtree(act) if act is not None and act.i > cue.head.i else frozenset()
    return words


def _other_frames(cue: Cue) -> frozenset[int]:
    verb, frames = cue.head, cue.entry.frames
    thing = child(verb, "dobj", "nsubjpass") if not cue.passive else child(verb, "nsubjpass")
    of = _preposed(verb, frames & {"of", "for", "as", "with", "to", "against"})
    if of is not None:
        missing = thing is None or thing.lower_ in _RELATIVES
        named = _antecedent(verb) if missing else frozenset()
        named = named or (subtree(thing) if thing is not None else frozenset())
        return named | subtree(of) if named else frozenset()
    if "small" in frames or "order" in frames:
        return _small(verb, thing)
    if "inf" in frames:
        act = child(verb, "xcomp")
        if act is not None:
            return subtree(act)
    if "silence" in frames and cue.negated and child(verb, "prep", "dobj") is None:
        return _silence(cue)
    wanted = "object" in frames or ("object_if_not" in frames and cue.negated)
    if not wanted:
        return frozenset()
    if thing is not None and (thing.lower_ not in _EMPTY_OBJECTS or cue.entry.kind in _ANSWERS):
        return _with_question(verb, subtree(thing))
    return _antecedent(verb)


def _with_question(verb: Token, words: frozenset[int]) -> frozenset[int]:
    """The words with the question joined to them: "share details on the route or whether ..."."""
    question = next(
        (
            one
            for one in verb.rights
            if one.dep_ in {"ccomp", "advcl", "conj"} and _mark(one) in {"whether", "if"}
        ),
        None,
    )
    return (
        words | subtree(question) if question is not None and verb.doc[max(words)].pos_ == "CCONJ" else words
    )


def _antecedent(verb: Token) -> frozenset[int]:
    """The noun that a relative clause says something of: "allegations that Iran denies"."""
    if verb.dep_ != "relcl" or verb.head.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return frozenset()
    subjects = [one.lower_ for one in verb.children if one.dep_ in SUBJECTS]
    return subtree(verb.head) - subtree(verb) if subjects and subjects[0] not in _RELATIVES else frozenset()


def _small(verb: Token, thing: Token | None) -> frozenset[int]:
    predicate = child(verb, "oprd", "ccomp", "xcomp")
    if predicate is None:
        return frozenset()
    return subtree(predicate) | (subtree(thing) if thing is not None else frozenset())


def _noun_content(noun: Token) -> frozenset[int]:
    """The that-clause of a noun, or the clause that it equals ("the assessment is that ...")."""
    clause = next((one for one in noun.rights if _completes(one)), None)
    if clause is None and noun.dep_ in SUBJECTS and noun.head.lemma_ == "be":
        clause = next((one for one in noun.head.rights if one.dep_ == "ccomp"), None)
    return subtree(clause) if clause is not None else frozenset()


def _completes(clause: Token) -> bool:
    """Whether a clause after a noun says what the noun is about; a relative clause lacks a part that
    its "that" stands for."""
    if clause.dep_ not in {"acl", "ccomp", "relcl"}:
        return False
    if _mark(clause) == "that":
        return True
    first = clause.doc[min(subtree(clause))]
    objects = [one for one in clause.children if one.dep_ in {"dobj", "attr", "acomp"} and one.i != first.i]
    whole = child(clause, *SUBJECTS, *PASSIVE_SUBJECTS) is not None and bool(objects)
    return first.lower_ == "that" and first.dep_ == "dobj" and whole


def _silence(cue: Cue) -> frozenset[int]:
    """What somebody did not speak of: "(had no) comment on the report", "(did not) respond"."""
    own = {cue.head.i}
    for one in cue.head.rights:
        if one.dep_ == "prep" and one.lower_ in {"on", "to", "about"}:
            own |= subtree(one)
    return frozenset(own)


def _sentence_content(cue: Cue) -> frozenset[int]:
    """The clause in which an adverb or "according to" stands, without it."""
    own = frozenset(word.i for word in cue.words)
    if cue.entry.pos == "preposition":
        own |= subtree(cue.head)
        for word in cue.words:
            own |= subtree(word)
    clause = _clause_of(cue.head, own)
    if cue.entry.pos == "preposition":
        clause = next((one for one in clause.ancestors if one.dep_ == "ROOT"), clause)
    return subtree(clause) - own if clause.i not in own else frozenset()


def _clause_of(token: Token, own: frozenset[int]) -> Token:
    """The nearest verb above a token, outside ``own``, that heads a clause; else the sentence's root."""
    above = token
    for above in token.ancestors:
        if above.i not in own and above.dep_ in _CLAUSES and above.pos_ in {"VERB", "AUX"}:
            return above
    return above


# ------------------------------------------------------------------------------------- to spans


def runs(doc: Doc, words: Iterable[int], *, bare: bool = True) -> tuple[Span, ...]:
    """The spans of a set of tokens: neighbouring ones joined, gaps of mere punctuation closed, no
    comma or (``bare``) final stop at an edge."""
    return tuple(
        span for run in _groups(doc, sorted(words)) if (span := _trimmed(doc, run, bare)) is not None
    )


def _groups(doc: Doc, words: list[int]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for i in words:
        if start < 0:
            start = end = i
        elif all(doc[gap].is_punct or doc[gap].is_space for gap in range(end + 1, i)) and i - end <= 2:
            end = i
        else:
            yield start, end
            start = end = i
    if start >= 0:
        yield start, end


def _trimmed(doc: Doc, run: tuple[int, int], bare: bool) -> Span | None:
    start, end = run
    edge = _EDGE if bare else " \n\t"
    while start <= end and all(letter in _EDGE_START for letter in doc[start].text):
        start += 1
    while end >= start and all(letter in edge for letter in doc[end].text):
        end -= 1
    if start > end or not any(
        doc[i].is_alpha or doc[i].like_num or any(c.isalnum() for c in doc[i].text)
        for i in range(start, end + 1)
    ):
        return None
    return Span(doc[start].idx, doc[end].idx + len(doc[end]))
