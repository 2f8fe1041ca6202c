"""The case app on loopback, over real HTTP."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from browsing import browser
from tidewaiter.case import Case
from tidewaiter.web.serving import listen, server

from .reports import write_hostile
from .whole_case import build_whole

__all__ = ["browser"]

EXAMPLES = Path(__file__).parents[2] / "examples"
AT = "2024-03-01T12:00:00Z"
LATER = "2024-03-02T12:00:00Z"


@pytest.fixture(autouse=True, scope="session")
def installed() -> None:
    """What the app needs; the tests are skipped where it is missing."""
    for package in ("uvicorn", "fastapi"):
        pytest.importorskip(package, reason=f"the case app needs the extra web ({package} is not installed)")


def build(folder: Path, *sources: Path, at: str = AT) -> Path:
    """A case of these reports."""
    with Case.open_or_create(folder, at) as case:
        case.add(sources, at)
        case.build(at)
    return folder


@contextmanager
def served(
    folder: Path,
    *,
    editing: bool = False,
    password: str | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[httpx.Client]:
    """The app for a case, answering.  ``password``: the hash of the one that it asks for."""
    listening, ready = listen(0), threading.Event()
    port = listening.getsockname()[1]
    running = server(folder, port, ready.set, editing=editing, password=password, clock=clock)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        assert ready.wait(30)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120) as client:
            yield client
    finally:
        running.should_exit = True
        thread.join(30)
        listening.close()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of the examples; for tests that only look at it."""
    return build(tmp_path_factory.mktemp("web") / "case", EXAMPLES)


@pytest.fixture(scope="session")
def app(example: Path) -> Iterator[httpx.Client]:
    with served(example) as client:
        yield client


@pytest.fixture(scope="session")
def away() -> Iterator[socket.socket]:
    """Somewhere else, which nothing that is shown may reach."""
    with socket.create_server(("127.0.0.1", 0)) as waiting:
        waiting.setblocking(False)
        yield waiting


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, away: socket.socket) -> Iterator[httpx.Client]:
    """The app over reports that attack it."""
    root = tmp_path_factory.mktemp("hostile")
    reports = write_hostile(root / "reports", away.getsockname()[1])
    with served(build(root / "case", reports)) as client:
        yield client


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with disagreements and judgements too; for tests that only look at it."""
    return build_whole(tmp_path_factory.mktemp("whole") / "case", EXAMPLES)


@pytest.fixture(scope="session")
def api(whole: Path) -> Iterator[httpx.Client]:
    with served(whole) as client:
        yield client


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab; at the end the console must be empty and nobody else have been asked."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: requests.append(request.url))
    yield tab
    tab.close()
    assert complaints == []
    assert [one for one in requests if not one.startswith("http://127.0.0.1:")] == []


def former_id(folder: Path) -> tuple[str, str]:
    """An id that a row of several reports could have had before, and the id that it has."""
    with Case(folder) as case:
        row = next(one for one in case.view().register.rows if len(one.reported) > 1)
    return next(f"t{name[1:]}" for _, name in row.reported if f"t{name[1:]}" != row.id), row.id
