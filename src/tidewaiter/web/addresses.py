"""The addresses of pages: each view of a case is one that can be kept, sent and opened again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from tidewaiter.model import Citation, Clock
from tidewaiter.pipeline import Asked

COMMA = quote(",", safe="")
"""Between places, as it stands in an address."""


class Addresses:
    """Makes addresses that stay at the day that the present page is of."""

    def __init__(self, asked: Asked | None) -> None:
        self.kept: dict[str, str] = {}
        if asked is not None:
            self.kept["as_of"] = asked.day
            if asked.clock is Clock.HELD:
                self.kept["held"] = "1"
            if asked.with_later:
                self.kept["with_judgements"] = "1"
        self._kept_too = f"&{urlencode(self.kept)}" if self.kept else ""

    def __call__(self, *parts: str, fragment: str = "", **query: object) -> str:
        """The address of a page: the parts of its path, and what is asked of it; nothing that is empty."""
        return self.of(parts, query, fragment)

    def of(self, parts: Sequence[str], query: Mapping[str, object], fragment: str = "") -> str:
        """The same, with the query by itself."""
        path = "/" + "/".join(quote(part, safe="") for part in parts)
        told = {key: str(value) for key, value in query.items() if value not in (None, "", False)}
        asked = urlencode(told | self.kept)
        return path + (f"?{asked}" if asked else "") + (f"#{fragment}" if fragment else "")

    def words(self, citation: Citation) -> str:
        """The address of cited words in their document."""
        places = COMMA.join(f"{start}-{end}" for start, end in sorted(set(citation.spans)))
        if not places:
            return self("documents", citation.document)
        # as ``of`` makes it, without its ways round: a page has hundreds of these
        return f"/documents/{quote(citation.document, safe='')}?at={places}{self._kept_too}#at"
