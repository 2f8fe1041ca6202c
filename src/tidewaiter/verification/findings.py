"""What verifying a case can find, as values: the kind, the place, what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How much a finding matters."""

    FAULT = "fault"  # it does not hold
    UNCHECKED = "unchecked"  # it could not be checked: nobody knows whether it holds
    NOTICE = "notice"  # worth knowing; nothing is wrong


class Kind(StrEnum):
    """What a finding is about."""

    CAPTURE_MISSING = "capture_missing"
    CAPTURE_CHANGED = "capture_changed"
    CAPTURE_UNREADABLE = "capture_unreadable"
    CAPTURE_STRAY = "capture_stray"
    CAPTURE_PART = "capture_part"
    SETTINGS_WRONG = "settings_wrong"
    RECORD_CHAIN = "record_chain"
    RECORD_TORN = "record_torn"
    RECORD_UNREADABLE = "record_unreadable"
    TABLES_DIFFER = "tables_differ"
    TABLES_BEHIND = "tables_behind"
    STORE_DAMAGED = "store_damaged"
    STORE_UNREADABLE = "store_unreadable"
    VALUE_UNREADABLE = "value_unreadable"
    ROWS_DIFFER = "rows_differ"
    TEXT_CHANGED = "text_changed"
    ORIGIN_WRONG = "origin_wrong"
    ORIGIN_UNCHECKED = "origin_unchecked"
    ANCHOR_OUTSIDE = "anchor_outside"
    WORDS_DIFFER = "words_differ"
    WORDS_MISSING = "words_missing"
    ID_DANGLING = "id_dangling"
    ID_TWICE = "id_twice"
    NOT_BUILT = "not_built"
    REBUILD_DIFFERS = "rebuild_differs"
    REBUILD_FAILED = "rebuild_failed"

    @property
    def level(self) -> Level:
        """How much it matters."""
        return MEANINGS[self].level


class Meaning(NamedTuple):
    """What a kind of finding says, whatever the place."""

    level: Level
    heading: str
    todo: str


LOOK_AGAIN = "Check permissions and disk, then verify again."
BACKUP = "Put the file back from a backup of the case, or add the original file again."
REBUILD = "Make the derived store anew: tidewaiter rebuild CASE"
REPORT = f"{REBUILD}. If it is found again, it is a fault of the program: please report it."

MEANINGS: Mapping[Kind, Meaning] = {
    Kind.CAPTURE_MISSING: Meaning(Level.FAULT, "preserved bytes that are gone", BACKUP),
    Kind.CAPTURE_CHANGED: Meaning(Level.FAULT, "preserved bytes that were changed", BACKUP),
    Kind.CAPTURE_UNREADABLE: Meaning(
        Level.UNCHECKED,
        "preserved bytes that cannot be read",
        LOOK_AGAIN,
    ),
    Kind.CAPTURE_STRAY: Meaning(
        Level.NOTICE,
        "files among the captures that no line of the custody record names",
        "Nothing uses them. A run that was stopped may have left them; add the original again to take it in.",
    ),
    Kind.CAPTURE_PART: Meaning(
        Level.NOTICE, "half-written files that a run left behind", "The next add or build removes them."
    ),
    Kind.SETTINGS_WRONG: Meaning(
        Level.FAULT, "settings that are missing or do not fit", "Correct case.toml by hand, or from a backup."
    ),
    Kind.RECORD_CHAIN: Meaning(
        Level.FAULT,
        "lines of a record that were changed, removed or put in",
        "Put the record back from a backup of the case, or compare it with one.",
    ),
    Kind.RECORD_TORN: Meaning(
        Level.NOTICE, "lines of a record that a crash tore", "Nothing: what they were to say never counted."
    ),
    Kind.RECORD_UNREADABLE: Meaning(Level.UNCHECKED, "records that cannot be read", LOOK_AGAIN),
    Kind.TABLES_DIFFER: Meaning(
        Level.FAULT,
        "tables of the durable store that say something else than the record",
        "The record is right. Make the tables again from it: tidewaiter rebuild CASE --from-custody",
    ),
    Kind.TABLES_BEHIND: Meaning(
        Level.NOTICE,
        "lines of a record that are not in the tables yet",
        "Nothing: the next program that writes to the case does it.",
    ),
    Kind.STORE_DAMAGED: Meaning(
        Level.FAULT,
        "stores that SQLite finds damaged",
        "Make it again: tidewaiter rebuild CASE",
    ),
    Kind.STORE_UNREADABLE: Meaning(Level.UNCHECKED, "stores that cannot be read", LOOK_AGAIN),
    Kind.VALUE_UNREADABLE: Meaning(
        Level.UNCHECKED, "values of the derived store that cannot be read", REBUILD
    ),
    Kind.ROWS_DIFFER: Meaning(
        Level.FAULT, "tables of the derived store that say something else than the values they hold", REPORT
    ),
    Kind.TEXT_CHANGED: Meaning(Level.FAULT, "texts that are not the ones that were cleaned", REBUILD),
    Kind.ORIGIN_WRONG: Meaning(
        Level.FAULT, "texts that do not stand in the capture where their map says", REPORT
    ),
    Kind.ORIGIN_UNCHECKED: Meaning(
        Level.UNCHECKED,
        "texts that could not be compared with their capture",
        "Mend what is said of the capture, then verify again.",
    ),
    Kind.ANCHOR_OUTSIDE: Meaning(Level.FAULT, "anchors that point outside the text", REPORT),
    Kind.WORDS_DIFFER: Meaning(Level.FAULT, "quoted words that do not stand at their place", REPORT),
    Kind.WORDS_MISSING: Meaning(Level.FAULT, "values without the words they were read from", REPORT),
    Kind.ID_DANGLING: Meaning(Level.FAULT, "ids that name nothing", REPORT),
    Kind.ID_TWICE: Meaning(Level.FAULT, "ids that name two things", REPORT),
    Kind.NOT_BUILT: Meaning(
        Level.NOTICE,
        "captures that came or went since the last build",
        "Bring the case up to date: tidewaiter build CASE",
    ),
    Kind.REBUILD_DIFFERS: Meaning(Level.FAULT, "lines that a rebuild gives otherwise", REPORT),
    Kind.REBUILD_FAILED: Meaning(
        Level.UNCHECKED, "a rebuild that could not be made", "Do what is said, then verify again."
    ),
}
"""Level, heading and mending of each kind."""


UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What decoding a value raises that is not what the program wrote."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold, could not be checked, or is worth knowing."""

    kind: Kind
    where: str  # "custody.jsonl, line 7"; "captures/ab/abcd..."; "d0123456789ab: claim c2, stage"
    what: str
    todo: str


def finding(kind: Kind, where: str, what: str, todo: str | None = None) -> Finding:
    """A finding, with the mending of its kind where none of its own is given."""
    return Finding(kind, where, what, todo or MEANINGS[kind].todo)
