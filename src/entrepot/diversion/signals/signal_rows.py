"""Rows of SIGNALS from the arrays of a scan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.ids import id_of
from entrepot.diversion.contract import ALL_HUBS, HUB, TOOK_MORE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEPT = (
    *("measure", "mode", "product", "product_out", "origin", "destination", "unit", "since", "until"),
    *(
        "loss",
        "loss_se",
        "direct_before",
        "direct_since",
        "direct_from",
        "direct_to",
        "lost_share",
        "p_fall",
        "break_direct",
        "rivals",
        "source_ids",
    ),
)
# Ends are rounded outward; but the bare upper end is one of the excesses or the loss, and as large as it is printed.
ENDS = {"low": -1, "low_95": -1, "high_95": 1}
_TOGETHER = {HUB: "possible hubs", TOOK_MORE: "partners that took more"}
_DIGITS = 6  # figures that an estimate is written with: more would change from machine to machine


def cell(value: float, outward: int = 0) -> float | None:
    """A number as a cell: empty where unknown, six figures, no minus zero.

    Args:
        value: the number.
        outward: 1: rounded up, -1: down, 0: to the nearest.

    >>> cell(46_083_338.6), cell(46_083_338.6, 1)
    (46083300.0, 46083400.0)
    """
    if not np.isfinite(value):
        return None
    near = float(f"{value:.{_DIGITS}g}")
    if outward and (near - value) * outward < 0:
        near += outward * 10.0 ** (np.floor(np.log10(abs(value))) + 1 - _DIGITS)
        near = float(f"{near:.{_DIGITS}g}")
    return near + 0.0


def signed(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its id: a hash of what it says, the same on every run."""
    said = json.dumps({k: v for k, v in row.items() if k != "signal_id"}, sort_keys=True, ensure_ascii=False)
    return row | {"signal_id": id_of("signal", said)}


def all_hubs(
    rows: Sequence[Mapping[str, Any]], limits: Mapping[str, tuple[float, float]] | None = None
) -> dict[str, Any] | None:
    """The row of all possible hubs of one product together, or of all partners that took more; None below two.

    The ends are [sum of low, min(sum of high, loss)]: each hub alone may reach its upper end, all together cannot pass
    the loss.

    Args:
        rows: of one product.
        limits: product to what all together can have taken over, and its error, where another than the loss of the row.
    """
    found = next((f for w in (HUB, TOOK_MORE) if (f := [r for r in rows if r["word"] == w])), [])
    if len(found) < 2:  # noqa: PLR2004 - one hub is its own total
        return None
    first = found[0]
    lost, lost_error = (limits or {}).get(str(first["product"]), (first["loss"], first["loss_se"]))
    loss = max(lost if lost is not None else np.inf, 0.0)
    loss_most = loss if lost_error is None or np.isnan(lost_error) else loss + 2 * lost_error

    def total(name: str) -> float:
        return float(sum(r.get(name) or 0.0 for r in found))

    def error(name: str) -> float:
        return float(np.sqrt(sum((r.get(name) or 0.0) ** 2 for r in found)))

    high = min(total("high"), loss)
    capped = total("high") > loss
    bounded = first["mode"] != "partner"  # without a destination there is no lower end
    return {k: first.get(k) for k in _KEPT} | {
        "hub": ALL_HUBS,
        "word": first["word"],
        "low": cell(min(total("low"), high), -1) if bounded else None,
        "high": cell(high),
        "low_se": cell(error("low_se")) if bounded else None,
        "high_se": cell(lost_error) if capped else cell(error("high_se")),
        "low_95": cell(min(total("low_95"), total("low"), high), -1) if bounded else None,
        "high_95": cell(max(min(total("high_95"), loss_most), high), 1),
        "excess_in": cell(total("excess_in")),
        "excess_out": cell(total("excess_out")) if bounded else None,
        "legs": "all" if all(r["legs"] == "all" for r in found) else first["legs"],
        "judged": True,
        "basis": f"all {len(found)} {_TOGETHER[first['word']]} together: the sum of their lower ends, and of their "
        "upper ends as far as the loss of the direct leg allows",
    }
