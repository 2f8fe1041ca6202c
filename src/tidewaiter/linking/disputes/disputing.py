"""Making a discrepancy of the values that were found to disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from tidewaiter import edtf
from tidewaiter.model import Citation, Discrepancy, DisputedValue, Document, Span


class Place(NamedTuple):
    """Words of a document."""

    document: str  # id
    span: Span


@dataclass(frozen=True, slots=True)
class Dispute:
    """Values that disagree, each with the places that tell it."""

    kind: str
    where: str
    about: str
    values: Mapping[str, tuple[Place, ...]]  # by a key that is the same for the same value
    likelier: str | None  # key
    why: str
    context: tuple[Place, ...] = field(default=())  # where the transfer that it is about is told


def discrepancy_of(
    dispute: Dispute, documents: Mapping[str, Document], transfers: Sequence[str]
) -> Discrepancy:
    """The dispute as it is shown; the value of the first report comes first."""

    def order(place: Place) -> tuple[tuple[int, str, str], str, Span]:
        return edtf.sort_key(edtf.safe(documents[place.document].published)), place.document, place.span

    held = {key: sorted(set(places), key=order) for key, places in dispute.values.items()}
    keys = sorted(held, key=lambda key: (order(held[key][0]), key))
    values = tuple(_value(held[key], documents) for key in keys)
    return Discrepancy(
        id=_id(dispute, held.values()),
        kind=dispute.kind,
        where=dispute.where,
        about=dispute.about,
        values=values,
        likelier=None if dispute.likelier is None else keys.index(dispute.likelier),
        why=dispute.why,
        transfers=tuple(transfers),
    )


def _value(places: Sequence[Place], documents: Mapping[str, Document]) -> DisputedValue:
    """Each document once, with all its places of the value."""
    spans: dict[str, list[Span]] = {}
    for place in places:
        spans.setdefault(place.document, []).append(place.span)
    citations = tuple(
        Citation(name, tuple(found), " ... ".join(documents[name].text[start:end] for start, end in found))
        for name, found in spans.items()
    )
    first = places[0]
    return DisputedValue(" ".join(documents[first.document].text[slice(*first.span)].split()), citations)


def _id(dispute: Dispute, held: Iterable[Sequence[Place]]) -> str:
    """Of what it rests on: kind, where, and the places of every value."""
    places = sorted((one.document, *one.span) for found in held for one in found)
    text = repr((dispute.kind, dispute.where, places))
    return "x" + blake2b(text.encode("utf-8", "replace"), digest_size=5).hexdigest()
