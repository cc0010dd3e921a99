"""A reason for a gap as a finding, with the reports that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings, periods
from entrepot.core.findings import Ground
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english
from entrepot.sources.register import unregistered
from entrepot.trade.mirrors.gap_words import BEYOND_FREIGHT
from entrepot.trade.mirrors.mirror_tables import MARGINS
from entrepot.trade.trade_flows import TRADE_FLOWS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

    Row = Mapping[str, Any]


@in_english
def finding(row: Row, look: Look) -> Stated:
    """A reason as a finding: so many dollars of a gap, at most, are consistent with it.

    Args:
        row: a row of `gap_reasons`.
        look: where its reports are found.
    """
    reports = {("trade_flows", "/".join(str(r[n]) for n in TRADE_FLOWS.grain)): r for r in look.given()}
    last = periods.last_day(row["period"]).isoformat()
    found = findings.make(
        kind="number",
        subject=f"{row['exporter']} to {row['importer']}, {row['product']} ({row['hs_vintage']}), {row['period']}",
        quantity=f"of a mirror gap, consistent with {row['consistent_with']}",
        value=row["amount_usd"],
        unit="USD",
        period=(periods.first_day(row["period"]).isoformat(), last),
        as_of=last,  # when the file was published is not known
        status="estimated",
        low=0.0,
        high=row["amount_usd"],
        basis=_rule(row),
        grounds=[Ground(*key, r["source_id"]) for key, r in reports.items()],
    )
    own = {s: unregistered(s) for s in found.sources if s not in look.sources}
    return Stated(found, reports, own)


def _rule(row: Row) -> str:
    """How the row came about, with its working."""
    gap, amount = abs(row["gap_usd"]), row["amount_usd"]
    what = (
        f"The difference of both figures is {gap:,.0f} USD"
        if row["reason"] in MARGINS
        else f"The gap ({row['mirror_id']}) is {gap:,.0f} USD"
    )
    side = "more" if row["gap_usd"] > 0 else "less"
    habit = ""
    if row["both"] is not None:
        habit = f" In {row['opposite']} of {row['both']} periods in which both flows have a gap, the gaps are opposite."
    return (
        f"{what}: {row['importer']} counts {side} than {row['exporter']}. Up to {amount:,.0f} USD of it, "
        f"{row['share']:.0%}, are consistent with {row['consistent_with']}: {_HOW[row['reason']]}.{habit} It could be "
        "none: the file shows that it may be so, not that it is."
    )


_TIMES = "the exporter's figure times the margin that is estimated from all flows of the file"
_BESIDE = "the smaller of this gap and the opposite one beside it"
_HOW = {
    "freight": _TIMES,
    "margin": f"{_TIMES}; {BEYOND_FREIGHT}",
    "third_place": _BESIDE,
    "re_exports": "what the exporter counts as re-exports, where its exports hold them",
    "other_code": _BESIDE,
    "code_withheld": "what is counted under that code",
    "not_reported": "the whole figure of the other side",
    "place_withheld": "what is counted of this code without a partner",
    "other_period": _BESIDE,
    "valuation": "the importer's figure less the margin, less its quantity at the exporter's price; where the "
    "quantities differ by no more than is usual, the whole gap",
    "quantity": "the difference of the quantities at the exporter's price; where the prices differ by no more than is "
    "usual, the whole gap",
}
