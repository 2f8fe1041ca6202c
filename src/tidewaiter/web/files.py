"""What is no page: what pages load, and preserved bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from tidewaiter import dossier
from tidewaiter.errors import TidewaiterError
from tidewaiter.web.answering import NOT_FOUND, patiently, why_not
from tidewaiter.web.asking import asked_day
from tidewaiter.web.desk import Desk
from tidewaiter.web.forms import visit_of
from tidewaiter.web.guard import ORIGINAL_POLICY
from tidewaiter.web.jobs import Job
from tidewaiter.web.originals import inert
from tidewaiter.web.pages import Missing, Waiting
from tidewaiter.web.rendering import fill_error
from tidewaiter.web.sessions import READER

Query = Mapping[str, str]

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


def static() -> Callable[[str], object]:
    """What answers for what pages load."""
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


def original(desk: Desk, *, as_it_is: bool) -> Callable[[Request], object]:
    """What answers for preserved bytes: as they are, to be kept, or to be looked at without harm."""

    async def answer(request: Request) -> Response:
        query, sha256 = dict(request.query_params), request.path_params["sha256"]
        work = partial(_bytes, sha256=sha256, query=query, as_it_is=as_it_is)
        return await patiently(desk, work, visit_of(request))

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
        return why_not(error, READER, "The capture cannot be shown")
    policy = {"content-security-policy": ORIGINAL_POLICY}
    looked_at = None if as_it_is else inert(data, of, capture)
    if looked_at is None:
        policy["content-disposition"] = f'attachment; filename="{sha256}"'
        return Response(data, media_type="application/octet-stream", headers=policy)
    text, kind = looked_at
    policy["content-type"] = f"{kind}; charset=utf-8"
    return Response(text.encode("utf-8", "replace"), headers=policy)
