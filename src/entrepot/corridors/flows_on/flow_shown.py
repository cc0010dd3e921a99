"""What stands behind a flow and behind the price of a capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.shown import Stated
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.network.network_shown import grounds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.core.shown import Look

    Row = Mapping[str, Any]


@in_english
def flow(row: Row, look: Look) -> Stated:
    """A flow as a finding: what goes this way, which rests on the links.

    Args:
        row: of `flows_found`.
        look: where the rows of the record are found.
    """
    way = (
        tr("left behind")
        if row["via"] is None
        else tr("by {via}, {hours:g} hours", via=", ".join(row["via"]), hours=row["hours"])
    )
    found = findings.make(
        kind="number",
        subject=f"{row['from']} to {row['to']}",
        quantity="loads carried" if row["via"] else "loads left behind",
        value=row["carried"],
        unit="loads/day",
        status="simulated",
        basis=f"Least hours of all loads together under the capacities: {row['carried']:g} of {row['wanted']:g} loads "
        f"a day {way}; {row['before']:g} before what was closed or capped.",
        grounds=grounds(row["rests_on"] or (), look),
    )
    return Stated(found)


@in_english
def price(row: Row, look: Look) -> Stated:
    """The price of a capacity as a finding.

    Args:
        row: of `crossing_prices`.
        look: where the rows of the record are found.
    """
    sides = (
        tr(
            "A little more saves {price_more:g}, a little less costs {price_less:g} hours for each load; "
            "one load more saves {one_more:g}, one less costs {one_less:g}, solved again.",
            price_more=row["price_more"],
            price_less=row["price_less"],
            one_more=row["one_more"],
            one_less=row["one_less"],
        )
        if row["price_more"] is not None
        else tr("It is not used up.")
    )
    found = findings.make(
        kind="number",
        subject=row["capacity"],
        quantity="price of one load a day",
        value=row["price"],
        unit="hours",
        status="simulated",
        low=row["price_more"],
        high=row["price_less"],
        basis=f"{row['load']:g} of {row['limit']:g} loads a day pass. {sides}",
        grounds=grounds(row["rests_on"] or (), look),
    )
    return Stated(found)
