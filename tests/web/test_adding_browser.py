"""Adding reports in a real browser: with the keyboard alone, by dropping, by pasting, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from browsing import browser

from .adding import HOWITZERS, LULLABIES, PATIENCE, RIFLES, case, editor, held, job_of, send_text

__all__ = ["case", "editor"]

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("adding in a browser")]

DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: "text/plain" }));
  for (const kind of ["dragover", "drop"])
    document.querySelector("h1").dispatchEvent(
      new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(params=["with scripts", "without scripts"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return request.param == "with scripts"


@pytest.fixture
def page(browser: Browser, scripted: bool) -> Iterator[Page]:
    """A fresh tab; at the end the console must be empty and nobody else have been asked."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=scripted)
    complaints: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("request", lambda request: requests.append(request.url))
    tab.set_default_timeout(PATIENCE * 1000)
    yield tab
    tab.close()
    # a form that is shown again with its faults is answered with 422, of which Chromium tells the console
    assert [one for one in complaints if "status of 422" not in one] == []
    assert [one for one in requests if not one.startswith("http://127.0.0.1:")] == []


def base(app: httpx.Client) -> str:
    return str(app.base_url).rstrip("/")


def see_the_end(page: Page) -> None:
    page.wait_for_url("**/add/jobs/*")
    page.get_by_role("heading", name="What became of each").wait_for()


def fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


def reach(page: Page, selector: str) -> None:
    """Tab until it has the focus."""
    wanted = page.locator(selector)
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


def test_files_are_sent_with_the_keyboard(
    page: Page, editor: httpx.Client, tmp_path: Path, scripted: bool
) -> None:
    (tmp_path / f"howitzers {scripted}.txt").write_text(f"{HOWITZERS}\n{scripted}\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / ".hidden.txt").write_text("Kept by an editor.")
    page.goto(f"{base(editor)}/add")
    if scripted:
        page.keyboard.press("?")
        assert page.get_by_text("Add reports").count() >= 1
        page.keyboard.press("Escape")
    # waited for from before the walk there: until the browser knows of it, it opens the chooser itself
    with page.expect_file_chooser() as chooser:
        reach(page, "#files")
        page.keyboard.press("Space")
    chooser.value.set_files(sorted(tmp_path.iterdir()))
    if scripted:
        told = page.locator("#chosen").inner_text()
        assert "empty, will not be taken in" in told
        assert "a hidden file, will not be taken in" in told
        assert "none of these kinds" not in told
    reach(page, "#add-files button")
    page.keyboard.press("Enter")
    see_the_end(page)
    assert "1 added, 2 not taken in" in page.locator("main").inner_text()
    page.locator(".became a").first.click()
    page.wait_for_url("**/documents/*")


def test_a_text_is_pasted(page: Page, editor: httpx.Client, scripted: bool) -> None:
    page.goto(f"{base(editor)}/add")
    page.locator("#text").fill(f"{RIFLES}\n{scripted}\n")
    page.locator("#date").fill("soon")
    page.locator("#title").fill("Rifles told of")
    page.locator("#title").press("Enter")
    page.locator("#date-fault").wait_for()
    assert "Nothing was added yet" in page.locator("#faults").inner_text()
    if scripted:
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#date"
    assert page.locator("#text").input_value().startswith("Bulgaria delivers")
    page.locator("#date").fill("2021-03-04")
    page.locator("#add-text button").click()
    see_the_end(page)
    assert "Rifles told of" in page.locator("main").inner_text()
    assert "4 March 2021 (ground: " in page.locator("main").inner_text()


@pytest.mark.parametrize("scripted", [True])
def test_files_are_dropped_on_the_page(page: Page, editor: httpx.Client, scripted: bool) -> None:
    page.goto(f"{base(editor)}/add")
    page.evaluate(DROP, ["lullabies.txt", LULLABIES])
    assert "lullabies.txt" in page.locator("#chosen").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Add the files"
    page.keyboard.press("Enter")
    see_the_end(page)
    assert "No reported arms transfer was found in it" in page.locator("main").inner_text()


def test_how_far_a_job_is_comes_to_the_page_by_itself(
    page: Page, editor: httpx.Client, case: Path, scripted: bool
) -> None:
    with held(case):
        job = job_of(send_text(editor, text=f"RIGA, March 11, 2021 - Latvia said nothing. {scripted}"))
        page.goto(base(editor) + job)
        page.get_by_text(re.compile("judging since")).last.wait_for()
        page.set_viewport_size({"width": 390, "height": 844})
        assert not scripted or fits(page, 390)
    page.get_by_role("heading", name="What became of each").wait_for()
    assert page.url == base(editor) + job


@pytest.mark.parametrize("scripted", [True])
@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_the_pages_fit(page: Page, editor: httpx.Client, scripted: bool, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{base(editor)}/add")
    assert fits(page, width)
    page.evaluate(DROP, [f"{'long' * 50}.txt", ""])
    assert fits(page, width)
    for link in page.locator("main li a[href^='/add/jobs/']").all()[:3]:
        link.click()
        assert page.get_by_role("heading", level=1).count() == 1
        assert fits(page, width)
        page.go_back()
