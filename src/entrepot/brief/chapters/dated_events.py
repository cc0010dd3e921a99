"""The dated events around a measure, on one axis; and with those at its crossings, to be linked to their map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.chapters.plan_scope import AT_PLACES, concerns
from entrepot.brief.chapters.risks import KINDS, event_finding
from entrepot.brief.charts import over_time
from entrepot.brief.charts.canvas import PHONE, WIDE, Head
from entrepot.brief.context import Context, link
from entrepot.brief.report import Chapter, Chart, in_words
from entrepot.core import periods
from entrepot.core.words.translate import WordsBy, marked, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.core.findings import Finding

_SEVERAL = WordsBy(
    {
        "law": "laws",
        "listing": "listings",
        "designation": "designations",
        "import_ban": "import bans",
        "trade_remedy": "trade remedies",
        "countermeasure": "countermeasures",
        "court": "judgements",
        "exit": "exits",
        "boycott": "boycotts",
        "corporate": "statements of firms",
        "opening": "openings",
        "closure": "closures",
        "attack": "attacks",
        "infrastructure": "works",
        "agreement": "agreements",
    }
)
YEARS_BEFORE = 3  # the timeline shows what stood before the measure
TITLE = marked("Dated events around the measure, by kind")
FIRST = 560  # px: a column of the first screen
FEWEST_EVENTS = 3  # fewer draw no course


def timeline(ctx: Context, *, is_first: bool = False) -> list[Chart]:
    """The dated events of the measure's plan on one axis, a line a kind, from some years before the measure.

    Args:
        ctx: the brief's context.
        is_first: drawn for the first screen, where its title stands above the picture and not in it.
    """
    if not ctx.focus.events or not ctx.start:
        return []
    events = _around(ctx)
    if len(events) < FEWEST_EVENTS:
        return []
    figures = [event_finding(e) for e in events]
    widths = (FIRST, PHONE) if is_first else (WIDE, PHONE)
    wide, narrow = _drawn(ctx, events, figures, ("" if is_first else tr(TITLE), widths))
    caption = tr("On record, of these kinds: {kinds}.", kinds=_kinds(events))
    return [
        Chart(tr(TITLE) if is_first else tr("Dated events"), wide, caption, tuple(figures), wide=True, narrow=narrow)
    ]


def _kinds(events: Sequence[Mapping[str, Any]]) -> str:
    """The kinds of some events in words, as they follow each other on the axis."""
    there = {e["kind"] for e in events}
    return ", ".join(_SEVERAL.get(k, str(k).replace("_", " ")) for k in KINDS if k in there)


def linked(ctx: Context) -> Chapter | None:
    """The events around the measure and those at the crossings that it follows; None where it follows none."""
    if not ctx.focus.crossings or not ctx.start:
        return None
    at_places = _of(ctx, [k for k in AT_PLACES if k not in ctx.focus.events], list(ctx.focus.crossings))
    events = [*_around(ctx), *at_places]
    if len(events) < FEWEST_EVENTS:
        return None
    figures = [event_finding(e) for e in events]
    wide, narrow = _drawn(ctx, events, figures, ("", (FIRST, PHONE)))
    title = tr("Dated events around the measure and at the crossings, by kind")
    return Chapter("events", title, charts=(Chart(title, wide, "", tuple(figures), wide=True, narrow=narrow),))


def _of(ctx: Context, kinds: Sequence[str], places: Sequence[str]) -> list[dict[str, Any]]:
    """Events of these kinds that happened or are due, each once, from some years before the measure."""
    since = str(int(ctx.start[:4]) - YEARS_BEFORE)
    found = ctx.rows("measures", "events_of", kinds=list(kinds), places=list(places), countries=[])
    held = {"occurred", "scheduled"}
    return [e for e in found if not e["same_as"] and e["status"] in held and str(e["date"]) >= since]


def _around(ctx: Context) -> list[dict[str, Any]]:
    """Of the plan's kinds; what bears on other places and countries than those concerned is another's."""
    return [e for e in _of(ctx, ctx.focus.events, ()) if concerns(ctx, e)]


def _drawn(
    ctx: Context, events: Sequence[dict[str, Any]], figures: Sequence[Finding], head: tuple[str, tuple[int, int]]
) -> tuple[str, str]:
    """The axis under a title in two widths; lines in the order of the plan's kinds."""
    order = [*ctx.focus.events, *AT_PLACES]
    points = [
        {
            "date": periods.first_day(e["effective"] or e["date"]).isoformat(),
            "name": e["kind"].replace("_", " "),
            "kind": "occurred" if periods.first_day(e["effective"] or e["date"]) <= ctx.day else "scheduled",
            "said": in_words(f),
            "href": link(f),
        }
        for e, f in zip(events, figures, strict=True)
    ]
    points.sort(key=lambda p: order.index(p["name"].replace(" ", "_")))
    kinds, (title, widths) = ("occurred", "scheduled"), head
    wide, narrow = (over_time.timeline(points, Head(title, "", width), kinds) for width in widths)
    return wide, narrow
