"""What each address shows.  A page is a function of the case as shown, the parts of the path and the query;
it gives the template and what to fill it with, or raises ``Missing``, ``Moved`` or ``Waiting``."""

from __future__ import annotations

from collections.abc import Sequence

from tidewaiter.web.jobs import Job


class Missing(Exception):  # noqa: N818 -- an answer, not a fault
    """Nothing has this address.  ``todo``: what to do instead, in a sentence; ``links``: addresses with their
    words that may be meant."""

    def __init__(self, what: str, todo: str | None = None, links: Sequence[tuple[str, str]] = ()) -> None:
        self.what, self.todo, self.links = what, todo, tuple(links)
        super().__init__(what)


class Moved(Exception):  # noqa: N818 -- an answer, not a fault
    """What was asked for has another address now."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__(address)


class Waiting(Exception):  # noqa: N818 -- an answer, not a fault
    """What was asked for is being worked out."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(job.what)
