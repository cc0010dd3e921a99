"""What rows that are refused are worth, so that nobody loses a third of the value unseen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a refused row is worth, the first that it says: money before weight.
_AT_STAKE = (("value", "currency"), ("quantity", "unit"), ("net_weight", "unit"))


@dataclass(slots=True)
class LostValue:
    """What rows that are refused are worth, by currency or unit; lines of totals are worth nothing of their own."""

    by_unit: dict[str, float] = field(default_factory=dict)
    untold: int = 0

    def add(self, figure: float | None, unit: str | None) -> None:
        """One more row; what is taken back counts as what is given."""
        if figure is None:
            self.untold += 1
        else:
            unit = unit or tr("without a unit")
            self.by_unit[unit] = self.by_unit.get(unit, 0.0) + abs(figure)

    def notes(self) -> list[str]:
        """What there is to say of it."""
        told = [f"{figure:,.12g} {unit}" for unit, figure in sorted(self.by_unit.items())]
        if self.untold:
            told.append(ntr(self.untold, "{count} row tells none", "{count} rows tell none"))
        return [tr("what the refused rows say, signs aside: {told}", told=", ".join(told))] if told else []


def at_stake(said: Mapping[str, str], amount: Mapping[str, float | None]) -> tuple[float | None, str | None]:
    """What a row that is refused is worth, or weighs, where it says it."""
    for figure, unit in _AT_STAKE:
        if amount.get(figure) is not None:
            return amount[figure], said.get(unit) or None
    return None, None
