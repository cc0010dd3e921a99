"""The table of planted truth: what was put in."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract

ANY = "*"  # of a confounder that is not of one product, or not of one place
MOVES = ("diversion", "cut", "new_market", "own_capacity", "both")
SHOCKS = ("boom", "hub_boom", "recoding", "price_swing", "missing")
DECLARED = ("true", "wrong_code", "undervalued_in", "undervalued_out")

_NONE = ("not_applicable",)


def _usd(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, unit="USD", low=0)


PLANTED = Contract(
    name="planted",
    meaning="What a generator put into real flows: diversion through a hub, and confounders that are none.",
    grain=("kind", "product", "hub", "period"),
    columns=(
        Column(
            "kind",
            "text",
            "diversion; cut: a loss that goes nowhere; new_market: the origin sells it to another place, which keeps "
            "it; own_capacity: another place fills the gap with its own goods; both: the same place does both of "
            "these; the rest befalls all flows alike",
            allowed=MOVES + SHOCKS,
        ),
        Column("origin", "text", "whose direct leg fell", absent=_NONE),
        Column("destination", "text", "where it led", absent=_NONE),
        Column("product", "text", "code; `*`: all"),
        Column("hub", "text", "the place that the goods, or the confounder, went through; `*`: none, or all"),
        Column("period", "text", "period, as in the flows"),
        _usd("planted_usd", "what passed the hub from origin to destination, at its true value"),
        _usd("lost_usd", "what left the direct leg"),
        _usd("vanished_usd", "that part of it which neither passed a hub nor found another market"),
        _usd("in_usd", "what was added to the leg from origin to hub, as declared"),
        _usd("out_usd", "what was added to the leg from hub to destination, as declared under this code"),
        _usd("total_usd", "`planted_usd` of all periods together"),
        Column("declared", "text", "how the goods were declared", absent=_NONE, allowed=DECLARED),
        Column("factor", "number", "what the values were multiplied by", absent=_NONE, low=0),
        Column("to_product", "text", "the code that a part went to", absent=_NONE),
    ),
)
