"""A table of payments: who paid whom how much for which invoice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.tracing.supply.contract import SUPPLY_PAYMENTS
from entrepot.tracing.supply.supply_row import SupplyKind, WrongRowError, without_unit

if TYPE_CHECKING:
    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NEEDED = ("payer", "payee", "value")
COLUMNS = (*NEEDED, "currency", "date", "document", "invoice", "payer_id", "payee_id")


def _read(told: ToldRow) -> list[Taken]:
    ids = told.party("payer") | told.party("payee")
    if ids["payer_id"] == ids["payee_id"]:
        raise WrongRowError(
            tr("{payer} pays itself", payer=ids["payer"]),
            tr("Name who was paid, or leave the row out: a transfer between accounts of one firm pays no invoice."),
        )
    value = told.needed_amount("value")
    without_unit(told, "value", "currency", value)
    if not told.text("invoice"):
        told.counts[tr("payments that name no invoice, held against none")] += 1
    payment = {
        **ids,
        "value": value,
        **{c: told.text(c) for c in ("currency", "document", "invoice")},
        "date": told.day(),
    }
    return [(SUPPLY_PAYMENTS, payment)]


PAYMENTS = SupplyKind("payments", NEEDED, COLUMNS, ("value",), _read)
