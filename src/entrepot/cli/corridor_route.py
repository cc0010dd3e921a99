"""`entrepot corridor route`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import as_of_option, emit, say, store_option, table_options

if TYPE_CHECKING:
    from pathlib import Path

_ALWAYS = ("rank", "via", "modes", "km", "hours")  # the answer; a narrow terminal folds the way
_SHOWN = (
    "rank",
    "via",
    "modes",
    "km",
    "hours",
    "usd",
    "assumed_km_percent",
    "assumed_hours_percent",
    "hangs_on",
    "route_id",
)
_BY_RISK = ("rank", "via", "modes", "km", "hours", "risk_hours", "assumed_risk_percent", "risks", "route_id")


@click.command("route", epilog="Example: entrepot corridor route --from Urumqi --to Karachi --month 1")
@click.option("--from", "origin", required=True, metavar="PLACE", help="Where it starts.")
@click.option("--to", "destination", required=True, metavar="PLACE", help="Where it ends.")
@click.option(
    "--month",
    "month",
    type=click.IntRange(1, 12),
    metavar="MONTH",
    help="Travel in the middle of this month, the next one. Default: on the day of --as-of.",
)
@click.option(
    "--close", "close", multiple=True, metavar="PLACE,…", help="Take these places as closed; may be repeated."
)
@click.option(
    "--mode",
    "modes",
    type=click.Choice(["rail", "road", "sea", "ferry"]),
    multiple=True,
    help="Only by this mode; may be repeated.",
)
@click.option(
    "--by",
    "by",
    type=click.Choice(["time", "cost", "risk"]),
    default="time",
    show_default=True,
    help="What is to be least; risk: hours with those that attacks and closures must be expected to cost.",
)
@as_of_option
@table_options
@store_option
def route(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    origin: str,
    destination: str,
    month: int | None,
    close: tuple[str, ...],
    modes: tuple[str, ...],
    by: str,
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
    store: str | None,
) -> None:
    """Find the best routes between two places: alternatives, what each hangs on, what of it is assumed.

    Seasons and closures of the record hold on the day of travel. No cost is given where more than half is assumed.
    """
    from entrepot.desk.corridor_route import corridor_route

    found = corridor_route(origin, destination, month=month, close=close, modes=modes, by=by, as_of=as_of, store=store)
    emit(found.table, fmt, out, columns=_BY_RISK if by == "risk" else _SHOWN, always=_ALWAYS)
    say(found.notes)
