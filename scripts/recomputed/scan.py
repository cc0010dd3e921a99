"""The scan behind who took more than expected, written a second time from docs/design/22-diversion.md with plain loops.

Only numbers that the page gives are here; nothing is imported from Entrepot. One origin reports, so every series is its
export of one code to one partner, by quarter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import NormalDist, median
from typing import TYPE_CHECKING

import numpy as np

from recomputed.printed_tables import known, last, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import date

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
Key = tuple[str, str]  # product, partner
JOINT = ("85414020", "85414200", "85414300")  # one code until 2021, two from 2022: only their sum compares
NORMAL = NormalDist()
NAN = float("nan")


@dataclass
class Window:
    """The columns that lie after: from `after` up to `end`."""

    after: int
    end: int


@dataclass
class Read:
    """What is said of each series."""

    observed: dict[Key, float] = field(default_factory=dict)
    expected: dict[Key, float] = field(default_factory=dict)
    value: dict[Key, float] = field(default_factory=dict)
    error: dict[Key, float] = field(default_factory=dict)
    low: dict[Key, float] = field(default_factory=dict)
    high: dict[Key, float] = field(default_factory=dict)
    most: dict[Key, float] = field(default_factory=dict)
    p_rise: dict[Key, float] = field(default_factory=dict)
    p_fall: dict[Key, float] = field(default_factory=dict)
    judged: dict[Key, bool] = field(default_factory=dict)
    against: Null | None = None


class Scan:
    """One scan: the flows known on a day, counted in one column, from a quarter on."""

    def __init__(self, day: date, column: str, since: str) -> None:
        """Read the flows and judge every series."""
        flows = [r for r in known(rows("trade", "flows"), day) if last(r["period_end"]) <= day]
        numbers = sorted({_number(r["period"]) for r in flows})
        self.numbers = list(range(numbers[0], numbers[-1] + 1))
        self.periods = [f"{n // 4}-Q{n % 4 + 1}" for n in self.numbers]
        self.amount, self.price = self._matrix(flows, column)
        self.keys = sorted(self.amount)
        self.window = Window(self.numbers.index(_number(since)), len(self.numbers))
        self._judge()

    def _matrix(self, flows: list[dict[str, str]], column: str) -> tuple[dict[Key, Array], dict[Key, Array]]:
        """Series by period: nothing declared is zero while the code lives; the joint code beside the single ones."""
        at = {p: i for i, p in enumerate(self.periods)}
        amount: dict[Key, Array] = {}
        price: dict[Key, Array] = {}
        for r in flows:
            key = r["hs"], r["partner_iso3"]
            amount.setdefault(key, np.zeros(len(at)))[at[r["period"]]] = float(r[column])
            if float(r["net_kg"]) > 0 and float(r["value_usd"]) > 0:
                price.setdefault(key, np.full(len(at), NAN))[at[r["period"]]] = float(r["value_usd"]) / float(
                    r["net_kg"]
                )
        joint: dict[Key, Array] = {}
        present = [c for c in JOINT if any(k[0] == c for k in amount)]
        if JOINT[0] in present and len(present) > 1:
            for (code, partner), cells in amount.items():
                if code in present:
                    key = "/".join(present), partner
                    joint[key] = joint.get(key, np.zeros(len(at))) + cells
        for code in {k[0] for k in amount}:
            mine = [k for k in amount if k[0] == code]
            traded = np.flatnonzero(sum(amount[k] for k in mine) > 0)
            for k in mine:
                amount[k][: traded[0]] = NAN
                amount[k][traded[-1] + 1 :] = NAN
        return amount | joint, price

    # what was to be expected

    def is_judged(self, window: Window) -> dict[Key, bool]:
        """Whether enough quarters are known: six before, two after, six tenths of either, and anything was sold."""
        out = {}
        for k in self.keys:
            before, after = self.amount[k][: window.after], self.amount[k][window.after : window.end]
            b, a = np.isfinite(before), np.isfinite(after)
            life = len(before) - int(np.argmax(b)) if b.any() else 0
            traded = np.nansum(self.amount[k][: window.end]) > 0
            out[k] = bool(b.sum() >= 6 and a.sum() >= 2 and b.sum() >= 0.6 * life and a.mean() >= 0.6 and traded)
        return out

    def baseline(self, window: Window) -> Baseline:
        """The baseline of every series at a window."""
        return Baseline(self, window)

    def statistic(self, of: Baseline, expected: dict[Key, Array], window: Window) -> dict[Key, float]:
        """Logarithm of observed over expected, in spreads of the series."""
        out = {}
        for k in self.keys:
            seen, foreseen, count = self.sums(k, expected[k], window)
            offset = of.offset[k] * count
            out[k] = float(np.log((seen + offset) / (foreseen + offset)) / of.spread[k]) if count else NAN
        return out

    def sums(self, k: Key, expected: Array, window: Window) -> tuple[float, float, int]:
        """Observed and expected over the known quarters after, and how many these are."""
        after = self.amount[k][window.after : window.end]
        known_ = np.isfinite(after)
        return float(after[known_].sum()), float(expected[known_].sum()), int(known_.sum())

    # judgement

    def _judge(self) -> None:
        window = self.window
        of = self.baseline(window)
        length = min(window.end - window.after, max((window.after - 6) // 2, 1))
        starts = [window.after - length * (i + 1) for i in range(3)]
        earlier = [Window(s, s + length) for s in starts if s >= 6]
        placebos = [(w, self.baseline(w), self.is_judged(w)) for w in earlier]
        self.of, self.judged = of, self.is_judged(window)
        self.full = self._read(of, "expected", placebos)
        self.apart = self._read(of, "apart", placebos)

    def _read(self, of: Baseline, which: str, placebos: list[tuple[Window, Baseline, dict[Key, bool]]]) -> Read:
        window, expected = self.window, getattr(of, which)
        draws = [
            (s, b.size[k])
            for w, b, good in placebos
            for k, s in self.statistic(b, getattr(b, which), w).items()
            if good[k]
        ]
        stat = self.statistic(of, expected, window)
        against = Null([d for d, _ in draws], [s for _, s in draws])
        now = [k for k in self.keys if self.judged[k]]
        against.widen([stat[k] for k in now], [of.size[k] for k in now])
        out = Read(judged=self.judged, against=against)
        for k in self.keys:
            if self.judged[k]:
                out.p_rise[k] = against.above(stat[k], of.size[k], up=True)
                out.p_fall[k] = against.above(stat[k], of.size[k], up=False)
                self._excess(k, (of, expected[k]), against, out)
        return out

    def _excess(self, k: Key, by: tuple[Baseline, Array], against: Null, out: Read) -> None:
        window, (of, expected) = self.window, by
        seen, foreseen, count = self.sums(k, expected, window)
        scale, offset = (window.end - window.after) / count, of.offset[k] * count

        def would(level: float) -> float:
            grown = np.exp(np.clip(of.spread[k] * level, -20, 20))
            return float(max((foreseen + offset) * grown - offset, 0.0) * scale)

        centre = against.centre(of.size[k])
        middle, observed = would(centre), seen * scale
        value = observed - middle
        floor = 0.025 * abs(value)
        each = self.amount[k][window.after : window.end] - expected
        gaps = len(each) - count
        mean = float(np.nanmean(each))
        filled = np.where(np.isfinite(each), each, mean)
        up, down = gaps * (filled.max() - mean), gaps * (mean - filled.min())

        def bound(level: float) -> float:
            plain = observed - would(against.quantile(of.size[k], 1 - level))
            least = NORMAL.inv_cdf(level) * floor
            reach = min(plain - value, least) - down if level < 0.5 else max(plain - value, least) + up
            return float(value + reach)

        out.observed[k], out.expected[k], out.value[k] = observed, middle, value
        out.low[k], out.high[k] = bound(0.025), bound(0.975)
        out.most[k] = bound(1 - 0.025 / 6)
        out.error[k] = (out.high[k] - out.low[k]) / (2 * 1.96)


def _number(period: str) -> int:
    return int(period[:4]) * 4 + int(period[-1]) - 1


class Baseline:
    """What each series would have been: own level, season and damped trend, and medians of others."""

    def __init__(self, scan: Scan, window: Window) -> None:
        """Foretell every series from `window.after` on."""
        self.scan, self.window = scan, window
        self.offset, self.size = self._offsets()
        value = {k: scan.amount[k][: window.end] for k in scan.keys}
        logs = {k: np.log(value[k] + self.offset[k]) for k in scan.keys}
        level = {k: _mean(logs[k][: window.after], 0.0) for k in scan.keys}
        deviation = {k: logs[k] - level[k] for k in scan.keys}
        self.dense = {
            k: bool(
                (value[k][: window.after] > 0).sum() >= 0.6 * max(int(np.isfinite(value[k][: window.after]).sum()), 1)
            )
            for k in scan.keys
        }
        effects = self._effects(deviation)
        full = {k: np.sum([e[k] for e in effects.values()], axis=0) for k in scan.keys}
        short = {k: full[k] - effects["importer and product"][k] for k in scan.keys}
        ahead, error, season = self._own({k: deviation[k] - full[k] for k in scan.keys})
        alone, _, _ = self._own({k: deviation[k] - short[k] for k in scan.keys})
        self.spread = self._spread(error)
        self.residual = {k: deviation[k] - full[k] - season[k] for k in scan.keys}
        after = slice(window.after, window.end)

        def back(part: dict[Key, Array], moved: dict[Key, Array]) -> dict[Key, Array]:
            return {
                k: np.maximum(np.exp(level[k] + moved[k][after] + part[k]) - self.offset[k], 0.0) for k in scan.keys
            }

        self.expected, self.apart = back(ahead, full), back(alone, short)

    def _offsets(self) -> tuple[dict[Key, float], dict[Key, float]]:
        """A twentieth of the series' own mean and a little of its product's trade, or of the direct leg's."""
        keys = self.scan.keys
        mean = {k: _mean(self.scan.amount[k][: self.window.after], 0.0) for k in keys}
        total = {p: sum(m for k, m in mean.items() if k[0] == p) or 1.0 for p in {k[0] for k in keys}}
        offset, size = {}, {}
        for k in keys:
            direct = mean.get((k[0], "USA"), 0.0)
            world = min(5e-4 * total[k[0]], 0.02 * direct) if direct > 0 else 5e-4 * total[k[0]]
            offset[k] = 0.05 * mean[k] + world
            size[k] = (mean[k] + world) / total[k[0]]
        return offset, size

    def _effects(self, deviation: dict[Key, Array]) -> dict[str, dict[Key, Array]]:
        """Medians swept out one after the other; only the direct leg is silent where places speak."""
        keys = self.scan.keys
        left = {k: d.copy() for k, d in deviation.items()}
        groups: dict[str, Callable[[Key], Hashable]] = {
            "product": lambda k: k[0],
            "exporter": lambda _: "",
            "importer": lambda k: k[1],
            "exporter and product": lambda k: k[0],
            "importer and product": lambda k: k,
        }
        placed = {k: self.dense[k] and k[1] != "USA" for k in keys}
        buyers = dict(placed)
        out = {}
        for name, group in groups.items():
            if name == "importer":
                # Products of which the direct leg fell are touched, and teach nothing of what importers like.
                fell = {k[0] for k in keys if k[1] == "USA" and self._after(left[k]) <= -0.2}
                buyers = {k: placed[k] and k[0] not in fell for k in keys}
            use = self.dense if name == "product" else placed if name.startswith("exporter") else buyers
            found = _medians(left, group, use)
            out[name] = {k: found.get(group(k), np.zeros(self.window.end)) for k in keys}
            left = {k: left[k] - out[name][k] for k in keys}
        return out

    def _after(self, series: Array) -> float:
        cells = series[self.window.after : self.window.end]
        return float(np.nansum(cells) / max(int(np.isfinite(cells).sum()), 1))

    def _own(self, left: dict[Key, Array]) -> tuple[dict[Key, Array], dict[Key, Array], dict[Key, Array]]:
        keys, after = self.scan.keys, self.window.after
        season = {k: self._season(left[k]) for k in keys}
        before = {k: (left[k] - season[k])[:after] for k in keys}
        speak = [k for k in keys if self.dense[k]]
        half, trend = self._line([before[k] for k in (speak if len(speak) >= 8 else keys)])
        ahead, error = {}, {}
        for k in keys:
            fit, more = _line(before[k], self.window.end - after, half, trend)
            error[k], ahead[k] = before[k] - fit, more + season[k][after:]
        return ahead, error, season

    def _season(self, left: Array) -> Array:
        after, out = self.window.after, np.zeros(len(left))
        yearly = np.concatenate([np.full(len(b), _mean(b, NAN)) for b in np.split(left[:after], range(4, after, 4))])
        flat = left[:after] - yearly
        for s in range(4):
            cells = flat[s::4]
            count = int(np.isfinite(cells).sum())
            out[s::4] = _mean(cells, 0.0) * (count / (count + 2.0) if count > 1 else 0.0)
        return out

    def _line(self, before: list[Array]) -> tuple[float, float]:
        """The half-life and the share of trend that foretell the last quarters before best."""
        length = len(before[0])
        steps = min(self.window.end - self.window.after, length // 3)
        if steps < 1 or length - steps < 2:
            return 100.0, 0.0
        best, line = np.inf, (0.0, 0.0)
        for half in (1.0, 3.0, 100.0):
            for trend in (0.0, 0.25):
                misses = [
                    abs(then - float(_line(b[:-steps], steps, half, trend)[1].mean()))
                    for b in before
                    if np.isfinite(then := _mean(b[-steps:], NAN))
                ]
                miss = median(misses) if misses else 0.0
                if miss < best:
                    best, line = miss, (half, trend)
        return line

    def _spread(self, error: dict[Key, Array]) -> dict[Key, float]:
        """The spread of each series, drawn towards that of series alike."""
        keys = self.scan.keys
        degrees = {k: max(int(np.isfinite(error[k]).sum()) - 1, 0) for k in keys}
        own = {k: float(np.nansum(error[k] ** 2) / degrees[k]) if degrees[k] else 0.0 for k in keys}
        edges = np.quantile([self.size[k] for k in keys], np.linspace(0, 1, 9)[1:-1])
        left = {k: np.array([np.log(own[k]) if own[k] > 0 else NAN]) for k in keys}
        use = {k: own[k] > 0 for k in keys}
        usual = dict.fromkeys(keys, 0.0)
        groups = (
            lambda k: int(np.searchsorted(edges, self.size[k])),
            lambda k: k[0],
            lambda k: k[0],
            lambda k: k,
        )
        for group in groups:
            found = _medians(left, group, use)
            for k in keys:
                part = float(found.get(group(k), np.zeros(1))[0])
                usual[k] += part
                left[k] = left[k] - part
        return {
            k: max(float(np.sqrt((8.0 * np.exp(usual[k]) + degrees[k] * own[k]) / (8.0 + degrees[k]))), 1e-3)
            for k in keys
        }


def _mean(cells: Array, empty: float) -> float:
    kept = cells[np.isfinite(cells)]
    return float(kept.mean()) if len(kept) else empty


def _medians(values: dict[Key, Array], group: Callable[[Key], Hashable], use: dict[Key, bool]) -> dict[Hashable, Array]:
    """The median of each group by period, shrunk by n / (n + 4), n the others that speak."""
    members: dict[Hashable, list[Array]] = {}
    for k, cells in values.items():
        if use[k]:
            members.setdefault(group(k), []).append(cells)
    out = {}
    for name, some in members.items():
        cells = np.array(some)
        shrunk = np.zeros(cells.shape[1])
        for t in range(cells.shape[1]):
            kept = cells[np.isfinite(cells[:, t]), t]
            if len(kept):
                shrunk[t] = np.median(kept) * (len(kept) - 1) / (len(kept) + 3)
        out[name] = shrunk
    return out


def _line(before: Array, steps: int, half: float, trend: float) -> tuple[Array, Array]:
    """A weighted line through what was, and its damped continuation."""
    t = np.arange(len(before)) - (len(before) - 1.0)
    weight = np.where(np.isfinite(before), 0.5 ** (-t / (half * 4)), 0.0)
    y = np.nan_to_num(before)
    w, wt, wy = weight.sum(), (weight * t).sum(), (weight * y).sum()
    wtt, wty = (weight * t * t).sum(), (weight * t * y).sum()
    spread = w * wtt - wt**2
    slope = (w * wty - wt * wy) / spread * trend if spread > 0 else 0.0
    level = (wy - slope * wt) / w if w > 0 else 0.0
    ahead = np.cumsum((0.85**0.25) ** np.arange(1, steps + 1))
    return np.asarray(level + slope * t), np.asarray(level + slope * ahead)


class Null:
    """How far series wander where nothing happened, by classes of size."""

    def __init__(self, draws: list[float], sizes: list[float]) -> None:
        """Part the draws in classes."""
        kept = [(d, s) for d, s in zip(draws, sizes, strict=True) if np.isfinite(d)]
        count = len(kept)
        classes = min(max(min(3, count // 200), count // 2000, 1), 12)
        size = np.array([s for _, s in kept])
        self.edges = np.quantile(size, np.linspace(0, 1, classes + 1)[1:-1]) if count else np.empty(0)
        of = np.searchsorted(self.edges, size)
        stat = np.array([d for d, _ in kept])
        self.centres = [float(np.median(stat[of == c])) if (of == c).any() else 0.0 for c in range(classes)]
        self.draws = [np.sort(stat[of == c] - self.centres[c]) for c in range(classes)]

    def widen(self, stats: list[float], sizes: list[float]) -> None:
        """Stretch each class to the middle half of the series that are judged, where that is wider."""
        of = np.searchsorted(self.edges, sizes)
        for c, old in enumerate(self.draws):
            mine = np.array([s for s, b in zip(stats, of, strict=True) if b == c and np.isfinite(s)])
            if min(len(mine), len(old)) < 30:
                continue
            low, middle, high = np.quantile(mine, (0.25, 0.5, 0.75))
            usual = np.quantile(old, 0.75) - np.quantile(old, 0.25)
            self.draws[c] = old * max((high - low) / max(usual, 1e-9), 1.0)
            self.centres[c] = float(middle)

    def centre(self, size: float) -> float:
        """The drift that logarithms leave."""
        return self.centres[int(np.searchsorted(self.edges, size))]

    def quantile(self, size: float, level: float) -> float:
        """What a share `level` stays below."""
        c = int(np.searchsorted(self.edges, size))
        draws = self.draws[c]
        if len(draws) < 30:
            return _student_at(level) * _scale(draws) + self.centres[c]
        return float(np.quantile(draws, level)) + self.centres[c]

    def above(self, stat: float, size: float, *, up: bool) -> float:
        """How often nothing gives as much."""
        c = int(np.searchsorted(self.edges, size))
        x, draws = stat - self.centres[c], self.draws[c]
        return _upper(draws if up else -draws[::-1], x if up else -x)


def _scale(draws: Array) -> float:
    return max(float(np.median(np.abs(draws))) * 1.4826, 1.0) if len(draws) else 1.0


def _upper(draws: Array, x: float) -> float:
    if len(draws) < 30:
        from scipy.stats import t

        return float(t.sf(x / _scale(draws), 3))
    n = len(draws)
    k = min(max(int(0.05 * n), 15), n // 2)
    threshold = float(draws[n - k - 1])
    if 0 < threshold < x:
        slope = float(np.mean(np.log(draws[n - k :] / threshold)))
        return float((k + 1) / (n + 1) * (x / threshold) ** (-1.0 / max(slope, 1e-6)))
    return float((1.0 + (draws >= x).sum()) / (n + 1.0))


def _student_at(level: float) -> float:
    from scipy.stats import t

    return float(t.ppf(level, 3))
