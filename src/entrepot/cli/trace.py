"""`entrepot trace PRODUCT`, `trace --all`, `trace --party FIRM`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from entrepot.cli.named import RuleName, exposed_options
from entrepot.cli.options import as_of_option, emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED, BadInputError
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
# Questions in place of the exposure, and what of their answers is shown.
_INSTEAD = {
    "party": ("tie", "date", "status", "said", "place", "document", "row_id"),
    "ask": ("narrows_percent", "of_party", "asks", "if_so", "low_percent", "high_percent", "basis"),
    "replace": ("cost", "supplier", "material", "buyer", "links", "documents"),
    "what_if": (
        "touches_now", "touches", "product", "party", "low_percent_now", "low_percent", "high_percent_now",
        "high_percent",
    ),
    "stocks": ("product", "party", "rule", "touches", "low_percent", "likely_percent", "high_percent", "followed"),
}  # fmt: skip


@click.command(
    "trace",
    epilog='Example: entrepot trace "cotton shirt"\n\n'
    "Exit codes: 0 done, 2 bad input, 3 a product is touched, or that cannot be excluded, under --fail-on-touched.",
)
@click.argument("product", required=False)
@click.option("--all", "everything", is_flag=True, help="Every product that is supplied to nobody further.")
@click.option(
    "--party",
    default="",
    metavar="FIRM",
    help="What ties a firm to the region instead: stakes, plants, suppliers, customers, exits, listings, each with its "
    "document.",
)
@click.option("--ask", is_flag=True, help="Which document that is not known narrows the share most, instead.")
@click.option(
    "--replace",
    is_flag=True,
    help="Which supplies cost least to replace so that no links lead from an exposed party any more, instead.",
)
@click.option(
    "--what-if",
    default="",
    metavar="LIST:NAME",
    help="What would change if one more party of the links were listed, instead; nothing is kept.",
)
@click.option(
    "--stocks",
    is_flag=True,
    help="The share by what stocks give out first, instead: first in first out, pro rata and worst case side by side.",
)
@exposed_options
@click.option(
    "--with-ownership",
    "with_ownership",
    is_flag=True,
    help="Count the parties too that fall under a listing of their owners, by the ownership data that was loaded.",
)
@click.option(
    "--rule",
    "ownership_rules",
    type=RuleName(),
    multiple=True,
    metavar="RULE",
    help="The rule of ownership by which they do, which asks for them; may be repeated. Default: those whose listed "
    "persons stand on a list that is screened.",
)
@click.option("--fail-on-touched", "fail", is_flag=True, help="Exit with 3 unless no product is touched.")
@as_of_option
@table_options
@store_option
def command(product: str | None, fmt: str | None, out: Path | None, **given: Any) -> int:
    """Trace PRODUCT, as your files call it, to listed parties and to a region, through the supply links you loaded.

    Any amount is said first: yes, cannot be excluded, or no. Then the share of its input, from the least to the most
    that documents allow, with the path, the documents along it, and where the chain is not known further.
    """
    from entrepot.desk.trace import trace

    fail, asked = given.pop("fail"), next((q for q in _INSTEAD if given[q]), None)
    if fail and asked:
        raise BadInputError(
            tr("--fail-on-touched and --{replace}", replace=asked.replace("_", "-")),
            remedy=tr("Leave out one of them."),
        )
    with bar(tr("Screening the parties")) as progress:
        found = trace(product, **given, progress=progress)
    if asked == "party" and fmt is None and out is None:
        from entrepot.cli.trace_page import firm_page

        click.echo(firm_page(found.to_pylist()), nl=False)
        say(found.notes)
        return DONE
    if asked:
        emit(found.table, fmt, out, columns=_INSTEAD[asked])
        say(found.notes)
        return DONE
    rows = found.to_pylist()
    if product is not None and fmt is None and out is None:
        from entrepot.cli.trace_page import page

        click.echo(page(rows), nl=False)
    else:
        emit(found.table, fmt, out, columns=_SHOWN)
    say(found.notes)
    return MATCHED if fail and any(r["touches"] != "no" for r in rows) else DONE
