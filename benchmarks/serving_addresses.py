"""Addresses of a served case app, by kind of page: found by following its links and filling its filters.

A kind is the pattern of an address in the app's own tables, and for the register what is asked of it.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.error import HTTPError
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from urllib.request import urlopen

from lxml import html
from starlette.routing import compile_path

PATIENCE_SECONDS = 600.0
"""How long one answer is waited for while addresses are gathered."""

LOOKED_AT = 12
"""Pages of a kind whose links are followed, those of lists not counted."""

LISTED = 20
"""Pages of a list that are gone through; the last one besides."""

COLUMN_FILTERS = 12
"""Values of each filter of the register."""

SEARCHES = 60
"""Searches of each sort: common words, rare ones, several, phrases."""

PAGES = 60
"""Pages of a list that an endpoint is asked for at the most: of twenty, p95 would be the longest of them."""

LISTS = (
    "/",
    "/copies",
    "/utterances",
    "/timeline",
    "/actors",
    "/discrepancies",
    "/sources",
    "/sources/outlets",
    "/sources/speakers",
    "/judgements",
    "/health",
)
LONG_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(slots=True)
class Addresses:
    """What was found, and by what it is judged of which kind an address is."""

    host: str
    most: int
    seed: int
    kinds: dict[str, list[str]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)
    _patterns: list[tuple[str, re.Pattern[str]]] = field(default_factory=list)

    def gather(self) -> Mapping[str, list[str]]:
        """At most ``most`` addresses of every kind, in an order that the seed gives."""
        from tidewaiter.web.api.endpoints import ENDPOINTS
        from tidewaiter.web.app import PAGES

        paths = [*PAGES, "/captures/{sha256}/view", "/captures/{sha256}", "/add"]
        self._patterns = [(one, compile_path(one)[0]) for one in paths]
        self._follow()
        self._register()
        self._search()
        self._endpoints([one.path for one in ENDPOINTS])
        chance = random.Random(self.seed)
        for found in self.kinds.values():
            chance.shuffle(found)
            del found[self.most :]
        return self.kinds

    # ------------------------------------------------------------------ pages

    def _follow(self) -> None:
        """Lists page by page, then some pages of every kind that they lead to."""
        waiting = list(LISTS)
        for one in waiting:
            self._note(one)
        looked: Counter[str] = Counter()
        while waiting:
            address = waiting.pop(0)
            kind = self._kind(address)
            if looked[kind or ""] >= (LISTED if kind in LISTS else LOOKED_AT):
                continue
            looked[kind or ""] += 1
            for link in self._links(address):
                if self._note(link) and not self._is_elsewhen(link):
                    if self._is_next(link):
                        waiting.insert(0, link)
                    else:
                        waiting.append(link)

    def _is_next(self, address: str) -> bool:
        """Whether it is of a page of a list that is gone through."""
        return urlsplit(address).path in LISTS and "page=" in address

    @staticmethod
    def _is_elsewhen(address: str) -> bool:
        return "as_of=" in address or address.startswith("/changes")

    def _note(self, address: str) -> bool:
        """Keep an address; whether it was new."""
        kind = self._kind(address)
        if kind is None or address in self._seen or "as_of=" in address or address.startswith("/api/"):
            return False
        self._seen.add(address)
        self.kinds.setdefault(kind, []).append(address)
        return True

    def _kind(self, address: str) -> str | None:
        path = urlsplit(address).path
        return next((name for name, pattern in self._patterns if pattern.match(path)), None)

    def _links(self, address: str) -> list[str]:
        """The addresses of this app that a page leads to."""
        page = html.fromstring(self.read(address))
        found = page.xpath("//a/@href | //iframe/@src")
        own = (one.partition("#")[0] for one in found if one.startswith(("/", "?")))
        whole = (urlsplit(address).path + one if one.startswith("?") else one for one in own)
        return list(dict.fromkeys(one for one in whole if one))

    def read(self, address: str) -> bytes:
        """An answer of the app; one that has to be worked out is waited for."""
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with urlopen(self.host + address, timeout=PATIENCE_SECONDS) as answer:
                    if answer.status != 202 or time.monotonic() > end:
                        return bytes(answer.read())
            except HTTPError as error:
                sys.exit(f"{address} was answered with {error.code}:\n{error.read(2000).decode()}")
            time.sleep(1)

    # ------------------------------------------------------------------ what is asked of the register

    def _register(self) -> None:
        """The register with each filter, in each order, and far down; its page offers what can be asked."""
        page = html.fromstring(self.read("/"))
        told = {
            select.get("name"): [one.get("value") for one in select.xpath(".//option") if one.get("value")]
            for select in page.xpath("//form//select[@name]")
        }
        sorts = told.pop("sort", [])
        chance = random.Random(self.seed)
        filters = [
            {name: value}
            for name, values in told.items()
            for value in chance.sample(values, min(len(values), COLUMN_FILTERS))
        ]
        pairs = [
            {**one, **other}
            for one, other in zip(filters, chance.sample(filters, len(filters)), strict=True)
            if set(one) != set(other)
        ]
        years = [{"from": f"{year}-01-01", "until": f"{year}-12-31"} for year in range(2014, 2026)]
        deep = self.kinds.pop("/", [])
        self.kinds["/"] = ["/"]
        self.kinds["/ page by page"] = [
            one for one in deep if set(dict(parse_qsl(urlsplit(one).query))) == {"page"}
        ]
        self.kinds["/ filtered"] = [_asking("/", one) for one in (*filters, *pairs, *years)]
        self.kinds["/ sorted"] = [
            _asking("/", {"sort": sort, **down, **page})
            for sort in sorts
            for down in ({}, {"down": "1"})
            for page in ({}, {"page": "7"}, {"page": "100000"})
        ]
        self.kinds["/ sorted and filtered"] = [
            _asking("/", {**chance.choice(filters), "sort": chance.choice(sorts)}) for _ in range(SEARCHES)
        ]

    # ------------------------------------------------------------------ search

    def _search(self) -> None:
        """Searches for words of the reports themselves."""
        read = [json.loads(self.read(f"/api/documents?size=50&page={number}")) for number in range(1, 7)]
        texts = [one["text"] for page in read for one in page["items"]]
        words = [LONG_WORD.findall(text) for text in texts]
        counted = Counter(word.lower() for told in words for word in set(told))
        ranked = sorted(counted, key=lambda word: (-counted[word], word))
        rare = sorted(word for word in counted if counted[word] == 1)
        chance = random.Random(self.seed)
        sets: dict[str, list[str]] = {
            "common word": ranked[:SEARCHES],
            "rare word": chance.sample(rare, min(len(rare), SEARCHES)),
            "several words": [" ".join(chance.sample(ranked[:400], 3)) for _ in range(SEARCHES)],
            "phrase": [f'"{" ".join(_run(chance, text))}"' for text in chance.choices(texts, k=SEARCHES)],
        }
        self.kinds.pop("/search", None)
        for name, asked in sets.items():
            self.kinds[f"/search {name}"] = [_asking("/search", {"q": one}) for one in asked]
        mixed = [one for asked in sets.values() for one in asked[: SEARCHES // 4]]
        self.kinds["/ with words"] = [_asking("/", {"q": one}) for one in mixed]
        self.kinds["/api/search"] = [_asking("/api/search", {"q": one}) for one in mixed]

    # ------------------------------------------------------------------ endpoints

    def _endpoints(self, paths: Iterable[str]) -> None:
        """Every endpoint: of a thing, those of the pages found; of a list, its pages."""
        for path in paths:
            if path in ("/api/search", "/api/changes"):  # the one above, the other of past days
                continue
            if "{id}" in path:
                own = self.kinds.get(path.removeprefix("/api"), [])
                found = [f"/api{urlsplit(one).path}" for one in own]
            else:
                pages = json.loads(self.read(path)).get("pages", 1)
                found = [path, *(f"{path}?page={number}" for number in range(2, min(pages, PAGES) + 1))]
            self.kinds[path] = list(dict.fromkeys(found))


def _asking(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query, quote_via=quote)}"


def _run(chance: random.Random, text: str) -> list[str]:
    """Three words of a text that stand side by side."""
    words = re.findall(r"[^\W\d_]+", text)
    place = chance.randrange(max(1, len(words) - 3))
    return words[place : place + 3]
