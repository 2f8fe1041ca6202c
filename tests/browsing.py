"""A real browser for tests of pages, where the machine has one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")

_running: list[Browser] = []
"""The one that runs, if any: each module that imports the fixture has one of its own in pytest's eyes."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests of a process."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; install it (Debian: apt-get install chromium)")
    if _running:
        yield _running[0]
        return
    with sync_playwright() as playwright:
        _running.append(
            playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--headless"])
        )
        yield _running[0]
        _running.pop().close()
