"""Headings of two parts, which name and the word for a name, in either order: NAME_LAST, VENDOR_NAME_ALT.

Headings are those of BUT000 and the business partner of SAP, of Oracle's VENDOR_NAME_ALT and templates for suppliers.
"""

from __future__ import annotations

import csv

import pytest

from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.screening.parties.name_fields import name_of
from entrepot.screening.parties.parties import read_parties


def parties(folder, headings, *rows):
    """Name, other names and number of each party of a file."""
    path = folder / "v.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([headings.split("|"), *(row.split("|") for row in rows)])
    return [(p.name, p.other_names, p.key) for p in read_parties(path).each()]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "NAME_LAST",
            "NAME_FIRST",
            "NameFirst",
            "NAMEMIDDLE",
            "NAME_LST2",
            "Name, given",
            "Name (family)",
            "FIRSTNAME",
        ),
        *("last_name", "Nom de famille", "Nome, primeiro"),
    ],
)
def test_the_word_for_which_name_may_stand_last(heading):
    assert (heading_role(heading).role, heading_role(heading).series) == ("party", "person")


@pytest.mark.parametrize(
    "heading", ["Name", "Name 2", "Vendor name", "Name last updated", "Last purchase", "NAME_ORG1"]
)
def test_other_words_behind_a_name_make_it_no_persons(heading):
    assert heading_role(heading).series != "person"


@pytest.mark.parametrize(
    "heading",
    [
        *("VENDOR_NAME_ALT", "Supplier Name New", "Vendor Name Check", "Old Vendor Name", "VendorNameAlternate"),
        *(
            "Company name (former)",
            "Lieferantenname alt",
            "Nom, ancien",
            "Наименование новое",
            "Previous supplier name",
        ),
    ],
)
def test_another_name_is_told_in_either_order(heading):
    assert heading_role(heading).role == "alias"


@pytest.mark.parametrize("heading", ["Vendor name", "Supplier Name*", "Name 2", "VENDOR_NAME_1", "Vendor name line 2"])
def test_a_name_with_nothing_of_which_is_the_partys(heading):
    assert heading_role(heading).role == "party"


@pytest.mark.parametrize("headings", ["PARTNER|NAME_LAST|NAME_FIRST", "PARTNER|LAST_NAME|FIRST_NAME"])
def test_first_and_last_names_are_one_and_the_number_is_none(tmp_path, headings):
    found = parties(tmp_path, headings, "2|Sommer|Vera", "3|Winter|Ida")
    assert found == [("Sommer Vera", (), "2"), ("Winter Ida", (), "3")]


def test_persons_stand_beside_organisations(tmp_path):
    found = parties(
        tmp_path, "PARTNER|NAME_ORG1|NAME_ORG2|NAME_LAST|NAME_FIRST", "71|Nordmole|GmbH||", "72|||Sommer|Vera"
    )
    assert found == [("Nordmole GmbH", (), "71"), ("Sommer Vera", (), "72")]


@pytest.mark.parametrize("second", ["VENDOR_NAME_ALT", "Vendor Name New", "Vendor Name Check"])
def test_another_name_is_not_the_end_of_the_first(tmp_path, second):
    found = parties(tmp_path, f"VENDOR_ID|VENDOR_NAME|{second}", "4|Nordmole|Sommer Spinnerei", "5|Ostfeld Ltd|")
    assert [(name, other) for name, other, _ in found] == [("Nordmole", ("Sommer Spinnerei",)), ("Ostfeld Ltd", ())]


@pytest.mark.parametrize("person", ["Chief Executive Name", "Treasurer Name", "Signatory name"])
def test_other_names_are_those_of_the_supplier_and_not_of_its_officer(tmp_path, person):
    headings = f"Supplier Name*|Alternate Name|{person}|Alias"
    found = parties(tmp_path, headings, "Ostfeld Ltd|Nordmole|Jane Roe|Sommer Spinnerei")
    assert found == [("Ostfeld Ltd", ("Nordmole", "Sommer Spinnerei"), None), ("Jane Roe", (), None)]


def test_each_party_of_a_row_has_its_other_names(tmp_path):
    found = parties(
        tmp_path, "Shipper|Shipper alias|Consignee|Consignee alias", "Ostfeld Ltd|Nordmole|Sommer AG|Wintermole"
    )
    assert found == [("Ostfeld Ltd", ("Nordmole",), None), ("Sommer AG", ("Wintermole",), None)]


@pytest.mark.parametrize(
    ("headings", "row", "of"),
    [
        ("Supplier Name|Display Name|Supplier #|Remit To Name", "Nordmole GmbH|Sommer Garne|7|", "Nordmole GmbH"),
        ("Supplier Name|Short name|City|Remit To Name", "Nordmole GmbH|Sommer Garne|Bonn|Winter AG", "Nordmole GmbH"),
        ("Supplier Name|Search name|Name", "Nordmole GmbH|Sommer Garne|Winter AG", "Winter AG"),
        ("Vendor|Name|Search name", "Nordmole GmbH|Winter AG|Sommer Garne", "Winter AG"),
        ("Search name|Name", "Sommer Garne|Winter AG", "Winter AG"),
    ],
)
def test_another_name_is_of_the_party_before_it_or_right_behind_it(tmp_path, headings, row, of):
    found = {name: others for name, others, _ in parties(tmp_path, headings, row)}
    assert found.pop(of) == ("Sommer Garne",)
    assert not any(found.values())


@pytest.mark.parametrize("name", ["BusinessPartnerFullName", "OrganizationBPName1", "Business Partner Name", "BP Name"])
def test_the_number_of_a_business_partner_is_no_party(tmp_path, name):
    found = parties(tmp_path, f"BusinessPartner|{name}|Country", "10001|Nordmole GmbH|DE", "10007|Sommer AG|DE")
    assert found == [("Nordmole GmbH", (), "10001"), ("Sommer AG", (), "10007")]


def test_lines_of_a_business_partner_are_joined(tmp_path):
    headings = "BusinessPartner|BusinessPartnerFullName|OrganizationBPName1|OrganizationBPName2|SearchTerm1"
    found = parties(tmp_path, headings, "10001||Nordmole|GmbH|NOM", "10007|Sommer AG|Sommer|AG|SOMMER 7")
    assert found == [("Nordmole GmbH", ("NOM",), "10001"), ("Sommer AG", ("SOMMER 7",), "10007")]


WHOLE = [
    ("Nordmole GmbH", "Nordmole", "GmbH"),
    ("Sommer AG", "Sommer", "AG"),
    ("Ostfeld Garne KG", "Ostfeld Garne", "KG"),
]


@pytest.mark.parametrize("rows", [1, 2, 3])
@pytest.mark.parametrize(
    ("whole", "piece"),
    [
        ("SupplierName", "OrganizationBPName"),
        ("BusinessPartnerName", "OrganizationBPName"),
        ("Vendor Name", "NAME"),
        ("Customer name", "Name "),
        ("Supplier name", "Vendor name "),
    ],
)
def test_names_in_pieces_beside_the_whole_name_are_of_the_same_party(tmp_path, whole, piece, rows):
    said = ["|".join((str(n), *cells, "Bonn")) for n, cells in enumerate(WHOLE[:rows], 10001)]
    found = parties(tmp_path, f"Vendor no.|{whole}|{piece}1|{piece}2|City", *said)
    assert found == [(cells[0], (), str(n)) for n, cells in enumerate(WHOLE[:rows], 10001)]


def test_pieces_that_say_another_name_are_another_name(tmp_path):
    headings = "Supplier|SupplierName|OrganizationBPName1|OrganizationBPName2"
    found = parties(tmp_path, headings, *("|".join((f"V{i}", *w)) for i, w in enumerate(WHOLE)), "V7|Winter|Alt|Garne")
    assert found[-1] == ("Winter", ("Alt Garne",), "V7")


@pytest.mark.parametrize("whole", ["Parent company name", "Consignee name", "Bank name"])
def test_names_in_pieces_beside_who_is_somebody_else_are_a_party(tmp_path, whole):
    found = parties(tmp_path, f"{whole}|Vendor Name 1|Vendor Name 2", "Sommer|Sommer|Garne AG", "Ostfeld|Winter|Wolle")
    assert {"Sommer Garne AG", "Winter Wolle"} <= {name for name, _, _ in found}


@pytest.mark.parametrize(
    "pieces",
    [
        *(("Nordmole", "Sommer Textile"), ("Nordmole", "Changji Sommer Spinnerei GmbH")),
        *(
            ("Nordmole Global Holdings of the Northern Region", "Sommer Textile"),
            ("Nordmole", "Sommer Textile", "Plant 2"),
        ),
    ],
)
def test_a_name_that_stands_whole_in_the_second_field_is_compared_alone(pieces):
    assert pieces[1] in name_of(list(pieces), range(len(pieces)))[1]


def test_a_name_over_the_second_and_the_third_field_is_compared_without_the_first():
    assert "Sommer Textile Works" in name_of(["Nordmole", "Sommer Textile", "Works"], range(3))[1]


@pytest.mark.parametrize("rest", ["Co., Ltd.", "Textile Co., Ltd.", "Germany GmbH", "Hamburg", "Trading and Services"])
def test_the_end_of_a_name_is_not_compared_alone(rest):
    assert rest not in name_of(["Nordmole Sommer", rest], (0, 1))[1]


def columns_of(folder, headings, *rows):
    """Column, name and other names of each party of a file."""
    path = folder / "v.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([headings.split("|"), *(row.split("|") for row in rows)])
    return [(p.column, p.name, p.other_names) for p in read_parties(path).each()]


def test_the_legal_name_of_a_supplier_is_no_other_name_of_its_factory(tmp_path):
    rows = ("Foo Retail GmbH|Foo|Bar Mill|1 Rd", "Qux LLC|Quxus Ltd|Baz Works|2 Rd")
    headings = "Supplier Legal Entity Name|Supplier Trading Name|Factory Name|Factory Address"
    found = columns_of(tmp_path, headings, *rows)
    assert ("Factory Name", "Bar Mill", ()) in found
    assert ("Factory Name", "Baz Works", ()) in found
    assert ("Supplier Legal Entity Name", "Qux LLC", ("Quxus Ltd",)) in found
    assert len(found) == 4


def test_a_legal_name_beside_the_name_of_the_same_party_stays_another_name(tmp_path):
    for other in ("Vendor", "Name"):
        found = columns_of(
            tmp_path, f"{other}|Vendor Legal Name", "Foo Retail|Foo Retail Holding GmbH", "Qux|Quxus LLC"
        )
        assert [(column, name) for column, name, _ in found] == [(other, "Foo Retail"), (other, "Qux")]


def test_the_firm_of_a_contact_is_no_other_name_of_the_person(tmp_path):
    # Odoo shows a contact as "firm, contact", beside the firm it belongs to.
    rows = ("Foo Retail GmbH|Foo Retail GmbH|", "Wang Fang|Foo Retail GmbH, Wang Fang|Foo Retail GmbH")
    found = columns_of(tmp_path, "Name|Display Name|Related Company", *rows)
    assert ("Name", "Wang Fang", ()) in found
    assert ("Related Company", "Foo Retail GmbH", ()) in found


def test_the_firm_of_a_contact_is_compared_where_no_other_column_says_it(tmp_path):
    found = columns_of(tmp_path, "Name|Display Name", "Wang Fang|Foo Retail GmbH, Wang Fang", "Bar LLC|Bar LLC")
    assert ("Name", "Wang Fang", ("Foo Retail GmbH, Wang Fang",)) in found
