"""What stands under a row, a claim, a statement, a document or one field of them: the words, the
document, the date and its ground.

Pure: from what a case holds to one ``Explanation``, which the command line prints and the case app
shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tidewaiter.codec import encode
from tidewaiter.model import (
    Anchors,
    AsOf,
    Citation,
    Claim,
    Document,
    Drift,
    Event,
    JoinReason,
    Mention,
    Origins,
    Position,
    Quantity,
    Reading,
    Register,
    RegisterResponse,
    RegisterRow,
    ReportedTransfer,
    Response,
    Span,
    Spans,
    Speaker,
    Statement,
    Utterance,
)
from tidewaiter.wording import (
    CATEGORY_WORDS,
    NO_MEASURES,
    ORIGIN_WORDS,
    STANCE_WORDS,
    STANDING_WORDS,
    dated_words,
    figure_words,
    measure_name,
    measure_note,
    name_of,
    origins_words,
    plain,
    quoted,
    speaker_words,
    spoken,
    title_of,
)

FIELDS, ABOUT_DOCUMENT = "Fields", "Document"
"""Titles of the sections whose items can be asked for alone (``ID.FIELD``)."""

CONTEXT = 120
"""Characters shown before and after the words: about a line and a half on a terminal of 80."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words with what stands around them; words that stand near each other share a passage."""

    start: int  # position of its first character in the document's text
    text: str
    marks: Spans  # the words, as positions in the document's text, in order and without overlap
    cut: tuple[bool, bool]  # whether the document goes on before and after

    def runs(self) -> Iterator[tuple[str, bool]]:
        """The text in runs, each with whether it is marked."""
        at = 0
        for start, end in self.marks:
            yield self.text[at : start - self.start], False
            yield self.text[start - self.start : end - self.start], True
            at = end - self.start
        yield self.text[at:], False


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one document under a value, and what is known of that document."""

    document: str  # id
    source: str  # path
    title: str | None
    outlet: str | None
    published: str | None  # EDTF
    published_ground: str | None
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One value with its ground."""

    label: str
    value: str | None
    words: tuple[Words, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one sort."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything under one id."""

    kind: str  # register, utterance, transfer, claim, statement, mention, response, event, document
    id: str
    title: str
    sections: tuple[Section, ...]
    as_of: AsOf | None = None  # None: by the case as last built


@dataclass(frozen=True, slots=True)
class Case:
    """What a case holds, looked up by id."""

    documents: Mapping[str, Document]  # by id
    readings: Mapping[str, Reading]  # by document id
    register: Register


Finding = Statement | Mention | ReportedTransfer | Claim | Response | Event


def explain(case: Case, wanted: str) -> Explanation | None:
    """The explanation of ``wanted``; None when nothing has that id, or several documents have it.

    ``wanted`` is an id; ids that are only unique in their document (those of claims, statements,
    mentions, responses, events) are preceded by that document's and a colon
    (``d0123456789ab:c2``) unless no other document has them.  A field of it follows after a dot
    (``t12ab.quantity``).
    """
    found = _explain_id(case, wanted)
    if found is None and "." in wanted:
        owner, _, field = wanted.rpartition(".")
        of_owner = _explain_id(case, owner)
        found = None if of_owner is None else _only(of_owner, field)
    return None if found is None else replace(found, as_of=case.register.as_of)


def candidates(case: Case, wanted: str) -> tuple[str, ...]:
    """The full ids of everything that has the id ``wanted`` (less a field) in some document."""
    return tuple(full_id(name, finding) for name, _, finding in _named(case, wanted.partition(".")[0]))


def full_id(document: str, finding: Finding) -> str:
    """An id that is unique in the case: a reported transfer's own, otherwise with the document's."""
    return finding.id if isinstance(finding, ReportedTransfer) else f"{document}:{finding.id}"


def field_names(explanation: Explanation) -> tuple[str, ...]:
    """The fields that can be asked for alone."""
    return tuple(item.label for item in _fields(explanation).items)


def _fields(explanation: Explanation) -> Section:
    """The section whose items can be asked for alone; an empty one where there is none."""
    found = (one for one in explanation.sections if one.title in (FIELDS, ABOUT_DOCUMENT))
    return next(found, Section(FIELDS, ()))


def _only(explanation: Explanation, field: str) -> Explanation | None:
    fields = _fields(explanation)
    items = tuple(item for item in fields.items if item.label == field)
    if not items:
        return None
    section = Section(fields.title, items)
    return Explanation(explanation.kind, f"{explanation.id}.{field}", explanation.title, (section,))


def _explain_id(case: Case, wanted: str) -> Explanation | None:
    for row in case.register.rows:
        if row.id == wanted:
            return _explain_row(case, row)
    if wanted[:1] == "u":  # asked for before they are worked out
        for utterance in case.register.utterances:
            if utterance.id == wanted:
                return _explain_utterance(case, utterance)
    if wanted in case.documents:
        return _explain_document(case, case.documents[wanted])
    found = list(_named(case, wanted))
    if len(found) != 1:
        return None
    ((name, kind, finding),) = found
    return _explain_finding(case, case.documents[name], case.readings[name], kind, finding)


def _named(case: Case, wanted: str) -> Iterator[tuple[str, str, Finding]]:
    """Document, kind and finding of everything with that id, in that document if it names one."""
    document, _, local = wanted.rpartition(":")
    for name, reading in case.readings.items():
        if document in ("", name):
            yield from ((name, kind, one) for kind, one in _findings(reading) if one.id == local)


def _findings(reading: Reading) -> Iterator[tuple[str, Finding]]:
    for kind, findings in (
        ("transfer", reading.transfers),
        ("claim", reading.claims),
        ("statement", reading.statements),
        ("mention", reading.mentions),
        ("response", reading.responses),
        ("event", reading.events),
    ):
        yield from ((kind, one) for one in findings)


# ------------------------------------------------------------------------------------ the register


def _explain_row(case: Case, row: RegisterRow) -> Explanation:
    cells = tuple(Item(name, cell.value, _cited(case, cell.citations)) for name, cell in row.cells.items())
    questions = tuple(
        Item(one.kind, one.text, _cited(case, one.citations), note=f"since {spoken(one.since)}")
        for one in row.open
    )
    sections = (
        Section("Positions", tuple(_position_items(case, row.positions))),
        Section("Open", questions),
        Section("Answered", tuple(_answered_items(case, row))),
        Section("Decided by analysts", tuple(_remark_items(case, row))),
        Section("Responses", tuple(_response_items(case, row.id))),
        Section("Measures", tuple(_measure_items(case, row))),
        Section(FIELDS, cells),
        Section("Statements", tuple(_row_statements(case, row))),
        Section("Origins", tuple(_origin_items(case, row.origins))),
        Section("Reported in", tuple(_reported_items(case, row))),
        Section("Why joined", tuple(_reason_items(row.reasons))),
        Section("Kept apart", tuple(_reason_items(row.apart))),
    )
    return Explanation("register", row.id, _row_title(row), _filled(sections))


def _row_title(row: RegisterRow) -> str:
    supplier, recipient = (
        row.cells[side].value if side in row.cells else code or "unknown"
        for side, code in (("supplier", row.supplier), ("recipient", row.recipient))
    )
    return f"{supplier} to {recipient}: {CATEGORY_WORDS[row.category]}, {row.stage}"


def _origin_items(case: Case, origins: Origins) -> Iterator[Item]:
    yield Item("independent origins", origins_words(origins), note=origins.why)
    for one in origins.found:
        what = f"{STANDING_WORDS.get(one.standing, one.standing)}, {ORIGIN_WORDS[one.kind]}"
        yield Item(one.holder, what, _cited(case, one.citations), note=one.why)


def _position_items(case: Case, positions: Sequence[Position]) -> Iterator[Item]:
    for position in positions:
        for claim in position.claims:
            said = f", said {spoken(claim.said_on)}" if claim.said_on else ""
            stage = f" ({claim.stage})" if claim.stage else ""
            rating = f", {claim.rating.reliability}{claim.rating.credibility}" if claim.rating else ""
            yield Item(
                f"{position.label} {position.summary}",
                f"{speaker_words(claim.speaker, position.label)} "
                f"{STANCE_WORDS[claim.stance]}{stage}{said}{rating}",
                _cited(case, (claim.citation,)),
                note="; ".join((f"{claim.document}:{claim.claim}", *position.counted)),
            )


def _answered_items(case: Case, row: RegisterRow) -> Iterator[Item]:
    for one in row.closed:
        if one.closed_by is not None:
            note = f"opened {spoken(one.since)}, answered {spoken(one.closed_on)}: {one.text}"
            yield Item(one.kind, one.closed_by.text, _cited(case, one.closed_by.citations), note=note)


def _remark_items(case: Case, row: RegisterRow) -> Iterator[Item]:
    for one in row.judged:
        by = f"{one.judgement}, {one.reported}"
        yield Item(one.about, one.text, _cited(case, (one.citation,)), note=by)


def _row_statements(case: Case, row: RegisterRow) -> Iterator[Item]:
    """The statements that the claims on the row's reported transfers were made in."""
    for document, reported in row.reported:
        reading = case.readings[document]
        transfer = next(one for one in reading.transfers if one.id == reported)
        yield from _statement_items(case.documents[document], reading, transfer)


def _response_items(case: Case, row: str) -> Iterator[Item]:
    for one in case.register.responses:
        why = next((link.why for link in one.answers if link.transfer == row), None)
        for step in one.history if row in one.transfers else ():
            day = step.on or step.reported
            when = f", {'' if step.on else 'reported '}{spoken(day)}" if day else ""
            yield Item(
                plain(one.kind), f"{step.status} {_hits(one)}{when}", _cited(case, step.citations), note=why
            )


def _hits(response: Response | RegisterResponse) -> str:
    """By whom, and against whom."""
    by = name_of(response.by) if response.by else "unknown"
    against = name_of(response.against) if response.against else "unknown"
    return f"by {by} against {response.target or against}"


def _measure_items(case: Case, row: RegisterRow) -> Iterator[Item]:
    """What it would breach if the claim is true, with the words that this rests on; the same words once."""
    if row.measures is None:
        return
    if not row.measures:
        yield Item("measures", NO_MEASURES)
    before: set[tuple[Citation, ...]] = set()
    for one in row.measures:
        cited = tuple(citation for found in one.citations.values() for citation in found)
        label = f"{measure_name(one)} ({one.side})" if one.measure else "not judged"
        shown = () if cited in before else cited
        before.add(cited)
        yield Item(label, one.why, _cited(case, shown), note=measure_note(one))


def _reported_items(case: Case, row: RegisterRow) -> Iterator[Item]:
    for document, reported in row.reported:
        shown = case.documents[document]
        yield Item(reported, shown.source, note=dated_words(shown.published, shown.published_ground))


def _reason_items(reasons: Iterable[JoinReason]) -> Iterator[Item]:
    for reason in reasons:
        yield Item(f"{reason.a} and {reason.b}", f"{reason.score:.2f}", note=reason.why)


# ------------------------------------------------------------------------------------ an utterance


def _explain_utterance(case: Case, utterance: Utterance) -> Explanation:
    tellings = tuple(
        Item(
            f"{one.citation.document}:{one.statement}",
            spoken(one.said_on) if one.said_on else "day of saying not told",
            _cited(case, (one.citation,)),
            note="; ".join(_drift_line(change) for change in one.drift) or None,
        )
        for one in utterance.variants
    )
    about = (
        Item("words", utterance.words, _cited(case, (utterance.variants[0].citation,))),
        Item("day", utterance.day),
        Item("why", utterance.why),
    )
    sections = (Section(FIELDS, about), Section("Tellings", tellings))
    return Explanation("utterance", utterance.id, f"said by {_shown(utterance.speaker)}", sections)


def _drift_line(change: Drift) -> str:
    sides = (quoted(words) if words else "nothing" for words in (change.original, change.variant))
    return f"{plain(change.kind)}: {' became '.join(sides)}"


# ------------------------------------------------------------------------------------ one document


def _explain_document(case: Case, document: Document) -> Explanation:
    known = ("source", "title", "outlet", "author", "published", "published_ground", "language", "url")
    about = [
        Item(name, getattr(document, name), _anchored(document, document.anchors.get(name, ())))
        for name in known
    ]
    about += [Item("capture", sha256) for sha256 in document.captures]
    about += [Item("cleaner", document.cleaner), *(Item("flag", flag) for flag in document.flags)]
    reading = case.readings[document.id]
    found = tuple(
        Item(full_id(document.id, finding), _finding_title(finding), note=kind)
        for kind, finding in _findings(reading)
        if kind not in ("statement", "mention")
    )
    sections = (Section(ABOUT_DOCUMENT, tuple(about)), Section("Found in it", found))
    return Explanation("document", document.id, title_of(document), _filled(sections))


def _explain_finding(
    case: Case, document: Document, reading: Reading, kind: str, finding: Finding
) -> Explanation:
    sections = [Section(FIELDS, tuple(_field_items(document, finding)))]
    if isinstance(finding, ReportedTransfer):
        claims = [one for one in reading.claims if one.transfer == finding.id]
        sections.append(Section("Claims", tuple(_claim_items(document, claims))))
        sections.append(Section("Row", tuple(_member_items(case, document.id, finding.id))))
    if isinstance(finding, ReportedTransfer | Claim):
        sections.append(Section("Statements", tuple(_statement_items(document, reading, finding))))
    sections.append(Section("Read by", (Item("reader", reading.reader),)))
    return Explanation(kind, full_id(document.id, finding), _finding_title(finding), _filled(sections))


def _field_items(document: Document, finding: Finding) -> Iterator[Item]:
    for name, spans in _all_anchors(finding).items():
        yield Item(name, _shown(getattr(finding, name, None)), _anchored(document, spans))


def _claim_items(document: Document, claims: Iterable[Claim]) -> Iterator[Item]:
    for claim in claims:
        yield Item(
            full_id(document.id, claim),
            _finding_title(claim),
            _anchored(document, claim.anchors.get("stance", ())),
        )


def _member_items(case: Case, document: str, reported: str) -> Iterator[Item]:
    for row in case.register.rows:
        if (document, reported) in row.reported:
            yield Item(row.id, _row_title(row))


def _statement_items(
    document: Document, reading: Reading, finding: ReportedTransfer | Claim
) -> Iterator[Item]:
    claims = [
        one
        for one in reading.claims
        if finding.id in (one.id, one.transfer)  # a claim's own, or those of every claim on a transfer
    ]
    wanted = {one.statement for one in claims}
    for statement in reading.statements:
        if statement.id in wanted:
            yield Item(
                full_id(document.id, statement),
                _finding_title(statement),
                _anchored(document, statement.content.spans),
            )


def _all_anchors(finding: Finding) -> Anchors:
    if not isinstance(finding, Statement):
        return finding.anchors
    parts = {"source": finding.source, "cue": finding.cue, "content": finding.content}
    return {name: part.spans for name, part in parts.items() if part is not None} | dict(finding.anchors)


def _finding_title(finding: Finding) -> str:
    if isinstance(finding, Statement):
        who = finding.source.text if finding.source else "somebody"
        return f"{who} {finding.cue.text if finding.cue else 'says'} ({finding.mode})"
    if isinstance(finding, Claim):
        stage = f" ({finding.stage})" if finding.stage else ""
        return f"{_shown(finding.speaker)} {STANCE_WORDS[finding.stance]}{stage}: {finding.transfer}"
    if isinstance(finding, Response):
        return f"{plain(finding.kind)} {_hits(finding)}: {finding.status}"
    if isinstance(finding, Event):
        return f"{plain(finding.type)}: {finding.text}"
    sides = (name_of(code) if code else "unknown" for code in (finding.supplier, finding.recipient))
    goods = "arms" if finding.category is None else CATEGORY_WORDS[finding.category]
    return f"{' to '.join(sides)}: {goods}, {finding.stage}"


# ------------------------------------------------------------------------------------ words


def _cited(case: Case, citations: Iterable[Citation]) -> tuple[Words, ...]:
    """The words cited, one ``Words`` a document, in the order in which documents are first cited."""
    spans: dict[str, list[Span]] = {}
    for citation in citations:
        spans.setdefault(citation.document, []).extend(citation.spans)
    return tuple(
        words for name, found in spans.items() for words in _anchored(case.documents[name], tuple(found))
    )


def _anchored(document: Document, spans: Spans) -> tuple[Words, ...]:
    if not spans:
        return ()
    return (
        Words(
            document=document.id,
            source=document.source,
            title=document.title,
            outlet=document.outlet,
            published=document.published,
            published_ground=document.published_ground,
            passages=tuple(_passage(document.text, marks) for marks in _near(_merged(spans))),
        ),
    )


def _merged(spans: Spans) -> list[Span]:
    """In order, those that overlap or touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return merged


def _near(spans: Sequence[Span]) -> list[list[Span]]:
    """Those whose surroundings would overlap, together."""
    groups: list[list[Span]] = []
    for span in spans:
        if groups and span.start - groups[-1][-1].end <= CONTEXT:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _passage(text: str, marks: Sequence[Span]) -> Passage:
    """The marks with their surroundings, beginning and ending at a word."""
    first, last = marks[0].start, marks[-1].end
    start, end = max(0, first - CONTEXT), min(len(text), last + CONTEXT)
    if start > 0 and (space := text.find(" ", start, first)) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", last, end)) >= 0:
        end = space
    return Passage(start, text[start:end], tuple(marks), (start > 0, end < len(text)))


def _shown(value: object) -> str | None:
    """A field's value for reading."""
    if isinstance(value, Speaker):
        return speaker_words(value, None if value.actor is None else name_of(value.actor))
    if isinstance(value, Quantity):
        return figure_words(value)
    plain = encode(value)
    if plain is None or isinstance(plain, str):
        return plain
    if isinstance(plain, dict):
        text = plain.get("text")
        return (
            text if isinstance(text, str) else ", ".join(f"{key} {one}" for key, one in plain.items() if one)
        )
    return str(plain)


def _filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(section for section in sections if section.items)
