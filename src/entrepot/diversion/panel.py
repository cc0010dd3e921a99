"""Flows as a matrix: one row a product, exporter and importer, one column a period; a cell without report is empty.

A pair stands in the count of its exporter where the exporter reports, else in that of its importer; which one is kept
beside it, for the two are valued differently. A product absent from a report that names others is nothing recorded and
counts as zero; a period in which nobody reported is no zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.engine import engine, run, step
from entrepot.core.errors import BadInputError
from entrepot.diversion import calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    import pyarrow as pa
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

_ROOM = "entrepot.diversion"
_PARTNERS = 3  # a product counted with three partners on either side of an empty period was not reported in it


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Series by period.

    Attributes:
        places, products, periods: the names behind the numbers; periods are without gaps.
        frequency: year, quarter or month.
        exporter, importer, product: one number a series.
        value: series x periods, USD; NaN where not reported.
        mirror: the same as the other side counted it; NaN where it did not report.
        unit_value: USD per kg as the exporter counted; NaN where not weighed.
        by_exporter: whether `value` is the exporter's count.
        valuations: (side, place) to the words for how it counts, and its source.
    """

    places: tuple[str, ...]
    products: tuple[str, ...]
    periods: tuple[str, ...]
    frequency: str
    exporter: Ints
    importer: Ints
    product: Ints
    value: Floats
    mirror: Floats
    unit_value: Floats
    by_exporter: Bools
    valuations: dict[tuple[str, str], tuple[str, str]]

    def place(self, code: str | None) -> int:
        """The number of a place; -1 where the flows do not hold it."""
        return self.places.index(code) if code in self.places else -1


def frequency_of(flows: pa.Table) -> str:
    """The frequency of most rows; a table may hold a few of another.

    Raises:
        BadInputError: no flows.
    """
    import pyarrow.compute as pc

    if flows.num_rows == 0:
        raise BadInputError("no flows", remedy="`entrepot load` says what was read and what was set aside.")
    counted = pc.value_counts(flows.column("frequency")).to_pylist()
    return str(max(counted, key=lambda c: (c["counts"], c["values"]))["values"])


def panel(flows: pa.Table) -> Panel:
    """The flows as a matrix.

    Args:
        flows: under the contract `trade_flows`.

    Raises:
        BadInputError: no flows between two places.
    """
    frequency = frequency_of(flows)
    with engine({"trade_flows": flows}) as con:
        legs, reporting, valued = (
            run(con, step(_ROOM, name), {"frequency": frequency}) for name in ("legs", "reporting", "valuations")
        )
    if legs.num_rows == 0:
        raise BadInputError("no flows between two places", allowed="rows whose partners are countries")
    return _dense(legs, reporting, valued, frequency)


def _dense(legs: pa.Table, reporting: pa.Table, valued: pa.Table, frequency: str) -> Panel:
    columns = _columns(legs)
    places, (exporter, importer) = _numbered(columns["exporter"], columns["importer"])
    products, (product,) = _numbered(columns["product"])
    when = _when(columns["period"], frequency)
    first, last = int(np.min(when)), int(np.max(when))
    key = (product * len(places) + exporter) * len(places) + importer
    series, row = np.unique(key, return_inverse=True)
    shape = (len(series), last - first + 1)

    def filled(name: str) -> Floats:
        out = np.full(shape, np.nan)
        out[row, when - first] = columns[name].to_numpy()
        return out

    exporters, importers = series // len(places) % len(places), series % len(places)
    of = series // len(places) ** 2
    seen = _Seen(reporting, (places, products), (first, shape[1]), frequency)
    # A row without a value says that something went and not how much: that cell stays empty.
    blank_out, blank_in = (np.nan_to_num(filled(name)) > 0 for name in ("out_blank", "in_blank"))
    counted_out = np.where(blank_out, np.nan, seen.zeroed(filled("out_usd"), "export", exporters, of))
    counted_in = np.where(blank_in, np.nan, seen.zeroed(filled("in_usd"), "import", importers, of))
    ours = np.isfinite(counted_out).sum(1) >= np.isfinite(counted_in).sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        unit = filled("weighed_usd") / filled("net_kg")
    return Panel(
        places,
        products,
        calendar.labels(first, last, frequency),
        frequency,
        exporters,
        importers,
        of,
        np.where(ours[:, None], counted_out, counted_in),
        np.where(ours[:, None], counted_in, counted_out),
        unit,
        ours,
        {(r["side"], r["place"]): (_words(r), r["source_id"]) for r in valued.to_pylist()},
    )


def _words(row: dict[str, Any]) -> str:
    valued = row["least"] if row["least"] == row["most"] else f"{row['least']} and {row['most']}"
    return "balanced figures" if row["counted_as"] == "balanced" else f"{row['side']}s {valued}"


def _columns(data: pa.Table) -> dict[str, pl.Series]:
    """The columns by polars: pyarrow's own way to text in numpy imports pandas, which costs seconds."""
    import polars as pl

    frame = pl.from_arrow(data)
    assert isinstance(frame, pl.DataFrame)
    numbers = [pl.col(pl.Float64, pl.Int64, pl.Int128, pl.Decimal).cast(pl.Float64)]
    return {s.name: s for s in frame.with_columns(numbers)}


def _numbered(*columns: pl.Series) -> tuple[tuple[str, ...], list[Ints]]:
    """The names in order, and each column as their numbers."""
    import polars as pl

    names = pl.concat(columns).unique().sort().to_list()
    return tuple(names), [_codes(c, names) for c in columns]


def _codes(column: pl.Series, names: Sequence[str]) -> Ints:
    import polars as pl

    return column.cast(pl.Enum(names)).to_physical().cast(pl.Int64).to_numpy()


def _when(labels: pl.Series, frequency: str) -> Ints:
    names = labels.unique().sort().to_list()
    numbers = np.array([calendar.number(n, frequency) for n in names], dtype=np.int64)
    return numbers[_codes(labels, names)]


class _Seen:
    """Who reported what when: tells an absent cell that is nothing recorded from one that nobody reported."""

    def __init__(
        self, reporting: pa.Table, names: tuple[tuple[str, ...], ...], span: tuple[int, int], frequency: str
    ) -> None:
        places, products = names
        shape = (len(places), len(products), span[1])
        columns = _columns(reporting)
        reporter, product = _codes(columns["place"], places), _codes(columns["product"], products)
        when = _when(columns["period"], frequency) - span[0]
        self.partners = {}
        for side in ("export", "import"):
            of = (columns["side"] == side).to_numpy()
            self.partners[side] = np.zeros(shape, dtype=np.int32)
            self.partners[side][reporter[of], product[of], when[of]] = columns["partners"].to_numpy()[of]

    def zeroed(self, cells: Floats, side: str, reporter: Ints, product: Ints) -> Floats:
        """The cells with a zero where the reporter reported that period and had nothing to record."""
        counted = self.partners[side]
        any_product = (counted.sum(1) > 0)[reporter]
        of = counted[reporter, product]
        before, behind = np.roll(of, 1, axis=1), np.roll(of, -1, axis=1)
        before[:, 0] = behind[:, -1] = 0
        skipped = (of == 0) & (before >= _PARTNERS) & (behind >= _PARTNERS)
        return np.where(np.isnan(cells) & any_product & ~skipped, 0.0, cells)
