"""What the forms of judgements do: keep one, take it back, decide it again, build.

They run beside the desk.  A judgement is on disk before the case is built, so that nothing is lost when the
program is stopped in between: the next build acts on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from tidewaiter.case import Case, now
from tidewaiter.errors import CaseError, UnknownIdError
from tidewaiter.judging.values import FIELDS
from tidewaiter.model import Judgement
from tidewaiter.pipeline.naming import Wanted, each_of
from tidewaiter.pipeline.store_index import group_of
from tidewaiter.web.deeds import Again, Done
from tidewaiter.web.desk import Desk
from tidewaiter.web.forms import Form
from tidewaiter.web.judging.asked import UnfitError, back_of, plain_text, wanted_of
from tidewaiter.web.rendering import Filled

Parts = Mapping[str, str]

NO_ROW = "No transfer has this id or address. Open its page, and copy the address."

NOTED = "noted"
"""Of an address: the id of the judgement that was just made or taken back."""


def judge(desk: Desk, _: Parts, form: Form) -> Done | Again:
    """Keep what a form decides, and build."""
    back = back_of(form.fields.get("back", ""))

    def work(case: Case) -> tuple[tuple[Judgement, ...], Sequence[str]]:
        wanted = wanted_of(form.fields, form.lists.get("named", ()), now(), form.by or case.judging_as)
        return _kept(case, wanted), _in_row(case, back)

    try:
        made, members = desk.writer.do(work)
    except UnfitError as error:
        return _again(form, back, error.told)
    except UnknownIdError as error:
        return _again(form, back, dict(_fault(form, one) for one in reversed(each_of(error))))
    except CaseError as error:
        told = f"Nothing was kept, as the case {error.what}. Try again when that has ended."
        return _again(form, back, {"": told}, 409)
    desk.writer.build()
    return Done(_noted(desk.writer.look(lambda case: _seen_at(case, back, members, made[0])), made[0].id))


def undo(desk: Desk, parts: Parts, form: Form) -> Done:
    """Take a judgement back, and those that the form names beside it, and build."""
    back, name, why = back_of(form.fields.get("back", "")), parts["id"], plain_text(form.text("why", 4_000))

    def work(case: Case) -> tuple[Judgement, Sequence[str]]:
        members = _in_row(case, back)
        names = tuple(case.durable.judgements.get(one).id for one in (name, *form.lists.get("also", ())))
        for one in names:  # all of them are there: none is taken back where one is not
            case.withdraw_judgement(one, now(), form.by or case.judging_as, why or None)
        return case.durable.judgements.get(name), members

    return _after(desk, back, *desk.writer.do(work))


def redo(desk: Desk, parts: Parts, form: Form) -> Done:
    """Decide once more what was taken back, and build."""
    back, name = back_of(form.fields.get("back", "")), parts["id"]

    def work(case: Case) -> tuple[Judgement, Sequence[str]]:
        members = _in_row(case, back)
        return case.judge_again(name, now(), form.by or case.judging_as), members

    return _after(desk, back, *desk.writer.do(work))


def build(desk: Desk, _: Parts, form: Form) -> Done:
    """Build what waits."""
    desk.writer.build()
    return Done(back_of(form.fields.get("back", "")))


def _after(desk: Desk, back: str, about: Judgement, members: Sequence[str]) -> Done:
    desk.writer.build()
    return Done(_noted(desk.writer.look(lambda case: _seen_at(case, back, members, about)), about.id))


def _kept(case: Case, wanted: Sequence[Wanted]) -> tuple[Judgement, ...]:
    """The judgements, kept; a form that is sent twice decides once."""
    before = case.durable.judgements.all()[-len(wanted) :]
    if len(before) == len(wanted) and all(map(_says, before, wanted)):
        return before
    return case.judge_all(wanted)


def _says(one: Judgement, wanted: Wanted) -> bool:
    """Whether a judgement that acts is the one asked for, but for the moment."""
    return one.withdrawn_at is None and (one.kind, one.by, one.why, one.named) == (
        wanted.kind,
        wanted.by,
        wanted.why,
        wanted.named if wanted.source is None else wanted.named[:1],
    )


def _again(form: Form, back: str, told: Mapping[str, str], status: int = 422) -> Again:
    """The form with what was typed, and what is wrong with it."""
    named = tuple(plain_text(one)[:300] for one in form.lists.get("named", ()))[:100]
    offered = tuple(plain_text(one)[:300] for one in form.lists.get("offered", ()))[:100]
    context = {"typed": dict(form.fields), "named": named, "offered": offered, "wrong": told, "back": back}
    return Again(Filled("judge.html.j2", "This was not kept", context), status)


def _fault(form: Form, error: UnknownIdError) -> tuple[str, str]:
    """The field of a form that an error is about, "" for none, and what is wrong with it."""
    told = f"{error.what[:1].upper()}{error.what[1:]}."
    if error.todo is not None and "tidewaiter" not in error.todo and "--" not in error.todo:
        told = f"{told} {error.todo}"
    if error.where in FIELDS:
        return error.where, told
    if error.where == plain_text(form.fields.get("quote", "")):
        return "quote", told
    named = form.lists.get("named", ())
    if form.fields.get("other") and error.where not in named:
        about_rows = any(one.startswith("t") for one in named)
        return "other", NO_ROW if about_rows and "no such" in error.what else told
    return "", f"{error.where[:200]}: {told[:1].lower()}{told[1:]}" if error.where else told


# ------------------------------------------------------------------------------------ where it is seen


def _in_row(case: Case, back: str) -> Sequence[str]:
    """The reported transfers of the row that a page is about; of the one that its id means now, where another
    page has changed that meanwhile."""
    parts = urlsplit(back).path.strip("/").split("/")
    if parts[0] != "transfers" or len(parts) != 2:
        return ()
    group = group_of(case.derived, parts[1]) or group_of(case.derived, case.redirect(parts[1]) or "")
    return () if group is None else tuple(reported for _, reported in group.members)


def _seen_at(case: Case, back: str, members: Sequence[str], about: Judgement) -> str:
    """The page that a form came from, or what has come of it: the row that holds most of what was in it, the
    report that the judgement is about where nothing is left of a row."""
    parts = urlsplit(back).path.strip("/").split("/")
    if parts[0] != "transfers" or len(parts) != 2:
        return back
    links = case.derived.links
    rows = Counter(row for row in map(links.group_id_of, members) if row is not None)
    if not rows:
        return back if links.group(parts[1]) is not None else _report(case, about)
    row = max(sorted(rows), key=lambda one: (rows[one], one == parts[1]))
    return back if row == parts[1] else f"/transfers/{row}"


def _report(case: Case, about: Judgement) -> str:
    from tidewaiter.pipeline.making import document_id

    names = [document_id(target.capture) for side in about.sides for target in side]
    shown = next((one for one in names if one in case.derived.document_ids()), None)
    return "/judgements" if shown is None else f"/documents/{shown}"


def _noted(address: str, name: str) -> str:
    """The address with what was noted, at the line that says so."""
    parts = urlsplit(address)
    query = [pair for pair in parse_qsl(parts.query) if pair[0] != NOTED]
    return f"{parts.path}?{urlencode([*query, (NOTED, name)])}#noted"
