"""Listening on this machine, and the browser."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tidewaiter.errors import CaseError, MachineError, ModelError

if TYPE_CHECKING:
    import uvicorn

LOOPBACK = ("127.0.0.1", "localhost")

PORT = 8321
"""Where the app listens unless told otherwise: no registered service (IANA) is usually found there."""

INSTALL = "pip install 'tidewaiter[web]'"


def serve(
    folder: Path, host: str, port: int, say: Callable[[str], None], *, browser: bool, editing: bool = False
) -> None:
    """Show the case in ``folder`` until Ctrl-C.

    ``port``: 0 for any that is free; ``say`` is told the address; ``browser``: open it there;
    ``editing``: take forms that change the case.

    Raises ``CaseError`` when there is no case or another host than this machine is named, ``MachineError``
    when the port is taken, ``ModelError`` when the packages for it are not installed.
    """
    if host not in LOOPBACK:
        raise CaseError(
            "the app is shown to this machine only: it has no accounts, and would show the case to anybody",
            where=f"--host {host}",
            todo="Leave --host out. To look from elsewhere, forward the port through ssh.",
        )
    check_case(folder)
    listening = listen(port)
    bound = listening.getsockname()[1]
    address = f"http://127.0.0.1:{bound}/"

    def ready() -> None:
        say(f"{folder} is shown at {address}  (Ctrl-C ends it)")
        if browser:
            open_browser(address)

    with listening:
        server(folder, bound, ready, editing=editing).run(sockets=[listening])


def check_case(folder: Path) -> None:
    """Raises ``CaseError`` when there is no case in the folder, or its settings cannot be read."""
    from tidewaiter.case import CASE_FILE, read_settings

    if not (folder / CASE_FILE).is_file():
        raise CaseError("is not a case", where=str(folder), todo=f"Make one with: tidewaiter new {folder}")
    read_settings(folder / CASE_FILE)


def listen(port: int) -> socket.socket:
    """A socket on 127.0.0.1.  Raises ``MachineError`` when the port is taken."""
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("127.0.0.1", port))
        made.listen(64)
    except (OSError, OverflowError) as error:
        made.close()
        raise MachineError(
            f"cannot be listened on ({getattr(error, 'strerror', None) or error})",
            where=f"port {port}",
            todo="Name another with --port, or --port 0 for any that is free.",
        ) from error
    return made


def server(folder: Path, port: int, ready: Callable[[], None], *, editing: bool = False) -> uvicorn.Server:
    """What answers requests on a port; ``ready`` is called when the first can be answered.

    Raises ``ModelError`` when the packages are not installed.
    """
    try:
        import uvicorn

        from tidewaiter.web.app import make_app
    except ImportError as error:
        raise ModelError(
            f"the case app needs packages that are not installed ({error.name})",
            todo=f"Install them: {INSTALL}; in the source tree: make serve",
        ) from error
    from tidewaiter.web.guard import origins_of
    from tidewaiter.web.sessions import Sessions

    class Telling(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    return Telling(
        uvicorn.Config(
            make_app(folder, origins_of(port), Sessions(editing=editing)),
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=2,
        )
    )


def open_browser(address: str) -> None:
    """Open the address in the user's browser; where there is none, nothing happens."""
    import threading
    import webbrowser

    # webbrowser may wait for the browser it starts
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
