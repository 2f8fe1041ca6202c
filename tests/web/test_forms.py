"""Forms that change something: only those of this app, within limits, and never a fault of the program."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.errors import CaseError, UnknownIdError
from tidewaiter.web import app as app_module
from tidewaiter.web import forms, sessions
from tidewaiter.web.deeds import Deed, Done, who
from tidewaiter.web.desk import Desk
from tidewaiter.web.forms import MOST_FIELDS, Form

from .conftest import served

MOST = 64 * 1024
"""Bytes that the deed of these tests takes."""


class Deeds:
    """What the deed of these tests was given."""

    def __init__(self) -> None:
        self.forms: list[Form] = []
        self.by: list[str] = []

    def do(self, desk: Desk, parts: dict[str, str], form: Form) -> Done:
        if form.fields.get("wrong") == "case":
            raise CaseError("another program is writing")
        if form.fields.get("wrong") == "id":
            raise UnknownIdError("there is none", where="t1")
        self.forms.append(form)
        self.by.append(who(desk, form))
        return Done("/health")


class Kept(sessions.Sessions):
    """Sessions that tests can ask for the token."""

    last: Kept

    def __init__(self, **told: object) -> None:
        super().__init__(**told)  # type: ignore[arg-type]
        Kept.last = self


@contextmanager
def with_deed(folder: Path, **told: object) -> Iterator[tuple[httpx.Client, Deeds, Kept]]:
    deeds = Deeds()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_module, "DEEDS", {"/deed/{id}": Deed(deeds.do, MOST, 2)})  # type: ignore[arg-type]
        patch.setattr(sessions, "Sessions", Kept)
        with served(folder, **told) as client:  # type: ignore[arg-type]
            client.headers["origin"] = str(client.base_url).rstrip("/")
            yield client, deeds, Kept.last


@pytest.fixture(scope="module")
def edited(example: Path) -> Iterator[tuple[httpx.Client, Deeds, Kept]]:
    with with_deed(example, editing=True) as (client, deeds, kept):
        client.get("/health")
        yield client, deeds, kept


Edited = tuple[httpx.Client, Deeds, Kept]


def token(kept: Kept) -> str:
    return kept.visit({}, "x").token


def test_a_form_of_the_app_is_done_and_leads_on(edited: Edited) -> None:
    client, deeds, kept = edited
    answer = client.post("/deed/1", data={"token": token(kept), "why": "a\r\nb", "é": "ü"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/health"
    assert deeds.forms[-1].fields == {"why": "a\nb", "é": "ü"}
    assert deeds.forms[-1].by is None
    assert deeds.by[-1]


def test_files_come_as_bytes_and_their_names_as_words(edited: Edited) -> None:
    client, deeds, kept = edited
    files = [
        ("report", ("../../etc/pass\\wd", b"\x00bytes", "text/html")),
        ("report", ("", b"")),
    ]
    answer = client.post("/deed/1", data={"token": token(kept)}, files=files)
    assert answer.status_code == 303
    (upload,) = deeds.forms[-1].files
    assert (upload.field, upload.name, upload.data) == ("report", "wd", b"\x00bytes")


def test_the_cookie_is_of_this_host_and_no_script_reads_it(example: Path) -> None:
    with with_deed(example, editing=True) as (client, _, _):
        told = client.get("/health").headers["set-cookie"]
        assert told.startswith(f"tidewaiter-{client.base_url.port}=")
        assert told.endswith("; Path=/; HttpOnly; SameSite=Strict")
        assert "set-cookie" not in client.get("/health").headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": None}, 403),
        ({"origin": None, "sec-fetch-site": "cross-site"}, 403),
        ({"origin": None, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
        ({"origin": None, "sec-fetch-site": "same-site"}, 403),
        ({"origin": None, "sec-fetch-site": "none"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"cookie": ""}, 403),
        ({"cookie": "tidewaiter-1=x"}, 403),
        ({"host": "evil.example"}, 421),
    ],
)
def test_what_another_site_sends_is_refused(
    edited: Edited, headers: dict[str, str | None], status: int
) -> None:
    client, deeds, kept = edited
    before = len(deeds.forms)
    request = client.build_request("POST", "/deed/1", data={"token": token(kept)})
    for name, value in headers.items():
        request.headers.pop(name, None)
        if value is not None:
            request.headers[name] = value
    assert client.send(request).status_code == status
    assert len(deeds.forms) == before


@pytest.mark.parametrize("given", ["", "0" * 64, "é", "\x00", "x" * 20_000])
def test_a_form_without_the_token_of_its_session_is_refused(edited: Edited, given: str) -> None:
    client, deeds, _ = edited
    before = len(deeds.forms)
    answer = client.post("/deed/1", data={"token": given} if given else {"why": "x"})
    assert answer.status_code == 403
    assert "load it again" in answer.text
    assert len(deeds.forms) == before


def test_the_token_of_another_start_is_refused(edited: Edited, example: Path) -> None:
    client, deeds, kept = edited
    before = len(deeds.forms)
    with with_deed(example, editing=True) as (_, _, other):
        assert client.post("/deed/1", data={"token": token(other)}).status_code == 403
    assert client.post("/deed/1", data={"token": token(kept)}).status_code == 303
    assert len(deeds.forms) == before + 1


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("text/plain", b"token=x", 415),
        ("application/json", b"{}", 415),
        ("", b"token=x", 415),
        ("application/x-www-form-urlencoded; charset=utf-16", b"token=x", 415),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=", b"x", 400),
        ("multipart/form-data; boundary=" + "b" * 300, b"x", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nno header\r\n", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", 400),
        ("multipart/form-data; boundary=b", b"--b", 403),
        ("application/x-www-form-urlencoded", b"%zz=%ff&&;=&token", 403),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * (MOST_FIELDS + 1)), 400),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * MOST, 413),
    ],
)
def test_what_is_no_form_is_refused(edited: Edited, kind: str, body: bytes, status: int) -> None:
    client, _, _ = edited
    answer = client.post("/deed/1", content=body, headers={"content-type": kind})
    assert answer.status_code == status, answer.text[-600:]
    assert "<h1>" in answer.text


def test_more_files_than_are_taken_are_refused(edited: Edited) -> None:
    client, _, kept = edited
    files = [("f", (f"{n}", b"x")) for n in range(3)]
    assert client.post("/deed/1", data={"token": token(kept)}, files=files).status_code == 400


def test_what_is_announced_too_large_is_not_read(edited: Edited) -> None:
    client, _, _ = edited
    url = client.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=20) as raw:
        raw.sendall(
            (
                f"POST /deed/1 HTTP/1.1\r\nHost: {url.host}:{url.port}\r\nOrigin: http://{url.host}:{url.port}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {10**12}\r\n\r\n"
            ).encode()
        )
        assert raw.recv(100).startswith(b"HTTP/1.1 413")


def test_what_streams_without_an_end_is_cut_off(edited: Edited) -> None:
    client, _, _ = edited

    def without_end() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 10_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    try:
        answer = client.post("/deed/1", content=without_end(), headers=headers)
    except httpx.WriteError:  # the connection was closed while the rest was sent
        return
    assert answer.status_code == 413


def test_what_stands_still_is_cut_off(edited: Edited, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _, _ = edited
    monkeypatch.setattr(forms, "PAUSE_SECONDS", 0.2)
    url = client.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=20) as raw:
        raw.sendall(
            (
                f"POST /deed/1 HTTP/1.1\r\nHost: {url.host}:{url.port}\r\nOrigin: http://{url.host}:{url.port}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\na=1"
            ).encode()
        )
        assert raw.recv(100).startswith(b"HTTP/1.1 408")


def test_a_deed_is_not_done_by_looking(edited: Edited) -> None:
    client, deeds, kept = edited
    before = len(deeds.forms)
    assert client.get("/deed/1", params={"token": token(kept)}).status_code == 405
    assert client.post("/nowhere", data={"token": token(kept)}).status_code == 404
    assert client.post("/", data={"token": token(kept)}).status_code == 405
    assert len(deeds.forms) == before


@pytest.mark.parametrize(("wrong", "status"), [("case", 409), ("id", 404)])
def test_what_a_deed_cannot_do_is_said_on_a_page(edited: Edited, wrong: str, status: int) -> None:
    client, _, kept = edited
    answer = client.post("/deed/1", data={"token": token(kept), "wrong": wrong})
    assert answer.status_code == status
    assert "This was not done" in answer.text


def test_without_edit_no_form_is_taken(example: Path) -> None:
    with with_deed(example) as (client, deeds, _):
        answer = client.post("/deed/1", data={"token": ""})
        assert answer.status_code == 403
        assert "tidewaiter serve CASE --edit" in answer.text
        assert not deeds.forms


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(
        ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data"]
    )
    | st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    body=st.binary(max_size=300)
    | st.lists(
        st.sampled_from(
            [
                b"--b",
                b"\r\n",
                b"--",
                b'Content-Disposition: form-data; name="token"',
                b";filename*=",
                b": ",
                b"=&%",
            ]
        ),
        max_size=12,
    ).map(b"".join),
)
def test_no_body_is_a_fault(edited: Edited, kind: str, body: bytes) -> None:
    client, _, _ = edited
    answer = client.post("/deed/1", content=body, headers={"content-type": kind.strip()})
    assert 400 <= answer.status_code < 500
