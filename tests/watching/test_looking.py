"""Looks at a real case: each change is told once, whatever goes wrong in between."""

from __future__ import annotations

import gc
import json
import os
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli.reports import REPORTS
from read_once import read_once
from tidewaiter.case import Case
from tidewaiter.errors import CaseError
from tidewaiter.ledger.lock import WriterLock
from tidewaiter.model import JudgementKind
from tidewaiter.pipeline.naming import Wanted
from tidewaiter.watching import Watch
from tidewaiter.watching.delivering import Outbox
from tidewaiter.watching.store import WatchStore
from watching.mailbox import mail_server
from watching.trying import AT, NOW, Watched, end_of, faults, watched


@pytest.fixture(scope="module", autouse=True)
def _each_text_is_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        read_once(patch)
        yield


@pytest.fixture
def made(tmp_path: Path) -> Watched:
    return watched(tmp_path)


def kinds(made: Watched) -> list[str]:
    return [one.kind.value for one in made.told]


# ------------------------------------------------------------------------------------ what is told


def test_what_is_new_is_told_once(made: Watched) -> None:
    made.put({"accusation.txt": REPORTS["accusation.txt"]})
    looked = made.look()
    assert (looked.new, looked.told, looked.troubles) == (1, len(made.told), ())
    assert {"appeared", "stage", "question_opened"} <= set(kinds(made))
    first = len(made.told)
    assert made.look().told == 0
    made.put({"denial.html": REPORTS["denial.html"]})
    made.look()
    assert "denied" in kinds(made)[first:]
    assert faults(end_of(made)) == []


def test_what_stands_at_the_first_look_is_not_told(made: Watched) -> None:
    other = made.root / "accusation.txt"
    other.write_text(REPORTS["accusation.txt"], encoding="utf-8")
    said: list[str] = []
    made.watch.say = said.append
    with Case(made.case) as case:
        case.add([other], AT)
        case.build(AT)
    made.put({"denial.html": REPORTS["denial.html"]})
    made.look()
    assert "denied" in kinds(made)
    assert "appeared" not in kinds(made)
    assert any("stand already and are not told" in one for one in said)


def test_what_others_did_in_between_is_told(made: Watched) -> None:
    made.put(REPORTS)
    made.look()
    told = len(made.told)
    with Case(made.case) as case:
        case.remove(str(made.folder / "denial.html"), AT)
    made.look()
    assert "withdrawn" in kinds(made)[told:]
    told = len(made.told)
    with Case(made.case) as case:
        (row,) = [one for one in case.view().register.rows if one.supplier == "SVN"]
        _, reported = row.reported[0]
        case.judge(Wanted(JudgementKind.REJECT, (reported,), AT, "A. Analyst", "another year"))
        case.build(AT)
    made.look()
    assert [one.text for one in made.told[told:] if one.kind.value == "withdrawn"] == [
        "No report tells any more of surveillance drones from Slovenia to Kenya"
    ]
    assert faults(end_of(made)) == []


def test_alerts_choose_what_is_told_and_how(made: Watched) -> None:
    made.settings("""jsonl = "all.jsonl"
digest = "digests"
[[watch.alert]]
name = "denials"
kinds = ["denied"]
to = ["terminal"]
[[watch.alert]]
name = "drones"
categories = ["uav"]
to = ["jsonl", "digest"]
""")
    made.put(REPORTS)
    made.look()
    assert set(kinds(made)) == {"denied"}
    lines = [json.loads(line) for line in (made.case / "all.jsonl").read_text("utf-8").splitlines()]
    assert {(line["alert"], line["category"]) for line in lines} == {("drones", "uav")}
    digest = (made.case / "digests" / f"{AT[:10]}.md").read_text(encoding="utf-8")
    assert "## drones" in digest
    assert "howitzers" not in digest


def test_an_alert_for_a_pair_is_told_when_the_transfer_is_gone(made: Watched) -> None:
    made.settings("""[[watch.alert]]
kinds = ["withdrawn"]
pairs = [["Slovenia", "*"]]
categories = ["uav"]
""")
    made.put(REPORTS)
    made.look()
    assert made.told == []
    with Case(made.case) as case:
        (row,) = [one for one in case.view().register.rows if one.supplier == "SVN"]
        case.judge(Wanted(JudgementKind.REJECT, (row.reported[0][1],), AT, "A. Analyst", "another year"))
    made.look()
    assert [one.text for one in made.told if one.kind.value == "withdrawn"] == [
        "No report tells any more of surveillance drones from Slovenia to Kenya"
    ]
    (notice, *_) = made.batches[-1].notices
    assert (notice.supplier, notice.title) == ("SVN", "surveillance drones from Slovenia to Kenya")


DISAGREEING = """Brazil counts howitzers

BRASILIA, March 3, 2021 - Portugal has shipped 40 howitzers to Paraguay on board the Santa Rita, the Brazilian
foreign ministry said on Wednesday, March 4, 2021.
"""


def test_where_reports_disagree_is_told_from_when_it_is_wanted(made: Watched) -> None:
    wanted = '[[watch.alert]]\nkinds = ["appeared", "contradicted", "withdrawn"]\n'
    made.settings(wanted.replace('"contradicted", ', ""))
    made.put({"weekday.txt": DISAGREEING})
    made.look()
    made.settings(wanted)
    made.put({"denial.html": REPORTS["denial.html"]})
    made.look()
    assert "contradicted" not in kinds(made)
    made.put({"again.txt": DISAGREEING.replace("Portugal", "Norway").replace("Paraguay", "Chile")})
    made.look()
    assert "contradicted" in kinds(made)
    made.settings(wanted.replace('"contradicted", ', ""))
    made.put({"other.md": REPORTS["other.md"]})
    made.look()
    assert "withdrawn" not in kinds(made)


# ------------------------------------------------------------------------------------ what goes wrong


def test_a_folder_that_is_not_there_is_said_and_looked_at_when_it_is(made: Watched) -> None:
    made.put(REPORTS)
    aside = made.root / "aside"
    made.folder.rename(aside)
    looked = made.look()
    assert [one.source for one in looked.troubles] == [str(made.folder)]
    aside.rename(made.folder)
    assert made.look().new == len(REPORTS)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_is_tried_again(made: Watched) -> None:
    made.put(REPORTS)
    (made.folder / "denial.html").chmod(0)
    assert [Path(one.source).name for one in made.look().troubles] == ["denial.html"]
    (made.folder / "denial.html").chmod(0o600)
    assert made.look().new == 1


def test_a_file_without_a_report_is_said_once(made: Watched) -> None:
    made.put({"nothing.html": "<html><body><nav>Home</nav></body></html>"})
    with made.watch.watching(AT):
        first = made.watch.look(AT)
        assert [Path(one.source).name for one in first.troubles] == ["nothing.html"]
        second = made.watch.look(AT)
        assert (second.troubles, second.unread) == ((), first.troubles)
        (made.folder / "nothing.html").unlink()
        assert made.watch.look(AT).unread == ()


def test_a_name_that_is_no_utf_8_is_a_file_like_others(made: Watched) -> None:
    made.put(REPORTS)
    odd = os.fsencode(made.folder) + b"/odd\xff.txt"
    os.link(made.folder / "accusation.txt", odd)
    os.utime(odd, (NOW - 3600, NOW - 3600))
    (made.folder / "accusation.txt").unlink()
    looked = made.look()
    assert (looked.new, looked.troubles) == (len(REPORTS), ())
    assert (made.look().known, made.look().new) == (len(REPORTS), 0)


@pytest.mark.parametrize("raised", [ValueError("odd"), OverflowError("odd"), RuntimeError("a ring of links")])
def test_what_odd_files_raise_does_not_end_the_watch(
    made: Watched, monkeypatch: pytest.MonkeyPatch, raised: Exception
) -> None:
    def put_files(*_: object, **__: object) -> None:
        raise raised

    made.put(REPORTS)
    with monkeypatch.context() as patch:
        patch.setattr(WatchStore, "put_files", put_files)
        assert [one.reason for one in made.look().troubles] == [str(raised)]
    assert made.look().troubles == ()
    assert "appeared" in kinds(made)


def test_settings_that_do_not_fit_are_said_and_read_again(made: Watched) -> None:
    made.put(REPORTS)
    made.settings("evrey = 5\n")
    with pytest.raises(CaseError):
        made.look()
    made.settings("")
    with made.watch.watching(AT):
        made.settings("evrey = 5\n")
        assert "evrey is no setting" in made.watch.look(AT).troubles[0].reason
        made.settings("")
        assert made.watch.look(AT).new == len(REPORTS)


def test_a_case_that_another_writes_to_is_said_and_waited_for(
    made: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Case, "wait_seconds", 0.0)
    made.put(REPORTS)
    with WriterLock(made.case).hold("adding", AT):
        assert "is being written to" in made.look().troubles[0].reason
    assert made.told == []
    assert made.look().troubles == ()
    assert "appeared" in kinds(made)


def test_a_case_is_watched_by_one_program(made: Watched) -> None:
    other = Watch(made.case, lambda _: None)
    with made.watch.watching(AT), pytest.raises(CaseError, match="is being written to"), other.watching(AT):
        pass


def test_a_mail_server_that_is_down_is_told_when_it_is_back(made: Watched) -> None:
    with mail_server() as box:
        port = box.port
    head = '[watch.smtp]\nhost = "127.0.0.1"\nsecurity = "none"\nfrom = "a@b.example"\nto = ["c@d.example"]\n'
    made.settings(f"{head}port = {port}\n")
    made.put(REPORTS)
    (trouble,) = made.look().troubles
    assert trouble.source == f"smtp: 127.0.0.1:{port}"
    told = len(made.told)
    assert told > 0  # the terminal did not wait for it
    with mail_server() as box:
        made.settings(f"{head}port = {box.port}\n")
        assert made.look().troubles == ()
        assert made.look().troubles == ()
    (mail,) = box.mails
    assert mail["Subject"] == f"[case] everything: {told} changes"
    assert len(made.told) == told


def test_where_one_addressee_is_refused_the_others_get_the_mail_once(made: Watched) -> None:
    with mail_server() as box:
        box.dead = "gone@d.example"
        made.settings(f"""[watch.smtp]
host = "127.0.0.1"
port = {box.port}
security = "none"
from = "a@b.example"
to = ["c@d.example", "gone@d.example"]
""")
        made.put(REPORTS)
        (trouble,) = made.look().troubles
        assert trouble.reason == "refuses gone@d.example; the others have it"
        assert made.look().troubles == ()
    assert len(box.mails) == 1


def test_what_waits_is_told_also_where_nothing_can_be_taken_in(
    made: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Case, "wait_seconds", 0.0)
    place = made.root / "place"
    place.write_text("", encoding="utf-8")
    made.settings('jsonl = "../place/all.jsonl"\n')
    made.put(REPORTS)
    assert [one.source for one in made.look().troubles] == [f"jsonl: {place / 'all.jsonl'}"]
    place.unlink()
    made.put({"weekday.txt": DISAGREEING})
    with WriterLock(made.case).hold("adding", AT):
        (trouble,) = made.look().troubles
    assert "is being written to" in trouble.reason
    assert len((place / "all.jsonl").read_text(encoding="utf-8").splitlines()) == len(made.told)


def test_the_last_look_is_remembered_with_what_could_not_be_looked_at(made: Watched) -> None:
    made.folder.rmdir()
    made.look("2032-01-30T08:00:00Z")
    with made.watch.watching(AT) as last:
        assert last is not None
        assert (last.at, len(last.troubles)) == ("2032-01-30T08:00:00Z", 1)


def test_looks_at_which_nothing_is_new_need_no_more_memory_however_many(made: Watched) -> None:
    made.put(REPORTS)
    with made.watch.watching(AT):
        for _ in range(10):
            made.watch.look(AT)
        tracemalloc.start()
        try:
            before = tracemalloc.get_traced_memory()[0]
            for _ in range(40):
                made.watch.look(AT)
            gc.collect()
            assert tracemalloc.get_traced_memory()[0] - before < 64 * 1024
        finally:
            tracemalloc.stop()


# ------------------------------------------------------------------------------------ it ends at any moment


class Ended(BaseException):
    """The program ends here."""


@contextmanager
def ending(at: int) -> Iterator[Counter[str]]:
    """End at a moment: before, within and after each transaction and each delivery are one each."""
    count = Counter[str]()

    def moment() -> None:
        count["moments"] += 1
        if count["moments"] == at:
            raise Ended

    transaction, deliver = WatchStore.transaction, Outbox._deliver

    @contextmanager
    def transacting(self: WatchStore) -> Iterator[Any]:
        moment()
        with transaction(self) as db:
            yield db
            moment()
        moment()

    def delivering(self: Outbox, channel: str, batch: Any) -> None:
        moment()
        deliver(self, channel, batch)
        moment()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WatchStore, "transaction", transacting)
        patch.setattr(Outbox, "_deliver", delivering)
        yield count


KEEP = """
import os, sys
with open(sys.argv[1], "a") as kept:
    kept.writelines(os.environ["TIDEWAITER_TWICE"] + " " + line for line in sys.stdin)
"""


def all_ways(made: Watched) -> None:
    command = json.dumps([sys.executable, "-c", KEEP, str(made.root / "command")])
    made.settings(f'jsonl = "all.jsonl"\ndigest = "digests"\ncommand = {command}\n')


def lines_of(made: Watched) -> list[str]:
    return [json.loads(line)["key"] for line in (made.case / "all.jsonl").read_text("utf-8").splitlines()]


def commanded(made: Watched) -> list[tuple[bool, str]]:
    lines = (made.root / "command").read_text("utf-8").splitlines()
    return [(line[0] == "1", json.loads(line[2:])["key"]) for line in lines]


def test_it_may_end_at_any_moment_and_nothing_is_missed_or_told_twice_unmarked(tmp_path: Path) -> None:
    whole = watched(tmp_path / "whole")
    all_ways(whole)
    whole.put(REPORTS)
    with ending(-1) as count:
        whole.look()
    keys = lines_of(whole)
    assert len(set(keys)) == len(keys) > 5
    for at in range(1, count["moments"] + 1):
        made = watched(tmp_path / str(at))
        all_ways(made)
        made.put(REPORTS)
        with ending(at), pytest.raises(Ended):
            made.look()
        made.look()
        assert made.look().told == 0
        assert lines_of(made) == keys, at
        assert [key for twice, key in commanded(made) if not twice] in (keys, []), at
        assert {key for _, key in commanded(made)} == set(keys), at
        printed = [one.change.key for batch in made.batches if not batch.twice for one in batch.notices]
        assert printed in (keys, []), at
        assert {one.key for one in made.told} == set(keys), at
        digest = (made.case / "digests" / f"{AT[:10]}.md").read_text(encoding="utf-8")
        assert digest.count("- **denied**") == sum(one.kind.value == "denied" for one in whole.told)
