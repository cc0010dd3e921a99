"""The verb: the supply links that are held, those above a product tier by tier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.periods import first_day
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import folder
from entrepot.tracing.contract import SUPPLY_CHAIN
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.upstream import upstream

if TYPE_CHECKING:
    from datetime import date

    from entrepot.desk.keeping import Store


def supply_links(
    product: str | None = None,
    *,
    party: str | None = None,
    file_id: str | None = None,
    shipments: bool = False,
    as_of: str | date | None = None,
    store: Store = None,
) -> Answer:
    """List the supply links that are held; of a product those above it, tier by tier.

    Args:
        product: what is made, as the files call it; None for every link.
        party: the id of who makes it; None for every party that does.
        file_id: only links of this file, as `supply_files` names it.
        shipments: only links with a document to who supplies nobody further: what a dossier can be asked of.
        as_of: the day: later links are not known; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `supply_chain`, nearest tier first, then in the order of the files.

    Raises:
        UnknownNameError: no such product or file.
    """
    day = day_of(as_of)
    if shipments and product is None and file_id is None:
        rows, later = kept_supply.shipments(folder(store), day)
        return Answer(table(SUPPLY_CHAIN, [{**r, "tier": None} for r in rows]), _left_out(later, day))
    held = kept_supply.links(folder(store))
    if file_id is not None:
        files = {str(f["file_id"]) for f in kept_supply.KEPT.files(folder(store))}
        if file_id not in files:
            raise UnknownNameError(tr("file of supply links"), file_id, sorted(files))
        held = [r for r in held if r["file_id"] == file_id]
    known = [r for r in held if not r["date"] or first_day(r["date"]) <= day]
    rows = upstream(known, product, party) if product else [{**r, "tier": None} for r in known]
    if shipments:
        suppliers = {r["supplier_id"] for r in known}
        rows = [r for r in rows if r["document"] and r["buyer_id"] not in suppliers]
    return Answer(table(SUPPLY_CHAIN, rows), _left_out(len(held) - len(known), day))


def _left_out(later: int, day: date) -> tuple[str, ...]:
    return (tr("{later} of later days than {day} left out.", later=counted(later, "link"), day=day),) if later else ()
