"""What one report shows of where its information comes from: who speaks, on what ground, leaning on whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.model import Span, Stance, Statement
from tidewaiter.register.evidence import Sign, Use, sentence_at, sentences_of, signs_of
from tidewaiter.register.holders import Holder, key_of, nature_of, states_in
from tidewaiter.register.sources import Member, Sources, Told
from tidewaiter.register.speakers import Speakers

NEAR = 1
"""Sentences before one that names nobody in which its speaker may stand: "The minister said ...  The crew
had been captured."""

_UNTOLD = re.compile(r"(?i)\s*(?:whether|if|how|why|what|who|where)\b")
"""How the content of a question begins."""


BESIDE = 40
"""Letters before and behind the words by which knowledge is another's, within which that other is named; a
sentence names the parties, the theatre of war and others as well.  30 to 100 make no difference to the
constellations of origins."""

_NOT = re.compile(r"(?:\b(?:not|never|neither|nor)|n['’]t)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_BEFORE = 40
"""Characters before a verb in which a negation of it may stand."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Evidence in a report, with whose it is; None: the report does not tell."""

    holder: Holder | None
    speaker: str  # who tells of it, to tell officials of one state apart
    is_office: bool  # the speaker is an office, for which somebody in the same report may speak
    sign: Sign


@dataclass(frozen=True, slots=True)
class Leaning:
    """Words of a report by which somebody's knowledge is another's."""

    holder: Holder
    sign: Sign
    named: frozenset[str]  # codes of states named beside them
    beside: str  # the words around them in their sentence


@dataclass(frozen=True, slots=True)
class Voice:
    """An assertion in a report."""

    holder: Holder
    speaker: str
    told: Told


@dataclass(frozen=True, slots=True)
class Page:
    """One report of a row."""

    document: str
    outlet: Holder
    voices: tuple[Voice, ...]
    others: tuple[Voice, ...]  # who denies, doubts or declines
    grounds: tuple[Ground, ...]
    leanings: tuple[Leaning, ...]
    named: frozenset[Holder]  # every source of a statement in it
    speaks_itself: bool  # tells of the transfer outside of what others are made to say
    mention: Span | None  # where
    named_only: tuple[Ground, ...] = ()  # evidence of which only the name is given
    shown: tuple[Ground, ...] = ()  # words that evidence was put before others, with whoever does so


def pages_of(
    sources: Sources, members: Sequence[Member], claims: Sequence[Told], actors: Mapping[str, str]
) -> tuple[Page, ...]:
    """The reports of a row, in order of their ids.  ``actors``: codes by name (``positions.actors_of``)."""
    documents = sorted({document for document, _ in members})
    outlets = {
        key_of(outlet): outlet for document in documents if (outlet := sources.documents[document].outlet)
    }
    return tuple(
        _page(
            sources,
            document,
            members,
            [told for told in claims if told.document == document],
            actors,
            outlets,
        )
        for document in documents
    )


def _page(
    sources: Sources,
    document: str,
    members: Sequence[Member],
    claims: Sequence[Told],
    actors: Mapping[str, str],
    outlets: Mapping[str, str],
) -> Page:
    ours = [one for one in members if one[0] == document]
    return _Reader(sources, ours, Speakers(sources, ours, actors, outlets)).page(claims)


class _Reader:
    """Reads one report for one row."""

    def __init__(self, sources: Sources, members: Sequence[Member], who: Speakers) -> None:
        self._sources, self._members, self._who = sources, members, who
        self._document = members[0][0]
        self._text = sources.documents[self._document].text
        self._statements = sources.readings[self._document].statements
        self._silent: set[str | None] = set()

    def page(self, claims: Sequence[Told]) -> Page:
        """What it shows."""
        withheld = {
            told.claim.statement for told in claims if told.claim.stance in (Stance.DENIES, Stance.DECLINES)
        }
        asserting = [told for told in claims if told.claim.stance is Stance.ASSERTS]
        self._silent = withheld - {told.claim.statement for told in asserting}
        goods = self._goods()
        signs = [
            one
            for one in signs_of(self._text, self._sources.knowledge)
            if self._is_near(one) and not any(a < one.span.end and one.span.start < b for a, b in goods)
        ]
        mention = self._own_mention()
        return Page(
            document=self._document,
            outlet=self._who.outlet,
            voices=tuple(self._voice(told) for told in asserting),
            others=tuple(self._voice(told) for told in claims if told not in asserting),
            grounds=tuple(self._grounds(signs, Use.GROUND, Use.SAW)),
            leanings=tuple(self._leanings(signs)),
            named=frozenset(one for one in self._who.holders.values() if one is not None),
            speaks_itself=mention is not None,
            mention=mention,
            named_only=tuple(self._grounds(signs, Use.NAMED)),
            shown=tuple(self._grounds(signs, Use.SHOWN)),
        )

    def _voice(self, told: Told) -> Voice:
        speaker = told.claim.speaker
        return Voice(self._who.of_claim(told), key_of(speaker.name or speaker.role), told)

    # ------------------------------------------------------------------------------- on what ground

    def _is_near(self, sign: Sign) -> bool:
        """Whether a sign can be about this row: the report is about nothing else, or the row's own words
        stand beside."""
        others = [
            one
            for one in self._sources.readings[self._document].transfers
            if (self._document, one.id) not in self._members
        ]
        ours = [self._sources.transfer(member) for member in self._members]
        parties = {(one.supplier, one.recipient) for one in ours}
        if all((one.supplier, one.recipient) in parties for one in others):
            return True
        sentences = sentences_of(self._text)
        here = [place for place, one in enumerate(sentences) if one.start <= sign.span.start < one.end]
        places = {
            place
            for place, one in enumerate(sentences)
            for span in self._words_of_row()
            if one.start <= span.start < one.end
        }
        return any(abs(place - near) <= NEAR for place in here for near in places)

    def _goods(self) -> list[Span]:
        """Where the goods are named: "reconnaissance drones" that are supplied have seen nothing."""
        return [
            span
            for member in self._members
            for span in self._sources.transfer(member).anchors.get("item", ())
        ]

    def _words_of_row(self) -> Iterator[Span]:
        for member in self._members:
            yield from (span for spans in self._sources.transfer(member).anchors.values() for span in spans)
            yield from (one.sentence for one in self._sources.mentions(member))

    def _grounds(self, signs: Sequence[Sign], *uses: Use) -> Iterator[Ground]:
        for sign in signs:
            if sign.use not in uses:
                continue
            is_told, statement = self._teller(sign, signs)
            if not is_told:
                continue
            if statement is not None:
                called = (statement.source.name or statement.source.role) if statement.source else None
                is_office = nature_of(called, None, self._sources.knowledge) is not None
                yield Ground(self._who.holders[statement.id], key_of(called), is_office, sign)
            elif self._is_own(sign, signs):
                yield Ground(self._who.outlet, "", False, sign)
            else:
                yield Ground(None, "", False, sign)

    def _teller(self, sign: Sign, signs: Sequence[Sign], near: int = NEAR) -> tuple[bool, Statement | None]:
        """The statement that a sign belongs to; False first where it tells of no evidence, as in a question
        or a denial."""
        place = sign.span.start
        holding = [one for one in self._statements if any(a <= place < b for a, b in one.content.spans)]
        if holding:
            inner = min(holding, key=lambda one: (sum(b - a for a, b in one.content.spans), one.id))
            return self._is_telling(inner), inner
        sentence = sentence_at(self._text, place)
        if self._is_own(sign, signs):
            return True, None
        beside = self._told_in(sentence)
        if not beside and near:
            before = [one for one in sentences_of(self._text) if one.end <= sentence.start][-near:]
            beside = [one for sentence in before for one in self._told_in(sentence)][-1:]
        if not beside:
            return True, None
        nearest = min(beside, key=lambda one: (min(abs(a - place) for a, _ in one.content.spans), one.id))
        return self._is_telling(nearest), nearest

    def _told_in(self, sentence: Span) -> list[Statement]:
        """The statements whose source or cue stands in a sentence."""
        return [
            one
            for one in self._statements
            if one.source is not None
            and one.content.spans
            and any(
                sentence.start <= a < sentence.end
                for a, _ in (*one.source.spans, *(one.cue.spans if one.cue else ()))
            )
        ]

    def _is_telling(self, statement: Statement) -> bool:
        return not (
            statement.negated
            or _UNTOLD.match(statement.content.text)
            or (statement.id in self._silent and self._silent)
        )

    def _is_own(self, sign: Sign, signs: Sequence[Sign]) -> bool:
        """Whether the outlet itself looked: the sentence says "I saw", "this newspaper", or its name."""
        if sign.use is Use.SAW:
            return True
        start, end = sentence_at(self._text, sign.span.start)
        if any(one.use in (Use.OUTLET, Use.SAW) and start <= one.span.start < end for one in signs):
            return True
        if self._who.outlet.key == f"medium {self._document}":
            return False
        name = self._who.outlet.label.split()
        sentence = self._text[start:end]
        return self._who.outlet.label in sentence or (
            len(name) > 1 and re.search(rf"\b[Tt]he {re.escape(name[-1])}\b", sentence) is not None
        )

    def _leanings(self, signs: Sequence[Sign]) -> Iterator[Leaning]:
        own = [one.span for one in signs if one.kind == "own"]
        for sign in signs:
            if sign.use not in (Use.SHARED, Use.ECHO, Use.SUMMING):
                continue
            start, end = sentence_at(self._text, sign.span.start)
            if any(start <= span.start < end for span in own):
                continue
            is_told, statement = self._teller(sign, signs, near=0)
            holder = self._who.outlet if statement is None else self._who.holders[statement.id]
            if is_told and holder is not None:
                near = self._text[max(start, sign.span.start - BESIDE) : min(end, sign.span.end + BESIDE)]
                named = states_in(near, self._sources.knowledge)
                yield Leaning(holder, sign, named - self._who.parties - {holder.key}, near)

    # ------------------------------------------------------------------------------- its own voice

    def _own_mention(self) -> Span | None:
        """Where the report tells of the transfer in its own words; None where only others do."""
        told = sorted(
            (span for one in self._statements for span in one.content.spans), key=lambda one: one.start
        )
        for span in self._triggers():
            if _NOT.search(self._text, max(0, span.start - _BEFORE), span.start):
                continue  # "it has never sent them": tells of none
            is_asked = self._text[slice(*sentence_at(self._text, span.start))].rstrip(" \"”’')").endswith("?")
            if not is_asked and not any(a <= span.start < b for a, b in told):
                return span
        return None

    def _triggers(self) -> Iterable[Span]:
        for member in self._members:
            places = [one.anchors.get("trigger", ()) for one in self._sources.mentions(member)]
            yield from (span for spans in places for span in spans[:1])
            if not places:
                yield from self._sources.transfer(member).anchors.get("trigger", ())[:1]
