"""Whether a holder knows a transfer for itself, from others, or it cannot be told; each with the reason.

A holder counts as independent only where something tells that it knows for itself: evidence of its own, its
own part in the transfer, or that nobody here had said it before.  Whoever says it after others and gives no
ground may know it from them: that is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tidewaiter.register.candidates import Candidate, speakers_apart
from tidewaiter.register.evidence import Use
from tidewaiter.register.holders import Nature
from tidewaiter.register.pages import Leaning
from tidewaiter.register.sources import Sources
from tidewaiter.wording import quoted, spoken

INDEPENDENT, DEPENDENT, UNCERTAIN = "independent", "dependent", "unknown"
POWERS = (Nature.STATE, Nature.INTERGOVERNMENTAL, Nature.GROUP, Nature.OFFICIAL, Nature.FIRM)
"""Who may know a transfer by means of its own without saying by which."""
PASSING_ON = (Nature.MEDIUM, Nature.HEARSAY)
LOOKING = (Nature.MEDIUM, Nature.BODY, Nature.INTERGOVERNMENTAL)
"""Whose evidence tells of the transfer, though they draw no conclusion themselves."""
APART, OWN = "apart", "own"
"""Kinds of grounds that name no evidence: knowledge expressly apart from others', and of its own."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with the verdict on it."""

    candidate: Candidate
    standing: str
    why: str
    counts: int = 1  # more where officials of one holder rest on different evidence


@dataclass(frozen=True, slots=True)
class _Bench:
    """What one candidate is judged by."""

    sources: Sources
    one: Candidate
    others: tuple[Candidate, ...]  # who else may know it first-hand
    parties: Collection[str]

    def verdict(self, standing: str, why: str) -> Judged:
        """Officials of one state are one origin, unless their evidence differs."""
        is_state = self.one.holder.nature in (Nature.STATE, Nature.OFFICIAL)
        counts = max(1, len(speakers_apart(self.one))) if standing == INDEPENDENT and is_state else 1
        if counts > 1:
            apart = "; ".join(", ".join(kinds) for kinds in speakers_apart(self.one))
            why = f"{why}; counts as {counts}, as its officials rest on different evidence ({apart})"
        return Judged(self.one, standing, why, counts)


def judge(
    sources: Sources, found: Mapping[str, Candidate], parties: Collection[str], denied: Collection[str]
) -> dict[str, Judged]:
    """Each candidate that asserts the transfer, or shows evidence of it, by the holder's key.

    ``parties``: codes of supplier and recipient; ``denied``: keys of holders that deny it.
    """
    heard = [one for one in found.values() if _is_heard(one, denied)]
    knowing = [one for one in heard if one.holder.nature not in PASSING_ON or one.has_looked]
    judged = {}
    for one in heard:
        others = tuple(other for other in knowing if other is not one)
        judged[one.holder.key] = _first_verdict(_Bench(sources, one, others, parties))
    if not any(one.standing == INDEPENDENT for one in judged.values()):
        _take_first(judged)
    return judged


def _is_heard(one: Candidate, denied: Collection[str]) -> bool:
    if one.voices:
        return True
    return one.has_looked and one.holder.key not in denied and one.holder.nature in LOOKING


def _first_verdict(bench: _Bench) -> Judged:
    return next(
        verdict
        for rule in (_unnamed, _passing_on, _leaning, _knowing, _silent, _timely)
        for verdict in rule(bench)
    )


def _take_first(judged: dict[str, Judged]) -> None:
    """Somebody knew it, where a power says it, even if all lean on others: the first counts."""
    powers = [one for one in judged.values() if one.candidate.holder.nature in POWERS]
    if powers:
        first = min(powers, key=lambda one: (one.candidate.first, one.candidate.holder.key))
        why = f"{first.why}; but nobody else here is known to have said it before"
        judged[first.candidate.holder.key] = Judged(first.candidate, INDEPENDENT, why)


# ------------------------------------------------------------------------------------ rules, in order


def _unnamed(bench: _Bench) -> Iterator[Judged]:
    """Who cannot be named cannot be told from others."""
    if bench.one.holder.nature is Nature.UNNAMED:
        yield bench.verdict(UNCERTAIN, f"is not named{_rests(bench.one)}")


def _passing_on(bench: _Bench) -> Iterator[Judged]:
    """A medium that did not look itself passes on others."""
    one = bench.one
    if one.holder.nature not in PASSING_ON or one.has_looked:
        return
    if any(voice.told.document in one.reports for voice in one.voices) and not one.leaning(Use.SUMMING):
        yield bench.verdict(UNCERTAIN, "says it in its own report, and not how it knows")
    if one.holder.nature is Nature.MEDIUM and not one.reports and not bench.others:
        yield bench.verdict(UNCERTAIN, "passes it on without saying from whom; its own report is not here")
    yield bench.verdict(DEPENDENT, "passes on what others say")


def _leaning(bench: _Bench) -> Iterator[Judged]:
    """Whose knowledge is another's, by its own words or the report's; not that of the parties, whom a charge
    names beside whoever shared what they know."""
    one = bench.one
    passed = one.leaning(Use.SHARED) or ([] if one.grounds else one.leaning(Use.ECHO))
    for other in (other for other in bench.others if other.holder.key not in bench.parties):
        for leaning in passed:
            if other.holder.key in leaning[1].named or other.holder.label in leaning[1].beside:
                words = _quoted(bench.sources, leaning)
                yield bench.verdict(DEPENDENT, f"rests on {other.holder.label} ({words})")
    if bench.others and (shared := one.leaning(Use.SHARED)):
        words = _quoted(bench.sources, shared[0])
        yield bench.verdict(UNCERTAIN, f"rests on another's knowledge ({words}), and whose is not told here")
    summing = one.leaning(Use.SUMMING)
    is_collector = one.holder.nature not in (Nature.STATE, Nature.GROUP, Nature.FIRM, Nature.OFFICIAL)
    if summing and is_collector and not one.has_looked:
        words = _quoted(bench.sources, summing[0])
        yield bench.verdict(DEPENDENT, f"puts together what others say ({words})")


def _knowing(bench: _Bench) -> Iterator[Judged]:
    """Who has a part in the transfer, or evidence."""
    one = bench.one
    if one.holder.key in bench.parties:
        yield bench.verdict(INDEPENDENT, f"is a party to the transfer and says so itself{_rests(one)}")
    if not one.grounds:
        return
    kinds = set(one.kinds) - {OWN}
    if one.holder.nature is Nature.OFFICIAL and APART not in kinds:
        for other in bench.others:
            if other.holder.nature is Nature.STATE and kinds & set(other.kinds):
                why = f"rests on the same kind of evidence as {other.holder.label}, for which it may speak"
                yield bench.verdict(UNCERTAIN, f"{why}{_rests(one)}")
    yield bench.verdict(INDEPENDENT, f"gives a ground of its own{_rests(one)}")


def _silent(bench: _Bench) -> Iterator[Judged]:
    """Who gives no ground, and nothing else tells that it knows for itself."""
    one = bench.one
    if one.leaning(Use.ECHO):
        yield bench.verdict(UNCERTAIN, "agrees with others and gives no ground of its own")
    if one.holder.nature not in POWERS:
        yield bench.verdict(UNCERTAIN, "does not say how it knows")
    if one.holder.nature is Nature.OFFICIAL and bench.others:
        yield bench.verdict(UNCERTAIN, "gives no ground, and for which state it speaks is not told")


def _timely(bench: _Bench) -> Iterator[Judged]:
    """Who says it before all others cannot have it from what they said."""
    one = bench.one
    earlier = [other for other in bench.others if other.first < one.first]
    if earlier:
        before = min(earlier, key=lambda other: (other.first, other.holder.key))
        told = f"{before.holder.label} had said it by {spoken(before.first)}"
        yield bench.verdict(UNCERTAIN, f"gives no ground, and {told}")
    tied = [other for other in bench.others if _is_tied(one, other)]
    if any(other.holder.key < one.holder.key for other in tied):
        first = min(other.holder.label for other in tied)
        yield bench.verdict(UNCERTAIN, f"gives no ground, and {first} had said it by the same day")
    yield bench.verdict(INDEPENDENT, "gives no ground, but nobody here is known to have said it before")


def _is_tied(one: Candidate, other: Candidate) -> bool:
    """Whether both are powers that give no ground and are heard by the same day."""
    nature = other.holder.nature
    return (
        other.first == one.first and not other.grounds and nature in POWERS and nature is not Nature.OFFICIAL
    )


# ------------------------------------------------------------------------------------ in words


def _quoted(sources: Sources, leaning: tuple[str, Leaning]) -> str:
    document, found = leaning
    cited = sources.cite(document, (found.sign.span,))
    return quoted(" ".join(cited.quote.split())) if cited else "no words"


def _rests(one: Candidate) -> str:
    found = [sign.what for sign in one.shown()]
    return f": {', '.join(found)}" if found else ""
