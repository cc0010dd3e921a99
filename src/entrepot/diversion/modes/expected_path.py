"""The path of a partner: what it took, period by period, beside what was to be expected.

The band is that of the sum over the periods after: its 2.5 and 97.5 % ends, read off the placebos, spread over the
periods as the expected sum is. A band of single periods would be wider and say nothing of the sum that is judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.contract import table
from entrepot.diversion.contract import EXPECTED_PATHS
from entrepot.diversion.modes.partner_mode import partners
from entrepot.diversion.signals.signal_words import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.panel import Floats
    from entrepot.diversion.question import Question


def expected_paths(reading: Reading, question: Question, hubs: Sequence[str] | None = None) -> pa.Table:
    """The path of each product and partner that is judged in the partner mode, under `EXPECTED_PATHS`.

    Args:
        reading: that of the scan which the paths belong to: of another, two baselines stand under one sum.
        question: of the scan.
        hubs: whose paths are wanted; None: of all.
    """
    panel = reading.panel
    legs = partners(panel, question)
    asked = legs.enters[chosen(panel.places, legs.hub, None if hubs is None else tuple(hubs))]
    found = [s for s in asked.tolist() if reading.full.judged[s]]
    return table(EXPECTED_PATHS, [row | {"unit": panel.unit} for s in found for row in _path(reading, s)])


def _path(reading: Reading, series: int) -> Iterator[dict[str, Any]]:
    """The periods of one series that its product lived through."""
    panel, window, of = reading.panel, reading.window, reading.full
    share = _shares(reading.of.expected[series])
    # The excess is observed less expected, so its lowest end is held against the highest that was to be expected.
    # The error of an excess has a floor, so that end may lie above what was seen: nothing less than 0 was expected.
    lowest = max(of.observed[series] - of.high[series], 0.0)
    ends = (of.expected[series], lowest, of.observed[series] - of.low[series])
    for t, period in enumerate(panel.periods[: window.end]):
        seen = float(panel.amount[series, t])
        after = t - window.after
        if after < 0 and not np.isfinite(seen):
            continue
        expected, low, high = (float(e * share[after]) if after >= 0 else None for e in ends)
        yield {
            "product": panel.products[panel.product[series]],
            "hub": panel.places[panel.importer[series]],
            "period": period,
            "observed": seen if np.isfinite(seen) else None,
            "expected": expected,
            "low": low,
            "high": high,
        }


def _shares(expected: Floats) -> Floats:
    total = expected.sum()
    even: Floats = np.full(len(expected), 1.0 / len(expected))
    return expected / total if total > 0 else even
