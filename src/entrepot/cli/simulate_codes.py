"""`entrepot simulate codes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import emit, say, table_options
from entrepot.cli.world_options import world_options

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.scenarios.asked.own_unsure_world import NegativeFinal


@click.command("codes", epilog="Example: entrepot simulate codes sector")
@click.argument("kind", default="")
@table_options
@world_options
def codes(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    kind: str,
    world: Path | None,
    mapping: Path | None,
    elasticities: tuple[str, ...],
    year: str,
    negative_final: NegativeFinal,
    fmt: str | None,
    out: Path | None,
) -> None:
    """List what a scenario file may name: presets, economies, sectors with their elasticity. KIND is one of these."""
    from entrepot.desk.simulate import scenario_codes

    found = scenario_codes(
        kind, world=world, mapping=mapping, elasticities=elasticities, year=year, negative_final=negative_final
    )
    emit(found.table, fmt, out, columns=("kind", "code", "name", "elasticity", "low", "high"), always=("code", "name"))
    say(found.notes)
