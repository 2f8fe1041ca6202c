"""Every page with the keyboard alone: Tab goes on from one stop to the next, and where it is can be seen."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Page

from .walking import Walked, pages

pytestmark = pytest.mark.browser

MOST_STOPS = 45
"""Tabs from the start of a page; long tables go on in the same way."""

STOPS = """most => {
  const seen = e => e.checkVisibility({checkVisibilityCSS: true}) && !e.closest('dialog:not([open])');
  const stops = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  return [...document.querySelectorAll(stops)]
    .filter(e => e.tabIndex >= 0 && !e.disabled && !e.hidden && seen(e))
    .filter(e => e.type !== 'radio' || e.checked  // of those of one name the chosen one is the stop
      || !document.querySelector(`input[type=radio][name="${e.name}"]:checked`)).slice(0, most)
    .map((e, i) => { e.dataset.stop = i; return i; });
}"""

LISTS = {"transfers": "", "documents": "sources"}
"""Where the pages of a kind are listed, when not under its own name."""

FOCUSED = """() => {
  const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
  return {stop: e.dataset.stop ?? null, date: e.type === 'date', name: e.outerHTML.slice(0, 120),
    ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 1,
    seen: r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth};
}"""


def walk(page: Page, address: str) -> None:
    """Tab through a page: every stop in turn, none twice but the parts of a day, each seen with its ring."""
    page.goto(address)
    stops = page.evaluate(STOPS, MOST_STOPS)
    assert len(stops) > 5, address
    reached: list[str] = []
    for _ in range(len(stops) + 12):  # a day has parts, each a Tab of its own
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["stop"] is not None, (address, focused["name"])
        assert focused["seen"], (address, focused["name"])
        assert focused["ring"] or focused["date"], (address, focused["name"])
        if not reached or reached[-1] != focused["stop"]:
            reached.append(focused["stop"])
        if focused["stop"] == str(len(stops) - 1):
            break
    assert reached == [str(stop) for stop in stops], address


def test_tab_goes_through_every_page(page: Page, app: httpx.Client) -> None:
    base = str(app.base_url).rstrip("/")
    for walked in pages(app, most=1):
        walk(page, base + walked.address)


def test_every_page_is_reached_without_a_pointer(page: Page, app: httpx.Client) -> None:
    """From the register with Tab and Enter and the keys of the help alone."""
    base = str(app.base_url).rstrip("/")
    page.goto(base + "/")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    assert page.evaluate("document.activeElement.closest('dialog')?.id") == "help"
    page.keyboard.press(
        "Tab"
    )  # from the last of a dialog that is modal to the browser itself, not to the page
    assert page.evaluate("document.activeElement.matches('body, #help *')")
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()
    for key, name in page.locator("nav a[data-key]").evaluate_all(
        "all => all.map(e => [e.dataset.key, e.getAttribute('href')])"
    ):
        with page.expect_navigation():  # the register leads to itself too: its address says nothing
            page.keyboard.press("g")
            page.keyboard.press(key)
        assert page.url == base + name
    kinds = {walked.name: walked for walked in pages(app, most=1)}
    for name in (one for one in kinds if "-one" in one):
        follow(page, base, kinds[name])
    page.goto(base + "/")
    page.keyboard.press("/")
    page.keyboard.type("drones")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*q=drones*")


def follow(page: Page, base: str, walked: Walked) -> None:
    """Open a page from the list of its kind, by focusing the first link to it and pressing Enter."""
    kind = walked.address.split("/")[1]
    page.goto(f"{base}/{LISTS.get(kind, kind)}")
    link = page.locator(f'main a[href^="/{kind}/"]').first
    link.focus()
    target = link.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}{target}")


def test_a_cell_opens_and_closes_without_a_pointer(page: Page, app: httpx.Client) -> None:
    base = str(app.base_url).rstrip("/")
    page.goto(base + next(one.address for one in pages(app) if one.name.startswith("transfers-one")))
    summary = page.locator("details.said > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("details.said[open]").count() == 1
    page.keyboard.press("Enter")
    assert page.locator("details.said[open]").count() == 0
