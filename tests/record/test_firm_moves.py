"""Acts of firms grouped into events, and the events counted by year."""

from __future__ import annotations

import random
from datetime import date

import pytest

from entrepot.core.periods import first_day
from entrepot.record.embedded import known
from entrepot.record.firm_moves import ALLEGED, SAID, SHOWN, by_year, events, moves

KINDS = ("site", "services", "buying", "shares")


@pytest.fixture(scope="module")
def acts(rows):
    return list(rows("firms"))


def test_an_event_is_named_by_its_first_row_and_moves_once(acts):
    for event, told in events(acts).items():
        assert told[0]["id"] == event
        assert sum(bool(r["movement"]) for r in told) <= 1
        for row in told:
            assert bool(row["movement"]) == bool(row["movement_of"])


def test_a_contradiction_names_another_row_of_the_same_firm(acts):
    by_id = {r["id"]: r for r in acts}
    for row in acts:
        if row["contradicts"]:
            other = by_id[row["contradicts"]]
            assert other["id"] != row["id"]
            assert set(other["firm"]) & set(row["firm"])


def test_an_act_that_is_alleged_on_the_shelf_is_alleged_everywhere(acts):
    # the list of who alleged what is the shelf's; a movement never turns it into a fact
    for move in moves(acts):
        if move.rows[0]["status"] == "alleged":
            assert move.status == "alleged"
    assert {m.event for m in moves(acts) if m.status == "alleged"}


def test_the_years_add_up_to_the_rows_that_move(acts):
    found = moves(acts)
    for movement in ("entered", "left", "shut_out"):
        standings = (SHOWN, SAID, ALLEGED)
        counted = sum(sum(by_year(found, movement, of, standing=s).values()) for of in KINDS for s in standings)
        assert counted == sum(r["movement"] == movement for r in acts)
        without_shares = sum(sum(by_year(found, movement, of).values()) for of in KINDS if of != "shares")
        assert sum(by_year(found, movement).values()) == without_shares


def test_a_site_that_no_report_shows_given_up_is_not_counted_as_given_up(acts):
    # The notes of the rows themselves: of these two nobody reports that the site was closed, or sold.
    open_ends = [r for r in acts if r["movement"] == "left" and "is not on record" in (r["movement_note"] or "")]
    assert {r["firm"][0] for r in open_ends} == {"JinkoSolar", "GCL-Poly"}
    assert {m.firms[0] for m in moves(acts) if m.standing == SAID} == {"JinkoSolar", "GCL-Poly"}
    assert by_year(moves(acts), "left", "site") == {"2022": 1, "2024": 2}
    assert by_year(moves(acts), "left", "site", standing=SAID) == {"2019": 1, "2023": 1}


def test_a_second_report_of_an_event_counts_nothing_more(acts):
    counts = [by_year(moves(acts), "left", of) for of in KINDS]
    again = [{**r, "id": f"F9{r['id'][2:]}", "movement": None, "movement_of": None} for r in acts if r["movement"]]
    random.Random(7).shuffle(again)
    assert [by_year(moves([*again, *acts]), "left", of) for of in KINDS] == counts


def test_volkswagen_came_in_2012_and_sold_on_27_november_2024(acts):
    # Volkswagen and SAIC laid the foundation on 28 May 2012 (CarNewsChina of the day after); Reuters of 2024-11-27
    mine = [m for m in moves(acts) if m.firms == ("Volkswagen",)]
    assert [(m.movement, m.date) for m in mine] == [("entered", "2012-05-28"), ("left", "2024-11-27")]
    told = {r["id"]: (r["stated_reason"], r["reported_reason"]) for r in mine[1].rows}
    assert len({stated for stated, _ in told.values() if stated}) == 1
    assert len({other for _, other in told.values() if other}) > 1  # two accounts of why


def test_nothing_moves_before_it_could_be_known(record):
    day = date(2024, 11, 26)
    found = moves(known(record, day).record.tables["firms"].to_pylist())
    assert all(first_day(m.date) <= day for m in found if m.date)
    assert not any(m.firms == ("Volkswagen",) and m.movement == "left" for m in found)
