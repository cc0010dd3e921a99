"""What `trace` answers of what to do next: documents to ask for, supplies to replace, one more listing, stocks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.units import counted
from entrepot.core.words.translate import marked, tr
from entrepot.desk.answer import Answer
from entrepot.desk.supply_asked import chosen, supply_asked
from entrepot.tracing.asked_exposure import Exposed
from entrepot.tracing.exposures import exposures
from entrepot.tracing.link_columns import parties
from entrepot.tracing.solved_network import solved
from entrepot.tracing.stocks.contract import STOCK_EXPOSURES
from entrepot.tracing.stocks.stock_exposures import stock_exposures
from entrepot.tracing.supply_network import folded
from entrepot.tracing.what_next.contract import EXPOSURE_CHANGES, NEXT_DOCUMENTS, REPLACED_SUPPLIES
from entrepot.tracing.what_next.next_documents import next_documents
from entrepot.tracing.what_next.replaced_supplies import replaced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.desk.supply_asked import Given

_MOST = 100  # products of which the next documents are asked for: each is a search of its own
_SIMULATED = marked("Simulated: nobody was listed, and nothing is kept.")


def trace_documents(product: str, given: Given) -> Answer:
    """Which document that is not known narrows the interval of a product's exposure most.

    Args:
        product: what is made, as the files call it; of every party that makes it.
        given: what a person gave of the screening.

    Returns:
        Under `next_documents`, the most telling first.

    Raises:
        BadInputError: no supply links are held.
        UnknownNameError: no such product, list or region.
    """
    held = supply_asked(product, everything=False, given=given)
    found = solved(held.asked)
    nodes = chosen(product, found.made)
    rows = [r for node in nodes[:_MOST] for r in next_documents(found, node)]
    left = tr("{count} more makers of it are not asked.", count=len(nodes) - _MOST) if len(nodes) > _MOST else ""
    none = "" if rows else tr("Nothing that is not known widens its interval.")
    said = tr("What a document says is not known: the ends are those if it says what stands beside it.")
    return Answer(table(NEXT_DOCUMENTS, rows), tuple(t for t in (said, none, left, held.counts, *held.notes) if t))


def trace_supplies(product: str, given: Given) -> Answer:
    """Which supplies cost least to replace so that no links lead from an exposed party to a product.

    Args:
        product: what is made, as the files call it; of every party that makes it.
        given: what a person gave of the screening.

    Returns:
        Under `replaced_supplies`, the dearest first.

    Raises:
        BadInputError: no supply links are held.
        UnknownNameError: no such product, list or region.
    """
    held = supply_asked(product, everything=False, given=given)
    found = solved(held.asked)
    rows: list[dict[str, Any]] = []
    said = []
    for node in chosen(product, found.made):
        some, unit = replaced(found, node)
        rows += some
        cost = sum(r["cost"] for r in some)
        name = f"{found.made.name(node)}: "
        if some:
            said.append(
                tr(
                    "{name}{count} to replace, {cost:,.6g} {unit} in all.",
                    name=name,
                    count=counted(len(some), "supply", "supplies"),
                    cost=cost,
                    unit=unit,
                )
            )
        elif "listed" in unit:
            said.append(f"{name}{unit}.")
        else:
            said.append(
                tr("{name}no links lead to it from an exposed party, so that there is nothing to replace.", name=name)
            )
    clears = tr("Goods that were made before stay what they are; ends that are not known stay so.")
    return Answer(table(REPLACED_SUPPLIES, rows), (*said, clears, held.counts, *held.notes))


def trace_what_if(what_if: str, product: str | None, given: Given, *, everything: bool) -> Answer:
    """What the exposure of products would be if one more party of the supply links were listed.

    Args:
        what_if: LIST:NAME, the party by its name or id in the files.
        product: what is made, as the files call it.
        given: what a person gave of the screening.
        everything: every product that is supplied to nobody further.

    Returns:
        Under `exposure_changes`, the products whose answer changes; nothing is kept.

    Raises:
        BadInputError: not LIST:NAME; neither a product nor `everything`, or both; no supply links are held.
        UnknownNameError: no such party, product, list or region.
    """
    on_list, sign, name = what_if.partition(":")
    if not sign or not name.strip() or not on_list.strip():
        raise BadInputError("--what-if", found=what_if, allowed=tr("LIST:NAME, such as uflpa:Example Weaving"))
    held = supply_asked(product, everything=everything, given=given)
    who = _party(parties(held.asked.links).select(["id", "name"]).to_pylist(), name.strip())
    more = dict.fromkeys(who, Exposed("certain", f"if it stood on {on_list.strip()}"))
    then = replace(held.asked, exposed={**held.asked.exposed, **more})
    select = partial(chosen, product)
    before = {(r["party_id"], r["product"]): r for r in exposures(held.asked, select).rows}
    rows = []
    for after in exposures(then, select).rows:
        now = before[after["party_id"], after["product"]]
        if any(now[c] != after[c] for c in ("touches", "low_percent", "high_percent")):
            rows.append(_change(now, after))
    same = len(before) - len(rows)
    said = tr(
        "If {name} stood on {on_list}: {count} would change, {same} not.",
        name=name.strip(),
        on_list=on_list.strip(),
        count=counted(len(rows), "product"),
        same=same,
    )
    return Answer(table(EXPOSURE_CHANGES, rows), (said, _SIMULATED, held.counts, *held.notes))


def trace_stocks(product: str | None, given: Given, *, everything: bool) -> Answer:
    """The exposure of products by what stocks give out first: first in first out, pro rata, worst case, side by side.

    Args:
        product: what is made, as the files call it.
        given: what a person gave of the screening.
        everything: every product that is supplied to nobody further.

    Returns:
        Under `stock_exposures`, the four answers of each product together.

    Raises:
        BadInputError: neither a product nor `everything`, or both; no supply links are held.
        UnknownNameError: no such product, list or region.
    """
    held = supply_asked(product, everything=everything, given=given)
    rows = stock_exposures(held.asked, partial(chosen, product))
    followed, left = ((max((r[c] for r in rows), default=0)) for c in ("followed", "not_followed"))
    said = tr(
        "{followed} followed, {left} not: a stock is followed where every link into and out of it has "
        "its day and its amount, and its yield is taken as even; others stand for all their days. What "
        "each rule means: docs/tracing.md.",
        followed=counted(followed, "stock"),
        left=left,
    )
    return Answer(table(STOCK_EXPOSURES, rows), (said, held.counts, *held.notes))


def _party(known: Sequence[Mapping[str, str]], name: str) -> list[str]:
    """Ids of the parties of a name, or with it as their id."""
    found = [p["id"] for p in known if name == p["id"] or folded(name) == folded(p["name"])]
    if not found:
        remedy = tr("The party must be one of the supply links: entrepot trace --all names them along the paths.")
        raise UnknownNameError(tr("party of the supply links"), name, [p["name"] for p in known], remedy=remedy)
    return found


def _change(now: Mapping[str, Any], then: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{c: then[c] for c in EXPOSURE_CHANGES.names if c in then},
        **{f"{c}_now": now[c] for c in ("touches", "low_percent", "high_percent")},
        "status": "simulated",
    }
