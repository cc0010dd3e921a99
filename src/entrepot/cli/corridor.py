"""`entrepot corridor`, the group of what is told of crossings, links and routes; series, conflicts and effects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.corridor_cooperation import cooperation
from entrepot.cli.corridor_flow import flow
from entrepot.cli.corridor_network import network
from entrepot.cli.corridor_risk import risk
from entrepot.cli.corridor_route import route
from entrepot.cli.corridor_trains import trains
from entrepot.cli.options import as_of_option, emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.runtime.algebra_threads import one_thread
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

_CONFLICTS = ("rank", "place", "quantity", "says", "other_says", "apart_percent", "reason", "conflict_id")
_EFFECT = ("place", "period_start", "period_end", "state", "difference", "low", "high", "unit", "settles", "effect_id")
_SERIES = (
    "counter", "quantity", "place", "period_start", "state", "low", "value", "high", "printed", "unit",
    "reports", "series_id",
)  # fmt: skip


@click.group("corridor", epilog="Example: entrepot corridor series khunjerab")
def command() -> None:
    """Tell what crosses where, what it can carry, and what a closure does."""
    one_thread()


command.add_command(network)
command.add_command(route)
command.add_command(flow)
command.add_command(risk)
command.add_command(trains)
command.add_command(cooperation)


@command.command("series", epilog="Example: entrepot corridor series khorgos --quantity trains --by month")
@click.argument("place")
@click.option("--quantity", "quantity", default="", metavar="WORD", help="What is counted: cargo, trains, passengers.")
@click.option("--mode", "mode", default="", metavar="MODE", help="rail, road or all. Default: each that is reported.")
@click.option(
    "--direction",
    "direction",
    type=click.Choice(("both", "in", "out")),
    default="both",
    show_default=True,
    help="Of both directions together, into China or out of it, as the reports count.",
)
@click.option("--partner", "partner", default="", metavar="NAME", help="The other side. Default: each.")
@click.option(
    "--by",
    "by",
    type=click.Choice(("year", "month", "both")),
    default="year",
    show_default=True,
    help="Rows by year, by month, or both.",
)
@as_of_option
@table_options
@store_option
def series(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    place: str,
    quantity: str,
    mode: str,
    direction: str,
    partner: str,
    by: str,
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
    store: str | None,
) -> None:
    """Estimate what passed at PLACE, with the interval that holds 95 in 100, from all that was reported of it.

    Reports may overlap, cover a part, give a bound or a growth, or contradict each other. Where they leave more than a
    factor of three open, the row says not_known and gives no number.
    """
    from entrepot.desk.corridor_series import corridor_series

    with bar(tr("Estimating")) as progress:
        found = corridor_series(
            place,
            quantity=quantity,
            mode=mode,
            direction=direction,
            partner=partner,
            by=by,
            as_of=as_of,
            store=store,
            progress=progress,
        )
    emit(found.table, fmt, out, columns=_SERIES, constants=False)
    say(found.notes)


@command.command("conflicts", epilog="Example: entrepot corridor conflicts --place khorgos")
@click.option("--place", "place", default="", metavar="PLACE", help="Of this place only. Default: everywhere.")
@as_of_option
@table_options
@store_option
def conflicts(place: str, as_of: str | None, fmt: str | None, out: Path | None, store: str | None) -> None:
    """List reports that cannot all be right, the widest apart first, each with what likely lies behind it.

    One thing with two figures, parts above their whole, sums that fall, growth that does not follow from its figures.
    Both sides stand: nothing is resolved.
    """
    from entrepot.desk.corridor_conflicts import corridor_conflicts

    found = corridor_conflicts(place=place, as_of=as_of, store=store)
    emit(found.table, fmt, out, columns=_CONFLICTS, always=_CONFLICTS[:7])
    say(found.notes)


@command.command("effect", epilog="Example: entrepot corridor effect N003")
@click.argument("event")
@table_options
@store_option
def effect(event: str, fmt: str | None, out: Path | None, store: str | None) -> None:
    """Tell what EVENT changed: an id of the experiments (N003) or the events (E082) of the record.

    `entrepot record experiments` and `entrepot record events` list them.

    The effect is what passed less what would have passed, with its interval, beside windows in which nothing happened.
    Where the record does not allow it, the row says not_identifiable and which observations would settle it.
    """
    from entrepot.desk.corridor_effect import corridor_effect

    found = corridor_effect(event, store=store)
    emit(found.table, fmt, out, columns=_EFFECT, always=_EFFECT[3:9])
    say(found.notes)
