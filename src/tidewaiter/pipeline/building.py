"""Building: read what is new or changed, then link and make the register in one transaction.

Everything over many documents is brought up to date where a change touches it, and ends in the state that
building anew gives, in whatever order the documents came (``linking.update``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import uuid4

from tidewaiter.codec import from_json
from tidewaiter.knowledge import Knowledge
from tidewaiter.ledger.derived import DerivedStore
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.ledger.holding import Holding
from tidewaiter.linking.merging.transfers import Grouped
from tidewaiter.linking.rulings import NOTHING_CHANGED
from tidewaiter.linking.update import Linker, Touched
from tidewaiter.pipeline import judging, making, reading
from tidewaiter.pipeline.judging import Decided
from tidewaiter.pipeline.reading import Plan
from tidewaiter.pipeline.registering import Registrar
from tidewaiter.pipeline.steps import Built, Failure, Progress, Step, no_progress
from tidewaiter.pipeline.store_index import StoreIndex


def build(
    durable: DurableStore,
    derived: DerivedStore,
    knowledge: Knowledge,
    *,
    as_of: str,
    now: str,
    jobs: int = 1,
    anew: bool = False,
    issue_ids: bool = True,
    progress: Progress = no_progress,
) -> Built:
    """Bring the derived store up to date with the captures.

    ``as_of``: ISO day for which the open questions are put; ``now``: UTC, for the ids given out;
    ``jobs``: processes that read; ``anew``: read all again and link from nothing; ``issue_ids``: note the
    ids given out in the durable store.  Readers see the case as last built until all is done.  Raises
    ``ModelError`` when the language model is missing; what fails in one document only is noted with it.
    """

    def issue(rows: Iterable[str]) -> None:
        durable.issue_all(((name, members_of(derived, name)) for name in rows), now)

    how = How(as_of, jobs, anew, issue if issue_ids else None)
    return build_of(durable, derived, knowledge, how, progress)


@dataclass(frozen=True, slots=True)
class How:
    """How to build."""

    as_of: str  # ISO day for which the open questions are put
    jobs: int = 1  # processes that read
    anew: bool = False  # read all again and link from nothing
    issue: Callable[[Iterable[str]], None] | None = None  # notes the ids of the rows made; None: they are not


def build_of(
    holding: Holding,
    derived: DerivedStore,
    knowledge: Knowledge,
    how: How,
    progress: Progress = no_progress,
) -> Built:
    """Bring a derived store up to date with what is held, which need not be all that the case has.

    Raises as ``build`` does.
    """
    plan = reading.plan(holding, derived, knowledge, how.anew)
    reading.read(plan, holding, derived, knowledge, how.jobs, progress)
    with derived.transaction():
        rows, removed, decided = _link(holding, derived, plan, knowledge, how, progress)
        if how.issue is not None:
            how.issue(rows)
    progress(Step("Register", 1, 1))
    return _built(derived, plan, removed, decided)


def members_of(derived: DerivedStore, group: str) -> tuple[tuple[str, str], ...]:
    """Document and reported transfer ids of a group."""
    found = derived.links.group(group)
    return () if found is None else from_json(Grouped, found).members


def _link(
    holding: Holding,
    derived: DerivedStore,
    plan: Plan,
    knowledge: Knowledge,
    how: How,
    progress: Progress,
) -> tuple[list[str], int, Decided]:
    """Swap in what was read and make again what that touches, or what was decided since touches; the rows
    made, how many documents went, and what was kept to."""
    version = making.linker_version(knowledge)
    former = derived.register.as_of(), derived.register.producer()
    if how.anew or former[1] != version:
        derived.clear()
    gone = [one for one in {*derived.shown(), *derived.unshown()} if one not in plan.sources]
    decided = judging.decide(holding, derived, plan.sources)
    changed = sorted({*derived.unshown(), *gone, *decided.reread})
    if changed or former != (how.as_of, version):
        progress(Step("Linking", 0, len(changed)))
    hashes = {making.document_id(one): one for one in changed}
    index = StoreIndex(derived, hashes, plan.sources.keys(), decided.ruled)
    linker = Linker(index, decided.settled.rulings)
    touched = Touched()
    if hashes or decided.changed != NOTHING_CHANGED:
        touched = linker.update(hashes, index.fresh, _telling(progress), decided.changed)
    registrar = Registrar(derived, index, how.as_of, decided.settled, knowledge)
    rows = registrar.update(touched, former[0], progress, rated=decided.rated_otherwise)
    state = derived.register.state()
    if state is None or hashes or decided.changed != NOTHING_CHANGED:
        state = uuid4().hex
    derived.register.put_built(how.as_of, version, state)
    judging.keep(derived, decided)
    return rows, len(gone), decided


def _telling(progress: Progress) -> Callable[[int, int], None]:
    return lambda done, total: progress(Step("Linking", done, total))


def _built(derived: DerivedStore, plan: Plan, removed: int, decided: Decided) -> Built:
    failures = derived.failures()
    failed = {one.sha256 for one in failures}
    return Built(
        read=tuple(plan.sources[one] for one in sorted(plan.wanted) if one not in failed),
        skipped=tuple(
            source
            for sha256, source in plan.sources.items()
            if sha256 not in plan.wanted and sha256 not in failed
        ),
        failed=tuple(Failure(one.source, one.reason, one.todo) for one in failures),
        removed=removed,
        orphaned=decided.orphaned,
    )
