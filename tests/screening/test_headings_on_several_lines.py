"""Headings that stand in two rows, and say so again on the next page: none of their lines is a party."""

import csv

import pytest

from entrepot.screening.parties.parties import read_parties

# Invented, as JD Edwards prints its address book: the first heading in two lines, the same on each page.
PAGE = """\
R01401                    Tarbagan Company                 11/30/2026 14:02:11
                          Address Book by Name             Page -     {page}

Address   Alpha Name                Sch  City
Number                              Typ
--------  ------------------------  ---  ------------
"""
ROWS = "{a}      Tarbagan Works            V    Zelmira\n{b}      Brodanka LLP              V\n\n"


def test_headings_in_two_lines_over_rules_are_one_and_no_party_on_any_page(tmp_path):
    text = PAGE.format(page=1) + ROWS.format(a=4000, b=4001) + PAGE.format(page=2) + ROWS.format(a=4002, b=4003)
    (tmp_path / "book.txt").write_text(text, "utf-8")
    read = read_parties(tmp_path / "book.txt")
    assert read.headings == ("Address Number", "Alpha Name", "Sch Typ", "City")
    assert [(p.key, p.name, p.address) for p in read.each()] == [
        ("4000", "Tarbagan Works", "Zelmira"),
        ("4001", "Brodanka LLP", None),
        ("4002", "Tarbagan Works", "Zelmira"),
        ("4003", "Brodanka LLP", None),
    ]


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (["Account   Supplier          City    Tax", "Number"], "Account Number|Supplier|City|Tax"),
        (["Vendor                      Postal  Tax", "Number    Vendor Name"], "Vendor Number|Vendor Name|Postal|Tax"),
        (["List of the vendors of a works", "Number    Vendor Name       City    Tax"], "Number|Vendor Name|City|Tax"),
        (["Vendor    Vendor", "No        Name              City    Tax"], "No|Name|City|Tax"),
    ],
)
def test_lines_above_the_last_are_headings_where_a_column_needs_them(lines, headings, tmp_path):
    rules, row = "--------  ----------------  ------  -----", "4000      Tarbagan Works    Almaty  12345"
    (tmp_path / "book.txt").write_text("\n".join([*lines, rules, row, ""]), "utf-8")
    read = read_parties(tmp_path / "book.txt")
    assert "|".join(read.headings) == headings
    assert [p.name for p in read.each()][-1:] == ["Tarbagan Works"]


def names(folder, *rows):
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return [(p.name, p.address) for p in read_parties(path).each()]


GROUPS = ["客商基本信息", "", "", "地址信息", ""]
HEADS = ["序号", "客商编码", "客商名称", "省份", "详细地址"]


def test_a_pair_of_rows_of_headings_that_comes_again_is_no_party(tmp_path):
    one, two = ["1", "G1", "甲公司", "江苏省", "某某路1号"], ["2", "G2", "乙公司", "", "某某路2号"]
    found = names(tmp_path, GROUPS, HEADS, one, GROUPS, HEADS, two)
    assert found == [("甲公司", "江苏省, 某某路1号"), ("乙公司", "某某路2号")]


@pytest.mark.parametrize("row", [["Vendor", "Zelmira"], ["Address Works", ""], ["Name", "Zelmira"]])
def test_a_party_that_is_called_as_a_piece_of_its_heading_stays_one(row, tmp_path):
    found = names(tmp_path, ["Vendor Name", "Vendor Address"], ["Tarbagan Works", "Almaty"], row)
    assert found[1:] == [(row[0], row[1] or None)]


@pytest.mark.parametrize(
    "group",
    ["Supplier Profile", "Vendor Master Data", "General Data", "Company Profile", "Basic Data", "Supplier Data"],
)
def test_a_band_that_says_whose_data_stands_below_it_hides_no_other_name_and_no_number(group, tmp_path):
    over = [group, "", "", "Address", "", "Contact", ""]
    under = ["Supplier Number*", "Supplier Name*", "Alternate Name", "Address Line 1", "Country", "First Name", "Email"]
    row = ["101", "Tarbagan Works", "Brodanka LLP", "1 Mill Rd", "DE", "Ann", "a@b.example"]
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([over, under, row, ["102", "Zelmira Oy", "", "2 Mill Rd", "FI", "", ""]])
    first, second = read_parties(tmp_path / "list.csv").each()
    assert (first.key, first.name, first.other_names, first.country) == (
        "101",
        "Tarbagan Works",
        ("Brodanka LLP",),
        "DE",
    )
    assert (second.key, second.name, second.other_names) == ("102", "Zelmira Oy", ())


@pytest.mark.parametrize("heading", ["Risk Profile", "Profile Name", "Data Owner"])
def test_a_profile_of_another_thing_is_no_name(heading, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(f"Vendor Name,{heading}\nTarbagan Works,Brodanka LLP\n", "utf-8")
    assert [p.name for p in read_parties(path).each()] == ["Tarbagan Works"]


def test_sap_headings_in_chinese_say_country_and_number(tmp_path):
    path = tmp_path / "bp.csv"
    path.write_text(
        "业务伙伴编号,组织名称 1,国家/地区代码\n1000017,Tarbagan Works,KZ\n1000018,Zelmira Oy,FI\n", "utf-8"
    )
    assert [(p.key, p.name, p.country) for p in read_parties(path).each()] == [
        ("1000017", "Tarbagan Works", "KZ"),
        ("1000018", "Zelmira Oy", "FI"),
    ]


# Invented, as desks of brands keep their tiers: groups of columns, the same headings under each, some nobody knows.
TIERS = [
    (
        ("Supplier", "", "", "Buyer", "", "Goods", "", "Document"),
        ("Name", "Address", "Country", "Name", "Country", "Description", "Lot", "No."),
        ("Green Gin", "Aksu", "CN", "Red Mill", "CN", "Lint", "L1", "INV1"),
        {"Green Gin": ("Aksu", "CN"), "Red Mill": (None, "CN")},
    ),
    (
        ("Line", "Factory", "", "", "Subcontractor", "", ""),
        ("", "Name", "Address", "Process", "Name", "Address", "Process"),
        ("1", "Red Mill", "Xiantao", "Weaving", "Green Dyer", "Korla", "Dyeing"),
        {"Red Mill": ("Xiantao", None), "Green Dyer": ("Korla", None)},
    ),
    (
        ("Line", "Factory", "", "", "Subcontractor", "", ""),
        ("Line", "Name", "Address", "Process", "Name", "Address", "Process"),  # merged over both rows
        ("1", "Red Mill", "Xiantao", "Weaving", "Green Dyer", "Korla", "Dyeing"),
        {"Red Mill": ("Xiantao", None), "Green Dyer": ("Korla", None)},
    ),
]


@pytest.mark.parametrize(("over", "under", "row", "parties"), TIERS)
def test_headings_under_groups_are_headings_though_they_stand_twice_and_some_are_unknown(
    over, under, row, parties, tmp_path
):
    with (tmp_path / "tiers.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([over, under, *[row] * 5])
    found = list(read_parties(tmp_path / "tiers.csv").each())
    assert {p.name: (p.address, p.country) for p in found} == parties
    assert len(found) == len(parties) * 5


def test_a_row_of_firms_under_groups_is_no_row_of_headings(tmp_path):
    rows = [("Supplier", "", "Buyer", ""), ("Sole Trade", "Green Mill", "Sole Trade", "Red Mill")]
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*rows, *rows[1:]])
    assert {p.name for p in read_parties(tmp_path / "list.csv").each()} == {"Sole Trade"}
