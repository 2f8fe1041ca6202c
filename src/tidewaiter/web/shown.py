"""A case as of one moment, with what pages look up in it; each worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from tidewaiter.case import Case
from tidewaiter.dossier.chart import NARROW, WIDE, draw
from tidewaiter.dossier.views import SourceView, TransferView, named, source_view, transfer_view, wording_in
from tidewaiter.errors import CaseError
from tidewaiter.model import (
    AsOf,
    Capture,
    Clock,
    Copy,
    Judged,
    PositionClaim,
    Register,
    RegisterRow,
    TimelineEntry,
    Utterance,
)
from tidewaiter.pipeline import Asked, View, no_progress
from tidewaiter.pipeline.lists import Brief, Lists, Report
from tidewaiter.pipeline.looking import Looked
from tidewaiter.register.lines import Line
from tidewaiter.web.addresses import Addresses
from tidewaiter.web.days import Days, days_of
from tidewaiter.web.judging.writer import Writer
from tidewaiter.web.searching import Search
from tidewaiter.web.working import compare_case

AT_HAND, LINES_AT_HAND = 8, 500
"""Views of transfers, which are large, and lines of rows and reports, kept at hand."""


class RowView(NamedTuple):
    """A row as lists show it."""

    row: RegisterRow  # without what only its own page shows
    supplier: str
    recipient: str
    goods: str
    reports: int
    claims: int

    @classmethod
    def of(cls, line: Line) -> RowView:
        return cls(line.row, *named(line.row), line.reports, line.claims)

    @property
    def label(self) -> str:
        """Name on one line."""
        return f"{self.supplier} → {self.recipient}: {self.goods}"


class Shown:
    """One state of the case."""

    def __init__(
        self,
        case: Case,
        asked: Asked | None,
        view: View,
        writer: Writer,
        beside: Callable[..., Any] | None = None,
        kept: dict[Hashable, tuple[Hashable, Any]] | None = None,
    ) -> None:
        """``beside``: how what takes long is worked out beside the desk (see ``Desk.worked_out``); None: it
        is done at once, in a case that is small.  ``kept``: what lasts longer than this state."""
        self.case, self.asked, self.view, self.writer = case, asked, view, writer
        self.url = Addresses(asked)
        self._beside = beside
        self._found: dict[Hashable, Any] = {}
        self._kept = {} if kept is None else kept

    def worked_out(self, key: Hashable, what: str, work: Callable[..., Any], *arguments: Any) -> Any:
        """What a piece of work gives that may take long: a function of a module, called with the folder of
        the case, the arguments and a ``Progress``.  ``what``: it in words.

        Raises ``Waiting`` while it is being worked out.
        """
        if self._beside is not None:
            return self._beside(key, what, work, *arguments)
        return self.once(key, lambda: work(self.case.folder, *arguments, no_progress))

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, worked out when first asked for under that key."""
        if key not in self._found:
            self._found[key] = make()
        return self._found[key]

    def _custody(self) -> tuple[int, int]:
        """Another one whenever something was taken into custody, or out of it."""
        try:
            status = (self.case.folder / "custody.jsonl").stat()
        except OSError:  # nothing was yet
            return 0, 0
        return status.st_size, status.st_mtime_ns

    def lasting(self, key: Hashable, state: Hashable, make: Callable[[], Any]) -> Any:
        """The same, kept from one state of the case to the next for as long as ``state`` is the same."""
        kept = self._kept.get((key, self.asked))
        if kept is None or kept[0] != state:
            self._kept[key, self.asked] = kept = (state, make())
        return kept[1]

    @property
    def name(self) -> str:
        """Of the case."""
        return self.case.settings.name

    @property
    def register(self) -> Register:
        return self.view.register

    @property
    def as_of(self) -> AsOf | None:
        return self.register.as_of

    @property
    def days(self) -> Days:
        """The days on which the case as it is now has reports, by the clock that is looked at."""
        return self.days_by(is_held=self.asked is not None and self.asked.clock is Clock.HELD)

    def days_by(self, *, is_held: bool) -> Days:
        """The same by one of the clocks: of being held, or of being public."""
        public, held = self._days
        return held if is_held else public

    @cached_property
    def _days(self) -> tuple[Days, Days]:
        """By the case as it is now, whatever day is looked at: of all that is in custody."""
        state = self._custody(), Lists(self.case.derived).last_read

        def make() -> tuple[Days, Days]:
            public, held = self.case.report_days()
            return days_of(public), days_of(held)

        found: tuple[Days, Days] = self.lasting("days", state, make)
        return found

    @property
    def lists(self) -> Lists:
        """What it shows, page by page."""
        return self.view.lists

    @property
    def counts(self) -> Mapping[str, int]:
        """What the case holds, in figures."""
        return self.lists.counts

    @cached_property
    def captures(self) -> Mapping[str, Capture]:
        """Custody by hash."""
        if self.as_of is not None and self.as_of.clock is Clock.HELD:
            return self.case.captures(self.view)
        return Looked(self.case.capture, lambda: self.case.captures(self.view))

    # --------------------------------------------------------------------------- transfers

    @cached_property
    def transfers(self) -> Mapping[str, TransferView]:
        """By register id; looked up, each with all that its page shows."""
        return Looked(lru_cache(maxsize=AT_HAND)(self._transfer), self._row_names)

    @cached_property
    def lines(self) -> Mapping[str, RowView]:
        """By register id; looked up, each as lists show it."""
        return Looked(lru_cache(maxsize=LINES_AT_HAND)(self._line), self._row_names)

    def _row_names(self) -> list[str]:
        return self.lists.row_names()

    def _transfer(self, name: str) -> TransferView:
        lists, row = self.lists, self.lists.row(name)
        if row is None:
            raise KeyError(name)
        reporting = {document for document, _ in row.reported}
        about = Register(
            rows=(row,),
            responses=lists.responses_to(name),
            timeline=(),
            copies=tuple(dict.fromkeys(one for name in sorted(reporting) for one in lists.copies_of(name))),
            relations=lists.relations_of(name),
        )
        reporters = Looked(self._reporter, tuple)
        return transfer_view(lists.number_of(name), row, about, self.sources, reporters, self._told_in)

    def _told_in(self, document: str) -> Iterator[RegisterRow]:
        """The rows that a document tells of, as lists show them."""
        for name in sorted(set(self.lists.rows_in(document).values())):
            if (found := self.lists.line(name)) is not None:
                yield found.row

    def _reporter(self, reported: str) -> str:
        """The name of the report that tells of a reported transfer."""
        document = self.lists.document_of(reported)
        if document is None:
            raise KeyError(reported)
        return self.sources[document].name

    def _line(self, name: str) -> RowView:
        found = self.lists.line(name)
        if found is None:
            raise KeyError(name)
        return RowView.of(found)

    # --------------------------------------------------------------------------- documents

    @cached_property
    def sources(self) -> Mapping[str, SourceView]:
        """By document id; looked up."""
        return Looked(lru_cache(maxsize=LINES_AT_HAND)(self._source), lambda: self.view.by_id)

    def _source(self, name: str) -> SourceView:
        return source_view(self.view.by_id[name], self.captures, self.lists.transfers_in(name))

    @cached_property
    def brief(self) -> Mapping[str, Brief]:
        """What is told of a document wherever it is cited, by id; looked up."""
        return Looked(lru_cache(maxsize=LINES_AT_HAND)(self._brief), lambda: self.view.by_id)

    def _brief(self, name: str) -> Brief:
        found = self.lists.brief(name)
        if found is None:
            raise KeyError(name)
        return found

    @cached_property
    def reports(self) -> Sequence[Report]:
        """Every document in brief, in order of date."""
        found: Sequence[Report] = self.lasting("reports", self.lists.state, self.lists.reports)
        return found

    def wording(self, claim: PositionClaim) -> str:
        """Whose words are cited for a claim: the speaker's or the report's."""
        return wording_in(self.view.readings[claim.document], claim)

    # --------------------------------------------------------------------------- copies

    @cached_property
    def copies(self) -> Mapping[tuple[str, str], Copy]:
        """By the two documents, in the order of their ids; looked up."""
        return Looked(self._copy, lambda: [(a, b) for a, b, _ in self.lists.pairs()])

    def _copy(self, pair: tuple[str, str]) -> Copy:
        found = self.lists.copy(*pair)
        if found is None:
            raise KeyError(pair)
        return found

    # --------------------------------------------------------------------------- what comparing gave

    def have_compared(self) -> None:
        """See that utterances and discrepancies are kept, be they of a state before.

        Raises ``Waiting`` while they are worked out for the first time, ``CaseError`` where they cannot be
        kept.
        """
        if self.lists.was_compared:
            return
        self.begin_comparing()
        raise CaseError(
            "what reports say could not be compared, as the case cannot be written",
            where=str(self.case.folder),
            todo="Copy the case to a folder that can be written and open it there.",
        )

    def begin_comparing(self) -> None:
        """Have utterances and discrepancies worked out of this state.  Raises ``Waiting`` until then."""
        what = "what reports say of the same, and where they disagree"
        self.worked_out(("compared", self.asked, self.lists.state), what, compare_case, self.asked)

    @property
    def is_comparing(self) -> bool:
        """Whether utterances and discrepancies are those of a state before."""
        return not self.lists.is_compared

    @cached_property
    def utterances(self) -> Mapping[str, Utterance]:
        """By id; looked up."""
        return Looked(self._utterance, tuple)

    def _utterance(self, name: str) -> Utterance:
        found = self.lists.utterance(name)
        if found is None:
            raise KeyError(name)
        return found

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """What analysts decided, with what became of it; of a past day what they had decided then."""
        return self.case.judged() if self.asked is None else self.register.judgements

    @cached_property
    def undone(self) -> tuple[Judged, ...]:
        """Judgements made or withdrawn since the last build."""
        return self.case.undone()

    @cached_property
    def search(self) -> Search:
        """Full-text search over documents and statements."""
        return Search(self.view)

    # --------------------------------------------------------------------------- the timeline

    def drawn(self, entries: Sequence[TimelineEntry], rows: Sequence[str]) -> list[Markup]:
        """The timeline, drawn for wide and for narrow screens, or nothing; ``rows``: element ids of the rows
        of the page's table, to which signs lead."""
        named = dict.fromkeys(name for one in entries for name in one.transfers if name in self.lines)
        numbers = {name: self.lists.number_of(name) for name in named}
        labels = {name: f"{numbers[name]}. {self.lines[name].label}" for name in named}
        labels = dict(sorted(labels.items(), key=lambda pair: numbers[pair[0]]))
        drawn = (draw(entries, labels, rows, layout) for layout in (WIDE, NARROW))
        return [_quiet(one) for one in drawn if one is not None]


def _quiet(drawn: Markup) -> Markup:
    """The chart as one group to those who hear a page: the table says all that its signs lead to."""
    text = str(drawn)  # a Markup escapes what it puts in
    quiet = text.replace(' role="img"', ' role="group"', 1).replace(' role="graphics-symbol"', "")
    return Markup(quiet.replace('<a tabindex="-1"', '<a aria-hidden="true" tabindex="-1"'))
