"""What the app refuses, and what it lets a browser do."""

from __future__ import annotations

import hashlib
import re
import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from documents import make_document
from tidewaiter.model import Capture
from tidewaiter.web.app import PAGES
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
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_is_answered(app: httpx.Client, method: str) -> None:
    answer = app.request(method, "/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_nothing_can_be_written_unless_the_app_was_started_to_edit(app: httpx.Client) -> None:
    for headers in ({"origin": f"http://{hosts(app)}"}, {"sec-fetch-site": "same-origin"}):
        answer = app.post("/", headers=headers)
        assert answer.status_code == 403
        assert "tidewaiter serve CASE --edit" in answer.text
    assert "set-cookie" not in app.get("/").headers


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


TRAVERSALS = (
    "../../case.toml",
    "..%2f..%2fcase.toml",
    "%2e%2e%2f%2e%2e%2fcase.toml",
    "..%252f..%252fcase.toml",
    "..\\..\\case.toml",
    "..%5c..%5ccase.toml",
    "%2fetc%2fpasswd",
    "file:%2f%2f%2fetc%2fpasswd",
    "case.toml%00",
    "%c0%ae%c0%ae%c0%af",
    "%",
    "%zz",
    "%ff%fe",
    "%ed%a0%80",
    "\u202e",
    "%F0%9F%92%A3",
    "x" * 20_000,
    "%41" * 6_000,
    "'%20OR%201=1--",
    "{{7*7}}",
    "<script>alert(1)</script>",
)
"""Names that try to reach a file, or to break whoever reads them."""


def raw(app: httpx.Client, target: bytes, *headers: bytes) -> tuple[int, str]:
    """The answer to a request line as it is, which a client would mend; 0: the connection was closed."""
    url = app.base_url
    lines = [b"GET " + target + b" HTTP/1.1", b"Host: " + hosts(app).encode(), b"Connection: close", *headers]
    with socket.create_connection((url.host, url.port or 80), timeout=60) as connection:
        answer = b""
        with suppress(ConnectionError):  # closed while the rest was sent
            connection.sendall(b"\r\n".join((*lines, b"", b"")))
            while part := connection.recv(65536):
                answer += part
    head = answer.partition(b"\r\n")[0].split()
    return (int(head[1]) if len(head) > 1 else 0), answer.decode("utf-8", "replace")


@pytest.mark.parametrize(
    "path", [one for one in PAGES if "{" in one] + ["/captures/{x}", "/captures/{x}/view", "/static/{x}"]
)
def test_no_part_of_a_path_reaches_a_file_or_is_a_fault(app: httpx.Client, path: str) -> None:
    for name in TRAVERSALS:
        status, text = raw(app, re.sub(r"\{[^}]*\}", lambda _, name=name: name, path).encode())
        assert status in (400, 404, 405) or (status == 308 and path == "/copies/{a}/{b}"), (path, name[:60])
        assert "format = 1" not in text
        assert "root:" not in text
        assert "<script>alert" not in text


@pytest.mark.parametrize("path", sorted({re.sub(r"\{[^}]*\}", "x", one) for one in PAGES}))
def test_no_query_is_a_fault(app: httpx.Client, path: str) -> None:
    names = ("as_of", "held", "at", "q", "page", "sort", "supplier", "from", "marks", "kind", "%ff", "\0")
    for told in (
        "%",
        "%ff%fe",
        "%ed%a0%80",
        "%00",
        "-1",
        "9" * 400,
        "%F0%9F%92%A3",
        "x" * 5000,
        "1e9",
        "%d9%a3",
    ):
        query = "&".join(f"{name}={told}" for name in names)
        for one in (query, f"page={told}&page={told}", f"q={told}", f"{told}&&;=&{told}"):
            status, _ = raw(app, f"{path}?{one}".replace("\0", "%00").encode())
            assert 200 <= status < 500, (path, one[:80])


@pytest.mark.parametrize(
    ("target", "headers"),
    [
        (b"/" + b"a" * 100_000, ()),
        (b"/", (b"X-Long: " + b"a" * 100_000,)),
        (b"/", tuple(b"X-%d: 1" % n for n in range(20_000))),
        (b"/", (b"Cookie: " + b"a=b; " * 6_000,)),
        (b"/", (b"Cookie: \xff\xfe=\x80; =;;;\t,", b"Cookie: tidewaiter-1=\xe9")),
        (b"/", (b"Host: evil.example",)),
        (b"/", (b"Origin: http://127.0.0.1:1", b"Origin: http://127.0.0.1:2")),
        (b"/", (b"Sec-Fetch-Site: same-origin", b"Sec-Fetch-Site: cross-site")),
        (b"/", (b"X-Forwarded-Host: evil.example", b"Content-Length: 5")),
        (b"/", (b"Content-Length: -1",)),
        (b"/", (b"Transfer-Encoding: chunked", b"Content-Length: 5")),
        (b"//evil.example/..", ()),
        (b"http://evil.example/", ()),
        (b"*", ()),
        (b"/\xff", ()),
        (b"", ()),
    ],
)
def test_no_head_of_a_request_is_a_fault(
    app: httpx.Client, target: bytes, headers: tuple[bytes, ...]
) -> None:
    status, text = raw(app, target, *headers)
    assert status < 500
    assert "evil.example" not in text
    assert app.get("/static/keys.js").status_code == 200


def test_no_page_has_inline_script_or_style(hostile: httpx.Client, app: httpx.Client) -> None:
    for client, addresses in ((app, ("/", "/timeline")), (hostile, pages(hostile))):
        for address in addresses:
            page = client.get(address).text
            assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/keys.js" defer>']
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
    assert "/><script>" not in together
    assert "</title><script" not in together
    assert "<math" not in together
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
    web_pages = [text for kind, text in shown if kind.startswith("text/html")]
    assert sum("<x-iframe src=" in text for text in web_pages) == 1
    assert sum("<x-link rel=" in text and "<x-object" in text for text in web_pages) == 1
    assert not any(re.search(r"<(iframe|link|base|object|embed)\b", text) for text in web_pages)


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
