"""Options by which a scenario is asked of a table of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")


def world_options(command: F) -> F:
    """`--world` and what belongs to it."""
    options = (
        click.option(
            "--world",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="A table of your own in place of the packaged world: OECD ICIO, WIOD, or exporter, importer, flow.",
        ),
        click.option(
            "--mapping", type=click.Path(path_type=Path), metavar="FILE", help="Of --world: what is joined (TOML, CSV)."
        ),
        click.option(
            "--elasticity",
            "elasticities",
            multiple=True,
            metavar="NUMBER",
            help="Of --world: 5 for all sectors, metals=8 for one; may be repeated.",
        ),
        click.option("--year", default="", metavar="YEAR", help="Of --world: its year; of a panel the one to read."),
        click.option(
            "--negative-final",
            type=click.Choice(["refuse", "zero"]),
            default="refuse",
            show_default=True,
            help="Of --world: what is done with final sales below 0.",
        ),
    )

    for option in reversed(options):
        command = option(command)
    return command
