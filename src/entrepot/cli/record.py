"""`entrepot record`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.named import Condition, TableName
from entrepot.cli.options import as_of_option, emit, record_version_option, say, store_option, table_options
from entrepot.cli.running_group import OwnArgument, RunningGroup
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

# The columns a terminal shows first; files carry all.
OWN_SHOWN = (
    "id",
    "place",
    "metric",
    "value_norm",
    "unit_norm",
    "bound",
    "period_start",
    "period_end",
    "reviewed",
    "report",
)
_SHOWN = {
    "observations": (
        "id",
        "place",
        "metric",
        "value_norm",
        "unit_norm",
        "period_start",
        "period_end",
        "direction",
        "mode",
        "bound",
        "partner",
        "quality",
        "yoy_pct",
    ),
    "events": ("id", "date", "kind", "title", "place", "magnitude", "status", "same_as"),
    "firms": ("id", "firm", "what", "place", "date", "status", "stated_reason", "reported_reason", "event", "movement"),
    "listings": ("entity_id", "list_id", "name", "name_zh", "section", "sector", "valid_from"),
    "membership": ("id", "entity_id", "what", "value", "valid_from", "valid_to", "certainty"),
    "measures": ("measure_id", "part_id", "valid_from", "valid_to", "text", "citation", "verified"),
    "rules": ("id", "rule", "place", "quantity", "unit", "status", "valid_from", "valid_to"),
    "crossings": ("place_id", "name", "kind", "country", "partner", "modes", "lat", "lon", "season", "status"),
    "flows": ("id", "partner", "product", "hs", "period", "value_usd", "net_kg", "capacity_mw", "months_reported"),
    "shares": ("id", "region", "product", "metric", "value_pct", "low_pct", "high_pct", "period_start", "quality"),
    "own_observations": OWN_SHOWN,
    "sources": ("source_id", "publisher", "title", "published", "url"),
}


# A figure without its unit and its period is none, so these are folded rather than left out.
_ALWAYS = {"observations": ("id", "place", "metric", "value_norm", "unit_norm", "period_end")}


@click.group(
    "record",
    cls=RunningGroup,
    below={
        **{name: ("entrepot.cli.record_rows", name) for name in ("add", "remove")},
        **{name: ("entrepot.cli.record_refresh", name) for name in ("refresh", "versions")},
    },
    usage="[TABLE]",
    no_args_is_help=False,  # without a table the list of tables is the answer
    epilog="Example: entrepot record observations --where place_id=khunjerab --format csv",
)
@click.argument("table", type=TableName(), cls=OwnArgument, required=False)
@click.option(
    "--where",
    "where",
    type=Condition(),
    metavar="CONDITION",
    help="Keep rows that meet CONDITION: place_id=khunjerab, or SQL: \"value_norm > 1000 and metric = 'cargo'\".",
)
@as_of_option
@record_version_option
@store_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    table: str | None,
    where: str | None,
    as_of: str | None,
    record_version: str | None,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> None:
    """Print a TABLE of the record: what it holds, every row with its source. Without TABLE: the list of tables.

    Rows that you added (`record add`) stand among the observations, with ids that begin with u-. `own_observations`
    are all your own rows, those too that `entrepot check --add` read in a report and nobody reviewed.
    """
    from entrepot.desk.record import OWN, record

    if table == OWN and not (where is None and as_of is None):
        raise click.UsageError(tr("own_observations takes neither --where nor --as-of."))
    found = record(table, where=where, as_of=as_of, record_version=record_version, store=store)
    emit(
        found.table, fmt, out, columns=_SHOWN.get(table or "", ()), always=_ALWAYS.get(table or "", ()), constants=False
    )
    say(found.notes)
