"""`entrepot trace PRODUCT`, `trace --all`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.named import SearchedName
from entrepot.cli.options import as_of_option, emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = (
    "touches",
    "product",
    "party",
    "low_percent",
    "likely_percent",
    "high_percent",
    "untraced_percent",
    "tiers",
    "exposure_id",
)


@click.command(
    "trace",
    epilog='Example: entrepot trace "cotton shirt"\n\n'
    "Exit codes: 0 done, 2 bad input, 3 a product is touched, or that cannot be excluded, under --fail-on-touched.",
)
@click.argument("product", required=False)
@click.option("--all", "everything", is_flag=True, help="Every product that is supplied to nobody further.")
@click.option(
    "--region",
    "within",
    multiple=True,
    metavar="REGION",
    help="Count this region alone; may be repeated. Default: every region under a measure on record.",
)
@click.option(
    "--list",
    "lists",
    type=SearchedName(),
    multiple=True,
    metavar="LIST",
    help="Screen the parties against this list alone; may be repeated. Default: all that are held.",
)
@click.option("--fail-on-touched", "fail", is_flag=True, help="Exit with 3 unless no product is touched.")
@as_of_option
@table_options
@store_option
def command(  # noqa: PLR0913, PLR0917 - one argument an option is click's way
    product: str | None,
    within: tuple[str, ...],
    lists: tuple[str, ...],
    as_of: str | None,
    fmt: str | None,
    out: Path | None,
    store: str | None,
    *,
    everything: bool,
    fail: bool,
) -> int:
    """Trace PRODUCT, as your files call it, to listed parties and to a region, through the supply links you loaded.

    Any amount is said first: yes, cannot be excluded, or no. Then the share of its input, from the least to the most
    that documents allow, with the path, the documents along it, and where the chain is not known further.
    """
    from entrepot.desk.trace import trace

    with bar(tr("Screening the parties")) as progress:
        found = trace(
            product, everything=everything, within=within, lists=lists, as_of=as_of, store=store, progress=progress
        )
    rows = found.to_pylist()
    if product is not None and fmt is None and out is None:
        from entrepot.cli.trace_page import page

        click.echo(page(rows), nl=False)
    else:
        emit(found.table, fmt, out, columns=_SHOWN)
    say(found.notes)
    return MATCHED if fail and any(r["touches"] != "no" for r in rows) else DONE
