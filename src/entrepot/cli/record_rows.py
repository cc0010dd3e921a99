"""`entrepot record add` and `record remove`: rows of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import emit, reading_options, say, table_options, written_store_option
from entrepot.cli.progress import bar
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "add",
    epilog="Example: entrepot record add place=khunjerab metric=cargo value=41200 unit=tonnes period=2025-04/2025-10 "
    'publisher="Khunjerab Customs" url=https://example.org/2025 published=2025-12-01',
)
@click.argument("given", metavar="FILE | COLUMN=VALUE...", nargs=-1, required=True)
@reading_options
@written_store_option
@table_options
def add(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    given: tuple[str, ...], encoding: str, sheet: str, store: str | None, fmt: str | None, out: Path | None
) -> None:
    """Add observations of your own, each with its source: from FILE, a row each, or one as COLUMN=VALUE words.

    Needed are place (its id or name), metric, value, unit, period (2025, 2025-03, 2025-Q1, 2025-04/2025-10; or
    period_start and period_end) and publisher, or source_id of one of `record sources`. Also: title, url, published,
    id (your own name for the row), partner, mode, direction, per, bound, status, yoy_pct, reported_by, sector, origin,
    quality, note. Without them mode is unknown, direction both, bound exact, status reported, quality unclear: only of
    quality=good does a row call another number of a report into question. place_kind (crossing, port, corridor,
    country_pair, programme, region) says of a place that the record lacks what it is.

    They come back in every answer, marked as your own; the record that ships is not changed. A file with a fault is
    refused whole: each fault is told with its row, column, value and what is allowed.
    """
    from entrepot.cli.record import OWN_SHOWN
    from entrepot.desk.record import add_rows

    with bar(tr("Reading the rows")) as progress:
        done = add_rows(given, encoding=encoding, sheet=sheet, store=store, progress=progress)
    emit(done.table, fmt, out, columns=OWN_SHOWN)
    say(done.notes)


@click.command("remove", epilog="Example: entrepot record remove u-1a2b3c4d5e6f")
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@written_store_option
def remove(ids: tuple[str, ...], store: str | None) -> None:
    """Take rows of your own back out of the record, by their ids, u-…."""
    from entrepot.desk.record import forget

    say(forget(ids, store=store))
