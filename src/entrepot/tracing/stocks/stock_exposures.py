"""Exposures by what stocks give out first, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english
from entrepot.tracing.exposures import exposures
from entrepot.tracing.solved_network import solved
from entrepot.tracing.stocks.contract import RULES
from entrepot.tracing.stocks.followed_stocks import with_stocks
from entrepot.tracing.stocks.lots import LOTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entrepot.tracing.asked_exposure import Asked
    from entrepot.tracing.supply_network import Network

_TOLD = ("product", "party", "party_id", "touches", "low_percent", "likely_percent", "high_percent")


@in_english
def stock_exposures(asked: Asked, chosen: Callable[[Network], Sequence[int]]) -> list[dict[str, Any]]:
    """Exposures under STOCK_EXPOSURES, the four answers of each product together.

    Args:
        asked: links, parties and the day.
        chosen: which nodes of the network are asked for.
    """
    rows = []
    for rule in RULES:
        counts = [0, 0]

        def followed(made: Network, rule: str = rule, counts: list[int] = counts) -> Network:
            found, counts[0], counts[1] = with_stocks(made, rule)  # type: ignore[arg-type]
            return found

        told = exposures(asked, chosen, solved(asked, followed if rule in LOTS else None)).rows
        more = {"rule": rule, "followed": counts[0], "not_followed": counts[1]}
        rows += [{c: r[c] for c in _TOLD} | more for r in told]
    place = {(r["party_id"], r["product"]): i for i, r in enumerate(rows[: len(rows) // len(RULES)], 1)}
    placed = ({"number": place[r["party_id"], r["product"]], **r} for r in rows)
    return sorted(placed, key=lambda r: (r["number"], RULES.index(r["rule"])))
