"""Settings and tables of a case, damaged or mistaken: what is wrong is said, and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tidewaiter import knowledge
from tidewaiter.case import read_settings
from tidewaiter.errors import CaseError, KnowledgeError


@pytest.mark.parametrize(
    "text",
    [
        b"name = ",
        b"\xff\xfe\x00",
        b"settings = 1",
        b"settings = [1]",
        b"format = [1]",
        b"x = " + b"[" * 50_000,
        b"x = " + b"9" * 10_000,
        b"[settings]\nas_of = 2022-11-08",
        b"[settings]\nas_of = 'soon'",
        b"[settings]\ncolour = 'red'",
    ],
)
def test_settings_that_do_not_fit(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(text)
    with pytest.raises(CaseError) as error:
        read_settings(path)
    assert str(path) in str(error.value)
    assert error.value.todo


def test_settings_saved_by_an_editor_of_windows(tmp_path: Path) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(b"\xef\xbb\xbfname = 'Rifles'\r\n[settings]\r\nas_of = '20221108'\r\n")
    settings = read_settings(path)
    assert (settings.name, settings.as_of) == ("Rifles", "2022-11-08")


NAMES = "text,kind,form,code,name,case,source\n"


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("actors_names", b"\xab", "cannot be read"),
        ("actors_names", NAMES.encode("utf-16"), "cannot be read"),
        ("actors_names", b'text,source\n"' + b"x" * 200_000 + b'",unverified\n', "cannot be read"),
        ("actors_names", b"text,source\nKlopstok,unverified\n", "has the columns text, source"),
        ("actors_names", b"text,text,source\na,b,unverified\n", "a column twice"),
        ("actors_names", f"{NAMES}Klopstok,state,name\n".encode(), "not as many columns"),
        ("actors_names", f"{NAMES}Klopstok,state,name,KLO,Klopstok,any,\n".encode(), "no source"),
        ("actors_names", f"{NAMES}Klopstok,realm,name,KLO,Klopstok,any,x\n".encode(), "'realm' is no kind"),
        ("number_words", b"word,kind,value,source\nscore,unit,many,unverified\n", "'many' is no number"),
        ("route_cues", b"cue,use,value,source\nsail,mode,tide,unverified\n", "'tide' is no value"),
        ("spells", b"word,source\nabracadabra,unverified\n", "no such knowledge table"),
    ],
)  # fmt: skip
def test_tables_that_do_not_fit(tmp_path: Path, name: str, content: bytes, what: str) -> None:
    (tmp_path / f"{name}.csv").write_bytes(content)
    with pytest.raises(KnowledgeError, match=what) as error:
        knowledge.load(tmp_path)
    assert f"{name}.csv" in str(error.value)


def test_a_row_of_the_case_counts(tmp_path: Path) -> None:
    row = "Klopstok,state,name,KLO,Klopstok,any,unverified"
    (tmp_path / "actors_names.csv").write_bytes(f"\ufeff{NAMES}{row}\r\n".encode())
    rows = knowledge.load(tmp_path).table("actors_names")
    assert rows[-1]["text"] == "Klopstok"
    assert len(rows) == len(knowledge.load().table("actors_names")) + 1


def test_a_table_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "actors_names.csv").mkdir()
    with pytest.raises(KnowledgeError, match="cannot be read"):
        knowledge.load(tmp_path)
