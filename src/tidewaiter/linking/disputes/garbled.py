"""What a careless or a machine's rewording of a text turns into something else: goods sent "to" a state
become goods launched "against" it, "tens of thousands" become "thousands", an agency becomes "sources"."""

from __future__ import annotations

import re
from typing import NamedTuple

from tidewaiter.linking.texts.cues import Cues
from tidewaiter.linking.texts.stems import stem
from tidewaiter.model import Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_TO, _AGAINST = "to", ("against", "at", "on")
_MANY = re.compile(r"(?:some |about )?(?:tens|dozens|scores|hundreds|thousands) of", re.IGNORECASE)
BEFORE = 60
"""Characters before "to" in which what is sent stands."""


class Side(NamedTuple):
    """The place in one of the two texts."""

    text: str
    span: Span

    @property
    def words(self) -> list[str]:
        """Its words in lower case."""
        return _WORD.findall(self.text[slice(*self.span)].casefold())

    @property
    def following(self) -> str:
        """The word behind it."""
        found = _WORD.match(self.text, self.span.end + 1)
        return "" if found is None else found.group().casefold()


def is_struck(sides: tuple[Side, Side], cues: Cues) -> bool:
    """Whether goods go to a state in one text and against it in the other."""
    ways = [side.words[:1] for side in sides]
    if [_TO] not in ways or not any(way and way[0] in _AGAINST for way in ways):
        return False
    return all(_is_sent(side, cues) for side in sides)


def _is_sent(side: Side, cues: Cues) -> bool:
    """Whether goods stand before "to" or "against" and a state behind it."""
    whom = " ".join(side.words[1:]) or side.following
    before = side.text[max(0, side.span.start - BEFORE) : side.span.start]
    return whom in cues.states and any(stem(word) in cues.kinds for word in _WORD.findall(before))


def is_less(sides: tuple[Side, Side]) -> bool:
    """Whether "tens of" before "thousands" stands in one text only."""
    words = [" ".join(side.words) for side in sides]
    if bool(words[0]) == bool(words[1]) or not _MANY.fullmatch(max(words, key=len)):
        return False
    return all(_MANY.match(side.text[side.span.end :].lstrip()) is not None for side in sides)


def is_other_teller(sides: tuple[Side, Side], cues: Cues) -> bool:
    """Whether a newsroom tells it in one text and unnamed sources in the other."""
    verb = sides[0].following
    if verb != sides[1].following or not cues.is_saying(verb):
        return False
    are_newsrooms = [" ".join(side.words).removeprefix("the ") in cues.newsrooms for side in sides]
    are_unnamed = [bool(cues.unnamed & set(side.words)) for side in sides]
    return are_newsrooms in ([True, False], [False, True]) and are_unnamed == are_newsrooms[::-1]
