"""Filling the dossier's templates."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from tidewaiter.characters import printable, shown_quote, without_direction
from tidewaiter.dossier.answers import GLANCE_HEAD, IN_FULL, as_reported, at_a_glance, of_transfer
from tidewaiter.dossier.answers_case import of_case
from tidewaiter.dossier.choosing import chosen_words
from tidewaiter.dossier.method import LIMITS, METHOD, by_rules
from tidewaiter.dossier.notes import SHOWN_AT_ONCE, Notebook, slug, text_id
from tidewaiter.dossier.retellings import DRIFT_WORDS, GRAVE
from tidewaiter.dossier.views import (
    REGISTER_COLUMNS,
    alike_claims,
    gather,
    held_against,
    party,
    rests_on,
    steps,
)
from tidewaiter.model import Capture, Citation, Document, Reading, Register, RegisterResponse
from tidewaiter.places import Atlas
from tidewaiter.sizes import DOSSIER_TRANSFERS
from tidewaiter.wording import (
    CATEGORY_WORDS,
    NO_MEASURES,
    ORIGIN_WORDS,
    STANCE_WORDS,
    STANDING_WORDS,
    UNKNOWN,
    VERDICT_WORDS,
    aimed_words,
    as_of_words,
    capital,
    figure_words,
    in_text,
    measure_name,
    measure_note,
    moment,
    name_of,
    origins_words,
    plain,
    remark_words,
    since_words,
    speaker_words,
    spoken,
)

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def render_dossier(
    case_name: str,
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    register: Register,
    made_at: str,
    *,
    captures: Mapping[str, Capture] | None = None,
    transfers: Collection[str] | None = None,
    most: int | None = DOSSIER_TRANSFERS,
    atlas: Atlas | None = None,
) -> str:
    """A case as one HTML page without scripts that needs nothing from outside itself.

    ``readings`` is by document id; ``made_at`` is a day or UTC time of ISO 8601, shown as when the page was
    made; ``captures`` (by SHA-256) adds the custody of each source; ``transfers``: of the transfers with
    these register ids alone; ``most``: else of so many, those told in the most reports; None: of all;
    ``atlas``: where places lie, for the maps; None: without them.  Every citation
    in the page opens the cited document's cleaned text, at the end of the page, at the cited words.  Equal
    input gives equal bytes.

    Raises ``ValueError`` for a register that cites words which the documents do not hold.
    """
    from tidewaiter.dossier.picturing import pictures_of  # what draws takes long to import

    notebook = Notebook(documents)
    view = gather(documents, readings, register, captures or {}, transfers, most=most)
    filled = environment()
    context: dict[str, Any] = {
        "case_name": case_name,
        "made_at": made_at,
        "as_of": register.as_of,
        "view": view,
        "pictures_of": partial(pictures_of, atlas=atlas, href=_source_link),
        "cite": notebook.cite,
        "notebook": notebook,
        "name_of": party,
    }
    # The body first: it numbers the citations, which the texts and the style rules need.
    body = filled.get_template("body.html.j2").render(context)
    page = filled.get_template("page.html.j2").render(
        context | {"body": Markup(body), "style": Markup(_style()), "highlights": _highlights(notebook)}
    )
    return printable(page)


def _source_link(document: str) -> str:
    """Where the page tells of a report as a source."""
    return f"#source-{slug(document)}"


def _highlights(notebook: Notebook) -> Markup:
    """One rule a citation: when it is the page's target, all its words stand out, not only the first
    piece."""
    return Markup("\n").join(
        Markup(f".doc:has(#n{note.number}:target) .k{note.number}{{background:var(--mark-strong)}}")
        for note in notebook.notes
        if note.spans
    )


@lru_cache(maxsize=1)
def _style() -> str:
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")


@lru_cache(maxsize=2)
def environment(templates: Path = TEMPLATES) -> Environment:
    """What fills the templates of a folder: everything escaped, with the words that all pages share."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "bdi": _isolated,
        "as_of_words": as_of_words,
        "spoken": spoken,
        "moment": moment,
        "plain": plain,
        "capital": capital,
        "in_text": in_text,
        "since": since_words,
        "aimed": _aimed,
        "quantity": figure_words,
        "speaker": speaker_words,
        "origins": origins_words,
        "remark_words": remark_words,
        "shown_quote": shown_quote,
        "undirected": without_direction,
        "slug": slug,
        "text_id": text_id,
    }
    environment.globals |= {
        "columns": REGISTER_COLUMNS,
        "at_once": SHOWN_AT_ONCE,
        "category_words": CATEGORY_WORDS,
        "unknown": UNKNOWN,
        "stance_words": STANCE_WORDS,
        "origin_words": ORIGIN_WORDS,
        "verdict_words": VERDICT_WORDS,
        "measure_name": measure_name,
        "measure_note": measure_note,
        "no_measures": NO_MEASURES,
        "rests_on": rests_on,
        "held_against": held_against,
        "alike_claims": alike_claims,
        "standing_words": STANDING_WORDS,
        "steps": steps,
        "in_full": IN_FULL,
        "chosen_words": chosen_words,
        "glance_head": GLANCE_HEAD,
        "glance": at_a_glance,
        "as_reported": as_reported,
        "of_case": of_case,
        "of_transfer": of_transfer,
        "method": METHOD,
        "limits": LIMITS,
        "read_by_rules": by_rules,
        "drift_words": DRIFT_WORDS,
        "grave_drift": GRAVE,
        "ground": _ground,
    }
    return environment


def _isolated(text: object) -> Markup:
    """``text`` as an element whose writing direction cannot reach beyond it."""
    return Markup(f"<bdi>{escape(text)}</bdi>")


def _ground(document: Document, field: str) -> Citation:
    """Where a document's own title, author or date stands in its text."""
    spans = document.anchors[field]
    return Citation(document.id, spans, " ... ".join(document.text[start:end] for start, end in spans))


def _aimed(response: RegisterResponse) -> str:
    """Whom a response is about: "against Iran", "of itself"."""
    return aimed_words(response.kind, response.by, response.against, name_of).strip()
