"""What cannot be made again: the preserved bytes, the records of them, and the tables made from these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tidewaiter.errors import CaseError
from tidewaiter.ledger.captures import PARTS, digest_of
from tidewaiter.ledger.chain import ChainedLines
from tidewaiter.ledger.durable import DurableStore
from tidewaiter.ledger.faults import Fault
from tidewaiter.verification.ascending import Ascending
from tidewaiter.verification.findings import Finding, Kind, finding
from tidewaiter.verification.tally import Tally

DURABLE = "durable.sqlite"

Done = Callable[[int], None]
"""Told how many are done."""


def check_kept(durable: DurableStore, tally: Tally, done: Done) -> Iterator[Finding]:
    """Every capture's bytes, the records, the tables held against them, and files nobody named.

    ``durable`` opened for reading; ``done`` is told after each capture.
    """
    for notice in durable.notices:
        yield finding(Kind.STORE_DAMAGED, DURABLE, notice, _MADE_AGAIN)
    for record in durable.records:
        yield from check_record(record, tally)
    for part in (check_tables(durable), check_captures(durable, tally, done), check_strays(durable)):
        yield from _as_far_as_readable(part)


def _as_far_as_readable(part: Iterator[Finding]) -> Iterator[Finding]:
    """What is found, and where the tables cannot be read that the rest could not be checked."""
    try:
        yield from part
    except CaseError as error:
        yield finding(Kind.STORE_UNREADABLE, DURABLE, error.what, _FROM_CUSTODY)


_FROM_CUSTODY = "Make the tables again from the records: tidewaiter rebuild CASE --from-custody"
_MADE_AGAIN = "The next program that writes to the case makes it again from the records."


# ------------------------------------------------------------------------------------ records, tables


def check_record(record: ChainedLines, tally: Tally) -> Iterator[Finding]:
    """Each line carries the hash of the line before."""
    where = record.path.name
    try:
        tally.checked[f"lines of {where}"] += sum(1 for _ in record.lines())
        for fault in record.faults():
            yield _of_fault(fault, Kind.RECORD_CHAIN, Kind.RECORD_TORN)
    except CaseError as error:
        yield finding(Kind.RECORD_UNREADABLE, where, error.what, error.todo)


def check_tables(durable: DurableStore) -> Iterator[Finding]:
    """The tables say what the records say, and SQLite finds them whole."""
    for fault in durable.disagreements():
        grave = Kind.STORE_DAMAGED if fault.where == DURABLE else Kind.TABLES_DIFFER
        yield _of_fault(fault, grave, Kind.TABLES_BEHIND)


def _of_fault(fault: Fault, grave: Kind, light: Kind) -> Finding:
    return finding(grave if fault.grave else light, fault.where, fault.what, fault.todo)


# ------------------------------------------------------------------------------------ captures


def check_captures(durable: DurableStore, tally: Tally, done: Done) -> Iterator[Finding]:
    """The bytes of every capture, withdrawn ones too, hashed again."""
    by_hash = groupby(durable.noted(), key=lambda one: one.sha256)
    for number, (sha256, sources) in enumerate(by_hash, 1):
        tally.checked["captures"] += 1
        found = check_bytes(durable.bytes.path(sha256), sha256, (one.source for one in sources))
        if found is not None:
            yield found
        done(number)


def check_bytes(path: Path, sha256: str, sources: Iterable[str] = ()) -> Finding | None:
    """The file holds the bytes it is named by; it is read in blocks."""
    where = _named(path, sources)
    try:
        found = digest_of(path)
    except FileNotFoundError:
        return finding(Kind.CAPTURE_MISSING, where, "the file is gone")
    except OSError as error:
        return finding(Kind.CAPTURE_UNREADABLE, where, f"the file cannot be read ({error.strerror})")
    if found == sha256:
        return None
    return finding(Kind.CAPTURE_CHANGED, where, "its SHA-256 is no longer the file's name")


def _named(path: Path, sources: Iterable[str]) -> str:
    place = "/".join(path.parts[-3:])
    names = ", ".join(sources)
    return f"{place} ({names})" if names else place


def check_strays(durable: DurableStore) -> Iterator[Finding]:
    """Files among the captures that nothing names, and what a crash left half-written.

    The files are listed folder by folder in the order of hashes, as the tables give them, so that
    neither needs to be held.
    """
    known = Ascending((sha256, True) for sha256 in durable.hashes())
    for name in durable.bytes.stored():
        if not known.get(name):
            yield finding(Kind.CAPTURE_STRAY, f"captures/{name[:2]}/{name}", "no line names it")
    for part in _listed(durable.bytes.folder / PARTS):
        yield finding(Kind.CAPTURE_PART, f"captures/{PARTS}/{part.name}", "it is not whole")


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []
