"""Hubs over all products together: chance is as rare as stated, and what each product alone hides is found."""

import numpy as np
import pytest
from scipy.stats import norm

from entrepot.diversion.flows.touched_series import Route
from entrepot.diversion.signals.false_discovery import benjamini_hochberg
from entrepot.diversion.signals.hub_pool import BY_HUB, BY_ROW, WITHIN, Pool, by_hub, rates_of, said, with_hubs

PLACES, PRODUCTS = 40, 12
ROUTE = Route(0, 1)


def pool(rng, lift=0.0, hub=5, within=0.5):
    """Scores of all pairs over products; what a pair's products share has the variance `within`."""
    shared = rng.normal(0, np.sqrt(within), (PLACES, PLACES, 1))
    z = shared + rng.normal(0, np.sqrt(1 - within), (PLACES, PLACES, PRODUCTS))
    z[0, hub] += lift
    z[hub, 1] += lift
    return Pool(z.sum(2), np.full((PLACES, PLACES), float(PRODUCTS)))


@pytest.mark.parametrize("alone", [False, True])
def test_chance_is_no_more_common_than_stated_though_products_move_together(alone):
    rng, route, level = np.random.default_rng(1), Route(0, 1, alone), 0.05
    p = np.concatenate([by_hub(pool(rng), route)[2:] for _ in range(60)])
    # Places of one scan share their draws: four standard errors, of scans instead of places.
    assert (p <= level).mean() <= level + 4 * np.sqrt(level * (1 - level) / 60)


def test_a_hub_that_leans_a_little_in_every_product_is_found():
    p = by_hub(pool(np.random.default_rng(2), lift=2.5), ROUTE)
    assert p.argmin() == 5
    assert p[5] < 0.01  # 8.7 over a spread of 2.5, and a tail as heavy as trade


def test_the_rate_is_parted_and_no_more():
    parts = (BY_ROW, BY_HUB, WITHIN)
    assert sum(parts) == pytest.approx(1.0)


def test_rows_by_themselves_and_with_their_hub_together_keep_the_rate():
    # 200 scans of 60 hubs in 12 products: two hubs that pass all of them on, three rows elsewhere.
    rng, shares = np.random.default_rng(3), []
    hubs = [h for h in range(60) for _ in range(PRODUCTS)]
    names = [str(h) for h in hubs]
    for _ in range(200):
        p = rng.random(len(hubs))
        true = np.array([h < 2 for h in hubs])
        p[true] *= 0.01
        p[[100, 300, 500]] *= 1e-5
        true[[100, 300, 500]] = True
        z = norm.isf(p).reshape(60, PRODUCTS).sum(1) / np.sqrt(PRODUCTS)
        q = with_hubs(benjamini_hochberg(p), p, names, {str(h): float(norm.sf(z[h])) for h in range(60)})
        found = q <= 0.1
        shares.append((found & ~true).sum() / max(found.sum(), 1))
        assert found[: 2 * PRODUCTS].sum() >= PRODUCTS
    assert np.mean(shares) <= 0.1 + 2 * np.std(shares) / np.sqrt(200)


def test_places_with_few_products_are_not_tested():
    of = Pool(np.full((4, 4), 9.0), np.full((4, 4), 2.0))
    assert np.isnan(by_hub(of, Route(0, 1))).all()
    assert rates_of({"KAZ": np.nan}) == {}
    assert said({"KAZ": np.nan}, 0.1, "both legs") == ()
    q = np.array([0.05, 0.2])
    np.testing.assert_array_equal(with_hubs(q, q, ["KAZ", "KGZ"], {"KAZ": np.nan, "KGZ": np.nan}), q)


def test_the_sentence_names_who_stands_out():
    (text,) = said({"KAZ": 1e-6, "KGZ": 0.9}, 0.1, "both legs")
    assert "KAZ (q 2e-06) stand out of chance" in text
    assert "KGZ" not in text
