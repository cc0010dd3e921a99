"""Old and new routes of a scenario drawn: to whom the target sells, of whom the coalition buys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.brief.scenario_page.route_ribbons import MOST, NARROW, WIDE, Room, Route, route_ribbons
from entrepot.core.words.translate import tr
from entrepot.scenarios.figures.figure import MONEY, ROUTES
from entrepot.scenarios.figures.gone_round import BY_WAY, DIRECTLY, WAIT
from entrepot.scenarios.figures.reroutes import BOUGHT, GIVEN, SOLD, TAKEN, acts_of
from entrepot.scenarios.simulated_words import digits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.scenario import Act
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


def drawn_routes(one: Answered, opens: Callable[[str], str] = lambda _: "", room: Room = WIDE) -> Iterator[DrawnRoutes]:
    """Routes of the target's sales, and of the coalition's purchases; under a ban of exports the other way round.

    Args:
        one: the answer.
        opens: the address of the row of an id; empty for none.
        room: of the wide drawing.
    """
    unsure, scenario = one.unsure, one.scenario
    bans = acts_of(scenario, exports=True)
    (by, on), (sending, cut_off) = (_sides(acts) for acts in (acts_of(scenario, exports=False), bans))
    for quantity, codes, otherwise, verb, hit in (
        (SOLD, on, tr("the target"), tr("sold by {}: to whom"), by),
        (BOUGHT, by, tr("the coalition"), tr("bought by {}: of whom"), on),
        (TAKEN, cut_off, tr("the target"), tr("bought by {}: of whom"), sending),
        (GIVEN, sending, tr("the coalition"), tr("sold by {}: to whom"), cut_off),
    ):
        rows = [r for r in one.rows if r["part"] == ROUTES and r["quantity"] == quantity]
        rows.sort(key=lambda r: -max(r["before"], r["after"]))
        ways = _by_way(unsure, one, opens) if quantity == SOLD else {}
        # Who stands on both sides is a partner: its row is of what others sell it, or buy of it.
        inside = {*codes, *(scenario.home if quantity in {SOLD, TAKEN} else ())} - {*hit}
        routes = _routes(unsure, [r for r in rows if r["partner"] not in inside], (hit, ways), opens)
        if routes:
            title = tr(
                "Goods of the measure {value}",
                value=verb.format(_short(", ".join(map(unsure.named, codes)), otherwise)),
            )
            caption = _caption(unsure, [r for r in rows if r["partner"] in inside], has_ways=bool(ways))
            wide, narrow = (route_ribbons(title, ("before", "after"), routes, each) for each in (room, NARROW))
            yield DrawnRoutes(title, wide, narrow, caption, tuple(rows))


def _sides(acts: Sequence[Act]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who takes acts, and on whom."""
    by = dict.fromkeys(one for act in acts for one in act.by)
    on = dict.fromkeys(one for act in acts for one in act.on)
    return tuple(by), tuple(on)


def _short(names: str, otherwise: str) -> str:
    return names if len(names) < 60 else otherwise  # noqa: PLR2004 - letters of a title of one line


def _by_way(unsure: UnsureWorld, one: Answered, opens: Callable[[str], str]) -> dict[str, list[Route]]:
    """By destination what comes to it directly and through each hub, where the measure may be gone round."""
    full = {r["partner"] for r in one.rows if r["quantity"] == WAIT and r["value"] > 0}
    crossed = {w.hub for w in one.scenario.ways if w.cap in full}
    found: dict[str, list[Route]] = {}
    for r in one.rows:
        if r["part"] != ROUTES or r["quantity"] not in {DIRECTLY, BY_WAY}:
            continue
        how = "directly" if r["quantity"] == DIRECTLY else tr("by {named}", named=unsure.named(r["economy"]))
        end = " (full)" if r["economy"] in crossed else ""
        said, name = levels(r["before"], r["after"]), f"{unsure.named(r['partner'])}, {how}{end}"
        way = Route(name, r["before"], r["after"], said, is_hit=True, href=opens(r["figure_id"]))
        found.setdefault(r["partner"], []).append(way)
    return found


def _routes(
    unsure: UnsureWorld,
    rows: Sequence[Row],
    aimed_at: tuple[Sequence[str], Mapping[str, Sequence[Route]]],
    opens: Callable[[str], str],
) -> list[Route]:
    """The largest flows and those that the measure is aimed at, by each way that they go; and the rest as one."""
    hit, ways = aimed_at
    live = [r for r in rows if r["before"] or r["after"]]
    aimed = [r for r in live if r["partner"] in hit][:MOST]
    shown = [*aimed, *[r for r in live if r not in aimed]][:MOST]
    rest = [r for r in live if r not in shown]
    routes: list[Route] = []
    for r in sorted(shown, key=lambda r: -max(r["before"], r["after"])):
        said, is_hit = levels(r["before"], r["after"]), r["partner"] in hit
        plain = Route(unsure.named(r["partner"]), r["before"], r["after"], said, is_hit, opens(r["figure_id"]))
        routes += ways.get(r["partner"], [plain])
    if rest:
        before, after = (sum(r[n] for r in rest) for n in ("before", "after"))
        routes.append(Route(tr("{count} others", count=len(rest)), before, after, levels(before, after), is_hit=False))
    return routes


def levels(before: float, after: float) -> str:
    """What was and what is, for a box."""
    return f"{digits(before)} → {digits(after)}"


def _caption(unsure: UnsureWorld, left_out: Sequence[Row], *, has_ways: bool) -> str:
    told = "; ".join(f"{unsure.named(r['partner'])} {levels(r['before'], r['after'])}" for r in left_out)
    drawn = tr(" Not drawn, for it is trade at home: {told}.", told=told) if told else ""
    round_today = tr(" What goes round before the measure is assumed, for nobody has measured it.") if has_ways else ""
    return tr(
        "Simulated, {money} a year. Coloured: the flow that the measure is aimed at.{round_today}{drawn}",
        money=MONEY,
        round_today=round_today,
        drawn=drawn,
    )
