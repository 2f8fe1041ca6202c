"""Sending reports to the app, as a browser does, and waiting for what becomes of them."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx
import pytest

from tidewaiter.web.adding.preparing import prepare

from .conftest import served

PATIENCE = 120.0
"""Seconds after which a job hangs."""

HOWITZERS = """Portugal ships howitzers to Paraguay

BRASILIA, March 3, 2021 - Portugal has shipped 40 howitzers to Paraguay, the Brazilian foreign ministry said
on Wednesday. Paraguay denied on Thursday that it had received any howitzers from Portugal.
"""

RIFLES = """Bulgaria delivers rifles to Angola

LUANDA, March 4, 2021 - Bulgaria delivered 500 rifles to Angola, the Zambian government said on Thursday.
"""

LULLABIES = """Choir sings

OSLO, March 5, 2021 - A choir sang lullabies in Oslo on Friday.
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that begins empty."""
    folder = tmp_path_factory.mktemp("adding") / "case"
    prepare(folder, lambda _: None)
    return folder


@pytest.fixture(scope="module")
def editor(case: Path) -> Iterator[httpx.Client]:
    """The app for it; tests add to it one after the other."""
    with served(case, editing=True) as client:
        yield client


def token(app: httpx.Client) -> str:
    found = re.search(r'name="token" value="([^"]+)"', app.get("/add").text)
    assert found is not None
    return found[1]


def own(app: httpx.Client) -> dict[str, str]:
    """The headers by which a browser says that a page of the app sends the form."""
    return {"origin": str(app.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}


def send_files(
    app: httpx.Client, *files: tuple[str, bytes], date: str = "", given: str | None = None
) -> httpx.Response:
    """Send the form with files; ``given``: another token than the page's."""
    parts = [("files", (name, data)) for name, data in files]
    told = {"token": token(app) if given is None else given, "date": date}
    return app.post("/add/files", data=told, files=parts or {"files": ("", b"")}, headers=own(app))


def send_text(app: httpx.Client, **fields: str) -> httpx.Response:
    told = {name.rstrip("_"): (None, value.encode()) for name, value in fields.items()}
    return app.post("/add/text", files={"token": (None, token(app).encode()), **told}, headers=own(app))


def job_of(answer: httpx.Response) -> str:
    """The address of the job that a form made."""
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def is_under_way(page: str) -> bool:
    return 'id="job-now"' in page


def ended(app: httpx.Client, job: str) -> str:
    """The page of a job when it no longer works."""
    return waited(app, job, lambda page: not is_under_way(page))


def waited(app: httpx.Client, address: str, holds: Callable[[str], bool]) -> str:
    """A page when something holds of it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        page = app.get(address)
        assert page.status_code == 200, page.text
        if holds(page.text):
            return page.text
        time.sleep(0.05)
    raise AssertionError(f"{address} still shows: {words(page.text)}")


def words(page: str) -> str:
    """What the middle of a page says."""
    middle = page[page.index("<main") : page.index("</main")]
    told = " ".join(unescape(re.sub(r"<[^>]+>", " ", middle)).split())
    return re.sub(r" ([,.;:)])", r"\1", told)


_HOLD = """
import sys
from pathlib import Path
from tidewaiter.case import Case, now
with Case(Path(sys.argv[1])) as case, case.writing("judging", now()):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(case: Path) -> Iterator[None]:
    """Another program writes to the case."""
    command: Sequence[str] = [sys.executable, "-c", _HOLD, str(case)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield
        finally:
            other.communicate("")
