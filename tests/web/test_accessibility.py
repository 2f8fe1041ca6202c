"""axe-core (WCAG 2.2 and best practices) over every page: light and dark, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page

from .walking import FAULTS, Walked, pages

axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")

pytestmark = pytest.mark.browser

LOOKS = [(width, scheme) for width in (1440, 390) for scheme in ("light", "dark")]

GRAVE = ("serious", "critical")

EVERYTHING = {"resultTypes": ["violations"], "iframes": False, "preload": False}
"""All that axe looks for by itself, but in frames: they hold originals as others wrote them."""

COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What differs between light and dark; the rest is asked of a page once at each width."""


OPENED = """most => {
  document.querySelectorAll('details').forEach(e => { e.open = true; });
  for (const list of document.querySelectorAll('tbody, ol, ul'))
    [...list.children].slice(most).forEach(one => one.remove());
}"""
"""Opens all that is closed, and leaves so many rows of a table or list: the rest goes on in the same way."""

ROWS = 4


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """A tab in which axe can be called; it is evaluated from outside, so that the app's policy stays on."""
    with browser.new_page() as tab:
        yield tab


def violations(tab: Page, options: dict[str, object]) -> list[str]:
    """What is serious or critical in the page shown, with the first places."""
    found = tab.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['help']}; {[node['html'][:160] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in GRAVE
    ]


def complaints(tab: Page, base: str, walked: Walked) -> list[str]:
    """Violations of one page at each look."""
    told = []
    tab.goto(base + walked.address)
    tab.evaluate(OPENED, ROWS)
    tab.evaluate(axe.AXE_SCRIPT)
    for width, scheme in LOOKS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(color_scheme=scheme)
        found = violations(tab, EVERYTHING if scheme == "light" else COLOURS)
        told += [f"{walked.address} at {width}, {scheme}: {one}" for one in found]
    return told


def test_axe_finds_nothing_serious_on_any_page(tab: Page, app: httpx.Client) -> None:
    base = str(app.base_url).rstrip("/")
    faults = [Walked(*fault) for fault in FAULTS.items()]
    told = [one for walked in pages(app, most=1) + faults for one in complaints(tab, base, walked)]
    assert not told, "\n".join(told)


def test_axe_finds_nothing_serious_in_the_help(tab: Page, app: httpx.Client) -> None:
    tab.goto(str(app.base_url))
    tab.evaluate(axe.AXE_SCRIPT)
    tab.keyboard.press("?")
    assert violations(tab, EVERYTHING) == []


def test_axe_would_find_something(tab: Page, app: httpx.Client) -> None:
    """The policy of the app neither keeps axe from looking nor is switched off for it."""
    tab.emulate_media(color_scheme="light")
    answer = tab.goto(str(app.base_url))
    assert answer is not None
    assert "require-trusted-types-for 'script'" in answer.headers["content-security-policy"]
    tab.evaluate(axe.AXE_SCRIPT)
    tab.evaluate("document.documentElement.removeAttribute('lang')")
    tab.evaluate("document.querySelector('h1').style.color = '#eee'")  # the CSSOM is no inline style
    assert [one.partition(" ")[0] for one in violations(tab, EVERYTHING)] == [
        "color-contrast",
        "html-has-lang",
    ]
