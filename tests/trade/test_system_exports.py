"""Flows as systems and databases export them: signs behind figures, sums without a word, kinds and goods in columns.

Headings are those of Eurostat's extractions, of the Australian Bureau of Statistics by SDMX and of lists of SAP;
figures are invented.
"""

from __future__ import annotations

import csv

import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.periods import parse
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_headings import goods_in, role_of
from entrepot.trade.loading.printed.printed_lines import RunningSums
from entrepot.vocabulary import currencies

LIST = ("Reporter", "Partner", "Flow", "HS code", "Period", "Value USD")
ROW = ("KAZ", "CHN", "Export", "520100")


def load(folder, rows, **fixed):
    path, how = folder / "flows.csv", folder / "map.toml"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    if fixed:
        how.write_text("\n".join(["[fixed]", *(f'{k} = "{v}"' for k, v in fixed.items())]), encoding="utf-8")
    return flow_file.read_flows(path, mapping=how if fixed else None)


def held(loaded, *columns):
    return sorted(tuple(f[c] for c in columns) for f in loaded.table.to_pylist())


@pytest.mark.parametrize("written", ["200.25-", "(200.25)", "−200.25", "-200.25", "200.25 -"])
def test_a_figure_below_zero_is_negative_wherever_its_sign_stands(tmp_path, written):
    rows = [LIST, (*ROW, "2024-01", "1,200.25"), (*ROW, "2024-02", written)]
    loaded = load(tmp_path, rows)
    assert loaded.losses.share() == pytest.approx(200.25 / 1400.5)
    assert held(loaded, "period", "value_usd") == [("2024-01", 1200.25)]
    assert {f["kind"] for f in loaded.faults.to_pylist() if f["done"] == "set_aside"} == {"negative"}


def test_sums_of_groups_and_of_all_without_a_word_are_left_out_and_told(tmp_path):
    blank = ("",) * 5
    rows = [
        LIST,
        (*ROW, "2024-01", "1200"), (*ROW, "2024-02", "800"), (*blank, "2000"),
        (*ROW, "2024-03", "500"), (*blank, "500"), (*blank, "2500"),
        (*ROW, "2024-04", "7"), (*blank, "2507"),
    ]  # fmt: skip
    loaded = load(tmp_path, rows)
    assert [v for _, v in held(loaded, "period", "value_usd")] == [1200, 800, 500, 7]
    assert any("sum of others" in n and "3, 5, 6" in n for n in loaded.notes)


def test_a_row_of_a_figure_alone_that_sums_nothing_is_no_sum(tmp_path):
    rows = [LIST, (*ROW, "2024-01", "1200"), ("",) * 4 + ("", "1900"), (*ROW, "2024-02", "800"), (*ROW, "2024-03", "1")]
    assert load(tmp_path, rows).losses.share() == pytest.approx(1900 / 3901)


def test_sums_are_of_all_or_since_a_sum_above():
    sums = RunningSums()
    asked = [
        (1.0, False),
        (2.0, False),
        (3.0, True),
        (4.0, False),
        (5.0, False),
        (9.0, True),
        (9.0, True),
        (12.0, True),
    ]
    # The second 9 sums the rows since the first sum again: the group, and the group of groups, as SAP prints both.
    assert [sums.is_sum({"value": v}, is_bare=bare) for v, bare in asked] == [bare for _, bare in asked]
    assert not sums.is_sum({"value": 11.0}, is_bare=True)
    assert not RunningSums().is_sum({"value": 1.0}, is_bare=True)


KINDS = ("REPORTER", "PARTNER", "PRODUCT", "FLOW", "PERIOD", "INDICATORS", "VALUE")
AT = ("DE", "KG", "52010000", "2", "202401")


def test_euros_and_hundredweights_in_one_column_stand_side_by_side_and_are_never_added(tmp_path):
    rows = [KINDS, (*AT, "VALUE_IN_EUROS", "1000000"), (*AT, "QUANTITY_IN_100KG", "500")]
    loaded = load(tmp_path, rows)
    (flow,) = loaded.table.to_pylist()
    assert flow["net_kg"] == 50_000
    assert flow["value_usd"] == pytest.approx(1_000_000 * 1.0905, rel=1e-3)  # the European Central Bank's, January 2024
    # Where a row of a kind stands twice the kinds cannot be laid side by side, nor may parts be added.
    twice = [*rows, (*AT, "QUANTITY_IN_100KG", "600")]
    path, how = tmp_path / "flows.csv", tmp_path / "map.toml"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(twice)
    columns = {"reporter": "REPORTER", "partner": "PARTNER", "product": "PRODUCT", "flow": "FLOW", "period": "PERIOD"}
    named = "\n".join(f'{ours} = "{theirs}"' for ours, theirs in {**columns, "value": "VALUE"}.items())
    for text in ('[file]\nrows = "parts"\n', f'[columns]\n{named}\n[file]\nrows = "parts"\n'):
        how.write_text(text, encoding="utf-8")
        with pytest.raises(BadInputError, match="'INDICATORS' says of what kind each figure is"):
            flow_file.read_flows(path, mapping=how)


SDMX = (
    "DATAFLOW", "COMMODITY_SITC: Commodity by SITC", "COUNTRY_DEST: Country of destination", "TIME_PERIOD: Time Period",
    "OBS_VALUE", "UNIT_MEASURE: Unit of Measure", "UNIT_MULT: Unit of Multiplier",
)  # fmt: skip


def test_goods_of_another_classification_are_neither_all_goods_nor_a_chapter_of_the_hs(tmp_path):
    exports = [
        ("ABS:MERCH_EXP(1.0.0)", goods, "CHN: China", "2024-01", value, "USD: US Dollars", "3: Thousands")
        for goods, value in (("26: Textile fibres", "1000"), ("28: Ores", "50"), ("TOT: Total", "1050"))
    ]
    loaded = load(tmp_path, [SDMX, *exports], reporter="AUS", flow="export")
    assert held(loaded, "product", "value_usd") == [("+TOTAL", 1_050_000), ("SITC26", 1_000_000), ("SITC28", 50_000)]
    assert any(f["kind"] == "not_hs" and f["count"] == 2 for f in loaded.faults.to_pylist())


@pytest.mark.parametrize("heading", ["Código CUCI", "Код СМТК", "国际贸易标准分类代码"])
def test_goods_of_another_classification_are_told_in_other_languages(tmp_path, heading):
    rows = [
        ("Reporter", "Partner", "Flow", heading, "Period", "Value USD"),
        ("KAZ", "CHN", "Export", "26", "2024", "1000"),
        ("KAZ", "CHN", "Export", "28", "2024", "50"),
    ]
    loaded = load(tmp_path, rows)
    assert held(loaded, "product", "value_usd") == [("SITC26", 1000), ("SITC28", 50)]
    assert any(f["kind"] == "not_hs" and f["count"] == 2 for f in loaded.faults.to_pylist())


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("País socio", "partner"),
        ("País informante", "reporter"),
        ("报告国家", "reporter"),
        ("Страна контрагент", "partner"),
    ],
)
def test_a_side_of_a_flow_is_known_by_its_words_in_other_languages(heading, role):
    assert role_of(heading) == role


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Product group", (True, "")),
        ("SITC Section", (True, "SITC")),
        ("BEC5", (True, "BEC5")),
        ("Product description", (False, "")),
        ("Merchandise trade balance", (False, "")),
        ("Productos según CUCI", (True, "SITC")),
        ("Grupo de productos", (True, "")),
        ("Descripción del producto", (False, "")),
        ("Товарная группа", (True, "")),
        ("Код СМТК", (True, "SITC")),
        ("Наименование товара", (False, "")),
        ("按国际贸易标准分类", (True, "SITC")),
        ("商品类别", (True, "")),
        ("商品名称", (False, "")),
    ],
)
def test_a_heading_is_of_goods_where_all_its_words_are(heading, said):
    assert goods_in(heading) == said


def test_rows_of_one_flow_are_not_told_to_be_added_before_the_columns_that_are_not_read_are_named(tmp_path):
    rows = [(*LIST, "Regime"), (*ROW, "2024-01", "1200", "Normal"), (*ROW, "2024-01", "800", "Outward")]
    with pytest.raises(BadInputError, match="column 'Regime' is not read") as refused:
        load(tmp_path, rows)
    assert "tells them apart" in str(refused.value)


def test_the_currency_of_a_heading_is_that_of_its_figures_whatever_a_column_says(tmp_path):
    loaded = load(tmp_path, [(*LIST, "Currency"), (*ROW, "2024-01", "1200", "KZT")])
    assert held(loaded, "value_usd") == [(1200,)]
    assert any("'Currency' is not read" in f["what"] for f in loaded.faults.to_pylist())


def test_units_beside_quantities_are_not_those_of_the_value(tmp_path):
    """Japan's statistics by year: the value was read as kilograms, and nothing was said to be set aside."""
    year = ("Exp or Imp", "Year", "HS", "Country", "Unit1", "Unit2", "Quantity1-Year", "Quantity2-Year", "Value-Year")
    rows = [year, ("2", "2024", "'520100000", "105", "  ", "KG", "0", "3000", "900")]
    loaded = load(tmp_path, rows, reporter="JPN", currency="USD")
    assert held(loaded, "value_usd", "exporter", "importer") == [(900, "CHN", "JPN")]
    bare = load(tmp_path, rows)
    yen = currencies.mean_rate("JPY", "USD", parse("2024")).value
    assert held(bare, "value_usd", "net_kg") == [(pytest.approx(900_000 * yen), 3000)]  # thousands of yen


def test_a_quantity_whose_unit_is_the_second_is_no_zero_of_the_first(tmp_path):
    head = ("Exp or Imp", "Year", "HS", "Country", "Unit1", "Unit2")
    months = tuple(f"{what}-{month}" for month in ("Mar", "Apr") for what in ("Quantity1", "Quantity2", "Value"))
    year = tuple(f"{what}-Year" for what in ("Quantity1", "Quantity2", "Value"))
    rows = [
        (*head, *year, *months),
        ("1", "2024", "'870323919'", "105", " ", "NO", "0", "11", "1700", "0", "4", "600", "0", "7", "1100"),
        ("1", "2024", "'520100000'", "105", "DZ", "KG", "5", "900", "70", "2", "400", "30", "3", "500", "40"),
    ]
    loaded = load(tmp_path, rows, currency="USD")
    found = sorted(held(loaded, "product", "period", "value_usd", "quantity", "quantity_unit", "net_kg"))
    assert found == [
        ("520100000", "2024-03", 30, 2, "DZ", 400),
        ("520100000", "2024-04", 40, 3, "DZ", 500),
        ("870323919", "2024-03", 600, 4, "NO", None),
        ("870323919", "2024-04", 1100, 7, "NO", None),
    ]
    assert not any("Quantity2-Mar" in f["what"] for f in loaded.faults.to_pylist())


def test_the_newest_month_of_india_is_read_beside_the_revised_one(tmp_path):
    rows = [
        ["Monthly Export Commodity-wise all countries", "", "", "", "", "", ""],
        ["HSCode: 5201 COTTON, NOT CARDED OR COMBED", "", "", "Values in US$ Million", "", "", ""],
        ["S.No.", "Country", "Mar-2023(R)", "Mar-2024(F)", "%Growth", "Apr-Mar2023(R)", "Apr-Mar2024(F)"],
        ["1", "BANGLADESH", "40.12", "55.31", "37.9", "500.11", "611.20"],
        ["2", "CHINA P RP", "3.40", "80.22", "2259", "24.00", "450.10"],
        ["", "Total", "43.52", "135.53", "", "524.11", "1061.30"],
    ]
    loaded = load(tmp_path, rows, reporter="IND")
    found = {(place, period): value for place, period, value in held(loaded, "importer", "period", "value_usd")}
    assert found == pytest.approx(
        {("+WLD", "2023-03"): 43.52e6, ("+WLD", "2024-03"): 135.53e6, ("BGD", "2023-03"): 40.12e6,
         ("BGD", "2024-03"): 55.31e6, ("CHN", "2023-03"): 3.4e6, ("CHN", "2024-03"): 80.22e6}
    )  # fmt: skip


def test_a_sign_of_several_currencies_says_less_than_a_column(tmp_path):
    headings = (*LIST[:-1], "Value ($)", "Currency")
    (value,) = held(load(tmp_path, [headings, ("CAN", *ROW[1:], "2024-01", "100000", "CAD")]), "value_usd")
    assert value[0] == pytest.approx(100_000 * 0.745, rel=0.01)  # the European Central Bank's, January 2024


@pytest.mark.parametrize("word", ["confidential", "(D)", "(s)", "n.p.", "n.d.", "*", "<1", "< 0.5", "конф.", "c"])
def test_a_figure_that_is_kept_back_is_left_empty_and_counted_and_is_no_loss(tmp_path, word):
    goods = ("520100", "520300", "520411", "520511")
    rows = [LIST, *((*ROW[:3], code, "2024-01", f"{n}00") for n, code in enumerate(goods, 1)), (*ROW, "2024-02", word)]
    loaded = load(tmp_path, rows)
    assert loaded.losses.share() == 0
    assert held(loaded, "period", "value_usd")[:4] == [("2024-01", float(f"{n}00")) for n in (1, 2, 3, 4)]
    assert [f["value_usd"] for f in loaded.table.to_pylist() if f["period"] == "2024-02"] == [None]
    (told,) = [f for f in loaded.faults.to_pylist() if f["kind"] == "suppressed"]
    assert (told["count"], told["rows"], repr(word) in told["what"]) == (1, ["5"], True)


@pytest.mark.parametrize("word", ["(D)", "<1", "*"])
def test_a_figure_that_is_kept_back_among_months_is_counted_by_its_word(tmp_path, word):
    rows = [
        ("Country", "HS code", "2024-01", "2024-02"),
        ("China", "520100", "5", word),
        ("Türkiye", "520100", "7", "8"),
    ]
    loaded = load(tmp_path, rows, reporter="KAZ", flow="export")
    assert sum(v for (v,) in held(loaded, "value_usd")) == 20
    assert any(f"1 × {word!r}" in n for n in loaded.notes)


@pytest.mark.parametrize("word", ["zxq", "12 p", "0*"])
def test_what_is_neither_a_figure_nor_kept_back_is_still_a_loss(tmp_path, word):
    loaded = load(tmp_path, [LIST, (*ROW, "2024-01", "100"), (*ROW, "2024-02", word)])
    assert loaded.losses.share() == 0.5
