"""A dossier as blocks, section by section; what is written as Markdown or set as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tidewaiter.characters import shown_quote
from tidewaiter.dossier.answers import CITED, GLANCE_HEAD, IN_FULL, Answer, at_a_glance, of_transfer
from tidewaiter.dossier.answers_case import of_case
from tidewaiter.dossier.blocks import (
    Block,
    Facts,
    Footnote,
    Heading,
    Items,
    Line,
    Notes,
    Paper,
    Paragraph,
    Picture,
    Table,
    Words,
)
from tidewaiter.dossier.chart import IN_TABLE_ONLY
from tidewaiter.dossier.choosing import chosen_words
from tidewaiter.dossier.counting import joined, plural
from tidewaiter.dossier.method import LIMITS, METHOD, by_rules
from tidewaiter.dossier.notes import Note, Notebook
from tidewaiter.dossier.paper_retold import retold_blocks
from tidewaiter.dossier.paper_sources import shortened, source_id, sources_blocks, unread_blocks
from tidewaiter.dossier.paper_transfer import (
    TIMELINE_WIDTHS,
    answer_line,
    number_words,
    step_words,
    transfer_blocks,
)
from tidewaiter.dossier.views import REGISTER_COLUMNS, DossierView, TransferView
from tidewaiter.model import AsOf, Citation, Measure, Register, ResponseStep
from tidewaiter.places import Atlas
from tidewaiter.wording import (
    UNKNOWN,
    VERDICT_WORDS,
    as_of_words,
    capital,
    measure_name,
    name_of,
    plain,
    spoken,
)

KICKER = "Dossier of reported arms transfers"

NOT_WHAT_HAPPENED = "A record of what was said and by whom, with the words; not of what happened."

NUMBERS_NOTE = "A number in round brackets is that of a transfer: the table below has them all."

REGISTER_NOTE = (
    "Columns and signs follow the trade register of the SIPRI Arms Transfers Database: ( ) around a figure"
    " or year that is uncertain, .. for one that is not available. The furthest stage is an addition:"
    " sought, planned, agreed, shipped, delivered, used. The words that each field rests on stand with the"
    " transfer of the same number."
)

CHART_NOTE = (
    "A sign is a day; a bar is the span within which the day lies; a"
    " hollow sign is the last day that it can be, mostly that of the report, or the first."
)

REGISTER_WIDTHS = (0.35, 1.0, 0.95, 1.0, 0.95, 1.1, 0.65, 0.75, 1.05, 0.8, 5.0)

NAME_LENGTH = 56
"""Characters of a report's name at the foot of a page: with day and place it fills a line."""


def write_paper(
    case_name: str,
    view: DossierView,
    register: Register,
    notebook: Notebook,
    day: str | None,
    atlas: Atlas | None = None,
) -> Paper:
    """The dossier of ``view``.  ``day``: ISO, that which it says it is of; ``atlas``: None: without maps."""
    writer = _Writer(view, notebook, atlas)
    # The sections first: it is they that have the words at the foot of the page, in the order of the numbers.
    body = tuple(writer.body())
    first = tuple(writer.first_page(register.as_of))
    return Paper(
        title=case_name,
        kicker=KICKER,
        lines=tuple(_lines(view, register.as_of, day)),
        first=first,
        body=body,
        footnotes=tuple(_footnote(note, view) for note in notebook.notes),
        running=_running(case_name, register.as_of, day),
        day=day,
    )


def _lines(view: DossierView, as_of: AsOf | None, day: str | None) -> Iterator[str]:
    reports = plural(view.counts["documents"], "report")
    if as_of is not None:
        told = as_of_words(as_of)
        yield f"{capital(told)}. What came after that day is not in it, nor is anything worked out from it."
    state = f", as the case stood on {spoken(day)}" if day and as_of is None else ""
    if view.chosen is None:
        yield f"From {reports}{state}. {NOT_WHAT_HAPPENED}"
    else:
        told = chosen_words(view.chosen, len(view.transfers))
        yield f"{told}. From {reports} of its {view.chosen.documents:,}{state}. {NOT_WHAT_HAPPENED}"


def _running(case_name: str, as_of: AsOf | None, day: str | None) -> str:
    words = f"as of {spoken(as_of.day)}" if as_of is not None else (f"state of {spoken(day)}" if day else "")
    return f"{case_name}, {words}" if words else case_name


def _footnote(note: Note, view: DossierView) -> Footnote:
    """The words, and where they stand: the title of the report is in the list of sources, to which its number
    leads."""
    quote = shown_quote(" ".join(note.quote.split()))
    where = ", ".join(f"{start}–{end}" for start, end in note.spans)
    place = f"characters {where}" if where else "the whole"
    source = view.source(note.document.id)
    if source is None:
        return Footnote(note.number, quote, f"{note.document.source}, date not known, {place}")
    day = "date not known" if source.published is None else spoken(source.published)
    name = shortened(source.name, NAME_LENGTH)
    called = f"“{name}”" if source.name == source.title else name
    number = view.sources.index(source) + 1
    where = f"{called}, {day}, {place}"
    return Footnote(note.number, quote, where, number, source_id(note.document.id))


class _Writer:
    """The sections in the order in which they are read; citations get their numbers in that order."""

    def __init__(self, view: DossierView, notebook: Notebook, atlas: Atlas | None) -> None:
        self.atlas = atlas
        self.view = view
        # Then what is gathered over all transfers would be said twice.
        self.is_of_one = len(view.transfers) == 1 and view.transfers[0].responses == view.responses
        self.notebook = notebook

    def cite(self, citations: Iterable[Citation], most: int | None = None) -> Line:
        numbers = self.notebook.numbers(list(citations)[:most])
        return (Notes(numbers),) if numbers else ()

    # ------------------------------------------------------------------------ the first page

    def first_page(self, as_of: AsOf | None) -> Iterator[Block]:
        view = self.view
        if view.counts["unreadable"]:
            are = "are" if view.counts["unreadable"] != 1 else "is"
            text = (
                f"{plural(view.counts['unreadable'], 'source')} could not be read and {are} not part of this."
            )
            yield Paragraph((Words(capital(text)),), "notice")
        if not view.sources and as_of is not None:
            by_then = "public" if as_of.clock == "public" else "held"
            yield Paragraph(
                (Words(f"No report was {by_then} by {spoken(as_of.day)}: the register is empty."),)
            )
        elif not view.sources:
            yield Paragraph((Words("The case holds no reports yet."),))
        elif not view.transfers:
            yield Paragraph((Words(NO_TRANSFERS),))
        elif len(view.transfers) <= IN_FULL:
            for transfer in view.transfers:
                yield Heading(2, transfer.label, f"first-{transfer.number}", small=True)
                yield self._answers(of_transfer(transfer))
        else:
            yield Paragraph((Words(NUMBERS_NOTE),), "quiet")
            yield self._answers(of_case(view))
            yield Heading(2, "The transfers at a glance", "glance", small=True)
            yield self._glance()

    def _answers(self, answers: Sequence[Answer]) -> Facts:
        return Facts(tuple((one.question, answer_line(one, self.cite)) for one in answers), "answers")

    def _glance(self) -> Table:
        rows = tuple(
            (
                (Words(str(one.number), to=f"transfer-{one.number}"),),
                *((Words(text),) for text in at_a_glance(one)),
            )
            for one in self.view.transfers
        )
        return Table(GLANCE_HEAD, rows, (0.4, 2.6, 2.1, 1.75, 1.3, 1.05, 1.05))

    # ------------------------------------------------------------------------ the rest

    def body(self) -> Iterator[Block]:
        yield from self._method()
        yield Heading(1, "Register", "register")
        yield from self._register()
        if self.view.transfers:
            yield Heading(1, "Transfers, one by one", "transfers")
        for transfer in self.view.transfers:
            yield from transfer_blocks(transfer, self.view, self.cite, self.atlas)
        yield from self._discrepancies()
        if not self.is_of_one:
            yield from self._responses()
            yield from self._rules()
            yield from self._open()
        yield from retold_blocks(self.view, self.cite)
        yield from self._timeline()
        yield from sources_blocks(self.view, self.cite)
        yield from unread_blocks(self.view)

    def _method(self) -> Iterator[Block]:
        yield Heading(1, "How this was made, and what it does not show", "method")
        rules = (by_rules(self.view.by_rules),) if self.view.by_rules else ()
        for text in (*METHOD, *LIMITS, *rules):
            yield Paragraph((Words(text),))

    def _register(self) -> Iterator[Block]:
        if not self.view.transfers:
            yield Paragraph((Words("The register has no rows."),))
            return
        yield Paragraph((Words(REGISTER_NOTE),), "quiet")
        if len(self.view.transfers) <= IN_FULL:
            yield self._few_rows()
            return
        head = ("No.", *(label for _, label in REGISTER_COLUMNS))
        yield Table(head, tuple(map(self._register_row, self.view.transfers)), REGISTER_WIDTHS, "wide")

    def _few_rows(self) -> Table:
        """The register turned: a column for each transfer, so that no page has to lie on its side for it."""
        rows = [self._register_row(one) for one in self.view.transfers]
        head = ("No.", *(str(one.number) for one in self.view.transfers))
        turned = tuple(
            ((Words(label),), *(row[index] for row in rows))
            for index, (_, label) in enumerate(REGISTER_COLUMNS, start=1)
        )
        return Table(head, turned, (1.0, *(IN_FULL / len(rows) for _ in rows)))

    def _register_row(self, transfer: TransferView) -> tuple[Line, ...]:
        cells = transfer.row.cells
        values = [cells[key].value if key in cells else UNKNOWN for key, _ in REGISTER_COLUMNS]
        number = Words(str(transfer.number), to=f"transfer-{transfer.number}")
        return ((number,), *((Words(value),) for value in values))

    def _discrepancies(self) -> Iterator[Block]:
        yield Heading(1, "Where reports disagree", "discrepancies")
        if not self.view.discrepancies:
            yield Paragraph((Words(NO_DISCREPANCIES),))
        for title, found in self.view.discrepancies:
            yield Heading(2, title, f"discrepancies-{title}")
            for one in found:
                yield Paragraph((Words(plain(one.kind).capitalize(), "strong"), Words(f": {one.about}")))
                yield Items(
                    tuple(
                        (
                            Words(shown_quote(value.value), "quote"),
                            Words(f" in {self._told_in(value.citations)}"),
                            Words(", likelier" if index == one.likelier else "", "strong"),
                            *self.cite(value.citations),
                        )
                        for index, value in enumerate(one.values)
                    )
                )
                ground = one.why if one.likelier is not None else f"None is likelier: {one.why}"
                numbers = [t.number for t in map(self.view.transfer, one.transfers) if t is not None]
                of = (Words(" Of transfer "), *number_words(numbers), Words(".")) if numbers else ()
                yield Paragraph((Words(f"{capital(ground)}."), *of), "quiet")

    def _told_in(self, citations: Sequence[Citation]) -> str:
        sources = [self.view.source(name) for name in dict.fromkeys(one.document for one in citations)]
        return joined([source.called for source in sources if source is not None])

    def _responses(self) -> Iterator[Block]:
        yield Heading(1, "Responses", "responses")
        if not self.view.responses:
            yield Paragraph((Words(NO_RESPONSES),))
            return
        rows = []
        for response in self.view.responses:
            against = "" if response.against is None else name_of(response.against)
            if response.kind == "veto" and against:
                against = f"a draft by {against}"
            aimed = "; ".join(part for part in (against, response.target or "") if part)
            numbers = [t.number for t in map(self.view.transfer, response.transfers) if t is not None]
            rows.append(
                (
                    (Words(plain(response.kind)),),
                    (Words("not told" if response.by is None else name_of(response.by)),),
                    (Words(aimed or "not told"),),
                    self._steps(response.history),
                    tuple(number_words(numbers)) or (Words("none named", "quiet"),),
                )
            )
        head = ("What", "By", "Against", "How far, and when", "Transfers")
        yield Table(head, tuple(rows), (1.15, 1.2, 1.5, 3.3, 0.8))

    def _steps(self, history: Sequence[ResponseStep]) -> Line:
        line: list[Words | Notes] = []
        for step in history:
            line += [Words(("; " if line else "") + step_words(step)), *self.cite(step.citations, CITED)]
        return tuple(line)

    def _rules(self) -> Iterator[Block]:
        yield Heading(1, "Rules that would be breached if the claims are true", "rules")
        rows = tuple(
            (
                (Words(measure_name(found[0][1])),),
                (Words(f"{found[0][1].side}{_who(found[0][1])}"),),
                (Words(VERDICT_WORDS[found[0][1].verdict]),),
                tuple(number_words([number for number, _ in found])),
            )
            for found in _by_rule(self.view.transfers)
        )
        if not rows:
            yield Paragraph((Words("None of the measures known would be breached."),))
            return
        yield Paragraph((Words(RULES_NOTE),), "quiet")
        yield Table(("Rule", "Side", "Verdict", "Transfers"), rows, (3.2, 2.0, 1.4, 1.0))

    def _open(self) -> Iterator[Block]:
        yield Heading(1, "Open questions", "open")
        rows = tuple(
            (
                (Words(str(one.number), to=f"transfer-{one.number}"),),
                (Words(capital(question.text)), *self.cite(question.citations, CITED)),
                (Words(spoken(question.since)),),
            )
            for one in self.view.transfers
            for question in one.row.open
        )
        if rows:
            yield Table(("Transfer", "Question", "Open since"), rows, (0.7, 4.6, 1.4))
        else:
            yield Paragraph((Words("None of those that this program looks for."),))

    def _timeline(self) -> Iterator[Block]:
        yield Heading(1, "Timeline", "timeline")
        if self.view.chart:
            yield Picture(str(self.view.chart), "What was said and done, by transfer", CHART_NOTE)
        if not self.view.timeline:
            yield Paragraph((Words("Nothing in these reports could be put in order of time."),))
            return
        if self.is_of_one:
            yield Paragraph((Words(TIMELINE_OF_ONE),), "quiet")
            return
        rows = []
        yield Paragraph((Words(TIMELINE_NOTE),), "quiet")
        for _, entry in self.view.timeline:
            if entry.kind in IN_TABLE_ONLY:
                continue
            numbers = [t.number for t in map(self.view.transfer, entry.transfers) if t is not None]
            rows.append(
                (
                    (Words(spoken(entry.when)),),
                    (Words(entry.text), *self.cite(entry.citations, CITED)),
                    tuple(number_words(numbers)),
                )
            )
        yield Table(("When", "Said or done", "Transfers"), tuple(rows), TIMELINE_WIDTHS)


def _by_rule(transfers: Sequence[TransferView]) -> list[list[tuple[int, Measure]]]:
    """The measures of all transfers with the numbers of these: one entry for each rule, side and verdict,
    those that would be breached first."""
    found: dict[tuple[str, str, str, str | None], dict[int, Measure]] = {}
    for transfer in transfers:
        for one in transfer.row.measures or ():
            if one.measure is not None:
                key = (one.verdict, measure_name(one), one.side, one.who)
                found.setdefault(key, {}).setdefault(transfer.number, one)
    ordered = sorted(found, key=lambda key: list(VERDICT_WORDS).index(key[0]))
    return [list(found[key].items()) for key in ordered]


def _who(measure: Measure) -> str:
    return "" if measure.who is None else f": {name_of(measure.who)}"


NO_TRANSFERS = (
    "No reported arms transfer was found in these reports. That is a statement about what the program could"
    " read out of them, not about what they say."
)

NO_DISCREPANCIES = (
    "No dates, numbers, names, places, directions or outcomes were found that contradict each other. That"
    " says what the program looked for and did not find, not that the reports agree."
)

NO_RESPONSES = "No sanction, referral, interdiction, veto or other response was found in these reports."

TIMELINE_OF_ONE = "The same as a table stands with the transfer, under “In order of time”."

TIMELINE_NOTE = "When questions came to be open and when they were answered stands with each transfer."

RULES_NOTE = (
    "Rules that were, or may have been, in force on the days told, held against what is alleged. None of this"
    " says that anything was breached. The grounds stand with each transfer."
)
