"""Periods, codes and flows as publishers print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_periods import is_fiscal, period_of


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("Jan.-Dec. 2019", "2019"),
        ("201952-Jan.-Dec. 2019", "2019"),
        ("202001-Jan. 2020", "2020-01"),
        ("202001-Feb. 2020", ""),  # the code and its label say two months
        ("Y2019", "2019"),
        ("2019A", "2019"),
        ("январь-декабрь 2022 года", "2022"),
        ("2022年1月", "2022-01"),
        ("Ocak 2022", "2022-01"),
        ("août 2021", "2021-08"),
        ("Jan-19", "2019-01"),
        ("January - March 2020", "2020-Q1"),
        ("I квартал 2019", "2019-Q1"),
        ("2019 [YR2019]", "2019"),
        ("2022 (p)", "2022"),
        ("Jan.-Jun. 2019", ""),  # a half-year is no period of the contract
        ("2022-2023", "2022"),
        ("2011-12", "2011-12"),
        ("854143", ""),
    ],
)
def test_periods_as_they_are_printed(printed, period):
    assert period_of(printed) == period


@given(st.text())
def test_any_text_is_a_period_or_none(text):
    found = period_of(text)
    assert found == "" or period_of(found) == found
    assert not is_fiscal(text) or found


@given(year=st.integers(1962, 2060), month=st.integers(1, 12))
def test_a_period_reads_as_it_was_written(year, month):
    quarter = (month + 2) // 3
    for ours in (f"{year}", f"{year}-{month:02}", f"{year}-Q{quarter}"):
        assert period_of(ours) == ours
    assert period_of(f"{year}{month:02}") == period_of(f"{year}M{month}") == f"{year}-{month:02}"


def test_labels_of_eurostat(constructed, faults):
    found = flow_file.read_flows(constructed / "eurostat_labels.csv")
    assert found.form == "comext"
    rows = {(r["exporter"], r["importer"], r["product"], r["period"]) for r in found.table.to_pylist()}
    assert rows == {
        ("ITA", "RUS", "8708", "2019"),
        ("ITA", "KGZ", "8708", "2019"),
        ("ITA", "GEO", "+TOTAL", "2019"),
    }
    assert faults(found, "total_among_details")["set_aside"] == ["3"]


def test_a_code_that_lost_its_zero_is_one_with_its_own(write, faults):
    text = "exporter,importer,product,period,value_usd\nKAZ,KGZ,0401,2020,5\nKAZ,KGZ,401,2021,6\n"
    found = write(text)
    assert {r["product"] for r in found.table.to_pylist()} == {"0401"}
    assert faults(found, "unreadable") == {"converted": ["2"]}


def test_places_of_ones_own_and_the_nearest_names(write, tmp_path):
    rows = ["KAZ,Zone franche de Tanger,8708,2020,5", "KAZ,Krygyzstan,8708,2020,6"]
    text = "\n".join(["exporter,importer,product,period,value_usd", *rows]) + "\n"
    mapping = tmp_path / "map.toml"
    mapping.write_text('[places]\n"Zone franche de Tanger" = "Morocco"\n', encoding="utf-8")
    found = write(text, mapping=mapping)
    assert [r["importer"] for r in found.table.to_pylist()] == ["MAR"]
    assert "nearest: Kyrgyzstan (KGZ)" in str(found.faults.to_pylist())
