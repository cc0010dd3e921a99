"""An episode made: flows of invented places, and what was put in.

Trade is a product of sizes (exporter, importer, product, pair), of walks that whole products, exporters and importers
of a product take, of a season, and of noise that remembers, heavy in its tails. It knows nothing of detection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from entrepot.core.contract import arrow_schema
from entrepot.trade.contract import TRADE_FLOWS

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from episodes.kinds import Kind

    Values = NDArray[np.float64]

FIRST = 2010  # year of the first period
DESTINATION, ORIGIN = 0, 1  # numbers of the two ends; further origins follow
# Standard deviations, in logarithms: of levels, and of a step of the walks in a quarter.
_LEVELS, _PAIR, _WALK, _SEASON = 0.8, 0.8, 0.04, 0.15
# The noise remembers two fifths of itself, and has the tails of Student's t with five degrees.
_MEMORY, _DEGREES = 0.4, 5
_DIRECT = 0.08  # what the direct flow carries of its product's trade before, about


@dataclass(frozen=True, slots=True, eq=False)
class Episode:
    """Flows and the truth.

    Attributes:
        flows: under `trade_flows`.
        truth: product, hub, kind (hub, buyer, seller), amount: what was added over all periods after, in USD.
        origin, destination: codes of the two ends.
        since: first period after.
    """

    flows: pa.Table
    truth: pl.DataFrame
    origin: str
    destination: str
    since: str


def episode(kind: Kind, seed: int) -> Episode:
    """Make one.

    Args:
        kind: what it is like.
        seed: of all draws; the same for all kinds of the same size gives the same trade before.
    """
    rng = np.random.default_rng([seed, 417])
    trade = _trade(kind, rng)
    truth = [row for k in range(kind.products) for row in _touched(trade, kind, k, rng)]
    names = [f"X{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(kind.places)]  # codes that ISO leaves to users
    schema = {"product": pl.String, "hub": pl.Int64, "kind": pl.String, "amount": pl.Float64}
    told = pl.DataFrame(truth, schema, orient="row")
    told = told.with_columns(pl.col("hub").replace_strict(dict(enumerate(names)), return_dtype=pl.String))
    since = periods(kind)[kind.before]
    return Episode(_table(trade, kind, names), told, names[ORIGIN], names[DESTINATION], since)


def periods(kind: Kind) -> list[str]:
    """The names of the periods."""
    count = range(kind.before + kind.after)
    if kind.per_year == 1:
        return [str(FIRST + t) for t in count]
    return [f"{FIRST + t // 4}-Q{t % 4 + 1}" for t in count]


def _trade(kind: Kind, rng: np.random.Generator) -> Values:
    """Exporter x importer x product x period, as nothing moved it."""
    n, k, t = kind.places, kind.products, kind.before + kind.after
    step = _WALK * np.sqrt(4 / kind.per_year)

    def walk(*shape: int) -> Values:
        return np.cumsum(rng.normal(0, step, (*shape, t)), axis=-1)

    levels = rng.normal(0, _LEVELS, (n, 1, 1, 1)) + rng.normal(0, _LEVELS, (1, n, 1, 1)) + rng.normal(0, 1, (k, 1))
    levels = levels + rng.normal(0, _PAIR, (n, n, k, 1))
    moved = walk(1, 1, k) + walk(n, 1, 1) + walk(1, n, 1) + walk(n, 1, k) + walk(1, n, k)
    season = rng.normal(0, _SEASON if kind.per_year > 1 else 0.0, (n, n, k, kind.per_year))
    seasons = np.tile(season, (1, 1, 1, t // kind.per_year + 1))[..., :t]
    trade: Values = np.exp(15 + levels + moved + seasons + kind.noise * _noise((n, n, k, t), rng))
    trade[np.arange(n), np.arange(n)] = 0.0
    return _with_direct(trade, kind)


def _noise(shape: tuple[int, ...], rng: np.random.Generator) -> Values:
    shocks: Values = rng.standard_t(_DEGREES, shape) * np.sqrt((_DEGREES - 2) / _DEGREES)
    out: Values = shocks.copy()
    for t in range(1, shape[-1]):
        out[..., t] = _MEMORY * out[..., t - 1] + np.sqrt(1 - _MEMORY**2) * shocks[..., t]
    return out


def _with_direct(trade: Values, kind: Kind) -> Values:
    """The direct flows of all origins brought to their size."""
    for o in range(ORIGIN, ORIGIN + kind.origins):
        for k in range(kind.products):
            whole = trade[..., k, : kind.before].sum() / kind.origins
            trade[o, DESTINATION, k] *= _DIRECT * whole / trade[o, DESTINATION, k, : kind.before].sum()
    return trade


def _touched(trade: Values, kind: Kind, k: int, rng: np.random.Generator) -> list[tuple[str, int, str, float]]:
    """Moves one product, and tells what was added where; the last two products are left alone but for the rest."""
    places = rng.permutation(np.arange(ORIGIN + kind.origins, kind.places)).tolist()
    through = kind.share if k < kind.diverted else 0.0
    if k >= kind.products - 2 or not (kind.share or kind.cut):
        return []
    hub, others = places[0], places[1:]
    after = slice(kind.before, None)
    truth = []
    for o in range(ORIGIN, ORIGIN + kind.origins):
        direct = trade[o, DESTINATION, k, after].copy()
        if through:
            _sized(trade, kind, (o, hub, k), rng)
            trade[o, hub, k, after] += through * direct
        for b in others[: kind.buyers]:
            _sized(trade, kind, (o, b, k), rng)
            trade[o, b, k, after] += kind.kept * direct
        trade[o, DESTINATION, k, after] *= 1 - through - kind.cut - kind.buyers * kind.kept
        if o == ORIGIN:
            _sized(trade, kind, (hub, DESTINATION, k), rng)
            truth = [(_code(k), hub, "hub", float(through * direct.sum()))] if through else []
            truth += [(_code(k), b, "buyer", float(kind.kept * direct.sum())) for b in others[: kind.buyers]]
        trade[hub, DESTINATION, k, after] += through * direct
        for s in others[kind.buyers : kind.buyers + kind.sellers]:
            trade[s, DESTINATION, k, after] += kind.kept * direct
            if o == ORIGIN:
                truth.append((_code(k), s, "seller", float(kind.kept * direct.sum())))
    return truth


def _sized(trade: Values, kind: Kind, leg: tuple[int, int, int], rng: np.random.Generator) -> None:
    """Brings a leg to the size of those of a hub, beside the direct flow of the first origin."""
    direct = trade[ORIGIN, DESTINATION, leg[2], : kind.before].mean()
    part = np.exp(rng.uniform(*np.log(kind.hubs)))
    trade[leg] *= part * direct / trade[leg][: kind.before].mean()


def _code(k: int) -> str:
    return f"{k + 10}"


def _table(trade: Values, kind: Kind, names: list[str]) -> pa.Table:
    origin, importer, k, t = np.nonzero(trade)
    if kind.only_origin:
        origin, importer, k, t = (a[origin == ORIGIN] for a in (origin, importer, k, t))
    name = np.array(names, dtype=object)
    frame = pl.DataFrame(
        {
            "exporter": pl.Series(name[origin], dtype=pl.String),
            "importer": pl.Series(name[importer], dtype=pl.String),
            "product": pl.Series(np.array([_code(i) for i in range(kind.products)], dtype=object)[k], dtype=pl.String),
            "period": pl.Series(np.array(periods(kind), dtype=object)[t], dtype=pl.String),
            "value_usd": trade[origin, importer, k, t].round(),
        }
    )
    side = "export" if kind.only_origin else "import"
    frame = frame.with_columns(
        reporter=pl.col("exporter" if kind.only_origin else "importer"),
        flow=pl.lit(side),
        valuation=pl.lit("FOB" if kind.only_origin else "CIF"),
        hs_vintage=pl.lit("HS2017"),
        frequency=pl.lit("year" if kind.per_year == 1 else "quarter"),
        status=pl.lit("reported"),
        source_id=pl.lit("invented"),
    )
    rest = {c.name: pl.String() if c.type == "text" else pl.Float64() for c in TRADE_FLOWS.columns}
    frame = frame.with_columns(pl.lit(None, t).alias(n) for n, t in rest.items() if n not in frame.columns)
    return frame.select(TRADE_FLOWS.names).to_arrow().cast(arrow_schema(TRADE_FLOWS))
