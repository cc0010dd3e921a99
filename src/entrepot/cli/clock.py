"""`entrepot clock`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.named import MeasureName
from entrepot.cli.options import emit, table_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def _day(text: str | None) -> date | None:
    from entrepot.core.errors import BadDateError
    from entrepot.core.periods import parse

    if text is None:
        return None
    allowed = "a day, such as 2024-11-25"
    try:
        found = parse(text)
    except BadDateError as exc:
        raise BadDateError(text, allowed=allowed) from exc
    if found.precision != "day":
        raise BadDateError(text, allowed=allowed)
    return found.start


@click.command("clock", epilog="Example: entrepot clock 2024-11-25")
@click.argument("presented", metavar="DATE")
@click.option("--detained", "detained", metavar="DATE", help="Day of the decision to detain, where it is known.")
@click.option(
    "--measure", "measure", type=MeasureName(), default="uflpa", show_default=True, help="Measure whose clock runs."
)
@table_options
def command(presented: str, detained: str | None, measure: str, fmt: str | None, out: Path | None) -> None:
    """Deadlines of a shipment presented for examination on DATE: detain or release, notice, exclusion, protest.

    Working days leave out US federal holidays. Not legal advice: confirm each date with counsel.
    """
    from entrepot.measures.detention_clock import detention_clock
    from entrepot.measures.overview import deadlines

    start = _day(presented)
    assert start is not None
    decided = _day(detained)
    steps = detention_clock(start, detained=decided, measure_id=measure)
    if decided is not None and all(s.counted_from != decided for s in steps):
        said = "no step of this clock counts from it, or the goods count as detained before it"
        click.echo(f"--detained {decided} changes nothing: {said}.", err=True)
    data = deadlines(steps)
    emit(data, fmt, out, columns=("step", "due", "counted_from", "days", "day_kind", "skipped", "citation", "verified"))
