import csv
import gzip
from collections import defaultdict

import pytest

from entrepot.core.periods import parse

# capacity is rounded to a hundredth of a MW: the sum of three months may differ by one in the last digit
MW_TOLERANCE = 0.011


def total(rows, product, iso3, periods, column="capacity_mw"):
    return sum(
        r[column]
        for r in rows("flows")
        if (r["product"], r["partner_iso3"]) == (product, iso3) and r["period"] in periods
    )


def quarters(year, count):
    return {f"{year}-Q{q}" for q in range(1, count + 1)}


@pytest.mark.parametrize(("year", "megawatts"), [(2017, 755), (2024, 16_385)])
def test_panels_to_pakistan(rows, year, megawatts):
    assert round(total(rows, "Panels", "PAK", quarters(year, 4))) == megawatts


@pytest.mark.parametrize(("iso3", "before", "after"), [("IDN", 82, 13_730), ("LAO", 20, 2_420), ("KHM", 4_271, 93)])
def test_cells_in_the_first_three_quarters(rows, iso3, before, after):
    # rounded as the trade press prints them: to the ten above a thousand
    step = 10 if after > 1000 else 1
    found = total(rows, "Cells", iso3, quarters(2023, 3)), total(rows, "Cells", iso3, quarters(2025, 3))
    assert round(found[0]) == before
    assert round(found[1] / step) * step == after


def test_the_period_spans_its_days(rows):
    for row in rows("flows"):
        period = parse(row["period"])
        assert (row["period_start"], row["period_end"]) == (period.start.isoformat(), period.end.isoformat())
        assert row["id"] == f"F-{row['partner_iso3']}-{row['hs']}-{row['period']}"


def test_panels_before_2022_say_that_they_hold_cells(rows):
    for row in rows("flows"):
        assert (row["hs"] == "85414020") == (row["note"] == "code also holds cells") == (row["period"] < "2022")


def test_every_flow_is_credited_to_ember(record, rows):
    from entrepot.sources.register import source

    (source_id,) = {r["source_id"] for r in rows("flows")}
    assert source(record.tables["sources"], source_id)["licence"] == "CC BY 4.0"


def test_a_share_is_a_value_or_a_range(rows):
    for row in rows("shares"):
        assert (row["value_pct"] is None) == (row["low_pct"] is not None or row["high_pct"] is not None)
        if row["low_pct"] is not None and row["high_pct"] is not None:
            assert row["low_pct"] <= row["high_pct"]


@pytest.mark.shared
def test_quarters_are_the_sums_of_embers_months(shared, rows):
    sums = defaultdict(lambda: [0.0, 0.0, 0.0, 0])
    world: dict[tuple[str, str], float] = defaultdict(float)  # a month of which no partner has a capacity has none
    path = shared / "data/trade/ember_china_solar_exports_monthly.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        for month in csv.DictReader(handle):
            year, number, _ = month["Date"].split("-")
            world[month["Commodity code"], f"{year}-{number}"] += float(month["Capacity (MW)"] or 0)
            key = (month["Area"], month["Commodity code"], f"{year}-Q{(int(number) + 2) // 3}")
            for i, name in enumerate(("Amount (USD)", "Amount (kg)", "Capacity (MW)")):
                sums[key][i] += float(month[name] or 0)
            sums[key][3] += 1
    flows = rows("flows")
    without = {(hs, f"{at[:4]}-Q{(int(at[5:]) + 2) // 3}") for (hs, at), mw in world.items() if not mw}
    assert without == {("38180019", "2025-Q3")}
    for row in flows:
        usd, kg, mw, months = sums[row["partner"], row["hs"], row["period"]]
        assert abs(row["value_usd"] - usd) <= 1
        assert abs(row["net_kg"] - kg) <= 1
        if (row["hs"], row["period"]) in without:
            assert (row["capacity_mw"], row["capacity_status"]) == (None, "unknown")
        else:
            assert abs(row["capacity_mw"] - mw) <= MW_TOLERANCE
            assert row["capacity_status"] == "estimated"
        assert row["months_reported"] == months
    partners = {row["partner"] for row in flows}
    assert len([key for key in sums if key[0] in partners]) == len(flows)
