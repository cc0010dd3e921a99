"""The table of exposures by what leaves a stock first."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.tracing.contract import TOUCHES

RULES = ("all_days", "fifo", "pro_rata", "worst_case")


def _percent(name: str, meaning: str, *, absent: tuple[str, ...] = ()) -> Column:
    return Column(name, "number", meaning, unit="percent", low=0, high=100, absent=absent)


STOCK_EXPOSURES = Contract(
    name="stock_exposures",
    meaning="The exposure of products by what each maker's stock is held to give out first, side by side.",
    grain=("number", "rule"),
    columns=(
        Column("number", "integer", "the product's place in the answer, from 1", low=1),
        Column("product", "text", "the product; empty: all that the party is supplied with", absent=("not_reported",)),
        Column("party", "text", "who makes it"),
        Column("party_id", "text", "its id in the file"),
        Column(
            "rule",
            "text",
            "all_days: the mix of all days, as trace has it; fifo: what came first leaves first; pro_rata: each lot "
            "has the mix that lay there that day; worst_case: any lot may be of whatever had come by then and cannot "
            "all have left; what stands on one day is in no order",
            allowed=RULES,
        ),
        Column("touches", "text", "whether documents lead to it", allowed=TOUCHES),
        _percent("low_percent", "least share"),
        _percent("likely_percent", "likely share, as trace has it", absent=("unknown",)),
        _percent("high_percent", "most share"),
        Column(
            "followed", "integer", "stocks in the whole network that were followed lot by lot", unit="stocks", low=0
        ),
        Column("not_followed", "integer", "stocks of which days or amounts are not all known", unit="stocks", low=0),
    ),
)
