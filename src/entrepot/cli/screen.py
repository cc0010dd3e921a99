"""`entrepot screen PARTIES`."""

from __future__ import annotations

import io
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli.named import RegionName, SearchedName
from entrepot.cli.options import as_of_option, emit, keeps_what_it_reads, store_option
from entrepot.cli.progress import bar
from entrepot.core import output
from entrepot.core.errors import DONE, MATCHED, printable
from entrepot.core.output import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.screening.runs.screen import Run

YENTE = "yente"
_SHOWN = ("row", "party", "score", "listed_name", "place", "kind", "strength", "list_id", "section", "valid_from")
_ALWAYS = _SHOWN[:5]


@click.command(
    "screen",
    epilog="Example: entrepot screen suppliers.csv --list uflpa --record clearance.html\n\n"
    "Exit codes: 0 done, 2 bad input, 3 matched or flagged under --fail-on-match.",
)
@click.argument("parties", type=click.Path(path_type=Path))
@click.option(
    "--list",
    "lists",
    type=SearchedName(),
    multiple=True,
    metavar="LIST",
    help="Screen against this list only; may be repeated. LIST@VERSION: a version by its day, or by its file's hash.",
)
@click.option(
    "--region",
    "regions",
    type=RegionName(),
    multiple=True,
    metavar="ID",
    help="Look for parties of this region only; may be repeated. Default: every region under a measure on record.",
)
@as_of_option
@click.option("--min-score", type=float, metavar="S", help="Lowest score of a match, 0 to 1. Default: 0.7.")
@click.option(
    "--name-column", "name_columns", multiple=True, metavar="C", help="Column that holds parties; may be repeated."
)
@click.option(
    "--address-column", "address_columns", multiple=True, metavar="C", help="Column of addresses; may be repeated."
)
@click.option(
    "--country-column", "country_columns", multiple=True, metavar="C", help="Column of countries; may be repeated."
)
@click.option(
    "--sheet", default="", metavar="NAME", help="Sheet of a workbook. Default: the first shown with a known heading."
)
@click.option(
    "--encoding", default="", metavar="E", help="Encoding of a text file, such as cp1251, where it is not UTF-8."
)
@click.option(
    "--kind",
    type=click.Choice(("person", "company")),
    help="What all parties are. Default: a person where a date of birth stands beside the name, else either.",
)
@click.option("--fail-on-match", is_flag=True, help="Exit with 3 when a party is matched or flagged.")
@click.option(
    "--record",
    "record",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the clearance record, one HTML page to file.",
)
@click.option("--operator", default="", metavar="NAME", help="Who runs it, for the record. Default: the system's user.")
@click.option(
    "--workers",
    type=int,
    default=0,
    metavar="N",
    help="Processes. Default: one a core. The result is the same for any.",
)
@click.option("--resume", is_flag=True, help="Take up the unfinished run of the same --out.")
@store_option
@click.option(
    "--out",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to FILE (written whole or not at all); the ending chooses the format.",
)
@click.option(
    "--format",
    "fmt",
    type=click.Choice((*FORMATS, YENTE)),
    help="Output format; yente: the JSON with which yente answers a match. Default: table on the terminal, else by the "
    "ending of --out.",
)
@keeps_what_it_reads
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    parties: Path,
    lists: tuple[str, ...],
    regions: tuple[str, ...],
    as_of: str | None,
    min_score: float | None,
    name_columns: tuple[str, ...],
    address_columns: tuple[str, ...],
    country_columns: tuple[str, ...],
    sheet: str,
    encoding: str,
    kind: str | None,
    *,
    fail_on_match: bool,
    record: Path | None,
    operator: str,
    workers: int,
    resume: bool,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Screen the parties of a file against listings, and flag those placed in a region under a measure.

    PARTIES is a CSV, TSV, XLSX, JSON lines or Parquet file with one or several party columns, also as .gz or .zip; - is
    a CSV from standard input. It may hold millions of rows. A run with --out that is stopped can be taken up
    with --resume.
    """
    from entrepot.cli.keeping import check_store
    from entrepot.core import store as kept
    from entrepot.core.periods import as_of as day_of
    from entrepot.lists.shelf import document_key, searched
    from entrepot.screening.parties.file_options import Given
    from entrepot.screening.runs.screen import MIN_SCORE, Keeping, ScreenOptions, screening

    # What cannot end well is refused before the work.
    chosen = output.format_of(out, fmt)
    _refuse_no_place(out, fmt, resume=resume)
    check_store(store)
    lowest, secret = MIN_SCORE if min_score is None else min_score, document_key(kept.location(store))
    given = Given((), address_columns, country_columns, sheet, encoding, kind or "")
    options = ScreenOptions(lists, lowest, name_columns, workers, given, secret, regions)
    day = day_of(as_of)
    keeping = Keeping(out, resume)
    if resume:
        _say_nothing_to_resume(out)
    with ExitStack() as stack:
        with bar("Screening") as progress, _told_how_to_go_on(out):
            against = searched(kept.location(store), lists, day)
            made = screening(parties, against, as_of=day, options=options, progress=progress, keeping=keeping)
            run = stack.enter_context(made)
        _emit(run, chosen, out)
        if record is not None:
            _file(run, record, operator, out)
        _keep(run, store, parties, out)
        _say(run, record)
        return MATCHED if fail_on_match and run.parts.counts["met"] else DONE


@contextmanager
def _told_how_to_go_on(out: Path | None) -> Iterator[None]:
    """Let an interrupted run that can be taken up say so."""
    from entrepot.screening.runs.screen import parts_folder

    try:
        yield
    except KeyboardInterrupt as exc:
        if out is None or not parts_folder(out).exists():
            raise
        raise KeyboardInterrupt("To take it up, run the same command with --resume.") from exc


def _say_nothing_to_resume(out: Path | None) -> None:
    from entrepot.screening.runs.screen import parts_folder

    if out is not None and not parts_folder(out).exists():
        click.echo(f"There is no unfinished run of {printable(str(out))}: everything is screened.", err=True)


def _refuse_no_place(out: Path | None, fmt: str | None, *, resume: bool) -> None:
    from entrepot.core.errors import BadInputError

    if resume and out is None:
        raise BadInputError("--resume without --out", remedy="Give the --out of the run that was stopped.")
    if out is None and fmt in {"parquet", "xlsx"}:
        raise click.UsageError(f"--format {fmt} needs --out FILE.")


def _emit(run: Run, fmt: str, out: Path | None) -> None:
    """Print or write the matches; to a file they go part by part."""
    from entrepot.core.contract import arrow_schema
    from entrepot.screening.contract import MATCHES

    if fmt == YENTE:
        from entrepot.screening.reports.yente import answer, write_answer

        if out is None:
            text = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
            answer(run, text)
            text.detach()
            return
        rows = write_answer(run, out)
    elif out is None or fmt == "table":
        emit(run.matches, fmt, out, columns=_SHOWN, always=_ALWAYS)
        return
    else:
        rows = output.write_parts(run.parts.tables(), arrow_schema(MATCHES), out, fmt)
    click.echo(f"{rows} rows written to {out}", err=True)


def _file(run: Run, record: Path, operator: str, out: Path | None) -> None:
    """Write the clearance record, with the hash of the file that holds all matches."""
    import hashlib

    from entrepot.core.files import write_text
    from entrepot.screening.reports.clearance import clearance_record

    results = ("", "")
    if out is not None:
        with out.open("rb") as data:
            results = (out.name, hashlib.file_digest(data, "sha256").hexdigest())
    write_text(record, clearance_record(run, operator=operator, results=results))


def _keep(run: Run, folder: str | None, parties: Path, out: Path | None) -> None:
    """Keep the matches in the store for `entrepot explain ID`, and what they are of for `entrepot rescreen`."""
    from entrepot.cli.keeping import keep
    from entrepot.core import store
    from entrepot.screening.runs.earlier import kept

    def put(con: store.Connection) -> None:
        if out is not None:
            store.keep_shown(con, "runs", "id", kept(run, parties, out))
        for data in run.parts.tables():
            if data.num_rows:
                store.keep_shown(con, "matches", "match_id", data)

    if run.parts.counts["met"] or out is not None:
        keep(folder, put)


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _say(run: Run, record: Path | None) -> None:
    """Counts, coverage and what they do not mean, on stderr."""
    from entrepot.screening.reports.clearance import columns_said, summary
    from entrepot.screening.runs.screen import NOT_LISTED

    n = summary(run)
    covered = "; ".join(f"{c['list_id']} {c['sentence']}" for c in run.coverage.to_pylist())
    matched, flags = _many(n["matches"], "match", "matches"), _many(n["flags"], "flag", "flags")
    of = f" of {_many(n['parties_matched'], 'party', 'parties')}" if n["matches"] else ""
    parties = _many(n["parties"], "party", "parties")
    several = len(run.parts.regions)
    region = f"{several} regions" if several > 1 else "the region"
    screened = f"{parties} as of {run.as_of}: {matched}{of}, {flags} for {region}. {covered}."
    lines = [screened, columns_said(run), NOT_LISTED, *run.notes]
    if record is not None:
        lines.append(f"Clearance record: {record}")
    for line in lines:
        click.echo(line, err=True)
