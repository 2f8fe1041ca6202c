"""Bytes to characters: what is read, with which encoding, and what is refused."""

from __future__ import annotations

import encodings
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidewaiter.capture.decoding import decode, decode_as
from tidewaiter.errors import CaptureError

WORDS = "The envoy’s reply — “never a single crate” — came from São Tomé on Monday, the ministry said."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (b"plain words", "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8-sig"),
        (WORDS.encode("utf-16"), "utf-16"),
        (WORDS.encode("utf-16-le"), "utf-16-le"),
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-32"), "utf-32"),
        (WORDS.encode("cp1252"), "cp1252"),
        (b'<meta charset="iso-8859-1">' + WORDS.encode("cp1252"), "cp1252"),
        (b"<meta charset=windows-1251>" + "Поставки оружия".encode("cp1251"), "cp1251"),
        (b'<?xml version="1.0" encoding="utf-8"?>' + WORDS.encode(), "utf-8"),
        (b'<meta charset="no-such-charset">' + WORDS.encode(), "utf-8"),
        (b'<meta charset="base64">' + WORDS.encode(), "utf-8"),
        (b'<meta charset="ascii">' + WORDS.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    text, found = decode(data, "report")
    assert found == encoding
    assert text == decode_as(data, found)
    assert "Поставки" in text or "words" in text or WORDS in text


def test_text_cut_off_in_mid_character_is_still_utf8() -> None:
    text, encoding = decode((WORDS + "é").encode()[:-1], "report")
    assert encoding == "utf-8"
    assert text == WORDS + "\ufffd"


def test_broken_characters_in_the_middle_are_still_utf8() -> None:
    data = "“Forty,” said Zoë. ".encode() + b"\xc3 \xff\xfe \xe2\x80 " + "“Forty.”".encode()
    text, encoding = decode(data, "report")
    assert encoding == "utf-8"
    assert text == "“Forty,” said Zoë. \ufffd \ufffd\ufffd \ufffd “Forty.”"


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Министерство отказалось отвечать. " * 9, "cp1251"),
        ("国防省は火曜日、迫撃砲弾が港に届いたと発表した。" * 9, "shift_jis"),
        ("国防省は火曜日、迫撃砲弾が港に届いたと発表した。" * 9, "euc_jp"),
        ("国防部周二表示，四十箱迫击炮弹已运抵港口。" * 9, "gb18030"),
        ("국방부는 화요일 박격포탄이 항구에 도착했다고 밝혔다. " * 9, "euc_kr"),
    ],
)
def test_what_is_not_utf8(words: str, encoding: str) -> None:
    text, found = decode(words.encode(encoding), "report")
    assert found != "utf-8"
    assert "\ufffd" not in text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b" \n\t\r\n", "no text"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00" * 400, "binary"),
    ],
)
def test_refused(data: bytes, what: str) -> None:
    with pytest.raises(CaptureError) as error:
        decode(data, "folder/report.txt")
    assert what in error.value.what
    assert error.value.where == "folder/report.txt"
    assert error.value.todo


def test_a_stray_nul_is_no_binary() -> None:
    assert decode(WORDS.encode() + b"\x00" + WORDS.encode(), "report")[1] == "utf-8"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        text, encoding = decode(data, "report")
    except CaptureError:
        return
    assert text == decode_as(data, encoding)
    text.encode()  # no lone surrogates


NAMES = sorted({info.name for info in pkgutil.iter_modules(encodings.__path__)} - {"aliases"})


@pytest.mark.parametrize("name", NAMES)
def test_any_declaration(name: str) -> None:
    """A page may declare whatever Python knows: it is read at once, to characters that can be kept."""
    page = (
        f"<meta charset={name}>".encode()
        + rb"\ud800 \N{DIGIT ONE} xn--zz +2AA- ~{ "
        + WORDS.encode("cp1252") * 500
    )
    text, found = decode(page, "page.html")
    text.encode()
    assert text == decode_as(page, found)
    assert text.startswith("<meta charset=")
    plain = page[:90].replace(b"\xe2", b"").decode("ascii", "ignore").encode()
    decode(plain, "page.html")[0].encode()
