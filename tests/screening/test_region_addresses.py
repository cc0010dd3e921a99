"""200 labelled addresses: 100 in two regions, 100 in places that bear their names, their streets or their digits.

Labels are by hand; half `a` was read while the rules were written, half `b` was looked at once, afterwards. Docs:
docs/design/27-regions.md has what both gave before and after.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.measures.by_region import under_measures
from entrepot.screening.matching.presumed_region import may_hold_number, placed
from entrepot.screening.parties.parties import Party, read_parties
from entrepot.vocabulary.credit_code import credit_code

FILE = Path(__file__).parent / "region_addresses.csv"
# A Xinjiang Hotel in Beijing stays possible: the region's offices elsewhere sit in houses of that name.
FLAGGED_INNOCENTS = 1


@pytest.fixture(scope="module")
def labelled():
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parties = read_parties(FILE, ["supplier"]).each()  # each row has a supplier
    return [(row, flags(party)) for row, party in zip(rows, parties, strict=True)]


def flags(party):
    found = {}
    for ground in placed(party, under_measures()):
        found[ground.region] = "certain" if "certain" in (ground.strength, found.get(ground.region)) else "possible"
    return found


@pytest.mark.parametrize("half", ["a", "b"])
def test_every_party_of_a_region_is_flagged_as_surely_as_its_label_says(labelled, half):
    wanted = [(row, found) for row, found in labelled if row["half"] == half and row["truth"]]
    assert len(wanted) == 50
    assert [row["address"] for row, found in wanted if found != {row["truth"]: row["sure"]}] == []


@pytest.mark.parametrize("half", ["a", "b"])
def test_parties_elsewhere_are_not_flagged(labelled, half):
    elsewhere = [(row, found) for row, found in labelled if row["half"] == half and not row["truth"]]
    assert len(elsewhere) == 50
    flagged = [(row["address"], row["city"]) for row, found in elsewhere if found]
    assert len(flagged) <= FLAGGED_INNOCENTS, flagged
    assert Counter(s for _, found in elsewhere for s in found.values())["certain"] == 0


def party(address, country="CN", **more):
    return Party(1, "supplier", more.pop("name", "Firm"), country, address, more.pop("identifier", None), **more)


@pytest.mark.parametrize(
    ("address", "country", "identifier"),
    [
        ("No. 5, Yiwu, 322000", "CN", None),  # a postcode of Zhejiang
        ("No. 5, Yiwu", "CN", "91330782MA2E4NQ45X"),  # a credit code of Zhejiang
        ("No. 5, Yiwu, Zhejiang", "CN", None),  # a province column stands in the address
        ("No. 5, Yiwu", "PL", None),
        ("Yiwu Plaza 12", "AE", None),
        ("Yiwu City", "CN", None),
        ("Yiwu County, Zhejiang", "CN", None),
    ],
)
def test_yiwu_in_zhejiang_is_no_flag(address, country, identifier):
    if identifier:
        from entrepot.vocabulary.credit_code import check_character

        identifier = identifier[:17] + check_character(identifier[:17])
    assert placed(party(address, country, identifier=identifier), under_measures()) == []


@pytest.mark.parametrize("county", ["Yiwu", "Yiwu County", "Yutian County", "Qinghe County", "Xinhe County", "Wenquan"])
def test_a_county_name_that_another_province_shares_is_possible_alone(county):
    (found,) = placed(party(county), under_measures())
    assert found.strength == "possible"


@pytest.mark.parametrize("code", ["830000", "839300", "841000", "848499"])
def test_a_postcode_alone_flags_in_its_country_and_in_no_other(code):
    (found,) = placed(party(f"No. 12 Industry Road, {code}"), under_measures())
    assert (found.region, found.strength) == ("xinjiang", "possible")
    for country in ("IN", "VN", "RU", ""):
        assert placed(party(f"No. 12 Industry Road, {code}", country), under_measures()) == []


def test_a_doubtful_word_of_a_name_means_something_else_where_the_address_is_elsewhere():
    named = party("88 Renmin Road, Yiwu, Zhejiang 322000", name="Altay Garment Co")
    assert placed(named, under_measures()) == []
    (found,) = placed(party("", name="Altay Garment Co"), under_measures())
    assert (found.basis, found.strength) == ("name", "possible")


def test_two_doubtful_names_of_which_one_lies_in_the_other_are_certain():
    (found,) = placed(party("Yutian, Hetian"), under_measures())
    assert (found.place_id, found.strength) == ("653226", "certain")


def test_a_number_kept_by_those_who_move_speaks_against_nothing():
    """A firm of Moscow keeps its INN where it moves to Crimea: only a credit code says another part of home."""
    moved = party("Белогорск, ул. Мира 4", "RU", numbers=("inn:7707083893",))
    assert [(p.region, p.strength) for p in placed(moved, under_measures())] == [("crimea", "possible")]


# A credit code of the region with its check character, cut by what stands in such codes and by what hides in cells.
PIECES = st.lists(
    st.sampled_from([*"91650100MA7772H", "0", " ", "-", "\u00a0", "\t", "\x00", "１", "INN "]), max_size=24
)


@given(PIECES.map("".join) | st.text("0123456789AMX -\u00a0", max_size=30))
def test_a_text_with_a_credit_code_may_hold_a_number_at_a_glance(text):
    assert may_hold_number(text) or credit_code(text) is None


@given(
    st.lists(st.sampled_from(["91650100", "2 3", "MA77", "7 2", "-", " ", "65", "0100MA7772H0X0"]), max_size=9).map(
        "".join
    )
)
def test_a_code_of_pieces_is_seen_at_a_glance(text):
    assert may_hold_number(text) or credit_code(text) is None


@pytest.mark.parametrize(
    "name", ["Xinjiangzhongtaihuaxuegufenyouxiangongsi", "Xin Jiang Zhong Tai Hua Xue", "HETIANTAIDAFUSHI CO LTD"]
)
def test_a_name_in_pinyin_run_together_makes_its_place_possible(name):
    (found,) = placed(Party(1, "party", name, "CN", None, None), under_measures())
    assert (found.basis, found.strength) == ("name", "possible")
    assert placed(Party(1, "party", "Shandongmeijiajituanyouxiangongsi", "CN", None, None), under_measures()) == []


@pytest.mark.parametrize(
    "cells",
    [
        ("Shihezi", "Road 5"),
        ("Urumqi", "Lu 5"),
        ("Korla", "East Road 7"),
        ("Yining", "St. Jiefang 9"),
        ("Karamay", "Avenue No. 39"),
        ("Kashgar", "улица 3"),
        ("石河子", "路5号"),
        ("乌鲁木齐", "北路5号"),
        ("Урумчи", "ул. 5"),
        ("Road 5", "Shihezi", "Street 2"),
        ("Sevastopol", "North Street 5"),
    ],
)
def test_a_town_is_no_name_of_the_street_in_the_next_cell(tmp_path, cells):
    path = tmp_path / "suppliers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        heads = ["Street" if i else "City" for i in range(len(cells))]
        csv.writer(file).writerows([["Vendor", "Country", *heads], ["Firm", "", *cells]])
    (read,) = read_parties(path, ["Vendor"]).each()
    assert set(flags(read).values()) == {"certain"}, read.address
    assert set(flags(party(", ".join(cells), "")).values()) == {"certain"}  # in one cell, with a comma between


@pytest.mark.parametrize(
    "address",
    [
        "Shihezi Road 5, Shanghai",
        "500 Urumqi N. Road, Shanghai",
        "Korla North Rd. 7",
        "Kashgar Lu, Tianjin",
        "乌鲁木齐中路5号, 上海",
        "Sevastopol Street 5, Leeds",
    ],
)
def test_a_street_called_after_a_town_is_none_of_the_region(address):
    assert flags(party(address, "")) == {}
