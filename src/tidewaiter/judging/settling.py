"""What all judgements of a case come to: what each means now, and which are kept to.

Of judgements that contradict each other the latest counts.  Nothing depends on the order in which documents
came, nor on whether they came before a judgement was made or after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tidewaiter.judging.edits import Correction, Edits
from tidewaiter.judging.targets import Found
from tidewaiter.judging.words import source_words, told, whose
from tidewaiter.linking.rulings import Ruling, Rulings, Said, Verdict, settled_copies, settled_transfers
from tidewaiter.model import (
    Judged,
    Judgement,
    JudgementKind,
    Remark,
    SourceRating,
    Spans,
    Standing,
    Target,
    TargetKind,
)
from tidewaiter.register.reliabilities import WORDS as RELIABILITY_WORDS
from tidewaiter.wording import FIELD_WORDS, value_words

Look = Callable[[Target], Found | str]
"""What a target is now, or why it is nothing, in words."""

VERDICTS: Mapping[JudgementKind, Verdict] = {
    JudgementKind.SAME: Verdict.SAME,
    JudgementKind.NOT_SAME: Verdict.APART,
    JudgementKind.UNSURE: Verdict.UNSURE,
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What a build keeps to."""

    edits: Mapping[str, Edits] = field(default_factory=dict)  # by document id
    rulings: Rulings = field(default_factory=Rulings)
    ratings: tuple[SourceRating, ...] = ()  # one for each source
    judged: tuple[Judged, ...] = ()  # all judgements, in the order in which they were made


@dataclass
class _Work:
    """Judgements while they are gone through, the latest first."""

    named: Mapping[str, str]  # whose each is, in words, by id
    standing: dict[str, tuple[Standing, str]] = field(default_factory=dict)
    rejected: dict[tuple[str, str], str] = field(default_factory=dict)  # document, finding -> judgement
    claims: set[tuple[str, str]] = field(default_factory=set)  # of these
    corrected: dict[tuple[str, str, str], str] = field(default_factory=dict)  # ..., field -> judgement
    rated: dict[tuple[str, str], str] = field(default_factory=dict)  # source, name -> judgement
    corrections: dict[str, list[Correction]] = field(default_factory=dict)
    remarks: dict[str, list[Remark]] = field(default_factory=dict)
    ratings: list[SourceRating] = field(default_factory=list)
    on_documents: list[Said] = field(default_factory=list)
    on_transfers: list[Said] = field(default_factory=list)


def settle(
    judgements: Sequence[Judgement], look: Look, transfer_of: Callable[[Found], str | None]
) -> Settled:
    """What the judgements, given in the order in which they were made, come to.

    ``transfer_of``: the id of the reported transfer that a claim found is about.
    """
    work = _Work({one.id: f"{whose(one)} ({one.id})" for one in judgements})
    acting = [one for one in judgements if one.withdrawn_at is None]
    finds = {one.id: _found(one, look) for one in acting}
    latest_first = acting[::-1]
    for one in latest_first:  # first, because nothing is decided on what is rejected
        if one.kind is JudgementKind.REJECT:
            _reject(one, finds[one.id], work, transfer_of)
    for one in latest_first:
        if one.kind in VERDICTS:
            _compare(one, finds[one.id], work)
        elif one.kind is JudgementKind.CORRECT:
            _correct(one, finds[one.id], work)
        elif one.kind is JudgementKind.RATE:
            _rate(one, work)
        elif one.kind is JudgementKind.NOTE:
            _note(one, finds[one.id], work, transfer_of)
    rulings = _rulings(work)
    return Settled(
        edits=_edits(work),
        rulings=rulings,
        ratings=tuple(sorted(work.ratings, key=lambda one: (one.source, one.name))),
        judged=tuple(_judged(one, finds.get(one.id, ()), work) for one in judgements),
    )


# ------------------------------------------------------------------------------------ what they mean now

Finds = tuple[tuple[Found | str, ...], ...]
"""For each side what its targets are now, or why not."""


def _found(judgement: Judgement, look: Look) -> Finds:
    return tuple(tuple(look(target) for target in side) for side in judgement.sides)


def _there(side: Iterable[Found | str]) -> tuple[Found, ...]:
    """What is found, each once."""
    return tuple(dict.fromkeys(one for one in side if isinstance(one, Found)))


def _first_lost(finds: Finds) -> str:
    return next((one for side in finds for one in side if isinstance(one, str)), "it is about nothing")


def _only(judgement: Judgement, finds: Finds, work: _Work) -> Found | None:
    """The one thing that a judgement is about; None, and so noted, where it is not found, or rejected."""
    there = _there(finds[0]) if finds else ()
    if not there:
        work.standing[judgement.id] = Standing.ORPHANED, _first_lost(finds)
        return None
    by = work.rejected.get((there[0].document, there[0].finding or ""))
    if by is not None and judgement.kind is not JudgementKind.REJECT:
        work.standing[judgement.id] = Standing.OVERRULED, f"{work.named[by]} rejects what it is about"
        return None
    return there[0]


def _judged(judgement: Judgement, finds: Finds, work: _Work) -> Judged:
    if judgement.withdrawn_at is not None:
        why = f": {judgement.withdrawn_why}" if judgement.withdrawn_why else ""
        return Judged(judgement, Standing.WITHDRAWN, f"withdrawn by {judgement.withdrawn_by}{why}")
    standing, because = work.standing[judgement.id]
    names = tuple(tuple(one.name for one in _there(side)) for side in finds)
    return Judged(judgement, standing, because, names)


# ------------------------------------------------------------------------------------ what a report says


def _reject(
    judgement: Judgement, finds: Finds, work: _Work, transfer_of: Callable[[Found], str | None]
) -> None:
    found = _only(judgement, finds, work)
    if found is None:
        return
    assert found.finding is not None, "a whole report is not rejected but removed"
    key = (found.document, found.finding)
    if key in work.rejected:
        work.standing[judgement.id] = Standing.OVERRULED, f"{work.named[work.rejected[key]]} rejects it too"
        return
    work.rejected[key] = judgement.id
    work.standing[judgement.id] = Standing.ACTS, "left out of what its report tells"
    if judgement.sides[0][0].kind is TargetKind.CLAIM:
        work.claims.add(key)
        _remark(judgement, found, work, transfer_of(found), f"claim {found.finding}", "left out by")


def _correct(judgement: Judgement, finds: Finds, work: _Work) -> None:
    found = _only(judgement, finds, work)
    if found is None or found.finding is None:
        return
    name, value = judgement.value["field"], judgement.value["value"]
    key = (found.document, found.finding, name)
    if key in work.corrected:
        work.standing[judgement.id] = (
            Standing.OVERRULED,
            f"{work.named[work.corrected[key]]} corrects the same, later",
        )
        return
    work.corrected[key] = judgement.id
    spans = _quoted(finds)
    edit = Correction(found.finding, name, value, spans)
    work.corrections.setdefault(found.document, []).append(edit)
    put, read = value_words(name, value), judgement.value.get("read", "")
    what = FIELD_WORDS.get(name, name)
    work.standing[judgement.id] = Standing.ACTS, f"the {what} in its report is taken to be {put}"
    before = f" from {value_words(name, read)}" if read else ""
    head = f"{what} corrected{before} to {put} by"
    _remark(judgement, found, work, found.finding, name, head, spans)


def _quoted(finds: Finds) -> Spans:
    """The words that say so, given as a second side."""
    return _there(finds[1])[0].spans if len(finds) > 1 and _there(finds[1]) else ()


def _note(
    judgement: Judgement, finds: Finds, work: _Work, transfer_of: Callable[[Found], str | None]
) -> None:
    found = _only(judgement, finds, work)
    if found is None:
        return
    work.standing[judgement.id] = Standing.NOTED, "shown with what it is on"
    kind = judgement.sides[0][0].kind
    about = found.finding if kind is TargetKind.TRANSFER else None
    if kind is TargetKind.CLAIM:
        about = transfer_of(found)
    if about is not None and (found.document, about) not in work.rejected:
        _remark(judgement, found, work, about, "note", "noted by")


def _remark(
    judgement: Judgement,
    found: Found,
    work: _Work,
    transfer: str | None,
    about: str,
    head: str,
    spans: Spans = (),
) -> None:
    """``spans``: the words given for it; else those of what it is about."""
    if transfer is not None:
        text = f"{head} {told(judgement)}"
        work.remarks.setdefault(found.document, []).append(
            Remark(judgement.id, transfer, about, text, spans or found.words_of(about, "trigger", "transfer"))
        )


def _edits(work: _Work) -> dict[str, Edits]:
    transfers: dict[str, list[str]] = {}
    claims: dict[str, list[str]] = {}
    for key in sorted(work.rejected):
        (claims if key in work.claims else transfers).setdefault(key[0], []).append(key[1])
    return {
        document: Edits(
            transfers=tuple(transfers.get(document, ())),
            claims=tuple(claims.get(document, ())),
            corrections=tuple(
                sorted(work.corrections.get(document, ()), key=lambda one: (one.transfer, one.field))
            ),
            remarks=tuple(
                sorted(
                    work.remarks.get(document, ()), key=lambda one: (one.transfer, one.about, one.judgement)
                )
            ),
        )
        for document in sorted({*transfers, *claims, *work.corrections, *work.remarks})
    }


# ------------------------------------------------------------------------------------ pairs


def _compare(judgement: Judgement, finds: Finds, work: _Work) -> None:
    """Two sides that are still there and still two; of a row what is left of it."""
    sides = [
        tuple(one for one in _there(side) if (one.document, one.finding or "") not in work.rejected)
        for side in finds
    ]
    there = [tuple(sorted(one.name for one in side)) for side in sides]
    if not all(there):
        lost = next(number for number, side in enumerate(there) if not side)
        if _there(finds[lost]):
            by = work.rejected[_there(finds[lost])[0].document, _there(finds[lost])[0].finding or ""]
            work.standing[judgement.id] = Standing.OVERRULED, f"{work.named[by]} rejects what it is about"
        else:
            work.standing[judgement.id] = Standing.ORPHANED, _first_lost(finds[lost : lost + 1])
        return
    if sum(map(len, there)) != len({name for side in there for name in side}):
        work.standing[judgement.id] = Standing.ORPHANED, "what it tells apart is now read as one"
        return
    of_documents = judgement.sides[0][0].kind is TargetKind.DOCUMENT
    named = tuple(tuple(one.finding or one.document for one in side) for side in sides)
    said = Said(
        judgement.id, VERDICTS[judgement.kind], named, told(judgement), judgement.value.get("relation")
    )
    (work.on_documents if of_documents else work.on_transfers).append(said)


def _rulings(work: _Work) -> Rulings:
    copies, overruled_copies = settled_copies(work.on_documents)
    transfers, overruled = settled_transfers(work.on_transfers)
    for ruling in (*copies, *transfers):
        work.standing[ruling.judgement] = _standing(ruling)
    for name, by in {**overruled_copies, **overruled}.items():
        work.standing[name] = Standing.OVERRULED, f"{work.named[by]} says otherwise, later"
    return Rulings(copies, transfers)


def _standing(ruling: Ruling) -> tuple[Standing, str]:
    if ruling.verdict is Verdict.UNSURE:
        return Standing.NOTED, "what the program finds stands"
    return Standing.ACTS, "joined" if ruling.verdict is Verdict.SAME else "kept apart"


# ------------------------------------------------------------------------------------ sources


def _rate(judgement: Judgement, work: _Work) -> None:
    source, name = judgement.value["source"], judgement.value["name"]
    reliability = judgement.value["reliability"]
    if (source, name) in work.rated:
        work.standing[judgement.id] = (
            Standing.OVERRULED,
            f"{work.named[work.rated[source, name]]} rates it later",
        )
        return
    work.rated[source, name] = judgement.id
    work.standing[judgement.id] = (
        Standing.ACTS,
        f"{source_words(source, name)} is taken to be {reliability}: {RELIABILITY_WORDS[reliability]}",
    )
    work.ratings.append(SourceRating(judgement.id, source, name, reliability, told(judgement)))
