"""`entrepot fetch LIST`."""

from __future__ import annotations

import click

from entrepot.cli.named import PublishedName
from entrepot.cli.options import say, written_store_option
from entrepot.core.errors import printable
from entrepot.core.words.translate import tr


@click.command("fetch", epilog="Example: entrepot fetch un")
@click.argument("list_id", type=PublishedName(), metavar="LIST")
@click.option(
    "--version",
    "--as-of",
    "version",
    metavar="DATE",
    help="The day of which the list is, where neither the file nor its server says.",
)
@click.option(
    "--from",
    "source",
    metavar="URL",
    help="Another address than the official one; for lists of several files a folder, ending in a slash.",
)
@click.option("--accept-loss", is_flag=True, help="Load it even where it lost more than a few of its entries.")
@written_store_option
def command(list_id: str, version: str | None, source: str | None, store: str | None, *, accept_loss: bool) -> None:
    """Fetch a LIST from its publisher and load it as a dated version.

    Only over https. What comes is checked like a file given to `lists load`; a failure leaves the store as it was.
    Asking again downloads nothing where the publisher says that nothing has changed.
    """
    from entrepot.cli.progress import download
    from entrepot.desk.lists import fetch

    with download() as progress:
        done = fetch(list_id, version=version, source=source, accept_loss=accept_loss, store=store, progress=progress)
    row = done.row
    for name, file in (done.files or {}).items():
        click.echo(
            printable(tr("{name}: {size:,} bytes, sha256 {sha256}", name=name, size=file.size, sha256=file.sha256)),
            err=True,
        )
    state = "" if done.changed else " (unchanged)"
    counts = tr(
        "{entries} entries, {names} names, sha256 {sha256}",
        entries=row["entries"],
        names=row["names"],
        sha256=row["sha256"],
    )
    click.echo(printable(f"{list_id} {row['version']}{state}: {counts}"))
    say(done.notes)
