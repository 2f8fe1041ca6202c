"""Who stands behind each statement of one report, as far as the report tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tidewaiter.model import Source, SourceKind, Speaker, Statement
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
from tidewaiter.wording import quoted, title_of

BEGINNING = 600
"""Characters in which a dateline stands: behind a headline and a line on the author."""
_DATELINE = re.compile(
    r"(?m)^\W{0,3}(?:(?P<loud>[A-ZÀ-Þ]{3,}(?:[ -][A-ZÀ-Þ]+){0,3})\b[^—–\n:.]{0,30}[—–:.]"
    r"|(?P<city>[^\W\d_a-zß-ÿ][^\W\d_]*(?:[ -][^\W\d_]+){0,3})[^—–\n:]{0,30}(?:[—–:]| - ))"
)
"""Where a report is from: "SEOUL, March 11 — ", "LIMA. ", "Düsseldorf: "."""
_OURSELVES = re.compile(
    r"(?:we|our (?:team|group|researchers|reporters?|investigat(?:ion|ors)|analysts|experts|newspaper))",
    re.IGNORECASE,
)
"""Whoever wrote the report."""
_MIND = re.compile(
    r"^[\"“‘']?(?P<who>(?:\w+ ){0,2}\w+) (?:shares?|regards?|considers?|believes?|knows?|"
    r"has (?:no doubt|evidence|proof)|is (?:convinced|certain|sure)|had? (?:watched|established|found))\b"
)
"""A content that begins with whose mind it tells: "Malta shares the assessment", said its minister."""


class Speakers:
    """The holders of one report's statements and claims, for one row."""

    def __init__(
        self,
        sources: Sources,
        members: Sequence[Member],
        actors: Mapping[str, str],
        outlets: Mapping[str, str],
    ) -> None:
        """``members``: the row's, of this report; ``actors``: codes by name (``positions.actors_of``);
        ``outlets``: names of the outlets of the row's reports by key."""
        document = members[0][0]
        self._sources, self._actors, self._outlets = sources, actors, outlets
        self._text = sources.documents[document].text
        self._statements = sources.readings[document].statements
        name = sources.documents[document].outlet
        called = name or quoted(title_of(sources.documents[document]))
        self.outlet = medium(name, outlets) if name else Holder(f"medium {document}", called, Nature.MEDIUM)
        rows = [sources.transfer(member) for member in members]
        self.parties = frozenset(
            party for row in rows for party in (row.supplier, row.recipient) if party is not None
        )
        self._relayed = self._relayed_medium()
        self._home = self._home_state()
        self.holders = {one.id: self._holder(one) for one in self._statements}

    def _relayed_medium(self) -> Holder | None:
        """The other medium that the report passes on, where it is one."""
        for one in self._statements:
            found = self._named(one)
            if found is not None and found.nature is Nature.MEDIUM and found != self.outlet:
                return found
        return None

    def _named(self, statement: Statement) -> Holder | None:
        source = statement.source
        if source is None:
            return None
        if source.actor is None and statement.within is None and _OURSELVES.fullmatch(source.text):
            return self.outlet
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
        if found.key in self.parties and not self._is_told(found, statement):
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
        if not told and len(bodies) == 1 and nature_of(None, words, self._sources.knowledge) is Nature.BODY:
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
            if one.source.actor not in self.parties or self._is_told(self._state(one.source.actor), one)
        ]
        alike = frozenset(code for code, shared in told if shared)
        others = frozenset(code for code, _ in told) - self.parties or self._third_states()
        for known in (alike, others):
            if len(known) == 1:
                return self._state(min(known))
        source, tables = statement.source, self._sources.knowledge
        is_home = source is not None and is_at_home(source.name, source.role, tables)
        return self._state(self._home) if self._home and is_home and not alike else holder

    def _third_states(self) -> frozenset[str]:
        """The states besides the parties that the report names."""
        return states_in(self._text, self._sources.knowledge) - self.parties

    def _state(self, code: str) -> Holder:
        return Holder(code, self._sources.label(code), Nature.STATE)

    def _home_state(self) -> str | None:
        """The state whose capital stands in the dateline: its offices are called "the ministry"."""
        capitals = words_of(self._sources.knowledge).capitals
        for found in _DATELINE.finditer(self._text[:BEGINNING]):
            if code := capitals.get((found["loud"] or found["city"]).casefold()):
                return code
        return None

    def of_claim(self, told: Told) -> Holder:
        """Who stands behind a claim."""
        statement = next((one for one in self._statements if one.id == told.claim.statement), None)
        speaker = told.claim.speaker
        plain = self._plain(speaker)
        if statement is None:
            same = [one for one in self._statements if one.source and one.source.name == speaker.name]
            statement = same[0] if same and speaker.name else None
        if statement is None or statement.source is None:
            return plain
        is_same = key_of(statement.source.name) == key_of(speaker.name)
        return (self.holders[statement.id] or plain) if is_same else plain
