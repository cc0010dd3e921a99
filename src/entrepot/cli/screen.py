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
    from entrepot.core import output
    from entrepot.core import store as kept
    from entrepot.core.periods import as_of as day_of
    from entrepot.screening.held import listings
    from entrepot.screening.screen import MIN_SCORE, ScreenOptions, run_screening

    output.format_of(out, fmt)  # an unknown ending is refused before the work
    options = ScreenOptions(lists, MIN_SCORE if min_score is None else min_score, name_columns)
    day = day_of(as_of)
    held = listings(kept.location(store), lists, day)
    with bar("Screening") as progress:
        run = run_screening(parties, held, as_of=day, options=options, progress=progress)
    if record is not None:
        from entrepot.core.files import write_text
        from entrepot.screening.clearance import clearance_record

        write_text(record, clearance_record(run, operator=operator))
    _keep(run, store)
    emit(run.matches, fmt, out, columns=_SHOWN)
    _say(run, record)
    return MATCHED if fail_on_match and run.matches.num_rows else DONE


def _keep(run: Run, folder: str | None) -> None:
    """Keep the matches in the store, so that `entrepot explain ID` opens them later."""
    from entrepot.core import store

    if run.matches.num_rows:
        with store.opened(store.location(folder)) as con:
            store.keep_shown(con, "matches", "match_id", run.matches)


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
