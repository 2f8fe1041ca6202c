"""Everybody whose own information a row may be, with what the reports show of each: before it is judged
which of them are independent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tidewaiter.edtf import safe_bounds
from tidewaiter.model import Citation, OriginKind
from tidewaiter.register.evidence import OF_THEIR_OWN, Sign, Use
from tidewaiter.register.holders import Holder, Nature, plain_words
from tidewaiter.register.pages import Ground, Leaning, Page, Voice
from tidewaiter.register.sources import Sources, distinct

NO_DAY = "9999"
"""Sorts behind every ISO day."""
UNSPECIFIC = ("own", "apart")
"""Kinds of grounds that name no evidence."""


@dataclass(slots=True)
class Candidate:
    """A holder with what the reports of the row show of it."""

    holder: Holder
    voices: list[Voice] = field(default_factory=list)
    grounds: list[tuple[str, Ground]] = field(default_factory=list)  # document, ground
    leanings: list[tuple[str, Leaning]] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)  # a publisher's own, among the row's
    first: str = NO_DAY  # ISO day by which it was public

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of evidence it holds, sorted."""
        return tuple(sorted({one.sign.kind for _, one in self.grounds}))

    @property
    def has_looked(self) -> bool:
        """Whether it holds evidence of a kind that is an origin by itself."""
        return any(kind in OF_THEIR_OWN for kind in self.kinds)

    def leaning(self, *uses: Use) -> list[tuple[str, Leaning]]:
        return [one for one in self.leanings if one[1].sign.use in uses]

    def kind(self) -> OriginKind:
        """As what it counts: by its evidence where that is of one kind, else on its own word."""
        own = [kind for kind in self.kinds if kind in OF_THEIR_OWN]
        if own and (len(self.kinds) == 1 or self.holder.nature is Nature.MEDIUM):
            return OriginKind(own[0])
        if self.holder.nature is Nature.UNNAMED:
            return OriginKind.UNNAMED
        return OriginKind.ACTOR

    def cited(self, sources: Sources, *, is_leaning: bool) -> tuple[Citation, ...]:
        """The words of its claims, and those for what they rest on; with those for whom it leans on."""
        claims = [sources.cite_claim(one.told) for one in self.voices]
        grounds = [sources.cite(document, (one.sign.span,)) for document, one in self.grounds]
        leanings = [sources.cite(document, (one.sign.span,)) for document, one in self.leanings if is_leaning]
        return distinct((*claims, *grounds, *leanings))

    def shown(self) -> tuple[Sign, ...]:
        """One sign for each thing its knowledge is said to rest on, in order of the words for it."""
        found = {one.sign.what: one.sign for _, one in reversed(self.grounds)}
        return tuple(found[what] for what in sorted(found))


def candidates_of(
    sources: Sources, pages: Sequence[Page], first_of_copies: Mapping[str, str]
) -> dict[str, Candidate]:
    """By the holder's key, sorted; ``first_of_copies``: the document that stands for its copies."""
    found: dict[str, Candidate] = {}
    outlets = {page.document: page.outlet for page in pages}

    def of(holder: Holder) -> Candidate:
        return found.setdefault(holder.key, Candidate(holder))

    for page in pages:
        original = outlets[first_of_copies[page.document]]
        for voice in page.voices:
            of(voice.holder).voices.append(voice)
        for ground in page.grounds:
            holder = ground.holder
            if holder is not None:
                of(original if holder == page.outlet else holder).grounds.append((page.document, ground))
        for leaning in page.leanings:
            of(leaning.holder).leanings.append((page.document, leaning))
        of(page.outlet).reports.append(page.document)
    found = _joined(found)
    for one in found.values():
        days = [_public(sources, voice) for voice in one.voices]
        days += [_published(sources, document) for document, _ in one.grounds]
        one.first = min(days, default=NO_DAY)
    return {key: found[key] for key in sorted(found)}


def _joined(found: Mapping[str, Candidate]) -> dict[str, Candidate]:
    """Persons and bodies without a code under one key, where one's name holds all words of another's and
    of no third: "Tavares" is the delegate Mariana Tavares Couto."""
    loose = {
        key: set(one.holder.label.casefold().split()) | set(key.split())
        for key, one in found.items()
        if key and one.holder.nature in (Nature.OFFICIAL, Nature.PRIVATE, Nature.BODY)
    }
    joined: dict[str, Candidate] = {}
    for key in sorted(found):
        wider = [
            other
            for other in sorted(loose)
            if key in loose and other != key and set(key.split()) < loose[other]
        ]
        target = found[wider[0]] if len(wider) == 1 else found[key]
        into = joined.setdefault(target.holder.key, Candidate(target.holder))
        into.voices += found[key].voices
        into.grounds += found[key].grounds
        into.leanings += found[key].leanings
        into.reports += found[key].reports
    return joined


def _public(sources: Sources, voice: Voice) -> str:
    latest = safe_bounds(sources.day(voice.told)).latest
    return latest.isoformat() if latest else _published(sources, voice.told.document)


def _published(sources: Sources, document: str) -> str:
    latest = safe_bounds(sources.published[document]).latest
    return latest.isoformat() if latest else NO_DAY


def speakers_apart(candidate: Candidate) -> list[tuple[str, ...]]:
    """The kinds of evidence on which different speakers of one holder rest, where they share none: an
    admiral on a captured crew, a minister on pictures.

    What a report gives under the holder's own name is nobody's in particular: what no speaker has of it
    makes one more.
    """
    by_speaker: dict[str, set[str]] = {}
    unspoken: set[str] = set()
    called = set(plain_words(candidate.holder.label))
    persons = {document: one.speaker for document, one in candidate.grounds if not one.is_office}
    for document, one in sorted(candidate.grounds, key=lambda told: (told[0], told[1].sign.span)):
        if one.sign.kind not in UNSPECIFIC:
            speaker = persons.get(document, one.speaker) if one.is_office else one.speaker
            if not set(speaker.split()) - called:
                unspoken.add(one.sign.kind)
            else:
                by_speaker.setdefault(_same(speaker, by_speaker), set()).add(one.sign.kind)
    groups: list[set[str]] = []
    for speaker in sorted(by_speaker):
        kinds = set(by_speaker[speaker])
        touching = [group for group in groups if group & kinds]
        groups = [group for group in groups if group not in touching]
        groups.append(kinds.union(*touching))
    rest = unspoken.difference(*groups)
    if rest and groups:
        groups.append(rest)
    return sorted(tuple(sorted(group)) for group in groups)


def _same(speaker: str, known: Iterable[str]) -> str:
    """The speaker as already called: one whose name shares a word with another's is the same."""
    words = set(speaker.split())
    return next((one for one in sorted(known) if words & set(one.split())), speaker)
