"""Headings of lines of an address, of sites and warehouses, and of JD Edwards' number of a vendor."""

import csv

import pytest

from entrepot.screening.parties.parties import read_parties


def read(folder, headings, *rows):
    path = folder / "vendors.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return read_parties(path)


@pytest.mark.parametrize(
    "head",
    [
        ["Line 1", "Line 2", "Region Code"],
        ["Line1*", "Line2", "Region code"],
        ["Line1", "Line2", "Line3"],
        ["LINE 1", "LINE 4", "REGION_CODE"],
        ["*Line 1", "Line 5", "City"],
    ],
)
def test_lines_of_an_address_and_the_code_of_a_region_are_its_address(head, tmp_path):
    (party,) = read(tmp_path, ["Vendor Name", *head], ["Tarbagan Works", "12 Quay Road", "Hall B", "Zelmira"]).each()
    assert (party.name, party.address) == ("Tarbagan Works", "12 Quay Road, Hall B, Zelmira")


@pytest.mark.parametrize("head", ["Line", "Line No", "Line Number", "Line 1 amount", "Line 12", "Area Code"])
def test_numbers_of_lines_are_no_address(head, tmp_path):
    (party,) = read(tmp_path, ["Vendor Name", head, "City"], ["Tarbagan Works", "17", "Zelmira"]).each()
    assert party.address == "Zelmira"


@pytest.mark.parametrize(
    "head", ["地点名称", "场所名称", "仓库名称", "库位名称", "站点名称", "(地点信息)地点名称", "倉庫名"]
)
def test_the_name_of_a_site_is_no_second_party(head, tmp_path):
    rows = [["甲公司", "某某路39号", ""], ["乙公司", "某某路40号", "仓库"]]
    found = read(tmp_path, ["供应商名称", "地址", head], *rows)
    assert [p.name for p in found.each()] == ["甲公司", "乙公司"]
    assert [p.address.split(",")[0] for p in found.each()] == ["某某路39号", "某某路40号"]
    assert all("address" not in p.shared for p in found.each())


@pytest.mark.parametrize(
    "head",
    [
        *("Nom du site", "Nombre del sitio", "Название площадки", "Nome do local", "Nome sito"),
        *("Depo adı", "Nazwa magazynu", "Nom de l'entrepôt", "Название склада", "Tên kho"),
    ],
)
def test_nor_is_it_in_other_languages(head, tmp_path):
    found = read(tmp_path, ["Supplier", "Address", head], ["Tarbagan Works", "12 Quay Road", "Hall B"])
    assert [(p.name, p.address) for p in found.each()] == [("Tarbagan Works", "12 Quay Road")]


@pytest.mark.parametrize("head", ["公司名称", "供货商名称", "工厂名称", "单位名称", "发货人名称"])
def test_the_name_of_a_firm_stays_one(head, tmp_path):
    (party,) = read(tmp_path, [head, "地址"], ["甲公司", "某某路39号"]).each()
    assert (party.name, party.address) == ("甲公司", "某某路39号")


@pytest.mark.parametrize("head", ["签订地点", "交货地点", "出生地点"])
def test_where_something_else_happens_is_no_address_of_the_party(head, tmp_path):
    (party,) = read(tmp_path, ["供应商名称", "地址", head], ["甲公司", "某某路39号", "别处"]).each()
    assert party.address == "某某路39号"


def test_the_address_number_of_an_address_book_is_ones_own_number(tmp_path):
    rows = [["4001", "Tarbagan Works", "Zelmira"], ["4002", "Brodanka LLP", "Almaty"]]
    for head in ("Address Number", "ADDRESS_NUMBER", "AddressNumber"):
        found = read(tmp_path, [head, "Alpha Name", "City"], *rows)
        assert [(p.key, p.name, p.address) for p in found.each()] == [tuple(row) for row in rows]
    beside = read(tmp_path, ["Vendor No", "Name", "Address Number"], ["V1", "Tarbagan Works", "17"])
    assert [p.key for p in beside.each()] == ["V1"]  # a vendor's number goes before it
