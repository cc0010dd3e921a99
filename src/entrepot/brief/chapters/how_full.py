"""How full the crossings are: what passes against the capacity on record, for the chapter and for the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.report import Cell, Figure, Grid, Sentence
from entrepot.core import periods
from entrepot.core.findings import Ground
from entrepot.core.words import amounts
from entrepot.core.words.translate import tr, trs
from entrepot.corridors.bottlenecks.bottleneck_shown import used
from entrepot.corridors.bottlenecks.use_of_capacity import NEAR, bottlenecks, is_dated
from entrepot.corridors.series.quantities import quantities
from entrepot.corridors.series.series import is_placeable, series_of
from entrepot.corridors.series.series import rows as series_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.brief.context import Context
    from entrepot.core.findings import Finding
    from entrepot.corridors.series.quantities import Quantity

    Row = Mapping[str, Any]

Used = tuple[dict[str, Any], "Finding"]
_FULL = ("over", "near")


def years(ctx: Context, quantity: Quantity) -> list[dict[str, Any]]:
    """The years of a series, estimated once in a brief.

    Args:
        ctx: what every chapter is given.
        quantity: what is counted.
    """
    key = tr("years of {key} by {counter}", key=quantity.key, counter=quantity.counter)
    if key not in ctx.kept:
        ctx.kept[key] = list(series_rows(series_of(quantity), _names(ctx)[quantity.place_id], ("year",)))
    found: list[dict[str, Any]] = ctx.kept[key]
    return found


def _names(ctx: Context) -> dict[str, str]:
    return {r["place_id"]: r["name"] for r in ctx.rows("corridors", "place_names")}


def full(ctx: Context) -> Sequence[Used]:
    """The crossings that the measure follows whose use nears or passes a capacity on record, the fullest first.

    Args:
        ctx: what every chapter is given.
    """
    if "full" not in ctx.kept:
        observed = ctx.rows("corridors", "every_observation")
        held = [q for q in quantities(observed) if is_placeable(q)]
        rows = bottlenecks(held, observed, _names(ctx), ctx.day, lambda q: years(ctx, q))
        told = [r for r in rows if r["place_id"] in ctx.focus.crossings and r["state"] in _FULL]
        ctx.kept["full"] = [(r, used(r, _grounds(r, observed))) for r in told]
    found: list[Used] = ctx.kept["full"]
    return found


def _grounds(row: Row, observed: Sequence[Row]) -> list[Ground]:
    sources = {str(r["id"]): r["source_id"] for r in observed}
    return [Ground("observations", i, sources[i]) for i in dict.fromkeys(row["rests_on"]) if i in sources]


def marks(ctx: Context) -> dict[str, str]:
    """place_id -> what its mark on the map says: full by a capacity of late, or by an old or undated one.

    Args:
        ctx: what every chapter is given.
    """
    found = {row["place_id"]: "old" for row, _ in full(ctx)}
    return found | {row["place_id"]: "dated" for row, _ in full(ctx) if is_dated(row)}


def said(ctx: Context) -> Sentence | None:
    """Which crossings are near what they can carry by a capacity with a recent date; None where none is.

    Args:
        ctx: what every chapter is given.
    """
    dated: dict[str, Used] = {}
    for row, found in full(ctx):
        if is_dated(row):
            dated.setdefault(row["place_id"], (row, found))
    if not dated:
        return None
    parts = [
        tr("{place} {{u{i}}} ({unit} by {mode})", place=row["place"], i=i, unit=row["unit"], mode=row["mode"])
        for i, (row, _) in enumerate(dated.values())
    ]
    old = {row["place"] for row, _ in full(ctx) if row["place_id"] not in dated}
    rest = (
        tr(
            " Of {old} only a capacity that is older or undated is near or exceeded, which says little.",
            old=", ".join(sorted(old)),
        )
        if old
        else ""
    )
    return Sentence(
        tr(
            "Near or above what they can carry, by a capacity of recent years: {parts}.{rest}",
            parts="; ".join(parts),
            rest=rest,
        ),
        {f"u{i}": found for i, (_, found) in enumerate(dated.values())},
    )


def grid(ctx: Context) -> Grid | None:
    """The crossings near or above a capacity on record; None where none is known to be.

    Args:
        ctx: what every chapter is given.
    """
    # A capacity of late says something, one of 1994 hardly anything: those come last.
    rows = tuple(
        (row["place"], _counted(row), Figure(found), _ends(found), _capacity(row))
        for row, found in sorted(full(ctx), key=lambda pair: not is_dated(pair[0]))
    )
    if not rows:
        return None
    return Grid(
        tr("How full the crossings are"),
        trs("crossing", "what is counted, until", "of the capacity on record", "95 in 100", "the capacity, a day"),
        rows,
        tr(
            "Shown is what reaches {near:g} percent, or may by the upper end of its interval. More than all of "
            "it: the capacity is out of date, "
            "counts something else, or is a limit that has just been set. All of them, with what each "
            "leaves open: entrepot corridor network --bottlenecks.",
            near=NEAR,
        ),
    )


def _counted(row: Row) -> str:
    way = tr(", into China") if row["direction"] == "in" else ""
    return tr(
        "{unit} by {mode}{way}, {period_end}",
        unit=row["unit"],
        mode=row["mode"],
        way=way,
        period_end=amounts.period(periods.parse(row["period_end"])),
    )


def _ends(found: Finding) -> Cell:
    """The interval; of a report its word, which is no interval."""
    if found.high is None:
        return tr("at least so much")
    return tr("as printed") if found.low == found.high else Figure(found, "ends")


def _capacity(row: Row) -> str:
    since = tr("from {capacity_of}", capacity_of=row["capacity_of"]) if row["capacity_of"] else "undated"
    return f"{row['capacity_a_day']:,g} {row['unit']}, {row['capacity_kind'].replace('_', ' ')}, {since}"
