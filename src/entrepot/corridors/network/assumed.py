"""What stands in where no report tells the length, hours or cost of a link: looked up, never in code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Amount:
    """A part of the length, the hours or the cost of a link.

    Attributes:
        value: in km, hours or USD.
        basis: reported, estimated or assumed.
        rows: rows of the record on which it rests.
    """

    value: float
    basis: str
    rows: tuple[str, ...] = ()


class Assumptions:
    """The rows of `network_assumptions`, and CAREC's times and fees at border points.

    Args:
        rows: of `network_assumptions`.
        border_times: of `border_times`.
        year: rows of later years are not known yet.
    """

    def __init__(self, rows: Sequence[Row], border_times: Sequence[Row], year: int) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            self._rows.setdefault((row["mode"], row["quantity"]), []).append(row)
        known = [r for r in border_times if int(r["year"][:4]) <= year]
        self._times = sorted(known, key=lambda r: r["year"], reverse=True)

    def figure(self, mode: str, quantity: str, countries: tuple[str, str]) -> Amount:
        """What stands in for a quantity: the narrowest row that holds for both ends, else the general one.

        Args:
            mode: of the link.
            quantity: as in the table.
            countries: of its ends.

        Raises:
            KeyError: the table has no row of the mode and quantity.
        """
        rows = self._rows[mode, quantity]
        held = [r for r in rows if set(countries) <= set(r["countries"] or ())]
        row = min(held, key=lambda r: len(r["countries"])) if held else rows[0]
        taken = (row["id"], *((row["rests_on"],) if row["rests_on"] else ()))
        return Amount(row["value"], "estimated" if held and row["rests_on"] else "assumed", taken)

    def at_border(self, mode: str, ends: tuple[str, str], countries: tuple[str, str], column: str) -> Amount:
        """Hours or fees at a border: of the crossing, else of China's border points, else as the table says.

        Args:
            mode: of the link.
            ends: place ids, in the direction of travel.
            countries: of the ends.
            column: `hours` or `usd_border` of `border_times`.
        """
        way = "outbound" if countries[0] == "CN" else "inbound"
        for row in self._times:
            if row["place_id"] in ends and row["mode"] == mode and row["direction"] == way and row[column] is not None:
                return Amount(row[column], "reported", (row["id"],))
        if "CN" in countries:
            for row in self._times:
                if (row["place_id"], row["mode"]) == ("china-carec", mode) and row[column] is not None:
                    return Amount(row[column], "estimated", (row["id"],))
        return self.figure(mode, "hours_at_border" if column == "hours" else "usd_at_border", countries)
