"""The SQL steps on a few rows made by hand, and what sqlglot makes of each."""

from pathlib import Path

import pytest

import entrepot.trade
from entrepot.core import contract
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.loading.summary import summary

STEPS = sorted((Path(entrepot.trade.__file__).parent / "steps").glob("*.sql"))


def flow(reporter, exporter, importer, value, **rest):
    kind = "export" if reporter == exporter else "import"
    row = {
        "reporter": reporter, "exporter": exporter, "importer": importer, "flow": kind, "value_usd": value,
        "valuation": "FOB" if kind == "export" else "CIF", "product": "85", "hs_vintage": "HS2017", "period": "2020",
        "frequency": "year", "status": "reported", "source_id": "test",
    }  # fmt: skip
    return row | rest


def table(*rows):
    return contract.table(TRADE_FLOWS, list(rows))


def test_the_summary_adds_no_total_to_its_parts():
    rows = [
        flow("ARM", "ARM", "RUS", 10.0),
        flow("ARM", "ARM", "GEO", None),
        flow("ARM", "ARM", "+NES", 3.0),
        flow("ARM", "ARM", "+WLD", 13.0),
        flow("ARM", "ARM", "RUS", 99.0, product="+TOTAL"),
    ]
    (row,) = summary(table(*rows)).to_pylist()
    assert (row["value_usd"], row["rows"], row["rows_without_value"], row["totals"]) == (13, 5, 1, 2)


@pytest.mark.parametrize("path", STEPS, ids=lambda p: p.stem)
def test_a_step_is_short_and_names_its_grain(path):
    lines = path.read_text().splitlines()
    assert len(lines) < 60
    assert any(line.startswith("-- grain:") for line in lines)
