"""Write made-up reports into a folder: what benchmarks and trials at size are run on.

    python benchmarks/make_reports.py FOLDER --number 1000 --seed 1

The same number and seed give the same files.  How they are made stands in tests/reports_made.py.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from reports_made import NEWS, SHORT, generate  # noqa: E402 - found by the line above


def write_reports(folder: Path, number: int, seed: int, *, short: bool = False) -> int:
    """Write ``number`` reports into ``folder``, which is made where there is none; returns the number of
    words between spaces, markup included."""
    folder.mkdir(parents=True, exist_ok=True)
    words = 0
    for report in generate(number, seed, SHORT if short else NEWS):
        words += len(report.text.split())
        (folder / report.name).write_text(report.text, encoding="utf-8", newline="\n")
    return words


def main() -> None:
    """What the module's first lines say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="of about 60 words")
    given = parser.parse_args()
    words = write_reports(given.folder, given.number, given.seed, short=given.short)
    sys.stdout.write(f"{given.number} reports of {words:,} words in {given.folder}\n")


if __name__ == "__main__":
    main()
