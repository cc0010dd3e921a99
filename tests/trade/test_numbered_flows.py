"""Flows by number, months up to one, codes of goods before their words: read as their publishers mean them, or told."""

import pytest

from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_periods import period_of


def load(folder, text, fixed=""):
    path, how = folder / "flows.csv", folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    how.write_text(f"[fixed]\n{fixed}\n", encoding="utf-8")
    return flow_file.read_flows(path, mapping=how if fixed else None)


def held(loaded, *columns):
    return sorted(tuple(f[c] for c in columns) for f in loaded.table.to_pylist())


BRITISH = 'reporter = "GBR"\ncurrency = "GBP"'


@pytest.mark.parametrize(
    "heading",
    [
        "FlowTypeId,FlowTypeDescription,MonthId,Cn8Code,Country,Value",
        "FlowTypeId,Flow Type,Month,Commodity Code,Country,Value",
    ],
)
def test_words_beside_numbers_of_flows_say_which_they_are(tmp_path, heading):
    rows = "3,Non-EU Imports,202401,85414300,China,250\n4,Non-EU Exports,202401,85414300,Kyrgyzstan,90\n"
    loaded = load(tmp_path, f"{heading}\n{rows}", BRITISH)
    assert held(loaded, "flow", "exporter", "importer") == [("export", "GBR", "KGZ"), ("import", "CHN", "GBR")]


def test_numbers_of_the_british_customs_alone_are_theirs_and_not_the_uns(tmp_path):
    text = "FlowTypeId,Month,Commodity Code,Country,Value\n3,202401,85414300,China,9\n4,202401,85414300,Kyrgyzstan,5\n"
    loaded = load(tmp_path, text, BRITISH)
    assert held(loaded, "flow", "exporter", "importer") == [("export", "GBR", "KGZ"), ("import", "CHN", "GBR")]


def test_numbers_that_are_read_as_the_uns_are_told(tmp_path):
    loaded = load(
        tmp_path, "Reporter,Partner,Flow,HS,Period,Value USD\nKAZ,CHN,3,520100,2024,9\nKAZ,CHN,1,520100,2024,5\n"
    )
    assert held(loaded, "flow", "value_usd") == [("import", 5), ("re-export", 9)]
    assert any("3 and 4 are read as the UN" in f["what"] for f in loaded.faults.to_pylist())


@pytest.mark.parametrize(
    ("printed", "period"),
    [
        ("2024 through February", ""),
        ("through November 2024", ""),
        ("2024 thru Feb", ""),
        ("bis Mai 2024", ""),
        ("по февраль 2024", ""),
        ("2024 through January", "2024-01"),
        ("2024 through March", "2024-Q1"),
        ("2024 through December", "2024"),
        ("February 2024", "2024-02"),
        ("mars 2024", "2024-03"),
    ],
)
def test_months_up_to_one_are_not_that_month(printed, period):
    assert period_of(printed) == period


def test_a_year_to_date_beside_its_month_is_lost_for_its_share_and_not_added(tmp_path):
    rows = ["February 2024,2000000", "2024 through February,14345678"]
    text = "Reporter,Partner,Flow,HS,Period,Value USD\n" + "".join(f"USA,VNM,import,854143,{r}\n" for r in rows)
    loaded = load(tmp_path, text)
    assert held(loaded, "period", "value_usd") == [("2024-02", 2000000)]
    assert loaded.losses.share() == pytest.approx(14345678 / 16345678)


@pytest.mark.parametrize("heading", ["MERCE", "品目コード", "統計品目番号", "Commodity", "HSコード"])
@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (["85414300-Celle fotovoltaiche", "85414200-Celle"], ["85414200", "85414300"]),
        (["8541.43-000", "8541.42-000"], ["854142000", "854143000"]),
        (["85414300", "85414200"], ["85414200", "85414300"]),
    ],
)
def test_codes_of_goods_are_known_under_any_heading(tmp_path, heading, cells, codes):
    rows = "".join(f"Japan,China,Import,{cell},2023,100\n" for cell in cells)
    loaded = load(tmp_path, f"Reporter,Partner,Flow,{heading},Period,Value USD\n{rows}")
    assert [p for (p,) in held(loaded, "product")] == codes


def test_goods_by_fiscal_years_below_a_title_are_in_the_unit_of_the_title(tmp_path):
    text = (
        "Export Import Data Bank\nImport :: Country-wise\nValues in US $ Million\n"
        'S.No.,HSCode,Commodity,2022-2023,2023-2024\n1,5201,COTTON,12.50,10.00\n2,8541,DIODES,"3,210.44","4,100.50"\n'
    )
    loaded = load(tmp_path, text, 'reporter = "IND"\npartner = "CHN"\nflow = "import"')
    assert held(loaded, "product", "period", "value_usd") == [
        ("5201", "2022", 12.5e6),
        ("5201", "2023", 10e6),
        ("8541", "2022", 3210.44e6),
        ("8541", "2023", 4100.5e6),
    ]


def test_a_page_in_another_charset_is_read_once(tmp_path):
    rows = "<tr><th>Reporter<th>Partner<th>Flow<th>HS<th>Period<th>Value USD</tr>"
    rows += "<tr><td>Italy<td>Côte d’Ivoire<td>Import<td>520100<td>2023<td>5</tr>"
    page = f'<html><meta charset="windows-1252"><table>{rows}</table></html>'
    (tmp_path / "flows.xls").write_bytes(page.encode("cp1252"))
    assert held(flow_file.read_flows(tmp_path / "flows.xls"), "exporter", "value_usd") == [("CIV", 5)]
