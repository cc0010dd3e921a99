"""Flows in one measured quantity: their value, or their net weight, as an amount with its unit.

A loaded table is wide, for value and weight of one row are two measurements of one report: faults, mirrors and unit
values need both. A scan counts in one of them, and says in which. See docs/design/21-flows.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import contract, engine
from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.trade.contract import MEASURED_FLOWS

if TYPE_CHECKING:
    import pyarrow as pa

_STEPS = {"USD": "by_value", "kg": "by_weight"}


def measuring(unit: str) -> engine.Step:
    """The step that makes `measured_flows` of `trade_flows`.

    Args:
        unit: USD or kg.

    Raises:
        UnknownNameError: flows are not measured in that unit.
    """
    if unit not in _STEPS:
        raise UnknownNameError(tr("unit of flows"), unit, _STEPS)
    return engine.step("entrepot.trade", _STEPS[unit])


def measured(flows: pa.Table, unit: str) -> pa.Table:
    """Flows in one quantity.

    Args:
        flows: under the contract `trade_flows`.
        unit: USD or kg.

    Returns:
        One row each, in order, under the contract `measured_flows`.

    Raises:
        UnknownNameError: flows are not measured in that unit.
    """
    with engine.engine({"trade_flows": flows}) as con:
        return contract.check(MEASURED_FLOWS, engine.run(con, measuring(unit)))
