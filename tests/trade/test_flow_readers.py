"""The readers on files in the publishers' layouts, each figure computed here by hand."""

import gzip
import json
import zipfile

import pyarrow.parquet as pq
import pytest

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.trade.formats import ALL_FORMS, reader
from entrepot.trade.loading import flow_file, streamed

# The ECB's mean rate of January 2023 as the ECB prints it, to four digits; the last digit may round
EURO_JANUARY_2023 = pytest.approx(1.0769, abs=0.00006)


def cell(loaded, **where):
    found = [r for r in loaded.table.to_pylist() if all(r[k] == v for k, v in where.items())]
    assert len(found) == 1, found
    return found[0]


def test_comtrade_keeps_the_flow_and_sets_its_details_aside(constructed, faults):
    loaded = flow_file.read_flows(constructed / "comtrade_api.csv")
    assert loaded.form == "comtrade"
    assert loaded.table.num_rows == 5
    cells = cell(loaded, exporter="CHN", importer="KAZ", product="854142")
    assert (cells["value_usd"], cells["net_kg"], cells["quantity"], cells["quantity_unit"]) == (11000, 500, 1000, "u")
    assert (cells["period"], cells["frequency"], cells["hs_vintage"]) == ("2023-06", "month", "HS2022")
    assert sorted(faults(loaded, "total_among_details")["set_aside"]) == ["2", "3", "4", "8"]


def test_comtrade_tells_the_kinds_of_flow_apart(constructed):
    loaded = flow_file.read_flows(constructed / "comtrade_api.csv")
    kinds = {(r["flow"], r["exporter"], r["importer"]): r["value_usd"] for r in loaded.table.to_pylist()}
    assert kinds["export", "KAZ", "USA"] == 700
    assert kinds["re-export", "KAZ", "USA"] == 300
    assert cell(loaded, flow="import", exporter="CHN")["valuation"] == "CIF"
    assert cell(loaded, exporter="+NES")["valuation"] == "FOB"  # the row has a FOB value only


def test_a_weight_that_the_un_filled_in_is_no_weight(constructed):
    world = cell(flow_file.read_flows(constructed / "comtrade_api.csv"), exporter="+WLD")
    assert (world["net_kg"], world["quantity"]) == (None, None)
    assert (world["estimated_quantity"], world["estimated_unit"]) == (800, "kg")


def test_comtrade_before_2023(constructed):
    loaded = flow_file.read_flows(constructed / "comtrade_legacy.csv")
    assert cell(loaded, exporter="TWN")["value_usd"] == 900  # the UN's Other Asia, nes
    yarn = cell(loaded, importer="IND")
    assert (yarn["flow"], yarn["value_usd"], yarn["net_kg"], yarn["hs_vintage"]) == ("export", 2100, None, "HS2017")
    assert yarn["estimated_quantity"] == 700  # flag 4: the weight is estimated


def test_comtrade_json_now_and_before(constructed, write):
    loaded = flow_file.read_flows(constructed / "comtrade_api.json")
    phones = cell(loaded, exporter="ARM", importer="RUS")
    assert (phones["value_usd"], phones["estimated_quantity"], phones["net_kg"]) == (4100.25, 3.5, None)
    record = {"pfCode": "H4", "yr": 2014, "rgCode": 2, "rtCode": 586, "rt3ISO": "PAK", "ptCode": 4, "pt3ISO": "AFG"}
    record |= {"cmdCode": "1101", "NetWeight": 5, "TradeValue": 77}
    old = {"dataset": [record]}
    flour = cell(write(json.dumps(old), "old.json"), product="1101")
    assert (flour["exporter"], flour["importer"], flour["value_usd"], flour["hs_vintage"]) == (
        "PAK",
        "AFG",
        77,
        "HS2012",
    )


def test_a_bulk_file_of_comtrade_is_divided_by_tabs(constructed, tmp_path):
    lines = (constructed / "comtrade_api.csv").read_text().replace('"Areas, nes"', "Areas nes").replace(",", "\t")
    path = tmp_path / "COMTRADE-FINAL-CM398202306H6.gz"
    path.write_bytes(gzip.compress(lines.encode()))
    by_tab, by_comma = flow_file.read_flows(path), flow_file.read_flows(constructed / "comtrade_api.csv")
    assert by_tab.table.drop(["source_id"]).equals(by_comma.table.drop(["source_id"]))


def test_only_details_and_no_total_is_refused(constructed, write):
    lines = (constructed / "comtrade_api.csv").read_text().splitlines()
    with pytest.raises(BadInputError, match="every row is a detail by customs procedure"):
        write("\n".join([lines[0], lines[3]]))


def test_baci_in_dollars_and_kilograms(constructed, faults):
    loaded = flow_file.read_flows(constructed / "BACI_HS17_Y2020_V202401b.csv")
    panels = cell(loaded, importer="USA")
    assert (panels["value_usd"], panels["net_kg"]) == (pytest.approx(1_234_567), 12_500)
    assert (panels["reporter"], panels["flow"], panels["valuation"]) == ("BACI", "balanced", "FOB")
    horses = cell(loaded, importer="FRA")
    assert (horses["product"], horses["net_kg"], horses["hs_vintage"]) == ("010121", None, "HS2017")
    assert cell(loaded, exporter="TWN")["importer"] == "IND"
    assert faults(loaded, "unknown_place") == {"set_aside": ["4"]}


def test_baci_as_a_zip_of_years(constructed, tmp_path):
    year = (constructed / "BACI_HS17_Y2020_V202401b.csv").read_text()
    path = tmp_path / "BACI_HS17_V202401b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("BACI_HS17_Y2020_V202401b.csv", year)
        archive.writestr("BACI_HS17_Y2021_V202401b.csv", year.replace("2020,", "2021,"))
        archive.writestr("country_codes_V202401b.csv", (constructed / "country_codes_V202401b.csv").read_text())
    loaded = flow_file.read_flows(path)
    assert loaded.form == "baci"
    assert sorted(loaded.table["period"].to_pylist()) == ["2020"] * 3 + ["2021"] * 3


def test_comext_adds_procedures_and_turns_euros_into_dollars(constructed, faults):
    loaded = flow_file.read_flows(constructed / "comext_bulk.dat")
    laptops = cell(loaded, importer="KAZ", product="84713000")
    assert laptops["value_usd"] / 1500 == EURO_JANUARY_2023
    assert (laptops["net_kg"], laptops["quantity"], laptops["hs_vintage"]) == (30, 6, "HS2022")
    assert faults(loaded, "duplicate") == {"converted": ["1", "2"]}
    assert "currency_not_usd" in loaded.faults["kind"].to_pylist()
    assert cell(loaded, product="+TOTAL")["net_kg"] == 400


def test_comext_as_a_table_of_periods(constructed):
    loaded = flow_file.read_flows(constructed / "comext_ds.tsv")
    january, february = (cell(loaded, period=f"2023-0{m}") for m in (1, 2))
    assert january["value_usd"] / 1500 == EURO_JANUARY_2023
    assert (january["net_kg"], february["net_kg"]) == (300, None)
    assert february["flow"] == "export"


_TSV = "freq,reporter,partner,product,flow,indicators\\TIME_PERIOD\t2023-01 \t2023-02 \t2023-03 \t2023-04 \n"
_CSV = "DATAFLOW,LAST UPDATE,freq,reporter,partner,product,flow,indicators,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\n"


@pytest.mark.parametrize("cell", [": c", ":c", "c", ": n", ": cn"])
def test_a_confidential_cell_of_comext_is_a_row_whose_figure_is_kept_back(write, faults, cell):
    loaded = write(f"{_TSV}M,DE,KZ,84571010,2,VALUE_IN_EUROS\t100 \t{cell} \t: \t120 p\n", "ds.tsv")
    assert [r["value_usd"] is None for r in loaded.table.sort_by("period").to_pylist()] == [False, True, False]
    assert sum(map(len, faults(loaded, "suppressed").values())) == 1
    stops = [f["what"] for f in loaded.faults.to_pylist() if f["kind"] == "reporter_stops"]
    assert stops == ["DEU reports no export in 2023-03, and reports before and after"]


def test_a_figure_beside_a_flag_is_read(write, faults):
    loaded = write(f"{_TSV}M,DE,KZ,84571010,2,VALUE_IN_EUROS\t100 c\t110 \t115 n\t120 p\n", "ds.tsv")
    assert loaded.table["value_usd"].null_count == 0
    assert loaded.table.num_rows == 4
    assert not faults(loaded, "suppressed")


@pytest.mark.parametrize("flags", ["c,C", "c,", ",C", ":,c,C", ",N", "c: confidential,C: Confidential"])
def test_a_confidential_observation_of_comext_is_kept_back(write, faults, flags):
    value, of_it = (":", flags[2:]) if flags.startswith(":") else ("", flags)
    of = "x,u,M,DE,KZ,84571010,2,VALUE_IN_EUROS"
    lines = (f"{of},2023-01,100,,", f"{of},2023-02,{value},{of_it}", f"{of},2023-03,120,,F")
    loaded = write(_CSV + "\n".join(lines))
    assert [r["value_usd"] is None for r in loaded.table.sort_by("period").to_pylist()] == [False, True, False]
    assert sum(map(len, faults(loaded, "suppressed").values())) == 1
    assert not faults(loaded, "reporter_stops")


def test_a_period_whose_figures_are_kept_back_is_reported_in_ones_own_table(write, faults):
    head = "reporter,partner,flow,product,period,value_usd"
    loaded = write(
        f"{head}\nDEU,KAZ,export,845710,2023-01,100\nDEU,KAZ,export,845710,2023-02,c\nDEU,KAZ,export,845710,2023-03,90\n"
    )
    assert not faults(loaded, "reporter_stops")
    loaded = write(
        f"{head}\nDEU,KAZ,export,845710,2023-01,100\nDEU,KAZ,export,845710,2023-02,:\nDEU,KAZ,export,845710,2023-03,90\n"
    )
    assert faults(loaded, "reporter_stops")


def test_weights_of_comext_in_hundreds_of_kilograms_have_a_column_of_their_own(write):
    head = "REPORTER,PARTNER,PRODUCT,FLOW,STAT_PROCEDURE,PERIOD,VALUE_IN_EUROS,QUANTITY_IN_100KG"
    (row,) = write(f"{head}\nDE,KZ,84571010,2,1,202301,100,7\n").table.to_pylist()
    assert row["net_kg"] == 700
    (row,) = write(f"{head},QUANTITY_IN_KG\nDE,KZ,84571010,2,1,202301,100,7,702\n").table.to_pylist()
    assert row["net_kg"] == 702


_DETAILS = "reporterISO,flowCode,partnerISO,cmdCode,period,customsCode,motCode,primaryValue\n"
_PARTS = '[file]\nrows = "parts"\n'


def by_mode(*modes):
    return _DETAILS + "".join(f"CHN,X,KAZ,854143,2023,C00,{mode},{10 * n}\n" for n, mode in enumerate(modes, 1))


def test_a_file_of_modes_of_transport_alone_says_how_they_are_added_and_they_are(write, tmp_path):
    with pytest.raises(BadInputError, match="every row is a detail by mode of transport") as refused:
        write(by_mode(2100, 3200, 1000))
    assert 'rows = "parts"' in refused.value.remedy
    (tmp_path / "map.toml").write_text(_PARTS, encoding="utf-8")
    loaded = write(by_mode(2100, 3200, 1000), mapping=tmp_path / "map.toml")
    assert loaded.table["value_usd"].to_pylist() == [60]
    assert any("mode of transport" in f["what"] and "added" in f["what"] for f in loaded.faults.to_pylist())


def test_modes_that_hold_one_another_and_details_beside_totals_are_never_added(write, tmp_path):
    (tmp_path / "map.toml").write_text(_PARTS, encoding="utf-8")
    with pytest.raises(BadInputError, match="every row is a detail by mode of transport") as refused:
        write(by_mode(2000, 2100), mapping=tmp_path / "map.toml")
    assert "parts" not in refused.value.remedy
    loaded = write(by_mode(0, 2100, 3200), mapping=tmp_path / "map.toml")
    assert loaded.table["value_usd"].to_pylist() == [10]


def test_the_map_that_a_refusal_proposes_has_the_headings_of_the_file(write, tmp_path):
    text = "ND;G011;G15A;G33;G46;GD1\n1;ИМ;KZ;8457101008;100.25;01.03.2023\n2;ИМ;TR;8457101008;99.75;02.03.2023\n"
    (tmp_path / "a.toml").write_text('[fixed]\nreporter = "RUS"\n', encoding="utf-8")
    for mapping in (None, tmp_path / "a.toml"):
        with pytest.raises(BadInputError) as refused:
            write(text, mapping=mapping)
        said = refused.value.remedy
        for line in ('flow = "G011"', 'partner = "G15A"', 'product = "G33"'):
            assert line in said
        assert 'reporter = "reporter"' not in said
    columns = 'flow = "G011"\npartner = "G15A"\nproduct = "G33"\nperiod = "GD1"\nvalue = "G46"\n'
    its = f'[columns]\n{columns}[fixed]\nreporter = "RUS"\ncurrency = "USD"\n{_PARTS}'
    (tmp_path / "b.toml").write_text(its, encoding="utf-8")
    assert sum(write(text, mapping=tmp_path / "b.toml").table["value_usd"].to_pylist()) == 200


def test_a_national_spreadsheet_by_its_mapping(constructed, faults):
    loaded = flow_file.read_flows(constructed / "kazakhstan.csv", mapping=constructed / "kazakhstan.toml")
    assert loaded.form == "mapped"
    january = cell(loaded, period="2023-01")
    assert (january["exporter"], january["importer"], january["product"]) == ("KAZ", "RUS", "720810")
    assert (january["value_usd"], january["net_kg"]) == (1_234_500, 2_500)
    assert cell(loaded, importer="KGZ")["value_usd"] == 12_750
    assert faults(loaded, "thousands_separator") == {"converted": ["1", "2"]}


def test_the_same_sheet_as_a_workbook(constructed, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for line in (constructed / "kazakhstan.csv").read_text().splitlines():
        book.active.append(line.split(";"))
    path = tmp_path / "kazakhstan.xlsx"
    book.save(path)
    mapping = constructed / "kazakhstan.toml"
    found, same = (flow_file.read_flows(p, mapping=mapping).table for p in (path, constructed / "kazakhstan.csv"))
    assert found.drop(["source_id"]).equals(same.drop(["source_id"]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[columns]\nproducts = 'Code'\n", "unknown word under"),
        ("[column]\nproduct = 'Code'\n", "unknown table of a mapping"),
        ("[columns]\nproduct = 'Kod'\n", "unknown column of the file"),
        ("[fixed]\nflow = 'export'\n", "nothing says reporter"),
        ("[columns]\nproduct = 'Код'\n[scale]\nvalue = 'many'\n", "wrong kind"),
        ("[columns]\nproduct = 'Код'\n[scale]\nvalue = nan\n", "wrong kind"),
        ("[columns]\nproduct = 'Код'\n[scale]\nvalue = -1\n", "wrong kind"),
        (f"[columns]\nproduct = 'Код'\n[scale]\nvalue = {'9' * 400}\n", "more than 64 bits"),
        (f"[columns]\nproduct = 'Код'\n[scale]\nvalue = {'9' * 5000}\n", "is no TOML"),
        (f"[columns]\nproduct = {'[' * 5000}\n", "is no TOML"),
        ("not toml", "is no TOML"),
    ],
)
def test_a_mapping_is_read_strictly(constructed, tmp_path, text, message):
    path = tmp_path / "map.toml"
    path.write_text(text if "skip" in text else text + "[file]\nskip = 2\n" if "[" in text else text)
    with pytest.raises(BadInputError, match=message):
        flow_file.read_flows(constructed / "kazakhstan.csv", mapping=path)


@pytest.mark.parametrize(
    "heading",
    [
        "exporter,importer,product,period,value_usd",
        "origin,destination,hs6,year,value",
        "From,To,HS code,Date,Trade value (USD)",
        "exporter_iso3,importer_iso3,commodity_code,period,trade_value_usd",
    ],
)
def test_one_s_own_words_for_the_columns(write, heading):
    loaded = write(f"{heading}\nCHN,Kyrgyzstan,854143,2023,1500.5\n")
    row = cell(loaded, exporter="CHN")
    assert (row["importer"], row["product"], row["period"], row["value_usd"]) == ("KGZ", "854143", "2023", 1500.5)


def test_a_flow_that_nobody_is_said_to_have_reported(write):
    row = cell(write("exporter,importer,product,period,value_usd\nCHN,KGZ,85,2023,1\n"), exporter="CHN")
    assert (row["reporter"], row["flow"], row["valuation"]) == ("OWN", "balanced", "unknown")


def test_own_with_reporter_partner_and_flow(write):
    loaded = write("reporter,partner,flow,hs,year,month,value_thousand_usd,tonnes\nPAK,AFG,Imports,0802,2021,3,7,2\n")
    row = cell(loaded, reporter="PAK")
    assert (row["exporter"], row["importer"], row["flow"], row["valuation"]) == ("AFG", "PAK", "import", "CIF")
    assert (row["period"], row["value_usd"], row["net_kg"]) == ("2021-03", 7000, 2000)


def test_what_was_written_reads_as_it_was(constructed, tmp_path):
    from entrepot.core import output

    loaded = flow_file.read_flows(constructed / "comtrade_api.csv")
    for ending in ("parquet", "csv"):
        path = tmp_path / f"again.{ending}"
        output.write(loaded.table, path, ending)
        again = flow_file.read_flows(path)
        assert again.form == "own"
        assert again.table.equals(loaded.table)


def test_typed_tables_of_pandas_read_as_their_text(constructed, tmp_path):
    """What comtradeapicall gives is a frame of pandas, kept in one of these ways."""
    import pandas as pd

    frame = pd.read_csv(constructed / "comtrade_api.csv")
    frame.to_csv(tmp_path / "f.csv")
    frame.to_json(tmp_path / "f.json", orient="records")
    frame.to_parquet(tmp_path / "f.parquet")
    expected = flow_file.read_flows(constructed / "comtrade_api.csv").table.drop(["source_id"])
    for path in tmp_path.iterdir():
        assert flow_file.read_flows(path).table.drop(["source_id"]).equals(expected), path


def test_a_typed_table_of_one_s_own(tmp_path):
    from datetime import date

    import polars as pl

    path = tmp_path / "own.parquet"
    columns = {
        "exporter": pl.Series(["CHN", "CHN"], dtype=pl.Categorical),
        "importer": ["KGZ", "KAZ"],
        "product": [854142, 10121],
        "date": [date(2023, 6, 1), date(2023, 7, 1)],
        "value_usd": [0.1 + 0.2, float("nan")],
    }
    pl.DataFrame(columns).write_parquet(path)
    first, second = flow_file.read_flows(path).table.sort_by("period").to_pylist()
    assert (first["product"], first["period"], first["value_usd"]) == ("854142", "2023-06", 0.1 + 0.2)
    assert (second["product"], second["period"], second["value_usd"]) == ("010121", "2023-07", None)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"exporter,importer,product,period,value_usd\n", "no row"),
        (b"just words\n", "is no table"),
        (b"a,b\n1,2\n", "is that of no format"),
        (b"exporter,importer,product,period,value,value\nCHN,KAZ,85,2023,1,2\n", "two columns have one name"),
        (b"exporter,importer,product,period,value_usd\nCHN,KAZ,85,2023,1,234\n", "6 cells where the heading has 5"),
        (b"\x1f\x8b\x08\x00broken", "not a whole gzip file"),
        (b"PK\x03\x04broken", "not a whole zip file"),
        (b"PAR1broken", "not a Parquet file"),
        (b'{"data": [1, 2]}', "a number where an object is expected"),
        (b'{"data": ', "not JSON"),
        (b"exporter,importer,product,period,value_usd\nNarnia,Oz,85,2023,1\n", "no row can be read as a flow"),
    ],
)
def test_what_cannot_be_read_is_refused(write, data, message):
    with pytest.raises(BadInputError, match=message):
        write(data)


@pytest.mark.parametrize("end", ["", ", ", ', "par', ', "qty": tr', ', "qty":', "}", "},", "}]"])
def test_json_that_was_cut_off_says_so(write, end):
    begun = '{"data": [{"reporterISO": "KAZ", "flowCode": "X"' + end
    with pytest.raises(UnreadableFileError, match=r"it was cut off\. Export it again"):
        write(begun, "flows.json")


@pytest.mark.parametrize("text", ["{'a': 1}", '{"a": x}', '{"a": 1} x'])
def test_json_that_is_wrong_before_its_end_was_not_cut_off(write, text):
    with pytest.raises(UnreadableFileError, match="not JSON") as caught:
        write(text, "flows.json")
    assert "cut off" not in str(caught.value)


def test_a_page_that_ends_within_its_table_was_cut_off_and_says_so(write):
    rows = "".join(f"<tr><td>TUR</td><td>GEO</td><td>870323</td><td>20{y}</td><td>9</td></tr>" for y in (21, 22, 23))
    heads = "".join(f"<th>{h}</th>" for h in ("exporter", "importer", "product", "period", "value_usd"))
    whole = f"<html><body><table><tr>{heads}</tr>{rows}</table></body></html>"
    assert not [n for n in write(whole, "a.xls").notes if "cut off" in n]
    cut = write(whole[: whole.index("<td>2023") + 10], "b.xls")
    assert any("in its row 4: it was cut off" in n and "Export it again" in n for n in cut.notes)


def test_a_zip_that_holds_what_a_mac_adds_and_nothing_else_holds_no_table(tmp_path):
    with zipfile.ZipFile(tmp_path / "flows.zip", "w") as archive:
        archive.writestr("__MACOSX/._flows.csv", b"resource fork")
    with pytest.raises(UnreadableFileError, match="holds no table"):
        flow_file.read_flows(tmp_path / "flows.zip")


def test_no_such_file_or_format(tmp_path, constructed):
    with pytest.raises(UnreadableFileError):
        flow_file.read_flows(tmp_path / "none.csv")
    with pytest.raises(UnknownNameError, match="comtrade"):
        flow_file.read_flows(constructed / "comtrade_api.csv", "comtrad")


@pytest.mark.parametrize("form", ALL_FORMS)
def test_every_reader_says_what_it_reads(form):
    assert len(reader(form).__doc__) > 80


@pytest.mark.shared
def test_ember_is_read_whole(shared):
    """Against the file itself: its rows, its sums, its regions."""
    import csv

    path = shared / "data/trade/ember_china_solar_exports_monthly.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        printed = list(csv.DictReader(handle))
    loaded = flow_file.read_flows(path)
    assert (loaded.form, loaded.table.num_rows) == ("ember", len(printed))
    rows = loaded.table.to_pylist()
    regions = {r["Area"] for r in printed if r["Area type"] == "Region"}
    aggregates = {r["importer"] for r in rows if r["importer"].startswith("+") and not r["importer"].startswith("+NES")}
    assert len(aggregates) == len(regions)
    for column, ours in (
        ("Amount (USD)", "value_usd"),
        ("Amount (items)", "quantity"),
        ("Capacity (MW)", "estimated_quantity"),
    ):
        whole = sum(float(r[column]) for r in printed if r["Area"] == "World")
        assert sum(r[ours] or 0 for r in rows if r["importer"] == "+WLD") == pytest.approx(whole)
    assert {r["hs_vintage"] for r in rows if r["product"] == "85414020"} == {"HS2017"}
    assert {r["hs_vintage"] for r in rows if r["product"].startswith("85414") and r["period"] >= "2022"} == {"HS2022"}


@pytest.mark.shared
def test_the_comtrade_file_by_chapter_is_read_whole(shared):
    import csv

    path = shared / "data/trade/comtrade_hs2_partner_selected_reporters.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        printed = list(csv.DictReader(handle))
    loaded = flow_file.read_flows(path)
    assert (loaded.form, loaded.table.num_rows) == ("comtrade", len(printed))
    assert "unknown_place" not in loaded.faults["kind"].to_pylist()
    names, codes = ("Pakistan", "Afghanistan", "Export", "2019"), ("PAK", "AFG", "export", "2019")
    to_kabul = [r for r in printed if (r["reporter"], r["partner"], r["flow"], r["year"]) == names]
    rows = loaded.table.to_pylist()
    ours = sum(r["value_usd"] for r in rows if (r["reporter"], r["importer"], r["flow"], r["period"]) == codes)
    assert ours == pytest.approx(sum(float(r["value_usd"]) for r in to_kabul))


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_file_claimed_to_be_of_another_format_is_read_or_refused(constructed, form):
    for path in sorted(constructed.iterdir()):
        if path.suffix in {".csv", ".dat", ".tsv", ".json"}:
            try:
                assert flow_file.read_flows(path, form).form == form
            except BadInputError as exc:
                assert path.name in str(exc) or exc.found or exc.remedy


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2023", "2023"),
        ("2023.0", "2023"),
        ("202306", "2023-06"),
        ("2023-06", "2023-06"),
        ("2023-06-01", "2023-06"),
        ("2023-06-30", "2023-06"),
        ("2023-06-15", ""),
        ("2023-06-01T00:00:00.000Z", "2023-06"),
        ("2023M06", "2023-06"),
        ("06/2023", "2023-06"),
        ("6/2023", "2023-06"),
        ("2023-6", "2023-06"),
        ("Jun-2023", "2023-06"),
        ("June 2023", "2023-06"),
        ("2023-Q3", "2023-Q3"),
        ("Q3 2023", "2023-Q3"),
        ("202352", "2023"),
        ("202313", ""),
        ("1066", ""),
        ("soon", ""),
    ],
)
def test_periods_as_publishers_print_them(printed, period):
    from entrepot.trade.loading.printed.printed_periods import period_of

    assert period_of(printed) == period


def test_the_zip_of_baci_is_read_with_its_readme_and_lists(constructed, tmp_path):
    year = (constructed / "BACI_HS17_Y2020_V202401b.csv").read_text()
    path = tmp_path / "BACI_HS17_V202401b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("BACI_HS17_Y2020_V202401b.csv", year)
        archive.writestr("country_codes_V202401b.csv", (constructed / "country_codes_V202401b.csv").read_text())
        archive.writestr("product_codes_HS17_V202401b.csv", 'code,description\n854140,"Photosensitive"\n')
        archive.writestr("Readme.txt", "BACI: International Trade Database\nVersion 202401b\n")
    alone = flow_file.load((constructed / "BACI_HS17_Y2020_V202401b.csv",)).table
    assert flow_file.load((path,)).table.drop_columns("source_id").equals(alone.drop_columns("source_id"))
    out = tmp_path / "flows.parquet"
    streamed.load_to((path,), out)
    assert pq.read_table(out).cast(alone.schema).drop_columns("source_id").equals(alone.drop_columns("source_id"))


def test_rows_under_a_row_of_names_are_records_as_the_us_census_answers(tmp_path):
    heads = ["CTY_NAME", "I_COMMODITY", "GEN_VAL_MO", "time", "time"]
    rows = [["CHINA", "854143", "1200", "2023-06", "2023-06"], ["VIETNAM", "854143", "900", "2023-06", "2023-06"]]
    path, how = tmp_path / "census.json", tmp_path / "census.toml"
    path.write_text(json.dumps([heads, *rows]))
    how.write_text(
        '[columns]\npartner = "CTY_NAME"\nproduct = "I_COMMODITY"\nvalue = "GEN_VAL_MO"\nperiod = "time"\n'
        '[fixed]\nreporter = "USA"\nflow = "import"\nvintage = "HS2022"\n'
    )
    found = flow_file.load((path,), mapping=how).table.to_pylist()
    told = {(r["exporter"], r["importer"], r["value_usd"], r["period"]) for r in found}
    assert told == {("CHN", "USA", 1200.0, "2023-06"), ("VNM", "USA", 900.0, "2023-06")}


def test_the_row_numbers_that_pandas_writes_are_no_fault(constructed, tmp_path):
    lines = (constructed / "comtrade_api.csv").read_text().splitlines()
    path = tmp_path / "pandas.csv"
    path.write_text("\n".join([f",{lines[0]}", *(f"{i},{x}" for i, x in enumerate(lines[1:]))]) + "\n")
    plain, numbered = (flow_file.load((p,)) for p in (constructed / "comtrade_api.csv", path))
    assert numbered.table.drop_columns("source_id").equals(plain.table.drop_columns("source_id"))
    assert numbered.faults.equals(plain.faults)


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        (("1.234", "12.345", "1.000"), (None, None, None)),  # thousands or fractions: nobody can tell
        (("1.234", "12.34", "900"), (1.234, 12.34, 900)),
        (("1.234", "0.345", "900"), (1.234, 0.345, 900)),
        (("1.234", "12345", "1.000"), (1.234, 12345, 1)),
        (("1.234", "1.234.567", "900"), (1234, 1_234_567, 900)),
    ],
)
def test_a_point_that_may_divide_thousands_is_never_guessed_in_a_file_of_ones_own(tmp_path, faults, cells, read):
    path = tmp_path / "own.csv"
    lines = [f"CHN,KAZ,854143,{2020 + i},{cell}\n" for i, cell in enumerate(cells)]
    path.write_text("exporter,importer,product,period,value_usd\n" + "".join(lines))
    loaded = flow_file.load((path,))
    assert [r["value_usd"] for r in sorted(loaded.table.to_pylist(), key=lambda r: r["period"])] == list(read)
    aside = faults(loaded, "thousands_separator").get("set_aside")
    assert bool(aside) == (None in read)


@pytest.mark.parametrize(
    "heading",
    [
        "freq  reporter  partner  product  flow  indicators\\TIME_PERIOD",
        "freq,reporter partner,product,flow,indicators\\TIME_PERIOD",
    ],
)
def test_a_comext_table_without_its_keys_is_refused(write, heading):
    with pytest.raises(BadInputError, match="the file has no column for"):
        write(f"{heading}\t2023-01 \nM,DE,KZ,847130,2,VALUE_IN_EUROS\t1500 \n", name="ds.tsv")


EMBER = "Area,Date,Commodity code,Amount (items),Amount (kg),Amount (USD),Capacity (MW)"
COMEXT = "REPORTER,PARTNER,TRADE_TYPE,PRODUCT_NC,FLOW,PERIOD,VALUE_EUR,QUANTITY_KG"


@pytest.mark.parametrize(
    ("heading", "cells", "ours"),
    [
        ("reporterISO,flowCode,partnerISO,cmdCode,period,primaryValue", "ARM,X,RUS,850100,2021,5", "value"),
        ("t,i,j,k,v,q", "2021,51,643,850100,5,1", "exporter"),
        (EMBER, "Armenia,2021-01-01,85414300,2,3,5,1", "product"),
        (COMEXT, "DE,KZ,E,84713000,2,202301,5,20", "quantity_unit"),
        ("exporter,importer,product,period,value_usd", "ARM,RUS,850100,2021,5", "_value"),
    ],
    ids=["comtrade", "baci", "ember", "comext", "own"],
)
def test_a_column_that_is_not_read_may_be_called_as_we_call_another(write, heading, cells, ours):
    plain = write(f"{heading}\n{cells}\n").table
    for name in (ours, f"_{ours}"):
        assert write(f"{heading},{name}\n{cells},9\n").table.drop(["source_id"]).equals(plain.drop(["source_id"]))


def test_a_weight_without_megawatts_is_refused_as_a_capacity_of_zero(write):
    """Ember's September 2025 has 0.0 MW of wafers for all; a month of a few grams has none either, and is none."""
    rows = [
        "Armenia,2025-08-01,38180019,2,90000,5000000,100.5",
        "Armenia,2025-09-01,38180019,2,90000,5000000,0.0",
        "Armenia,2025-10-01,38180019,2,3,2000,0.0",
        "Armenia,2025-09-01,85414300,2,9,5000000,0.0",
        "Armenia,2025-10-01,85414300,2,9,500,0.0",
    ]
    loaded = write("\n".join([EMBER, *rows]) + "\n")
    capacity = {(r["period"], r["product"]): r["estimated_quantity"] for r in loaded.table.to_pylist()}
    assert capacity == {
        ("2025-08", "38180019"): 100.5,
        ("2025-09", "38180019"): None,
        ("2025-10", "38180019"): 0.0,
        ("2025-09", "85414300"): None,
        ("2025-10", "85414300"): 0.0,
    }
    (fault,) = [f for f in loaded.faults.to_pylist() if f["kind"] == "zero_unclear"]
    assert (fault["count"], fault["rows"], fault["done"]) == (2, ["2", "4"], "converted")
