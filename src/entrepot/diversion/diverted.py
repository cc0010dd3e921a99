"""The verb: flows and a question in, signals out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.contract import table
from entrepot.diversion.contract import SIGNALS

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.diversion.question import Question


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What a scan found.

    Attributes:
        signals: under `SIGNALS`, possible hubs first.
    """

    signals: pa.Table


def diverted(flows: pa.Table, question: Question, supply: pa.Table | None = None) -> Scan:
    """Look through all products and hubs for trade that came round after a measure.

    Args:
        flows: under the contract `trade_flows`.
        question: the measure, its route and its day.
        supply: what each hub makes itself: product, hub, period, value_usd; None: unknown.
    """
    del flows, question, supply
    return Scan(table(SIGNALS, []))
