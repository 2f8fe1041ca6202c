"""Who is named in a document: states, bodies, groups, firms, media, persons, unnamed officials, regions,
and the words that refer back to them.

``find_actors`` is the one entry.  Names come from tables (``lexicon``), noun phrases of office from a small
grammar (``roles``), persons from titles, tables and the model's named entities (``persons``), references
from what stands before them (``references``).  Of two finds that overlap the longer one stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tidewaiter.model import ActorForm, ActorKind, ActorMention, Span
from tidewaiter.reading.datelines import datelines
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.who.abbreviations import abbreviated
from tidewaiter.reading.who.lexicon import Hit
from tidewaiter.reading.who.persons import Person, name_span, persons
from tidewaiter.reading.who.references import resolve
from tidewaiter.reading.who.roles import RolePhrase, role_phrases
from tidewaiter.reading.who.scene import HYPHENS, POSSESSIVES, Scene, scene

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

PLACE_PREPOSITIONS = frozenset(
    {"in", "near", "outside", "around", "inside", "across", "throughout", "via", "through"}
)

KIND_OF_CLASS = {
    "government": ActorKind.PERSON,
    "speaker": ActorKind.PERSON,
    "person": ActorKind.PEOPLE,
    "people": ActorKind.PEOPLE,
    "forces": ActorKind.PEOPLE,
    "office": ActorKind.OFFICE,
    "firm": ActorKind.FIRM,
    "media": ActorKind.MEDIA,
    "group": ActorKind.GROUP,
}


def find_actors(parsed: Parsed) -> tuple[ActorMention, ...]:
    """Every mention of an actor, by place; none overlap.

    ``kind`` and ``form`` say how far a mention may be taken for a party: a ``REGION`` never is; a capital
    where something merely happens ("in Tripoli") is a ``REGION`` in form ``CAPITAL`` that keeps its state's
    code; a ``REFERENCE`` carries the code and name of the mention at ``head``.
    """
    seen = scene(parsed)
    phrases = role_phrases(seen)
    people = persons(seen, phrases)
    skipped = datelines(parsed.text)
    found = [
        *_of_persons(seen, people),
        *_of_phrases(seen, phrases, people),
        *(mention for hit in seen.hits for mention in _of_hit(seen, hit)),
    ]
    named = _apart([one for one in found if not _inside(one.span, skipped)])
    return resolve(seen, _apart([*named, *abbreviated(parsed.text, named)]), phrases)


def _apart(found: Sequence[ActorMention]) -> tuple[ActorMention, ...]:
    """The longer of two that overlap; of equal ones the first."""
    kept: list[ActorMention] = []
    taken: set[int] = set()
    for one in sorted(found, key=lambda one: (one.span.start - one.span.end, one.span.start)):
        places = range(*one.span)
        if taken.isdisjoint(places):
            kept.append(one)
            taken.update(places)
    return tuple(sorted(kept, key=lambda one: one.span))


# ------------------------------------------------------------------------------------------ places


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


# ----------------------------------------------------------------------------------------- persons


def _of_persons(seen: Scene, people: Sequence[Person]) -> Iterator[ActorMention]:
    for person in people:
        span = seen.span(person.start, person.end)
        yield ActorMention(span, ActorKind.PERSON, ActorForm.NAME, person.code, person.name, person.role)
        for phrase in person.phrases:
            if phrase.start >= person.end or phrase.end < person.start:
                yield ActorMention(
                    seen.span(phrase.start, phrase.end),
                    ActorKind.PERSON,
                    ActorForm.ROLE,
                    person.code,
                    person.name,
                    person.role,
                    name_span(seen, person),
                )


# ----------------------------------------------------------------------------------------- phrases


def _of_phrases(
    seen: Scene, phrases: Sequence[RolePhrase], people: Sequence[Person]
) -> Iterator[ActorMention]:
    used = {phrase for person in people for phrase in person.phrases}
    for phrase in phrases:
        if phrase in used:
            continue
        titled = _named_body(seen, phrase) or _led(seen, phrase, people)
        if titled is not None:
            yield titled
        elif phrase.against_state and phrase.hit is not None and phrase.code is None:
            yield _rebels(seen, phrase)
        elif phrase.code is not None or _may_stand_alone(seen, phrase):
            span = _from_name(seen, phrase, seen.span(phrase.start, phrase.end))
            text = seen.parsed.text[span.start : span.end]
            kind = KIND_OF_CLASS[phrase.role_class]
            yield ActorMention(span, kind, ActorForm.ROLE, phrase.code, _one_line(text), _role(seen, phrase))


def _from_name(seen: Scene, phrase: RolePhrase, span: Span) -> Span:
    """Without debris that sticks to the state's name: "-UAE authorities"."""
    if phrase.hit is not None and seen.first(phrase.hit) == phrase.start:
        return Span(phrase.hit.span.start, span.end)
    return span


def _rebels(seen: Scene, phrase: RolePhrase) -> ActorMention:
    """Who fights or opposes the state named: nobody's code, but not the state either."""
    span = seen.span(phrase.start, phrase.end)
    kind = ActorKind.GROUP if phrase.role_class == "forces" else KIND_OF_CLASS[phrase.role_class]
    text = _one_line(seen.parsed.text[span.start : span.end])
    return ActorMention(span, kind, ActorForm.ROLE, None, text, _role(seen, phrase))


def _led(seen: Scene, phrase: RolePhrase, people: Sequence[Person]) -> ActorMention | None:
    """Forces and governments by who leads them: "X's forces", "forces loyal to General X"."""
    if phrase.role_class not in {"forces", "office"} or phrase.hit is not None:
        return None
    before = phrase.start - (1 if phrase.start and seen.doc[phrase.start - 1].text in POSSESSIVES else 0)
    after = _after_led_by(seen, phrase.end)
    for person in people:
        owns = person.end == before and (before < phrase.start or phrase.role_class == "forces")
        if person.code and (owns or person.start == after):
            start, end = (person.start, phrase.end) if owns else (phrase.start, person.end)
            span = seen.span(start, end)
            text = _one_line(seen.parsed.text[span.start : span.end])
            kind = ActorKind.OFFICE if phrase.role_class == "office" else ActorKind.PEOPLE
            return ActorMention(span, kind, ActorForm.ROLE, person.code, text, _role(seen, phrase))
    hit = seen.at.get(after) if after else None
    if hit is None or hit.entry.code is None or hit.entry.kind is ActorKind.PERSON:
        return None
    span = seen.span(phrase.start, seen.last(hit) + 1)
    text = _one_line(seen.parsed.text[span.start : span.end])
    return ActorMention(span, ActorKind.PEOPLE, ActorForm.ROLE, hit.entry.code, text, _role(seen, phrase))


def _after_led_by(seen: Scene, at: int) -> int | None:
    """The token after "loyal to" and an article, when these stand at ``at``."""
    words = seen.doc[at : at + 2].text.lower()
    if words not in seen.words["led_by"]:
        return None
    at += 2
    return at + 1 if at < len(seen.doc) and seen.doc[at].lower_ == "the" else at


def _named_body(seen: Scene, phrase: RolePhrase) -> ActorMention | None:
    """A firm, agency or group named after what it is: "the Czech arms maker Zetor"."""
    if phrase.role_class not in {"firm", "media", "group"} or phrase.end != phrase.head + 1:
        return None
    hit = seen.at.get(phrase.end)
    end = seen.last(hit) + 1 if hit else _name_end(seen, phrase.end)
    if end == phrase.end or (hit and hit.entry.kind not in {*_BODIES}):
        return None
    name = hit.entry.name if hit else seen.doc[phrase.end : end].text
    code = (hit.entry.code if hit else None) or (phrase.code if phrase.role_class == "firm" else None)
    kind = hit.entry.kind if hit else KIND_OF_CLASS[phrase.role_class]
    return ActorMention(seen.span(phrase.start, end), kind, ActorForm.NAME, code, name, _role(seen, phrase))


_BODIES = (ActorKind.FIRM, ActorKind.MEDIA, ActorKind.GROUP, ActorKind.OFFICE, ActorKind.ORGANISATION)


def _name_end(seen: Scene, start: int) -> int:
    at = start
    while at < len(seen.doc) and seen.doc[at].pos_ == "PROPN" and seen.doc[at].ent_type_ in {"ORG", "PERSON"}:
        at += 1
    return at


def _may_stand_alone(seen: Scene, phrase: RolePhrase) -> bool:
    """Unnamed people without a state, newly introduced: "a security source", "three diplomats"."""
    if phrase.role_class not in {"people", "person"} or phrase.determiner not in {None, "a", "an", "another"}:
        return False
    head = seen.doc[phrase.head]
    after = seen.doc[phrase.end].lower_ if phrase.end < len(seen.doc) else ""
    single = phrase.role_class == "person" and phrase.determiner is None
    if not all(_is_plain(seen, token) for token in seen.doc[phrase.start : phrase.head]):
        return False
    return head.lower_ in seen.words["speaks_unnamed"] and not (single or after in {"of", ":", "said:"})


def _is_plain(seen: Scene, token: Token) -> bool:
    return token.lower_ in seen.words["modifier"] or token.like_num or token.text in HYPHENS


def _role(seen: Scene, phrase: RolePhrase) -> str:
    return _one_line(seen.doc[phrase.role_start : phrase.end].text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


# -------------------------------------------------------------------------------------------- hits


def _of_hit(seen: Scene, hit: Hit) -> Iterator[ActorMention]:
    entry = hit.entry
    if entry.kind is ActorKind.PERSON or _is_no_party(seen, hit):
        return
    if _names_medium(seen, hit):
        span = seen.span(seen.first(hit), seen.last(hit) + 2)
        name = seen.parsed.text[span.start : span.end]
        yield ActorMention(span, ActorKind.MEDIA, ActorForm.NAME, None, name)
        return
    if entry.form is ActorForm.CAPITAL and _is_place(seen, hit):
        yield ActorMention(hit.span, ActorKind.REGION, entry.form, entry.code, entry.text.lower())
    else:
        yield ActorMention(hit.span, entry.kind, entry.form, entry.code, entry.name)


def _names_medium(seen: Scene, hit: Hit) -> bool:
    """Whether a place is part of the name of a medium that no table has: "the Utopia Times"."""
    after = seen.last(hit) + 1
    if hit.entry.kind is not ActorKind.STATE or hit.entry.form is ActorForm.DEMONYM or after >= len(seen.doc):
        return False
    token = seen.doc[after]
    return token.pos_ == "PROPN" and token.text.istitle() and token.lower_ in seen.words["medium"]


def _is_no_party(seen: Scene, hit: Hit) -> bool:
    """Whether the name only describes: "Lagos-based", "pro-Iranian", "in Arabic"."""
    text, (start, end) = seen.parsed.text, hit.span
    if text[end : end + 1] in HYPHENS:
        suffix = re.match(r"\w+", text[end + 1 :])
        if suffix and suffix.group().lower() in seen.words["no_party_suffix"]:
            return True
    if start and text[start - 1] in HYPHENS:
        prefix = re.search(r"\w+$", text[: start - 1])
        if prefix and prefix.group().lower() in seen.words["no_party_prefix"]:
            return True
    if hit.entry.form is ActorForm.NICKNAME or hit.entry.text[:4].lower() == "the ":
        return _is_direction(seen, hit)
    return hit.entry.form is ActorForm.DEMONYM and _is_language(seen.doc[seen.first(hit)])


def _is_direction(seen: Scene, hit: Hit) -> bool:
    """Whether "the North" is a part of a country or of a name: "in the South", "the North Face"."""
    before, after = seen.first(hit) - 1, seen.last(hit) + 1
    if before >= 0 and seen.doc[before].lower_ in PLACE_PREPOSITIONS:
        return True
    if after >= len(seen.doc):
        return False
    following = seen.doc[after]
    return following.lower_ == "of" or (following.pos_ in {"PROPN", "ADJ"} and following.text[:1].isupper())


def _is_language(token: Token) -> bool:
    if token.i == 0 or token.dep_ != "pobj":
        return False
    return token.head.lower_ == "in" and not any(True for _ in token.children)


def _is_place(seen: Scene, hit: Hit) -> bool:
    """Whether a capital is only where something is, not its government."""
    first, after = seen.first(hit), seen.last(hit) + 1
    before = seen.doc[first - 1].lower_ if first else ""
    if before in PLACE_PREPOSITIONS or before == "capital":
        return True
    return after < len(seen.doc) and seen.doc[after].lower_ in seen.words["place_noun"]
