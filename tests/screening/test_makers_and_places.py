"""Columns of those who make, of where goods come from, and of what bears a word for a party and is none."""

from __future__ import annotations

import csv

import pytest

from entrepot.desk.desk import Desk
from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.screening.parties.parties import read_parties


def written(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def names(path):
    return {p.name for p in read_parties(path).each()}


MAKERS = [
    "Spinner",
    "Ginner",
    "Cotton farm",
    "Weaver",
    "Knitter",
    "Dyehouse",
    "Smelter",
    "Refiner",
    "Processor",
    "轧花厂",
]
MADE_OF = ["Actual manufacturer", "Ingot manufacturer", "Wafer maker", "Polysilicon producer", "Anode producer"]


@pytest.mark.parametrize("heading", [*MAKERS, *MADE_OF, "Facility", "Production facility"])
def test_who_makes_is_a_party_beside_the_vendor_and_the_manufacturer(tmp_path, heading):
    path = written(
        tmp_path / "chain.csv",
        ["Order", "Vendor", "Manufacturer", heading],
        ["1", "Alfa Trade", "Beta Works", "Gamma Cotton"],
        ["2", "Alfa Trade", "Beta Works", "Delta Yarn"],
    )
    assert names(path) == {"Alfa Trade", "Beta Works", "Gamma Cotton", "Delta Yarn"}


@pytest.mark.parametrize(
    "heading", ["Vendor hold", "Vendor tier", "Manufacturer status", "Facility type", "House BL", "Login"]
)
def test_what_says_something_of_a_party_names_none(tmp_path, heading):
    path = written(
        tmp_path / "list.csv",
        ["Vendor", "Manufacturer", heading],
        ["Alfa Trade", "Beta Works", "Second"],
        ["Gamma Trade", "Delta Works", "First"],
    )
    read = read_parties(path)
    assert names(path) == {"Alfa Trade", "Beta Works", "Gamma Trade", "Delta Works"}
    assert heading in read.unread


@pytest.mark.parametrize(
    "heading", ["Vendor part", "Supplier item", "Vendor part number", "Manufacturer article", "Supplier product code"]
)
def test_what_is_the_vendors_is_no_vendor_and_no_number_of_it(tmp_path, heading):
    path = written(
        tmp_path / "list.csv",
        [heading, "Vendor"],
        ["AX-1", "Alfa Trade"],
        ["AX-2", "Beta Trade"],
        ["AX-3", "Gamma Trade"],
    )
    found = list(read_parties(path).each())
    assert [(p.name, p.key) for p in found] == [("Alfa Trade", None), ("Beta Trade", None), ("Gamma Trade", None)]


def test_the_vendor_of_goods_is_a_party():
    assert heading_role("Product supplier").role == "party"
    assert heading_role("Part manufacturer").role == "party"


def test_a_unit_beside_a_quantity_is_none_of_the_parties(tmp_path):
    goods = written(tmp_path / "goods.csv", ["供应商", "品名", "数量", "单位"], ["甲乙纺织", "棉纱", "20", "千克"])
    assert names(goods) == {"甲乙纺织"}
    firms = written(tmp_path / "firms.csv", ["单位", "地址"], ["甲乙纺织厂", "上海"])
    assert names(firms) == {"甲乙纺织厂"}


def test_a_bare_name_in_the_structure_of_an_article_is_a_parts(tmp_path):
    rows = [["1", "77-1", "Bolt", "Alfa Works"], ["2", "77-2", "Spring", "Beta Works"]]
    path = written(tmp_path / "bom.csv", ["BOM level", "Number", "Name", "Manufacturer"], *rows)
    assert names(path) == {"Alfa Works", "Beta Works"}
    plain = written(tmp_path / "list.csv", ["Number", "Name", "Country"], *[r[1:] for r in rows])
    assert names(plain) == {"Bolt", "Spring"}


def test_balances_that_are_carried_are_nobody(tmp_path):
    rows = [["Alfa Mills", "10"], ["Carried Over", "10"], ["Brought Forward", "10"], ["Beta Mills", "4"]]
    path = written(tmp_path / "register.csv", ["Particulars", "Amount"], *rows)
    assert names(path) == {"Alfa Mills", "Beta Mills"}


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["Site address"], ["Shihezi, Xinjiang"]),
        (["Site address line 1", "Site address line 2"], ["Road 4", "Shihezi, Xinjiang"]),
        (["Production site address"], ["Shihezi, Xinjiang"]),
        (["Payment address 1", "Payment city", "Payment country"], ["Road 4", "Shihezi", "China"]),
        (["Addr 1 - Line 1", " - Line 2", " - City"], ["Road 4", "Mill Yard", "Shihezi"]),
        (["境内货源地"], ["石河子"]),
        (["Port of loading"], ["Urumqi"]),
        (["Port of loading", "Address"], ["Urumqi", "Road 4, Leeds"]),
        (["Порт погрузки"], ["Урумчи"]),
    ],
)
def test_a_place_under_any_of_its_headings_is_looked_at(tmp_path, headings, cells):
    path = written(tmp_path / "sites.csv", ["Supplier", *headings], ["Alfa Mills", *cells])
    found = Desk(tmp_path / "store").screen(path, lists=["uflpa"]).table.to_pylist()
    assert {(r["party"], r["kind"]) for r in found} == {("Alfa Mills", "region")}


def test_where_goods_were_loaded_makes_who_ships_them_possible_and_a_port_elsewhere_nothing(tmp_path):
    head = ["Shipper", "Shipper address", "Consignee", "Port of loading"]
    rows = [
        ["Alfa Mills", "Road 4, Leeds", "Beta Trade", "Urumqi"],
        ["Gamma Mills", "Hetian, Xinjiang", "Delta Trade", "Shanghai"],
        ["Epsilon Mills", "Shihezi, Xinjiang", "Zeta Trade", "Urumqi"],
    ]
    path = written(tmp_path / "shipments.csv", head, *rows)
    rows = Desk(tmp_path / "store").screen(path, lists=["uflpa"]).table.to_pylist()
    found = {(r["party"], r["strength"]) for r in rows if r["kind"] == "region"}
    assert found == {
        ("Alfa Mills", "possible"),
        ("Gamma Mills", "certain"),
        ("Epsilon Mills", "certain"),
    }


def test_ultimates_are_parties_of_their_own_and_no_other_names(tmp_path):
    head = ["DUNS", "Business Name", "Domestic Ultimate Business Name", "Global Ultimate Business Name"]
    path = written(tmp_path / "match.csv", head, ["1", "Alfa LLC", "Beta Holding", "Gamma Group"])
    found = list(read_parties(path).each())
    assert [(p.column, p.name) for p in found] == list(
        zip(head[1:], ["Alfa LLC", "Beta Holding", "Gamma Group"], strict=True)
    )
    assert all(not p.other_names for p in found)


def test_numbers_of_partners_beside_their_descriptions_name_nobody(tmp_path):
    head = ["Bus. Partner", "Description of Partner", "Ctry/Reg."]
    path = written(tmp_path / "bp.csv", head, ["0000300001", "Alfa Mills", "PT"], ["0000300002", "Beta Mills", "TR"])
    assert [(p.name, p.key) for p in read_parties(path).each()] == [
        ("Alfa Mills", "0000300001"),
        ("Beta Mills", "0000300002"),
    ]


@pytest.mark.parametrize("star", ["*", ""])
def test_a_template_that_asks_for_the_contacts_name_names_its_parties_so(tmp_path, star):
    head = [f"{star}ContactName", "EmailAddress", "FirstName", "LastName", "POCity"]
    path = written(
        tmp_path / "contacts.csv", head, ["Alfa Yarn", "", "Ann", "Lee", "Porto"], ["Beta Yarn", "", "Bo", "Ek", "Oslo"]
    )
    found = {p.name for p in read_parties(path).each()}
    assert (found == {"Alfa Yarn", "Beta Yarn"}) == bool(star)
