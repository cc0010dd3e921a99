"""Weights of rows: the filter beside its definition by loops, the rate kept under weights, and whom they favour."""

import numpy as np
import pytest

from entrepot.diversion.expected.null import null
from entrepot.diversion.expected.power import Reach
from entrepot.diversion.signals.false_discovery import benjamini_hochberg, conjunction, over_scan
from entrepot.diversion.signals.row_weights import row_weights

LEVEL = 0.1


def by_loops(p, weights):
    """The q of each row as the definition has it: the least bound over all thresholds at which it is found."""
    weights = weights / weights.mean()
    needed = [max(x / w for x in row) for row, w in zip(p, weights, strict=True)]
    rates = {}
    for t in needed:
        found = [i for i, x in enumerate(needed) if x <= t]
        legs, rows = 0.0, t * sum(weights[i] for i in found)
        for k in (0, 1):
            supported = [i for i in range(len(p)) if p[i][1 - k] / weights[i] <= t]
            plainly = sum(weights[i] for i in supported if p[i][k] > 0.5)
            whole = sum(weights[i] for i in supported)
            legs += min(t, 1.0) * min(whole, (plainly + max(weights)) / 0.5)
            rows += t * (whole - sum(weights[i] for i in found))
        rates[t] = min(legs, rows) / len(found)
    return [min(1.0, *(r for t, r in rates.items() if t >= x)) if len(rates) > 1 else min(rates[x], 1) for x in needed]


@pytest.mark.parametrize("seed", range(5))
def test_the_filter_under_weights_is_its_definition(seed):
    rng = np.random.default_rng(seed)
    p, weights = rng.uniform(size=(40, 2)) ** 3, rng.uniform(0.2, 4, 40)
    assert conjunction(p, by_row=weights)[1] == pytest.approx(by_loops(p.tolist(), weights), rel=1e-9)


def scans(one_legged, rng, rows=60):
    """Fall, rises and match of a scan in which no pair of legs both rose, and weights that know no p."""
    p = rng.uniform(size=(rows, 2))
    p[:one_legged, 0] = rng.uniform(0, 1e-4, one_legged)  # a new market: one leg truly rose
    amounts = np.abs(np.log(rng.uniform(0.05, 1, (rows, 2))) @ (1, -1))
    match = np.clip(amounts / 2, 0.05, 1)
    return np.column_stack([np.full(rows, 0.01), p, match]), rng.uniform(0.1, 5, rows)


@pytest.mark.parametrize("one_legged", [0, 10])
def test_weights_that_know_no_p_keep_the_rate(one_legged):
    """In 400 scans of nothing a signal is given in a tenth at most, and as many more as chance gives once in 1,000."""
    rng = np.random.default_rng(11)
    hit = 0
    for _ in range(400):
        tests, weights = scans(one_legged, rng)
        hit += bool((over_scan(tests, weights) <= LEVEL).any())
    assert hit <= 60  # the 99.9 % point of 400 draws at 0.1


def test_most_is_given_where_a_rise_would_stand_out_by_some_and_little_to_what_is_sure_or_drowns():
    rng = np.random.default_rng(2)
    against = null(rng.normal(size=900), rng.uniform(size=900))
    lost, base = 1e6, np.array([1e9, 2.5e6, 1e6, 5e5, 1e3])
    legs = np.column_stack([base, base])
    of = Reach(legs, np.full_like(legs, 0.4), np.full_like(legs, 0.5), np.full_like(legs, np.inf))
    weights = row_weights(of, against, np.full(5, lost), np.ones(5, dtype=bool), np.full(5, 0.01))
    assert weights.mean() == pytest.approx(1)
    assert weights[1:4].min() > weights[[0, 4]].max() >= 0.5
    unknown = row_weights(of, against, np.full(5, np.nan), np.ones(5, dtype=bool), np.full(5, 0.01))
    assert unknown.tolist() == [1.0] * 5


def test_a_plain_fall_of_the_direct_leg_is_worth_more_and_keeps_the_rate():
    """Products whose direct leg fell by chance are weighed by that fall; a signal of nothing is given in a tenth."""
    rng = np.random.default_rng(5)
    against, hit, products, hubs = null(rng.normal(size=900), rng.uniform(size=900)), 0, 12, 6
    rows = products * hubs
    legs = np.full((rows, 2), 1e6)
    of = Reach(legs, np.full_like(legs, 0.4), np.full_like(legs, 0.5), np.full_like(legs, np.inf))
    for _ in range(400):
        fall = np.repeat(rng.uniform(size=products), hubs)
        weights = row_weights(of, against, np.full(rows, 1e6), fall <= 0.5, fall)
        tests = np.column_stack([fall, rng.uniform(size=(rows, 2)), np.ones(rows)])
        hit += bool((over_scan(tests, weights) <= LEVEL).any())
    assert hit <= 60  # the 99.9 % point of 400 draws at 0.1
    assert weights[fall <= 0.5].mean() == pytest.approx(1)
    order = np.argsort(fall[fall <= 0.5])
    assert (np.diff(weights[fall <= 0.5][order]) <= 1e-12).all()


def test_weighted_rates_of_one_p_a_row_are_their_definition():
    rng = np.random.default_rng(8)
    p, weights = rng.uniform(size=50) ** 2, rng.uniform(0.1, 5, 50)
    p[7] = np.nan
    known = np.isfinite(p)
    scaled = p * weights[known].mean() / weights
    q = benjamini_hochberg(p, weights)
    for i in np.flatnonzero(known):
        at = [t for t in scaled[known] if t >= scaled[i]]
        assert q[i] == pytest.approx(min(1.0, *(t * known.sum() / (scaled[known] <= t).sum() for t in at), 1.0))
    assert np.isnan(q[7])


def test_where_no_row_could_stand_out_all_weigh_the_same():
    rng = np.random.default_rng(2)
    against = null(rng.normal(size=900), rng.uniform(size=900))
    legs = np.full((4, 2), 1e12)
    of = Reach(legs, np.full_like(legs, 0.4), np.full_like(legs, 0.5), np.full_like(legs, np.inf))
    weights = row_weights(of, against, np.full(4, 1e-3), np.ones(4, dtype=bool), np.full(4, 0.01))
    assert weights.tolist() == [1.0] * 4
