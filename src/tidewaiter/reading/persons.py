"""Persons: their names, the office they hold, and the state they speak for.

Ground for the state, in this order: the words before the name ("Polish President X", "Iran's envoy Y"), an
apposition after it ("X, spokesman of Z"), "X of Z", the table of known office holders, and for titles of
government without a state the state that the sentence, then the dateline, then the text before speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.model import ActorKind, Span
from tidewaiter.reading.lexicon import Entry, compared, office_holders
from tidewaiter.reading.roles import RolePhrase
from tidewaiter.reading.scene import STATE_KINDS, Scene, is_name_word

if TYPE_CHECKING:
    from spacy.tokens import Token

NAME_MAX = 6
"""Tokens of a name; the longest in use in reports (Luiz Inácio Lula da Silva) have five."""

NAME_ENDS = frozenset({"’s", "'s", "/", "|", "(", "and", "&", ","})
COMMAS = frozenset({",", "–", "—", "-", "("})
TITLED = frozenset({"government", "speaker", "person"})
NAMESAKE_LETTERS = 2
"""Letters in which two spellings of a first name have to agree: Antony and Anthony, Sergei and Sergey."""

KNOWN_NAME_MIN = 3
"""Letters that a part of a name must have to stand for the whole one later on."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person named at a place; token indexes."""

    start: int  # with the title
    end: int
    name_start: int
    name_end: int
    name: str
    code: str | None
    role: str | None
    phrases: tuple[RolePhrase, ...] = ()  # title before, apposition after
    government: bool = False  # a title of government, so that a state is spoken for even if unnamed


def persons(scene: Scene, phrases: Sequence[RolePhrase]) -> list[Person]:
    """Everybody named in the document, by place; later short names carry the full name's office."""
    full = [
        _described(scene, phrases, start, end)
        for start, end in _names(scene, phrases)
        if end - start > 1 or _titled(phrases, start)
    ]
    full = _completed(scene, full)
    known = _Known(full, office_holders(scene.parsed.knowledge))
    full = [_placed(scene, known.complete(person)) for person in full]
    known = _Known(full, office_holders(scene.parsed.knowledge))
    short = list(_short_names(scene, full, known))
    return sorted([*full, *short], key=lambda person: person.start)


# ------------------------------------------------------------------------------------------ names


def _names(scene: Scene, phrases: Sequence[RolePhrase]) -> list[tuple[int, int]]:
    """Token ranges of personal names: known ones, after a title, and found by the model."""
    found: set[tuple[int, int]] = set()
    for hit in scene.hits:
        if hit.entry.kind is ActorKind.PERSON:
            found.add((scene.first(hit), scene.last(hit) + 1))
    for phrase in phrases:
        if phrase.role_class in TITLED and phrase.end == phrase.head + 1:
            end = _name_from(scene, phrase.end)
            if end > phrase.end:
                found.add((phrase.end, end))
    for entity in scene.doc.ents:
        if entity.label_ == "PERSON":
            start, end = _trimmed(scene, entity.start, entity.end)
            if end > start:
                found.add((start, end))
    return _longest(found)


def _longest(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0] - one[1], one[0])):
        if all(end <= other or start >= after for other, after in kept):
            kept.append((start, end))
    return sorted(kept)


def _name_from(scene: Scene, start: int) -> int:
    """End of the name that begins at token ``start``; ``start`` itself when none does."""
    at = start
    while at < len(scene.doc) and at - start < NAME_MAX:
        token = scene.doc[at]
        if not _in_name(scene, token, at > start):
            break
        at += 1
    while at > start and not is_name_word(scene.doc[at - 1]):
        at -= 1
    return at


def _in_name(scene: Scene, token: Token, inside: bool) -> bool:
    hit = scene.at.get(token.i)
    if hit is not None and hit.entry.kind is not ActorKind.PERSON:
        return False
    if token.ent_type_ in {"DATE", "TIME"} or token.is_space or token.is_digit:
        return False
    if inside and (token.lower_ in scene.words["name_particle"] or token.text in {"-", "’", "'"}):
        return True
    if not is_name_word(token) or (token.is_stop and token.pos_ != "PROPN"):
        return False
    return token.pos_ in {"PROPN", "NOUN", "ADJ", "X", "INTJ", "ADP"} or token.ent_type_ == "PERSON"


def _trimmed(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """A name the model found, without titles, possessives, line breaks; empty when a table knows better."""
    while start < end and (not is_name_word(scene.doc[start]) or scene.role_ending(start)):
        start += 1
    for at in range(start, end):
        hit = scene.at.get(at)
        known = hit is not None and hit.entry.kind is not ActorKind.PERSON
        if known and not (hit and _is_given_name(hit.entry, end - start)):
            return start, at if at - start > 1 else start
        if scene.doc[at].is_space or scene.doc[at].lower_ in NAME_ENDS:
            end = at
            break
    while end > start and not is_name_word(scene.doc[end - 1]):
        end -= 1
    thing = any(c.isdigit() for c in scene.doc[start:end].text)  # a designation: "Akash-1"
    thing = thing or any(token.lower_ in scene.words["no_name"] for token in scene.doc[start:end])
    return (start, start) if thing or _is_shouting(scene, start, end) else (start, end)


def _is_given_name(entry: Entry, length: int) -> bool:
    """Whether a state's name is part of a person's: "Chad Brown", "Jordan Petersen"."""
    return entry.kind is ActorKind.STATE and " " not in entry.text and length == 2


def _is_shouting(scene: Scene, start: int, end: int) -> bool:
    text = scene.doc[start:end].text
    return len(text) < KNOWN_NAME_MIN or (end - start == 1 and text.isupper() and len(text) < 5)


# ----------------------------------------------------------------------------------- descriptions


def _titled(phrases: Sequence[RolePhrase], start: int) -> bool:
    return any(phrase.end == start and phrase.role_class in TITLED for phrase in phrases)


def _described(scene: Scene, phrases: Sequence[RolePhrase], start: int, end: int) -> Person:
    """A name with what stands before and after it."""
    name = scene.doc[start:end].text
    before = next((one for one in phrases if one.end == start and one.role_class in TITLED), None)
    earlier = _before_comma(scene, phrases, before.start if before else start)
    after = _after_comma(scene, phrases, end)
    used = tuple(one for one in (before, earlier, after) if one is not None)
    code = next((one.code for one in used if one.code), None)
    role = next((_role(scene, one) for one in sorted(used, key=_weight)), None)
    upto = end
    if code is None:
        owner = _of_owner(scene, end)
        if owner is not None:
            code, upto = owner
    return Person(
        before.start if before else start,
        upto,
        start,
        end,
        name,
        code,
        role,
        used,
        any(one.role_class == "government" for one in used),
    )


def _weight(phrase: RolePhrase) -> int:
    """Offices of state first, then who they speak for, then ranks: "General" says least."""
    return ("government", "speaker").index(phrase.role_class) if phrase.role_class != "person" else 2


def _role(scene: Scene, phrase: RolePhrase) -> str:
    return scene.doc[phrase.role_start : phrase.end].text


def _before_comma(scene: Scene, phrases: Sequence[RolePhrase], start: int) -> RolePhrase | None:
    """The office in "the ministry's spokesman, NAME, said"."""
    if start < 2 or scene.doc[start - 1].text != ",":
        return None
    return next(
        (
            one
            for one in phrases
            if one.end == start - 1 and one.role_class in {"government", "speaker", "person"}
        ),
        None,
    )


def _after_comma(scene: Scene, phrases: Sequence[RolePhrase], end: int) -> RolePhrase | None:
    """The office in "NAME, the deputy head of ..."."""
    if end >= len(scene.doc) or scene.doc[end].text not in COMMAS:
        return None
    for phrase in phrases:
        first = phrase.start - (1 if phrase.determiner else 0)
        if first == end + 1 and phrase.role_class in {"government", "speaker", "person"}:
            return phrase
    return None


def _of_owner(scene: Scene, end: int) -> tuple[str | None, int] | None:
    """The state or body in "NAME of Z", with the token after it."""
    at = end
    if at >= len(scene.doc) or scene.doc[at].lower_ not in {"of", "from"}:
        return None
    at += 1
    if at < len(scene.doc) and scene.doc[at].lower_ == "the":
        at += 1
    hit = scene.at.get(at)
    if hit is None or hit.entry.kind not in STATE_KINDS or not hit.entry.code:
        return None
    return hit.entry.code, scene.last(hit) + 1


def _completed(scene: Scene, people: list[Person]) -> list[Person]:
    """In "President A of Utopia, Defence Minister B and Foreign Minister C", B and C take A's state."""
    done: list[Person] = []
    for one in people:
        person, previous = one, done[-1] if done else None
        if person.code is None and person.government and previous and previous.code and previous.government:
            same = scene.doc[person.start].sent == scene.doc[previous.start].sent
            between = scene.doc[previous.end : person.start].text.strip().lower() if same else "x"
            if between in {",", "and", ", and", "&"}:
                person = replace(person, code=previous.code)
        done.append(person)
    return done


def _placed(scene: Scene, person: Person) -> Person:
    """A minister or president without a state: of the only state named so far in the sentence, or in the
    one before it."""
    if person.code is not None or not person.government:
        return person
    sentence = scene.doc[person.start].sent
    for start in (sentence.start, scene.doc[sentence.start - 1].sent.start if sentence.start else 0):
        codes = {
            hit.entry.code
            for hit in scene.hits
            if hit.entry.kind in {ActorKind.STATE, ActorKind.OFFICE}
            and hit.entry.code
            and start <= scene.first(hit) < person.start
        }
        if codes:
            return replace(person, code=codes.pop()) if len(codes) == 1 else person
    return person


# ----------------------------------------------------------------------------------- known people


class _Known:
    """Who is known by which name: in the document first, else in the table."""

    def __init__(self, people: Sequence[Person], table: Mapping[str, Entry]) -> None:
        self._table = table
        self._by_part: dict[str, list[Person]] = {}
        self._by_name: dict[str, Person] = {}
        for person in people:
            self._add(person)

    def _add(self, person: Person) -> None:
        key = compared(person.name)
        best = self._by_name.get(key)
        if best is None or (best.code is None and person.code is not None):
            self._by_name[key] = person
        if person.name_end - person.name_start > 1:
            for part in key.split():
                self._by_part.setdefault(part, []).append(person)

    def complete(self, person: Person) -> Person:
        """With code and office of the same name elsewhere in the document, or of the table."""
        best = self._by_name.get(compared(person.name))
        if best is not None and best is not person:
            person = replace(person, code=person.code or best.code, role=person.role or best.role)
        if person.name_end - person.name_start == 1:
            return self._from_longer(person)
        entry = self._table.get(compared(person.name)) or self._namesake(person.name)
        if entry is not None and person.code in {None, entry.code}:
            person = replace(person, code=person.code or entry.code, role=person.role or entry.role)
        return person

    def _namesake(self, name: str) -> Entry | None:
        """The table's person with that last name whose first name begins alike: spellings vary."""
        parts = compared(name).split()
        entry = self._table.get(parts[-1]) if parts else None
        if entry is None or compared(entry.name)[:NAMESAKE_LETTERS] != parts[0][:NAMESAKE_LETTERS]:
            return None
        return entry

    def _from_longer(self, person: Person) -> Person:
        longer = self.bearer(person.name, person.start)
        if longer is not None:
            name = longer.name
            return replace(
                person, name=name, code=person.code or longer.code, role=person.role or longer.role
            )
        entry = self._table.get(compared(person.name))
        if entry is not None and (person.code is None or person.code == entry.code):
            return replace(person, name=entry.name, code=entry.code, role=person.role or entry.role)
        return person

    def bearer(self, part: str, before: int) -> Person | None:
        """Who is called by that part of a name: the last one before the place, else the first after."""
        people = self._by_part.get(compared(part), [])
        earlier = [one for one in people if one.start < before]
        found = earlier[-1] if earlier else (people[0] if people else None)
        return self.complete(found) if found else None

    def table(self, name: str) -> Entry | None:
        """The table's person of that last name."""
        return self._table.get(compared(name))


def _short_names(scene: Scene, full: Sequence[Person], known: _Known) -> Iterator[Person]:
    """Single names later on: "Kirby said"."""
    taken = {at for person in full for at in range(person.start, person.end)}
    for token in scene.doc:
        if token.i in taken or not _may_be_short(scene, token):
            continue
        person = known.bearer(token.text, token.i)
        if person is not None and _fits(token, person):
            yield replace(
                person, start=token.i, end=token.i + 1, name_start=token.i, name_end=token.i + 1, phrases=()
            )
        elif person is None and token.ent_type_ == "PERSON":
            yield from _alone(token, known.table(token.text))


def _may_be_short(scene: Scene, token: Token) -> bool:
    hit = scene.at.get(token.i)
    if hit is not None and hit.entry.kind is not ActorKind.PERSON:
        return False
    following = scene.doc[token.i + 1] if token.i + 1 < len(scene.doc) else None
    if following is not None and (any(c.isdigit() for c in following.text) or following.text in {"-"}):
        return False  # a weapon named after somebody: "Bayraktar TB2"
    long_enough = len(token.text) >= KNOWN_NAME_MIN or token.ent_type_ == "PERSON"
    return (
        long_enough
        and token.text[:1].isupper()
        and token.is_alpha
        and token.ent_type_ not in {"DATE", "TIME"}
    )


def _fits(token: Token, person: Person) -> bool:
    """A last name always; another part of the name only where the model sees a person or a subject."""
    if compared(token.text) == compared(person.name).split()[-1]:
        return token.pos_ in {"PROPN", "NOUN"} or token.ent_type_ == "PERSON"
    return token.pos_ == "PROPN" and (token.ent_type_ == "PERSON" or token.dep_ == "nsubj")


def _alone(token: Token, entry: Entry | None) -> Iterator[Person]:
    """A single name that the document gives nowhere in full: of the table, or of somebody who says that..."""
    if entry is None and not _says(token):
        return
    name = entry.name if entry else token.text
    code, role = (entry.code, entry.role) if entry else (None, None)
    yield Person(token.i, token.i + 1, token.i, token.i + 1, name, code, role)


def _says(token: Token) -> bool:
    return token.dep_ == "nsubj" and any(child.dep_ == "ccomp" for child in token.head.children)


def name_span(scene: Scene, person: Person) -> Span:
    """The characters of the name alone."""
    return scene.span(person.name_start, person.name_end)
