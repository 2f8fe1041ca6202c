"""Names of actors for reading."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tidewaiter import knowledge

ORGANISATIONS = {"EU": "European Union", "UN": "United Nations", "NATO": "NATO"}
"""The codes for what is neither a state nor called by its own name."""


def label_of(code: str | None, names: Mapping[str, str]) -> str:
    """The name of a party: from ``names``, else of ISO 3166-1, else the code itself; ".." for None."""
    if code is None:
        return ".."
    return names.get(code) or ORGANISATIONS.get(code) or _state_name(code) or code


@lru_cache(maxsize=1)
def usual_names() -> Mapping[str, str]:
    """The usual English names of states, from the knowledge tables."""
    return {row["code"]: row["name"] for row in knowledge.load().table("actors_states")}


@lru_cache(maxsize=512)
def _state_name(code: str) -> str | None:
    if len(code) != 3 or not code.isupper():
        return None
    import pycountry

    country = pycountry.countries.get(alpha_3=code)
    if country is None:
        return None
    name = str(getattr(country, "common_name", country.name))
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name
