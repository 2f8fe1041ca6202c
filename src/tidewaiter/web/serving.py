"""Listening, to whom, and the browser."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tidewaiter.errors import CaseError, MachineError, ModelError

if TYPE_CHECKING:
    import uvicorn

LOOPBACK = ("127.0.0.1", "localhost")
LOOPBACK_NAMES = (*LOOPBACK, "[::1]")
EVERYWHERE = ("0.0.0.0", "::")

STANDARD_PORTS = {"http": 80, "https": 443}
"""Ports that browsers leave out."""

PORT = 8321
"""Where the app listens unless told otherwise: no registered service (IANA) is usually found there."""

OPEN = (
    "What is sent to and from other machines is NOT encrypted: whoever is on the way can read it, the "
    "password too. Use --tls-cert and --tls-key, a TLS proxy, or ssh."
)

INSTALL = "pip install 'tidewaiter[web]'"


@dataclass(frozen=True, slots=True)
class Terms:
    """How the app is shown, and to whom."""

    host: str = "127.0.0.1"
    port: int = PORT
    editing: bool = False  # take forms that change the case
    names: tuple[str, ...] = ()  # further names that it answers to: NAME, NAME:PORT or https://NAME
    password_file: Path | None = None  # with the hash of the password that it asks for
    certificate: Path | None = None  # PEM, for https
    key: Path | None = None

    @property
    def scheme(self) -> str:
        return "https" if self.certificate else "http"


def serve(folder: Path, terms: Terms, say: Callable[[str], None], *, browser: bool) -> None:
    """Show the case in ``folder`` until Ctrl-C.

    ``say`` is told the address and who can see it; ``browser``: open it there.

    Raises ``CaseError`` when there is no case, or no password where one is demanded; ``MachineError`` when
    the port is taken; ``ModelError`` when the packages for it are not installed.
    """
    if terms.editing:
        from tidewaiter.web.adding.preparing import prepare

        prepare(folder, say)
    check_case(folder)
    origins = named(terms, terms.port)
    password = password_for(terms)
    listening = listen(terms.port, terms.host)
    bound = listening.getsockname()[1]
    origins = named(terms, bound)
    shown_at = "127.0.0.1" if terms.host in LOOPBACK + EVERYWHERE else terms.host
    address = f"{origin_of(shown_at, terms.scheme, bound)}/"

    def ready() -> None:
        say(f"{folder} is shown at {address}  (Ctrl-C ends it)")
        for line in told(terms, origins):
            say(line)
        if browser:
            open_browser(address)

    with listening:
        running = server(
            folder, bound, ready, editing=terms.editing, password=password, terms=terms, say=say, alone=True
        )
        running.run(sockets=[listening])


def named(terms: Terms, port: int) -> frozenset[str]:
    """How browsers may name the app, as origins.  Raises ``CaseError`` for what is no name."""
    own = LOOPBACK_NAMES if terms.host in LOOPBACK + EVERYWHERE else (terms.host,)
    if terms.host in EVERYWHERE:
        own = (*own, socket.gethostname())
    return frozenset(origin_of(one, terms.scheme, port) for one in (*own, *terms.names))


def origin_of(told: str, scheme: str, port: int) -> str:
    """The origin that a browser makes of a name: its scheme and port where it tells none.

    Raises ``CaseError`` for what is no name.
    """
    name = f"[{told}]" if told.count(":") > 1 and not told.startswith("[") and "//" not in told else told
    try:
        parts = urlsplit(name if "://" in name else f"{scheme}://{name}")
        told_port = parts.port or (None if "://" in name else port)
    except ValueError:
        parts, told_port = urlsplit(""), None
    host = parts.hostname or ""
    if parts.scheme not in STANDARD_PORTS or not host or parts.path not in ("", "/") or parts.username:
        raise CaseError("is no name of a host", where=told[:100], todo="Name it like case.example.org.")
    host = f"[{host}]" if ":" in host else host
    usual = told_port in (None, STANDARD_PORTS[parts.scheme])
    return f"{parts.scheme}://{host}" if usual else f"{parts.scheme}://{host}:{told_port}"


def password_for(terms: Terms) -> str | None:
    """The hash of the password that the app asks for; None: it is shown to this machine only, and asks
    nobody.

    Raises ``CaseError`` where one is demanded and there is none.
    """
    from tidewaiter.web.passwords import MAKE_ONE, own_file, wanted

    elsewhere = terms.host not in LOOPBACK or any(
        (urlsplit(origin_of(one, "http", 1)).hostname or "") not in LOOPBACK for one in terms.names
    )
    if terms.password_file is None and not elsewhere:
        return None
    try:
        return wanted(terms.password_file)
    except CaseError as error:
        if terms.password_file is not None or error.where != str(own_file()):
            raise
        raise CaseError(
            "to be shown to other machines the app has to ask for a password, and there is none",
            where=f"--host {terms.host}",
            todo=f"{MAKE_ONE}. Or leave --host out and forward the port through ssh.",
        ) from error


def told(terms: Terms, origins: Iterable[str]) -> Iterable[str]:
    """Who can see the app, in lines to be said at the start."""
    if terms.host in LOOPBACK and not terms.names:
        return
    yield "It asks for a password, and answers to: " + ", ".join(sorted(origins)) + "  (more: --allow-host)"
    if any(one.startswith("http:") for one in origins) and terms.host not in LOOPBACK:
        yield OPEN


def check_case(folder: Path) -> None:
    """Raises ``CaseError`` when there is no case in the folder, or its settings cannot be read."""
    from tidewaiter.case import CASE_FILE, read_settings

    if not (folder / CASE_FILE).is_file():
        raise CaseError("is not a case", where=str(folder), todo=f"Make one with: tidewaiter new {folder}")
    read_settings(folder / CASE_FILE)


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """A socket on a host of this machine.  Raises ``MachineError`` when the port is taken, ``CaseError``
    for a host that is none."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            "127.0.0.1" if host in LOOPBACK else host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise CaseError("no host has that name", where=f"--host {host}", todo="Name an address.") from error
    # the protocol is named as asyncio sets TCP_NODELAY on no other socket, and answers wait 40 ms without it
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(place)
        made.listen(64)
    except (OSError, OverflowError) as error:
        made.close()
        raise MachineError(
            f"cannot be listened on ({getattr(error, 'strerror', None) or error})",
            where=f"port {port}",
            todo="Name another with --port, or --port 0 for any that is free.",
        ) from error
    return made


def server(
    folder: Path,
    port: int,
    ready: Callable[[], None],
    *,
    editing: bool = False,
    password: str | None = None,
    terms: Terms | None = None,
    clock: Callable[[], float] = time.monotonic,
    say: Callable[[str], None] = lambda _: None,
    alone: bool = False,
) -> uvicorn.Server:
    """What answers requests on a port; ``ready`` is called when the first can be answered; ``say`` is told
    what the user should know at the end; ``alone``: nothing else is in this process.

    ``password``: the hash of the one that is asked for.  Raises ``ModelError`` when the packages are not
    installed.
    """
    try:
        import uvicorn

        from tidewaiter.web.app import make_app
        from tidewaiter.web.connections import MOST_CONNECTIONS, MOST_HEAD_BYTES, Patience
    except ImportError as error:
        raise ModelError(
            f"the case app needs packages that are not installed ({error.name})",
            todo=f"Install them: {INSTALL}; in the source tree: make serve",
        ) from error
    from tidewaiter.web.sessions import Sessions

    terms = terms or Terms()

    class Telling(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    sessions = Sessions(editing=editing, password=password, clock=clock)
    config = uvicorn.Config(
        make_app(folder, named(terms, port), sessions, say, alone=alone),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=Patience,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=MOST_HEAD_BYTES,
        limit_concurrency=MOST_CONNECTIONS,
        ssl_certfile=terms.certificate,
        ssl_keyfile=terms.key,
    )
    try:
        config.load()
    except (OSError, ssl.SSLError) as error:
        raise CaseError(
            f"the certificate or its key cannot be used ({error})",
            where=f"--tls-cert {terms.certificate}",
            todo="Name two files in PEM that belong together, the key without a passphrase.",
        ) from error
    return Telling(config)


def open_browser(address: str) -> None:
    """Open the address in the user's browser; where there is none, nothing happens."""
    import threading
    import webbrowser

    # webbrowser may wait for the browser it starts
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
