"""Who does what to whom, from a dependency parse: the logical arguments of verbs and nouns.

Labels are those of spaCy's English models (ClearNLP).  Everything here looks at tokens only; what
the words mean is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
CLIMBING_LIMIT = 12
"""Governors looked at above a word; deeper nesting in news text is a parse gone wrong."""

_GOVERNED = frozenset(
    {
        "xcomp",
        "pcomp",
        "acl",
        "prep",
        "pobj",
        "conj",
        "dobj",
        "nsubjpass",
        "ccomp",
        "advcl",
        "compound",
        "nmod",
    }
)
_PHRASE_PARTS = frozenset(
    {"compound", "amod", "nmod", "nummod", "appos", "dep", "poss", "quantmod", "npadvmod"}
)
_LISTING_PREPOSITIONS = frozenset({"of", "including", "such", "like"})
_AGAINST = frozenset({"on", "upon", "against"})

ASKING = frozenset({"ask", "urge", "request", "beg", "press", "persuade", "convince", "invite", "order"})
"""Verbs whose object is to do what the infinitive behind it says."""

_CALLING = frozenset({"call", "prevail"})

_OBJECT_CONTROL_EXCEPTIONS = frozenset({"promise", "threaten", "use"})


@dataclass(slots=True)
class Arguments:
    """Heads of the noun phrases that fill a word's slots, coordination spread out."""

    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    prepositions: dict[str, list[Token]] = field(default_factory=dict)

    def after(self, *prepositions: str) -> list[Token]:
        """Heads of the phrases behind any of ``prepositions``, in order of the text."""
        found = [token for name in prepositions for token in self.prepositions.get(name, [])]
        return sorted(found, key=lambda token: token.i)


def conjuncts(head: Token) -> list[Token]:
    """``head`` and what is coordinated with it, downwards."""
    found, waiting = [], [head]
    while waiting:
        found.append(waiting.pop())
        waiting += [child for child in reversed(found[-1].children) if child.dep_ == "conj"]
    return found


def is_passive(verb: Token) -> bool:
    """Whether the verb's surface subject is its logical object."""
    while True:
        if any(child.dep_ in PASSIVE_SUBJECTS or child.dep_ == "auxpass" for child in verb.children):
            return True
        if _own_subjects(verb):
            return False
        if verb.tag_ == "VBN" and verb.dep_ == "advcl" and any(one.dep_ == "agent" for one in verb.children):
            return True
        if verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("acl", "amod", "relcl"):
            return not any(child.dep_ == "aux" for child in verb.children)
        if not (verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.pos_ == "VERB"):
            return False
        if any(child.dep_ in ("dobj", "aux") for child in verb.children):
            return False
        verb = verb.head  # as is the verb that it is coordinated with


def arguments(word: Token) -> Arguments:
    """The logical arguments of a verb: the subject is who acts, also in the passive; subjects are
    found through conjunction, control ("plans to sell", "accused X of selling"), participles and
    relative clauses."""
    found = Arguments()
    passive = is_passive(word)
    loose = _noun_before_participle(word) if passive else None
    heads = _surface_subjects(word) if loose is None else [loose]
    surface = [token for head in heads for token in conjuncts(head)]
    (found.objects if passive else found.subjects).extend(surface)
    for child in word.children:
        if child.dep_ in ("dobj", "attr", "oprd"):
            found.objects.extend(conjuncts(_unrelative(child)))
        elif child.dep_ == "dative" and child.lower_ in ("that", "which"):
            found.objects.append(_unrelative(child))  # "the rifles that A gave B"
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            found.datives.extend(conjuncts(child))
        elif child.dep_ == "agent":
            found.subjects.extend(_behind(child))
        elif child.dep_ == "conj" and child.pos_ == "NOUN" and found.objects:
            found.objects.extend(conjuncts(child))  # a list's last member that was hung on the verb
    found.prepositions = prepositional(word)
    if (doer := _doer_of_reduced_relative(word)) is not None:
        found.subjects, found.objects = conjuncts(doer), [*found.objects, doer.head]
    if not passive and word.dep_ == "relcl" and word.head not in found.subjects:
        gap = not found.objects or _is_bare_that_clause(word)
        if gap and word.head not in found.objects:
            found.objects.append(word.head)
    return found


def _noun_before_participle(verb: Token) -> Token | None:
    """ "Rockets, supplied by A,": what was supplied, where the parse hangs it on the verb above."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBN" or _own_subjects(verb) or verb.i < 2:
        return None
    comma, noun = verb.doc[verb.i - 1], verb.doc[verb.i - 2]
    return noun if comma.text == "," and noun.pos_ in ("NOUN", "PROPN") else None


def _is_bare_that_clause(clause: Token) -> bool:
    """ "The rifles that A gave B": the parse takes "that" for a conjunction, and B for what is given."""
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)


def _doer_of_reduced_relative(verb: Token) -> Token | None:
    """Who acts in "the drones Mali ordered", where the parse takes the name for an apposition."""
    if verb.dep_ not in ("acl", "relcl") or verb.tag_ not in ("VBD", "VBZ", "VBP") or _own_subjects(verb):
        return None
    before = verb.doc[verb.i - 1] if verb.i else verb
    is_name = before.pos_ == "PROPN" and before.dep_ in ("appos", "compound", "nmod", "dep")
    return before if is_name and before.head.i < before.i else None


def prepositional(word: Token) -> dict[str, list[Token]]:
    """Phrases behind the prepositions that hang on ``word``, by preposition in lower case."""
    found: dict[str, list[Token]] = {}
    for child in word.children:
        if child.dep_ in ("prep", "dative") and child.pos_ in ("ADP", "SCONJ", "PART"):
            found.setdefault(child.lower_, []).extend(_behind(child))
            for nested in child.children:  # "from X to Y" is often parsed as one chain
                if nested.dep_ in ("prep", "conj") and nested.pos_ in ("ADP", "SCONJ", "PART"):
                    found.setdefault(nested.lower_, []).extend(_behind(nested))
    return found


def _behind(preposition: Token) -> list[Token]:
    heads = [child for child in preposition.children if child.dep_ in ("pobj", "pcomp")]
    heads = [_swallowed(head, preposition) for head in heads]
    return [token for head in heads for token in conjuncts(head)]


def _swallowed(head: Token, preposition: Token) -> Token:
    """The noun in "supply Mali with drones puts ... at risk", where the parse makes it the subject of a
    clause that it takes for the preposition's."""
    if head.dep_ != "pcomp" or head.tag_ not in ("VBZ", "VBP", "VBD"):
        return head
    own = [child for child in _own_subjects(head) if child.i > preposition.i]
    return own[0] if own else head


def _own_subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in SUBJECTS | PASSIVE_SUBJECTS]


def _unrelative(token: Token) -> Token:
    """The antecedent of a relative pronoun; other tokens unchanged."""
    if token.tag_ not in ("WDT", "WP") and token.lower_ != "that":
        return token
    clause = token.head
    for _ in range(CLIMBING_LIMIT):
        if clause.dep_ == "relcl":
            return clause.head
        if clause.head.i == clause.i or clause.dep_ not in ("conj", "xcomp", "ccomp", "advcl"):
            break
        clause = clause.head
    before = token.doc[token.i - 1] if token.i else token  # a clause parsed as a complement
    return before if before.pos_ in ("NOUN", "PROPN") else token


def _surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    own = _own_subjects(verb)
    if own:
        return [_unrelative(token) for token in own]
    if depth > CLIMBING_LIMIT or verb.head.i == verb.i:
        return []
    return _inherited_subjects(verb, depth + 1)


def _inherited_subjects(verb: Token, depth: int) -> list[Token]:
    head, dep = verb.head, verb.dep_
    if dep in ("acl", "amod") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return _participle_subject(verb, depth)
    if dep == "relcl":
        return _participle_subject(verb, depth) if _is_infinitive(verb) else [head]
    if dep == "pcomp" and head.pos_ in ("ADP", "SCONJ"):
        return _gerund_subject(head, depth)
    if dep == "xcomp":
        controllers = [child for child in head.children if child.dep_ in ("dobj", "dative")]
        if controllers and head.lemma_ not in _OBJECT_CONTROL_EXCEPTIONS:
            return controllers
    if dep in ("xcomp", "advcl") and head.lemma_ in _CALLING and _is_infinitive(verb):
        called = [one for name in ("on", "upon") for one in prepositional(head).get(name, [])]
        if called:  # "called on A to stop"
            return called
    if dep in ("advcl", "ccomp") and head.lemma_ in ASKING and _is_infinitive(verb):
        asked = [child for child in head.children if child.dep_ in ("dobj", "dative") and child.i < verb.i]
        if asked:  # "asked A in May to sell"
            return asked
    if head.pos_ in ("VERB", "AUX", "ADJ"):
        return _logical_subjects(head, depth)
    return []


def _is_infinitive(verb: Token) -> bool:
    """ "a deal to sell", which parsers take for a relative clause."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _logical_subjects(verb: Token, depth: int) -> list[Token]:
    """Who acts in the governing clause."""
    agents = [token for child in verb.children if child.dep_ == "agent" for token in _behind(child)]
    return agents or _surface_subjects(verb, depth)


def _participle_subject(verb: Token, depth: int) -> list[Token]:
    """ "drones sold by X", "a ship carrying arms", "a plan to sell arms"."""
    noun = verb.head
    if verb.tag_ in ("VBN", "VBD", "VBG"):
        return [noun]
    owners = [
        child
        for child in noun.children
        if child.dep_ == "poss" or (child.dep_ in ("amod", "compound") and child.text[:1].isupper())
    ]
    if owners:  # "its plan to sell", "Western efforts to supply"
        return owners
    governor = _governing_verb(noun)
    return _logical_subjects(governor, depth) if governor is not None else []


def _gerund_subject(preposition: Token, depth: int) -> list[Token]:
    """ "accused X of selling", "barred X from buying", "in the process of buying", "by selling"."""
    governor = _listed_first(preposition).head
    if preposition.lower_ == "for" and (hit := _measured_against(preposition)):
        return hit
    if governor.pos_ == "VERB":
        if preposition.lower_ in ("of", "from", "for"):
            blamed = [c for c in governor.children if c.dep_ in ("dobj", *PASSIVE_SUBJECTS)]
            if blamed:
                return blamed
        return _logical_subjects(governor, depth)
    if preposition.lower_ == "of" and governor.pos_ == "PROPN":  # "accused the Emirates of flying"
        return [governor]
    owners = [child for child in governor.children if child.dep_ == "poss"]
    if owners:
        return owners
    verb = _governing_verb(governor)
    if verb is None:
        return []
    if preposition.lower_ == "of" and governor.head.dep_ == "agent":  # "A is accused by B of selling"
        return [child for child in verb.children if child.dep_ in PASSIVE_SUBJECTS]
    return _logical_subjects(verb, depth)


def _listed_first(preposition: Token) -> Token:
    """The first "by" of "by helping ..., and by providing ..., the report said": the parse hangs the last
    one on the verb of saying."""
    if preposition.lower_ != "by" or preposition.head.i < preposition.i:
        return preposition
    before = preposition.doc[preposition.sent.start : preposition.i]
    return next((word for word in before if word.lower_ == "by" and word.dep_ == "prep"), preposition)


def _measured_against(preposition: Token) -> list[Token]:
    """ "imposed sanctions on X for selling", "charges against X for selling": who did it is X."""
    governor = preposition.head
    if governor.dep_ == "pobj" and governor.head.lower_ in _AGAINST:
        return [governor]
    heads = [governor, *(child for child in governor.children if child.dep_ == "dobj")]
    before = [one for head in heads for one in head.children if one.dep_ == "prep" and one.i < preposition.i]
    return [token for one in before if one.lower_ in _AGAINST for token in _behind(one)]


def _governing_verb(token: Token) -> Token | None:
    for _, ancestor in zip(range(CLIMBING_LIMIT), token.ancestors, strict=False):
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    return None


def phrase(head: Token) -> Iterator[Token]:
    """The tokens of a noun phrase that say what it is: modifiers, "of" phrases, listed examples,
    coordinated nouns; not what is told about it in clauses."""
    waiting = [head]
    while waiting:
        token = waiting.pop()
        yield token
        waiting += reversed([part for child in token.children for part in _phrase_below(child)])


def _phrase_below(child: Token) -> list[Token]:
    """Where a noun phrase goes on at a child of one of its words."""
    if child.dep_ in _PHRASE_PARTS or child.dep_ in ("conj", "pobj"):
        return [child]
    if child.dep_ == "prep" and child.lower_ in _LISTING_PREPOSITIONS:
        return [inner for inner in child.children if inner.dep_ in ("pobj", "prep", "pcomp")]
    return []


def governors(word: Token) -> Iterator[Token]:
    """The words above ``word`` that say whether and how it happens, nearest first: control verbs,
    nouns such as "plan", the preposition chain between; stops at the clause that merely reports."""
    token = word
    for _ in range(CLIMBING_LIMIT):
        if token.head.i == token.i:
            return
        if token.dep_ not in _GOVERNED and not (token.dep_ == "relcl" and _is_infinitive(token)):
            return
        if token.dep_ == "conj" and not _shares_governor(token):
            return
        if token.dep_ == "prep" and word.pos_ in ("NOUN", "PROPN") and token.head.pos_ in ("VERB", "AUX"):
            return  # "in exchange for these transfers, A seeks": the transfers are not sought
        token = token.head
        yield token


def _shares_governor(token: Token) -> bool:
    """A coordinated infinitive or gerund shares what governs the first: "plans to buy and ship"."""
    return token.tag_ in ("VB", "VBG") and token.head.tag_ == token.tag_ and not _own_subjects(token)


def governing_verb(noun: Token) -> Token | None:
    """The verb of which ``noun`` is the object: "announced a sale", "finished a delivery"."""
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.pos_ == "VERB":
        return noun.head
    return None


def has_negation(word: Token) -> bool:
    """Whether the word is negated where it stands: "not", "never", "no arms"."""
    return any(
        child.dep_ == "neg" or child.lower_ in ("never", "neither", "no", "n't", "without", "nor")
        for child in word.children
        if child.dep_ in ("neg", "advmod", "det", "preconj", "cc") or child.lower_ == "never"
    )


def is_definite(token: Token) -> bool:
    """ "the shipments", "these deliveries": spoken of before."""
    return any(
        child.dep_ in ("det", "poss")
        and child.lower_ in ("the", "these", "those", "this", "such", "its", "their", "any")
        for child in token.children
    )
