"""Whatever the dirt, nothing crashes and the map holds."""

from __future__ import annotations

import json
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tidewaiter.errors import CaptureError
from tidewaiter.model import Document

Captured = Callable[..., Document]

# One piece a line; what a line cannot hold follows.
PIECES = r"""
The ministry said that rifles went to the port on Tuesday.
“Not one,” the envoy said.
Klopstok|<p>|</p>|< p class="x">|< /p>|<br>|<b>|</b>|<a href="x>y">|</a>|<div|">|<!--|-->|<script>|</script>
<style>|&amp;|&#8217;|&nbsp;|&bogus;|&#xD800;|&#0;|<h1>|</h1>|<td>|<li>|<title>
Related|Share|By admin|Published
 date 2021-05-04 |May 4, 2021|Sat. May 8th, 2021|04/05/21|31.02.2021|By Igor Wagner|will until May 3|Dec. 30
**|_|[x](y)|![|# |---|> |"|{|}|HomeWorldTitle words |…|é|日本|😀|a < b|/|=
"""
CONTROLS = (
    "\x00",
    "\xad",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x85",
    "\r\n",
    "\n",
    "\n\n",
    "\r",
    "\t",
    "\ud83d",
    "|",
)
DIRT = st.sampled_from([*(piece for line in PIECES.split("\n") for piece in line.split("|")), *CONTROLS])
TEXTS = st.one_of(
    st.lists(st.one_of(DIRT, st.text(max_size=6)), max_size=60).map(" ".join),
    st.lists(DIRT, max_size=60).map("".join),
)
NAMES = st.sampled_from(["a.txt", "a.html", "a.md", "a-20210504.json"])
SETTINGS = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def assert_says_what_to_do(error: CaptureError) -> None:
    assert error.where
    assert error.todo


@SETTINGS
@given(text=TEXTS, name=NAMES, raw=st.booleans())
def test_any_text(capture_bytes: Captured, text: str, name: str, raw: bool) -> None:
    data = text.encode("utf-8", "replace")
    try:
        document = capture_bytes(data, name, raw=raw)
    except CaptureError as error:
        assert_says_what_to_do(error)
        return
    assert document.text.strip()
    assert document == capture_bytes(data, name, raw=raw)
    if not raw:
        assert document.text == document.text.strip()
        assert "\n\n\n" not in document.text


@SETTINGS
@given(paragraphs=st.lists(st.lists(DIRT, min_size=1, max_size=12), min_size=1, max_size=6))
def test_any_page(capture_bytes: Captured, paragraphs: list[list[str]]) -> None:
    prose = (
        "The envoy of Klopstok told a crowd at the harbour that the third ship had brought nothing but grain."
    )
    inner = "".join(f"<p>{prose} {' '.join(words)}</p>" for words in paragraphs)
    page = f"<!doctype html><html><head><title>t</title></head><body><article>{inner}</article></body></html>"
    data = page.encode("utf-8", "replace")
    try:
        document = capture_bytes(data, "page.html")
    except CaptureError as error:
        assert_says_what_to_do(error)  # so many control characters that it is no page
        return
    assert document.text.strip()


@SETTINGS
@given(text=TEXTS, ascii_only=st.booleans())
def test_any_json_article(capture_bytes: Captured, text: str, ascii_only: bool) -> None:
    data = json.dumps({"title": "t", "text": f"Crates. {text}\nThe end."}, ensure_ascii=ascii_only)
    document = capture_bytes(data.encode("utf-8", "replace"), "a.json")
    # Markup may swallow the end, and what stands under "Related" is no part of the report.
    assert document.text.endswith("end.") or "<" in text or "Related" in text


@SETTINGS
@given(data=st.binary(min_size=1, max_size=200), name=NAMES)
def test_any_bytes(capture_bytes: Captured, data: bytes, name: str) -> None:
    try:
        capture_bytes(data, name)
    except CaptureError as error:
        assert_says_what_to_do(error)
