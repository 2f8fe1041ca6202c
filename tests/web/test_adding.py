"""Adding reports over real HTTP: what is sent, what becomes of it, and what no end of a process loses."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from pathlib import Path

import httpx
import pytest

from tidewaiter.case import Case
from tidewaiter.pipeline import no_progress
from tidewaiter.verification.tally import Tally
from tidewaiter.verification.whole import verify
from tidewaiter.web.adding.limits import MOST_FILE
from tidewaiter.web.adding.preparing import prepare

from .adding import (
    HOWITZERS,
    LULLABIES,
    RIFLES,
    case,
    editor,
    ended,
    held,
    is_under_way,
    job_of,
    own,
    send_files,
    send_text,
    waited,
    words,
)
from .conftest import AT, build, served

__all__ = ["case", "editor"]

pytestmark = pytest.mark.xdist_group("adding")  # what all of it looks at is made once


def holds(folder: Path) -> bool:
    tally = Tally(most=10)
    verify(folder, tally, no_progress)
    return tally.holds


def sources(folder: Path) -> dict[str, str]:
    """Source and method of everything in custody, by the first line that says so."""
    lines = (folder / "custody.jsonl").read_text(encoding="utf-8").splitlines()
    return {told["source"]: told["method"] for told in map(json.loads, lines)}


# ------------------------------------------------------------------------------------ what is sent


def test_an_empty_case_leads_to_the_form(editor: httpx.Client) -> None:
    page = editor.get("/").text
    assert 'holds no reports yet. <a href="/add">Add some</a>' in page
    assert editor.get("/add").status_code == 200


def test_one_file_is_read_and_its_page_says_what_it_did(editor: httpx.Client, case: Path) -> None:
    job = job_of(send_files(editor, ("howitzers.txt", HOWITZERS.encode())))
    page = ended(editor, job)
    assert "1 added" in words(page)
    (document,) = set(re.findall(r'href="(/documents/[^"#?]+)"', page))
    assert "Portugal ships howitzers" in editor.get(document).text
    transfers = set(re.findall(r'href="(/transfers/[^"#?]+)"', page))
    assert transfers
    assert all(editor.get(one).status_code == 200 for one in transfers)
    assert "New rows 1" in words(page)
    assert "howitzers" in editor.get("/").text
    assert sources(case) == {"upload/howitzers.txt": "upload"}
    assert job in editor.get("/add").text


def test_many_files_each_with_what_became_of_it(
    editor: httpx.Client, case: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = {one for one in tmp_path_factory.getbasetemp().rglob("*") if case not in one.parents}
    sent = [
        ("again.txt", HOWITZERS.encode()),  # the bytes of a report that is there
        ("../../x", RIFLES.encode()),
        ("twin.txt", RIFLES.encode()),  # sent twice
        ("C:\\fakepath\\report.txt", b"LIMA, March 6, 2021 - Peru said nothing."),
        ("report.txt", b"QUITO, March 6, 2021 - Ecuador said nothing."),  # another of that name
        ("report.pdf", b"%PDF-1.7 and so on"),
        ("a\u202egpj.zip", b"PK\x03\x04 and so on"),
        ("n\x00ul\x1b[31m.txt", LULLABIES.encode()),
        ("empty.txt", b""),
        (".hidden", b"a hidden file"),
        ("giant.txt", b"a" * (MOST_FILE + 1)),
        ("..", b"OSLO, March 6, 2021 - Norway said nothing."),
    ]
    page = ended(editor, job_of(send_files(editor, *sent)))
    told = words(page)
    for count in (
        "5 added",
        "1 in the case already",
        "1 sent twice",
        "2 kept, but not read",
        "3 not taken in",
    ):
        assert count in told
    assert "taken in" in told
    assert "from upload/howitzers.txt" in told
    assert "The same bytes as x, sent with it" in told
    assert "the file is a PDF, not text. Save the report as HTML or plain text." in told
    assert "The file is empty" in told
    assert "A hidden file" in told
    assert "larger than 16 MiB" in told
    assert "No reported arms transfer was found in it" in told
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert "\x00" not in page

    noted = sources(case)
    assert set(noted.values()) == {"upload"}
    reports = {one for one in noted if one.endswith("/report.txt")}
    assert "upload/report.txt" in reports
    assert len(reports) == 2
    assert any(re.fullmatch(r"upload/[0-9a-f]{8}/report\.txt", one) for one in reports)
    assert {"upload/x", "upload/again.txt", "upload/unnamed", "upload/a\\u202egpj.zip"} <= noted.keys()
    assert not any(".." in one or "\\fake" in one for one in noted)
    after = {one for one in tmp_path_factory.getbasetemp().rglob("*") if case not in one.parents}
    assert after == before, "files were made outside the case"
    assert holds(case)
    assert "a PDF" in editor.get("/health").text


def test_no_bytes_are_left_outside_custody(case: Path, editor: httpx.Client) -> None:
    ended(editor, job_of(send_files(editor, ("unlike.txt", b"KRAKOW, March 7, 2021 - A zyxwvut was seen."))))
    assert b"zyxwvut" not in (case / "arrivals.sqlite").read_bytes()


def test_a_pasted_text_keeps_what_was_said_of_it(editor: httpx.Client, case: Path) -> None:
    text = RIFLES.replace("rifles", "carbines").partition("\n\n")[2].replace("LUANDA, March 4, 2021 - ", "")
    answer = send_text(
        editor,
        text=text,
        title="Carbines <b>",
        outlet="Luanda Post",
        date="March 2021",
        from_="a friend there",
    )
    page = ended(editor, job_of(answer))
    (document,) = set(re.findall(r'href="(/documents/[^"#?]+)"', page))
    shown = words(editor.get(document).text)
    assert "Carbines <b>" in shown
    assert "Luanda Post" in shown
    assert "March 2021 (ground: given)" in shown
    assert "said to be from: a friend there" in shown
    assert ", pasted in; " in shown
    known = ended(
        editor,
        job_of(
            send_text(
                editor,
                text=text,
                title="Carbines <b>",
                outlet="Luanda Post",
                date="2021-03",
                from_="a friend there",
            )
        ),
    )
    assert "1 in the case already" in words(known)
    assert "Nothing: no row is new, changed or gone." in words(known)


def test_a_text_alone_is_kept_as_it_is(editor: httpx.Client, case: Path) -> None:
    page = ended(editor, job_of(send_text(editor, text="MINSK, March 8, 2021 - Belarus\r\nsaid nothing.")))
    (document,) = set(re.findall(r'href="(/documents/[^"#?]+)"', page))
    captures = re.findall(r'href="(/captures/[0-9a-f]{64})"', editor.get(document).text)
    assert editor.get(captures[0]).content == b"MINSK, March 8, 2021 - Belarus\nsaid nothing."
    assert sources(case)["pasted/text.txt"] == "pasted"


def test_a_copy_says_of_which_report(editor: httpx.Client) -> None:
    page = ended(
        editor, job_of(send_files(editor, ("copy.txt", (HOWITZERS + "\n(Reporting by others)\n").encode())))
    )
    assert "Portugal ships howitzers" in words(page)
    assert re.search(r"(Shares its text with|Copies|Is copied by) .* alike; side by side", words(page))


def test_faults_are_said_beside_the_fields_and_nothing_typed_is_lost(editor: httpx.Client) -> None:
    answer = send_text(editor, text="Some <b>words</b>", title="T" * 3000, date="soon", outlet="Post")
    assert answer.status_code == 422
    for part in (
        "&lt;b&gt;words",
        'value="Post"',
        'id="title-fault"',
        'id="date-fault"',
        'aria-invalid="true"',
    ):
        assert part in answer.text
    assert send_text(editor, text=" \n").status_code == 422
    assert send_text(editor).status_code == 422
    assert send_text(editor, text="x" * 2_000_001).status_code == 422
    none = send_files(editor)
    assert none.status_code == 422
    assert "Choose one or more files" in none.text
    assert send_files(editor, ("x.txt", b"x"), date="yesterday").status_code == 422


def test_too_many_and_too_large_are_refused_whole(editor: httpx.Client) -> None:
    assert send_files(editor, *((f"{number}.txt", b"x") for number in range(201))).status_code == 400
    assert send_text(editor, text="x" * 9_000_000).status_code == 413


def test_a_form_without_the_token_adds_nothing(editor: httpx.Client, case: Path) -> None:
    before = (case / "custody.jsonl").read_bytes()
    assert send_files(editor, ("x.txt", b"x"), given="another").status_code == 403
    foreign = editor.post("/add/text", data={"text": "x"}, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert (case / "custody.jsonl").read_bytes() == before


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fcase.toml", "0" * 300])
def test_an_unknown_job_is_not_found(editor: httpx.Client, name: str) -> None:
    assert editor.get(f"/add/jobs/{name}").status_code == 404


def test_an_app_that_only_shows_adds_nothing(tmp_path: Path) -> None:
    folder = build(tmp_path / "case")
    with served(folder) as app:
        assert app.get("/add").status_code == 403
        assert app.post("/add/text", data={"text": "x"}, headers=own(app)).status_code == 403
        assert "/add" not in app.get("/").text
        assert app.get("/add/jobs/nothing").status_code == 404
    assert not (folder / "arrivals.sqlite").exists()


# ------------------------------------------------------------------------------------ one after the other


def test_jobs_wait_for_each_other_and_for_whoever_judges(editor: httpx.Client, case: Path) -> None:
    with held(case):
        first = job_of(send_files(editor, ("one.txt", b"BAKU, March 9, 2021 - Azerbaijan said nothing.")))
        second = job_of(send_text(editor, text="TUNIS, March 9, 2021 - Tunisia said nothing."))
        page = waited(editor, first, lambda page: "Waiting for process" in page)
        assert "judging since" in page
        assert '<noscript><meta http-equiv="refresh"' in page
        assert "one.txt" in page
        assert "Waiting for its turn, after 1 other" in words(editor.get(second).text)
        assert "under way" in words(editor.get("/add").text)
        assert editor.get("/health").text.count('href="/add/jobs/') == 2
        assert editor.get("/").status_code == 200
    assert "1 added" in words(ended(editor, first))
    assert "1 added" in words(ended(editor, second))
    assert holds(case)


def test_a_judgement_made_meanwhile_is_kept(editor: httpx.Client, case: Path) -> None:
    from tidewaiter.model import JudgementKind
    from tidewaiter.pipeline.naming import Wanted

    document = re.findall(r'href="/documents/([^"#?]+)"', editor.get("/sources").text)[0]
    job = job_of(send_files(editor, ("two.txt", b"SOFIA, March 10, 2021 - Bulgaria said nothing.")))
    with Case(case) as opened:
        made = opened.judge(Wanted(JudgementKind.NOTE, (document,), AT, "analyst", why="seen"))
    assert "1 added" in words(ended(editor, job))
    with Case(case) as opened:
        assert made.id in {one.judgement.id for one in opened.judged()}


# ------------------------------------------------------------------------------------ ends


def at_work(folder: Path) -> int:
    """The process that adds to the case."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            told = json.loads((folder / "case.lock").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if told["doing"] == "adding reports":
            return int(told["pid"])
    raise AssertionError("nobody adds to the case")


@pytest.mark.parametrize("stage", ["", 'aria-label="Reading"'])
def test_a_killed_process_loses_nothing(tmp_path: Path, stage: str) -> None:
    folder = tmp_path / "case"
    prepare(folder, lambda _: None)
    files = [(f"{number}.txt", HOWITZERS.replace("40", str(number)).encode()) for number in range(2, 14)]
    with served(folder, editing=True) as app:
        job = job_of(send_files(app, *files))
        waited(app, job, lambda page: stage in page)
        os.kill(at_work(folder), signal.SIGKILL)
        page = ended(app, job)
        assert "ended before its work was done" in words(page)
        assert "Nothing is lost" in words(page)
        assert "stopped" in words(app.get("/add").text)
        going = {"token": re.findall(r'name="token" value="([^"]+)"', page)[0]}
        assert job_of(app.post(f"{job}/go-on", data=going, headers=own(app))) == job
        assert "12 added" in words(ended(app, job))
    assert holds(folder)
    assert len(sources(folder)) == 12


def test_what_was_sent_outlives_the_app(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    prepare(folder, lambda _: None)
    with held(folder):
        with served(folder, editing=True) as app:
            first = job_of(send_files(app, ("howitzers.txt", HOWITZERS.encode())))
            second = job_of(send_text(app, text=RIFLES))
            waited(app, first, lambda page: "Waiting for process" in page)
        assert not sources(folder) if (folder / "custody.jsonl").exists() else True
        with served(folder) as reader:
            assert "Not done yet" in words(reader.get(first).text)
            assert "tidewaiter serve CASE --edit" in words(reader.get("/health").text)
    with served(folder, editing=True) as app:
        assert "1 added" in words(ended(app, first))
        assert "1 added" in words(ended(app, second))
        assert not is_under_way(app.get(first).text)
    assert sources(folder) == {"upload/howitzers.txt": "upload", "pasted/text.txt": "pasted"}


# ------------------------------------------------------------------------------------ a case to begin with


def test_a_case_is_made_where_the_folder_is_new_or_empty(tmp_path: Path) -> None:
    said: list[str] = []
    (tmp_path / "empty").mkdir()
    prepare(tmp_path / "empty", said.append)
    prepare(tmp_path / "empty", said.append)
    assert said == [f"Made the case {tmp_path / 'empty'}: it is empty."]
    with Case(tmp_path / "empty") as opened:
        assert not opened.view().documents


def test_what_was_never_built_is_built_first(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(HOWITZERS, encoding="utf-8")
    with Case.create(tmp_path / "case", AT) as opened:
        opened.add([tmp_path / "report.txt"], AT)
    prepare(tmp_path / "case", lambda _: None)
    with served(tmp_path / "case", editing=True) as app:
        deadline = time.monotonic() + 60
        while app.get("/").status_code != 200 and time.monotonic() < deadline:
            time.sleep(0.2)
        assert "howitzers" in app.get("/").text
        (job,) = set(re.findall(r'href="(/add/jobs/[^"]+)"', app.get("/add").text))
        assert "The case is built" in ended(app, job)
