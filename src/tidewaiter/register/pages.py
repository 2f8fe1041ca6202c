"""What one report shows of where its information comes from: who speaks, on what ground, leaning on whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tidewaiter.model import Source, SourceKind, Span, Speaker, Stance, Statement
from tidewaiter.register.evidence import Sign, Use, sentence_at, sentences_of, signs_of
from tidewaiter.register.holders import (
    Holder,
    Nature,
    holder_of,
    is_at_home,
    key_of,
    medium,
    nature_of,
    plain_words,
    states_in,
    words_of,
)
from tidewaiter.register.sources import Member, Sources, Told

NEAR = 1
"""Sentences before one that names nobody in which its speaker may stand: "The minister said ...  The crew
had been captured."""

_UNTOLD = re.compile(r"(?i)\s*(?:whether|if|how|why|what|who|where)\b")
"""How the content of a question begins."""
_DATELINE = re.compile(
    r"(?m)^\W{0,3}([^\W\d_a-zß-ÿ][^\W\d_]*(?:[ -][^\W\d_]+){0,3})[^—–\n:]{0,30}(?:[—–:]| - )"
)
_MIND = re.compile(
    r"^[\"“‘']?(?P<who>(?:\w+ ){0,2}\w+) (?:shares?|regards?|considers?|believes?|knows?|"
    r"has (?:no doubt|evidence|proof)|is (?:convinced|certain|sure)|had? (?:watched|established|found))\b"
)
"""A content that begins with whose mind it tells: "Malta shares the assessment", said its minister."""


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
    named: frozenset[str]  # codes of states in the same sentence


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


def pages_of(
    sources: Sources, members: Sequence[Member], claims: Sequence[Told], actors: Mapping[str, str]
) -> tuple[Page, ...]:
    """The reports of a row, in order of their ids.  ``actors``: codes by name (``positions.actors_of``)."""
    documents = sorted({document for document, _ in members})
    outlets = {
        key_of(outlet): outlet for document in documents if (outlet := sources.documents[document].outlet)
    }
    return tuple(
        _Reader(sources, document, [one for one in members if one[0] == document], actors, outlets).page(
            [told for told in claims if told.document == document]
        )
        for document in documents
    )


def _first_nature(words: str, sources: Sources) -> Nature | None:
    """What the first word says whose nature is known."""
    return nature_of(None, words, sources.knowledge)


class _Reader:
    """Reads one report for one row."""

    def __init__(
        self,
        sources: Sources,
        document: str,
        members: Sequence[Member],
        actors: Mapping[str, str],
        outlets: Mapping[str, str],
    ) -> None:
        self._sources, self._document, self._members = sources, document, members
        self._actors, self._outlets = actors, outlets
        self._text = sources.documents[document].text
        self._statements = sources.readings[document].statements
        name = sources.documents[document].outlet
        called = name or sources.documents[document].source
        self._outlet = medium(name, outlets) if name else Holder(f"medium {document}", called, Nature.MEDIUM)
        rows = [sources.transfer(member) for member in members]
        self._parties = frozenset(
            party for row in rows for party in (row.supplier, row.recipient) if party is not None
        )
        self._relayed = self._relayed_medium()
        self._home = self._home_state()
        self._holders = {one.id: self._holder(one) for one in self._statements}

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
            outlet=self._outlet,
            voices=tuple(self._voice(told) for told in asserting),
            others=tuple(self._voice(told) for told in claims if told not in asserting),
            grounds=tuple(self._grounds(signs)),
            leanings=tuple(self._leanings(signs)),
            named=frozenset(one for one in self._holders.values() if one is not None),
            speaks_itself=mention is not None,
            mention=mention,
        )

    # ------------------------------------------------------------------------------- who

    def _relayed_medium(self) -> Holder | None:
        """The other medium that the report passes on, where it is one."""
        for one in self._statements:
            found = self._named(one)
            if found is not None and found.nature is Nature.MEDIUM and found != self._outlet:
                return found
        return None

    def _named(self, statement: Statement) -> Holder | None:
        source = statement.source
        if source is None:
            return None
        speaker = Speaker(source.name, source.role, source.actor)
        return self._plain(speaker)

    def _plain(self, speaker: Speaker, actors: Mapping[str, str] | None = None) -> Holder:
        sources, known = self._sources, self._actors if actors is None else actors
        return holder_of(speaker, known, self._outlets, sources.knowledge, sources.names)

    def _is_told(self, holder: Holder, statement: Statement) -> bool:
        """Whether a report says of a speaker that a party to the transfer speaks through it: by naming the
        party in the words for it, or where the report is from its capital.  What was only concluded may be
        the accuser taken for the accused."""
        source = statement.source
        words = " ".join(
            part for part in (source and source.text, source and source.name, source and source.role) if part
        )
        if holder.nature is not Nature.STATE:
            return bool(set(plain_words(words)) & set(plain_words(holder.label))) or holder.label in words
        return holder.key == self._home or holder.key in states_in(words, self._sources.knowledge)

    def _holder(self, statement: Statement) -> Holder | None:
        """Whose words a statement gives; a paper in a report that passes on a medium is that medium's."""
        found, source = self._named(statement), statement.source
        if found is None or source is None:
            return None
        if found.key in self._parties and not self._is_told(found, statement):
            found = self._plain(Speaker(source.name, source.role, None), {})
        if source.kind is SourceKind.DOCUMENT and self._relayed and found.nature is not Nature.MEDIUM:
            is_told = found.key in states_in(source.text, self._sources.knowledge)
            return found if is_told else self._relayed
        if source.kind is SourceKind.ANONYMOUS and found.nature in (Nature.OFFICIAL, Nature.PRIVATE):
            return replace(found, nature=Nature.UNNAMED) if (source.name or "").islower() else found
        if found.nature in (Nature.OFFICIAL, Nature.PRIVATE, Nature.BODY):
            return self._body_of(found, source) or self._with_state(found, statement)
        return found

    def _body_of(self, holder: Holder, source: Source) -> Holder | None:
        """The body that somebody speaks for: "the group's researcher Ann Lee", where the report has one
        body only; or the one that the words name."""
        plain = (self._named(one) for one in self._statements)
        bodies = {one for one in plain if one is not None and one.nature is Nature.BODY and one != holder}
        words = f"{source.text} {source.role or ''}"
        told = [one for one in sorted(bodies) if one.label in words]
        if not told and len(bodies) == 1 and _first_nature(words, self._sources) is Nature.BODY:
            told = sorted(bodies)
        return told[0] if len(told) == 1 and holder.nature is not Nature.BODY else None

    def _with_state(self, holder: Holder, statement: Statement) -> Holder:
        """An official whose state the words tell: by the mind the content tells, or since the report is
        from a capital or the only office of that name is some state's."""
        if found := _MIND.match(statement.content.text):
            codes = states_in(found["who"], self._sources.knowledge)
            if len(codes) == 1:
                return self._state(min(codes))
        if holder.nature is not Nature.OFFICIAL:
            return holder
        words = set(plain_words(holder.label))
        told = [
            (one.source.actor, words & set(plain_words(one.source.name or one.source.role)))
            for one in self._statements
            if one.source and one.source.actor in words_of(self._sources.knowledge).codes
            if one.source.actor not in self._parties or self._is_told(self._state(one.source.actor), one)
        ]
        alike = frozenset(code for code, shared in told if shared)
        others = frozenset(code for code, _ in told) - self._parties or self._third_states()
        for known in (alike, others):
            if len(known) == 1:
                return self._state(min(known))
        source, tables = statement.source, self._sources.knowledge
        is_home = source is not None and is_at_home(source.name, source.role, tables)
        return self._state(self._home) if self._home and is_home and not alike else holder

    def _third_states(self) -> frozenset[str]:
        """The states besides the parties that the report names."""
        return states_in(self._text, self._sources.knowledge) - self._parties

    def _state(self, code: str) -> Holder:
        return Holder(code, self._sources.label(code), Nature.STATE)

    def _home_state(self) -> str | None:
        """The state whose capital stands in the dateline: its offices are called "the ministry"."""
        capitals = words_of(self._sources.knowledge).capitals
        for found in _DATELINE.finditer(self._text[:600]):
            if code := capitals.get(found[1].casefold()):
                return code
        return None

    def _of_claim(self, told: Told) -> Holder:
        statement = next((one for one in self._statements if one.id == told.claim.statement), None)
        speaker = told.claim.speaker
        plain = self._plain(speaker)
        if statement is None:
            same = [one for one in self._statements if one.source and one.source.name == speaker.name]
            statement = same[0] if same and speaker.name else None
        if statement is None or statement.source is None:
            return plain
        is_same = key_of(statement.source.name) == key_of(speaker.name)
        return (self._holders[statement.id] or plain) if is_same else plain

    def _voice(self, told: Told) -> Voice:
        return Voice(self._of_claim(told), self._called(told), told)

    def _called(self, told: Told) -> str:
        return key_of(told.claim.speaker.name or told.claim.speaker.role)

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

    def _grounds(self, signs: Sequence[Sign]) -> Iterator[Ground]:
        for sign in signs:
            if sign.use not in (Use.GROUND, Use.SAW):
                continue
            is_told, statement = self._teller(sign, signs)
            if not is_told:
                continue
            if statement is not None:
                called = (statement.source.name or statement.source.role) if statement.source else None
                is_office = nature_of(called, None, self._sources.knowledge) is not None
                yield Ground(self._holders[statement.id], key_of(called), is_office, sign)
            elif self._is_own(sign, signs):
                yield Ground(self._outlet, "", False, sign)
            else:
                yield Ground(None, "", False, sign)

    def _teller(self, sign: Sign, signs: Sequence[Sign]) -> tuple[bool, Statement | None]:
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
        if not beside:
            before = [one for one in sentences_of(self._text) if one.end <= sentence.start][-NEAR:]
            beside = [one for near in before for one in self._told_in(near)][-1:]
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
        if self._outlet.key == f"medium {self._document}":
            return False
        name = self._outlet.label.split()
        sentence = self._text[start:end]
        return self._outlet.label in sentence or (
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
            is_told, statement = self._teller(sign, signs)
            holder = self._outlet if statement is None else self._holders[statement.id]
            if is_told and holder is not None:
                named = states_in(self._text[start:end], self._sources.knowledge)
                yield Leaning(holder, sign, named - self._parties - {holder.key})

    # ------------------------------------------------------------------------------- its own voice

    def _own_mention(self) -> Span | None:
        """Where the report tells of the transfer in its own words; None where only others do."""
        told = sorted(
            (span for one in self._statements for span in one.content.spans), key=lambda one: one.start
        )
        for span in self._triggers():
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
