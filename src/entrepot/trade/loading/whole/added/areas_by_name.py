"""Areas that have no code of their own, of which an office names several: they share a code and are added up.

"Not specified", "Other countries" and "Secret" are each a part of what is not told by country, "UAE - Dubai" and
"UAE - Sharjah" parts of a country. One code stands for all, and their rows would be one flow with several figures, of
which none is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.loading.draft import NAMED
from entrepot.trade.loading.whole.added.domestic_exports import figures_added
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from entrepot.trade.loading.faults import Faults

_PART = "_part"  # whether a side of a row is a part of a country
_KEY = list(TRADE_FLOWS.grain)
_SIDES = ("reporter", "partner", "exporter", "importer")  # of a draft, as printed


def names_of(frame: pl.DataFrame) -> tuple[pl.Expr, pl.Expr]:
    """A number for what the sides of each row are called, as printed: two names of one place have two; and for parts.

    Beside it whether a side is a part of a country, which has the code of that.
    """
    import polars as pl

    sides = {s: pl.col(s).cast(pl.String()) for s in _SIDES if s in frame.columns}
    parts = {
        s: [*partners.parts_of_countries(frame[s].cast(pl.String()).drop_nulls().unique().to_list())] for s in sides
    }
    is_part = pl.any_horizontal(pl.lit(value=False), *(cell.is_in(parts[s]) for s, cell in sides.items()))
    names = (cell.str.strip_chars() for cell in sides.values())
    number = pl.concat_str(*names, separator="\n", ignore_nulls=True).hash()
    return number.alias(NAMED), is_part.fill_null(value=False).alias(_PART)


def of_areas() -> pl.Expr:
    """Those numbers of rows of which a side has no code of its own; 0 of others."""
    import polars as pl

    areas = partners.residuals()
    is_area = pl.col("exporter").is_in(areas) | pl.col("importer").is_in(areas) | pl.col(_PART)
    return pl.when(is_area).then(NAMED).otherwise(pl.lit(0, pl.UInt64())).alias(NAMED)


def added(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The rows, those of one flow with areas by different names in one file as one; a name that stands twice is left.

    Args:
        frame: flows with `row` and NAMED.
        faults: gathers what is added.
    """
    import polars as pl

    begins = [base for base, _ in faults.files]
    file = pl.sum_horizontal(pl.lit(0), *(pl.col("row") > base for base in begins))
    keys = [*_KEY, "_file"]
    numbered = frame.with_columns(file.alias("_file"))
    rows, names = pl.len().over(keys), pl.col(NAMED).n_unique().over(keys)
    several = (pl.col(NAMED) != 0) & (rows > 1) & (names == rows)
    parts = numbered.filter(several)
    if not parts.height:
        return frame
    what = tr("areas that have no code of their own, by several names under one code: added up")
    faults.add("total_among_details", parts["row"], what, "converted")
    figures = figures_added()
    told = {*_KEY, *(one.meta.output_name() for one in figures)}
    first = [pl.col(c).first() for c in frame.columns if c not in told]
    made = parts.group_by(keys, maintain_order=True).agg(*figures, *first)
    return pl.concat([numbered.filter(~several).select(frame.columns), made.select(frame.columns)])


def of_blocks(con: duckdb.DuckDBPyConnection, faults: Faults, *, sums: bool) -> None:
    """The same of a table in blocks: of the view `printed` the view `named` is made. Held meanwhile are such areas."""
    import duckdb
    import polars as pl

    blocks = con.view("printed")
    if sums:  # all rows of a flow are added
        blocks.create_view("named")
        return
    is_area = duckdb.ColumnExpression(NAMED) != duckdb.ConstantExpression(0)
    areas = pl.DataFrame(pl.from_arrow(blocks.filter(is_area).order("nth").to_arrow_table()))
    con.register("areas", added(areas, faults).to_arrow())
    others = blocks.filter(~is_area)
    others.union(con.view("areas").select(*others.columns)).create_view("named")
