"""Take pictures of every page of the case app, of the example case, wide and narrow, light and dark.

    make pictures                                 # into pictures/, and the README's into docs/pictures
    python tools/pictures.py --out FOLDER --case CASE --only transfers
    python tools/pictures.py --readme             # the README's alone

The case is built anew from ``examples/`` unless one is named.  Its clock is ``SOURCE_DATE_EPOCH`` (seconds
since 1970; as of 28 November 2026 where it is not set), so that days of capture stay the same; the same
Chromium with the same fonts then draws the same picture.  Look at all of them after a change of style.
The README's pictures have to stay below ``MOST_BYTES``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))  # the pages are those that the browser tests walk

from browsing import CHROMIUM  # noqa: E402
from web.conftest import EXAMPLES, build, served  # noqa: E402
from web.walking import FAULTS, Walked, pages  # noqa: E402

LOOKS = [(width, scheme) for width in (1440, 390) for scheme in ("light", "dark")]

ALIKE = [
    *("--no-sandbox", "--headless", "--disable-gpu", "--force-color-profile=srgb"),
    *("--disable-partial-raster", "--disable-skia-runtime-opts", "--run-all-compositor-stages-before-draw"),
]
"""Chromium draws round corners a shade otherwise from run to run without the last three."""

TALLEST = 2600
"""Pixels of a page that are kept; what is below goes on in the same way."""

SINCE = 1795824000
"""The case's clock where ``SOURCE_DATE_EPOCH`` is not set: 28 November 2026, 00:00 UTC."""

README = {"register": "register", "transfers-one-1": "transfer", "documents-one-2": "document"}
"""Which pages the README shows, and the files' names."""

README_SIZE = {"width": 1440, "height": 700}

README_FOLDER = ROOT / "docs" / "pictures"

MOST_BYTES = 200_000


def main(arguments: Sequence[str]) -> int:
    """Take the pictures that are asked for; 1 where one for the README is too large."""
    asked = _parser().parse_args(arguments)
    large = []
    with _case(asked.case) as case, served(case) as app, sync_playwright() as playwright:
        base = str(app.base_url).rstrip("/")
        walked = pages(app) + [Walked(*fault) for fault in FAULTS.items()]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ALIKE)
        if not asked.readme:
            take(browser, base, [one for one in walked if asked.only in one.name], asked.out)
        if asked.readme or not (asked.only or asked.case):
            large = take_for_readme(browser, base, walked)
        browser.close()
    for path in large:
        print(f"{path} has more than {MOST_BYTES:,} bytes", file=sys.stderr)  # noqa: T201
    return 1 if large else 0


def take(browser: Browser, base: str, walked: Sequence[Walked], folder: Path) -> None:
    """Every page at every look, named ``PAGE.WIDTH.SCHEME.png``."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, scheme in LOOKS:
        tab = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        for one in walked:
            tab.goto(base + one.address)
            tall = max(900, min(TALLEST, tab.evaluate("document.documentElement.scrollHeight")))
            clip = {"x": 0, "y": 0, "width": width, "height": tall}
            tab.screenshot(path=folder / f"{one.name}.{width}.{scheme}.png", full_page=True, clip=clip)
        tab.close()
    print(f"{len(walked) * len(LOOKS)} pictures in {folder}")  # noqa: T201


def take_for_readme(browser: Browser, base: str, walked: Sequence[Walked]) -> list[Path]:
    """The README's pictures, the first screen of each page; those that came out too large."""
    README_FOLDER.mkdir(parents=True, exist_ok=True)
    addresses = dict(walked)
    large = []
    for name, file in README.items():
        tab = browser.new_page(viewport=README_SIZE, color_scheme="light")
        tab.goto(base + addresses[name])
        path = README_FOLDER / f"{file}.png"
        tab.screenshot(path=path, animations="disabled", caret="hide")
        tab.close()
        large += [path] if path.stat().st_size > MOST_BYTES else []
    print(f"{len(README)} pictures in {README_FOLDER}")  # noqa: T201
    return large


@contextmanager
def _case(named: Path | None) -> Iterator[Path]:
    if named is not None:
        yield named
        return
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH", SINCE))
    at = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with tempfile.TemporaryDirectory() as folder:
        yield build(Path(folder) / "examples", EXAMPLES, at=at)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "pictures", help="where pictures go (pictures)")
    parser.add_argument("--case", type=Path, help="a case that is built; without, one of examples/")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--readme", action="store_true", help="only the pictures that the README shows")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
