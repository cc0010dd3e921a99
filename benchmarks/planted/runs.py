"""Plant, scan, and lay the answer beside the truth: one row a product and place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from planted.options import Confounders, Options
from planted.plant import plant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from planted.options import Planted

    Detect = Callable[[pa.Table, Options, pa.Table], pl.DataFrame]

SIZES = (0.05, 0.1, 0.2, 0.4)
LEVEL = 0.1
ONE_PERCENT, A_FIFTH = 0.01, 0.2
SMALL = 0.1  # of the direct leg: a hub that carried less on either leg is small
_LEG = ("exporter", "importer", "product")
# What a plain baseline is judged by: three periods before, three after; of monthly panels a year and a year.
_SPAN = {"year": 3, "month": 12}


@dataclass(frozen=True, slots=True, eq=False)
class Real:
    """A real panel and the questions that are asked of it.

    Attributes:
        name: of the panel.
        flows: under `trade_flows`.
        asks: origin, destination, possible hubs (empty: all) and since; a seed takes one.
        delay, phase: most periods, see Options.
        classes: from `classes`.
    """

    name: str
    flows: pa.Table
    asks: tuple[tuple[str, str, tuple[str, ...], str], ...]
    delay: int
    phase: int
    classes: pl.DataFrame = field(repr=False)


def classes(flows: pa.Table) -> pl.DataFrame:
    """Of each leg: its share of all trade in its product, and how wrong a plain baseline is.

    The plain baseline, on flows in which nothing is planted: the mean of the span before, times the median change of
    the product's other legs of the same exporter and of those of the same importer (geometric mean of both). Its error
    is the root mean square, in log points, over all places where the panel can be cut. It knows nothing of detection.
    """
    frame = pl.DataFrame(flows)
    span = _SPAN[frame["frequency"][0]]
    once = frame.group_by(*_LEG, "period").agg(pl.col("value_usd").first())
    wide = once.pivot(on="period", index=_LEG, values="value_usd").sort(_LEG)
    periods = sorted(c for c in wide.columns if c not in _LEG)
    values = wide.select(periods).to_numpy().astype(float)
    keys = wide.select(_LEG)
    errors = []
    for cut in range(span, len(periods) - span + 1, max(1, span // 3)):
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.log(values[:, cut : cut + span].mean(axis=1) / values[:, cut - span : cut].mean(axis=1))
        change[~np.isfinite(change)] = np.nan
        told = keys.with_columns(change=pl.Series(change).fill_nan(None))
        sides = [pl.col("change").median().over(side, "product") for side in ("exporter", "importer")]
        errors.append(told.select(pl.col("change") - (sides[0] + sides[1]) / 2).to_series())
    squares = pl.DataFrame([e.alias(str(i)) ** 2 for i, e in enumerate(errors)])
    error = squares.select(pl.mean_horizontal(pl.all()).sqrt()).to_series()
    total = pl.Series(np.nansum(values, axis=1))
    out = keys.with_columns(baseline_error=error, total=total)
    return out.with_columns(trade_share=pl.col("total") / pl.col("total").sum().over("product"))


def in_class() -> pl.Expr:
    """The direct legs of which the power is promised."""
    return (pl.col("trade_share") > ONE_PERCENT) & (pl.col("baseline_error") < A_FIFTH)


def options(real: Real, seed: int, share: float, **other: Any) -> Options:
    """What one run plants: the question that the seed draws, confounders on, a quarter declared wrongly.

    An even seed asks where direct legs of the class are, and aims at them: they are few in some panels.
    """
    rng = np.random.default_rng([seed, 99])
    inside = real.classes.filter(in_class()).group_by("exporter", "importer").agg(pl.col("product").sort())
    aims = {(a, b): tuple(products) for a, b, products in inside.rows()}
    asks = [ask for ask in real.asks if ask[:2] in aims] if seed % 2 == 0 else []
    asks = asks or list(real.asks)
    origin, destination, hubs, since = asks[int(rng.integers(len(asks)))]
    asked = Options(origin, destination, since, seed, share, hubs=hubs, delay=real.delay, phase=real.phase)
    aim = aims.get((origin, destination), ()) if seed % 2 == 0 else ()
    return replace(asked, misdeclared=0.25, aim=aim, **other)


def entrepot(flows: pa.Table, asked: Options, output: pa.Table) -> pl.DataFrame:
    """The signals of Entrepot's scan."""
    from entrepot.diversion.modes.diverted import diverted
    from entrepot.diversion.question import Question

    parts = [int(x) for x in asked.since.split("-")]
    question = Question(
        measure="none",
        origin=asked.origin,
        destination=asked.destination,
        since=date(parts[0], parts[1] if len(parts) > 1 else 1, 1),
        hubs=asked.hubs or None,
        level=LEVEL,
    )
    return pl.DataFrame(diverted(flows, question, output).signals).filter(pl.col("hub") != "+ALL")


def naive(flows: pa.Table, asked: Options, output: pa.Table) -> pl.DataFrame:
    """The rule in use: direct leg down; both others up by half and by 1.96 standard deviations of their own years."""
    del output
    frame = pl.DataFrame(flows).group_by(*_LEG, "period").agg(pl.col("value_usd").first())
    before = pl.col("period") < asked.since
    legs = frame.group_by(_LEG).agg(
        growth=pl.col("value_usd").filter(~before).mean() / pl.col("value_usd").filter(before).mean() - 1,
        z=(pl.col("value_usd").filter(~before).mean() - pl.col("value_usd").filter(before).mean())
        / pl.col("value_usd").filter(before).std(),
    )
    direct = legs.filter(pl.col("exporter") == asked.origin, pl.col("importer") == asked.destination)
    fell = direct.filter(pl.col("z") < 0).select("product")
    up = (pl.col("growth") > 0.5) & (pl.col("z") > 1.96)
    into = legs.filter(pl.col("exporter") == asked.origin, up).select("product", hub="importer")
    out = legs.filter(pl.col("importer") == asked.destination, up).select("product", hub="exporter")
    found = into.join(out, on=["product", "hub"]).join(fell, on="product").filter(pl.col("hub") != asked.origin)
    return found.with_columns(word=pl.lit("possible hub"))


def judged(real: Real, asked: Options, detect: Detect = entrepot) -> pl.DataFrame:
    """One run: every product and place that the scan saw or that was planted, with the truth and the answer."""
    planted = plant(real.flows, asked)
    signals = detect(planted.flows, asked, planted.output)
    rows = signals.join(_truth(planted), on=["product", "hub"], how="full", coalesce=True)
    if not rows.height:  # a scan that has nothing to say is a scan
        rows = pl.concat([rows, pl.DataFrame({"word": ["no signal"]})], how="diagonal")
    direct = real.classes.filter(pl.col("exporter") == asked.origin, pl.col("importer") == asked.destination)
    rows = rows.join(direct.select("product", "trade_share", "baseline_error"), on="product", how="left")
    rows = rows.join(_legs(planted, asked), on=["product", "hub"], how="left")
    for side, leg, ends in (("in", "exporter", asked.origin), ("out", "importer", asked.destination)):
        other = "importer" if leg == "exporter" else "exporter"
        of = real.classes.filter(pl.col(leg) == ends)
        told = of.select("product", pl.col(other).alias("hub"), pl.col("baseline_error").alias(f"error_{side}"))
        rows = rows.join(told, on=["product", "hub"], how="left")
    known = planted.output["hub"].unique().to_pylist()
    return rows.with_columns(
        pl.col("kind").fill_null(""),
        seed=pl.lit(asked.seed),
        size=pl.lit(asked.share),
        found=pl.col("word") == "possible hub",
        qualifies=in_class().fill_null(value=False),
        reach=_reach(asked),
        output_known=pl.col("hub").is_in(known),
        leg=pl.lit(f"{asked.origin}>{asked.destination} {asked.since}"),
        befell=_befell(planted, asked),
    )


def _reach(asked: Options) -> pl.Expr:
    """How many errors of the plain baseline the planted amount is on its worst leg: what no method does much better."""
    hub = [pl.col("planted") / (pl.col(f"carried_{s}") * pl.col(f"error_{s}")) for s in ("in", "out")]
    return pl.min_horizontal((asked.share + asked.cut) / pl.col("baseline_error"), *hub)


def _truth(planted: Planted) -> pl.DataFrame:
    """Of each product and place that something was moved through: what, how much, and how declared."""
    seen = pl.DataFrame(planted.flows).select("exporter", "importer", "product", "period").unique()
    moves = pl.DataFrame(planted.truth)
    for usd, ends in (("in_usd", ("origin", "hub")), ("out_usd", ("hub", "destination"))):
        keys = [*ends, "product", "period"]
        held = moves.join(seen, left_on=keys, right_on=["exporter", "importer", "product", "period"], how="semi")
        mark = held.select("kind", *keys).unique().with_columns(pl.lit(value=True).alias(f"{usd}_seen"))
        moves = moves.join(mark, on=["kind", *keys], how="left")
    moves = moves.filter(pl.col("origin").is_not_null(), pl.col("hub") != "*")
    return moves.group_by("product", "hub").agg(
        pl.col("kind").first(),
        pl.col("declared").first(),
        planted=pl.col("planted_usd").sum(),
        declared_in=pl.col("in_usd").filter("in_usd_seen").sum(),
        declared_out=pl.col("out_usd").filter("out_usd_seen").sum(),
        late=(pl.col("lost_usd") > 0).sum() - (pl.col("planted_usd") > 0).sum(),
    )


def _legs(planted: Planted, asked: Options) -> pl.DataFrame:
    """What the legs of each hub would have carried after the measure."""
    after = pl.DataFrame(planted.without).filter(pl.col("period") >= asked.since)
    sums = after.group_by(_LEG).agg(carried=pl.col("value_usd").sum())
    into = sums.filter(pl.col("exporter") == asked.origin).select("product", hub="importer", carried_in="carried")
    out = sums.filter(pl.col("importer") == asked.destination).select("product", hub="exporter", carried_out="carried")
    return into.join(out, on=["product", "hub"], how="full", coalesce=True)


def _befell(planted: Planted, asked: Options) -> pl.Expr:
    """Which shocks befell the product or the place of a row, in words."""
    told = pl.DataFrame(planted.truth).filter(pl.col("origin").is_null()).group_by("kind", "product", "hub").len()
    words = []
    for kind, product, hub, _ in told.sort("kind").rows():
        hit = pl.lit(value=True)
        if product != "*":
            hit = pl.col("product") == product
        elif kind == "missing" and hub in (asked.origin, asked.destination):
            pass
        elif hub != "*":
            hit = pl.col("hub") == hub
        words.append(pl.when(hit.fill_null(value=False)).then(pl.lit(f"{kind} ")).otherwise(pl.lit("")))
    return pl.concat_str(words) if words else pl.lit("")


def many(real: Real, seeds: range, detect: Detect, **other: Any) -> Iterator[pl.DataFrame]:
    """All runs of a curve over SIZES."""
    for seed in seeds:
        for size in SIZES:
            yield judged(real, options(real, seed, size, **other), detect)


def nothing_planted(real: Real, seed: int) -> Iterator[tuple[str, Options]]:
    """A placebo measure, of a day on which nothing moves, and a measure that cuts but diverts nothing."""
    asked = options(real, seed, 0.2)
    for word, moved in (("placebo", 0), ("cut only", 4)):
        others = replace(Confounders(), cut=moved, new_market=moved, own_capacity=moved)
        yield word, replace(asked, products=0, confounders=others)
