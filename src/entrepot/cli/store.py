"""`entrepot store where`, `store remove`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from entrepot.cli.options import emit, store_option, table_options
from entrepot.core.errors import BadInputError, printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@click.group("store", epilog="Example: entrepot store where")
def command() -> None:
    """Show where the store lies and what it holds, or remove from it.

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
        f"The store is {printable(str(folder))}" + ("." if kept.is_there(folder) else ", not made yet."), err=True
    )
    emit(found, fmt, out, columns=("part", "what", "fate", "rows", "bytes", "files"))


@command.command("remove", epilog="Example: entrepot store remove lists --yes")
@click.argument("parts", metavar="[PART]...", nargs=-1)
@click.option("--yes", is_flag=True, help="Do not ask.")
@store_option
def remove(parts: tuple[str, ...], store: str | None, *, yes: bool) -> None:
    """Remove from the store what can be loaded or computed again, or the PARTs named, as `store where` calls them.

    What goes is said first, and asked. Your own observations, what your screenings were of, and files that Entrepot did
    not put there, such as a clearance record, stay unless named.
    """
    from entrepot.core import store as kept
    from entrepot.desk import holdings

    plan = holdings.planned(kept.location(store), parts)
    click.echo(f"The store is {printable(str(plan.folder))}.", err=True)
    _tell("Goes", plan.going)
    _tell("Stays", plan.staying)
    if not plan.going:
        click.echo("Nothing is removed.", err=True)
        return
    if not yes and not _agreed():
        click.echo("Nothing is removed.", err=True)
        return
    holdings.remove(plan)
    click.echo(f"Removed: {printable(', '.join(r['part'] for r in plan.going))}.", err=True)


def _tell(fate: str, rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        amounts = [f"{row['rows']:,} rows"] if row["rows"] else []
        amounts += [f"{row['bytes']:,} bytes in {', '.join(row['files'])}"] if row["files"] else []
        click.echo(printable(f"{fate}: {row['part']}: {row['what']} ({', '.join(amounts)})"), err=True)


def _agreed() -> bool:
    """Whether the person says yes.

    Raises:
        BadInputError: there is nobody to ask.
    """
    click.echo("Remove it? [y/N] ", nl=False, err=True)
    answer = sys.stdin.readline() if sys.stdin is not None else ""
    if not answer:
        click.echo(err=True)
        raise BadInputError("nobody answers", remedy="Nothing is removed. To remove without being asked, add --yes.")
    return answer.strip().casefold() in {"y", "yes"}
