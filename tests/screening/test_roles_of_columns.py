"""Whose a column is in files of shipments, where several parties stand in a row, and which headings name one."""

from __future__ import annotations

import csv

import pytest

from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.screening.parties.parties import read_parties


def described(path, headings, role):
    """Which parties a column of the role describes: heading of the party -> headings of its columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, [f"Cell {n} Works" for n in range(len(headings))]])
    read = read_parties(path)
    return {c.name: [read.headings[i] for i in getattr(c, role)] for c in read.columns}


def names(path, headings):
    return set(described(path, headings, "fields"))


ORIGINS = ["Country of origin", "COO", "ORIGIN_COUNTRY", "原产国", "Страна происхождения", "Nước xuất xứ", "Menşe ülke"]


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_country_of_origin_is_told_of_who_makes_or_sells(origin, tmp_path):
    head = ["Importer", "Foreign Exporter", "Manufacturer", "Customs Broker", "Carrier", "Notify party", origin]
    told = described(tmp_path / "entries.csv", head, "country")
    assert {name for name, at in told.items() if at} == {"Foreign Exporter", "Manufacturer"}


def test_a_country_of_origin_without_a_seller_may_be_anybodys(tmp_path):
    told = described(tmp_path / "entries.csv", ["Importer", "Consignee", "Country of origin"], "country")
    assert told == {"Importer": ["Country of origin"], "Consignee": ["Country of origin"]}
    alone = described(tmp_path / "vendors.csv", ["Name", "Country of origin"], "country")
    assert alone == {"Name": ["Country of origin"]}


def test_a_country_of_the_sellers_own_goes_before_that_of_the_goods(tmp_path):
    head = ["Shipper", "Shipper country", "Consignee", "Country", "Country of origin"]
    told = described(tmp_path / "entries.csv", head, "country")
    assert told == {"Shipper": ["Shipper country"], "Consignee": ["Country"]}


def test_a_place_of_origin_is_told_of_who_makes_or_sells(tmp_path):
    told = described(tmp_path / "cargo.csv", ["Supplier", "Buyer", "Freight forwarder", "Port of loading"], "places")
    assert told == {"Supplier": ["Port of loading"], "Buyer": [], "Freight forwarder": []}


def test_the_number_of_one_role_is_nobody_elses(tmp_path):
    head = ["Importer Number", "Importer Name", "Foreign Seller Name", "Overseas Maker of Yarn Name"]
    told = described(tmp_path / "entries.csv", head, "key")
    assert [told[h] for h in head[1:]] == [["Importer Number"], [], []]


def test_a_parent_is_met_by_its_subsidiarys_number(tmp_path):
    told = described(tmp_path / "vendors.csv", ["Vendor no", "Vendor name", "Parent company"], "key")
    assert told["Parent company"] == ["Vendor no"]


def test_addresses_of_two_roles_are_each_ones_own(tmp_path):
    head = ["Mã số thuế", "Nhà nhập khẩu", "Địa chỉ", "Tên đối tác", "Địa chỉ đối tác", "Đơn vị tính"]
    path = tmp_path / "declared.csv"
    assert described(path, head, "address") == {"Nhà nhập khẩu": ["Địa chỉ"], "Tên đối tác": ["Địa chỉ đối tác"]}
    assert described(path, head, "identifier") == {"Nhà nhập khẩu": ["Mã số thuế"], "Tên đối tác": []}


def test_a_country_of_trade_is_that_of_who_is_abroad(tmp_path):
    head = ["境外收发货人", "生产销售单位", "申报单位", "贸易国（地区）", "境内货源地"]
    path = tmp_path / "declared.csv"
    assert {n for n, at in described(path, head, "country").items() if at} == {"境外收发货人"}
    assert {n for n, at in described(path, head, "places").items() if at} == {"生产销售单位"}
    assert not any(described(path, head, "address").values())


@pytest.mark.parametrize("heading", ["Partner Function", "Party role", "Party qualifier", "Origin criterion", "ĐVT"])
def test_what_a_party_does_is_no_name_address_or_country(heading, tmp_path):
    head = ["Name 1", "City", heading]
    for role in ("fields", "address", "country"):
        told = described(tmp_path / "partners.csv", head, role)
        assert not any(heading in at for at in told.values())


NAMING = [
    "Unified Shipper",
    "House B/L Shipper",
    "Master Consignee",
    "Ship-to Party",
    "Sold-to Party",
    "Issuing Bank",
    "Applicant",
    "Sold By",
    "Made By",
    "Shipped From",
    "Consolidator",
    "Maker of goods",
    "Producer of the goods",
    "Also Notify",
    "Forwarding Agent",
]


@pytest.mark.parametrize("heading", NAMING)
def test_who_ships_pays_or_makes_is_a_party_under_each_of_its_headings(heading, tmp_path):
    head = ["Bill", "Shipper", "Consignee", heading]
    path = tmp_path / "manifest.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [head, ["1", "Alfa Mills", "Beta Trade", "Gamma Yarn"], ["2", "Delta", "Eta", "Zeta"]]
        )
    assert {"Gamma Yarn", "Zeta"} <= {p.name for p in read_parties(path).each()}


@pytest.mark.parametrize("heading", ["Goods of vendor", "Vendor bank", "Bank", "House B/L", "Ship date", "Maker part"])
def test_what_says_something_else_names_nobody(heading, tmp_path):
    assert heading not in names(tmp_path / "manifest.csv", ["Shipper", "Consignee", heading])


def test_the_number_of_a_bare_name_is_found_beside_other_parties(tmp_path):
    rows = [["4001", "Alfa Mills", "Gamma"], ["4002", "Beta Mills", "Gamma"], ["4007", "Delta Mills", "Gamma"]]
    path = tmp_path / "partners.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Business Partner", "Name 1", "Ship-to Party"], *rows])
    assert [(p.name, p.key) for p in read_parties(path).each() if p.column == "Name 1"] == [(r[1], r[0]) for r in rows]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Location Country", "country"),
        ("LOCATION_COUNTRY", "country"),
        ("Registered office country", "country"),
        ("Postal code country", "country"),
        ("Country of location", "country"),
        ("Sitz Land", "country"),
        ("País del domicilio", "country"),
        ("所在地 国家", "country"),
        ("Location City", "address"),
        ("Location", "address"),
        ("Province/Country", "address"),
        ("Location Postal code", "address"),
        ("Bank Location Country", "other"),
        ("Country tax number", "identifier"),
    ],
)
def test_a_country_under_a_band_of_places_is_a_country(heading, role):
    assert heading_role(heading).role == role
