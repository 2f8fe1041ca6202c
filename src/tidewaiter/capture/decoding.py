"""Bytes to characters."""

from __future__ import annotations

import codecs
import re

from tidewaiter.errors import CaptureError

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
)

# The declaration must stand in the first 1024 bytes (WHATWG HTML standard, "prescan a byte stream").
DECLARATION_BYTES = 1024
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)

# Labels that the WHATWG encoding standard reads as Windows-1252.
_AS_CP1252 = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "l1"})

# What Python has codecs for and no page is written in: notations of characters in ASCII, some of them slow.
_NO_ENCODINGS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined"})

# Control characters that text does not hold; a file with more than this share of them is not text.
# A tenth of random bytes are; one twentieth lets stray NULs of a broken editor pass (cleaning drops them).
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})
MAX_CONTROL_SHARE = 0.05

# UTF-8 with broken characters (a file cut off in one, a part pasted in another encoding) is still UTF-8
# while more are whole than broken: in other encodings hardly a pair of bytes is a character of UTF-8 by
# chance.

# A guess needs no more than this; the whole of a long file costs seconds.
GUESS_BYTES = 65_536

# In English text hardly more than quotation marks, dashes and a few names are not ASCII; a guess on so
# little falls on any code page that has letters there.
_WIDE = re.compile(r"[\u0080-\ufffc\U00010000-\U0010ffff]")
_WIDE_BYTES = bytes(range(128, 256))
MAX_WIDE_SHARE = 0.1

# What else English-language news is saved in; a guess among all of Python's codecs takes a short file
# with two curly quotes for EBCDIC.
_GUESSES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "shift_jis", "euc_jp",
            "euc_kr", "gb18030", "big5", "koi8_r"]  # fmt: skip


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The characters of ``data`` and the name of the encoding they were read with.

    In this order: byte order mark, UTF-8 that cannot be anything else, declaration in the page, UTF-8,
    UTF-16 without a mark, a guess.
    ``decode_as(data, encoding)`` gives the same text again.  Raises ``CaptureError`` for bytes that
    are empty or not text; ``where`` names the file in it.
    """
    if not data:
        raise CaptureError("the file is empty", where=where, todo="Save the page again, or leave it out.")
    encoding = _marked(data)
    if encoding is None:
        _refuse_known_binary(data, where)
        encoding = _plainly_utf8(data) or _declared(data) or _unicode(data)
    if encoding is None:
        _refuse_controls(data, where)
        encoding = _guessed(data)
    text = decode_as(data, encoding)
    if not text.strip("\ufeff\x00 \t\r\n\x0c\x1b"):
        raise CaptureError(
            "the file holds no text", where=where, todo="Save the page again, or leave it out."
        )
    return text, encoding


def decode_as(data: bytes, encoding: str) -> str:
    """``data`` in ``encoding``; bytes that do not fit become U+FFFD."""
    return data.decode(encoding, errors="replace")


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _BOMS if data.startswith(mark)), None)


def _refuse_known_binary(data: bytes, where: str) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise CaptureError(
                f"the file is {name}, not text", where=where, todo="Save the report as HTML or plain text."
            )


def _refuse_controls(data: bytes, where: str) -> None:
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > MAX_CONTROL_SHARE * len(data):
        raise CaptureError(
            f"the file is binary, not text ({controls} control characters in {len(data)} bytes)",
            where=where,
            todo="Save the report as HTML or plain text.",
        )


def _plainly_utf8(data: bytes) -> str | None:
    """UTF-8 with characters outside ASCII: no other encoding gives such bytes, whatever a page declares."""
    if data.isascii():
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8" if _few_controls(data) else None


def _declared(data: bytes) -> str | None:
    """The encoding that the page declares, if it exists and fits."""
    found = _DECLARED.search(data[:DECLARATION_BYTES])
    if found is None:
        return None
    label = found[1].decode("ascii").lower()
    name = "cp1252" if label in _AS_CP1252 else label
    try:
        info = codecs.lookup(name)
        if not _may_be_declared(info, found[0]):
            return None
        data.decode(info.name)
    except (LookupError, UnicodeError):
        return None
    return info.name


def _may_be_declared(info: codecs.CodecInfo, declaration: bytes) -> bool:
    """Whether a page can be written in the encoding: one in which the declaration, that was found by its
    ASCII, says the same."""
    name = info.name.replace("_", "-")
    if not info._is_text_encoding or name in _NO_ENCODINGS or name.startswith(("utf-16", "utf-32", "utf-7")):
        return False
    return declaration.decode(info.name) == declaration.decode("ascii")


def _unicode(data: bytes) -> str | None:
    if b"\x00" in data and (wide := _wide(data)):
        return wide
    if data.count(b"\x00") > MAX_CONTROL_SHARE * len(data):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _nearly_utf8(data) else None
    return "utf-8" if _few_controls(data) else None


def _few_controls(data: bytes) -> bool:
    return len(data) - len(data.translate(None, _CONTROLS)) <= MAX_CONTROL_SHARE * len(data)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text every other byte is nearly always NUL."""
    sample = data[: GUESS_BYTES - GUESS_BYTES % 2]
    half = len(sample) / 2
    for name, zeros, others in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if zeros.count(0) > 0.6 * half and others.count(0) < 0.05 * half:
            return name
    return None


def _nearly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    wide = len(_WIDE.findall(text))
    return wide > broken


def _guessed(data: bytes) -> str:
    """Windows-1252 for text in Latin letters, else what charset-normalizer finds likeliest."""
    wide = len(data) - len(data.translate(None, _WIDE_BYTES))
    if wide <= MAX_WIDE_SHARE * len(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:GUESS_BYTES], cp_isolation=_GUESSES).best()
    return best.encoding if best is not None else "cp1252"
