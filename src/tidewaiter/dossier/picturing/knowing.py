"""Who knows a transfer first-hand, in which reports, and which of those are copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tidewaiter import edtf
from tidewaiter.dossier.counting import figure, plural
from tidewaiter.dossier.picturing.values import Cell, Picture, markup
from tidewaiter.dossier.views import TransferView
from tidewaiter.model import Copy, Origin
from tidewaiter.pictures.canvas import NARROW, Href
from tidewaiter.pictures.lanes import Derived, Holder, Report, families
from tidewaiter.pictures.origins import RELATIONS, Graph, draw_origins
from tidewaiter.wording import ORIGIN_WORDS, STANDING_WORDS, capital, spoken

FEWEST_REPORTS = 2
"""Reports of which a picture tells more than the list does."""


def origins_of(transfer: TransferView, href: Href | None, *, small: bool = False) -> Picture | None:
    """The picture of origins; None where fewer than two reports tell of it.  ``small``: also as a phone shows
    it."""
    if len(transfer.sources) < FEWEST_REPORTS:
        return None
    found = transfer.row.origins.found
    telling = {
        one.document.id: tuple(
            number for number, origin in enumerate(found) if _tells(origin, one.document.id)
        )
        for one in transfer.sources
    }
    reports = tuple(
        Report(
            one.document.id, one.name, _day(one.published), spoken(one.published), telling[one.document.id]
        )
        for one in transfer.sources
    )
    holders = tuple(Holder(one.holder, one.standing, ORIGIN_WORDS[one.kind]) for one in found)
    graph = Graph(holders, reports, tuple(map(_derived, transfer.copies)))
    those = families(reports, graph.copies)
    once = (
        "" if len(those) == len(reports) else f", {figure(len(those))} when copies of one another count once"
    )
    note = (
        f"{plural(len(reports), 'report')}{once}, and who in them"
        " may know it first-hand. A report stands at the day on which it was published; a line leads from who"
        " may know it to the first report of a text that tells of them, and from a report to its copies."
    )
    name = f"{transfer.id}-graph"
    called = f"Origins of {transfer.supplier} to {transfer.recipient}"
    svg = draw_origins(graph, name, called, note, href)
    other = draw_origins(graph, f"{name}-small", called, note, href, NARROW) if small else None
    from_ = {copy: derived for family in those for copy, derived in family.from_.items()}
    names = {one.document.id: one.called for one in transfer.sources}
    rows = tuple(_report_row(one, names, found, from_) for family in those for one in family.reports)
    head = ("Report", "Published", "Tells of", "Text")
    title = "From those who know to the reports"
    return Picture(
        "origin-graph",
        name,
        "Who knows",
        title,
        capital(note),
        markup(svg),
        head,
        (2.0, 1.4, 2.4, 2.2),
        rows,
        small=markup(other),
    )


def _tells(origin: Origin, document: str) -> bool:
    return any(one.document == document for one in origin.citations)


def _day(published: str | None) -> date | None:
    bounds = edtf.safe_bounds(published)
    return bounds.earliest or bounds.latest


def _derived(copy: Copy) -> Derived:
    first, second = (copy.b, copy.a) if copy.direction == "b->a" else (copy.a, copy.b)
    return Derived(first, second, copy.relation, copy.similarity, copy.direction is not None)


def _report_row(
    report: Report, called: Mapping[str, str], found: Sequence[Origin], from_: Mapping[str, Derived]
) -> tuple[Cell, ...]:
    cited = tuple(
        citation
        for number in report.holders
        for citation in found[number].citations
        if citation.document == report.id
    )
    told = "; ".join(
        f"{found[number].holder} ({STANDING_WORDS[found[number].standing]})" for number in report.holders
    )
    derived = from_.get(report.id)
    if derived is None:
        copied = Cell("its own")
    else:
        how = RELATIONS.get(derived.relation, ("", derived.relation))[1]
        unsure = "" if derived.is_directed else "; which was first is not certain"
        copied = Cell(f"{how} from {called[derived.original]}{unsure}")
    return Cell(report.name, (), report.id), Cell(report.day_words), Cell(told or "nobody", cited), copied
