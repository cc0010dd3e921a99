"""Who of those asked for does not report all of the periods: what stays unjudged, and until when it would be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.core.periods import last_day
from entrepot.core.words.translate import marked, ntr, tr
from entrepot.trade.mirrors.changes.asked_spans import FLOW_OF, Asked, spans_of, wanted

if TYPE_CHECKING:
    import polars as pl

    Spans = tuple[list[str], list[str]]

SHOWN = 4  # places, and periods of one, that a sentence names


@dataclass(frozen=True, slots=True)
class Silent:
    """A side that lacks some of the periods.

    Attributes:
        place: ISO alpha-3.
        flow: export or import: what it does not report.
        lacks: the periods, in order.
        last: the last that it reports, where it reports none behind that and all up to it; else empty.
        never: whether it reports none of them.
        value_usd: what the other side reports of the same flows after the day.
        until: the last period up to which it can be compared; empty for none.
    """

    place: str
    flow: str
    lacks: tuple[str, ...]
    last: str
    never: bool
    value_usd: float
    until: str


def silent(frame: pl.DataFrame, spans: Spans, asked: Asked) -> tuple[Silent, ...]:
    """The silent sides of the flows asked for: who was asked for by name first, then who stopped, then by value.

    Args:
        frame: what is reported, as `asked_spans.concerned` gives it.
        spans: the periods before and after.
        asked: what is compared.
    """
    import polars as pl

    every = sorted({*spans[0], *spans[1]})
    here = frame.filter(pl.col("period").is_in(every), wanted(asked))
    out = []
    for side, flow in FLOW_OF.items():
        own = frame.filter(pl.col("flow") == flow).group_by("reporter").agg(pl.col("period").unique())
        seen = {r: set(p) for r, p in own.iter_rows()}
        other = here.filter(pl.col("flow") != flow, pl.col("period").is_in(spans[1]))
        values = dict(other.group_by(side).agg(pl.col("value_usd").sum()).iter_rows())
        asked_for = set(asked.exporters if side == "exporter" else asked.importers) & set(asked.named)
        for place in sorted(set(here[side].to_list()) | (asked_for if every else set())):
            lacks = tuple(p for p in every if p not in seen.get(place, ()))
            if lacks:
                spoken = [p for p in every if p not in lacks]
                last = spoken[-1] if spoken and every[: len(spoken)] == spoken else ""
                until = _until(seen.get(place, set()), frame, asked)
                out.append(Silent(place, flow, lacks, last, not spoken, values.get(place, 0.0), until))
    order = sorted(out, key=lambda s: (s.place not in asked.named, s.never, -s.value_usd, s.place))
    return tuple(order)


def _until(seen: set[str], frame: pl.DataFrame, asked: Asked) -> str:
    """The last period up to which a side reports all that would be compared."""
    periods = frame["period"].unique().to_list()
    for last in sorted((p for p in seen if last_day(p) >= asked.since), reverse=True):
        before, after = spans_of(periods, replace(asked, until=last_day(last)))
        if after and seen.issuperset((*before, *after)):
            return last
    return ""


_PARTNERS = {
    "import": marked("exports to it since {since}: USD {value:,.0f}"),
    "export": marked("imports from it since {since}: USD {value:,.0f}"),
}


def told(sides: tuple[Silent, ...], since: str) -> tuple[str, ...]:
    """A sentence on each of the first, with the value that stays unjudged, and how many more there are.

    Args:
        sides: as `silent` gives them.
        since: the first period after the day.
    """
    said = []
    for one in sides[:SHOWN]:
        value = (
            tr("; {value}", value=tr(_PARTNERS[one.flow], since=since, value=one.value_usd)) if one.value_usd else ""
        )
        remedy = tr(". --until {until} compares it", until=one.until) if one.until else ""
        said.append(f"{lack(one)}{value}{remedy}.")
    if (rest := len(sides) - SHOWN) > 0:
        said.append(
            ntr(rest, "{count} more place does not report them all.", "{count} more places do not report them all.")
        )
    return tuple(said)


_NEVER = {
    "import": marked("{place} reports no imports of these periods"),
    "export": marked("{place} reports no exports of these periods"),
}
_STOPS = {
    "import": marked("{place} reports no imports after {last}"),
    "export": marked("{place} reports no exports after {last}"),
}
_LACKS = {
    "import": marked("{place} reports no imports in {lacks}"),
    "export": marked("{place} reports no exports in {lacks}"),
}


def lack(one: Silent) -> str:
    """What a side does not report, in words: `KGZ reports no imports after 2022-06`."""
    if one.never:
        return tr(_NEVER[one.flow], place=one.place)
    if one.last:
        return tr(_STOPS[one.flow], place=one.place, last=one.last)
    rest = len(one.lacks) - SHOWN
    more = tr(" and {rest:,} more", rest=rest) if rest > 0 else ""
    return tr(_LACKS[one.flow], place=one.place, lacks=", ".join(one.lacks[:SHOWN]) + more)
