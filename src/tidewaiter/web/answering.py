"""Requests for pages, answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from tidewaiter.errors import TidewaiterError
from tidewaiter.web.asking import asked_day
from tidewaiter.web.desk import Desk
from tidewaiter.web.faults import fault_of
from tidewaiter.web.forms import FormError, visit_of
from tidewaiter.web.jobs import Job
from tidewaiter.web.pages import Missing, Moved, Waiting
from tidewaiter.web.rendering import AS_OF, Filled, fill, fill_error, fill_waiting
from tidewaiter.web.sessions import Visit
from tidewaiter.web.shown import Shown
from tidewaiter.wording import spoken

Query = Mapping[str, str]
Parts = Mapping[str, str]

ASKED_IN: Mapping[str, str] = {
    "as_of": "As of",
    "from": "From",
    "until": "Until",
    "at": "The words asked for",
    "a": "The first report",
    "b": "The second report",
}
"""Parts of a query, as pages call them; what is wrong with one of them is the fault of the address."""

AGAIN = 1
"""Seconds after which a page that has to be worked out asks again."""

NOT_FOUND = "Nothing has this address"


def answering(desk: Desk, page: Callable[[Shown, Parts, Query], Filled]) -> Callable[[Request], object]:
    """What answers at the address of a page."""

    async def answer(request: Request) -> Response:
        asking = Asking(
            request.path_params, dict(request.query_params), request.scope["path"], visit_of(request)
        )
        return await patiently(desk, partial(of_case, page=page, asking=asking), asking.visit)

    return answer


class Asking(NamedTuple):
    """What a request asks for, and who asks."""

    parts: Parts
    query: Query
    path: str
    visit: Visit


async def patiently(desk: Desk, work: Callable[[Desk], Response | Job], visit: Visit) -> Response:
    """The answer; where it has to be worked out first and that takes long, a page that asks again."""
    answer = await desk.ask_patiently(work)
    if isinstance(answer, Job):
        again = {"refresh": str(AGAIN)}
        return HTMLResponse(fill_waiting(answer, visit), status_code=202, headers=again)
    return answer


def of_case(desk: Desk, page: Callable[[Shown, Parts, Query], Filled], asking: Asking) -> Response | Job:
    """A page of the case, or why there is none; the job where something has to be worked out first."""
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
        missing = _elsewhere(desk, page, asking) or missing
        told = fill_error(NOT_FOUND, [missing.what], missing.todo, asking.visit, missing.links)
        return HTMLResponse(told, status_code=404)
    except TidewaiterError as error:
        return why_not(error, asking.visit)


def why_not(error: TidewaiterError, visit: Visit, title_else: str = "The case cannot be shown") -> Response:
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
    fault = fault_of(error)
    if at_fault and fault.where:
        fault = fault._replace(where=ASKED_IN.get(fault.where, fault.where))
    page = fill_error(title, [fault.sentence], fault.todo, visit)
    return HTMLResponse(page, status_code=status)


def _elsewhere(desk: Desk, page: Callable[[Shown, Parts, Query], Filled], asking: Asking) -> Missing | None:
    """That what was not there on a past day is in the case as it is now, if it is."""
    if not asking.query.get("as_of"):
        return None
    left = {name: value for name, value in asking.query.items() if name not in AS_OF}
    try:
        page(desk.shown(None), asking.parts, left)
    except (Missing, Moved, Waiting, TidewaiterError):
        return None
    address = quote(asking.path) + (f"?{urlencode(left)}" if left else "")
    what = f"On {spoken(asking.query['as_of'])} the case had nothing at this address."
    return Missing(what, "The case as it is now has it:", [(address, "show it as it is now")])
