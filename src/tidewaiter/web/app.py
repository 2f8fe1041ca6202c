"""The addresses of the app and what answers them.  All that touches the case happens in the desk's thread."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from tidewaiter import dossier
from tidewaiter.errors import TidewaiterError
from tidewaiter.web.api import listing
from tidewaiter.web.api.answering import add_endpoints, problem_response
from tidewaiter.web.api.problems import is_for_programs
from tidewaiter.web.asking import asked_day
from tidewaiter.web.desk import Desk
from tidewaiter.web.guard import METHODS, ORIGINAL_POLICY, App, Guard
from tidewaiter.web.originals import inert
from tidewaiter.web.pages import Missing, Moved, actors, copies, document, health, lists, register, transfer
from tidewaiter.web.rendering import Filled, fill, fill_error
from tidewaiter.web.shown import Shown

Query = Mapping[str, str]
Parts = Mapping[str, str]

PAGES: Mapping[str, Callable[[Shown, Parts, Query], Filled]] = {
    "/": lambda shown, _, query: register.register(shown, query),
    "/transfers/{id}": lambda shown, parts, _: transfer.transfer(shown, parts["id"]),
    "/documents/{id}": lambda shown, parts, query: document.document(shown, parts["id"], query),
    "/copies": lambda shown, _, query: copies.copies(shown, query),
    "/copies/{a}/{b}": lambda shown, parts, _: copies.pair(shown, parts["a"], parts["b"]),
    "/utterances": lambda shown, _, query: lists.utterances(shown, query),
    "/utterances/{id}": lambda shown, parts, _: lists.utterance(shown, parts["id"]),
    "/timeline": lambda shown, _, query: lists.timeline(shown, query),
    "/actors": lambda shown, _, query: actors.actors(shown, query),
    "/actors/{code:path}": lambda shown, parts, _: actors.actor(shown, parts["code"]),
    "/discrepancies": lambda shown, _, query: lists.discrepancies(shown, query),
    "/sources": lambda shown, _, query: lists.sources(shown, query),
    "/search": lambda shown, _, query: health.search(shown, query),
    "/api": lambda shown, _, __: listing.listing(shown),
    "/health": lambda shown, _, query: health.health(shown, query),
}

STATIC_FOLDER = Path(__file__).parent / "static"
DOSSIER_STYLE = Path(dossier.__file__).parent / "templates" / "style.css"

STATIC: Mapping[str, tuple[str, tuple[Path, ...]]] = {
    "style.css": ("text/css; charset=utf-8", (DOSSIER_STYLE, STATIC_FOLDER / "web.css")),
    "keys.js": ("text/javascript; charset=utf-8", (STATIC_FOLDER / "keys.js",)),
    "icon.svg": ("image/svg+xml", (STATIC_FOLDER / "icon.svg",)),
}
"""What pages load, by name: no name in a request is ever made a path."""

NOT_FOUND = "Nothing has this address"

ALL_ENDPOINTS = "All of them are listed at /api."


def make_app(folder: Path, hosts: Iterable[str]) -> App:
    """The app for a case folder, answering to these hosts ("127.0.0.1:8321")."""
    desk = Desk(folder)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        desk.begin()
        yield
        await desk.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    for path, page in PAGES.items():
        app.add_api_route(path, _answering(desk, page), methods=[*METHODS], response_class=HTMLResponse)
    for path, as_it_is in (("/captures/{sha256}", True), ("/captures/{sha256}/view", False)):
        original = _original(desk, as_it_is=as_it_is)
        app.add_api_route(path, original, methods=[*METHODS], response_class=Response)
    add_endpoints(app, desk)
    app.add_api_route("/static/{name}", _static(), methods=[*METHODS], response_class=Response)
    app.add_exception_handler(HTTPException, _no_route)
    app.add_exception_handler(Exception, _fault)
    return Guard(app, hosts)


# ------------------------------------------------------------------------------------ pages


def _answering(desk: Desk, page: Callable[[Shown, Parts, Query], Filled]) -> Callable[[Request], object]:
    async def answer(request: Request) -> Response:
        query = dict(request.query_params)
        work = partial(_page, page=page, parts=request.path_params, query=query, path=request.scope["path"])
        return await desk.ask(work)

    return answer


def _page(
    desk: Desk,
    page: Callable[[Shown, Parts, Query], Filled],
    parts: Parts,
    query: Query,
    path: str,
) -> Response:
    try:
        asked = asked_day(query, desk.now())
        shown = desk.shown(asked)
        return HTMLResponse(fill(shown, page(shown, parts, query), path, query))
    except Moved as moved:
        return RedirectResponse(moved.address, status_code=308)
    except Missing as missing:
        return HTMLResponse(fill_error(NOT_FOUND, [missing.what], _other_day(query)), status_code=404)
    except TidewaiterError as error:
        return _refused(error, "The case cannot be shown")


ASKED = ("as_of", "from", "until", "at")
"""Where an error lies that is about what was asked."""


def _refused(error: TidewaiterError, title: str) -> Response:
    """The page for what cannot be asked, or (with this title) cannot be shown."""
    if error.where in ASKED:
        told = fill_error("This cannot be asked", [f"{error.where}: {error.what}."], error.todo)
        return HTMLResponse(told, status_code=400)
    return HTMLResponse(fill_error(title, [f"{error.what}."], error.todo), status_code=503)


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
    return HTMLResponse(fill_error(NOT_FOUND, ["No page of the app has it."], None), status_code=status)


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
        return await desk.ask(partial(_bytes, sha256=sha256, query=query, as_it_is=as_it_is))

    return answer


def _bytes(desk: Desk, sha256: str, query: Query, as_it_is: bool) -> Response:
    """A capture of a report that is shown, under a policy of its own: its bytes to be kept, or to look at."""
    try:
        shown = desk.shown(asked_day(query, desk.now()))
        of = next((one.document for one in shown.sources.values() if sha256 in one.document.captures), None)
        capture = shown.captures.get(sha256)
        if of is None or capture is None:
            raise Missing("No capture of a report that is shown has that hash.")
        data = desk.case.durable.bytes.read(sha256)
    except Missing as missing:
        return HTMLResponse(fill_error(NOT_FOUND, [missing.what], None), status_code=404)
    except TidewaiterError as error:
        return _refused(error, "The capture cannot be shown")
    policy = {"content-security-policy": ORIGINAL_POLICY}
    looked_at = None if as_it_is else inert(data, of, capture)
    if looked_at is None:
        policy["content-disposition"] = f'attachment; filename="{sha256}"'
        return Response(data, media_type="application/octet-stream", headers=policy)
    text, kind = looked_at
    policy["content-type"] = f"{kind}; charset=utf-8"
    return Response(text.encode("utf-8", "replace"), headers=policy)
