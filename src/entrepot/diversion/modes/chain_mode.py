"""The chain mode: a hub buys one stage and sells a later one, both counted in one physical unit.

A measure on an origin acts through inputs: the hub that makes panels of the origin's wafers sells no wafers on. What
entered as one stage is held against what left as any later one, in MW or kg by net weight; the range of the conversion
is part of the upper end. What a hub made of other inputs is not known, so the lower end is 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.contract import check
from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import ntr, tr
from entrepot.diversion.bounds.hub_interval import Amount, attribute
from entrepot.diversion.contract import UNJUDGED
from entrepot.diversion.expected.power import asked_of_a_row, joined, seen_from
from entrepot.diversion.expected.scan import read_series
from entrepot.diversion.flows.changed_codes import living
from entrepot.diversion.flows.flow_source import whole
from entrepot.diversion.flows.legs import legs_between, placebos, refuse_unknown, route_of
from entrepot.diversion.modes import direct_mode
from entrepot.diversion.modes.leg_tests import amounts
from entrepot.diversion.signals.false_discovery import over_scan
from entrepot.diversion.signals.signal_words import chosen
from entrepot.diversion.signals.signal_words import rated as rated_rows
from entrepot.trade.contract import MEASURED_FLOWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from entrepot.diversion.chains import Chain, Stage
    from entrepot.diversion.expected.power import Reach
    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Floats, Panel
    from entrepot.diversion.question import Question

_BASIS = (
    "{a} in, {b} out, by net weight; {least} to {most} {unit} a tonne of {a} ({basis_a}), {least_b} to {most_b} a "
    "tonne of {b} ({basis_b}); the lower end is 0, for what the hub made of other inputs is not known"
)

TONNES = "tonnes"  # what the flows of a chain are counted in


def staged(flows: pa.Table | Path, chain: Chain) -> pa.Table:
    """The flows of a chain's codes in tonnes, with the stage as product.

    Args:
        flows: under the contract `trade_flows`; a path: of a Parquet file.
        chain: whose stages.

    Returns:
        Under the contract `measured_flows`.
    """
    import polars as pl

    frame = pl.scan_parquet(flows) if isinstance(flows, Path) else pl.DataFrame(flows).lazy()
    stage = pl.lit(None, pl.String)
    for one in chain.stages:
        begins = pl.any_horizontal([pl.col("product").str.starts_with(c) for c in one.codes])
        stage = pl.when(begins).then(pl.lit(one.name)).otherwise(stage)
    tonnes = (pl.col("net_kg") / 1000).alias("amount"), pl.lit(TONNES).alias("unit")
    named = frame.with_columns(pl.col("product").alias("code"), stage.alias("product"), *tonnes)
    return check(MEASURED_FLOWS, named.drop_nulls("product").select(MEASURED_FLOWS.names).collect().to_arrow())


def chain_panel(flows: pa.Table | Path, chain: Chain) -> tuple[Panel, tuple[str, ...]]:
    """The panel of a chain in tonnes, and what a reader must know of its flows.

    Raises:
        BadInputError: the flows hold fewer than two stages with a weight.
    """
    kept = staged(flows, chain)
    if not kept.num_rows or kept.column("amount").null_count == kept.num_rows:
        raise BadInputError(
            tr("the flows hold no weights of the chain {id}", id=chain.id),
            allowed=tr("net_kg of ") + ", ".join(c for s in chain.stages for c in s.codes),
        )
    panel, told = whole(kept)
    return living(panel), told


def chained(
    flows: pa.Table | Path, question: Question, chain: Chain
) -> tuple[list[dict[str, Any]], Panel, tuple[str, ...]]:
    """Rows of SIGNALS without ids, totals and rivals, the panel, and what to tell of the scan."""
    from entrepot.diversion.flows.window import window_of

    panel, known = chain_panel(flows, chain)
    refuse_unknown(panel.products, panel.places, question)
    window = window_of(panel, question)
    reading = read_series(panel, window, placebos(panel, question), route_of(panel, question))
    there = [s for s in chain.stages if s.name in panel.products]
    ways = [_way(reading, question, stages, chain.unit) for stages in combinations(there, 2)]
    rows = _surest(
        [_as_chain(row, chain, way.stages) for way, found in _rated(ways, reading, question) for row in found]
    )
    told = ntr(
        sum(len(way.legs.hub) for way in ways),
        "{count:,} way along the chain {chain}, in {unit}, was looked at: an earlier stage into a place and a later "
        "one out of it.",
        "{count:,} ways along the chain {chain}, in {unit}, were looked at and tested together: an earlier stage into "
        "a place and any later one out of it. Of each place and stage into it the surest way is listed.",
        chain=chain.name,
        unit=chain.unit,
    )
    return rows, panel, (*known, told)


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """One stage in and a later one out, of all places.

    Attributes:
        stages: the two.
        legs: of the panel.
        made: makes the rows, in the unit of the chain.
        reach: what it takes to see a rise, in that unit.
        could: the largest rise that can have come; one a row.
    """

    stages: tuple[Stage, Stage]
    legs: Legs
    made: direct_mode.Rows
    reach: Reach
    could: Floats


def _way(reading: Reading, question: Question, stages: tuple[Stage, Stage], unit: str) -> _Way:
    """One stage that enters and a later one that leaves, in the unit of the chain."""
    a, b = stages
    legs = legs_between(reading.panel, question, (a.name, b.name))
    lost, enters, leaves = amounts(reading, legs)
    lost = _traded(lost, legs)
    scaled = (_in_units(lost, b), _in_units(enters, a), _in_units(leaves, b))
    nothing = np.full(len(legs.hub), np.nan)
    unknown = Amount(nothing, nothing, nothing, nothing)
    bounds = attribute(scaled[1], scaled[2], scaled[0], unknown)
    counted = direct_mode.Converted(unit, lost)
    made = direct_mode.Rows(reading, question, legs, scaled, bounds, needs_loss=False, converted=counted)
    could = np.where(np.isfinite(scaled[0].value), scaled[0].value, _sold(reading, question, a))
    each = (a.most, b.most)
    needed = replace(made.reach, base=made.reach.base * each, most=made.reach.most * each)
    return _Way(stages, legs, made, needed, could)


def _rated(ways: list[_Way], reading: Reading, question: Question) -> Iterator[tuple[_Way, list[dict[str, Any]]]]:
    """Each way with its rows; the rate is that of all ways together, a hub being asked of more than one."""
    if not ways:
        return
    q = over_scan(np.concatenate([w.made.tested(np.arange(len(w.legs.hub))) for w in ways]))
    p = np.where(np.isfinite(q), np.concatenate([w.made.tests.p for w in ways]), np.nan)
    needed = asked_of_a_row(p, q <= question.level, question.level)
    seen = np.where(np.isfinite(q), seen_from(joined([w.reach for w in ways]), reading.learned.full, needed), np.nan)
    cuts = np.cumsum([len(w.legs.hub) for w in ways])[:-1]
    for way, rate, rise in zip(ways, np.split(q, cuts), np.split(seen, cuts), strict=True):
        asked = chosen(reading.panel.places, way.legs.hub, question.hubs)
        made = [way.made.row(i) for i in asked]
        yield way, rated_rows(made, rate[asked], rise[asked], way.could[asked], question.level)


def _surest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each place and stage into it the row of the least q and p, and of those without the nearest stage out.

    The rate is of all ways, so the choice is paid for; and what entered a place is counted once in all hubs together.
    """
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = str(row["product"]), str(row["hub"])
        if key not in best or _sureness(row) < _sureness(best[key]):
            best[key] = row
    return list(best.values())


def _sureness(row: dict[str, Any]) -> tuple[bool, float, float]:
    q, p = row.get("q"), row.get("p")
    return row["word"] == UNJUDGED, 1.0 if q is None else q, 1.0 if p is None else p


def _sold(reading: Reading, question: Question, stage: Stage) -> float:
    """All that the origin sold of a stage after the day, in the unit of the chain."""
    panel, window = reading.panel, reading.window
    mine = (panel.exporter == panel.place(question.origin)) & (panel.product == panel.products.index(stage.name))
    return float(np.nansum(panel.amount[mine, window.after : window.end])) * stage.most


def _traded(lost: Amount, legs: Legs) -> Amount:
    """The loss where the later stage ever went directly; unknown elsewhere, which is no bound."""

    def kept(values: Floats) -> Floats:
        return np.where(legs.direct >= 0, values, np.nan)

    return Amount(*(kept(v) for v in (lost.value, lost.error, lost.low, lost.most)))


def _in_units(amount: Amount, stage: Stage) -> Amount:
    """Tonnes as units: a rise by the most that a tonne may hold, so that the upper end leaves nothing out."""

    def scaled(values: Floats) -> Floats:
        return np.where(values > 0, values * stage.most, values * stage.least)

    return Amount(scaled(amount.value), amount.error * stage.most, scaled(amount.low), scaled(amount.most))


def in_tonnes(amount: float, stage: Stage) -> float:
    """An amount of a row again in the tonnes that it was converted from."""
    return amount / (stage.most if amount > 0 else stage.least)


def _as_chain(row: dict[str, Any], chain: Chain, stages: tuple[Stage, Stage]) -> dict[str, Any]:
    a, b = stages
    said = _BASIS.format(
        a=a.name,
        b=b.name,
        least=a.least,
        most=a.most,
        least_b=b.least,
        most_b=b.most,
        unit=chain.unit,
        basis_a=a.basis,
        basis_b=b.basis,
    )
    codes = {"product": a.code, "product_out": b.code}
    return row | codes | {"mode": "chain", "unit_value_change": None, "mirror_gap": None, "basis": said}
