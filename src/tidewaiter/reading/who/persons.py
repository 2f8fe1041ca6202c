"""Persons: their names, the office they hold, and the state they speak for.

Ground for the state, in this order: the words before the name ("Polish President X", "Iran's envoy Y"), an
apposition after it ("X, spokesman of Z"), "X of Z", the table of known office holders, and for titles of
government without a state the state that the sentence, then the dateline, then the text before speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.knowledge import Knowledge
from tidewaiter.model import ActorForm, ActorKind, Span
from tidewaiter.reading.who.lexicon import Entry, Hit, compared, office_holders
from tidewaiter.reading.who.roles import RolePhrase, is_by_place
from tidewaiter.reading.who.scene import (
    POSSESSIVES,
    STATE_KINDS,
    Scene,
    is_name_word,
    leading,
    written_in,
)

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Doc, Token, TokenSpan

NAME_MAX = 6
"""Tokens of a name; the longest in use in reports (Luiz Inácio Lula da Silva) have five."""

DEBRIS = "-–—•*\"'“‘"
"""What sticks to the head of a name in dirty text: "-John Doe"."""

NAME_ENDS = frozenset({"’s", "'s", "/", "|", "(", "and", "&", ","})
COMMAS = frozenset({",", "–", "—", "-", "("})
TITLED = frozenset({"government", "speaker", "person"})
NAMESAKE_LETTERS = 2
"""Letters in which two spellings of a first name have to agree: Antony and Anthony, Sergei and Sergey."""

APPOSITION_MAX = 8
"""Tokens between the words of an office that the grammar found and the name that explains it."""

APPOSITION_POS = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "DET", "CCONJ", "PUNCT"})
"""Parts of speech of those words."""

CLAUSE_MAX = 6
"""Tokens behind "who leads" within which the body led is named."""

DESCRIBED_NAME_MAX = 3
"""Tokens of a name that only its apposition shows to be a person's; longer runs are firms or lists."""

ALIKE_LETTERS = 6
"""Letters in which two spellings of a last name have to agree: Hajizade and Hajizadeh."""

RESIDENCE_MAX = 5
"""Tokens of "to the United Arab Emirates" between an ambassador and the comma before the name."""

OFFICE_BACK = 4
"""Sentences back within which an office goes on speaking: a state's minister after its president."""

TOPIC = frozenset({"about", "against", "on", "over", "to", "from", "towards", "toward"})
"""Prepositions before a state that is spoken of, and does not speak."""

SPOKESMAN_BACK = 2
"""Sentences back within which the office of an unexplained "spokesman X" may stand."""

GOAL = frozenset({"to", "in", "for", "at", "into"})
"""Prepositions before a state that something goes to or happens in; no officer of it is expected to speak."""

FORCES_MAX = 4
"""Tokens of the name of a state's forces: "Utopia Defence Forces"."""

SYLLABLE_MAX = 5
"""Letters of a small second syllable of a Korean name: Ki-moon, Won-sik, Kyung-wha, Jong-eun."""

NO_SYLLABLES = frozenset({"era", "led", "style", "like", "born", "type", "run", "held", "tied", "made"})
"""Words that follow a name and a hyphen without being of the name."""

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
        if end - start > 1 or _titled(scene, phrases, start)
    ]
    full = _completed(scene, full)
    known = _Known(full, scene.parsed.knowledge)
    where = _Whereabouts(scene, phrases, full)
    full = [where.placed(_of_chief(scene, known.complete(person), known)) for person in full]
    known = _Known(full, scene.parsed.knowledge)
    full = [known.complete(person) for person in full]
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
            found.update(_name_of_envoy(scene, phrase))
        elif phrase.role_class in TITLED:  # "president of the Utopian Senate A. B."
            end = _name_from(scene, phrase.end)
            if end > phrase.end + 1:
                found.add((phrase.end, end))
        found.update(_described_name(scene, phrase))
    for entity in scene.doc.ents:
        if entity.label_ == "PERSON":
            single = entity.end - entity.start == 1
            first = _grown(scene, entity.start) if single else entity.start
            start, end = _trimmed(scene, first, entity.end)
            if end > start:
                found.add((start, end))
    return _longest({_with_hyphens(scene, start, end) for start, end in found})


def _grown(scene: Scene, start: int) -> int:
    """Where a name begins whose first part the model left out."""
    before = scene.doc[start - 1] if start else None
    if (
        before is None
        or before.ent_type_
        or start - 1 in scene.at
        or before.sent is not scene.doc[start].sent
    ):
        return start
    part = before.pos_ == "PROPN" and before.dep_ == "compound" and before.head.i >= start
    known = scene.role_ending(start - 1) or before.lower_ in scene.words["no_name"]
    return start - 1 if part and before.is_alpha and before.text.istitle() and not known else start


def _with_hyphens(scene: Scene, start: int, end: int) -> tuple[int, int]:
    """The name with what hyphens tie to it: "Ban Ki" in "Ban Ki-moon", "Erik Berg" in "Jan-Erik Berg"."""
    doc = scene.doc
    while start > 1 and _is_tie(doc, start - 1) and is_name_word(doc[start - 2]):
        start -= 2
    while end + 1 < len(doc) and _is_tie(doc, end) and _is_name_part(doc[end + 1], end - start):
        end += 2
    return start, end


def _is_tie(doc: Doc, at: int) -> bool:
    """Whether the token is a hyphen between letters."""
    return doc[at].text == "-" and not doc[at - 1].whitespace_ and not doc[at].whitespace_


def _is_name_part(token: Token, before: int) -> bool:
    """A second part with a capital, or a small syllable at the end of a name of two: not "-backed"."""
    if is_name_word(token):
        return True
    small = token.is_lower and token.is_alpha and before > 1 and len(token) <= SYLLABLE_MAX
    return small and not token.tag_.startswith("VB") and token.lower_ not in NO_SYLLABLES


def _name_of_envoy(scene: Scene, phrase: RolePhrase) -> Iterator[tuple[int, int]]:
    """The name in "Norwegian ambassador to Lima NAME"."""
    hit = scene.at.get(phrase.end + 1)
    if scene.doc[phrase.head].lower_ not in scene.words["abroad"] or hit is None:
        return
    start = scene.last(hit) + 1
    if scene.doc[phrase.end].lower_ == "to" and (end := _name_from(scene, start)) > start + 1:
        yield start, end


def _described_name(scene: Scene, phrase: RolePhrase) -> Iterator[tuple[int, int]]:
    """A name that the model took for something else, but that an office explains: "NAME, head of ...", "a
    minister, NAME, said"."""
    yield from _name_behind(scene, phrase)
    head, comma = scene.doc[phrase.head], phrase.start - (2 if phrase.determiner else 1)
    if phrase.role_class not in TITLED or comma < 2 or scene.doc[comma].text != ",":
        return
    start = comma
    while start and _in_name(scene, scene.doc[start - 1], False) and scene.doc[start - 1].pos_ == "PROPN":
        start -= 1
    names = scene.doc[start:comma]
    explained = head.dep_ == "appos" and head.head in names
    if explained and 1 < _words_in(names) <= DESCRIBED_NAME_MAX and _are_names(scene, names):
        yield start, comma


def _name_behind(scene: Scene, phrase: RolePhrase) -> Iterator[tuple[int, int]]:
    """ "a minister, NAME, said": between two commas, and in apposition."""
    comma = _behind_residence(scene, phrase)
    start = comma + 1
    if phrase.role_class not in TITLED or start >= len(scene.doc) or scene.doc[comma].text != ",":
        return
    end = _name_from(scene, start)
    names = scene.doc[start:end]
    closed = end < len(scene.doc) and scene.doc[end].text in COMMAS | {"."}
    if not closed or not 1 < _words_in(names) <= DESCRIBED_NAME_MAX or not _are_names(scene, names):
        return
    explained = names.root.dep_ == "appos" and phrase.start <= names.root.head.i < comma
    if explained or comma > phrase.end:  # behind a residence, whatever the parser makes of it
        yield start, end


def _behind_residence(scene: Scene, phrase: RolePhrase) -> int:
    """The token after "ambassador", or after "ambassador to Utopia"."""
    at = phrase.end
    if at + 1 < len(scene.doc) and scene.doc[at].lower_ == "to":
        at += 2 if scene.doc[at + 1].lower_ == "the" else 1
        hit = scene.at.get(at)
        if hit is not None and scene.doc[phrase.head].lower_ in scene.words["abroad"]:
            return scene.last(hit) + 1
    return phrase.end


def _words_in(names: TokenSpan) -> int:
    return len(names.text.split())


def _are_names(scene: Scene, names: TokenSpan) -> bool:
    return not any(token.lower_ in scene.words["no_name"] or scene.role_ending(token.i) for token in names)


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
        firm = hit.entry.kind is ActorKind.FIRM and " " not in hit.entry.text
        return firm and token.ent_type_ == "PERSON" and token.dep_ == "compound"  # "President Rafael Diaz"
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
    return entry.kind in {ActorKind.STATE, ActorKind.FIRM} and " " not in entry.text and length == 2


def _is_shouting(scene: Scene, start: int, end: int) -> bool:
    text = scene.doc[start:end].text
    return len(text) < KNOWN_NAME_MIN or (end - start == 1 and text.isupper() and len(text) < 5)


# ----------------------------------------------------------------------------------- descriptions


def _titled(scene: Scene, phrases: Sequence[RolePhrase], start: int) -> bool:
    return any(_stands_before(scene, phrase, start) for phrase in phrases)


def _stands_before(scene: Scene, phrase: RolePhrase, start: int) -> bool:
    """Whether a title stands right before a name: "General", and "Gen." whose stop is a token."""
    if phrase.role_class not in TITLED:
        return False
    stop = phrase.end == start - 1 and scene.doc[phrase.end].text == "."
    short = stop and (f"{scene.doc[phrase.head].lower_}.",) in scene.roles.classes
    return phrase.end == start or short


def _described(scene: Scene, phrases: Sequence[RolePhrase], start: int, end: int) -> Person:
    """A name with what stands before and after it."""
    name = scene.doc[start:end].text.lstrip(DEBRIS)
    before = next((one for one in phrases if _stands_before(scene, one, start)), None)
    before = before or _sent_to(scene, phrases, start)
    earlier = _before_comma(scene, phrases, before.start if before else start)
    if earlier is None and before is not None:  # "the army spokesman" before "Maj."
        earlier = next((one for one in phrases if one.end == before.start and one.role_class in TITLED), None)
    earlier = earlier or (_in_apposition(scene, phrases, start, end) if before is None else None)
    after = _after_comma(scene, phrases, end)
    state = _state_before(scene, before.start if before else start)
    if after is not None and state is not None and after.code not in {None, state}:
        after = None  # "Utopia's A, the Ruritanian envoy, B": the next one of a list
    used = tuple(one for one in (before, earlier, after) if one is not None)
    code = next((one.code for one in used if one.code), None)
    role = next((_role(scene, one) for one in sorted(used, key=_weight)), None)
    upto = end
    if code is None:
        code = _of_office_named(scene, start) or state or _of_clause(scene, end)
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
        any(one.role_class == "government" and not one.against_state for one in used),
    )


def _state_before(scene: Scene, start: int) -> str | None:
    """The state in "Utopia's NAME"."""
    if start < 2 or scene.doc[start - 1].text not in POSSESSIVES:
        return None
    hit = scene.at.get(start - 2)
    return hit.entry.code if hit is not None and hit.entry.kind is ActorKind.STATE else None


def _sent_to(scene: Scene, phrases: Sequence[RolePhrase], start: int) -> RolePhrase | None:
    """The office in "Norwegian ambassador to Lima NAME"."""
    hit = scene.at.get(start - 1)
    end = scene.first(hit) - 1 if hit is not None else -1
    if end > 0 and scene.doc[end].lower_ == "the":
        end -= 1
    if end < 0 or scene.doc[end].lower_ != "to":
        return None
    abroad = scene.words["abroad"]
    return next((one for one in phrases if one.end == end and scene.doc[one.head].lower_ in abroad), None)


def _weight(phrase: RolePhrase) -> int:
    """Offices of state first, then who they speak for, then ranks: "General" says least."""
    return ("government", "speaker").index(phrase.role_class) if phrase.role_class != "person" else 2


def _role(scene: Scene, phrase: RolePhrase) -> str:
    return scene.doc[phrase.role_start : phrase.end].text


def _before_comma(scene: Scene, phrases: Sequence[RolePhrase], start: int) -> RolePhrase | None:
    """The office in "the ministry's spokesman, NAME, said"."""
    if start < 2 or scene.doc[start - 1].text != ",":
        return None
    start = _without_residence(scene, phrases, start)
    return next(
        (
            one
            for one in phrases
            if one.end == start - 1 and one.role_class in {"government", "speaker", "person"}
        ),
        None,
    )


def _in_apposition(scene: Scene, phrases: Sequence[RolePhrase], start: int, end: int) -> RolePhrase | None:
    """The office in "the head of the agency for trade in toys, NAME", whose words the grammar left early."""
    root = scene.doc[start:end].root
    if root.dep_ != "appos" or scene.doc[start - 1].text != ",":
        return None
    for phrase in reversed(phrases):
        if phrase.end > start or start - phrase.end > APPOSITION_MAX or phrase.role_class not in TITLED:
            continue
        named = all(token.pos_ in APPOSITION_POS for token in scene.doc[phrase.end : start - 1])
        return phrase if named and phrase.head <= root.head.i < start else None
    return None


def _without_residence(scene: Scene, phrases: Sequence[RolePhrase], start: int) -> int:
    """Where the comma would stand without "there" or "to the UN" after an ambassador."""
    if scene.doc[start - 2].lower_ == "there":
        return start - 1
    for phrase in phrases:
        behind = scene.doc[phrase.end : start - 1]
        abroad = scene.doc[phrase.head].lower_ in scene.words["abroad"]
        if abroad and 1 < len(behind) <= RESIDENCE_MAX and behind[0].lower_ == "to":
            return phrase.end + 1
    return start


def _after_comma(scene: Scene, phrases: Sequence[RolePhrase], end: int) -> RolePhrase | None:
    """The office in "NAME, the deputy head of ..." and "NAME, who is the deputy head of ..."."""
    if end >= len(scene.doc) or scene.doc[end].text not in COMMAS:
        return None
    start = end + 1
    if [token.lower_ for token in scene.doc[start : start + 2]] == ["who", "is"]:
        start += 2
    elif scene.doc[start : start + 1].text.lower() == "then":
        start += 1
    for phrase in phrases:
        first = phrase.start - (1 if phrase.determiner else 0)
        if first == start and phrase.role_class in {"government", "speaker", "person"}:
            return phrase
    return None


def _of_office_named(scene: Scene, start: int) -> str | None:
    """The body whose office, known by name, stands right before: "UN Secretary-General NAME"."""
    hit = scene.at.get(start - 1)
    return hit.entry.code if hit is not None and scene.role_ending(start - 1) else None


def _of_clause(scene: Scene, end: int) -> str | None:
    """Whom "NAME, who speaks for the ...", "NAME, who heads the ..." leads or speaks for; nobody's who leads
    the opposition there."""
    words = [token.lower_ for token in scene.doc[end : end + 4]]
    if len(words) < 4 or words[:2] != [",", "who"] or words[2] not in scene.words["leads"]:
        return None
    if words[2] in _SPEAKING and words[3] != "for":
        return None  # "who spoke while the Utopian ship was searched"
    code: str | None = None
    for at in range(end + 3, min(end + 3 + CLAUSE_MAX, len(scene.doc))):
        if scene.doc[at].text in COMMAS | {"."}:
            break
        if scene.doc[at].lower_ in scene.words["not_state"]:
            return None
        hit = scene.at.get(at)
        if code is None and hit is not None and hit.entry.kind in STATE_KINDS:
            code = hit.entry.code
    return code


_SPEAKING = frozenset({"speaks", "spoke"})
"""Verbs of leading and standing for that need a "for"."""


def _of_chief(scene: Scene, person: Person, known: _Known) -> Person:
    """The spokesman or minister of somebody known, "X's envoy, NAME": speaks for whom X speaks for."""
    if person.code is not None:
        return person
    for phrase in person.phrases:
        at = phrase.start - 1
        if phrase.role_class not in TITLED or at < 1 or scene.doc[at].text not in POSSESSIVES:
            continue
        chief = scene.doc[at - 1]
        bearer = known.bearer(chief.text, chief.i)
        entry = known.table(chief.text) if bearer is None else None
        code = bearer.code if bearer is not None else entry.code if entry is not None else None
        if code is not None:
            return replace(person, code=code)
    return person


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


class _Whereabouts:
    """For which state an office speaks that the words beside it do not name."""

    def __init__(self, scene: Scene, phrases: Sequence[RolePhrase], people: Sequence[Person]) -> None:
        self._scene = scene
        self._phrases = phrases
        self._holders = {phrase: compared(person.name) for person in people for phrase in person.phrases}
        self._sentence_of = {token.i: at for at, one in enumerate(scene.doc.sents) for token in one}
        self._home = written_in(scene.parsed.text, scene.hits)
        states = [hit for hit in scene.hits if hit.entry.kind in _PLACING and hit.entry.code]
        self._topic = leading([(hit.entry.code or "", scene.doc[scene.last(hit)]) for hit in states])
        self._offices = self._offices_by_sentence()

    def placed(self, person: Person) -> Person:
        """A minister or president without a state: of the document's only holder of that office, of the
        only state named just before, of the office that spoke last, of the place of writing.  Nobody is
        placed where two of the latter disagree, and an ambassador never by what is named around."""
        if person.code is not None or any(phrase.against_state for phrase in person.phrases):
            return person
        code = self._same_office(person)
        if code is None and not self._is_abroad(person):
            if person.government:
                code = self._named_before(person) or self._speaking_at_home(person) or self._going_on(person)
            elif any(phrase.role_class == "speaker" for phrase in person.phrases):
                code = self._spokesman_of(person) or self._of_forces(person)
            else:
                code = self._of_own_office(person)
            if code is None and self._may_be_at_home(person):
                code = self._home or self._of_topic(person)
        return replace(person, code=code) if code else person

    def _of_topic(self, person: Person) -> str | None:
        """The state that the report is about, for its ministers and its government's spokesmen, where no
        other acts in the sentence and the one before."""
        ruling = self._scene.words["ruling"]
        speaks = any(
            token.lower_ in ruling
            for phrase in person.phrases
            for token in self._scene.doc[phrase.start : phrase.end]
        )
        if not (person.government or speaks):
            return None
        sentence = self._scene.doc[person.start].sent
        start = self._scene.doc[sentence.start - 1].sent.start if sentence.start else 0
        named = [
            hit
            for hit in self._scene.hits
            if start <= self._scene.first(hit) < person.start
            and hit.entry.kind in _PLACING
            and hit.entry.code not in {None, self._topic}
        ]
        return None if any(self._speaks([hit], True) for hit in named) else self._topic

    def _may_be_at_home(self, person: Person) -> bool:
        """A report from a capital need not say whose "Foreign Minister X" or "ministry spokesman X" is."""
        speaks_for_state = person.government or any(
            phrase.role_class == "speaker" and self._is_of_office(phrase) for phrase in person.phrases
        )
        return speaks_for_state and not self._is_abroad(person)

    def _is_of_office(self, phrase: RolePhrase) -> bool:
        """Whether an office stands in the words: "defence ministry spokesman"."""
        inside = range(phrase.start, phrase.head)
        found = [self._scene.role_ending(at) for at in inside]
        return any(one is not None and one[1] == "office" for one in found)

    def _words(self, phrase: RolePhrase) -> str:
        found = self._scene.role_ending(phrase.head)
        start = found[0] if found else phrase.head
        return self._scene.doc[start : phrase.head + 1].text.lower()

    def _is_abroad(self, person: Person) -> bool:
        return any(self._words(phrase) in self._scene.words["abroad"] for phrase in person.phrases)

    def _same_office(self, person: Person) -> str | None:
        """ "Ambassador X" where "the Dutch ambassador" is the document's only one."""
        if not person.government and not self._is_abroad(person):
            return None
        words = {self._words(phrase) for phrase in person.phrases}
        others = [one for one in self._phrases if one.code and self._words(one) in words]
        here = self._sentence_of[person.start]
        if any(self._sentence_of[one.start] == here for one in others):
            return None  # "Foreign Minister X met the Dutch foreign minister"
        if any(self._holders.get(one, compared(person.name)) != compared(person.name) for one in others):
            return None  # somebody else's office
        codes = {one.code for one in others}
        return codes.pop() if len(codes) == 1 else None

    def _named_before(self, person: Person) -> str | None:
        """The only state named so far in the sentence or, as the one that acts there, in the one before; the
        place of writing where that state only acts in what the person tells: "LOME — Utopia sold rifles to
        the front, Minister X said"."""
        doc = self._scene.doc
        sentence = doc[person.start].sent
        before = doc[sentence.start - 1].sent.start if sentence.start else 0
        for start, acting in ((sentence.start, False), (before, True)):
            hits = [hit for hit in self._scene.hits if start <= self._scene.first(hit) < person.start]
            hits = [hit for hit in hits if hit.entry.kind in _PLACING and hit.entry.code]
            codes = {hit.entry.code for hit in hits}
            if codes and len(codes) == 1 and self._speaks(hits, acting):
                told_of = self._home not in {None, *codes} and all(self._acts_in(one, person) for one in hits)
                return self._home if told_of else codes.pop()
            if codes:
                return None
        return None

    def _acts_in(self, hit: Hit, person: Person) -> bool:
        """Whether a state is the subject of a clause that ends with a comma before the person."""
        token = self._scene.doc[self._scene.last(hit)]
        before = self._scene.doc[person.start - 1] if person.start else token
        verb = token.head
        acts = token.dep_ == "nsubj" and verb.pos_ in {"VERB", "AUX"}
        return acts and before.text in {",", "”", '"'} and token.i < verb.i < person.start

    def _speaks(self, hits: Sequence[Hit], acting: bool) -> bool:
        """Whether the state is not merely spoken of; with ``acting``, whether it is a subject's."""
        for hit in hits:
            token = self._scene.doc[self._scene.last(hit)]
            spoken_of = token.dep_ in {"pobj", "dobj"} and token.head.lower_ in TOPIC
            top = token
            while top.dep_ in {"compound", "poss", "amod", "nmod"}:
                top = top.head
            subject = (
                top.dep_ in {"nsubj", "nsubjpass", "ROOT", "npadvmod", "dep"} or token.i < DATELINE_TOKENS
            )
            if not spoken_of and (subject or not acting):
                return True
        return False

    def _going_on(self, person: Person) -> str | None:
        """The state whose office spoke last, unless the place of writing is another's."""
        here = self._sentence_of[person.start]
        near = [
            one
            for one in self._phrases
            if one.start < person.start
            and one.code
            and one.role_class in {"government", "speaker", "office"}
            and here - self._sentence_of[one.start] <= OFFICE_BACK
            and self._words(one) not in self._scene.words["abroad"]
        ]
        codes = {one.code for one in near} | ({self._home} if self._home else set())
        around = codes | self._named_around(person)  # "X's army accuses Y. Foreign Minister Z denies it"
        return codes.pop() if codes and len(around) == 1 else None

    def _named_around(self, person: Person) -> set[str]:
        """The states named before the person in the sentence and the one before."""
        sentence = self._scene.doc[person.start].sent
        start = self._scene.doc[sentence.start - 1].sent.start if sentence.start else 0
        return {
            hit.entry.code
            for hit in self._scene.hits
            if hit.entry.kind in _PLACING
            and hit.entry.code
            and start <= self._scene.first(hit) < person.start
            and not self._is_goal(hit)
        }

    def _is_goal(self, hit: Hit) -> bool:
        token = self._scene.doc[self._scene.last(hit)]
        return token.dep_ == "pobj" and token.head.lower_ in GOAL

    def _of_own_office(self, person: Person) -> str | None:
        """The state of an unexplained "agency" or "committee" that the person heads, in a report from one
        state's capital about offices that it need not explain."""
        here = self._sentence_of[person.start]
        near = [
            one
            for one in self._phrases
            if one.role_class == "office" and 0 <= here - self._sentence_of[one.start] <= 1
        ]
        if not person.phrases or not (near or self._heads_office(person)):
            return None
        codes = {self._meant(one) for one in near} or {self._home}
        beside = self._heads_office(person) or any(one.start >= person.end for one in near)
        around = self._named_around(person) if near and not beside else set()
        told = len(codes) == 1 and (around <= codes or codes == {self._home})
        return codes.pop() if told else None

    def _meant(self, office: RolePhrase) -> str | None:
        """Whose "the mission" is: of an earlier one whose state was told, else of the place of writing."""
        word = self._scene.doc[office.head].lower_
        earlier = [
            one.code
            for one in self._phrases
            if one.code
            and one.start < office.start
            and word in {token.lower_ for token in self._scene.doc[one.start : one.end]}
        ]
        return office.code or (earlier[-1] if earlier else self._home)

    def _speaking_at_home(self, person: Person) -> str | None:
        """Of the states that a sentence names, the one in whose capital the minister says it."""
        sentence = self._scene.doc[person.start].sent
        hits = [hit for hit in self._scene.hits if sentence.start <= self._scene.first(hit) < sentence.end]
        named = {hit.entry.code for hit in hits if hit.entry.form is not ActorForm.CAPITAL}
        places = {
            hit.entry.code
            for hit in hits
            if hit.entry.form is ActorForm.CAPITAL
            and self._scene.first(hit) > person.end
            and self._scene.doc[self._scene.first(hit) - 1].lower_ == "in"
        }
        return next(iter(places)) if len(places) == 1 and places <= named else None

    def _spokesman_of(self, person: Person) -> str | None:
        """ "spokesman X said", after a sentence or two about one ministry."""
        here = self._sentence_of[person.start]
        codes = {
            code
            for sentence in range(here - SPOKESMAN_BACK, here + 1)
            for start, code in self._offices.get(sentence, ())
            if start < person.start
        }
        return codes.pop() if len(codes) == 1 else None

    def _of_forces(self, person: Person) -> str | None:
        """ "the military spokesman, NAME", "the spokesman of the defence ministry, NAME", where only one
        state's forces, or one state's defence ministry, were named before."""
        own = {
            token.lower_ for phrase in person.phrases for token in self._scene.doc[phrase.start : phrase.end]
        }
        fights = self._scene.words["fights"]
        wanted = [fights] if own & fights else []
        wanted += [words for phrase in person.phrases for words in self._office_words(phrase)]
        for words in wanted:
            codes = self._named_with(words, person.start, whole=words is not fights)
            if len(codes) == 1:
                return codes.pop()
        return None

    def _office_words(self, phrase: RolePhrase) -> Iterator[frozenset[str]]:
        """The words of each office in a phrase: "defence" and "ministry"."""
        for at in range(phrase.start, phrase.end):
            found = self._scene.role_ending(at)
            if found is not None and found[1] == "office" and at > found[0]:
                yield frozenset(token.lower_ for token in self._scene.doc[found[0] : at + 1])

    def _named_with(self, words: frozenset[str], before: int, *, whole: bool) -> set[str]:
        """The states of the offices named before a place by one of the words, or by the ``whole`` of them."""
        found: set[str] = set()
        for told in self._offices.values():
            for start, code in told:
                around = {token.lower_ for token in self._scene.doc[start : start + FORCES_MAX]}
                if start < before and (words <= around if whole else words & around):
                    found.add(code)
        for one in self._phrases:
            around = {token.lower_ for token in self._scene.doc[one.start : one.end]}
            if one.code and one.start < before and (words <= around if whole else words & around):
                found.add(one.code)
        return found

    def _offices_by_sentence(self) -> dict[int, list[tuple[int, str]]]:
        """Where each sentence names an office of a state, and of which."""
        offices = [(one.start, one.code) for one in self._phrases if self._speaks_for_state(one)]
        offices += [
            (self._scene.first(hit), hit.entry.code)
            for hit in self._scene.hits
            if hit.entry.kind is ActorKind.OFFICE
        ]
        found: dict[int, list[tuple[int, str]]] = {}
        for start, code in offices:
            if code:
                found.setdefault(self._sentence_of[start], []).append((start, code))
        return found

    def _speaks_for_state(self, phrase: RolePhrase) -> bool:
        """An office, or its "officials"; not the "French agency" before the name of a news agency."""
        hit = self._scene.at.get(phrase.end)
        if hit is not None and hit.entry.kind is ActorKind.MEDIA:
            return False
        return phrase.role_class == "office" or self._scene.doc[phrase.head].lemma_.lower() == "official"

    def _heads_office(self, person: Person) -> bool:
        return any(
            found is not None and found[1] == "office"
            for phrase in person.phrases
            for at in range(phrase.head + 1, phrase.end)
            for found in [self._scene.role_ending(at)]
        )


_PLACING = frozenset({ActorKind.STATE, ActorKind.OFFICE})
DATELINE_TOKENS = 4
"""Tokens at the head of a text among which a state is its dateline's."""


# ----------------------------------------------------------------------------------- known people


def _is_minister(person: Person) -> bool:
    return (person.role or "").lower().endswith("minister")


class _Known:
    """Who is known by which name: in the document first, else in the table."""

    def __init__(self, people: Sequence[Person], knowledge: Knowledge) -> None:
        self._table: Mapping[str, Entry] = office_holders(knowledge)
        self._states = {row["code"] for row in knowledge.table("actors_states")}
        self._by_part: dict[str, list[Person]] = {}
        self._by_start: dict[str, list[str]] = {}  # parts by their first letters
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
                if part not in self._by_part:
                    self._by_start.setdefault(part[:ALIKE_LETTERS], []).append(part)
                self._by_part.setdefault(part, []).append(person)

    def complete(self, person: Person) -> Person:
        """With code and office of the same name elsewhere in the document, or of the table."""
        best = self._by_name.get(compared(person.name))
        if best is not None and best is not person:
            person = replace(person, code=person.code or best.code, role=person.role or best.role)
        if person.name_end - person.name_start == 1:
            return self._from_longer(person)
        entry = self._table.get(compared(person.name)) or self._namesake(person.name)
        if entry is not None and _is_minister(person) and entry.code not in self._states:
            return person  # whom the table knows from a body above states held another office then
        by_place = entry is not None and any(is_by_place(phrase) for phrase in person.phrases)
        if by_place:  # "X, a strongman in the east of Utopia" says where, not for whom
            person = replace(person, code=None)
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
        people = self._by_part.get(compared(part), []) or self._spelled_alike(compared(part))
        earlier = [one for one in people if one.start < before]
        found = earlier[-1] if earlier else (people[0] if people else None)
        return self.complete(found) if found else None

    def _spelled_alike(self, part: str) -> list[Person]:
        """Those of whose name a part begins alike and ends otherwise: "Hajiyeva" and "Hajiyev"."""
        if len(part) < ALIKE_LETTERS or not part[:1].isalpha():
            return []
        near = self._by_start.get(part[:ALIKE_LETTERS], ())
        alike = [name for name in near if abs(len(name) - len(part)) <= 1]
        return self._by_part[alike[0]] if len(alike) == 1 else []

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
        elif person is None:
            entry = known.table(token.text)
            if token.ent_type_ == "PERSON" or token.i in scene.at or (entry is not None and _acts(token)):
                yield from _alone(token, entry)


def _may_be_short(scene: Scene, token: Token) -> bool:
    if not (token.text[0].isupper() and token.is_alpha) or token.ent_type_ in {"DATE", "TIME"}:
        return False
    if len(token.text) < KNOWN_NAME_MIN and token.ent_type_ != "PERSON":
        return False
    hit = scene.at.get(token.i)
    if hit is not None and hit.entry.kind is not ActorKind.PERSON:
        return False
    following = scene.doc[token.i + 1] if token.i + 1 < len(scene.doc) else None
    if following is None:
        return True
    return following.text != "-" and not any(c.isdigit() for c in following.text)  # "Bayraktar TB2"


def _fits(token: Token, person: Person) -> bool:
    """A last name always; another part of the name only where the model sees a person or a subject."""
    if compared(token.text) == compared(person.name).split()[-1]:
        return token.pos_ in {"PROPN", "NOUN"} or token.ent_type_ == "PERSON"
    return token.pos_ == "PROPN" and (token.ent_type_ == "PERSON" or token.dep_ == "nsubj")


def _acts(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.dep_ == "nsubj"


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
