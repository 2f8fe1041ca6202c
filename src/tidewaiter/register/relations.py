"""Which transfers are part of others, or more of the same: by the words of a report.

Two rows between the same parties are told to hang together where a report says so in the sentence that
tells of one of them: "the howitzers are part of a deal for arms" (part of), "a second batch of drones"
(follow-up).  What is given in return is another relation, which reading finds
(``RegisterRow.in_exchange_for``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from tidewaiter import edtf
from tidewaiter.edtf import safe
from tidewaiter.knowledge import Knowledge
from tidewaiter.model import Category, Citation, Document, Mention, Reading, RegisterRow, Relation, Span
from tidewaiter.wording import quoted

PART_OF, FOLLOW_UP = "part_of", "follow_up_of"
REACH = 90
"""Letters between "part of" and what it names: "part of a two-billion-dollar contract signed for arms"."""
BEFORE_GOODS = 40
"""Letters before the goods in which "second" or "another" must stand: "a second batch of T-55 tanks"."""

Place = tuple[str, Mention]
"""A document's id and one of its mentions."""


def relations_of(
    rows: Sequence[RegisterRow],
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    knowledge: Knowledge,
) -> tuple[Relation, ...]:
    """The relations between rows of the same supplier and recipient, sorted.

    ``documents`` and ``readings`` by document id; looked up only for rows that share their parties with
    another.  The result does not depend on the order of ``rows``.
    """
    together: dict[tuple[str, str], list[RegisterRow]] = {}
    for row in rows:
        if row.supplier is not None and row.recipient is not None:
            together.setdefault((row.supplier, row.recipient), []).append(row)
    found = [
        relation
        for parties in sorted(together)
        if len(together[parties]) > 1
        for relation in _among(sorted(together[parties], key=_by_id), documents, readings, knowledge)
    ]
    return tuple(sorted(found, key=lambda one: (one.a, one.kind, one.b)))


def _by_id(row: RegisterRow) -> str:
    return row.id


def _among(
    rows: Sequence[RegisterRow],
    documents: Mapping[str, Document],
    readings: Mapping[str, Reading],
    knowledge: Knowledge,
) -> Iterator[Relation]:
    for row in rows:
        places = [*_places(row, readings)]
        is_kind = row.category is not Category.UNSPECIFIED_ARMS
        for whole in (one for one in rows if is_kind and one.category is Category.UNSPECIFIED_ARMS):
            theirs = [*_places(whole, readings)]
            if (cited := _told_as_part(places, theirs, documents, knowledge)) is not None:
                yield Relation(
                    PART_OF, row.id, whole.id, f"told as part of it: {quoted(cited.quote)}", (cited,)
                )
                break
        before = _latest_before(row, rows)
        if before is not None and (cited := _told_as_more(places, documents, knowledge)) is not None:
            why = f"told as more of the same: {quoted(cited.quote)}; the other is dated {before.when}"
            yield Relation(FOLLOW_UP, row.id, before.id, why, (cited,))


def _places(row: RegisterRow, readings: Mapping[str, Reading]) -> Iterator[Place]:
    """Where the row is told of, in order of documents."""
    for document, transfer in row.reported:
        yield from ((document, one) for one in readings[document].mentions if one.transfer == transfer)


def _told_as_part(
    parts: Iterable[Place],
    wholes: Sequence[Place],
    documents: Mapping[str, Document],
    knowledge: Knowledge,
) -> Citation | None:
    """The first sentence in which "part of" stands between goods of the part and the whole."""
    for document, part in parts:
        text = documents[document].text
        for found in _cues(knowledge, PART_OF).finditer(text, *part.sentence):
            for name, whole in wholes:
                if name != document:
                    continue
                named = [*whole.anchors.get("item", ()), *whole.anchors.get("trigger", ())]
                ends = [span.end for span in named if found.end() <= span.start <= found.end() + REACH]
                if ends and any(span.start < found.start() for span in part.anchors.get("item", ())):
                    return _cited(document, text, Span(found.start(), min(ends)))
    return None


def _told_as_more(
    places: Iterable[Place], documents: Mapping[str, Document], knowledge: Knowledge
) -> Citation | None:
    """The first words that call the goods more of the same, right before these."""
    for document, mention in places:
        text = documents[document].text
        for goods in mention.anchors.get("item", ()):
            first = max(mention.sentence.start, goods.start - BEFORE_GOODS)
            found = [*_cues(knowledge, FOLLOW_UP).finditer(text, first, goods.start)]
            if found and not _parted(text, mention, Span(found[-1].end(), goods.start)):
                return _cited(document, text, Span(found[-1].start(), goods.end))
    return None


def _parted(text: str, mention: Mention, between: Span) -> bool:
    """Whether the words before the goods are not about them: a mark stands between, or the verb of the
    transfer, whose subject they belong to ("another patrol took 40 missiles")."""
    verbs = (*mention.anchors.get("trigger", ()), *mention.anchors.get("stage", ()))
    is_verb = any(between.start <= one.start and one.end <= between.end for one in verbs)
    return is_verb or re.search(r"[,;:.]", text[between.start : between.end]) is not None


def _latest_before(row: RegisterRow, rows: Iterable[RegisterRow]) -> RegisterRow | None:
    """The row of the same goods that is certainly earlier, and the last of these."""
    earlier = [
        other
        for other in rows
        if other.category == row.category and edtf.is_certainly_before(safe(other.when), safe(row.when))
    ]
    return max(earlier, key=lambda one: (edtf.sort_key(one.when), one.id), default=None)


def _cited(document: str, text: str, span: Span) -> Citation:
    return Citation(document, (span,), text[span.start : span.end])


@lru_cache(maxsize=8)
def _cues(knowledge: Knowledge, relation: str) -> re.Pattern[str]:
    """The words of the table ``relation_cues`` for a relation, longest first."""
    words = sorted(
        (row["words"] for row in knowledge.table("relation_cues") if row["relation"] == relation),
        key=lambda one: (-len(one), one),
    )
    return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, words))})\b")
