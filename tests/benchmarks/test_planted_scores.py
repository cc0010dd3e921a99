"""The scores of planted truth, against published limits and cases done by hand."""

from __future__ import annotations

import polars as pl
import pytest

from planted import runs, scores


def row(**more):
    """A product and place that nothing was planted in and nothing was found in."""
    usual = {"seed": 0, "size": 0.2, "kind": "", "planted": None, "found": False, "reach": None, "declared": None}
    held = {"low": 0.0, "high": 1.0, "low_95": 0.0, "high_95": 2.0, "excess_in": 2.0, "excess_out": 1.0}
    return usual | held | {"declared_in": 0.0, "declared_out": 0.0, "output_known": False} | more


DIVERTED = {"kind": "diversion", "planted": 1.0, "reach": 3.0, "declared": "true"}


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # The 95 % limits of Clopper and Pearson as tables of the binomial distribution give them.
    [(0, 10, 0.0, 0.3085), (10, 10, 0.6915, 1.0), (5, 10, 0.1871, 0.8129), (1, 20, 0.0013, 0.2487)],
)
def test_the_interval_of_a_share_is_the_tabled_one(hits, of, low, high):
    assert scores.interval(hits, of) == pytest.approx((low, high), abs=0.0001)


def test_the_placebo_limit_is_that_of_the_tables():
    # P(X <= 3) = .867 and P(X <= 4) = .957 for 20 trials at .1
    assert scores.placebo_limit(20, 0.1) == 4
    assert scores.placebo_limit(20, 0.05) == 3  # P(X <= 2) = .925, P(X <= 3) = .984


def test_power_counts_what_was_planted_and_a_missing_answer_as_missed():
    rows = pl.DataFrame([
        row(**DIVERTED | {"found": True}),
        row(**DIVERTED),
        row(**DIVERTED | {"found": None, "reach": 0.5}),
        row(found=True),
        row(**DIVERTED | {"planted": 0.0}),
    ])  # fmt: skip
    [of] = scores.power(rows).to_dicts()
    assert (of["of"], of["hits"]) == (3, 1)
    assert of["within_reach"] == pytest.approx(2 / 3)
    assert of["power_within"] == pytest.approx(1 / 2)


def test_false_discoveries_are_averaged_over_scans_with_none_where_there_is_no_signal():
    rows = pl.DataFrame([
        row(seed=1, **DIVERTED | {"found": True}),
        row(seed=1, found=True),
        row(seed=2, kind="new_market", planted=0.0, found=True),
        row(seed=3),
        row(seed=4, kind="both", planted=0.0, found=True),  # no flow tells it from diversion: in neither count
    ])  # fmt: skip
    [of] = scores.false_discoveries(rows).to_dicts()
    assert (of["scans"], of["signals"], of["false"]) == (4, 3, 2)
    assert of["fdr"] == pytest.approx((1 / 2 + 1 + 0 + 0) / 4)


def test_coverage_tells_the_true_from_the_declared_value():
    rows = pl.DataFrame([
        row(**DIVERTED | {"planted": 0.5, "declared_in": 0.5, "declared_out": 0.5}),
        row(**DIVERTED | {"planted": 2.5, "declared_in": 2.5, "declared_out": 1.5}),
    ])  # fmt: skip
    [of] = scores.coverage(rows).to_dicts()
    assert (of["alone"], of["with_error"], of["declared"], of["above"], of["below"]) == (0.5, 0.5, 1.0, 0.5, 0.0)
    assert of["width"] == 1.0


def test_the_plain_baseline_is_without_error_where_all_legs_move_together():
    rows = [
        {"exporter": a, "importer": b, "product": "01", "period": str(y), "frequency": "year", "value_usd": 10.0 * y**2}
        for a in "ABC"
        for b in "ABC"
        if a != b
        for y in range(2001, 2010)
    ]
    found = runs.classes(pl.DataFrame(rows).to_arrow())
    assert found.height == 6
    assert found["baseline_error"].max() == pytest.approx(0, abs=1e-9)
    assert found["trade_share"].to_list() == pytest.approx([1 / 6] * 6)


def test_the_page_and_the_pictures_are_those_of_the_figures():
    import marked
    import planted_curves

    rows, held = planted_curves.read()
    page = planted_curves.PAGE.read_text(encoding="utf-8")
    measured = planted_curves.page(rows, held)
    assert marked.filled(page, measured, planted_curves.PAGE) == page, "run scripts/planted_curves.py"
    for name in held["panels"]:
        assert (planted_curves.PICTURES / f"planted-{name}.svg").exists()
