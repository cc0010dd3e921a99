"""Whether the controls of a scan moved on the day themselves: what is said beside them then says less.

Control products stand for what would have moved a pair of places without the measure. Nothing in a scan sees whether
they did, for what moved them is taken off every leg. So all control products of a pair are added up and read as one
more product, without any controls and of nobody at the destination: where they broke on the day, on the pair that the
scan speaks of, goods that fell with them did not fall beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.units import counted
from entrepot.core.words.translate import marked, tr
from entrepot.diversion.contract import BLIND, MOVED_TOO, NOTHING
from entrepot.diversion.expected.scan import read_series
from entrepot.diversion.flows.legs import summed
from entrepot.diversion.flows.touched_series import untouched
from entrepot.diversion.modes.direct_observed import BEFORE, SINCE, same_periods
from entrepot.diversion.signals.signal_words import amount, unjudgeable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.flows.panel import Ints, Panel
    from entrepot.diversion.flows.touched_series import Route

# How often nothing may give as much, over all pairs that are asked of, either way: the usual convention.
_CHANCE = 0.05
# A fifth either way, in logarithms, as an exporter is said to share a fall (`flows.touched_series`): with years of
# data a few percent are beyond chance, and they are no reason to set a comparison aside.
_MUCH = 0.2
_FELL_TOO = marked(
    "the controls of the direct leg fell with the measure, {change} against what was to be expected: a fall that both "
    "share is not seen"
)
_ROSE = marked(
    "the controls of the direct leg rose with the measure, {change} against what was to be expected: what the goods "
    "lost beside them is not all a fall"
)


@dataclass(frozen=True, slots=True)
class Controls:
    """The control products of one pair of places, added up.

    Attributes:
        exporter, importer: the pair.
        products: how many.
        before, since: what they carried in the same periods before and after the day; NaN where that is not known.
        change: of what was to be expected of them, as a share of it.
        p: how often nothing moves as far, either way; NaN where they cannot be judged.
        broke: whether they moved, at the rate over all pairs that are asked of.
    """

    exporter: str
    importer: str
    products: int
    before: float
    since: float
    change: float
    p: float
    broke: bool

    @property
    def moved(self) -> str:
        """The change with its sign."""
        return f"{self.change:+.0%}"


@dataclass(frozen=True, slots=True)
class Tested:
    """What became of the controls.

    Attributes:
        direct: those from the origin to the destination; None where there are none.
        hubs: those of the pairs of a suspect with either end.
        unit: of their amounts.
    """

    direct: Controls | None = None
    hubs: tuple[Controls, ...] = ()
    unit: str = ""


def tested(panel: Panel, window: Window, route: Route) -> Tested:
    """Whether the controls moved on the pairs that a scan speaks of; empty where none are named.

    Args:
        panel: the flows that a scan learns of, which hold its controls.
        window: before and after.
        route: of the measure, with suspects and controls.
    """
    mine = np.flatnonzero(np.isin(panel.product, route.control_goods))
    if not len(mine):
        return Tested()
    # Others who sell to the destination may be under measures of their own: they would carry the break into what was
    # to be expected there. So the destination teaches no more than a suspect does.
    plain = replace(route, control_goods=(), suspects=(*route.suspects, *(d for d in (route.destination,) if d >= 0)))
    whole, start, count = _with_sums(panel, mine)
    reading = read_series(whole, window, untouched(whole, plain), plain)
    was, now = same_periods(whole.amount[start:], window)
    ends, asked = route.origin, [*_asked(whole, start, route)]
    direct = [i for i in asked if (whole.exporter[start + i], whole.importer[start + i]) == (ends, route.destination)]

    def made(i: int, tests: int) -> Controls:
        of = reading.apart if i in direct else reading.full
        at, p = start + i, np.nan
        seen, foreseen = float(of.observed[at]), float(of.expected[at])
        if of.judged[at]:
            p = min(2 * float(min(of.p_fall[at], of.p_rise[at])), 1.0)
        change = seen / foreseen - 1 if foreseen > 0 else np.nan
        far = abs(np.log(max(1 + change, 1e-9))) >= _MUCH if np.isfinite(change) else False
        names = whole.places[whole.exporter[at]], whole.places[whole.importer[at]]
        sums = float(was[i]), float(now[i])
        return Controls(*names, int(count[i]), *sums, float(change), p, bool(far and p * tests <= _CHANCE))

    others = [i for i in asked if i not in direct]
    hubs = tuple(made(i, len(others)) for i in others)
    return Tested(made(direct[0], 1) if direct else None, hubs, panel.unit)


def _with_sums(panel: Panel, mine: Ints) -> tuple[Panel, int, Ints]:
    """The panel with one more product, all controls of a pair; the first of its series, and how many codes each has."""
    base = len(panel.places)
    pairs, row = np.unique(panel.exporter[mine] * base + panel.importer[mine], return_inverse=True)
    total = summed(panel.amount[mine], row, len(pairs))
    unknown = np.full_like(total, np.nan)
    ours = np.zeros(len(pairs), dtype=bool)
    ours[row] = panel.by_exporter[mine]
    whole = replace(
        panel,
        products=(*panel.products, ""),
        exporter=np.concatenate([panel.exporter, pairs // base]),
        importer=np.concatenate([panel.importer, pairs % base]),
        product=np.concatenate([panel.product, np.full(len(pairs), len(panel.products))]),
        amount=np.concatenate([panel.amount, total]),
        mirror=np.concatenate([panel.mirror, unknown]),
        unit_value=np.concatenate([panel.unit_value, unknown]),
        by_exporter=np.concatenate([panel.by_exporter, ours]),
    )
    return whole, len(panel.product), np.bincount(row, minlength=len(pairs))


def _asked(whole: Panel, start: int, route: Route) -> list[int]:
    """The pairs that a scan speaks of: of the two ends, and of a suspect with either."""
    out = []
    for i, ends in enumerate(zip(whole.exporter[start:].tolist(), whole.importer[start:].tolist(), strict=True)):
        a, b = ends
        leg = (a == route.origin and b in route.suspects) or (a in route.suspects and b == route.destination)
        if leg or ends == (route.origin, route.destination):
            out.append(i)
    return out


def said(found: Tested) -> tuple[str, ...]:
    """What became of the controls, in sentences; nothing where none are named."""
    return tuple(text for text in (_of_direct(found), _of_hubs(found)) if text)


def _of_direct(found: Tested) -> str:
    of = found.direct
    if of is None:
        return ""
    names = {
        "count": counted(of.products, "control product"),
        "origin": of.exporter,
        "destination": of.importer,
        "sums": _sums(of, found.unit),
    }
    if np.isnan(of.p) or np.isnan(of.change):
        return tr(
            "Whether the {count} from {origin} to {destination} moved with the measure cannot be judged: too few "
            "periods of them are known{sums}.",
            **names,
        )
    figures = {"change": of.moved, "p": f"{of.p:.2g}"}
    if not of.broke:
        return tr(
            "The {count} from {origin} to {destination} did not move beyond chance on the day: {change} against what "
            "was to be expected (p {p}){sums}.",
            **names,
            **figures,
        )
    if of.change < 0:
        return tr(
            "The controls broke with the measure: the {count} from {origin} to {destination} fell too, {change} "
            "against what was to be expected (p {p}){sums}. All goods are read beside them, and a fall that both share "
            "is not seen: name controls that nothing touched, or leave out --controls.",
            **names,
            **figures,
        )
    return tr(
        "The controls broke with the measure: the {count} from {origin} to {destination} rose, {change} against what "
        "was to be expected (p {p}){sums}. All goods are read beside them, and what they lost is not all a fall: name "
        "controls that nothing touched, or leave out --controls.",
        **names,
        **figures,
    )


def _sums(of: Controls, unit: str) -> str:
    """The two raw sums behind a sentence; empty where they are not known."""
    if not np.isfinite(of.before):
        return ""
    was, now = amount(of.before, unit), amount(of.since, unit)
    return tr("; in the same periods before {was}, since {now}", was=was, now=now)


def _of_hubs(found: Tested) -> str:
    broke = [c for c in found.hubs if c.broke]
    if not broke:
        return ""
    pairs = ", ".join(f"{c.exporter}-{c.importer} {c.moved}" for c in broke)
    return tr(
        "The controls moved on legs of suspects too, against what was to be expected: {pairs}. What the goods rose "
        "alike is not seen there.",
        pairs=pairs,
    )


def beside(rows: Iterable[dict[str, Any]], found: Tested) -> list[dict[str, Any]]:
    """Rows of SIGNALS with what their controls say of them.

    Nothing to attribute is an answer only where the direct leg did not fall: where it did, and its controls fell too,
    the row cannot be judged. Any other row that speaks of a loss names the break.

    Args:
        rows: with the word that their rate gives them.
        found: what became of the controls.
    """
    of = found.direct
    if of is None or not of.broke:
        return list(rows)
    why = (_FELL_TOO if of.change < 0 else _ROSE).format(change=of.moved)
    return [_beside(row, why, fell=of.change < 0) for row in rows]


def _beside(row: dict[str, Any], why: str, *, fell: bool) -> dict[str, Any]:
    if not row["judged"] and row["reason"] != BLIND:  # too little power is held against what the direct leg lost
        return row
    told = f"{why}; {row['why_not']}" if row["why_not"] else why
    before, since = row.get(BEFORE), row.get(SINCE)
    if not (fell and row["word"] == NOTHING and before is not None and since is not None and since < before):
        return row | {"why_not": told}
    # The ends were held at nothing because nothing was lost, which is what cannot be said.
    ends = dict.fromkeys(("low", "high", "low_se", "high_se", "low_95", "high_95"))
    return row | unjudgeable(MOVED_TOO, told) | {"judged": False} | ends
