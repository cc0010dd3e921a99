"""The verdicts that the judge was built to give, on claims made by hand from fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow.compute as pc
import pytest

from entrepot.claims.held import held
from entrepot.claims.judge import judge
from entrepot.record.embedded import replace as with_table

VERDICTS = {
    "listed": "agrees",
    "largest": "superseded",
    "vehicles": "agrees",
    "cargo": "agrees",
    "vehicles grew": "agrees",
    "cargo grew": "agrees",
    "closed before": "imprecise",
    "open now": "agrees",
    "killed": "imprecise",
    "allowance": "agrees",
    "in dollars": "consistent",
    "trade": "agrees",
    "trade grew": "agrees",
    "sale": "agrees",
    "closing": "contradicts",
    "ban": "contradicts",
    "sanctions": "no_record",
}


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items())
def test_verdicts(judged, name, verdict):
    assert judged[name].verdict == verdict, judged[name].note


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("listed", "the list held 107"),
        ("largest", "on 2025-01-15 by 37 entities, and on 2026-08-03 by 43"),
        ("closed before", "2023-01-19, First temporary winter opening"),
        ("open now", "Reports disagree on since when"),
        ("open now", "2024-12-01 (R018)"),
        ("open now", "2024-09-20 (R019)"),
        ("killed", "near Karachi airport, not at it"),
        ("sale", "2024-11-27"),
        ("sale", "two words for one event"),
        ("ban", "Regulation (EU) 2024/3015"),
        ("ban", "from 2027-12-14"),
        ("sanctions", "2023-12-08"),
    ],
)
def test_notes_say_what_an_editor_needs(judged, name, words):
    assert words in judged[name].note


def test_growth_shows_the_year_before(judged):
    assert "7,714 vehicles" in judged["vehicles grew"].working
    assert "23,680 tonnes" in judged["cargo grew"].working


def test_the_dollars_are_worked_at_the_rates_of_the_last_whole_month(judged, show):
    assert "2024-11-01 to 2024-11-30" in judged["in dollars"].working
    assert judged["in dollars"].against == (show["allowance"].claim_id,)


def test_a_total_that_no_row_prints_follows_from_its_share(record, show, published):
    """Without the two rows that print the total and its exports, 79.4 percent of 357.33 billion remains."""
    table = record.tables["observations"]
    printed = pc.is_in(table.column("id"), value_set=pc.cast(["O1039", "O1040"], "string"))
    less = held(with_table(record, "observations", table.filter(pc.invert(printed))))
    (trade,) = judge([show["trade"]], less, published)
    assert trade.verdict == "consistent"
    assert trade.against[0] == "O0200"
    assert "79.4 % (O0200) of CNY 357.33 billion" in trade.working
    assert "= CNY 283.72 billion" in trade.working


def test_as_of_leaves_later_rows_out(record, show, published):
    then = held(record, published)
    (largest,) = judge([show["largest"]], then, published)
    assert largest.verdict == "agrees"
    before = held(record, date(2024, 11, 1))
    (listed,) = judge([show["listed"]], before, published)
    assert listed.verdict == "differs"


def test_the_same_claims_get_the_same_rows(whole, judged, show, published):
    assert judge(list(show.values()), whole, published) == list(judged.values())


def test_a_superlative_without_a_date_points_to_the_largest_by_then(whole, show, published):
    (undated,) = judge([replace(show["largest"], period_start=None, period_end=None)], whole, published)
    assert undated.verdict == "superseded"
    (changed,) = judge([replace(show["largest"], period_start=None, period_end=None, value=35.0)], whole, published)
    assert changed.verdict == "no_record"


def test_a_season_that_was_only_announced(whole, make):
    words = {"subject": "khunjerab", "quantity": "rules.season", "status": "rule"}
    said = make("all year round", sentence="It was agreed that the pass will be open all year round.", **words)
    (ahead,) = judge([said], whole, date(2023, 11, 8))
    assert ahead.verdict == "agrees"
    assert ahead.note.startswith("It came:")
    (flat,) = judge([replace(said, sentence="The pass is open all year round.")], whole, date(2023, 11, 8))
    assert flat.verdict == "contradicts"


@pytest.mark.parametrize(
    ("span", "verdict"),
    [
        ("from November 30 to April 1", "imprecise"),  # December to March; opened all the same, twice
        ("from December 30 to April 1", "imprecise"),  # a month off at one end
        ("from August 30 to April 1", "contradicts"),
    ],
)
def test_a_season_by_its_days(whole, make, span, verdict):
    sentence = f"The pass is closed {span}."
    claim = make(f"closed {span}", sentence=sentence, subject="khunjerab", quantity="rules.season", status="rule")
    assert judge([claim], whole, date(2024, 2, 3))[0].verdict == verdict


def test_an_announced_notice_is_as_good_as_one_that_took_effect(whole, show):
    claim = replace(show["listed"], status="forecast")
    assert judge([claim], whole, date(2024, 11, 23))[0].verdict == "agrees"
