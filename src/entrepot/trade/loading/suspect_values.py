"""Values that cannot be what they are called: a month in place of a year, thousands in one year, an absurd price.

They are named and kept: a publisher may be right. What no trade can be, more than all countries trade in a century, is
emptied, and a column of places that is read as the value is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log10
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from entrepot.trade.loading.faults import Faults

# A hundred quadrillion of any currency: the world trades some 24 trillion dollars a year (WTO, 2023), which is 10^18 of
# the currency that is worth least, and no country a tenth of it.
_MOST = 1e17
_FEWEST = 5  # partners that a period shares with those beside it
_EVERY = 0.9  # of them: a partner may have stopped trading in the same year
# What the values of a period are of those beside it, how far the median may be from it, and how far every partner is:
# a twelfth, for a month is a seventh to a twentieth of a year; a thousandth or a thousand times.
_SHAPES = (
    ("a twelfth", -log10(12), 0.25, log10(4), ("year",), "a month in place of the year?"),
    ("a thousandth", -3.0, 0.5, log10(30), ("year", "quarter", "month"), "values in thousands?"),
    ("a thousand times", 3.0, 0.5, log10(30), ("year", "quarter", "month"), "values in thousands in the others?"),
)
_FAR = 0.7  # decades between the sum of a period and of those beside it: less than any shape, with its tolerance
# A value per kilogram so far from the median of its product; a thousand is what tonnes for kilograms make, and a factor
# of a hundred lies between an aircraft part and a screw of one heading.
FARTHEST = 4.0  # decades
JUDGED = 20  # unit values by which the median of a product is known
UNPRICED = "the value per kilogram is over ten thousand times off the median of its product; kept"
_REPORT = ("reporter", "flow", "frequency")
_PLACES = 20  # cells that show whether a column holds places
_CELLS = 10 * _PLACES  # among which so many different ones are looked for


@dataclass(slots=True)
class FirstValues:
    """The first cells of the column that is read as the value, gathered until they show whether it holds places.

    Attributes:
        cells: those gathered, block by block: a table is judged alike however it is cut.
    """

    cells: list[str] = field(default_factory=list)

    def take(self, frame: pl.DataFrame) -> None:
        """Gather the cells of a draft; judges them as soon as they are enough.

        Args:
            frame: the cells of a draft, or of a block of one.

        Raises:
            BadInputError: half of the first cells are places.
        """
        import polars as pl

        missing = _CELLS - len(self.cells)
        if missing > 0 and frame.schema.get("value") == pl.String():
            self.cells += frame["value"].drop_nulls().head(missing).to_list()
            if len(self.cells) == _CELLS:
                self.refuse_places()

    def refuse_places(self) -> None:
        """Stop where the column holds places: two columns of a map are swapped.

        Raises:
            BadInputError: half of the first cells are places.
        """
        cells = list(dict.fromkeys(self.cells))[:_PLACES]
        found = [c for c in cells if any(map(str.isalpha, c)) and partners.code_of(c)]
        if cells and 2 * len(found) > len(cells):
            raise BadInputError(
                tr("the column that is read as the value holds places"),
                found=found[0],
                allowed=tr("numbers"),
                remedy=tr(
                    "Two columns of the map are swapped, or their headings in the file: say which is which with --map."
                ),
            )


def emptied(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The frame without values that are more than all trade there is.

    Args:
        frame: with `value` as a number.
        faults: gathers what is wrong.
    """
    import polars as pl

    bad = frame.filter(pl.col("value").abs() > _MOST)
    if not bad.height:
        return frame
    largest = float(bad["value"].abs().max() or 0)  # type: ignore[arg-type]
    what = f"a value of {largest:.3g} is more than all countries trade; emptied"
    faults.add("value_suspect", bad["row"], what, "set_aside")
    faults.losses.not_read("value_suspect", what, bad.height)
    return frame.with_columns(pl.when(pl.col("value").abs() <= _MOST).then("value").alias("value"))


def sums(frame: pl.DataFrame) -> pl.DataFrame:
    """What a reporter counted by period: the step `period_sums` says the same in SQL."""
    import polars as pl

    given = frame.filter(pl.col("value_usd") > 0)
    return given.group_by(*_REPORT, "period").agg(pl.col("value_usd").sum().alias("value"))


def pairs(frame: pl.DataFrame) -> pl.DataFrame:
    """What each pair traded by report and period: the step `pairs` says the same in SQL."""
    import polars as pl

    keys = [*_REPORT, "exporter", "importer", "period"]
    return frame.filter(pl.col("value_usd") > 0).group_by(keys).agg(pl.col("value_usd").sum().alias("value"))


def told(found: pl.DataFrame, pairs_of: Callable[[], pl.DataFrame]) -> Iterator[str]:
    """Periods whose values are a twelfth or a thousandth of those beside them for every partner, in words.

    What holds for nearly every partner holds for the sum, and few sums are so far off: pairs are looked at in these.

    Args:
        found: as `sums` gives it.
        pairs_of: gives what `pairs` does, where it is needed.
    """
    import polars as pl

    odd = list(_odd(found))
    each = pairs_of() if odd else found
    seen: set[tuple[str, str, str, str]] = set()
    # Those between two periods first: beside a period that is off, the last of a file is off too.
    for reporter, flow, frequency, period, beside in sorted(odd, key=lambda one: -len(one[-1])):
        if {(reporter, flow, frequency, other) for other in beside} & seen:
            continue
        of = {"reporter": reporter, "flow": flow, "frequency": frequency}
        mine = each.filter(*(pl.col(k) == v for k, v in of.items()))
        if shape := _shape(mine, period, beside, frequency):
            name, why = shape
            seen.add((reporter, flow, frequency, period))
            those = f"those of {' and '.join(beside)} for nearly every partner"
            yield f"{reporter}, {flow} of {period}: values are {name} of {those}; {why}"


def _odd(found: pl.DataFrame) -> Iterator[tuple[str, str, str, str, list[str]]]:
    """Reporter, flow, frequency, period and those beside it, where its sum is far from that of these."""
    import polars as pl

    ordered = found.with_columns(pl.col("value").log10()).sort(*_REPORT, "period")
    before, after = (pl.col("value").shift(n).over(_REPORT) for n in (1, -1))
    ends = [pl.col("period").shift(n).over(_REPORT).alias(name) for n, name in ((1, "before"), (-1, "after"))]
    off = (pl.col("value") - pl.mean_horizontal(before, after)).abs()
    for row in ordered.with_columns(*ends, off=off).filter(pl.col("off") >= _FAR).iter_rows(named=True):
        beside = [row[name] for name in ("before", "after") if row[name] is not None]
        yield row["reporter"], row["flow"], row["frequency"], row["period"], beside


def _shape(mine: pl.DataFrame, period: str, beside: list[str], frequency: str) -> tuple[str, str] | None:
    import polars as pl

    sides = ["exporter", "importer"]
    here = mine.filter(pl.col("period") == period).select(*sides, here="value")
    there = pl.col("value").log10().mean().alias("there")
    around = mine.filter(pl.col("period").is_in(beside)).group_by(sides).agg(there)
    logs = here.join(around, on=sides).select(pl.col("here").log10() - pl.col("there")).to_series()
    if logs.len() < _FEWEST:
        return None
    median = float(logs.median() or 0.0)  # type: ignore[arg-type]
    for name, target, near, far, frequencies, why in _SHAPES:
        beyond = logs <= -far if target < 0 else logs >= far
        if frequency in frequencies and abs(median - target) <= near and float(beyond.mean() or 0) >= _EVERY:  # type: ignore[arg-type]
            return name, why
    return None


def unpriced(frame: pl.DataFrame) -> pl.Series:
    """The rows whose value per kilogram is out of all bounds: the step `unpriced` says the same in SQL.

    Only products whose values lie so far apart are looked at.
    """
    import polars as pl

    if frame["net_kg"].null_count() == frame.height:
        return frame["row"].clear()
    given = frame.filter((pl.col("value_usd") > 0) & (pl.col("net_kg") > 0))
    priced = given.select("row", "product", unit=pl.col("value_usd") / pl.col("net_kg"))
    unit = pl.col("unit")
    wide = priced.group_by("product").agg(unit.max().alias("most"), unit.min().alias("least"), pl.len().alias("n"))
    wide = wide.filter((pl.col("n") >= JUDGED) & (pl.col("most") / pl.col("least") >= 10**FARTHEST))
    if not wide.height:
        return frame["row"].clear()
    priced = priced.join(wide.select("product"), on="product", how="semi").with_columns(unit.log10())
    usual = priced.group_by("product").agg(unit.median().alias("usual"))
    far = (unit - pl.col("usual")).abs() >= FARTHEST
    return priced.join(usual, on="product").filter(far)["row"].unique().sort()


def tell(found: pl.DataFrame, pairs_of: Callable[[], pl.DataFrame], rows: pl.Series, faults: Faults) -> None:
    """Name what is found: periods in words, and rows without a plausible price.

    Args:
        found: as `sums` gives it.
        pairs_of: as in `told`.
        rows: as `unpriced` gives them.
        faults: gathers what is wrong.
    """
    for what in told(found, pairs_of):
        faults.add("value_suspect", (), what, "kept")
    if rows.len():
        faults.add("value_suspect", rows, UNPRICED, "kept")
