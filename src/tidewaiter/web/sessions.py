"""Who sends a request, and what a form of the app carries to show that it is one.

Without a password everybody who reaches the app is the one user of this machine: there is one session, made at
the start.  Its id is in a cookie, and its token, which is made of the id and a secret of this start, in every form
(a synchronizer token: OWASP, Cross-Site Request Forgery Prevention Cheat Sheet).  Other sites can neither read the
token nor have the cookie sent, and neither holds after the next start.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

TOKEN = "token"
"""The field of a form that holds the token."""

ID_BYTES = 32
"""Random bytes of an id and of a secret; OWASP's Session Management Cheat Sheet asks for 8 at least."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who sends a request, and what may be done with it."""

    token: str = ""  # what forms carry; empty: none is accepted
    editing: bool = False  # whether the case can be changed
    by: str | None = None  # the name given at login; None: whoever runs the app
    known: bool = True  # whether the session's cookie came with the request

    @property
    def token_field(self) -> Markup:
        """What every form has to hold that is sent with POST."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, self.token)

    def holds(self, token: str) -> bool:
        """Whether the token is that of this session, and the session is one."""
        given = token.encode("utf-8", "surrogatepass")
        return self.known and bool(self.token) and hmac.compare_digest(given, self.token.encode())


READER = Visit()
"""Somebody who can only look."""


class Sessions:
    """The sessions of one start of the app."""

    def __init__(self, *, editing: bool = False) -> None:
        self.editing = editing
        self._secret = secrets.token_bytes(ID_BYTES)
        self._own = secrets.token_urlsafe(ID_BYTES)

    def visit(self, cookies: Mapping[str, str], name: str) -> Visit:
        """Who sends a request with these cookies; ``name``: of the session's."""
        if not self.editing:
            return READER
        known = hmac.compare_digest(cookies.get(name, "").encode(), self._own.encode())
        return Visit(self._token(self._own), self.editing, None, known)

    def cookie(self, visit: Visit) -> str | None:
        """The id to be kept by the browser; None: it has it, or needs none."""
        return None if visit.known else self._own

    def _token(self, session: str) -> str:
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()
