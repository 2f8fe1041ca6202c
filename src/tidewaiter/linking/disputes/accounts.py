"""One report as an account that is held against others: what it names, counts, dates and places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from tidewaiter.linking.disputes.naming import bare_name, folded, is_person, is_place, is_told, may_be_person
from tidewaiter.linking.disputes.outcomes import outcomes_of
from tidewaiter.linking.disputes.roles import Role, roles_of
from tidewaiter.linking.disputes.spellings import Named
from tidewaiter.linking.texts.clauses import Clause, Told, event_near, told
from tidewaiter.linking.texts.cues import Cue, Cues
from tidewaiter.linking.texts.figures import MEASURES, Figure, figures
from tidewaiter.linking.texts.stems import SMALL, stem
from tidewaiter.linking.texts.values import MONTHS, WEEKDAYS, Moment, day_of, names
from tidewaiter.linking.texts.words import words
from tidewaiter.model import Document, Reading, Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
LEAST_LETTERS = 4
"""Letters of a word of a name that may tell two reports of one thing."""


SHOWN = 2
"""Places of a person's name in a report that are cited for its spelling."""


class Happened(NamedTuple):
    """A day, and what is said to have happened then."""

    moment: Moment
    cue: Cue | None
    clause: Clause


class Quoted(NamedTuple):
    """A quotation."""

    span: Span
    stems: tuple[str, ...]  # of its words, in order
    telling: frozenset[str]  # those that tell something


class Profile(NamedTuple):
    """What of an account tells whether another tells of the same thing; small, as it is kept for every report
    of the case."""

    document: str  # id
    published: str | None
    rare: frozenset[str]
    actors: frozenset[str]
    days: frozenset[str]
    figures: frozenset[tuple[int, str]]
    persons: Mapping[str, Named]


class Account:
    """A document with what is compared, each worked out when first asked for."""

    def __init__(self, document: Document, reading: Reading | None, cues: Cues) -> None:
        self.document = document
        self.reading = reading
        self.cues = cues

    @cached_property
    def told(self) -> Told:
        """In clauses."""
        return told(self.document)

    @cached_property
    def names(self) -> Mapping[str, tuple[Span, ...]]:
        """The names by their folded words, small words and offices at their beginning left out."""
        found: dict[str, tuple[Span, ...]] = {}
        for span in names(self.document.text):
            bare = bare_name(self.document.text, span, self.cues)
            if bare is not None and is_told(self.document.text, bare, self.cues):
                key = folded(self.document.text[slice(*bare)])
                found[key] = (*found.get(key, ()), bare)
        return found

    @cached_property
    def full_names(self) -> tuple[str, ...]:
        """The names of several words, no states among them, in order."""
        return tuple(sorted(one for one in self.names if " " in one and one not in self.cues.states))

    @cached_property
    def by_last(self) -> Mapping[str, tuple[str, ...]]:
        """The same by their last word."""
        found: dict[str, tuple[str, ...]] = {}
        for name in self.full_names:
            last = name.rpartition(" ")[2]
            found[last] = (*found.get(last, ()), name)
        return found

    @cached_property
    def folded(self) -> str:
        """The whole text without accents, hyphens and case."""
        return folded(self.document.text)

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The last words of the names of those who are made to say something."""
        sources = () if self.reading is None else (one.source for one in self.reading.statements)
        names = (
            folded(one.name) for one in sources if one is not None and one.name and one.name != one.actor
        )
        return frozenset(name.split()[-1] for name in names if " " in name and may_be_person(name, self.cues))

    @cached_property
    def persons(self) -> Mapping[str, Named]:
        """The persons of several names who are made to say something or hold an office, by the folded words
        of their names."""
        text = self.document.text
        actors: dict[str, str | None] = {}
        for one in () if self.reading is None else self.reading.statements:
            if one.source is not None and one.source.name and one.source.name != one.source.actor:
                actors.setdefault(folded(one.source.name), one.source.actor)
        return {
            name: Named(actors.get(name), spans[:SHOWN])
            for name, spans in self.names.items()
            if " " in name
            and may_be_person(name, self.cues)
            and (name in actors or any(is_person(span, text, self.cues) for span in spans))
        }

    def transfers_at(self, span: Span) -> frozenset[str]:
        """The reported transfers that the sentence of a place tells of."""
        return frozenset(
            one.transfer
            for one in (() if self.reading is None else self.reading.mentions)
            if one.transfer is not None and one.sentence.start < span.end and span.start < one.sentence.end
        )

    def speaker_at(self, quote: Span) -> str | None:
        """The last word of the name of whoever is made to say the words of a quotation; of a person of
        several names only, as "the minister" may be anybody."""
        for one in () if self.reading is None else self.reading.statements:
            is_it = any(start < quote.end and quote.start < end for start, end in one.content.spans)
            name = folded(one.source.name) if is_it and one.source is not None and one.source.name else ""
            if " " in name and name in self.names and name not in self.cues.states:
                return name.rpartition(" ")[2]
        return None

    @cached_property
    def actors(self) -> frozenset[str]:
        """The codes of states and groups named."""
        return frozenset(code for name in self.names if (code := self.cues.states.get(name)))

    @cached_property
    def rare(self) -> frozenset[str]:
        """The words of names that are no state, group, day or office, and that the text has with a capital
        only."""
        common = {found.group() for found in _WORD.finditer(self.document.text) if found.group()[0].islower()}
        return frozenset(
            word
            for name in self.names
            if name not in self.cues.states
            for word in name.split()
            if len(word) >= LEAST_LETTERS
            and word not in self.cues.states
            and word not in SMALL
            and word not in MONTHS
            and word not in WEEKDAYS
            and word not in common
            and not self.cues.is_one("rank", word)
        ) | frozenset(
            found.group().casefold()
            for found in _WORD.finditer(self.document.text)
            if "-" in found.group()
            and any(one.isdigit() for one in found.group())
            and found.group()[0].isupper()
        )

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """What is counted, measures left out."""
        return tuple(
            one for one in figures(self.document.text, self.cues) if one.unit and one.unit not in MEASURES
        )

    @cached_property
    def days(self) -> frozenset[str]:
        """The days of the calendar that it names."""
        found = (day_of(one, self.document.published) for one in self.told.moments if one.is_day)
        return frozenset(str(day) for day in found if day is not None)

    @cached_property
    def happened(self) -> tuple[Happened, ...]:
        """Its days and months, each with what happened then."""
        found = []
        for moment in self.told.moments:
            clause = self.told.clause_at(moment.span.start)
            if clause is not None and is_told(self.document.text, moment.span, self.cues):
                found.append(Happened(moment, event_near(clause, moment.span, self.cues), clause))
        return tuple(found)

    @cached_property
    def places(self) -> tuple[tuple[str, Span], ...]:
        """The names that stand where places do, no states among them."""
        text = self.document.text
        return tuple(
            (key, span)
            for key, spans in self.names.items()
            if key not in self.cues.states
            for span in spans
            if is_place(span, text, self.cues)
        )

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Who gives and who takes."""
        return tuple(roles_of(self.told, self.cues))

    @cached_property
    def outcomes(self) -> tuple[tuple[Cue, Clause], ...]:
        """What became of things."""
        return tuple(outcomes_of(self.told, self.cues))

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """What stands between quotation marks and is no single name."""
        return tuple(one for one in self.told.quoted if self.document.text[slice(*one)].count(" ") >= 3)

    @cached_property
    def quoted(self) -> tuple[Quoted, ...]:
        """The quotations with their words, for comparison."""
        found = []
        for span in self.quotes:
            stems = tuple(stem(word.text) for word in words(self.words(span)))
            found.append(Quoted(span, stems, frozenset(stems) - SMALL))
        return tuple(found)

    @property
    def profile(self) -> Profile:
        """What it is found by."""
        figures = frozenset((one.value, one.unit) for one in self.figures)
        return Profile(
            self.document.id,
            self.document.published,
            self.rare,
            self.actors,
            self.days,
            figures,
            self.persons,
        )

    def words(self, span: Span) -> str:
        """The words of a place."""
        return self.document.text[slice(*span)]
