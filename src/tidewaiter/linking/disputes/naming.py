"""What a name is a name of, by the words around it: a person, a ship, a place; and whether a place of the
text is told or stands in a byline, a caption, a date line."""

from __future__ import annotations

import re
import unicodedata

from tidewaiter.linking.texts.cues import Cues
from tidewaiter.linking.texts.stems import SMALL
from tidewaiter.linking.texts.values import MONTHS, WEEKDAYS
from tidewaiter.model import Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
CARRIER = re.compile(
    r"\b(?:ship|vessel|freighter|dhow|tanker|ferry|barge|trawler|coaster|carrier|boat)s?,? "
    r"(?:the |named |called )?[\"“']?"
    r"(?P<name>[^\W\d_a-z][\w’-]*(?: (?:[^\W\d_a-z][\w’-]*|\d+))*)"
)
"""A ship with its name."""

LEAST_TOLD = 4
"""Words in lower case that a line of a told text has; a byline, a date line, a list of names have fewer."""
BESIDE = 48
"""Characters before or behind a name within which its office stands."""
LEAST_BEHIND = 2
"""Words of a name behind an office in the same run of capitals, so that the office is no part of it."""

_INSIDE = ("in", "at", "near", "off")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "ß": "ss"}
)
"""Letters that Unicode does not take apart into one and a mark."""


def folded(text: str) -> str:
    """A name without accents, hyphens and case, so that "Bá-Dos" is "ba dos"."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.findall(r"[^\W_]+", letters.casefold()))


def bare_name(text: str, span: Span, cues: Cues) -> Span | None:
    """A name without offices and small words at its beginning and days at either end ("Friday Iran's
    Mission", "February Reuters"); None where nothing is left."""
    words = list(_WORD.finditer(text, span.start, span.end))
    while words and _begins_no_name(words[0].group(), cues):
        words = words[1:]
    for place in range(len(words) - LEAST_BEHIND - 1, 0, -1):
        if cues.is_one("rank", words[place].group()):
            words = words[place + 1 :]  # "Iranian Foreign Minister Abbas Araghchi"
            break
    if len(words) > 2 and _is_of_office(text[max(0, words[0].start() - BESIDE) : words[0].start()], cues):
        words = words[1:]  # "Secretary of State Antony Blinken"
    while words and words[-1].group().casefold() in (*WEEKDAYS, *MONTHS):
        words = words[:-1]
    return Span(words[0].start(), words[-1].end()) if words else None


def _begins_no_name(word: str, cues: Cues) -> bool:
    bare = word.casefold()
    return bare in SMALL or bare in WEEKDAYS or bare in MONTHS or cues.is_one("rank", word)


def _is_of_office(before: str, cues: Cues) -> bool:
    """Whether the words before a name end in an office and "of"."""
    words = _WORD.findall(before)
    return before.endswith("of ") and len(words) > 1 and cues.is_one("rank", words[-2])


def is_told(text: str, span: Span, cues: Cues) -> bool:
    """Whether a place stands in a sentence, no byline, date line, menu or caption."""
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    line = text[begin : len(text) if end < 0 else end]
    if any(cue.span.start == 0 for cue in cues.found("caption", line.lstrip(" ([-–—"))):
        return False
    return sum(found.group()[0].islower() for found in _WORD.finditer(line)) >= LEAST_TOLD


def is_place(span: Span, text: str, cues: Cues) -> bool:
    """Whether a name stands where a place does: behind "at", "near", "the port of"; and is no wide area and
    no state with another word run into it ("Ukraineaccording")."""
    before = [found.group() for found in _WORD.finditer(text, max(0, span.start - 40), span.start)]
    if not before or text[max(0, span.start - 1) : span.start] not in (" ", "\n"):
        return False
    if not _may_be_place(folded(text[slice(*span)]), cues):
        return False
    if before[-1].casefold() == "of":
        return len(before) > 1 and cues.is_one("locality", before[-2])
    if before[-1].casefold() == "the" and len(before) > 1:
        return before[-2].casefold() in _INSIDE
    return cues.is_one("place", before[-1])


def _may_be_place(name: str, cues: Cues) -> bool:
    if cues.has("area", name) or any(is_body(word, cues) for word in name.split()):
        return False
    first = name.partition(" ")[0]
    return first in cues.states or not first.startswith(cues.long_states)


def is_body(word: str, cues: Cues) -> bool:
    """Whether a word is one for a body: "council", "agency"."""
    return word.casefold() in cues.bodies


def may_be_person(name: str, cues: Cues) -> bool:
    """Whether a folded name has no word for a body and no state's name in it."""
    words = name.split()
    return bool(words) and not any(
        word in cues.states or is_body(word, cues) or word in SMALL or word.isdigit() for word in words
    )


def is_person(span: Span, text: str, cues: Cues) -> bool:
    """Whether a name follows an office ("spokesman Sean Savett", "the minister, Ousmane Bangoura"), or one
    follows it ("Sean Savett, spokesman of"), or it says something."""
    name = folded(text[slice(*span)])
    if not may_be_person(name, cues):
        return False
    before = text[max(0, span.start - BESIDE) : span.start].rpartition("\n")[2]
    words = list(_WORD.finditer(before))
    if words and before[words[-1].end() :].strip(" .") in ("", ","):
        is_of = len(words) > 2 and _is_of_office(before[: words[-1].start()], cues)
        if cues.is_one("rank", words[-1].group()) or (is_of and words[-1].group()[0].isupper()):
            return True
    behind = text[span.end : span.end + BESIDE].partition("\n")[0]
    if behind[:2] == ", ":
        until = re.split(r"[,.;]| (?:of|in|at|for|from|to) ", behind[2:], maxsplit=1)[0]
        if any(cues.is_one("rank", word) for word in _WORD.findall(until)):
            return True
    follows = _WORD.match(behind.lstrip())
    return " " in name and follows is not None and cues.is_saying(follows.group())


def is_vessel(span: Span, text: str) -> bool:
    """Whether a name follows a word for a ship."""
    begin = max(0, span.start - BESIDE)
    return any(
        begin + found.start("name") <= span.start < begin + found.end("name")
        for found in CARRIER.finditer(text[begin : span.end + BESIDE])
    )
