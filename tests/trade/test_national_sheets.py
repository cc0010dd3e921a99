"""Sheets as national offices export them: what they hold is what is read, with a map of a few lines."""

from collections import defaultdict

import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.periods import parse
from entrepot.intake.reading_options import ReadingOptions
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.codes import flow_of
from entrepot.vocabulary import currencies, partners
from fuzz import database_sheets
from fuzz.national_sheets import BUILDERS, brazil, georgia, japan, kyrgyzstan, written

MOST_LINES = 6  # of a map


def read(builder, folder):
    sheet, path, mapping = written(builder, folder)
    options = ReadingOptions(encoding=sheet.encoding if sheet.encoding == "cp1252" else "")
    return sheet, flow_file.read_flows(path, mapping=mapping if sheet.map else None, options=options)


def rate(currency, period):
    return 1 if currency == "USD" else currencies.mean_rate(currency, "USD", parse(period)).value


@pytest.mark.parametrize("builder", [*BUILDERS, *database_sheets.BUILDERS], ids=lambda b: b.__name__)
def test_what_an_office_prints_is_what_is_read(tmp_path, builder):
    sheet, found = read(builder, tmp_path)
    sums, weight = defaultdict(float), 0.0
    for row in found.table.to_pylist():
        if {partners.kind_of(row["exporter"]), partners.kind_of(row["importer"])} <= {"country", "residual"}:
            rate = (
                currencies.mean_rate(sheet.currency, "USD", parse(row["period"])).value
                if sheet.currency != "USD"
                else 1
            )
            sums[f"{row['flow']} {row['period'][:4]}"] += row["value_usd"] / rate
            weight += row["net_kg"] or 0
    assert sums == pytest.approx(dict(sheet.sums))
    assert weight == pytest.approx(sheet.kg)
    assert found.losses.share() == 0
    assert len(sheet.map) <= MOST_LINES


def test_lines_below_a_table_are_told_and_no_rows_of_it(tmp_path):
    _, found = read(georgia, tmp_path)
    assert found.tally.rows == 5
    assert any("2 lines are no row of it: '* Data for 2023" in note for note in found.notes)


def test_a_column_of_which_only_the_cells_say_what_it_is_is_told(tmp_path):
    _, found = read(kyrgyzstan, tmp_path)
    assert any("'Наименование показателей', is read as the partner, by its cells" in note for note in found.notes)


@pytest.mark.parametrize(("builder", "codes"), [(japan, {"RUS", "CHN", "KOR", "USA", "DEU", "KAZ"}), (brazil, None)])
def test_numbers_of_countries_are_those_of_the_list_of_the_office(tmp_path, builder, codes):
    """Japan calls the United States 304, which is Greenland to the UN; Brazil calls China 160."""
    _, found = read(builder, tmp_path)
    places = {c for row in found.table.to_pylist() for c in (row["exporter"], row["importer"])}
    assert places - {"JPN", "BRA"} == (codes or {"CHN", "USA", "RUS", "DEU", "KGZ"})


def test_numbers_that_two_lists_know_are_not_guessed(write, tmp_path):
    """410 is Brazil to Japan and Korea to the UN."""
    mapping = tmp_path / "map.toml"
    mapping.write_text('[fixed]\nreporter = "JPN"\nflow = "export"\n')
    text = "Country,HS,Year,Value (USD)\n410,870322,2023,7\n"
    with pytest.raises(BadInputError, match=r"410 \(KOR to the UN, BRA to JPN\)"):
        write(text, mapping=mapping)
    mapping.write_text('[fixed]\nreporter = "JPN"\nflow = "export"\n[places]\n410 = "Brazil"\n')
    assert write(text, mapping=mapping).table["importer"].to_pylist() == ["BRA"]


def test_exports_and_imports_by_number_stand_in_the_order_of_the_heading(tmp_path):
    """Eurostat calls imports 1; a heading `Exp or Imp` calls exports 1."""
    sheet, found = read(japan, tmp_path)
    yen = currencies.mean_rate("JPY", "USD", parse("2023-01")).value
    january = [r for r in found.table.to_pylist() if (r["flow"], r["period"]) == ("export", "2023-01")]
    values = [row[11] for row in sheet.rows[1:] if row[0] == "1"]
    assert sum(r["value_usd"] for r in january) == pytest.approx(1000 * sum(values) * yen)


def test_a_value_whose_currency_nothing_says_is_told(write, faults):
    found = write("reporter,partner,flow,product,period,value\nCHN,KAZ,export,854231,2020,9\n")
    assert any("nothing says the currency of 'value'" in f["what"] for f in found.faults.to_pylist())


def test_pounds_in_a_heading_are_no_dollars(write):
    found = write("reporter,partner,flow,product,period,Value (£)\nGBR,KAZ,export,854231,2020,9\n")
    rate = currencies.mean_rate("GBP", "USD", parse("2020")).value
    assert found.table["value_usd"].to_pylist() == [pytest.approx(9 * rate)]


def test_tonnes_beside_years_are_no_kilograms(write, tmp_path):
    mapping = tmp_path / "map.toml"
    mapping.write_text('[fixed]\nreporter = "KAZ"\nflow = "export"\nproduct = "854231"\n')
    found = write("Country,2021 Value USD,2021 Weight tonnes\nChina,1,2\nRussia,3,4\n", mapping=mapping)
    assert sorted(found.table["net_kg"].to_pylist()) == [2000, 4000]


def test_columns_in_several_units_are_each_read_in_their_own(write, tmp_path):
    mapping = tmp_path / "map.toml"
    mapping.write_text('[fixed]\nreporter = "KAZ"\nflow = "export"\nproduct = "854231"\n')
    text = "Country,2021 Value thousand USD,2022 Value million USD\nChina,1,2\nRussia,3,4\n"
    found = write(text, mapping=mapping)
    values = {(r["importer"], r["period"]): r["value_usd"] for r in found.table.to_pylist()}
    assert values == {("CHN", "2021"): 1e3, ("CHN", "2022"): 2e6, ("RUS", "2021"): 3e3, ("RUS", "2022"): 4e6}


def test_what_other_columns_prove_of_a_comma_holds_for_one_that_proves_nothing(write):
    heading = "reporter,partner,flow,product,period,value_usd,quantity\n"
    row = 'CHN,KAZ,export,854231,2020,"1,234,567","12,345"\n'
    found = write(heading + row)
    assert found.table["quantity"].to_pylist() == [12_345]
    against = write(
        heading + 'CHN,KAZ,export,854231,2020,"1,234,567","12,345"\nCHN,KGZ,export,854231,2020,"7,5","12,345"\n'
    )
    assert against.table["quantity"].to_pylist() == [None, None]  # one column proves both: nothing is proven


def test_march_is_a_month_beside_a_year(write):
    found = write("reporter,partner,flow,product,Year,Month,value_usd\nCHN,KAZ,export,854231,2020,March,9\n")
    assert found.table["period"].to_pylist() == ["2020-03"]


def test_a_value_whose_unit_stands_beside_it_is_money_or_a_quantity(write, faults):
    rows = ("7.1,USD bn,2023", "4368.5,MW,2024", "300,kg,2025", "204,percent,2022")
    heading = "importer,exporter,value,unit,period\n"
    found = write(heading + "".join(f"USA,BGD,{row}\n" for row in rows))
    read = {r["period"]: (r["value_usd"], r["quantity"], r["quantity_unit"]) for r in found.table.to_pylist()}
    assert read == {"2023": (7.1e9, None, "USD bn"), "2024": (None, 4368.5, "MW"), "2025": (None, 300, "kg")}
    assert faults(found, "unreadable") == {"set_aside": ["4"]}


def test_a_row_a_figure_of_several_kinds_is_refused_and_not_read_as_values(tmp_path):
    """GENESIS counts tonnes and thousands of euros in one column: weights must not be taken for dollars."""
    with pytest.raises(BadInputError, match="nothing says flow"):
        read(database_sheets.genesis, tmp_path)


def test_a_number_of_a_workbook_keeps_its_three_digits_behind_the_point(tmp_path):
    """389.834 in a cell of numbers is no 389834; as text in a file of one's own it would be refused."""
    from openpyxl import Workbook

    book = Workbook()
    for cells in (["reporter", "partner", "flow", "product", "period", "value_usd"], *NUMBERED):
        book.active.append(cells)
    path = tmp_path / "own.xlsx"
    book.save(path)
    found = flow_file.read_flows(path)
    assert found.table.column("value_usd").to_pylist() == [389.834, 12.125]
    assert found.losses.share() == 0


NUMBERED = (["KAZ", "CHN", "import", "854231", 2022, 389.834], ["KAZ", "RUS", "import", "854231", 2022, 12.125])


def test_beside_a_column_of_counterparts_country_is_who_reports(tmp_path):
    _, found = read(database_sheets.imf, tmp_path)
    assert set(found.table.column("reporter").to_pylist()) == {"KAZ"}
    assert any("'Indicator Name', is read as the flow, by its cells" in note for note in found.notes)


@pytest.mark.parametrize("word", ["Exports, % change", "Re-exports of goods", "Export price index", "Trade balance"])
def test_words_that_name_no_exports_at_a_value_are_no_flow(word):
    assert flow_of(word) in {"", "re-export"}


def test_american_numbers_of_partners_are_those_of_schedule_c(tmp_path):
    """Census prints 5700 beside China, 1220 beside Canada, 5520 beside Vietnam; any other number is not guessed."""
    path = tmp_path / "census.csv"
    numbers = {"5700": 1, "1220": 2, "5520": 3, "9998": 0}
    rows = [f"USA,import,{number},854143,2022,{value}" for number, value in numbers.items()]
    path.write_text("\n".join(["reporter,flow,CTY_CODE,product,period,value_usd", *rows]))
    how = tmp_path / "map.toml"
    how.write_text('[columns]\nreporter = "reporter"\nflow = "flow"\npartner = "CTY_CODE"\nproduct = "product"\n')
    how.write_text(how.read_text() + 'period = "period"\nvalue = "value_usd"\n')
    found = flow_file.read_flows(path, mapping=how)
    sold = dict(zip(found.table["exporter"].to_pylist(), found.table["value_usd"].to_pylist(), strict=True))
    assert sold == {"CHN": 1.0, "CAN": 2.0, "VNM": 3.0}
    assert any("9998" in f["what"] and f["done"] == "set_aside" for f in found.faults.to_pylist())
