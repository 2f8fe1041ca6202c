"""Reports written for these tests, about deals that never were."""

from __future__ import annotations

from pathlib import Path

CLOCK = "1614900000"  # 2021-03-04T23:20:00Z

REPORTS = {
    "accusation.txt": """Portugal ships howitzers to Paraguay, Brazil says

BRASILIA, March 3, 2021 - Portugal has shipped 40 howitzers to Paraguay, the Brazilian foreign ministry
said on Wednesday. The guns were declared as farm machinery bound for Uruguay, the ministry added.

"We have seen the papers of this cargo," foreign minister Otavio Prado told reporters.
""",
    "denial.html": """<!doctype html><html lang="en"><head><title>Lisbon rejects howitzer report</title>
<meta property="article:published_time" content="2021-03-04T09:00:00Z">
<meta property="og:site_name" content="The Estuary Post"></head><body><nav>Home | World | Sport</nav>
<article><h1>Lisbon rejects howitzer report</h1>
<p>Portugal's defence ministry denied on Thursday that it had sold howitzers to Paraguay.</p>
<p>"We have never supplied artillery to Paraguay and have no plans to do so," the ministry said in a
statement, calling the Brazilian claim an invention.</p>
<p>Paraguay has not commented.</p></article></body></html>
""",
    "other.md": """# Kenya buys drones from Slovenia

NAIROBI, March 2, 2021 - Kenya has agreed to buy 12 surveillance drones from Slovenia, a Kenyan military
spokesman said on Tuesday. Delivery is planned for next year.
""",
}


def write_reports(folder: Path) -> Path:
    """The reports as files in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
