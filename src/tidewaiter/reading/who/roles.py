"""Noun phrases of office: "Iran's defence ministry", "two senior Turkish officials", "the Polish president",
"spokesman of the Ministry of National Defense".

The grammar is one over tokens and not over the parse, because reports are dirty: from a word of office
leftwards over modifiers up to the name of a state, rightwards over "of", "at", "in" and what they govern.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.model import ActorForm, ActorKind
from tidewaiter.reading.who.lexicon import Hit
from tidewaiter.reading.who.scene import HUMAN_CLASSES, HYPHENS, POSSESSIVES, STATE_KINDS, Scene

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

LEFT_MAX = 10
"""Tokens before the word of office; longer runs are tables or debris, not noun phrases."""

RIGHT_MAX = 24
"""Tokens after it, for chains such as "director of X at the Ministry of Y of Z"."""

MODIFIER_POS = frozenset({"ADJ", "NOUN", "PROPN", "NUM"})
TIME_ENTITIES = frozenset({"DATE", "TIME"})
LINKS = frozenset({"of", "at", "in", "with", "from", "on", "within"})
LINKS_OF_CLASS = {"speaker": LINKS | {"for"}, "forces": frozenset({"of", "from"})}
"""Prepositions after which the body spoken for stands; forces "in" a country need not be its own."""

OF_ANOTHER = frozenset({"for", "on"})
"""Prepositions before a state that is spoken of or sent to, unless a spokesman stands before them."""

NO_OFFICE = "no_office"
"""Class of words that look like an office and are none: "sanctions regime"."""

DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that", "another"})


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """A noun phrase whose head is a word of office."""

    start: int  # token indexes
    end: int
    head: int  # last token of the words of office
    role_start: int  # first token that is not the state: "National Security Council spokesman"
    role_class: str
    hit: Hit | None  # the state or body spoken for
    determiner: str | None  # "the", "a", ...: stands just before the phrase
    sides: int = 1  # how many states stand before it: "U.S. and South Korean officials"
    link: str | None = None  # preposition behind which the hit stands
    against_state: bool = False  # "Sudanese rebels", "a Kenyan opposition leader": do not speak for it

    @property
    def code(self) -> str | None:
        if self.hit is None or (self.against_state and self.hit.entry.kind is ActorKind.STATE):
            return None
        return self.hit.entry.code


def role_phrases(scene: Scene) -> list[RolePhrase]:
    """All of them, by place; longer ones first where two begin together."""
    found: list[RolePhrase] = []
    at = len(scene.doc) - 1
    while at >= 0:
        phrase = _phrase_at(scene, at)
        if phrase is not None:
            found.append(phrase)
            at = phrase.role_start if phrase.role_start < at else at
        at -= 1
    return _with_owners(scene, _apart(sorted(found, key=lambda one: (one.start, -one.end))))


def _with_owners(scene: Scene, phrases: list[RolePhrase]) -> list[RolePhrase]:
    """ "the Utopian army's spokesman" as one phrase: whose office it is, is whom the person speaks for."""
    kept: list[RolePhrase] = []
    for one in phrases:
        phrase, owner = one, kept[-1] if kept else None
        gap = scene.doc[owner.end : phrase.start].text if owner is not None else ""
        owned = gap in POSSESSIVES and phrase.role_class in {"government", "speaker"}
        if owner is not None and owned and owner.role_class == "office" and phrase.hit is None:
            phrase = replace(
                phrase,
                start=owner.start,
                role_start=owner.role_start,
                hit=owner.hit,
                determiner=owner.determiner,
            )
            kept.pop()
        kept.append(phrase)
    return kept


def _apart(phrases: list[RolePhrase]) -> list[RolePhrase]:
    """Without those that lie inside an earlier one."""
    kept: list[RolePhrase] = []
    for phrase in phrases:
        if not kept or phrase.end > kept[-1].end:
            kept.append(phrase)
        elif phrase.end == kept[-1].end and kept[-1].role_class == "office" and _is_human(phrase):
            # "Ministry of Trade spokesman": the office is whom the person speaks for
            kept[-1] = replace(kept[-1], head=phrase.head, role_class=phrase.role_class)
    return kept


def _is_human(phrase: RolePhrase) -> bool:
    """Whether it is a person's, who may be of the office before; "the president" in "office of" is not."""
    own = phrase.hit is not None or phrase.determiner is not None
    return phrase.role_class in HUMAN_CLASSES - {"government"} and phrase.end == phrase.head + 1 and not own


def _phrase_at(scene: Scene, at: int) -> RolePhrase | None:
    token = scene.doc[at]
    if at in scene.at and not _has_owner(scene, scene.at[at], at):
        return None
    found = scene.role_ending(at)
    alone = found is None or found[0] == at
    if alone and token.lower_ in scene.words["needs_of"] and scene.doc[at : at + 2].text[-3:] != " of":
        return None
    if found is None or _is_verb(token) or _is_modifier_here(scene, at):
        return None
    begin, role_class = found
    if role_class == NO_OFFICE:
        return None
    start, hit, sides = _leftwards(scene, begin, at)
    role_start = _after(scene, hit, start) if hit else start
    determiner = scene.doc[start - 1].lower_ if start and scene.doc[start - 1].lower_ in DETERMINERS else None
    if sides > 1:  # each state is named for itself; the officials are nobody's alone
        start, hit, determiner = role_start, None, None
    phrase = RolePhrase(start, at + 1, at, role_start, role_class, hit, determiner, sides)
    phrase = replace(phrase, against_state=_is_against_state(scene, phrase))
    return _rightwards(scene, phrase)


def _is_against_state(scene: Scene, phrase: RolePhrase) -> bool:
    """Whether a word of the phrase says that it fights or opposes the state: "rebel", "paramilitary"."""
    words = scene.doc[phrase.role_start : phrase.end]
    return any(token.lower_ in scene.words["not_state"] for token in words)


def _has_owner(scene: Scene, hit: Hit, at: int) -> bool:
    """Whether a body of the tables is somebody else's here: "Russia's Security Council"."""
    if scene.last(hit) != at or hit.entry.kind not in {ActorKind.ORGANISATION, ActorKind.OFFICE}:
        return False
    before = scene.first(hit) - 1
    if before > 0 and scene.doc[before].text in POSSESSIVES:
        before -= 1
    owner = scene.at.get(before)
    return owner is not None and owner.entry.kind is ActorKind.STATE and owner.entry.code != hit.entry.code


def _is_verb(token: Token) -> bool:
    return token.pos_ in {"VERB", "AUX"} and not token.text[:1].isupper()


def _is_modifier_here(scene: Scene, at: int) -> bool:
    """Whether the word stands before a noun that it only describes: "military equipment", "Army tanks"."""
    if at + 1 >= len(scene.doc):
        return False
    token, following = scene.doc[at], scene.doc[at + 1]
    if at + 1 in scene.at and token.pos_ == "ADJ":  # "the official KCNA agency"
        return True
    if following.text in HYPHENS:
        return at + 2 < len(scene.doc) and not following.whitespace_ and not scene.doc[at + 1].is_space
    if following.text in POSSESSIVES or not (following.is_alpha or following.like_num):
        return False
    describes = token.dep_ in {"amod", "compound", "nmod"} and token.head.i > at
    return describes and following.pos_ == "NOUN" and not scene.role_ending(token.head.i)


def _leftwards(scene: Scene, begin: int, head: int) -> tuple[int, Hit | None, int]:
    """Where the noun phrase begins, the state it names, and how many stand there side by side."""
    start, hit, at = begin, None, begin - 1
    while at >= 0 and begin - at <= LEFT_MAX:
        token = scene.doc[at]
        covering = scene.at.get(at)
        if covering is not None and covering.entry.kind is not ActorKind.PERSON:
            if not _may_own(covering) or (hit is not None and not _owns(scene, covering, hit, head)):
                break
            if _is_subject_of_arming(scene, covering, begin) or _is_glued(scene, covering):
                break
            if _is_favoured(scene, covering):
                break
            hit, start = covering, scene.first(covering)
            at = start - 1
            continue
        if covering is not None:
            break
        if token.text in POSSESSIVES and _is_state_of(scene, at - 1, hit, head):
            at -= 1
            continue
        if not _is_modifier(scene, token, start) or (hit and token.lower_ not in scene.words["modifier"]):
            break
        start, at = at, at - 1
    while start < begin and (scene.doc[start].text in HYPHENS or scene.doc[start].lower_ in {"and", "or"}):
        start += 1
    return start, hit, _sides(scene, start, hit)


def _is_subject_of_arming(scene: Scene, hit: Hit, begin: int) -> bool:
    """Whether "X armed militias" says what X did: a bare name owns nothing before a participle."""
    at = scene.last(hit) + 1
    name = hit.entry.kind is ActorKind.STATE and hit.entry.form is not ActorForm.DEMONYM
    return name and at < begin and scene.doc[at].lower_.endswith("ed")


def _is_glued(scene: Scene, hit: Hit) -> bool:
    """Whether debris sticks to the name: in "Utopia,”said General X" it owns no general."""
    token = scene.doc[scene.last(hit)]
    rest = scene.parsed.text[hit.span.end : token.idx + len(token.text)]
    return bool(rest) and rest not in POSSESSIVES and rest[0] not in HYPHENS


def _is_favoured(scene: Scene, hit: Hit) -> bool:
    """Whether others are for or against the state named: "pro-Utopian groups" are not Utopia's."""
    at = scene.first(hit) - 2
    return (
        at >= 0
        and scene.doc[at + 1].text in HYPHENS
        and scene.doc[at].lower_ in scene.words["no_party_prefix"]
    )


def _may_own(hit: Hit) -> bool:
    return hit.entry.kind in STATE_KINDS or hit.entry.kind in {ActorKind.FIRM, ActorKind.REGION}


def _is_state_of(scene: Scene, at: int, hit: Hit | None, head: int) -> bool:
    """Whether the name at the token may own the phrase so far: "Utopia's", or "Utopia's UN" ambassador."""
    before = scene.at.get(at)
    return before is not None and (hit is None or _owns(scene, before, hit, head))


def _owns(scene: Scene, state: Hit, other: Hit, head: int) -> bool:
    """Whether the hit before is the state of the one after it: "U.S. State Department", "Utopia's northern
    governor", "the Utopian UN ambassador"."""
    if state.entry.kind is not ActorKind.STATE:
        return False
    if other.entry.kind is ActorKind.OFFICE:
        return state.entry.code == other.entry.code
    away = other.entry.kind is ActorKind.ORGANISATION and scene.doc[head].lower_ in scene.words["abroad"]
    return away or other.entry.kind is ActorKind.REGION


def _is_modifier(scene: Scene, token: Token, following: int) -> bool:
    if token.is_space or token.ent_type_ in TIME_ENTITIES:
        return False
    if token.lower_ in scene.words["modifier"]:
        return True
    if token.text in HYPHENS:
        return token.i > 0 and not token.whitespace_ and not scene.doc[token.i - 1].whitespace_
    if token.lower_ in {"and", "of", "&"}:
        return _joins_modifiers(scene, token)
    if token.ent_type_ == "PERSON" or token.pos_ not in MODIFIER_POS:
        return False
    return token.dep_ in {"amod", "compound", "nmod", "nummod", "poss"} and token.head.i >= following


def _joins_modifiers(scene: Scene, token: Token) -> bool:
    """Whether "and" stands between two modifiers: "military and security officials"."""
    if token.i == 0 or token.i + 1 >= len(scene.doc):
        return False
    before, after = scene.doc[token.i - 1], scene.doc[token.i + 1]
    if token.lower_ == "of":
        return False
    return before.lower_ in scene.words["modifier"] and after.lower_ in scene.words["modifier"]


def _after(scene: Scene, hit: Hit, start: int) -> int:
    """First token after the state and its possessive, when the phrase begins with it."""
    if scene.first(hit) != start:
        return start
    at = scene.last(hit) + 1
    while at < len(scene.doc) and (scene.doc[at].text in POSSESSIVES or scene.doc[at].text in HYPHENS):
        at += 1
    if hit.entry.kind is ActorKind.OFFICE:
        return start  # "White House spokesman": the office belongs to the role
    return at


def _sides(scene: Scene, start: int, hit: Hit | None) -> int:
    if hit is None or start < 2 or scene.first(hit) != start:
        return 1
    before, joined = scene.doc[start - 1], scene.at.get(start - 2)
    if before.lower_ in {"and", "or", "&"} and joined is not None and joined.entry.code:
        return 2
    return 1


def _rightwards(scene: Scene, phrase: RolePhrase) -> RolePhrase:
    """With what "of", "at", "in" add: the body, and the state if none stands before."""
    links = LINKS_OF_CLASS.get(phrase.role_class, LINKS)
    if scene.doc[phrase.head].lower_ in scene.words["serves"]:
        links = links | {"to"}
    if phrase.role_class in {"government", "person"}:
        links = links | {"for"}
    if phrase.sides > 1:
        return phrase
    at, end, hit = phrase.end, phrase.end, phrase.hit
    while at < len(scene.doc) - 1 and at - phrase.end < RIGHT_MAX and scene.doc[at].lower_ in links:
        link = scene.doc[at].lower_
        if link == "from" and hit is not None:
            break  # "bought by the government of Chad from a firm in Togo"
        upto, found, named = _governed(scene, at + 1)
        bracket = scene.doc[upto : upto + 3]
        if len(bracket) > 2 and bracket[0].text == "(" and bracket[2].text == ")" and bracket[1].is_upper:
            upto += 3 if scene.doc[upto + 3 : upto + 4].text in links else 0  # "the Arms Office (AO) of ..."
        if upto == at + 1 or not (found or named or _goes_on_to_body(scene, phrase, link, upto)):
            break
        if found is not None and not _links(link, found):
            break
        if found is not None and _is_host(scene, phrase, link, found):
            at = end = upto
            continue
        of_whom = link not in OF_ANOTHER or phrase.role_class == "speaker"
        if not of_whom and found is not None and found.entry.kind is ActorKind.STATE:
            break  # "the envoy for X", "an expert on X" is another's
        if found is not None and (hit is None or _is_sent_by(scene, phrase, hit, link, found)):
            hit, phrase = found, replace(phrase, link=link)
        at = end = upto
    return phrase if end == phrase.end else replace(phrase, end=end, hit=hit)


def _is_host(scene: Scene, phrase: RolePhrase, link: str, found: Hit) -> bool:
    """Whether the state is the one that an embassy or envoy is sent to: "its embassy in Utopia"."""
    sent = scene.doc[phrase.head].lower_ in scene.words["abroad"]
    return sent and link in {"in", "at", "to"} and found.entry.kind is ActorKind.STATE


def _is_sent_by(scene: Scene, phrase: RolePhrase, hit: Hit, link: str, found: Hit) -> bool:
    """Whether the state behind "of" sends who is named by where: "the UN representative of Utopia"."""
    sent = scene.doc[phrase.head].lower_ in scene.words["abroad"] and link == "of"
    return sent and hit.entry.kind is ActorKind.ORGANISATION and found.entry.kind is ActorKind.STATE


def _goes_on_to_body(scene: Scene, phrase: RolePhrase, link: str, upto: int) -> bool:
    """ "coordinator for communications at the council": what for, then of whom."""
    after = scene.doc[upto].lower_ if upto < len(scene.doc) else ""
    if link == "of":  # "minister of the defence of Utopia", "head of the Arms Committee of Utopia"
        named = upto < len(scene.doc) and scene.doc[upto].ent_type_ == "PERSON"  # "Minister of Trade A. B."
        government = phrase.role_class == "government"
        return (government and named) or (phrase.role_class in {"government", "person"} and after == "of")
    return link == "for" and phrase.role_class in {"government", "person"} and after in {"at", "of"}


def is_by_place(phrase: RolePhrase) -> bool:
    """Whether the state is only where the person is: "a warlord in ..."."""
    return phrase.link in {"in", "at"}


def _links(link: str, hit: Hit) -> bool:
    """Whether what stands after the preposition is spoken for, and not merely a place or a time."""
    if hit.entry.kind is ActorKind.PERSON:
        return False
    return link in {"of", "for", "from", "at", "with", "within", "to"} or hit.entry.kind in STATE_KINDS


def _governed(scene: Scene, at: int) -> tuple[int, Hit | None, bool]:
    """The noun phrase from token ``at``: its end, the first state or body in it, whether it names one."""
    start, hit, named = at, None, False
    while at < len(scene.doc) and at - start < RIGHT_MAX:
        token = scene.doc[at]
        covering = scene.at.get(at)
        if covering is not None:
            if covering.entry.kind is ActorKind.PERSON:
                break
            hit = _nearer(hit, covering)
            at = scene.last(covering) + 1
            named = True
            continue
        if not _continues(scene, token, at == start) or (named and not _still_names(scene, at)):
            break
        named = named or scene.role_ending(at) is not None
        at += 1
    while at > start and not scene.doc[at - 1].is_alpha and scene.doc[at - 1].text not in {"U.S."}:
        at -= 1
    return at, hit, named


def _nearer(hit: Hit | None, following: Hit) -> Hit | None:
    """The group in "the Utopian Hill Brigades"; else what stands first and has a code."""
    if hit is not None and hit.entry.form is ActorForm.DEMONYM and following.entry.kind is ActorKind.GROUP:
        return following
    return hit or (following if following.entry.code else None)


def _still_names(scene: Scene, at: int) -> bool:
    """Whether the words behind a name go on to an office: "the Utopian ministry", not "Utopia rejects"."""
    if at == 0 or (scene.at.get(at - 1) is None and scene.role_ending(at - 1) is None):
        return True
    if scene.doc[at].pos_ == "PROPN" and scene.doc[at].text.istitle() and scene.at.get(at - 1) is None:
        return scene.at.get(at) is None and scene.doc[at - 1].text.istitle()  # "Military Cooperation"
    for token in scene.doc[at : at + LEFT_MAX]:
        if scene.role_ending(token.i) is not None or token.lower_ in scene.words["part"]:
            return True
        if token.pos_ not in MODIFIER_POS and token.text not in POSSESSIVES | HYPHENS:
            return token.lower_ in scene.words["modifier"]
    return False


def _continues(scene: Scene, token: Token, first: bool) -> bool:
    if token.is_space or token.ent_type_ in TIME_ENTITIES:
        return False
    if token.lower_ in DETERMINERS:
        return first
    if token.text in POSSESSIVES or token.text in HYPHENS or token.lower_ in scene.words["modifier"]:
        return True
    if token.lower_ == "and":
        following = scene.doc[token.i + 1] if token.i + 1 < len(scene.doc) else token
        return scene.doc[token.i - 1].text[:1].isupper() and following.text[:1].isupper()
    return token.pos_ in MODIFIER_POS and token.ent_type_ != "PERSON"
