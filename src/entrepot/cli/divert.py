"""`entrepot divert FLOWS`, and its subcommands."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.named import MeasureName
from entrepot.cli.options import accept_loss_option, emit, reading_options, say, store_option, table_options
from entrepot.cli.progress import spinner
from entrepot.cli.running_group import OwnArgument, RunningGroup
from entrepot.core.errors import DONE, MATCHED
from entrepot.core.words.translate import marked, tr

# The ends with their sampling error come first: the bare ones hold the truth far less often.
_SHOWN = (
    *("word", "product", "product_out", "hub", "q", "high", "low", "unit", "loss", "seen_from", "reason"),
    *("low_95", "high_95", "break_in", "break_out", "legs", "rivals"),
)
_OUT = "product_out"  # along a chain: what is counted of the direct flow, and leaves the hub
# What a row says, and what the sentences below speak of.
_ALWAYS = ("word", "product", _OUT, "hub", "q", "high", "unit")


@click.group(
    "divert",
    cls=RunningGroup,
    several=marked("Several files are made one by: entrepot load FILE FILE … --out ALL.parquet."),
    below={
        "demos": ("entrepot.cli.divert_demos", "demos"),
        "event-study": ("entrepot.cli.divert_event_study", "event_study"),
    },
    usage="[FLOWS]",
    epilog="Example: entrepot divert flows.parquet --measure uflpa --hubs MYS,VNM --product 61\n\n"
    "Exit codes: 0 done, 2 bad input, 3 something rose beyond chance under --fail-on-signal.",
)
@click.argument("flows", cls=OwnArgument, required=False, type=click.Path(path_type=Path))
@click.option(
    "--demo",
    "demo",
    is_flag=False,
    flag_value="",
    metavar="NAME",
    help="Flows that come with Entrepot, in place of FLOWS; without a name it lists them.",
)
@click.option(
    "--as", "form", metavar="FORM", help="Format of FLOWS, as in entrepot load. Default: found from the heading."
)
@click.option(
    "--measure",
    "measure",
    type=MeasureName(),
    default="none",
    metavar="ID|FILE",
    help="The measure, or a TOML file of your own. Default: none, of which --from, --to and --since tell.",
)
@click.option(
    "--from",
    "origin",
    metavar="ISO3",
    help="Whose goods it touches; EU27, EAEU, ASEAN, or several by commas, read as one. Default: as the measure says.",
)
@click.option("--to", "destination", metavar="ISO3", help="Who applies it. Default: as the measure says.")
@click.option(
    "--hubs",
    "hubs",
    metavar="ISO3,…",
    help="Suspects: looked at, and left out of what is compared with. Default: auto, all places in the flows.",
)
@click.option(
    "--controls",
    "controls",
    metavar="CODE,ISO3,…",
    help="Codes and places that the measure does not touch: what is compared with, where suspects leave too little.",
)
@click.option("--since", "since", metavar="DATE", help="The day it took effect. Default: as the measure says.")
@click.option(
    "--until",
    "until",
    metavar="DATE",
    help="The last day looked at. Default: the last of the measure, else of the flows.",
)
@click.option("--product", "products", multiple=True, metavar="CODE", help="Codes or their first digits, with commas.")
@click.option(
    "--supply",
    "supply",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What hubs make themselves: product, hub, period, amount, unit. Without it the lower end is 0.",
)
@click.option(
    "--output-growth",
    "output_growth",
    type=float,
    metavar="SHARE",
    help="Assume that hubs of unknown output made at most so much more, as a share of what they exported before: it "
    "lifts the lower end.",
)
@click.option(
    "--by", "by", type=click.Choice(("value", "weight")), default="value", show_default=True, help="What is counted."
)
@click.option("--chain", "chain", metavar="NAME", help="Follow a processing chain by weight: solar, cotton or silicon.")
@click.option("--fdr", "level", type=float, default=0.1, show_default=True, help="Accepted rate of false discoveries.")
@click.option(
    "--html",
    "html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write a page of plots: intervals, legs, a map, what could have been seen, and what was wrong.",
)
@click.option("--fail-on-signal", "fail", is_flag=True, help="Exit with 3 when something rose beyond chance.")
@accept_loss_option
@reading_options
@store_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    flows: Path | None,
    demo: str | None,
    form: str | None,
    measure: str,
    origin: str | None,
    destination: str | None,
    hubs: str | None,
    since: str | None,
    until: str | None,
    products: tuple[str, ...],
    supply: Path | None,
    by: str,
    chain: str | None,
    level: float,
    accept_loss: float,
    encoding: str,
    sheet: str,
    *,
    output_growth: float | None,
    controls: str | None,
    html: Path | None,
    fail: bool,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Where the trade may have gone after a measure: possible hubs by product, each with an interval.

    FLOWS is what `entrepot load` wrote, or a file that it reads; --demo brings flows of its own. An interval says how
    much of what the direct flow lost can have come round through a hub, not that it did. `entrepot divert event-study`
    follows one flow by regression.
    """
    from entrepot.core.output import format_of
    from entrepot.desk.demos import demos
    from entrepot.desk.divert import SHOWN, divert

    chosen = format_of(out, fmt)
    if demo == "" and flows is None:
        there = demos()
        emit(there.table, fmt, out, columns=("demo", "title", "missing"))
        say(there.notes)
        return DONE
    with spinner(tr("Looking for trade that came round")) as step:
        found = divert(
            flows,
            demo=demo,
            form=form,
            measure=measure,
            origin=origin,
            destination=destination,
            hubs=hubs,
            since=since,
            until=until,
            products=products,
            supply=supply,
            output_growth=output_growth,
            controls=controls,
            by=by,
            html=html,
            chain=chain,
            level=level,
            accept_loss=accept_loss,
            encoding=encoding,
            sheet=sheet,
            store=store,
            progress=step,
        )
    shown = found.table.slice(0, SHOWN) if chosen == "table" else found.table
    # What the rows that are shown have in common need not be so in those that are not.
    is_cut = shown.num_rows < found.table.num_rows
    columns = tuple(n for n in _SHOWN if chain or n != _OUT)
    emit(shown, fmt, out, columns=columns, always=_ALWAYS, constants=is_cut)
    say(found.notes)
    return MATCHED if fail and found.rises else DONE
