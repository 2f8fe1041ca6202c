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

BREAKING = "</title></textarea></option></style><script>window.attacked = 7</script>"
TOLD_BY = f'"/><script>window.attacked = 8</script>{TURNED}'

BOMBS = "\U0001f4a3" * 3000

SECOND = f"""Peru sells patrol boats to Senegal {BREAKING}

LIMA, March 9, 2021 - Peru has sold two patrol boats to Senegal, the Chilean defence ministry said on
Tuesday. {TURNED} <math><mtext></p><img src=x onerror=window.attacked=9></mtext></math>
\u2066\u202dturned\u2069 Z\u0301\u0302\u0303\u0304{chr(0x0336) * 400} <!-- <![CDATA[ --!> &lt;script&gt;
&#60;script&#62;

Senegal denied on Wednesday that it had bought patrol boats from Peru. {BOMBS}
"""

DRAWN = """<!doctype html><html><head><title>Ghana ships rifles to Togo</title> <base
href="http://127.0.0.1:9/"><link rel="preconnect" href="http://127.0.0.1:9/"> <link rel="dns-prefetch"
href="http://127.0.0.1:9/"><link rel="prerender" href="http://127.0.0.1:9/next"> <link rel="modulepreload"
href="http://127.0.0.1:9/m.js"><link rel="icon" href="http://127.0.0.1:9/icon"> <style>@import
"http://127.0.0.1:9/more.css"; @font-face { font-family: x; src: url(http://127.0.0.1:9/f) } body {
background: url(http://127.0.0.1:9/b.png); font-family: x } article { position: fixed; inset: 0; z-index:
9999 }</style></head> <body><article><svg xmlns="http://www.w3.org/2000/svg"
onload="window.attacked=10"><style>@import "http://127.0.0.1:9/s.css";</style><image
href="http://127.0.0.1:9/i.png"/><use href="http://127.0.0.1:9/u#x"/> <foreignObject><iframe
srcdoc="<script>top.attacked=11</script>"></iframe></foreignObject> <script>window.attacked =
12</script><animate onbegin="window.attacked=13" attributeName="x"/></svg> <p style="background:
url(http://127.0.0.1:9/p.png)">ACCRA, 10 March 2021. Ghana shipped 200 rifles to Togo, the government of
Benin said on Wednesday.</p><video src="http://127.0.0.1:9/v" autoplay></video> <p>Togo denied on Thursday
that it had received rifles. <details open ontoggle="window.attacked=14"></details></p> <object
data="http://127.0.0.1:9/o"></object><embed src="http://127.0.0.1:9/e"></article></body></html>
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
    second = {
        "title": f"{TURNED} {BREAKING} {GIANT}",
        "text": SECOND,
        "outlet": TOLD_BY,
        "published": "2021-03-09",
    }
    (folder / "second.json").write_text(json.dumps(second), encoding="utf-8")
    (folder / "drawn.html").write_text(DRAWN.replace(":9/", f":{away}/"), encoding="utf-8")
    (folder / "plain.txt").write_text("Nothing here.", encoding="utf-8")
    return folder
