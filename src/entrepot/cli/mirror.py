"""`entrepot mirror FLOWS`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import accept_loss_option, emit, reading_options, say, store_option, table_options
from entrepot.cli.progress import spinner
from entrepot.core.words.translate import tr

_SHOWN = (
    *("exporter", "importer", "product", "period", "export_usd", "import_usd", "margin", "z", "mirror_gap_usd"),
    "mirror_id",
)

# The two reports and the gap between them, in whose order the rows stand.
_ALWAYS = ("exporter", "importer", "product", "period", "export_usd", "import_usd", "mirror_gap_usd")

# A share says nothing without its ends: these stand however narrow the screen is, the others where they fit.
_SHARE = ("exporter", "importer", "missing_usd", "missing_pct", "missing_low_pct", "missing_high_pct")
_CHANGED = (
    *_SHARE,
    *("export_change_usd", "import_change_usd", "gap_before_pct", "gap_after_pct"),
    *("export_change_pct", "import_change_pct"),
)

_REASONS = (
    *("exporter", "importer", "product", "period", "gap_usd", "share", "opposite", "both", "consistent_with"),
    "reason_id",
)

_KEPT = {_SHOWN: _ALWAYS, _CHANGED: _SHARE}


@click.command(
    "mirror", epilog="Example: entrepot mirror flows.parquet --between PAK AFG\n\nExit codes: 0 done, 2 bad input."
)
@click.argument("flows", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--between", nargs=2, metavar="A B", help="Only flows between these two countries, both ways.")
@click.option("--product", metavar="CODE", help="Only codes that begin with this one.")
@click.option("--reliability", is_flag=True, help="Print the reporters and how far they scatter, not the flows.")
@click.option("--reasons", is_flag=True, help="Print what in the file each gap is consistent with, not the flows.")
@accept_loss_option
@click.option("--since", metavar="DATE", help="Compare before and after this day; what additional exports are missing.")
@click.option("--until", metavar="DATE", help="The last day after it. Default: as far as both sides reach.")
@click.option("--from", "exporters", metavar="ISO3,…", help="Exporters of that; EU27, EAEU, ASEAN too. Default: all.")
@click.option("--to", "importers", metavar="ISO3,…", help="Importers of that, likewise.")
@reading_options
@table_options
@store_option
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    flows: Path,
    between: tuple[str, str] | None,
    product: str | None,
    accept_loss: float,
    since: str | None,
    until: str | None,
    exporters: str | None,
    importers: str | None,
    encoding: str,
    sheet: str,
    fmt: str | None,
    out: Path | None,
    store: str | None,
    *,
    reliability: bool,
    reasons: bool,
) -> None:
    """Hold what exporters report against what importers report of the same flows.

    FLOWS is what `entrepot load` wrote, or a file that it reads. The margin between FOB and CIF and the reliability of
    the reporters are estimated from all flows of the file; the options choose what is shown. Largest mirror gap first.
    """
    from entrepot.core.output import format_of
    from entrepot.desk.mirror import mirror

    format_of(out, fmt)
    with spinner(tr("Reconciling")) as step:
        found = mirror(
            flows,
            between=between,
            product=product,
            reliability=reliability,
            reasons=reasons,
            accept_loss=accept_loss,
            since=since,
            until=until,
            exporters=exporters,
            importers=importers,
            sheet=sheet,
            encoding=encoding,
            store=store,
            progress=step,
        )
    columns = () if reliability else _CHANGED if since else _REASONS if reasons else _SHOWN
    emit(found.table, fmt, out, columns=columns, always=_KEPT.get(columns, ()))
    say(found.notes)
