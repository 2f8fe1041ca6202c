"""The page in a real browser: citations open, keyboard works, phones need no sideways scrolling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browsing import browser
from dossier.sample import CASE, MADE_AT, NOTHING, SAMPLE
from tidewaiter.dossier import render_dossier

__all__ = ["browser"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("dossier") / "dossier.html"
    page = render_dossier(CASE, *SAMPLE[:3], MADE_AT, captures=SAMPLE.captures)
    path.write_text(page, encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The dossier in a fresh tab; at the end the console must be empty and nothing asked for."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(address)
    yield tab
    tab.close()
    assert complaints == []
    assert {request.partition("#")[0] for request in requests} <= {address, "data:,"}


def in_view(page: Page, selector: str) -> bool:
    return bool(
        page.locator(selector).first.evaluate(
            "e => { const r = e.getBoundingClientRect();"
            " return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight; }"
        )
    )


def test_a_citation_opens_the_marked_words_and_leads_back(page: Page) -> None:
    link = page.locator("a.cite").first
    mark = link.get_attribute("href") or ""
    usual = page.locator(mark).evaluate("e => getComputedStyle(e).backgroundColor")
    link.click()
    assert page.url.endswith(mark)
    assert in_view(page, mark)
    number = mark.removeprefix("#n")
    shown = page.locator(f"mark.k{number}").evaluate_all(
        "marks => marks.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert len(set(shown)) == 1
    assert shown[0] != usual
    page.locator(f"sup.back.k{number} a").first.click()
    assert page.url.endswith(f"#u{number}-1")
    assert in_view(page, f"#u{number}-1")


def test_a_mark_leads_into_closed_details(page: Page) -> None:
    inside = page.locator("details a.cite").first.get_attribute("id")
    page.goto(f"{page.url}#{inside}")
    assert page.locator(f"#{inside}").evaluate("e => e.closest('details').open")


def test_the_keyboard_reaches_everything_in_order(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert in_view(page, ".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    tops: list[float] = []
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
        )
        assert style[0] != "none"
        assert style[1] >= 2
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
    assert tops[-1] > tops[0]
    page.locator("details > summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details").first.evaluate("e => e.open")


def test_no_chart_link_is_a_stop_of_the_keyboard(page: Page) -> None:
    assert page.locator("svg a").count() > 0
    assert page.locator("svg a").evaluate_all("links => links.every(e => e.tabIndex === -1)")


def test_a_sign_of_the_chart_leads_to_its_row(page: Page) -> None:
    page.locator("svg a").last.click()
    assert page.locator("tr:target").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_no_sideways_scrolling(page: Page, width: int, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 844})
    page.locator("details").evaluate_all("all => all.forEach(e => { e.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_tables_keep_their_roles_as_cards(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator("table.register").evaluate("e => getComputedStyle(e).display") == "block"
    assert page.get_by_role("table").count() >= 4
    assert page.get_by_role("rowheader").count() >= 2
    assert page.get_by_role("columnheader", name="Supplier").count() == 1


def test_it_prints(page: Page) -> None:
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator("nav.toc").is_hidden()


def test_the_empty_page_shows_without_complaint(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(render_dossier("Nothing", (), {}, NOTHING, MADE_AT), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(path.as_uri())
    assert tab.get_by_role("heading", level=1).inner_text() == "Nothing"
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    tab.close()
