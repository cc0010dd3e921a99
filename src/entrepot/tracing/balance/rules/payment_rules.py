"""Payments against invoices: no more than was billed, to who billed it, for an invoice that is there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import folded
from entrepot.tracing.balance.dealt_rows import dealt, key, met, told
from entrepot.tracing.balance.fault import Fault, documents_of
from entrepot.tracing.balance.quantity_range import Measured

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from entrepot.tracing.balance.books import Books, Row
    from entrepot.tracing.supply.coded_rows import Numbers

_ROUNDING = 0.005  # of an amount: charges of banks and cents
_MUCH = marked("Ask for the credit note or the further invoice that the rest is for.")
_OTHER = marked("Ask for the assignment under which another was paid, and who that is.")
_NONE = marked("Ask for the invoice, or for the number that was meant.")


def payment_faults(books: Books, unjudged: Counter[str]) -> Iterator[Fault]:
    """What cannot be of payments. One paid in part is open, and no fault.

    Args:
        books: what was loaded.
        unjudged: why a payment cannot be judged, and how often.
    """
    by, by_payment = ("buyer_id", "document"), ("payer_id", "invoice")
    named = told(books.payments, "invoice")
    trades = np.unique(key(books.links, ("buyer_id", "supplier_id")))
    bills = met(told(books.links, "document"), by, named, by_payment)
    for some, payments in dealt((bills, by), (named, by_payment)):
        yield from _paid(some, payments, trades, unjudged)


def _paid(some: Sequence[Row], of_payments: Sequence[Row], trades: Numbers, unjudged: Counter[str]) -> Iterator[Fault]:
    """Payments against the invoices that they name. `trades`: by `key` who buys of whom."""
    billed: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in some:
        billed[row["buyer_id"], folded(row["document"])].append(row)
    paid: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in of_payments:
        paid[row["payer_id"], row["payee_id"], folded(row["invoice"])].append(row)
    are_trades = np.isin(key([rows[0] for rows in paid.values()], ("payer_id", "payee_id")), trades)
    for ((payer, payee, number), payments), is_trade in zip(paid.items(), are_trades, strict=True):
        bills = billed.get((payer, number), [])
        own = [r for r in bills if r["supplier_id"] == payee]
        name, first = str(payments[0]["invoice"]), payments[0]
        if own:
            yield from _amount(name, own, payments, unjudged)
        elif bills:
            reason = tr(
                "{payer} paid invoice {name} of {supplier} to {payee}, by {documents_of}.",
                payer=first["payer"],
                name=name,
                supplier=bills[0]["supplier"],
                payee=first["payee"],
                documents_of=documents_of(payments),
            )
            yield Fault("paid_to_another", name, reason, _OTHER, [*payments, *bills], basis=("who bills is paid",))
        elif is_trade:
            reason = tr(
                "{payer} paid {payee} for invoice {name} by {documents_of}; other invoices between them "
                "are there, and this is not.",
                payer=first["payer"],
                payee=first["payee"],
                name=name,
                documents_of=documents_of(payments),
            )
            yield Fault("paid_without_invoice", name, reason, _NONE, payments, basis=("a payment has an invoice",))
        else:
            unjudged[tr("payments between parties of whom no supplies are loaded")] += 1


def _amount(name: str, bills: list[Row], payments: list[Row], unjudged: Counter[str]) -> Iterator[Fault]:
    rows = [*payments, *bills]
    currencies = {folded(r["currency"]) for r in rows}
    if any(r["value"] is None for r in bills) or len(currencies) != 1 or "" in currencies:
        unjudged[tr("payments in another currency than the invoice, or one without a value")] += 1
        return
    paid, billed = sum(r["value"] for r in payments), sum(r["value"] for r in bills)
    if paid > billed * (1 + _ROUNDING):
        unit = str(bills[0]["currency"])
        reason = tr(
            "{payer} paid {paid:,.2f} {unit} by {documents_of} for invoice {name}, which is of {billed:,.2f} {unit}.",
            payer=payments[0]["payer"],
            paid=paid,
            unit=unit,
            documents_of=documents_of(payments),
            name=name,
            billed=billed,
        )
        said, allowed = Measured(paid, paid, unit), Measured(0.0, billed, unit)
        yield Fault("paid_too_much", name, reason, _MUCH, rows, said, allowed, (tr("a bill is paid once"),))
