"""`entrepot corridor trains`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import as_of_option, emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = (
    "place", "year", "state", "low", "trains", "high", "trains_a_day", "capacity_a_day", "use_percent", "teu",
    "capacity_of", "capacity_row", "reports", "trains_id",
)  # fmt: skip


@click.command("trains", epilog="Example: entrepot corridor trains khorgos")
@click.argument("crossing", default="")
@as_of_option
@table_options
@store_option
def trains(crossing: str, as_of: str | None, fmt: str | None, out: Path | None, store: str | None) -> None:
    """Tell how many container trains cross at CROSSING in a year. Default: Khorgos and Alashankou.

    Each year with its interval, the containers on them where reports count some, and how much they take of the highest
    capacity on record of the year. A capacity is dated where its report is; what is not known is said.
    """
    from entrepot.desk.corridor_trains import corridor_trains

    with bar(tr("Estimating")) as progress:
        found = corridor_trains(crossing, as_of=as_of, store=store, progress=progress)
    emit(found.table, fmt, out, columns=_SHOWN, always=_SHOWN[:9])
    say(found.notes)
