"""What a form sent: its fields and files, within limits, and only if a page of this app sent it.

No file of a form gets a name on this machine: parts of it are bytes, and its name is words.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

from tidewaiter.errors import TidewaiterError
from tidewaiter.web.sessions import READER, TOKEN, Visit

MOST_BYTES = 2**20
"""Of a form without files; the longest text that is read has 2,000,000 characters, few have a tenth."""

MOST_FIELDS = 100
MOST_FILES = 20

LONGEST_NAME = 200
"""Characters of the name of a field or file that are kept."""

BODY_SECONDS = 300.0
"""How long a form may take to come: 32 MiB at a megabit a second."""

PAUSE_SECONDS = 20.0
"""How long it may stand still meanwhile."""

URLENCODED, MULTIPART = b"application/x-www-form-urlencoded", b"multipart/form-data"

BACK = "Go back to the page, load it again, and send it once more; copy what you wrote first."


class FormError(TidewaiterError):
    """What was sent is no form of this app, or more than it takes.  ``status``: of the answer, 4xx."""

    def __init__(
        self, what: str, *, where: str | None = None, todo: str | None = None, status: int = 400
    ) -> None:
        self.status = status
        super().__init__(what, where=where, todo=todo)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form."""

    field: str
    name: str  # as the browser told it: words, never a path
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """What a form sent.  Line ends are ``\\n``.  Of fields that came twice the last counts."""

    fields: Mapping[str, str]
    files: tuple[Upload, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # all that came
    by: str | None = None  # the name given at login; None: whoever runs the app

    def text(self, name: str, most: int = 10_000) -> str:
        """A field without space around it, "" where there is none.  Raises ``FormError`` for one too long."""
        told = self.fields.get(name, "").strip()
        if len(told) > most:
            raise FormError(
                f"has {len(told):,} characters, {most:,} are the most",
                where=name,
                todo="Shorten it.",
                status=422,
            )
        return told


def visit_of(request: Request) -> Visit:
    """Who sends a request, as the guard found it."""
    visit = request.scope.get("visit", READER)
    assert isinstance(visit, Visit)
    return visit


async def read_form(request: Request, most_bytes: int = MOST_BYTES, most_files: int = MOST_FILES) -> Form:
    """The form in a request, with the token of the session that sends it.

    Raises ``FormError`` for anything else, and as soon as more than ``most_bytes`` are announced or come.
    """
    _check_kind(request)
    _check_length(request, most_bytes)
    visit = visit_of(request)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            given = await _parsed(request, most_bytes, most_files)
    except TimeoutError as error:
        raise FormError("the form took too long to come", todo="Send it again.", status=408) from error
    try:
        lists = _fields(given)
        if not visit.holds(lists.get(TOKEN, ("",))[-1]):
            raise FormError(
                "the form does not come from a page of this app, or the app was started again since",
                todo=BACK,
                status=403,
            )
        files = [await _upload(name, one) for name, one in given.multi_items() if isinstance(one, UploadFile)]
    finally:
        await given.close()
    lists.pop(TOKEN)
    fields = {name: values[-1] for name, values in lists.items()}
    named = tuple(one for one in files if one.name or one.data)  # left empty, a field sends neither
    return Form(fields, named, lists, visit.by)


def _check_kind(request: Request) -> None:
    kinds = request.headers.getlist("content-type")
    kind, options = parse_options_header(kinds[0] if kinds else b"")
    if len(kinds) != 1 or kind not in (URLENCODED, MULTIPART):
        raise FormError("what was sent is no form", todo="Use the forms on the pages of the app.", status=415)
    if options.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"utf8"):
        raise FormError("the form is not in UTF-8", todo="Use the forms on the pages of the app.", status=415)


def _check_length(request: Request, most_bytes: int) -> None:
    told = request.headers.get("content-length")
    if told is not None and (not told.isascii() or not told.isdigit()):
        raise FormError("the length that was announced is no number")
    if told is not None and (len(told) > 15 or int(told) > most_bytes):
        raise _too_large(most_bytes)


def _too_large(most_bytes: int) -> FormError:
    return FormError(
        f"the form is larger than {most_bytes // 1024:,} KiB, which is the most",
        todo="Send less at once; files on this machine can be added with: tidewaiter add",
        status=413,
    )


async def _parsed(request: Request, most_bytes: int, most_files: int) -> FormData:
    come = 0

    async def receive() -> MutableMapping[str, Any]:
        nonlocal come
        message = await asyncio.wait_for(request.receive(), PAUSE_SECONDS)
        come += len(message.get("body", b""))
        if come > most_bytes:
            raise _too_large(most_bytes)
        return message

    bounded = Request(request.scope, receive)
    try:
        return await bounded.form(max_files=most_files, max_fields=MOST_FIELDS, max_part_size=most_bytes)
    except (MultiPartException, HTTPException, FormParserError, ValueError, LookupError) as error:
        told = getattr(error, "message", None) or getattr(error, "detail", None)
        raise FormError(f"the form cannot be read ({told or 'it is malformed'})") from error
    except ClientDisconnect as error:
        raise FormError("the form did not come whole") from error


def _fields(given: FormData) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for name, value in given.multi_items():
        if isinstance(value, str):
            told = value.replace("\r\n", "\n").replace("\r", "\n")
            lists[name[:LONGEST_NAME]] = (*lists.get(name[:LONGEST_NAME], ()), told)
    return lists


async def _upload(name: str, file: UploadFile) -> Upload:
    told = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return Upload(name[:LONGEST_NAME], told[:LONGEST_NAME], file.content_type or "", await file.read())
