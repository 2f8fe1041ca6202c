"""Whom an act hits, by the words of its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tidewaiter.model import ActorForm, ActorKind, ResponseKind, Span
from tidewaiter.reading.deeds.acts import Party, argument_heads, phrases, span_of
from tidewaiter.reading.deeds.agents import envoys_of, who_acts
from tidewaiter.reading.deeds.clause import AGAINST, TO, UNITED_NATIONS, Act, named_at
from tidewaiter.reading.syntax import arguments, conjuncts

if TYPE_CHECKING:
    from tidewaiter.reading.tokens import Token

_PRONOUNS = frozenset({"those", "anyone", "all", "others", "whoever", "them", "any"})


@dataclass(frozen=True, slots=True)
class Hit:
    """Whom an act hits: a code, and a firm, person or programme as worded."""

    party: Party | None
    target: Span | None = None


def _hit_on(act: Act) -> list[Hit]:
    """ "sanctions on X": behind the preposition of the act or of the noun it acts with."""
    nouns = [token for need in act.cue.needs for token in act.phrase_words(need)]
    heads = [head for word in (act.token, *nouns) for head in argument_heads(word)[0].after(*AGAINST, "for")]
    hits = _hits(act, [head for head in heads if head not in nouns])
    if any(hit.party for hit in hits):
        return hits
    return _put_under(act, nouns) or _subjected(act) or hits


def _put_under(act: Act, nouns: Sequence[Token]) -> list[Hit]:
    """ "put X under sanctions"."""
    found = argument_heads(act.token)[0]
    under = found.after("under")
    return _hits(act, found.objects) if any(head in nouns for head in under) else []


def _subjected(act: Act) -> list[Hit]:
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


def _hit_object(act: Act) -> list[Hit]:
    found = argument_heads(act.token)[0]
    heads = [*found.datives, *found.objects]
    return _hits(act, [head for head in heads if not any(act.scene.is_a(head, n) for n in ("sanction",))])


def _hit_asked(act: Act) -> list[Hit]:
    found = argument_heads(act.token)[0]
    heads = [*found.datives, *found.objects, *found.after("from", "of")]
    return _hits(act, [head for head in heads if not act.scene.is_a(head, "explanation")])


def _hit_source(act: Act) -> list[Hit]:
    """Whose goods are meant: named by what the act is about, else the supplier of the transfer."""
    supplier = _supplier_like(act)
    if supplier is None or (act.kind is ResponseKind.INVESTIGATION and _sent_by_doer(act, supplier)):
        return []
    return [Hit(supplier)]


def _sent_by_doer(act: Act, party: Party) -> bool:
    """Whether an inquiry is into what its own side sent to ``party``."""
    doers = {one.code for one in who_acts(act)}
    sent = [one for one in act.transfers if one.recipient == party.code]
    return bool(sent) and all(one.supplier in doers for one in sent)


def _hit_host(act: Act) -> list[Hit]:
    """ "recalled its ambassador to X", "pulled its envoy out of X"."""
    own = argument_heads(act.token)[0].after("from", "of")
    heads = [head for envoy in envoys_of(act) for head in argument_heads(envoy)[0].after("to", "in", "from")]
    heads = [*heads, *own]
    return _named_hits(act, heads) or _hit_source(act)


def _hit_sender(act: Act) -> list[Hit]:
    """ "summoned X's ambassador"."""
    return _named_hits(act, envoys_of(act)) or _hit_source(act)


def _hit_with(act: Act) -> list[Hit]:
    """ "severed ties with X"."""
    words = [act.token, *act.phrase_words("ties")]
    heads = [head for word in words for head in argument_heads(word)[0].after("with", "to")]
    return _named_hits(act, heads) or _hit_source(act)


def _hit_subject(act: Act) -> list[Hit]:
    """ "X could face sanctions", "warned X that it could"."""
    subjects = argument_heads(act.token)[0].subjects
    told = next((verb for verb in act.token.ancestors if verb.pos_ == "VERB"), None)
    if told is not None and all(head.pos_ == "PRON" for head in subjects):
        subjects = [*arguments(told).objects, *arguments(told).datives, *subjects]
    return _named_hits(act, subjects)


def _named_hits(act: Act, heads: Iterable[Token]) -> list[Hit]:
    doers = {party.code for party in who_acts(act)}
    named = [party for head in heads for party in act.scene.named(head)]
    return [Hit(party) for party in named if party.code not in {*doers, UNITED_NATIONS}][:1]


def _hit_matter(act: Act) -> list[Hit]:
    """Brought before a body "against X", else over what X did."""
    words = [act.token, *act.phrase_words("complaint"), *act.phrase_words("issue")]
    heads = [head for word in words for head in argument_heads(word)[0].after("against")]
    named = [party for head in heads for party in act.scene.named(head) if party.code != UNITED_NATIONS]
    return [Hit(party) for party in named] or _hit_source(act)


def _supplier_like(act: Act) -> Party | None:
    """The first state that what the act is about names as owner or origin."""
    doers = {party.code for party in who_acts(act)}
    behind: list[Party] = []
    named = [party for token in act.matter() if (party := named_at(act, token))]
    codes = {party.code for party in named} - doers
    told = {one.supplier for one in act.transfers if {one.supplier, one.recipient} <= codes}
    if len(told) == 1:  # "sales between X and Y" where X is told to supply Y
        return next(party for party in named if party.code in told)
    for token in act.matter():
        party = named_at(act, token)
        if party is None or party.code in doers:
            continue
        if not _is_destination(act, token):
            return party
        if act.kind is not ResponseKind.INTERDICTION:  # there it is where the ship was stopped
            behind.append(party)
    return behind[0] if behind else None


def _is_destination(act: Act, token: Token) -> bool:
    """ "to X", "bound for X", "in X", "off X"."""
    head = token
    while head.dep_ in ("compound", "det", "conj", "amod") and head.head.i != head.i:
        head = head.head
    if head.left_edge.i and head.left_edge.nbor(-1).lower_ == "off":  # often taken for a particle
        return True
    if head.dep_ == "pobj" and head.head.lower_ == "of" and act.scene.is_a(head.head.head, "shore"):
        return True  # "near the coast of X"
    return head.dep_ == "pobj" and head.head.lower_ not in ("from", "by", "of", "against")


def _hit_recipient(act: Act) -> list[Hit]:
    """Who would have received: the first that "to" or "for" names; what follows tells of use."""
    words = (act.token, *phrases(act.heads()))
    heads = {head.i: head for word in words for head in argument_heads(word)[0].after(*TO, "on")}
    for index in sorted(heads):
        hits = [replace(hit, target=None) for hit in _hits(act, [heads[index]]) if hit.party]
        if hits:
            return hits
    return _first_other(act)


def _first_other(act: Act) -> list[Hit]:
    codes = {party.code for party in who_acts(act)}
    for token in act.matter():
        mention = act.scene.actors.get(token.i)
        if mention is not None and mention.code and mention.code not in codes | {UNITED_NATIONS}:
            return [Hit(Party(mention.code, (mention.span,)))]
    return []


def _hit_draft(act: Act) -> list[Hit]:
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
        return [Hit(party) for party in named if party.code != UNITED_NATIONS][:1]
    return _sponsor(act)


def _is_topic(act: Act, token: Token) -> bool:
    """ "the X arms text": a state's bare name before "text" says what it is about, not whose it is."""
    mention = act.scene.actors[token.i]
    if act.scene.is_a(token.head, "sponsoring") or act.scene.parsed.text[mention.span.end :][:1] in "-‑":
        return False
    return mention.form is ActorForm.NAME and mention.kind is ActorKind.STATE and token.dep_ != "poss"


def _sponsor(act: Act) -> list[Hit]:
    """ "Y-led", "Y-drafted", whatever the noun behind it."""
    words = act.scene.table.classes.get("sponsoring", frozenset())
    for token in act.matter():
        mention = act.scene.actors.get(token.i)
        joined = token.lower_.rpartition("-")[2] in words  # "Y-led" as one token
        if mention is not None and (
            joined or (token.dep_ == "npadvmod" and act.scene.is_a(token.head, "sponsoring"))
        ):
            return [Hit(Party(mention.code or "", (mention.span,)))]
    return []


def _hits(act: Act, heads: Sequence[Token]) -> list[Hit]:
    """One hit for each state named by the phrases; a phrase that names none is a target alone."""
    found: list[Hit] = []
    doers = {party.code for party in who_acts(act)}
    for head in heads:
        target = _target(act, head)
        named = act.scene.named(head)
        parties = tuple(party for party in named if party.code not in doers) or _both(act, head)
        if parties:
            found.extend(Hit(party, target) for party in parties)
        elif target is not None:
            found.append(Hit(_served(act, head, doers), target))
    return found


def _served(act: Act, head: Token, doers: set[str]) -> Party | None:
    """For a firm of no told state, whose traffic it serves: the supplier of the transfer to the state
    that the words about the firm name, else that state."""
    parties = [party for token in head.subtree if (party := named_at(act, token))]
    party = next((one for one in parties if one.code not in doers), None)
    if party is None:
        return None
    for transfer in act.transfers:
        spans = transfer.anchors.get("supplier", ())[:1]
        if transfer.recipient == party.code and transfer.supplier not in {*doers, None} and spans:
            return Party(transfer.supplier or "", spans)
    return party


def _both(act: Act, head: Token) -> tuple[Party, ...]:
    """ "both countries": the two states named last before."""
    if not any(act.scene.is_a(child, "both") for child in head.children):
        return ()
    if not act.scene.is_a(head, "state_noun"):
        return ()
    doers = {party.code for party in who_acts(act)}
    latest: dict[str, Party] = {}
    for mention in reversed(act.scene.entities.actors):
        known = mention.code is not None and mention.code not in doers and mention.kind is ActorKind.STATE
        if mention.span.end <= head.idx and known and mention.code not in latest:
            latest[mention.code or ""] = Party(mention.code or "", (span_of(head), mention.span))
    return tuple(list(latest.values())[:2])


def _target(act: Act, head: Token) -> Span | None:
    """The words of a phrase that is not simply a state's or group's name."""
    mention = act.scene.actors.get(head.i)
    if mention is not None and mention.kind not in (ActorKind.FIRM, ActorKind.PERSON, ActorKind.OFFICE):
        return None
    if head.lower_ in _PRONOUNS or head.pos_ not in ("NOUN", "PROPN"):
        return None
    last = [token for token in conjuncts(head) if token.pos_ in ("NOUN", "PROPN")][-1]
    first = next((t for t in head.doc[head.left_edge.i : head.i + 1] if t.pos_ not in ("DET", "PUNCT")), head)
    return Span(first.idx, last.idx + len(last.text))


STRATEGIES: Mapping[str, Callable[[Act], list[Hit]]] = {
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
