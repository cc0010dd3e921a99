"""Rows that are parts of a flow, held against the flows that are rows: a part whose whole is none is lost.

A table may hold a flow and its parts side by side: UN Comtrade's details by procedure and mode of transport, its
domestic exports beside exports, Comext's procedures beside their total. The parts are set aside, for the whole is
read. Of some flows it may hold parts alone, and then what they are worth is not in what is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

_KEY, _DEPTH, _WHAT = "_key", "_depth", "_what"
_WORLD, _NOWHERE = "+WLD", ""  # what `Losses` tells the rows of the world by


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of parts, and how a fault calls them.

    Attributes:
        held: the parts of flows that are rows too.
        alone: those of flows that are none.
    """

    held: str
    alone: str


@dataclass(slots=True)
class Parts:
    """What was met of flows and of their parts; of a row of a flow eight bytes are kept."""

    _wholes: list[pl.Series] = field(default_factory=list)
    _parts: list[pl.DataFrame] = field(default_factory=list)
    _sorts: list[Sort] = field(default_factory=list)

    def met(self, wholes: pl.DataFrame, keys: Sequence[pl.Expr]) -> None:
        """Note rows that are flows.

        Args:
            wholes: the rows.
            keys: what says which flow each is.
        """
        self._wholes.append(_hashed(wholes, keys))

    def take(
        self, parts: pl.DataFrame, keys: Sequence[pl.Expr], sort: Sort, *, depth: pl.Expr, is_world: pl.Expr
    ) -> None:
        """Note rows that are parts.

        Args:
            parts: the rows, `row` counted over all files and `value`.
            keys: what says of which flow each is a part.
            sort: of these.
            depth: by which columns, as a number: of several that divide one flow the lowest are counted, once.
            is_world: whether the partner is the world.
        """
        import polars as pl

        if sort not in self._sorts:
            self._sorts.append(sort)
        side = pl.when(is_world.fill_null(value=False)).then(pl.lit(_WORLD)).otherwise(pl.lit(_NOWHERE))
        value = pl.col("value").cast(pl.Float64(), strict=False)
        told = (pl.col("row").cast(pl.Int64()), value, depth.cast(pl.Int64()).alias(_DEPTH), side.alias("importer"))
        which = pl.lit(self._sorts.index(sort), pl.Int64()).alias(_WHAT)
        self._parts.append(parts.select(*told, which).with_columns(_hashed(parts, keys)))

    def told(self) -> Iterator[tuple[Sort, pl.Series, pl.DataFrame]]:
        """Of each sort the rows whose flow is a row too, and those whose flow is none.

        The latter with their value, empty where other parts of the same flow are counted for it.
        """
        import polars as pl

        if not self._parts:
            return
        parts = pl.concat(self._parts)
        wholes = pl.concat(self._wholes).unique() if self._wholes else pl.Series([], dtype=pl.UInt64())
        is_held = pl.col(_KEY).is_in(wholes.implode())
        is_counted = pl.col(_DEPTH) == pl.col(_DEPTH).min().over(_KEY)
        parts = parts.with_columns(is_held.alias("_held"), pl.when(is_counted).then("value").alias("value"))
        for number, sort in enumerate(self._sorts):
            mine = parts.filter(pl.col(_WHAT) == number)
            yield sort, mine.filter("_held")["row"], mine.filter(~pl.col("_held"))


def _hashed(frame: pl.DataFrame, keys: Sequence[pl.Expr]) -> pl.Series:
    """The key of each row as one number of sixty-four bits: a hundred million rows share none but by a rare chance."""
    import polars as pl

    cells = [key.cast(pl.String()).fill_null("").alias(f"k{n}") for n, key in enumerate(keys)]
    return frame.select(cells).hash_rows(seed=0).alias(_KEY)
