"""Checks within a report: claims against one another and against the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.claims.check import check
from entrepot.claims.internal import checks

PUBLISHED = date(2025, 2, 1)
YEAR = {"period_start": "2024-01-01", "period_end": "2024-12-31", "period_basis": "stated"}
BEFORE = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
CARGO = {"subject": "takeshiken", "quantity": "cargo", "unit": "tonnes", "direction": "both"}
TRADE = {"subject": "xinjiang", "quantity": "trade_value", "direction": "both"}


def words(claims, published=PUBLISHED):
    return {c.claim_id: c for c in checks(claims, published)}


@pytest.mark.parametrize(("percent", "word"), [(25.0, "consistent"), (40.0, "differs")])
def test_a_percentage_against_two_figures_of_the_text(make, percent, word):
    now = make("1,250.4 tonnes", **CARGO, **YEAR, value=1250.4)
    then = make("1,000.3 tonnes", **CARGO, **BEFORE, value=1000.3)
    grew = make("25 percent", **{**CARGO, "unit": "percent"}, **YEAR, value=percent, comparison="yoy")
    found = words([now, then, grew])
    assert found[grew.claim_id].word == word
    assert found[grew.claim_id].against == (now.claim_id, then.claim_id)
    assert "1,250.4 tonnes / 1,000.3 tonnes − 1 = 25 %" in found[grew.claim_id].working


@pytest.mark.parametrize(("dollars", "word"), [(1.0e9, "consistent"), (1.3e9, "differs")])
def test_a_conversion_at_the_rates_of_its_period(make, dollars, word):
    yuan = make("7.21 billion yuan", sentence="x", **TRADE, **YEAR, value=7.21e9, unit="CNY")
    usd = make("$1 bn", sentence="x", **TRADE, **YEAR, value=dollars, unit="USD", comparison="conversion")
    assert words([yuan, usd])[usd.claim_id].word == word


def test_a_currency_without_rates_is_not_checked(make):
    rupees = make("Rs 9.1 billion", sentence="x", **TRADE, **YEAR, value=9.1e9, unit="PKR")
    usd = make("$32 million", sentence="x", **TRADE, **YEAR, value=32e6, unit="USD", comparison="conversion")
    found = words([rupees, usd])[usd.claim_id]
    assert found.word == "note"
    assert "not checked" in found.note


def test_a_share_against_part_and_total(make):
    part = make("50.1 billion", **TRADE, **YEAR, partner="Kazakhstan", value=50.1e9, unit="CNY")
    whole = make("100.2 billion", **TRADE, **YEAR, value=100.2e9, unit="CNY")
    fields = {**TRADE, **YEAR, "quantity": "trade_share", "partner": "Kazakhstan", "unit": "percent"}
    share = make("62 percent", **fields, value=62)
    assert words([part, whole, share])[share.claim_id].word == "differs"


def test_two_figures_for_one_thing(make):
    first = make("500 tonnes", sentence="a", **CARGO, **YEAR, value=500)
    second = make("700 tonnes", sentence="b", **CARGO, **YEAR, value=700)
    part = make("200 tonnes", sentence="c", **CARGO, **YEAR, value=200)
    assert words([first, part]) == {}  # far from it: of a part, which the reader did not tell
    found = words([first, second])
    assert found[first.claim_id].against == (second.claim_id,)
    assert found[second.claim_id].word == "differs"
    assert words([first, make("500 tonnes", sentence="b", **CARGO, **YEAR, value=500)]) == {}


def test_the_change_of_a_rule_in_one_sentence_is_no_conflict(make):
    rule = {"subject": "khorgos", "quantity": "rules.truck_quota", "unit": "vehicles", "per": "day", "status": "rule"}
    both = "The quota is 850 a day, up from 620."
    assert words([make("850", sentence=both, **rule, value=850), make("620", sentence=both, **rule, value=620)]) == {}


def test_two_words_for_one_event(make):
    firm = {"subject_kind": "outside", "subject": "Acme", "quantity": "event.exit", **YEAR}
    sold = make("sold its plant", **firm)
    shut = make("shut down its plant", **firm)
    found = words([sold, shut])
    assert "two words for one event" in found[shut.claim_id].note


@pytest.mark.parametrize(
    "sentence",
    [
        "It opened on Tuesday, 1 April 2024.",
        "2024年4月1日（星期二），口岸开放。",
        "Открыт во вторник, 1 апреля 2024 года.",
    ],
)
def test_a_weekday_against_its_date(make, sentence):
    day = {"period_start": "2024-04-01", "period_end": "2024-04-01", "period_basis": "stated"}
    claim = make("opened", sentence=sentence, subject="khunjerab", quantity="event.opening", **day)
    assert words([claim])[claim.claim_id].note == "2024-04-01 was a Monday, not a Tuesday."


def test_a_right_weekday_is_passed_over(make):
    day = {"period_start": "2024-04-01", "period_end": "2024-04-01", "period_basis": "stated"}
    text = "It opened on Monday, 1 April 2024."
    assert words([make("opened", sentence=text, subject="khunjerab", quantity="event.opening", **day)]) == {}


def test_a_period_that_ends_after_publication(make):
    later = {"period_start": "2025-01-01", "period_end": "2025-12-31", "period_basis": "stated"}
    told = make("900 tonnes", **CARGO, **later, value=900)
    assert "after publication" in words([told])[told.claim_id].note
    hoped = make("900 tonnes", **CARGO, **later, value=900, status="forecast")
    assert words([hoped]) == {}


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("It added 3 firms to the list: Alpha Co., Ltd., Beta and Gamma.", None),
        ("It added 3 firms to the list: Alpha Co., Ltd. and Beta.", "counts 3 and names 2"),
        ("清单新增3家企业：甲公司、乙公司。", "counts 3 and names 2"),
        ("It added 3 firms to the list.", None),
    ],
)
def test_a_count_against_the_names_after_it(make, sentence, names):
    span = "3家企业" if "家" in sentence else "3 firms"
    listed = {"subject": "uflpa-entity-list", "quantity": "batches.added", "unit": "entities"}
    claim = make(span, sentence=sentence, **listed, value=3)
    found = words([claim])
    assert (names is None) == (found == {})
    assert names is None or names in found[claim.claim_id].note


def test_a_sum_at_the_rate_of_other_days_is_noted_only(make):
    year = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
    both = {"subject": "a", "quantity": "trade_value", "sentence": "One sentence.", **year}
    yuan = make("720.3 billion yuan", **both, value=720.3e9, unit="CNY")
    for dollars, word in ((101.7e9, "consistent"), (96.1e9, "note"), (80.3e9, "differs")):
        sum_ = make("dollars", **both, value=dollars, unit="USD", comparison="conversion")
        assert [c.word for c in checks([yuan, sum_], date(2024, 3, 1))] == [word]


def test_a_share_is_of_a_part_that_names_its_other_side(make):
    year = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
    own = {"subject": "xinjiang", "quantity": "trade_value", "unit": "CNY", **year}
    found = [make("21 billion", **own, value=21e9), make("300 billion", **own, value=300e9)]
    share = make("92 percent", subject="xinjiang", quantity="trade_share", value=92, unit="percent", **year)
    assert not [c for c in checks([*found, share], date(2024, 3, 1)) if c.claim_id == share.claim_id]


def test_so_far_this_year_said_of_two_days_is_no_conflict(make):
    running = {"period_start": "2024-01-01", "period_end": "2024-12-05", "period_basis": "relative"}
    own = {"subject": "a", "quantity": "trains", "unit": "trains", **running}
    said = [make("9,000", sentence="One.", **own, value=9000), make("8,742", sentence="Two.", **own, value=8742)]
    assert not checks(said, date(2024, 12, 5))


def test_the_summary_tells_a_report_that_contradicts_itself_from_one_that_the_record_contradicts(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "London, 10 March 2025\n\nTrade between Xinjiang and Tajikistan in May 2024 was 300 million dollars.\n\n"
        "In May 2024 trade between Xinjiang and Tajikistan was 450 million dollars.\n",
        encoding="utf-8",
    )
    said = check(path).summary
    assert "2 contradict another claim of the report" in said
