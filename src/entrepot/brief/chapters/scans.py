"""The scans behind the chapter on who took more: which days they are asked of, and what stands beside each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.brief.chapters.rivals import named, rivals
from entrepot.core import engine
from entrepot.core.periods import first_day
from entrepot.diversion.by_date import by_date, quarter_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.brief.chapters.rivals import Rival
    from entrepot.brief.context import Context
    from entrepot.diversion.by_date import Look, Rise

Day = tuple[str, str]  # a dated measure: ISO day, short name


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dated measures of the chapter.

    Attributes:
        days: those that scans are asked of: the measure's own first day and the days of measures that name a third
            country. Duties and bans on the origin alone stand beside as rivals; those that name a third country say
            when a way round was closed or opened, and to whom.
        others: the table of other measures.
    """

    days: tuple[Day, ...]
    others: tuple[Rival, ...]

    def within(self, look: Look) -> tuple[Day, ...]:
        """The days in the quarter of a scan."""
        return tuple(d for d in self.days if quarter_of(first_day(d[0])) == look.since)

    def rivals_of(self, rise: Rise) -> tuple[Rival, ...]:
        """The rivals of a rise that stand in the table of other measures."""
        hub = rise.said.signal["hub"]
        dated = {(m.id, m.start) for m in rise.rivals}
        return tuple(r for r in self.others if (r.measure_id, r.start) in dated and (not r.iso3 or hub in r.iso3))

    def names(self, rise: Rise) -> tuple[str, ...]:
        """The rivals of a rise by name: those of the table of other measures, and ids of events of the record beside.

        An event of the day on which a measure of the table began tells of that measure and is not named again.
        """
        mine, found = self.rivals_of(rise), rise.rivals
        known = {(r.measure_id, r.start) for r in self.others}
        days = {r.start for r in mine}
        rest = [m for m in sorted(found, key=lambda m: (m.start, m.id)) if (m.id, m.start) not in known]
        acts = dict.fromkeys(m.dated for m in rest if not m.is_event)
        events = dict.fromkeys(m.id for m in rest if m.is_event and m.start not in days)
        return (*named(mine), *acts, *events)


def timeline(ctx: Context, others: Sequence[Rival]) -> Timeline:
    """The days on record that could have moved trade to a third country, beside all other measures."""
    days = {(first_day(r.start).isoformat(), r.act) for r in others if r.iso3}
    if ctx.start:
        days.add((first_day(ctx.start).isoformat(), ctx.measure.short))
    return Timeline(tuple(sorted(days)), tuple(others))


def looks(ctx: Context, when: Timeline) -> tuple[Look, ...]:
    """The scans of the days, by date."""
    flows = engine.run(ctx.con, engine.step("entrepot.trade", "quarterly"), {"as_of": ctx.day})
    return by_date(flows, ctx.measure, (first_day(day) for day, _ in when.days))


def judged(ctx: Context) -> tuple[Timeline, tuple[Look, ...]]:
    """The dated measures beside the flows of the plan's products, and what each scan found; computed once a brief."""
    if "scans" not in ctx.kept:
        span = {r["product"]: r for r in ctx.rows("trade", "span")}
        # The same codes as the chapter on shifts gives, so that its table is of the same measures.
        others = rivals(ctx, [c for p in ctx.focus.flow_products if p in span for c in span[p]["codes"]])
        when = timeline(ctx, others)
        ctx.kept["scans"] = when, looks(ctx, when) if span else ()
    found: tuple[Timeline, tuple[Look, ...]] = ctx.kept["scans"]
    return found
