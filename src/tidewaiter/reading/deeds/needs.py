"""What a cue needs of its clause to be a response: "seized" goods or a ship, "summoned" an envoy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from tidewaiter.reading.deeds.acts import argument_heads, phrases
from tidewaiter.reading.deeds.agents import by_enforcers, who_acts
from tidewaiter.reading.deeds.clause import UNITED_NATIONS, Act, named_at
from tidewaiter.reading.deeds.nearness import is_near_transfer, is_told_near
from tidewaiter.reading.syntax import has_negation

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_BEFORE = frozenset({"to", "at", "before", "with", "in"})
_ABOARD = ("on", "aboard", "in", "inside")
_DEMONSTRATIVE = frozenset({"this", "these", "it", "such"})


def _speaks_of_goods(act: Act, tokens: Iterable[Token]) -> bool:
    return any(
        token.i in act.scene.goods
        or act.scene.is_a(token, "shipment")
        or (token.pos_ in ("VERB", "AUX") and act.scene.is_a(token, "supplying"))
        for token in tokens
    )


def _weapon_or_cargo(act: Act, tokens: Iterable[Token]) -> bool:
    return any(token.i in act.scene.goods for token in tokens)


def _tied(act: Act) -> bool:
    """Whether the clause, or at least its sentence, is about supplying arms."""
    matter = act.matter()
    if _speaks_of_goods(act, matter) or _speaks_of_goods(act, act.token.sent):
        return True
    return bool(act.transfers) and any(token.lower_ in _DEMONSTRATIVE for token in matter)


def _to_un(act: Act) -> bool:
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


def _is_un(act: Act, token: Token) -> bool:
    mention = act.scene.actors.get(token.i)
    return mention is not None and mention.code == UNITED_NATIONS


def _mentions_un(act: Act) -> bool:
    return any(_is_un(act, token) for token in act.matter())


def _has_list(act: Act) -> bool:
    return any(
        token.lower_ == "blacklist" or any(act.scene.is_a(part, "list_kind") for part in token.lefts)
        for token in act.phrase_words("list")
    )


def _asks_to_stop(act: Act) -> bool:
    matter = act.matter()
    if any(child.lower_ in ("us", "me") for child in act.token.children):  # "told us last night"
        return False
    stops = any(act.scene.is_a(token, "stopping") or _negated_infinitive(token) for token in matter)
    return stops and _speaks_of_goods(act, (t for t in matter if not act.scene.is_a(t, "stopping")))


def _negated_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and has_negation(token)


def _watches_receipt(act: Act) -> bool:
    return any(act.scene.is_a(token, "receipt") for token in act.matter()) and not _weapon_test(act)


def _watches_traffic(act: Act) -> bool:
    """Flights, ships or dealings, where the report tells of a transfer."""
    matter = act.matter()
    watched = any(act.scene.is_a(t, "vessel") or act.scene.is_a(t, "dealings") for t in matter)
    return watched and bool(act.transfers) and not _weapon_test(act)


def _follows_closely(act: Act) -> bool:
    closely = any(act.scene.is_a(child, "closely") for child in act.token.children)
    return closely and (_watches_traffic(act) or NEEDS["goods"](act))


def _told_issue(act: Act) -> bool:
    """ "looking into the reports", "whether X broke the terms", where the report tells of a transfer."""
    matter = [token for token in act.matter() if token.pos_ not in ("PRON", "DET")]
    told = any(act.scene.is_a(t, "issue") or act.scene.is_a(t, "breach") for t in matter)
    return told and bool(act.transfers) and is_near_transfer(act)


def _looks_into(act: Act) -> bool:
    into = [child for child in act.token.children if child.dep_ == "prep" and child.lower_ == "into"]
    return bool(into) and _told_issue(act)


def _goods_into(act: Act) -> bool:
    """ "looking into the arms deal", not into deals on roads."""
    heads = argument_heads(act.token)[0].after("into")
    civilian = any(act.scene.is_a(token, "civilian") for head in heads for token in head.subtree)
    return _speaks_of_goods(act, phrases(heads)) and not civilian


def _weapon_test(act: Act) -> bool:
    return any(act.scene.is_a(token, "testing") for token in act.matter())


def _of_arms(act: Act, word_class: str) -> bool:
    """Whether what is stopped or licensed is of the class, and the sentence is about arms."""
    found = argument_heads(act.token)[0]
    heads = found.after("of", "on", "to") if act.token.pos_ == "NOUN" else found.objects
    about_arms = _weapon_or_cargo(act, act.matter()) or _weapon_or_cargo(act, act.token.sent)
    return any(act.scene.is_a(token, word_class) for token in phrases(heads)) and (
        about_arms or is_near_transfer(act)
    )


def _takes_off_vessel(act: Act) -> bool:
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


def _found_by_enforcers(act: Act) -> bool:
    """To find is to seize only where those find who enforce the law."""
    found = argument_heads(act.token)[0]
    return any(act.scene.is_a(t, "enforcer") or act.scene.ship(t) for t in phrases(found.subjects))


def _taken_by_enforcers(act: Act) -> bool:
    """ "a destroyer took 200 rifles"."""
    found = argument_heads(act.token)[0]
    forces = [token for token in phrases(found.subjects) if act.scene.is_a(token, "enforcer")]
    return bool(forces) and _weapon_or_cargo(act, phrases(found.objects))


def _cargo(act: Act) -> bool:
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
    return not flying or by_enforcers(act) or any(act.scene.is_a(t, name) for t in matter for name in classes)


def _made_land(act: Act) -> bool:
    """ "was made to land", "forced the plane down"."""
    landing = any(act.scene.is_a(token, "landing") for token in act.token.subtree)
    carrier = any(act.scene.is_a(token, "vessel") for token in act.token.sent)
    return landing and carrier and (_tied(act) or is_near_transfer(act))


def _un_asked(act: Act) -> bool:
    """ "asked the UN to", not "asked somebody to end what the UN does"."""
    found = argument_heads(act.token)[0]
    return any(_is_un(act, token) for token in phrases([*found.objects, *found.datives]))


def _summons(act: Act) -> bool:
    """ "called the ambassador to the ministry, to explain"."""
    called = any(act.scene.is_a(token, "summoning") for token in act.token.subtree)
    return called and NEEDS["envoy"](act)


def _port_call(act: Act) -> bool:
    """ "was not allowed to dock", "denied the ship entry to its ports"."""
    return bool(act.phrase_words("vessel")) and any(
        act.scene.is_a(token, "port_call") for token in act.matter()
    )


def _envoy_home(act: Act) -> bool:
    """ "called its ambassador home", "pulls its envoy out", "brought back"."""
    home = any(act.scene.is_a(child, "home") for child in act.token.subtree)
    return home and NEEDS["envoy"](act)


def _cut_ties(act: Act) -> bool:
    """ "severed ties over the arms", not over a war."""
    if any(act.scene.is_a(token, "violence") for token in act.matter()):
        return False
    return bool(act.phrase_words("ties")) and (_tied(act) or is_near_transfer(act) or bool(act.transfers))


def _explain(act: Act) -> bool:
    """ "demanded that the deal be explained"."""
    told = any(act.scene.is_a(token, "explaining") for token in act.matter())
    return told and (_tied(act) or is_near_transfer(act))


def _no_supply(act: Act) -> bool:
    """ "decided that no weapons would be delivered"."""
    matter = act.matter()
    supplied = [t for t in matter if t.pos_ == "VERB" and act.scene.is_a(t, "supplying")]
    denied = any(has_negation(verb) for verb in supplied) or any(t.lower_ in ("no", "not") for t in matter)
    return denied and bool(supplied) and _weapon_or_cargo(act, matter)


def _programme(act: Act) -> bool:
    """ "removed X from the programme of the fighter"."""
    behind = phrases(argument_heads(act.token)[0].after("from", "out", "of"))
    words = [*behind, *(t for head in behind for t in head.subtree)]
    return any(act.scene.is_a(t, "programme") for t in words) and (
        _weapon_or_cargo(act, words) or _weapon_or_cargo(act, act.token.sent)
    )


def _condemns_side(act: Act) -> bool:
    """ "condemned Y's interference", where Y was just told to supply: not an attack or a war."""
    matter = act.matter()
    named = {party.code for token in matter if (party := named_at(act, token))}
    fought = any(act.scene.is_a(token, "violence") for token in matter)
    near = [one for one in act.transfers if is_told_near(act, one)]
    return not fought and not _weapon_test(act) and any(one.supplier in named for one in near)


def _finds_out(act: Act) -> bool:
    """ "is working to find out how this happened"."""
    words = [token for token in act.token.subtree if act.scene.is_a(token, "tracing")]
    asked = any(token.lower_ in ("how", "whether", "where", "what") for token in act.token.subtree)
    return bool(words) and asked and is_near_transfer(act)


def _un_action(act: Act) -> bool:
    return _mentions_un(act) and any(act.scene.is_a(token, "action") for token in act.matter())


def _un_turns_down(act: Act) -> bool:
    by_un = any(party.code == UNITED_NATIONS for party in who_acts(act))
    return by_un and any(act.scene.is_a(token, "draft") for token in act.matter())


NEEDS: Mapping[str, Callable[[Act], bool]] = {
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
    "goods_alone": lambda act: NEEDS["goods"](act) and not act.phrase_words("vessel"),
    "made_land": _made_land,
    "un_asked": _un_asked,
    "summons": _summons,
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
    "goods_into": _goods_into,
    "licence": lambda act: _of_arms(act, "licence"),
    "export": lambda act: _of_arms(act, "export"),
    "control": lambda act: bool(act.phrase_words("control")) and bool(act.phrase_words("export")),
    "to_export": lambda act: (
        any(token.pos_ == "VERB" and act.scene.is_a(token, "exporting") for token in act.matter())
        and _weapon_or_cargo(act, act.matter())
    ),
    "protest": lambda act: bool(act.phrase_words("protest")) and _tied(act) and not act.phrase_words("legal"),
    "envoy": lambda act: (
        any(act.scene.is_a(token, "envoy") for token in [*act.matter(), *argument_heads(act.token)[1]])
        and (_tied(act) or is_near_transfer(act))
    ),
    "decision": lambda act: bool(act.phrase_words("reconsideration")) and _tied(act),
}
"""Tests of a cue's arguments; a name that is not here is a word class that one of them must be in."""


def holds(act: Act) -> bool:
    """Whether one of the things that the cue needs holds."""
    return not act.cue.needs or any(
        NEEDS[need](act) if need in NEEDS else bool(act.phrase_words(need)) for need in act.cue.needs
    )
