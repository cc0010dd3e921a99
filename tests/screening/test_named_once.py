"""A party that is printed once above the rows of its sites: each of them is its own, and is told with its name."""

import csv

import pytest

from entrepot.screening.parties.parties import read_parties

HEAD = ["Supplier Number", "Supplier Name", "Alternate Name", "Site", "Address Line 1", "City", "Country"]
SITES = [
    ["0001", "Tarbagan Foods Ltd", "Tarbagan", "MAIN", "1 Quay Road", "Hamburg", "DE"],
    ["", "", "", "PLANT-2", "88 Nanjing Road", "Urumqi", "CN"],
    ["", "", "", "PLANT-3", "3 Mill Lane", "Shihezi", "CN"],
    ["0002", "Harrow Yarns GmbH", "", "MAIN", "2 Quay Road", "Leeds", "GB"],
    ["", "", "", "DEPOT", "4 Mill Lane", "Leeds", "GB"],
]


def read(folder, rows, head=HEAD):
    path = folder / "vendors.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return read_parties(path)


def test_rows_of_sites_are_of_the_party_above_them(tmp_path):
    found = read(tmp_path, SITES)
    assert [(p.row, p.key, p.name) for p in found.each()] == [
        (2, "0001", "Tarbagan Foods Ltd"),
        (3, "0001", "Tarbagan Foods Ltd"),
        (4, "0001", "Tarbagan Foods Ltd"),
        (5, "0002", "Harrow Yarns GmbH"),
        (6, "0002", "Harrow Yarns GmbH"),
    ]
    assert [p.address for p in found.each()][1] == "88 Nanjing Road, Urumqi"
    assert (found.nameless, found.unnamed) == (0, 0)
    assert any("rows 3, 4, 6" in note for note in found.notes)


def test_the_name_may_stand_before_the_number(tmp_path):
    found = read(tmp_path, [[r[1], r[0], *r[2:]] for r in SITES], [HEAD[1], HEAD[0], *HEAD[2:]])
    assert [p.name for p in found.each()][1:3] == ["Tarbagan Foods Ltd"] * 2


def test_a_row_that_lost_its_name_alone_is_of_nobody(tmp_path):
    """Its number says that it is a party of its own."""
    rows = [SITES[0], ["0007", "", "", *SITES[1][3:]], ["0008", "", "", *SITES[2][3:]], SITES[3]]
    assert [(p.key, p.name) for p in read(tmp_path, rows).each()][1:3] == [("0007", None), ("0008", None)]


def test_in_a_table_that_prints_each_party_a_blank_is_a_blank(tmp_path):
    rows = [*SITES, SITES[3], SITES[3]]
    assert [p.name for p in read(tmp_path, rows).each()][1:3] == [None, None]


@pytest.mark.parametrize("cells", [["", "", "", "", "Total", "", ""], ["", "", "", "", "", "", ""]])
def test_a_total_and_a_blank_row_are_no_sites(tmp_path, cells):
    found = read(tmp_path, [SITES[0], cells, SITES[3], cells])
    assert [p.name for p in found.each()] == ["Tarbagan Foods Ltd", "Harrow Yarns GmbH"]


def test_of_two_parties_a_row_with_addresses_nobody_is_filled(tmp_path):
    """A shipper that is not told is not the one of the shipment above."""
    head = ["Shipper No", "Shipper", "Shipper Address", "Consignee No", "Consignee", "Consignee Address"]
    sent = [["1", "Tarbagan Ltd", "Hamburg", "9", "Harrow GmbH", "Leeds"], ["", "", "Urumqi", "9", "Zeil AB", "Boras"]]
    found = read(tmp_path, [*sent, sent[1]], head)
    assert [p.name for p in found.each() if p.column == "Shipper"] == ["Tarbagan Ltd", None, None]
