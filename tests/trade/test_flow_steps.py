"""The SQL steps on a few rows made by hand, and what sqlglot makes of each."""

from pathlib import Path

import pyarrow as pa
import pytest

import entrepot.trade
from entrepot.core import contract, engine
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


def test_the_reports_of_a_mirrored_flow_are_those_that_were_added_up():
    rows = [
        flow("ARM", "ARM", "GEO", 4.0, product="85414210"),
        flow("ARM", "ARM", "GEO", 6.0, product="85414290"),
        flow("GEO", "ARM", "GEO", 11.0, product="854142"),
        flow("GEO", "ARM", "GEO", 1.0, product="854143"),
        flow("ARM", "ARM", "GEO", 9.0, product="854142", hs_vintage="HS2022"),
        flow("ARM", "ARM", "GEO", 9.0, product="854142", period="2021"),
        flow("ARM", "ARM", "GEO", 9.0, product="854142", flow="re-export"),
        flow("ARM", "ARM", "+WLD", 21.0, product="854142"),
        flow("GEO", "ARM", "GEO", 50.0),
        flow("ARM", "ARM", "GEO", 40.0, hs_vintage="HS2012"),
    ]
    mirrored = pa.table({
        "place": [0, 1], "exporter": ["ARM", "ARM"], "importer": ["GEO", "GEO"], "product": ["854142", "85"],
        "hs_vintage": ["HS2017", "unknown"], "period": ["2020", "2020"],
    })  # fmt: skip
    with engine.engine({"trade_flows": table(*rows), "mirrored": mirrored}) as con:
        found = engine.rows(con, engine.step("entrepot.trade", "mirror_reports"))
    assert [(r["place"], r["reporter"], r["value_usd"]) for r in found] == [
        (0, "ARM", 4.0),
        (0, "ARM", 6.0),
        (0, "GEO", 11.0),
        (1, "ARM", 40.0),
        (1, "GEO", 50.0),
    ]


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
