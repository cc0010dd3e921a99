"""Panels of flows that lie in the package, under the contract that the other rooms read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core import contract
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import parse
from entrepot.core.tables.packaged import PackagedTable, packaged_rows
from entrepot.core.words.translate import tr
from entrepot.trade.contract import PANEL_FLOWS, PANEL_TABLE, TRADE_FLOWS
from entrepot.vocabulary.currencies import mean_rate

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.core.tables.packaged import Row

FILES = tuple(
    PackagedTable(PANEL_FLOWS, "entrepot.trade", f"panel_{name}.csv.gz")
    for name in ("eu_exports", "us_naics3", "us_solar_2024")
)
_LENGTHS = {4: "year", 7: "month"}  # of a period as text


@cache
def panels() -> dict[str, Row]:
    """What is known of each panel, a row of `panels`, by its name."""
    return {str(row["panel"]): row for row in packaged_rows(PANEL_TABLE)}


def panel(name: str) -> Row:
    """One panel as a row of `panels`.

    Raises:
        UnknownNameError: with those that there are.
    """
    if name not in panels():
        raise UnknownNameError(tr("panel"), name, panels())
    return panels()[name]


def panel_rows(name: str) -> list[Row]:
    """The rows of a panel as its publisher counts them, in its own currency, under `panel_flows`.

    Raises:
        UnknownNameError: as in `panel`.
    """
    (lies,) = (f for f in FILES if f.file == panel(name)["file"])
    return packaged_rows(lies)


@cache
def panel_flows(name: str) -> pa.Table:
    """A panel under `trade_flows`; values in another currency at the European Central Bank's mean rate of the period.

    Raises:
        UnknownNameError: as in `panel`.
    """
    about = panel(name)
    rows = [_flow(row, about) for row in panel_rows(name)]
    return contract.table(TRADE_FLOWS, rows)


def _flow(row: Row, about: Row) -> dict[str, Any]:
    period = str(row["period"])
    return {
        "reporter": about["reporter"],
        "exporter": row["exporter"],
        "importer": row["importer"],
        "flow": about["flow"],
        "valuation": about["valuation"],
        "product": row["product"],
        "hs_vintage": "unknown",
        "period": period,
        "frequency": _LENGTHS[len(period)],
        "value_usd": row["value"] * _rate(str(about["currency"]), period),
        "status": "reported",
        "source_id": row["source"],
    }


@cache
def _rate(currency: str, period: str) -> float:
    if currency == "USD":
        return 1.0
    rate = mean_rate(currency, "USD", parse(period))
    assert rate is not None, (currency, period)  # the euro has one for every year of the panels
    return rate.value
