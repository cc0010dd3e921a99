"""`entrepot own load`, `own files`, `own remove`: files of ownership data."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.named import OwnershipForm
from entrepot.cli.options import (
    columns_option,
    emit,
    reading_options,
    say,
    store_option,
    table_options,
    written_store_option,
)
from entrepot.cli.progress import spinner
from entrepot.core.errors import printable
from entrepot.core.words.translate import tr


@click.command("load", epilog="Example: entrepot own load owners.csv --column owner=Gesellschafter")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "form", type=OwnershipForm(), metavar="FORMAT", help="Format of FILE. Default: found from it.")
@columns_option("owner=Gesellschafter")
@reading_options
@written_store_option
def load(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    file: Path, form: str | None, columns: dict[str, str], encoding: str, sheet: str, store: str | None
) -> None:
    """Load FILE of ownership data: who owns what part of whom.

    A table of your own has the columns owner, owned, share (50, 25-50, >50, or nothing where it is not known), and may
    have interest (shares, votes, control, linked), from, to, owner_id, owned_id, and share_minimum and share_maximum
    instead of share. Read too: Beneficial Ownership Data
    Standard, the UK's PSC snapshot, GLEIF's relationship records, Ownership among FollowTheMoney entities
    (OpenSanctions), Linked To in OFAC's sdn.csv.

    A row of your own table that cannot be is refused with its number and what would be right, and the rest is taken;
    rows that cannot be together, such as 60 and 50 % of one party, are refused with their file.
    """
    from entrepot.desk.own import load_ownership

    with spinner(tr("Loading the links")):
        done = load_ownership(file, form=form, columns=columns, encoding=encoding, sheet=sheet, store=store)
    row = done.to_pylist()[0]
    click.echo(
        printable(
            tr(
                "{file_id} {value}: {links} links between {parties} parties",
                file_id=row["file_id"],
                value=row["format"],
                links=row["links"],
                parties=row["parties"],
            )
        )
    )
    if row["read"] is not None:
        said = tr("{read} rows read, {links} taken, {refused} refused", read=row["read"], links=row["links"],
                  refused=row["refused"])  # fmt: skip
        click.echo(printable(said))
    say(done.notes)


@click.command("files", epilog="Example: entrepot own files")
@table_options
@store_option
def files(fmt: str | None, out: Path | None, store: str | None) -> None:
    """List the files of ownership data that are held."""
    from entrepot.desk.own import ownership_files

    emit(
        ownership_files(store=store).table,
        fmt,
        out,
        columns=("file_id", "format", "read", "links", "refused", "parties", "loaded_at", "file"),
    )


@click.command("remove", epilog="Example: entrepot own remove o-1a2b3c4d5e6f")
@click.argument("file_id", metavar="FILE_ID")
@written_store_option
def remove(file_id: str, store: str | None) -> None:
    """Remove a file of ownership data, and all that was read of it; FILE_ID as own files prints it."""
    from entrepot.desk.own import remove_ownership

    say(remove_ownership(file_id, store=store).notes)
