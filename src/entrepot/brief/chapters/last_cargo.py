"""The crossings with the cargo that was last reported of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters import plan_scope
from entrepot.brief.report import Figure, Grid, Source, period_words
from entrepot.core.findings import Finding
from entrepot.core.words.translate import WordsBy, marked, tr, trs
from entrepot.corridors import throughput

if TYPE_CHECKING:
    from entrepot.brief.context import Context

MODES = WordsBy({"all": "all modes", "unknown": "mode not given"})
DRY = ("rail", "road")  # modes that hold nothing of a pipeline
# What to know of the outline of a territory, by its place id: said where it is drawn.
_OUTLINED = {"xinjiang": marked("The outline of Xinjiang takes in Aksai Chin and Shaksgam, which India claims.")}
_DISPUTED = marked("The dotted lines are claim lines around Kashmir. No line on this map is a judgement on a border.")


Cargo = tuple[dict[str, Any], Finding | None, Finding | None]


def _latest(ctx: Context) -> list[Cargo]:
    """Each crossing with its last reported cargo and its mean per day, None where there is none.

    Those to the same countries stand beside those of the plan; the others are of another question.
    """
    every = ctx.rows("corridors", "latest_cargo")
    across = {r["other_country"] for r in every if r["place_id"] in ctx.focus.crossings}
    rows = [r for r in every if r["other_country"] in across]
    order = {p: i for i, p in enumerate(ctx.focus.crossings)}
    rows.sort(key=lambda r: (order.get(r["place_id"], len(order)), r["place_id"]))
    full = {
        r["id"]: r
        for r in ctx.rows("corridors", "observations", places=[r["place_id"] for r in rows], metrics=["cargo"])
    }
    found = [full[r["id"]] if r["id"] else None for r in rows]
    return [
        (r, throughput.reported(o) if o else None, throughput.per_day(o) if o else None)
        for r, o in zip(rows, found, strict=True)
    ]


def _is_drawn(ctx: Context) -> bool:
    """Whether the first screen has a map: one of the plan's crossings has a figure of road or rail."""
    return any(r["id"] for mode in DRY for r in plan_scope.latest_by_mode(ctx, mode))


def cargo_grid(ctx: Context) -> list[Grid]:
    """The crossings with their last cargo; none where the plan follows none of that border."""
    cargo = _latest(ctx)
    if not cargo:
        return []
    rows = []
    for r, f, rate in cargo:
        scope = MODES.get(r["mode"], r["mode"]) if f else "–"
        apart = r["coord_uncertainty_km"]
        near = tr("not known") if apart is None else tr("± {apart:g} km", apart=apart)
        rows.append(
            (
                r["place"],
                r["other_country"],
                Figure(f) if f else tr("no dated cargo on record"),
                period_words(f) if f else "–",
                Figure(rate) if rate else "–",
                scope,
                near,
                Source(r["source_id"] or r["crossing_source_id"]),
            )
        )
    said = tr(
        "Year, season and mode differ from row to row. Where a pipeline crosses, the cargo is of rail "
        "or road alone: a figure of all modes may hold what it carries."
    )
    outlined = filter(None, (tr(_OUTLINED.get(plan_scope.shaded(ctx), "")),))
    drawn = (tr("The map at the top shows one mode."), *outlined, tr(_DISPUTED)) if _is_drawn(ctx) else ()
    heads = trs("crossing", "to", "last reported cargo", "period", "mean per day", "scope", "place known to", "source")
    title = tr("The crossings and their last reported cargo")
    return [Grid(title, heads, tuple(rows), " ".join((said, *drawn)), shown=True)]
