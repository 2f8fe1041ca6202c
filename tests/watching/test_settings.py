"""What ``case.toml`` may say of watching, and that the docs say all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tidewaiter.errors import CaseError
from tidewaiter.model import Category, ChangeKind, Stage
from tidewaiter.watching.settings import Channel, Security, read_watch_settings

ROOT = Path(__file__).parents[2]

WHOLE = """
[watch]
folders = ["../in", "/srv/reports"]
every = 600
settle = 30
digest = "digests"
jsonl = "changes.jsonl"
command = ["notify", "--loud"]
command_seconds = 10

[watch.smtp]
host = "mail.example.org"
port = 2525
security = "none"
user = "desk"
password_file = "/etc/secret"
timeout = 5
from = "tidewaiter@example.org"
to = ["desk@example.org"]

[[watch.alert]]
name = "to Russia"
kinds = ["stage", "received"]
actors = ["UKR", "United States"]
pairs = [["*", "RUS"]]
categories = ["ammunition"]
stages = ["delivered"]
reliability = "c"
credibility = 3
to = ["terminal", "smtp"]
"""


SMTP = "[watch]\nfolders = ['../in']\n[watch.smtp]\nhost = 'x'\nfrom = 'y'\nto = ['z']\n"


def settings(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "case.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_that_can_be_set(tmp_path: Path) -> None:
    made = read_watch_settings(settings(tmp_path, WHOLE))
    assert made.folders == (tmp_path.parent / "in", Path("/srv/reports"))
    assert (made.every, made.settle, made.command) == (600, 30, ("notify", "--loud"))
    assert made.mail is not None
    assert (made.mail.security, made.mail.to) == (Security.NONE, ("desk@example.org",))
    (alert,) = made.alerts
    assert alert.to == (Channel.TERMINAL, Channel.SMTP)
    assert alert.condition.kinds == (ChangeKind.STAGE, ChangeKind.RECEIVED)
    assert (alert.condition.categories, alert.condition.stages) == (
        (Category.AMMUNITION,),
        (Stage.DELIVERED,),
    )
    assert (alert.condition.reliability, alert.condition.credibility) == ("C", 3)


def test_without_alerts_everything_is_told_in_every_way_that_is_set(tmp_path: Path) -> None:
    made = read_watch_settings(settings(tmp_path, '[watch]\nfolders = ["../in"]\njsonl = "x.jsonl"\n'))
    (alert,) = made.alerts
    assert (alert.name, alert.to) == ("everything", (Channel.TERMINAL, Channel.JSONL))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "names no folder to watch"),
        ("watch = 3", "is no table"),
        ("[watch]\nfolders = 'in'", "folders is not a list of texts"),
        ("[watch]\nfolders = ['../in']\nevrey = 5", "evrey is no setting"),
        ("[watch]\nfolders = ['../in']\nevery = -5", "every is not a whole number"),
        ("[watch]\nfolders = ['../in']\n[watch.smtp]\nhost = 'x'\nfrom = 'y'", "to names nobody"),
        ("[watch]\nfolders = ['../in']\n[watch.smtp]\nto = ['x']", "host is missing"),
        ("[watch]\nfolders = ['../in']\n[[watch.alert]]\nkinds = ['stages']", "which is none of its words"),
        (
            "[watch]\nfolders = ['../in']\n[[watch.alert]]\npairs = [['PRK']]",
            "a list of supplier and recipient",
        ),
        ("[watch]\nfolders = ['../in']\n[[watch.alert]]\nreliability = 'G'", "is not a letter from A to E"),
        (
            "[watch]\nfolders = ['../in']\n[[watch.alert]]\ncredibility = 6",
            "is not a whole number from 1 to 5",
        ),
        ("[watch]\nfolders = ['../in']\n[[watch.alert]]\nto = ['smtp']", "for which nothing is set"),
        ("[watch]\nfolders = ['../in']\n[[watch.alert]]\nname='x'\n[[watch.alert]]\nname='x'", "one name"),
        ("[watch]\nfolders = ['in']", "inside the case"),
        ("[watch]\nfolders = ['.']", "inside the case"),
        ("[watch]\nfolders = ['../in']\ndigest = '../in'", "would be read as a report"),
        ("[watch]\nfolders = ['../in']\njsonl = '../in/told/all.txt'", "would be read as a report"),
        ("[watch]\nfolders = ['../in']\n[[watch.alert]]\npairs = [['*', 'Utopia']]", "does not know"),
        ("[watch]\nfolders = ['../in']\n[[watch.alert]]\nactors = ['Nobody at all']", "does not know"),
        ("[watch]\nfolders = ['~nosuchuser/x']", "not known: ~nosuchuser/x"),
        ("[watch]\nfolders = ['../in']\ndigest = '~nosuchuser/x'", "not known: ~nosuchuser/x"),
        ('[watch]\nfolders = ["../i\\u0000n"]', "each on one line"),
        ('[watch]\nfolders = ["../in"]\njsonl = "x\\u0000y"', "jsonl is not text on one line"),
        ('[watch]\nfolders = ["../in"]\ncommand = ["x\\u0000y"]', "command is not a list of texts"),
        ("[watch]\nfolders = ['../in']\ncommand = ['']", "command names no program"),
        (f"[watch]\nfolders = ['../in']\nevery = 1{'0' * 400}", "every is not a whole number"),
        ("[watch]\nfolders = ['../in']\nsettle = 10000000", "settle is not a whole number from 0 to 86400"),
        (f"{SMTP}port = 70000", "port is not a whole number from 0 to 65535"),
        (f"{SMTP}timeout = 0", "timeout is not a whole number from 1 to 86400"),
        (f'{SMTP}user = "a\\r\\nb"', "user is not text on one line"),
        ('[watch]\nfolders = ["../in"]\n[[watch.alert]]\nname = "a\\nb"', "name is not text on one line"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CaseError) as raised:
        read_watch_settings(settings(tmp_path, text))
    assert said in str(raised.value)


def test_who_is_meant_is_found_by_code_or_usual_name(tmp_path: Path) -> None:
    alert = (
        "[[watch.alert]]\nactors = ['US', 'u.s.', 'Iran', 'nato']\npairs = [['UAE', 'rsf'], ['*', 'eu']]\n"
    )
    (one,) = read_watch_settings(settings(tmp_path, f"[watch]\nfolders = ['../in']\n{alert}")).alerts
    assert one.condition.actors == ("USA", "USA", "IRN", "NATO")
    assert one.condition.pairs == (("ARE", "RSF"), ("*", "EU"))


def test_a_case_may_stand_in_a_folder_that_is_watched_with_what_it_writes(tmp_path: Path) -> None:
    made = read_watch_settings(settings(tmp_path, "[watch]\nfolders = ['..']\ndigest = 'digests'\n"))
    assert made.digest == tmp_path / "digests"


@pytest.mark.parametrize(
    ("given", "meant"), [("notify", "notify"), ("./notify.sh", "{}/notify.sh"), ("/bin/true", "/bin/true")]
)
def test_a_program_is_looked_for_from_the_case_folder(tmp_path: Path, given: str, meant: str) -> None:
    text = f'[watch]\nfolders = ["../in"]\ncommand = ["{given}", "./a\\nb"]\n'
    assert read_watch_settings(settings(tmp_path, text)).command == (meant.format(tmp_path), "./a\nb")


def test_every_setting_is_documented_and_every_documented_one_exists(tmp_path: Path) -> None:
    docs = (ROOT / "docs/watching.md").read_text(encoding="utf-8").partition("## Settings")[2]
    rows = re.findall(r"^\| (`.*?`) \|", docs, re.M)
    documented = {key for row in rows for key in re.findall(r"`([a-z_]+)`", row)}
    in_code = (ROOT / "src/tidewaiter/watching/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'table\.\w+\(\s*"([a-z_]+)"', in_code)) - {"smtp", "alert"}
    assert documented == read
    assert {"[watch]", "[watch.smtp]", "[[watch.alert]]"} <= set(re.findall(r"`(\[.*?\]+)`", docs))
    for word in (*Channel, *Security):
        assert f"`{word.value}`" in docs
