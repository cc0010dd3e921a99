"""Lines above a list that set something - a label and its value, a title with a day - are not its headings."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from entrepot.core.errors import UnreadableFileError
from entrepot.screening.parties.parties import read_parties

LIST = [
    ["Code", "Supplier name", "Town", "Country"],
    ["C1", "Alfa Mills", "Porto", "PT"],
    ["C2", "Beta Mills", "Izmir", "TR"],
]
NAMES = ["Alfa Mills", "Beta Mills"]
ABOVE = [
    [["Vendor:", "(All)"]],
    [["Vendors by name"], ["Vendor From:"], ["Vendor To:", "ZZZ"]],
    [["Supplier", "All"]],
    [["Report", "Suppliers"], ["Company:", "Gamma Trading Ltd"], []],
    [["Date:", "2026-05-04", "", "Page: 1"], ["Supplier from", ""], ["Supplier to", "999"], []],
    [["Fornecedor:", "Todos"], ["Moeda:", "EUR"]],
    [["供应商：", "全部"]],
]


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_stands_below_decides_which_row_is_the_headings(tmp_path, above, ending):
    path = tmp_path / f"list.{ending}"
    rows = [*above, *LIST]
    if ending == "csv":
        width = len(LIST[0])
        path.write_text("\n".join(",".join([*r, *[""] * (width - len(r))]) for r in rows) + "\n", encoding="utf-8")
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    read = read_parties(path)
    assert [p.name for p in read.each()] == NAMES
    assert any(f"The headings stand in row {len(above) + 1}." in n for n in read.notes)


def test_lines_of_fewer_cells_above_are_no_fault_of_quotes(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Vendors\nVendor from:,A\nVendor to:,Z\n\nNo,Vendor,Town\n1,Alfa Mills,Porto\n", encoding="utf-8")
    assert [p.name for p in read_parties(path).each()] == ["Alfa Mills"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Supplier:", "Country:"], ["Alfa Mills", "PT"], ["Beta Mills", "TR"]],
        [["Supplier", "Country"], ["Alfa Mills", "PT"], ["Beta Mills", "TR"]],
        [["Supplier:"], ["Alfa Mills"], ["Beta Mills"]],
    ],
)
def test_headings_of_one_or_two_columns_stay_the_headings(tmp_path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert "Alfa Mills" in {(p.name or "").removesuffix(" Ltd") for p in read_parties(tmp_path / "list.xlsx").each()}


def test_merged_headings_over_groups_are_no_setting(tmp_path):
    book = Workbook()
    for row in (
        ["Supplier", None, "Buyer", None],
        ["Name", "Country", "Name", "Country"],
        ["Alfa Mills", "PT", "Beta", "TR"],
    ):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    assert [p.name for p in read_parties(tmp_path / "list.xlsx").each()] == ["Alfa Mills", "Beta"]


PRINTED = [
    "vdlist01.p                     4.7.2 Supplier List                Date: 05/04/26",
    "Page:   1                           Plant 10                      Time: 09:00:00",
    "",
    "Supplier Sort Name              City            Country",
    "-------- ---------------------- --------------- -------",
    "10-100   Alfa Mills             Porto           PRT",
    "10-200   Beta Textile and Twine Izmir           TUR",
    "10-300   Gamma Mills            Lyon            FRA",
    "",
]


@pytest.mark.parametrize("end", [[], ["End of Report"], ["                    *** End of List ***"]])
def test_rules_under_the_headings_say_where_columns_stand(tmp_path, end):
    path = tmp_path / "list.txt"
    path.write_text("\n".join([*PRINTED, *end]) + "\n", encoding="utf-8")
    read = read_parties(path)
    assert [(p.name, p.address, p.key) for p in read.each()] == [
        ("Alfa Mills", "Porto", "10-100"),
        ("Beta Textile and Twine", "Izmir", "10-200"),
        ("Gamma Mills", "Lyon", "10-300"),
    ]


def test_a_printed_title_with_a_day_is_not_the_headings_where_there_are_no_rules(tmp_path):
    lines = [line.replace("Supplier Sort Name ", "Supplier  Name     ") for line in PRINTED if "----" not in line]
    path = tmp_path / "list.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert [p.name for p in read_parties(path).each()] == ["Alfa Mills", "Beta Textile and Twine", "Gamma Mills"]


def test_a_line_that_ends_the_report_is_nobody(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Supplier,Country\nAlfa Mills,PT\nEnd of the Line Ltd,GB\nEnd of report,\n", encoding="utf-8")
    read = read_parties(path)
    assert [p.name for p in read.each()] == ["Alfa Mills", "End of the Line Ltd"]
    assert any("1 is the end of the report" in n for n in read.notes)


SETTINGS = [["Company code", "1000"], ["Currency", "EUR"], ["Plant", "1000"], ["User", "X"], ["Status", "active"]] * 3


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "first", [["Supplier"], ["Vendor:", "all"], ["Vendor:"], ["List 7"], ["Gamma Trading Ltd"], ["供应商"]]
)
@pytest.mark.parametrize("many", [10, 15])
def test_headings_far_below_a_title_are_those_of_the_wider_table(tmp_path, first, many, ending):
    path = tmp_path / f"list.{ending}"
    rows = [first, *SETTINGS[:many], [], *LIST]
    if ending == "csv":
        path.write_text("\n".join(",".join([*r, *[""] * (4 - len(r))]) for r in rows) + "\n", encoding="utf-8")
    else:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    assert [p.name for p in read_parties(path).each()] == NAMES


@pytest.mark.parametrize("above", [["Supplier"], ["Supplier", "Town"], ["Supplier", "Town", "Country"]])
def test_headings_far_below_a_list_of_firms_are_of_a_second_table(tmp_path, above):
    path = tmp_path / "list.csv"
    firms = [[f"Alfa {n} Mills Ltd", "Porto", "PT"][: len(above)] for n in range(12)]
    path.write_text(
        "\n".join(",".join([*r, *[""] * (4 - len(r))]) for r in [above, *firms, *LIST]) + "\n", encoding="utf-8"
    )
    with pytest.raises(UnreadableFileError, match="line 14: a second table with other headings begins here"):
        list(read_parties(path).each())


def test_named_headings_are_found_among_forty_rows(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("\n".join(["x,y"] * 30 + ["Zulieferung an,Land", "Alfa Mills,PT"]) + "\n", encoding="utf-8")
    assert [p.name for p in read_parties(path, ("Zulieferung an",)).each()] == ["Alfa Mills"]
