"""The first report, end to end: no verdict worse, on the copy of the shelf; nothing of it is committed."""

from __future__ import annotations

import pytest

import entrepot

pytestmark = pytest.mark.shared
DAY = "2024-12-05"
# What stands in the span -> the verdict of its claims, in the order of the text, and a row of each.
WANTED = [
    ("November 2024", "agrees", "E080"),
    ("leave", "agrees", "E080"),
    ("banning", "agrees", "uflpa/presumption"),
    ("banning", "contradicts", "eu-flr/ban"),
    ("closing its", "contradicts", "E080"),
    ("29 Chinese companies", "agrees", "batch-uflpa-2024-11-25"),
    ("29 Chinese companies", "superseded", "batch-uflpa-2026-08-03"),
    ("year-round", "agrees", "R018"),
    ("closed", "imprecise", "R017"),
    ("over 11,000 vehicles", "agrees", "O0001"),
    ("40,900 tonnes", "agrees", "O0002"),
    ("42.6 per cent", "agrees", "O0001"),
    ("72.7 per cent", "agrees", "O0002"),
    ("October", "agrees", "E075"),
    ("two Chinese nationals", "imprecise", "E075"),
    ("up to 8,000 yuan", "agrees", "R001"),
    ("283.67 billion yuan", "agrees", "O1039"),
    ("50 per cent", "agrees", "O1039"),
]


@pytest.fixture(scope="module")
def checked(shared):
    return entrepot.check(shared / "seed" / "article.txt", published=DAY)


@pytest.mark.parametrize(("text", "verdict", "row"), WANTED)
def test_a_verdict_is_no_worse(checked, text, verdict, row):
    found = [c for c in checked.found if c.text.startswith(text) and c.verdict == verdict]
    assert any(row in (c.against or ()) for c in found)


def test_the_largest_was_passed_twice(checked):
    (claim,) = [c for c in checked.found if c.verdict == "superseded"]
    assert "2025-01-15 by 37" in claim.note
    assert "2026-08-03 by 43" in claim.note


def test_killed_near_the_airport_not_at_it(checked):
    (claim,) = [c for c in checked.found if c.text == "two Chinese nationals"]
    assert "near Karachi airport, not at it" in claim.note


def test_the_allowance_in_dollars(checked):
    (claim,) = [c for c in checked.found if c.text == "US$1,104"]
    assert claim.verdict == "consistent"
    assert "2024-11-01 to 2024-11-30" in claim.working


def test_the_sale_and_the_word_closing(checked):
    told = " ".join(c.note or "" for c in checked.found if c.quantity == "event.exit")
    assert "two words for one event" in told


def test_the_directive_bans_nothing(checked):
    (claim,) = [c for c in checked.found if c.subject == "eu-csddd"]
    assert "2024/3015" in claim.note
    assert "2027-12-14" in claim.note
    assert "692/2014" not in claim.note  # the Union's ban on goods of Crimea is about something else


def test_it_is_the_same_on_every_run(checked, shared):
    assert entrepot.check(shared / "seed" / "article.txt", published=DAY).found == checked.found
