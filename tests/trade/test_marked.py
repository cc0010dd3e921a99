"""Marks in place of columns: the same answers as the engine of `trade.gravity`, however the rows are cut."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import NotEstimableError
from entrepot.trade import gravity_engines
from entrepot.trade.marked import marked_rows
from entrepot.trade.marked.absorbed import Level, solved
from entrepot.trade.marked.marked_rows import MARK, VALUE, crossed, fit_marks

PAIR = ("exporter", "importer")
EFFECTS = (("exporter", "product", "index"), ("importer", "product", "index"), (*PAIR, "product"))
# The engine's errors are of the means of its last step but one, which tells from the ninth digit on.
COEFFICIENTS, ERRORS = 1e-9, 1e-8


def world(seed: int, *, zeros: float = 0.1, products: int = 3) -> pl.DataFrame:
    """Trade of five exporters with eight importers over ten periods; of the first pair six periods are marked."""
    rng = np.random.default_rng(seed)
    shape = (5, 8, products, 10)
    e, i, p, t = (a.ravel() for a in np.indices(shape))
    level = rng.normal(0, 1, (5, products, 10))[e, p, t] + rng.normal(0, 1, (8, products, 10))[i, p, t]
    mean = np.exp(3 + level + rng.normal(0, 1, shape[:3])[e, i, p])
    first = (e == 0) & (i == 0)
    traded = mean * rng.gamma(10, 0.1, len(e)) * ((rng.random(len(e)) >= zeros) | first)
    columns = {"exporter": e, "importer": i, "product": p, "index": t, "amount": traded}
    mark = pl.when(pl.lit(pl.Series(first)) & (pl.col("index") >= 4)).then(pl.col("index") - 4)
    return pl.DataFrame(columns).with_columns(mark.cast(pl.Int32).alias(MARK))


@pytest.fixture
def settled(monkeypatch):
    """The engine at the narrowest tolerances it takes: at its own it stops near the eighth digit."""
    run = gravity_engines._run

    def narrow(package, frame, estimator, **options):
        near = {"fixef_tol": 1e-13} | ({"iwls_tol": 1e-14} if estimator == "ppml" else {})
        return run(package, frame, estimator, **options | near)

    monkeypatch.setattr(gravity_engines, "_run", narrow)


def both(monkeypatch, frame, names=tuple("abcdef"), **model):
    def run():
        asked = {"absorbed": EFFECTS, "cluster": PAIR} | model
        return fit_marks(frame.lazy(), "amount", names, **asked)

    held = run()
    with monkeypatch.context() as m:
        m.setattr(marked_rows, "HELD", 0)
        return held, run()


def same(held, marked):
    assert marked.coefficients == pytest.approx(held.coefficients, abs=COEFFICIENTS, rel=0)
    assert marked.standard_errors == pytest.approx(held.standard_errors, abs=ERRORS, rel=0)
    assert marked.covariance == pytest.approx(held.covariance, abs=ERRORS)
    assert (marked.n, marked.groups) == (held.n, held.groups)
    assert marked.separated + marked.singletons == held.separated + held.singletons


@pytest.mark.parametrize("zeros", [0.0, 0.3])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_says_what_the_engine_says(monkeypatch, settled, seed, zeros):
    same(*both(monkeypatch, world(seed, zeros=zeros)))


def test_effects_that_share_no_column_make_one_block(monkeypatch, settled):
    same(*both(monkeypatch, world(4), absorbed=(*EFFECTS[:2], PAIR)))


def by_season(seed: int) -> pl.DataFrame:
    """The world with two seasons: the period settles the season, so that each season is a block of its own."""
    return world(seed).with_columns((pl.col("index") % 2).alias("season"))


def test_a_season_that_its_period_settles_parts_the_rows(monkeypatch, settled):
    frame, effects = by_season(7), (*EFFECTS[:2], (*PAIR, "product", "season"))
    same(*both(monkeypatch, frame, absorbed=effects))
    assert marked_rows._common(frame, effects) == ["product", "season"]
    assert marked_rows._common(frame, EFFECTS) == ["product"]


def test_steps_end_where_only_rounding_is_left():
    """A right hand side of rounding has no solution: the steps towards one grow without end."""
    rng = np.random.default_rng(1)
    levels = [Level(rng.integers(0, 30, 500).astype(np.int32), 30) for _ in range(3)]
    weights = rng.uniform(0.1, 2, 500)
    noise = [1e-16 * rng.normal(size=30) for _ in levels]
    assert not any(f.any() for f in solved(levels, weights, noise, 1e-3, least=1e-12)[1:])


def test_least_squares_on_logarithms(monkeypatch, settled):
    after = pl.when(pl.col(MARK) >= 0).then(pl.lit(0, pl.Int32)).alias(MARK)
    frame = world(5).filter(pl.col("amount") > 0).with_columns(pl.col("amount").log(), after)
    same(*both(monkeypatch, frame, names=("after",), estimator="ols"))


def test_a_dose_is_a_mark_with_a_value(monkeypatch, settled):
    dose = (pl.col(MARK).is_not_null() * (0.5 + pl.col("index") % 3)).alias(VALUE)
    one = pl.when(pl.col(MARK) >= 0).then(pl.lit(0, pl.Int32)).alias(MARK)
    same(*both(monkeypatch, world(6).with_columns(dose).with_columns(one), names=("dose",)))


def test_rows_that_fall_for_ever_are_left_out(monkeypatch, settled):
    # Exporter 1 sells product 0 to importer 1 in period 0 only, and nobody else sells it anything of it then.
    alone = (pl.col("product") == 0) & (pl.col("importer") == 1) & (pl.col("index") == 0)
    frame = world(7, zeros=0).with_columns(
        amount=pl.when(alone & (pl.col("exporter") > 1)).then(0.0).otherwise("amount")
    )
    held, marked = both(monkeypatch, frame)
    assert marked.coefficients == pytest.approx(held.coefficients, abs=COEFFICIENTS, rel=0)
    assert marked.n + marked.separated + marked.singletons == frame.height


def test_a_mark_that_an_effect_explains_is_refused(monkeypatch):
    frame = world(8).filter((pl.col("exporter") == 0) | (pl.col("index") != 5) | (pl.col("importer") != 0))
    for held in (marked_rows.HELD, 0):
        monkeypatch.setattr(marked_rows, "HELD", held)
        with pytest.raises(NotEstimableError, match="collinear: b "):
            fit_marks(frame.lazy(), "amount", tuple("abcdef"), EFFECTS, PAIR)


@pytest.mark.parametrize("bad", [-1.0, 0.0])
def test_outcomes_that_cannot_be_are_refused(monkeypatch, bad):
    monkeypatch.setattr(marked_rows, "HELD", 0)
    with pytest.raises(NotEstimableError, match=r"negative|zero in every row"):
        fit_marks(world(9).with_columns(amount=pl.lit(bad)).lazy(), "amount", tuple("abcdef"), EFFECTS, PAIR)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(2, 6))
def test_the_normal_equations_are_solved(seed, rows, size):
    """Against dense least squares: effects that hang together have many solutions, which fit alike."""
    rng = np.random.default_rng(seed)
    codes = [rng.integers(0, size, rows).astype(np.int32) for _ in range(3)]
    levels = [Level(codes[0], size), Level(codes[1], size), Level(codes[2], size, rng.normal(size=rows), open=True)]
    weights, target = rng.uniform(0.1, 2, rows), rng.normal(size=rows)
    found = solved(levels, weights, [e.sums(weights * target) for e in levels], 1e-12)
    ours = sum(e.at(f) for e, f in zip(levels, found, strict=True))
    dense = np.hstack(
        [np.eye(size)[codes[0]], np.eye(size)[codes[1]], (np.eye(size)[codes[2]] * levels[2].values[:, None])[:, :-1]]
    )
    root = np.sqrt(weights)
    theirs = dense @ np.linalg.lstsq(dense * root[:, None], target * root, rcond=None)[0]
    assert ours == pytest.approx(theirs, abs=1e-6)


@given(st.lists(st.tuples(st.integers(-3, 900), st.integers(0, 10**12)), min_size=1, max_size=40))
def test_crossings_are_numbered_in_their_order(pairs):
    level = crossed(pl.DataFrame({"a": [a for a, _ in pairs], "b": [b for _, b in pairs]}), ["a", "b"])
    place = {p: i for i, p in enumerate(sorted(set(pairs)))}
    assert level.codes.tolist() == [place[p] for p in pairs]
    assert level.size == len(place)
