"""A party of one's own tables that is known by its name alone, and one of that name that has an id."""

from __future__ import annotations

import json

import pytest

from entrepot.desk.desk import Desk

HEAD = "owner,owner_id,owned,owned_id,share\n"


def loaded(folder, **files):
    desk = Desk(folder / "store")
    for name, rows in files.items():
        path = folder / f"{name}.csv"
        path.write_text(HEAD + rows, encoding="utf-8")
        desk.load_ownership(path)
    return desk


def told(desk):
    rows = desk.own(everyone=True, as_of="2024-01-01").to_pylist()
    return {r["party"]: (r["verdict"], r["low_percent"], r["high_percent"]) for r in rows}


def test_a_stake_that_is_said_by_an_id_and_by_a_name_counts_once(tmp_path):
    desk = loaded(tmp_path, rows="Corps,ofac-29299,Mill,KZ1,30\nCorps,,Mill,KZ1,30\n")
    assert told(desk) == {"Mill": ("not_blocked", 30, 30)}


def test_stakes_of_one_party_are_added_though_one_table_numbers_it_and_the_other_does_not(tmp_path):
    desk = loaded(tmp_path, one="Corps,ofac-29299,Mill Ltd.,KZ1,30\n", two="Bureau,ofac-29220,MILL LTD,,30\n")
    assert told(desk) == {"Mill Ltd.": ("blocked", 60, 60)}
    notes = desk.own("Mill Ltd", as_of="2024-01-01").notes
    assert any(n.startswith("1 name without an id is taken for the only party") and "Mill Ltd." in n for n in notes)


def test_a_chain_goes_on_where_a_holding_is_numbered_in_one_table_alone(tmp_path):
    desk = loaded(tmp_path, one="Corps,ofac-29299,Hold,KZ1,60\n", two="Hold,,Mill,,60\n")
    assert told(desk)["Mill"][0] == "blocked"


def test_a_name_that_two_parties_with_ids_have_is_neither_and_told(tmp_path):
    desk = loaded(
        tmp_path, one="Corps,ofac-29299,Mill,KZ1,30\nCorps,ofac-29299,Mill,RU1,10\n", two="Bureau,ofac-29220,Mill,,30\n"
    )
    answer = desk.own(everyone=True, as_of="2024-01-01")
    assert {r["high_percent"] for r in answer.to_pylist() if r["party"] == "Mill"} == {30, 10}
    assert any("is that of several parties with one" in n and "Mill" in n for n in answer.notes)


def test_a_firm_from_abroad_in_the_uks_register_is_not_the_uks_firm_of_that_name(tmp_path):
    """The register gives it no number that it would know: the British firm of that name may be another."""
    band = ["ownership-of-shares-75-to-100-percent"]
    abroad = {"country_registered": "Cayman Islands", "registration_number": "77"}
    records = [
        {"company_number": "01000001", "data": {"kind": "corporate-entity-person-with-significant-control",
         "name": "Hold Limited", "natures_of_control": band, "identification": abroad}},
    ]  # fmt: skip
    desk = loaded(tmp_path, one="Corps,ofac-29299,Hold Limited,GB-COH:02000002,60\n")
    path = tmp_path / "psc.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    desk.load_ownership(path)
    assert "GB-COH:01000001" not in told(desk)


def test_a_person_known_by_name_is_no_company_of_that_name(tmp_path):
    desk = Desk(tmp_path / "store")
    path = tmp_path / "rows.csv"
    path.write_text(
        "owner,owner_id,owner_kind,owned,share\nIvan Petrov,KZ1,company,Mill,30\nIvan Petrov,,person,Mill,30\n",
        encoding="utf-8",
    )
    desk.load_ownership(path)
    assert not any("without an id" in n for n in desk.own("Mill", as_of="2024-01-01").notes)


def test_owners_that_are_tied_to_one_listing_may_be_one_that_is_said_twice(tmp_path):
    """A register has a person twice, once with a middle name: 30 % and 30 % are 60 % only if they are two stakes."""
    rows = "Corps,ofac-29299,Mill,KZ1,30\nXinjiang Production and Construction Corps,K7,Mill,KZ1,30\n"
    desk = loaded(tmp_path, rows=f"{rows}Corps,ofac-29299,Whole,KZ2,60\nOther,K8,Whole,KZ2,40\n")
    answer = desk.own("Mill", as_of="2024-01-01")
    (one,) = answer.to_pylist()
    assert (one["verdict"], one["low_percent"], one["high_percent"]) == ("cannot_be_excluded", 30, 60)
    assert any("may be one that is said twice" in n for n in answer.notes)
    assert told(desk)["Whole"] == ("blocked", 60, 60)


def test_the_rest_that_others_hold_bounds_what_two_records_of_one_owner_can_be(tmp_path):
    name = "Xinjiang Production and Construction Corps"
    desk = loaded(tmp_path, rows=f"Corps,ofac-29299,Mill,KZ1,30\n{name},K7,Mill,KZ1,25\nFree,K8,Mill,KZ1,45\n")
    assert told(desk)["Mill"] == ("cannot_be_excluded", 30, 55)


@pytest.mark.parametrize("other", ["Other", "N/A", "-", "Unknown", "其他"])
def test_an_owner_that_is_not_named_stops_no_answer(tmp_path, other):
    desk = loaded(tmp_path, rows=f"Corps,ofac-29299,Whole,KZ2,60\n{other},K8,Whole,KZ2,40\n")
    assert told(desk)["Whole"] == ("blocked", 60, 60)
