"""Flows with the places of their ends: nothing is counted twice, and nothing is left out unsaid."""

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from entrepot.core.contract import table
from entrepot.core.document.hinted import on_page
from entrepot.core.errors import UnknownNameError
from entrepot.trade.placed_flows import (
    NO_PLACE,
    NO_VALUE,
    ONE_PLACE,
    OTHER_LENGTH,
    PLACED_FLOWS,
    TOTAL,
    Chosen,
    placed_flows,
)  # fmt: skip
from entrepot.trade.trade_flows import TRADE_FLOWS
from entrepot.vocabulary import countries


def report(exporter, importer, product, period, value, *, flow="export", frequency="year"):  # noqa: PLR0913 - a row
    reporter = exporter if flow == "export" else importer
    row = dict.fromkeys(TRADE_FLOWS.names)
    return row | {
        "reporter": reporter, "exporter": exporter, "importer": importer, "flow": flow, "valuation": "FOB",
        "product": product, "hs_vintage": "HS2022", "period": period, "frequency": frequency, "value_usd": value,
        "status": "reported", "source_id": "made.csv",
    }  # fmt: skip


ROWS = [
    report("CHN", "KAZ", "8541", "2022", 900.0),
    report("CHN", "KAZ", "8541", "2023", 100.0),
    report("CHN", "KGZ", "8541", "2023", 500.0),
    report("KAZ", "RUS", "8541", "2023", 50.0),
    report("CHN", "KGZ", "+TOTAL", "2023", 700.0),
    report("CHN", "+WLD", "8541", "2023", 650.0),
    report("CHN", "CHN", "8541", "2023", 3.0),
    report("CHN", "UZB", "8541", "2023", None),
    report("CHN", "TJK", "8541", "2023-01", 7.0, frequency="month"),
    report("CHN", "KAZ", "8541", "2023", 110.0, flow="import"),
]


def made(**chosen):
    return placed_flows(table(TRADE_FLOWS, ROWS), Chosen(**chosen))


def test_each_report_of_one_side_is_a_flow_with_the_places_of_its_ends():
    found = made()
    assert found.side == "export"
    assert found.sides == ("export", "import")
    drawn = found.table.filter(pc.is_null(found.table["set_aside"])).to_pylist()
    assert [(r["importer"], r["value_usd"]) for r in drawn] == [("KAZ", 900), ("KGZ", 500), ("KAZ", 100), ("RUS", 50)]
    assert (drawn[0]["exporter_lon"], drawn[0]["exporter_lat"]) == countries.point("CHN")
    assert [r["number"] for r in found.table.to_pylist()] == list(range(1, 10))


def test_what_is_not_drawn_says_why_and_is_counted_with_its_value():
    rows = made().table.to_pylist()
    why = {(r["importer"], r["product"]): r["set_aside"] for r in rows if r["set_aside"]}
    assert why == {
        ("KGZ", "+TOTAL"): TOTAL, ("+WLD", "8541"): NO_PLACE, ("CHN", "8541"): ONE_PLACE, ("UZB", "8541"): NO_VALUE,
        ("TJK", "8541"): OTHER_LENGTH,
    }  # fmt: skip
    said = " ".join(made().told)
    for part in ("1 report of USD 700", "1 report of USD 650", "1 report of USD 3", "1 report of USD 7", "USD 110"):
        assert part in said


@pytest.mark.parametrize("by_pair", [False, True])
def test_rows_and_value_add_up_to_those_of_the_side(by_pair):
    found = made(by_pair=by_pair).table
    assert pc.sum(found["reports"]).as_py() == 9
    assert pc.sum(found["value_usd"]).as_py() == 900 + 100 + 500 + 50 + 700 + 650 + 3 + 7


def test_a_pair_is_added_up_and_what_is_one_of_it_stays():
    rows = {(r["exporter"], r["importer"]): r for r in made(by_pair=True).table.to_pylist() if not r["set_aside"]}
    kaz = rows["CHN", "KAZ"]
    assert (kaz["value_usd"], kaz["reports"], kaz["product"], kaz["period"]) == (1000, 2, "8541", None)


def test_totals_alone_are_all_that_is_known_and_are_drawn():
    only = [r for r in ROWS if r["product"].startswith("+")]
    found = placed_flows(table(TRADE_FLOWS, only), Chosen()).table.to_pylist()
    assert [r["set_aside"] for r in found] == [None]


def test_flows_are_chosen_by_ends_goods_and_period():
    found = made(exporters=("CHN",), importers=("KAZ",), product="85.41", period="2023")
    assert found.table.num_rows == found.reports.num_rows == 1
    assert made(side="import").table.to_pylist()[0]["value_usd"] == 110
    for wrong in ({"side": "balanced"}, {"period": "2019"}, {"exporters": ("FRA",)}, {"importers": ("FRA",)}):
        with pytest.raises(UnknownNameError):
            made(**wrong)


def test_nothing_left_is_no_fault_but_a_code_that_no_row_has_is():
    found = made(product="8541", importers=("RUS",), period="2022")
    assert found.table.num_rows == 0
    assert found.table.schema.names == list(PLACED_FLOWS.names)
    assert isinstance(found.table, pa.Table)
    for unknown in ("01", "zzz"):
        with pytest.raises(UnknownNameError, match="product of the flows"):
            made(product=unknown)


def test_every_country_of_iso_but_uninhabited_ones_has_a_place():
    from entrepot.core.tables.packaged import packaged_rows
    from entrepot.vocabulary.code_tables import COUNTRIES

    without = {r["iso3"] for r in packaged_rows(COUNTRIES)} - set(countries.points())
    assert without <= {"ATA", "BVT", "SGS", "HMD", "ATF", "UMI"}


def test_the_other_side_is_of_what_is_chosen_and_holds_no_goods_that_are_sent_on():
    rows = [
        *ROWS,
        report("CHN", "KGZ", "8507", "2023", 40.0, flow="import"),
        report("CHN", "KGZ", "+TOTAL", "2023", 44.0, flow="import"),
        report("CHN", "KAZ", "8541", "2023", 9.0, flow="re-import"),
    ]

    def told(**chosen):
        return [s for s in placed_flows(table(TRADE_FLOWS, rows), Chosen(side="export", **chosen)).told if "USD" in s]

    assert any("other side" in s and "1 report of USD 110" in s for s in told())
    assert any("import alone" in s and "1 report of USD 40" in s for s in told())
    assert any("re-import" in s and "1 report of USD 9" in s for s in told())
    assert any("other side" in s and "1 report of USD 110" in s for s in told(product="8541"))
    only = told(importers=("KGZ",), product="8507")
    assert any("import alone" in s and "1 report of USD 40" in s for s in only)
    assert not any("other side" in s for s in only)
    assert not any("other side" in s or "alone" in s or "re-import" in s for s in told(exporters=("KAZ",)))


# Of one office, as most downloads are: what Georgia buys and what it sells, which nobody else reports here.
ONE_REPORTER = [
    report("TUR", "GEO", "8703", "2021", 60.0, flow="import"),
    report("TUR", "GEO", "8703", "2022", 70.0, flow="import"),
    report("GEO", "ARM", "8703", "2021", 25.0),
    report("GEO", "AZE", "8703", "2022", 30.0),
]


def one_reporter(*more, **chosen):
    return placed_flows(table(TRADE_FLOWS, [*ONE_REPORTER, *more]), Chosen(**chosen))


def test_both_sides_of_a_single_reporter_are_listed_each_marked_as_whose_report_it_is():
    found = one_reporter()
    listed = [(r["exporter"], r["importer"], r["flow"]) for r in found.table.to_pylist()]
    bought, sold = ("TUR", "GEO", "import"), [("GEO", "AZE", "export"), ("GEO", "ARM", "export")]
    assert listed == [bought, bought, *sold]
    assert not any("counts the same" in s for s in found.told)
    assert any("export" in s and "2 reports of USD 55" in s for s in found.told)
    assert one_reporter(exporters=("GEO",)).table.num_rows == 2
    assert {r["flow"] for r in one_reporter(by_pair=True).table.to_pylist()} == {"import", "export"}


def test_a_pair_and_a_period_that_one_side_reports_is_not_counted_by_the_other():
    more = [
        report("TUR", "GEO", "8703", "2021", 38.0),  # the same again
        report("TUR", "GEO", "8704", "2021", 4.0),  # under a code that the importer has not: perhaps the same
        report("TUR", "GEO", "8703", "2022-05", 6.0, frequency="month"),  # within a year that it has
        report("TUR", "GEO", "8703", "2023", 8.0),  # a year that it has not
    ]
    found = one_reporter(*more)
    assert sum(r["value_usd"] for r in found.table.to_pylist()) == 60 + 70 + 25 + 30 + 8
    assert any("counts the same again: 1 report of USD 38" in s for s in found.told)
    alone = next(s for s in found.told if "alone" in s)
    assert "2 reports of USD 10" in alone
    assert alone.endswith("--side export lists it.")
    assert on_page(alone).endswith("USD 10.")


# Kyrgyzstan counts less of what Germany sends it than Germany; of what China sends it, more. It reports the most.
BOTH = [
    report("DEU", "KGZ", "8457", "2023", 217.0),
    report("DEU", "KGZ", "8457", "2023", 80.0, flow="import"),
    report("DEU", "KGZ", "8457", "2022", 5.0, flow="import"),
    report("CHN", "KGZ", "8457", "2023", 900.0, flow="import"),
    report("CHN", "KGZ", "8457", "2023", 400.0),
    report("DEU", "KGZ", "+TOTAL", "2023", 999.0, flow="import"),
]


@pytest.mark.parametrize("by_pair", [False, True])
def test_of_each_pair_the_side_that_reports_more_is_listed_whatever_is_chosen(by_pair):
    def listed(**chosen):
        found = placed_flows(table(TRADE_FLOWS, BOTH), Chosen(by_pair=by_pair, **chosen))
        drawn = [r for r in found.table.to_pylist() if r["set_aside"] is None]
        return found, sorted((r["exporter"], r["value_usd"]) for r in drawn)

    found, rows = listed()
    assert rows == [("CHN", 900), *([("DEU", 222)] if by_pair else [("DEU", 5), ("DEU", 217)])]
    assert found.side == "import"
    assert any("As export is reported" in s and "1 report of USD 217" in s for s in found.told)
    found, rows = listed(exporters=("DEU",), period="2023")
    assert rows == [("DEU", 217)]
    assert found.side == "export"
    assert any("as export is reported" in s for s in found.told)
    assert any("counts the same again: 1 report of USD 80" in s for s in found.told)
    assert listed(exporters=("CHN",), product="8457")[1] == [("CHN", 900)]


def test_months_of_a_pair_are_one_sides_and_the_others_where_that_one_is_silent():
    def month(period, value, **more):
        return report("DEU", "KGZ", "8457", period, value, frequency="month", **more)

    rows = [month("2023-01", 90.0), month("2023-02", 10.0), month("2023-02", 95.0, flow="import")]
    rows.append(month("2023-03", 4.0, flow="import"))
    found = placed_flows(table(TRADE_FLOWS, rows), Chosen())
    assert [(r["period"], r["value_usd"]) for r in found.table.sort_by("period").to_pylist()] == [
        ("2023-01", 90), ("2023-02", 10), ("2023-03", 4),
    ]  # fmt: skip


def test_a_report_without_a_value_leaves_the_flow_to_the_other_side():
    found = one_reporter(
        report("IRN", "GEO", "2710", "2021", None, flow="import"), report("IRN", "GEO", "2710", "2021", 9)
    )
    assert ("IRN", 9) in {(r["exporter"], r["value_usd"]) for r in found.table.to_pylist()}


def test_a_place_that_only_the_other_side_has_names_that_side():
    assert {r["flow"] for r in one_reporter(side="export").table.to_pylist()} == {"export"}
    with pytest.raises(UnknownNameError, match="export alone") as refused:
        one_reporter(side="import", exporters=("GEO",))
    assert "--side export" in refused.value.remedy
    assert "--side" not in on_page(refused.value.remedy)


def test_totals_of_one_side_are_no_totals_of_the_other():
    found = one_reporter(report("GEO", "UKR", "+TOTAL", "2021", 5.0, flow="re-export"), side="re-export")
    assert [r["set_aside"] for r in found.table.to_pylist()] == [None]
    only = [report("BLR", "GEO", "+TOTAL", "2021", 11.0, flow="import"), *ONE_REPORTER[2:]]
    assert {r["set_aside"] for r in placed_flows(table(TRADE_FLOWS, only), Chosen()).table.to_pylist()} == {None}


def monthly(*months):
    rows = [report("ITA", "EGY", "8411", month, 10.0 * n, frequency="month") for n, month in enumerate(months, 1)]
    return table(TRADE_FLOWS, rows)


def test_a_year_or_a_quarter_of_flows_by_month_is_its_months_and_is_said():
    flows = monthly("2021-12", "2022-03", "2022-04", "2022-06", "2023-01")
    year = placed_flows(flows, Chosen(period="2022", by_pair=True))
    assert [r["value_usd"] for r in year.table.to_pylist()] == [20 + 30 + 40]
    assert year.told[0] == "Of 2022 there are 3 periods, 2022-03 to 2022-06."
    quarter = placed_flows(flows, Chosen(period="2022-Q2"))
    assert sorted(r["value_usd"] for r in quarter.table.to_pylist()) == [30, 40]
    assert "2022-04 to 2022-06" in quarter.told[0]


def test_a_period_that_is_there_is_itself_and_none_within_it():
    found = made(period="2023")  # a month of it stands beside it, which it holds already
    assert "2023-01" not in {r["period"] for r in found.table.to_pylist()}
    assert not any(one.startswith("Of 2023") for one in found.told)


@pytest.mark.parametrize("period", ["2020", "2022-Q1", "2022-01", "22", "Q2"])
def test_a_period_without_a_row_is_refused(period):
    with pytest.raises(UnknownNameError):
        placed_flows(monthly("2021-12", "2022-04"), Chosen(period=period))


NESTED = [
    report("CHN", "KAZ", code, "2023", value)
    for code, value in (("+87", 90.0), ("+8703", 70.0), ("+870323", 60.0), ("+85", 40.0), ("8703230010", 55.0))
]


def test_a_total_within_another_counts_once_in_what_is_set_aside():
    found = placed_flows(table(TRADE_FLOWS, NESTED), Chosen(by_pair=True))
    rows = {r["set_aside"]: (r["value_usd"], r["reports"]) for r in found.table.to_pylist()}
    assert rows == {None: (55.0, 1), TOTAL: (90.0 + 40.0, 4)}
    assert any("4 reports of USD 130" in said for said in found.told)


@pytest.mark.parametrize("more", [[], [report("CHN", "KAZ", "+TOTAL", "2023", 200.0)]])
def test_totals_alone_that_hold_one_another_are_drawn_once(more):
    found = placed_flows(table(TRADE_FLOWS, [*NESTED[:4], *more]), Chosen(by_pair=True)).table.to_pylist()
    (drawn,) = (r for r in found if not r["set_aside"])
    assert drawn["value_usd"] == (200.0 if more else 130.0)
