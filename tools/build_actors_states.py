"""Write ``knowledge/tables/actors_states.csv`` from the data of two libraries.

Run by hand when the libraries change: ``python tools/build_actors_states.py`` in an environment that has
pycountry 26.2 (ISO 3166-1: codes, short and official names), countryinfo 1.0.1 (MIT: common names,
demonyms, capitals) and country-converter 1.3.2 (which states are members of the United Nations).
Nothing here is typed from memory but the corrections below, whose rows say ``unverified``.
"""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import country_converter
import countryinfo
import pycountry

TABLE = Path(__file__).parent.parent / "src/tidewaiter/knowledge/tables/actors_states.csv"
ISO = "pycountry 26.2 (ISO 3166-1)"
INFO = "countryinfo 1.0.1"

BEYOND_MEMBERS = ("PSE", "VAT", "TWN", "XKX", "HKG", "ESH")
"""Observers of the United Nations, and others that reports treat as parties: Taiwan, Kosovo, ..."""

RENAMED = {
    "BHS": "Bahamas",
    "GMB": "Gambia",
    "MKD": "North Macedonia",
    "SWZ": "Eswatini",
    "FSM": "Micronesia",
    "COD": "Democratic Republic of the Congo",
    "PSE": "Palestine",
    "VAT": "Vatican",
    "XKX": "Kosovo",
}
"""Names where the library's is out of date, or stands for another entry with the same code."""

LOWER_IS_A_WORD = {"polish", "central"}
"""Names that are common words when written in lower case; "china shop" and the like are traps."""

LOWER_IS_NO_CAPITAL = {
    *("lima", "wellington", "manila", "bern", "male", "victoria", "sucre", "muscat", "praia", "dili"),
    *("apia", "suva", "roseau"),
}
"""The same of capitals."""

NOT_AS_GOVERNMENT = {
    *("Victoria", "Georgetown", "Kingston", "Male", "Malé", "Roseau", "Basseterre", "Kingstown", "Castries"),
    *("Djibouti", "Luxembourg", "Monaco", "Singapore", "Nassau", "Majuro", "Hamilton", "Moroni", "Sucre"),
    *("San Marino", "City of San Marino", "Guatemala City", "Panama City", "Mexico City", "Vatican City"),
    *("Saint John's", "St. George's", "Port Louis", "City of Victoria", "Nur-Sultan", "Brussels"),
    *("Vatican City State", "Jerusalem", "Lobamba", "The Valley", "Bridgetown"),
}
"""Capitals whose name is the state's own, another common name, outdated, or that stand for somebody else."""


class Row(NamedTuple):
    """One surface form; ``case``: "any" if it may stand in lower case, "title" if not, "exact"."""

    text: str
    kind: str
    form: str
    code: str
    name: str
    case: str
    source: str


def main() -> None:
    """Write the table."""
    rows: dict[str, Row] = {}
    for row in sorted(_rows(), key=lambda row: (row.name, row.form, row.text)):
        rows.setdefault(row.text, row)
    with TABLE.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(rows.values())
    print(len(rows), "rows")  # noqa: T201


def _rows() -> Iterator[Row]:
    for code, info in sorted(_states().items()):
        name = RENAMED.get(code, info["name"])
        yield from (_row(text, "name", code, name, source) for text, source in _names(code, name, info))
        yield from (_row(text, "demonym", code, name, INFO) for text in _demonyms(info))
        capital = info.get("capital")
        if isinstance(capital, str) and capital not in NOT_AS_GOVERNMENT and capital != name:
            yield _row(capital, "capital", code, name, INFO)


def _row(text: str, form: str, code: str, name: str, source: str) -> Row:
    words = LOWER_IS_NO_CAPITAL if form == "capital" else LOWER_IS_A_WORD
    lower = not words & set(text.lower().replace("-", " ").split())
    return Row(text, "state", form, code, name, "any" if lower else "title", source)


def _states() -> dict[str, dict[str, object]]:
    with (Path(country_converter.__file__).parent / "country_data.tsv").open(encoding="utf-8") as handle:
        members = [row["ISO3"] for row in csv.DictReader(handle, delimiter="\t") if row["UNmember"]]
    wanted = {*members, *BEYOND_MEMBERS}
    folder = Path(countryinfo.__file__).parent / "data"
    found: dict[str, dict[str, object]] = {
        "XKX": {"name": "Kosovo", "demonym": "Kosovar", "capital": "Pristina"}
    }
    for path in sorted(folder.glob("*.json")):
        info = json.loads(path.read_text(encoding="utf-8"))
        code = info.get("ISO", {}).get("alpha3")
        if code in wanted and (code not in found or info.get("demonym")):
            found[code] = info
    missing = wanted - found.keys()
    if missing:
        raise SystemExit(f"countryinfo has no {sorted(missing)}")
    return found


def _names(code: str, name: str, info: dict[str, object]) -> Iterator[tuple[str, str]]:
    yield name, "unverified" if code in RENAMED else INFO
    if name != info["name"] and "City State" not in str(info["name"]):
        yield str(info["name"]).removeprefix("The "), INFO
    iso = pycountry.countries.get(alpha_3=code)
    for field in ("name", "common_name", "official_name"):
        text = getattr(iso, field, None)
        if text and "," not in text and "(" not in text:
            yield text.removeprefix("the "), ISO
            if text.isascii() is False:
                yield _plain(text), ISO
    if not name.isascii():
        yield _plain(name), INFO


def _demonyms(info: dict[str, object]) -> Iterator[str]:
    listed = str(info.get("demonym") or "").replace("/", ",").split(",")
    for text in (one.strip() for one in listed):
        if text and text != info["name"] and not text.endswith(("er", "Islander")):
            yield text


def _plain(text: str) -> str:
    """Without accents, as agencies print it."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


if __name__ == "__main__":
    main()
