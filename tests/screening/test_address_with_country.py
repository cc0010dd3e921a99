"""An address whose heading says that it ends with its country: Workday's "Primary Address - Full with Country"."""

from __future__ import annotations

import pytest

from entrepot.screening.parties.cells.address_country import last_country
from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.screening.parties.parties import read_parties

WHOLE = "Primary Address - Full with Country"


def party_of(folder, heads, cells):
    path = folder / "p.csv"
    path.write_text(f'{heads}\n"' + '","'.join(cells) + '"\n', encoding="utf-8")
    (party,) = read_parties(path).each()
    return party.country, party.address


def test_it_is_an_address_and_its_last_part_the_country(tmp_path):
    told = "12 Quay Street\nIzmir\nTürkiye"
    assert party_of(tmp_path, f"Supplier,{WHOLE}", ("Kestrel Mills", told)) == ("Türkiye", told)


def test_a_column_of_countries_goes_before_it(tmp_path):
    found = party_of(tmp_path, f"Supplier,Country,{WHOLE}", ("Kestrel Mills", "KZ", "Abay 9, Almaty, Kazakhstan"))
    assert found == ("KZ", "Abay 9, Almaty, Kazakhstan")


def test_an_address_that_does_not_say_so_names_no_country(tmp_path):
    found = party_of(tmp_path, "Supplier,Full Address", ("Kestrel Mills", "Peachtree 4, Atlanta, Georgia"))
    assert found == (None, "Peachtree 4, Atlanta, Georgia")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Address incl. Country", "address"),
        ("Anschrift mit Land", "address"),
        ("Adresse avec pays", "address"),
        ("Dirección con país", "address"),
        ("Full Address including Country", "address"),
        ("Address - Country", "country"),
        ("Location Country", "country"),
        ("Country/Region", "country"),
        ("Country with address", "country"),
        ("Bank Address with Country", "other"),
    ],
)
def test_headings_that_say_so_and_others_that_do_not(heading, role):
    assert heading_role(heading).role == role


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("12 Quay Street Dubai United Arab Emirates", "United Arab Emirates"),
        ("Pier 8, Seoul, Korea, Republic of", "Korea, Republic of"),
        ("4 Reef Road Port Moresby Papua New Guinea", "Papua New Guinea"),
        ("1 Main St, Trenton, New Jersey, United States of America", "United States of America"),
        ("Kunstweg 4, 10115 Berlin, DE", "DE"),
        ("浦东新区1号，中国", "中国"),
        ("5 rue des Lilas, Paris", ""),
        ("", ""),
    ],
)
def test_the_last_part_that_is_a_country(address, country):
    assert last_country(address) == country
