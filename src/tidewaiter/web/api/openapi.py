"""The OpenAPI 3.1 document, made of the table of endpoints and the shapes of what they answer."""

from __future__ import annotations

import json
import re
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Any

import msgspec

import tidewaiter
from tidewaiter.web.api import records
from tidewaiter.web.api.endpoints import ENDPOINTS, Endpoint
from tidewaiter.web.api.field_words import FIELD_WORDS
from tidewaiter.web.api.parameters import Parameter
from tidewaiter.web.api.problems import MEDIA_TYPE

PATH = "/api/openapi.json"

EXAMPLES = Path(__file__).parent / "examples.json"
"""An answer of each endpoint, of the example case; the longest lists in them are cut."""

REFERENCE = "#/components/schemas/{name}"

ABOUT = " ".join(
    (
        "The records of a case, as `tidewaiter export --format jsonl` and `tidewaiter read --format jsonl`",
        "give them. Keys are added to, never renamed. Positions count Unicode characters of a report's",
        "cleaned text. Dates are EDTF strings. States are ISO 3166-1 alpha-3. Unknown is null. A record says",
        "who said what and in which words; it says nothing of what happened. What is asked for and is not",
        "known here, or is given twice, is refused.",
    )
)

PROBLEMS = {
    "400": "What was asked does not fit.",
    "404": "Nothing has this address.",
    "default": "There is no answer: another method than GET or HEAD (405), another site (403), another host "
    "(421), a case that cannot be shown (503).",
}


@cache
def openapi() -> dict[str, Any]:
    """The document.  Nothing may be changed in it: it is made once."""
    _, schemas = msgspec.json.schema_components(
        [*(one.shape for one in ENDPOINTS), records.Problem], ref_template=REFERENCE
    )
    for schema in schemas.values():
        _finish(schema)
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tidewaiter: a case",
            "version": tidewaiter.__version__,
            "summary": "Who claimed or denied what, in which exact words.",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {one.path: {"get": _operation(one, examples.get(one.name))} for one in ENDPOINTS}
        | {PATH: {"get": _itself()}},
        "components": {"schemas": dict(sorted(schemas.items())), "responses": _problems()},
    }


def _operation(endpoint: Endpoint, example: Any) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": REFERENCE.format(name=endpoint.shape.__name__)}}
    if example is not None:
        content["example"] = example
    found = {
        "200": {
            "description": endpoint.told,
            "headers": {"ETag": _tag()},
            "content": {"application/json": content},
        },
        "304": {"description": "It is as it was when it had the tag named in If-None-Match."},
    }
    if endpoint.name == "transfer":
        found["308"] = {"description": "The id is a former one: Location has the address of the present row."}
    return {
        "operationId": endpoint.name,
        "summary": endpoint.told,
        "parameters": [_parameter(one) for one in endpoint.parameters],
        "responses": found | {status: {"$ref": f"#/components/responses/{status}"} for status in PROBLEMS},
    }


def _itself() -> dict[str, Any]:
    told = "This document."
    content = {"application/json": {"schema": {"type": "object"}}}
    answer = {"description": told, "headers": {"ETag": _tag()}, "content": content}
    problem = {"default": {"$ref": "#/components/responses/default"}}
    return {"operationId": "openapi", "summary": told, "responses": {"200": answer} | problem}


def _parameter(one: Parameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "in": "path" if one.in_path else "query",
        "description": one.told,
        "required": one.is_required,
        "schema": dict(one.schema),
        "example": int(one.example) if one.schema["type"] == "integer" else one.example,
    }


def _tag() -> dict[str, Any]:
    told = "Changes when the answer does; send it as If-None-Match to be told only whether it has."
    return {"description": told, "schema": {"type": "string"}}


def _problems() -> dict[str, Any]:
    schema = {"$ref": REFERENCE.format(name=records.Problem.__name__)}
    return {
        status: {"description": told, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status, told in PROBLEMS.items()
    }


def _finish(schema: Any) -> None:
    """Says what msgspec leaves out: every key is always there, and what its name stands for."""
    if isinstance(schema, list):
        for one in schema:
            _finish(one)
        return
    if not isinstance(schema, dict):
        return
    if isinstance(schema.get("description"), str):
        schema["description"] = _plain(schema["description"])
    if "enum" in schema:
        schema["type"] = "string"
    properties = schema.get("properties", {})
    if properties:
        schema["required"] = sorted(properties)
    for name, one in properties.items():
        one.pop("default", None)
        if name in FIELD_WORDS and "description" not in one:
            one["description"] = FIELD_WORDS[name]
    for one in (
        *properties.values(),
        *(schema[key] for key in ("items", "anyOf", "additionalProperties") if key in schema),
    ):
        _finish(one)


def _plain(told: str) -> str:
    """The words of a docstring, as a reader of JSON wants them."""
    one_line = re.sub(r"\s*\n\s*", " ", cleandoc(told))
    return re.sub(r"\bNone\b", "null", one_line.replace("``", "`"))
