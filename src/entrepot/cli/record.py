"""`entrepot record`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import as_of_option, emit, table_options

if TYPE_CHECKING:
    from pathlib import Path

# The columns a terminal shows first; files carry all.
_SHOWN = {
    "observations": (
        "id",
        "place",
        "partner",
        "metric",
        "mode",
        "direction",
        "value_norm",
        "unit_norm",
        "bound",
        "period_start",
        "period_end",
        "yoy_pct",
        "quality",
    ),
    "events": ("id", "date", "kind", "title", "place", "magnitude", "status", "same_as"),
    "listings": ("entity_id", "list_id", "name", "name_zh", "section", "sector", "valid_from"),
    "membership": ("id", "entity_id", "what", "value", "valid_from", "valid_to", "certainty"),
    "measures": ("measure_id", "part_id", "valid_from", "valid_to", "text", "citation", "verified"),
    "rules": ("id", "rule", "place", "quantity", "unit", "status", "valid_from", "valid_to"),
    "crossings": ("place_id", "name", "kind", "country", "partner", "modes", "lat", "lon", "season", "status"),
    "flows": ("id", "partner", "product", "hs", "period", "value_usd", "net_kg", "capacity_mw", "months_reported"),
    "shares": ("id", "region", "product", "metric", "value_pct", "low_pct", "high_pct", "period_start", "quality"),
    "sources": ("source_id", "publisher", "title", "published", "url"),
}


@click.command("record", epilog="Example: entrepot record observations --where place_id=khunjerab --format csv")
@click.argument("table", required=False)
@click.option(
    "--where",
    "where",
    metavar="CONDITION",
    help="Keep rows that meet CONDITION: place_id=khunjerab, or SQL: \"value_norm > 1000 and metric = 'cargo'\".",
)
@as_of_option
@table_options
def command(table: str | None, where: str | None, as_of: str | None, fmt: str | None, out: Path | None) -> None:
    """Print a TABLE of the record: what it holds, every row with its source. Without TABLE: the list of tables."""
    from entrepot.core.errors import BadInputError
    from entrepot.core.periods import as_of as day_of
    from entrepot.record import record as door
    from entrepot.record.where import where as rows

    if table is None and where is not None:
        raise BadInputError("--where without a table", found=where, remedy="Name the TABLE that it filters.")
    record = door.load()
    if as_of is not None:
        known = door.known(record, day_of(as_of))
        record = known.record
        if table is not None and table in known.inferred:
            click.echo(
                f"As of {known.as_of}: {known.later[table]} later rows left out; {known.inferred[table]} of those kept "
                "carry an inferred date.",
                err=True,
            )
        elif table is not None and table in record.tables:
            click.echo(
                f"{table} does not say when a row became known: all its rows are shown, later ones too.", err=True
            )
    if table is None:
        emit(door.overview(record), fmt, out)
        return
    emit(rows(record, table, where), fmt, out, columns=_SHOWN.get(table, ()))
