"""Forms that write, answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from tidewaiter.errors import CaptureError, CaseError, TidewaiterError, UnknownIdError
from tidewaiter.web.answering import NOT_FOUND, Asking, why_not
from tidewaiter.web.deeds import Again, Deed, Done
from tidewaiter.web.desk import Desk
from tidewaiter.web.faults import fault_of
from tidewaiter.web.forms import FormError, read_form, visit_of
from tidewaiter.web.pages import Missing
from tidewaiter.web.rendering import fill, fill_error

Act = Callable[[], Done | Again]


def doing(desk: Desk, deed: Deed) -> Callable[[Request], object]:
    """What answers at the address that a form is sent to."""

    async def answer(request: Request) -> Response:
        visit = visit_of(request)
        try:
            form = await read_form(request, deed.most_bytes, deed.most_files)
        except FormError as error:
            return why_not(error, visit)
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
        return HTMLResponse(
            fill_error(NOT_FOUND, [missing.what], missing.todo, asking.visit, missing.links), status_code=404
        )
    except FormError as error:
        return why_not(error, asking.visit)
    except TidewaiterError as error:
        status = next((status for kind, status in NOT_DONE.items() if isinstance(error, kind)), 503)
        fault = fault_of(error)
        page = fill_error("This was not done", [fault.sentence], fault.todo, asking.visit)
        return HTMLResponse(page, status_code=status)


NOT_DONE: Mapping[type[TidewaiterError], int] = {UnknownIdError: 404, CaptureError: 422, CaseError: 409}
"""What an error of a deed means for whoever sent the form; any other: the case cannot be written."""
