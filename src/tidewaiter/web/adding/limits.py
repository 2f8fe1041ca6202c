"""What is taken of what a form sent, and why not where it is not; a pasted text as bytes."""

from __future__ import annotations

import json

from tidewaiter import edtf
from tidewaiter.capture.article import MAX_LINES, MAX_TEXT, METADATA_LENGTH
from tidewaiter.capture.custody import PASTED, UPLOAD
from tidewaiter.pipeline import label_of
from tidewaiter.pipeline.taking import LONGEST_NAME, written_out
from tidewaiter.understood import day_named
from tidewaiter.web.adding.arrivals import Arrival
from tidewaiter.web.forms import Form, Upload

MOST_FILE = 16 * 2**20
"""Bytes of one file; saved pages with their pictures inside have some megabytes.  ``tidewaiter add`` takes
larger ones."""

MOST_FILES = 200
MOST_BYTES = 64 * 2**20
"""Files of one form, and its bytes in all: they are held in memory while they come."""

MOST_TEXT = 4 * MAX_TEXT + 2**16
"""Bytes of a form with a pasted text, which has four a character at most, and what is said of it."""

CALLED = "text"
"""What a pasted text without a title is called in its source."""


def arrivals_of(files: tuple[Upload, ...]) -> list[Arrival]:
    """Files of a form, each to be taken or refused."""
    return [
        Arrival(label_of(one.name), UPLOAD, len(one.data), one.name, one.data, *(_unfit(one) or ("", "")))
        for one in files
    ]


def _unfit(one: Upload) -> tuple[str, str] | None:
    """Why a file is not taken, and what to do; None where it is."""
    if not one.data:
        return "the file is empty", "Save the report again, or leave it out."
    if len(one.data) > MOST_FILE:
        return (
            f"the file is larger than {MOST_FILE // 2**20} MiB",
            "Save the page without its pictures, or add it on this machine with: tidewaiter add",
        )
    if label_of(one.name).startswith("."):
        return "a hidden file", "If it is a report, give it another name."
    return None


# ------------------------------------------------------------------------------------ pasted


def pasted(form: Form) -> Arrival:
    """A text with what was said of it.  The bytes that are kept are the text itself, or where its title,
    outlet or origin was given a JSON file with both."""
    text, told = form.fields.get("text", ""), told_of(form)
    name = f"{CALLED}.json" if told else f"{CALLED}.txt"
    data = (json.dumps(told | {"text": text}, ensure_ascii=False, indent=1) + "\n") if told else text
    return Arrival(
        written_out(told.get("title", ""))[:LONGEST_NAME] or "Pasted text",
        PASTED,
        len(text),
        name,
        data.encode("utf-8", "replace"),
    )


def told_of(form: Form) -> dict[str, str]:
    """What was said of a pasted text, by the keys under which the reader of JSON looks for it."""
    told = {name: " ".join(form.fields.get(name, "").split()) for name in ("title", "outlet", "from")}
    origin = told.pop("from")
    told["url" if origin.lower().startswith(("http://", "https://")) else "obtained_from"] = origin
    return {name: value for name, value in told.items() if value}


def faults_of_text(form: Form) -> dict[str, str]:
    """What is wrong with a form that pastes, by field; empty where nothing is."""
    text = form.fields.get("text", "")
    faults = {}
    if not text.strip():
        faults["text"] = "Paste the text of a report here."
    elif len(text) > MAX_TEXT or text.count("\n") > MAX_LINES:
        faults["text"] = (
            f"More than a report has ({MAX_TEXT:,} characters, {MAX_LINES:,} lines): paste each by itself."
        )
    for name in ("title", "outlet", "from"):
        if len(form.fields.get(name, "")) > METADATA_LENGTH:
            faults[name] = f"Longer than {METADATA_LENGTH:,} characters."
    return faults | fault_of_date(form)


def fault_of_date(form: Form) -> dict[str, str]:
    """That the date given is none."""
    try:
        edtf.bounds(date_of(form))
    except ValueError:
        return {"date": "Write it like 8 November 2022 or 2022-11-08, or 2022-11 where the day is not known."}
    return {}


def date_of(form: Form) -> str | None:
    """The publication date given, in words or as EDTF, as EDTF."""
    return day_named(form.fields.get("date", "").strip()) or None
