"""How much more importers count than exporters, and how far each reporter can be relied upon.

For each flow that both sides report, log(import / export) = margin + error of the exporter + error of the importer.
The margin is an effect of all flows, of the chapter of the HS, of the pair, and of the chapter of the pair: medians,
so that gross errors do not enter, each shrunk towards nothing by what its spread says is chance (empirical Bayes).
It is not set to the 10 % that is often assumed: transport costs differ by product and pair, as do habits of valuation.

A margin is what importers' figures lie above exporters' by. Freight and insurance are in it, and where it is large so
is something else (`FREIGHT_AT_MOST`): goods that one side alone counts, or another price. It is estimated from
comparable flows and lies between 0 and 100 %: Georgia's exports of cars to Armenia, which Armenia counts as Japan's,
differ from their mirror by a factor of thousands every year, and that is a gap, not a margin.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# The median of absolute deviations of a normal variable is 0.6745 of its standard deviation.
_MAD = 1.4826
# The variance of a median of n normal values is pi / 2 times that of their mean.
_MEDIAN = pi / 2
_LEVELS = (["chapter"], ["exporter", "importer"], ["exporter", "importer", "chapter"])
_PASSES = 4  # the spread within cells settles to three digits after three
_FLOOR = 1e-4  # variance of a log: a reporter is never taken to be exact to better than 1 %
_COMPARABLE = log(3.0)  # figures further apart than threefold are not of the same goods
_HIGHEST = log(2.0)  # twice the exporter's figure: what lies further apart is a gap, and no margin of valuation
# Share of the value, FOB, up to which a margin may be freight and insurance alone. In 2021 transport cost 8.1 % of the
# world's imports, 14.8 % of those of the least developed countries, and 19.3 % of those of the islands among them, the
# dearest group that UNCTAD gives (UNCTADstat, Maritime and other transport, https://unctadstat.unctad.org/insights/theme/99,
# data of 22 May 2024). It is a mean of all goods: of a cheap and heavy one freight may be more, which no margin shows.
FREIGHT_AT_MOST = 0.193
_EXACT = 0.1  # of the mean variance: pairs cannot tell a reporter to be more exact than that
_ROUNDED = 1e-13  # of the largest pull: what rounding leaves of one that is nothing
_PULL = 10.0  # flows' worth of the mean spread that each reporter is pulled to
_WEIGHINGS = 8  # of pairs by the variances found: in 300 drawn worlds twelve moved 99 spreads in 100 by .5 % at most
# Of half the mean variance: what is found below it is no surer, with few flows. In the same worlds the mean error of a
# log spread was .12 unweighed, .09 with a third, and .11 with none.
_AS_SURE = 1 / 3


@dataclass(frozen=True, slots=True)
class Margins:
    """What is estimated from the flows that both sides report.

    Attributes:
        overall: the margin of all flows, in logs.
        effects: for each level of _LEVELS its keys, `effect` and `variance` of the effect.
        spread: reporter to the standard deviation of its error, in logs, for a flow of middling size.
        sizes: decade of the flow's value to the factor on the spread: small flows err more.
        floor: the least spread that a reporter is given; one that has it may be more exact, which pairs cannot tell.
        standing: exporter and importer of pairs of which most flows lie further apart than threefold, while most of
            either's others do not: what stands between them is no error of theirs, and no spread rests on it.
    """

    overall: float
    effects: tuple[pl.DataFrame, ...]
    spread: dict[str, float]
    sizes: dict[int, float]
    floor: float = 0.0
    standing: tuple[tuple[str, str], ...] = ()

    def at_floor(self, reporter: str) -> bool:
        """Whether the spread of a reporter is the least that is given, and not estimated."""
        return self.spread[reporter] <= self.floor


def estimate(both: pl.DataFrame) -> Margins:
    """The margins and the spreads.

    Args:
        both: one row a flow: exporter, importer, chapter, `y` (log of import over export), `size` (decade of value).
    """
    import polars as pl

    near = both.filter(pl.col("y").abs() <= _COMPARABLE)
    overall = min(max(float(near["y"].median() or 0.0), 0.0), _HIGHEST)  # type: ignore[arg-type]
    variance = _square(near["y"] - overall)
    effects: tuple[pl.DataFrame, ...] = ()
    for _ in range(_PASSES):
        found = []
        rest = near.with_columns((pl.col("y") - overall).alias("rest"))
        for keys in _LEVELS:
            level = _effects(rest, keys, variance)
            rest = rest.join(level, on=keys, how="left").with_columns(pl.col("rest") - pl.col("effect"))
            rest = rest.drop("effect", "variance")
            found.append(level)
        effects, variance = tuple(found), max(_FLOOR, _square(rest["rest"]))
    known = Margins(overall, effects, {}, {})
    errors = margins_of(both, known).with_columns((pl.col("y") - pl.col("m")).alias("rest"))
    standing = _standing(errors)
    errors = errors.join(standing, on=["exporter", "importer"], how="anti")
    sizes = _sizes(errors, max(_FLOOR, _square(errors["rest"])) ** 0.5)
    factor = pl.col("size").replace_strict(sizes, default=1.0, return_dtype=pl.Float64())
    spread, floor = _spreads(errors.with_columns(pl.col("rest") / factor))
    return Margins(overall, effects, spread, sizes, floor, tuple(standing.iter_rows()))


def margins_of(flows: pl.DataFrame, margins: Margins) -> pl.DataFrame:
    """The flows with their margin `m` in logs and its variance `vmargin`; a cell never seen has that of its levels."""
    import polars as pl

    effect, variance = pl.lit(margins.overall), pl.lit(0.0)
    for i, level in enumerate(margins.effects):
        keys = level.columns[:-2]
        flows = flows.join(level.rename({"effect": f"_e{i}", "variance": f"_v{i}"}), on=keys, how="left")
        effect, variance = effect + pl.col(f"_e{i}").fill_null(0), variance + pl.col(f"_v{i}").fill_null(0)
    return flows.with_columns(effect.clip(0.0, _HIGHEST).alias("m"), variance.alias("vmargin"))


def _square(values: pl.Series) -> float:
    """A robust variance around zero."""
    middle = values.abs().median()
    return 0.0 if middle is None else float((_MAD * middle) ** 2)  # type: ignore[operator]


def _effects(rest: pl.DataFrame, keys: list[str], variance: float) -> pl.DataFrame:
    """The medians of a level, shrunk: `effect` and its `variance`."""
    import polars as pl

    cells = rest.group_by(keys, maintain_order=True).agg(pl.col("rest").median().alias("middle"), pl.len().alias("n"))
    noise = pl.lit(_MEDIAN * variance) / pl.col("n")
    excess = cells.select((pl.col("n") * (pl.col("middle") ** 2 - noise)).sum() / pl.col("n").sum()).item()
    between = max(0.0, float(excess))
    kept = between / (between + noise) if between > 0 else pl.lit(0.0)
    return cells.select(*keys, (pl.col("middle") * kept).alias("effect"), (noise * kept).alias("variance"))


def _sizes(rest: pl.DataFrame, spread: float) -> dict[int, float]:
    """The spread of flows of each decade of value, over that of all; a decade with few flows is pulled to 1."""
    import polars as pl

    found = rest.group_by("size").agg(
        (pl.col("rest").abs().median() * _MAD / spread).alias("ratio"), pl.len().alias("n")
    )
    return {int(s): (float(r) * n + _PULL) / (n + _PULL) for s, r, n in found.iter_rows()}


def _standing(errors: pl.DataFrame) -> pl.DataFrame:
    """The pairs, `exporter` and `importer`, between which a gap stands that neither's other flows show.

    Goods that one of them counts by their origin are apart in every period, by a factor of thirty as soon as of three.
    Taken for errors they widen what is usual of both, in all their flows, until no gap of either is left. Who is as far
    apart from most partners errs: that stays in its spread.
    """
    import polars as pl

    pairs = errors.group_by("exporter", "importer").agg(
        (pl.col("rest").abs().median() > _COMPARABLE).alias("apart"), pl.len().cast(pl.Int64).alias("n")
    )
    ends = pl.concat([pairs.select(pl.col(side).alias("reporter"), "apart", "n") for side in ("exporter", "importer")])
    near = ends.group_by("reporter").agg((pl.when("apart").then(-pl.col("n")).otherwise("n")).sum().alias("more"))
    sound = near.filter(pl.col("more") > 0)["reporter"].implode()
    found = pairs.filter("apart", pl.col("exporter").is_in(sound), pl.col("importer").is_in(sound))
    return found.select("exporter", "importer").sort("exporter", "importer")


def _spreads(rest: pl.DataFrame) -> tuple[dict[str, float], float]:
    """The spread of each reporter, and the least that one is given.

    Variances of pairs are sums of two, and are taken apart by least squares. What is measured of a variance errs in
    proportion to it, so that each pair counts by its flows over the square of its own: else one loose reporter throws
    the spreads of all that trade with it. Each reporter is pulled to half the mean variance, so that a single pair is
    split evenly and none is negative.
    """
    import numpy as np
    import polars as pl

    pairs = rest.group_by("exporter", "importer", maintain_order=True).agg(
        (pl.col("rest").abs().median() * _MAD).pow(2).alias("variance"), pl.len().alias("n")
    )
    names = sorted({*pairs["exporter"], *pairs["importer"]})
    place = {n: i for i, n in enumerate(names)}
    weight = pairs["n"].to_numpy().astype(float)
    variance = pairs["variance"].to_numpy()
    design = np.zeros((pairs.height, len(names)))
    for row, (a, b) in enumerate(zip(pairs["exporter"], pairs["importer"], strict=True)):
        design[row, place[a]] = design[row, place[b]] = 1.0
    half = float((weight * variance).sum() / weight.sum()) / 2
    floor = max(_FLOOR, _EXACT * half)
    found = np.full(len(names), max(half, floor))
    for _ in range(_WEIGHINGS):
        found = _solved(design, weight, variance, half, floor, np.maximum(found, _AS_SURE * half))
    return dict(zip(names, np.sqrt(found).tolist(), strict=True)), float(np.sqrt(floor))


def _solved(  # noqa: PLR0913, PLR0917 - the pieces of a problem of least squares
    design: Floats, weight: Floats, variance: Floats, half: float, floor: float, last: Floats
) -> Floats:
    """The variances of reporters, each equation over its own error: in proportion to `last`, the step before."""
    import numpy as np

    scale = max(half, floor)
    root = np.sqrt(weight) * 2 * scale / (design @ last)
    pull = np.sqrt(_PULL) * scale / last
    left = np.vstack([root[:, None] * design, np.diag(pull)])
    right = np.concatenate([root * variance, pull * half])
    return least_squares(left, right, floor)


def least_squares(left: Floats, right: Floats, floor: float) -> Floats:
    """The x that brings left @ x nearest to right, none of it below `floor` (Lawson and Hanson 1974, chapter 23).

    Args:
        left: rows x unknowns, of full column rank.
        right: one a row.
        floor: the lowest that an unknown may be.
    """
    import numpy as np

    found: Floats = np.asarray(np.linalg.lstsq(left, right, rcond=-1)[0], np.float64)
    if (found >= floor).all():
        return found
    q, r = np.linalg.qr(left)
    aim = q.T @ right - r.sum(1) * floor  # of what is above the floor
    above, free = np.zeros(len(found)), np.zeros(len(found), bool)
    least = _ROUNDED * float(np.abs(r.T @ aim).max())
    while (pull := np.where(free, -np.inf, r.T @ (aim - r @ above))).max() > least:
        free[np.argmax(pull)] = True
        above = _freed(r, aim, above, free)
    return above + floor


def _freed(r: Floats, aim: Floats, above: Floats, free: NDArray[np.bool_]) -> Floats:
    """The best point of those that are free, which are fewer where one of them would fall below nothing."""
    import numpy as np

    while True:
        trial = np.zeros(len(above))
        trial[free] = np.linalg.lstsq(r[:, free], aim, rcond=-1)[0]
        low = free & (trial <= 0)
        if not low.any():
            return trial
        share = above[low] / (above[low] - trial[low])
        least = np.min(share)
        above = above + least * (trial - above)
        free[np.flatnonzero(low)[share == least]] = False
        above[~free] = 0.0
