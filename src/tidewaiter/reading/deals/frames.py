"""The words that speak of a transfer, and the frame each evokes (who plays which part)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tidewaiter.model import Stage

if TYPE_CHECKING:
    from tidewaiter.knowledge import Knowledge
    from tidewaiter.reading.parse import Parsed
    from tidewaiter.reading.tokens import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of the table ``transfer_cues``.

    ``frame`` names the parts: supply (subject gives object to), receive (subject gets object from),
    arm (subject gives to object), use, arrive, seize, take, ask, nominal, nominal_use, deal.
    """

    lemma: str
    pos: str  # verb or noun
    frame: str
    done: Stage  # stage when told as done
    going_on: Stage  # stage when told as going on
    owner: str  # nouns: which part an owner or adjective plays ("Iran's exports": supplier)


@lru_cache(maxsize=4)
def cues(knowledge: Knowledge) -> dict[tuple[str, str], Cue]:
    """The table of transfer words by lemma and part of speech."""
    return {
        (row["lemma"], row["pos"]): Cue(
            row["lemma"],
            row["pos"],
            row["frame"],
            Stage(row["done"]),
            Stage(row["going_on"]),
            row["noun_role"],
        )
        for row in knowledge.table("transfer_cues")
    }


def triggers(parsed: Parsed) -> Iterator[tuple[Token, Cue]]:
    """Each token that may speak of a transfer, with its cue, in order of the text."""
    table = cues(parsed.knowledge)
    for token in parsed.doc:
        cue = table.get((token.lemma_.lower(), _part_of_speech(token)))
        if cue is not None and not _is_idle(token):
            yield token, cue


def _part_of_speech(token: Token) -> str:
    if token.pos_ in ("NOUN", "PROPN"):
        return "noun"
    if token.pos_ in ("VERB", "AUX") or (token.pos_ == "ADJ" and token.tag_ in ("VBN", "VBD")):
        return "verb"
    return ""


def _is_idle(token: Token) -> bool:
    """Parts of names and of compounds that are no act: "import" in "import licence"; and to tell somebody
    what to do: "ordered them to let it pass"."""
    if token.lemma_.lower() == "order" and _is_command(token):
        return True
    if token.dep_ == "amod" and token.lower_ == "used":  # "used jets" are second-hand
        return True
    if token.pos_ != "PROPN":
        return False
    named = token.dep_ == "pobj" and token.head.head.pos_ == "PROPN" and token.head.head.i < token.i
    return token.dep_ == "compound" or named  # "Ministry of Trade"


def _is_command(verb: Token) -> bool:
    """ "Ordered them to let it pass", where the parse may make "them" the subject of what they are to do."""
    after = verb.doc[verb.i + 1 : verb.i + 2]
    told = any(word.pos_ == "PRON" and word.lower_ in _COMMANDED for word in after)
    return told and any(one.lower_ == "to" for one in verb.doc[verb.i + 2 : verb.i + 3])


_COMMANDED = frozenset({"him", "her", "them", "us", "me", "you", "it"})
