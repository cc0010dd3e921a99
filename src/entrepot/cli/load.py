"""`entrepot load FILE...`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from entrepot.cli.options import accept_loss_option, emit, reading_options, say, table_options
from entrepot.cli.progress import spinner
from entrepot.core.errors import printable
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.desk.load import Load

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
    epilog="Example: entrepot load pakistan.csv --out flows.parquet\n\nExit codes: 0 done, 2 bad input.",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--as",
    "form",
    metavar="FORM",
    help="Format: comtrade, baci, comext, hmrc, census, ember, own, mapped (--map). Default: found from the heading.",
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
@accept_loss_option
@reading_options
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    files: tuple[Path, ...],
    form: str | None,
    mapping: Path | None,
    edition: str | None,
    accept_loss: float,
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
    from entrepot.core.output import as_named, format_of
    from entrepot.desk.load import load
    from entrepot.trade.loading.whole import fiscal_reporters

    chosen = format_of(out, fmt)
    with spinner(tr("Loading")) as step:
        found = load(
            files,
            form=form,
            mapping=mapping,
            edition=edition,
            accept_loss=accept_loss,
            sheet=sheet,
            encoding=encoding,
            out=out,
            fmt=fmt,
            progress=step,
        )
    assert found.faults is not None
    if out is None and chosen != "table":
        emit(found.faults, fmt, None)
        return
    if found.written is not None:
        click.echo(
            tr("{written} written to {out}", written=counted(found.written, "row"), out=printable(str(out)))
            + as_named(out, fmt),
            err=True,
        )
    elif out is not None:
        emit(found.table if chosen == "parquet" else fiscal_reporters.as_printed(found.table), fmt, out)
    _tell(found, found.faults)


def _tell(found: Load, faults: pa.Table) -> None:
    """Print what the flows are and what is wrong with the file."""
    from entrepot.trade.loading.faults import briefly, wrong

    assert found.summary is not None
    emit(found.summary, "table", None, columns=_SUMMARY)
    sorts = wrong(faults)
    if sorts.num_rows:
        emit(briefly(sorts), "table", None, columns=_FAULTS)
    say((*found.notes, *found.told))
