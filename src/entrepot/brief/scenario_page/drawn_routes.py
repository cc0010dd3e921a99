"""Old and new routes of a scenario drawn: to whom the target sells, of whom the coalition buys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.brief.scenario_page.route_ribbons import MOST, NARROW, WIDE, Room, Route, route_ribbons
from entrepot.scenarios.figures.figure import MONEY, ROUTES
from entrepot.scenarios.figures.reroutes import BOUGHT, SOLD
from entrepot.scenarios.simulated_words import digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DrawnRoutes:
    """Routes drawn.

    Attributes:
        title: what flows.
        wide, narrow: the drawing, as wide as other charts and for a phone.
        caption: what it rests on, and what is not drawn.
        rows: of `simulated_figures`, the largest first; those that are not drawn too.
    """

    title: str
    wide: str
    narrow: str
    caption: str
    rows: tuple[Row, ...]


def drawn_routes(
    unsure: UnsureWorld, one: Answered, opens: Callable[[str], str] = lambda _: "", room: Room = WIDE
) -> Iterator[DrawnRoutes]:
    """Routes of the target's sales, and of the coalition's purchases.

    Args:
        unsure: the world, for names.
        one: the answer.
        opens: the address of the row of an id; empty for none.
        room: of the wide drawing.
    """
    scenario = one.scenario
    target, coalition = (", ".join(unsure.named(c) for c in codes) for codes in (scenario.target, scenario.coalition))
    for quantity, title, hit in (
        (SOLD, f"Goods of the measure sold by {_short(target, 'the target')}: to whom", scenario.coalition),
        (BOUGHT, f"Goods of the measure bought by {_short(coalition, 'the coalition')}: of whom", scenario.target),
    ):
        rows = [r for r in one.rows if r["part"] == ROUTES and r["quantity"] == quantity]
        rows.sort(key=lambda r: -max(r["before"], r["after"]))
        inside = {*scenario.target, *scenario.home} if quantity == SOLD else set(scenario.coalition)
        routes = _routes(unsure, [r for r in rows if r["partner"] not in inside], hit, opens)
        if routes:
            caption = _caption(unsure, [r for r in rows if r["partner"] in inside])
            wide, narrow = (route_ribbons(title, ("before", "after"), routes, each) for each in (room, NARROW))
            yield DrawnRoutes(title, wide, narrow, caption, tuple(rows))


def _short(names: str, otherwise: str) -> str:
    return names if len(names) < 60 else otherwise  # noqa: PLR2004 - letters of a title of one line


def _routes(unsure: UnsureWorld, rows: Sequence[Row], hit: Sequence[str], opens: Callable[[str], str]) -> list[Route]:
    """The largest flows and those that the measure is aimed at, and the rest as one."""
    live = [r for r in rows if r["before"] or r["after"]]
    aimed = [r for r in live if r["partner"] in hit][:MOST]
    shown = [*aimed, *[r for r in live if r not in aimed]][:MOST]
    rest = [r for r in live if r not in shown]
    routes = [
        Route(
            unsure.named(r["partner"]), r["before"], r["after"], levels(r["before"], r["after"]), r["partner"] in hit,
            opens(r["figure_id"]),
        )
        for r in sorted(shown, key=lambda r: -max(r["before"], r["after"]))
    ]  # fmt: skip
    if rest:
        before, after = (sum(r[n] for r in rest) for n in ("before", "after"))
        routes.append(Route(f"{len(rest)} others", before, after, levels(before, after), is_hit=False))
    return routes


def levels(before: float, after: float) -> str:
    """What was and what is, for a box."""
    return f"{digits(before)} → {digits(after)}"


def _caption(unsure: UnsureWorld, left_out: Sequence[Row]) -> str:
    told = "; ".join(f"{unsure.named(r['partner'])} {levels(r['before'], r['after'])}" for r in left_out)
    drawn = f" Not drawn, for it is trade at home: {told}." if told else ""
    return f"Simulated, {MONEY} a year. Coloured: the flow that the measure is aimed at.{drawn}"
