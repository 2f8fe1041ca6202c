"""Which requests are answered, and what a browser may do with the answers.

The app listens on this machine alone, but any page in the user's browser can send requests to it.  So a
request has to name this app as its host (a name that an attacker lets point to 127.0.0.1 is another host),
may not come from another origin, and can only read.  The policy lets a page load nothing but the app's own
style and script, and no words of a report are ever run.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from tidewaiter.web.api.problems import MEDIA_TYPE, is_for_programs, problem

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)

ORIGINAL_POLICY = "; ".join(
    (
        "sandbox",
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
"""For a preserved page: its own inline style and pictures, no scripts, no forms, nothing from anywhere."""

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-dns-prefetch-control": "off",
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
}

METHODS = ("GET", "HEAD")

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")


def hosts_of(port: int) -> frozenset[str]:
    """What a request to this app may name as its host."""
    return frozenset(f"{name}:{port}" for name in LOOPBACK_NAMES)


class Guard:
    """Refuses what does not come from the user, and sets the headers of every answer."""

    def __init__(self, app: App, hosts: Iterable[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # a web socket: closed without an answer

        async def dressed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _dressed(message.get("headers", ()))
            await send(message)

        refused = self._refusal(scope)
        if refused is None:
            await self.app(scope, receive, dressed)
        else:
            await _refuse(dressed, scope["path"], *refused)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason where a request is refused."""
        told: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            told.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        host = told.get("host", [])
        if len(host) != 1 or host[0].lower() not in self.hosts:
            return 421, "This is not the host that the app was started for."
        origins = told.get("origin", [])
        if any(origin.removeprefix("http://").lower() not in self.hosts for origin in origins):
            return 403, "Requests of other sites are not answered."
        site, mode = told.get("sec-fetch-site", [""])[0], told.get("sec-fetch-mode", [""])[0]
        if site in ("cross-site", "same-site") and mode != "navigate":
            return 403, "Requests of other sites are not answered."
        if not scope["query_string"].isascii():
            return 400, "What is asked for has bytes that no address may hold: write them as %XX."
        if scope["method"] not in METHODS:
            return 405, "The app only shows a case; it changes nothing."
        return None


def _dressed(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with those that every answer has, where it does not set them itself."""
    given = list(headers)
    names = {name.lower() for name, _ in given}
    wanted = HEADERS | {"content-security-policy": POLICY}
    given += [(name.encode(), value.encode()) for name, value in wanted.items() if name.encode() not in names]
    return given


async def _refuse(send: Send, path: str, status: int, why: str) -> None:
    kind, body = "text/plain; charset=utf-8", f"{why}\n".encode()
    if is_for_programs(path):
        kind, body = MEDIA_TYPE, problem(status, why)
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    if status == 405:
        headers.append((b"allow", ", ".join(METHODS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
