"""`entrepot lists`, `lists load`, `lists diff`, `lists remove`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from entrepot.cli.named import LoadedName, PublishedName, VersionName
from entrepot.cli.options import emit, reading_options, store_option, table_options
from entrepot.cli.progress import spinner

_SHOWN = ("list_id", "version", "entries", "names", "loaded_at", "reader", "sha256", "title")


@click.group(
    "lists",
    invoke_without_command=True,
    epilog="Example: entrepot lists load ofac/ --as ofac-sdn --version 2026-07-23",
)
@store_option
@table_options
@click.pass_context
def command(context: click.Context, store: str | None, fmt: str | None, out: Path | None) -> None:
    """List what parties are screened against: the record's lists and the loaded versions, with dates and hashes.

    A list is loaded from its publisher's file, and every load is a dated version.
    """
    if context.invoked_subcommand is not None:
        _pass_on(context, {"store": store, "fmt": fmt, "out": out})
        return
    from entrepot.core import store as kept
    from entrepot.core.periods import as_of
    from entrepot.lists.shelf import held

    emit(held(kept.location(store), as_of(None)), fmt, out, columns=_SHOWN)


def _pass_on(context: click.Context, given: dict[str, Any]) -> None:
    """What was given before a subcommand holds for it: a list must not be loaded into, or removed from, another store.

    Raises:
        UsageError: the subcommand has no such option.
    """
    assert isinstance(context.command, click.Group)
    name = str(context.invoked_subcommand)
    below = context.command.commands[name]
    told = {k: v for k, v in given.items() if v is not None}
    for option in [p for p in context.command.params if p.name in told]:
        if option.name not in {p.name for p in below.params}:
            raise click.UsageError(
                f"{option.opts[0]} does not go with lists {name}.",
                below.make_context(name, [], context, resilient_parsing=True),
            )
    context.default_map = {name: told}


@command.command("load", epilog="Example: entrepot lists load consolidated.xml --as un")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--as",
    "list_id",
    type=PublishedName(),
    required=True,
    metavar="LIST",
    help="Which list it is: ofac-sdn, ofac-nonsdn, un, uk, eu, us-csl, bis-entity-list, dhs-uflpa; yours: own-NAME.",
)
@click.option("--version", metavar="DATE", help="The day of which the list is, where the file does not say.")
@click.option("--accept-shrink", is_flag=True, help="Load it even where it lost half its entries.")
@reading_options
@store_option
def load(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    file: Path,
    list_id: str,
    version: str | None,
    encoding: str,
    sheet: str,
    store: str | None,
    *,
    accept_shrink: bool,
) -> None:
    """Load FILE as a version of a list; a folder for lists of several files.

    A list of your own is a table of any kind that `entrepot screen` reads, with a column `name`.

    A file that is not what it claims to be is refused and nothing changes.
    """
    from entrepot.core import store as kept
    from entrepot.core.periods import as_of
    from entrepot.intake.text_table import ReadingOptions
    from entrepot.lists import versions
    from entrepot.lists.shelf import UNPROVEN

    with spinner("Loading the list"):
        row = versions.load(
            file,
            list_id,
            kept.location(store),
            version=version,
            accept_shrink=accept_shrink,
            options=ReadingOptions(encoding, sheet),
        )
    click.echo(f"{list_id} {row['version']}: {row['entries']} entries, {row['names']} names, sha256 {row['sha256']}")
    for note in row["notes"]:
        click.echo(note, err=True)
    if row["version"] > as_of(None).isoformat():
        click.echo(f"{row['version']} has not come: no screening before that day uses this version.", err=True)
    if not row["proven"]:
        click.echo(f"Check a few entries: {UNPROVEN}.", err=True)


@command.command("diff", epilog="Example: entrepot lists diff ofac-sdn 2026-07-23 2026-08-04")
@click.argument("list_id", type=LoadedName(), metavar="LIST")
@click.argument("first", type=VersionName(), metavar="A")
@click.argument("second", type=VersionName(), metavar="B")
@store_option
@table_options
def diff(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    list_id: str, first: str, second: str, store: str | None, fmt: str | None, out: Path | None
) -> None:
    """Show what differs between versions A and B of a loaded LIST: added, removed, changed entries."""
    from entrepot.core import store as kept
    from entrepot.lists import versions

    with spinner("Comparing"):
        changes, said = versions.differences(list_id, first, second, kept.location(store))
    emit(changes, fmt, out)
    counts = changes.column("change").to_pylist()
    told = ", ".join(f"{counts.count(c)} {c}" for c in ("added", "removed", "changed"))
    click.echo(f"{list_id} from {first} to {second}: {told}; {said}.", err=True)


@command.command("remove", epilog="Example: entrepot lists remove ofac-sdn 2026-07-23")
@click.argument("list_id", type=LoadedName(), metavar="LIST")
@click.argument("version", type=VersionName(), metavar="VERSION")
@store_option
def remove(list_id: str, version: str, store: str | None) -> None:
    """Remove a VERSION of a loaded LIST from the store."""
    from entrepot.core import store as kept
    from entrepot.lists import versions

    row = versions.remove(list_id, version, kept.location(store))
    click.echo(f"{list_id} {row['version']} is removed.", err=True)
