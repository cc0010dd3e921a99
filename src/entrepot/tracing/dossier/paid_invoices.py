"""Payments against the invoices of a chain: who was paid, how much of what was billed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.tracing.balance.books import folded
from entrepot.tracing.dossier.numbered_papers import is_paid_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.tracing.balance.books import Row
    from entrepot.tracing.dossier.shipment_chain import Chain
    from entrepot.tracing.dossier.supplies import Supply

_ROUNDING = 0.005  # of an amount: charges of banks and cents, as in the rules on payments
IN_FULL, IN_PART, TOO_MUCH, TO_ANOTHER, NOT_COMPARED, UNPAID = (
    "in_full", "in_part", "too_much", "to_another", "not_compared", "unpaid",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Paid:
    """A supply with what was paid for it.

    Attributes:
        step: the step that it comes from.
        supply: the supply, first of those that its paper bills.
        billed: the amount; None where a line has no value, or lines differ in currency.
        paid: the sum of the payments to who billed it; None where they are in another currency.
        currency: of both; empty where not said.
        payments: rows of payments.
        state: IN_FULL, IN_PART, TOO_MUCH, TO_ANOTHER, NOT_COMPARED, UNPAID.
    """

    step: int
    supply: Supply
    billed: float | None
    paid: float | None
    currency: str
    payments: tuple[Row, ...]
    state: str


def paid_invoices(chain: Chain, payments: Sequence[Row]) -> list[Paid]:
    """Each paper of a supply with its payments, in the order of steps.

    Args:
        chain: of the shipment.
        payments: all that are known.
    """
    bills: dict[tuple[str, str, str], list[tuple[int, Supply]]] = {}
    for step, supply in chain.supplies:
        bills.setdefault(_bill(supply), []).append((step.number, supply))
    return [_paid(some, payments) for some in bills.values()]


def _paid(some: Sequence[tuple[int, Supply]], payments: Sequence[Row]) -> Paid:
    step, first = some[0]
    rows = [r for _, s in some for r in s.rows]
    found = tuple(r for r in payments if is_paid_by(first, r))
    own = [r for r in found if r["payee_id"] == first.first["supplier_id"]]
    currencies = {folded(r["currency"]) for r in (*rows, *own)}
    is_billed = all(r["value"] is not None for r in rows)
    is_one = len(currencies) == 1 and "" not in currencies
    billed = sum(r["value"] for r in rows) if is_billed and len({folded(r["currency"]) for r in rows}) == 1 else None
    paid = sum(r["value"] for r in own) if is_one and own else None
    currency = str(rows[0]["currency"] or (own[0]["currency"] if own else "") or "")
    return Paid(step, first, billed, paid, currency, found, _state(found, own, billed, paid))


def _state(found: Sequence[Row], own: Sequence[Row], billed: float | None, paid: float | None) -> str:
    if len(own) < len(found):
        return TO_ANOTHER
    if not own:
        return UNPAID
    if billed is None or paid is None:
        return NOT_COMPARED
    if paid > billed * (1 + _ROUNDING):
        return TOO_MUCH
    return IN_FULL if paid >= billed * (1 - _ROUNDING) else IN_PART


def by_supply(found: Sequence[Paid], chain: Chain) -> Iterator[tuple[Supply, Paid]]:
    """Each supply of a chain with the payments of the paper that bills it."""
    bills = {_bill(p.supply): p for p in found}
    for _, supply in chain.supplies:
        yield supply, bills[_bill(supply)]


def _bill(supply: Supply) -> tuple[str, str, str]:
    row = supply.first
    return row["supplier_id"], row["buyer_id"], folded(row["document"]) or f"{row['file_id']}:{row['row']}"
