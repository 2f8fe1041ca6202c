"""The app in a real browser: every page shows without complaint, asks nobody else, fits, knows its keys."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tidewaiter.web.passwords import hashed

from .conftest import served
from .walking import pages

pytestmark = pytest.mark.browser


WIDTHS = (390, 1280, 1440, 1920)

PUSHED = """[...document.querySelectorAll("main .scroll")]
    .filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => one.getAttribute("aria-label") || one.getAttribute("aria-labelledby"))"""
"""What has to be pushed sideways to be seen."""


def test_every_page_shows_without_complaint_and_fits(page: Page, app: httpx.Client) -> None:
    for _, address in pages(app):
        page.goto(str(app.base_url).rstrip("/") + address)
        assert page.get_by_role("heading", level=1).count() == 1, address
        assert page.get_by_role("main").count() == 1
        for opened in (False, True):
            if opened:
                page.locator("details").evaluate_all("all => all.forEach(e => { e.open = true; })")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 844})
                assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
                if address.startswith("/transfers/"):
                    assert page.evaluate(PUSHED) == [], (address, width)


@pytest.mark.parametrize("width", [390, 768, 1024, 1200, 1280, 1440])
def test_tables_of_many_columns_are_not_pushed_sideways(page: Page, app: httpx.Client, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/", "/sources", "/sources/outlets"):
        page.goto(str(app.base_url).rstrip("/") + address)
        wide, room = page.locator("main .scroll:has(> table)").evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide <= room + 1, address


def nobody_came(away: socket.socket) -> bool:
    try:
        away.accept()[0].close()
    except BlockingIOError:
        return True
    return False


def test_hostile_reports_change_nothing(browser: Browser, hostile: httpx.Client, away: socket.socket) -> None:
    base = str(hostile.base_url).rstrip("/")
    documents = re.findall(r'href="(/documents/[^"#?]+)"', hostile.get("/sources").text)
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    framed = 0
    for address in ["/", "/timeline", "/sources", "/search?q=attacked", *documents]:
        tab.goto(base + address)
        tab.locator("details").evaluate_all("all => all.forEach(e => { e.open = true; })")
        for frame in tab.locator("iframe").all():
            frame.scroll_into_view_if_needed()
            framed += 1
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.attacked") is None, address
        assert tab.evaluate("document.documentElement.scrollWidth") <= 1280, address
        assert tab.url == base + address
        assert all(one.url in ("", "about:blank") or "/captures/" in one.url for one in tab.frames[1:])
    tab.close()
    assert framed == len(set(documents))
    assert nobody_came(away)


def test_an_original_runs_nothing_even_by_itself(
    browser: Browser, hostile: httpx.Client, away: socket.socket
) -> None:
    tab = browser.new_page()
    for document in re.findall(r'href="(/documents/[^"#?]+)"', hostile.get("/sources").text):
        for capture in re.findall(r'src="(/captures/[^"]+)"', hostile.get(document).text):
            address = str(hostile.base_url).rstrip("/") + capture
            tab.goto(address)
            tab.wait_for_load_state("networkidle")
            assert tab.url == address
    tab.close()
    assert nobody_came(away)


def test_the_keys(page: Page, app: httpx.Client) -> None:
    base = str(app.base_url).rstrip("/")
    page.goto(base + "/")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("?")
    assert page.locator("#help").is_hidden()
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/timeline")
    page.goto(base + "/")
    page.locator("tbody a").first.click()
    page.wait_for_url("**/transfers/*")
    first = page.url
    page.keyboard.press("]")
    page.wait_for_url(lambda url: url != first)


def test_the_skip_link_and_focus_are_seen(page: Page, app: httpx.Client) -> None:
    page.goto(str(app.base_url))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") != "date":  # its parts have a ring of the browser's
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_cited_words_are_in_view_when_opened(page: Page, app: httpx.Client) -> None:
    page.goto(str(app.base_url))
    page.locator("a.cite").first.click()
    page.wait_for_url("**/documents/*")
    assert page.locator("#at").evaluate(
        "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }"
    )


def test_a_sign_of_the_chart_leads_to_its_row(page: Page, app: httpx.Client) -> None:
    page.goto(f"{str(app.base_url).rstrip('/')}/timeline")
    assert page.locator("#content").get_by_role("group").count() == 1
    assert page.locator("svg a:not([aria-hidden])").count() == 0
    page.locator(".for-wide svg a path").last.click()
    assert page.locator("tr:target").count() == 1
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{str(app.base_url).rstrip('/')}/timeline")
    assert page.locator("#content").get_by_role("group").count() == 1
    page.locator(".for-narrow svg a path").last.click()
    assert page.locator("tr:target").count() == 1


def test_it_prints(page: Page, app: httpx.Client) -> None:
    page.goto(str(app.base_url))
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator("form.filters").is_hidden()


def test_a_form_is_sent_with_its_origin_and_the_session_lasts(browser: Browser, example: Path) -> None:
    with served(example, password=hashed("some words in a row")) as app:
        context = browser.new_context()
        tab = context.new_page()
        base = str(app.base_url).rstrip("/")
        tab.goto(f"{base}/actors")
        assert "/login?to=" in tab.url
        tab.keyboard.type("A. Analyst")
        tab.keyboard.press("Tab")
        tab.keyboard.type("not these words")
        tab.keyboard.press("Enter")
        assert tab.get_by_role("alert").inner_text() == "This is not the password."
        tab.get_by_label("Password").fill("some words in a row")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"{base}/actors")
        assert tab.evaluate("document.cookie") == ""
        tab.get_by_role("button", name="Log out").click()
        tab.wait_for_url(f"{base}/login")
        context.close()


def test_the_slider_goes_over_the_days(page: Page, app: httpx.Client) -> None:
    page.goto(f"{str(app.base_url).rstrip('/')}/actors")
    slider = page.get_by_role("slider")
    assert slider.get_attribute("aria-valuetext") == "as it is now"
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    told = slider.get_attribute("aria-valuetext")
    assert told
    assert "as_of" not in page.url  # nothing happens before it is asked for
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors?*as_of=*")
    assert told in page.locator(".day").inner_text()
    assert page.get_by_role("slider").get_attribute("aria-valuetext") == told
    page.get_by_role("slider").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors")


def test_the_slider_shows_the_day_when_the_pointer_lets_go(page: Page, app: httpx.Client) -> None:
    page.goto(f"{str(app.base_url).rstrip('/')}/sources")
    box = page.get_by_role("slider").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/sources?*as_of=*")
    assert page.get_by_role("heading", level=1).count() == 1


def test_without_scripts_there_is_the_date_field_alone(browser: Browser, app: httpx.Client) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(str(app.base_url))
    assert tab.get_by_role("slider").count() == 0
    assert tab.locator("#as-of").is_visible()
    context.close()
