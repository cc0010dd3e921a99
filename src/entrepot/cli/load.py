"""`entrepot load FILE...`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import emit, table_options
from entrepot.cli.progress import spinner

_SUMMARY = (
    "flow",
    "frequency",
    "rows",
    "reporters",
    "first_period",
    "last_period",
    "vintages",
    "value_usd",
    "rows_without_value",
    "totals",
)
_FAULTS = ("kind", "count", "done", "what", "rows")


@click.command(
    "load",
    epilog="Example: entrepot load pakistan.csv --out flows.parquet. Exit codes: 0 done, 2 bad input.",
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
@table_options
def command(files: tuple[Path, ...], form: str | None, mapping: Path | None, fmt: str | None, out: Path | None) -> None:
    """Load flows of goods from FILES, and say what is wrong with them before anything is added up.

    With --out the flows are written, Parquet being the form that other commands read best; the summary and the faults
    are printed. Without --out, --format csv or json prints the faults for a program.
    """
    from entrepot.core import output
    from entrepot.trade import flows
    from entrepot.trade.faults import briefly
    from entrepot.trade.summary import summary

    chosen = output.format_of(out, fmt)
    with spinner("Loading") as step:
        loaded = flows.load(files, form, mapping, step)
    if out is None and chosen != "table":
        emit(loaded.faults, fmt, None)
        return
    if out is not None:
        emit(loaded.table, fmt, out)
    emit(summary(loaded.table), "table", None, columns=_SUMMARY)
    if loaded.faults.num_rows:
        emit(briefly(loaded.faults), "table", None, columns=_FAULTS)
    click.echo(f"Read as {loaded.form}. {loaded.faults.num_rows or 'No'} faults.", err=True)
