"""`entrepot simulate codes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import emit, say, table_options
from entrepot.cli.world_options import world_options

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.scenarios.asked.own_unsure_world import OwnTable


@click.command("codes", epilog="Example: entrepot simulate codes sector")
@click.argument("kind", default="")
@table_options
@world_options
def codes(kind: str, world: OwnTable | None, fmt: str | None, out: Path | None) -> None:
    """List what a scenario file may name: presets, economies, sectors with their elasticity. KIND is one of these."""
    from entrepot.desk.simulate import scenario_codes

    found = scenario_codes(kind, world)
    emit(found.table, fmt, out, columns=("kind", "code", "name", "elasticity", "low", "high"), always=("code", "name"))
    say(found.notes)
