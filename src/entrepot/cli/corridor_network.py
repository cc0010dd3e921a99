"""`entrepot corridor network`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import as_of_option, emit, say, store_option, table_options

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = ("from", "to", "mode", "km", "km_basis", "hours", "hours_basis", "usd", "usd_basis", "disagreement", "leg_id")
# What is apart and which side is wrong is the answer; the reason is folded where there is room for it.
_SUMS_ALWAYS = ("id", "from", "to", "mode", "printed_km", "sum_km", "difference_percent", "verdict")
_SUMS = (*_SUMS_ALWAYS, "reason", "assumed_percent")

_FULL = (
    "place", "mode", "direction", "unit", "state", "use_percent", "use_low", "use_high", "a_day", "period_end",
    "capacity_a_day", "capacity_of", "capacity_years", "bottleneck_id",
)  # fmt: skip


@click.command("network", epilog="Example: entrepot corridor network --place khorgos")
@click.option("--place", "place", metavar="PLACE", help="Only links that end there.")
@click.option("--mode", "mode", type=click.Choice(["rail", "road", "sea", "ferry"]), help="Only links of this mode.")
@click.option(
    "--sums",
    "check_sums",
    is_flag=True,
    help="Instead of links, the reports that span several of them, each against the sum of the links.",
)
@click.option(
    "--bottlenecks",
    "bottlenecks",
    is_flag=True,
    help="Instead of links, crossings with a capacity on record, each with what passes against it.",
)
@as_of_option
@table_options
@store_option
def network(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    place: str | None,
    mode: str | None,
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
    store: str | None,
    *,
    check_sums: bool,
    bottlenecks: bool,
) -> None:
    """List the links that routes are computed from: km, hours, dollars, and on what each rests.

    Where no report tells, a stated factor stands in and the figure is marked assumed; the notes give the shares.
    """
    from entrepot.desk.corridor_network import corridor_network

    found = corridor_network(
        place=place, mode=mode, check_sums=check_sums, bottlenecks=bottlenecks, as_of=as_of, store=store
    )
    columns = _SUMS if check_sums else _FULL if bottlenecks else _SHOWN
    emit(found.table, fmt, out, columns=columns, always=_SUMS_ALWAYS if check_sums else (), constants=False)
    say(found.notes)
