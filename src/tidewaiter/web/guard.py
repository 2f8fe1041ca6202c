"""Which requests are answered, and what a browser may do with the answers.

Any page in the user's browser can send requests to the app, wherever it listens.  So a request has to name
this app as its host (a name that an attacker lets point to 127.0.0.1 is another host) and may not come from
another origin; one that writes has to say that it comes from this one, and is answered only where the app was
started to edit.  The policy lets a page load nothing but the app's own style and script, and no words of a
report are ever run.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping, Sequence
from http.cookies import CookieError, SimpleCookie
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from tidewaiter.web.api.problems import MEDIA_TYPE, is_for_programs, problem
from tidewaiter.web.rendering import fill_error
from tidewaiter.web.sessions import Sessions

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
        "connect-src 'self'",
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
    # not no-referrer: with that browsers send forms with "Origin: null" (Fetch, "append a request `Origin`")
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "x-dns-prefetch-control": "off",
    "cache-control": "no-store",
    "x-robots-tag": "noindex",
}

HTTPS_ONLY = b"max-age=31536000"
"""A year without http: OWASP ASVS 5.0.0, 3.4.1."""

METHODS = ("GET", "HEAD")
WRITING = "POST"

LOGIN, LOGOUT, STATIC = "/login", "/logout", "/static/"

FOREIGN = "Requests of other sites are not answered."

Told = Mapping[str, Sequence[str]]
"""The headers of a request by their names in small letters."""


class Refusal(NamedTuple):
    """Why a request is not answered, in words."""

    status: int
    told: str
    todo: str = ""
    title: str = ""  # of a page; without one it is said in plain text, as to other sites


READ_ONLY = Refusal(
    403,
    "The app was started to be looked at: it changes nothing in the case.",
    "End it and start it with --edit: tidewaiter serve CASE --edit",
    "Nothing is changed here",
)


ENDED = Refusal(
    403,
    "You are not logged in, or the session has ended.",
    "Log in in another tab, go back, load the page again, and send it once more.",
    "Log in first",
)


class Guard:
    """Refuses what does not come from the user, says who sends the rest, and sets the headers of answers.

    ``origins``: how browsers may name the app (``http://127.0.0.1:8321``).
    """

    def __init__(self, app: App, origins: Iterable[str], sessions: Sessions) -> None:
        self.app = app
        self.origins = {origin.partition("://")[2]: origin for origin in sorted(origins)}
        self.sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # a web socket: closed without an answer
        told = _told(scope)
        refused = self._refusal(scope, told)
        if refused is not None:
            await _refuse(_dressing(send, ()), scope["path"], refused)
            return
        name = self._cookie_name(told)
        visit = self.sessions.visit(_cookies(told), name)
        path, writes = scope["path"], scope["method"] == WRITING
        if not visit.entered and path != LOGIN and not path.startswith(STATIC):
            if writes or is_for_programs(path):
                await _refuse(_dressing(send, ()), path, ENDED)
            else:
                await _to_login(_dressing(send, ()), scope)
            return
        door = self.sessions.locked and path in (LOGIN, LOGOUT)
        if writes and not visit.editing and not door:
            await _refuse(_dressing(send, ()), scope["path"], READ_ONLY)
            return
        kept = visit.kept() if visit.entered or path == LOGIN else None
        own = self.origins[told["host"][0].lower()]
        more = [(b"strict-transport-security", HTTPS_ONLY)] if _is_https_alone(own) else []
        more += [] if kept is None else [(b"set-cookie", kept.encode())]
        # as the browser has it: behind a proxy that speaks https, the app itself is asked by http
        scheme = own.partition(":")[0]
        await self.app({**scope, "visit": visit, "scheme": scheme}, receive, _dressing(send, more))

    def _refusal(self, scope: Scope, told: Told) -> Refusal | None:  # noqa: PLR0911 - one a reason
        """Why a request is refused whoever sends it."""
        method = scope["method"]
        host = told.get("host", ())
        if len(host) != 1 or host[0].lower() not in self.origins:
            return Refusal(421, "This is not the host that the app was started for.")
        own, origins = self.origins[host[0].lower()], told.get("origin", ())
        if any(origin.lower() != own for origin in origins) or len(origins) > 1:
            return Refusal(403, FOREIGN)
        site, mode = _only(told, "sec-fetch-site"), _only(told, "sec-fetch-mode")
        if is_for_programs(scope["path"]) and method not in METHODS:
            return Refusal(405, "Endpoints are read with GET and HEAD; nothing can be written there.")
        if method == WRITING:
            if site not in ("same-origin", "") or not (site or origins):
                return Refusal(403, FOREIGN)
            return None
        if site in ("cross-site", "same-site") and mode != "navigate":
            return Refusal(403, FOREIGN)
        if not scope["query_string"].isascii():
            return Refusal(400, "What is asked for has bytes that no address may hold.", "Write them as %XX.")
        if method not in METHODS:
            return Refusal(405, "The app answers GET and HEAD, and POST of its own forms.")
        return None

    def _cookie_name(self, told: Told) -> str:
        """Cookies are of a host, whatever the port: each app has one of its own."""
        own = self.origins[told["host"][0].lower()]
        return "__Host-tidewaiter" if own.startswith("https:") else f"tidewaiter-{urlsplit(own).port or 80}"


def _is_https_alone(origin: str) -> bool:
    """Whether browsers may be told to ask this host by https alone, whatever the port: not one that they know
    by a port, nor this machine, where other programs may answer by http."""
    parts = urlsplit(origin)
    name = (parts.hostname or "").strip("0123456789.")  # nothing is left of an address of IPv4
    return parts.scheme == "https" and parts.port is None and "." in name


def _told(scope: Scope) -> Told:
    told: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        told.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return told


def _only(told: Told, name: str) -> str:
    """A header that comes once; of one that comes twice nothing is believed."""
    values = told.get(name, ("",))
    return values[0] if len(values) == 1 else "cross-site"


def _cookies(told: Told) -> Mapping[str, str]:
    try:
        read = SimpleCookie("; ".join(told.get("cookie", ())))
    except CookieError:
        return {}
    return {name: one.value for name, one in read.items()}


def _dressing(send: Send, more: Sequence[tuple[bytes, bytes]]) -> Send:
    """Sends answers with the headers that every one has."""

    async def dressed(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*_dressed(message.get("headers", ())), *more]
        await send(message)

    return dressed


def _dressed(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with those that every answer has, where it does not set them itself."""
    given = list(headers)
    names = {name.lower() for name, _ in given}
    wanted = HEADERS | {"content-security-policy": POLICY}
    given += [(name.encode(), value.encode()) for name, value in wanted.items() if name.encode() not in names]
    return given


async def _to_login(send: Send, scope: Scope) -> None:
    """Where the password is given; and from there to what was asked for."""
    query = scope.get("query_string", b"").decode("latin-1")
    asked = quote(scope["path"], safe="/") + (f"?{query}" if query else "")
    to = LOGIN if asked == "/" else f"{LOGIN}?to={quote(asked, safe='')}"
    headers = [(b"location", to.encode()), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _refuse(send: Send, path: str, refused: Refusal) -> None:
    body, kind = f"{refused.told}\n".encode(), b"text/plain; charset=utf-8"
    if refused.title:
        page = fill_error(refused.title, [refused.told], refused.todo)
        body, kind = page.encode(), b"text/html; charset=utf-8"
    if is_for_programs(path):
        kind, body = MEDIA_TYPE.encode(), problem(refused.status, refused.told, todo=refused.todo or None)
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    if refused.status == 405:
        methods = METHODS if is_for_programs(path) else (*METHODS, WRITING)
        headers.append((b"allow", ", ".join(methods).encode()))
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
