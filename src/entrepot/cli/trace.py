"""`entrepot trace PRODUCT`, `trace --all`, `trace --party FIRM`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from entrepot.cli.named import RuleName, SearchedName
from entrepot.cli.options import as_of_option, emit, say, store_option, table_options
from entrepot.cli.progress import bar
from entrepot.core.errors import DONE, MATCHED, BadInputError

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.desk.answer import Answer

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
_DOCUMENTS = ("narrows_percent", "of_party", "asks", "if_so", "low_percent", "high_percent", "basis")
_SUPPLIES = ("cost", "supplier", "material", "buyer", "links", "documents")
_CHANGES = (
    "touches_now", "touches", "product", "party", "low_percent_now", "low_percent", "high_percent_now", "high_percent",
)  # fmt: skip
_STOCKS = ("product", "party", "rule", "touches", "low_percent", "likely_percent", "high_percent", "followed")
_TIES = ("tie", "date", "status", "said", "place", "document", "row_id")


@click.command(
    "trace",
    epilog='Example: entrepot trace "cotton shirt"\n\n'
    "Exit codes: 0 done, 2 bad input, 3 a product is touched, or that cannot be excluded, under --fail-on-touched.",
)
@click.argument("product", required=False)
@click.option("--all", "everything", is_flag=True, help="Every product that is supplied to nobody further.")
@click.option(
    "--party",
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
    metavar="LIST:NAME",
    help="What would change if one more party of the links were listed, instead; nothing is kept.",
)
@click.option(
    "--stocks",
    is_flag=True,
    help="The share by what stocks give out first, instead: first in first out, pro rata and worst case side by side.",
)
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
def command(product: str | None, party: str | None, fmt: str | None, out: Path | None, **given: Any) -> int:
    """Trace PRODUCT, as your files call it, to listed parties and to a region, through the supply links you loaded.

    Any amount is said first: yes, cannot be excluded, or no. Then the share of its input, from the least to the most
    that documents allow, with the path, the documents along it, and where the chain is not known further.
    """
    fail, asked = given.pop("fail"), {k: given.pop(k) for k in ("ask", "replace", "what_if", "stocks")}
    _refuse_two({"--party": party, **{f"--{k.replace('_', '-')}": v for k, v in asked.items()}}, fail=fail)
    columns: tuple[str, ...]
    if party is not None:
        _refuse_beside_party(product, given)
        found, columns = _party(party, given), _TIES
    elif any(asked.values()):
        found, columns = _next(product, asked, given)
    else:
        return _trace(product, given, fmt, out, fail=fail)
    emit(found.table, fmt, out, columns=columns)
    say(found.notes)
    return DONE


def _trace(product: str | None, given: dict[str, Any], fmt: str | None, out: Path | None, *, fail: bool) -> int:
    from entrepot.desk.trace import trace

    with bar("Screening the parties") as progress:
        found = trace(product, **given, progress=progress)
    rows = found.to_pylist()
    if product is not None and fmt is None and out is None:
        from entrepot.cli.trace_page import page

        click.echo(page(rows), nl=False)
    else:
        emit(found.table, fmt, out, columns=_SHOWN)
    say(found.notes)
    return MATCHED if fail and any(r["touches"] != "no" for r in rows) else DONE


def _next(product: str | None, asked: dict[str, Any], given: dict[str, Any]) -> tuple[Answer, tuple[str, ...]]:
    from entrepot.desk.trace_next import trace_documents, trace_stocks, trace_supplies, trace_what_if

    if asked["stocks"]:
        return trace_stocks(product, **given), _STOCKS
    if asked["what_if"]:
        return trace_what_if(asked["what_if"], product, **given), _CHANGES
    if given.pop("everything") or product is None:
        word = "--ask" if asked["ask"] else "--replace"
        raise BadInputError(f"{word} without one product", remedy="Name the product: entrepot trace --all lists them.")
    return (trace_documents(product, **given), _DOCUMENTS) if asked["ask"] else (
        trace_supplies(product, **given), _SUPPLIES
    )  # fmt: skip


def _party(party: str, given: dict[str, Any]) -> Answer:
    from entrepot.desk.trace_party import trace_party

    return trace_party(party, **{k: given[k] for k in ("within", "lists", "as_of", "store")})


def _refuse_two(asked: dict[str, Any], *, fail: bool) -> None:
    named = [n for n, v in asked.items() if v not in {None, False}]
    if named and fail:
        named.append("--fail-on-touched")
    if len(named) > 1:
        raise BadInputError(" and ".join(named), remedy="Each is a question of its own: ask one.")


def _refuse_beside_party(product: str | None, given: dict[str, Any]) -> None:
    beside = {"a product": product, "--all": given["everything"], "--with-ownership": given["with_ownership"]}
    for name, value in {**beside, "--rule": given["ownership_rules"]}.items():
        if value:
            raise BadInputError(f"--party and {name}", remedy="A firm is looked up by itself: leave out one of them.")
