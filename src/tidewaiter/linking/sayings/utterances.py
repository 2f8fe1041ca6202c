"""Utterances: one act of saying that statements in many documents retell.

``tellings`` says what of a statement is compared, ``columns`` how many are held at once, ``candidates`` and
``grouping`` which are one saying, ``likeliest`` whose
wording is most likely the original one, ``drift`` what the others changed.  The result does not depend on
the order of the documents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from tidewaiter import knowledge
from tidewaiter.edtf import safe
from tidewaiter.knowledge import Knowledge
from tidewaiter.linking.features import exact_day
from tidewaiter.linking.sayings.columns import Columns, Key
from tidewaiter.linking.sayings.drift import drift, wording
from tidewaiter.linking.sayings.grouping import Joined, group
from tidewaiter.linking.sayings.likeliest import ranked, why_likeliest
from tidewaiter.linking.sayings.tellings import Telling, tellings_of
from tidewaiter.model import Citation, Copy, Document, Drift, Reading, Speaker, Utterance, Variant

DIGITS = 10
"""Hexadecimal digits of an utterance's id."""


Told = Callable[[str], Sequence[Telling]]
"""The tellings of a document, by its id, in the order of their keys."""


def utterances_of(
    documents: Iterable[Document],
    readings: Mapping[str, Reading],
    copies: Sequence[Copy] = (),
    tables: Knowledge | None = None,
) -> tuple[Utterance, ...]:
    """The utterances that at least two statements retell, those told in most documents first.

    ``documents`` are gone through once; ``readings`` by document id, a document without one takes no part;
    ``copies``: which documents derive from which.  ``tables``: the project's own where none are given.
    """
    known = knowledge.load() if tables is None else tables
    told = {
        document.id: in_order(tellings_of(document, readings[document.id], known))
        for document in documents
        if document.id in readings
    }
    return retold(told, told.__getitem__, copies, known)


def in_order(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Tellings in the order of their keys."""
    return tuple(sorted(tellings, key=lambda one: one.key))


def retold(
    names: Iterable[str], told: Told, copies: Iterable[Copy], tables: Knowledge
) -> tuple[Utterance, ...]:
    """The same of documents by their ids.

    ``told`` is asked for each of them once, and again for those with statements that retell something, so
    that not all need be at hand.
    """
    by_document: dict[str, list[Copy]] = {}
    for copy in copies:
        by_document.setdefault(copy.a, []).append(copy)
    groups = group(Columns(one for name in sorted(names) for one in told(name)))
    found = [_utterance(joined, told, by_document, tables) for joined in groups]
    return tuple(sorted(found, key=_order))


def _order(utterance: Utterance) -> tuple[int, str]:
    return -len({one.citation.document for one in utterance.variants}), utterance.id


def _utterance(
    joined: Joined, told: Told, copies: Mapping[str, Sequence[Copy]], tables: Knowledge
) -> Utterance:
    documents = {document for document, _ in joined.members}
    within = [copy for name in sorted(documents) for copy in copies.get(name, ()) if copy.b in documents]
    judged = ranked(_members(joined, told), within)
    drifted = _Drifted(judged[0].telling, tables)
    variants = [
        Variant(
            statement=one.telling.statement.id,
            citation=_cited(one.telling),
            said_on=safe(one.telling.statement.said_on),
            drift=() if number == 0 else drifted.of(one.telling),
        )
        for number, one in enumerate(judged)
    ]
    return Utterance(
        id="u" + min(_digits(one) for one in joined.members),
        speaker=_speaker([one.telling for one in judged]),
        day=_day([one.telling for one in judged]),
        words=variants[0].citation.quote,
        why=f"{why_likeliest(judged)}. {_why_one(joined)}.",
        variants=tuple(variants),
    )


def _members(joined: Joined, told: Told) -> list[Telling]:
    """The tellings of a saying, in the order of their keys."""
    wanted: dict[str, set[str]] = {}
    for document, statement in joined.members:
        wanted.setdefault(document, set()).add(statement)
    return [
        one for name, statements in wanted.items() for one in told(name) if one.statement.id in statements
    ]


class _Drifted:
    """What tellings changed of one that has the original wording; once for those of the same words."""

    def __init__(self, original: Telling, tables: Knowledge) -> None:
        self._original = wording(original, tables)
        self._tables = tables
        self._known: dict[object, tuple[Drift, ...]] = {}

    def of(self, telling: Telling) -> tuple[Drift, ...]:
        cue = telling.statement.cue
        words = telling.said, cue and cue.text, telling.statement.mode
        if words not in self._known:
            self._known[words] = drift(self._original, wording(telling, self._tables))
        return self._known[words]


def _why_one(joined: Joined) -> str:
    """On what the tellings were taken for one act of saying."""
    if joined.surest == joined.weakest:
        return f"One act of saying: {joined.surest}"
    return (
        f"One act of saying: of {joined.pairs} pairs the surest has {joined.surest}; "
        f"the least sure {joined.weakest}"
    )


def _cited(telling: Telling) -> Citation:
    return Citation(telling.document, telling.spans, " ... ".join(telling.said.split("\n")))


def _digits(telling: Key) -> str:
    """Digits that a telling gives an utterance: of its document, its statement and nothing else, so that
    they stay while others come and go."""
    from hashlib import sha256

    return sha256("\0".join(telling).encode()).hexdigest()[:DIGITS]


# ------------------------------------------------------------------------------------ who and when


def _speaker(tellings: Sequence[Telling]) -> Speaker:
    """The speaker as the first telling that names a person has it, else as the first with a source; whom
    they speak for by most tellings."""
    sourced = [one for one in tellings if one.statement.source is not None]
    named = [one for one in sourced if one.voice.person] or sourced
    actors = Counter(one.voice.actor for one in tellings if one.voice.actor is not None)
    actor = min(actors, key=lambda name: (-actors[name], name), default=None)
    if not named or (source := named[0].statement.source) is None:
        return Speaker(None, None, actor)
    roles = [one.statement.source.role for one in named if one.statement.source and one.statement.source.role]
    return Speaker(source.name, source.role or next(iter(roles), None), actor)


def _day(tellings: Sequence[Telling]) -> str | None:
    """The day told most often, the first of the tellings deciding; else what bounds it best."""
    exact = Counter(day for one in tellings if (day := exact_day(one.statement.said_on)) is not None)
    if exact:
        return min(exact, key=lambda day: (-exact[day], day))
    told = [day for one in tellings if (day := safe(one.statement.said_on)) is not None]
    if told:
        return told[0]
    published = [one.days.last for one in tellings if one.days.last is not None]
    return f"[..{min(published).isoformat()}]" if published else None
