"""The scans behind the chapter on possible hubs: one a quarter in which a dated measure could have moved trade."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from entrepot.core import engine
from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day, last_day
from entrepot.diversion.contract import ALL_HUBS
from entrepot.diversion.expected.excess import AFTER
from entrepot.diversion.modes.courses import courses
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.route import question
from entrepot.diversion.signals.rival_measures import rivals
from entrepot.diversion.signals.signal_findings import Said
from entrepot.trade.recorded import as_trade_flows
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.brief.chapters.rivals import Rival
    from entrepot.brief.context import Context
    from entrepot.diversion.question import Question

_EARLY = 0.1  # p up to which a rise that is no signal is listed all the same
_LISTED = 5  # of these a scan, most certain first


@dataclass(frozen=True, slots=True, eq=False)
class Rise:
    """A partner that took more of a product than was to be expected, in dollars and by weight.

    Attributes:
        said: the signal in USD.
        weighed: the same scan by net weight; None where it was not judged.
        marks: letters of the other dated measures that could explain it, and ids of events of the record.
    """

    said: Said
    weighed: Said | None
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One scan: the quarter from which on trade counts as after, and what was found.

    Attributes:
        since: the quarter.
        days: the dated measures in it: ISO day, short name, letter (empty for the measure itself).
        hubs: possible hubs, most certain first.
        risen: others that rose, not beyond chance at the accepted rate.
        moved: every partner judged of the products that have a possible hub.
        judged: whether any partner was.
        unjudged: reason to the names of the products that it kept from being judged.
    """

    since: str
    days: tuple[tuple[str, str, str], ...]
    hubs: tuple[Rise, ...] = ()
    risen: tuple[Rise, ...] = ()
    moved: tuple[Said, ...] = ()
    judged: bool = False
    unjudged: tuple[tuple[str, tuple[str, ...]], ...] = ()


def looks(ctx: Context, others: Sequence[Rival]) -> list[Look]:
    """The scans, by date: for the measure's own first day and those of the measures that name a third country.

    Duties and bans on the origin alone stand beside as rivals; those that name a third country say when a way round was
    closed or opened, and to whom.
    """
    table = engine.run(ctx.con, engine.step("entrepot.trade", "quarterly"), {"as_of": ctx.day})
    if table.num_rows == 0:
        return []
    record = _Record(table)
    found = []
    for since, days in sorted(_quarters(ctx, others).items()):
        look = _look(ctx, record, (since, days), others)
        if look is not None:
            found.append(look)
    return found


def best_of(found: Sequence[Look]) -> dict[tuple[str, str], tuple[Look, Rise]]:
    """For each possible hub the scan in which it is most certain, by product."""
    best: dict[tuple[str, str], tuple[Look, Rise]] = {}
    for look in found:
        for rise in look.hubs:
            key = str(rise.said.signal["product"]), str(rise.said.signal["hub"])
            if key not in best or rise.said.signal["q"] < best[key][1].said.signal["q"]:
                best[key] = look, rise
    return dict(sorted(best.items()))


class _Record:
    """The quarterly flows: as the scan reads them, and by code and partner."""

    def __init__(self, table: pa.Table) -> None:
        self.flows = as_trade_flows(table)
        rows = table.to_pylist()
        self.origin = rows[0]["reporter"]
        self.by: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.names: dict[str, set[str]] = defaultdict(set)
        self.last: dict[str, str] = {}
        self.periods = sorted({r["period"] for r in rows})
        for r in rows:
            self.by[r["hs"], r["partner_iso3"]].append(r)
            self.names[r["hs"]].add(r["product"].lower())
            self.last[r["hs"]] = max(r["period"], self.last.get(r["hs"], ""))

    def alive(self, since: str) -> list[str]:
        """The products that are traded since then, in words."""
        return [self.named(code) for code, last in self.last.items() if last >= since]

    def named(self, product: str) -> str:
        """The product in words, with its codes."""
        return f"{self.name(product)} ({product})"

    def name(self, product: str) -> str:
        """The product in words; several codes that only compare as a whole are said to be together."""
        codes = product.split("/")
        words = " and ".join(sorted({n for c in codes for n in self.names[c]}))
        return f"{words} together" if len(codes) > 1 else words

    def rows(self, product: str, iso3: str) -> list[dict[str, Any]]:
        return [r for code in product.split("/") for r in self.by[code, iso3]]


def _quarters(ctx: Context, others: Sequence[Rival]) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """The quarters of the dates on record that could have moved trade to a third country."""
    days = {(first_day(r.start).isoformat(), r.act, r.mark) for r in others if r.iso3}
    if ctx.start:
        days.add((first_day(ctx.start).isoformat(), ctx.measure.short, ""))
    out: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for day in sorted(days):
        out[_quarter(first_day(day[0]))] = (*out.get(_quarter(first_day(day[0])), ()), day)
    return out


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _look(
    ctx: Context, record: _Record, when: tuple[str, tuple[tuple[str, str, str], ...]], others: Sequence[Rival]
) -> Look | None:
    """One scan; None where the flows do not reach to both sides of its quarter."""
    since, days = when
    quarters = sum(p >= since for p in record.periods)
    if quarters < AFTER["quarter"]:
        short = f"only {quarters} quarter after on record" if quarters == 1 else "no quarter after on record"
        return Look(since, days, unjudged=((short, tuple(record.alive(since))),)) if quarters else None
    asked = question(ctx.measure.id, origin=record.origin, since=days[0][0])
    try:
        signals = _rows(record, asked)
    except BadInputError:
        return None
    hubs = [s for s in signals if s["word"] == "possible hub"]
    risen = [s for s in signals if s["word"] != "possible hub" and s["judged"] and _rose(s)][:_LISTED]
    products = {h["product"] for h in hubs}
    moved = [s for s in signals if s["judged"] and s["product"] in products]
    said = _said(record, asked, [*hubs, *risen, *moved])
    weighed = _weighed(record, asked, [*hubs, *risen])

    def rises(some: Iterable[Mapping[str, Any]]) -> tuple[Rise, ...]:
        return tuple(
            Rise(said[k], weighed.get(k), _marks(asked, s, others)) for s in some for k in [_key(s)] if k in said
        )

    return Look(
        since,
        days,
        hubs=rises(hubs),
        risen=rises(risen),
        moved=tuple(said[_key(s)] for s in moved),
        judged=any(s["judged"] for s in signals),
        unjudged=_unjudged(record, signals),
    )


def _rows(record: _Record, asked: Question) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = diverted(record.flows, asked).signals.to_pylist()
    return [r for r in rows if r["hub"] != ALL_HUBS]


def _rose(signal: Mapping[str, Any]) -> bool:
    """Whether it rose and was tested, for codes that stand alone: what is known of the parts is not said again."""
    tested = signal["q"] is not None and "/" not in signal["product"]
    return bool(tested and signal["p"] <= _EARLY and signal["excess_in"] > 0)


def _said(record: _Record, asked: Question, signals: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Said]:
    wanted = {_key(s): s for s in signals}
    if not wanted:
        return {}
    course: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    hubs = tuple(sorted({hub for _, hub in wanted}))
    for row in courses(record.flows, replace(asked, hubs=hubs)).to_pylist():
        course[row["product"], row["hub"]].append(row)
    return {k: Said(s, course[k], record.rows(*k), *_goods(record, *k)) for k, s in wanted.items()}


def _weighed(record: _Record, asked: Question, signals: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Said]:
    """The same by net weight, for those that were judged by it."""
    wanted = {_key(s) for s in signals}
    if not wanted:
        return {}
    by_weight = replace(asked, counted="kg")
    judged = [s for s in _rows(record, by_weight) if _key(s) in wanted and s["judged"]]
    return _said(record, by_weight, judged)


def _key(signal: Mapping[str, Any]) -> tuple[str, str]:
    return signal["product"], signal["hub"]


def _goods(record: _Record, product: str, iso3: str) -> tuple[str, str]:
    """Product and partner in words."""
    printed = next((r["partner"] for r in record.rows(product, iso3)), iso3)
    return record.name(product), countries.name_of(iso3, printed)


def _marks(asked: Question, signal: Mapping[str, Any], others: Sequence[Rival]) -> tuple[str, ...]:
    """The rivals of the signal: letters of the table of other measures, and ids of events of the record beside it.

    An event of the day on which a measure of the table began tells of that measure and is not named again.
    """
    found = rivals(asked, signal["product"], signal["hub"], last_day(signal["until"]))
    dated = {(m.id, m.start) for m in found}
    named = [r.mark for r in others if (r.measure_id, r.start) in dated and (not r.iso3 or signal["hub"] in r.iso3)]
    known = {(r.measure_id, r.start) for r in others}
    days = {r.start for r in others if r.mark in named}
    rest = [m for m in sorted(found, key=lambda m: (m.start, m.id)) if (m.id, m.start) not in known]
    acts = dict.fromkeys(m.dated for m in rest if not m.is_event)
    events = dict.fromkeys(m.id for m in rest if m.is_event and m.start not in days)
    return (*named, *acts, *events)


def _unjudged(record: _Record, signals: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Products of which no partner could be judged, by reason; codes that had ended by then are left out."""
    judged = {s["product"] for s in signals if s["judged"]}
    why: dict[str, list[str]] = defaultdict(list)
    for s in signals:
        ended = record.last.get(s["product"], s["since"]) < s["since"]
        name = record.named(s["product"])
        if s["product"] not in judged and not ended and name not in why[s["why_not"]]:
            why[s["why_not"]].append(name)
    return tuple((reason, tuple(names)) for reason, names in why.items() if names)
