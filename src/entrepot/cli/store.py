"""`entrepot store where`, `check`, `repair`, `backup`, `restore`, `share`, `remove`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from entrepot.cli.options import emit, store_option, table_options, written_store_option
from entrepot.cli.questions import agreed_to_remove
from entrepot.core.errors import BAD_INPUT, printable
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import retold, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyarrow import Table


@click.group("store", epilog="Example: entrepot store where")
def command() -> None:
    """Show where the store lies and what it holds; check, mend, save, put back, share or remove it.

    The store is the folder in which Entrepot keeps loaded lists and what it showed you. What you write with --out or
    --record lies where you say, not there.
    """


@command.command("where", epilog="Example: entrepot store where --format json")
@store_option
@table_options
def where(store: str | None, fmt: str | None, out: Path | None) -> None:
    """Show where the store lies, what it holds, and what `store remove` would do with each part."""
    from entrepot.core import store as kept
    from entrepot.desk.holdings import holdings

    folder = kept.location(store)
    found = holdings(folder)
    click.echo(
        tr("The store is {folder}", folder=printable(str(folder)))
        + ("." if kept.is_there(folder) else tr(", not made yet.")),
        err=True,
    )
    emit(found, fmt, out, columns=("part", "what", "fate", "rows", "bytes", "files"))


@command.command("check", epilog="Example: entrepot store check\n\nExit codes: 0 whole, 2 something is wrong.")
@store_option
@table_options
def check(store: str | None, fmt: str | None, out: Path | None) -> None:
    """Say whether every part of the store is what was written to it; what is wrong comes first.

    Screening checks what it reads by itself. This looks at all of it: the database block by block, each file of each
    list against its hash, and what killed runs left.
    """
    from entrepot.cli.progress import spinner
    from entrepot.core import store as kept
    from entrepot.desk.store_check import store_check

    with spinner(tr("Checking the store")):
        found = store_check(kept.location(store))
    _told(found, fmt, out)


@command.command("repair", epilog="Example: entrepot store repair")
@written_store_option
@table_options
def repair(store: str | None, fmt: str | None, out: Path | None) -> None:
    """Mend what can be mended, and check again.

    Lists that lie in the store and that its database does not name are named again, if they are what was written. A
    database that cannot be read is moved aside and a new one made. What killed runs left goes. Nothing else is removed.
    """
    from entrepot.cli.progress import spinner
    from entrepot.core import store as kept
    from entrepot.desk.store_check import store_repair

    with spinner(tr("Mending the store")):
        found = store_repair(kept.location(store))
    _told(found, fmt, out)


def _told(found: Table, fmt: str | None, out: Path | None) -> None:
    """Print the state of a store; exit code 2 where something is wrong.

    Raises:
        Exit: something is wrong.
    """
    emit(found, fmt, out, columns=("part", "state", "found", "remedy"))
    if not found.num_rows:
        click.echo(tr("There is no store yet."), err=True)
    if "wrong" in found.column("state").to_pylist():
        raise click.exceptions.Exit(BAD_INPUT)


@command.command("backup", epilog="Example: entrepot store backup entrepot-2026-11-26.tar")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@store_option
def backup(file: Path, store: str | None) -> None:
    """Write the store to FILE, a tar archive that `store restore` puts back.

    It holds your own observations, what was shown, the lists, the key under which numbers of documents are compared,
    and the key that signs your records: keep it where only you can read it. Indexes are left out; they are made again.
    """
    from entrepot.cli.progress import spinner
    from entrepot.core import store as kept
    from entrepot.core.store.archive import backup as written
    from entrepot.lists.search_set import FOLDER

    with spinner(tr("Writing the archive")):
        names = written(kept.location(store), file, (FOLDER,))
    click.echo(tr("{file}: {count} files, each with its hash.", file=printable(str(file)), count=len(names)), err=True)


@command.command("restore", epilog="Example: entrepot store restore entrepot-2026-11-26.tar --store desk")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@written_store_option
def restore(file: Path, store: str | None) -> None:
    """Put a store back from FILE, as `store backup` wrote it, into a folder where none is.

    Each file is compared with its hash. An archive that was cut or changed is refused, and nothing is put back.
    """
    from entrepot.cli.progress import spinner
    from entrepot.core import store as kept
    from entrepot.core.store.archive import restore as put_back

    folder = kept.location(store)
    with spinner(tr("Putting the store back")):
        names = put_back(file, folder)
    click.echo(
        tr("{folder}: {count} files, each what was put in.", folder=printable(str(folder)), count=len(names)), err=True
    )


@command.command("share", epilog="Example: entrepot store share --group compliance")
@click.option("--group", metavar="GROUP", help="Let this group of the machine read it; it must be one of yours.")
@click.option("--private", is_flag=True, help="Let nobody read it but you.")
@written_store_option
def share(group: str | None, store: str | None, *, private: bool) -> None:
    """Let a group read the store, or nobody but you.

    They read all that lies in it, the key under which numbers of documents are compared too, and write nothing: what
    they are shown is not kept. The key that signs your records stays yours alone.
    """
    from entrepot.core import store as kept
    from entrepot.core.store.sharing import share as shared

    if (group is None) is not private:
        raise click.UsageError(tr("Give --group GROUP, or --private."))
    folder = kept.location(store)
    count = shared(folder, group)
    who = tr("You alone") if group is None else tr("You, and to read it the group {group},", group=printable(group))
    click.echo(
        tr("{who} may use {folder}: {count} files and folders.", who=who, folder=printable(str(folder)), count=count),
        err=True,
    )


@command.command("remove", epilog="Example: entrepot store remove lists --yes")
@click.argument("parts", metavar="[PART]...", nargs=-1)
@click.option("--yes", is_flag=True, help="Do not ask.")
@written_store_option
def remove(parts: tuple[str, ...], store: str | None, *, yes: bool) -> None:
    """Remove from the store what can be loaded or computed again, or the PARTs named, as `store where` calls them.

    What goes is said first, and asked. Your own observations, what your screenings were of, the key that signs your
    records, and files that Entrepot did not put there, such as a clearance record, stay unless named.
    """
    from entrepot.core import store as kept
    from entrepot.desk import holdings

    plan = holdings.planned(kept.location(store), parts)
    click.echo(tr("The store is {folder}.", folder=printable(str(plan.folder))), err=True)
    _tell("Goes", plan.going)
    _tell("Stays", plan.staying)
    if not plan.going:
        click.echo(tr("Nothing is removed."), err=True)
        return
    if not yes and not agreed_to_remove():
        click.echo(tr("Nothing is removed."), err=True)
        return
    holdings.remove(plan)
    click.echo(tr("Removed: {going}.", going=printable(", ".join(r["part"] for r in plan.going))), err=True)


def _tell(fate: str, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        amounts = [counted(row["rows"], "row")] if row["rows"] else []
        amounts += (
            [tr("{bytes:,} bytes in {files}", bytes=row["bytes"], files=", ".join(row["files"]))]
            if row["files"]
            else []
        )
        click.echo(printable(f"{fate}: {row['part']}: {retold(row['what'])} ({', '.join(amounts)})"), err=True)
