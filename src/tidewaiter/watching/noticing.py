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
from tidewaiter.model import ChangeKind, Register, RegisterRow
from tidewaiter.register.changes import Fact, Standing, facts_of, in_order, tell
from tidewaiter.watching.conditions import Notice, noticed
from tidewaiter.watching.store import WatchStore

RESPONSES, DISCREPANCIES = "responses", "discrepancies"
"""Parts of the register beside its rows, each looked at as a whole."""

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
        touched = [*self.changed, *self.gone]
        store.put_standing(touched, self.standing)
        store.put_owners(self.changed, self.gone)


def notice(case: Case, store: WatchStore) -> Noticed:
    """What changed since the last look, of a case that was built."""
    shown = case.view()  # of one state, whatever other programs build meanwhile
    documents = case.derived.ask("SELECT id, source, published FROM document")
    published = {row["id"]: row["published"] for row in documents}
    sources = {row["id"]: row["source"] for row in documents}
    before = store.owners()
    responses, discrepancies = shown.register.responses, tuple(shown.register.discrepancies)
    parts = {RESPONSES: _digest(responses), DISCREPANCIES: _digest(discrepancies)}
    changed = {name: digest for name, digest in parts.items() if before.get(name) != digest}
    rows: list[RegisterRow] = []
    here = set(parts)
    for row in shown.register.rows:
        here.add(row.id)
        digest = _digest(row)
        if before.get(row.id) != digest:
            changed[row.id] = digest
            rows.append(row)
    gone = [name for name in before if name not in here]
    register = replace(
        EMPTY,
        rows=tuple(rows),
        responses=responses if RESPONSES in changed else (),
        discrepancies=discrepancies if DISCREPANCIES in changed else (),
        dated=shown.register.dated,
    )
    facts = facts_of(register, published)
    told, standing = tell(store.standing([*changed, *gone]), facts, store.is_told)
    by_id = {row.id: row for row in shown.register.rows}
    ordered = in_order(told, register)
    return Noticed(
        tuple(noticed(one, by_id.get(one.transfer or ""), sources) for one in ordered),
        changed,
        gone,
        [(_owner(one.fact), one) for one in standing],
    )


def _digest(value: object) -> str:
    return hashlib.blake2b(to_json(value).encode(), digest_size=16).hexdigest()


PARTS: Mapping[ChangeKind, str] = {
    ChangeKind.RESPONSE: RESPONSES,
    ChangeKind.RESPONSE_STATUS: RESPONSES,
    ChangeKind.CONTRADICTED: DISCREPANCIES,
}


def _owner(fact: Fact) -> str:
    """The part of the register that says it."""
    return PARTS.get(fact.kind) or str(fact.transfer)
