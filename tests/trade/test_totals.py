"""World rows against partners: by brute force on rows made by hand, and on the published file."""

from collections import defaultdict

import pytest

from entrepot.core import contract
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.totals import sentence, totals


def exported(partner, value, **rest):
    return {
        "reporter": "ARM", "exporter": "ARM", "importer": partner, "flow": "export", "valuation": "FOB",
        "product": "85", "hs_vintage": "unknown", "period": "2020", "frequency": "year", "value_usd": value,
        "status": "reported", "source_id": "test",
    } | rest  # fmt: skip


def of(*rows):
    return totals(contract.table(TRADE_FLOWS, list(rows))).to_pylist()


def test_areas_that_are_not_named_add_up_and_aggregates_do_not():
    (row,) = of(
        exported("+WLD", 18.0),
        exported("RUS", 10.0),
        exported("+NES", 5.0),
        exported("+EU27", 4.0),
        exported("DEU", 2.0),
    )
    assert (row["world_usd"], row["partners_usd"], row["gap_usd"], row["partners"]) == (18, 17, 1, 3)
    assert row["gap_share"] == pytest.approx(1 / 18)


def test_a_partner_without_value_is_counted_and_no_zero():
    (row,) = of(exported("+WLD", 18.0), exported("RUS", 10.0), exported("GEO", None))
    assert (row["without_value"], row["partners_usd"]) == (1, 10)


def test_no_world_row_and_world_only():
    (row,) = of(exported("RUS", 10.0))
    assert (row["world_usd"], row["gap_usd"]) == (None, None)
    (row,) = of(exported("+WLD", 10.0))
    assert (row["partners_usd"], row["partners"]) == (None, 0)


def test_what_does_not_fit_is_said():
    whole = [exported("+WLD", 1000.0), exported("RUS", 1000.0)]
    torn = [exported("+WLD", 9000.0, period="2021"), exported("RUS", 1000.0, period="2021")]
    table = contract.table(TRADE_FLOWS, whole + torn)
    assert sentence(totals(table)) == (
        "2 World rows held against the sum of their partners: 1 differs by more than rounding, "
        "most ARM export 85 2021 (9,000 against 1,000 USD)."
    )
    assert sentence(totals(contract.table(TRADE_FLOWS, [exported("RUS", 1.0)]))) == ""


@pytest.mark.shared
def test_the_world_rows_of_five_reporters_are_the_sums_of_their_partners(shared):
    """Against the file as printed, World row by World row."""
    import csv
    import gzip

    from entrepot.trade.loading import flow_file

    path = shared / "data/trade/comtrade_hs2_partner_selected_reporters.csv.gz"
    sums, worlds = defaultdict(float), {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            key = row["reporter"], row["flow"].lower(), row["hs2"], row["year"]
            if row["partner"] == "World":
                worlds[key] = float(row["value_usd"])
            else:
                sums[key] += float(row["value_usd"])
    names = {"AFG": "Afghanistan", "ARM": "Armenia", "AZE": "Azerbaijan", "GEO": "Georgia", "PAK": "Pakistan"}
    found = totals(flow_file.read_flows(path).table).to_pylist()
    assert len(found) == len(worlds)
    for row in found:
        key = names[row["reporter"]], row["flow"], row["product"], row["period"]
        assert row["world_usd"] == worlds[key]
        assert row["partners_usd"] == pytest.approx(sums[key])
