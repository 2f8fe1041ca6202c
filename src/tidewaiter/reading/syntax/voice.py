"""Whether a verb stands in the passive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tidewaiter.reading.syntax.tree import PASSIVE_SUBJECTS, own_subjects

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def is_passive(verb: Token) -> bool:
    """Whether the verb's surface subject is its logical object."""
    while True:
        if any(child.dep_ in PASSIVE_SUBJECTS or child.dep_ == "auxpass" for child in verb.children):
            return True
        if own_subjects(verb):
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
