"""What changed in the register since the last look.

The register is gone through part by part (each row, the responses); only parts that are not as they were are
taken apart into facts and held against what stood of them.  The facts of a part that did not change cannot
be those of another one: words belong to one row.  Where reports disagree is worked out for the reports of
those rows, for new ones and for their copies.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tidewaiter.case import Case
from tidewaiter.codec import to_json
from tidewaiter.linking.discrepancies import find_discrepancies
from tidewaiter.model import ChangeKind, Discrepancy, Register, RegisterRow
from tidewaiter.pipeline import View
from tidewaiter.pipeline.looking import Looked
from tidewaiter.register.changes import Fact, Standing, facts_of, in_order, tell
from tidewaiter.watching.conditions import Notice, noticed
from tidewaiter.watching.store import WatchStore

RESPONSES, DISCREPANCIES = "responses", "discrepancies"
"""Parts of the register beside its rows; the others are rows and, as parts of the case, documents."""

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


def notice(case: Case, store: WatchStore) -> Noticed:
    """What changed since the last look, of a case that was built."""
    shown = case.view()  # of one state, whatever other programs build meanwhile
    register = shown.register
    documents = case.derived.ask("SELECT id, source, published FROM document")
    now = {
        RESPONSES: _digest(register.responses),
        **{row["id"]: _digest((row["source"], row["published"])) for row in documents},
        **{row.id: _digest(row) for row in register.rows},
    }
    before = store.owners()
    changed = {name: digest for name, digest in now.items() if before.get(name) != digest}
    gone = [name for name in before if name not in now and name != DISCREPANCIES]
    rows, by_id = [row for row in register.rows if row.id in changed], {row.id: row for row in register.rows}

    touched = _touched(rows, [row["id"] for row in documents if row["id"] in changed], register)
    touched |= {name for name in gone if name not in by_id}  # rows and reports that are no more
    aside, disputed = _standing_disputes(store.standing([DISCREPANCIES]), touched)
    part = replace(
        EMPTY,
        rows=tuple(rows),
        responses=register.responses if RESPONSES in changed else (),
        discrepancies=_discrepancies(case, shown, touched),
        dated=register.dated,
    )
    published = {row["id"]: row["published"] for row in documents}
    stood = store.standing(one for one in (*changed, *gone) if one != DISCREPANCIES)
    told, standing = tell([*stood, *disputed], facts_of(part, published), store.is_told)

    changed[DISCREPANCIES] = ""
    sources = {row["id"]: row["source"] for row in documents}
    return Noticed(
        tuple(noticed(one, by_id.get(one.transfer or ""), sources) for one in in_order(told, part)),
        changed,
        gone,
        [(_owner(one.fact), one) for one in (*standing, *aside)],
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


# ------------------------------------------------------------------------------------ disagreements


def _touched(rows: Iterable[RegisterRow], documents: Iterable[str], register: Register) -> set[str]:
    """The documents of which others may disagree now: of the rows, new ones, and the copies of both."""
    found = {document for row in rows for document, _ in row.reported} | set(documents)
    copies = {name for one in register.copies for name in (one.a, one.b) if {one.a, one.b} & found}
    return found | copies


def _standing_disputes(
    standing: Sequence[Standing], touched: set[str]
) -> tuple[list[Standing], list[Standing]]:
    """Those that stay as they are, and those to be held against what is found now: of which a report is
    looked at.  All others of their reports are then looked at, too: ``touched`` grows by them."""
    aside, disputed = list(standing), list[Standing]()
    while near := [one for one in aside if not touched.isdisjoint(_documents(one.fact))]:
        disputed += near
        aside = [one for one in aside if touched.isdisjoint(_documents(one.fact))]
        touched.update(*(_documents(one.fact) for one in near))
    return aside, disputed


def _documents(fact: Fact) -> set[str]:
    return {word.partition(":")[0] for word in fact.words}


def _discrepancies(case: Case, shown: View, touched: set[str]) -> tuple[Discrepancy, ...]:
    """Where these documents disagree."""
    names = tuple(sorted(touched & set(shown.by_id)))
    wanted = set(names)
    return find_discrepancies(
        Looked(shown.by_id.__getitem__, lambda: names),
        Looked(shown.readings.__getitem__, lambda: names),
        [one for one in shown.register.copies if one.a in wanted and one.b in wanted],
        {row.id: [one for one in row.reported if one[0] in wanted] for row in shown.register.rows},
        case.knowledge,
    )
