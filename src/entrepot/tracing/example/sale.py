"""A lot of the example, and its sale."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from entrepot.tracing.example.example_stages import Stage
    from entrepot.tracing.example.invented_parties import Party


class Lot(NamedTuple):
    """A lot, or a part of it: its number, what it is, who made it and holds it, how much, since which day."""

    number: str
    stage: Stage
    maker: Party
    holder: Party
    amount: float
    day: int


class Sale(NamedTuple):
    """Who hands a lot to whom, for which product of theirs, on which day; in which unit the invoice is."""

    lot: Lot
    buyer: Party
    product: str
    day: int
    unit: tuple[str, float]
    currency: str = "USD"
