"""A table of what makers used and made: a row for each lot that a step of making takes in or gives out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.supply.contract import SUPPLY_LOTS
from entrepot.tracing.supply.supply_headings import means
from entrepot.tracing.supply.supply_row import SupplyKind, WrongRowError, without_unit

if TYPE_CHECKING:
    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NEEDED = ("maker", "act")
COLUMNS = (
    *NEEDED, "step", "lot", "material", "quantity", "unit", "date", "document", "origin", "maker_id",
)  # fmt: skip
_ACTS = ("used", "made")  # what records of making call them is on record; a row in another word is refused


def _read(told: ToldRow) -> list[Taken]:
    who = told.party("maker")
    said = told.needed("act", tr("used or made."))
    act = next((a for a in _ACTS if means(a, said)), None)
    if act is None:
        raise WrongRowError(
            tr("act is {said!r}", said=said[:40]),
            tr("used or made, input or output, consumed or produced, 261 or 101, or such a word of another language."),
        )
    if not told.text("lot") and not told.text("material"):
        raise WrongRowError(tr("neither lot nor material is named"), tr("Give one of them."))
    if act == "used" and not told.text("step"):
        raise WrongRowError(
            tr("step is empty"), tr("Name the step that used it: a production order or a batch record.")
        )
    quantity = told.amount("quantity")
    without_unit(told, "quantity", "unit", quantity)
    lot = {
        "entry": 1,
        "act": act,
        **{c: told.text(c) for c in ("step", "lot", "material", "unit", "document", "origin")},
        "party_id": who["maker_id"],
        "party": who["maker"],
        "quantity": quantity,
        "date": told.day(),
    }
    return [(SUPPLY_LOTS, lot)]


PRODUCTION = SupplyKind(marked("records of making"), NEEDED, COLUMNS, ("quantity",), _read)
