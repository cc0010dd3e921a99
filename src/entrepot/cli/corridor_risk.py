"""`entrepot corridor risk`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import as_of_option, emit, say, store_option, table_options

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = (
    "corridor", "kind", "counted_by", "events", "years", "rate", "low", "high", "hours_lost", "assumed_percent",
    "counted", "risk_id",
)  # fmt: skip


@click.command("risk", epilog="Example: entrepot corridor risk karachi")
@click.argument("place", default="")
@as_of_option
@table_options
@store_option
def risk(place: str, as_of: str | None, fmt: str | None, out: Path | None, store: str | None) -> None:
    """Tell how often attacks and closures are to be expected at PLACE, a corridor or a place on one. Default: all.

    Kinds stand apart: attack, and closed by protest, by politics or by weather outside of a season. A rate is drawn
    from few events: its interval says how little is known, and the rows that count and do not count stand beside it.
    """
    from entrepot.desk.corridor_risk import corridor_risk

    found = corridor_risk(place, as_of=as_of, store=store)
    emit(found.table, fmt, out, columns=_SHOWN, always=_SHOWN[:8])
    say(found.notes)
