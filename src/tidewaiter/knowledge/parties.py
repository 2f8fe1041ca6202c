"""By what code somebody is known whom a user names: by code, usual English name or usual short name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from tidewaiter.knowledge import Knowledge

TABLES = ("actors_names", "actors_contextual", "actors_states")
FORMS = ("name", "abbreviation")
PARTIES = ("state", "group")
"""Who supplies and receives; organisations of states besides, which have codes of their own."""


@lru_cache(maxsize=4)
def party_codes(tables: Knowledge) -> Mapping[str, str]:
    """The codes of states and groups by code and name, both without case."""
    return _codes(tables, lambda kind: kind in PARTIES)


@lru_cache(maxsize=4)
def actor_codes(tables: Knowledge) -> Mapping[str, str]:
    """The codes of everybody who may speak or act (also organisations, firms, media), in the same way; where
    two have one name, the state or group is meant."""
    return {**_codes(tables, lambda kind: kind not in PARTIES), **party_codes(tables)}


def _codes(tables: Knowledge, wanted: Callable[[str], bool]) -> Mapping[str, str]:
    rows = [
        row
        for table in TABLES
        for row in tables.table(table)
        if row["form"] in FORMS and wanted(row["kind"]) and (row["code"] or row["name"] or row["text"])
    ]
    named = {row["text"].casefold(): row["code"] or row["name"] or row["text"] for row in rows}
    usual = {row["name"].casefold(): row["code"] for row in rows if row["name"] and row["code"]}
    return {**usual, **named, **{code.casefold(): code for code in named.values()}}
