"""What is no response after all: measures lifted, a party's own goods, the answer of the accused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tidewaiter.model import ResponseKind
from tidewaiter.reading.deeds.acts import Party, argument_heads, lemma_of, phrases
from tidewaiter.reading.deeds.agents import by_enforcers
from tidewaiter.reading.deeds.clause import ORGANISATIONS, UNITED_NATIONS, Act
from tidewaiter.reading.deeds.hits import Hit

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token


def is_undone(act: Act) -> bool:
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


def _is_menace(act: Act, word: Token) -> bool:
    """ "could face sanctions": they are not there yet."""
    modal = any(child.dep_ == "aux" and child.tag_ == "MD" for child in word.children)
    return modal and act.scene.is_a(word, "subjected")


def _stops(act: Act, word: Token) -> bool:
    """ "vetoed a bid to impose sanctions": what stands below was not done."""
    return (
        any(cue.value == ResponseKind.VETO for cue in act.scene.cues(word)) and act.kind != ResponseKind.VETO
    )


def is_admissible(act: Act, by: Party, hit: Hit) -> bool:
    """Whether ``by`` acting so against ``hit`` is a response."""
    if act.cue.hits == "subject":
        return hit.party is not None and (act.commitment.own_words_only or lemma_of(act.token) != "face")
    test = _TESTS.get(act.kind)
    return test is None or test(act, by, hit)


def _is_sanction(act: Act, by: Party, hit: Hit) -> bool:
    if act.token.pos_ == "NOUN":
        return hit.party is not None and by.code != UNITED_NATIONS
    # an embargo is a measure in force, against which transfers are held
    return by.code not in ORGANISATIONS or not act.phrase_words("embargo")


def _is_control(act: Act, by: Party, hit: Hit) -> bool:
    """Not an embargo of the UN, nor anything that only a receiver does."""
    received = hit.party is None and any(by.code == one.recipient for one in act.transfers)
    return by.code != UNITED_NATIONS and not received


def _is_referral(act: Act, by: Party, hit: Hit) -> bool:
    """Not the accused asking for an inquiry: that is its answer."""
    return hit.party is not None or not any(by.code == one.supplier for one in act.transfers)


def _is_seizure(act: Act, by: Party, hit: Hit) -> bool:
    return not _is_robbery(act) and not _is_own_goods(act, by.code, hit)


def _is_protest(act: Act, by: Party, hit: Hit) -> bool:
    if hit.party is None or _is_about_fighting(act):
        return False
    if act.cue.hits in ("with", "host"):
        return True  # a party too may break with the other
    return _is_outsider(act, by.code, hit.party.code)


def _is_about_fighting(act: Act) -> bool:
    """ "condemned the attack of X": not its arms."""
    objects = argument_heads(act.token)[0].objects
    fought = [head for head in objects if act.scene.is_a(head, "violence")]
    return bool(fought) and not any(token.i in act.scene.goods for token in phrases(objects))


def _is_robbery(act: Act) -> bool:
    """Whether pirates or the like took the ship, and navies look on."""
    return any(act.scene.is_a(token, "robber") for token in act.token.sent)


def _is_own_goods(act: Act, by: str, hit: Hit) -> bool:
    """Whether a party would stop goods of its own: a receiver does only through those who enforce the
    law, "customs", "the navy"; a supplier never."""
    against = hit.party.code if hit.party else None
    sides = [one for one in act.transfers if against in (one.supplier, None) or by == one.supplier]
    if any(by == one.supplier for one in sides) and not by_enforcers(act):
        return True
    return any(by == one.recipient for one in sides) and not by_enforcers(act)


def _is_outsider(act: Act, by: str, against: str) -> bool:
    """A protest comes from outside the transfer: the accused's answer is none."""
    if act.cue.hits == "asked" and any(
        by == one.supplier and against == one.recipient for one in act.transfers
    ):
        return True  # it asks what became of what it sent
    return not act.transfers or any(
        against in (one.supplier, one.recipient) and by not in (one.supplier, one.recipient)
        for one in act.transfers
    )


_TESTS: Mapping[ResponseKind, Callable[[Act, Party, Hit], bool]] = {
    ResponseKind.SANCTION: _is_sanction,
    ResponseKind.EXPORT_CONTROL: _is_control,
    ResponseKind.UN_REFERRAL: _is_referral,
    ResponseKind.INTERDICTION: _is_seizure,
    ResponseKind.DIPLOMATIC_PROTEST: _is_protest,
}
