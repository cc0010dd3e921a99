"""The verb: a real panel and options in; flows, truth and the output of hubs out.

It imports nothing of detection, and was written before it: what is to be found must not be shaped by how it is sought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError
from entrepot.trade.contract import HUB_OUTPUT
from planted.contract import PLANTED
from planted.moves import drawn, moved
from planted.options import Planted
from planted.panel import from_flows, to_flows
from planted.shocks import shocked, unreported

if TYPE_CHECKING:
    import pyarrow as pa

    from planted.options import Options
    from planted.panel import Panel, Values

# Output is half as much again as what leaves for all countries, give or take 5 % that the statistics of output miss: no
# panel holds output, and that a country sells two thirds of it abroad is a round number for small open economies.
_OUTPUT_TO_EXPORTS, _OUTPUT_ERROR = 1.5, 0.05


def plant(flows: pa.Table, options: Options) -> Planted:
    """Plant diversion and confounders in flows.

    Args:
        flows: under the contract `trade_flows`, without duplicates.
        options: what, where, how large, and the seed.

    Raises:
        BadInputError: duplicates, or a measure that does not fall within the periods.
        UnknownNameError: a place that the flows do not hold.
    """
    # Each part has its own stream, so that more of one confounder does not move the draws of another.
    streams = [np.random.default_rng([options.seed, part]) for part in (0, 1, 3)]
    panel = from_flows(flows)
    _refuse_unknown(panel, options)
    without, shocks = shocked(panel, options, streams[0])
    moves = drawn(without, options, streams[1])
    after, planted = moved(without, options, moves)
    output = _output(without, planted, options, streams[2])
    (after, gaps), (before, _) = (
        unreported(p, options, np.random.default_rng([options.seed, 2])) for p in (after, without)
    )
    return Planted(to_flows(after), to_flows(before), table(PLANTED, [*planted, *shocks, *gaps]), output)


def _refuse_unknown(panel: Panel, options: Options) -> None:
    exporters, importers = (set(panel.labels[k]) for k in ("exporter", "importer"))
    for place, known in ((options.origin, exporters), (options.destination, importers)):
        if place not in known:
            raise UnknownNameError("place of the panel", place, sorted(known))
    for place in options.hubs:
        if place not in exporters & importers:
            raise UnknownNameError("hub of the panel", place, sorted(exporters & importers))


def _output(panel: Panel, planted: list[dict[str, Any]], options: Options, rng: np.random.Generator) -> pa.Table:
    """Output of the hubs whose output is known: of each product that leaves them, by period.

    It follows their exports as they would have been, and holds what they made more to fill a gap; goods that passed
    through are not in it.
    """
    places = sorted(set(panel.labels["exporter"]))
    share = np.ceil(options.output_known * len(places))
    known = [str(p) for p in rng.permutation(places)[: int(share)]]
    own: dict[tuple[str, str, str], float] = {}
    for r in planted:
        if r["kind"] in ("own_capacity", "both"):
            own[r["hub"], r["product"], r["period"]] = r["out_usd"]
    rows = []
    for hub in known:
        for product, exports in _exports(panel, hub).items():
            made = exports * _OUTPUT_TO_EXPORTS * np.exp(rng.normal(0, _OUTPUT_ERROR, len(exports)))
            made += [own.get((hub, product, t), 0.0) for t in panel.periods]
            rows += [
                {"product": product, "hub": hub, "period": t, "amount": float(v), "unit": "USD"}
                for t, v in zip(panel.periods, made, strict=True)
            ]
    return table(HUB_OUTPUT, rows)


def _exports(panel: Panel, hub: str) -> dict[str, Values]:
    """Exports to all places by product, each leg once, whoever else counted it."""
    found: dict[tuple[str, str], Values] = {}
    for i in np.flatnonzero(panel.where(exporter=hub)):
        found.setdefault((panel.labels["product"][i], panel.labels["importer"][i]), panel.value_usd[i])
    out: dict[str, Values] = {}
    for (product, _), values in found.items():
        out[product] = out.get(product, 0) + np.nan_to_num(values)
    return out
