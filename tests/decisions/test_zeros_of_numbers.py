"""A spreadsheet opens a vendor file and saves it: LIFNR 0000100010 is 100010 then, and the vendor is the same."""

from __future__ import annotations

import pytest

from entrepot.decisions.redaction import OF_THE_PARTY, redact
from entrepot.screening.cases.case_identity import case_id

CASE, OTHER = "case-00000000000a", "case-00000000000b"  # of earlier releases ids rest on the number as written
WRITTEN = ("0000100010", "100010")


def test_the_case_has_one_id_with_the_zeros_and_without(row):
    """An auditor looks up by its id what was decided on the vendor file of another month."""
    ids = {case_id(row(party_key=number), "Foo Ltd") for number in WRITTEN}
    assert len(ids) == 1
    others = {
        case_id(row(party_key=number), "Foo Ltd") for number in ("0000100100", "V0017", "V17", "0017-2", "17-2", "")
    }
    assert len(others | ids) == 7


@pytest.mark.parametrize("was", WRITTEN)
def test_a_number_that_lost_its_zeros_or_got_them_brings_no_case_back(say, row, standing, was):
    say("false", row(party_key=was))
    for now in WRITTEN:
        assert standing(row(party_key=now)).state == "false"
        assert standing(row(party_key=now), case=OTHER).state == "false", "found by party and entry"


@pytest.mark.parametrize("was", WRITTEN)
def test_the_same_where_the_party_was_taken_out_of_the_ledger(place, say, row, standing, was):
    say("false", row(party_key=was))
    redact(place, [CASE], OF_THE_PARTY, by="Ann Bee", why="asked", early=True)
    for now in WRITTEN:
        assert standing(row(party_key=now), case=OTHER).state == "false"


def test_what_else_changed_is_told_without_the_number(say, row, standing):
    say("false", row(party_key="0000100010"))
    assert standing(row(party_key="100010", country="FR")).changed == ("Country was GB, is FR.",)


def test_an_entry_of_an_earlier_release_covers_a_number_without_its_zeros(say, row, standing, monkeypatch):
    monkeypatch.setattr("entrepot.decisions.case_grounds.own_number", str)
    say("false", row(party_key="0000100010"))
    monkeypatch.undo()
    assert standing(row(party_key="100010"), case=OTHER).state == "false"


@pytest.mark.parametrize("number", ["V0017", "0017-2"])
def test_zeros_of_a_number_that_has_letters_or_marks_are_its_own(say, row, standing, number):
    say("false", row(party_key=number))
    assert standing(row(party_key=number.replace("00", ""))).state == "returned"


def test_another_number_is_another(say, row, standing):
    say("false", row(party_key="0000100010"))
    assert standing(row(party_key="0000100100")).state == "returned"
