"""The addresses of the app and what answers them.  All that touches the case happens in the desk's thread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from tidewaiter.errors import TidewaiterError
from tidewaiter.web.adding.arrivals import State
from tidewaiter.web.adding.limits import MOST_BYTES, MOST_FILES, MOST_TEXT
from tidewaiter.web.answering import NOT_FOUND, Asking, answering, of_case, patiently, why_not
from tidewaiter.web.api import listing
from tidewaiter.web.api.answering import add_endpoints, problem_response
from tidewaiter.web.api.problems import is_for_programs
from tidewaiter.web.deeds import Deed
from tidewaiter.web.desk import Desk
from tidewaiter.web.doing import doing
from tidewaiter.web.entering import add_doors
from tidewaiter.web.files import original, static
from tidewaiter.web.forms import visit_of
from tidewaiter.web.guard import METHODS, READ_ONLY, WRITING, App, Guard
from tidewaiter.web.judging import deeds as judging
from tidewaiter.web.pages import (
    actors,
    add,
    changes,
    copies,
    document,
    health,
    judgements,
    lists,
    register,
    sources,
    transfer,
)
from tidewaiter.web.rendering import Filled, fill_apart, fill_error
from tidewaiter.web.sessions import Sessions
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]
Parts = Mapping[str, str]

PAGES: Mapping[str, Callable[[Shown, Parts, Query], Filled]] = {
    "/": lambda shown, _, query: register.register(shown, query),
    "/transfers/{id}": lambda shown, parts, _: transfer.transfer(shown, parts["id"]),
    "/documents/{id}": lambda shown, parts, query: document.document(shown, parts["id"], query),
    "/copies": lambda shown, _, query: copies.copies(shown, query),
    "/copies/compare": lambda shown, _, query: copies.compare(shown, query),
    "/copies/families/{id}": lambda shown, parts, query: copies.family(shown, parts["id"], query),
    "/copies/{a}/{b}": lambda shown, parts, _: copies.pair(shown, parts["a"], parts["b"]),
    "/utterances": lambda shown, _, query: lists.utterances(shown, query),
    "/utterances/{id}": lambda shown, parts, _: lists.utterance(shown, parts["id"]),
    "/timeline": lambda shown, _, query: lists.timeline(shown, query),
    "/changes": lambda shown, _, query: changes.changes(shown, query),
    "/actors": lambda shown, _, query: actors.actors(shown, query),
    "/actors/{code:path}": lambda shown, parts, query: actors.actor(shown, parts["code"], query),
    "/discrepancies": lambda shown, _, query: lists.discrepancies(shown, query),
    "/sources": lambda shown, _, query: sources.sources(shown, query),
    "/sources/outlets": lambda shown, _, query: sources.outlet_list(shown, query),
    "/sources/outlets/{name:path}": lambda shown, parts, query: sources.outlet(shown, parts["name"], query),
    "/sources/speakers": lambda shown, _, query: sources.speaker_list(shown, query),
    "/judgements": lambda shown, _, query: judgements.judgements(shown, query),
    "/search": lambda shown, _, query: health.search(shown, query),
    "/api": lambda shown, _, __: listing.listing(shown),
    "/health": lambda shown, _, query: health.health(shown, query),
}

DEEDS: Mapping[str, Deed] = {
    "/add/files": Deed(add.add_files, MOST_BYTES, MOST_FILES),
    "/add/text": Deed(add.add_text, MOST_TEXT),
    "/add/jobs/{id}/go-on": Deed(add.go_on),
    "/judgements": Deed(judging.judge, beside=True),
    "/judgements/{id}/undo": Deed(judging.undo, beside=True),
    "/judgements/{id}/redo": Deed(judging.redo, beside=True),
    "/build": Deed(judging.build, beside=True),
}
"""What forms do, by the address that they are sent to."""

ALL_ENDPOINTS = "All of them are listed at /api."

LEFT = "Reports that were sent wait to be taken in: the next start with --edit goes on with them."


def make_app(
    folder: Path,
    origins: Iterable[str],
    sessions: Sessions,
    say: Callable[[str], None] = lambda _: None,
    *,
    alone: bool = False,
) -> App:
    """The app for a case folder, answering to these names of it ("http://127.0.0.1:8321"); ``say`` is told
    what the user should know at the end; ``alone``: nothing else is in this process."""
    desk = Desk(folder, alone=alone)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if sessions.editing:
            desk.adding.begin()
        desk.begin()
        yield
        left = await run_in_threadpool(desk.adding.close)
        if left and sessions.editing:
            say(LEFT)
        await desk.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    for path, page in PAGES.items():
        app.add_api_route(path, answering(desk, page), methods=[*METHODS], response_class=HTMLResponse)
    app.add_api_route("/add", _add(desk), methods=[*METHODS], response_class=HTMLResponse)
    app.add_api_route("/add/jobs/{id}", _job(desk), methods=[*METHODS], response_class=HTMLResponse)
    if sessions.locked:
        add_doors(app, sessions)
    for path, deed in DEEDS.items():
        app.add_api_route(path, doing(desk, deed), methods=[WRITING], response_class=HTMLResponse)
    for path, as_it_is in (("/captures/{sha256}", True), ("/captures/{sha256}/view", False)):
        preserved = original(desk, as_it_is=as_it_is)
        app.add_api_route(path, preserved, methods=[*METHODS], response_class=Response)
    add_endpoints(app, desk)
    app.add_api_route("/static/{name}", static(), methods=[*METHODS], response_class=Response)
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(Exception, _fault)
    return Guard(app, origins, sessions)


# ------------------------------------------------------------------------------------ adding


def _add(desk: Desk) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        visit = visit_of(request)
        if not visit.editing:
            page = fill_error("Nothing can be added here", [READ_ONLY.told], READ_ONLY.todo, visit)
            return HTMLResponse(page, status_code=403)
        asking = Asking({}, {}, request.url.path, visit)
        work = partial(of_case, page=lambda *_: add.form(desk.adding), asking=asking)
        return await patiently(desk, work, visit)

    return answer


def _job(desk: Desk) -> Callable[[Request], object]:
    """A job; one that is not done is told without the desk, which need not open what is being written."""

    async def answer(request: Request) -> Response:
        visit, name = visit_of(request), request.path_params["id"]
        try:
            job, progress, case_name = await run_in_threadpool(desk.adding.look, name)
        except TidewaiterError as error:
            return why_not(error, visit)
        if job is None:
            told = [
                "No reports were added under this address; of jobs that are done the last are remembered."
            ]
            return HTMLResponse(fill_error(NOT_FOUND, told, None, visit), status_code=404)
        if progress is not None or job.state is not State.DONE:
            return HTMLResponse(fill_apart(add.under_way(job, progress, case_name), visit))
        asking = Asking({}, {}, request.url.path, visit)
        work = partial(of_case, page=lambda shown, *_: add.done(shown, job), asking=asking)
        return await patiently(desk, work, visit)

    return answer


async def _no_route(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if is_for_programs(request.scope["path"]):
        answer = problem_response(status, "No endpoint of the app has this address.", todo=ALL_ENDPOINTS)
        answer.headers.update(getattr(error, "headers", None) or {})
        return answer
    told = "No page of the app has it." if request.method in METHODS else "No form of the app is sent there."
    return HTMLResponse(fill_error(NOT_FOUND, [told], None, visit_of(request)), status_code=status)


async def _fault(request: Request, error: Exception) -> Response:
    told = [f"Nobody foresaw it ({type(error).__name__})."]  # what it says may name files of this machine
    todo = "What the case holds is as it was. Report what the terminal prints."
    if is_for_programs(request.scope["path"]):
        return problem_response(500, told[0], todo=todo)
    return HTMLResponse(fill_error("A fault of the program", told, todo), status_code=500)
