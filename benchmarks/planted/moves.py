"""What the measure moves: diversion through hubs, and the losses and gains that are none.

All amounts are parts of what the direct leg would have carried, so that what leaves it is what passes the hub,
what is sold elsewhere and what vanishes; the tests add it up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from planted.contract import ANY
from planted.panel import with_legs

if TYPE_CHECKING:
    from planted.options import Options
    from planted.panel import Panel, Values

Row = dict[str, Any]
_KINDS = ("cut", "new_market", "own_capacity", "both")  # each also the name of a count of Confounders
_WRONG = ("wrong_code", "undervalued_in", "undervalued_out")


@dataclass(frozen=True, slots=True)
class Move:
    """One product's part of what the measure moves.

    Attributes:
        kind: one of MOVES.
        product: its code.
        hub: the place it goes through, is sold to, or that fills the gap; `*`: none.
        delay, phase: periods.
        declared: one of DECLARED.
        to_product: the next code, where a part goes under it.
    """

    kind: str
    product: str
    hub: str
    delay: int = 0
    phase: int = 1
    declared: str = "true"
    to_product: str = ""


def drawn(panel: Panel, options: Options, rng: np.random.Generator) -> list[Move]:
    """Which products are moved and how: those with a direct leg both before and after, in an order drawn."""
    direct = panel.where(exporter=options.origin, importer=options.destination)
    first = panel.first(options.since)
    seen = ~np.isnan(panel.value_usd)
    alive = direct & seen[:, :first].any(axis=1) & seen[:, first:].any(axis=1)
    codes = sorted(set(panel.labels["product"]))
    products = [str(p) for p in rng.permutation(sorted(set(panel.labels["product"][alive])))]
    products.sort(key=lambda p: p not in options.aim)
    hubs = list(options.hubs) or sorted(set(panel.labels["exporter"]) & set(panel.labels["importer"]))
    hubs = [h for h in hubs if h not in (options.origin, options.destination)]
    kinds = ["diversion"] * options.products
    for kind in _KINDS:
        kinds += [kind] * getattr(options.confounders, kind)
    moves = []
    for kind, product in zip(kinds, products, strict=False):
        hub = str(rng.choice(_small(panel, options, product, hubs)))
        late, phase = int(rng.integers(options.delay + 1)), int(rng.integers(options.phase))
        wrong, how = rng.random() < options.misdeclared, str(rng.choice(_WRONG))
        move = Move(kind, product, ANY if kind == "cut" else hub, late, phase + 1)
        if kind == "diversion" and wrong:
            move = replace(move, declared=how, to_product=_next(codes, product) if how == "wrong_code" else "")
        moves.append(move)
    return moves


def _small(panel: Panel, options: Options, product: str, hubs: list[str]) -> list[str]:
    """The hubs that are small enough beside the direct leg."""
    if options.hub_most is None:
        return hubs
    before = panel.value_usd[:, : panel.first(options.since)]

    def carried(exporter: str, importer: str) -> float:
        leg = panel.where(exporter=exporter, importer=importer, product=product)
        return float(np.nan_to_num(before[leg][:1]).sum())

    most = {h: max(carried(options.origin, h), carried(h, options.destination)) for h in hubs}
    limit = options.hub_most * carried(options.origin, options.destination)
    return [h for h in hubs if most[h] <= limit] or [min(hubs, key=lambda h: most[h])]


def _next(codes: list[str], code: str) -> str:
    """The code after this one; before it, if it is the last."""
    at = codes.index(code)
    return codes[at + 1] if at + 1 < len(codes) else codes[at - 1]


def moved(panel: Panel, options: Options, moves: list[Move]) -> tuple[Panel, list[Row]]:
    """The panel after the moves, with the rows of truth."""
    legs = [leg for m in moves for leg in _legs(m, options)]
    panel = with_legs(panel, legs)
    panel = replace(panel, value_usd=panel.value_usd.copy(), net_kg=panel.net_kg.copy())
    rows = [row for m in moves for row in _one(panel, options, m)]
    return panel, rows


def _legs(move: Move, options: Options) -> list[tuple[str, str, str]]:
    into = [(options.origin, move.hub, move.product)] if move.kind in ("diversion", "new_market", "both") else []
    out = [(move.hub, options.destination, move.product)] if move.kind in ("diversion", "own_capacity", "both") else []
    wrong = [(move.hub, options.destination, move.to_product)] if move.to_product else []
    return into + out + wrong


def _one(panel: Panel, options: Options, move: Move) -> list[Row]:
    """Carries out one move within the copied matrices of the panel; gives its truth by period."""
    part, there = _parts(panel, options, move)
    leg = {"exporter": options.origin, "importer": options.destination, "product": move.product}
    direct = panel.where(**leg)
    # The goods themselves: what the first reporter counts. All reporters of a leg see the same part go.
    value, kilos = (m[direct][0] for m in (panel.value_usd, panel.net_kg))
    for m in (panel.value_usd, panel.net_kg):
        m[direct] *= 1 - (options.share + options.cut) * part
    goods, kilos = np.nan_to_num(value * there), kilos * there
    into, out, wrong = _declared(move, options)
    kept = 1 - wrong  # of the weight; what is undervalued weighs what it weighs
    added = dict.fromkeys(("in_usd", "out_usd"), np.zeros_like(goods))
    for exporter, importer, product in _legs(move, options):
        series = panel.where(exporter=exporter, importer=importer, product=product)
        if importer == move.hub:
            added["in_usd"] = _add(panel, series, (goods * into, kilos))
        elif product == move.product:
            added["out_usd"] = _add(panel, series, (goods * out, kilos * kept))
        else:
            _add(panel, series, (goods * wrong, kilos * wrong))
    lost = np.nan_to_num(value * part) * (options.share + options.cut)
    return _told(panel, options, move, (lost, goods, added))


def _parts(panel: Panel, options: Options, move: Move) -> tuple[Values, Values]:
    """By period: how far the move has come (0 to 1), and the part of the direct leg that is under way elsewhere."""
    steps = np.arange(len(panel.periods)) - panel.first(options.since)
    part = np.where(steps >= 0, np.minimum(1, (steps + 1) / move.phase), 0.0)
    return part, part * options.share * (steps >= move.delay)


def _declared(move: Move, options: Options) -> tuple[float, float, float]:
    """Of the goods' true value: what is declared into the hub, out of it under their code, and under the next."""
    wrong = options.wrong_part
    return {
        "true": (1.0, 1.0, 0.0),
        "wrong_code": (1.0, 1 - wrong, wrong),
        "undervalued_in": (1 - wrong, 1.0, 0.0),
        "undervalued_out": (1.0, 1 - wrong, 0.0),
    }[move.declared]


def _add(panel: Panel, series: Any, what: tuple[Values, Values]) -> Values:
    """Adds to all series of a leg where something passes, an empty cell becoming what passes; gives the value added."""
    passes = what[0] > 0
    for matrix, amount in zip((panel.value_usd, panel.net_kg), what, strict=True):
        old = matrix[series]
        new = np.where(np.isnan(amount), old, np.nan_to_num(old) + np.nan_to_num(amount))
        matrix[series] = np.where(passes, new, old)
    return what[0]


def _told(panel: Panel, options: Options, move: Move, what: tuple[Values, Values, dict[str, Values]]) -> list[Row]:
    lost, goods, amounts = what
    through = goods if move.kind == "diversion" else np.zeros_like(goods)
    kept = goods if move.kind in ("diversion", "new_market", "both") else np.zeros_like(goods)
    first = panel.first(options.since)
    return [
        {
            "kind": move.kind,
            "origin": options.origin,
            "destination": options.destination,
            "product": move.product,
            "hub": move.hub,
            "period": panel.periods[i],
            "planted_usd": float(through[i]),
            "lost_usd": float(lost[i]),
            "vanished_usd": float(max(0.0, lost[i] - kept[i])),
            "in_usd": float(amounts["in_usd"][i]),
            "out_usd": float(amounts["out_usd"][i]),
            "total_usd": float(through.sum()),
            "declared": move.declared,
            "to_product": move.to_product or None,
        }
        for i in range(first, len(panel.periods))
    ]
