"""`entrepot simulate codes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import emit, say, table_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("codes", epilog="Example: entrepot simulate codes sector")
@click.argument("kind", default="")
@table_options
def codes(kind: str, fmt: str | None, out: Path | None) -> None:
    """List what a scenario file may name: presets, economies, sectors with their elasticity. KIND is one of these."""
    from entrepot.desk.simulate import scenario_codes

    found = scenario_codes(kind)
    emit(found.table, fmt, out, columns=("kind", "code", "name", "elasticity", "low", "high"), always=("code", "name"))
    say(found.notes)
