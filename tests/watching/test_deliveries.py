"""How changes are told: real files, a real command, a real mail server."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tidewaiter.model import Change, ChangeKind, Citation, Span
from tidewaiter.pipeline import Failure
from tidewaiter.watching.conditions import Notice
from tidewaiter.watching.deliveries.batch import Batch, DeliveryError
from tidewaiter.watching.deliveries.command import run_command
from tidewaiter.watching.deliveries.files import append_lines, write_digest
from tidewaiter.watching.deliveries.mail import send
from tidewaiter.watching.settings import Mail, Security
from tidewaiter.watching.store import Looked
from watching.mailbox import Mailbox, mail_server


def notice(number: int) -> Notice:
    cited = Citation("d1", (Span(0, 4),), "the *words*")
    change = Change(
        f"k{number}", ChangeKind.DENIED, "t1", (), "2031-05-04", "BRA", f"Brazil denies {number}: drones",
        (cited,), None, "denies", ("d1:c1",),
    )  # fmt: skip
    return Notice(change, "drones", "BRA", "AGO", sources={"d1": "naïve.txt"})


def batch(*numbers: int, twice: bool = False) -> Batch:
    return Batch("The case", "denials", tuple(map(notice, numbers)), twice)


# ------------------------------------------------------------------------------------ files


def keys(path: Path) -> list[str]:
    return [json.loads(line)["key"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_lines_are_added_and_those_that_may_be_there_are_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "below" / "changes.jsonl"
    append_lines(path, batch(1, 2))
    append_lines(path, batch(3))
    append_lines(path, batch(2, 3, 4, twice=True))
    assert keys(path) == ["k1", "k2", "k3", "k4"]


@pytest.mark.parametrize("left", [1, 40, 100_000])
def test_a_line_cut_off_is_written_anew(tmp_path: Path, left: int) -> None:
    path = tmp_path / "changes.jsonl"
    append_lines(path, batch(1, 2))
    whole = path.read_bytes()
    second = whole.index(b"\n") + 1
    path.write_bytes(whole[: min(second + left, len(whole) - 1)])
    append_lines(path, batch(2, twice=True))
    assert keys(path) == ["k1", "k2"]


@pytest.mark.parametrize("last", ['{"key": "k0", "alert": "denials"}', "a remark of somebody's"])
def test_a_whole_line_without_its_end_is_kept(tmp_path: Path, last: str) -> None:
    path = tmp_path / "changes.jsonl"
    path.write_text(last, encoding="utf-8")
    append_lines(path, batch(1))
    first, second = path.read_text(encoding="utf-8").splitlines()
    assert first == last
    assert json.loads(second)["key"] == "k1"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(DeliveryError):
        append_lines(tmp_path / "file" / "changes.jsonl", batch(1))
    with pytest.raises(DeliveryError):
        write_digest(tmp_path / "file", "The case", "2031-05-04", [("denials", notice(1))], [])


def test_a_digest_has_the_changes_of_a_day_and_what_could_not_be_looked_at(tmp_path: Path) -> None:
    looks = [
        Looked("2031-05-04T10:00:00Z", troubles=(Failure("/srv/reports", "no such folder"),)),
        Looked("2031-05-04T11:00:00Z"),
    ]
    path = write_digest(tmp_path, "The case", "2031-05-04", [("denials", notice(1))], looks)
    text = path.read_text(encoding="utf-8")
    assert path.name == "2031-05-04.md"
    assert "# The case: 4 May 2031\n\nLooked 2 times, the last time on 4 May 2031, 11:00 UTC.\n" in text
    assert "## denials\n\n### drones (t1)\n\n- **denied**, 4 May 2031: Brazil denies 1\n" in text
    assert "“the \\*words\\*” (naïve.txt)" in text
    assert "- /srv/reports: no such folder" in text


def test_in_a_digest_names_and_reasons_are_shown_as_they_are(tmp_path: Path) -> None:
    looks = [Looked("2031-05-04T10:00:00Z", troubles=(Failure("/srv/*a*_b_.txt", "is <b>no</b>\n# report"),))]
    path = write_digest(tmp_path, "A *case*\n# x", "2031-05-04", [("[to](x)", notice(1))], looks)
    text = path.read_text(encoding="utf-8")
    assert "# A \\*case\\* \\# x: 4 May 2031\n" in text
    assert "## \\[to\\](x)\n" in text
    assert "- /srv/\\*a\\*\\_b\\_.txt: is \\<b\\>no\\</b\\> \\# report\n" in text


# ------------------------------------------------------------------------------------ a command

KEEP = """
import os, pathlib, sys
pathlib.Path(sys.argv[1]).write_text(sys.stdin.read() + os.environ["TIDEWAITER_{}"])
"""


def test_a_command_is_handed_lines_and_what_it_should_know(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name, told in (("CHANGES", "2"), ("ALERT", "denials"), ("CASE", "The case"), ("TWICE", "1")):
        run_command([sys.executable, "-c", KEEP.format(name), str(out)], 60, batch(1, 2, twice=True))
        *lines, last = out.read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["key"] for line in lines] == ["k1", "k2"]
        assert last == told


@pytest.mark.parametrize(
    ("command", "said", "is_open"),
    [
        ([sys.executable, "-c", "import sys; sys.exit('no time')"], "ended with status 1 (no time)", False),
        (["/nowhere/at all"], "cannot be run (No such file or directory)", False),
        ([sys.executable, "-c", "import time; time.sleep(60)"], "took over 1 s", True),
    ],
)
def test_a_command_that_fails_is_said(command: list[str], said: str, is_open: bool) -> None:
    with pytest.raises(DeliveryError) as raised:
        run_command(command, 1, batch(1))
    assert (raised.value.what, raised.value.is_open) == (said, is_open)


LEAVES_A_CHILD = """
import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(6)"])
"""


def test_a_command_has_ended_when_it_has_whatever_it_leaves_running() -> None:
    run_command([sys.executable, "-c", LEAVES_A_CHILD], 3, batch(1))


# ------------------------------------------------------------------------------------ mail


def mail(box: Mailbox) -> Mail:
    return Mail("127.0.0.1", "ledger@example.org", ("desk@example.org",), box.port, Security.NONE, timeout=5)


def test_a_mail_is_sent() -> None:
    with mail_server() as box:
        send(mail(box), batch(1), 1.9e9)
        send(mail(box), batch(2, 3), 1.9e9)
    one, two = box.mails
    assert one["Subject"] == "[The case] denials: Brazil denies 1: drones"
    assert two["Subject"] == "[The case] denials: 2 changes"
    assert (one["To"], one["From"]) == ("desk@example.org", "ledger@example.org")
    assert "“the *words*” (naïve.txt)" in one.get_content()


def test_a_mail_sent_again_says_so_and_has_the_same_id() -> None:
    with mail_server() as box:
        box.drops = 1
        with pytest.raises(DeliveryError) as raised:
            send(mail(box), batch(1), 1.9e9)
        assert raised.value.is_open
        send(mail(box), batch(1, twice=True), 1.9e9)
    one, two = box.mails
    assert one["Message-ID"] == two["Message-ID"]
    assert two["Subject"].endswith("(may have been told before)")
    assert two.get_content().startswith("This may have been told before")


def test_a_server_that_refuses_or_is_not_there_is_said() -> None:
    with mail_server() as box:
        box.refuses = True
        with pytest.raises(DeliveryError) as raised:
            send(mail(box), batch(1), 1.9e9)
        assert (raised.value.what, raised.value.is_open) == ("refuses desk@example.org", False)
    with pytest.raises(DeliveryError) as raised:
        send(mail(box), batch(1), 1.9e9)
    assert not raised.value.is_open
