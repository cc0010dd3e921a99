"""Payments against invoices: no more than was billed, to who billed it, for an invoice that is there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import folded
from entrepot.tracing.balance.fault import Fault, documents_of
from entrepot.tracing.balance.quantity_range import Measured

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from entrepot.tracing.balance.books import Books, Row

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
    billed: dict[str, list[Row]] = defaultdict(list)
    for row in books.links:
        if row["document"]:
            billed[folded(row["document"])].append(row)
    paid: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in books.payments:
        if row["invoice"]:
            paid[row["payer_id"], row["payee_id"], folded(row["invoice"])].append(row)
    trades = {(r["buyer_id"], r["supplier_id"]) for r in books.links}
    for (payer, payee, number), payments in paid.items():
        bills = [r for r in billed.get(number, ()) if r["buyer_id"] == payer]
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
        elif (payer, payee) in trades:
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
