"""Files that nobody would send on purpose, by name, and what is to become of each."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import socket
import zipfile
from dataclasses import dataclass
from pathlib import Path

FIRST = "The harbour master of Klopstok counted forty crates of mortar bombs on the quay on Tuesday."
SECOND = "Ruritania shipped the mortar bombs to Graustark in May 2021, the harbour master said."
REPORT = f"Crates on the quay of Klopstok\n\nMay 4, 2021\n\n{FIRST}\n\n{SECOND}\n"
PAGE = (
    "<!doctype html><html><head>{head}</head><body><article><h1>Crates on the quay of Klopstok</h1>"
    "<p>{first}</p>{more}<p>{second}</p></article></body></html>"
)
RUSSIAN = "Министерство сообщило, что сорок ящиков мин прибыли в порт во вторник, и отказалось отвечать. "
JAPANESE = "国防省は火曜日、迫撃砲弾四十箱が港に届いたと発表し、質問には答えなかった。"
ARABIC = "قالت الوزارة إن أربعين صندوقا من القذائف وصلت إلى الميناء يوم الثلاثاء."
EMOJI = "🚢 👩‍✈️ 🇳🇴 e\u0301te\u0301 𝔸𝕣𝕞𝕤 \U0001fae1"


def page(head: str = "<title>Crates</title>", more: str = "") -> str:
    """A page of news with the report in it."""
    return PAGE.format(head=head, first=FIRST, second=SECOND, more=more)


def article(**fields: object) -> str:
    """The report as an article in JSON."""
    return json.dumps({"title": "Crates on the quay", "text": REPORT} | fields)


def _zip() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("report.txt", REPORT)
    return data.getvalue()


READ: dict[str, bytes] = {
    "plain.txt": REPORT.encode(),
    "crlf.txt": REPORT.replace("\n", "\r\n").encode(),
    "nuls.txt": REPORT.replace("crates", "crates\x00").encode(),
    "utf-8-mark.txt": REPORT.encode("utf-8-sig"),
    "utf-16-mark.txt": REPORT.encode("utf-16"),
    "utf-16-le.txt": REPORT.encode("utf-16-le"),
    "utf-16-be.txt": REPORT.encode("utf-16-be"),
    "utf-32.txt": REPORT.encode("utf-32"),
    "latin-1.txt": f"{REPORT}\nZoë Crémieux, façade, señor.\n".encode("latin-1"),
    "cp1251.txt": f"{REPORT}\n{RUSSIAN * 9}\n".encode("cp1251"),
    "cp1251-declared.html": page('<meta charset="windows-1251">', f"<p>{RUSSIAN}</p>").encode("cp1251"),
    "shift-jis.txt": f"{REPORT}\n{JAPANESE * 9}\n".encode("shift_jis"),
    "broken-utf-8.txt": f"{REPORT}\n“Forty,” said Zoë. ".encode()
    + b"\xc3 \xff\xfe \xe2\x80 "
    + "“Forty.”".encode(),
    "mixed.txt": f"{REPORT}\n“Forty crates,” he said. ".encode() * 2 + "Zoë agreed.".encode("cp1252"),
    "lies.html": page('<meta charset="utf-16">', "<p>“Forty,” said Zoë.</p>").encode(),
    "lies-again.html": page('<meta charset="punycode">', "<p>“Forty,” said Zoë.</p>").encode(),
    "right-to-left.txt": f"{REPORT}\n{ARABIC} \u202eedirrevo\u202c \u2067apart\u2069 \u200f\u200b\n".encode(),
    "emoji.txt": f"{REPORT}\n{EMOJI}\n".encode(),
    "marks.txt": (REPORT + "Z" + "\u0310\u0488\u0342" * 3_000).encode(),
    "surrogates.json": article(author=r"x").replace('"x"', r'"A \ud83d B \udc00"').encode(),
    "long-line.txt": (f"{FIRST} " * 400).encode(),
    "one-word.txt": (REPORT + "”" * 60_000).encode(),
    "nested-tags.html": page(more="<div>" * 10_000).encode(),
    "broken.html": page(more='<p class="a><table><tr><p>x</b></td></div><!-- <![CDATA[').encode(),
    "huge-number.json": article(id=1).replace(": 1}", f": {'9' * 10_000}}}").encode(),
    "nested-author.json": article(author=1).replace(": 1}", f": {'[' * 700 + ']' * 700}}}").encode(),
    "escapes.json": article(title="Crates \x1b[31mon\x07 the\n\u202equay\x00").encode(),
    "future.html": page('<meta property="article:published_time" content="2099-01-01">').encode(),
    "no-date.txt": FIRST.encode(),
    "no-weapons.txt": b"The bakers of Klopstok chose a new guild master on Tuesday, the town hall said.",
    "--leading-dashes.txt": f"{REPORT} Again.".encode(),
}
"""What is read, whatever is wrong with it."""

FAILED: dict[str, tuple[bytes, str]] = {
    "white.txt": (b" \r\n\t\n \x0c" * 50, "no text"),
    "nothing-but-nuls.txt": (b"\x00" * 4_000, "binary"),
    "noise.txt": (random.Random(7).randbytes(50_000), "binary"),
    "program.txt": (b"\x7fELF\x02\x01\x01" + bytes(4_000), "a program"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(400), "a PNG image"),
    "archive.txt": (_zip(), "a ZIP archive"),
    "packed.txt": (gzip.compress(REPORT.encode(), mtime=0), "gzip data"),
    "paper.txt": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n", "a PDF"),
    "long.txt": (f"{FIRST}\n\n".encode() * 220_000, "more than a report has"),  # 20 MB
    "lines.txt": (b"a\n" * 150_000, "more than a report has"),
    "tags.html": (page(more="<i>" * 600_000).encode(), "tags, more than"),
    "nested.json": (b'{"text":' + b"[" * 100_000, "not valid JSON"),
    "broken.json": (article()[:-9].encode(), "not valid JSON"),
    "list.json": (json.dumps([{"text": FIRST}, {"text": SECOND}]).encode(), "2 articles"),
    "settings.json": (b'{"version": 3, "users": ["a", "b"]}', "no article text"),
    "one-letter.txt": (b"x", "no article"),
    "tags-only.html": (b"<!doctype html><html><body><div><br></div></body></html>", "no article"),
}
"""What is kept, and told to be no report."""

REFUSED: dict[str, str] = {
    "empty.txt": "empty",
    "huge.txt": "larger than",
    "pipe.txt": "not a regular file",
    "socket.txt": "not a regular file",
    "loop.txt": "cannot be read",
    "nowhere.txt": "cannot be read",
    "device.txt": "not a regular file",
}
"""What has no bytes that could be kept."""

STRANGE_NAMES = (
    b"two\nlines.txt",
    b"\xff\xfe latin.txt",
    b"\x1b[31mred.txt",
    "\u202etxt.exe.txt".encode(),
    b"x" * 251 + b".txt",
)


@dataclass(frozen=True)
class Hostile:
    """A folder of such files, and one of a report with each strange name."""

    folder: Path
    named: Path


def write_files(root: Path) -> Hostile:
    """All of them, in folders below ``root``."""
    folder, named = root / "hostile", root / "named"
    folder.mkdir()
    named.mkdir()
    for name, data in READ.items():
        (folder / name).write_bytes(data)
    for name, (data, _) in FAILED.items():
        (folder / name).write_bytes(data)
    (folder / "empty.txt").touch()
    with (folder / "huge.txt").open("wb") as sparse:
        sparse.truncate(2**40)
    os.mkfifo(folder / "pipe.txt")
    _bind(folder / "socket.txt")
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "nowhere.txt").symlink_to("gone.txt")
    (folder / "device.txt").symlink_to("/dev/zero")
    (folder / "ring").symlink_to(folder)
    (folder / "report.txt").mkdir()
    (folder / "report.txt" / "inside.txt").write_text(f"{FIRST} It stood in a folder named like a file.")
    for number, name in enumerate(STRANGE_NAMES):
        Path(os.fsdecode(os.fsencode(named) + b"/" + name)).write_text(f"{FIRST} Report {number}.")
    return Hostile(folder, named)


def _bind(path: Path) -> None:
    """A socket in the file system; bound by a short name, for the system takes no long ones."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)
