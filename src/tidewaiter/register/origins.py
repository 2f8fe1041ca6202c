"""From whom a row's information comes first-hand: how many origins are independent, not how many articles.

``pages`` says what each report shows, ``candidates`` puts together who may know, ``judging`` who of them
does.  Here they are counted: those that certainly know for themselves in ``independent``, those of whom it
is not known in ``at_most`` too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.model import Copy, Origin, OriginKind, Origins, Stance
from tidewaiter.register.candidates import candidates_of
from tidewaiter.register.evidence import Use
from tidewaiter.register.holders import Holder
from tidewaiter.register.pages import Page, pages_of
from tidewaiter.register.positions import actors_of
from tidewaiter.register.sources import Member, Sources, Told, distinct
from tidewaiter.register.standings import DEPENDENT, INDEPENDENT, PASSING_ON, UNCERTAIN, Judged, judge
from tidewaiter.union import components

ORDER = (INDEPENDENT, UNCERTAIN, DEPENDENT)
"""In which origins are shown: the counted ones first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The origins of a row, and which of them each claim goes back to."""

    origins: Origins
    judged: Mapping[str, Judged]  # by the holder's key
    by_claim: Mapping[tuple[str, str], Judged]  # document and claim id; of assertions
    holders: Mapping[tuple[str, str], Holder]  # of every claim
    pages: tuple[Page, ...]  # what each report shows


def origins_of(
    sources: Sources, members: Sequence[Member], claims: Sequence[Told], copies: Iterable[Copy]
) -> Origins:
    """The origins of one row, with the reason for each and a sentence on the whole."""
    return weigh(sources, members, claims, copies).origins


def weigh(
    sources: Sources, members: Sequence[Member], claims: Sequence[Told], copies: Iterable[Copy]
) -> Weighed:
    """Who knows it first-hand; the result does not depend on the order of anything given."""
    actors = actors_of(claims)
    pages = pages_of(sources, members, claims, actors)
    groups = copy_groups([page.document for page in pages], copies)
    first_of = {one: _earliest(sources, group) for group in groups for one in group}
    found = candidates_of(sources, pages, first_of)
    denied = {
        voice.holder.key
        for page in pages
        for voice in page.others
        if voice.told.claim.stance is Stance.DENIES
    }
    parties = {party for member in members for party in _parties(sources, member)}
    judged = judge(sources, found, parties, denied)
    own = [_unattributed(sources, page) for page in _own_pages(pages, groups, judged)]
    examined = [
        one for page in _unexamined(pages, groups, judged) if (one := _nobodys(sources, page)) is not None
    ]
    origins = [_origin(sources, one) for one in judged.values()]
    shown = sorted((*origins, *own, *examined), key=_order)
    independent = sum(one.counts for one in judged.values() if one.standing == INDEPENDENT)
    at_most = independent + sum(one.standing == UNCERTAIN for one in shown)
    why = _sentence(independent, at_most, shown, len(pages), len(groups))
    by_claim = {
        (voice.told.document, voice.told.claim.id): one
        for one in judged.values()
        for voice in one.candidate.voices
    }
    holders = {
        (voice.told.document, voice.told.claim.id): voice.holder
        for page in pages
        for voice in (*page.voices, *page.others)
    }
    return Weighed(Origins(independent, at_most, why, tuple(shown)), judged, by_claim, holders, pages)


def _parties(sources: Sources, member: Member) -> tuple[str, ...]:
    row = sources.transfer(member)
    return tuple(party for party in (row.supplier, row.recipient) if party is not None)


def _order(one: Origin) -> tuple[int, str, str]:
    return ORDER.index(one.standing), one.holder, one.why


# ------------------------------------------------------------------------------------ copies


def copy_groups(documents: Sequence[str], copies: Iterable[Copy]) -> list[tuple[str, ...]]:
    """The documents in groups of copies, sorted."""
    known = frozenset(documents)
    pairs = [(copy.a, copy.b) for copy in copies if copy.a in known and copy.b in known]
    return [*components(documents, pairs)]


def _earliest(sources: Sources, group: Sequence[str]) -> str:
    """The report of a group of copies that was public first; where days tie, that of the lower id."""
    return min(group, key=lambda one: (sources.published[one] is None, sources.published[one] or "", one))


# ------------------------------------------------------------------------------------ reports


def _own_pages(
    pages: Sequence[Page], groups: Sequence[tuple[str, ...]], judged: Mapping[str, Judged]
) -> list[Page]:
    """One report of each group of copies that tells of the transfer in its own words, names nobody who
    asserts it and passes on nobody who does."""
    by_document = {page.document: page for page in pages}
    found = []
    for group in groups:
        ours = [by_document[document] for document in group]
        if any(page.voices or page.named & _holders(judged) or _looked(page, judged) for page in ours):
            continue
        speaking = [page for page in ours if page.speaks_itself]
        if speaking and not any(_is_relay(page) for page in ours):
            found.append(speaking[0])
    return found


def _holders(judged: Mapping[str, Judged]) -> frozenset[object]:
    return frozenset(one.candidate.holder for one in judged.values())


def _looked(page: Page, judged: Mapping[str, Judged]) -> bool:
    own = judged.get(page.outlet.key)
    return own is not None and any(document == page.document for document, _ in own.candidate.grounds)


def _is_relay(page: Page) -> bool:
    return any(one.nature in PASSING_ON and one.key != page.outlet.key for one in page.named) or any(
        one.holder == page.outlet and one.sign.use is Use.SUMMING for one in page.leanings
    )


def _unattributed(sources: Sources, page: Page) -> Origin:
    cited = distinct((sources.cite(page.document, (page.mention,) if page.mention else ()),))
    return Origin(
        OriginKind.UNNAMED,
        page.outlet.label,
        UNCERTAIN,
        "the report names nobody who says it: it may have an origin of its own",
        cited,
    )


def _unexamined(
    pages: Sequence[Page], groups: Sequence[tuple[str, ...]], judged: Mapping[str, Judged]
) -> list[Page]:
    """One report of each group of copies with evidence that it does not say who examined, unless its
    kind is somebody's already."""
    known = {kind for one in judged.values() for kind in one.candidate.kinds}
    by_document = {page.document: page for page in pages}
    found = []
    for group in groups:
        for page in (by_document[document] for document in group):
            kinds = {one.sign.kind for one in page.grounds if one.holder is None}
            if kinds - known and any(one.value in kinds - known for one in OriginKind):
                found.append(page)
                known |= kinds
                break
    return found


def _nobodys(sources: Sources, page: Page) -> Origin | None:
    kinds = {one.value for one in OriginKind}
    grounds = [one for one in page.grounds if one.holder is None and one.sign.kind in kinds]
    if not grounds:
        return None
    first = grounds[0]
    cited = distinct(sources.cite(page.document, (one.sign.span,)) for one in grounds)
    why = f"{first.sign.what} in {page.outlet.label}, which does not tell who examined it"
    return Origin(OriginKind(first.sign.kind), "not told who", UNCERTAIN, why, cited)


# ------------------------------------------------------------------------------------ in words


def _origin(sources: Sources, one: Judged) -> Origin:
    cited = one.candidate.cited(sources, is_leaning=one.standing != INDEPENDENT)
    return Origin(one.candidate.kind(), one.candidate.holder.label, one.standing, one.why, cited)


def _sentence(independent: int, at_most: int, shown: Sequence[Origin], reports: int, apart: int) -> str:
    """The sentence that an editor can print."""
    parts = [_named(independent, shown)]
    if at_most > independent:
        unsure = [one for one in shown if one.standing == UNCERTAIN]
        parts.append(f"at most {at_most}, as it is not known of {_list(unsure)}")
    if leaning := [one for one in shown if one.standing == DEPENDENT]:
        parts.append(f"not counted: {'; '.join(f'{one.holder}, which {one.why}' for one in leaning)}")
    told = f"told in {_count(reports, 'report')}"
    parts.append(told if apart == reports else f"{told}, {apart} when copies of one another count once")
    return "; ".join(parts)


def _named(independent: int, shown: Sequence[Origin]) -> str:
    if independent == 0:
        return "Nobody is known to say it first-hand"
    counted = [one for one in shown if one.standing == INDEPENDENT]
    return f"{_count(independent, 'independent origin')}: {_list(counted)}"


def _list(origins: Sequence[Origin]) -> str:
    return "; ".join(f"{one.holder} ({one.why})" for one in origins)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
