"""A firm behind c/o in an address, or for a contact, is screened as a party of its own; a person is not."""

from __future__ import annotations

import csv

import pytest

from entrepot.desk.desk import Desk
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.parties import read_parties

FIRM = "Gamma Cotton Trading Ltd"


def written(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize(
    "cell",
    [
        f"c/o {FIRM}, 4 Mill Road, Leeds",
        f"4 Mill Road, Leeds, care of {FIRM}",
        f"Attn: {FIRM}; 4 Mill Road",
        f"z.Hd. {FIRM}\n4 Mill Road",
        f"att. {FIRM}",
    ],
)
def test_the_firm_behind_a_word_for_whom_an_address_is_handed_to_is_a_party(tmp_path, cell):
    path = written(
        tmp_path / "list.csv", ["No", "Vendor", "Address"], ["7", "Alfa Mills", cell], ["8", "Beta Mills", "x"]
    )
    read = read_parties(path)
    found = [(p.row, p.column, p.name, p.kind) for p in read.each()]
    assert found == [
        (2, "Vendor", "Alfa Mills", "any"),
        (2, "Address", FIRM, "company"),
        (3, "Vendor", "Beta Mills", "any"),
    ]
    assert read.party_count == len(found)
    assert any(
        f"1 cell of Address names a firm beside the party; it is screened as a party of its own: '{FIRM}'." in n
        for n in read.notes
    )


@pytest.mark.parametrize(
    "cell",
    [
        f"Attn: AP\nc/o {FIRM}\n12 Harbour Road",
        f"Attn: Accounts Payable, c/o {FIRM}, 12 Harbour Road",
        f"Attn: Ann Example c/o {FIRM}",
        f"z.Hd. Frau Meier\nbei {FIRM}\n12 Hafenstr.",
        f"z.Hd. Frau Meier, bei {FIRM}, 12 Hafenstr.",
        f"À l'attention de Mme Dupont\nchez {FIRM}",
        f"12 Harbour Road\nAttn: Ann Example\nPurchasing\nCare of {FIRM}\nLeeds",
        f"Attn: Ann Example\n{FIRM}\n12 Harbour Road",
        f"Attn: Ann Example\n{'Long Road ' * 20}\nc/o {FIRM}",
    ],
)
def test_each_handing_over_in_an_address_is_read(tmp_path, cell):
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", "Address"], ["Alfa Mills", cell]))
    assert [p.name for p in read.each()] == ["Alfa Mills", FIRM]
    assert not any("say no firm" in n for n in read.notes)


def test_two_firms_that_an_address_is_handed_to_are_two_parties(tmp_path):
    cell = f"c/o Beta Weaving GmbH\nc/o {FIRM}\nattn {FIRM}"
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", "Address"], ["Alfa Mills", cell]))
    assert [p.name for p in read.each()] == ["Alfa Mills", "Beta Weaving GmbH", FIRM]


@pytest.mark.parametrize(
    "cell",
    [
        "Attn: Ann Example\nAlfa Mills Ltd.\n12 Harbour Road",
        "Attn: AP\nc/o Alfa Mills Ltd\n12 Harbour Road",
        "z.Hd. Herr Meier\nRothenburg bei Halle\nbei Halle",
        "Attn: Li Wei\nBei San Huan Zhong Lu 5\nBeijing",
        "Halle, bei der Kirche 4",
    ],
)
def test_what_repeats_the_party_or_says_a_place_is_no_firm_beside_it(tmp_path, cell):
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", "Address"], ["Alfa Mills Ltd", cell]))
    assert [p.name for p in read.each()] == ["Alfa Mills Ltd"]


def test_a_word_that_hands_over_within_a_name_is_of_the_name(tmp_path):
    cell = "c/o Home Care of Leeds Ltd, 4 Mill Road"
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", "Address"], ["Alfa Mills", cell]))
    assert [p.name for p in read.each()] == ["Alfa Mills", "Home Care of Leeds Ltd"]


@pytest.mark.parametrize("heading", ["Attention", "Contact", "Contact person", "POAttentionTo", "Ansprechpartner"])
def test_a_firm_for_a_contact_is_a_party_and_a_person_is_none(tmp_path, heading):
    rows = [["Alfa Mills", "Ann Example"], ["Beta Mills", FIRM], ["Delta Mills", "Purchasing Department"]]
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", heading], *rows))
    assert [p.name for p in read.each()] == ["Alfa Mills", "Beta Mills", FIRM, "Delta Mills"]
    assert heading not in read.unread


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Primary Contact First Name", "Primary Contact Last Name"),
        ("Contact Firstname", "Contact Lastname"),
        ("Ansprechpartner Vorname", "Ansprechpartner Nachname"),
        ("Contact Person Given Name", "Contact Person Surname"),
    ],
)
def test_the_halves_of_a_contacts_name_are_not_read_and_are_told(tmp_path, first, last):
    rows = [["Alfa Mills", "Hailun", "Zhu"], ["Beta Mills", "Ann", "Example Holding Ltd"]]
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", first, last], *rows))
    assert [p.name for p in read.each()] == ["Alfa Mills", "Beta Mills"]
    assert [first, last] == [h for h in read.unread if h in {first, last}]
    assert not any("names a firm" in n for n in read.notes)


@pytest.mark.parametrize("person", ["Zhu", "Zhu Hailun", "ZHU LI", "Li Zhu", "Ju Min", "Na Li"])
def test_a_surname_that_is_a_legal_form_too_makes_no_firm_of_a_person(tmp_path, person):
    path = written(tmp_path / "list.csv", ["Vendor", "Contact", "Address"], ["Alfa Mills", person, f"c/o {person}"])
    assert [p.name for p in read_parties(path).each()] == ["Alfa Mills"]


@pytest.mark.parametrize(
    "firm", ["Huafu Youxiangongsi", "Zhu Li Textile Ltd", "Nordmole SE", "Li Hua Trading Co., Ltd."]
)
def test_a_firm_with_such_a_word_stays_one(tmp_path, firm):
    path = written(tmp_path / "list.csv", ["Vendor", "Contact"], ["Alfa Mills", firm])
    assert [p.name for p in read_parties(path).each()] == ["Alfa Mills", firm.rstrip(".")]


@pytest.mark.parametrize("heading", ["Contact phone", "Contact title", "Contact email"])
def test_what_else_is_said_of_a_contact_names_nobody(tmp_path, heading):
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", heading], ["Alfa Mills", FIRM]))
    assert [p.name for p in read.each()] == ["Alfa Mills"]


@pytest.mark.parametrize("cell", ["c/o Ann Example, 4 Mill Road", "Attn Accounts Payable, 4 Mill Road"])
def test_an_address_that_is_handed_to_nobody_who_is_a_firm_is_counted(tmp_path, cell):
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", "Address"], ["Alfa Mills", cell]))
    assert [p.name for p in read.each()] == ["Alfa Mills"]
    assert any(n.startswith("1 address is handed to somebody (c/o, attn)") for n in read.notes)


@pytest.mark.parametrize(
    "cell", ["4 Attica Road, Leeds", "Via Coro 4, Milano", "Cato House, 4 Mill Road", "A-C Street 4"]
)
def test_letters_of_such_a_word_within_others_say_nothing(tmp_path, cell):
    read = read_parties(written(tmp_path / "list.csv", ["Vendor", "Address"], ["Alfa Mills", cell]))
    assert [p.name for p in read.each()] == ["Alfa Mills"]
    assert not any("handed" in n for n in read.notes)


def test_columns_that_the_user_did_not_name_are_left_alone(tmp_path):
    path = written(tmp_path / "list.csv", ["Vendor", "Contact"], ["Alfa Mills", FIRM])
    assert [p.name for p in read_parties(path, given=Given(), name_columns=["Vendor"]).each()] == ["Alfa Mills"]


def test_a_listed_firm_in_an_address_is_met_and_stands_in_the_file_of_answers(tmp_path):
    cells = ["Alfa Mills", "c/o Xinjiang Zhongtai Chemical Co., Ltd., Leeds"]
    path = written(tmp_path / "list.csv", ["Vendor", "Address"], cells)
    found = Desk(tmp_path / "store").screen(path, lists=["uflpa"]).table.to_pylist()
    met = [(r["row"], r["party_column"], r["party"], r["address"]) for r in found if r["kind"] == "listing"]
    assert met == [(2, "Address", "Xinjiang Zhongtai Chemical Co., Ltd.", None)]
