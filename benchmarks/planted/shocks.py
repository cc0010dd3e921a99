"""What befalls all flows alike: booms, re-coding, price swings, a place that does not report.

Each takes a panel and a generator of random numbers and gives the panel after, with the rows of truth it makes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from planted.contract import ANY
from planted.panel import with_legs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from planted.options import Options
    from planted.panel import Panel, Values

Row = dict[str, Any]
# A boom multiplies by 1.3 to 2, or divides; that of a place by 1.2 to 1.6. Large on purpose: what a scan must not take
# for diversion should be larger than what it must find.
_BOOM, _HUB_BOOM, _SWING = (1.3, 2.0), (1.2, 1.6), 0.15


def shocked(panel: Panel, options: Options, rng: np.random.Generator) -> tuple[Panel, list[Row]]:
    """The panel after booms, re-coding and price swings; they know nothing of the measure but its date."""
    first, counts = panel.first(options.since), options.confounders
    products = np.array(sorted(set(panel.labels["product"])), dtype=object)
    both = set(panel.labels["exporter"]) & set(panel.labels["importer"])
    places = np.array(options.hubs or sorted(both), dtype=object)
    rows: list[Row] = []
    for product in rng.permutation(products)[: counts.boom]:
        size = rng.uniform(*_BOOM) ** rng.choice([-1, 1])
        factor = ramp(panel, first + int(rng.integers(-1, 2)), size)
        panel = _times(panel, panel.where(product=product), factor)
        rows += _told("boom", str(product), ANY, factor, panel)
    for place in rng.permutation(places)[: counts.hub_boom]:
        factor = ramp(panel, first, rng.uniform(*_HUB_BOOM))
        panel = _times(panel, panel.where(exporter=place) | panel.where(importer=place), factor)
        rows += _told("hub_boom", ANY, str(place), factor, panel)
    for product in rng.permutation(products)[: counts.price_swing]:
        factor = np.exp(np.cumsum(rng.normal(0, _SWING, len(panel.periods))))
        panel = _times(panel, panel.where(product=product), factor, weight=False)
        rows += _told("price_swing", str(product), ANY, factor, panel)
    for at in rng.permutation(len(products) - 1)[: counts.recoding]:
        # Codes change at the turn of a year, within a year of the measure.
        start = first + int(rng.integers(-1, 2)) * _a_year(panel)
        panel, told = _recoded(panel, str(products[at]), str(products[at + 1]), (start, rng.uniform(0.2, 0.6)))
        rows += told
    return panel, rows


def unreported(panel: Panel, options: Options, rng: np.random.Generator) -> tuple[Panel, list[Row]]:
    """The panel without what some places should have reported: one period of a yearly panel, two of a monthly."""
    reporters = np.array(sorted(set(panel.labels["reporter"])), dtype=object)
    span = 1 if _a_year(panel) == 1 else 2
    value, weight, rows = panel.value_usd.copy(), panel.net_kg.copy(), list[Row]()
    for place in rng.permutation(reporters)[: options.confounders.missing]:
        at = int(rng.integers(1, len(panel.periods) - span + 1))
        gone = np.ix_(panel.where(reporter=place), np.arange(at, at + span))
        value[gone] = weight[gone] = np.nan
        rows += [_row("missing", ANY, str(place), panel.periods[i]) | {"factor": 0.0} for i in range(at, at + span)]
    return replace(panel, value_usd=value, net_kg=weight), rows


def ramp(panel: Panel, first: int, size: float) -> NDArray[np.float64]:
    """1 before column `first`, then within a year to `size`."""
    steps = np.arange(len(panel.periods)) - first + 1
    return size ** np.clip(steps / _a_year(panel), 0, 1)


def _a_year(panel: Panel) -> int:
    """Periods of a year."""
    text = panel.periods[0]
    return 4 if "Q" in text else 12 if "-" in text else 1


def _times(panel: Panel, series: NDArray[np.bool_], factor: Values, *, weight: bool = True) -> Panel:
    by = np.where(series[:, None], factor[None, :], 1.0)
    return replace(panel, value_usd=panel.value_usd * by, net_kg=panel.net_kg * by if weight else panel.net_kg)


def _recoded(panel: Panel, product: str, to: str, when: tuple[int, float]) -> tuple[Panel, list[Row]]:
    """A share of a product under the next code, in the flows of all places alike, from a column on."""
    start, share = when
    found = np.flatnonzero(panel.where(product=product))
    panel = with_legs(panel, [(panel.labels["exporter"][i], panel.labels["importer"][i], to) for i in found])
    at = {key: i for i, key in enumerate(_keys(panel, panel.labels["product"]))}
    target = _keys(panel, np.array([to] * len(panel.value_usd), dtype=object))
    pairs = [(i, at[target[i]]) for i in found if target[i] in at]
    source, goal = (np.array(x, dtype=int) for x in zip(*pairs, strict=True))
    out = []
    for matrix in (panel.value_usd, panel.net_kg):
        new, moved = matrix.copy(), matrix[source, start:] * share
        new[source, start:] -= moved
        there = new[goal, start:]
        new[goal, start:] = np.where(np.isnan(moved), there, np.nan_to_num(there) + moved)
        out.append(new)
    factor = np.where(np.arange(len(panel.periods)) >= start, 1 - share, 1.0)
    rows = [r | {"to_product": to} for r in _told("recoding", product, ANY, factor, panel)]
    return replace(panel, value_usd=out[0], net_kg=out[1]), rows


def _keys(panel: Panel, product: NDArray[np.object_]) -> list[tuple[Any, ...]]:
    names = ("reporter", "exporter", "importer", "flow")
    return list(zip(*(panel.labels[k] for k in names), product, strict=True))


def _told(kind: str, product: str, hub: str, factor: Values, panel: Panel) -> Iterator[Row]:
    for period, f in zip(panel.periods, factor, strict=True):
        if f != 1:
            yield _row(kind, product, hub, period) | {"factor": float(f)}


def _row(kind: str, product: str, hub: str, period: str) -> Row:
    usd = ("planted_usd", "lost_usd", "vanished_usd", "in_usd", "out_usd", "total_usd")
    return {"kind": kind, "product": product, "hub": hub, "period": period, **dict.fromkeys(usd, 0.0)}
