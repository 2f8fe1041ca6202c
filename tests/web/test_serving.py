"""Starting, and what is refused at the start; a case that changes while it is shown."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tidewaiter.case import Case
from tidewaiter.cli import main
from tidewaiter.errors import MachineError, ModelError
from tidewaiter.web.searching import SIMPLE, Search, terms_of
from tidewaiter.web.serving import Terms, check_case, listen, serve, server

from .conftest import AT, LATER, build, served
from .reports import write_hostile


def ended(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["tidewaiter", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
def test_other_machines_are_not_served_without_a_password(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    example: Path,
    tmp_path: Path,
    host: str,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("TIDEWAITER_PASSWORD", raising=False)
    for arguments in (["--host", host], ["--allow-host", f"https://{host.replace('::', '[::1]')}"]):
        if arguments[1] == "https://[::1]":
            continue
        assert ended(monkeypatch, "serve", str(example), *arguments) == 2
        told = capsys.readouterr().err
        assert "has to ask for a password" in told
        assert "tidewaiter password" in told


def test_what_is_no_case_is_not_served(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert ended(monkeypatch, "serve", str(tmp_path)) == 2
    assert "is not a case" in capsys.readouterr().err


def test_a_port_that_is_taken_is_said(example: Path) -> None:
    with listen(0) as taken, pytest.raises(MachineError, match="cannot be listened on"):
        serve(example, Terms(port=taken.getsockname()[1]), print, browser=False)


@pytest.mark.parametrize("package", ["uvicorn", "fastapi"])
def test_a_missing_package_is_said_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, example: Path, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "tidewaiter.web.app", raising=False)
    with pytest.raises(ModelError) as raised:
        server(example, 1, lambda: None)
    assert "pip install 'tidewaiter[web]'" in (raised.value.todo or "")


def test_the_app_starts_without_what_only_some_pages_need() -> None:
    code = (
        "import sys, tidewaiter.web.app, tidewaiter.pipeline; print(*sorted({'.'.join(one.split('.')[:3]) "
        "for one in sys.modules} | {one.split('.')[0] for one in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "tidewaiter.web.app" in loaded
    heavy = {"spacy", "altair", "typst", "svg", "argon2", "numpy", "lxml", "xlsxwriter"}
    own = {f"tidewaiter.{one}" for one in ("pictures", "linking.disputes", "linking.sayings")}
    assert not loaded & (heavy | own)


def test_it_listens_on_this_machine_alone() -> None:
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


def test_a_case_that_was_not_built_says_what_to_do(tmp_path: Path) -> None:
    Case.create(tmp_path / "case", AT).__exit__(None, None, None)
    check_case(tmp_path / "case")
    with served(tmp_path / "case") as app:
        answer = app.get("/")
        assert answer.status_code == 503
        assert "tidewaiter build" in answer.text
        assert str(tmp_path) not in answer.text


def test_where_the_case_lies_on_this_machine_is_told_nobody_who_looks(tmp_path: Path) -> None:
    case = build(tmp_path / "case")
    with served(case, editing=True) as app:
        token = with_token(app)
        for name in ("case.toml", "derived.sqlite"):
            kept = (case / name).read_bytes()
            (case / name).write_bytes(b"garbage [" * 500)
            pages = [app.get(one) for one in ("/", "/add", "/?as_of=2024-01-01", "/captures/0")]
            forms = [app.post(one, data=token) for one in ("/build", "/judgements", "/judgements/x/undo")]
            for answer in (*pages, *forms, app.get("/api/case")):
                assert answer.status_code in (409, 422, 503), answer.request.url
                assert str(tmp_path) not in answer.text, answer.request.url
            assert name in app.get("/api/case").json()["where"]
            assert name in app.get("/").text
            (case / name).write_bytes(kept)


def with_token(app: httpx.Client) -> dict[str, str]:
    app.headers["origin"] = str(app.base_url).rstrip("/")
    found = re.search(r'name="token" value="([0-9a-f]+)"', app.get("/add").text)
    assert found
    return {"token": found[1], "back": "/"}


def test_an_empty_case_is_shown(tmp_path: Path) -> None:
    with served(build(tmp_path / "case")) as app:
        for address in (
            "/",
            "/timeline",
            "/actors",
            "/copies",
            "/sources",
            "/health",
            "/search?q=x",
            "/utterances",
        ):
            answer = app.get(address)
            assert answer.status_code == 200
            assert answer.text.count("The case holds no reports yet") == 1
        assert app.get("/").text.count("holds no reports yet") == 1
        assert "There was nothing to check" in app.get("/health?verify=1").text


def test_what_another_program_builds_is_shown_at_once(tmp_path: Path) -> None:
    reports = write_hostile(tmp_path / "reports")
    case = build(tmp_path / "case", reports / "plain.txt")
    with served(case) as app:
        assert "No reported arms transfer" in app.get("/").text
        build(case, reports / "told.json", at=LATER)
        assert "howitzers" in app.get("/").text


def test_showing_a_case_leaves_its_records_as_they_are(tmp_path: Path) -> None:
    reports = write_hostile(tmp_path / "reports")
    case = build(tmp_path / "case", reports)
    kept = ("custody.jsonl", "ids.jsonl", "judgements.jsonl", "case.toml")
    before = {name: (case / name).read_bytes() for name in kept if (case / name).exists()}
    with served(case) as app:
        for address in ("/", "/?as_of=2021-03-04", "/health?verify=1", "/search?q=rifles"):
            assert app.get(address).status_code == 200
    assert before == {name: (case / name).read_bytes() for name in before}


def test_search_without_fts5_goes_through_the_texts(example: Path) -> None:
    with Case(example) as case:
        search = Search(case.view())
        by_index = search.find("mortar rounds")
        search.by = SIMPLE
        simple = search.find("mortar rounds")
    assert {one.document for one in simple.documents} >= {one.document for one in by_index.documents} != set()


def test_words_and_phrases_of_a_search() -> None:
    assert terms_of('drones "mortar  rounds" drones -x*') == ["drones", "mortar rounds", "x"]
    assert terms_of('" "') == []
