"""Feed damaged input to everything that parses bytes, and say what crashes or hangs.

    python tools/fuzz.py --minutes 30 --seed 1
    python tools/fuzz.py --inputs 500 --only html json
    python tools/fuzz.py --again folder/html-ab12cd34

Each input is a seed (the reports in ``examples/``, the knowledge tables, the files of a small case, a few
texts below) damaged a few times over: cut, doubled, shuffled, put into another encoding, strewn with what
has troubled parsers before.  A target may refuse an input with an error of the program's own family; any
other exception is a failure, so is more than ``LIMIT_SECONDS`` of processor time.  Failures of one kind
are told once, with an input cut down to what still fails, kept under ``--out``; ``--again`` tries such a
file.  The same seed tries the same inputs in the same order.  Exit status: 0 nothing failed, 1 something
did.

Code that does not let Python's signal handler run for ``STUCK_SECONDS`` ends the script with a traceback;
what it was given stands in the file ``current`` under ``--out``.
"""

from __future__ import annotations

import argparse
import atexit
import faulthandler
import hashlib
import json
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from types import FrameType

from tidewaiter import codec, edtf, knowledge
from tidewaiter.capture import files
from tidewaiter.capture.article import as_edtf
from tidewaiter.capture.banners import find_banner, from_banner, from_page_banner
from tidewaiter.capture.datelines import find_elsewhere
from tidewaiter.capture.days import find_days, find_yearless
from tidewaiter.capture.decoding import decode, decode_as
from tidewaiter.capture.headings import find_author, find_title, top_lines
from tidewaiter.capture.published import Context, find_published
from tidewaiter.case import Case, read_settings
from tidewaiter.cli.endings import as_member
from tidewaiter.errors import DamageError, TidewaiterError
from tidewaiter.ledger.custody import CustodyRecord
from tidewaiter.model import Capture, Document, anchor
from tidewaiter.pipeline import no_progress
from tidewaiter.reading.reader import read
from tidewaiter.verification.tally import Tally
from tidewaiter.verification.whole import verify

ROOT = Path(__file__).parent.parent
LIMIT_SECONDS = 5.0  # of processor time for one input, so that a busy machine makes no hangs
STUCK_SECONDS = 120.0  # on the wall, without a chance to run Python's signal handler
SHRINKING_SECONDS = 30.0
TELL_SECONDS = 60.0
MAX_INPUT = 400_000  # bytes
MAX_READ = 12_000  # characters of a text that is read: a long report, so that the limit means the same
MEMORY = 8 * 2**30  # bytes of address space
NOW = "2026-03-01T09:00:00Z"
LEAP_DAY = date(2024, 2, 29)

# fmt: off
TOKENS: Sequence[bytes] = (
    *(token.encode() for token in (
        *"<>&\"'|[](){}#*_-:;,.!?/\\=%$€@~^`\n\t ",
        "<p>", "</p>", "<div", "<!--", "-->", "<script>", "</script>", "<br>", "<h1>", "</h1>", "<table>",
        "<title>", "<![CDATA[", "]]>", "<a href='", '="', "<meta charset=", "&amp;", "&#0;", "&#xD800;",
        "&#x110000;", "&nbsp;", "---\n", "\n\n", "\r\n", "\r", "\\u", "\\ud800", '"text":', '{"', "[[[", "]",
        "1e999", "-0", "NaN", "null", "9" * 5000, "https://x/2022/11/08/y", "By ", "BY JANE DOE", "Posted",
        "Updated May 4, 2021", "04/05/21", "31.02.2021", "Sat. May 8th, 2021", "Dec. 30", "Feb. 29", "0000",
        "2022-11-02", "XXXX-11-02", "[2024-01-02..2024-02-25]", "[..", "..]", "9999-12-31", "0000-01-01",
        "Mon, 99 Foo 20222 25:61", " date 2022-11 ", "share", "Related", "Read more", "HomeWorldNews", "•",
        "\u200b", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u2028", "\x85", "\x00", "\x1e", "\x1f",
        "\u0301", "e\u0301\u0301", "😀", "👩‍✈️", "\U0010ffff", "\ufffe", "日本語", "عربي", "ǅ", "İ", "ß", "ﬁ",
        "<meta charset=unicode_escape>", "<meta charset=punycode>", "charset=hz", "[" * 300,
        '{"name":' * 300, "2022/", "\x1b[31m", "application/ld+json", "<svg>", "<template>", "|" * 99,
        "“", "”", "‘", "’", "«", "—", "…", "said", "denied", "shells", "Reuters", "on Tuesday", "two dozen",
        "$1.5 bn", "the", "U.S.", "DPRK", "a.b.c.d.e.f", "(((", ")))", "--", "not", "٣", "²", "Ⅻ", "½",
    )),
    b"\xff", b"\xfe\xff", b"\xff\xfe", b"\x80", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b$B",
    b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG",
)
# fmt: on
"""What has troubled parsers of text, ours or others'."""

ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "latin-1", "shift_jis", "cp037", "utf-7")

SETTINGS = b"""format = 1
name = "Shells by rail"
created = "2026-01-01T00:00:00Z"

[settings]
as_of = "2022-11-08"
captured_by = "A. Analyst"
"""
DATES = b"""2022-11-02|2022-11|XXXX-11-02|2024-01-04?|[2024-01-02..2024-02-25]|[..2024-06-13]
|2022-11-02/2022-11-08
|Tue, 08 Nov 2022 10:00:00 +0000|2022-11-08T10:00:00Z|Nov. 8, 2022|20221108|XXXX-02-29"""
ENTRY = {"at": NOW, "by": "analyst", "action": "captured", "sha256": "0" * 64, "previous": "0" * 64}
RECORD = b"".join(json.dumps(ENTRY | {"size": size}).encode() + b"\n" for size in (1, 2, 3))


class HangError(BaseException):
    """An input took longer than ``LIMIT_SECONDS``; no handler of ordinary errors takes it for its own."""


# ------------------------------------------------------------------------------------ targets

Target = Callable[[bytes, random.Random, Path], None]
"""Takes the input, a source of chance for what is beside it, and a folder for files."""


def _captured(name: str) -> Target:
    """A document of the bytes, as if saved under the name, and what must be true of it."""

    def target(data: bytes, rng: random.Random, _: Path) -> None:
        given = rng.choice([None, None, "2022-11-08", "XXXX-11-08"])
        _check_document(_document(data, name, given, raw=rng.random() < 0.2), data)

    return target


def _document(data: bytes, name: str, given: str | None = None, raw: bool = False) -> Document:
    record = Capture("0" * 64, len(data), name, NOW, "fuzz", "file", files.media_type(name, data))
    return files.make_document(record, data, name, given, raw=raw)


def _check_document(document: Document, data: bytes) -> None:
    decoded, before = decode_as(data, document.encoding), 0
    for start, end, origin in document.segments:
        assert before <= start < end <= len(document.text), "segments overlap"
        assert document.text[start:end] == decoded[origin : origin + end - start], "the map is wrong"
        before = end
    for spans in document.anchors.values():
        assert all(anchor(document.text, span).exact.strip() for span in spans), "an anchor on nothing"
    written = json.dumps(codec.encode(document), ensure_ascii=False)
    written.encode()  # every text that is kept is valid Unicode
    assert codec.decode(Document, json.loads(written)) == document, "does not come back from JSON"
    edtf.bounds(document.published)


def _decoded(data: bytes, _: random.Random, __: Path) -> None:
    text, encoding = decode(data, "fuzz")
    text.encode()
    assert text == decode_as(data, encoding), "decodes differently the second time"


def _found(data: bytes, rng: random.Random, _: Path) -> None:
    """What looks for dates, titles and authors, with parts of the text for what is known beside it."""
    text = data.decode("utf-8", "replace")
    lines = text.splitlines() or [""]
    days = list(find_days(text))
    list(find_yearless(text))
    limit = days[-1].readings[0] if days else date.max
    from_banner(text, find_banner(top_lines(text)[:4], limit))
    from_page_banner(text, text[:900], limit)
    find_elsewhere(text[:1000], limit)
    known = rng.choice([None, rng.choice(lines)])
    find_title(text, known)
    find_author(text, known, rng.choice(lines), text[:500])
    captured = rng.choice([NOW, text[:20]])
    metadata, place = as_edtf(rng.choice(lines)), rng.choice(lines)
    context = Context(metadata, None, text[:500], text[:900], place, place[:80], None, captured)
    edtf.bounds(find_published(text, context).edtf)


def _dates(data: bytes, _: random.Random, __: Path) -> None:
    for text in data.decode("utf-8", "replace").split("|"):
        edtf.bounds(as_edtf(text))
        if (known := edtf.safe(text)) is not None:
            edtf.sort_key(known)
            edtf.has_year(known)
            edtf.is_certainly_before(known, "2022-11-08")
            edtf.sort_key(edtf.safe(edtf.nearest_year(known, LEAP_DAY)))


def _custody(data: bytes, _: random.Random, folder: Path) -> None:
    """A record that was damaged is read, its faults are named, and it can be gone on with."""
    path = folder / "custody.jsonl"
    path.write_bytes(data)
    record = CustodyRecord(path)
    before = list(record.entries())
    record.faults()
    record.append(ENTRY)
    assert len(list(record.entries())) == len(before) + 1, "an entry was lost"


def _settings(data: bytes, _: random.Random, folder: Path) -> None:
    path = folder / "case.toml"
    path.write_bytes(data)
    settings = read_settings(path)
    assert all(isinstance(value, str | None) for value in codec.encode(settings).values())


def _knowledge(data: bytes, rng: random.Random, folder: Path) -> None:
    """A table of a case's own, and a report cleaned and read with it."""
    name = next((one for one in sorted(TABLES) if data.split(b"\n", 1)[0] == TABLES[one][0]), None)
    path = folder / f"{name or rng.choice(sorted(TABLES))}.csv"
    path.write_bytes(data)
    try:
        tables = knowledge.load.__wrapped__(folder)  # without its memory of folders read before
    finally:
        path.unlink()
    if rng.random() < 0.1:
        read(_document(SHORT, "a.txt"), tables)


def _read(data: bytes, rng: random.Random, _: Path) -> None:
    """What a damaged report says; every finding stands on words that are there."""
    given = rng.choice([None, "2023-05-01", "XXXX-03-04", "[2024-01-02..2024-02-25]", "2022"])
    document = _document(data, "a.txt", given)
    if len(document.text) > MAX_READ:
        return
    reading = read(document, knowledge.load())
    groups = (
        *(reading.statements, reading.mentions, reading.transfers),
        *(reading.claims, reading.responses, reading.events),
    )
    for found in (one for group in groups for one in group):
        for spans in found.anchors.values():
            for span in spans:
                anchor(document.text, span)
    json.dumps(codec.encode(reading), ensure_ascii=False).encode()


def _case(data: bytes, rng: random.Random, folder: Path) -> None:
    """A case in which one file is damaged: shown, verified and built again, as far as it goes."""
    name, _, content = data.partition(b"\n")
    template, names = _template()
    chosen = name.decode("utf-8", "replace")
    case = folder / "case"
    shutil.rmtree(case, ignore_errors=True)
    shutil.copytree(template, case)
    damaged = case / (chosen if chosen in names else rng.choice(names))
    damaged.unlink()
    damaged.write_bytes(content)
    verify(case, Tally(most=10), no_progress)
    try:
        with Case(case) as opened:
            if rng.random() < 0.5:
                opened.build(NOW)
            opened.view()
            opened.dossier(NOW)
    except sqlite3.DatabaseError as error:  # the commands say of a damaged store what it is
        raise as_member(error) if isinstance(as_member(error), DamageError) else error from error


@cache
def _template() -> tuple[Path, list[str]]:
    """A small case, and the files in it."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-case-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "a.txt").write_bytes(SHORT)
    (folder / "b.txt").write_bytes(SHORT.replace(b"Two", b"Ten"))
    case = folder / "case"
    with Case.create(case, NOW, "fuzz") as made:
        made.add([folder / "a.txt", folder / "b.txt"], NOW)
        made.build(NOW)
    return case, sorted(str(path.relative_to(case)) for path in case.rglob("*") if path.is_file())


def _case_seeds() -> list[bytes]:
    case, names = _template()
    return [name.encode() + b"\n" + (case / name).read_bytes() for name in names]


TARGETS: Mapping[str, tuple[int, Target]] = {
    "text": (6, _captured("a.txt")),
    "html": (6, _captured("a.html")),
    "markdown": (4, _captured("a.md")),
    "json": (4, _captured("a-20221108.json")),
    "decode": (3, _decoded),
    "find": (4, _found),
    "dates": (3, _dates),
    "case": (1, _case),
    "custody": (1, _custody),
    "settings": (2, _settings),
    "knowledge": (1, _knowledge),
    "read": (4, _read),
}
"""Each target with how often it is tried, as a share."""


# ------------------------------------------------------------------------------------ inputs


def _reports(*endings: str) -> list[bytes]:
    found = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in endings)
    return [path.read_bytes() for path in found]


def _tables() -> dict[str, tuple[bytes, ...]]:
    """Header and a few rows of each table of the project."""
    paths = sorted(knowledge.TABLES.glob("*.csv"))
    return {path.stem: tuple(path.read_bytes().splitlines()[:6]) for path in paths}


TABLES = _tables()
SHORT = (
    b"Two crates of rifles left Ruritania for Graustark on Monday, an officer said. The envoy denied it.\n"
)
REPORTS = _reports(".txt", ".html", ".md", ".json")
SEEDS: Mapping[str, Sequence[bytes]] = {
    "text": _reports(".txt", ".md"),
    "html": _reports(".html"),
    "markdown": _reports(".md", ".txt"),
    "json": _reports(".json"),
    "decode": REPORTS,
    "find": REPORTS,
    "dates": [DATES],
    "custody": [RECORD],
    "settings": [SETTINGS],
    "knowledge": [b"\n".join(rows) + b"\n" for rows in TABLES.values()],
    "read": [SHORT, *_reports(".txt", ".md")],
}

Damage = Callable[[bytes, random.Random], bytes]


def _range(data: bytes, rng: random.Random, most: int = 2_000) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + int(most ** rng.random()))


def _cut(data: bytes, rng: random.Random) -> bytes:
    start, end = _range(data, rng)
    return data[:start] + data[end:]


def _end_early(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _doubled(data: bytes, rng: random.Random) -> bytes:
    start, end = _range(data, rng, 400)
    return data[:end] + data[start:end] * int(3_000 ** rng.random()) + data[end:]


def _moved(data: bytes, rng: random.Random) -> bytes:
    start, end = _range(data, rng)
    place = rng.randrange(len(data) + 1)
    return data[:place] + data[start:end] + data[place:]


def _strewn(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 12)):
        place = rng.randrange(len(data) + 1)
        data = data[:place] + rng.choice(TOKENS) + data[place:]
    return data


def _heaped(data: bytes, rng: random.Random) -> bytes:
    """One or two tokens very often in one place: what makes patterns that go back and forth slow."""
    heap = b"".join(rng.choices(TOKENS, k=rng.randint(1, 3)))
    place = rng.randrange(len(data) + 1)
    return data[:place] + heap * int(20_000 ** rng.random()) + data[place:]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.randint(1, 20) if data else 0):
        changed[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(changed)


def _shuffled(data: bytes, rng: random.Random) -> bytes:
    by = rng.choice([b" ", b"\n", b". ", b"<", b'"'])
    parts = data.split(by)
    rng.shuffle(parts)
    return by.join(parts)


def _thinned(data: bytes, rng: random.Random) -> bytes:
    share = rng.choice([0.01, 0.1])
    return bytes(one for one in data if rng.random() > share)


def _joined(data: bytes, rng: random.Random) -> bytes:
    other = rng.choice(REPORTS)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]


def _recoded(data: bytes, rng: random.Random) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


DAMAGES: Sequence[Damage] = (
    *(_cut, _end_early, _doubled, _moved, _strewn, _strewn, _heaped, _flipped, _shuffled, _thinned, _joined),
    _recoded,
)


def make_input(target: str, rng: random.Random) -> bytes:
    """A seed of the target, damaged."""
    data = rng.choice(_case_seeds() if target == "case" else SEEDS[target])
    for _ in range(int(6 ** rng.random())):
        data = rng.choice(DAMAGES)(data, rng)[:MAX_INPUT]
    return data


# ------------------------------------------------------------------------------------ trying


def _told(kind: str, trace: Sequence[traceback.FrameSummary]) -> str:
    """Failures that end in the same function of the project, of the same kind, are one."""
    ours = [frame for frame in trace if "tidewaiter" in frame.filename or frame.filename == __file__]
    ours = [frame for frame in ours if frame.name != "stop"]  # the watchdog's own
    last = ours[-1] if ours else trace[-1]
    return f"{kind} in {Path(last.filename).name}:{last.name}"


@contextmanager
def _watched() -> Iterator[None]:
    """``HangError`` when what is inside takes too long."""

    def stop(_: int, __: FrameType | None) -> None:
        raise HangError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)
    faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()


def attempt(target: str, data: bytes, chance: int, folder: Path) -> tuple[str, str] | None:
    """What fails and how, when the target is given the input; None when it reads or refuses it."""
    try:
        with _watched():
            TARGETS[target][1](data, random.Random(chance), folder)
    except TidewaiterError:
        return None
    except (Exception, HangError) as error:  # noqa: BLE001 - whatever it is, it is what we look for
        trace = traceback.extract_tb(error.__traceback__)
        return _told(type(error).__name__, trace), "".join(traceback.format_exception(error, limit=-6))
    return None


def shrink(target: str, data: bytes, chance: int, folder: Path, wanted: str) -> bytes:
    """A shorter input that fails in the same way: ever smaller parts are left out while it does."""
    until = time.monotonic() + SHRINKING_SECONDS
    size = len(data) // 2
    while size and time.monotonic() < until:
        start = 0
        while start < len(data) and time.monotonic() < until:
            shorter = data[:start] + data[start + size :]
            failure = attempt(target, shorter, chance, folder)
            if failure is not None and failure[0] == wanted:
                data = shorter
            else:
                start += size
        size //= 2
    return data


class Session:
    """One run: what was tried, what failed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tried: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()

    def one(self, target: str, rng: random.Random) -> None:
        """Try one input."""
        chance = rng.randrange(2**32)
        data = make_input(target, rng)
        (self.folder / "current").write_bytes(data)
        self.tried[target] += 1
        failure = attempt(target, data, chance, self.folder)
        if failure is None:
            return
        kind = f"{target}: {failure[0]}"
        self.failures[kind] += 1
        if self.failures[kind] == 1:
            shortest = shrink(target, data, chance, self.folder, failure[0])
            name = self.folder / f"{target}-{hashlib.sha256(shortest).hexdigest()[:8]}-{chance}"
            name.write_bytes(shortest)
            _say(f"FAILED {kind}, {len(shortest)} bytes in {name}\n{shortest[:300]!r}\n{failure[1]}")

    def summary(self) -> str:
        """Counts, in words."""
        tried = ", ".join(f"{name} {self.tried[name]}" for name in sorted(self.tried))
        failed = "".join(f"\n  {count} x {kind}" for kind, count in sorted(self.failures.items()))
        return f"{self.tried.total()} inputs ({tried}), {self.failures.total()} failures{failed}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _again(path: Path, folder: Path) -> int:
    """Try a kept input once more."""
    target, _, chance = path.name.split("-")
    failure = attempt(target, path.read_bytes(), int(chance), folder)
    _say("nothing failed" if failure is None else f"FAILED {failure[0]}\n{failure[1]}")
    return int(failure is not None)


def main() -> int:
    """Parse the arguments and try inputs until time or number is reached."""
    parser = argparse.ArgumentParser(description="Feed damaged input to everything that parses bytes.")
    parser.add_argument("--minutes", type=float, default=1.0, help="how long (default: 1)")
    parser.add_argument("--inputs", type=int, help="how many at most")
    parser.add_argument("--seed", type=int, default=0, help="what is tried depends on it alone (default: 0)")
    parser.add_argument("--only", nargs="+", choices=sorted(TARGETS), default=sorted(TARGETS), help="targets")
    parser.add_argument("--out", type=Path, help="folder for failing inputs (default: a new temporary one)")
    parser.add_argument("--again", type=Path, help="try this kept input and nothing else")
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    folder: Path = chosen.out or Path(tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    read(_document(SHORT, "a.txt"), knowledge.load())  # models and tables are loaded before the clock runs
    if chosen.again:
        return _again(chosen.again, folder)
    session, rng = Session(folder), random.Random(chosen.seed)
    until = time.monotonic() + chosen.minutes * 60
    told = time.monotonic()
    shares = [TARGETS[name][0] for name in chosen.only]
    while time.monotonic() < until and (chosen.inputs is None or session.tried.total() < chosen.inputs):
        session.one(rng.choices(chosen.only, shares)[0], rng)
        if time.monotonic() - told > TELL_SECONDS:
            told = time.monotonic()
            _say(session.summary())
    _say(session.summary())
    return int(bool(session.failures))


if __name__ == "__main__":
    sys.exit(main())
