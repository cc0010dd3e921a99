"""`entrepot clearance verify`, `clearance key`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import emit, store_option, table_options
from entrepot.core.errors import BAD_INPUT, DONE


@click.group("clearance", epilog="Example: entrepot clearance verify clearance.html")
def command() -> None:
    """Verify a clearance record that was signed, or print the public key of those that this store signs.

    `entrepot screen --record` writes and signs the record. It needs the extra `signing`.
    """


@command.command(
    "verify",
    epilog="Example: entrepot clearance verify clearance.html --key desk.pem --input suppliers.csv\n\n"
    "Exit codes: 0 all that was looked at holds, by a known key; 2 anything else.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key",
    "key",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PUBLIC",
    help="The public key, PEM, with which it must have been signed. Default: this store's.",
)
@click.option(
    "--results",
    "results",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="HITS",
    help="The file of matches: is it the one written with the record?",
)
@click.option(
    "--input",
    "parties",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PARTIES",
    help="The file of parties: is it the one that was screened?",
)
@store_option
@table_options
def verify(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    file: Path,
    key: Path | None,
    results: Path | None,
    parties: Path | None,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Say whether the record FILE is what was signed, and by which key.

    A key that only the record itself names vouches for nothing but that the file is whole: give the key that its desk
    published with --key.
    """
    from entrepot.desk.clearance import verify_clearance

    found = verify_clearance(file, key=key, results=results, parties=parties, store=store)
    emit(found.table, fmt, out)
    return DONE if found.holds else BAD_INPUT


@command.command("key", epilog="Example: entrepot clearance key > desk.pem")
@store_option
def key(store: str | None) -> None:
    """Print the public key with which this store signs, as PEM, for those who verify; it is made on first need."""
    from entrepot.desk.clearance import clearance_key

    (row,) = clearance_key(store=store).to_pylist()
    click.echo(row["public_key"], nl=False)
    click.echo(f"The key is {row['key_id']}.", err=True)
