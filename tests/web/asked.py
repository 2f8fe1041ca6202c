"""The app asked directly, with any path and query that a server could hand on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import unquote

Value = TypeVar("Value")

HOST = "127.0.0.1:1"

VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
"""Elements of HTML that have no end tag."""

DROPPED = tuple(map(chr, (*range(9), 11, 12, *range(14, 32), 127, *range(0x80, 0xA0))))
"""Control characters that no page may hold (HTML Standard, 13.2.3.5)."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Asked:
    """The app in a loop of its own.  Faults of the app are raised, not answered."""

    def __init__(self, folder: Path) -> None:
        from tidewaiter.web.app import make_app
        from tidewaiter.web.sessions import Sessions

        self.app = make_app(folder, [f"http://{HOST}"], Sessions())
        self.loop = asyncio.new_event_loop()
        self.thread = ThreadPoolExecutor(max_workers=1)  # a browser of other tests keeps a loop in this one

    def __call__(self, target: bytes, method: str = "GET") -> Answer:
        """The answer to the target of a request line, path and query."""
        path, _, query = target.partition(b"?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path.decode("latin-1")),  # as uvicorn does
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(b"host", HOST.encode())],
            "client": ("127.0.0.1", 2),
            "server": ("127.0.0.1", 1),
        }
        return self.run(self._ask(scope))

    def run(self, work: Coroutine[Any, Any, Value]) -> Value:
        """What the work gives in the loop of the app."""
        return self.thread.submit(self.loop.run_until_complete, work).result()

    async def _ask(self, scope: dict[str, Any]) -> Answer:
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in sent[0]["headers"]
        }
        return Answer(sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:]))


@contextmanager
def asking(folder: Path) -> Iterator[Asked]:
    asked = Asked(folder)
    yield asked
    asked.thread.submit(asked.loop.close).result()
    asked.thread.shutdown()


class Balance(HTMLParser):
    """Whether every element is closed in turn, no attribute stands twice, and no id does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attributes]
        if len(set(names)) < len(names):
            self.wrong.append(f"{tag} has an attribute twice: {names}")
        if any(not name.replace("-", "").replace(":", "").isalnum() for name in names):
            self.wrong.append(f"{tag} has attributes of an odd kind: {names}")
        for name, value in attributes:
            if name == "id" and value in self.ids:
                self.wrong.append(f"the id {value} stands twice")
            if name == "id":
                self.ids.add(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes nothing, in {self.open}")


def faults_of_page(page: str) -> list[str]:
    """What is wrong with a page as HTML."""
    parser = Balance()
    parser.feed(page)
    parser.close()
    wrong = parser.wrong + [f"<{tag}> is not closed" for tag in parser.open]
    wrong += [f"holds the control character {ord(one)}" for one in DROPPED if one in page]
    if not page.lstrip().lower().startswith("<!doctype html>"):
        wrong.append("has no doctype")
    return wrong
