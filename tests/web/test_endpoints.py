"""The endpoints: each answer fits its schema, is what the export says, and is documented."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tidewaiter.case import Case
from tidewaiter.contract import export_lines, reading_to_json

from .conftest import former_id
from .schemas import misfits

if TYPE_CHECKING:
    import httpx

pytest.importorskip("fastapi", reason="the case app needs the extra web")

from tidewaiter.web.api.endpoints import ENDPOINTS, Endpoint
from tidewaiter.web.api.openapi import EXAMPLES, openapi
from tidewaiter.web.api.parameters import DAYS, PAGES, checked

DOCS = Path(__file__).parents[2] / "docs"
NEEDED = {"/api/search": "q=drones", "/api/changes": "since=2024-01-01"}
LISTS = [one.path for one in ENDPOINTS if one.is_list]
SINGLE = [one for one in ENDPOINTS if "{id}" in one.path]


def told(api: httpx.Client, address: str, **query: object) -> Any:
    answer = api.get(address, params=query) if query else api.get(address)
    assert answer.status_code == 200, (address, answer.text)
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def items(api: httpx.Client, address: str) -> Iterator[dict[str, Any]]:
    """Every record of a list, page by page."""
    found: str | None = address
    while found:
        page = told(api, found)
        yield from page["items"]
        found = page["next"]


def asking(endpoint: str, **more: object) -> str:
    query = "&".join([NEEDED.get(endpoint, ""), *(f"{key}={value}" for key, value in more.items())])
    return f"{endpoint}?{query}".replace("?&", "?")


def ids(api: httpx.Client, endpoint: Endpoint) -> list[str]:
    return [one["id"] for one in items(api, endpoint.path.partition("/{")[0])]


# ------------------------------------------------------------------------------------ shapes


def kind_of(endpoint: Endpoint) -> str:
    return str(endpoint.shape.__name__)


@pytest.mark.parametrize("day", ["", "as_of=2023-06-01", "as_of=2024-03-01&held=1", "as_of=2001-01-01"])
def test_every_answer_fits_its_closed_schema(api: httpx.Client, day: str) -> None:
    for one in ENDPOINTS:
        if "{id}" in one.path or (one.path == "/api/changes" and day and day < "as_of=2024"):
            continue
        assert misfits(kind_of(one), told(api, f"{asking(one.path)}&{day}".replace("?&", "?"))) == [], one


@pytest.mark.parametrize("one", SINGLE, ids=lambda one: one.name)
def test_every_single_record_fits_its_closed_schema(api: httpx.Client, one: Endpoint) -> None:
    found = ids(api, one)
    assert found
    for name in found:
        record = told(api, one.path.replace("{id}", name))
        assert misfits(kind_of(one), record) == []


def test_every_list_of_the_case_holds_something(api: httpx.Client) -> None:
    """So that the schemas of the records are tested too."""
    assert [one for one in LISTS if not told(api, asking(one))["total"]] == []


# ------------------------------------------------------------------------------------ records


@pytest.mark.parametrize(
    ("endpoint", "kind"),
    [
        ("/api/transfers", "transfer"),
        ("/api/documents", "document"),
        ("/api/utterances?fewest=1", "utterance"),
        ("/api/discrepancies", "discrepancy"),
        ("/api/copies", "copy"),
        ("/api/timeline", "timeline"),
        ("/api/responses", "response"),
        ("/api/judgements", "judgement"),
    ],
)
def test_the_records_are_the_lines_of_the_export(
    api: httpx.Client, whole: Path, endpoint: str, kind: str
) -> None:
    with Case(whole) as case:
        view = case.view()
        lines = [
            json.loads(json.dumps(one)) for one in export_lines(view.documents, view.readings, view.register)
        ]
    wanted = [one for one in lines if one["type"] == kind]
    found = list(items(api, endpoint))
    if kind == "discrepancy":  # its page goes by where they stand
        found, wanted = (sorted(those, key=lambda one: one["id"]) for those in (found, wanted))
    assert found == wanted


def test_a_document_is_what_read_prints(api: httpx.Client, whole: Path) -> None:
    with Case(whole) as case:
        view = case.view()
        for document in view.documents:
            printed = json.loads(json.dumps(reading_to_json(document, view.readings[document.id])))
            assert told(api, f"/api/documents/{document.id}") == {**printed, "as_of": None}


def test_a_row_by_itself_is_the_one_in_the_list(api: httpx.Client) -> None:
    for one in items(api, "/api/transfers"):
        assert told(api, f"/api/transfers/{one['id']}") == {**one, "as_of": None}


def test_the_case_says_how_much_there_is(api: httpx.Client) -> None:
    counts = told(api, "/api/case")["counts"]
    for name in ("transfers", "documents", "responses", "discrepancies", "judgements"):
        assert counts[name] == told(api, f"/api/{name}")["total"], name
    assert counts["utterances"] == told(api, "/api/utterances", fewest=1)["total"]


def test_a_search_gives_the_words_and_where_they_stand(api: httpx.Client) -> None:
    found = told(api, "/api/search", q='"mortar rounds"')
    assert found["documents_in_all"] == len(found["documents"])
    for one in [*found["documents"], *found["statements"]]:
        text = told(api, f"/api/documents/{one['document_id']}")["document"]["text"]
        assert text[slice(*one["span"])] == one["text"]
        assert "mortar rounds" in {text[slice(*mark)].lower() for mark in one["marks"]}
    assert told(api, "/api/search", q="--")["documents"] == []


def test_changes_are_those_of_the_command(api: httpx.Client) -> None:
    everything = told(api, "/api/changes", since="0001-01-01")
    later = told(api, "/api/changes", since="2024-01-01")
    assert 0 < later["total"] < everything["total"]
    assert told(api, "/api/changes", since="2023-01-01", as_of="2023-06-01")["as_of"]["day"] == "2023-06-01"
    assert api.get("/api/changes?since=2024-01-01&as_of=2023-06-01").status_code == 400


# ------------------------------------------------------------------------------------ lists


@pytest.mark.parametrize(
    "query",
    [
        "supplier=TUR",
        "stage=shipped&sort=first",
        "open=none",
        "category=uav",
        "until=2023-05-01",
        "sort=last&down=1",
    ],
)
def test_filters_and_order_are_those_of_the_page(api: httpx.Client, query: str) -> None:
    page = api.get(f"/?{query}").text
    shown = re.findall(r'scope="row"><a href="/transfers/(t\w+)"', page)
    assert [one["id"] for one in items(api, f"/api/transfers?{query}")] == shown


@pytest.mark.parametrize("path", LISTS)
def test_pages_follow_one_another_and_hold_everything_once(api: httpx.Client, path: str) -> None:
    everything, total = list(items(api, asking(path))), told(api, asking(path))["total"]
    assert list(items(api, asking(path, size=7))) == everything
    assert len(everything) == total
    assert told(api, asking(path))["size"] == 20
    second = told(api, asking(path, size=1, page=2))
    assert told(api, second["previous"])["page"] == 1
    beyond = told(api, asking(path, size=7, page=9999))
    assert (beyond["items"], beyond["total"], beyond["next"]) == ([], total, None)
    assert told(api, beyond["previous"])["page"] == -(-total // 7)


def test_a_past_day_shows_less_and_says_so(api: httpx.Client) -> None:
    then = told(api, "/api/transfers?as_of=2023-06-01&size=2")
    assert then["total"] < told(api, "/api/transfers")["total"]
    assert then["as_of"]["day"] == "2023-06-01"
    assert "as_of=2023-06-01" in then["next"]
    late = [one["id"] for one in items(api, "/api/documents")][-1]
    assert api.get(f"/api/documents/{late}?as_of=2023-06-01").status_code == 404


def test_a_former_id_leads_to_the_row_that_it_means_now(api: httpx.Client, whole: Path) -> None:
    former, present = former_id(whole)
    answer = api.get(f"/api/transfers/{former}?as_of=2024-02-20")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/api/transfers/{present}?as_of=2024-02-20"


def test_an_answer_that_is_known_is_not_sent_again(api: httpx.Client) -> None:
    first = api.get("/api/transfers")
    tag = first.headers["etag"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = api.get("/api/transfers", headers={"if-none-match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["x-content-type-options"] == "nosniff"
    assert api.get("/api/transfers?size=1", headers={"if-none-match": tag}).status_code == 200


def test_head_has_the_length_and_no_body(api: httpx.Client) -> None:
    answer = api.head("/api/case")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer.headers["content-length"]) == len(api.get("/api/case").content)


# ------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("address", "status", "where"),
    [
        ("/api/transfers?suplier=PRK", 400, "suplier"),
        (f"/api/transfers?{'x' * 9000}", 400, "x" * 400),
        ("/api/transfers?supplier=", 400, "supplier"),
        ("/api/transfers?supplier=PRK&supplier=IRN", 400, "supplier"),
        ("/api/transfers?category=tanks", 400, "category"),
        ("/api/transfers?page=0", 400, "page"),
        ("/api/transfers?page=٣", 400, "page"),
        ("/api/transfers?size=101", 400, "size"),
        ("/api/transfers?from=2023-02-30", 400, "from"),
        ("/api/transfers?as_of=soon", 400, "as_of"),
        ("/api/transfers?as_of=2999-01-01", 400, "as_of"),
        ("/api/search", 400, "q"),
        (f"/api/search?q={'x' * 401}", 400, "q"),
        ("/api/changes", 400, "since"),
        ("/api/changes?since=2999-01-01", 400, "since"),
        ("/api/transfers/t0000000000", 404, None),
        ("/api/transfers/%00", 404, None),
        ("/api/documents/..%2f..%2fcase.toml", 404, None),
        ("/api/utterances/u1", 404, None),
        ("/api/nothing", 404, None),
    ],
)
def test_what_cannot_be_answered_is_said_in_one_form(
    api: httpx.Client, address: str, status: int, where: str | None
) -> None:
    answer = api.get(address)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert misfits("Problem", problem) == []
    assert (problem["status"], problem["where"]) == (status, where)
    assert where is None or problem["todo"]


def test_who_may_not_ask_is_told_so_in_the_same_form(api: httpx.Client) -> None:
    refused = (
        api.post("/api/case"),
        api.get("/api/case", headers={"host": "evil.example"}),
        api.get("/api/case", headers={"origin": "https://evil.example"}),
    )
    assert [one.status_code for one in refused] == [405, 421, 403]
    for one in refused:
        assert one.headers["content-type"] == "application/problem+json"
        assert misfits("Problem", one.json()) == []
        assert "default-src 'none'" in one.headers["content-security-policy"]


def test_a_case_that_cannot_be_shown_is_no_fault_of_who_asks(tmp_path: Path) -> None:
    from .conftest import AT, served

    Case.create(tmp_path / "case", AT).close()
    with served(tmp_path / "case") as client:
        answer = client.get("/api/case")
    assert answer.status_code == 503
    assert "tidewaiter build" in answer.json()["todo"]


# ------------------------------------------------------------------------------------ pages


def test_pages_name_their_records(api: httpx.Client) -> None:
    transfer, document, said = (ids(api, one)[0] for one in SINGLE)
    pages = {
        "/": "/api/transfers",
        "/?category=uav&sort=last&page=1&stage=": "/api/transfers?category=uav&sort=last",
        "/?sort=nonsense": None,
        "/?as_of=2023-06-01&held=1": "/api/transfers?as_of=2023-06-01&held=1",
        f"/transfers/{transfer}": f"/api/transfers/{transfer}",
        f"/documents/{document}?marks=none": f"/api/documents/{document}",
        f"/utterances/{said}": f"/api/utterances/{said}",
        "/timeline": "/api/timeline",
        "/discrepancies?kind=number": "/api/discrepancies?kind=number",
        "/sources": "/api/documents",
        "/search?q=drones": "/api/search?q=drones",
        "/search": None,
        "/actors": None,
        "/health": "/api/case",
    }
    for page, wanted in pages.items():
        text = api.get(page).text
        found = re.search(r'<link rel="alternate" type="application/json" href="([^"]+)">', text)
        assert (unescape(found[1]) if found else None) == wanted, page
        assert wanted is None or told(api, wanted)


def test_the_page_for_programs_lists_every_endpoint(api: httpx.Client) -> None:
    page = api.get("/api").text
    for one in ENDPOINTS:
        assert f"<code>{one.path}</code>" in page
        assert unescape(page).count(one.told) >= 1
    for address in re.findall(r'href="(/api/[^"]+)"', page):
        told(api, unescape(address))


# ------------------------------------------------------------------------------------ described


def test_every_endpoint_and_parameter_is_documented() -> None:
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(/api[^`]*)` \| (.*) \|$", text, re.M))
    assert set(rows) == {one.path for one in ENDPOINTS} | {"/api/openapi.json"}
    everywhere = {one.name for one in DAYS}
    for one in ENDPOINTS:
        own = [
            p.name for p in one.parameters if not p.in_path and p not in PAGES and p.name not in everywhere
        ]
        assert [name for name in own if f"`{name}`" not in rows[one.path]] == [], one.path
    for name in (*everywhere, *(one.name for one in PAGES)):
        assert re.search(rf"^\| .*`{name}=.* \|", text, re.M), name


def test_every_parameter_has_an_example_that_fits() -> None:
    for one in ENDPOINTS:
        needed = [parameter for parameter in one.parameters if parameter.is_required]
        for parameter in one.parameters:
            assert parameter.told.endswith("."), parameter
            if not parameter.in_path:
                asked = {each.name: each.example for each in (*needed, parameter) if not each.in_path}
                assert checked(list(asked.items()), one.parameters) == asked


def smallest(api: httpx.Client, endpoint: Endpoint) -> Any:
    """The shortest answer, of one item where it is a list."""
    if "{id}" in endpoint.path:
        found = [endpoint.path.replace("{id}", name) for name in ids(api, endpoint)]
    elif endpoint.is_list:
        total = told(api, asking(endpoint.path))["total"]
        found = [asking(endpoint.path, size=1, page=number) for number in range(1, total + 1)]
    else:
        found = [asking(endpoint.path).replace("drones", "frigates")]
    return min((told(api, one) for one in found), key=lambda one: len(json.dumps(one)))


def test_every_endpoint_has_an_example_that_fits(api: httpx.Client, whole: Path) -> None:
    """``TIDEWAITER_REGENERATE=1`` makes them anew."""
    if os.environ.get("TIDEWAITER_REGENERATE"):
        made = json.dumps({one.name: smallest(api, one) for one in ENDPOINTS}, ensure_ascii=False, indent=1)
        for folder in (str(whole.parent), str(DOCS.parent)):
            made = made.replace(f"{folder}/", "")
        EXAMPLES.write_text(made + "\n", encoding="utf-8")
        openapi.cache_clear()
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    assert list(examples) == [one.name for one in ENDPOINTS]
    for one in ENDPOINTS:
        assert misfits(kind_of(one), examples[one.name]) == [], one.name
        content = openapi()["paths"][one.path]["get"]["responses"]["200"]["content"]
        assert content["application/json"]["example"] == examples[one.name]


def test_the_description_says_what_everything_is() -> None:
    described = openapi()
    schemas = described["components"]["schemas"]
    assert [name for name, schema in schemas.items() if not schema.get("description")] == []
    assert [name for name in schemas if "." in name or "[" in name] == []
    text = json.dumps(described)
    assert set(re.findall(r"#/components/schemas/(\w+)", text)) <= set(schemas)
    assert re.findall(r".{40}\bNone\b(?!-Match)", text) == []
