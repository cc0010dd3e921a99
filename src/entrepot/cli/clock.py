"""`entrepot clock`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.named import MeasureName
from entrepot.cli.options import emit, say, store_option, table_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("clock", epilog="Example: entrepot clock 2024-11-25\n\nentrepot clock 2024-11-30 --measure cbp-wro")
@click.argument("presented", metavar="DATE")
@click.option("--detained", "detained", metavar="DATE", help="Day of the decision to detain, where it is known.")
@click.option(
    "--measure", "measure", type=MeasureName(), default="uflpa", show_default=True, help="Measure whose clock runs."
)
@table_options
@store_option
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    presented: str, detained: str | None, measure: str, fmt: str | None, out: Path | None, store: str | None
) -> None:
    """Deadlines of a shipment presented for examination on DATE: detain or release, notice, exclusion, protest.

    With --measure cbp-wro, of a shipment under a withhold release order that was imported on DATE: proof, exclusion.
    Working days leave out US federal holidays. Not legal advice: confirm each date with counsel.
    """
    from entrepot.desk.measures import clock

    found = clock(presented, detained=detained, measure=measure, store=store)
    length = ("days", "months") if any(found.table.column("months").to_pylist()) else ("days",)
    shown = ("step", "due", "counted_from", *length, "day_kind", "skipped", "citation", "verified", "clock_id")
    emit(found.table, fmt, out, columns=shown)
    say(found.notes)
