"""What the app refuses, and what it lets a browser do."""

from __future__ import annotations

import hashlib
import re
import socket
from typing import TYPE_CHECKING

import pytest

from documents import make_document
from tidewaiter.model import Capture
from tidewaiter.web.originals import inert

from .reports import GIANT, SCRIPT, page_for

if TYPE_CHECKING:
    import httpx


def hosts(app: httpx.Client) -> str:
    return str(app.base_url).removeprefix("http://").rstrip("/")


@pytest.mark.parametrize("address", ["/", "/static/keys.js", "/nothing", "/?as_of=x", "/captures/0"])
def test_every_answer_has_the_policy(app: httpx.Client, address: str) -> None:
    headers = app.get(address).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_written(app: httpx.Client, method: str) -> None:
    answer = app.request(method, "/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_head_is_get_without_a_body(app: httpx.Client) -> None:
    answer = app.head("/actors")
    assert answer.status_code == 200
    assert not answer.content


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "localhost:1", "127.0.0.1.evil.example:80", ""]
)
def test_another_host_is_refused(app: httpx.Client, host: str) -> None:
    assert app.get("/", headers={"host": host}).status_code in (400, 421)


def test_the_hosts_names_are_answered(app: httpx.Client) -> None:
    port = hosts(app).partition(":")[2]
    assert app.get("/actors", headers={"host": f"localhost:{port}"}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
def test_another_origin_is_refused(app: httpx.Client, origin: str) -> None:
    assert app.get("/actors", headers={"origin": origin}).status_code == 403


def test_requests_that_a_browser_says_are_of_other_sites_are_refused(app: httpx.Client) -> None:
    told = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert app.get("/actors", headers=told).status_code == 403
    assert app.get("/actors", headers=told | {"sec-fetch-mode": "navigate"}).status_code == 200
    assert app.get("/actors", headers={"origin": f"http://{hosts(app)}"}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fcase.py",
        "/captures/..%2f..%2fcase.toml",
        "/captures/%2fetc%2fpasswd",
        "/documents/..%2f..%2fcase.toml",
        "/actors/..%2f..%2fcase.toml",
        "/actors//etc/passwd",
        "/docs",
        "/openapi.json",
    ],
)
def test_no_path_of_a_request_reaches_a_file(app: httpx.Client, address: str) -> None:
    answer = app.get(address)
    assert answer.status_code in (404, 307)
    assert "created" not in answer.text
    assert "root:" not in answer.text


def test_no_page_has_inline_script_or_style(hostile: httpx.Client, app: httpx.Client) -> None:
    for client, addresses in ((app, ("/", "/timeline")), (hostile, pages(hostile))):
        for address in addresses:
            page = client.get(address).text
            for script in re.findall(r"<script[^>]*>", page):
                assert re.fullmatch(r'<script src="/static/\w+\.js" defer>', script), address
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']|=\"javascript:", without_text(page)), (
                address
            )


def without_text(page: str) -> str:
    """The tags of a page."""
    return " ".join(re.findall(r"<[^>]*>", page)).replace("&", "")


def pages(app: httpx.Client) -> list[str]:
    found = ["/", "/timeline", "/actors", "/sources", "/utterances", "/discrepancies", "/health"]
    found += [f"/search?q={one}" for one in ("script", "howitzers", "attacked")]
    for page in ("/", "/sources", "/actors"):
        found += re.findall(r'href="(/(?:transfers|documents|actors)/[^"#?]+)"', app.get(page).text)
    return list(dict.fromkeys(found))


def test_hostile_words_are_shown_as_words(hostile: httpx.Client) -> None:
    shown = {address: hostile.get(address) for address in pages(hostile)}
    assert {answer.status_code for answer in shown.values()} == {200}
    together = "\n".join(answer.text for answer in shown.values())
    assert SCRIPT not in together
    assert "&lt;script&gt;window.attacked" in together
    assert "<svg onload" not in together
    assert "{{ 7 * 7 }}" in together
    assert GIANT[:5000] in together
    for answer in shown.values():
        for attribute in re.findall(r'(?:title|aria-label|value)="([^"]*)"', answer.text):
            assert "\u202e" not in attribute


def test_an_original_is_shown_shut(hostile: httpx.Client) -> None:
    shown = []
    for document in re.findall(r'href="(/documents/[^"#?]+)"', hostile.get("/sources").text):
        page = hostile.get(document).text
        for frame in re.findall(r"<iframe[^>]*>", page):
            assert re.search(r"<iframe sandbox (?!.*allow)", frame)
        for address in re.findall(r'src="(/captures/[^"]+/view)"', page):
            answer = hostile.get(address)
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("sandbox; default-src 'none'")
            assert "allow-" not in policy
            assert "script-src" not in policy
            shown.append((answer.headers["content-type"], answer.text))
    kinds = {kind for kind, _ in shown}
    assert kinds == {"text/html; charset=utf-8", "text/plain; charset=utf-8"}
    web_page = next(text for kind, text in shown if kind.startswith("text/html"))
    assert "<x-iframe src=" in web_page
    assert "<iframe" not in web_page


def test_the_bytes_of_an_original_are_given_as_they_are(hostile: httpx.Client, away: socket.socket) -> None:
    given = []
    for document in re.findall(r'href="(/documents/[^"#?]+)"', hostile.get("/sources").text):
        for address in re.findall(r'href="(/captures/[^"]+)" download', hostile.get(document).text):
            answer = hostile.get(address)
            assert answer.headers["content-type"] == "application/octet-stream"
            assert answer.headers["content-disposition"].startswith("attachment")
            assert hashlib.sha256(answer.content).hexdigest() == address.rpartition("/")[2]
            given.append(answer.text)
    assert page_for(away.getsockname()[1]) in given


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("<A HREF=x>", "<x-A HREF=x>"),
        ("<iframe/src=x>", "<x-iframe/src=x>"),
        ("</iframe>", "</x-iframe>"),
        ("<article><abbr>", "<article><abbr>"),
        ("<EMBED\tsrc=x>", "<x-EMBED\tsrc=x>"),
    ],
)
def test_what_leads_out_of_an_original_is_made_inert(told: str, shown: str) -> None:
    capture = Capture("0", 1, "x.html", "2024-01-01T00:00:00Z", "a", "file", "text/html")
    for encoding in ("utf-8", "utf-16", "no such encoding"):
        document = make_document("x", encoding=encoding)
        data = told.encode("utf-16" if encoding == "utf-16" else "utf-8")
        assert inert(data, document, capture) == (shown, "text/html")
