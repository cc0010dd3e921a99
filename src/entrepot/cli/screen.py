"""`entrepot screen PARTIES`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli.options import as_of_option, emit, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED

if TYPE_CHECKING:
    from entrepot.screening.screen import Run

_SHOWN = ("row", "party", "kind", "list_id", "listed_name", "score", "section", "valid_from", "place", "strength")


@click.command(
    "screen",
    epilog="Example: entrepot screen suppliers.csv --list uflpa --record clearance.html. "
    "Exit codes: 0 done, 2 bad input, 3 matched or flagged under --fail-on-match.",
)
@click.argument("parties", type=click.Path(path_type=Path))
@click.option("--list", "lists", multiple=True, metavar="LIST", help="Screen against this list only; may be repeated.")
@as_of_option
@click.option("--min-score", type=float, metavar="S", help="Lowest score of a match, 0 to 1. Default: 0.8.")
@click.option(
    "--name-column", "name_columns", multiple=True, metavar="C", help="Column that holds parties; may be repeated."
)
@click.option("--fail-on-match", is_flag=True, help="Exit with 3 when a party is matched or flagged.")
@click.option(
    "--record",
    "record",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the clearance record, one HTML page to file.",
)
@click.option("--operator", default="", metavar="NAME", help="Who runs it, for the record. Default: the system's user.")
@store_option
@table_options
def command(  # noqa: PLR0913 - one argument an option is click's way
    parties: Path,
    lists: tuple[str, ...],
    as_of: str | None,
    min_score: float | None,
    name_columns: tuple[str, ...],
    *,
    fail_on_match: bool,
    record: Path | None,
    operator: str,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Screen the parties of a file against listings, and flag those placed in Xinjiang.

    PARTIES is a CSV, TSV, XLSX, JSON lines or Parquet file with one or several party columns.
    """
    from entrepot.cli.keeping import check_store
    from entrepot.core import output
    from entrepot.core import store as kept
    from entrepot.core.periods import as_of as day_of
    from entrepot.screening.held import listings
    from entrepot.screening.screen import MIN_SCORE, ScreenOptions, run_screening

    # What cannot end well is refused before the work.
    output.format_of(out, fmt)
    _distinct(parties, record, out)
    check_store(store)
    options = ScreenOptions(lists, MIN_SCORE if min_score is None else min_score, name_columns)
    day = day_of(as_of)
    held = listings(kept.location(store), lists, day)
    with bar("Screening") as progress:
        run = run_screening(parties, held, as_of=day, options=options, progress=progress)
    if record is not None:
        from entrepot.core.files import write_text
        from entrepot.screening.clearance import clearance_record

        write_text(record, clearance_record(run, operator=operator))
    emit(run.matches, fmt, out, columns=_SHOWN)
    _keep(run, store)
    _say(run, record)
    return MATCHED if fail_on_match and run.matches.num_rows else DONE


def _distinct(parties: Path, record: Path | None, out: Path | None) -> None:
    """Refuse to write two files to one name, or over the file that is screened."""
    from entrepot.core.errors import BadInputError
    from entrepot.core.files import same_file

    for option, path in (("--record", record), ("--out", out)):
        if path is not None and same_file(path, parties):
            raise BadInputError(
                f"{option} is the file that is screened", found=str(path), remedy="Give another name; it would be lost."
            )
    if record is not None and out is not None and same_file(record, out):
        raise BadInputError("--record and --out are one file", found=str(out), remedy="Give two names.")


def _keep(run: Run, folder: str | None) -> None:
    """Keep the matches in the store, so that `entrepot explain ID` opens them later."""
    from entrepot.cli.keeping import keep
    from entrepot.core import store

    if run.matches.num_rows:
        keep(folder, lambda con: store.keep_shown(con, "matches", "match_id", run.matches))


def _say(run: Run, record: Path | None) -> None:
    """Counts, coverage and what they do not mean, on stderr."""
    from entrepot.screening.clearance import summary
    from entrepot.screening.screen import NOT_LISTED

    n = summary(run)
    covered = "; ".join(f"{c['list_id']} {c['sentence']}" for c in run.coverage.to_pylist())
    counts = f"{n['matches']} matches of {n['parties_matched']} parties, {n['flags']} flags for the region"
    lines = [f"{n['parties']} parties as of {run.as_of}: {counts}. {covered}.", NOT_LISTED, *run.notes]
    if record is not None:
        lines.append(f"Clearance record: {record}")
    for line in lines:
        click.echo(line, err=True)
