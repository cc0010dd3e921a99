"""A panel: flows as a matrix of series by periods, and back.

A series is what a flow table says of one reporter, exporter, importer, flow and product; a cell without a row is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.contract import arrow_schema
from entrepot.core.errors import BadInputError
from entrepot.trade.contract import TRADE_FLOWS

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Values = NDArray[np.float64]
    Where = NDArray[np.bool_]

KEYS = ("reporter", "exporter", "importer", "flow", "product")
# What a series keeps beside its key: the same for all its periods, taken from its first row.
KEPT = ("valuation", "hs_vintage", "frequency", "status", "source_id")


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """Flows as matrices.

    Attributes:
        labels: a column of text for each of KEYS and KEPT; one entry a series.
        periods: in order.
        value_usd: series x periods; NaN: no row.
        net_kg: the same, in kg; NaN: not reported.
    """

    labels: dict[str, NDArray[np.object_]]
    periods: tuple[str, ...]
    value_usd: Values
    net_kg: Values

    def where(self, **labels: str) -> Where:
        """The series that carry these labels."""
        out = np.ones(len(self.value_usd), dtype=bool)
        for name, label in labels.items():
            out &= self.labels[name] == label
        return out

    def first(self, since: str) -> int:
        """The column of the first period that is not before `since`.

        Raises:
            BadInputError: no period before it, or none after.
        """
        at = int(np.searchsorted(np.array(self.periods), since))
        if not 0 < at < len(self.periods):
            raise BadInputError(
                "the measure does not fall within the panel",
                found=since,
                allowed=f"after {self.periods[0]}, not after {self.periods[-1]}",
            )
        return at


def from_flows(flows: pa.Table) -> Panel:
    """The panel of a table under `trade_flows`.

    Raises:
        BadInputError: two rows of one series and period.
    """
    import polars as pl

    frame = pl.DataFrame(flows).sort(*KEYS, "period")
    codes = frame.select(pl.struct(KEYS).rle_id().alias("series"), pl.col("period").rank("dense").alias("at") - 1)
    series, at = codes["series"].to_numpy().astype(int), codes["at"].to_numpy().astype(int)
    twice = (np.diff(series) == 0) & (np.diff(at) == 0)
    if twice.any():
        row = frame.row(int(np.argmax(twice)), named=True)
        raise BadInputError(
            "two rows of one flow and period",
            found=" ".join(str(row[k]) for k in (*KEYS, "period")),
            remedy="Remove the duplicates first.",
        )
    starts = np.flatnonzero(np.diff(series, prepend=-1))
    periods = tuple(frame["period"].unique().sort().to_list())
    shape = (len(starts), len(periods))
    matrices = []
    for name in ("value_usd", "net_kg"):
        filled = np.full(shape, np.nan)
        filled[series, at] = frame[name].cast(pl.Float64).to_numpy()
        matrices.append(filled)
    heads = frame[starts.tolist()]
    labels = {k: np.array(heads[k].to_list(), dtype=object) for k in (*KEYS, *KEPT)}
    return Panel(labels, periods, *matrices)


def to_flows(panel: Panel) -> pa.Table:
    """The table under `trade_flows`: one row for each cell that is not NaN; quantities other than kg are left out."""
    import polars as pl

    series, at = np.nonzero(~np.isnan(panel.value_usd))
    columns = {k: pl.Series(k, v[series], pl.String()) for k, v in panel.labels.items()}
    frame = pl.DataFrame(
        columns
        | {
            "period": pl.Series("period", np.array(panel.periods, dtype=object)[at], pl.String()),
            "value_usd": panel.value_usd[series, at],
            "net_kg": pl.Series("net_kg", panel.net_kg[series, at]).fill_nan(None),
        }
    )
    rest = {c.name: c.type for c in TRADE_FLOWS.columns if c.name not in frame.columns}
    kinds = {"text": pl.String(), "number": pl.Float64()}
    frame = frame.with_columns(pl.lit(None, kinds[kind]).alias(name) for name, kind in rest.items())
    return frame.select(TRADE_FLOWS.names).to_arrow().cast(arrow_schema(TRADE_FLOWS))


def with_legs(panel: Panel, legs: list[tuple[str, str, str]]) -> Panel:
    """The panel with an empty series for each leg (exporter, importer, product) that has none.

    The new series takes its other labels from one that its importer reports, else its exporter, else from any: as the
    panel counts its flows.
    """
    have = set(zip(*(panel.labels[k] for k in ("exporter", "importer", "product")), strict=True))
    new = [leg for leg in dict.fromkeys(legs) if leg not in have]
    if not new:
        return panel
    rows = [_like(panel, *leg) for leg in new]
    labels = {k: np.append(v, np.array([r[k] for r in rows], dtype=object)) for k, v in panel.labels.items()}
    empty = np.full((len(new), len(panel.periods)), np.nan)
    return replace(
        panel,
        labels=labels,
        value_usd=np.vstack([panel.value_usd, empty]),
        net_kg=np.vstack([panel.net_kg, empty]),
    )


def _like(panel: Panel, exporter: str, importer: str, product: str) -> dict[str, str]:
    """Labels of a new series, after one that is counted by a party to it."""
    counts = panel.labels["reporter"]
    for who, side in ((importer, "importer"), (exporter, "exporter")):
        found = np.flatnonzero((counts == who) & (panel.labels[side] == who))
        if len(found):
            break
    else:
        found = np.arange(1)
    row = {k: v[found[0]] for k, v in panel.labels.items()}
    return row | {"exporter": exporter, "importer": importer, "product": product}
