"""Months together in a column of periods: no value counts twice, none is lost, and a refusal says what to write."""

from __future__ import annotations

import pytest
from tests.trade.sheet_files import as_workbook

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load
from entrepot.trade.loading import flow_file

HEADING = "Reporter,Partner,Trade Flow,HS Code,Period,Trade Value (US$)"


@pytest.fixture
def file(tmp_path):
    def made(*rows, heading=HEADING):
        (tmp_path / "own.csv").write_text("\n".join([heading, *(f"China,{r}" for r in rows)]) + "\n", "utf-8")
        return tmp_path / "own.csv"

    return made


JANUARY, FEBRUARY = "Kazakhstan,Export,854143,202301,5", "Kazakhstan,Export,854143,202302,7"


@pytest.mark.parametrize(
    "printed", ["202301-202302", "2023-01 - 2023-02", "Jan-Feb 2023", "Total 2023", "Total", "合计"]
)
def test_the_sum_of_months_that_are_rows_is_not_read(file, printed):
    loaded = load(file(JANUARY, FEBRUARY, f"Kazakhstan,Export,854143,{printed},12"))
    assert sum(loaded.table["value_usd"].to_pylist()) == 12
    (fault,) = [f for f in loaded.faults.to_pylist() if f["kind"] == "total_among_details"]
    assert (fault["rows"], fault["done"]) == (["3"], "set_aside")
    assert repr(printed) in fault["what"]
    assert "0 % of the value is set aside" in " ".join(loaded.notes)


@pytest.mark.parametrize(
    ("printed", "said"), [("202301-202302", "as the last, 2023-02"), ("Total 2023", "write the year in its place")]
)
@pytest.mark.parametrize("other", ["Kyrgyzstan,Export,854143", "Kazakhstan,Import,854143", "Kazakhstan,Export,850440"])
def test_of_a_flow_without_months_it_is_a_loss_and_the_refusal_says_what_to_do(file, printed, said, other):
    with pytest.raises(BadInputError, match=said):
        load(file(JANUARY, FEBRUARY, f"{other},{printed},12"))


@pytest.mark.parametrize(
    ("printed", "period"), [("202301-202303", "2023-Q1"), ("202301-202312", "2023"), ("2023-10 to 2023-12", "2023-Q4")]
)
def test_months_that_are_a_quarter_or_a_year_are_read_as_it(file, printed, period):
    loaded = load(file(f"Kazakhstan,Export,854143,{printed},12"))
    assert loaded.table["period"].to_pylist() == [period]


def test_a_total_in_a_column_of_months_beside_one_of_years(file):
    rows = [f"Kazakhstan,Export,854143,2023,{m},{v}" for m, v in (("January", 5), ("February", 7), ("Total", 12))]
    loaded = load(file(*rows, heading=HEADING.replace("Period", "Year,Month")))
    assert {r["period"]: r["value_usd"] for r in loaded.table.to_pylist()} == {"2023-01": 5, "2023-02": 7}


def sheet(heads, tmp_path, read, figures=("100", "60")):
    """A workbook of two rows of headings and one of figures, of Korea's or another's exports and imports."""
    rows = [["Trade, thousand USD"], *heads, ["Kazakhstan", *figures]]
    how = tmp_path / "map.toml"
    how.write_text('[fixed]\nreporter = "KOR"\nproduct = "854231"\n', "utf-8")
    return read(as_workbook(rows, tmp_path), mapping=how)


@pytest.mark.parametrize("so_far", ["2023년(1~10월)", "9 месяцев 2023", "I полугодие 2023", "Jan-Oct 2023", "2023 YTD"])
def test_a_column_of_months_together_beside_a_year_is_named_as_what_it_is(tmp_path, so_far):
    heads = [["국가명", "2022년", "", so_far, ""], ["", "수출금액", "수입금액", "수출금액", "수입금액"]]
    loaded = sheet(heads, tmp_path, flow_file.read_flows, ("100", "60", "900", "500"))
    assert sorted((f["flow"], f["period"], f["value_usd"]) for f in loaded.table.to_pylist()) == [
        ("export", "2022", 100_000),
        ("import", "2022", 60_000),
    ]
    notes = [str(note) for note in loaded.notes]
    (said,) = [note for note in notes if "several months together" in note]
    assert so_far in said
    assert not any("no amount" in note and so_far in note for note in notes)


def test_columns_of_months_together_alone_are_refused_as_what_they_are(tmp_path):
    heads = [["Страны", "январь-сентябрь 2022", "", "январь-сентябрь 2023", ""], ["", *("Экспорт", "Импорт") * 2]]
    with pytest.raises(BadInputError, match=r"several months together(.|\n)*январь-сентябрь 2022 Экспорт"):
        sheet(heads, tmp_path, flow_file.read_flows, ("1", "2", "3", "4"))


def test_the_remedy_of_that_refusal_reads_them(tmp_path):
    heads = [["Страны", "2022-09", "", "2023-09", ""], ["", *("Экспорт", "Импорт") * 2]]
    flows = sheet(heads, tmp_path, flow_file.read_flows, ("1", "2", "3", "4")).table.to_pylist()
    assert sorted((f["period"], f["flow"], f["value_usd"]) for f in flows) == [
        ("2022-09", "export", 1_000),
        ("2022-09", "import", 2_000),
        ("2023-09", "export", 3_000),
        ("2023-09", "import", 4_000),
    ]
