"""Claims as schema.org ClaimReview in JSON-LD.

The program gives no verdict on what is claimed, so no review has a ``reviewRating``: what speaks for and
against stands in ``reviewBody``, in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tidewaiter import edtf
from tidewaiter.codec import Json
from tidewaiter.exports.telling import claim_words, speaker_name, transfer_words
from tidewaiter.model import Document, Position, PositionClaim, Reading, Register, RegisterRow, Stance
from tidewaiter.wording import as_of_words, origins_words, spoken

NO_VERDICT = "This is no verdict on whether the claim is true."

CONTEXT = "https://schema.org"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)

_ESCAPED = r"\u003c"
"""For "<": pages hold JSON-LD in a script element, which no text of a report may end."""

Documents = Mapping[str, Document]
Readings = Mapping[str, Reading]
Tick = Callable[[], None]


def no_tick() -> None:
    """For callers that count nothing."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who publishes the reviews, and of when they are."""

    name: str
    state_at: str  # UTC, ISO 8601: the moment of the case's state


def claimreview_text(
    register: Register,
    documents: Documents,
    readings: Readings,
    reviewer: Reviewer,
    tick: Tick = no_tick,
) -> Iterator[str]:
    """The pieces of one JSON-LD document with all reviews.

    ``documents`` and ``readings`` by document id; ``tick``: called for every transfer that is done.
    """
    yield f'{{"@context": {json.dumps(CONTEXT)}, "@graph": ['
    between = "\n"
    for review in reviews(register, documents, readings, reviewer, tick):
        text = json.dumps(review, ensure_ascii=False)
        yield between + text.replace("<", _ESCAPED)
        between = ",\n"
    yield "\n]}\n"


def reviews(
    register: Register,
    documents: Documents,
    readings: Readings,
    reviewer: Reviewer,
    tick: Tick = no_tick,
) -> Iterator[dict[str, Json]]:
    """One review for each claim on each transfer; claims that retell one act of saying are one claim with
    several appearances.  Who declines to comment claims nothing."""
    act_of = _acts(register)
    for row in register.rows:
        for position in row.positions:
            for told in _claims(position, readings, act_of):
                yield _review(register, row, position, told, documents, reviewer)
        tick()


def _acts(register: Register) -> Mapping[tuple[str, str], str]:
    """The act of saying of each statement, by document and statement."""
    return {
        (variant.citation.document, variant.statement): utterance.id
        for utterance in register.utterances
        for variant in utterance.variants
    }


def _claims(
    position: Position, readings: Readings, act_of: Mapping[tuple[str, str], str]
) -> list[list[PositionClaim]]:
    """The claims of a position, those of one act of saying together, the first report first."""
    groups: dict[tuple[Json, ...], list[PositionClaim]] = {}
    for claim in position.claims:
        if claim.stance is not Stance.DECLINES:
            statement = _statement(claim, readings)
            act = None if statement is None else act_of.get((claim.document, statement))
            key = (claim.document, claim.claim) if act is None else (act, claim.stance, *_content(claim))
            groups.setdefault(key, []).append(claim)
    order = sorted(groups.values(), key=lambda one: _age(min(one, key=_age)))
    return [sorted(one, key=_age) for one in order]


def _content(claim: PositionClaim) -> tuple[Json, ...]:
    """What is claimed: a retelling with another figure is another claim."""
    quantity = claim.quantity
    return (claim.stage, *((None, None) if quantity is None else (quantity.min, quantity.max)))


def _statement(claim: PositionClaim, readings: Readings) -> str | None:
    """The id of the statement that makes the claim."""
    found = readings[claim.document].claims
    return next((one.statement for one in found if one.id == claim.claim), None)


def _age(claim: PositionClaim) -> tuple[Json, ...]:
    return (edtf.sort_key(claim.published), claim.document, claim.claim)


# ------------------------------------------------------------------------------------ one review


def _review(
    register: Register,
    row: RegisterRow,
    position: Position,
    told: Sequence[PositionClaim],
    documents: Documents,
    reviewer: Reviewer,
) -> dict[str, Json]:
    first = told[0]
    names = [f"{one.document}:{one.claim}" for one in told]
    appearances = [_appearance(one, documents[one.document]) for one in told]
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": f"#{row.id}/{names[0]}",
            "identifier": names,
            "about": {"@type": "Thing", "identifier": row.id, "name": f"alleged: {transfer_words(row)}"},
            "claimReviewed": claim_words(row, position, first),
            "datePublished": reviewer.state_at[:10],
            "author": {"@type": "Organization", "name": reviewer.name},
            "itemReviewed": _filled(
                {
                    "@type": "Claim",
                    "text": first.citation.quote,
                    "author": _speaker(position, first),
                    "datePublished": _day(first.said_on),
                    "temporal": first.said_on,
                    "firstAppearance": appearances[0],
                    "appearance": appearances,
                }
            ),
            "reviewBody": " ".join(_body(register, row, position, first)),
        }
    )


def _body(register: Register, row: RegisterRow, position: Position, claim: PositionClaim) -> Iterator[str]:
    yield NO_VERDICT
    if claim.rating is not None:
        yield (
            f"Admiralty Code {claim.rating.reliability}{claim.rating.credibility}: "
            f"{_sentence(claim.rating.reliability_why)} {_sentence(claim.rating.credibility_why)}"
        )
    yield _sentence(f"Independent origins of the transfer: {origins_words(row.origins)}; {row.origins.why}")
    others = [f"{one.label}: {one.summary}" for one in row.positions if one is not position]
    if others:
        yield _sentence(f"Positions of others: {'; '.join(others)}")
    for question in row.open:
        yield _sentence(f"Open: {question.text}")
    if register.as_of is not None:
        yield _sentence(as_of_words(register.as_of))


def _sentence(text: str) -> str:
    stripped = text.strip()
    begun = stripped[:1].upper() + stripped[1:]
    return begun if begun.endswith((".", "!", "?", "”")) else f"{begun}."


def _speaker(position: Position, claim: PositionClaim) -> dict[str, Json]:
    """Whoever makes the claim; whether that is a person or a body is not always known, so its type is the one
    that holds both where schema.org has none: ``Thing``."""
    speaker = claim.speaker
    name = speaker_name(speaker, position)
    is_body = speaker.name is None and speaker.role is None
    return _filled(
        {
            "@type": "Organization" if is_body else "Thing",
            "name": name,
            "description": ", ".join(
                dict.fromkeys(one for one in (speaker.role, position.label) if one and one != name)
            ),
        }
    )


def _appearance(claim: PositionClaim, document: Document) -> dict[str, Json]:
    return _filled(
        {
            "@type": "CreativeWork",
            "identifier": [document.id, *(f"sha256:{one}" for one in document.captures)],
            "url": address(document.url),
            "headline": document.title,
            "publisher": None if document.outlet is None else _organization(document.outlet),
            "author": None if document.author is None else {"@type": "Person", "name": document.author},
            "datePublished": _day(claim.published),
            "temporal": claim.published,
            "inLanguage": document.language,
            "text": claim.citation.quote,
            "description": f"Report of {spoken(claim.published)}" if claim.published else None,
        }
    )


def _organization(name: str) -> dict[str, Json]:
    return {"@type": "Organization", "name": name}


def address(url: str | None) -> str | None:
    """An address of the web; None for anything else (``javascript:`` and the like)."""
    return url if url is not None and _ADDRESS.fullmatch(url) else None


def _day(date: str | None) -> str | None:
    """A date that is a day for certain; ``temporal`` has what is not (EDTF)."""
    return date if date is not None and _DAY.fullmatch(date) else None


def _filled(values: dict[str, Json]) -> dict[str, Json]:
    """Without what is not known: JSON-LD has no null that means that."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}
