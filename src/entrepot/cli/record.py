"""`entrepot record`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.named import Condition, TableName
from entrepot.cli.options import as_of_option, emit, store_option, table_options

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
    "own_observations": (
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
    ),
    "sources": ("source_id", "publisher", "title", "published", "url"),
}


@click.command("record", epilog="Example: entrepot record observations --where place_id=khunjerab --format csv")
@click.argument("table", type=TableName(), required=False)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--where",
    "where",
    type=Condition(),
    metavar="CONDITION",
    help="Keep rows that meet CONDITION: place_id=khunjerab, or SQL: \"value_norm > 1000 and metric = 'cargo'\".",
)
@as_of_option
@store_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    table: str | None,
    ids: tuple[str, ...],
    where: str | None,
    as_of: str | None,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> None:
    """Print a TABLE of the record: what it holds, every row with its source. Without TABLE: the list of tables.

    `own_observations` are your own rows, which `entrepot check --add` keeps in the store; `entrepot record remove ID`
    takes them back.
    """
    if table == "remove":
        _remove(ids, store)
        return
    if ids:
        raise click.UsageError(f"an ID goes with remove, not with {table}.")
    if table == "own_observations":
        _own(where, as_of, store, fmt, out)
        return
    _table(table, where, as_of, fmt, out)


def _remove(ids: tuple[str, ...], store: str | None) -> None:
    from entrepot.claims import own
    from entrepot.core import store as kept

    if not ids:
        raise click.UsageError("remove needs the ID of a row of your own, u-…")
    for row_id in ids:
        own.remove(kept.location(store), row_id)
        click.echo(f"{row_id} removed from your own record.", err=True)


def _own(where: str | None, as_of: str | None, store: str | None, fmt: str | None, out: Path | None) -> None:
    from entrepot.claims import own
    from entrepot.core import store as kept

    if where is not None or as_of is not None:
        raise click.UsageError("own_observations takes neither --where nor --as-of.")
    emit(own.rows(kept.location(store)), fmt, out, columns=_SHOWN["own_observations"])


def _table(table: str | None, where: str | None, as_of: str | None, fmt: str | None, out: Path | None) -> None:
    from entrepot.core.errors import BadInputError
    from entrepot.core.periods import as_of as day_of
    from entrepot.record import embedded as door
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
