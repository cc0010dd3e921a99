"""`entrepot corridor cooperation`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import as_of_option, emit, say, store_option, table_options

_SHOWN = ("date", "kind", "field", "place_id", "countries", "what", "value", "unit", "state", "cooperation_id")


@click.command("cooperation", epilog="Example: entrepot corridor cooperation khorgos")
@click.argument("place", default="")
@click.option(
    "--projects",
    "projects",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A copy of AidData's file of Chinese-financed projects, as CSV or workbook.",
)
@as_of_option
@table_options
@store_option
def cooperation(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    place: str, projects: Path | None, as_of: str | None, fmt: str | None, out: Path | None, store: str | None
) -> None:
    """List agreements, memoranda, meetings and joint drills at PLACE or with a country, by date. Default: all.

    Beside them the visitors of the cooperation centre at Khorgos by year, with their interval, and with --projects
    Chinese-financed projects by year and place. Events are what reports tell, no complete list.
    """
    from entrepot.desk.corridor_cooperation import corridor_cooperation

    found = corridor_cooperation(place, projects=projects, as_of=as_of, store=store)
    emit(found.table, fmt, out, columns=_SHOWN, always=_SHOWN[:2])
    say(found.notes)
