"""Captures as a ZIP archive, with a manifest that ``sha256sum -c`` accepts.

Names in the archive are made of hashes alone, so that no name of a source can do harm where it is unpacked;
what the sources were called stands in ``captures.jsonl``.  The same captures give the same bytes: order,
times and modes are fixed.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from tidewaiter.codec import Json
from tidewaiter.errors import CaseError

MANIFEST, INDEX, LEFT_OUT, READ_ME = "MANIFEST.sha256", "captures.jsonl", "left-out.jsonl", "README.txt"

ENDINGS: Mapping[str, str] = {
    "text/plain": "txt",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "md",
    "application/json": "json",
    "application/pdf": "pdf",
    "application/warc": "warc",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/rss+xml": "xml",
    "application/atom+xml": "xml",
}
"""Ending of a file's name by media type (IANA); any other is ``bin``."""

OTHER_ENDING = "bin"

BLOCK = 1 << 20
"""Bytes of a capture in memory at once."""

DAY = (1980, 1, 1, 0, 0, 0)
"""Time that every file in the archive bears: the first that a ZIP archive can say."""

LEVEL = 6
"""Of compression: what zlib itself takes for the best bargain."""

MODE = 0o100644
"""A plain file that all may read."""

UNIX = 3
"""The system whose modes the archive holds, whatever it was made on."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture that goes into the archive."""

    sha256: str
    media_type: str
    told: Mapping[str, Json]  # what the index says of it beside its name
    open: Callable[[], BinaryIO]  # its bytes

    @property
    def name(self) -> str:
        """Its path in the archive."""
        return f"captures/{self.sha256}.{ENDINGS.get(self.media_type, OTHER_ENDING)}"


@dataclass(frozen=True, slots=True)
class Custody:
    """The custody record, or the part of it that the archive may show."""

    name: str  # "custody.jsonl", or another where it is a part
    what: str  # in words, for the read-me
    pieces: Iterable[bytes]


def write_archive(
    handle: BinaryIO,
    kept: Iterable[Kept],
    left_out: Sequence[Mapping[str, Json]] | None,
    custody: Custody,
    about: Sequence[str],
    tick: Callable[[], None] = lambda: None,
) -> int:
    """Write the archive to a file that is open for writing; how many captures are in it.

    ``kept``: in order; ``left_out``: captures that were withdrawn, as the index says them, None where that
    cannot be told; ``about``: lines of the read-me that say which case it is; ``tick``: called for every
    capture that is done.
    Raises ``CaseError`` when the bytes of a capture are gone or no longer have its hash.
    """
    lines: list[str] = []
    index: list[bytes] = []
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for one in kept:
            _copy(archive, one)
            lines.append(_line(one.sha256, one.name))
            index.append(_json_line({"file": one.name, "sha256": one.sha256, **one.told}))
            tick()
        number = len(index)
        others: list[tuple[str, Iterable[bytes]]] = [(INDEX, index), (custody.name, custody.pieces)]
        if left_out is not None:
            others.append((LEFT_OUT, [_json_line(one) for one in left_out]))
        others.append((READ_ME, ["\n".join(_read_me(about, number, left_out, custody)).encode()]))
        for name, pieces in others:
            lines.append(_line(_write(archive, name, pieces), name))
        _write(archive, MANIFEST, ["".join(lines).encode()])
    return number


def _copy(archive: zipfile.ZipFile, one: Kept) -> None:
    with one.open() as source:
        found = _write(archive, one.name, iter(lambda: source.read(BLOCK), b""))
    if found != one.sha256:
        raise CaseError(
            "the preserved bytes were changed: their SHA-256 is no longer the file's name",
            where=one.sha256,
            todo="Put the file back from a backup of the case, or add the original file again.",
        )


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> str:
    """Add a file piece by piece; its SHA-256."""
    info = zipfile.ZipInfo(name, DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = MODE << 16
    info.create_system = UNIX
    found = hashlib.sha256()
    with archive.open(info, "w", force_zip64=True) as target:
        for piece in pieces:
            found.update(piece)
            target.write(piece)
    return found.hexdigest()


def _line(sha256: str, name: str) -> str:
    """As ``sha256sum`` writes it."""
    return f"{sha256}  {name}\n"


def _json_line(told: Mapping[str, Json]) -> bytes:
    return (json.dumps(told) + "\n").encode()  # escapes whatever is not ASCII, and so any odd character


def _read_me(
    about: Sequence[str], number: int, left_out: Sequence[Mapping[str, Json]] | None, custody: Custody
) -> Iterator[str]:
    yield from about
    yield ""
    yield f"captures/: {number} captures, byte for byte as they were taken in, named by their SHA-256"
    yield f"{INDEX}: a line for each: file, size, media type, where it was taken from, when, by whom"
    if left_out is None:
        yield "Captures that the case withdrew are not in here."
    else:
        yield f"{LEFT_OUT}: captures that were withdrawn and are not in here: {len(left_out)}"
    yield f"{custody.name}: {custody.what}"
    yield f"{MANIFEST}: the SHA-256 of every file; to check them: sha256sum -c {MANIFEST}"
    yield ""
    yield "The captures are what others wrote. A page opened from here may load and run what is in it."
    yield ""
