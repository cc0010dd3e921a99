"""What each flow would have been without the measure, from what it did not touch.

In logarithms: the series' own level, season and damped trend, fitted on the periods before, plus the effects of
`effects`. How fast the level forgets and how much of a trend is kept is chosen once for the whole table by how well
it foretells the last periods before. See docs/design/22-diversion.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.diversion.expected.effects import effect, medians, swept
from entrepot.diversion.flows import touched_series
from entrepot.diversion.flows.calendar import PER_YEAR

if TYPE_CHECKING:
    from entrepot.diversion.expected.effects import Effect
    from entrepot.diversion.flows.panel import Bools, Floats, Ints, Panel
    from entrepot.diversion.flows.touched_series import Route

# Years in which an old level loses half its say, and the share of a trend that is kept: what is chosen among, once
# for a table, by how well it foretells the last periods before. 100 years forget nothing; no trend is the other end.
_HALVES = (1.0, 3.0, 100.0)
_TRENDS = (0.0, 0.25)  # 0.125 or 0.5 find as many of 40 plants in EU15, none at all one more: it hardly steers there
# A year: share of a trend that is left a year later, so that a line is not drawn on for ever. No measurement is on
# record.
_DAMPED = 0.85
_SEASON_SHRINK = 2.0  # years: a season seen twice is believed by half
# Share of the periods with trade in a series that may speak for its group. As many as must be reported on either side
# (`excess`), and like that a convention.
_DENSE = 0.6
# Offset of logarithms: share of the series' own mean, and of its product's trade. A series may then be zero, and
# changes that do not matter in the product are small.
OWN, _WORLD = 0.05, 5e-4
# At most this share of the direct leg (chosen on seeds 0 to 15 of EU15, from 0.25 to 5 %): half a thousandth of the
# world's trade in laptops is 45 million dollars, in which a flow to a small hub is buried.
_DIRECT = 0.02
# Observations that the spread of series of the same size is worth: it took the 99 % quantile of the error of all
# series of the EU15 panel from 0.64 to 0.55 log points.
_PRIOR = 8.0
_BINS = 8  # classes of size in which a usual spread is taken; the number is a convention
_PLACES = ("exporter", "importer", "pair")  # the effects that are not of one product


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """The columns before and after: `before` ends where `after` begins; `end` is the last column looked at."""

    after: int
    end: int
    frequency: str

    @property
    def per_year(self) -> int:
        """Periods a year."""
        return PER_YEAR[self.frequency]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What holds for all products alike, and may be learned of some of them.

    Attributes:
        places: effects of exporter and importer, and of pairs where control products are named, by period.
        full, apart: half-life in years and share of trend that foretell best, with and without the importer's appetite.
        edges: sizes that part the classes of spread.
        usual: the usual log variance of each class.
    """

    places: dict[str, Effect]
    full: tuple[float, float]
    apart: tuple[float, float]
    edges: Floats
    usual: Effect


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """What was expected after.

    Attributes:
        expected: series x periods after, in the unit of the panel, the importer's appetite for the product counted in.
        apart: the same without it, for a direct leg whose gap others fill.
        offset: one a series, in that unit: what is added before logarithms are taken.
        spread: one a series: standard deviation of a period's logarithm about the fit, drawn towards series alike.
        size: one a series: share of its product's trade before, with the offset.
        residual: series x all periods: logarithm less effects and the level before, for breaks.
        ground: what holds for all products.
    """

    expected: Floats
    apart: Floats
    offset: Floats
    spread: Floats
    size: Floats
    residual: Floats
    ground: Ground


def baseline(panel: Panel, window: Window, ground: Ground | None = None, route: Route | None = None) -> Baseline:
    """What each series of a panel would have been from `window.after` on.

    Args:
        panel: the flows.
        window: before and after.
        ground: what holds for all products; None: learned of these.
        route: the direct leg; what it may have moved teaches nothing. None: all series teach.
    """
    value = panel.amount[:, : window.end]
    mean = np.nan_to_num(_mean(value[:, : window.after]))
    offset, size = offsets(mean, panel.product, touched_series.own_size(panel, mean, route))
    logs = np.log(value + offset[:, None])
    level = np.nan_to_num(_mean(logs[:, : window.after]), nan=0.0)
    deviation = logs - level[:, None]
    keys = _keys(panel, controlled=route is not None and bool(route.control_goods))
    known = np.isfinite(value[:, : window.after])
    dense = (value[:, : window.after] > 0).sum(1) >= _DENSE * np.maximum(known.sum(1), 1)
    effects, found = swept(deviation, keys, _Speakers(panel, dense, window, route), ground.places if ground else {})
    full = sum(effects.values(), np.zeros_like(deviation))
    short = full - effects["importer and product"]
    own = _own(deviation - full, window, dense, ground.full if ground else None)
    alone = _own(deviation - short, window, dense, ground.apart if ground else None)
    alike = _Alike(size, tuple(keys[k] for k in ("product", "exporter and product", "importer and product")))
    spread, edges, usual = moderated(own.error, alike, (ground.edges, ground.usual) if ground else None)
    after = slice(window.after, window.end)

    def dollars(part: Floats, moved: Floats) -> Floats:
        return np.maximum(np.exp(level[:, None] + moved[:, after] + part) - offset[:, None], 0.0)

    return Baseline(
        dollars(own.ahead, full),
        dollars(alone.ahead, short),
        offset,
        spread,
        size,
        deviation - full - own.season,
        ground or Ground({k: found[k] for k in _PLACES if k in found}, own.line, alone.line, edges, usual),
    )


def _keys(panel: Panel, *, controlled: bool) -> dict[str, Ints]:
    """The groups of each effect; what moved a pair of places is learned of control products, where some are named."""
    places = len(panel.places)
    pair = {"pair": panel.exporter * places + panel.importer} if controlled else {}
    return {
        "product": panel.product,
        "exporter": panel.exporter,
        "importer": panel.importer,
        **pair,
        "exporter and product": panel.product * places + panel.exporter,
        "importer and product": panel.product * places + panel.importer,
    }


class _Speakers:
    """The series that may speak for their group, by the name of the effect."""

    def __init__(self, panel: Panel, dense: Bools, window: Window, route: Route | None) -> None:
        self.panel, self.dense, self.route = panel, dense, route
        self.after = slice(window.after, window.end)
        self.sides = touched_series.speakers(panel, dense, route)

    def __call__(self, name: str, left: Floats) -> Bools:
        """Those of an effect; the importer's come behind the product's and the exporter's, which `left` is without."""
        if name == "importer":
            along = touched_series.fellows(self.panel, left, self.after, self.route)
            self.sides["importer"] = self.sides["importer"] & ~along
        return self.sides.get(name.partition(" ")[0], self.dense)


def offsets(mean: Floats, product: Ints, direct: Floats | None = None) -> tuple[Floats, Floats]:
    """What is added to a series before its logarithm, and its size as a share of its product's trade.

    Changes far below the product's trade are then small in logarithms too, and a series may be zero. In flows of the
    whole world that would bury what matters beside the direct leg, so a share of that leg is enough.

    Args:
        mean: of each series before, a period.
        product: of each series.
        direct: the mean of the direct leg of that product; infinite where there is none.
    """
    total = np.bincount(product, weights=mean)[product]
    total = np.where(total > 0, total, 1.0)  # a product that nobody traded before is not judged
    world = _WORLD * total if direct is None else np.minimum(_WORLD * total, _DIRECT * direct)
    return OWN * mean + world, (mean + world) / total


def _mean(values: Floats) -> Floats:
    known = np.isfinite(values)
    count = known.sum(-1)
    return np.where(count > 0, np.where(known, values, 0.0).sum(-1) / np.maximum(count, 1), np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class _Own:
    """A series by itself: foretold after, error before, season over all periods, and the line that was chosen."""

    ahead: Floats
    error: Floats
    season: Floats
    line: tuple[float, float]


def _own(left: Floats, window: Window, dense: Bools, line: tuple[float, float] | None) -> _Own:
    """What the effects left, foretold."""
    season = seasons(left, window)
    before = (left - season)[:, : window.after]
    half, trend = line or chosen(before[dense] if dense.sum() >= _BINS else before, window)
    fit, ahead = foretold(before, window.end - window.after, half, trend, window.per_year)
    return _Own(ahead + season[:, window.after :], before - fit, season, (half, trend))


def seasons(left: Floats, window: Window) -> Floats:
    """The season of each series from the periods before, shrunk, over all periods; zero for yearly series."""
    out = np.zeros_like(left)
    if window.per_year == 1:
        return out
    place = np.arange(left.shape[1]) % window.per_year
    detrended = left[:, : window.after] - _yearly(left[:, : window.after], window.per_year)
    for s in range(window.per_year):
        cells = detrended[:, place[: window.after] == s]
        count = np.isfinite(cells).sum(1)
        found = np.nan_to_num(_mean(cells)) * np.where(count > 1, count / (count + _SEASON_SHRINK), 0.0)
        out[:, place == s] = found[:, None]
    return out


def _yearly(values: Floats, per_year: int) -> Floats:
    """The mean of each stretch of a year, over its periods."""
    out = np.empty_like(values)
    for start in range(0, values.shape[1], per_year):
        out[:, start : start + per_year] = _mean(values[:, start : start + per_year])[:, None]
    return out


def foretold(before: Floats, steps: int, half: float, trend: float, per_year: int) -> tuple[Floats, Floats]:
    """A weighted line through what was, and its damped continuation.

    Args:
        before: series x periods.
        steps: periods to foretell.
        half: years after which a period weighs half.
        trend: share of the slope that is kept; 0: a level.
        per_year: periods a year.

    Returns:
        The fit over `before`, and series x steps ahead.
    """
    t = np.arange(before.shape[1]) - (before.shape[1] - 1)
    weight = np.where(np.isfinite(before), 0.5 ** (-t / (half * per_year)), 0.0)
    y = np.nan_to_num(before)
    w, wt, wy = weight.sum(1), (weight * t).sum(1), (weight * y).sum(1)
    wtt, wty = (weight * t * t).sum(1), (weight * t * y).sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = np.where(w * wtt - wt**2 > 0, (w * wty - wt * wy) / (w * wtt - wt**2), 0.0) * trend
        level = np.where(w > 0, (wy - slope * wt) / w, 0.0)
    damped = _DAMPED ** (1 / per_year)
    ahead = np.cumsum(damped ** np.arange(1, steps + 1))
    return level[:, None] + slope[:, None] * t, level[:, None] + slope[:, None] * ahead


def chosen(before: Floats, window: Window) -> tuple[float, float]:
    """The half-life and the share of trend that foretell the last periods before best, over all series."""
    steps = min(window.end - window.after, before.shape[1] // 3)
    if steps < 1 or before.shape[1] - steps < 2:  # noqa: PLR2004 - a line needs two points
        return _HALVES[-1], 0.0
    past, then = before[:, :-steps], _mean(before[:, -steps:])

    def error(half: float, trend: float) -> float:
        ahead = foretold(past, steps, half, trend, window.per_year)[1].mean(1)
        return float(np.nanmedian(np.abs(then - ahead))) if np.isfinite(then).any() else 0.0

    return min(((h, b) for h in _HALVES for b in _TRENDS), key=lambda c: error(*c))


@dataclass(frozen=True, slots=True, eq=False)
class _Alike:
    """What makes series alike: their size, and the groups they are in."""

    size: Floats
    groups: tuple[Ints, ...] = ()


def moderated(
    error: Floats, alike: _Alike, given: tuple[Floats, Effect] | None = None
) -> tuple[Floats, Floats, Effect]:
    """The spread of each series about its fit, drawn towards that of series alike.

    With five yearly points a spread is hardly known: limma's moderated variance (Smyth 2004), with a prior worth
    `_PRIOR` observations, fitted in logarithms as medians by size and by each of the groups.

    Returns:
        The spread, the edges of the classes of size, and the usual log variance of each class.
    """
    count = np.isfinite(error).sum(1)
    degrees = np.maximum(count - 1, 0)
    own = np.where(degrees > 0, np.nansum(error**2, axis=1) / np.maximum(degrees, 1), 0.0)
    left = np.log(np.where(own > 0, own, np.nan))[:, None]
    known = np.isfinite(left[:, 0])
    edges = given[0] if given else np.quantile(alike.size, np.linspace(0, 1, _BINS + 1)[1:-1])
    of = np.searchsorted(edges, alike.size)
    by_size = given[1] if given else effect(left, of, known)
    usual = by_size.over(of)
    left = left - usual
    for group in alike.groups:
        part = medians(left, group, known)
        usual, left = usual + part, left - part
    out: Floats = np.sqrt((_PRIOR * np.exp(usual[:, 0]) + degrees * own) / (_PRIOR + degrees))
    return np.maximum(out, 1e-3), edges, by_size
