"""The tables of what to do next: supplies to replace, documents to ask for, what one more listing would change."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.tracing.contract import TOUCHES

_OPEN = ("not_reported",)
_PRODUCT = Column("product", "text", "the product; empty for all that the party is supplied with", absent=_OPEN)
_PARTY = Column("party", "text", "who makes it")


def _percent(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, unit="percent", low=0, high=100)


REPLACED_SUPPLIES = Contract(
    name="replaced_supplies",
    meaning="The supplies that cost least to replace so that no links lead from an exposed party to the product.",
    grain=("product", "party", "supplier", "material", "buyer"),
    columns=(
        _PRODUCT,
        _PARTY,
        Column("supplier", "text", "who supplies"),
        Column("material", "text", "what", absent=_OPEN),
        Column("buyer", "text", "whom"),
        Column(
            "cost", "number", "value of the supply; one each where values are not all known", unit="as noted", low=0
        ),
        Column("links", "integer", "links that it came in", unit="links", low=1),
        Column("documents", "texts", "the first of their documents", absent=_OPEN),
    ),
)

NEXT_DOCUMENTS = Contract(
    name="next_documents",
    meaning="What is not known above a product, by how much knowing it would narrow the interval of its exposure.",
    grain=("product", "party", "of_party", "asks"),
    columns=(
        _PRODUCT,
        _PARTY,
        Column("of_party", "text", "whose document it is"),
        Column("asks", "text", "what to ask for"),
        Column("if_so", "text", "what the two ends below suppose that it says"),
        _percent("low_percent", "least share then"),
        _percent("high_percent", "most share then"),
        _percent("narrows_percent", "by how much the interval is narrower then"),
        Column(
            "basis",
            "text",
            "computed: both ends anew; estimated: with all other shares as they are chosen now, which promises no less",
            allowed=("computed", "estimated"),
        ),
    ),
)

EXPOSURE_CHANGES = Contract(
    name="exposure_changes",
    meaning="What the exposure of products would be if one more party were listed, beside what it is.",
    grain=("product", "party", "party_id"),
    columns=(
        Column("touches_now", "text", "whether it is touched now", allowed=TOUCHES),
        Column("touches", "text", "whether it would be", allowed=TOUCHES),
        _PRODUCT,
        _PARTY,
        Column("party_id", "text", "its id in the file"),
        _percent("low_percent_now", "least share now"),
        _percent("low_percent", "least share then"),
        _percent("high_percent_now", "most share now"),
        _percent("high_percent", "most share then"),
        Column("path", "texts", "link by link from the nearest exposed party then", absent=("not_applicable",)),
        Column("reason", "text", "the answer then, in one sentence"),
        Column("status", "text", "simulated: nothing was listed", allowed=("simulated",)),
    ),
)
