"""The verb: the scans of a measure by date, one a quarter in which something could have moved trade.

Each is a scan of its own, with its own rate of false discoveries, in dollars and once more by net weight.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from entrepot.core.errors import BadInputError
from entrepot.core.periods import last_day
from entrepot.diversion.contract import ALL_HUBS, TOOK_MORE
from entrepot.diversion.expected.excess import AFTER
from entrepot.diversion.flows.partner_rows import PartnerRows
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.modes.expected_path import expected_paths
from entrepot.diversion.route import question
from entrepot.diversion.signals import signal_findings
from entrepot.diversion.signals.rival_measures import rivals
from entrepot.diversion.signals.signal_findings import Said
from entrepot.diversion.signals.signal_words import measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from entrepot.diversion.expected.scan import Reading
    from entrepot.diversion.question import Question
    from entrepot.diversion.signals.rival_measures import DatedMeasure
    from entrepot.measures.act import Measure

# p up to which a rise that is no signal is listed all the same: the rate that a scan accepts by default, asked of one
# row alone. It is listed to be looked at and is called no hub, so nothing rests on it but the length of a table.
_EARLY = 0.1
_LISTED = 5  # of these a scan, most certain first: the table holds the first of each date and says so
# How far the value of a kilogram may lie from that of all other partners together, either way, before what went is
# taken for other goods under the same code. Wafers for solar cells went at 13 to 74 USD a kg from the second quarter of
# 2024 on, those for chips at 85 to 1,600, and all together at 30.
_PRICE = 3.0
_KEPT = 8  # answers: those of the measures that a server is asked about in turn, of a few MB each


@dataclass(frozen=True, slots=True, eq=False)
class Rise:
    """A partner that took more of a product than was to be expected, in dollars and by weight.

    Attributes:
        said: the signal in USD.
        weighed: the same scan by net weight, in kg; None where it was not judged.
        rivals: the other dated measures, and events of the record, that could explain it.
        elsewhere: rows of the step `quarterly` of the same codes after the day, of all other partners.
    """

    said: Said
    weighed: Said | None
    rivals: tuple[DatedMeasure, ...]
    elsewhere: tuple[Mapping[str, Any], ...]

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why weight or price does not agree with the rise in value; none where both do."""
        return (*_weight_doubts(self.weighed), *_price_doubts(self.said, self.elsewhere))


def _weight_doubts(weighed: Said | None) -> tuple[str, ...]:
    """Goods that came round weigh something: the same scan by weight has to see them too."""
    if weighed is None:
        return ("not judged by weight",)
    if weighed.signal["q"] is None:
        return ("too small a partner by weight to be tested",)
    low = signal_findings.beyond(weighed).low
    return () if low is not None and low > 0 else ("the lower end by weight is not above zero",)


def _price_doubts(said: Said, elsewhere: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    here, there = signal_findings.per_kg(said.after), signal_findings.per_kg(elsewhere)
    if here is None or there is None:
        return ("no weight to make a price of",)
    return () if there / _PRICE <= here <= there * _PRICE else ("the value of a kilogram is that of other goods",)


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """One scan: the quarter from which on trade counts as after, and what was found.

    Attributes:
        since: the quarter.
        hubs: possible hubs, most certain first: beyond chance in value, with weight and price agreeing.
        unlike: beyond chance in value, where weight or price does not agree.
        risen: others that rose, not beyond chance at the accepted rate.
        moved: every partner measured of the products that have a possible hub.
        judged: whether any partner was.
        unjudged: reason to the names of the products that it kept from being judged.
    """

    since: str
    hubs: tuple[Rise, ...] = ()
    unlike: tuple[Rise, ...] = ()
    risen: tuple[Rise, ...] = ()
    moved: tuple[Said, ...] = ()
    judged: bool = False
    unjudged: tuple[tuple[str, tuple[str, ...]], ...] = ()


def by_date(flows: pa.Table, named: str | Measure, days: Iterable[date]) -> tuple[Look, ...]:
    """Scan the record's quarterly flows once for each quarter that holds one of the days.

    Args:
        flows: rows of the step `quarterly` of the room trade, which one origin reports.
        named: the measure asked about, or its id.
        days: of the measure itself, and of others that could have moved trade.

    Returns:
        One a quarter, in order; none where the flows do not reach to both sides of it. What is said of a partner holds
        rows of the contracts `signals` and `expected_paths`.

    Raises:
        UnknownNameError: no such measure.
    """
    if flows.num_rows == 0:
        return ()
    first: dict[str, date] = {}
    for day in sorted(days):
        first.setdefault(quarter_of(day), day)
    written = pa.BufferOutputStream()
    with pa.ipc.new_stream(written, flows.schema) as stream:
        stream.write_table(flows)
    return _looks(written.getvalue().to_pybytes(), named, tuple(sorted(first.items())))


@lru_cache(maxsize=_KEPT)
def _looks(written: bytes, named: str | Measure, first: tuple[tuple[str, date], ...]) -> tuple[Look, ...]:
    """The scans of flows as a stream of Arrow holds them: briefs of other days and records mostly ask for the same."""
    record = PartnerRows(pa.ipc.open_stream(written).read_all())
    found = (_look(record, named, since, day) for since, day in first)
    return tuple(look for look in found if look is not None)


def quarter_of(day: date) -> str:
    """The quarter that holds a day, as periods are written: 2023-Q3."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def best_of(found: Sequence[Look]) -> dict[tuple[str, str], tuple[Look, Rise]]:
    """For each possible hub the scan in which it is most certain, by product."""
    best: dict[tuple[str, str], tuple[Look, Rise]] = {}
    for look in found:
        for rise in look.hubs:
            key = _key(rise.said.signal)
            if key not in best or rise.said.signal["q"] < best[key][1].said.signal["q"]:
                best[key] = look, rise
    return dict(sorted(best.items()))


def _look(record: PartnerRows, named: str | Measure, since: str, day: date) -> Look | None:
    """One scan; None where the flows do not reach to both sides of its quarter."""
    quarters = sum(p >= since for p in record.periods)
    if quarters < AFTER["quarter"]:
        short = f"only {quarters} quarter after on record" if quarters == 1 else "no quarter after on record"
        return Look(since, unjudged=((short, tuple(record.alive(since))),)) if quarters else None
    asked = question(named, origin=record.origin, since=day.isoformat())
    try:
        signals, reading = _signals(record, asked)
    except BadInputError:
        return None
    beyond = [s for s in signals if s["word"] == TOOK_MORE]
    risen = [s for s in signals if s["word"] != TOOK_MORE and measured(s) and _rose(s)][:_LISTED]
    products = {h["product"] for h in beyond}
    moved = [s for s in signals if measured(s) and s["product"] in products]
    said = _said(record, asked, [*beyond, *risen, *moved], reading)
    weighed = _weighed(record, asked, [*beyond, *risen])

    def rises(some: Iterable[Mapping[str, Any]]) -> tuple[Rise, ...]:
        return tuple(
            Rise(said[k], weighed.get(k), rivals(asked, *k, last_day(s["until"])), record.elsewhere(*k, since))
            for s in some
            for k in [_key(s)]
            if k in said
        )

    rose = rises(beyond)
    hubs = tuple(r for r in rose if not r.doubts)
    products = {h.said.signal["product"] for h in hubs}
    return Look(
        since,
        hubs=hubs,
        unlike=tuple(r for r in rose if r.doubts),
        risen=rises(risen),
        moved=tuple(said[_key(s)] for s in moved if s["product"] in products),
        judged=any(s["judged"] for s in signals),
        unjudged=_unjudged(record, signals),
    )


def _signals(record: PartnerRows, asked: Question) -> tuple[list[dict[str, Any]], Reading | None]:
    """The rows of single partners, and what they were read from."""
    found = diverted(record.flows, asked)
    rows: list[dict[str, Any]] = found.signals.to_pylist()
    return [r for r in rows if r["hub"] != ALL_HUBS], found.reading


def _rose(signal: Mapping[str, Any]) -> bool:
    """Whether it rose and was tested, for codes that stand alone: what is known of the parts is not said again."""
    tested = signal["q"] is not None and "/" not in signal["product"]
    return bool(tested and signal["p"] <= _EARLY and signal["excess_in"] > 0)


def _said(
    record: PartnerRows, asked: Question, signals: Sequence[Mapping[str, Any]], reading: Reading | None
) -> dict[tuple[str, str], Said]:
    wanted = {_key(s): s for s in signals}
    if not wanted or reading is None:
        return {}
    path: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    hubs = tuple(sorted({hub for _, hub in wanted}))
    for row in expected_paths(reading, asked, hubs).to_pylist():
        path[row["product"], row["hub"]].append(row)
    return {k: Said(s, path[k], record.rows(*k), record.name(k[0]), record.partner(*k)) for k, s in wanted.items()}


def _weighed(record: PartnerRows, asked: Question, signals: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], Said]:
    """The same by net weight, for those that were judged by it."""
    wanted = {_key(s) for s in signals}
    if not wanted:
        return {}
    by_weight = replace(asked, counted="kg")
    signals, reading = _signals(record, by_weight)
    judged = [s for s in signals if _key(s) in wanted and measured(s)]
    return _said(record, by_weight, judged, reading)


def _key(signal: Mapping[str, Any]) -> tuple[str, str]:
    return signal["product"], signal["hub"]


def _unjudged(record: PartnerRows, signals: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Products of which no partner could be judged, by reason; codes that had ended by then are left out."""
    judged = {s["product"] for s in signals if measured(s)}
    why: dict[str, list[str]] = defaultdict(list)
    for s in signals:
        ended = record.last.get(s["product"], s["since"]) < s["since"]
        name = record.named(s["product"])
        if s["product"] not in judged and not ended and name not in why[s["why_not"]]:
            why[s["why_not"]].append(name)
    return tuple((reason, tuple(names)) for reason, names in why.items() if names)
