"""`entrepot divert event-study FLOWS`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.named import MeasureName
from entrepot.cli.options import accept_loss_option, emit, reading_options, say, table_options
from entrepot.cli.progress import spinner
from entrepot.core.words.translate import tr

_SHOWN = ("method", "term", "period_start", "period_end", "change_pct", "low_pct", "high_pct", "p", "p_placebo")


@click.command(
    "event-study",
    epilog="Example: entrepot divert event-study flows.parquet --measure uflpa --from CHN --to USA --plot path.svg",
)
@click.argument("flows", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--measure",
    "measure",
    required=True,
    type=MeasureName(),
    metavar="ID|FILE",
    help="The measure, or a TOML file of your own; none for one not on record.",
)
@click.option(
    "--from",
    "origin",
    metavar="ISO3,…",
    help="Whose goods it touches; a group or several by commas are touched alike. Default: as the measure says.",
)
@click.option("--to", "destination", metavar="ISO3", help="Who applies it. Default: as the measure says.")
@click.option("--since", "since", metavar="DATE", help="The day it took effect. Default: as the measure says.")
@click.option(
    "--until",
    "until",
    metavar="DATE",
    help="The last day looked at. Default: the last of the measure, else of the flows.",
)
@click.option("--hubs", "hubs", metavar="ISO3,…", help="Possible hubs, whose legs are left out of what is compared.")
@click.option("--product", "products", multiple=True, metavar="CODE", help="Codes or their first digits, with commas.")
@click.option(
    "--controls",
    "controls",
    metavar="CODE,ISO3,…",
    help="Codes and places that it does not touch. Codes make it a triple difference; with places no others are used.",
)
@click.option(
    "--by",
    "by",
    type=click.Choice(("value", "weight", "unit-value")),
    default="value",
    show_default=True,
    help="What is followed.",
)
@click.option(
    "--dose",
    "dose",
    metavar="CODE=N@DAY,…",
    help="How much of the measure each code has, and from when, such as a rate of duty: what one unit goes with.",
)
@click.option("--window", "window", metavar="N:M", help="Terms before and after the date. Default: all.")
@click.option(
    "--effects",
    "effects",
    metavar="NAME,…",
    default="",
    help="What is absorbed: exporter-product-period, importer-product-period, product-period, pair-period, "
    "pair-product, pair-product-season. Default: the first two and the last; with control codes pair-period too.",
)
@click.option(
    "--cluster",
    "cluster",
    type=click.Choice(("pair", "exporter", "importer", "product", "pair-product")),
    default="pair",
    show_default=True,
    help="What errors are clustered by.",
)
@click.option(
    "--placebos", "placebos", type=click.IntRange(0), default=39, show_default=True, help="Untouched pairs tried."
)
@click.option(
    "--plot",
    "plot",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the path: FILE.svg, or FILE.png (needs the extra print).",
    metavar="FILE",
)
@accept_loss_option
@reading_options
@table_options
def event_study(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    flows: Path,
    measure: str,
    origin: str | None,
    destination: str | None,
    since: str | None,
    until: str | None,
    hubs: str | None,
    products: tuple[str, ...],
    controls: str | None,
    by: str,
    dose: str | None,
    window: str | None,
    effects: str,
    cluster: str,
    placebos: int,
    plot: Path | None,
    accept_loss: float,
    encoding: str,
    sheet: str,
    fmt: str | None,
    out: Path | None,
) -> None:
    """Follow one flow around the day of a measure, beside flows that it did not touch.

    FLOWS is what `entrepot load` wrote, or a file that it reads. PPML with leads and lags; difference in
    differences and synthetic control as second opinions. What moved is not thereby moved by the measure.
    """
    from entrepot.brief.charts.event_path import event_path
    from entrepot.brief.charts.picture_file import picture_format, write_picture
    from entrepot.core.output import format_of
    from entrepot.desk.divert import event_study as study

    format_of(out, fmt)
    if plot is not None:
        picture_format(plot)
    with spinner(tr("Estimating")) as step:
        found = study(
            flows,
            measure=measure,
            origin=origin,
            destination=destination,
            since=since,
            until=until,
            hubs=hubs,
            products=products,
            controls=controls,
            by=by,
            dose=dose,
            window=window,
            effects=effects,
            cluster=cluster,
            placebos=placebos,
            accept_loss=accept_loss,
            encoding=encoding,
            sheet=sheet,
            progress=step,
        )
    emit(found.table, fmt, out, columns=_SHOWN)
    say(found.notes)
    if plot is not None:
        asked = found.asked
        assert asked is not None
        write_picture(
            plot,
            event_path(
                found.table,
                tr(
                    "{origin} to {destination} around {since}",
                    origin=asked.origin,
                    destination=asked.destination,
                    since=asked.since,
                ),
            ),
        )
