"""Requests to endpoints, answered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from tidewaiter.codec import Json, to_json
from tidewaiter.errors import CaseError, TidewaiterError
from tidewaiter.web.api.endpoints import ENDPOINTS, Endpoint
from tidewaiter.web.api.openapi import PATH, openapi
from tidewaiter.web.api.parameters import checked
from tidewaiter.web.api.problems import MEDIA_TYPE, problem
from tidewaiter.web.asking import asked_day, day_or_none
from tidewaiter.web.desk import Desk
from tidewaiter.web.faults import fault_of
from tidewaiter.web.guard import METHODS
from tidewaiter.web.jobs import Job
from tidewaiter.web.pages import Missing, Moved, Waiting

ASK_AGAIN = 2
"""Seconds after which what takes long is worth asking for again."""

IS_NOW = "It is in the case as it is now: leave out as_of."

TAG_DIGITS = 32
"""Hexadecimal digits of an entity tag, of the SHA-256 of what it stands for."""


def add_endpoints(app: FastAPI, desk: Desk) -> None:
    """Have the app answer at the endpoints, and tell of them in the OpenAPI document."""
    for one in ENDPOINTS:
        app.add_api_route(one.path, _answering(desk, one), methods=[*METHODS], response_class=Response)
    app.add_api_route(PATH, _document(), methods=[*METHODS], response_class=Response)


def problem_response(status: int, detail: str, where: str | None = None, todo: str | None = None) -> Response:
    """The answer where there is none."""
    return Response(problem(status, detail, where, todo), status_code=status, media_type=MEDIA_TYPE)


def _answering(desk: Desk, endpoint: Endpoint) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        query = request.query_params.multi_items()
        tags = request.headers.get("if-none-match", "")
        work = partial(_answer, endpoint=endpoint, parts=request.path_params, asked=query, tags=tags)
        told = await desk.ask_patiently(work)
        if isinstance(told, Job):
            later = problem_response(503, f"{told.what} is being worked out.", todo="Ask again in a while.")
            later.headers["retry-after"] = str(ASK_AGAIN)
            return later
        return told

    return answer


def _answer(
    desk: Desk,
    endpoint: Endpoint,
    parts: Mapping[str, str],
    asked: Sequence[tuple[str, str]],
    tags: str,
) -> Response | Job:
    try:
        query = checked(asked, endpoint.parameters)
        for name in ("from", "until", "since"):
            day_or_none(query, name)
        day = asked_day(query, desk.now())
    except CaseError as error:
        return problem_response(400, f"{error.what}.", error.where, error.todo)
    try:
        shown = desk.shown(day)
        return _told(endpoint.answer(desk, shown, parts, query), tags)
    except Waiting as waiting:
        return waiting.job
    except Moved as moved:
        return RedirectResponse(moved.address, status_code=308)
    except Missing as missing:
        todo = IS_NOW if day is not None and _is_now(desk, endpoint, parts, query) else missing.todo
        return problem_response(404, missing.what, todo=todo)
    except TidewaiterError as error:
        status = 400 if error.where in {one.name for one in endpoint.parameters} else 503
        fault = fault_of(error)
        return problem_response(status, f"{fault.what}.", fault.where, fault.todo)


def _is_now(desk: Desk, endpoint: Endpoint, parts: Mapping[str, str], query: Mapping[str, str]) -> bool:
    """Whether what was not there on a past day is in the case as it is now."""
    try:
        endpoint.answer(desk, desk.shown(None), parts, query)
    except (Missing, Waiting, TidewaiterError):
        return False
    except Moved:
        return True
    return True


def _told(record: Json, tags: str) -> Response:
    """A record, or that it is the one whose tag was named."""
    body = to_json(record).encode("utf-8")
    tag = f'"{hashlib.sha256(body).hexdigest()[:TAG_DIGITS]}"'
    named = {one.strip().removeprefix("W/") for one in tags.split(",")}
    if tag in named or "*" in named:
        return Response(status_code=304, headers={"etag": tag})
    return Response(body, media_type="application/json", headers={"etag": tag})


def _document() -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        return _told(openapi(), request.headers.get("if-none-match", ""))

    return answer
