"""From whom a row's information comes first-hand: how many origins are independent, not how many articles.

``pages`` says what each report shows, ``candidates`` puts together who may know; here it is judged.  A
holder counts as independent only where something tells that it knows for itself: evidence of its own, its
own part in the transfer, or that nobody had said it before.  Whoever says it after others and gives no
ground may know it from them: that is not known, and counts in ``at_most`` alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter.model import Citation, Copy, Origin, OriginKind, Origins, Stance
from tidewaiter.register.candidates import Candidate, candidates_of, speakers_apart
from tidewaiter.register.evidence import Use
from tidewaiter.register.holders import Nature
from tidewaiter.register.pages import Page, pages_of
from tidewaiter.register.positions import actor_of, actors_of
from tidewaiter.register.sources import Member, Sources, Told, distinct
from tidewaiter.wording import spoken

INDEPENDENT, DEPENDENT, UNCERTAIN = "independent", "dependent", "unknown"
ORDER = (INDEPENDENT, UNCERTAIN, DEPENDENT)
POWERS = (Nature.STATE, Nature.INTERGOVERNMENTAL, Nature.GROUP, Nature.OFFICIAL, Nature.FIRM)
"""Who may know a transfer by its own means without saying by which."""
PASSING_ON = (Nature.MEDIUM, Nature.HEARSAY)


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with the verdict on it."""

    candidate: Candidate
    standing: str
    why: str
    counts: int = 1  # more where officials of one holder rest on different evidence


@dataclass(frozen=True, slots=True)
class Weighed:
    """The origins of a row, and which of them each claim goes back to."""

    origins: Origins
    by_claim: Mapping[tuple[str, str], Judged]  # document and claim id
    denied_by: tuple[str, ...]  # actors, sorted


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
    denied = sorted(
        {actor_of(told.claim.speaker, actors) for told in claims if told.claim.stance is Stance.DENIES}
    )
    parties = {party for member in members for party in _parties(sources, member)}
    judged = _judge(sources, found, parties, set(denied))
    own = [_unattributed(sources, page, judged) for page in _own_pages(pages, groups, judged)]
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
    return Weighed(Origins(independent, at_most, why, tuple(shown)), by_claim, tuple(denied))


def _parties(sources: Sources, member: Member) -> tuple[str, ...]:
    row = sources.transfer(member)
    return tuple(party for party in (row.supplier, row.recipient) if party is not None)


def _order(one: Origin) -> tuple[int, str, str]:
    return ORDER.index(one.standing), one.holder, one.why


# ------------------------------------------------------------------------------------ copies


def copy_groups(documents: Sequence[str], copies: Iterable[Copy]) -> list[tuple[str, ...]]:
    """The documents in groups of copies, sorted."""
    group: dict[str, tuple[str, ...]] = {document: (document,) for document in documents}
    for copy in sorted(copies, key=lambda one: (one.a, one.b)):
        if copy.a in group and copy.b in group and group[copy.a] != group[copy.b]:
            joined = tuple(sorted({*group[copy.a], *group[copy.b]}))
            for document in joined:
                group[document] = joined
    return sorted(set(group.values()))


def _earliest(sources: Sources, group: Sequence[str]) -> str:
    """The report of a group of copies that was public first; where days tie, that of the lower id."""
    return min(group, key=lambda one: (sources.published[one] is None, sources.published[one] or "", one))


# ------------------------------------------------------------------------------------ judging


def _judge(
    sources: Sources, found: Mapping[str, Candidate], parties: set[str], denied: set[str]
) -> dict[str, Judged]:
    """Each candidate that asserts the transfer, or holds evidence of it, with its standing."""
    heard = [one for one in found.values() if _is_heard(one, denied)]
    knowing = [one for one in heard if one.holder.nature not in PASSING_ON or one.has_looked]
    judged = {one.holder.key: _standing(sources, one, knowing, parties) for one in heard}
    if not any(one.standing == INDEPENDENT for one in judged.values()):
        _take_first(judged)
    return {key: judged[key] for key in sorted(judged)}


def _is_heard(one: Candidate, denied: set[str]) -> bool:
    """Whether it asserts the transfer, or shows evidence without having denied it."""
    if one.voices:
        return True
    return one.has_looked and one.holder.key not in denied and one.holder.nature in (Nature.MEDIUM, Nature.BODY, Nature.INTERGOVERNMENTAL)


def _standing(
    sources: Sources, one: Candidate, knowing: Sequence[Candidate], parties: set[str]
) -> Judged:
    nature = one.holder.nature
    others = [other for other in knowing if other is not one]
    if nature in PASSING_ON and not one.has_looked:
        if nature is Nature.MEDIUM and not one.own_report and not others:
            return Judged(one, UNCERTAIN, "passes it on without saying from whom; its own report is not here")
        return Judged(one, DEPENDENT, "passes on what others say")
    if nature in (Nature.UNNAMED, Nature.HEARSAY):
        return Judged(one, UNCERTAIN, f"is not named{_rests(one)}")
    if (leaning := _leans(sources, one, others)) is not None:
        return leaning
    if one.holder.key in parties:
        return Judged(one, INDEPENDENT, f"is a party to the transfer and says so itself{_rests(one)}", _apart(one))
    if one.grounds:
        return Judged(one, INDEPENDENT, f"gives a ground of its own{_rests(one)}", _apart(one))
    if one.leaning(Use.ECHO):
        return Judged(one, UNCERTAIN, "agrees with others and gives no ground of its own")
    if nature not in POWERS:
        return Judged(one, UNCERTAIN, "does not say how it knows")
    earlier = [other for other in others if other.first < one.first]
    if nature is Nature.OFFICIAL and others:
        return Judged(one, UNCERTAIN, "gives no ground, and for which state it speaks is not told")
    if not earlier:
        tied = [other for other in others if other.first == one.first and _claims_to_know(other)]
        if all(one.holder.key < other.holder.key for other in tied):
            return Judged(one, INDEPENDENT, "gives no ground, but nobody here is known to have said it before")
        return Judged(one, UNCERTAIN, f"gives no ground, and {tied[0].holder.label} said it by the same day")
    before = min(earlier, key=lambda other: (other.first, other.holder.key))
    day = spoken(before.first)
    return Judged(one, UNCERTAIN, f"gives no ground, and {before.holder.label} had said it by {day}")


def _claims_to_know(other: Candidate) -> bool:
    """A power that like the one looked at gives no ground."""
    return not other.grounds and other.holder.nature in POWERS and other.holder.nature is not Nature.OFFICIAL


def _leans(sources: Sources, one: Candidate, others: Sequence[Candidate]) -> Judged | None:
    """Whether its knowledge is another's, by its own or the reports' words."""
    passed = one.leaning(Use.SHARED)
    if not passed and not one.grounds:
        passed = one.leaning(Use.ECHO)
        named = [other for other in others if any(other.holder.key in leaning.named for _, leaning in passed)]
        passed = passed if named else []
    if passed:
        words = _quoted(sources, passed[0])
        for other in others:
            if any(other.holder.key in leaning.named for _, leaning in passed):
                return Judged(one, DEPENDENT, f"rests on {other.holder.label} ({words})")
        if others:
            return Judged(one, UNCERTAIN, f"rests on knowledge that is not its own ({words}); whose is not told")
        return None
    summing = one.leaning(Use.SUMMING)
    if summing and not one.has_looked and one.holder.nature not in (Nature.STATE, Nature.GROUP, Nature.FIRM):
        return Judged(one, DEPENDENT, f"puts together what others say ({_quoted(sources, summing[0])})")
    return None


def _quoted(sources: Sources, leaning: tuple[str, object]) -> str:
    document, found = leaning
    cited = sources.cite(document, (found.sign.span,))  # type: ignore[attr-defined]
    return f"“{' '.join(cited.quote.split())}”" if cited else "no words"


def _rests(one: Candidate) -> str:
    found = [sign.what for sign in one.shown()]
    return f": {', '.join(found)}" if found else ""


def _apart(one: Candidate) -> int:
    """How many origins the holder is: officials of one state are one, unless their evidence differs."""
    return max(1, len(speakers_apart(one))) if one.holder.nature in (Nature.STATE, Nature.OFFICIAL) else 1


def _take_first(judged: dict[str, Judged]) -> None:
    """Somebody knew it, where a power says it, even if all lean on others: the first counts."""
    powers = [one for one in judged.values() if one.candidate.holder.nature in POWERS]
    if powers:
        first = min(powers, key=lambda one: (one.candidate.first, one.candidate.holder.key))
        why = f"the first to say it here; {first.why}"
        judged[first.candidate.holder.key] = Judged(first.candidate, INDEPENDENT, why)


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


def _unattributed(sources: Sources, page: Page, judged: Mapping[str, Judged]) -> Origin:
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
    found: tuple[Citation, ...] = one.candidate.cited(sources)
    why = one.why
    if one.counts > 1:
        apart = "; ".join(", ".join(kinds) for kinds in speakers_apart(one.candidate))
        why = f"{why}; counts as {one.counts}, as its officials rest on different evidence ({apart})"
    return Origin(one.candidate.kind(), one.candidate.holder.label, one.standing, why, found)


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
