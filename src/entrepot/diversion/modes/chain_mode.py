"""The chain mode: a hub buys one stage and sells the next, both counted in one physical unit.

A measure on an origin acts through inputs: the hub that makes panels of the origin's wafers sells no wafers on. What
entered as one stage is held against what left as the next, in MW or kg by net weight; the range of the conversion is
part of the upper end. What a hub made of other inputs is not known, so the lower end is 0.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.contract import check
from entrepot.core.errors import BadInputError
from entrepot.core.units import counted
from entrepot.core.words.translate import tr
from entrepot.diversion.bounds.hub_interval import Amount, attribute
from entrepot.diversion.expected.power import asked_of_a_row, seen_from
from entrepot.diversion.expected.scan import read_series
from entrepot.diversion.flows.changed_codes import living
from entrepot.diversion.flows.flow_source import whole
from entrepot.diversion.flows.legs import legs_between, placebos, route_of
from entrepot.diversion.modes import direct_mode
from entrepot.diversion.signals.false_discovery import over_scan
from entrepot.diversion.signals.signal_words import chosen
from entrepot.diversion.signals.signal_words import rated as rated_rows
from entrepot.trade.contract import MEASURED_FLOWS

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.diversion.chains import Chain, Stage
    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Floats, Panel
    from entrepot.diversion.question import Question

_BASIS = (
    "{a} in, {b} out, by net weight; {least} to {most} {unit} a tonne of {a} ({basis_a}), {least_b} to {most_b} a "
    "tonne of {b} ({basis_b}); the lower end is 0, for what the hub made of other inputs is not known"
)


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
    tonnes = (pl.col("net_kg") / 1000).alias("amount"), pl.lit("tonnes").alias("unit")
    named = frame.with_columns(pl.col("product").alias("code"), stage.alias("product"), *tonnes)
    return check(MEASURED_FLOWS, named.drop_nulls("product").select(MEASURED_FLOWS.names).collect().to_arrow())


def chain_panel(flows: pa.Table | Path, chain: Chain) -> Panel:
    """The panel of a chain in tonnes.

    Raises:
        BadInputError: the flows hold fewer than two stages with a weight.
    """
    kept = staged(flows, chain)
    if not kept.num_rows or kept.column("amount").null_count == kept.num_rows:
        raise BadInputError(
            tr("the flows hold no weights of the chain {id}", id=chain.id),
            allowed=tr("net_kg of ") + ", ".join(c for s in chain.stages for c in s.codes),
        )
    return living(whole(kept))


def chained(
    flows: pa.Table | Path, question: Question, chain: Chain
) -> tuple[list[dict[str, Any]], Panel, tuple[str, ...]]:
    """Rows of SIGNALS without ids, totals and rivals, the panel, and what to tell of the scan."""
    from entrepot.diversion.flows.window import window_of

    panel = chain_panel(flows, chain)
    window = window_of(panel, question)
    reading = read_series(panel, window, placebos(panel, question), route_of(panel, question))
    rows: list[dict[str, Any]] = []
    for a, b in zip(chain.stages, chain.stages[1:], strict=False):
        if {a.name, b.name} <= set(panel.products):
            rows += [_as_chain(r, chain, (a, b)) for r in _between(reading, question, (a, b))]
    pairs = counted(len(rows), "pair of a stage and a hub", "pairs of stages and hubs")
    told = f"{pairs} of the chain {chain.name}, in {chain.unit}."
    return rows, panel, (told,)


def _between(reading: Reading, question: Question, stages: tuple[Stage, Stage]) -> list[dict[str, Any]]:
    """The rows of one stage that enters and the next that leaves, in the unit of the chain."""
    a, b = stages
    legs = legs_between(reading.panel, replace(question, products=None), (a.name, b.name))
    lost, enters, leaves = direct_mode.amounts(reading, legs)
    scaled = (_in_units(_traded(lost, legs), b), _in_units(enters, a), _in_units(leaves, b))
    nothing = np.full(len(legs.hub), np.nan)
    unknown = Amount(nothing, nothing, nothing, nothing)
    bounds = attribute(scaled[1], scaled[2], scaled[0], unknown)
    made = direct_mode.Rows(reading, question, legs, scaled, bounds, needs_loss=False)
    q = over_scan(made.tested(np.arange(len(legs.hub))))
    p = np.where(np.isfinite(q), made.tests.p, np.nan)
    of = replace(made.reach, base=made.reach.base * (a.most, b.most))
    needed = asked_of_a_row(p, q <= question.level, question.level)
    seen = np.where(np.isfinite(q), seen_from(of, reading.learned.full, needed), np.nan)
    could = np.where(np.isfinite(scaled[0].value), scaled[0].value, _sold(reading, question, a))
    asked = chosen(reading.panel.places, legs.hub, question.hubs)
    return rated_rows([made.row(i) for i in asked], q[asked], seen[asked], could[asked], question.level)


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
    codes = {"product": "/".join(a.codes), "product_out": "/".join(b.codes)}
    return (
        row
        | codes
        | {"mode": "chain", "unit": chain.unit, "unit_value_change": None, "mirror_gap": None, "basis": said}
    )
