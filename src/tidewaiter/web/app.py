"""The addresses of the app and what answers them.  All that touches the case happens in the desk's thread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from tidewaiter import dossier
from tidewaiter.errors import CaptureError, CaseError, TidewaiterError, UnknownIdError
from tidewaiter.web.adding.arrivals import State
from tidewaiter.web.adding.limits import MOST_BYTES, MOST_FILES, MOST_TEXT
from tidewaiter.web.api import listing
from tidewaiter.web.api.answering import add_endpoints, problem_response
from tidewaiter.web.api.problems import is_for_programs
from tidewaiter.web.asking import asked_day
from tidewaiter.web.deeds import Again, Deed, Done
from tidewaiter.web.desk import Desk
from tidewaiter.web.entering import add_doors
from tidewaiter.web.forms import FormError, read_form, visit_of
from tidewaiter.web.guard import METHODS, ORIGINAL_POLICY, READ_ONLY, WRITING, App, Guard
from tidewaiter.web.jobs import Job
from tidewaiter.web.judging import deeds as judging
from tidewaiter.web.originals import inert
from tidewaiter.web.pages import (
    Missing,
    Moved,
    Waiting,
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
from tidewaiter.web.rendering import Filled, fill, fill_apart, fill_error, fill_waiting
from tidewaiter.web.sessions import READER, Sessions, Visit
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]
Parts = Mapping[str, str]
Act = Callable[[], Done | Again]

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

STATIC_FOLDER = Path(__file__).parent / "static"
DOSSIER_STYLE = Path(dossier.__file__).parent / "templates" / "style.css"

STATIC: Mapping[str, tuple[str, tuple[Path, ...]]] = {
    "style.css": ("text/css; charset=utf-8", (DOSSIER_STYLE, STATIC_FOLDER / "web.css")),
    "add.js": ("text/javascript; charset=utf-8", (STATIC_FOLDER / "add.js",)),
    "job.js": ("text/javascript; charset=utf-8", (STATIC_FOLDER / "job.js",)),
    "days.js": ("text/javascript; charset=utf-8", (STATIC_FOLDER / "days.js",)),
    "keys.js": ("text/javascript; charset=utf-8", (STATIC_FOLDER / "keys.js",)),
    "icon.svg": ("image/svg+xml", (STATIC_FOLDER / "icon.svg",)),
}
"""What pages load, by name: no name in a request is ever made a path."""

ASKED_IN = ("as_of", "from", "until", "at", "a", "b")
"""Parts of a query; what is wrong with one of them is the fault of the address."""

AGAIN = 1
"""Seconds after which a page that has to be worked out asks again."""

NOT_FOUND = "Nothing has this address"

ALL_ENDPOINTS = "All of them are listed at /api."


LEFT = "Reports that were sent wait to be taken in: the next start with --edit goes on with them."


def make_app(
    folder: Path, origins: Iterable[str], sessions: Sessions, say: Callable[[str], None] = lambda _: None
) -> App:
    """The app for a case folder, answering to these names of it ("http://127.0.0.1:8321"); ``say`` is told
    what the user should know at the end."""
    desk = Desk(folder)

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
        app.add_api_route(path, _answering(desk, page), methods=[*METHODS], response_class=HTMLResponse)
    app.add_api_route("/add", _add(desk), methods=[*METHODS], response_class=HTMLResponse)
    app.add_api_route("/add/jobs/{id}", _job(desk), methods=[*METHODS], response_class=HTMLResponse)
    if sessions.locked:
        add_doors(app, sessions)
    for path, deed in DEEDS.items():
        app.add_api_route(path, _doing(desk, deed), methods=[WRITING], response_class=HTMLResponse)
    for path, as_it_is in (("/captures/{sha256}", True), ("/captures/{sha256}/view", False)):
        original = _original(desk, as_it_is=as_it_is)
        app.add_api_route(path, original, methods=[*METHODS], response_class=Response)
    add_endpoints(app, desk)
    app.add_api_route("/static/{name}", _static(), methods=[*METHODS], response_class=Response)
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(Exception, _fault)
    return Guard(app, origins, sessions)


# ------------------------------------------------------------------------------------ pages


def _answering(desk: Desk, page: Callable[[Shown, Parts, Query], Filled]) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        asking = Asking(
            request.path_params, dict(request.query_params), request.scope["path"], visit_of(request)
        )
        return await _patiently(desk, partial(_page, page=page, asking=asking), asking.visit)

    return answer


class Asking(NamedTuple):
    """What a request asks for, and who asks."""

    parts: Parts
    query: Query
    path: str
    visit: Visit


async def _patiently(desk: Desk, work: Callable[[Desk], Response | Job], visit: Visit) -> Response:
    """The answer; where it has to be worked out first and that takes long, a page that asks again."""
    answer = await desk.ask_patiently(work)
    if isinstance(answer, Job):
        again = {"refresh": str(AGAIN)}
        return HTMLResponse(fill_waiting(answer, visit), status_code=202, headers=again)
    return answer


def _page(desk: Desk, page: Callable[[Shown, Parts, Query], Filled], asking: Asking) -> Response | Job:
    query = asking.query
    try:
        shown = desk.shown(asked_day(query, desk.now()))
        filled = page(shown, asking.parts, query)
        return HTMLResponse(fill(shown, filled, asking.path, query, asking.visit))
    except Waiting as waiting:
        return waiting.job
    except Moved as moved:
        return RedirectResponse(moved.address, status_code=308)
    except Missing as missing:
        told = _other_day(query)
        return HTMLResponse(fill_error(NOT_FOUND, [missing.what], told, asking.visit), status_code=404)
    except TidewaiterError as error:
        return _why_not(error, asking.visit)


def _why_not(error: TidewaiterError, visit: Visit, title_else: str = "The case cannot be shown") -> Response:
    """The page that says why there is no other."""
    at_fault = isinstance(error, FormError) or error.where in ASKED_IN
    status = error.status if isinstance(error, FormError) else 400 if at_fault else 503
    title = (
        "This form cannot be taken"
        if isinstance(error, FormError)
        else "This cannot be asked"
        if at_fault
        else title_else
    )
    where = f"{error.where}: " if error.where and at_fault else ""
    page = fill_error(title, [where + error.what + "."], error.todo, visit)
    return HTMLResponse(page, status_code=status)


# ------------------------------------------------------------------------------------ adding


def _add(desk: Desk) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        visit = visit_of(request)
        if not visit.editing:
            page = fill_error("Nothing can be added here", [READ_ONLY.told], READ_ONLY.todo, visit)
            return HTMLResponse(page, status_code=403)
        asking = Asking({}, {}, request.url.path, visit)
        work = partial(_page, page=lambda *_: add.form(desk.adding), asking=asking)
        return await _patiently(desk, work, visit)

    return answer


def _job(desk: Desk) -> Callable[[Request], object]:
    """A job; one that is not done is told without the desk, which need not open what is being written."""

    async def answer(request: Request) -> Response:
        visit, name = visit_of(request), request.path_params["id"]
        try:
            job, progress, case_name = await run_in_threadpool(desk.adding.look, name)
        except TidewaiterError as error:
            return _why_not(error, visit)
        if job is None:
            told = [
                "No reports were added under this address; of jobs that are done the last are remembered."
            ]
            return HTMLResponse(fill_error(NOT_FOUND, told, None, visit), status_code=404)
        if progress is not None or job.state is not State.DONE:
            return HTMLResponse(fill_apart(add.under_way(job, progress, case_name), visit))
        asking = Asking({}, {}, request.url.path, visit)
        work = partial(_page, page=lambda shown, *_: add.done(shown, job), asking=asking)
        return await _patiently(desk, work, visit)

    return answer


# ------------------------------------------------------------------------------------ deeds


def _doing(desk: Desk, deed: Deed) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        visit = visit_of(request)
        try:
            form = await read_form(request, deed.most_bytes, deed.most_files)
        except FormError as error:
            return _why_not(error, visit)
        asking = Asking(request.path_params, {}, request.url.path, visit)
        act: Act = partial(deed.do, desk, asking.parts, form)
        if deed.beside:
            act = await run_in_threadpool(_outcome, act)
        return await desk.ask(partial(_done, act=act, asking=asking))

    return answer


def _outcome(act: Act) -> Act:
    """What gives or raises what ``act`` gave or raised when it was done, once."""
    try:
        result = act()
    except Exception as error:  # noqa: BLE001 -- raised again where the answer is made
        raised = error

        def fail() -> Done | Again:
            raise raised

        return fail
    return lambda: result


def _done(desk: Desk, act: Act, asking: Asking) -> Response:
    try:
        result = act()
        if isinstance(result, Done):
            return RedirectResponse(result.address, status_code=303)
        page = fill(desk.shown(None), result.filled, asking.path, asking.query, asking.visit)
        return HTMLResponse(page, status_code=result.status)
    except Missing as missing:
        return HTMLResponse(fill_error(NOT_FOUND, [missing.what], None, asking.visit), status_code=404)
    except FormError as error:
        return _why_not(error, asking.visit)
    except TidewaiterError as error:
        status = next((status for kind, status in NOT_DONE.items() if isinstance(error, kind)), 503)
        where = f"{error.where}: " if error.where else ""
        page = fill_error("This was not done", [where + error.what + "."], error.todo, asking.visit)
        return HTMLResponse(page, status_code=status)


NOT_DONE: Mapping[type[TidewaiterError], int] = {UnknownIdError: 404, CaptureError: 422, CaseError: 409}
"""What an error of a deed means for whoever sent the form; any other: the case cannot be written."""


def _other_day(query: Query) -> str | None:
    return (
        "It may be in the case as it is now: this address is of a past day." if query.get("as_of") else None
    )


async def _no_route(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if is_for_programs(request.scope["path"]):
        answer = problem_response(status, "No endpoint of the app has this address.", todo=ALL_ENDPOINTS)
        answer.headers.update(getattr(error, "headers", None) or {})
        return answer
    told = "No page of the app has it." if request.method in METHODS else "No form of the app is sent there."
    return HTMLResponse(fill_error(NOT_FOUND, [told], None, visit_of(request)), status_code=status)


async def _fault(request: Request, error: Exception) -> Response:
    told = [f"{type(error).__name__}: {error}"[:400]]
    todo = "What the case holds is as it was. Report what the terminal prints."
    if is_for_programs(request.scope["path"]):
        return problem_response(500, told[0], todo=todo)
    return HTMLResponse(fill_error("A fault of the program", told, todo), status_code=500)


# ------------------------------------------------------------------------------------ files


def _static() -> Callable[[str], object]:
    loaded = {
        name: (kind, b"\n".join(path.read_bytes() for path in paths))
        for name, (kind, paths) in STATIC.items()
    }

    async def answer(name: str) -> Response:
        if name not in loaded:
            raise HTTPException(404)
        kind, data = loaded[name]
        return Response(data, media_type=kind, headers={"cache-control": "no-cache"})

    return answer


def _original(desk: Desk, *, as_it_is: bool) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        query, sha256 = dict(request.query_params), request.path_params["sha256"]
        work = partial(_bytes, sha256=sha256, query=query, as_it_is=as_it_is)
        return await _patiently(desk, work, visit_of(request))

    return answer


def _bytes(desk: Desk, sha256: str, query: Query, as_it_is: bool) -> Response | Job:
    """A capture of a report that is shown, under a policy of its own: its bytes to be kept, or to look at."""
    try:
        shown = desk.shown(asked_day(query, desk.now()))
        holder, capture = shown.lists.holder_of(sha256), shown.captures.get(sha256)
        of = None if holder is None else shown.view.by_id[holder]
        if of is None or capture is None:
            raise Missing("No capture of a report that is shown has that hash.")
        data = desk.case.durable.bytes.read(sha256)
    except Waiting as waiting:
        return waiting.job
    except Missing as missing:
        return HTMLResponse(fill_error(NOT_FOUND, [missing.what], None), status_code=404)
    except TidewaiterError as error:
        return _why_not(error, READER, "The capture cannot be shown")
    policy = {"content-security-policy": ORIGINAL_POLICY}
    looked_at = None if as_it_is else inert(data, of, capture)
    if looked_at is None:
        policy["content-disposition"] = f'attachment; filename="{sha256}"'
        return Response(data, media_type="application/octet-stream", headers=policy)
    text, kind = looked_at
    policy["content-type"] = f"{kind}; charset=utf-8"
    return Response(text.encode("utf-8", "replace"), headers=policy)
