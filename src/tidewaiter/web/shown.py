"""A case as of one moment, with what pages look up in it; each worked out when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property
from typing import Any

from markupsafe import Markup

from tidewaiter.case import Case
from tidewaiter.contract import relations_by_row
from tidewaiter.dossier.chart import draw
from tidewaiter.dossier.views import DossierView, SourceView, TransferView, gather
from tidewaiter.model import AsOf, Capture, Clock, Copy, Discrepancy, Judged, Register, Relation, Utterance
from tidewaiter.pipeline import Asked, View, no_progress
from tidewaiter.web.addresses import Addresses
from tidewaiter.web.days import Days, days_of
from tidewaiter.web.judging.writer import Writer
from tidewaiter.web.searching import Search


class Shown:
    """One state of the case."""

    def __init__(
        self,
        case: Case,
        asked: Asked | None,
        view: View,
        writer: Writer,
        beside: Callable[..., Any] | None = None,
    ) -> None:
        """``beside``: how what takes long is worked out beside the desk (see ``Desk.worked_out``); None: it
        is done at once, in a case that is small."""
        self.case, self.asked, self.view, self.writer = case, asked, view, writer
        self.url = Addresses(asked)
        self._beside = beside
        self._found: dict[Hashable, Any] = {}

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
        public, held = self.case.report_days()
        return days_of(public), days_of(held)

    @cached_property
    def captures(self) -> Mapping[str, Capture]:
        """Custody by hash."""
        return self.case.captures(self.view)

    @cached_property
    def dossier(self) -> DossierView:
        """What the dossier says of the same view, without its chart."""
        return gather(self.view.documents, self.view.readings, self.register, self.captures, drawn=False)

    @cached_property
    def transfers(self) -> Mapping[str, TransferView]:
        """By register id, in the order of the register."""
        return {one.row.id: one for one in self.dossier.transfers}

    @cached_property
    def sources(self) -> Mapping[str, SourceView]:
        """By document id, in order of date."""
        return {one.document.id: one for one in self.dossier.sources}

    @cached_property
    def chart(self) -> Markup | None:
        """The timeline, drawn; each sign leads to a row of the page's table."""
        labels = {one.row.id: one.label for one in self.dossier.transfers}
        drawn = draw(self.register.timeline, labels, [row for row, _ in self.dossier.timeline])
        return None if drawn is None else _quiet(drawn)

    @cached_property
    def copies(self) -> Mapping[tuple[str, str], Copy]:
        """By the two documents, in the order of their ids."""
        return {(one.a, one.b): one for one in self.register.copies}

    @cached_property
    def utterances(self) -> Mapping[str, Utterance]:
        return {one.id: one for one in self.register.utterances}

    @cached_property
    def discrepancies(self) -> Mapping[str, tuple[Discrepancy, ...]]:
        """Those of each transfer, by register id."""
        found: dict[str, list[Discrepancy]] = {}
        for one in self.register.discrepancies:
            for transfer in one.transfers:
                found.setdefault(transfer, []).append(one)
        return {transfer: tuple(those) for transfer, those in found.items()}

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """What analysts decided, with what became of it; of a past day what they had decided then."""
        return self.case.judged() if self.asked is None else self.register.judgements

    @cached_property
    def undone(self) -> tuple[Judged, ...]:
        """Judgements made or withdrawn since the last build."""
        return self.case.undone()

    @cached_property
    def relations(self) -> Mapping[str, Sequence[Relation]]:
        """Those of each row to others, by register id."""
        return relations_by_row(self.register.relations)

    @cached_property
    def search(self) -> Search:
        """Full-text search over documents and statements."""
        return Search(self.view)


def _quiet(drawn: Markup) -> Markup:
    """The chart as one group to those who hear a page: the table says all that its signs lead to."""
    text = str(drawn)  # a Markup escapes what it puts in
    quiet = text.replace(' role="img"', ' role="group"', 1).replace(' role="graphics-symbol"', "")
    return Markup(quiet.replace('<a tabindex="-1"', '<a aria-hidden="true" tabindex="-1"'))
