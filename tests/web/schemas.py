"""The schemas of the OpenAPI document, for checking answers against."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tidewaiter.web.api.openapi import openapi


def closed() -> dict[str, Any]:
    """The document with every record closed: a key that it does not tell of does not fit.

    What is published leaves them open, since keys may be added.
    """
    made = deepcopy(openapi())
    for schema in made["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return made


@cache
def validator(name: str) -> Draft202012Validator:
    """What checks values against a schema of that name."""
    document = closed()
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    )


def misfits(name: str, value: Any) -> list[str]:
    """Where a value does not fit, and why."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(value)]
