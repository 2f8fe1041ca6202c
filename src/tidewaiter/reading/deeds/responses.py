"""What somebody does about an arms transfer: sanctions, seizures, protests, vetoes and the like.

A cue word of the table ``response_cues`` evokes a kind; the clause around it gives who acts, whom it
hits, whether it was done, announced or threatened, and on which day.  Measures without an author, the
answer of the accused, mere concern and what the report itself expects are no responses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from tidewaiter.model import (
    ActorForm,
    ActorKind,
    Anchors,
    ReportedTransfer,
    Response,
    ResponseKind,
    ResponseStatus,
    Span,
    Spans,
    Statement,
)
from tidewaiter.reading.deeds.acts import (
    Commitment,
    Cue,
    Party,
    Scene,
    argument_heads,
    lemma_of,
    owners,
    phrases,
    scene,
    span_of,
)
from tidewaiter.reading.entities import Entities
from tidewaiter.reading.parse import Parsed
from tidewaiter.reading.syntax import arguments, conjuncts, has_negation, is_passive

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

TABLE = "response_cues"
UNITED_NATIONS = "UN"
ENFORCER_BACK = 2
"""Sentences back within which "was stopped" goes on about the navy or guard named there."""
TOLD_BACK = 2
TOLD_AFTER = 1
"""Sentences around an act in which the transfer that it answers may be told."""
ORIGIN_AROUND = 8
"""Sentences around a seizure in which it may be told where the ship came from."""
_AGAINST = ("on", "against", "upon", "toward", "towards")
_BEFORE = frozenset({"to", "at", "before", "with", "in"})
_TO = ("to", "for", "against")
_ABOARD = ("on", "aboard", "in", "inside")
_ABOUT = ("over", "about", "of")
_SIDE_PHRASES = frozenset({"nsubj", "csubj", "agent", "punct", "cc", "conj", "aux", "auxpass", "advmod"})
_DEMONSTRATIVE = frozenset({"this", "these", "it", "such"})
_PRONOUNS = frozenset({"those", "anyone", "all", "others", "whoever", "them", "any"})
_SPEAKS_FOR_ITSELF = frozenset({ResponseKind.INTERDICTION, ResponseKind.EXPORT_CONTROL})
"""Kinds whose cues name the goods themselves, so that the report need not tell of a transfer besides."""
_SPOKEN = frozenset({ResponseKind.DIPLOMATIC_PROTEST})
_BY_ANNOUNCER = frozenset({ResponseKind.DIPLOMATIC_PROTEST, ResponseKind.INTERDICTION})
_DONE_BY_TRYING = frozenset({ResponseKind.MONITORING, ResponseKind.INVESTIGATION})
_WITH_TARGET = frozenset({ResponseKind.SANCTION, ResponseKind.INVESTIGATION})


@dataclass(frozen=True, slots=True)
class _Act:
    """A cue in its clause."""

    scene: Scene
    transfers: Sequence[ReportedTransfer]
    token: Token
    cue: Cue
    commitment: Commitment

    @property
    def kind(self) -> ResponseKind:
        return ResponseKind(self.cue.value)

    def heads(self) -> list[Token]:
        """Heads of the phrases that say what the act is about."""
        if self.token.pos_ == "NOUN":
            verb = self.scene.light_verb(self.token)
            beside = arguments(verb).after(*_TO, *_ABOUT) if verb is not None else []
            return [self.token, *argument_heads(self.token)[1], *beside]
        return argument_heads(self.token)[1]

    def matter(self) -> list[Token]:
        """All words that say what the act is about, clauses included."""
        found = {token.i: token for token in phrases(self.heads())}
        for child in self.token.children:
            if child.dep_ not in _SIDE_PHRASES:
                found.update((token.i, token) for token in child.subtree)
        for head in self.heads():
            if head.i != self.token.i:
                found.update((t.i, t) for t in head.subtree if t.i != self.token.i)
        found.pop(self.token.i, None)
        return [found[index] for index in sorted(found)]

    def phrase_words(self, word_class: str) -> list[Token]:
        """Words of a class among the phrases (not clauses) the act is about."""
        return [token for token in phrases(self.heads()) if self.scene.is_a(token, word_class)]


# ------------------------------------------------------------------------------ what a cue needs


def _speaks_of_goods(act: _Act, tokens: Iterable[Token]) -> bool:
    return any(
        token.i in act.scene.goods
        or act.scene.is_a(token, "shipment")
        or (token.pos_ in ("VERB", "AUX") and act.scene.is_a(token, "supplying"))
        for token in tokens
    )


def _weapon_or_cargo(act: _Act, tokens: Iterable[Token]) -> bool:
    return any(token.i in act.scene.goods for token in tokens)


def _tied(act: _Act) -> bool:
    """Whether the clause, or at least its sentence, is about supplying arms."""
    matter = act.matter()
    if _speaks_of_goods(act, matter) or _speaks_of_goods(act, act.token.sent):
        return True
    return bool(act.transfers) and any(token.lower_ in _DEMONSTRATIVE for token in matter)


def _to_un(act: _Act) -> bool:
    """ "took the matter to the UN", "raise it at the Security Council"."""
    matter = act.matter()
    placed = any(_is_un(act, token) and _is_before(token) for token in matter)
    suppliers = {one.supplier for one in act.transfers}
    whose = {act.scene.actors[token.i].code for token in matter if token.i in act.scene.actors}
    issue = any(act.scene.is_a(token, "issue") for token in matter)
    return placed and (issue or _tied(act) or bool(suppliers & whose - {None, UNITED_NATIONS}))


def _is_before(token: Token) -> bool:
    """ "to the UN", "before the Council's committee"."""
    while token.dep_ in ("poss", "compound", "nmod"):
        token = token.head
    return token.dep_ == "pobj" and token.head.lower_ in _BEFORE


def _is_un(act: _Act, token: Token) -> bool:
    mention = act.scene.actors.get(token.i)
    return mention is not None and mention.code == UNITED_NATIONS


def _mentions_un(act: _Act) -> bool:
    return any(_is_un(act, token) for token in act.matter())


def _has_list(act: _Act) -> bool:
    return any(
        token.lower_ == "blacklist" or any(act.scene.is_a(part, "list_kind") for part in token.lefts)
        for token in act.phrase_words("list")
    )


def _asks_to_stop(act: _Act) -> bool:
    matter = act.matter()
    stops = any(act.scene.is_a(token, "stopping") or _negated_infinitive(token) for token in matter)
    return stops and _speaks_of_goods(act, (t for t in matter if not act.scene.is_a(t, "stopping")))


def _negated_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and has_negation(token)


def _watches_receipt(act: _Act) -> bool:
    return any(act.scene.is_a(token, "receipt") for token in act.matter()) and not _weapon_test(act)


def _watches_traffic(act: _Act) -> bool:
    """Flights, ships or dealings, where the report tells of a transfer."""
    matter = act.matter()
    watched = any(act.scene.is_a(t, "vessel") or act.scene.is_a(t, "dealings") for t in matter)
    return watched and bool(act.transfers) and not _weapon_test(act)


def _follows_closely(act: _Act) -> bool:
    closely = any(act.scene.is_a(child, "closely") for child in act.token.children)
    return closely and (_watches_traffic(act) or NEEDS["goods"](act))


def _told_issue(act: _Act) -> bool:
    """ "looking into the reports", "whether X broke the terms", where the report tells of a transfer."""
    matter = [token for token in act.matter() if token.pos_ not in ("PRON", "DET")]
    told = any(act.scene.is_a(t, "issue") or act.scene.is_a(t, "breach") for t in matter)
    return told and bool(act.transfers) and _near_transfer(act)


def _looks_into(act: _Act) -> bool:
    into = [child for child in act.token.children if child.dep_ == "prep" and child.lower_ == "into"]
    return bool(into) and _told_issue(act)


def _weapon_test(act: _Act) -> bool:
    return any(act.scene.is_a(token, "testing") for token in act.matter())


def _of_arms(act: _Act, word_class: str) -> bool:
    """Whether what is stopped or licensed is of the class, and the sentence is about arms."""
    found = argument_heads(act.token)[0]
    heads = found.after("of", "on", "to") if act.token.pos_ == "NOUN" else found.objects
    about_arms = _weapon_or_cargo(act, act.matter()) or _weapon_or_cargo(act, act.token.sent)
    return any(act.scene.is_a(token, word_class) for token in phrases(heads)) and (
        about_arms or (word_class == "licence" and _near_transfer(act))
    )


def _takes_off_vessel(act: _Act) -> bool:
    """ "took 200 rifles from a dhow"."""
    found = argument_heads(act.token)[0]
    finding = act.scene.is_a(act.token, "finding")
    if finding and not _found_by_enforcers(act):
        return False
    places = ("from", "off", *(_ABOARD if finding else ()))
    return _weapon_or_cargo(act, phrases(found.objects)) and any(
        act.scene.is_a(token, "vessel")
        for word in (act.token, *found.objects)
        for token in phrases(argument_heads(word)[0].after(*places))
    )


def _found_by_enforcers(act: _Act) -> bool:
    """To find is to seize only where those find who enforce the law."""
    found = argument_heads(act.token)[0]
    return any(act.scene.is_a(t, "enforcer") or act.scene.ship(t) for t in phrases(found.subjects))


def _taken_by_enforcers(act: _Act) -> bool:
    """ "a destroyer took 200 rifles"."""
    found = argument_heads(act.token)[0]
    forces = [token for token in phrases(found.subjects) if act.scene.is_a(token, "enforcer")]
    return bool(forces) and _weapon_or_cargo(act, phrases(found.objects))


def _cargo(act: _Act) -> bool:
    """Goods on their way, not a missile in flight that air defences shoot down."""
    matter = act.matter()
    if not _weapon_or_cargo(act, matter) or _weapon_test(act):
        return False
    if any(act.scene.is_a(token, "shooting") for token in act.token.sent):
        return False
    flying = act.scene.is_a(act.token, "stopping_in_flight") and all(
        act.scene.is_flying(token) for token in matter if token.i in act.scene.goods
    )
    classes = ("vessel", "shipment", "smuggling", "control_point")
    return (
        not flying or _by_enforcers(act) or any(act.scene.is_a(t, name) for t in matter for name in classes)
    )


def _port_call(act: _Act) -> bool:
    """ "was not allowed to dock", "denied the ship entry to its ports"."""
    words = [*act.token.sent]
    return any(act.scene.is_a(token, "vessel") for token in words) and any(
        act.scene.is_a(token, "port_call") for token in act.matter()
    )


def _envoy_home(act: _Act) -> bool:
    """ "called its ambassador home", "pulls its envoy out", "brought back"."""
    home = any(act.scene.is_a(child, "home") for child in act.token.subtree)
    return home and NEEDS["envoy"](act)


def _cut_ties(act: _Act) -> bool:
    return bool(act.phrase_words("ties")) and (_tied(act) or _near_transfer(act) or bool(act.transfers))


def _explain(act: _Act) -> bool:
    """ "demanded that the deal be explained"."""
    told = any(act.scene.is_a(token, "explaining") for token in act.matter())
    return told and (_tied(act) or _near_transfer(act))


def _no_supply(act: _Act) -> bool:
    """ "decided that no weapons would be delivered"."""
    matter = act.matter()
    supplied = [t for t in matter if t.pos_ == "VERB" and act.scene.is_a(t, "supplying")]
    denied = any(has_negation(verb) for verb in supplied) or any(t.lower_ in ("no", "not") for t in matter)
    return denied and bool(supplied) and _weapon_or_cargo(act, matter)


def _programme(act: _Act) -> bool:
    """ "removed X from the programme of the fighter"."""
    behind = phrases(argument_heads(act.token)[0].after("from", "out", "of"))
    words = [*behind, *(t for head in behind for t in head.subtree)]
    return any(act.scene.is_a(t, "programme") for t in words) and (
        _weapon_or_cargo(act, words) or _weapon_or_cargo(act, act.token.sent)
    )


def _condemns_side(act: _Act) -> bool:
    """ "condemned Y's interference", where Y was just told to supply: not an attack or a war."""
    matter = act.matter()
    named = {party.code for token in matter if (party := _named_at(act, token))}
    fought = any(act.scene.is_a(token, "violence") for token in matter)
    near = [one for one in act.transfers if _is_near(act, one)]
    return not fought and not _weapon_test(act) and any(one.supplier in named for one in near)


def _finds_out(act: _Act) -> bool:
    """ "is working to find out how this happened"."""
    words = [token for token in act.token.subtree if act.scene.is_a(token, "tracing")]
    asked = any(token.lower_ in ("how", "whether", "where", "what") for token in act.token.subtree)
    return bool(words) and asked and _near_transfer(act)


def _un_action(act: _Act) -> bool:
    return _mentions_un(act) and any(act.scene.is_a(token, "action") for token in act.matter())


def _un_turns_down(act: _Act) -> bool:
    by_un = any(party.code == UNITED_NATIONS for party in _doers(act))
    return by_un and any(act.scene.is_a(token, "draft") for token in act.matter())


NEEDS: Mapping[str, Callable[[_Act], bool]] = {
    "goods": lambda act: _speaks_of_goods(act, act.matter()) and not _weapon_test(act),
    "weapon": lambda act: _weapon_or_cargo(act, act.matter()) and not _weapon_test(act),
    "tie": lambda act: _tied(act) and not _weapon_test(act),
    "un": _mentions_un,
    "un_place": _to_un,
    "un_complaint": lambda act: _mentions_un(act) and bool(act.phrase_words("complaint")),
    "un_session": lambda act: _mentions_un(act) and bool(act.phrase_words("session")),
    "weapon_off_vessel": _takes_off_vessel,
    "weapon_by_enforcer": _taken_by_enforcers,
    "draft_of_un": _un_turns_down,
    "cargo": _cargo,
    "port_call": _port_call,
    "envoy_home": _envoy_home,
    "cut_ties": _cut_ties,
    "explain": _explain,
    "no_supply": _no_supply,
    "programme_of_arms": _programme,
    "un_action": _un_action,
    "side": _condemns_side,
    "find_out": _finds_out,
    "listed": _has_list,
    "stop": _asks_to_stop,
    "receipt": _watches_receipt,
    "traffic": _watches_traffic,
    "closely": _follows_closely,
    "told_issue": _told_issue,
    "into_issue": _looks_into,
    "goods_into": lambda act: _speaks_of_goods(act, phrases(argument_heads(act.token)[0].after("into"))),
    "licence": lambda act: _of_arms(act, "licence"),
    "export": lambda act: _of_arms(act, "export"),
    "control": lambda act: bool(act.phrase_words("control")) and bool(act.phrase_words("export")),
    "to_export": lambda act: (
        any(token.pos_ == "VERB" and act.scene.is_a(token, "exporting") for token in act.matter())
        and _weapon_or_cargo(act, act.matter())
    ),
    "protest": lambda act: bool(act.phrase_words("protest")) and _tied(act),
    "envoy": lambda act: (
        any(act.scene.is_a(token, "envoy") for token in [*act.matter(), *argument_heads(act.token)[1]])
        and (_tied(act) or _near_transfer(act))
    ),
    "decision": lambda act: bool(act.phrase_words("reconsideration")) and _tied(act),
}
"""Tests of a cue's arguments; a name that is not here is a word class that one of them must be in."""


def _holds(act: _Act) -> bool:
    return not act.cue.needs or any(
        NEEDS[need](act) if need in NEEDS else bool(act.phrase_words(need)) for need in act.cue.needs
    )


# ------------------------------------------------------------------------------ whom it hits


@dataclass(frozen=True, slots=True)
class _Hit:
    """Whom an act hits: a code, and a firm, person or programme as worded."""

    party: Party | None
    target: Span | None = None


def _hit_on(act: _Act) -> list[_Hit]:
    """ "sanctions on X": behind the preposition of the act or of the noun it acts with."""
    nouns = [token for need in act.cue.needs for token in act.phrase_words(need)]
    heads = [head for word in (act.token, *nouns) for head in argument_heads(word)[0].after(*_AGAINST, "for")]
    hits = _hits(act, [head for head in heads if head not in nouns])
    if any(hit.party for hit in hits):
        return hits
    return _put_under(act, nouns) or _subjected(act) or hits


def _put_under(act: _Act, nouns: Sequence[Token]) -> list[_Hit]:
    """ "put X under sanctions"."""
    found = argument_heads(act.token)[0]
    under = found.after("under")
    return _hits(act, found.objects) if any(head in nouns for head in under) else []


def _subjected(act: _Act) -> list[_Hit]:
    """ "X is under sanctions by Y", "X faces sanctions"."""
    governor = act.token.head
    if governor.pos_ == "ADP":
        if not act.scene.is_a(governor, "subjected") and not act.scene.is_a(governor.head, "subjected"):
            return []
        governor = governor.head
    elif not act.scene.is_a(governor, "subjected"):
        return []
    if governor.pos_ == "ADJ":
        governor = governor.head
    found = arguments(governor)
    return _hits(act, [*found.subjects, *found.objects])


def _hit_object(act: _Act) -> list[_Hit]:
    found = argument_heads(act.token)[0]
    heads = [*found.datives, *found.objects]
    return _hits(act, [head for head in heads if not any(act.scene.is_a(head, n) for n in ("sanction",))])


def _hit_asked(act: _Act) -> list[_Hit]:
    found = argument_heads(act.token)[0]
    heads = [*found.datives, *found.objects, *found.after("from", "of")]
    return _hits(act, [head for head in heads if not act.scene.is_a(head, "explanation")])


def _hit_source(act: _Act) -> list[_Hit]:
    """Whose goods are meant: named by what the act is about, else the supplier of the transfer."""
    supplier = _supplier_like(act)
    if supplier is None or (act.kind is ResponseKind.INVESTIGATION and _sent_by_doer(act, supplier)):
        return []
    return [_Hit(supplier)]


def _sent_by_doer(act: _Act, party: Party) -> bool:
    """Whether an inquiry is into what its own side sent to ``party``."""
    doers = {one.code for one in _doers(act)}
    sent = [one for one in act.transfers if one.recipient == party.code]
    return bool(sent) and all(one.supplier in doers for one in sent)


def _hit_host(act: _Act) -> list[_Hit]:
    """ "recalled its ambassador to X", "pulled its envoy out of X"."""
    own = argument_heads(act.token)[0].after("from", "of")
    heads = [head for envoy in _envoys_of(act) for head in argument_heads(envoy)[0].after("to", "in", "from")]
    heads = [*heads, *own]
    return _named_hits(act, heads) or _hit_source(act)


def _hit_sender(act: _Act) -> list[_Hit]:
    """ "summoned X's ambassador"."""
    return _named_hits(act, _envoys_of(act)) or _hit_source(act)


def _envoys_of(act: _Act) -> list[Token]:
    found = argument_heads(act.token)[0]
    return [head for head in found.objects if act.scene.is_a(head, "envoy")]


def _hit_with(act: _Act) -> list[_Hit]:
    """ "severed ties with X"."""
    words = [act.token, *act.phrase_words("ties")]
    heads = [head for word in words for head in argument_heads(word)[0].after("with", "to")]
    return _named_hits(act, heads) or _hit_source(act)


def _hit_subject(act: _Act) -> list[_Hit]:
    """ "X could face sanctions", "warned X that it could"."""
    subjects = argument_heads(act.token)[0].subjects
    told = next((verb for verb in act.token.ancestors if verb.pos_ == "VERB"), None)
    if told is not None and all(head.pos_ == "PRON" for head in subjects):
        subjects = [*arguments(told).objects, *arguments(told).datives, *subjects]
    return _named_hits(act, subjects)


def _named_hits(act: _Act, heads: Iterable[Token]) -> list[_Hit]:
    doers = {party.code for party in _doers(act)}
    named = [party for head in heads for party in act.scene.named(head)]
    return [_Hit(party) for party in named if party.code not in {*doers, UNITED_NATIONS}][:1]


def _hit_matter(act: _Act) -> list[_Hit]:
    """Brought before a body "against X", else over what X did."""
    words = [act.token, *act.phrase_words("complaint"), *act.phrase_words("issue")]
    heads = [head for word in words for head in argument_heads(word)[0].after("against")]
    named = [party for head in heads for party in act.scene.named(head) if party.code != UNITED_NATIONS]
    return [_Hit(party) for party in named] or _hit_source(act)


def _supplier_like(act: _Act) -> Party | None:
    """The first state that what the act is about names as owner or origin."""
    doers = {party.code for party in _doers(act)}
    behind: list[Party] = []
    named = [party for token in act.matter() if (party := _named_at(act, token))]
    codes = {party.code for party in named} - doers
    told = {one.supplier for one in act.transfers if {one.supplier, one.recipient} <= codes}
    if len(told) == 1:  # "sales between X and Y" where X is told to supply Y
        return next(party for party in named if party.code in told)
    for token in act.matter():
        party = _named_at(act, token)
        if party is None or party.code in doers:
            continue
        if not _is_destination(act, token):
            return party
        if act.kind is not ResponseKind.INTERDICTION:  # there it is where the ship was stopped
            behind.append(party)
    return behind[0] if behind else None


def _named_at(act: _Act, token: Token) -> Party | None:
    """The state or group whose mention begins with ``token``; the UN is a forum, never a side."""
    mention = act.scene.actors.get(token.i)
    if mention is None or mention.code in (None, UNITED_NATIONS) or mention.span.start != token.idx:
        return None
    return Party(mention.code or "", (mention.span,))


def _is_destination(act: _Act, token: Token) -> bool:
    """ "to X", "bound for X", "in X", "off X"."""
    head = token
    while head.dep_ in ("compound", "det", "conj", "amod") and head.head.i != head.i:
        head = head.head
    if head.left_edge.i and head.left_edge.nbor(-1).lower_ == "off":  # often taken for a particle
        return True
    if head.dep_ == "pobj" and head.head.lower_ == "of" and act.scene.is_a(head.head.head, "shore"):
        return True  # "near the coast of X"
    return head.dep_ == "pobj" and head.head.lower_ not in ("from", "by", "of", "against")


def _hit_recipient(act: _Act) -> list[_Hit]:
    """Who would have received: the first that "to" or "for" names; what follows tells of use."""
    words = (act.token, *phrases(act.heads()))
    heads = {head.i: head for word in words for head in argument_heads(word)[0].after(*_TO, "on")}
    for index in sorted(heads):
        hits = [replace(hit, target=None) for hit in _hits(act, [heads[index]]) if hit.party]
        if hits:
            return hits
    return _first_other(act)


def _first_other(act: _Act) -> list[_Hit]:
    codes = {party.code for party in _doers(act)}
    for token in act.matter():
        mention = act.scene.actors.get(token.i)
        if mention is not None and mention.code and mention.code not in codes | {UNITED_NATIONS}:
            return [_Hit(Party(mention.code, (mention.span,)))]
    return []


def _hit_draft(act: _Act) -> list[_Hit]:
    """Whose draft a veto stops: "a Y-led attempt", "a resolution drafted by Y", "Y's bid"."""
    for head in act.heads():
        if head.i == act.token.i or not act.scene.is_a(head, "draft"):
            continue
        clauses = [child for child in head.children if child.dep_ == "acl" and child.tag_ == "VBN"]
        named = [p for clause in clauses for h in arguments(clause).subjects for p in act.scene.named(h)]
        owners = [
            act.scene.actors[part.i]
            for child in head.lefts
            for part in child.subtree
            if part.i in act.scene.actors and not _is_topic(act, part)
        ]
        named = named or [Party(one.code or "", (one.span,)) for one in owners]
        return [_Hit(party) for party in named if party.code != UNITED_NATIONS][:1]
    return _sponsor(act)


def _is_topic(act: _Act, token: Token) -> bool:
    """ "the X arms text": a state's bare name before "text" says what it is about, not whose it is."""
    mention = act.scene.actors[token.i]
    if act.scene.is_a(token.head, "sponsoring") or act.scene.parsed.text[mention.span.end :][:1] in "-‑":
        return False
    return mention.form is ActorForm.NAME and mention.kind is ActorKind.STATE and token.dep_ != "poss"


def _sponsor(act: _Act) -> list[_Hit]:
    """ "Y-led", "Y-drafted", whatever the noun behind it."""
    words = act.scene.table.classes.get("sponsoring", frozenset())
    for token in act.matter():
        mention = act.scene.actors.get(token.i)
        joined = token.lower_.rpartition("-")[2] in words  # "Y-led" as one token
        if mention is not None and (
            joined or (token.dep_ == "npadvmod" and act.scene.is_a(token.head, "sponsoring"))
        ):
            return [_Hit(Party(mention.code or "", (mention.span,)))]
    return []


def _hits(act: _Act, heads: Sequence[Token]) -> list[_Hit]:
    """One hit for each state named by the phrases; a phrase that names none is a target alone."""
    found: list[_Hit] = []
    doers = {party.code for party in _doers(act)}
    for head in heads:
        target = _target(act, head)
        named = act.scene.named(head)
        parties = tuple(party for party in named if party.code not in doers) or _both(act, head)
        if parties:
            found.extend(_Hit(party, target) for party in parties)
        elif target is not None:
            found.append(_Hit(_served(act, head, doers), target))
    return found


def _served(act: _Act, head: Token, doers: set[str]) -> Party | None:
    """For a firm of no told state, whose traffic it serves: the supplier of the transfer to the state
    that the words about the firm name, else that state."""
    parties = [party for token in head.subtree if (party := _named_at(act, token))]
    party = next((one for one in parties if one.code not in doers), None)
    if party is None:
        return None
    for transfer in act.transfers:
        spans = transfer.anchors.get("supplier", ())[:1]
        if transfer.recipient == party.code and transfer.supplier not in {*doers, None} and spans:
            return Party(transfer.supplier or "", spans)
    return party


def _both(act: _Act, head: Token) -> tuple[Party, ...]:
    """ "both countries": the two states named last before."""
    if not any(act.scene.is_a(child, "both") for child in head.children):
        return ()
    if not act.scene.is_a(head, "state_noun"):
        return ()
    doers = {party.code for party in _doers(act)}
    latest: dict[str, Party] = {}
    for mention in reversed(act.scene.entities.actors):
        known = mention.code is not None and mention.code not in doers and mention.kind is ActorKind.STATE
        if mention.span.end <= head.idx and known and mention.code not in latest:
            latest[mention.code or ""] = Party(mention.code or "", (span_of(head), mention.span))
    return tuple(list(latest.values())[:2])


def _target(act: _Act, head: Token) -> Span | None:
    """The words of a phrase that is not simply a state's or group's name."""
    mention = act.scene.actors.get(head.i)
    if mention is not None and mention.kind not in (ActorKind.FIRM, ActorKind.PERSON, ActorKind.OFFICE):
        return None
    if head.lower_ in _PRONOUNS or head.pos_ not in ("NOUN", "PROPN"):
        return None
    last = [token for token in conjuncts(head) if token.pos_ in ("NOUN", "PROPN")][-1]
    first = next((t for t in head.doc[head.left_edge.i : head.i + 1] if t.pos_ not in ("DET", "PUNCT")), head)
    return Span(first.idx, last.idx + len(last.text))


STRATEGIES: Mapping[str, Callable[[_Act], list[_Hit]]] = {
    "on": _hit_on,
    "object": _hit_object,
    "asked": _hit_asked,
    "source": _hit_source,
    "host": _hit_host,
    "sender": _hit_sender,
    "with": _hit_with,
    "subject": _hit_subject,
    "matter": _hit_matter,
    "rejected": _hit_draft,
    "recipient": _hit_recipient,
    "draft": _hit_draft,
}


# ------------------------------------------------------------------------------ the responses


def find_responses(
    parsed: Parsed,
    entities: Entities,
    statements: Sequence[Statement],
    transfers: Sequence[ReportedTransfer],
) -> tuple[Response, ...]:
    """The responses reported in a document, one for each kind, actor, party hit and status, in order
    of the text."""
    look = scene(parsed, entities, statements, TABLE)
    found = [response for token in parsed.doc for response in _read_word(look, transfers, token)]
    if not transfers and not _about_arms(look):
        found = [response for response in found if response.kind in _SPEAKS_FOR_ITSELF]
    found = _settled(look, transfers, _inherit(found))
    return _best([*found, *_followers(look, transfers, found)])


def _read_word(look: Scene, transfers: Sequence[ReportedTransfer], token: Token) -> list[Response]:
    """What the word evokes: of its readings the one that tells whom it hits, else the first."""
    readings = [made for cue in look.cues(token) if (made := _read(look, transfers, token, cue))]
    telling = [made for made in readings if any(response.against for response in made)]
    return next(iter(telling or readings), [])


def _about_arms(look: Scene) -> bool:
    return bool(look.goods) and any(
        look.is_a(token, "shipment") or look.is_a(token, "supplying") for token in look.parsed.doc
    )


def _read(look: Scene, transfers: Sequence[ReportedTransfer], token: Token, cue: Cue) -> list[Response]:
    commitment = look.commitment(token)
    if commitment is None or commitment.negated != (cue.status == "negated"):
        return []
    statement = look.statement_at(token.idx)
    if statement is not None and statement.negated:
        return []
    act = _Act(look, transfers, token, cue, commitment)
    if commitment.tried and act.kind not in _DONE_BY_TRYING:
        return []
    if not _holds(act) or _undone(act):
        return []
    if cue.hits == "rejected":
        return _blocked(act)
    made = [response for by in _doers(act) for response in _responses_of(act, by)]
    return [*made, *(_blocked(act) if made and act.kind is ResponseKind.VETO else [])]


def _undone(act: _Act) -> bool:
    """ "lift sanctions", "in breach of sanctions", "no sanctions": not an act of the kind."""
    token = act.token
    if token.tag_ in ("VB", "VBG") and any(_stops(act, word) for word in token.ancestors):
        return True
    if any(child.dep_ == "det" and child.lower_ == "no" for head in act.heads() for child in head.children):
        return True
    if token.pos_ != "NOUN":
        return False
    above = [token.head, token.head.head] if token.head.pos_ == "ADP" else [token.head]
    return any(act.scene.is_a(word, "undoing") or _is_menace(act, word) for word in above)


def _is_menace(act: _Act, word: Token) -> bool:
    """ "could face sanctions": they are not there yet."""
    modal = any(child.dep_ == "aux" and child.tag_ == "MD" for child in word.children)
    return modal and act.scene.is_a(word, "subjected")


def _stops(act: _Act, word: Token) -> bool:
    """ "vetoed a bid to impose sanctions": what stands below was not done."""
    return (
        any(cue.value == ResponseKind.VETO for cue in act.scene.cues(word)) and act.kind != ResponseKind.VETO
    )


def _doers(act: _Act) -> tuple[Party, ...]:
    if act.cue.hits == "subject":
        return _menaced_by(act)
    found = act.scene.doers(act.token, act.commitment)
    if not found and act.kind is ResponseKind.SANCTION and _is_open(act):
        return _hinted_by(act)
    if not found and "no_supply" in act.cue.needs:
        return _spoken_by(act)
    if found or act.kind not in _BY_ANNOUNCER or not is_passive(act.token):
        return found
    if act.kind is ResponseKind.INTERDICTION:
        return _keeper_of_place(act) or _spoken_by(act) or _enforcer_before(act)
    return _envoys_host(act) or _spoken_by(act)


def _menaced_by(act: _Act) -> tuple[Party, ...]:
    """Whose sanctions X could face: "Y's sanctions", else those of who says so."""
    nouns = [token for need in act.cue.needs for token in act.phrase_words(need)]
    heads = [head for noun in nouns for head in [*owners(noun), *argument_heads(noun)[0].after("of", "from")]]
    named = tuple(party for head in heads for party in act.scene.named(head, doer=True))
    return (named or _hinted_by(act) or _spoken_by(act))[:1]


def _envoys_host(act: _Act) -> tuple[Party, ...]:
    """ "X's ambassador was called home", "was summoned to X's ministry"."""
    if act.cue.hits == "host":
        heads = _envoys_of(act)
        return tuple(party for head in heads for party in act.scene.named(head))[:1]
    hosts = argument_heads(act.token)[0].after("to", "at")
    return tuple(party for head in hosts for party in act.scene.named(head, doer=True))


def _spoken_by(act: _Act) -> tuple[Party, ...]:
    """Whoever tells of the act speaks for the one that did it."""
    statement = act.scene.statement_at(act.token.idx)
    if statement is None or statement.source is None or statement.source.actor is None:
        return ()
    return (Party(statement.source.actor, statement.source.spans),)


def _is_open(act: _Act) -> bool:
    """ "sanctions may be placed on X": not done yet, and by nobody named in the clause."""
    return is_passive(act.token) and act.commitment.status in (
        ResponseStatus.THREATENED,
        ResponseStatus.ANNOUNCED,
    )


def _hinted_by(act: _Act) -> tuple[Party, ...]:
    """Who says that it may or will be done: the subject of the verb above."""
    for verb in act.token.ancestors:
        subjects = arguments(verb).subjects if verb.pos_ == "VERB" else []
        if subjects:
            return tuple(party for head in subjects for party in act.scene.named(head, doer=True))[:1]
    return ()


def _enforcer_before(act: _Act) -> tuple[Party, ...]:
    """ "The freighter was stopped", after a sentence about one navy, mission or guard."""
    start, end = _sentences_around(act, before=ENFORCER_BACK, after=0)
    words = act.scene.table.classes.get("enforcer", frozenset())
    found: dict[str, Party] = {}
    for mention in act.scene.entities.actors:
        told = f"{mention.role or ''} {mention.name or ''}".lower().split()
        if mention.code and start <= mention.span.start < end and words & {w.rstrip("s") for w in told}:
            found.setdefault(mention.code, Party(mention.code, (mention.span,)))
    return tuple(found.values()) if len(found) == 1 else ()


def _sentences_around(act: _Act, *, before: int, after: int) -> tuple[int, int]:
    """The characters of the act's sentence and so many around it."""
    first, last = act.token.sent, act.token.sent
    for _ in range(before):
        first = first.doc[first.start - 1].sent if first.start else first
    for _ in range(after):
        last = last.doc[last.end].sent if last.end < len(last.doc) else last
    return first.start_char, last.end_char


def _keeper_of_place(act: _Act) -> tuple[Party, ...]:
    """ "was seized at a Y port": who keeps the port acts."""
    heads = argument_heads(act.token)[0].after("at", "in")
    if "port_call" in act.cue.needs:
        heads = [token for token in act.matter() if token.dep_ == "pobj"]
    places = [head for head in heads if act.scene.is_a(head, "control_point")]
    return tuple(party for head in places for party in act.scene.named(head))[:1]


def _responses_of(act: _Act, by: Party) -> list[Response]:
    if (
        act.cue.hits != "subject"
        and act.commitment.own_words_only
        and not act.scene.says_so(act.token, by.code)
    ):
        return []
    hits = [hit for hit in STRATEGIES[act.cue.hits](act) if hit.party is None or hit.party.code != by.code]
    if act.kind is ResponseKind.DIPLOMATIC_PROTEST:
        hits = _supplier_first(act, by, hits)
    if not any(hit.party for hit in hits):
        found = _from_transfer(act, by)
        target = hits[0].target if hits else None
        hits = [replace(hit, target=target) for hit in found] or hits or [_Hit(None)]
    made = [_response(act, by, hit) for hit in hits if _admissible(act, by, hit)]
    coded = [response for response in made if response.against is not None]
    return coded or made[:1]


def _supplier_first(act: _Act, by: Party, hits: list[_Hit]) -> list[_Hit]:
    """Of those warned or condemned together the supplier; where a third is asked to help, whose goods
    are meant."""
    suppliers = {one.supplier for one in act.transfers}
    sides = suppliers | {one.recipient for one in act.transfers}
    meant = [hit for hit in hits if hit.party and hit.party.code in suppliers]
    if meant:
        return meant
    outsiders = all(hit.party is None or hit.party.code not in sides for hit in hits)
    return [] if hits and outsiders and act.transfers and by.code not in sides else hits


def _from_transfer(act: _Act, by: Party) -> list[_Hit]:
    """The supplier of the transfer that the act answers, where the clause names nobody."""
    if act.kind is ResponseKind.EXPORT_CONTROL and "no_supply" in act.cue.needs:
        return _receiver(act, by)
    if act.cue.hits not in ("source", "matter", "asked") and act.kind is not ResponseKind.DIPLOMATIC_PROTEST:
        return _from_only_transfer(act, by)
    able = [one for one in act.transfers if one.supplier not in (None, by.code)]
    if act.kind is ResponseKind.INTERDICTION:  # each seizure is of goods of its own
        able = [one for one in able if _in_sentence(act, one)] or _only_supply(act, able)
    if act.kind is ResponseKind.INVESTIGATION and not able:  # into what its own side sent
        able = [one for one in act.transfers if one.supplier == by.code]
    answered = _answered(act, able)
    if act.kind is ResponseKind.INTERDICTION and answered is None:
        return _origin_near(act, by)
    if act.kind is ResponseKind.DIPLOMATIC_PROTEST and act.cue.hits == "asked" and not able:
        return _receiver(act, by)
    if answered is None or answered.supplier is None:
        return []
    spans = answered.anchors.get("supplier", ())
    return [_Hit(Party(answered.supplier, spans[:1]))] if spans else []


def _receiver(act: _Act, by: Party) -> list[_Hit]:
    """Who got what ``by`` sent, and is asked to explain."""
    got = _nearest(act, [one for one in act.transfers if one.supplier == by.code and one.recipient])
    spans = got.anchors.get("recipient", ())[:1] if got else ()
    return [_Hit(Party(got.recipient or "", spans))] if got and spans else []


def _origin_near(act: _Act, by: Party) -> list[_Hit]:
    """ "The ship, coming from X, was stopped": told in the sentences around."""
    start, end = _sentences_around(act, before=ORIGIN_AROUND, after=ORIGIN_AROUND)
    for token in act.token.doc.touched(start, end) or ():
        party = _named_at(act, token)
        if party is None or party.code == by.code or token.dep_ != "pobj":
            continue
        place = token.head.head if token.head.lower_ == "in" else token  # "from A in X"
        if place.dep_ != "pobj" or place.head.lower_ != "from":
            continue
        left = place.head.head
        if act.scene.is_a(left, "vessel") or act.scene.is_a(left, "leaving") or left.i in act.scene.goods:
            return [_Hit(party)]
    return []


def _answered(act: _Act, able: Sequence[ReportedTransfer]) -> ReportedTransfer | None:
    """The transfer just told of; when none is, the one that the report mentions most."""
    just_told = [one for one in able if _is_near(act, one, before=1, after=0)]
    if just_told:
        return _nearest(act, just_told)
    most = max((len(one.mentions) for one in able), default=0)
    return _nearest(act, [one for one in able if len(one.mentions) == most])


def _only_supply(act: _Act, able: Sequence[ReportedTransfer]) -> list[ReportedTransfer]:
    """The transfers told near the act, if all are one supplier's."""
    near = [one for one in able if _is_near(act, one)]
    return near if len({one.supplier for one in near}) == 1 else []


def _is_near(act: _Act, transfer: ReportedTransfer, before: int = TOLD_BACK, after: int = TOLD_AFTER) -> bool:
    start, end = _sentences_around(act, before=before, after=after)
    return any(start <= span.start < end for spans in transfer.anchors.values() for span in spans)


def _near_transfer(act: _Act) -> bool:
    start, end = _sentences_around(act, before=TOLD_BACK, after=0)
    goods = any(start <= token.idx < end for token in act.token.doc if token.i in act.scene.goods)
    return goods or any(_is_near(act, one) for one in act.transfers)


def _from_only_transfer(act: _Act, by: Party) -> list[_Hit]:
    """Whom a sanction on unnamed "shippers" hits: the supplier, where the report knows just one."""
    if act.kind is not ResponseKind.SANCTION or by.code == UNITED_NATIONS:
        return []
    suppliers = {one.supplier for one in act.transfers}
    near = _only_supply(act, act.transfers)
    spans = near[0].anchors.get("supplier", ())[:1] if near else ()
    if len(suppliers) != 1 or not spans or near[0].supplier in (None, by.code):
        return []
    return [_Hit(Party(near[0].supplier or "", spans))]


def _in_sentence(act: _Act, transfer: ReportedTransfer) -> bool:
    inside = act.token.sent
    return any(
        inside.start_char <= start < inside.end_char for start, _ in transfer.anchors.get("supplier", ())
    )


def _nearest(act: _Act, transfers: Sequence[ReportedTransfer]) -> ReportedTransfer | None:
    """The one whose words stand nearest to the act."""

    def distance(transfer: ReportedTransfer) -> int:
        starts = [span.start for spans in transfer.anchors.values() for span in spans]
        return min((abs(start - act.token.idx) for start in starts), default=len(act.scene.parsed.text))

    return min(transfers, key=lambda one: (distance(one), one.id), default=None)


def _admissible(act: _Act, by: Party, hit: _Hit) -> bool:
    if act.cue.hits == "subject":
        return hit.party is not None and (act.commitment.own_words_only or lemma_of(act.token) != "face")
    if act.kind is ResponseKind.SANCTION and act.token.pos_ == "NOUN":
        return hit.party is not None and by.code != UNITED_NATIONS
    if act.kind is ResponseKind.SANCTION and by.code == UNITED_NATIONS and act.phrase_words("embargo"):
        return False  # an embargo of the UN is a measure, against which transfers are held
    if act.kind is ResponseKind.EXPORT_CONTROL:
        return by.code != UNITED_NATIONS  # what the UN forbids is an embargo
    if act.kind is ResponseKind.INTERDICTION:
        return not _is_own_goods(act, by.code, hit)
    if act.kind is ResponseKind.DIPLOMATIC_PROTEST:
        return hit.party is not None and _is_outsider(act, by.code, hit.party.code)
    return True


def _is_own_goods(act: _Act, by: str, hit: _Hit) -> bool:
    """Whether a party would stop goods of its own: a receiver does only through those who enforce the
    law, "customs", "the navy"; a supplier never."""
    against = hit.party.code if hit.party else None
    sides = [one for one in act.transfers if against in (one.supplier, None) or by == one.supplier]
    if any(by == one.supplier for one in sides) and not _by_enforcers(act):
        return True
    return any(by == one.recipient for one in sides) and not _by_enforcers(act)


def _by_enforcers(act: _Act) -> bool:
    if "port_call" in act.cue.needs:
        return True
    found = argument_heads(act.token)[0]
    return any(act.scene.is_a(token, "enforcer") for token in phrases(found.subjects))


def _is_outsider(act: _Act, by: str, against: str) -> bool:
    """A protest comes from outside the transfer: the accused's answer is none."""
    if act.cue.hits == "asked" and any(
        by == one.supplier and against == one.recipient for one in act.transfers
    ):
        return True  # it asks what became of what it sent
    return not act.transfers or any(
        against in (one.supplier, one.recipient) and by not in (one.supplier, one.recipient)
        for one in act.transfers
    )


def _response(act: _Act, by: Party, hit: _Hit) -> Response:
    status = _status(act)
    anchors: dict[str, Spans] = {
        "kind": _kind_spans(act),
        "by": by.spans,
        "status": act.commitment.spans,
    }
    against = hit.party.code if hit.party else None
    if hit.party:
        anchors["against"] = hit.party.spans
    target = None
    if hit.target is not None and act.kind in _WITH_TARGET:
        anchors["target"] = (hit.target,)
        target = act.scene.parsed.text[hit.target.start : hit.target.end]
    day = _day(act, status)
    if day:
        anchors["on"] = day[1]
    return _make(
        act,
        act.kind,
        by=by.code,
        against=against,
        target=target,
        status=status,
        on=day[0] if day else None,
        anchors=anchors,
    )


def _status(act: _Act) -> ResponseStatus:
    if act.cue.status in ("", "negated"):
        done_by_refusing = act.cue.status == "negated"
        return ResponseStatus.DONE if done_by_refusing else act.commitment.status
    return ResponseStatus(act.cue.status)


def _kind_spans(act: _Act) -> Spans:
    nouns = [token for need in act.cue.needs if need not in NEEDS for token in act.phrase_words(need)]
    return tuple(sorted({span_of(act.token), *(span_of(token) for token in nouns[:1])}))


def _day(act: _Act, status: ResponseStatus) -> tuple[str, Spans] | None:
    if status is not ResponseStatus.DONE:
        return None
    mention = act.scene.day(act.token, act.commitment, spoken=act.kind in _SPOKEN)
    if mention is not None and mention.edtf is not None:
        return mention.edtf, (mention.span,)
    statement = act.scene.statement_at(act.token.idx)
    if act.kind in _SPOKEN and statement is not None and statement.said_on:
        spans = statement.anchors.get("said_on", ())
        return (statement.said_on, spans) if spans else None
    return None


def _make(
    act: _Act,
    kind: ResponseKind,
    *,
    by: str | None,
    against: str | None,
    target: str | None,
    status: ResponseStatus,
    on: str | None,
    anchors: Anchors,
) -> Response:
    document = act.scene.parsed.document.id
    key = "|".join([document, kind, by or "", against or "", status])
    fitting = [one for one in act.transfers if against in (one.supplier, one.recipient) and against]
    as_supplier = [one for one in fitting if one.supplier == against]
    answered = _nearest(act, as_supplier or fitting)
    return Response(
        id="s" + sha256(key.encode()).hexdigest()[:10],
        kind=kind,
        by=by,
        against=against,
        target=target,
        status=status,
        on=on,
        transfer=answered.id if answered else None,
        anchors=anchors,
    )


# ------------------------------------------------------------------------------ vetoes


def _blocked(act: _Act) -> list[Response]:
    """The measure that a veto stopped, by the body that would have taken it."""
    measure = _measure(act)
    body = _body(act, measure[1]) if measure else None
    if measure is None or body is None:
        return []
    kind, noun = measure
    found = argument_heads(noun)[0]
    heads = [*found.after(*_AGAINST), *(found.objects if noun.pos_ == "VERB" else ())]
    parties = [party for head in heads for party in act.scene.named(head)] or list(
        _found_near(act, body.code)
    )
    day = _day(act, act.commitment.status)
    made = []
    hit: list[Party | None] = [*parties[:1]] or [None]
    for party in hit:
        anchors: dict[str, Spans] = {
            "kind": (span_of(noun),),
            "by": body.spans,
            "status": (span_of(act.token),),
        }
        if party:
            anchors["against"] = party.spans
        if day:
            anchors["on"] = day[1]
        made.append(
            _make(
                act,
                kind,
                by=body.code,
                against=party.code if party else None,
                target=None,
                status=ResponseStatus.BLOCKED,
                on=day[0] if day else None,
                anchors=anchors,
            )
        )
    return made


def _measure(act: _Act) -> tuple[ResponseKind, Token] | None:
    """What would have been done: sanctions, the watch of a panel, a rebuke, something else."""
    for words in (act.matter(), act.token.sent):
        for token in words:
            if act.scene.is_a(token, "sanction") and token.pos_ == "NOUN" and not _qualifies(act, token):
                return ResponseKind.SANCTION, token
            if act.scene.is_a(token, "overseer") and token.pos_ in ("NOUN", "PROPN"):
                return ResponseKind.MONITORING, token
    rebukes = [t for t in act.matter() if t.pos_ == "VERB" and act.scene.is_a(t, "rebuke")]
    drafts = [t for t in act.matter() if act.scene.is_a(t, "draft")]
    if rebukes:
        return ResponseKind.DIPLOMATIC_PROTEST, rebukes[0]
    return (ResponseKind.OTHER, drafts[0]) if drafts else None


def _qualifies(act: _Act, token: Token) -> bool:
    """ "sanctions monitors": the watch of sanctions, not sanctions."""
    above = [token.head, token.head.head, token.head.head.head]
    return any(act.scene.is_a(word, "overseer") for word in above if word.sent.start == token.sent.start)


def _body(act: _Act, noun: Token) -> Party | None:
    """The body whose panel it is, else the organisation named nearest to the veto: in its sentence, or
    anywhere."""
    own = act.scene.actors.get(noun.i)
    if own is not None and own.kind is not ActorKind.STATE:
        return Party(own.code or "", (own.span,))
    inside = act.token.sent
    mentions = [
        mention
        for mention in act.scene.entities.actors
        if mention.kind is ActorKind.ORGANISATION and mention.code is not None
    ]
    near = [m for m in mentions if inside.start_char <= m.span.start < inside.end_char] or mentions
    nearest = min(near, key=lambda m: (abs(m.span.start - act.token.idx), m.span), default=None)
    return Party(nearest.code or "", (nearest.span,)) if nearest else None


def _found_near(act: _Act, body: str) -> Iterable[Party]:
    """Another state of the sentence that the measure may have been meant for."""
    doers = {party.code for party in _doers(act)}
    for token in act.token.sent:
        mention = act.scene.actors.get(token.i)
        behind = token.dep_ == "pobj" and token.head.lower_ in _AGAINST
        if mention is not None and behind and mention.code not in {*doers, body, None}:
            yield Party(mention.code or "", (mention.span,))


# ------------------------------------------------------------------------------ those who follow


def _followers(
    look: Scene, transfers: Sequence[ReportedTransfer], found: Sequence[Response]
) -> Iterator[Response]:
    """ "X imposed sanctions on Y. Z may follow": Z's is like the one told just before."""
    for token in look.parsed.doc:
        if not look.is_a(token, "following") or token.pos_ != "VERB":
            continue
        commitment = look.commitment(token)
        if commitment is None or commitment.negated or not _stands_alone(look, token):
            continue
        act = _Act(look, transfers, token, _FOLLOWING, commitment)
        start, _ = _sentences_around(act, before=1, after=0)
        models = [
            one
            for one in found
            if one.kind in _FOLLOWED
            and one.status is ResponseStatus.DONE
            and start <= one.anchors["kind"][0].start < token.idx
        ]
        named = _spoken_doers(act) if models else ()
        for by in named:
            yield _like(act, models[-1], by)


_FOLLOWING = Cue("follow", ResponseKind.SANCTION, (), "on", "")
_FOLLOWED = frozenset({ResponseKind.SANCTION, ResponseKind.EXPORT_CONTROL, ResponseKind.INVESTIGATION})


def _stands_alone(look: Scene, token: Token) -> bool:
    """ "follow", "follow suit", "do the same": of anything else that follows, something else is told."""
    found = argument_heads(token)[0]
    suit = [head for head in found.objects if look.is_a(head, "suit")]
    if lemma_of(token) == "follow" and not found.objects:
        return not any(child.dep_ in ("prep", "npadvmod", "ccomp") for child in token.children)
    return bool(suit)


def _spoken_doers(act: _Act) -> tuple[Party, ...]:
    named = act.scene.doers(act.token, act.commitment)
    if not act.commitment.own_words_only:
        return named
    return tuple(party for party in named if act.scene.says_so(act.token, party.code))


def _like(act: _Act, model: Response, by: Party) -> Response:
    anchors = {name: spans for name, spans in model.anchors.items() if name in ("kind", "against")}
    anchors |= {"by": by.spans, "status": act.commitment.spans}
    made = _make(
        act,
        model.kind,
        by=by.code,
        against=model.against,
        target=None,
        status=act.commitment.status,
        on=None,
        anchors=anchors,
    )
    return replace(made, transfer=model.transfer)


# ------------------------------------------------------------------------------ one of each


def _without_receivers(transfers: Sequence[ReportedTransfer], found: Sequence[Response]) -> list[Response]:
    """Without a protest to who receives, where one to who supplies it is told of the same actor."""
    protests = {(one.by, one.against) for one in found if one.kind is ResponseKind.DIPLOMATIC_PROTEST}
    return [
        one
        for one in found
        if one.kind is not ResponseKind.DIPLOMATIC_PROTEST
        or not any(t.recipient == one.against and (one.by, t.supplier) in protests for t in transfers)
    ]


def _settled(look: Scene, transfers: Sequence[ReportedTransfer], found: Sequence[Response]) -> list[Response]:
    """Without threats of what the same report tells as done, unless more of it is threatened, and without
    an unnamed measure beside a named one that the same veto blocked."""
    found = _without_receivers(transfers, found)
    done = {(one.kind, one.by, one.against) for one in found if one.status is ResponseStatus.DONE}
    blocked = {
        one.by for one in found if one.status is ResponseStatus.BLOCKED and one.kind is not ResponseKind.OTHER
    }
    return [
        one
        for one in found
        if not (
            one.status is ResponseStatus.THREATENED
            and (one.kind, one.by, one.against) in done
            and not _is_more(look, one)
        )
        and not (
            one.status is ResponseStatus.BLOCKED and one.kind is ResponseKind.OTHER and one.by in blocked
        )
    ]


def _is_more(look: Scene, response: Response) -> bool:
    """ "could impose further sanctions"."""
    tokens = look.parsed.tokens(response.anchors["kind"][0])
    return tokens is not None and any(look.is_a(token, "further") for token in tokens[0].sent)


def _inherit(found: Sequence[Response]) -> list[Response]:
    """A seizure told without its origin is like the document's others, where those agree."""
    known = {
        response.against: response
        for response in found
        if response.kind is ResponseKind.INTERDICTION and response.against is not None
    }
    if len(known) != 1:
        return list(found)
    ((against, model),) = known.items()
    return [
        replace(
            response,
            against=against,
            transfer=model.transfer,
            anchors={**response.anchors, "against": model.anchors["against"]},
        )
        if response.kind is ResponseKind.INTERDICTION and response.against is None
        else response
        for response in found
    ]


def _best(found: Sequence[Response]) -> tuple[Response, ...]:
    """One response for each kind, actor, party hit and status: the one that tells most, then the
    first; one that names nobody hit gives way to one of its kind and actor that does."""
    best: dict[tuple[str | None, ...], Response] = {}
    for response in found:
        key = (response.kind, response.by, response.against, response.status)
        if key not in best or len(response.anchors) > len(best[key].anchors):
            best[key] = response
    kept = [
        response
        for response in best.values()
        if response.against is not None
        or not any(
            other.against
            and (other.kind, other.by, other.status) == (response.kind, response.by, response.status)
            for other in best.values()
        )
    ]
    return tuple(sorted(kept, key=lambda one: (one.anchors["kind"], one.by or "", one.against or "")))
