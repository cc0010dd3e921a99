"""`entrepot supply load`, `files`, `refused`, `remove`: files of supply links."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import emit, reading_options, say, store_option, table_options, written_store_option
from entrepot.cli.progress import spinner
from entrepot.core.errors import BadInputError, printable
from entrepot.core.words.translate import tr


@click.group("supply", epilog="Example: entrepot supply load links.csv")
def command() -> None:
    """Load files of supply links, list them, show refused rows, remove them: what `entrepot trace` follows."""


@command.command("load", epilog="Example: entrepot supply load links.csv --column supplier=Lieferant")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="OURS=HEADING",
    help="A column that the file calls otherwise; may be repeated.",
)
@reading_options
@written_store_option
def load(file: Path, columns: tuple[str, ...], encoding: str, sheet: str, store: str | None) -> None:
    """Load FILE of supply links: a row for each supply, with the columns supplier and buyer.

    Read where they are there: material (what is supplied), product (what the buyer makes of it), quantity, unit, value,
    currency, share (percent of the product's input: 50, 25-50, >50), date, document, origin (where the material was
    grown, mined or first made), supplier_id, buyer_id, supplier_address, supplier_country.

    A row that cannot be is refused with its number and what would be right; the rest is taken.
    """
    from entrepot.desk.trace import load_supply

    named = dict(_pair(c) for c in columns)
    with spinner(tr("Loading the links")):
        done = load_supply(file, columns=named, encoding=encoding, sheet=sheet, store=store)
    row = done.to_pylist()[0]
    click.echo(
        printable(
            tr(
                "{file_id}: {read} rows read, {links} links, {refused} refused",
                file_id=row["file_id"],
                read=row["read"],
                links=row["links"],
                refused=row["refused"],
            )
        )
    )
    say(done.notes)


def _pair(text: str) -> tuple[str, str]:
    ours, sign, heading = text.partition("=")
    if not sign or not heading.strip():
        raise BadInputError("--column", found=text, allowed=tr("OURS=HEADING, such as supplier=Lieferant"))
    return ours.strip(), heading.strip()


@command.command("files", epilog="Example: entrepot supply files")
@table_options
@store_option
def files(fmt: str | None, out: Path | None, store: str | None) -> None:
    """List the files of supply links that are held."""
    from entrepot.desk.trace import supply_files

    shown = ("file_id", "read", "links", "refused", "loaded_at", "file")
    emit(supply_files(store=store).table, fmt, out, columns=shown)


@command.command("refused", epilog="Example: entrepot supply refused supply-1a2b3c4d5e6f")
@click.argument("file_id", metavar="FILE_ID")
@table_options
@store_option
def refused(file_id: str, fmt: str | None, out: Path | None, store: str | None) -> None:
    """List the rows of a file that were refused; FILE_ID as supply files prints it."""
    from entrepot.desk.trace import refused_supply

    emit(refused_supply(file_id, store=store).table, fmt, out, columns=("row", "problem", "remedy"))


@command.command("remove", epilog="Example: entrepot supply remove supply-1a2b3c4d5e6f")
@click.argument("file_id", metavar="FILE_ID")
@written_store_option
def remove(file_id: str, store: str | None) -> None:
    """Remove a file of supply links, and all that was read of it; FILE_ID as supply files prints it."""
    from entrepot.desk.trace import remove_supply

    say(remove_supply(file_id, store=store).notes)
