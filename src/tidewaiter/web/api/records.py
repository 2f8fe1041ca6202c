"""The shapes of what the endpoints answer: the lines of ``contract`` as types, from which the OpenAPI
document is made.

A record is a value of the model with some fields told otherwise (a citation names its report by source and
by id), so each is derived from the model's own type: a field added there is in the schema at once.
"""

from __future__ import annotations

from types import GenericAlias
from typing import Annotated, Any, Literal, TypedDict, get_type_hints

from msgspec import Meta

from tidewaiter import model

MAKE: Any = TypedDict
"""Under another name: mypy wants to know beforehand what is made."""

Shape = Any
"""A type made at run time: mypy knows nothing of it, msgspec and the tests do."""


def shape(name: str, of: type | None, told: str | None = None, /, **fields: Any) -> Shape:
    """A record of this name with the fields of a type of the model and others beside or in place of them;
    a field given as None is left out.  ``told``: what it is, where the type does not say it."""
    known = {} if of is None else get_type_hints(of, include_extras=True)
    wanted = {field: kind for field, kind in (known | fields).items() if kind is not None}
    made: Shape = MAKE(name, wanted)
    made.__doc__ = told or ("" if of is None else of.__doc__)
    return made


def words(told: str, kind: Any) -> Any:
    """A type with what a field of it means."""
    return Annotated[kind, Meta(description=told)]


def many(kind: Shape) -> Shape:
    """A list of records."""
    return GenericAlias(list, (kind,))


def by_name(kind: Shape) -> Shape:
    """Records by name."""
    return GenericAlias(dict, (str, kind))


SOURCE = words("The report: its source, a path or an address, as it was taken in.", str)
DOCUMENT_ID = words("The report: its id, as in /api/documents/{id}.", str)

Citation = shape(
    "Citation",
    model.Citation,
    "Words of a report that a value rests on.",
    document=SOURCE,
    document_id=DOCUMENT_ID,
    quote=words("The words; pieces are joined by an ellipsis.", str),
)
CITATIONS = words("The words that it rests on.", many(Citation))

AsOf = shape(
    "AsOf",
    model.AsOf,
    type=Literal["as_of"],
    text=words("All of it in words.", str),
)
AS_OF = words("The past day that was asked for; null: the case as last built.", AsOf | None)

# ------------------------------------------------------------------------------------ one document

DOCUMENT_FIELDS = get_type_hints(model.Document) | {"segments": None}

Document = shape("Document", None, model.Document.__doc__, type=Literal["document"], **DOCUMENT_FIELDS)
Mention = shape("Mention", model.Mention, sentence=None)
DocumentReading = shape(
    "DocumentReading",
    None,
    "A report and everything read in it, as `tidewaiter read --format jsonl` prints it.",
    document=shape("DocumentItself", None, model.Document.__doc__, **DOCUMENT_FIELDS),
    statements=list[model.Statement],
    mentions=many(Mention),
    transfers=list[model.ReportedTransfer],
    claims=list[model.Claim],
    responses=list[model.Response],
    events=list[model.Event],
    reader=words("What made the reading: versions of rules, models and tables.", str),
)

# ------------------------------------------------------------------------------------ the register

Cell = shape("Cell", model.Cell, citations=CITATIONS)
PositionClaim = shape(
    "PositionClaim", model.PositionClaim, document=SOURCE, document_id=DOCUMENT_ID, citation=Citation
)
Position = shape("Position", model.Position, claims=many(PositionClaim))
Origin = shape("Origin", model.Origin, citations=CITATIONS)
Origins = shape("Origins", model.Origins, found=many(Origin))
Closing = shape("Closing", model.Closing, citations=CITATIONS)
Question = shape(
    "Question",
    model.OpenQuestion,
    citations=CITATIONS,
    opened_by=words("The words of the day on which it came to be asked.", many(Citation)),
    closed_by=Closing | None,
)
Measure = shape(
    "Measure",
    model.Measure,
    citations=words("The words that it rests on, by field.", by_name(many(Citation))),
    **{
        name: words("null where what is said is of no rule.", str | None)
        for name in ("authority", "instrument", "paragraph", "rule", "side", "note", "source")
    },
)
Relation = shape(
    "Relation",
    None,
    "How this row hangs together with another one.",
    kind=words("part_of or follow_up_of.", str),
    to=words("The register id of the other row.", str),
    why=str,
    citations=CITATIONS,
)
Member = shape(
    "Member",
    None,
    "A reported transfer of one document that is part of the row.",
    document=SOURCE,
    document_id=DOCUMENT_ID,
    id=words("Of the reported transfer, in its document.", str),
    supplier=str | None,
    recipient=str | None,
    category=model.Category,
)
Remark = shape("Remark", model.RowRemark, citation=Citation)
Transfer = shape(
    "Transfer",
    model.RegisterRow,
    "A row of the register: a deal as reports tell of it.",
    type=Literal["transfer"],
    cells=words("SIPRI's columns and the program's own, as shown.", by_name(Cell)),
    relations=many(Relation),
    positions=many(Position),
    origins=Origins,
    open=many(Question),
    closed=many(Question),
    reported=many(Member),
    judged=many(Remark),
    measures=words("null: not looked up; empty: none known would be breached.", many(Measure) | None),
)
Step = shape("ResponseStep", model.ResponseStep, citations=CITATIONS)
Link = shape("ResponseLink", model.ResponseLink, citations=CITATIONS)
Response = shape(
    "RegisterResponse",
    model.RegisterResponse,
    type=Literal["response"],
    citations=CITATIONS,
    history=many(Step),
    answers=many(Link),
)
TimelineEntry = shape("TimelineEntry", model.TimelineEntry, type=Literal["timeline"], citations=CITATIONS)

# ------------------------------------------------------------------------------------ many documents

Passage = shape("Passage", model.Passage, "Positions of words that stand in both documents.")
Copy = shape(
    "Copy",
    model.Copy,
    type=Literal["copy"],
    a=SOURCE,
    b=SOURCE,
    a_id=DOCUMENT_ID,
    b_id=DOCUMENT_ID,
    passages=many(Passage),
)
Variant = shape(
    "Variant",
    model.Variant,
    citation=None,
    document=SOURCE,
    document_id=DOCUMENT_ID,
    spans=model.Spans,
    quote=str,
)
Utterance = shape("Utterance", model.Utterance, type=Literal["utterance"], variants=many(Variant))
DisputedValue = shape("DisputedValue", model.DisputedValue, citations=CITATIONS)
Discrepancy = shape("Discrepancy", model.Discrepancy, type=Literal["discrepancy"], values=many(DisputedValue))
Judgement = shape(
    "Judgement",
    model.Judgement,
    "A decision of an analyst, and what became of it in the last build.",
    type=Literal["judgement"],
    standing=model.Standing,
    because=words("The ground of the standing.", str),
    finds=words("For each side what it means now: ids.", list[list[str]]),
)
Change = shape(
    "Change",
    model.Change,
    type=Literal["change"],
    citations=CITATIONS,
    supplier=str | None,
    recipient=str | None,
    category=model.Category | None,
    stage=model.Stage | None,
)

# ------------------------------------------------------------------------------------ of the app alone

Hit = shape(
    "Hit",
    None,
    "A text in which everything asked for was found.",
    document=SOURCE,
    document_id=DOCUMENT_ID,
    title=str | None,
    outlet=str | None,
    published=str | None,
    statement=words("The id of the statement; null: it is the report's own text.", str | None),
    who=words("Who is made to say it; null for a report.", str | None),
    span=words("The part of the text that is given in `text`.", model.Span),
    text=words("The words around the first place.", str),
    marks=words("Where the words asked for stand in that part.", model.Spans),
)
Found = shape(
    "Found",
    None,
    "What a search found: the best hundred of each kind, and how many there are in all.",
    type=Literal["found"],
    q=words("What was asked for.", str),
    by=words("By what means it was searched.", str),
    documents=many(Hit),
    documents_in_all=int,
    statements=many(Hit),
    statements_in_all=int,
)
Counts = shape(
    "Counts",
    None,
    "How much there is of what.",
    documents=words("Reports.", int),
    unreadable=words("Of them, those that gave no text.", int),
    copies=words("Of them, those that are copies or were copied.", int),
    transfers=words("Rows of the register.", int),
    claims=int,
    denials=words("Of the claims, denials and doubts.", int),
    open=words("Open questions.", int),
    responses=int,
    utterances=words("Acts of saying.", int),
    discrepancies=int,
    judgements=int,
)
Case = shape(
    "Case",
    None,
    "The case: its name, how much it holds, and the version of the program that answers.",
    type=Literal["case"],
    name=str,
    version=words("Of the program.", str),
    counts=Counts,
)
Problem = shape(
    "Problem",
    None,
    "Why there is no answer (RFC 9457, Problem Details for HTTP APIs).",
    type=words("Always about:blank: the status says which kind of problem it is.", Literal["about:blank"]),
    title=words("The status in words.", str),
    status=words("The HTTP status.", int),
    detail=words("What was wrong.", str),
    where=words("Where: the parameter, or the part of the case; null: the address.", str | None),
    todo=words("What to do about it; null: nothing is known to help.", str | None),
)


def dated(kind: Shape) -> Shape:
    """A record that says as of which day it is."""
    known = get_type_hints(kind, include_extras=True)
    return shape(f"{kind.__name__}Answer", None, kind.__doc__, **known, as_of=AS_OF)


def listed(kind: Shape) -> Shape:
    """A page of a list of records."""
    return shape(
        f"{kind.__name__}Page",
        None,
        f"A page of a list of records of the kind {kind.__name__}.",
        items=many(kind),
        total=words("Records in all, on all pages.", int),
        page=words("The number of this page.", int),
        pages=words("How many pages there are; at least 1.", int),
        size=words("Records on a page.", int),
        next=words("The address of the page after this one; null: this is the last.", str | None),
        previous=words("The address of the page before this one; null: this is the first.", str | None),
        as_of=AS_OF,
    )
