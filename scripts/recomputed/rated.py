"""Rates of false discoveries, breaks and prices of a scan, a second time."""

from __future__ import annotations

from statistics import NormalDist, median
from typing import TYPE_CHECKING, Any

import numpy as np

from recomputed.scan import Null

if TYPE_CHECKING:
    from recomputed.scan import Array, Key, Scan

NORMAL = NormalDist()
MIDDLE_HALF = 1.349  # of a normal, in its standard deviations
GATE = 0.5  # a direct leg that chance lets fall more often than this says nothing


class Rated:
    """What a scan lost of each product, and the q of each partner."""

    def __init__(self, scan: Scan) -> None:
        """Rate the partners of a scan."""
        self.scan = scan
        end = scan.window.end
        self.mean = {k: float(np.nan_to_num(scan.amount[k][:end]).mean()) for k in scan.keys}
        self.lost = {p: self._lost(p) for p in {k[0] for k in scan.keys}}
        self.q = self._q()

    def _lost(self, product: str) -> tuple[float, float, float, float]:
        """Loss, its error, the p of the direct leg (NaN without one), the least mean that is no trifle."""
        scan = self.scan
        mine = [k for k in scan.keys if k[0] == product]
        total, direct = sum(self.mean[k] for k in mine), (product, "USA")
        if scan.judged.get(direct):
            share, p = self.mean[direct], scan.apart.p_fall[direct]
            if share >= 0.05 * total or (share >= 0.001 * total and p <= 0.05):
                return -scan.apart.value[direct], scan.apart.error[direct], p, 0.0025 * share
        fell = [k for k in mine if scan.judged[k] and scan.full.value[k] < 0]
        error = float(np.sqrt(sum(scan.full.error[k] ** 2 for k in fell)))
        return -sum(scan.full.value[k] for k in fell), error, float("nan"), 0.005 * total

    def most(self, k: Key) -> tuple[float, float]:
        """What can at most have been shifted, and with its sampling error: no more than was observed."""
        scan, (loss, error, _, _) = self.scan, self.lost[k[0]]
        high = max(min(scan.full.value[k], loss), 0.0)
        return high, min(max(min(scan.full.most[k], loss + 2 * error), high), scan.full.observed[k])

    def _q(self) -> dict[Key, float]:
        scan = self.scan
        tested = {
            k: scan.full.p_rise[k]
            for k in scan.keys
            if k[1] != "USA" and scan.judged[k] and self.mean[k] >= self.lost[k[0]][3]
        }
        fall = {p: 0.0 if np.isnan(x[2]) else x[2] for p, x in self.lost.items()}
        passed = {k: p for k, p in tested.items() if fall[k[0]] <= GATE}
        weight = self._weights(list(passed))
        q = stepped({k: p / weight[k] for k, p in passed.items()})
        hubs = stepped({h: p for h, p in self._hubs().items() if np.isfinite(p)})
        if hubs:
            q = {k: min(v / 0.7, 1.0) for k, v in q.items()}
            for hub, rate in hubs.items():
                within = stepped({k: p for k, p in passed.items() if k[1] == hub})
                for k, v in within.items():
                    q[k] = min(q[k], max(rate / 0.2, v / 0.1), 1.0)
        return {k: q.get(k, 1.0) for k in tested}

    def _weights(self, tested: list[Key]) -> dict[Key, float]:
        """How the rate is spread: more to rows whose rise would stand out by some and whose direct leg fell."""
        scan, whole = self.scan, self.scan.window.end - self.scan.window.after
        against = scan.full.against
        assert against is not None
        found: dict[Key, float] = {}
        for k in tested:
            loss, base = self.lost[k[0]][0], scan.full.expected[k] + scan.of.offset[k] * whole
            if not (np.isfinite(loss) and loss > 0 and base > 0):
                continue
            size = scan.of.size[k]
            middle = against.quantile(size, 0.75) - against.quantile(size, 0.25)
            wander = scan.of.spread[k] * max(middle / MIDDLE_HALF, 1e-9)
            each = [np.log1p(share * loss / base) / wander for share in (1.0, 0.5, 0.25)]
            found[k] = sum(1 - NORMAL.cdf(x / 2 + 0.5 / max(x, 1e-3)) for x in each)
        whole_found = sum(found.values())
        reach = {k: 0.5 + 0.5 * found.get(k, 0.0) * len(tested) / whole_found if found else 1.0 for k in tested}
        fall = {p: 0.25 if np.isnan(x[2]) else min(max(x[2], 0.05), 1.0) for p, x in self.lost.items()}
        weight = {k: reach[k] / fall[k[0]] ** 0.5 for k in tested}
        mean = sum(weight.values()) / max(len(weight), 1)
        return {k: w / mean for k, w in weight.items()}

    def _hubs(self) -> dict[str, float]:
        """The p of each partner over all single products of which the direct leg fell."""
        scan = self.scan
        scores: dict[str, list[float]] = {}
        for k in scan.keys:
            direct = (k[0], "USA")
            if "/" in k[0] or k[1] == "USA" or not scan.judged.get(direct) or not scan.judged[k]:
                continue
            if scan.apart.p_fall[direct] <= GATE and self.mean[k] >= 0.0025 * self.mean[direct]:
                p = float(np.clip(scan.full.p_rise[k], 1e-6, 1 - 1e-6))
                scores.setdefault(k[1], []).append(-NORMAL.inv_cdf(p))
        mean = {h: (sum(s) / len(s) ** 0.5, len(s)) for h, s in scores.items() if len(s) >= 3}
        if not mean:
            return {}
        middle = median(m for m, _ in mean.values())
        lower = [(m, n) for m, n in mean.values() if m <= middle]
        draws = [*(m for m, _ in lower), *(2 * middle - m for m, _ in lower)]
        against = Null(draws, [float(n) for _, n in lower] * 2)
        return {h: against.above(m, float(n), up=True) for h, (m, n) in mean.items()}

    def price_change(self, k: Key) -> float | None:
        """Change of the value of a kilogram, less that of the median partner, in logarithms."""
        changes = {j: c for j in self.scan.keys if j[0] == k[0] and (c := self._change(j)) is not None}
        return None if k not in changes else changes[k] - median(changes.values())

    def _change(self, k: Key) -> float | None:
        price, window = self.scan.price.get(k), self.scan.window
        if price is None:
            return None
        before, after = price[: window.after], price[window.after : window.end]
        sides = [np.log(side[np.isfinite(side)]) for side in (before, after)]
        if min(map(len, sides)) < 3:
            return None
        return float(np.median(sides[1]) - np.median(sides[0]))

    def broke(self, k: Key) -> str | None:
        """The first quarter after the most likely break of what is left of a series."""
        left = self.scan.of.residual[k]
        at = _break(left)
        return None if at is None else self.scan.periods[at]


def _break(left: Array) -> int | None:
    known = np.isfinite(left)
    count = int(known.sum())
    if count < 5:
        return None
    y, best, at = left - left[known].mean(), 0.0, None
    for t in range(1, len(left)):
        n = int(known[:t].sum())
        if not known[t] or min(n, count - n) < max(int(0.1 * count), 2):
            continue
        gain = float(np.nansum(y[:t])) ** 2 * (1 / n + 1 / (count - n))
        if gain > best * (1 + 1e-12):
            best, at = gain, t
    return at


def stepped(p: dict[Any, float]) -> dict[Any, float]:
    """Benjamini and Hochberg's q of each p."""
    order = sorted(p.values())
    out: dict[float, float] = {}
    lowest = 1.0
    for i in range(len(order), 0, -1):
        lowest = min(lowest, order[i - 1] * len(order) / i)
        out[order[i - 1]] = min(out.get(order[i - 1], 1.0), lowest)
    return {k: out[v] for k, v in p.items()}
