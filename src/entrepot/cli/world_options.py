"""Options by which a scenario is asked of a table of one's own."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.scenarios.asked.own_unsure_world import OwnTable

F = TypeVar("F", bound="Callable[..., Any]")


def world_options(command: F) -> F:
    """`--world` and what belongs to it; the command gets `world`, None for the packaged world."""
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

    @functools.wraps(command)
    def asked(*args: Any, **given: Any) -> Any:
        world = _own_table(given.pop("world"), _taken(given))
        return command(*args, **given, world=world)

    found: Any = asked
    for option in reversed(options):
        found = option(found)
    return found  # type: ignore[no-any-return]


def _taken(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given.pop(name) for name in ("mapping", "elasticities", "year", "negative_final")}


def _own_table(path: Path | None, more: dict[str, Any]) -> OwnTable | None:
    """The table with what belongs to it.

    Raises:
        UsageError: what belongs to a table is given without one.
    """
    if path is None:
        without = [
            name for name, usual in (("mapping", None), ("elasticities", ()), ("year", "")) if more[name] != usual
        ]
        if without:
            option = without[0].replace("elasticities", "elasticity")
            raise click.UsageError(f"--{option} is of a table of your own: give --world too")
        return None
    from entrepot.scenarios.asked.own_unsure_world import OwnTable

    return OwnTable(path, **more)
