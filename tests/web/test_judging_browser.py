"""Every kind of judgement in a real browser, with the keyboard alone, each made and undone once; and axe-core
over the pages as they are for somebody who decides."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from playwright.sync_api import Locator, Page

from tidewaiter.pipeline import Step
from tidewaiter.web.jobs import Job, State
from tidewaiter.web.passwords import hashed
from tidewaiter.web.rendering import fill_waiting

from .conftest import served
from .test_accessibility import complaints
from .walking import Walked, links

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("judging in a browser")]

PASSWORD = "grüne Fähren im Nebel"

SHOWN = r"""() => {
  const page = document.querySelector('main').cloneNode(true);
  page.querySelectorAll('.notice, .judging').forEach(one => one.remove());
  return page.textContent.replace(/\s+/g, ' ');
}"""
"""What a page says, but for what it says of judgements."""

MOST_STOPS = 400
"""Tabs until something is held to be out of reach."""


class Keyboard:
    """Somebody at a page without a pointer."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base

    def open(self, address: str) -> None:
        self.page.goto(self.base + address)

    def reach(self, wanted: Locator) -> None:
        """Tab until it has the focus."""
        for _ in range(MOST_STOPS):
            if wanted.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} cannot be reached with Tab")

    def press(self, wanted: Locator, key: str) -> None:
        self.reach(wanted)
        self.page.keyboard.press(key)

    def type(self, wanted: Locator, words: str) -> None:
        """In place of what stands there."""
        self.reach(wanted)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(words)

    def choose(self, wanted: Locator, number: int = 1) -> None:
        """The so manieth of a list after the one that is chosen, with the arrow."""
        self.reach(wanted)
        for _ in range(number):
            self.page.keyboard.press("ArrowDown")

    def decide(self, box: Locator, number: int) -> None:
        """The so manieth of the answers that exclude each other: Space takes the first, arrows go on."""
        self.press(box.locator("input[type=radio]").first, "Space")
        for _ in range(number - 1):
            self.page.keyboard.press("ArrowDown")

    def unfold(self, words: str) -> Locator:
        """The first box of that name."""
        box = self.page.locator("details.judge").filter(has=self.page.get_by_text(words)).first
        self.press(box.locator("summary"), "Enter")
        return box

    def send(self, form: Locator) -> str:
        """Press the button of a form; what the line says that comes of it."""
        button = form.locator("button").last
        self.reach(button)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self.page.locator("#noted").inner_text()


@pytest.fixture(scope="module")
def editor(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The app with a password and edits, on a copy of the example case; the client has logged in."""
    folder = Path(shutil.copytree(example, tmp_path_factory.mktemp("keys") / "case"))
    with served(folder, editing=True, password=hashed(PASSWORD)) as client:
        token = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/login").text)
        assert token
        fields = {"token": token[1], "name": "A. Reader", "password": PASSWORD, "to": "/"}
        origin = str(client.base_url).rstrip("/")
        assert client.post("/login", data=fields, headers={"origin": origin}).status_code == 303
        yield client


@pytest.fixture
def keys(page: Page, editor: httpx.Client) -> Keyboard:
    """At the register, after logging in with the keyboard."""
    keyboard = Keyboard(page, str(editor.base_url).rstrip("/"))
    page.set_default_timeout(20_000)
    keyboard.open("/")
    keyboard.type(page.locator("#name"), "A. Analyst")
    keyboard.type(page.locator("#password"), PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return keyboard


class Kind(NamedTuple):
    """A judgement: where it is made, how, and what comes of it."""

    name: str
    address: str
    make: Callable[[Keyboard], Locator]  # fills a form and gives it
    became: str  # in the line that says what came of it
    acts: bool = True  # whether the page then shows something else beside that


def document_of(app: httpx.Client) -> str:
    """The page of a report that the register's first row has."""
    first = next(one for one in links(app.get("/").text) if one.startswith("/transfers/"))
    return next(one for one in links(app.get(first).text) if one.startswith("/documents/"))


def kinds(app: httpx.Client) -> list[Kind]:
    """One of each kind, on the pages that the example case has."""
    rows = list(dict.fromkeys(one for one in links(app.get("/").text) if one.startswith("/transfers/")))
    first, second = rows[0], rows[1]
    lonely = next(one for one in rows[::-1] if "One of its reports tells of another" not in app.get(one).text)
    pair = next(one for one in links(app.get("/copies").text) if re.fullmatch(r"/copies/d\w+/d\w+", one))

    def same(keys: Keyboard) -> Locator:
        box = keys.unfold("Is it the same as another transfer?")
        keys.type(box.get_by_label("The other"), keys.base + first)
        keys.decide(box, 1)
        return box.locator("form")

    def not_same(keys: Keyboard) -> Locator:
        box = keys.unfold("Are they copies?")
        keys.decide(box, 2)
        return box.locator("form")

    def unsure(keys: Keyboard) -> Locator:
        for row in (0, 1):
            keys.press(keys.page.locator("input[form=mark-rows]").nth(row), "Space")
        box = keys.unfold("Judge the rows that are marked")
        keys.decide(box, 3)
        return box.locator("form")

    def reject(keys: Keyboard) -> Locator:
        return keys.unfold("Correct or reject:").locator("form").last

    def correct(keys: Keyboard) -> Locator:
        with keys.page.expect_navigation():
            keys.press(keys.page.get_by_role("link", name="Correct the quantity"), "Enter")
        field = keys.page.get_by_label("The right quantity")
        keys.page.wait_for_function("document.activeElement.name === 'quantity'")  # the form has the focus
        keys.type(field, "7..9 tanks")
        return keys.page.locator("#correct form")

    def rate(keys: Keyboard) -> Locator:
        box = keys.unfold("Rate a source")
        keys.choose(box.get_by_label("Source"))
        keys.choose(box.get_by_label("Reliability"), 4)
        return box.locator("form")

    def note(keys: Keyboard) -> Locator:
        box = keys.unfold("Write a note")
        keys.choose(box.get_by_label("On"))
        return box.locator("form")

    return [
        Kind("same", second, same, "acts: joined"),
        Kind("not same", pair, not_same, "acts: kept apart"),
        Kind("unsure", "/", unsure, "noted: ", acts=False),
        Kind("reject", lonely, reject, "left out of what its report tells"),
        Kind("correct", lonely, correct, "is 7..9 tanks"),
        Kind("rate", first, rate, "is taken to be D: not usually reliable"),
        Kind("note", first, note, "noted: "),
    ]


def test_each_judgement_is_made_and_undone_with_the_keyboard(keys: Keyboard, editor: httpx.Client) -> None:
    page = keys.page
    for kind in kinds(editor):
        why = f"{kind.name}: so it was seen"
        keys.open(kind.address)
        before = page.evaluate(SHOWN)
        form = kind.make(keys)
        keys.type(form.locator("textarea"), why)
        told = keys.send(form)
        assert told.startswith("Noted"), (kind.name, told)
        assert kind.became in told, (kind.name, told)
        assert (page.evaluate(SHOWN) != before) == kind.acts, kind.name
        told = keys.send(page.locator("#noted"))
        assert told.startswith("Taken back"), (kind.name, told)
        keys.open(kind.address)
        assert page.evaluate(SHOWN) == before, kind.name
        keys.open("/judgements")
        row = page.locator("tbody tr").first.inner_text()
        assert all(words in row for words in (why, "A. Analyst", "withdrawn")), row


def test_axe_finds_nothing_serious_where_one_decides(keys: Keyboard, editor: httpx.Client) -> None:
    page, base = keys.page, keys.base
    working = Job(
        "the case as of 5 May 2021", State.WORKING, "2024-03-01T12:00:00Z", step=Step("reading", 3, 10)
    )
    waiting = fill_waiting(working)
    page.route(f"{base}/waiting", lambda route: route.fulfill(body=waiting, content_type="text/html"))
    kept = {kind.name: kind.address for kind in kinds(editor)}
    looked = [
        Walked("register", kept["unsure"]),
        Walked("transfer", kept["rate"]),
        Walked("document", document_of(editor)),
        Walked("pair", kept["not same"]),
        *(Walked(one, f"/{one}") for one in ("judgements", "add", "api", "waiting")),
    ]
    told = [one for walked in looked for one in complaints(page, base, walked)]
    page.context.clear_cookies()
    told += complaints(page, base, Walked("login", "/login"))
    assert not told, "\n".join(told)
