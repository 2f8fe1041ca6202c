"""What the app refuses, and what it lets a browser do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from .reports import GIANT, PAGE, SCRIPT

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
            assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/keys.js" defer>']
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:", without_text(page)), address


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


def test_an_original_is_sent_as_it_was_under_a_policy_of_its_own(hostile: httpx.Client) -> None:
    documents = re.findall(r'href="(/documents/[^"#?]+)"', hostile.get("/sources").text)
    bodies = {}
    for document in documents:
        page = hostile.get(document).text
        for frame in re.findall(r"<iframe[^>]*>", page):
            assert re.search(r"<iframe sandbox (?!.*allow)", frame)
        for address in re.findall(r'src="(/captures/[^"]+)"', page):
            answer = hostile.get(address)
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("sandbox; default-src 'none'")
            assert "allow-" not in policy
            assert "script-src" not in policy
            bodies[answer.text] = answer.headers["content-type"]
    assert bodies[PAGE] == "text/html; charset=utf-8"
    assert set(bodies.values()) == {"text/html; charset=utf-8", "text/plain; charset=utf-8"}
