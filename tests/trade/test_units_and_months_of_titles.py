"""What a title counts in and of which months it is, in the words of offices; a word that is not known stops the load.

Tables are made here, their dollars reckoned by hand; rates are those of a map, so that they are ours too.
"""

import csv

import pytest

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_units import said
from entrepot.trade.loading.printed.titles.printed_title import title_facts
from entrepot.trade.loading.printed.titles.title_period import title_period
from entrepot.vocabulary import partners

ROWS = [["Country", "Exports", "Imports"], ["Mongolia", "70", "3"], ["Georgia", "11", "2"]]
INDIA = [["Country: MONGOLIA, Values in US$ Million"], ["HSCode", "Commodity", "2021", "2022"], ["84", "x", "1", "2"]]
MAP = '[fixed]\nreporter = "CHN"\nproduct = "TOTAL"\n'
OF_A_YEAR = f'{MAP}period = "2022"\n'


def load(folder, rows, how):
    path, by = folder / "flows.csv", folder / "map.toml"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    by.write_text(how, encoding="utf-8")
    return flow_file.read_flows(path, mapping=by)


def exported(loaded):
    return {f["importer"]: f["value_usd"] for f in loaded.table.to_pylist() if f["exporter"] == "CHN"}


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("หน่วย : ล้านดอลลาร์สหรัฐ", 1e6),
        ("พันล้านเหรียญสหรัฐ", 1e9),
        ("Đơn vị tính: ngàn USD", 1e3),
        ("Tỷ USD", 1e9),
        ("(Ribu US$)", 1e3),
        ("Nilai: juta USD", 1e6),
        ("Mrd. USD", 1e9),
        ("tis. USD", 1e3),
        ("القيمة: بالألف دولار", 1e3),
        ("ارزش: میلیون دلار", 1e6),
        ("χιλιάδες δολάρια", 1e3),
        ("हजार डॉलर", 1e3),
        ("miles de millones de US$", 1e9),
        ("tuhat USD", 1e3),
        ("In millions", 1e6),
    ],
)
def test_scales_are_read_in_the_words_of_offices(tmp_path, unit, factor):
    loaded = load(tmp_path, [["Trade with others"], [unit], *ROWS], OF_A_YEAR)
    assert exported(loaded) == {"MNG": pytest.approx(70 * factor), "GEO": pytest.approx(11 * factor)}


def test_an_abbreviation_is_read_by_its_currency_or_not_at_all():
    assert (said("mil. Kč").scale, said("mil. Kč").currency) == (1e6, "CZK")
    assert said("Em mil US$").scale == 1e3
    assert said("mil. EUR").rest == ("mil.",)  # a million in Prague, a thousand in Lisbon


@pytest.mark.parametrize(
    "unit", ["Unit: zillion USD", "zoll USD", "USD zeta", "mil. EUR", "million quid", "000 t, mn USD"]
)
def test_a_word_beside_a_currency_that_is_not_known_stops_the_load_until_a_map_says_the_scale(tmp_path, unit):
    rows = [["Trade with others"], [unit], *ROWS]
    with pytest.raises(BadInputError, match=r"counted in is not understood.*\[scale\], then value"):
        load(tmp_path, rows, OF_A_YEAR)
    loaded = load(tmp_path, rows, f'{OF_A_YEAR}currency = "USD"\n[scale]\nvalue = 1000\n')
    assert exported(loaded)["MNG"] == pytest.approx(70_000)


@pytest.mark.parametrize(
    "title",
    [
        "Exports of Mongolia in USD",
        "Customs statistics, USD",
        "Trade by country (USD, FOB)",
        "All figures in US dollars",
        "Monthly data, USD 2022",
        "Source: Bank of Georgia; currency: USD",
        "Top 1000 firms",
    ],
)
def test_words_of_a_title_are_no_scale(tmp_path, title):
    assert exported(load(tmp_path, [[title], *ROWS], OF_A_YEAR))["MNG"] == pytest.approx(70)


@pytest.mark.parametrize(
    ("heading", "title", "factor"),
    [
        ("Kim ngạch (triệu USD)", "", 1e6),
        ("ยอด (พันดอลลาร์)", "", 1e3),
        ("Value", "In US$ million", 1e6),
        ("Value", "", 1),
    ],
)
def test_the_heading_of_a_map_says_the_thousands_and_else_the_title(tmp_path, heading, title, factor):
    rows = [*([[title]] if title else []), ["Country", "Year", heading], ["Mongolia", "2022", "70"]]
    how = f'[columns]\npartner = "Country"\nperiod = "Year"\nvalue = "{heading}"\n{MAP}flow = "export"\n'
    assert exported(load(tmp_path, rows, how)) == {"MNG": pytest.approx(70 * factor)}


def test_a_heading_of_a_map_with_a_word_that_is_not_known_stops(tmp_path):
    rows = [["Country", "Year", "Value (zoll USD)"], ["Mongolia", "2022", "70"]]
    how = f'[columns]\npartner = "Country"\nperiod = "Year"\nvalue = "Value (zoll USD)"\n{MAP}flow = "export"\n'
    with pytest.raises(BadInputError, match="zoll"):
        load(tmp_path, rows, how)
    assert exported(load(tmp_path, rows, f"{how}[scale]\nvalue = 10\n")) == {"MNG": pytest.approx(700)}


@pytest.mark.parametrize(
    ("title", "last"),
    [
        ("Trade, 7 months of 2022", "2022-07"),
        ("2022年前8个月外贸", "2022-08"),
        ("2022年1-5月外贸", "2022-05"),
        ("2022年下半年外贸", "2022-12"),
        ("Торговля за 11 месяцев 2022 года", "2022-11"),
        ("Торговля в феврале-мае 2022 г.", "2022-05"),
        ("Торговля за II полугодие 2022", "2022-12"),
        ("Trade in the first half of 2022", "2022-06"),
        ("H1 2022", "2022-06"),
        ("8 tháng năm 2022", "2022-08"),
        ("2022 yil fevral-oktabr", "2022-10"),
        ("Exports 2022 (February - August)", "2022-08"),
        ("Cumulative exports up to May 2022", "2022-05"),
        ("Six-month report 2022", "2022-06"),
        ("Trade 2022, Q1-Q3", "2022-09"),
        ("Trade, 2022, cumulative", ""),
        ("三月 2022", ""),
    ],
)
def test_several_months_together_are_no_year(tmp_path, title, last):
    assert (title_period((title,)).period, title_period((title,)).last) == ("", last)
    with pytest.raises(BadInputError, match="several months together"):
        load(tmp_path, [[title], ["USD"], *ROWS], MAP)
    assert exported(load(tmp_path, [[title], ["USD"], *ROWS], OF_A_YEAR))["MNG"] == pytest.approx(70)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2022年二季度", "2022-Q2"),
        ("2022年4-6月", "2022-Q2"),
        ("Trade, fourth quarter 2022", "2022-Q4"),
        ("Trade, Q3 2022", "2022-Q3"),
        ("Торговля за III квартал 2022 года", "2022-Q3"),
        ("Trade, 3 months 2022", "2022-Q1"),
        ("12 months 2022", "2022"),
        ("Xuất khẩu, Tháng 11 năm 2022", "2022-11"),
        ("2022年7月出口", "2022-07"),
        ("Trade by month, 2022", "2022"),
        ("Half-finished goods, 2022", "2022"),
        ("Table 9. The 27 countries, 2022", "2022"),
        ("Table 3 Monthly trade 2022", "2022"),
        ("Exports for the month of March 2022", "2022-03"),
        ("İhracat verileri aylık, 2022", "2022"),
        ("January-December 2022", "2022"),
    ],
)
def test_a_year_a_quarter_and_a_month_of_a_title_are_read(title, period):
    assert (title_period((title,)).period, title_period((title,)).span) == (period, "")


@pytest.mark.parametrize("title", ["Trade, 11 months 2022", "Goods of HS 2022", "Product list 2099"])
def test_a_number_that_is_no_code_of_goods_is_no_product(title):
    assert "product" not in title_facts([[title]])[0]


def test_a_code_of_goods_in_a_title_is_one():
    assert title_facts([["Commodity: 8542 Integrated circuits"]])[0]["product"] == "8542"


def test_the_figure_of_a_year_is_read_where_the_months_of_its_row_are_blank(tmp_path):
    rows = [
        ["Partner", "Flow", "2021", "2022", "2022-M01", "2022-M02"],
        ["Mongolia", "Exports", "5", "70", "", ""],
        ["Georgia", "Exports", "", "11", "4", "7"],
    ]
    loaded = load(tmp_path, rows, MAP)
    found = {(f["importer"], f["period"]): f["value_usd"] for f in loaded.table.to_pylist()}
    assert found == {("MNG", "2021"): 5, ("MNG", "2022"): 70, ("GEO", "2022-01"): 4, ("GEO", "2022-02"): 7}
    assert any("1 figure of them stands in a row whose months are blank" in note for note in loaded.notes)


def test_no_place_is_offered_as_who_reports(tmp_path):
    with pytest.raises(BadInputError) as refused:
        load(tmp_path, INDIA, '[file]\nrows = "parts"\n')
    assert 'reporter = "…"' in str(refused.value)
    assert "KAZ" not in str(refused.value)


def test_a_name_that_is_a_code_too_is_read_by_its_column_and_named_where_nothing_tells(tmp_path):
    rows = [["Nước", "Năm", "Xuất khẩu (USD)"], ["Thái Lan", "2022", "5"], ["Ao", "2022", "70"]]
    assert exported(load(tmp_path, rows, MAP)) == {"THA": 5, "AUT": 70}
    rows[-1][0] = "AO"
    loaded = load(tmp_path, rows, MAP)
    assert exported(loaded) == {"THA": 5}
    assert any("code of AGO and what AUT is called" in f["what"] for f in loaded.faults.to_pylist())
    assert exported(load(tmp_path, rows, f'{MAP}[places]\nAO = "AUT"\n')) == {"THA": 5, "AUT": 70}


def test_codes_of_wits_for_the_european_union_are_its_total():
    assert partners.code_of("EUN") == "+EU27"


def test_years_of_two_over_quantity_and_value_are_headings_of_the_columns_below(tmp_path):
    rows = [
        ["Hs code", "Country", "Unit", "April-March 2021-22", "", "April-March 2020-21", ""],
        ["", "", "", "Quantity", "Value (USD)", "Quantity", "Value (USD)"],
        ["10063010", "Mongolia", "KG", "5", "70", "4", "60"],
        ["10063010", "Georgia", "KG", "1", "11", "2", "12"],
    ]
    loaded = load(tmp_path, rows, '[fixed]\nreporter = "IND"\nflow = "export"\n')
    found = {(f["importer"], f["period"], f["quantity"], f["value_usd"]) for f in loaded.table.to_pylist()}
    assert found == {("MNG", "2021", 5, 70), ("MNG", "2020", 4, 60), ("GEO", "2021", 1, 11), ("GEO", "2020", 2, 12)}
    assert "fiscal_year" in {f["kind"] for f in loaded.faults.to_pylist()}


@pytest.mark.parametrize(
    "text",
    [
        '{"class":"dataset","id":["Land"],"size":[1],"dimension":{"Land":{}},"value":[1]}',
        '{"dataset": {"dimension": {"Land": {}, "size": [1]}, "value": [1]}}',
    ],
)
def test_json_stat_is_named_with_what_to_take_in_its_place(tmp_path, text):
    path = tmp_path / "cube.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=r"is JSON-stat, which is not read.*as CSV"):
        flow_file.read_flows(path)


def test_one_column_is_told_as_one(tmp_path):
    rows = [["Country", "2022"], ["Mongolia", "70"], ["Georgia", "11"]]
    loaded = load(tmp_path, [["Exports, USD"], *rows], MAP)
    assert any("1 column ('2022') is read as a row each" in note for note in loaded.notes)


def test_a_unit_beside_a_figure_of_which_a_word_is_not_known_sets_the_row_aside(tmp_path):
    rows = [["reporter", "partner", "flow", "product", "period", "value", "unit"]]
    rows += [
        ["CHN", "MNG", "export", "8542", "2022", "7", "USD bn"],
        ["CHN", "GEO", "export", "8542", "2022", "7", "USD zn"],
    ]
    loaded = load(tmp_path, rows, '[file]\nrows = "parts"\n')
    assert exported(loaded) == {"MNG": pytest.approx(7e9)}
    assert any("'USD zn' counts in is not understood" in f["what"] for f in loaded.faults.to_pylist())
