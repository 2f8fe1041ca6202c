"""Filling the app's templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from tidewaiter.characters import printable, without_direction
from tidewaiter.dossier.render import environment
from tidewaiter.dossier.views import party
from tidewaiter.model import Citation, Clock
from tidewaiter.web.addresses import Addresses
from tidewaiter.web.api.alternates import alternate
from tidewaiter.web.jobs import Job
from tidewaiter.web.judging.offered import Offered
from tidewaiter.web.naming import OPEN
from tidewaiter.web.sessions import READER, Visit
from tidewaiter.web.shown import Shown
from tidewaiter.wording import document_name, figure_words, name_of, spoken

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"

PREVIEW = 240
"""Characters of cited words shown when the pointer rests on a citation."""

PAGE = 100
"""Rows of a list on one page."""

AS_OF = ("as_of", "held", "with_judgements", "page", "verify")
"""What of a query is left behind on the way back to the case as it is now."""

NAVIGATION = (
    ("", "Register", "r"),
    ("timeline", "Timeline", "t"),
    ("changes", "Changes", "w"),
    ("actors", "Actors", "a"),
    ("discrepancies", "Disagreements", "d"),
    ("utterances", "Retellings", "u"),
    ("copies", "Copies", "c"),
    ("sources", "Sources", "s"),
    ("judgements", "Judgements", "j"),
    ("health", "Health", "h"),
)
"""Path, name and key of what stands in the head of each page."""


class Filled(NamedTuple):
    """What a page is made of."""

    template: str
    title: str
    context: Mapping[str, Any]


class Notes:
    """Numbers the citations of one page in their order, equal words once, and leads to the words."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._numbers: dict[tuple[str, tuple[object, ...]], int] = {}

    def __call__(self, citations: Iterable[Citation], most: int = 0) -> Markup:
        """Links to cited words; ``most``: no more than so many, and how many are left."""
        told = list({(one.document, *one.spans): one for one in citations}.values())
        shown = [self._link(one) for one in (told[:most] if most and len(told) > most + 1 else told)]
        if not shown:
            return Markup()
        left = len(told) - len(shown)
        more = f' <span class="more" title="{left} more">+{left}</span>' if left else ""
        return Markup(f'<span class="cites">{" ".join(shown)}{more}</span>')

    def _link(self, citation: Citation) -> str:
        """A link, as HTML.  A page has hundreds, so each is put together from escaped parts at once."""
        key = citation.document, tuple(citation.spans)
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        report = self._shown.brief[citation.document]
        where = f"{report.name}, {spoken(report.published)}"
        words = " ".join(citation.quote.split())
        words = words if len(words) <= PREVIEW else words[: PREVIEW - 1].rstrip() + "…"
        href = escape(self._shown.url.words(citation))
        title = escape(without_direction(f"{where}: {words}"))
        label = escape(without_direction(f"Words {number}: {where}"))
        return f'<a class="cite" href="{href}" title="{title}" aria-label="{label}">[{number}]</a>'


class Paged(NamedTuple):
    """One page of a list."""

    items: Sequence[Any]
    number: int
    pages: int
    total: int
    first: int  # number of the first item, from 1


def paged(items: Sequence[Any], number: int, size: int = PAGE) -> Paged:
    """The page of that number, the last one where there are fewer."""
    pages = max(1, -(-len(items) // size))
    number = min(number, pages)
    start = (number - 1) * size
    return Paged(items[start : start + size], number, pages, len(items), start + 1)


Fetch = Callable[[int, int], tuple[Sequence[Any], int]]
"""Gives the items of a list from a place on, so many of them, and how many there are in all."""


def fetched(fetch: Fetch, number: int, size: int = PAGE) -> Paged:
    """The page of that number, the last one where there are fewer, of a list asked for page by page."""
    items, total = fetch((number - 1) * size, size)
    pages = max(1, -(-total // size))
    if number > pages:
        number = pages
        items, total = fetch((number - 1) * size, size)
    return Paged(items, number, pages, total, (number - 1) * size + 1)


def fill(shown: Shown, filled: Filled, path: str, query: Mapping[str, str], visit: Visit = READER) -> str:
    """A page of a case, as ``visit`` may see it: with forms (``editing``) where the case can be changed and
    is shown as it is now."""
    here = path.strip("/").split("/")[0]
    parts = [part for part in path.strip("/").split("/") if part]

    def again(**changed: object) -> str:
        """The address of this page with something else asked of it."""
        told: dict[str, object] = {key: value for key, value in query.items() if key not in shown.url.kept}
        return shown.url.of(parts, told | changed)

    left = {name: value for name, value in query.items() if name not in AS_OF and value}
    return _render(
        filled,
        {
            "shown": shown,
            "now_again": quote(path) + (f"?{urlencode(left)}" if left else ""),
            "again": again,
            "case_name": shown.name,
            "as_of": shown.as_of,
            "url": shown.url,
            "cite": Notes(shown),
            "name_of": party,
            "here": here,
            "path": quote(path),
            "alternate": alternate(shown.url, path, query),
            "query": query,
            "judging": Offered(shown),
            "held": shown.asked is not None and shown.asked.clock is Clock.HELD,
            **_for(visit),
            "editing": visit.editing and shown.asked is None,
        },
    )


def fill_error(
    title: str,
    told: Sequence[str],
    todo: str | None,
    visit: Visit = READER,
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """A page that says why there is none, what to do, and addresses (with their words) that may be meant;
    without the case, which may be what cannot be shown."""
    return fill_apart(Filled("error.html.j2", title, {"told": told, "todo": todo, "links": links}), visit)


def fill_apart(filled: Filled, visit: Visit = READER) -> str:
    """A page that needs nothing of the case."""
    context: dict[str, Any] = {"case_name": None, "as_of": None, "shown": None}
    context |= {"again": None, "cite": None, "name_of": party}
    context |= {
        "url": Addresses(None),
        "here": None,
        "path": "/",
        "query": {},
        "held": False,
        "alternate": None,
    }
    return _render(filled, context | {**_for(visit), "judging": None})


def _for(visit: Visit) -> dict[str, Any]:
    """What every page knows of who looks at it."""
    return {
        "editing": visit.editing,
        "token_field": visit.token_field,
        "visitor": visit.by,
        "entered": visit.entered,
    }


def fill_waiting(job: Job, visit: Visit = READER) -> str:
    """A page that says what is being worked out and how far it is."""
    return fill_apart(Filled("waiting.html.j2", "Being worked out", {"job": job}), visit)


def _render(filled: Filled, context: Mapping[str, Any]) -> str:
    template = _environment().get_template(filled.template)
    page = template.render({**context, "title": filled.title, "navigation": NAVIGATION, **filled.context})
    return printable(page)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = environment(TEMPLATES)
    made.filters |= {"name": name_of, "figure": figure_words}
    made.globals |= {"document_name": document_name, "open_words": OPEN}
    return made
