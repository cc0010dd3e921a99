"""`entrepot load FILE...`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli.options import emit, reading_options, table_options
from entrepot.cli.progress import spinner
from entrepot.core.errors import printable

if TYPE_CHECKING:
    import pyarrow as pa

_SUMMARY = (
    "flow",
    "frequency",
    "rows",
    "reporters",
    "first_period",
    "last_period",
    "value_usd",
    "totals",
    "vintages",
    "rows_without_value",
)
_FAULTS = ("kind", "count", "done", "what", "rows")


@click.command(
    "load",
    epilog="Example: entrepot load pakistan.csv --out load.parquet\n\nExit codes: 0 done, 2 bad input.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "form",
    metavar="FORM",
    help="Format: comtrade, baci, comext, ember, own, or mapped with --map. Default: found from the heading.",
)
@click.option(
    "--map",
    "mapping",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A TOML file that says which column is what.",
)
@click.option(
    "--hs",
    "edition",
    metavar="EDITION",
    help="Bring the codes to HS2017 or HS2022 by their concordance; without it no code is changed.",
)
@reading_options
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    files: tuple[Path, ...],
    form: str | None,
    mapping: Path | None,
    edition: str | None,
    encoding: str,
    sheet: str,
    fmt: str | None,
    out: Path | None,
) -> None:
    """Load flows of goods from FILES, and say what is wrong with them before anything is added up.

    With --out the flows are written, Parquet being the form that other commands read best; the summary and the faults
    are printed. Without --out, --format csv or json prints the faults for a program. A large CSV is read in blocks when
    --out is Parquet; --hs takes it once it is so written.
    """
    from entrepot.core import output
    from entrepot.intake.text_table import ReadingOptions
    from entrepot.trade import concord, totals
    from entrepot.trade.loading import load, streamed
    from entrepot.trade.loading.summary import summary

    chosen = output.format_of(out, fmt)
    options = ReadingOptions(encoding, sheet)
    with spinner("Loading") as step:
        if edition is None and out is not None and chosen == "parquet" and mapping is None and streamed.is_large(files):
            large = streamed.load_to(files, out, form, step, options)
            click.echo(f"{large.rows} rows written to {out}", err=True)
            _tell(large.summary, large.faults, large.form, large.notes)
            return
        loaded = load.load(files, form, mapping, step, options)
        table, changed = concord.to_edition(loaded.table, edition) if edition else (loaded.table, ())
    if out is None and chosen != "table":
        emit(loaded.faults, fmt, None)
        return
    if out is not None:
        emit(table, fmt, out)
    _tell(summary(table), loaded.faults, loaded.form, loaded.notes)
    for said in (totals.sentence(totals.totals(table)), *changed):
        if said:
            click.echo(said, err=True)


def _tell(held: pa.Table, faults: pa.Table, form: str, notes: tuple[str, ...]) -> None:
    """Print what the flows are and what is wrong with the file."""
    from entrepot.trade.loading.faults import briefly, notices, wrong

    emit(held, "table", None, columns=_SUMMARY)
    found = wrong(faults)
    if found.num_rows:
        emit(briefly(found), "table", None, columns=_FAULTS)
    click.echo(f"Read as {form}. {found.num_rows or 'No'} {'fault' if found.num_rows == 1 else 'faults'}.", err=True)
    for note in notes:
        click.echo(printable(note), err=True)
    if said := notices(faults):
        click.echo(f"Notices: {'; '.join(said)}.", err=True)
