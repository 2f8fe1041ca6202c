"""At most how many independent origins stand behind a row: not how many articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tidewaiter.model import Copy, Origins, Stance
from tidewaiter.register.positions import actor_of, actors_of
from tidewaiter.register.sources import Member, Sources, Told


def origins_of(
    sources: Sources, members: Sequence[Member], claims: Sequence[Told], copies: Iterable[Copy]
) -> Origins:
    """An upper bound, with its ground.

    Whoever is made to assert the transfer is one origin, in however many reports; a report that names
    nobody may have an origin of its own, but copies of one another have one between them.  Whether
    the speakers know it independently of each other is not worked out.
    """
    documents = sorted({document for document, _ in members})
    asserting = [told for told in claims if told.claim.stance is Stance.ASSERTS]
    actors = actors_of(claims)
    speakers = sorted({actor_of(told.claim.speaker, actors) for told in asserting})
    attributed = {told.document for told in asserting}
    groups = copy_groups(documents, copies)
    unattributed = [group for group in groups if not attributed.intersection(group)]
    why = [_count(len(documents), "report")]
    if len(groups) < len(documents):
        why[0] += f", {len(groups)} when copies of one another count once"
    if speakers:
        why.append(f"asserted by {', '.join(sources.label(actor) for actor in speakers)}")
    if unattributed:
        why.append(f"{len(unattributed)} of these {'names' if len(unattributed) == 1 else 'name'} no speaker")
    why.append("whether they are independent of each other is not worked out")
    return Origins(independent=None, at_most=len(speakers) + len(unattributed), why="; ".join(why))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def copy_groups(documents: Sequence[str], copies: Iterable[Copy]) -> list[tuple[str, ...]]:
    """The documents in groups of copies, sorted."""
    group: dict[str, tuple[str, ...]] = {document: (document,) for document in documents}
    for copy in sorted(copies, key=lambda one: (one.a, one.b)):
        if copy.a in group and copy.b in group and group[copy.a] != group[copy.b]:
            joined = tuple(sorted({*group[copy.a], *group[copy.b]}))
            for document in joined:
                group[document] = joined
    return sorted(set(group.values()))
