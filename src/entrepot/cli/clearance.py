"""`entrepot clearance verify`, `clearance timestamp`, `clearance key`."""

from __future__ import annotations

from pathlib import Path

import click

from entrepot.cli.options import emit, say, store_option, table_options
from entrepot.core.errors import BAD_INPUT, DONE
from entrepot.core.words.translate import tr

ca_option = click.option(
    "--ca",
    "ca",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="ROOT",
    help="Certificates, PEM, that you trust to vouch for time stamps: those of the authority, from the authority.",
)


@click.group("clearance", epilog="Example: entrepot clearance verify clearance.html")
def command() -> None:
    """Verify a clearance record that was signed, have it time-stamped, or print the key of those that this store signs.

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
    help="The file of parties: is it the one that was screened? Of a dossier: a file of supply that it names.",
)
@click.option(
    "--signature",
    "signature",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="SIG",
    help="The signature of a PDF. Default: FILE.sig beside it, if that is there.",
)
@click.option(
    "--timestamp",
    "timestamp",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="STAMP",
    help="Its time stamp. Default: FILE.tsr beside it, if that is there.",
)
@ca_option
@store_option
@table_options
def verify(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    file: Path,
    key: Path | None,
    results: Path | None,
    parties: Path | None,
    signature: Path | None,
    timestamp: Path | None,
    ca: Path | None,
    store: str | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Say whether the record FILE is what was signed, by which key, and when.

    A key that only the record itself names vouches for nothing but that the file is whole: give the key that its desk
    published with --key. A time stamp says when, by the clock of an authority that --ca names.
    """
    from entrepot.desk.clearance import verify_clearance

    found = verify_clearance(
        file, key=key, results=results, parties=parties, signature=signature, timestamp=timestamp, ca=ca, store=store
    )
    emit(found.table, fmt, out)
    return DONE if found.holds else BAD_INPUT


@command.command(
    "timestamp",
    epilog="Example: entrepot clearance timestamp clearance.html --request clearance.html.tsq\n\n"
    "Exit codes: 0 a request is written or a stamp filed; 2 anything else.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--authority",
    "authority",
    default="",
    metavar="URL",
    help="Ask this authority over the network. It learns the SHA-256 of the record, and nothing else.",
)
@click.option(
    "--request",
    "request",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="QUERY",
    help="Write the request to this file, to be sent by other means. Nobody is asked.",
)
@click.option(
    "--response",
    "response",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="ANSWER",
    help="Take in what an authority answered to such a request.",
)
@ca_option
@table_options
def timestamp(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    file: Path,
    authority: str,
    request: Path | None,
    response: Path | None,
    ca: Path | None,
    fmt: str | None,
    out: Path | None,
) -> int:
    """Have the record FILE time-stamped by an authority (RFC 3161): it was there, to the byte, at that time.

    The stamp is checked and filed beside the record as FILE.tsr, where `entrepot clearance verify` finds it. Nothing is
    sent unless --authority is given.
    """
    from entrepot.desk.clearance_timestamp import timestamp_clearance

    found = timestamp_clearance(file, authority=authority, request=request, response=response, ca=ca)
    if found.num_rows:
        emit(found.table, fmt, out)
    say(found.notes)
    return DONE if found.holds else BAD_INPUT


@command.command("key", epilog="Example: entrepot clearance key > desk.pem")
@store_option
def key(store: str | None) -> None:
    """Print the public key with which this store signs, as PEM, for those who verify; it is made on first need."""
    from entrepot.desk.clearance import clearance_key

    (row,) = clearance_key(store=store).to_pylist()
    click.echo(row["public_key"], nl=False)
    click.echo(tr("The key is {key_id}.", key_id=row["key_id"]), err=True)
