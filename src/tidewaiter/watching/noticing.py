"""What changed in the register since the last look.

The register is gone through part by part (each row, the responses, the discrepancies); only parts that are
not as they were are taken apart into facts and held against what stood of them.  The facts of a part that
did not change cannot be those of another one: words belong to one row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tidewaiter.case import Case
from tidewaiter.codec import to_json
from tidewaiter.model import ChangeKind, Register
from tidewaiter.register.changes import Standing, about, facts_of, in_order, tell
from tidewaiter.watching.conditions import Notice, noticed
from tidewaiter.watching.store import WatchStore

RESPONSES, DISCREPANCIES = "responses", "discrepancies"
"""Parts of the register beside its rows; the others are rows."""

EMPTY = Register((), (), (), ())


@dataclass(slots=True)
class Noticed:
    """The difference to the last look."""

    changes: tuple[Notice, ...]
    changed: dict[str, str] = field(default_factory=dict)  # parts that are not as they were, with digests
    gone: list[str] = field(default_factory=list)
    standing: list[tuple[str, Standing]] = field(default_factory=list)  # by part

    def keep(self, store: WatchStore) -> None:
        """Write down what stands now; inside a transaction."""
        store.put_standing([*self.changed, *self.gone], self.standing)
        store.put_owners(self.changed, self.gone)


def notice(case: Case, store: WatchStore, *, disputes: bool = True) -> Noticed:
    """What changed since the last look, of a case that was built.

    ``disputes``: whether it is wanted where reports disagree, which is worked out over the whole case.  What
    stands when it is first wanted is not told.
    """
    shown = case.compared() if disputes else case.view()  # of one state, whatever others build meanwhile
    register = shown.register
    disputed = tuple(register.discrepancies) if disputes else ()
    now = {
        RESPONSES: _digest(tuple(register.responses)),
        **({DISCREPANCIES: _digest(disputed)} if disputes else {}),
        **{row.id: _digest(row) for row in register.rows},
    }
    before = store.owners()
    changed = {name: digest for name, digest in now.items() if before.get(name) != digest}
    gone = [name for name in before if name not in now]
    part = replace(
        EMPTY,
        rows=tuple(row for row in register.rows if row.id in changed),
        responses=register.responses if RESPONSES in changed else (),
        discrepancies=disputed if DISCREPANCIES in changed else (),
        dated=register.dated,
    )
    documents = case.derived.ask("SELECT id, source, published FROM document")
    facts = facts_of(part, {row["id"]: row["published"] for row in documents}, register.rows)
    stood = store.standing(one for one in (*changed, *gone) if disputes or one != DISCREPANCIES)
    told, standing = tell(stood, facts, store.is_told)
    if before and DISCREPANCIES not in before:  # first wanted now
        told = tuple(one for one in told if one.kind is not ChangeKind.CONTRADICTED)
    sources = {row["id"]: row["source"] for row in documents}
    by_id = {row.id: row for row in register.rows}
    former = {one.fact.transfer: one.about for one in stood if one.about is not None}
    return Noticed(
        tuple(
            noticed(one, by_id.get(one.transfer or ""), former.get(one.transfer), sources)
            for one in in_order(told, register)
        ),
        changed,
        gone,
        [
            (
                _part_of(one.fact.kind, one.fact.transfer),
                replace(one, about=about(by_id.get(one.fact.transfer or ""))),
            )
            for one in standing
        ],
    )


def _digest(value: object) -> str:
    return hashlib.blake2b(to_json(value).encode(), digest_size=16).hexdigest()


PARTS: Mapping[ChangeKind, str] = {
    ChangeKind.RESPONSE: RESPONSES,
    ChangeKind.RESPONSE_STATUS: RESPONSES,
    ChangeKind.CONTRADICTED: DISCREPANCIES,
}


def _part_of(kind: ChangeKind, transfer: str | None) -> str:
    """The part of the register that says a fact."""
    return PARTS.get(kind) or str(transfer)
