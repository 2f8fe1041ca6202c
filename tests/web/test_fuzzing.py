"""Whatever is asked, no answer is a fault: endpoints by their own description, pages by any bytes.

``TIDEWAITER_EXAMPLES=2000`` looks longer than the tests do.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .asked import Answer, Asked, asking, faults_of_page
from .schemas import closed, misfits

if TYPE_CHECKING:
    import httpx
    from schemathesis.schemas import BaseSchema

schemathesis = pytest.importorskip("schemathesis", reason="needs the extra dev")

EXAMPLES = int(os.environ.get("TIDEWAITER_EXAMPLES", "12"))
"""Of each kind; the same ones each time."""

LIMITED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

STATUSES = (200, 304, 307, 308, 400, 403, 404, 405, 421)
"""What may be answered; 503 alone where a case cannot be shown."""

GUARDED = (
    "content-security-policy",
    "x-content-type-options",
    "referrer-policy",
    "cross-origin-resource-policy",
)

# ------------------------------------------------------------------------------------ schemathesis


def described() -> BaseSchema:
    """The description, every record closed."""
    schema = schemathesis.openapi.from_dict(closed())
    schema.config.generation.update(
        modes=list(schemathesis.GenerationMode), max_examples=EXAMPLES, deterministic=True, database="none"
    )
    # a day that is still to come is one by its form, and refused
    schema.config.checks.positive_data_acceptance.expected_statuses = ["200", "308", "400", "404"]
    return schema


DESCRIBED = described()


@DESCRIBED.parametrize()
@LIMITED
def test_endpoints_answer_as_they_are_described(
    case: Any, api: httpx.Client, known: dict[str, list[str]]
) -> None:
    path = case.operation.path
    if path in known and sum(map(ord, str(case.path_parameters.get("id")))) % 2:
        case.path_parameters["id"] = known[path][len(str(case.query)) % len(known[path])]
    case.call_and_validate(base_url=str(api.base_url).rstrip("/"), allow_redirects=False)


@pytest.fixture(scope="module")
def known(api: httpx.Client) -> dict[str, list[str]]:
    """Ids that there are, by the path of the endpoint that takes them."""
    names = ("transfers", "documents", "utterances")
    return {
        f"/api/{name}/{{id}}": [one["id"] for one in api.get(f"/api/{name}").json()["items"]]
        for name in names
    }


# ------------------------------------------------------------------------------------ any bytes

DAYS = ("2023-06-01", "2024-01-31", "2999-01-01", "0001-01-01", "2023-W05-1", "20230601", "-1", "9999-12-31")
"""A view is made of each day that there is: few, so that the tests are not about making views."""

ODD = (
    *("%00", "%ff%fe", "%c3%28", "%ed%a0%80", "%f0%9f%92%a9", "%e2%80%ae", "%ef%bf%be", "%2e%2e%2f", "%2F"),
    *(
        "%5c",
        "%",
        "%%",
        "%zz",
        "%u0041",
        "+",
        "%0d%0aset-cookie:x=1",
        "%1b[2J",
        "{{7*7}}",
        "%7b%25",
        "#",
        "?",
    ),
    *("<script>", "%3Csvg%20onload=x%3E", "%22%3E%3Cb%3E", "'", "--", ";", "&", "&&", "=", "=="),
    *("NaN", "-0", "1e9", "0x1", "9" * 21, "%D9%A3", "%C2%B2", "%E2%85%A7", "null"),
    *("A" * 9000, "%41" * 3000, "1-2," * 900 + "1-2", "9-1", "1-999999999"),
)

NAMES = (
    *("supplier", "recipient", "category", "stage", "open", "from", "until", "sort", "down", "page", "size"),
    *("q", "at", "marks", "kind", "held", "with_judgements", "fewest", "since", "standing", "edit", ""),
)

PLAIN = (
    *("1", "0", "2", "any", "none", "unknown", "uav", "shipped", "receipt", "reports", "PRK", "drones"),
    "statements,times",
)

texts = st.text(st.characters(codec="utf-8"), max_size=40)
encoded = texts.map(lambda one: quote(one, safe=""))
raw = st.binary(max_size=30).map(lambda one: "".join(f"%{byte:02x}" for byte in one))
values = st.one_of(st.sampled_from(PLAIN), st.sampled_from(ODD), encoded, raw)
days = st.tuples(st.just("as_of"), st.one_of(st.sampled_from(DAYS), st.sampled_from(ODD)))
pairs = st.one_of(st.tuples(st.one_of(st.sampled_from(NAMES), encoded, st.sampled_from(ODD)), values), days)
queries = st.lists(pairs, max_size=6).map(lambda those: "&".join(f"{name}={value}" for name, value in those))


@pytest.fixture(scope="module")
def asked(whole: Path) -> Iterator[Asked]:
    with asking(whole) as made:
        yield made


@pytest.fixture(scope="module")
def parts(asked: Asked) -> list[str]:
    """Parts of paths that lead somewhere."""
    found: set[str] = set()
    for page in (b"/", b"/sources", b"/actors", b"/utterances", b"/copies"):
        found |= set(re.findall(r'href="/[a-z]+/([^"#?/]+)"', asked(page).text))
    for document in [one for one in found if one.startswith("d")]:
        found |= set(re.findall(r"/captures/(\w+)", asked(f"/documents/{document}".encode()).text))
    return sorted(found)


def check(answer: Answer) -> None:
    """What every answer must be."""
    assert answer.status in STATUSES
    assert [name for name in GUARDED if name not in answer.headers] == []
    assert not [value for value in answer.headers.values() if "\n" in value or "\r" in value]
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html") and "sandbox" not in answer.headers["content-security-policy"]:
        assert faults_of_page(answer.text) == []
    if kind == "application/problem+json":
        assert misfits("Problem", json.loads(answer.body)) == []
    elif kind == "application/json":
        json.loads(answer.body)


def pages_and_endpoints() -> list[str]:
    from tidewaiter.web.api.endpoints import ENDPOINTS
    from tidewaiter.web.app import PAGES

    files = ("/captures/{sha256}", "/captures/{sha256}/view", "/static/{name}")
    endpoints = (one.path for one in ENDPOINTS)
    return [*PAGES, *endpoints, "/api/openapi.json", *files, "/{any}", "/api/{any}"]


@pytest.mark.parametrize("path", pages_and_endpoints())
@given(data=st.data())
@LIMITED
def test_whatever_is_asked_for_is_answered(
    path: str, data: st.DataObject, asked: Asked, parts: list[str]
) -> None:
    part = st.one_of(st.sampled_from(parts), values)
    target = re.sub(r"\{[^}]*\}", lambda _: data.draw(part), path)
    query = data.draw(queries)
    method = data.draw(st.sampled_from(("GET", "GET", "GET", "HEAD", "POST", "BREW")))
    check(asked(f"{target}?{query}".encode(), method))


@given(path=st.binary(max_size=60), query=st.binary(max_size=200))
@LIMITED
def test_whatever_bytes_are_asked_for_are_answered(path: bytes, query: bytes, asked: Asked) -> None:
    for start in (b"/", b"/api/", b"/documents/", b"/actors/", b"/static/"):
        check(asked(start + path.replace(b"?", b"") + b"?" + query))


def test_the_check_of_pages_finds_what_is_wrong() -> None:
    assert faults_of_page("<!doctype html><p>a<br></p>") == []
    for page in (
        "<p>a</p>",
        "<!doctype html><p><b></p></b>",
        '<!doctype html><p id="a" id="b"></p>',
        "<!doctype html>\x00",
    ):
        assert faults_of_page(page)
    assert faults_of_page('<!doctype html><p id="a"></p><p id="a"></p>')
    assert faults_of_page('<!doctype html><p title="a"b"></p>')
