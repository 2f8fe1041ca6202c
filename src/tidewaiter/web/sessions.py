"""Who sends a request, and what a form of the app carries to show that it is one.

Without a password everybody who reaches the app is the one user of this machine: there is one session, made
at the start.  With one, a session begins when the password is given, under a new id, and ends after a
while.  Its id is in a cookie, and its token, which is made of the id and a secret of this start, in every
form (OWASP, Cross-Site Request Forgery Prevention Cheat Sheet).  Other sites can neither read the token nor
have the cookie sent, and neither holds after the next start.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

TOKEN = "token"
"""The field of a form that holds the token."""

ID_BYTES = 32
"""Random bytes of an id and of a secret; OWASP's Session Management Cheat Sheet asks for 8 at least."""

IDLE_SECONDS = 3600.0
WHOLE_SECONDS = 12 * 3600.0
"""A session ends after an hour without a request, and after twelve: NIST SP 800-63B-4, 2.2.3, has no more
than an hour and a day."""

MOST_SESSIONS = 200
"""Of one start; with more the one that was longest unused ends (our own choice)."""

_ID = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Visit:
    """Who sends a request, and what may be done with it."""

    token: str = ""  # what forms carry; empty: none is accepted
    editing: bool = False  # whether the case can be changed
    by: str | None = None  # the name given at login; None: whoever runs the app
    known: bool = True  # whether the session's cookie came with the request
    entered: bool = True  # whether the case may be looked at
    id: str = ""  # of the session; only ever sent as a cookie
    cookie: str = ""  # its name

    @property
    def token_field(self) -> Markup:
        """What every form has to hold that is sent with POST."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, self.token)

    def holds(self, token: str) -> bool:
        """Whether the token belongs to the browser's login, and that is one that the app knows."""
        given = token.encode("utf-8", "surrogatepass")
        return self.known and bool(self.token) and hmac.compare_digest(given, self.token.encode())

    def kept(self) -> str | None:
        """The cookie that the browser has to keep, as a header; None: it has it, or needs none."""
        return None if self.known or not self.id else cookie(self.cookie, self.id)


READER = Visit()
"""Somebody who can only look."""


def cookie(name: str, value: str) -> str:
    """A cookie of this host alone that no script reads and no other site has sent; an empty one ends it."""
    secure = "; Secure" if name.startswith("__Host-") else ""
    ended = "" if value else "; Max-Age=0"
    return f"{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{ended}"


@dataclass(slots=True)
class _Session:
    by: str
    begun: float
    seen: float


class Sessions:
    """The sessions of one start of the app.  ``password``: its hash; None: nobody is asked."""

    def __init__(
        self,
        *,
        editing: bool = False,
        password: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.editing = editing
        self.password = password
        self.clock = clock
        self._secret = secrets.token_bytes(ID_BYTES)
        self._own = secrets.token_urlsafe(ID_BYTES)
        self._begun: dict[str, _Session] = {}

    @property
    def locked(self) -> bool:
        return self.password is not None

    def visit(self, cookies: Mapping[str, str], name: str) -> Visit:
        """Who sends a request with these cookies; ``name``: of the session's."""
        given = cookies.get(name, "")
        if self.locked:
            session = self._alive(given)
            if session is None:
                return self._at_the_door(cookies, f"{name}-entry")
            return Visit(self._token(given), self.editing, session.by, id=given, cookie=name)
        if not self.editing:
            return READER
        known = hmac.compare_digest(given.encode("utf-8", "replace"), self._own.encode())
        return Visit(self._token(self._own), True, None, known, id=self._own, cookie=name)

    def begin(self, by: str) -> str:
        """A new session; its id."""
        now = self.clock()
        for ended in [one for one in self._begun if self._alive(one, seen=False) is None]:
            del self._begun[ended]
        while len(self._begun) >= MOST_SESSIONS:
            del self._begun[min(self._begun, key=lambda one: self._begun[one].seen)]
        made = secrets.token_urlsafe(ID_BYTES)
        self._begun[made] = _Session(by, now, now)
        return made

    def end(self, name: str) -> None:
        """End the session with this id."""
        self._begun.pop(name, None)

    def _alive(self, name: str, *, seen: bool = True) -> _Session | None:
        session, now = self._begun.get(name), self.clock()
        if session is None:
            return None
        if now - session.seen > IDLE_SECONDS or now - session.begun > WHOLE_SECONDS:
            return None
        if seen:
            session.seen = now
        return session

    def _at_the_door(self, cookies: Mapping[str, str], name: str) -> Visit:
        """Somebody who has yet to give the password; the form for it has a token too, of a cookie of its
        own."""
        given = cookies.get(name, "")
        known = _ID.fullmatch(given) is not None
        entry = given if known else secrets.token_urlsafe(ID_BYTES)
        return Visit(self._token(f"entry {entry}"), known=known, entered=False, id=entry, cookie=name)

    def _token(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()
