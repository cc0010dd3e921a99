"""`entrepot record refresh` and `record versions`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from entrepot.cli import questions
from entrepot.cli.options import emit, say, store_option, table_options, written_store_option
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.desk.refresh import Refresh

_SHOWN = ("change", "table", "name", "details")


@click.command("refresh", epilog="Example: entrepot record refresh dhs-uflpa")
@click.argument("publishers", metavar="[PUBLISHER]...", nargs=-1)
@click.option(
    "--from",
    "source",
    metavar="URL|FILE",
    help="Of one PUBLISHER: another address than its own, or a page that you saved by hand.",
)
@click.option("--on", "on", metavar="DATE", help="The day on which a FILE was saved. Default: that of its last change.")
@click.option("--accept-loss", is_flag=True, help="Go on where a page lost more than a few of the rows held.")
@click.option("--yes", is_flag=True, help="Write the version without a question.")
@written_store_option
@table_options
def refresh(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    publishers: tuple[str, ...],
    source: str | None,
    on: str | None,
    store: str | None,
    fmt: str | None,
    out: Path | None,
    *,
    accept_loss: bool,
    yes: bool,
) -> None:
    """Refresh the record from what its publishers offer.

    PUBLISHER is dhs-uflpa (the UFLPA Entity List), ofac-sdn (who of the record is still designated), or ember (China's
    solar exports by month, by --from: no address of it is on record). Without one the first two are read.

    Shows what would change, row by row, asks, and writes a dated version of the record into your store; the one that
    ships and earlier versions stay as they are. Without a terminal nothing is written unless you say --yes. The
    addresses are those of `entrepot fetch`: ENTREPOT_ADDRESSES changes them. Other lists, such as the UN's, have no
    table in the record: fetch them.
    """
    from entrepot.cli.progress import download
    from entrepot.desk.refresh import refresh as verb

    seen = []
    with ExitStack() as stack:
        progress = stack.enter_context(download())

        def ask(shown: Refresh) -> bool:
            stack.close()  # a bar that is drawn again and again would hide the question
            seen.append(shown)
            emit(shown.table, fmt, out, columns=_SHOWN)
            say(shown.notes)
            return questions.confirm(tr("Write this version of the record?"), err=True)

        done = verb(
            publishers,
            source=source,
            on=on,
            accept_loss=accept_loss,
            yes=yes,
            ask=ask if sys.stdin.isatty() else None,
            store=store,
            progress=progress,
        )
    if not seen:
        emit(done.table, fmt, out, columns=_SHOWN)
    say(done.notes[len(seen[0].notes) if seen else 0 :])


@click.command("versions", epilog="Example: entrepot record versions")
@table_options
@store_option
def versions(fmt: str | None, out: Path | None, store: str | None) -> None:
    """List the versions of the record that were refreshed, oldest first; the last is the one that answers rest on."""
    from entrepot.desk.refresh import record_versions

    columns = ("version", "publishers", "tables", "changes", "refreshed_at", "sha256")
    found = record_versions(store=store)
    if found.table.num_rows or fmt or out:  # a table of nothing says less than the sentence
        emit(found.table, fmt, out, columns=columns)
    say(found.notes)
