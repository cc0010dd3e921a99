"""Gravity: known coefficients, another engine, the first-order conditions, and clear refusals."""

from __future__ import annotations

from dataclasses import replace
from math import log

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import NotEstimableError, UnknownNameError
from entrepot.trade import gravity
from entrepot.trade.gravity import Model, estimate, fit, wald

EFFECTS = (("exporter", "year"), ("importer", "year"), "pair")
# The two engines stop their iterations at 1e-8 of the deviance: five decimals are the issue's own standard.
FIVE_DECIMALS = 5e-6


def world(seed: int = 0, *, places: int = 12, years: int = 6, effect: float = -0.5) -> pl.DataFrame:
    """Trade of `places` over `years` by a known gravity equation; `treaty` begins for a third of the pairs midway."""
    rng = np.random.default_rng(seed)
    i, j, t = (a.ravel() for a in np.meshgrid(range(places), range(places), range(years), indexing="ij"))
    treaty = ((i + j) % 3 == 0) & (t >= years // 2) & (i != j)
    level = rng.normal(0, 1, (places, years))[i, t] + rng.normal(0, 1, (places, years))[j, t]
    mean = np.exp(3 + level + rng.normal(0, 1, (places, places))[i, j] + effect * treaty)
    frame = pl.DataFrame(
        {
            "exporter": [f"E{n:02}" for n in i],
            "importer": [f"I{n:02}" for n in j],
            "year": 2000 + t,
            "pair": i * 1000 + j,
            "treaty": treaty,
            "noise": rng.normal(size=len(i)),
            "trade": rng.poisson(mean).astype(float),
        }
    )
    return frame.filter(pl.col("exporter").str.slice(1) != pl.col("importer").str.slice(1))


def test_it_finds_the_effect_that_was_put_in():
    found = fit(world(places=20), "trade", ["treaty"], EFFECTS, ["pair"])
    assert abs(found.coefficients[0] + 0.5) < 3 * found.standard_errors[0]
    assert 0 < found.standard_errors[0] < 0.1


@pytest.mark.parametrize("estimator", ["ppml", "ols"])
@pytest.mark.parametrize("k_adj", [False, True])
def test_pyfixest_says_the_same(estimator, k_adj):
    model = Model("trade", ("treaty", "noise"), EFFECTS, ("pair",), estimator, k_adj)
    ours, theirs = (estimate(world(), model, engine) for engine in ("fereg", "pyfixest"))
    assert (ours.n, ours.separated, ours.singletons) == (theirs.n, theirs.separated, theirs.singletons)
    assert ours.coefficients == pytest.approx(theirs.coefficients, abs=FIVE_DECIMALS)
    assert ours.standard_errors == pytest.approx(theirs.standard_errors, abs=FIVE_DECIMALS)


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_ppml_gives_every_effect_its_total(seed):
    """The first-order condition: the outcome and its expectation have the same sum over each level of a covariate."""
    frame = world(seed, places=6, years=4).with_columns(one=pl.lit(0))
    simple = fit(frame, "trade", ["treaty"], ["one"], ["pair"])
    means = frame.group_by("treaty").agg(pl.col("trade").mean()).sort("treaty")["trade"].to_list()
    assert simple.coefficients[0] == pytest.approx(log(means[1] / means[0]), abs=FIVE_DECIMALS)


def test_errors_without_the_k_adjustment_are_smaller():
    free, scaled = (
        estimate(world(), Model("trade", ("treaty",), EFFECTS, ("pair",), "ppml", k)) for k in (False, True)
    )
    assert free.coefficients == scaled.coefficients
    assert free.standard_errors[0] < scaled.standard_errors[0]


def test_rows_that_an_effect_fits_perfectly_are_counted():
    frame = world().with_columns(trade=pl.when(pl.col("pair") == 1).then(0.0).otherwise(pl.col("trade")))
    zero = frame.group_by("pair").agg(pl.col("trade").sum()).filter(pl.col("trade") == 0).height * 6
    found = fit(frame, "trade", ["treaty"], EFFECTS, ["pair"])
    assert found.separated >= zero > 0
    assert found.n + found.separated + found.singletons == frame.height


def test_a_table_of_arrow_is_read_alike():
    frame = world()
    one, other = (fit(p, "trade", ["treaty"], EFFECTS, ["pair"]) for p in (frame, frame.to_arrow()))
    assert one.coefficients == other.coefficients


def test_crossed_clusters_are_those_of_the_column():
    frame = world()
    one = fit(frame, "trade", ["treaty"], EFFECTS, ["pair"])
    other = fit(frame, "trade", ["treaty"], (*EFFECTS[:2], ("exporter", "importer")), [("exporter", "importer")])
    assert one.coefficients == pytest.approx(other.coefficients, abs=FIVE_DECIMALS)
    assert one.standard_errors == pytest.approx(other.standard_errors, abs=FIVE_DECIMALS)
    assert one.groups == frame["pair"].n_unique()


def test_the_joint_test_of_one_coefficient_is_its_t_squared():
    found = fit(world(), "trade", ["treaty", "noise"], EFFECTS, ["pair"])
    statistic, p = wald(found, ["noise"])
    assert statistic == pytest.approx((found.coefficients[1] / found.standard_errors[1]) ** 2)
    assert 0 < p <= 1


@pytest.mark.parametrize("sign", [1, -1])
def test_rounding_is_no_variance_of_the_joint_test(sign):
    """Three coefficients of one cluster move as one: their covariance is of rank one, whatever rounding adds to it."""
    found = fit(world(), "trade", ["treaty", "noise"], EFFECTS, ["pair"])
    along = np.array([0.2, 0.1, -0.3])
    exact = np.outer(along, along)
    rounded = exact + sign * 1e-14 * np.array([[3, 1, 0], [1, 2, 1], [0, 1, 4]])
    asked = [
        wald(replace(found, names=("a", "b", "c"), coefficients=(0.1, 0.4, 0.2), covariance=c), ["a", "b", "c"])
        for c in (exact, rounded)
    ]
    assert asked[1] == pytest.approx(asked[0])
    assert asked[0][0] == pytest.approx(float((along @ [0.1, 0.4, 0.2]) ** 2 / (along @ along) ** 2))


WRONG = {
    "has no value in 1 row (first: 3)": lambda d: d.with_columns(
        trade=pl.when(pl.int_range(pl.len()) == 2).then(None).otherwise("trade")
    ),
    "noise has no value": lambda d: d.with_columns(noise=pl.lit(float("nan"))),
    "negative in": lambda d: d.with_columns(trade=-pl.col("trade")),
    "zero in every row": lambda d: d.with_columns(trade=pl.lit(0.0)),
    "no row": lambda d: d.clear(),
    "noise is no number": lambda d: d.with_columns(noise=pl.lit("x")),
    "collinear: noise cannot": lambda d: d.with_columns(noise=pl.col("year") * 2.0),
    "separated: noise varies": lambda d: d.with_columns(
        noise=((pl.col("trade") == 0) & (pl.col("pair") % 2 == 0)).cast(float)
    ),
}


@pytest.mark.parametrize("said", WRONG)
def test_what_cannot_be_estimated_is_refused_by_name(said):
    with pytest.raises(NotEstimableError) as caught:
        fit(WRONG[said](world()), "trade", ["treaty", "noise"], EFFECTS, ["pair"])
    assert said in str(caught.value)


def test_all_collinear_names_all():
    frame = world().with_columns(a=pl.col("year") * 1.0, b=pl.col("pair") * 1.0)
    with pytest.raises(NotEstimableError, match="a, b cannot be told apart"):
        fit(frame, "trade", ["a", "b"], EFFECTS, ["pair"])


def test_nothing_left():
    frame = world().with_columns(own=pl.int_range(pl.len()))
    with pytest.raises(NotEstimableError, match="nothing is left"):
        fit(frame, "trade", ["treaty"], ["own"], ["pair"])


def test_unknown_names_are_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="treaty"):
        fit(world(), "trade", ["treatie"], EFFECTS, ["pair"])
    with pytest.raises(UnknownNameError, match="fereg"):
        estimate(world(), Model("trade", ("treaty",), EFFECTS, ("pair",)), "ferreg")


def test_no_covariate_to_test():
    found = fit(world(), "trade", ["treaty"], EFFECTS, ["pair"])
    with pytest.raises(NotEstimableError, match="no coefficient"):
        wald(found, [])


@pytest.mark.shared
def test_on_the_guides_panel_both_engines_agree(shared):
    panel = pl.read_parquet(shared / "data/gravity/agtpa_applications.parquet").filter(pl.col("year") % 4 == 2)
    model = Model("trade", ("rta",), (("exporter", "year"), ("importer", "year"), "pair_id"), ("pair_id",))
    ours, theirs = (estimate(panel, model, engine) for engine in gravity.ENGINES)
    assert ours.n == theirs.n == 28_482
    assert ours.coefficients == pytest.approx(theirs.coefficients, abs=FIVE_DECIMALS)
    assert ours.standard_errors == pytest.approx(theirs.standard_errors, abs=FIVE_DECIMALS)


@pytest.mark.parametrize("said", ["weights must be positive and finite", "no convergence\nafter 100 steps"])
def test_an_engine_that_gives_up_is_answered_with_what_can_be_done(monkeypatch, said):
    import fereg

    def gives_up(*_, **__):
        raise ValueError(said)

    monkeypatch.setattr(fereg, "fepois", gives_up)
    panel = pl.DataFrame({"trade": [1.0, 2.0, 3.0], "log_dist": [1.0, 2.0, 4.0]})
    with pytest.raises(NotEstimableError) as caught:
        fit(panel, "trade", ["log_dist"], [], [])
    assert caught.value.found == said.partition("\n")[0]
    assert "--effects" in caught.value.remedy
