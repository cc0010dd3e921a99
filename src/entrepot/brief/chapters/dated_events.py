"""The dated events around a measure, on one axis."""

from __future__ import annotations

from entrepot.brief.chapters.risks import event_finding
from entrepot.brief.charts import over_time
from entrepot.brief.charts.canvas import PHONE, WIDE, Head
from entrepot.brief.context import Context, link
from entrepot.brief.report import Chart, in_words
from entrepot.core import periods

YEARS_BEFORE = 3  # the timeline shows what stood before the measure
TITLE = "Dated events around the measure, by kind"
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
    since = str(int(ctx.start[:4]) - YEARS_BEFORE)
    events = [
        e
        for e in ctx.rows("measures", "events_of", kinds=list(ctx.focus.events), places=[], countries=[])
        if not e["same_as"] and e["status"] in {"occurred", "scheduled"} and str(e["date"]) >= since
    ]
    mine = {ctx.measure.jurisdiction, *ctx.measure.countries}
    # A law of another jurisdiction that names none of the countries concerned is an event of another measure.
    events = [e for e in events if e["kind"] != "law" or not e["countries"] or mine & set(e["countries"])]
    if len(events) < FEWEST_EVENTS:
        return []
    figures = [event_finding(e) for e in events]
    order = [k for k in ctx.focus.events if any(e["kind"] == k for e in events)]
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
    kinds, title = ("occurred", "scheduled"), "" if is_first else TITLE
    widths = (FIRST, PHONE) if is_first else (WIDE, PHONE)
    wide, narrow = (over_time.timeline(points, Head(title, "", width), kinds) for width in widths)
    caption = "Laws, listings, designations, import bans, trade remedies, answers and exits on record."
    return [Chart(TITLE if is_first else "Dated events", wide, caption, tuple(figures), wide=True, narrow=narrow)]
