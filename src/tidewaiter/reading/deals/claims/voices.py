"""Who speaks in a statement, and for whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tidewaiter.model import (
    ActorForm,
    ActorKind,
    ActorMention,
    Mode,
    Source,
    SourceKind,
    Span,
    Spans,
    Speaker,
    Statement,
)
from tidewaiter.reading.deals.claims.hearing import Hearing, Voice
from tidewaiter.reading.deals.claims.words import answer_words, refusal
from tidewaiter.reading.deals.mentions import covers
from tidewaiter.reading.entities import starting_in, touching
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.said.nouns import nouns
from tidewaiter.reading.said.reporting import kind_of, lexicon, tells
from tidewaiter.reading.syntax import arguments

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

UNKNOWN = "unknown"
"""Class of a cue that the table does not have, with a content that is no clause of its own: "mulled buying
tanks".  With a clause or quoted words ("scoffed that Chad had bought tanks") it is an act of saying."""

_CLAUSES = frozenset({"WDT", "WP", "WP$", "WRB"})
_OWNED = re.compile(
    r"(?:its|their)\s|it$|.*\b(?:of|for) (?:its|their)\s|the (?:embassy|consulate|high commission|mission)\b",
    re.IGNORECASE,
)
_OF_THE_STATE = re.compile(r"(?:the|this|that)\s(?:country|nation|state)[’']s\s", re.IGNORECASE)
"""Sources that are of the state that a statement opens with."""
_OFFICIAL = re.compile(
    r"\w+(?:\s+\w+)?\s+and\s+\w+(?:\s+[a-z]\w+){0,2}\s+(?:officials|diplomats|officers|sources)$"
)
"""Officials of several states: "Finnish and German officials"."""
_EXPLETIVE = re.compile(r"(?:is|was|has been|had been|being|been)\s", re.IGNORECASE)
_NEITHER = frozenset({"nor", "neither"})
_FOR_AND_AGAINST = re.compile(r"(?:pro|anti)[-\u2010\u2011 ]$", re.IGNORECASE)
_BOTH = re.compile(
    r"(?:(?:both|neither)(?: of them)?$|(?:the\s+)?(?:both|two|neither)\s+(?:[\w’'-]+\s)?"
    r"(?:countr|government|state|side|arm(?:y|ies)|minist|president|leader|capital|nation|neighbour|neighbor|embass|spokes))",
    re.IGNORECASE,
)
"""Sources that are the two parties together: "both", "the two foreign ministers", "neither government"."""
_OURSELVES = re.compile(
    r"(?:we|our (?:team|group|researchers|reporters?|investigation|analysts|newspaper))$", re.IGNORECASE
)
"""Whoever wrote the document."""
_OTHERS = re.compile(r"(?:reports|claims|allegations|accusations|rumou?rs)\b", re.IGNORECASE)
_SPEAKING_FOR = re.compile(r"\bsp(?:eaks|eaking|oke)\s+for\b", re.IGNORECASE)
_NO_LONGER = re.compile(
    r"\b(?:no longer|(?:ha(?:s|ve|d) )?(?:stopped|ceased|given up|gave up)|stopped short of)\s+(?:\w+ly\s+)?"
    r"(?:den(?:y|ies|ied|ying)|disput\w+|reject\w*|contest\w*|rul(?:e|es|ed|ing) out)\b",
    re.IGNORECASE,
)
REACH_OF_NO_LONGER = 25
"""Characters before a cue in which "no longer" may stand."""
_CONCERN = re.compile(r"(?:\w+\s+){0,2}(?:concern|alarm|worr(?:y|ies)|fears?|unease|dismay)\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"(?:(?:strong|serious|some|grave|its|their|his|her)\s+){0,2}(?:doubts?|scepticism|skepticism|disbelief)\b",
    re.IGNORECASE,
)
_VOICED = re.compile(r"\b(?:concern|alarm|fears?|unease|dismay|outrage|anger|regret)\b", re.IGNORECASE)
_LISTING = re.compile(r"\s*(?:,|,?\s*(?:and|nor|or|as well as|&))\s*(?:the\s+|both\s+)?", re.IGNORECASE)
_MATTERS = frozenset({"information", "economy", "trade", "war", "house", "site", "relations", "affairs"})
"""Last words of the names of bodies that by themselves are nobody: "our information"."""
_PAPERS = frozenset(
    {
        "cable", "data", "document", "filing", "intelligence", "letter", "memo", "paper", "poll", "record",
        "report", "statement", "study", "survey",
    }
)  # fmt: skip
"""Things that are cited but speak for somebody else."""
_SAID_OF = frozenset({"admit", "confirm", "say", "claim", "report", "know", "accuse", "announce"})
_GOING_ON = frozenset({"but", "and", "though", "yet"})
_SIDES = frozenset(
    {ActorKind.STATE, ActorKind.OFFICE, ActorKind.PERSON, ActorKind.GROUP, ActorKind.PEOPLE}
    | {ActorKind.ORGANISATION}
)
_ALSO_OFFICES = frozenset({"agency", "network", "monitor", "observer", "citizen", "mission", "service"})
_OF_NEWS = frozenset({"news", "press", "media", "newspaper", "wire"})
_MAKERS = frozenset(
    {"maker", "manufacturer", "producer", "shipyard", "yard", "shipbuilder", "plant", "exporter", "supplier"}
)
_PERSONS = frozenset({ActorKind.PERSON, ActorKind.PEOPLE})
_HUMAN = frozenset({ActorKind.PERSON, ActorKind.PEOPLE, ActorKind.OFFICE})


def find_voices(hearing: Hearing, statements: Sequence[Statement]) -> list[Voice]:
    """The voices of all statements, in their order."""
    taken = sorted(span for one in statements for span in (*one.content.spans, *cue_spans(one)))
    found = [voice for statement in statements for voice in _voices(hearing, statement, taken)]
    return _settled(hearing, found)


def _settled(hearing: Hearing, voices: Sequence[Voice]) -> list[Voice]:
    """The voices with what only others tell of them: a paper taken for its country, a person's state, whose
    "the source" is."""
    papers = {_key(voice) for voice in voices if voice.kind is ActorKind.MEDIA}
    hidden: dict[str, set[str]] = {}
    for voice in voices:
        if voice.speaker.actor is not None and voice.source:
            word = _last_word(hearing, voice)
            if _is_anonymous(voice) or word in nouns(hearing.parsed.knowledge).hidden:
                hidden.setdefault(word, set()).add(voice.speaker.actor)
    told = _told_beside(hearing, voices)
    found = [_of_one_state(hearing, _of_papers(voice, papers), hidden, told) for voice in voices]
    return [_of_maker(hearing, voice) for voice in found]


def _of_maker(hearing: Hearing, voice: Voice) -> Voice:
    """ "The maker", "the yard": of the state of the supplying firm that was named, else of the state whose
    goods were told of last, else whose are told of first."""
    source = voice.statement.source if voice.statement is not None else None
    if source is None or voice.speaker.actor is not None:
        return voice
    words = {token.lower_ for token in hearing.tokens(own_words(hearing, source.spans))}
    if not words & _MAKERS or "the" not in words or voice.kind is ActorKind.MEDIA:
        return voice
    start = max(span.end for span in (*source.spans, *voice.content))
    last = hearing.last_before(start)
    one = hearing.by_id[last[0]] if last is not None else hearing.told.transfers[0]
    suppliers = {transfer.supplier for transfer in hearing.told.transfers}
    firms = [
        actor.code
        for actor in hearing.entities.actors
        if actor.kind is ActorKind.FIRM
        and actor.code in suppliers
        and actor.span.end <= source.spans[0].start
    ]
    supplier = firms[-1] if firms else one.supplier
    speaker = replace(voice.speaker, name=source.name or source.text, actor=supplier)
    return replace(voice, speaker=speaker, kind=ActorKind.FIRM, source=source.spans)


def _key(voice: Voice) -> tuple[str | None, str | None]:
    source = voice.statement.source if voice.statement is not None else None
    return (source.name, source.actor) if source is not None else (None, None)


def _of_papers(voice: Voice, papers: set[tuple[str | None, str | None]]) -> Voice:
    """ "The report said" is a medium's where the same is called one elsewhere."""
    source = voice.statement.source if voice.statement is not None else None
    if source is None or source.kind is not SourceKind.DOCUMENT or voice.kind is not None:
        return voice
    return replace(voice, kind=ActorKind.MEDIA) if source.actor and _key(voice) in papers else voice


def _is_anonymous(voice: Voice) -> bool:
    source = voice.statement.source if voice.statement is not None else None
    return source is not None and source.kind is SourceKind.ANONYMOUS


def _last_word(hearing: Hearing, voice: Voice) -> str:
    """The noun of an unnamed source: "source" of "the official source whom the channel quoted"."""
    tokens = hearing.tokens(own_words(hearing, voice.source))
    nouns_only = [token for token in tokens if token.pos_ == "NOUN"]
    heads = [token for token in nouns_only if token.head not in nouns_only]
    return (heads or nouns_only or tokens)[0].lower_ if tokens else ""


def cue_spans(statement: Statement) -> Spans:
    return statement.cue.spans if statement.cue is not None else ()


def _voices(hearing: Hearing, statement: Statement, taken: Sequence[Span]) -> Iterator[Voice]:
    """One for each actor that the source lists ("Lima and Quito said"); a source that is nobody ("our
    information", "evidence") leaves the word to an outer statement."""
    cue_class = _cue_class(hearing.parsed, statement)
    base = Voice(
        statement,
        Speaker(None, None, None),
        None,
        (),
        cue_spans(statement),
        _whole(hearing, statement, taken),
        cue_class,
    )
    source = statement.source
    if source is None:
        subject = _subject(hearing, statement) if cue_class in ("deny", "decline") else None
        yield spoken_by(base, subject) if subject is not None else base
        return
    if cue_class == "accuse" and _is_accused(statement, source):
        yield base
        return
    if source.text.lower() == "it" and cue_class in _SAID_OF and _EXPLETIVE.match(_cue_text(statement)):
        yield base  # "it had been alleged that"
        return
    opening = _opening_state(hearing, base.content) if _OF_THE_STATE.match(source.text) else None
    if opening is not None:
        speaker = Speaker(source.name or source.text, source.role, opening.code)
        yield replace(base, speaker=speaker, kind=ActorKind.STATE, source=source.spans)
        return
    parties = _both_parties(hearing, statement, source)
    if parties:
        yield from (replace(base, speaker=one, source=source.spans) for one in parties)
        return
    named = touching(hearing.entities.actors, own_words(hearing, source.spans))
    named = [one for one in named if not _is_stance_on(hearing.text, one)]
    listed = _listed(hearing.text, [actor for actor in named if actor.code is not None])
    official = [one for one in listed if one.kind is not ActorKind.MEDIA]
    if len(listed) > 1 and _OFFICIAL.search(source.text):
        yield replace(base, speaker=Speaker(source.text, source.role, None), kind=None, source=source.spans)
    elif len(listed) > 1:
        yield from (spoken_by(base, actor) for actor in official or listed)
    elif official and named[0].kind is ActorKind.MEDIA and _is_voice(official[0]):
        yield spoken_by(base, official[0])  # "what he told the paper and the embassy confirmed"
    else:
        yield _of_source(hearing, base, source, named, listed)


def spoken_by(base: Voice, actor: ActorMention) -> Voice:
    speaker = Speaker(actor.name, actor.role, actor.code)
    return replace(base, speaker=speaker, kind=actor.kind, source=(actor.span,))


def _of_source(
    hearing: Hearing,
    base: Voice,
    source: Source,
    named: Sequence[ActorMention],
    listed: Sequence[ActorMention],
) -> Voice:
    """The voice of a source that is one."""
    code = source.actor if named or not touching(hearing.entities.actors, source.spans) else None
    if source.kind is SourceKind.DOCUMENT and _OTHERS.match(_bare(source.text)):
        return base  # "the reports said": nobody's in particular
    speaking = next((actor for actor in named if code in (None, actor.code)), None)
    kind = speaking.kind if speaking else None
    owner = listed[0] if code is None and listed and _opens(source.spans, listed[0]) else None
    if code is None and owner is None and source.text.lower() == "who":
        owner = _antecedent(hearing, source)
    if code is None and owner is None:
        owner = _spoken_for(hearing, source) or _owner(hearing, source, base.content)
    if code is None and owner is None and _OURSELVES.match(source.text) and base.statement is not None:
        if base.statement.mode is Mode.DIRECT or base.statement.within is not None:
            return base
        outlet = hearing.parsed.document.outlet or source.text
        return replace(base, speaker=Speaker(outlet, None, None), kind=ActorKind.MEDIA, source=source.spans)
    if kind is None and owner is None and code is None and not _is_somebody(hearing, source):
        return _of_carrier(hearing, base, source)
    actor = owner.code if owner else code
    if speaking is not None and _only_names_a_place(speaking):
        actor = None
    if _is_medium(hearing, source, kind) or any(one.kind is ActorKind.MEDIA for one in named):
        kind = ActorKind.MEDIA
    elif kind is not None and speaking is not None and _is_thing_of(hearing, source, speaking):
        return base
    return replace(
        base, speaker=Speaker(source.name or source.text, source.role, actor), kind=kind, source=source.spans
    )


def _of_carrier(hearing: Hearing, base: Voice, source: Source) -> Voice:
    """The medium that stands by what nobody in particular says: "the daily reported, citing documents"."""
    place = base.cue[0].start if base.cue else base.content[0].start
    there = starting_in(hearing.entities.actors, *hearing.parsed.sentence_of(place))
    medium = next((one for one in there if one.kind is ActorKind.MEDIA and one.name in source.via), None)
    return spoken_by(base, medium) if medium is not None else base


def _is_voice(actor: ActorMention) -> bool:
    return actor.kind in (ActorKind.OFFICE, ActorKind.PERSON, ActorKind.PEOPLE)


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|these|those|such|some|other)\s+", "", words, flags=re.IGNORECASE)


def own_words(hearing: Hearing, spans: Spans) -> Spans:
    """The words of a source without the clauses and comparisons in it, which name others: "experts than
    rivals that are made in Chile"."""
    tokens = hearing.tokens(spans)
    ends = (
        token.idx
        for token in tokens[1:]
        if token.tag_ in _CLAUSES or token.lower_ in ("than", "while") or _opens_clause(token)
    )
    end = next(ends, None)
    return spans if end is None else tuple(Span(a, min(b, end)) for a, b in spans if a < end)


def _opens_clause(token: Token) -> bool:
    return token.lower_ == "that" and token.dep_ in ("nsubj", "nsubjpass", "mark", "dobj")


def _is_stance_on(text: str, actor: ActorMention) -> bool:
    """ "pro-Chilean groups" do not speak for Chile."""
    return (
        _FOR_AND_AGAINST.search(text, max(0, actor.span.start - len("anti-")), actor.span.start) is not None
    )


def _only_names_a_place(actor: ActorMention) -> bool:
    """A state named in the source that it does not speak for: "the Oslo institute", "a German daily"."""
    private_media = actor.kind is ActorKind.MEDIA and actor.form is ActorForm.ROLE
    return actor.kind is ActorKind.REGION or private_media


def _is_medium(hearing: Hearing, source: Source, kind: ActorKind | None) -> bool:
    """Whether a source is a medium by its noun."""
    if kind is ActorKind.MEDIA:
        return True
    if kind in _PERSONS or source.kind is SourceKind.ANONYMOUS:
        return False
    tokens = hearing.parsed.tokens(source.spans[0])
    head = tokens.root if tokens is not None else None
    if head is None or head.pos_ != "NOUN":
        return False
    word = head.lemma_.lower()
    if word in _ALSO_OFFICES:
        return any(child.lower_ in _OF_NEWS - {"press"} for child in head.children)
    return word in nouns(hearing.parsed.knowledge).media or word in _OF_NEWS


def _is_thing_of(hearing: Hearing, source: Source, speaking: ActorMention) -> bool:
    """ "Footage of Chadian soldiers" is not the soldiers' word."""
    tokens = hearing.parsed.tokens(own_words(hearing, source.spans)[0])
    if tokens is None or source.kind in (SourceKind.DOCUMENT, SourceKind.ANONYMOUS):
        return False
    head, words = tokens.root, nouns(hearing.parsed.knowledge)
    covered = speaking.span.start <= head.idx < speaking.span.end
    if covered or head.pos_ != "NOUN" or words.is_people(head) or head.idx > speaking.span.start:
        return False
    known = words.bodies | words.papers | words.holders | words.ruling
    return not {head.lower_, head.lemma_.lower()} & (known | lexicon(hearing.parsed.knowledge).origins)


def _is_somebody(hearing: Hearing, source: Source) -> bool:
    """Whether the source can be cited at all: unnamed people, a noun for those whom one cites ("a panel"),
    a proper name that no table has."""
    if source.kind is SourceKind.ANONYMOUS:
        return True
    tokens = hearing.parsed.tokens(source.spans[0])
    if tokens is None:
        return False
    head = tokens.root
    if source.kind in (SourceKind.NAMED, SourceKind.DOCUMENT) and _has_name(hearing, source):
        return True
    lemma = head.lemma_.lower()
    known = lexicon(hearing.parsed.knowledge).origins | nouns(hearing.parsed.knowledge).bodies - _MATTERS
    return lemma in known and lemma not in _PAPERS


def _has_name(hearing: Hearing, source: Source) -> bool:
    """Whether a source has a name of several words that is not just its own words: "the Attic Courier"."""
    name = source.name or ""
    tokens = hearing.tokens(source.spans)
    proper = [token for token in tokens if token.pos_ == "PROPN" and token.text in name]
    return len(proper) > 1 and not source.text.isupper()  # not the dateline "PORT LOUIS: ..."


def _spoken_for(hearing: Hearing, source: Source) -> ActorMention | None:
    """Whom the source is said to speak for: "Cmdr. Ruiz, who speaks for the navy"."""
    found = _SPEAKING_FOR.search(source.text)
    if found is None:
        return None
    start = source.spans[0].start + found.end()
    there = starting_in(hearing.entities.actors, start, source.spans[-1].end)
    return next((actor for actor in there if actor.code is not None), None)


def _antecedent(hearing: Hearing, source: Source) -> ActorMention | None:
    """Whom "who" stands for: those named last before it in the sentence."""
    position = source.spans[0].start
    start = hearing.parsed.sentence_of(position).start
    before = [one for one in starting_in(hearing.entities.actors, start, position) if one.kind in _HUMAN]
    return before[-1] if before and before[-1].code is not None else None


def _owner(hearing: Hearing, source: Source, content: Spans) -> ActorMention | None:
    """Whose "its defence ministry" is that speaks behind a statement: the state the statement opens
    with."""
    return _opening_state(hearing, content) if _OWNED.match(source.text) else None


def _opening_state(hearing: Hearing, content: Spans) -> ActorMention | None:
    """The first state in what is told, or the state of the office that comes first."""
    there = starting_in(hearing.entities.actors, content[0].start, max(span.end for span in content))
    states = (actor for actor in there if actor.kind in (ActorKind.STATE, ActorKind.OFFICE) and actor.code)
    return next((actor for actor in states if covers(content, actor.span.start)), None)


def _opens(spans: Spans, actor: ActorMention) -> bool:
    """Whether the source begins with the actor: "Chad's defence ministry"."""
    return actor.span.start - spans[0].start <= len("the ")


def _listed(text: str, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """The first actor and those that follow it in a list."""
    found = list(actors[:1])
    for actor in actors[1:]:
        if not _LISTING.fullmatch(text[found[-1].span.end : actor.span.start]):
            break
        found.append(actor)
    return found


def _both_parties(hearing: Hearing, statement: Statement, source: Source) -> list[Speaker]:
    """The two parties, where a source is both of them: "both deny it", "the two foreign ministers"."""
    if source.actor is not None or not _BOTH.match(source.text):
        return []
    if any(one.code for one in touching(hearing.entities.actors, source.spans)):
        return []
    near = hearing.last_before(max(span.end for span in statement.content.spans))
    if near is None:
        return []
    one = hearing.by_id[near[0]]
    return [Speaker(source.text, source.role, code) for code in (one.supplier, one.recipient)]


def _subject(hearing: Hearing, statement: Statement) -> ActorMention | None:
    """Who the parse says does what the cue tells, where no source was marked: "Chad, insisting on peace,
    rejected the charge"."""
    for token in hearing.tokens(cue_spans(statement)):
        actor = actor_of(hearing, token) if token.pos_ in ("VERB", "AUX") else None
        if actor is not None:
            return actor
    return None


def _told_beside(hearing: Hearing, voices: Sequence[Voice]) -> Mapping[str, set[str]]:
    """Whom persons speak for by what stands beside their name: "its spokeswoman, Jen Psaki"."""
    told: dict[str, set[str]] = {}
    for voice in voices:
        for one in touching(hearing.entities.actors, voice.source) if voice.speaker.actor else ():
            if one.kind is ActorKind.PERSON and one.code is None and one.name and voice.speaker.actor:
                told.setdefault(one.name.casefold(), set()).add(voice.speaker.actor)
    return told


def _of_one_state(
    hearing: Hearing, voice: Voice, hidden: Mapping[str, set[str]], told: Mapping[str, set[str]]
) -> Voice:
    """A person who is somewhere told to speak for a state speaks for it wherever; so does "the source",
    where all sources that are told whose they are are of one state."""
    speaker = voice.speaker
    if speaker.actor is not None or not voice.source:
        return voice
    codes: set[str] = set()
    if _is_anonymous(voice) and hearing.words(voice.source).lower().startswith("the "):
        codes = hidden.get(_last_word(hearing, voice), set())
    elif speaker.name and voice.kind in (None, ActorKind.PERSON):
        code = hearing.states_of_names.get(speaker.name.casefold())
        codes = {code} if code is not None else told.get(speaker.name.casefold(), codes)
    return replace(voice, speaker=replace(speaker, actor=next(iter(codes)))) if len(codes) == 1 else voice


def _whole(hearing: Hearing, statement: Statement, taken: Sequence[Span]) -> Spans:
    """The content of a statement, with the beginning of its sentence where it starts amid one and nobody
    else has said that: "They bought boats, but no guns, he said"."""
    spans = statement.content.spans
    cue = cue_spans(statement)
    first = hearing.token_at(spans[0].start)
    if first is None or not cue or cue[0].start < spans[-1].end or statement.mode is Mode.DIRECT:
        return spans
    start = first.sent.start_char
    if first.lower_ not in _GOING_ON or spans[0].start <= start:
        return spans
    free = not any(a < spans[0].start and start < b for a, b in taken)
    source = statement.source.spans if statement.source is not None else ()
    apart = all(span.start >= spans[-1].end for span in source)
    return (Span(start, spans[0].end), *spans[1:]) if free and apart else spans


def _cue_class(parsed: Parsed, statement: Statement) -> str:
    """The class of the statement's cue: its row's in the table of reporting cues, except that who will
    "neither confirm nor deny" declines, and who voices concern puts nothing forward."""
    if statement.cue is None or not statement.cue.spans:
        return "say"
    if refusal(parsed, statement):
        return "decline"
    if _CONCERN.match(statement.content.text) or _VOICED.search(statement.cue.text):
        return "condemn"
    kind = kind_of(parsed, statement) or _kind_by_spelling(parsed, statement)
    if kind not in ("deny", "decline") and _DOUBT.match(statement.content.text):
        return "doubt"  # "voiced doubt that it had sold tanks"
    if kind in _SAID_OF and _cue_text(statement).lower().startswith("to "):
        return UNKNOWN  # "the first of them to admit that"
    if (kind == "deny" and _is_no_denial(parsed, statement)) or (
        kind == "say" and _is_thing(parsed, statement)
    ):
        return UNKNOWN  # "an agreement was concluded with the firm"
    if kind == "cite" and statement.source is not None and statement.source.via:
        return "report"  # "the daily reported, citing officials": the officials' word
    return kind or ("say" if tells(parsed, statement) else UNKNOWN)


def _is_no_denial(parsed: Parsed, statement: Statement) -> bool:
    """ "Neither specified nor ruled out" denies nothing, nor does "no longer denies" or "shot down a
    missile"."""
    cue = cue_spans(statement)[0]
    if _NO_LONGER.search(parsed.text, max(0, cue.start - REACH_OF_NO_LONGER), cue_spans(statement)[-1].end):
        return True
    before = parsed.text[: cue.start].split()[-1:]
    if before and before[0].lower() in _NEITHER:
        return True
    shot = re.search(r"\bsh(?:oo|o)t(?:s|ing)?\b", _cue_text(statement)) is not None
    return shot and answer_words(parsed.knowledge).report.search(statement.content.text) is None


def _is_accused(statement: Statement, source: Source) -> bool:
    """Whether who stands before the cue is accused: "Lima stands accused of"."""
    cue = cue_spans(statement)
    passive = re.search(
        r"\b(?:stands?|stood|is|was|were|are|been|being) (?:\w+ )?accused\b", _cue_text(statement)
    )
    return passive is not None and bool(source.spans) and source.spans[-1].end <= cue[0].start


def _cue_text(statement: Statement) -> str:
    return statement.cue.text if statement.cue is not None else ""


def _is_thing(parsed: Parsed, statement: Statement) -> bool:
    """Whether the content has no verb at all and the cue is passive: what is done, not what is said."""
    passive = re.match(r"(?:is|are|was|were|been|be)\b", statement.cue.text if statement.cue else "")
    tokens = [token for span in statement.content.spans for token in parsed.tokens(span) or ()]
    return passive is not None and not any(token.pos_ in {"VERB", "AUX"} for token in tokens)


def _kind_by_spelling(parsed: Parsed, statement: Statement) -> str | None:
    """The class of a cue that the parser takes for a noun, as in headlines: "Chad rejects claims"."""
    verbs = lexicon(parsed.knowledge).verbs
    for word in (statement.cue.text if statement.cue else "").lower().split():
        for stem in (word, word[:-1], word[:-2], f"{word[:-3]}y"):
            rows = verbs.get(stem, ())
            entry = next((row for row in rows if row.cue == stem), None)
            if entry is not None and len(word) - len(stem) in (0, 1, 2):
                return entry.kind
    return None


def actor_of(hearing: Hearing, verb: Token) -> ActorMention | None:
    """The state, office, person or group that does what a verb tells."""
    for head in arguments(verb).subjects:
        actor = hearing.actor_at(head)
        if actor is not None and actor.code is not None and actor.kind in _SIDES:
            return actor
    return None
