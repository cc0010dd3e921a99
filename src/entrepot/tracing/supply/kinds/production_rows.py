"""A table of what makers used and made: a row for each lot that a step of making takes in or gives out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.supply.contract import SUPPLY_LOTS
from entrepot.tracing.supply.supply_row import SupplyKind, WrongRowError, without_unit

if TYPE_CHECKING:
    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NEEDED = ("maker", "act")
COLUMNS = (
    *NEEDED, "step", "lot", "material", "quantity", "unit", "date", "document", "origin", "maker_id",
)  # fmt: skip
# What records of making call the two acts; a row in another word is refused.
_WORDS = {
    "used": "used", "input": "used", "in": "used", "consumed": "used",
    "made": "made", "output": "made", "out": "made", "produced": "made",
}  # fmt: skip


def _read(told: ToldRow) -> list[Taken]:
    who = told.party("maker")
    said = told.needed("act", tr("used or made.")).casefold()
    if said not in _WORDS:
        raise WrongRowError(tr("act is {said!r}", said=said[:40]), tr("One of {words}.", words=", ".join(_WORDS)))
    if not told.text("lot") and not told.text("material"):
        raise WrongRowError(tr("neither lot nor material is named"), tr("Give one of them."))
    if _WORDS[said] == "used" and not told.text("step"):
        raise WrongRowError(
            tr("step is empty"), tr("Name the step that used it: a production order or a batch record.")
        )
    quantity = told.amount("quantity")
    without_unit(told, "quantity", "unit", quantity)
    lot = {
        "entry": 1,
        "act": _WORDS[said],
        **{c: told.text(c) for c in ("step", "lot", "material", "unit", "document", "origin")},
        "party_id": who["maker_id"],
        "party": who["maker"],
        "quantity": quantity,
        "date": told.day(),
    }
    return [(SUPPLY_LOTS, lot)]


PRODUCTION = SupplyKind(marked("records of making"), NEEDED, COLUMNS, ("quantity",), _read)
