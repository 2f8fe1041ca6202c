"""``/add`` and ``/add/jobs/ID``: handing reports over, how far they are, and what became of them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tidewaiter.capture.custody import MEDIA_TYPES
from tidewaiter.case import now
from tidewaiter.dossier.views import SourceView
from tidewaiter.ledger.custody import CAPTURED, RESTORED
from tidewaiter.model import Copy
from tidewaiter.web.adding.arrivals import Arrival, Job, Report, State
from tidewaiter.web.adding.limits import (
    MOST_BYTES,
    MOST_FILE,
    MOST_FILES,
    arrivals_of,
    date_of,
    fault_of_date,
    faults_of_text,
    pasted,
)
from tidewaiter.web.adding.queue import STAGES, Progress, Queue
from tidewaiter.web.deeds import Again, Done, Parts
from tidewaiter.web.desk import Desk
from tidewaiter.web.forms import Form
from tidewaiter.web.rendering import Filled
from tidewaiter.web.shown import RowView, Shown

LAST_JOBS = 10
"""Jobs listed under the forms."""

SHOWN_ROWS = 50
"""Rows of the register that a job's page names of each kind."""

LIMITS = {"files": MOST_FILES, "file": MOST_FILE // 2**20, "all": MOST_BYTES // 2**20}

PASTE_FIELDS = ("text", "title", "outlet", "date", "from")


# ------------------------------------------------------------------------------------ the forms


NOTHING: Mapping[str, str] = MappingProxyType({})


def form(queue: Queue, faults: Mapping[str, str] = NOTHING, given: Mapping[str, str] = NOTHING) -> Filled:
    """The page with the forms.  ``faults``: what is wrong with what was sent, by the id of its field;
    ``given``: what was sent, by the same."""
    context = {
        "kinds": ",".join(MEDIA_TYPES),
        "limits": LIMITS,
        "faults": faults,
        "given": dict.fromkeys(("files-date", *PASTE_FIELDS), "") | {**given},
        "last": [(job, queue.progress(job.id)) for job in queue.arrivals.last(LAST_JOBS)],
        "State": State,
    }
    return Filled("add.html.j2", "Add reports", context)


def add_files(desk: Desk, _: Parts, sent: Form) -> Done | Again:
    """Files were sent."""
    faults = {f"files-{name}": fault for name, fault in fault_of_date(sent).items()}
    if not sent.files:
        faults["files"] = "Choose one or more files."
    elif faults:
        faults["files"] = "Choose the files again: a browser does not keep them."
    if faults:
        return Again(form(desk.adding, faults, {"files-date": sent.fields.get("date", "")}))
    return _handed_over(desk, sent, arrivals_of(sent.files))


def add_text(desk: Desk, _: Parts, sent: Form) -> Done | Again:
    """A text was pasted."""
    faults = faults_of_text(sent)
    if faults:
        return Again(form(desk.adding, faults, {name: sent.fields.get(name, "") for name in PASTE_FIELDS}))
    return _handed_over(desk, sent, [pasted(sent)])


def _handed_over(desk: Desk, sent: Form, arrivals: list[Arrival]) -> Done:
    name = desk.adding.hand_over(arrivals, now(), sent.by, date_of(sent))
    return Done(f"/add/jobs/{name}")


def go_on(desk: Desk, parts: Parts, _: Form) -> Done:
    """A job that stopped is to go on."""
    job = desk.adding.arrivals.job(parts["id"])
    if job is not None:
        desk.adding.go_on(job)
    return Done(f"/add/jobs/{parts['id']}")


# ------------------------------------------------------------------------------------ a job under way


def under_way(job: Job, progress: Progress | None, case_name: str) -> Filled:
    """A job that is not done, without anything of the case: that may be what is being written."""
    stage = progress.stage if progress else ""
    place = STAGES.index(stage) if stage in STAGES else -1
    context = {
        "job": job,
        "progress": progress,
        "words": progress.words(time.monotonic()) if progress else "",
        "stages": [
            (name, "done" if number < place else "now" if number == place else "to come")
            for number, name in enumerate(STAGES)
        ],
        "case_name": case_name,
        "path": f"/add/jobs/{job.id}",
        "here": "add",
    }
    return Filled("job.html.j2", title_of(job), context)


def title_of(job: Job) -> str:
    """What a job is about."""
    number = len(job.reports)
    return "Building the case" if not number else f"Adding {number} report{'s' if number != 1 else ''}"


# ------------------------------------------------------------------------------------ a job that is done


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a report."""

    report: Report
    kind: str  # a key of ``KINDS``
    document: str = ""  # id
    source: SourceView | None = None  # None: the case as shown has no such report
    twin: str = ""  # what an earlier one of this job is called that has the same bytes
    rows: tuple[RowView, ...] = ()
    statements: int = 0
    copies: tuple[Copy, ...] = ()


KINDS: Mapping[str, str] = {
    "new": "added",
    "back": "back in the case",
    "known": "in the case already",
    "twice": "sent twice",
    "unread": "kept, but not read",
    "refused": "not taken in",
}
"""What can become of a report, and how it is counted."""

FIRST = ("refused", "unread")
"""What is told first, as something is to be done."""


def done(shown: Shown, job: Job) -> Filled:
    """What a job did, with what the case as shown now says of its reports."""
    became = _became(shown, job)
    outcome = job.outcome
    rows = {
        name: sorted((shown.lines[one] for one in ids if one in shown.lines), key=_by_parties)
        for name, ids in (("new", outcome.new), ("changed", outcome.changed))
    }
    context = {
        "job": job,
        "became": sorted(became, key=lambda one: FIRST.index(one.kind) if one.kind in FIRST else len(FIRST)),
        "counts": [
            (sum(1 for one in became if one.kind == kind), words)
            for kind, words in KINDS.items()
            if any(one.kind == kind for one in became)
        ],
        "rows": rows,
        "shown_rows": SHOWN_ROWS,
        "words_of": KINDS,
    }
    return Filled("added.html.j2", "Reports added" if job.reports else "The case is built", context)


def _by_parties(one: RowView) -> tuple[str, str, str]:
    return one.supplier.casefold(), one.recipient.casefold(), one.goods.casefold()


def _became(shown: Shown, job: Job) -> list[Became]:
    told: list[Became] = []
    first: dict[str, str] = {}
    for report in job.reports:
        sha256 = report.fate.sha256
        if sha256 and sha256 in first:
            told.append(Became(report, "twice", twin=first[sha256]))
            continue
        first[sha256] = report.label
        told.append(_of_capture(shown, report) if sha256 else Became(report, "refused"))
    return told


def _of_capture(shown: Shown, report: Report) -> Became:
    """Of a report in custody.  Looked up by its document's id alone, however many reports the case has."""
    document = f"d{report.fate.sha256[:12]}"
    source = shown.sources.get(document)
    if source is None:
        return Became(report, "unread", document)
    kinds = {CAPTURED: "new", RESTORED: "back"}
    return Became(
        report,
        kinds.get(report.fate.action, "known"),
        document,
        source,
        rows=tuple(shown.lines[one] for one in dict.fromkeys(shown.lists.rows_in(document).values())),
        statements=len(shown.view.readings[document].statements),
        copies=tuple(shown.lists.copies_of(document)),
    )
