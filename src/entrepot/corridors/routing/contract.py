"""What is shown of routes. See docs/design/46-the-network.md."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown


def _assumed(name: str, of: str) -> Column:
    return Column(name, "number", f"of the {of}, assumed", unit="percent", low=0.0, high=100.0)


ROUTES_FOUND = Contract(
    name="routes_found",
    meaning="Routes between two places on a day, the best first, with what each hangs on and what of it is assumed.",
    grain=("rank",),
    columns=(
        Column("rank", "integer", "1 is the best", low=1),
        Column("from", "text", "place id of the start"),
        Column("to", "text", "place id of the end"),
        Column("by", "text", "what is least", allowed=("time", "cost", "risk")),
        Column("day", "partial_date", "the day of travel, whose seasons and closures hold"),
        Column("via", "texts", "places on the way, in order"),
        Column("modes", "texts", "modes in order"),
        Column("crossings", "texts", "where a border is crossed", absent=("not_applicable",)),
        Column("km", "number", "length", unit="km", low=0),
        Column("km_low", "number", "with the shortest that reports give of each link", unit="km", low=0),
        Column("km_high", "number", "with the longest that reports give of each link", unit="km", low=0),
        _assumed("assumed_km_percent", "length"),
        Column("hours", "number", "hours on the way, at borders and from mode to mode", unit="hours", low=0),
        Column("hours_at_borders", "number", "of these, at borders", unit="hours", low=0),
        _assumed("assumed_hours_percent", "hours"),
        Column(
            "usd", "number", "cost for 20 t; none where over half is assumed", unit="USD", absent=("unknown",), low=0
        ),
        _assumed("assumed_usd_percent", "cost"),
        Column(
            "risk_hours",
            "number",
            "hours that attacks and closures on the way must be expected to cost, beside `hours`",
            unit="hours",
            absent=("not_applicable",),
            low=0,
        ),
        Column(
            "assumed_risk_percent",
            "number",
            "of these, from lengths of closures that are assumed",
            unit="percent",
            absent=("not_applicable",),
            low=0.0,
            high=100.0,
        ),
        Column("risks", "texts", "what they are made of, the most first", absent=("not_applicable",)),
        Column(
            "hangs_on",
            "texts",
            "what each crossing on it is worth: the next best without it",
            absent=("not_applicable",),
        ),
        Column("rules", "texts", "rules of the record that hold on the way that day", absent=("not_applicable",)),
        Column("steps", "texts", "each link with its mode, length and hours"),
        Column("rests_on", "texts", "rows of the record under it"),
        Column("route_id", "text", "opens the route: `entrepot explain`", pattern="^route-[0-9a-f]{12}$"),
    ),
)

SHOWN = (Shown(ROUTES_FOUND, "route_id", "a route (route-…)", finding="entrepot.corridors.routing.route_rows:finding"),)
