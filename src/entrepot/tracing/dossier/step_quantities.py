"""What went into a step and what came out, beside what can come of it: the quantities of this chain alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.tracing.balance.books import amount, folded
from entrepot.tracing.balance.fault import TOLERANCE
from entrepot.tracing.balance.quantity_range import total
from entrepot.tracing.balance.rules.mass_rules import by_bill_of, least_of
from entrepot.tracing.balance.yields import stage, yield_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.tracing.balance.books import Books, Row
    from entrepot.tracing.balance.quantity_range import Measured
    from entrepot.tracing.dossier.shipment_chain import Step


@dataclass(frozen=True, slots=True, eq=False)
class StepQuantities:
    """Quantities of a step.

    Attributes:
        step: its number.
        went_in: by material, the quantity that papers say; None where a row has none that can be compared.
        came_out: the quantity that papers say came out for this chain; None likewise.
        can_come: what the inputs can give, by a bill of material, else by yields on record; None where neither tells.
        basis: the yields, with their sources.
        is_recorded: whether both sides are of records of making; else of supplies in and out.
    """

    step: int
    went_in: tuple[tuple[str, Measured | None], ...]
    came_out: Measured | None
    can_come: Measured | None
    basis: tuple[str, ...]
    is_recorded: bool

    @property
    def verdict(self) -> str:
        """raw: nothing goes in; not_told: a quantity or a yield is not known; more: more came out than can; held."""
        if not self.went_in:
            return "raw"
        if self.came_out is None or self.can_come is None or self.came_out.unit != self.can_come.unit:
            return "not_told"
        return "more" if self.came_out.low > self.can_come.high * (1 + TOLERANCE) else "held"


def step_quantities(step: Step, books: Books) -> StepQuantities:
    """What went into a step and came out.

    Args:
        step: of a chain.
        books: what was loaded; of it the bills of material, which go before the yields on record.
    """
    used = [r for r in step.making if r["act"] == "used" and not _is_own(r, step.making)]
    made = [r for r in step.making if r["act"] == "made" and folded(r["material"]) == step.key.good]
    is_recorded = bool(used and made)
    into = used if is_recorded else [r for s in step.inputs for r in s.rows]
    out = made if is_recorded else [r for s in step.outputs for r in s.rows]
    by_material: dict[str, list[Row]] = defaultdict(list)
    for row in into:
        by_material[folded(row["material"])].append(row)
    went_in = tuple((str(rows[0]["material"] or ""), _sum(rows)) for _, rows in sorted(by_material.items()))
    can_come, basis = _can_come(step, went_in, books)
    return StepQuantities(step.number, went_in, _sum(out), can_come, basis, is_recorded)


def _is_own(row: Row, making: Sequence[Row]) -> bool:
    """Whether a lot that was used was made by the same party: it goes round inside, and came in as something else."""
    lot = folded(row["lot"])
    return bool(lot) and any(r["act"] == "made" and folded(r["lot"]) == lot for r in making)


def _sum(rows: Sequence[Row]) -> Measured | None:
    told = [amount(r) for r in rows]
    return None if None in told else total([m for m in told if m is not None])


def _can_come(
    step: Step, went_in: Sequence[tuple[str, Measured | None]], books: Books
) -> tuple[Measured | None, tuple[str, ...]]:
    """What inputs of a known yield give; materials of another chain of goods, such as buttons, give nothing of it."""
    given: list[Measured] = []
    of_bill: list[list[Measured]] = []
    basis, of_goods = dict[str, None](), stage(step.goods)
    after = {"material": step.goods, "party_id": step.key.party_id}
    for material, quantity in went_in:
        before = stage(material)
        bill = by_bill_of(books, {"material": material}, after)
        made = bill or (yield_between(before, of_goods) if before and of_goods else None)
        if made is None:
            if before is None and folded(material) == step.key.good and quantity is not None:
                given.append(quantity)  # goods that are handed on as they came
            continue
        if quantity is None or made.input_unit not in {"", quantity.unit}:
            return None, ()
        gives = quantity.times(made.low, made.high, made.output_unit or quantity.unit)
        of_bill += [[gives]] if bill is not None else []
        given += [gives] if bill is None else []
        basis |= dict.fromkeys(made.basis)
    return least_of(of_bill, given), tuple(basis)
