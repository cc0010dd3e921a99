"""Vendor files whose headings are names of fields: contacts, words in one piece, a name in two columns.

Headings are those of the systems' exports (contacts of Xero, the entity VendorsV2 of Dynamics 365, a saved search of
NetSuite, declarations of Kazakhstan as data vendors sell them); parties but the listed one are invented.
"""

from __future__ import annotations

import csv

import pytest

from entrepot.desk.screen import screen
from entrepot.screening.parties.headings.heading_role import heading_role, heading_roles
from entrepot.screening.parties.parties import read_parties

LISTED = "Xinjiang Zhongtai Chemical Co., Ltd."  # on the UFLPA Entity List since 2023-06-12


def written(folder, headings, *rows):
    """A file with the headings; each row gives the cells of some of them."""
    path, headings = folder / "v.csv", headings.split("|")
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([headings, *([row.get(h, "") for h in headings] for row in rows)])
    return path


def columns(path):
    """Of each party: its other names, address, country, number and key, by their headings."""
    read = read_parties(path)
    roles = ("address", "country", "identifier", "key")
    said = {c.name: {r: [read.headings[i] for i in getattr(c, r)] for r in roles} for c in read.columns}
    for c in read.columns:
        said[c.name]["others"] = [read.headings[i] for other in c.others for i in other]
    return said


def listed(path):
    """The rows in which the listed party is met, under the name that is shown."""
    found = screen(path, lists=("uflpa",)).table.to_pylist()
    return {(m["row"], m["party"]) for m in found if m["listed_name"] == LISTED}


XERO = (
    "*ContactName|AccountNumber|EmailAddress|FirstName|LastName|POAttentionTo|POAddressLine1|POCity|PORegion|POCountry|"
    "SkypeName|BankAccountName|TaxNumber|TrackingName1|SalesTrackingOption1|TrackingName2"
)


@pytest.mark.parametrize("skype", [0, 1, 4])
def test_contacts_of_xero_are_the_suppliers_whoever_has_a_name_elsewhere(tmp_path, skype):
    firms = [LISTED, "Harrow Ltd", "Torvik AS", "Nordhavn Textil A/S", "Bolzano Metalli S.r.l.", "Kestrel LLC"]
    rows = [{"*ContactName": f, "POCity": "Leeds", "FirstName": "Jane" if n % 2 else ""} for n, f in enumerate(firms)]
    for row in rows[:skype]:
        row["SkypeName"] = "jane.poe"
    path = written(tmp_path, XERO, *rows)
    said = columns(path)
    assert said["*ContactName"]["address"] == ["POAddressLine1", "POCity", "PORegion"]
    assert said["*ContactName"]["others"] == ["FirstName", "LastName"]
    assert listed(path) == {(2, LISTED)}


def test_a_contact_beside_the_name_of_a_company_is_no_party(tmp_path):
    rows = [{"Company": f"Harrow {n} Ltd", "Contact name": "Jane Poe", "City": "Leeds"} for n in range(4)]
    assert list(columns(written(tmp_path, "Company|Contact name|City", *rows))) == ["Company"]


ENTITY = (
    "VENDORACCOUNTNUMBER|ADDRESSCITY|ADDRESSCOUNTRYREGIONISOCODE|ADDRESSSTREET|BUYERGROUPID|DUNSNUMBER|"
    "FORMATTEDPRIMARYADDRESS|ONHOLDSTATUS|PERSONFIRSTNAME|PERSONLASTNAME|PRIMARYCONTACTEMAIL|PRIMARYEMAILADDRESS|"
    "TAXEXEMPTNUMBER|VENDORGROUPID|VENDORKNOWNASNAME|VENDORORGANIZATIONNAME|VENDORPARTYTYPE|VENDORSEARCHNAME"
)


def test_fields_of_an_entity_are_read_word_by_word(tmp_path):
    firm = {"VENDORACCOUNTNUMBER": "V1", "VENDORORGANIZATIONNAME": "Oakfield Textiles GmbH", "VENDORSEARCHNAME": LISTED}
    place = {"FORMATTEDPRIMARYADDRESS": "39 Yangchenghu Road\nUrumqi 830054\nCHN", "ADDRESSCOUNTRYREGIONISOCODE": "CN"}
    person = {"VENDORACCOUNTNUMBER": "V2", "PERSONFIRSTNAME": "Lars", "PERSONLASTNAME": "Holm"}
    path = written(tmp_path, ENTITY, firm | place, person | place, firm | place | {"VENDORSEARCHNAME": ""})
    assert columns(path) == {
        "VENDORORGANIZATIONNAME": {
            "address": ["ADDRESSCITY", "ADDRESSSTREET", "FORMATTEDPRIMARYADDRESS"],
            "country": ["ADDRESSCOUNTRYREGIONISOCODE"],
            "identifier": ["DUNSNUMBER", "TAXEXEMPTNUMBER"],
            "key": ["VENDORACCOUNTNUMBER"],
            "others": ["PERSONFIRSTNAME", "PERSONLASTNAME", "VENDORKNOWNASNAME", "VENDORSEARCHNAME"],
        }
    }
    assert listed(path) == {(2, "Oakfield Textiles GmbH")}
    assert "name no party" not in " ".join(read_parties(path).notes)


@pytest.mark.parametrize("word", ["Straßenbezeichnung", "Tedarikçinumarası", "Undernehmensgruppe", "Transportation"])
def test_a_word_that_known_ones_do_not_make_up_wholly_is_unknown_still(word):
    assert heading_role(word).role != "party"


def test_two_columns_that_share_a_word_of_each_name_are_one_party(tmp_path):
    names = ("Zhongtai", "Harrow", "Torvik", "Oakfield")
    rows = [
        {"Name": f"V{n} {name}", "Company Name": LISTED if n == 0 else f"{name} Textile Ltd", "Country": "China"}
        for n, name in enumerate(names)
    ]
    path = written(tmp_path, "Internal ID|Name|Company Name|Country", *rows)
    assert {name: said["others"] for name, said in columns(path).items()} == {"Name": ["Company Name"]}
    assert listed(path) == {(2, "V0 Zhongtai")}


def test_columns_that_share_a_place_or_a_trade_alone_are_two_parties(tmp_path):
    rows = [
        {"Firm": f"Xinjiang {name} Textile Co., Ltd.", "Vendor": f"Xinjiang {other} Textile Co., Ltd."}
        for name, other in (("Aral", "Tarim"), ("Kunlun", "Loulan"), ("Shawan", "Turpan"), ("Manas", "Yuli"))
    ]
    assert list(columns(written(tmp_path, "Firm|Vendor", *rows))) == ["Firm", "Vendor"]


DECLARED = (
    "DECLARANT_ADDRESS|DECLARANT_NAME|CUSTOMS_OFFICE_NAME|IMPORTER_NAME|IMPORTER_NAME_EN|MANUFACTURER|MANUFACTURER_EN|"
    "SUPPLIER_ADDRESS|SUPPLIER_ADDRESS_EN|SUPPLIER_NAME|SUPPLIER_NAME_EN|ORIGIN_COUNTRY_NAME|ORIGIN_COUNTRY_NAME_EN"
)


def test_a_name_in_another_language_is_another_name_of_the_same_party(tmp_path):
    row = {
        "MANUFACTURER": "ТОО Завод",
        "MANUFACTURER_EN": LISTED,
        "DECLARANT_ADDRESS": "Urumqi",
        "DECLARANT_NAME": "ТОО",
    }
    path = written(tmp_path, DECLARED, row, row | {"MANUFACTURER": ""})
    said = columns(path)
    assert {name: c["others"] for name, c in said.items() if c["others"]} == {
        "IMPORTER_NAME": ["IMPORTER_NAME_EN"],
        "MANUFACTURER": ["MANUFACTURER_EN"],
        "SUPPLIER_NAME": ["SUPPLIER_NAME_EN"],
    }
    assert said["SUPPLIER_NAME"]["address"] == ["SUPPLIER_ADDRESS", "SUPPLIER_ADDRESS_EN"]
    assert said["MANUFACTURER"]["address"] == []  # the broker's address places nobody else
    assert listed(path) == {(2, "ТОО Завод"), (3, LISTED)}


def test_a_name_that_stands_in_one_language_alone_is_the_partys():
    roles = heading_roles(["EXPORTER_NAME_EN", "BUYER_NAME_EN", "HS_CODE"])
    assert [r.role for r in roles] == ["party", "party", "other"]
    assert [r.stem for r in roles[:2]] == ["exporter", "buyer"]


def test_a_name_in_two_languages_and_in_none_besides_is_one_party(tmp_path):
    headings = (
        "IMPORTER_ADDRESS_EN|IMPORTER_ADDRESS_VN|IMPORTER_NAME_EN|IMPORTER_NAME_VN|EXPORTER_NAME|EXPORTER_ADDRESS"
    )
    row = {
        "IMPORTER_NAME_EN": "",
        "IMPORTER_NAME_VN": LISTED,
        "EXPORTER_NAME": "Harrow Ltd",
        "EXPORTER_ADDRESS": "Leeds",
    }
    said = columns(path := written(tmp_path, headings, row))
    assert said["IMPORTER_NAME_EN"]["others"] == ["IMPORTER_NAME_VN"]
    assert said["IMPORTER_NAME_EN"]["address"] == ["IMPORTER_ADDRESS_EN", "IMPORTER_ADDRESS_VN"]
    assert sorted(said) == ["EXPORTER_NAME", "IMPORTER_NAME_EN"]
    assert listed(path) == {(2, LISTED)}
