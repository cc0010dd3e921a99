"""`entrepot flows FLOWS`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import accept_loss_option, emit, reading_options, say, store_option, table_options
from entrepot.cli.progress import spinner
from entrepot.core.words.translate import tr

_SHOWN = ("number", "exporter", "importer", "product", "period", "flow", "value_usd", "reports", "set_aside")
_ALWAYS = ("number", "exporter", "importer", "product", "period", "flow", "value_usd")  # they stand in its order


@click.command(
    "flows", epilog="Example: entrepot flows flows.parquet --from CHN --by-pair\n\nExit codes: 0 done, 2 bad input."
)
@click.argument("flows", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "exporters", metavar="ISO3,…", help="Only flows from these places. Default: all.")
@click.option("--to", "importers", metavar="ISO3,…", help="Only flows to these, likewise.")
@click.option("--product", metavar="CODE", help="Only codes that begin with this one.")
@click.option("--period", metavar="PERIOD", help="Only this year, quarter or month: 2023, 2023-Q2, 2023-06.")
@click.option("--side", metavar="SIDE", help="Whose reports alone: export, import, balanced.")
@click.option("--by-pair", is_flag=True, help="Add up what is of one pair of places.")
@accept_loss_option
@reading_options
@table_options
@store_option
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    flows: Path | None,
    exporters: str | None,
    importers: str | None,
    product: str | None,
    period: str | None,
    side: str | None,
    accept_loss: float,
    encoding: str,
    sheet: str,
    fmt: str | None,
    out: Path | None,
    store: str | None,
    *,
    by_pair: bool,
) -> None:
    """List flows with the places of their ends on a map, the largest first: what /flows of `entrepot serve` draws.

    FLOWS is what `entrepot load` wrote, or a file that it reads; without it the flows of the record are listed. Both
    sides count a flow twice, so of each pair the side of most value is listed, and of the other the periods that the
    first does not report. What cannot be drawn is listed too, with the reason.
    """
    from entrepot.desk.flows import flows as placed

    with spinner(tr("Reading the flows")) as step:
        found = placed(
            flows,
            exporters=exporters,
            importers=importers,
            product=product,
            period=period,
            side=side,
            by_pair=by_pair,
            accept_loss=accept_loss,
            sheet=sheet,
            encoding=encoding,
            store=store,
            progress=step,
        )
    emit(found.table, fmt, out, columns=_SHOWN, always=_ALWAYS)
    say(found.notes)
