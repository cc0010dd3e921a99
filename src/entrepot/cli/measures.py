"""`entrepot measures`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.named import MeasureName
from entrepot.cli.options import as_of_option, emit, say, table_options

if TYPE_CHECKING:
    from pathlib import Path


_TOUCHED = (
    *("code", "measure_id", "part", "state", "touch", "prefixes"),
    *("basis", "valid_from", "valid_to", "verified"),
)
_OVERVIEW = ("measure_id", "title", "jurisdiction", "kind", "status", "since")
_PARTS = ("state", "valid_from", "valid_to", "name", "text", "citation", "verified")


@click.command("measures", epilog="Example: entrepot measures --goods 8541.43,5201 --as-of 2024-11-24")
@click.argument("measure", required=False, type=MeasureName())
@click.option(
    "--goods", "goods", metavar="CODES", help="HS codes, separated by commas: which measures touch them, by prefix."
)
@click.option(
    "--jurisdiction", "jurisdictions", multiple=True, metavar="US", help="Of this jurisdiction only; may be repeated."
)
@as_of_option
@table_options
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    measure: str | None,
    goods: str | None,
    jurisdictions: tuple[str, ...],
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
) -> None:
    """List measures; show MEASURE as of a date; or find the measures that touch HS codes.

    With MEASURE and --goods: what of that measure touches them. A measure is a dated legal act. Its file says how
    well each provision was verified; Entrepot is not legal advice.
    """
    from entrepot.desk.measures import measures

    found = measures(measure, goods=goods, jurisdictions=jurisdictions, as_of=as_of)
    emit(found.table, fmt, out, columns=_columns(measure, goods))
    say(found.notes)


def _columns(measure: str | None, goods: str | None) -> tuple[str, ...]:
    if goods is not None:
        return _TOUCHED
    return _OVERVIEW if measure is None else _PARTS
