"""The password of the app: who comes in, for how long, and how often it can be tried."""

from __future__ import annotations

import io
import re
import shutil
import socket
import ssl
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tidewaiter.cli import main
from tidewaiter.errors import CaseError
from tidewaiter.web import connections
from tidewaiter.web.attempts import AT_ONCE, FORGOTTEN, HOUR, LONGEST_WAIT, MOST_AN_HOUR, Attempts
from tidewaiter.web.entering import within
from tidewaiter.web.passwords import fits, hashed, keep, kept_in, own_file, wanted
from tidewaiter.web.serving import Terms, listen, named, origin_of, password_for, server, told
from tidewaiter.web.sessions import IDLE_SECONDS, MOST_SESSIONS, WHOLE_SECONDS, Sessions

from .conftest import served
from .test_forms import with_deed

PASSWORD = "grüne Fähren im Nebel"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def kept() -> str:
    return hashed(PASSWORD)


@pytest.fixture
def locked(example: Path, kept: str) -> Iterator[tuple[httpx.Client, Clock]]:
    clock = Clock()
    with served(example, editing=True, password=kept, clock=clock) as client:
        client.headers["origin"] = str(client.base_url).rstrip("/")
        yield client, clock


Locked = tuple[httpx.Client, Clock]


def field(page: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


def enter(
    client: httpx.Client, password: str = PASSWORD, name: str = "A. Analyst", to: str = ""
) -> httpx.Response:
    told = field(client.get("/login").text)
    return client.post("/login", data={"token": told, "name": name, "password": password, "to": to})


# ------------------------------------------------------------------------------------ the door


@pytest.mark.parametrize(
    "address", ["/", "/transfers/t1", "/captures/0", "/captures/0/view", "/nothing", "/login/"]
)
def test_nothing_of_the_case_is_shown_before_the_password(locked: Locked, address: str) -> None:
    client, _ = locked
    answer = client.get(address)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")
    assert not answer.content
    assert client.post(address).status_code == 403
    page = client.get("/login").text
    assert "<nav" not in page
    assert 'id="help"' not in page  # its keys lead to pages that are not to be seen yet
    assert 'href="/api"' not in page
    assert client.get("/static/style.css").status_code == 200


def test_the_password_leads_to_what_was_asked_for(locked: Locked) -> None:
    client, _ = locked
    to = client.get("/actors?page=2").headers["location"]
    page = client.get(to).text
    assert 'name="to" value="/actors?page=2"' in page
    answer = enter(client, to="/actors?page=2")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/actors?page=2"
    shown = client.get("/actors").text
    assert "A. Analyst" in shown
    assert client.get("/login").headers["location"] == "/"


@pytest.mark.parametrize(
    "to",
    [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "javascript:x",
        "/login",
        "/a\r\nb: c",
        "é",
        "//[",
    ],
)
def test_it_leads_nowhere_else(to: str) -> None:
    assert within(to) == "/"


def test_a_wrong_password_or_no_name_is_said(locked: Locked) -> None:
    client, _ = locked
    answer = enter(client, "wrong", name='<script>"')
    assert answer.status_code == 403
    assert "This is not the password." in answer.text
    assert "<script>&" not in answer.text
    assert enter(client, name=" \u202e ").status_code == 422
    assert enter(client, name="x" * 200).status_code == 422
    assert enter(client, "x" * 5000).status_code == 403
    assert client.get("/").status_code == 303


def test_a_login_takes_the_token_of_its_own_page(locked: Locked) -> None:
    client, _ = locked
    page = client.get("/login").text
    fields = {"token": field(page), "name": "x", "password": PASSWORD}
    assert client.post("/login", data=fields | {"token": "0" * 64}).status_code == 403
    client.cookies.clear()
    assert client.post("/login", data=fields).status_code == 403
    assert client.post("/login", data=fields, headers={"origin": "https://evil.example"}).status_code == 403
    assert (
        client.post("/login", content=b"x" * 10_000, headers={"content-type": "text/plain"}).status_code
        == 415
    )


def test_a_session_that_somebody_planted_is_not_taken_over(locked: Locked) -> None:
    client, _ = locked
    name = f"tidewaiter-{client.base_url.port}"
    planted = "A" * 43
    for one in (name, f"{name}-entry"):
        client.cookies.set(one, planted, domain="127.0.0.1")
    assert client.get("/").status_code == 303
    answer = enter(client)
    assert answer.status_code == 303
    given = re.search(rf"{name}=([^;]+); Path=/; HttpOnly; SameSite=Strict", answer.headers["set-cookie"])
    assert given
    assert given[1] != planted
    with httpx.Client(base_url=client.base_url, cookies={name: planted}) as other:
        assert other.get("/").status_code == 303


def test_logging_in_again_ends_the_session_before_it_and_logout_the_last(locked: Locked) -> None:
    client, _ = locked
    enter(client)
    name = f"tidewaiter-{client.base_url.port}"
    before = dict(client.cookies)
    page = client.get("/health").text
    assert client.post("/logout").status_code == 415
    assert client.post("/logout", data={"token": "x"}).status_code == 403
    answer = client.post("/logout", data={"token": field(page)})
    assert answer.status_code == 303
    assert f"{name}=; " in answer.headers["set-cookie"]
    with httpx.Client(base_url=client.base_url, cookies=before) as thief:
        assert thief.get("/").status_code == 303


def test_a_session_ends_when_nobody_uses_it_and_after_twelve_hours(locked: Locked) -> None:
    client, clock = locked
    enter(client)
    clock.now += IDLE_SECONDS - 1
    assert client.get("/health").status_code == 200
    clock.now += IDLE_SECONDS + 1
    assert client.get("/health").status_code == 303
    enter(client)
    for _ in range(int(WHOLE_SECONDS / 2400)):
        assert client.get("/static/icon.svg").status_code == 200
        assert client.get("/actors").status_code == 200
        clock.now += 2400
    clock.now += 1
    assert client.get("/health").status_code == 303


def test_who_does_it_is_the_name_given(example: Path, kept: str) -> None:
    with with_deed(example, editing=True, password=kept) as (client, deeds, _):
        enter(client, name=" Å.  Analyst\u202e ")
        told = field(client.get("/health").text)
        assert client.post("/deed/1", data={"token": told}).status_code == 303
        assert deeds.by == ["Å. Analyst"]
        with httpx.Client(base_url=client.base_url, headers={"origin": client.headers["origin"]}) as other:
            enter(other)
            assert other.post("/deed/1", data={"token": told}).status_code == 403  # of another session
        client.cookies.clear()
        assert client.post("/deed/1", data={"token": told}).status_code == 403


def test_logged_in_without_edit_nothing_is_written(example: Path, kept: str) -> None:
    with with_deed(example, password=kept) as (client, deeds, _):
        enter(client)
        told = field(client.get("/health").text)
        answer = client.post("/deed/1", data={"token": told})
        assert (answer.status_code, "--edit" in answer.text) == (403, True)
        assert not deeds.forms


# ------------------------------------------------------------------------------------ trying


def test_whoever_tries_has_to_wait(locked: Locked) -> None:
    client, clock = locked
    for _ in range(AT_ONCE):
        assert enter(client, "wrong").status_code == 403
    answer = enter(client)
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "1"
    clock.now += 1
    assert enter(client, "wrong").status_code == 403
    assert enter(client).headers["retry-after"] == "2"
    clock.now += 2
    assert enter(client).status_code == 303


def test_many_at_once_count_as_many(locked: Locked) -> None:
    client, _ = locked
    told = field(client.get("/login").text)
    with ThreadPoolExecutor(8) as many:
        answers = list(
            many.map(
                lambda n: (
                    client.post("/login", data={"token": told, "name": "x", "password": f"w{n}"}).status_code
                ),
                range(16),
            )
        )
    assert answers.count(403) == AT_ONCE
    assert answers.count(429) == 16 - AT_ONCE


def test_waits_double_up_to_a_quarter_of_an_hour_and_are_forgotten() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for _ in range(30):
        clock.now += (wait := attempts.wait("10.0.0.1"))
        waits.append(wait)
        attempts.tried("10.0.0.1")
    assert waits[: AT_ONCE + 4] == [0.0] * AT_ONCE + [1.0, 2.0, 4.0, 8.0]
    assert max(waits) == LONGEST_WAIT
    assert attempts.wait("::ffff:10.0.0.1") == LONGEST_WAIT
    clock.now += FORGOTTEN
    attempts.tried("10.0.0.2")
    assert attempts.wait("10.0.0.1") == 0.0


def test_all_addresses_together_are_limited_but_those_who_came_in_before() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    attempts.tried("10.9.9.9")
    attempts.passed("10.9.9.9")
    for n in range(MOST_AN_HOUR):
        assert attempts.wait(f"10.0.{n // 200}.{n % 200}") == 0.0
        attempts.tried(f"10.0.{n // 200}.{n % 200}")
    assert attempts.wait("10.1.1.1") == HOUR
    assert attempts.wait("10.9.9.9") == 0.0
    clock.now += HOUR
    assert attempts.wait("10.1.1.1") == 0.0


def test_one_network_of_ipv6_is_one_address() -> None:
    attempts = Attempts(Clock())
    for n in range(AT_ONCE):
        attempts.tried(f"2001:db8::{n}")
    assert attempts.wait("2001:db8::ffff") > 0
    assert attempts.wait("2001:db8:0:1::1") == 0
    assert attempts.wait("no address") == 0


def test_sessions_are_not_kept_without_end() -> None:
    sessions = Sessions(password="x")
    begun = [sessions.begin("x") for _ in range(MOST_SESSIONS + 1)]
    entered = [sessions.visit({"c": one}, "c").entered for one in begun]
    assert entered == [False] + [True] * MOST_SESSIONS


# ------------------------------------------------------------------------------------ what is kept


def test_only_a_hash_is_kept_and_nobody_else_reads_it(tmp_path: Path, kept: str) -> None:
    place = own_file({"XDG_CONFIG_HOME": str(tmp_path)})
    keep(place, kept)
    assert PASSWORD not in place.read_text()
    assert kept_in(place).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert fits(kept, PASSWORD)
    assert fits(kept, PASSWORD.replace("ü", "u\u0308"))
    assert not fits(kept, PASSWORD + " ")
    assert not fits("no hash", PASSWORD)


@pytest.mark.parametrize("password", ["", "too short", "a" * 40, "x" * 300])
def test_a_password_that_is_guessed_is_refused(password: str) -> None:
    with pytest.raises(CaseError):
        hashed(password)


def test_the_password_of_the_environment_is_hashed(tmp_path: Path) -> None:
    assert fits(wanted(None, {"TIDEWAITER_PASSWORD": PASSWORD}), PASSWORD)
    (tmp_path / "x").write_text("no hash")
    with pytest.raises(CaseError, match="no password hash"):
        wanted(tmp_path / "x")
    with pytest.raises(CaseError, match="no password"):
        wanted(tmp_path / "y")


def test_the_command_keeps_a_hash(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["tidewaiter", "password", "--file", str(tmp_path / "p")])
    for given, status in (("short\n", 2), (f"{PASSWORD}\n", 0)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(given))
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == status
    assert fits(kept_in(tmp_path / "p"), PASSWORD)
    assert PASSWORD not in capsys.readouterr().err


# ------------------------------------------------------------------------------------ to whom it is shown


@pytest.mark.parametrize(
    ("told_as", "origin"),
    [
        ("case.example.org", "http://case.example.org:8321"),
        ("Case.example.org:80", "http://case.example.org"),
        ("https://case.example.org", "https://case.example.org"),
        ("https://case.example.org:8443/", "https://case.example.org:8443"),
        ("::1", "http://[::1]:8321"),
        ("[2001:db8::1]", "http://[2001:db8::1]:8321"),
    ],
)
def test_a_name_is_made_the_origin_that_browsers_tell(told_as: str, origin: str) -> None:
    assert origin_of(told_as, "http", 8321) == origin


@pytest.mark.parametrize(
    "name", ["", "ftp://x", "https://x/path", "x:99999", "https://u@x", "//", "http://["]
)
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(CaseError):
        origin_of(name, "http", 8321)


def test_a_password_is_demanded_for_whatever_is_not_this_machine(tmp_path: Path, kept: str) -> None:
    keep(tmp_path / "p", kept)
    assert password_for(Terms()) is None
    assert password_for(Terms(names=("localhost:9",))) is None
    for terms in (
        Terms(host="0.0.0.0", password_file=tmp_path / "p"),
        Terms(names=("https://x.example",), password_file=tmp_path / "p"),
        Terms(password_file=tmp_path / "p"),
    ):
        assert password_for(terms) == kept


def test_that_others_can_read_along_is_said() -> None:
    def lines(terms: Terms) -> str:
        return "\n".join(told(terms, named(terms, 8321)))

    assert lines(Terms()) == ""
    assert "NOT encrypted" in lines(Terms(host="0.0.0.0"))
    assert socket.gethostname().lower() in lines(Terms(host="0.0.0.0"))
    assert "NOT encrypted" not in lines(Terms(host="0.0.0.0", certificate=Path("c")))
    proxied = lines(Terms(names=("https://case.example.org",)))
    assert "https://case.example.org" in proxied
    assert "NOT encrypted" not in proxied


def test_behind_a_name_of_https_cookies_are_of_https(example: Path, kept: str) -> None:
    terms = Terms(names=("https://case.example.org",))
    with listen(0) as listening:
        port, ready = listening.getsockname()[1], threading.Event()
        running = server(example, port, ready.set, password=kept, terms=terms)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert ready.wait(30)
            headers = {"host": "case.example.org"}
            answer = httpx.get(f"http://127.0.0.1:{port}/login", headers=headers)
            assert answer.headers["set-cookie"].startswith("__Host-tidewaiter-entry=")
            assert "; Secure" in answer.headers["set-cookie"]
            assert answer.headers["strict-transport-security"] == "max-age=31536000"
            here = httpx.get(f"http://127.0.0.1:{port}/login")
            assert "strict-transport-security" not in here.headers
            assert httpx.get(f"http://127.0.0.1:{port}/", headers={"host": "x.example"}).status_code == 421
            moved = httpx.get(f"http://127.0.0.1:{port}/static/x/", headers=headers)
            assert moved.headers["location"] == "https://case.example.org/static/x"
            wrong = headers | {"origin": "http://case.example.org"}
            assert httpx.get(f"http://127.0.0.1:{port}/login", headers=wrong).status_code == 403
        finally:
            running.should_exit = True
            thread.join(30)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes the certificate")
def test_it_speaks_https(example: Path, tmp_path: Path, kept: str) -> None:
    certificate, key = tmp_path / "c.pem", tmp_path / "k.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    with pytest.raises(CaseError, match="cannot be used"):
        server(example, 1, lambda: None, terms=Terms(certificate=key, key=certificate))
    with listen(0) as listening:
        port, ready = listening.getsockname()[1], threading.Event()
        running = server(
            example, port, ready.set, terms=Terms(certificate=certificate, key=key), editing=True
        )
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert ready.wait(30)
            trusting = ssl.create_default_context(cafile=str(certificate))
            with httpx.Client(base_url=f"https://localhost:{port}", verify=trusting, timeout=60) as client:
                answer = client.get("/health")
                assert answer.status_code == 200
                assert answer.headers["set-cookie"].startswith("__Host-tidewaiter=")
        finally:
            running.should_exit = True
            thread.join(30)


def test_connections_that_ask_for_nothing_are_closed(locked: Locked, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _ = locked
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    url = client.base_url
    for sent in (b"", b"GET / HTTP/1.1\r\nHost: x", b"GET /login HTTP/1.1\r\nHost: x\r\n\r\nGET"):
        with socket.create_connection((url.host, url.port or 80), timeout=20) as raw:
            raw.sendall(sent)
            while raw.recv(4096):
                pass
    assert client.get("/login").status_code == 200
