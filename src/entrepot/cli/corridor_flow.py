"""`entrepot corridor flow`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import as_of_option, emit, say, store_option, table_options

# The way is the answer: on a narrow terminal it is folded, and what the file of the demand says is left out.
_ALWAYS = ("line", "way", "carried", "before", "hours", "via")
_SHOWN = (*_ALWAYS, "full", "wanted", "from", "to", "assumed_km_percent", "assumed_hours_percent", "flow_id")
_PRICES = (
    "capacity",
    "limit",
    "load",
    "before",
    "price_more",
    "price",
    "price_less",
    "one_more",
    "one_less",
    "price_id",
)


@click.command("flow", epilog="Example: entrepot corridor flow demand.csv --cap khorgos:road=650/day --prices")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--close", "close", multiple=True, metavar="PLACE,…", help="Take these places as closed; may be repeated."
)
@click.option(
    "--cap",
    "cap",
    multiple=True,
    metavar="PLACE:MODE=RATE",
    help="A capacity instead of those on record, as khorgos:road=650/day; may be repeated.",
)
@click.option(
    "--prices", "prices", is_flag=True, help="Instead of flows, what each capacity is worth from either side."
)
@as_of_option
@table_options
@store_option
def flow(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    file: Path,
    close: tuple[str, ...],
    cap: tuple[str, ...],
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
    store: str | None,
    *,
    prices: bool,
) -> None:
    """Send the loads of FILE over the network at least time: who goes where, what is left, what a closure costs.

    FILE has the columns from, to, amount, unit (trucks/day, TEU/month, tonnes/year), and at will mode, where a row
    keeps to one. Where not all can go, the notes name the cut that binds, as "khorgos, road (650.0 a day): 900.0 loads
    a day would have to pass and 650.0 can, 250.0 short". Needs the extra routes.
    """
    from entrepot.desk.corridor_flow import corridor_flow

    found = corridor_flow(file, close=close, cap=cap, prices=prices, as_of=as_of, store=store)
    emit(found.table, fmt, out, columns=_PRICES if prices else _SHOWN, always=() if prices else _ALWAYS)
    say(found.notes)
