"""``/api``: the endpoints on a page, from the OpenAPI document."""

from __future__ import annotations

from typing import Any

from tidewaiter.web.api.openapi import PATH, openapi
from tidewaiter.web.rendering import Filled
from tidewaiter.web.shown import Shown


def listing(shown: Shown) -> Filled:
    """What can be asked for, with an address to try where no id is needed."""
    described = openapi()
    found = [
        {"path": path, "told": one["get"]["summary"], **_asked(one["get"], shown, path)}
        for path, one in described["paths"].items()
    ]
    about = described["info"]["description"]
    return Filled("api.html.j2", "For programs", {"endpoints": found, "about": about, "document": PATH})


def _asked(operation: dict[str, Any], shown: Shown, path: str) -> dict[str, Any]:
    parameters = operation.get("parameters", ())
    needed = {one["name"]: one["example"] for one in parameters if one["required"] and one["in"] == "query"}
    has_parts = "{" in path
    return {
        "parameters": [{**one, "values": _values(one["schema"])} for one in parameters],
        "address": None if has_parts else shown.url.of(path.strip("/").split("/"), needed),
    }


def _values(schema: dict[str, Any]) -> str:
    """In words, what a parameter can be."""
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if schema["type"] == "integer":
        return f"{schema['minimum']} to {schema['maximum']}; {schema['default']} unless told"
    return "a day: 2022-11-08" if schema.get("format") == "date" else "text"
