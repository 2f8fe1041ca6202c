"""A case that has something of everything: copies, retellings, disagreements, judgements."""

from __future__ import annotations

from pathlib import Path

from tidewaiter.case import Case
from tidewaiter.model import JudgementKind
from tidewaiter.pipeline.naming import Wanted

AT = "2024-03-01T12:00:00Z"
LATER = "2024-03-02T12:00:00Z"

DISAGREEING = {
    "early.txt": """Peru ships radars to Chad

LIMA, March 4, 2021 (Pampas Wire) - Peru shipped 40 radars to Chad on 12 March, the Malian foreign ministry
said on Thursday. The cargo left the port of Callao aboard the freighter Blue Heron, the ministry said in a
statement. A spokesman for the Chadian army declined to comment on the report.
""",
    "copy.txt": """Peru ships radars to Chad, Mali says

March 5, 2021 - Peru shipped 60 radars to Chad on 17 March, the Malian foreign ministry said on Thursday.
The cargo left the port of Callao aboard the freighter Blue Heron, the ministry said in a statement. A
spokesman for the Chadian army declined to comment on the report.
""",
}


def build_whole(folder: Path, examples: Path) -> Path:
    """The case in ``folder``."""
    reports = folder.parent / "disagreeing"
    reports.mkdir()
    for name, text in DISAGREEING.items():
        (reports / name).write_text(text, encoding="utf-8")
    with Case.open_or_create(folder, AT) as case:
        case.add([examples, reports], AT)
        case.build(AT)
        rows = tuple(case.view().register.rows)
        (document, reported), other = rows[0].reported[0], rows[1].id
        judged = (
            (JudgementKind.REJECT, (rows[-1].id,), "the report speaks of something else"),
            (JudgementKind.CORRECT, (f"{document}:{reported}", "supplier", "EGY"), "it was misread"),
            (JudgementKind.NOTE, (other,), "ask for the papers"),
            (JudgementKind.UNSURE, (rows[2].id, rows[3].id), "the words allow both"),
        )
        for kind, named, why in judged:
            case.judge(Wanted(kind, named, AT, "analyst", why))
        case.build(LATER)
    return folder
