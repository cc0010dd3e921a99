"""Of several owners in a row each has the numbers that its own heading names, and none is another's other name."""

from __future__ import annotations

import pytest

from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.parties import read_parties
from entrepot.screening.parties.party_columns import party_columns


def read(*headings):
    """Heading of each party -> headings of its other names, numbers, addresses and countries."""
    found = {}
    for column in party_columns(headings, Given()):
        at = [i for other in column.others for i in other]
        described = [*column.identifier, *column.document, *column.address, *column.country]
        found[column.name] = ([headings[i] for i in at], [headings[i] for i in described])
    return found


@pytest.mark.parametrize(
    ("parties", "numbers"),
    [
        (("Vendor name", "Parent", "Shareholder"), {"Shareholder LEI": "Shareholder"}),
        (("Company", "Ultimate parent", "Immediate parent"), {"Immediate parent LEI": "Immediate parent"}),
        (
            ("Company name", "Global Ultimate Name", "Domestic Ultimate Name", "Parent Company"),
            {"Domestic Ultimate DUNS": "Domestic Ultimate Name", "Parent DUNS": "Parent Company"},
        ),
        (("供应商", "母公司", "股东"), {"股东统一社会信用代码": "股东"}),
    ],
)
def test_a_number_is_that_of_the_owner_whom_its_heading_names(parties, numbers):
    for order in ((*parties, *numbers), (*parties[:1], *numbers, *parties[1:])):
        found = read(*order)
        assert set(found) == set(parties)
        owners = {number: [p for p, (_, described) in found.items() if number in described] for number in numbers}
        assert owners == {number: [party] for number, party in numbers.items()}


def test_a_number_of_an_owner_who_is_not_named_is_nobodys():
    found = read("Company name", "Global Ultimate Name", "Domestic Ultimate Name", "Parent LEI")
    assert all("Parent LEI" not in described for _, described in found.values())
    alone = read("Company name", "Global Ultimate Name", "Parent LEI")
    assert alone["Global Ultimate Name"][1] == ["Parent LEI"], "one owner is whom a file calls parent"


@pytest.mark.parametrize(
    ("headings", "owner", "others"),
    [
        (("Vendor name", "Global Ultimate Name", "Parent legal name"), "Parent legal name", []),
        (("Vendor name", "Parent trading name"), "Parent trading name", []),
        (("Vendor name", "Parent name", "Parent legal name"), "Parent name", ["Parent legal name"]),
        (("Vendor name", "Parent legal name", "Parent short name"), "Parent legal name", ["Parent short name"]),
    ],
)
def test_an_owner_is_a_party_of_its_own_and_no_other_name_of_somebody_else(headings, owner, others):
    found = read(*headings)
    assert found[owner][0] == others
    assert found["Vendor name"][0] == []


def test_the_other_names_of_the_party_itself_stay_its_own():
    found = read("Vendor name", "Vendor legal name", "Trade style", "Trade style 2", "Tradestyle name", "Parent")
    assert found["Vendor name"][0] == ["Vendor legal name", "Trade style", "Trade style 2", "Tradestyle name"]
    assert found["Parent"][0] == []


@pytest.mark.parametrize(
    ("headings", "country"),
    [
        (("Vendor name", "Site City", "Site Address", "Site Country"), ["Site Country"]),
        (("Vendor name", "Country", "Site Address", "Site Country"), ["Country"]),  # its own comes first
        (("Vendor name", "Vendor country", "Site Address", "Site Country"), ["Vendor country"]),
        (("Vendor name", "City", "Manufacturer country"), []),  # another's, of whose address nothing is read
        (("Vendor name", "Manufacturer", "Site Address", "Site Country"), []),  # the manufacturer's
    ],
)
def test_the_country_of_a_site_is_read_with_its_address_where_the_party_has_no_other(headings, country):
    (column,) = [c for c in party_columns(headings, Given()) if c.name == "Vendor name"]
    assert [headings[i] for i in column.country] == country


def test_a_row_of_a_registrar_keeps_each_number_with_its_firm(tmp_path):
    path = tmp_path / "firms.csv"
    path.write_text(
        "Business Name,Global Ultimate Business Name,Global Ultimate LEI,Domestic Ultimate Business Name\n"
        "Kiln Works GmbH,Kiln Group plc,5493001KJTIIGC8Y1R12,Kiln Deutschland AG\n",
        encoding="utf-8",
    )
    numbers = {p.name: p.numbers for p in read_parties(path).each()}
    assert numbers == {
        "Kiln Works GmbH": (),
        "Kiln Group plc": ("lei:5493001KJTIIGC8Y1R12",),
        "Kiln Deutschland AG": (),
    }


@pytest.mark.parametrize(
    "heading",
    ["Owned By", "Owners", "Shareholders", "Controlled by", "Ultimate Beneficial Owners", "实际控制人", "股东名称",
     "Учредитель", "Собственник", "Propietario", "Actionnaire", "Gesellschafter"],
)  # fmt: skip
def test_an_owner_is_a_party_whatever_its_heading_calls_it(heading):
    assert set(read("Vendor No", "Vendor Name", "Country", heading)) == {"Vendor Name", heading}


@pytest.mark.parametrize("heading", ["Account Owner", "Record Owner", "Owner Alias", "Ownership %", "Owned Since"])
def test_who_keeps_a_record_and_how_much_is_held_are_no_parties(heading):
    assert set(read("Vendor No", "Vendor Name", "Country", heading)) == {"Vendor Name"}
