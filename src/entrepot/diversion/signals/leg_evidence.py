"""What stands beside a signal: when each leg broke, at what price goods moved, where the two counts part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.flows.panel import Floats, Ints, Panel

# Periods with a weight that either side needs, so that one odd lot is not its median; one for yearly series, of which
# one period after is enough to be judged.
_WEIGHED = 3


def unit_value_changes(panel: Panel, window: Window, series: Ints) -> Floats:
    """Change of the value per kg of series, less the median change of the exporter's other sales of the product.

    Args:
        panel: the flows.
        window: before and after.
        series: numbers of the panel; below 0 is none.

    Returns:
        log points, one a series; NaN where too few periods were weighed. Value per item or per MW is never mixed in.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log(np.where(panel.unit_value > 0, panel.unit_value, np.nan))
    change = _middle(logs[:, window.after : window.end], window) - _middle(logs[:, : window.after], window)
    usual = _by_seller(panel, change)
    at = np.maximum(series, 0)
    found: Floats = np.where(series >= 0, change[at] - usual[at], np.nan)
    return found


def _by_seller(panel: Panel, change: Floats) -> Floats:
    """The median change of each exporter and product, spread over its series."""
    import polars as pl

    seller = panel.product * len(panel.places) + panel.exporter
    frame = pl.DataFrame({"seller": seller, "change": change}, nan_to_null=True)
    usual = frame.select(pl.col("change").median().over("seller")).to_series()
    return usual.cast(pl.Float64).fill_null(np.nan).to_numpy()


def _middle(values: Floats, window: Window) -> Floats:
    """The median of each row; NaN where too few are known."""
    known = np.isfinite(values).sum(1)
    out = np.full(len(values), np.nan)
    enough = known >= (1 if window.frequency == "year" else _WEIGHED)
    if enough.any():
        out[enough] = np.nanmedian(values[enough], axis=1)
    return out


def mirror_gaps(panel: Panel, window: Window, series: Ints) -> Floats:
    """How much more the importer counts than the exporter, after less before, over all periods after.

    Returns:
        One a series, in the unit of the panel; NaN where not both reported on both sides of the day. The level of the
        gap holds freight and insurance; its change does not, as long as the margin stays.
    """
    used = np.maximum(series, 0)
    gap = panel.mirror[used] - panel.amount[used]
    gap = np.where(panel.by_exporter[used][:, None], gap, -gap)
    share = gap / np.maximum(panel.amount[used], 1.0)
    before, after = slice(0, window.after), slice(window.after, window.end)
    known = np.isfinite(gap)
    both = known[:, before].any(1) & known[:, after].any(1) & (series >= 0)
    out = np.full(len(series), np.nan)
    if both.any():
        # the gap before grows with the flow: its usual share of the flow is taken off
        usual = np.nanmedian(np.where(known, share, np.nan)[both][:, before], axis=1)
        flow = np.where(known, panel.amount[used], 0.0)[both][:, after]
        out[both] = np.nan_to_num(gap[both][:, after]).sum(1) - usual * flow.sum(1)
    return out
