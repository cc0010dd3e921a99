"""Workbooks that are one XML file, as NetSuite and BusinessObjects write them under .xls: each cell in its place."""

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.desk.desk import Desk
from entrepot.intake.open_table import opened
from entrepot.trade.loading import flow_file

HEAD = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
)


def cell(value, kind="String", **said):
    attributes = "".join(f' ss:{k}="{v}"' for k, v in said.items())
    return f'<Cell{attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def book(*sheets):
    return (
        HEAD
        + "".join(f'<Worksheet ss:Name="{n}"><Table>{rows}</Table>{more}</Worksheet>' for n, rows, more in sheets)
        + "</Workbook>"
    )


VENDORS = book(
    ("Vendors", "".join((
        f"<Row>{cell('Vendor list', MergeAcross=2)}</Row>",
        f"<Row ss:Index='3'>{cell('ID')}{cell('Name')}{cell('City')}{cell('Country')}</Row>",
        f"<Row>{cell(1, 'Number')}{cell('Xinjiang Zhongtai Chemical Co., Ltd.')}{cell('China', Index=4)}</Row>",
        f"<Row>{cell(2, 'Number')}{cell('Alfa Mills Ltd', MergeDown=1)}{cell('Lahore')}{cell('Pakistan')}</Row>",
        f"<Row>{cell(3, 'Number')}{cell('Multan', Index=3)}{cell('Pakistan')}</Row>",
    )), ""),
    ("Notes", f"<Row>{cell('as of today')}</Row>", ""),
)  # fmt: skip


@pytest.mark.parametrize("name", ["vendors.xls", "vendors.xml", "vendors"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_parties_of_a_workbook_in_xml_are_read_each_cell_in_its_column(tmp_path, name, encoding):
    file = tmp_path / name
    file.write_bytes(VENDORS.encode(encoding))
    found = Desk(tmp_path / "store").screen(file, lists=["uflpa"])
    assert any("rows in the file: 3 with a party, 0 without one" in n for n in found.notes)
    assert any("Parties are read from Name, address City, country Country." in n for n in found.notes)
    assert any("not read: 'Notes'" in n for n in found.notes)
    (listed,) = [r for r in found.table.to_pylist() if r["kind"] != "region"]
    assert (listed["party"], listed["row"]) == ("Xinjiang Zhongtai Chemical Co., Ltd.", 4)


def test_flows_of_a_workbook_in_xml_keep_their_figures(tmp_path):
    names = ("Reporter", "Partner", "Flow", "HS code", "Period", "Value USD")
    figures = (("KAZ", "CHN", "Export", "520100", "2024", 1234.5), ("KAZ", "PAK", "Export", "520100", "2024", 1500))
    rows = ["".join(map(cell, names)), *("".join([*map(cell, r[:-1]), cell(r[-1], "Number")]) for r in figures)]
    file = tmp_path / "flows.xls"
    file.write_text(book(("Data", "".join(f"<Row>{r}</Row>" for r in rows), "")), encoding="utf-8")
    loaded = flow_file.read_flows(file)
    assert sum(f["value_usd"] for f in loaded.table.to_pylist()) == 2734.5


def test_a_hidden_sheet_is_not_taken_for_the_first(tmp_path):
    shown = f"<Row>{cell('Supplier')}</Row><Row>{cell('Alfa Mills Ltd')}</Row>"
    hidden = "<x:WorksheetOptions xmlns:x='urn:x'><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    file = tmp_path / "book.xls"
    file.write_text(book(("A", shown.replace("Alfa", "Old"), hidden), ("B", shown, "")), encoding="utf-8")
    assert [*opened(file).rows()] == [["Alfa Mills Ltd"]]


@pytest.mark.parametrize(
    "text",
    [
        VENDORS.replace("</Workbook>", ""),
        VENDORS.replace("<?mso", '<!DOCTYPE Workbook [<!ENTITY a "b">]><?mso'),
        VENDORS.replace('Index="4"', 'Index="400000"'),
        VENDORS.replace("Index='3'", "Index='4000000000'"),
    ],
    ids=["cut off", "a document type", "a column too far", "a row too far"],
)
def test_what_is_no_workbook_in_xml_is_refused_with_what_to_do(tmp_path, text):
    file = tmp_path / "vendors.xls"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"Save it again as \.xlsx") as refused:
        [*opened(file).rows()]
    assert "not a workbook" in str(refused.value)
