"""`entrepot lists`, `lists load`, `lists diff`, `lists show`, `lists remove`."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import click

from entrepot.cli.named import LoadedName, PublishedName, VersionName
from entrepot.cli.options import emit, reading_options, say, store_option, table_options, written_store_option
from entrepot.cli.progress import spinner
from entrepot.cli.questions import agreed_to_remove
from entrepot.cli.terminal import prose_width
from entrepot.core import output
from entrepot.core.errors import plain, printable
from entrepot.core.words.told_cells import each_apart, told_or_apart
from entrepot.core.words.translate import retold, tr
from entrepot.lists.profiles.profile_lines import value_said
from entrepot.lists.registry import sources

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
    from entrepot.desk.lists import lists

    found = lists(store=store)
    emit(found.table, fmt, out, columns=_SHOWN)
    say(found.notes)


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
                tr("{opts} does not go with lists {name}.", opts=option.opts[0], name=name),
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
    help=f"Which list it is: {', '.join(sources())}; yours: own-NAME.",
)
@click.option("--version", metavar="DATE", help="The day of which the list is, where the file does not say.")
@click.option("--accept-loss", is_flag=True, help="Load it even where it lost more than a few of its entries.")
@reading_options
@written_store_option
def load(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    file: Path,
    list_id: str,
    version: str | None,
    encoding: str,
    sheet: str,
    store: str | None,
    *,
    accept_loss: bool,
) -> None:
    """Load FILE as a version of a list; a folder for lists of several files.

    A list of your own is a table of any kind that `entrepot screen` reads, with a column `name`.

    A file that is not what it claims to be is refused and nothing changes.
    """
    from entrepot.desk.lists import load_list

    with spinner(tr("Loading the list")):
        done = load_list(
            file,
            list_id,
            version=version,
            accept_loss=accept_loss,
            sheet=sheet,
            encoding=encoding,
            store=store,
        )
    row = done.row
    counts = tr(
        "{entries} entries, {names} names, sha256 {sha256}",
        entries=row["entries"],
        names=row["names"],
        sha256=row["sha256"],
    )
    click.echo(printable(f"{list_id} {row['version']}: {counts}"))
    say(done.notes)


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
    from entrepot.desk.lists import diff_lists

    with spinner(tr("Comparing")):
        found = diff_lists(list_id, first, second, store=store)
    emit(found.table, fmt, out)
    say(found.notes)


@command.command("show", epilog="Example: entrepot lists show ofac-sdn-29220")
@click.argument("entity_id", metavar="ID")
@click.option(
    "--version", default="", metavar="VERSION", help="Version of a loaded list. Default: the newest that has the entry."
)
@store_option
@table_options
def show(entity_id: str, version: str, store: str | None, fmt: str | None, out: Path | None) -> None:
    """Show all that a list says of the entry ID: names, birth date, addresses, programmes, links, numbers, remarks.

    ID is that of a match or of a candidate of `entrepot search`. Numbers of persons' documents are not shown: only
    a keyed hash of each is kept.
    """
    from entrepot.desk.lists import show_listed

    found = show_listed(entity_id, version=version, store=store)
    if output.format_of(out, fmt) == "table" and out is None:
        click.echo(plain(statements_text(found.to_pylist())), nl=False)
        return
    emit(found.table, fmt, out, columns=("what", "value", "note"))


def statements_text(rows: list[dict[str, Any]]) -> str:
    """Statements as lines that fit the terminal, each kind named once: nothing is cut."""
    words = {r["what"]: retold(r["what"].replace("_", " ")) for r in rows}
    wide = max(map(len, words.values()))
    lines, before = [], ""
    for r in rows:
        said = value_said(r["what"], r["value"]) + (f" ({told_or_apart(r['note'])})" if r["note"] else "")
        word = "" if r["what"] == before else words[r["what"]]
        begin, before = f"{word:<{wide}}  ", r["what"]
        folded = textwrap.wrap(said, prose_width(), initial_indent=begin, subsequent_indent=" " * len(begin)) or [begin]
        lines += each_apart(folded)
    return "\n".join(lines) + "\n"


@command.command("remove", epilog="Example: entrepot lists remove ofac-sdn 2026-07-23")
@click.argument("list_id", type=LoadedName(), metavar="LIST")
@click.argument("version", type=VersionName(), metavar="VERSION")
@click.option("--yes", is_flag=True, help="Do not ask, whatever rests on the version.")
@written_store_option
def remove(list_id: str, version: str, store: str | None, *, yes: bool) -> None:
    """Remove a VERSION of a loaded LIST from the store.

    Where screenings that are kept rest on it, that is said first, with what stops, and asked.
    """
    from entrepot.desk.lists import remove_list
    from entrepot.desk.resting_screenings import resting_screenings

    if rests := resting_screenings(list_id, version, store=store):
        say(rests)
        if not yes and not agreed_to_remove():
            say((tr("Nothing is removed."),))
            return
    say(remove_list(list_id, version, store=store).notes[:1])  # what rests on it was told before
