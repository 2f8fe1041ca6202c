"""Login and logout, where the app asks for a password."""

from __future__ import annotations

import asyncio
import math
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from tidewaiter.characters import one_line
from tidewaiter.web import passwords
from tidewaiter.web.attempts import Attempts
from tidewaiter.web.forms import Form, FormError, read_form, visit_of
from tidewaiter.web.guard import LOGIN, LOGOUT, METHODS, WRITING
from tidewaiter.web.rendering import Filled, fill_apart, fill_error
from tidewaiter.web.sessions import Sessions, Visit, cookie

MOST_BYTES = 8 * 1024
"""Of the form of a login, name, password and address."""

LONGEST_NAME = 80
"""Characters of the name that judgements are kept under."""

WRONG = "This is not the password."
NAMELESS = "Say who you are: what you decide is kept under that name."


def add_doors(app: FastAPI, sessions: Sessions) -> None:
    """Have the app answer the addresses of login and logout."""
    attempts, one_at_a_time = Attempts(sessions.clock), asyncio.Semaphore(1)  # a hash takes 64 MiB

    async def show(request: Request) -> Response:
        visit, to = visit_of(request), within(request.query_params.get("to", ""))
        return RedirectResponse(to, status_code=303) if visit.entered else _page(visit, to)

    async def enter(request: Request) -> Response:
        visit = visit_of(request)
        try:
            form = await read_form(request, MOST_BYTES, 0)
            name = one_line(form.text("name", LONGEST_NAME)).strip()
        except FormError as error:
            page = fill_error("This form cannot be taken", [f"{error.what}."], error.todo, visit)
            return HTMLResponse(page, status_code=error.status)
        to, address = within(form.fields.get("to", "")), request.client.host if request.client else ""
        if not name:
            return _page(visit, to, NAMELESS, status=422)
        if wait := attempts.wait(address):
            return _wait(visit, to, name, wait)
        attempts.tried(address)
        if not await _right(form):
            return _page(visit, to, WRONG, name, status=403)
        attempts.passed(address)
        sessions.end(visit.id)
        answer = RedirectResponse(to, status_code=303)
        own = visit.cookie.removesuffix("-entry")
        answer.headers.append("set-cookie", cookie(own, sessions.begin(name)))
        return answer

    async def _right(form: Form) -> bool:
        async with one_at_a_time:
            told = form.fields.get("password", "")
            return await run_in_threadpool(passwords.fits, sessions.password or "", told)

    async def leave(request: Request) -> Response:
        visit = visit_of(request)
        try:
            await read_form(request, MOST_BYTES, 0)
        except FormError as error:
            page = fill_error("This form cannot be taken", [f"{error.what}."], error.todo, visit)
            return HTMLResponse(page, status_code=error.status)
        sessions.end(visit.id)
        answer = RedirectResponse(LOGIN, status_code=303)
        answer.headers.append("set-cookie", cookie(visit.cookie, ""))
        return answer

    app.add_api_route(LOGIN, show, methods=[*METHODS], response_class=HTMLResponse)
    app.add_api_route(LOGIN, enter, methods=[WRITING], response_class=HTMLResponse)
    app.add_api_route(LOGOUT, leave, methods=[WRITING], response_class=HTMLResponse)


def within(told: str) -> str:
    """An address of the app to go on to; the register where ``told`` is none, or of elsewhere."""
    plain = told.isascii() and told.isprintable() and "\\" not in told
    try:
        parts = urlsplit(told)
    except ValueError:
        return "/"
    fits = plain and told.startswith("/") and not told.startswith("//") and not parts.scheme + parts.netloc
    return told if fits and parts.path not in (LOGIN, LOGOUT) else "/"


def _wait(visit: Visit, to: str, name: str, seconds: float) -> Response:
    told = math.ceil(seconds)
    words = f"{told} second{'s' * (told != 1)}" if told < 120 else f"{math.ceil(told / 60)} minutes"
    answer = _page(visit, to, f"Too many wrong passwords. Wait {words} before the next.", name, status=429)
    answer.headers["retry-after"] = str(told)
    return answer


def _page(visit: Visit, to: str, wrong: str = "", name: str = "", status: int = 200) -> Response:
    filled = Filled("login.html.j2", "Log in", {"to": to, "wrong": wrong, "name": name})
    return HTMLResponse(fill_apart(filled, visit), status_code=status)
