"""What forms do.  A deed is a function of the desk, the parts of the path and the form, called in the desk's
thread; it gives ``Done`` or ``Again``, or raises ``Missing`` or an error of the project's family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from tidewaiter.web.desk import Desk
from tidewaiter.web.forms import MOST_BYTES, MOST_FILES, Form
from tidewaiter.web.rendering import Filled

Parts = Mapping[str, str]


class Done(NamedTuple):
    """It is done: the browser goes on to a page of the app (303), so that reloading does nothing twice."""

    address: str


class Again(NamedTuple):
    """It is not done: a page that says why, with the form as it was filled in."""

    filled: Filled
    status: int = 422


class Deed(NamedTuple):
    """What a form at an address does, and how large it may be."""

    do: Callable[[Desk, Parts, Form], Done | Again]
    most_bytes: int = MOST_BYTES
    most_files: int = MOST_FILES
    beside: bool = False  # run beside the desk, as what writes to the case: pages are shown meanwhile


def who(desk: Desk, form: Form) -> str:
    """Who does it: the name given at login; without one, the case's ``captured_by`` or the account that runs
    the app."""
    return form.by or desk.case.judging_as
