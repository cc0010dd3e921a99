"""What of the record a brief's plan is about: the places that it names, what happened at them, what was counted there.

The record was gathered for one region. A plan that follows another corridor shows nothing of that region but where it
names it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.charts.outlines import is_outlined
from entrepot.core.contract import column
from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.measures.contract import EVENTS
from entrepot.measures.measure import measures

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.brief.context import Context
    from entrepot.measures.act import BriefPlan
    from entrepot.record.embedded import Record

AT_PLACES = ("opening", "closure", "attack", "infrastructure", "agreement")  # kinds of what happens at a crossing
# Kinds of what is done to somebody: they bear on a measure by whom they name.
_NAMES_WHOM = ("listing", "designation", "import_ban", "countermeasure", "exit", "boycott", "corporate")
_TRADE = ("trade_value", "trade_share")  # what the series of a trade pair is made of


def followed(ctx: Context) -> set[str]:
    """The places that the plan follows: crossings, enforcement, territory and the places of its trade pairs."""
    f = ctx.focus
    return {*f.crossings, f.enforcement, f.territory, *(t.partition("/")[0] for t in f.trade_pairs)} - {""}


def is_at(ctx: Context, place_ids: object) -> bool:
    """Whether one of these places is one that the plan follows, or lies at one of its crossings."""
    ids = {str(p) for p in place_ids} if isinstance(place_ids, (list, tuple)) else set()
    return bool(ids & followed(ctx)) or _lies_at_crossing(ctx, ids)


def _lies_at_crossing(ctx: Context, ids: set[str]) -> bool:
    """Whether one of these places is a post or a zone of a crossing that the plan follows."""
    mine = {*ctx.focus.crossings}
    rows = ctx.rows("corridors", "place_names") if mine else []
    return any(r["place_id"] in ids and r["parent"] in mine for r in rows)


def crossed(ctx: Context) -> set[str]:
    """The countries of the crossings that the plan follows."""
    rows = ctx.rows("corridors", "place_names")
    return {c for r in rows if r["place_id"] in ctx.focus.crossings for c in r["countries"] or ()}


def shaded(ctx: Context) -> str:
    """The place id of what the measure is on, as far as the record has an outline of it; else empty."""
    named = (ctx.focus.territory,) if ctx.focus.territory else ctx.measure.territory
    return next((place for place in named if is_outlined(place)), "")


def latest_by_mode(ctx: Context, mode: str) -> list[dict[str, Any]]:
    """The crossings of the plan that have coordinates, with their last cargo by a mode."""
    points = {p.place_id: p for p in ctx.focus.points}
    return ctx.rows(
        "corridors", "latest_by_mode", places=list(ctx.focus.crossings), mode=mode, given=list(points),
        lons=[p.lon for p in points.values()], lats=[p.lat for p in points.values()],
    )  # fmt: skip


def without_coordinates(ctx: Context) -> list[str]:
    """Names of the crossings of the plan of which neither the record nor the plan has coordinates: on no map."""
    places = list(ctx.focus.crossings)
    drawn = {r["place_id"] for r in latest_by_mode(ctx, "road")}
    names = {r["place_id"]: str(r["name"]) for r in ctx.rows("corridors", "place_names")}
    return [names.get(place, place) for place in places if place not in drawn]


def concerns(ctx: Context, event: Mapping[str, Any]) -> bool:
    """Whether an event bears on the brief: at a place that is followed, else between or upon those concerned."""
    at, countries = event["place_id"] or (), {*(event["countries"] or ())}
    home, others = ctx.measure.jurisdiction, {*ctx.measure.countries} | _of_territory(ctx)
    if event["kind"] in AT_PLACES:
        # What is agreed in a capital lies at no crossing: it bears on a brief of those who agreed.
        return is_at(ctx, at) if at else home in countries and bool(countries & (others - {home}))
    if event["kind"] in _NAMES_WHOM and others:
        return not countries or bool(countries & others) or is_at(ctx, at)
    if event["kind"] == "court" and home in countries:
        return True  # what is judged of one good is said of the act
    # A law or a duty of one's own upon somebody else bears on the measure where the plan has it compete with that.
    return bool(countries & (others - {home} | _of_rivals(ctx))) or countries <= {home, *others}


def _of_rivals(ctx: Context) -> set[str]:
    """The countries of the measures that the plan says compete with its own."""
    if not ctx.focus.competes_with:
        return set()
    by_id = {m.id: m for m in measures()}
    return {c for rival in ctx.focus.competes_with if rival in by_id for c in by_id[rival].countries}


def _of_territory(ctx: Context) -> set[str]:
    rows = ctx.rows("corridors", "place_names")
    return {c for r in rows if r["place_id"] == ctx.focus.territory for c in r["countries"] or ()}


def is_counted(ctx: Context, row: Mapping[str, Any]) -> bool:
    """Whether the plan asks for what an observation counts: at its crossings, in its trade pairs, under its tests.

    Its territory is what the measure is on: what is counted there is asked for where a pair or a test names it.
    """
    f, place = ctx.focus, row["place_id"]
    if place in {*f.crossings, f.enforcement} or _lies_at_crossing(ctx, {place}):
        return True
    pairs = [t.partition("/")[::2] for t in f.trade_pairs]
    other = "" if row.get("place_type") == "country_pair" else row["partner"] or ""
    if row["metric"] in _TRADE and any(p == place and side in {other, row["partner"]} for p, side in pairs):
        return True
    return any(
        place in look.places
        and row["metric"] in look.metrics
        and (not look.partners or row["partner"] in look.partners)
        for look in f.looks
    )


def refuse_unknown(plan: BriefPlan, record: Record) -> None:
    """Refuse a plan that names what the record does not know: it would be looked for, and found nowhere, unsaid.

    Raises:
        UnknownNameError: a place, a quantity, another side, a kind of event, a product or a firm, with the nearest.
    """
    pairs = [t.partition("/")[::2] for t in plan.trade_pairs]
    looked = [p for look in plan.looks for p in look.places]
    named = [plan.enforcement, *plan.crossings, *looked, *(p for p, _ in pairs)]
    sides = [*(side for _, side in pairs), *(p for look in plan.looks for p in look.partners)]
    counted = [*(m for look in plan.looks for m in look.metrics), *(look.under for look in plan.looks)]

    def held(table: str, name: str) -> set[str]:
        cells = record.tables[table].column(name).to_pylist()
        return {str(v) for cell in cells if cell is not None for v in (cell if isinstance(cell, list) else [cell])}

    places = held("places", "place_id")
    for what, names, known in (
        (tr("place in the plan of the brief"), named, places),
        (tr("territory in the plan of the brief"), [plan.territory], places | held("region_places", "place_id")),
        (tr("quantity in the plan of the brief"), counted, held("observations", "metric")),
        (tr("partner in the plan of the brief"), sides, held("observations", "partner") | held("countries", "name")),
        (tr("kind of event in the plan of the brief"), [*plan.events, *plan.risks], {*column(EVENTS, "kind").allowed}),
        (tr("product in the plan of the brief"), plan.flow_products, held("flows", "product")),
        (tr("firm in the plan of the brief"), plan.firms, held("firms", "firm")),
    ):
        _refuse_others(what, names, known)


def _refuse_others(what: str, names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name and name not in known:
            raise UnknownNameError(
                what,
                name,
                sorted(known),
                remedy=tr("Correct it, or add rows of your own that are of it: entrepot record add."),
            )
