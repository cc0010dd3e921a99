"""The verdicts of rows of a claim's own cell, in the order of the design, on rows made for the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from entrepot.claims import contradiction
from entrepot.claims.cells import Cell, Fact, Index
from entrepot.claims.direct import judge
from entrepot.claims.indexed.intervals import printed

PUBLISHED = date(2024, 12, 5)
YEAR = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
CELL = Cell("a", "cargo", "tonnes", direction="both", start=date(2023, 1, 1), end=date(2023, 12, 31))
CARGO = {"subject": "a", "quantity": "cargo", "unit": "tonnes", "direction": "both"}


def fact(row_id: str, value: float, bound: str = "exact", cell: Cell = CELL, **more) -> Fact:
    return Fact(row_id, "observations", cell, printed(value, bound, cell.unit), **more)


def index(*facts: Fact, parents=None, only=None) -> Index:
    by_key: dict = {}
    for f in facts:
        by_key.setdefault((f.cell.subject, f.cell.quantity), []).append(f)
    also = {"trucks": ("vehicles",), "vehicles": ("trucks",)}
    return Index({k: tuple(v) for k, v in by_key.items()}, parents or {}, {}, {}, also, only or {})


@pytest.fixture(scope="module")
def claim(make):
    def made(value: float, bound: str = "exact", **more):
        return make(f"{value} tonnes", **(CARGO | YEAR | {"value": value, "bound": bound} | more))

    return made


def test_the_same_number_agrees(claim):
    assert judge(index(fact("r", 512.3)), claim(512.3), PUBLISHED).word == "agrees"


def test_a_rounding_agrees_within_rounding(claim):
    assert judge(index(fact("r", 512.3)), claim(510), PUBLISHED).word == "agrees_within_rounding"


def test_what_meets_the_words_only_is_imprecise(claim):
    found = judge(index(fact("r", 900)), claim(500, "over"), PUBLISHED)
    assert found.word == "imprecise"
    assert "Only as a bound" in found.notes[0]


def test_another_number_differs(claim):
    found = judge(index(fact("r", 900)), claim(512.3), PUBLISHED)
    assert (found.word, found.against) == ("differs", ("r",))


def test_no_row_no_verdict(claim):
    assert judge(index(), claim(512.3), PUBLISHED) is None


def test_one_that_agrees_suffices_and_the_conflict_is_shown(claim):
    found = judge(index(fact("r", 900), fact("s", 512.3)), claim(512.3), PUBLISHED)
    assert (found.word, found.against) == ("agrees", ("s",))
    assert "Reports disagree: 900 tonnes, 2023 (r)" in found.notes[0]


def test_unclear_rows_never_contradict_and_alone_make_imprecise(claim):
    doubtful = index(fact("r", 512.3, quality="unclear"))
    assert judge(doubtful, claim(900), PUBLISHED) is None
    assert judge(doubtful, claim(512.3), PUBLISHED).word == "imprecise"


def test_the_period_may_give(claim):
    longer = replace(CELL, end=date(2024, 1, 15))
    assert judge(index(fact("r", 512.3, cell=longer)), claim(512.3), PUBLISHED).word == "imprecise"
    half = replace(CELL, end=date(2023, 6, 30))
    assert judge(index(fact("r", 512.3, cell=half)), claim(512.3), PUBLISHED) is None


def test_the_place_may_give(claim):
    held = index(fact("r", 512.3, cell=replace(CELL, subject="b")), parents={"b": "a"})
    found = judge(held, claim(512.3), PUBLISHED)
    assert found.word == "imprecise"
    assert found.notes[0].startswith("Of b on record")


def test_only_one_thing_may_give(claim):
    far = replace(CELL, subject="b", end=date(2024, 1, 15))
    assert judge(index(fact("r", 512.3, cell=far), parents={"b": "a"}), claim(512.3), PUBLISHED) is None


def test_a_mode_not_said_is_the_only_one_on_record(claim):
    by_road = fact("r", 512.3, cell=replace(CELL, mode="road"))
    assert judge(index(by_road, only={("a", "cargo"): "road"}), claim(512.3), PUBLISHED).word == "agrees"
    assert judge(index(by_road), claim(512.3), PUBLISHED).word == "imprecise"


def test_forecasts_are_not_compared_with_reports(claim):
    hoped = fact("r", 512.3, cell=replace(CELL, status="forecast"))
    assert judge(index(hoped), claim(512.3), PUBLISHED) is None


def test_trucks_and_vehicles_are_one(claim):
    cell = replace(CELL, quantity="vehicles", unit="vehicles")
    told = claim(512.3, quantity="trucks", unit="vehicles")
    assert judge(index(fact("r", 512.3, cell=cell)), told, PUBLISHED).word == "agrees"


def test_a_row_that_was_replaced_is_superseded(claim):
    held = index(fact("r", 512.3, superseded_by="s"))
    assert judge(held, claim(512.3), PUBLISHED).word == "superseded"


def test_a_row_known_later_is_named(claim):
    held = index(fact("r", 512.3, known=date(2025, 3, 1)))
    assert judge(held, claim(512.3), PUBLISHED).notes == ("r became known on 2025-03-01, after publication.",)


@pytest.fixture(scope="module")
def total(make):
    def made(value: int = 107, **more):
        listed = {"subject": "uflpa-entity-list", "quantity": "listed_entities", "unit": "entities"}
        return make(str(value), **listed, value=value, **more)

    return made


def test_a_total_now_is_superseded_by_the_next(whole, total):
    found = judge(whole.index, total(), PUBLISHED)
    assert found.word == "superseded"
    assert "144 entities from 2025-01-14, 187 entities from 2026-08-03" in found.notes[-1]


def test_a_total_of_a_day_is_not(whole, total):
    day = {"period_start": "2024-11-25", "period_end": "2024-11-25", "period_basis": "stated"}
    assert judge(whole.index, total(**day), PUBLISHED).word == "agrees"


def test_both_ways_of_counting_a_list_agree(whole, total):
    day = {"period_start": "2023-12-11", "period_end": "2023-12-11", "period_basis": "stated"}
    for count in (39, 30):
        assert judge(whole.index, total(count, **day), PUBLISHED).word == "agrees"


def test_a_rule_said_without_its_rate_is_the_rule(whole, make):
    told = make("8,000 yuan", subject="khorgos-cooperation-centre", quantity="rules.duty_free_allowance", value=8000,
                unit="CNY", bound="up_to", status="rule")  # fmt: skip
    assert judge(whole.index, told, PUBLISHED).word == "agrees"


def test_a_threshold_of_a_law_holds_until_the_law_changes(whole, make):
    law = {"subject_kind": "measure", "subject": "eu-csddd", "quantity": "measures.threshold", "status": "rule"}
    told = make("more than 1,000 employees", **law, value=1000, unit="employees", bound="over")
    found = judge(whole.index, told, PUBLISHED)
    assert found.word == "superseded"
    assert "5,000 employees from 2026-03-18" in found.notes[-1]


def test_a_planned_length_is_held_against_plans_only(whole, make):
    told = {"subject": "cku-railway", "quantity": "routes.km", "unit": "km", "value": 486}
    assert judge(whole.index, make("486 km", **told, status="planned"), PUBLISHED).word == "agrees"
    assert judge(whole.index, make("486 km", **told), PUBLISHED) is None


def test_a_row_of_unknown_mode_may_agree_and_never_contradicts(claim):
    held = index(fact("r", 900, scope_known=False))
    assert judge(held, claim(512.3), PUBLISHED) is None
    assert judge(held, claim(900), PUBLISHED).word == "agrees"


def test_who_counted_is_said(claim):
    found = judge(index(fact("r", 900, reporter="the port")), claim(512.3), PUBLISHED)
    assert "900 tonnes, 2023, counted by the port (r)" in found.notes[0]


GROWN = replace(CELL, unit="percent", comparison="yoy")


@pytest.mark.parametrize(
    ("row", "word"), [(100, "agrees"), (105, "agrees_within_rounding"), (112, "imprecise"), (160, "differs")]
)
def test_doubled_has_the_latitude_of_the_word(make, row, word):
    said = make(
        "doubled", **(CARGO | YEAR | {"unit": "percent", "value": 100.0, "bound": "about", "comparison": "yoy"})
    )
    assert judge(index(fact("r", row, cell=GROWN)), said, PUBLISHED).word == word


def called(held: Index, said) -> str:
    """The word after the gate."""
    found = judge(held, said, PUBLISHED)
    return contradiction.judged(held, said, PUBLISHED, found).word


def test_nothing_uncertain_is_contradicted(claim):
    rows = index(fact("r", 900))
    assert called(rows, claim(512.3, note="Period: that of the sentence before.")) == "differs"
    assert called(rows, claim(512.3, note="Subject: the place named before.")) == "differs"
    assert called(rows, claim(512.3, period_start=None)) == "differs"
    assert judge(rows, claim(900, period_start=None), PUBLISHED).word == "agrees"


def test_so_far_this_year_is_counted_some_days_before_it_is_printed(claim):
    counted = replace(CELL, start=date(2024, 1, 1), end=date(2024, 12, 1))
    running = {"period_start": "2024-01-01", "period_end": "2024-12-05", "period_basis": "relative"}
    assert judge(index(fact("r", 900, cell=counted)), claim(900, **running), PUBLISHED).word == "agrees"
    assert judge(index(fact("r", 900, cell=counted)), claim(512.3, **running), PUBLISHED) is None
    stated = running | {"period_basis": "stated"}
    assert judge(index(fact("r", 900, cell=counted)), claim(900, **stated), PUBLISHED).word == "imprecise"


def test_a_figure_without_a_period_is_not_of_long_ago(claim):
    undated = {"period_start": None, "period_end": None, "period_basis": "none"}
    assert judge(index(fact("r", 900, cell=replace(CELL, start=date(2001, 1, 1), end=date(2001, 12, 31)))),
                 claim(900, **undated), PUBLISHED) is None  # fmt: skip
    recent = replace(CELL, end=date(2023, 12, 31))
    assert judge(index(fact("r", 900, cell=recent)), claim(900, **undated), PUBLISHED).word == "imprecise"


def test_of_two_rows_the_same_number_is_shown(claim):
    near = [replace(CELL, end=date(2023, 12, n)) for n in (28, 30)]
    rows = index(fact("rounded", 510, cell=near[0]), fact("same", 512.3, cell=near[1]))
    assert judge(rows, claim(512.3), PUBLISHED).against == ("same",)


def test_both_sides_of_a_border_count_their_own_trade(make):
    pair = Cell("china-b", "trade_value", "USD", direction="both", start=date(2023, 1, 1), end=date(2023, 12, 31))
    said = make(
        "$12 billion", **YEAR, subject="china-b", quantity="trade_value", unit="USD", direction="both", value=12e9
    )
    one = fact("one", 20e9, cell=pair, family="one")
    other = fact("other", 4e9, cell=replace(pair, start=date(2022, 1, 1), end=date(2022, 12, 31)), family="other")
    reasons = [
        contradiction.unmet(held, said, PUBLISHED, judge(held, said, PUBLISHED))
        for held in (index(one), index(one, other))
    ]
    assert ["both sides count it, each its own way" in r for r in reasons] == [False, True]


def test_a_sum_under_half_of_the_row_may_be_of_a_part(make):
    said = make("400 tonnes", **YEAR, **CARGO, value=400)
    held = index(fact("one", 900))
    reasons = [
        contradiction.unmet(held, c, PUBLISHED, judge(held, c, PUBLISHED)) for c in (said, replace(said, value=600))
    ]
    assert ["it is so far off that it may be of a part or a whole" in r for r in reasons] == [True, False]


def test_the_number_of_another_direction_is_no_contradiction(make):
    out, inward = (fact(d, v, cell=replace(CELL, direction=d)) for d, v in (("out", 500), ("in", 400)))
    said = make("500 tonnes", **YEAR, **(CARGO | {"direction": "in"}), value=500)
    assert judge(index(out, inward), said, PUBLISHED).word == "imprecise"
    assert judge(index(inward), said, PUBLISHED).word == "differs"


def test_a_post_beyond_the_border_counts_the_same_crossing(claim):
    rows = replace(index(fact("r", 900)), opposite={"b": "a"})
    assert judge(rows, claim(900, subject="b"), PUBLISHED).word == "agrees"


def test_a_bound_far_below_is_of_another_thing(claim):
    assert judge(index(fact("r", 900)), claim(500, "over"), PUBLISHED).word == "imprecise"
    assert judge(index(fact("r", 90_000)), claim(500, "over"), PUBLISHED) is None
