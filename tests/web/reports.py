"""Reports that attack whoever shows them; written for these tests, about deals that never were."""

from __future__ import annotations

import json
from pathlib import Path

SCRIPT = "<script>window.attacked = 1</script>"
PICTURE = '<svg onload="window.attacked = 2"><a xlink:href="javascript:window.attacked=3">x</a></svg>'
STYLE = "<style>body { display: none }</style>"
TURNED = "\u202egnorw si siht\u202c"
GIANT = "A" * 20_000

TEXT = f"""Portugal ships howitzers to Paraguay {SCRIPT}

BRASILIA, March 3, 2021 - Portugal has shipped 40 howitzers {PICTURE} to Paraguay, the Brazilian foreign
ministry said on Wednesday. "We have seen the papers {STYLE} of this cargo," foreign minister Otavio Prado
{SCRIPT} told reporters. {TURNED}

Paraguay "has bought nothing {{{{ 7 * 7 }}}} {{% raw %}}," its defence ministry said on Thursday. {GIANT}
"""

PAGE = f"""<!doctype html><html><head>
<title>Angola gets rifles "><img src=x onerror="window.attacked=4"></title>
<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/away">
<link rel="stylesheet" href="http://127.0.0.1:9/style.css">
<script>window.attacked = 5; top.location = "http://127.0.0.1:9/"</script></head>
<body onload="window.attacked = 6"><article><h1>Angola gets rifles</h1>
<p>LUANDA, 4 March 2021. Bulgaria delivered 500 rifles to Angola, the Zambian government said on Thursday.
<img src="http://127.0.0.1:9/pixel.gif"><iframe src="http://127.0.0.1:9/frame"></iframe></p>
<p>Angola denied on Friday that it had received any rifles from Bulgaria. {SCRIPT}</p>
<form action="http://127.0.0.1:9/"><button>Send</button></form></article></body></html>
"""


def page_for(away: int) -> str:
    """The page that tries to reach this port."""
    return PAGE.replace(":9/", f":{away}/")


def write_hostile(folder: Path, away: int = 9) -> Path:
    """A folder of them; ``away``: the port on this machine that they try to reach."""
    folder.mkdir()
    told = {
        "title": f"Portugal ships howitzers {SCRIPT}",
        "text": TEXT,
        "outlet": PICTURE,
        "published": "2021-03-03",
    }
    (folder / "told.json").write_text(json.dumps(told), encoding="utf-8")  # its text is taken as it is
    (folder / "page.html").write_text(page_for(away), encoding="utf-8")
    (folder / "plain.txt").write_text("Nothing here.", encoding="utf-8")
    return folder
