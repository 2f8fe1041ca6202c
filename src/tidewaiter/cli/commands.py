"""The commands.  Each one parses its arguments, calls the case or the pipeline, and prints."""

from __future__ import annotations

import os
import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from tidewaiter import __version__
from tidewaiter.cli.as_of import AsOfDay, HeldClock, LaterJudgements
from tidewaiter.cli.endings import PARTLY, as_member
from tidewaiter.cli.screen import Screen
from tidewaiter.cli.stopping import interruptible
from tidewaiter.cli.summaries import say_added, say_built
from tidewaiter.errors import CaseError, UnknownIdError
from tidewaiter.model import Clock
from tidewaiter.sizes import DOSSIER_TRANSFERS

if TYPE_CHECKING:
    from tidewaiter.case import Case
    from tidewaiter.explain import Case as Held
    from tidewaiter.pipeline import Added, Asked, Built, View


class Commands(TyperGroup):
    """The commands, with the two endings that Typer would take for itself: a signal, and an output
    that nobody reads any more."""

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, BrokenPipeError) as error:
            raise as_member(error) from None


# Typer's Rich help costs 0.2 s at every start: rich_markup_mode=None keeps it out.
app = typer.Typer(
    name="tidewaiter",
    cls=Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

SHOWN_CANDIDATES = 6
"""Ids named when one is not enough to tell which is meant."""


class RunFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


class ReadFormat(StrEnum):
    JSONL = "jsonl"
    TEXT = "text"


class ReportFormat(StrEnum):
    HTML = "html"
    PDF = "pdf"
    MD = "md"


class ExportFormat(StrEnum):
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    GEOJSON = "geojson"
    CLAIMREVIEW = "claimreview"
    FTM = "ftm"
    CAPTURES = "captures"


class ChangesFormat(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"
    MD = "md"


class ExplainFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class Verb(StrEnum):
    SAME = "same"
    NOT_SAME = "not-same"
    UNSURE = "unsure"
    REJECT = "reject"
    CORRECT = "correct"
    RATE = "rate"
    NOTE = "note"
    WITHDRAW = "withdraw"
    UNDO = "undo"
    LIST = "list"


class JudgeFormat(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"


class Relation(StrEnum):
    VERBATIM = "verbatim"
    PARTIAL = "partial"
    REWRITE = "rewrite"
    TRANSLATION = "translation"


class Rated(StrEnum):
    OUTLET = "outlet"
    ACTOR = "actor"
    SPEAKER = "speaker"


class MeasuresFormat(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"


class VerifyFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


class Findings(StrEnum):
    STATEMENTS = "statements"
    MENTIONS = "mentions"
    TRANSFERS = "transfers"
    CLAIMS = "claims"
    RESPONSES = "responses"
    EVENTS = "events"


CaseFolder = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")]
Sources = Annotated[
    list[Path], typer.Argument(metavar="SOURCE", help="Files or folders: .txt, .html, .md, .json.")
]
GivenDate = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="DATE", help="Publication date of the files that have none: 2022-11-08 or 2022-11."
    ),
]
Jobs = Annotated[
    int,
    typer.Option("--jobs", metavar="N", min=0, help="Processes that read at the same time; 0: one a core."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print data and failures only.")]
Verbose = Annotated[bool, typer.Option("--verbose", help="Show tracebacks, and long lists in full.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tidewaiter {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Keep the ledger of reported arms transfers: who claimed or denied what, in which exact words.

    \b
    Examples:
      tidewaiter run reports/ --out case      from a folder of reports to a cited register
      tidewaiter explain case t12ab34cd56     every statement under a row of it
      tidewaiter read article.html            what one report says, as JSON

    \b
    Exit status: 0 done; 1 done, but some sources could not be read; 2 wrong usage, no such case or
    id; 3 the installation lacks something; 130 stopped with Ctrl-C.
    """


@app.command()
def run(
    sources: Sources,
    out: Annotated[Path, typer.Option("--out", metavar="CASE", help="Case folder, made if there is none.")],
    date: GivenDate = None,
    style: Annotated[
        RunFormat, typer.Option("--format", help="How to print the register.")
    ] = RunFormat.TABLE,
    jobs: Jobs = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """From reports to register and dossier, in one step.

    Takes the files in, reads them, links them, prints the register and writes CASE/dossier.html.

    Run it again with more reports: only those that are new are read.

    \b
    Examples:
      tidewaiter run reports/ --out case
      tidewaiter run reports/ more.html --out case --date 2022-11-08
      tidewaiter run reports/ --out case --format csv > register.csv
    """
    from tidewaiter.capture.folders import is_there
    from tidewaiter.case import DOSSIER, Case, now, write_text
    from tidewaiter.pipeline import Step

    if not any(map(is_there, sources)):
        raise CaseError("no such file or folder", where=_shell(*sources), todo="Name the reports to read.")
    at, screen = now(), Screen(quiet, verbose)
    go_on = f"To go on: tidewaiter run {_shell(*sources)} --out {_shell(out)}"
    with (
        interruptible(f"what was done is kept in {out}", go_on),
        Case.open_or_create(out, at, screen.say) as case,
    ):
        with screen.progress() as progress:
            added = case.add(sources, at, _edtf(date), progress)
            built = case.build(at, progress, jobs=processes(jobs))
            shown = case.compared(progress=progress)
            progress(Step("Dossier", 0, 1))
            write_text(out / DOSSIER, case.dossier(at, shown))
        _print_register(case.view(), style, quiet)
        say_added(added, screen)
        say_built(built, screen)
        screen.say(_where_to_look(case))
    _end(added, built)


@app.command()
def new(
    case: CaseFolder,
    name: Annotated[
        str | None, typer.Option("--name", help="Name shown in reports; the folder's by default.")
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make an empty case.

    \b
    Examples:
      tidewaiter new case
      tidewaiter new case --name "Shells by rail"
    """
    from tidewaiter.case import Case, now

    screen = Screen(quiet, verbose)
    with Case.create(case, now(), name, screen.say):
        screen.say(f"Made the case {case}. Next: tidewaiter add {case} SOURCE...")


@app.command()
def add(
    case: CaseFolder,
    sources: Sources,
    date: GivenDate = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take files into a case.

    Their bytes are kept and it is noted where they are from.  Nothing is read yet; build does that.

    \b
    Examples:
      tidewaiter add case report.html
      tidewaiter add case reports/ --date 2022-11
    """
    from tidewaiter.case import Case, now

    screen = Screen(quiet, verbose)
    go_on = f"To go on: tidewaiter add {_shell(case, *sources)}"
    with interruptible(f"what was taken in is kept in {case}", go_on), Case(case, screen.say) as opened:
        with screen.progress() as progress:
            added = opened.add(sources, now(), _edtf(date), progress)
        say_added(added, screen)
        screen.say(f"Next: tidewaiter build {_shell(case)}")
    _end(added, None)


@app.command()
def build(case: CaseFolder, jobs: Jobs = 1, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Read what is new, and make the register.

    Reads what is new, or was read by another version; then links all reports and makes the register.

    \b
    Examples:
      tidewaiter build case
      tidewaiter build case --jobs 0
      SOURCE_DATE_EPOCH=1667865600 tidewaiter build case
    """
    from tidewaiter.case import Case, now

    screen = Screen(quiet, verbose)
    kept = f"the documents read so far are kept in {case}"
    with interruptible(kept, f"To go on: tidewaiter build {_shell(case)}"), Case(case, screen.say) as opened:
        with screen.progress() as progress:
            built = opened.build(now(), progress, jobs=processes(jobs))
        say_built(built, screen)
        screen.say(f"Next: tidewaiter report {_shell(case)}")
    _end(None, built)


@app.command()
def report(
    case: CaseFolder,
    style: Annotated[
        ReportFormat, typer.Option("--format", help="html: one page; pdf: to print; md: Markdown.")
    ] = ReportFormat.HTML,
    transfer: Annotated[
        list[str] | None,
        typer.Option("--transfer", metavar="ID", help="Of this transfer alone; may be said several times."),
    ] = None,
    most: Annotated[
        int,
        typer.Option("--most", metavar="N", min=0, help="Else of the N told in most reports; 0: of all."),
    ] = DOSSIER_TRANSFERS,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to write it; CASE/dossier.html by default."),
    ] = None,
    as_of: AsOfDay = None,
    held: HeldClock = False,
    with_judgements: LaterJudgements = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Write the dossier of a case.

    What is alleged, by whom, denied by whom, on how many origins, what is open and what was done about it;
    then the register, each transfer with the words it rests on, and the sources.  PDF needs Typst.

    \b
    Examples:
      tidewaiter report case
      tidewaiter report case --format pdf --out /tmp/dossier.pdf
      tidewaiter report case --transfer t12ab34cd56 --transfer t0123456789 --format md
      tidewaiter report case --as-of 2022-11-08
    """
    from tidewaiter.case import now
    from tidewaiter.cli.as_of import asked_for
    from tidewaiter.cli.reporting import report_case

    at, screen = now(), Screen(quiet, verbose)
    asked = asked_for(as_of, held, with_judgements, at)
    report_case(case, style.value, out, transfer or (), most or None, asked, at, screen)


@app.command()
def export(
    case: CaseFolder,
    style: Annotated[
        ExportFormat, typer.Option("--format", help="In what form; what each is stands above.")
    ] = ExportFormat.JSONL,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write it; stdout by default.")
    ] = None,
    as_of: AsOfDay = None,
    held: HeldClock = False,
    with_judgements: LaterJudgements = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print a case for other programs.

    \b
    csv          one row a transfer in the columns of SIPRI's trade register
    jsonl        everything, one object a line, each with its type
    xlsx         a workbook: register, claims, origins, questions, responses, sources
    geojson      places and ways of the transfers
    claimreview  claims as schema.org ClaimReview (JSON-LD), without any verdict
    ftm          FollowTheMoney entities; needs the library followthemoney
    captures     a ZIP archive of the preserved bytes, for sha256sum -c

    \b
    Examples:
      tidewaiter export case --format csv --out register.csv
      tidewaiter export case --format jsonl | grep '"type": "transfer"'
      tidewaiter export case --format xlsx --out case.xlsx
      tidewaiter export case --format captures --out captures.zip
      tidewaiter export case --format geojson --as-of 2022-11-08 > then.geojson
      tidewaiter export case --as-of 2022-11-08 --held > then.jsonl
    """
    from tidewaiter.case import now
    from tidewaiter.cli.as_of import asked_for
    from tidewaiter.cli.exporting import export_case

    asked = asked_for(as_of, held, with_judgements, now())
    export_case(case, style.value, out, Screen(quiet, verbose), asked)


@app.command()
def serve(
    case: CaseFolder,
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=0, max=65535, help="Where to listen; 0: any that is free."),
    ] = 8321,
    edit: Annotated[
        bool, typer.Option("--edit", help="Let pages change the case: judge, add reports.")
    ] = False,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="NAME", help="Where to listen; but for 127.0.0.1 it takes a password."
        ),
    ] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name that the app answers to."),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="FILE", help="Ask for the password whose hash it holds."),
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="FILE", help="Certificate (PEM), for https.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="FILE", help="Its key (PEM), without passphrase.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open it in the browser.")] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show a case in the browser.

    Every view has an address of its own that can be kept: a filtered register, a transfer, a report with the
    cited words marked, the case as of a day.  Nothing in the case is changed unless it is started with
    --edit.  It is shown to this machine only, unless --host names another of its addresses: then it asks for
    the password that tidewaiter password keeps.

    \b
    Examples:
      tidewaiter serve case
      tidewaiter serve case --edit
      tidewaiter serve case --host 0.0.0.0 --allow-host case.example.org
    """
    from tidewaiter.web import Terms
    from tidewaiter.web import serve as serve_it

    screen = Screen(quiet, verbose)
    terms = Terms(host, port, edit, tuple(allow_host or ()), password_file, tls_cert, tls_key)
    with interruptible(
        "what was done in the case is kept" if edit else "the app changed nothing in the case",
        f"To show it again: tidewaiter serve {_shell(case)}{' --edit' if edit else ''}",
    ):
        serve_it(case, terms, screen.say, browser=not no_browser)


@app.command()
def password(
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Where to keep its hash.")
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Set the password that the case app asks for.

    Asks for it twice; from a pipe its first line is taken.  Only a hash is kept (argon2id), in
    ~/.config/tidewaiter/password unless --file names another, and in no case.

    \b
    Examples:
      tidewaiter password
      tidewaiter password --file team.password
    """
    from tidewaiter.web import passwords

    if sys.stdin.isatty():
        told = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        told = sys.stdin.readline().rstrip("\r\n")
    place = file or passwords.own_file()
    passwords.keep(place, passwords.hashed(told))
    Screen(quiet, verbose).say(f"Kept a hash of the password in {place}.")


@app.command()
def register(
    case: CaseFolder,
    style: Annotated[
        RunFormat, typer.Option("--format", help="How to print the register.")
    ] = RunFormat.TABLE,
    as_of: AsOfDay = None,
    held: HeldClock = False,
    with_judgements: LaterJudgements = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Print the register of a case.

    One row a transfer: who to whom, what, how far it went, who says so, who denies it, what is open.

    \b
    Examples:
      tidewaiter register case
      tidewaiter register case --as-of 2022-11-08
      tidewaiter register case --as-of 2022-11-08 --held --format csv
    """
    from tidewaiter.case import Case, now
    from tidewaiter.cli.as_of import asked_for, say_as_of
    from tidewaiter.cli.judging import say_waiting

    screen = Screen(quiet, verbose)
    asked = asked_for(as_of, held, with_judgements, now())
    with Case(case, screen.say) as opened:
        with screen.progress() as progress:
            shown = opened.shown(asked, progress)
        _print_register(shown, style)
        say_as_of(shown, screen, data_tells=style is RunFormat.TABLE)
        if asked is None:
            say_waiting(opened, screen)


@app.command()
def changes(
    case: CaseFolder,
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="The first day whose changes are listed.")
    ],
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="The last day; now, if it is left out.")
    ] = None,
    held: Annotated[
        bool, typer.Option("--held", help="By what the case held on a day, not by what was public.")
    ] = False,
    style: Annotated[
        ChangesFormat, typer.Option("--format", help="text: for reading; jsonl: for programs; md: Markdown.")
    ] = ChangesFormat.TEXT,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where to write it; the terminal by default.")
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """List what changed in a case between two days.

    What appeared, changed stage, was received or used, gained or lost origins, was denied, revised,
    superseded, contradicted or answered; questions, responses, and rows that merged or split: each with
    its words.

    \b
    Examples:
      tidewaiter changes case --since 2022-11-08
      tidewaiter changes case --since 2022-11-01 --until 2022-11-30 --format md --out november.md
      tidewaiter changes case --since 2022-11-08 --held --format jsonl
    """
    from tidewaiter.between import Between
    from tidewaiter.case import check_past_day, now
    from tidewaiter.cli.changing import print_changes

    at = now()
    last = None if until is None else check_past_day(until, "--until", at)
    days = Between(check_past_day(since, "--since", at), last, held)
    if days.until is not None and days.until < days.since:
        raise CaseError(
            "ends before it begins", where=f"{since} to {until}", todo="Name the first day first."
        )
    print_changes(case, days, style.value, out, Screen(quiet, verbose))


@app.command()
def watch(
    case: CaseFolder,
    once: Annotated[bool, typer.Option("--once", help="Look once and end, as for cron.")] = False,
    every: Annotated[
        int | None,
        typer.Option("--every", metavar="SECONDS", min=1, help="Between two looks; else as case.toml says."),
    ] = None,
    jobs: Jobs = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Watch folders: add what is new, build, tell what changed.

    What is watched, and who is told of what, stands in case.toml under [watch].  Each change is told once,
    also when the program ends in between.  What cannot be looked at or told now is said, and tried again
    at the next look.

    \b
    Examples:
      tidewaiter watch case
      tidewaiter watch case --every 600
      tidewaiter watch case --once --quiet      from cron
    """
    from tidewaiter.cli.watching import watch_case

    go_on = f"To go on: tidewaiter watch {_shell(case)}"
    with interruptible(f"what was seen and told is kept in {case}", go_on):
        all_well = watch_case(case, once, every, processes(jobs), Screen(quiet, verbose))
    if not all_well:
        raise typer.Exit(PARTLY)


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files or folders to read.")],
    style: Annotated[
        ReadFormat, typer.Option("--format", help="jsonl: one object a document; text: for reading.")
    ] = ReadFormat.JSONL,
    date: GivenDate = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Take the text as it is, uncleaned; positions are the file's own.")
    ] = False,
    only: Annotated[Findings | None, typer.Option("--only", help="Leave the other findings out.")] = None,
    explained: Annotated[
        bool,
        typer.Option("--explain", help="Show the words, the rule and the table rows behind each finding."),
    ] = False,
    tables: Annotated[
        Path | None,
        typer.Option("--tables", metavar="FOLDER", help="Tables of your own, as in a case's knowledge/."),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Read reports one by one, without a case.

    Prints what each of them says.  A file that cannot be read gives a line with "error", and
    the exit status is 1 at the end.

    \b
    Examples:
      tidewaiter read report.txt
      tidewaiter read reports/ --date 2022-11-08 > readings.jsonl
      tidewaiter read report.txt --raw --only statements
      tidewaiter read report.html --format text
      tidewaiter read report.html --format text --explain
      tidewaiter read report.html --tables my-tables/
    """
    from tidewaiter.cli.reading import read_all

    all_read = read_all(
        paths,
        style.value,
        _edtf(date),
        Screen(quiet, verbose),
        raw=raw,
        only=only.value if only else None,
        explained=explained,
        tables_folder=tables,
    )
    if not all_read:
        raise typer.Exit(PARTLY)


@app.command()
def explain(
    case: CaseFolder,
    wanted: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A transfer, claim, statement or document; or one field of it: ID.quantity."
        ),
    ],
    style: Annotated[
        ExplainFormat, typer.Option("--format", help="text: for reading; json: for programs.")
    ] = ExplainFormat.TEXT,
    as_of: AsOfDay = None,
    held: HeldClock = False,
    with_judgements: LaterJudgements = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show the words under a row, claim or field.

    Every statement under it, with the words, the document, the date and the ground for the date.

    \b
    Examples:
      tidewaiter explain case t12ab34cd56
      tidewaiter explain case t12ab34cd56.number_delivered
      tidewaiter explain case r0123456789 --format json
      tidewaiter explain case t12ab34cd56 --as-of 2022-11-08
    """
    from tidewaiter import explain as explaining
    from tidewaiter.case import Case, now
    from tidewaiter.cli.as_of import asked_for
    from tidewaiter.cli.judging import say_waiting
    from tidewaiter.cli.printing import print_explanation

    screen = Screen(quiet, verbose)
    asked = asked_for(as_of, held, with_judgements, now())
    with Case(case, screen.say) as opened:
        with screen.progress() as progress:
            shown = opened.compared(asked, progress)
        explained = explaining.Case(shown.by_id, shown.readings, shown.register)
        found = explaining.explain(explained, wanted)
        former, dot, field = wanted.partition(".")
        if found is None and (present := opened.redirect_in(shown, former)) not in (None, former):
            now_or_then = "is now" if asked is None else "was then"
            screen.say(f"{former} {now_or_then} part of {present}")
            found = explaining.explain(explained, f"{present}{dot}{field}")
        if asked is None:
            say_waiting(opened, screen)
    if found is None:
        raise _unknown(wanted, case, explained, asked)
    print_explanation(found, style.value)


@app.command()
def remove(
    case: CaseFolder,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="As it was added; or a document's id, a SHA-256 or its first twelve digits.",
        ),
    ],
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why; goes into the custody record.")
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take reports out of a case.

    The next build leaves them out.  Their bytes and all that the custody record says of them stay;
    to bring one back, add it again.

    \b
    Examples:
      tidewaiter remove case reports/retracted.html --reason "withdrawn by the outlet"
      tidewaiter remove case d0123456789ab
    """
    from tidewaiter.cli.removing import remove_all

    go_on = f"To go on: tidewaiter remove {shlex.join((str(case), *sources))}"
    with interruptible(f"what was withdrawn is noted in {case}", go_on):
        all_removed = remove_all(case, sources, reason, Screen(quiet, verbose))
    if not all_removed:
        raise typer.Exit(PARTLY)


@app.command()
def judge(
    case: CaseFolder,
    verb: Annotated[Verb, typer.Argument(metavar="VERB", help="What is decided, or list, or undo.")],
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WHAT",
            help="Ids as shown (t..., r..., DOCUMENT:c2), or reports; then what is said of it.",
        ),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The ground, in words.")] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who judges; as captured_by by default.")
    ] = None,
    quote: Annotated[
        str | None,
        typer.Option("--quote", metavar="TEXT", help="Words of the report that a correction or note is on."),
    ] = None,
    relation: Annotated[
        Relation | None, typer.Option("--relation", help="same, of two reports: what kind of copy.")
    ] = None,
    source: Annotated[
        Rated | None, typer.Option("--source", help="rate: as what the source is meant.")
    ] = None,
    style: Annotated[JudgeFormat, typer.Option("--format", help="How to print the list.")] = JudgeFormat.TEXT,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Decide something about a case, for every build from now on.

    Each decision is kept with who, when and why; it points at the words of the reports, not at ids, and the
    next build keeps to it and says so.  list shows all of them; undo (or withdraw) takes one back.

    \b
    Examples:
      tidewaiter judge case same t12ab34cd56 t0123456789 --why "the same train, seen twice"
      tidewaiter judge case not-same r12ab34cd56 r0123456789 --why "another year"
      tidewaiter judge case same one.html two.html --relation translation --why "the one in English"
      tidewaiter judge case reject d0123456789ab:c2 --why "he speaks of another war"
      tidewaiter judge case correct r0123456789 supplier PRK --quote "the North" --why "not the northern army"
      tidewaiter judge case rate "The Daily Tide" C --why "three stories withdrawn this year"
      tidewaiter judge case note t12ab34cd56 "asked the ministry on Monday"
      tidewaiter judge case undo j0123456789 --why "looked again"
      tidewaiter judge case list --format jsonl
    """
    from tidewaiter.cli.judging import Said
    from tidewaiter.cli.judging import judge as judge_it

    said = Said(tuple(what or ()), why, by, quote, relation, source, style.value)
    judge_it(case, verb.value, said, Screen(quiet, verbose))


@app.command()
def measures(
    supplier: Annotated[
        str | None, typer.Option("--supplier", metavar="CODE", help="Who would supply: PRK, Houthis.")
    ] = None,
    recipient: Annotated[
        str | None, typer.Option("--recipient", metavar="CODE", help="Who would be supplied.")
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="CATEGORY", help="What: missiles, small_arms, ...")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="When: 2016-03-02, 2016-03, 2016.")
    ] = None,
    tables: Annotated[
        Path | None, typer.Option("--tables", metavar="FOLDER", help="Add your own rows to the tables.")
    ] = None,
    style: Annotated[
        MeasuresFormat, typer.Option("--format", help="text: for reading; jsonl: for programs.")
    ] = MeasuresFormat.TEXT,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say which measures a transfer would breach, or list all that are known.

    A measure is a rule in force: an arms embargo of the UN Security Council, the EU or the OSCE.  Needs no
    case.  What is left out is taken as not told; without any option all measures are listed.

    \b
    Examples:
      tidewaiter measures
      tidewaiter measures --supplier PRK --recipient RUS --category missiles --on 2023-11
      tidewaiter measures --recipient LBY --on 2019 --format jsonl
    """
    from tidewaiter.cli.measuring import Asked, print_measures

    asked = Asked(supplier, recipient, category, _edtf(on, "--on"))
    print_measures(asked, style.value, tables, Screen(quiet, verbose))


@app.command()
def rebuild(
    case: CaseFolder,
    from_custody: Annotated[
        bool,
        typer.Option(
            "--from-custody", help="First make the durable store's tables from the records as they stand."
        ),
    ] = False,
    jobs: Jobs = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make everything computed anew.

    Reads all captures again and links them from nothing.  Who looks at the case meanwhile sees it as it
    was, until all is done.  A derived store that is damaged is set aside under another name.

    \b
    Examples:
      tidewaiter rebuild case
      tidewaiter rebuild case --from-custody    where verify says that the records and the tables differ
    """
    from tidewaiter.cli.rebuilding import rebuild_case

    screen = Screen(quiet, verbose)
    go_on = f"To begin again: tidewaiter rebuild {_shell(case)}"
    with interruptible(f"{case} shows what it showed before", go_on):
        built = rebuild_case(case, screen, processes(jobs), from_custody=from_custody)
    say_built(built, screen)
    screen.say(f"Next: tidewaiter report {_shell(case)}")
    _end(None, built)


@app.command()
def verify(
    case: CaseFolder,
    anew: Annotated[
        bool, typer.Option("--rebuild", help="Also build it anew, elsewhere, and compare the exports.")
    ] = False,
    style: Annotated[
        VerifyFormat, typer.Option("--format", help="text: for reading; json: for programs.")
    ] = VerifyFormat.TEXT,
    jobs: Jobs = 1,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Check that a case holds.

    Hashes every capture again, walks the records line by line, holds the tables against them, and every
    anchor and quotation against the kept text, every id against what it names.  Says what does not hold or
    could not be checked, where, and what to do.  Changes nothing.

    The exit status is 0 only if everything was checked and holds.

    \b
    Examples:
      tidewaiter verify case
      tidewaiter verify case --rebuild          the surest, and as slow as building it
      tidewaiter verify case --format json --quiet
    """
    from tidewaiter.cli.verifying import print_findings, print_json, verify_case

    screen = Screen(quiet, verbose)
    go_on = f"To begin again: tidewaiter verify {_shell(case)}"
    with interruptible("verifying changes nothing", go_on):
        tally = verify_case(case, screen, processes(jobs) if anew else None)
    if style is VerifyFormat.JSON:
        print_json(tally)
    else:
        print_findings(tally, screen, case)
    if not tally.holds:
        raise typer.Exit(PARTLY)


# ------------------------------------------------------------------------------------ what they share


def processes(jobs: int) -> int:
    """How many processes are meant: those asked for; for 0 as many as there are cores for this one."""
    if jobs or not hasattr(os, "sched_getaffinity"):
        return jobs or os.cpu_count() or 1
    return len(os.sched_getaffinity(0))


def _shell(*paths: Path) -> str:
    """Paths as they can be pasted into a command line."""
    return shlex.join(map(str, paths))


def _unknown(wanted: str, case: Path, held: Held, asked: Asked | None) -> UnknownIdError:
    """Why nothing can be explained: several have the id, or it has no such field, or nothing has it."""
    from tidewaiter import explain as explaining

    candidates = explaining.candidates(held, wanted)
    owner, _, field = wanted.rpartition(".")
    if owner and (whole := explaining.explain(held, owner)):
        fields = ", ".join(explaining.field_names(whole))
        return UnknownIdError(f"has no field {field!r}", where=owner, todo=f"Fields are: {fields}")
    if len(candidates) > 1:
        named = ", ".join(candidates[:SHOWN_CANDIDATES]) + (
            " ..." if len(candidates) > SHOWN_CANDIDATES else ""
        )
        return UnknownIdError("several reports have that id", where=wanted, todo=f"Name one: {named}")
    by_then = "" if asked is None else f" as of {asked.day}"
    options = "" if asked is None else f" --as-of {asked.day}{' --held' if asked.clock is Clock.HELD else ''}"
    return UnknownIdError(
        f"nothing in the case{by_then} has that id or field",
        where=wanted,
        todo=f"See the ids with: tidewaiter export {case} --format csv{options}",
    )


def _edtf(date: str | None, option: str = "--date") -> str | None:
    """A date given by the user, checked before anything is done."""
    from tidewaiter import edtf

    try:
        edtf.bounds(date)
    except ValueError as error:
        raise CaseError(f"{date!r} is not a date", where=option, todo="Write it like 2022-11-08.") from error
    return date


def _print_register(view: View, style: RunFormat, quiet: bool = False) -> None:
    from tidewaiter.cli.exporting import text_lines
    from tidewaiter.cli.printing import print_table

    if style is not RunFormat.TABLE:
        for line in text_lines(view, style.value):
            typer.echo(line, nl=False)
    elif not quiet:
        print_table(view)


def _where_to_look(case: Case) -> str:
    from tidewaiter.case import DOSSIER

    folder = case.folder
    return (
        f"Dossier:  {folder / DOSSIER}\n"
        f"Grounds:  tidewaiter explain {folder} ID\n"
        f"Files:    tidewaiter export {folder} --format csv|jsonl|xlsx|geojson|claimreview|ftm|captures"
    )


def _end(added: Added | None, built: Built | None) -> None:
    if (added and added.failed) or (built and built.failed):
        raise typer.Exit(PARTLY)
