"""Flows as a matrix: one row a product, exporter and importer, one column a period; a cell without report is empty.

A pair stands in the count of its exporter where the exporter reports, else in that of its importer; which one is kept
beside it, for the two are valued differently. A product absent from a report that names others is nothing recorded and
counts as zero; a period in which nobody reported is no zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl
    import pyarrow as pa
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

# A product counted with three partners on either side of an empty period was not reported in it. A convention.
_PARTNERS = 3


@dataclass(frozen=True, slots=True)
class Valuation:
    """How a place counts its exports or imports.

    Attributes:
        words: as a row of signals says it: `exports FOB`.
        kind: what legs are compared by: FOB, CIF or unknown (of two the last), or figures where they are balanced.
        sources: ids of all its sources, in order.
    """

    words: str
    kind: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Series by period.

    Attributes:
        places, products, periods: the names behind the numbers; periods are without gaps.
        frequency: year, quarter or month.
        unit: what amounts are counted in: USD, kg, tonnes.
        exporter, importer, product: one number a series.
        amount: series x periods, in the unit; NaN where not reported.
        mirror: the same as the other side counted it; NaN where it did not report.
        unit_value: USD per kg as the exporter counted; NaN where not weighed, and where no value is counted.
        by_exporter: whether `amount` is the exporter's count.
        valuations: (side, place) to how it counts.
        renamed: as in `Names`.
    """

    places: tuple[str, ...]
    products: tuple[str, ...]
    periods: tuple[str, ...]
    frequency: str
    unit: str
    exporter: Ints
    importer: Ints
    product: Ints
    amount: Floats
    mirror: Floats
    unit_value: Floats
    by_exporter: Bools
    valuations: dict[tuple[str, str], Valuation]
    renamed: dict[tuple[str, str, str], tuple[str, str, str]] = field(default_factory=dict)

    @property
    def sources(self) -> list[str]:
        """All sources of the flows, in order: what was to be expected of one flow is learned from the others."""
        return sorted({name for v in self.valuations.values() for name in v.sources})

    def place(self, code: str | None) -> int:
        """The number of a place; -1 where the flows do not hold it."""
        return self.places.index(code) if code in self.places else -1


# Of a place whose rows say nothing of how they are valued.
_UNKNOWN = Valuation("unknown", "unknown", ())


def valued(panel: Panel, series: int) -> tuple[str, Valuation]:
    """Who counted a series, and how it is valued."""
    ours = bool(panel.by_exporter[series])
    place = panel.places[(panel.exporter if ours else panel.importer)[series]]
    return place, panel.valuations.get(("export" if ours else "import", place), _UNKNOWN)


def counted_by(panel: Panel, series: int) -> str:
    """The same in words: `VNM imports CIF`."""
    place, valuation = valued(panel, series)
    return f"{place} {valuation.words}"


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """What all panels of the same flows share.

    Attributes:
        places: in order.
        periods: without gaps.
        frequency: year, quarter or month.
        unit: what amounts are counted in.
        valuations: (side, place) to how it counts.
        spoke: side to places x periods: whether a place counted anything then.
        met: side to exporters x importers: whether the one that counts has the other among its partners at all.
        renamed: side, place and code that the place left for another, or took up for it, to the first and the last
            period of the code, and why it is not followed.
    """

    places: tuple[str, ...]
    periods: tuple[str, ...]
    frequency: str
    unit: str
    valuations: dict[tuple[str, str], Valuation]
    spoke: dict[str, Bools]
    met: dict[str, Bools]
    renamed: dict[tuple[str, str, str], tuple[str, str, str]]


def dense(legs: pa.Table, reporting: pa.Table, products: tuple[str, ...], names: Names) -> Panel:
    """Rows of the steps `legs` and `reporting` as a matrix.

    Args:
        legs: what went from each exporter to each importer, by product and period.
        reporting: with how many partners each place counted a product.
        products: those of the rows, in order.
        names: of places and periods, which all panels of the same flows share.
    """
    columns, places = _columns(legs), names.places
    exporter, importer = (_codes(columns[side], places) for side in ("exporter", "importer"))
    product = _codes(columns["product"], products)
    when = _when(columns["period"], names)
    key = (product * len(places) + exporter) * len(places) + importer
    series, row = np.unique(key, return_inverse=True)
    shape = (len(series), len(names.periods))

    def filled(name: str) -> Floats:
        out = np.full(shape, np.nan)
        out[row, when] = columns[name].to_numpy()
        return out

    exporters, importers = series // len(places) % len(places), series % len(places)
    of = series // len(places) ** 2
    seen = _Seen(reporting, products, names)
    # A row without an amount says that something went and not how much: that cell stays empty.
    blank_out, blank_in = (np.nan_to_num(filled(name)) > 0 for name in ("out_blank", "in_blank"))
    counted_out = np.where(blank_out, np.nan, seen.zeroed(filled("out_amount"), "export", exporters, of))
    counted_in = np.where(blank_in, np.nan, seen.zeroed(filled("in_amount"), "import", importers, of))
    # A sheet of some partners alone says nothing of the others: what the other side counted is not set against zeros.
    out_met, in_met = (names.met[side][exporters, importers][:, None] for side in ("export", "import"))
    counted_out = np.where(out_met | ~in_met, counted_out, np.nan)
    counted_in = np.where(in_met | ~out_met, counted_in, np.nan)
    ours = np.isfinite(counted_out).sum(1) >= np.isfinite(counted_in).sum(1)
    with np.errstate(invalid="ignore", divide="ignore"):
        unit_value = filled("weighed_usd") / filled("weighed_kg")
    return Panel(
        places,
        products,
        names.periods,
        names.frequency,
        names.unit,
        exporters,
        importers,
        of,
        np.where(ours[:, None], counted_out, counted_in),
        np.where(ours[:, None], counted_in, counted_out),
        unit_value,
        ours,
        names.valuations,
        names.renamed,
    )


def _columns(data: pa.Table) -> dict[str, pl.Series]:
    """The columns, numbers as floats."""
    import polars as pl

    frame = pl.from_arrow(data)
    assert isinstance(frame, pl.DataFrame)
    numbers = [pl.col(pl.Float64, pl.Int64, pl.Int128, pl.Decimal).cast(pl.Float64)]
    return {s.name: s for s in frame.with_columns(numbers)}


def _codes(column: pl.Series, names: Sequence[str]) -> Ints:
    import polars as pl

    return column.cast(pl.Enum(names)).to_physical().cast(pl.Int64).to_numpy()


def _when(labels: pl.Series, names: Names) -> Ints:
    return _codes(labels, names.periods)


class _Seen:
    """Who reported what when: tells an absent cell that is nothing recorded from one that nobody reported."""

    def __init__(self, reporting: pa.Table, products: tuple[str, ...], names: Names) -> None:
        shape = (len(names.places), len(products), len(names.periods))
        columns = _columns(reporting)
        reporter, product = _codes(columns["place"], names.places), _codes(columns["product"], products)
        when = _when(columns["period"], names)
        self.partners, self.spoke = {}, names.spoke
        # A code that a place gave up for another, or took up for one, is not nothing on the other side of the change.
        self.used = {side: np.ones(shape, dtype=bool) for side in ("export", "import")}
        for (side, place, code), (first, last, _) in names.renamed.items():
            if code in products:
                span = names.periods.index(first), names.periods.index(last) + 1
                self.used[side][names.places.index(place), products.index(code)] = np.isin(
                    np.arange(len(names.periods)), np.arange(*span)
                )
        for side in ("export", "import"):
            of = (columns["side"] == side).to_numpy()
            self.partners[side] = np.zeros(shape, dtype=np.int32)
            self.partners[side][reporter[of], product[of], when[of]] = columns["partners"].to_numpy()[of]

    def zeroed(self, cells: Floats, side: str, reporter: Ints, product: Ints) -> Floats:
        """The cells with a zero where the reporter reported that period and had nothing to record."""
        of = self.partners[side][reporter, product]
        before, behind = np.roll(of, 1, axis=1), np.roll(of, -1, axis=1)
        before[:, 0] = behind[:, -1] = 0
        skipped = (of == 0) & (before >= _PARTNERS) & (behind >= _PARTNERS)
        used = self.used[side][reporter, product]
        return np.where(np.isnan(cells) & self.spoke[side][reporter] & used & ~skipped, 0.0, cells)
