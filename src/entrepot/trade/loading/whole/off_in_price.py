"""Reporters whose value per kilogram is a thousandth, or a thousand times, of what all others report of the same goods.

A sheet in thousands that is read as dollars is off in each row alike, so that no row lies off its series. Where both
sides report, their mirrors show it (`mirrors.off_scale`); where one side alone does, the price of a kilogram is all
that there is to hold it against.
"""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, ntr, tr

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults

# Decades that figures are off by: thousands and millions, as sheets of offices are counted; a weight in tonnes makes a
# price a thousand times too high, one in grams a thousandth.
_SCALES = (-3.0, -6.0, 3.0, 6.0)
_NEAR = log10(3.0)  # as near to the scale as figures of the same goods lie to one another (`mirrors.off_scale`)
_OTHERS = 3  # of two others that disagree with a reporter, two may be wrong alike
_MOST = 0.8  # of its products, and of the others whose prices are within ten times of theirs
_ALIKE = 1.0  # decades: of one product the world's prices rarely lie farther apart
_WEIGHED = 10  # flows of a reporter that are weighed, below which one odd shipment is all that there is
_FLOWS = {"import": marked("imports"), "export": marked("exports")}
_TIMES = {
    -3.0: marked("1/1000 of"),
    -6.0: marked("1/1,000,000 of"),
    3.0: marked("1000 times"),
    6.0: marked("1,000,000 times"),
}
_WHY = {
    -3.0: marked("values in thousands, or weights in grams?"),
    -6.0: marked("values in millions?"),
    3.0: marked("weights in tonnes, or a value scaled twice?"),
    6.0: marked("weights in thousand tonnes, or a value scaled twice?"),
}


def prices(frame: pl.DataFrame) -> pl.DataFrame:
    """What a kilogram is worth to each reporter, by flow and product: the step `prices` says the same in SQL.

    Args:
        frame: flows, each once.
    """
    import polars as pl

    given = frame.filter(pl.col("value_usd") > 0, pl.col("net_kg") > 0, pl.col("flow").is_in(list(_FLOWS)))
    unit = (pl.col("value_usd") / pl.col("net_kg")).log10()
    return given.group_by("reporter", "flow", "product").agg(unit.median().alias("price"), pl.len().alias("n"))


def tell(found: pl.DataFrame, faults: Faults) -> None:
    """Name the reporters that are off in nearly all their products; nothing is changed.

    Args:
        found: as `prices` gives it.
        faults: gathers what is wrong.
    """
    for what in _told(found):
        faults.add("value_suspect", (), what, "kept")


def _told(found: pl.DataFrame) -> list[str]:
    import polars as pl

    apart = pl.col("price") - pl.col("price").median().over("product")
    own = pl.len().over("product", "reporter")
    others = pl.len().over("product") - own
    alike = (apart.abs() <= _ALIKE).sum().over("product") - (apart.abs() <= _ALIKE).cast(pl.Int64)
    judged = found.filter(pl.col("reporter").n_unique().over("product") > _OTHERS)
    judged = judged.with_columns(apart=apart, agreed=alike >= _MOST * others)
    off = []
    for scale in _SCALES:
        near = pl.col("agreed") & ((pl.col("apart") - scale).abs() <= _NEAR)
        each = judged.group_by("reporter", "flow").agg(
            near.sum().alias("near"), pl.len().alias("of"), pl.col("n").filter(near).sum().alias("weighed")
        )
        each = each.filter(pl.col("near") >= _MOST * pl.col("of"), pl.col("weighed") >= _WEIGHED)
        off += [(r, f, scale, n) for r, f, n in each.select("reporter", "flow", "near").iter_rows()]
    return [_sentence(*one) for one in sorted(off)]


def _sentence(reporter: str, flow: str, scale: float, products: int) -> str:
    return ntr(
        products,
        "{reporter}'s {flows} are worth about {times} what others report for a kilogram, in {count} product: {why}",
        "{reporter}'s {flows} are worth about {times} what others report for a kilogram, in {count} products: {why}",
        reporter=reporter,
        flows=tr(_FLOWS[flow]),
        times=tr(_TIMES[scale]),
        why=tr(_WHY[scale]),
    )
