"""The logical arguments of a word: who does what to whom, however the sentence is built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tidewaiter.reading.syntax.prepositions import behind, prepositional
from tidewaiter.reading.syntax.repairs import (
    above_gerund,
    agent_behind_goal,
    doer_of_reduced_relative,
    is_bare_that_clause,
    noun_before_participle,
)
from tidewaiter.reading.syntax.subjects import antecedent, surface_subjects
from tidewaiter.reading.syntax.tree import conjuncts
from tidewaiter.reading.syntax.voice import is_passive

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


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


def arguments(word: Token) -> Arguments:
    """The logical arguments of a verb: the subject is who acts, also in the passive; subjects are
    found through conjunction, control ("plans to sell", "accused X of selling"), participles and
    relative clauses."""
    found = Arguments()
    if (above := above_gerund(word)) is not None:
        found.subjects = [token for head in surface_subjects(above) for token in conjuncts(head)]
        found.objects = conjuncts(word.head)
        found.prepositions = prepositional(above)
        return found
    passive = is_passive(word)
    loose = noun_before_participle(word) if passive else None
    heads = surface_subjects(word) if loose is None else [loose]
    surface = [token for head in heads for token in conjuncts(head)]
    (found.objects if passive else found.subjects).extend(surface)
    for child in word.children:
        if child.dep_ in ("dobj", "attr", "oprd"):
            found.objects.extend(conjuncts(antecedent(child)))
        elif child.dep_ == "dative" and child.lower_ in ("that", "which"):
            found.objects.append(antecedent(child))  # "the rifles that A gave B"
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            found.datives.extend(conjuncts(child))
        elif child.dep_ == "agent":
            found.subjects.extend(behind(child))
        elif child.dep_ == "conj" and child.pos_ == "NOUN" and found.objects:
            found.objects.extend(conjuncts(child))  # a list's last member that was hung on the verb
    if passive and not found.subjects and (agent := agent_behind_goal(word)) is not None:
        found.subjects.extend(behind(agent))
    found.prepositions = prepositional(word)
    if (doer := doer_of_reduced_relative(word)) is not None:
        found.subjects, found.objects = conjuncts(doer), [*found.objects, doer.head]
    if not passive and word.dep_ == "relcl" and word.head not in found.subjects:
        gap = not found.objects or is_bare_that_clause(word)
        if gap and word.head not in found.objects:
            found.objects.append(word.head)
    return found
