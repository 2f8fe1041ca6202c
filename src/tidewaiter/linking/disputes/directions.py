"""Who gave and who took, turned round inside one document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from tidewaiter.linking.disputes.disputing import Dispute, Place
from tidewaiter.linking.texts.clauses import Told
from tidewaiter.linking.texts.cues import Cues
from tidewaiter.model import Category, Reading, ReportedTransfer, Span
from tidewaiter.wording import name_of

GENERIC = (Category.UNSPECIFIED_ARMS, Category.OTHER)
FIELDS = ("trigger", "supplier", "recipient", "item")


def turned_round(told: Told, reading: Reading, cues: Cues) -> Iterator[Dispute]:
    """Two transfers of the same goods between the same two parties, one each way, in a report that speaks
    of no return, repair or exchange, and in which not each is the word of another side."""
    if cues.has("return", told.document.text):
        return
    for first, second in combinations(reading.transfers, 2):
        if first.supplier is None or first.recipient is None:
            continue
        if (first.supplier, first.recipient) != (second.recipient, second.supplier):
            continue
        if first.in_exchange_for or second.in_exchange_for or not _same_goods(first, second):
            continue
        if _of_two_sides(first, second, reading):
            continue
        places = [_places(one, reading, told) for one in (first, second)]
        if not all(places):
            continue
        counts = [len(one.mentions) for one in (first, second)]
        likelier = None if counts[0] == counts[1] else str(int(counts[1] > counts[0]))
        yield Dispute(
            kind="direction",
            where="inner",
            about=f"who supplies whom: {first.item or second.item or first.category.value}",
            values={str(number): tuple(found) for number, found in enumerate(places)},
            likelier=likelier,
            why=f"{name_of(first.supplier)} supplies in {_places_words(counts[0])} of the report and "
            f"{name_of(str(second.supplier))} in {_places_words(counts[1])}; "
            "it tells of no return or exchange",
        )


def _places_words(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"


def _same_goods(first: ReportedTransfer, second: ReportedTransfer) -> bool:
    return first.category is second.category or first.category in GENERIC or second.category in GENERIC


def _of_two_sides(first: ReportedTransfer, second: ReportedTransfer, reading: Reading) -> bool:
    """Whether each direction is what some other speaker says."""
    speakers = [
        {one.speaker.actor or one.speaker.name for one in reading.claims if one.transfer == transfer.id}
        for transfer in (first, second)
    ]
    return bool(speakers[0]) and bool(speakers[1]) and not speakers[0] & speakers[1]


def _places(transfer: ReportedTransfer, reading: Reading, told: Told) -> list[Place]:
    """Of each mention the words from the first to the last party, which say who gives and who takes."""
    found: list[Place] = []
    for mention in reading.mentions:
        if mention.transfer != transfer.id or not mention.anchors.get("trigger"):
            continue
        start, end = mention.sentence
        spans = [
            span
            for field in FIELDS
            for span in mention.anchors.get(field, ())
            if start <= span.start and span.end <= end
        ]
        if spans:
            found.append(Place(told.document.id, Span(min(spans)[0], max(span.end for span in spans))))
    return found
