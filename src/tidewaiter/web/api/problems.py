"""Why there is no answer, in the form of RFC 9457 (Problem Details for HTTP APIs)."""

from __future__ import annotations

import json
from http import HTTPStatus

MEDIA_TYPE = "application/problem+json"

ROOT = "/api"


def is_for_programs(path: str) -> bool:
    """Whether whoever asks for this path is answered in JSON, also where there is no answer."""
    return path.startswith(f"{ROOT}/")


def problem(status: int, detail: str, where: str | None = None, todo: str | None = None) -> bytes:
    """What stands in the answer: what was wrong, where, and what to do about it."""
    told = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "where": where,
        "todo": todo,
    }
    # as ASCII: whatever characters were asked for, the answer can be written
    return json.dumps(told).encode("ascii")
