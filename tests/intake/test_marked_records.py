"""Records of several kinds in one file, each line begun with its kind, as QuickBooks exports lists (IIF)."""

import pytest

from entrepot.desk.desk import Desk
from entrepot.intake.open_table import opened

LISTED = "Xinjiang Zhongtai Chemical Co., Ltd."
VENDORS = (
    "!HDR\tPROD\tVER\nHDR\tQuickBooks Pro\tVersion 30.0\n"
    "!CUST\tNAME\tBADDR1\nCUST\tExample Shop\tNewark\nCUST\tOther Shop\tNewark\nCUST\tThird Shop\tNewark\n"
    "!VEND\tNAME\tADDR1\tADDR2\tCONT1\tCOMPANYNAME\n"
    "VEND\tAlfa Mills Ltd\t12 Mill Rd\tFaisalabad\tAli Khan\tAlfa Mills Ltd\n"
    f"VEND\tZhongtai\t1 Xinshi\tUrumqi\tLi Wei\t{LISTED}\n"
)
ONLY = "!HDR\tPROD\nHDR\tQuickBooks\n" + VENDORS[VENDORS.index("!VEND") :]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_vendors_are_read_from_their_own_lines_and_the_others_are_counted(tmp_path, ending, encoding):
    file = tmp_path / "vendors.iif"
    file.write_bytes(ONLY.replace("\n", ending).encode(encoding))
    found = Desk(tmp_path / "store").screen(file, lists=["uflpa"])
    assert any("Records of VEND are read: 2. Not read are those of other kinds, HDR: 1." in n for n in found.notes)
    assert any("2 with a party, 0 without one" in n for n in found.notes)
    listed = [r for r in found.table.to_pylist() if r["kind"] != "region"]
    assert {r["row"] for r in listed} == {5}  # the line of the file
    assert not any("Li Wei" in (r["party"] or "") for r in listed)


def test_where_nobody_says_what_is_wanted_most_records_decide(tmp_path):
    file = tmp_path / "lists.iif"
    file.write_text(VENDORS, encoding="utf-8")
    table = opened(file)
    assert [r for r in table.rows() if any(r)] == [[f"{w} Shop", "Newark"] for w in ("Example", "Other", "Third")]
    assert "HDR: 1, VEND: 2" in table.notes[0]


def test_a_mark_before_a_heading_alone_is_no_kind_of_record(tmp_path):
    file = tmp_path / "table.tsv"
    file.write_text("!Supplier\tCountry\nAlfa Mills Ltd\tPakistan\n", encoding="utf-8")
    assert [*opened(file).rows()] == [["Alfa Mills Ltd", "Pakistan"]]


def test_a_page_under_the_name_of_a_workbook_is_screened_though_its_bytes_are_none_of_a_table(tmp_path):
    """The hash was that of the tables taken out of the page, so every such file was said to have changed meanwhile."""
    rows = "".join(f"<tr><td>{n}</td><td>{c}</td></tr>" for n, c in (("Alfa Mills Ltd", "Pakistan"), (LISTED, "China")))
    file = tmp_path / "vendors.xls"
    file.write_text(f"<html><table><tr><th>Supplier</th><th>Country</th></tr>{rows}</table></html>", encoding="utf-8")
    found = Desk(tmp_path / "store").screen(file, lists=["uflpa"])
    assert [r["row"] for r in found.table.to_pylist() if r["kind"] != "region"] == [3]
