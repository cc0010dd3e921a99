"""`entrepot own PARTY`, `own --all`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.named import RuleName, SearchedName
from entrepot.cli.options import as_of_option, emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.cli.running_group import OwnArgument, RunningGroup
from entrepot.core.errors import DONE, MATCHED
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = (
    "verdict",
    "party",
    "low_percent",
    "high_percent",
    "unnamed_percent",
    "chains",
    "missing",
    "to_confirm",
    "controlled_by",
    "ownership_id",
)

_WHERE_TOLD = ("to_confirm", "controlled_by")  # columns that are shown where a row has something in them


@click.group(
    "own",
    cls=RunningGroup,
    below={name: ("entrepot.cli.own_files", name) for name in ("load", "files", "remove")},
    usage="[PARTY]",
    epilog='Example: entrepot own "Aksu Huafu Color Spinning Co., Ltd." --list uflpa\n\n'
    "Exit codes: 0 done, 2 bad input, 3 a party is blocked, or that cannot be excluded, under --fail-on-blocked.",
)
@click.argument("party", cls=OwnArgument, required=False)
@click.option(
    "--all",
    "everyone",
    is_flag=True,
    help="Every party of which listed or blocked owners hold, or can hold, some part, or that they control.",
)
@click.option(
    "--rule",
    type=RuleName(),
    default="ofac-50",
    show_default=True,
    metavar="RULE",
    help="The rule; the first part of its name is enough: eu.",
)
@click.option(
    "--list",
    "lists",
    type=SearchedName(),
    multiple=True,
    metavar="LIST",
    help="Lists whose parties count as listed, instead of those of the rule; may be repeated.",
)
@click.option("--fail-on-blocked", "fail", is_flag=True, help="Exit with 3 unless every party is not blocked.")
@as_of_option
@table_options
@store_option
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    party: str | None,
    rule: str,
    lists: tuple[str, ...],
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
    store: str | None,
    *,
    everyone: bool,
    fail: bool,
) -> int:
    """Tell whether PARTY falls under a listing of its owners, by its name or id in the ownership data.

    Blocked owners' holdings count whole, those of others nothing, and control alone counts nothing. What is not known
    of a share gives an interval: blocked, not blocked, or cannot be excluded, with the shares that would settle it.
    """
    from entrepot.desk.own import own

    with bar(tr("Following the shares")) as progress:
        found = own(party, everyone=everyone, rule=rule, as_of=as_of, lists=lists, store=store, progress=progress)
    if party is not None and fmt is None and out is None:
        from entrepot.cli.own_page import page

        click.echo(page(found.to_pylist()), nl=False)
    else:
        told = {c for c in _WHERE_TOLD if any(found.table.column(c).to_pylist())}
        emit(found.table, fmt, out, columns=tuple(c for c in _SHOWN if c not in _WHERE_TOLD or c in told))
    say(found.notes)
    is_clear = all(v == "not_blocked" for v in found.table.column("verdict").to_pylist())
    return MATCHED if fail and not is_clear else DONE
