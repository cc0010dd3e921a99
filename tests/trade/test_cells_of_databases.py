"""What databases say in cells rather than in headings: scales, currencies, labels beside codes; files without headings.

Figures are invented. Each file is laid out as its publisher's is; what is to come out is added up by hand.
"""

import json

import pytest

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_multipliers import factor_of

IMTS = """DATASET,SERIES_CODE,COUNTRY,INDICATOR,COUNTERPART_COUNTRY,FREQUENCY,SCALE,2021,2022
IMF.STA:IMTS(1.0.0),KGZ.XG_FOB_USD.RUS.A,Kyrgyz Republic,"Exports of goods, Free on board (FOB), US dollar",\
Russian Federation,Annual,Millions,200.25,900.5
IMF.STA:IMTS(1.0.0),KGZ.MG_CIF_USD.CHN.A,Kyrgyz Republic,"Imports of goods, Cost insurance freight (CIF), US dollar",\
"China, People's Republic of",Annual,Millions,1400,4000
"""
DOTS = """Country Name,Indicator Name,Counterpart Country Name,Attribute,2021,2022
Armenia,"Goods, Value of Exports, Free on board (FOB), US Dollars",Russian Federation,Value,700000000,2400000000
Armenia,"Goods, Value of Exports, Free on board (FOB), US Dollars",Russian Federation,Status,,E
"""
OECD = """"LOCATION","Country","FLOW","PARTNER","Partner country","COMMODITY","Commodity","TIME","Unit Code","Unit",\
"PowerCode Code","PowerCode","Value"
"DEU","Germany","EXP","KAZ","Kazakhstan","854231","ICs","2022","USD","US Dollar","3","Thousands",1500.5
"DEU","Germany","EXP","RUS","Russia","854231","ICs","2022","USD","US Dollar","6","Millions",0.2
"""
CSO = """STATISTIC,STATISTIC Label,TLIST(M1),Month,Area,UNIT,VALUE
TSM10C1,Value of Merchandise Exports,202001,2020 January,Russia,US Dollar Thousand,1500
TSM10C2,Value of Merchandise Imports,202001,2020 January,Russia,US Dollar Thousand,20
"""
SDMX_TWO = """STRUCTURE,STRUCTURE_ID,ACTION,freq,reporter,Geopolitical entity (reporting),partner,product,Product,flow,\
Stock or flow,indicators,TIME_PERIOD,Time,OBS_VALUE,Observation value
dataflow,ESTAT:DS-045409(1.0),I,M,DE,Germany,KZ,85423190,Circuits,2,EXPORT,VALUE_IN_EUROS,2020-01,,1000,
dataflow,ESTAT:DS-045409(1.0),I,M,DE,Germany,KZ,85423190,Circuits,2,EXPORT,QUANTITY_IN_100KG,2020-01,,5,
"""
SDMX_LABELLED = """DATAFLOW:ESTAT:DS-045409(1.0),freq:Time frequency,reporter:Reporter,partner:Partner,product:Product,\
flow:Flow,indicators:Indicators,TIME_PERIOD:Time,OBS_VALUE:Observation value
ESTAT:DS-045409(1.0): EU trade,M:Monthly,DE:Germany,KZ:Kazakhstan,85423190:Circuits,2:EXPORT,\
VALUE_IN_EUROS:VALUE_IN_EUROS,2020-01,1000
"""
SERBIA = """Godina;Mesec;Zemlja;Tarifna oznaka;Izvoz (USD);Uvoz (USD)
2022;1;Rusija;85423190;1.234.567,89;10,5
2022;2;Rusija;85423190;2.000.000,00;0,5
"""
POLAND = """Okres;Kraj;Kod CN;Eksport - wartość [tys. USD];Eksport - masa netto [kg]
2022-01;Kirgistan;85423190;1 500,5;100
2022-02;Kirgistan;85423190;2 500,5;200
"""
EURO = 1110.0  # dollars for 1,000 euros in January 2020, by the European Central Bank's mean of the month
# What stands in the file, its map, and what is to come out: rows, dollars, kilograms, codes of goods.
FILES = {
    "imts": (IMTS, {}, (4, 6_500_750_000, 0, {"+TOTAL"})),
    "dots": (DOTS, {}, (2, 3_100_000_000, 0, {"+TOTAL"})),
    "oecd": (OECD, {}, (2, 1_700_500, 0, {"854231"})),
    "cso": (CSO, {"reporter": "IRL"}, (2, 1_520_000, 0, {"+TOTAL"})),
    "sdmx_two": (SDMX_TWO, {}, (1, EURO, 500, {"85423190"})),
    "sdmx_labelled": (SDMX_LABELLED, {}, (1, EURO, 0, {"85423190"})),
    "serbia": (SERBIA, {"reporter": "SRB"}, (4, 3_234_578.89, 0, {"85423190"})),
    "poland": (POLAND, {"reporter": "POL"}, (2, 4_001_000, 300, {"85423190"})),
}
CENSUS = [
    ["CTY_CODE", "CTY_NAME", "I_COMMODITY", "GEN_VAL_MO", "CON_VAL_MO", "SUMMARY_LVL", "COMM_LVL", "time"],
    ["-", "TOTAL FOR ALL COUNTRIES", "854142", "1500", "1400", "DET", "HS6", "2023-01"],
    ["5700", "CHINA", "854142", "500", "450", "DET", "HS6", "2023-01"],
    ["5520", "VIETNAM", "854142", "1000", "950", "DET", "HS6", "2023-01"],
    ["5XXX", "ASIA", "854142", "1500", "1400", "CGP", "HS6", "2023-01"],
]
PAGE = """<html><head><meta charset="utf-8"></head><body><table><tr><td colspan=3>List of importing markets for a
product exported by Kazakhstan</td></tr><tr><td colspan=3>Product: 8542 Electronic integrated circuits</td></tr>
<tr><td colspan=3>Unit: US Dollar thousand</td></tr></table><table><tr><th>Importers</th><th>Exported value in 2021</th>
<th>Exported value in 2022</th></tr><tr><td>World</td><td>1,500,500</td><td>1,509,100</td></tr>
<tr><td>Russian Federation</td><td>1,500,300</td><td>1,508,900</td></tr></table></body></html>"""
NO_HEADINGS = """E;01;2020;01012100;BE;12345;100
E;01;2020;85423190;RU;777;5
I;01;2020;85423190;CN;99999;500
"""


def written(tmp_path, name, text, fixed=None, file=""):
    path, how = tmp_path / name, tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    lines = [*(["[file]", file] if file else []), "[fixed]", *(f'{k} = "{v}"' for k, v in (fixed or {}).items())]
    how.write_text("\n".join(lines), encoding="utf-8")
    return path, how if fixed or file else None


@pytest.mark.parametrize("name", FILES)
def test_rows_and_value_are_those_of_the_file(name, tmp_path):
    text, fixed, (rows, value, weight, goods) = FILES[name]
    path, how = written(tmp_path, f"{name}.csv", text, fixed)
    loaded = flow_file.read_flows(path, mapping=how)
    held = loaded.table.to_pylist()
    assert len(held) == rows
    assert sum(r["value_usd"] or 0 for r in held) == pytest.approx(value, rel=1e-3)
    assert sum(r["net_kg"] or 0 for r in held) == pytest.approx(weight)
    assert {r["product"] for r in held} == goods
    assert loaded.losses.share() == 0


def test_a_scale_that_is_not_known_sets_its_row_aside(tmp_path):
    path, _ = written(tmp_path, "oecd.csv", OECD.replace("Millions", "Zillions"))
    loaded = flow_file.read_flows(path)
    assert [r["value_usd"] for r in loaded.table.to_pylist()] == [pytest.approx(1_500_500)]
    assert any("'Zillions'" in f["what"] for f in loaded.faults.to_pylist())


@pytest.mark.parametrize("cell", ["China", "1000 kg", "growth", "2022", "Exports"])
def test_what_is_no_scale_says_none(cell):
    assert factor_of(cell, powers=False) is None


def test_the_census_api_is_read_with_its_groups_apart(tmp_path):
    path = tmp_path / "imports.json"
    path.write_text(json.dumps(CENSUS))
    loaded = flow_file.read_flows(path)
    found = {r["exporter"]: (r["value_usd"], r["valuation"]) for r in loaded.table.to_pylist()}
    assert loaded.form == "census"
    assert found == {"+WLD": (1500, "FOB"), "CHN": (500, "FOB"), "VNM": (1000, "FOB"), "+ASIA": (1500, "FOB")}


def test_sums_from_january_are_years_and_never_months(tmp_path):
    text = "CTY_NAME,I_COMMODITY,GEN_VAL_YR,time\nCHINA,850440,600,{}\n"
    (tmp_path / "year.csv").write_text(text.format("2024-12"))
    (row,) = flow_file.read_flows(tmp_path / "year.csv").table.to_pylist()
    assert (row["period"], row["frequency"], row["value_usd"]) == ("2024", "year", 600)
    (tmp_path / "month.csv").write_text(text.format("2024-06"))
    with pytest.raises(BadInputError, match="sums from January"):
        flow_file.read_flows(tmp_path / "month.csv")


def test_a_page_under_the_name_of_a_workbook_is_read(tmp_path):
    path, how = written(tmp_path, "trade_map.xls", PAGE, {"reporter": "KAZ"})
    loaded = flow_file.read_flows(path, mapping=how)
    found = {(r["importer"], r["period"]): r["value_usd"] for r in loaded.table.to_pylist()}
    assert found["RUS", "2022"] == pytest.approx(1_508_900_000)
    assert found["+WLD", "2021"] == pytest.approx(1_500_500_000)
    assert {r["product"] for r in loaded.table.to_pylist()} == {"8542"}


def test_a_page_by_its_name_is_refused(tmp_path):
    path = tmp_path / "trade_map.html"
    path.write_text(PAGE)
    with pytest.raises(UnreadableFileError, match=r"\.html"):
        flow_file.read_flows(path)


def test_a_file_without_headings_takes_those_of_a_map(tmp_path):
    given = 'headings = ["Flux", "Mois", "Année", "NC8", "Pays", "Valeur", "Masse (kg)"]'
    path, how = written(tmp_path, "nc8.txt", NO_HEADINGS, {"reporter": "FRA", "currency": "USD"}, given)
    found = flow_file.read_flows(path, mapping=how).table.to_pylist()
    assert {(r["flow"], r["exporter"], r["importer"], r["value_usd"], r["net_kg"]) for r in found} == {
        ("export", "FRA", "BEL", 12345, 100),
        ("export", "FRA", "RUS", 777, 5),
        ("import", "CHN", "FRA", 99999, 500),
    }


def test_headings_that_are_too_few_are_refused(tmp_path):
    path, how = written(tmp_path, "nc8.txt", NO_HEADINGS, {"reporter": "FRA"}, 'headings = ["Flux", "Mois"]')
    with pytest.raises(UnreadableFileError, match="7 columns, and the map gives 2 headings"):
        flow_file.read_flows(path, mapping=how)


def test_one_letter_alone_is_no_flow(tmp_path):
    """E is exports to France and imports to Germany: only beside I is it told."""
    given = 'headings = ["Flux", "Mois", "Année", "NC8", "Pays", "Valeur", "Masse (kg)"]'
    text = "".join(f"{line}\n" for line in NO_HEADINGS.splitlines() if line.startswith("E"))
    path, how = written(tmp_path, "nc8.txt", text, {"reporter": "FRA", "currency": "USD"}, given)
    with pytest.raises(BadInputError, match="flow 'E' is not known"):
        flow_file.read_flows(path, mapping=how)


def test_values_without_a_rate_are_lost_once(tmp_path):
    text = "Year,Country,HS,Flow,Value (AED)\n2022,India,854231,export,100\n2022,China,854231,export,300\n"
    path, how = written(tmp_path, "uae.csv", text, {"reporter": "ARE"})
    assert flow_file.read_flows(path, mapping=how).losses.share() == pytest.approx(1)


EXPORTS = ["CTY_NAME", "E_COMMODITY", "ALL_VAL_MO", "QTY_1_MO", "UNIT_QY1", "YEAR", "MONTH", "DF"]


def exports_of(folder, *rows):
    path = folder / "exports.json"
    path.write_text(json.dumps([EXPORTS, *([*row[:2], *row[2:4], "NO", "2023", "11", row[4]] for row in rows)]))
    return flow_file.read_flows(path)


def test_american_exports_are_of_both_origins_and_foreign_goods_are_sent_on(tmp_path):
    rows = [("GEORGIA", "8703230190", "900", "9", "1"), ("GEORGIA", "8703230190", "70", "2", "2")]
    loaded = exports_of(tmp_path, *rows, ("CHILE", "8703230190", "40", "1", "1"))
    found = {(r["importer"], r["flow"]): (r["value_usd"], r["quantity"]) for r in loaded.table.to_pylist()}
    assert (loaded.form, {r["period"] for r in loaded.table.to_pylist()}) == ("census", {"2023-11"})
    assert found == {("GEO", "export"): (970, 11), ("GEO", "re-export"): (70, 2), ("CHL", "export"): (40, 1)}


def test_american_exports_with_a_row_of_both_origins_are_not_added(tmp_path):
    rows = [("GEORGIA", "870323", "970", "11", "-"), ("GEORGIA", "870323", "900", "9", "1")]
    loaded = exports_of(tmp_path, *rows, ("GEORGIA", "870323", "70", "2", "2"))
    found = {r["flow"]: r["value_usd"] for r in loaded.table.to_pylist()}
    assert found == {"export": 970, "re-export": 70}


def test_american_exports_of_one_origin_alone_are_told(tmp_path):
    loaded = exports_of(tmp_path, ("GEORGIA", "870323", "900", "9", "1"))
    assert any("DF 1" in f["what"] for f in loaded.faults.to_pylist())
    (row,) = exports_of(tmp_path, ("GEORGIA", "870323", "70", "2", "2")).table.to_pylist()
    assert row["flow"] == "re-export"
