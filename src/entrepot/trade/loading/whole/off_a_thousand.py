"""Values per kilogram a thousand times off those of their series, and which of the two figures it is that is off.

Tonnes among kilograms and thousands among dollars leave the same ratio. Each figure is held against its own series, the
whole of it and the periods around, for trade may grow thirtyfold in two years: one that is as usual by either is right.
Where both moved, nothing tells, and neither is emptied.
"""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from entrepot.core import engine
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from entrepot.trade.loading.faults import Faults

_CELL = ["reporter", "exporter", "importer", "flow", "product"]
_RUN = [*_CELL, "frequency"]
# A unit value half an order of magnitude around a thousand times its series' median: kilograms and tonnes mixed up.
_JUMP, _SLACK = 1000.0, 10**0.5
_JUDGED = 3  # unit values that a series needs: the median of two lies between them, whichever is wrong
# The bounds of the step `weighed`; a series whose values lie nearer together than half a jump holds none that is off.
_BOUNDS = {"judged": _JUDGED, "least": _JUMP / _SLACK, "jump": log10(_JUMP), "slack": log10(_SLACK)}
# Decades from a median of its own series: one that is nearer is as usual, for months of one flow lie a factor of ten
# apart; one that is farther than two is off by hundreds.
_USUAL, _OFF = 1.0, 2.0
_AROUND = 5  # periods with two before and two after, of which two that are off are no majority
_WEIGHT = "the value per kilogram is a thousand times off its series' median: tonnes for kilograms? weight emptied"
_VALUE = marked("the value is about a thousand times off its series, and the weight beside it is not: thousands? kept")
_EITHER = marked(
    "the value per kilogram is a thousand times off its series' median, and neither the value nor the weight tells by "
    "its own series which of them is wrong; both kept"
)


def without_weights_off(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The flows without the weights that are off; what else is off is told and kept.

    Args:
        frame: flows, each once.
        faults: gathers what is wrong.
    """
    import polars as pl

    value, weight = pl.col("value_usd"), pl.col("net_kg")
    both = ((value > 0) & (weight > 0)).fill_null(value=False)
    priced = frame.with_row_index("nth").filter(both)
    unit = value / weight
    far = {}
    for name, figure in (("value", value), ("weight", weight)):
        around = figure.rolling_median(_AROUND, min_samples=1, center=True).over(
            _RUN, order_by=["period", "hs_vintage"]
        )
        far[f"{name}_off"] = (figure / figure.median().over(_CELL)).log10().abs()
        far[f"{name}_around"] = (figure / around).log10().abs()
    off = (unit / unit.median().over(_CELL)).log10().abs()
    found = priced.select("nth", "row", judged=pl.len().over(_CELL), off=off, **far).filter(
        (pl.col("judged") >= _JUDGED) & ((pl.col("off") - log10(_JUMP)).abs() <= log10(_SLACK))
    )
    bad = _told(found, faults)
    if not bad.len():
        return frame
    kept = ~pl.int_range(pl.len()).is_in(bad.implode())
    return frame.with_columns(pl.when(kept).then("net_kg").alias("net_kg"))


def weights_off(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """The same out of core: the view `kept` is read, and `off` made of the flows whose weight is off.

    Args:
        con: the engine.
        faults: gathers what is wrong.
    """
    import polars as pl

    step = engine.step("entrepot.trade", "weighed")
    bad = _told(pl.DataFrame(pl.from_arrow(engine.run(con, step, _BOUNDS))), faults)
    con.register("off", pl.DataFrame({"nth": bad}).with_columns(misweighed=pl.lit(value=True)).to_arrow())


def _told(found: pl.DataFrame, faults: Faults) -> pl.Series:
    """Name what is off; the flows, by `nth`, whose weight it is.

    Args:
        found: `nth`, `row`, and how many decades the value and the weight are from the median of their series
            (`value_off`, `weight_off`) and of the periods around (`value_around`, `weight_around`).
        faults: gathers what is wrong.
    """
    import polars as pl

    usual = {n: pl.min_horizontal(f"{n}_off", f"{n}_around") <= _USUAL for n in ("value", "weight")}
    moved = {n: pl.max_horizontal(f"{n}_off", f"{n}_around") >= _OFF for n in ("value", "weight")}
    value, weight = usual["weight"] & moved["value"], usual["value"] & moved["weight"]
    of_value, of_weight = value & ~weight, weight & ~value
    bad = found.filter(of_weight)
    if bad.height:
        faults.add("unit_suspect", bad["row"], _WEIGHT, "set_aside")
    faults.flag(found, of_value, "value_suspect", tr(_VALUE))
    faults.flag(found, ~of_value & ~of_weight, "unit_suspect", tr(_EITHER))
    return bad["nth"]
