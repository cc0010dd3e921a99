"""The first report, end to end: the verdicts of issue 4, on the copy of the shelf, of which nothing is committed."""

from __future__ import annotations

import re

import pytest

import entrepot

pytestmark = pytest.mark.shared
DAY = "2024-12-05"


@pytest.fixture(scope="module")
def checked(shared):
    return entrepot.check(shared / "seed" / "article.txt", published=DAY)


@pytest.fixture(scope="module")
def one(checked):
    """The first claim with these fields."""

    def first(**fields):
        found = [c for c in checked.found if all(getattr(c, k) == v for k, v in fields.items())]
        assert found, f"not read: {fields}"
        return found[0]

    return first


def test_29_firms_and_the_total_after_them(one):
    claim = one(quantity="batches.added", value=29, comparison="none")
    assert claim.verdict == "agrees"
    assert "107" in claim.note


def test_the_largest_was_passed_twice(one):
    claim = one(quantity="batches.added", comparison="largest")
    assert claim.verdict == "superseded"
    assert "2025-01-15 by 37" in claim.note
    assert "2026-08-03 by 43" in claim.note


@pytest.mark.parametrize(
    ("quantity", "value", "comparison"),
    [
        ("vehicles", 11000, "none"),
        ("cargo", 40900, "none"),
        ("vehicles", 42.6, "yoy"),
        ("cargo", 72.7, "yoy"),
    ],
)
def test_the_season_at_khunjerab(one, quantity, value, comparison):
    claim = one(subject="khunjerab", quantity=quantity, value=value, comparison=comparison)
    assert claim.verdict == "agrees"
    assert "Implied for the year before" in claim.working


def test_closed_before_with_exceptions_on_record(checked):
    (claim,) = [c for c in checked.found if c.subject == "khunjerab" and re.search("closed|December", c.text)]
    assert claim.verdict == "imprecise"
    assert "temporary winter opening" in claim.note


def test_open_all_year_with_the_conflict_of_dates(checked):
    (claim,) = [
        c for c in checked.found if c.subject == "khunjerab" and "year" in c.text and c.quantity == "rules.season"
    ]
    assert claim.verdict == "agrees"
    assert "Reports disagree" in claim.note


def test_two_killed_near_the_airport_not_at_it(one):
    claim = one(quantity="chinese_killed_in_attacks", value=2)
    assert claim.verdict == "imprecise"
    assert "near Karachi airport, not at it" in claim.note
    assert "E075" in claim.against


def test_the_allowance_and_its_dollars(one):
    yuan, dollars = one(value=8000, unit="CNY"), one(value=1104, unit="USD")
    assert yuan.verdict == "agrees"
    assert dollars.verdict == "consistent"
    assert "2024-11-01 to 2024-11-30" in dollars.working


def test_the_trade_with_central_asia(one):
    assert one(quantity="trade_value", value=283.67e9).verdict == "agrees"  # O1039, which came after the issue
    assert one(quantity="trade_value", value=50, unit="percent").verdict == "agrees"


def test_the_sale_and_the_word_closing(checked):
    exits = [c for c in checked.found if c.quantity in {"event.exit", "event.corporate"}]
    assert exits
    agreeing = [c for c in exits if c.verdict == "agrees"]
    assert any("2024-11-27" in c.note for c in agreeing)
    told = " ".join(c.note or "" for c in exits)
    assert "two words for one event" in told or "Elsewhere the text speaks of a shutdown" in told


def test_the_directive_bans_nothing(one):
    claim = one(quantity="effect.import_ban", subject="eu-csddd")
    assert claim.verdict == "contradicts"
    assert "2024/3015" in claim.note
    assert "2027-12-14" in claim.note
    assert "692/2014" not in claim.note  # the Union's ban on goods of Crimea is about something else


def test_sanctions_on_officials_are_not_on_record(one):
    claim = one(quantity="event.designation")
    assert claim.verdict == "no_record"
    assert "2023-12-08" in claim.note


def test_it_is_the_same_on_every_run(checked, shared):
    assert entrepot.check(shared / "seed" / "article.txt", published=DAY).found == checked.found
