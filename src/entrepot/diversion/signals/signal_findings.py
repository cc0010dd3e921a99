"""Signals as findings: what is said of one product and partner after a day, each figure with the rows it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any

from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.units import counted
from entrepot.core.words.translate import in_english
from entrepot.trade.recorded import capacity_from
from entrepot.vocabulary import goods

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One signal with what it was computed from.

    Attributes:
        signal: a row of SIGNALS in the partner mode that was judged.
        path: its rows of EXPECTED_PATHS.
        flows: rows of the step `quarterly` for its codes and partner.
        goods: the product in words.
        partner: the partner's name.
    """

    signal: Mapping[str, Any]
    path: Sequence[Mapping[str, Any]]
    flows: Sequence[Mapping[str, Any]]
    goods: str
    partner: str

    @property
    def subject(self) -> str:
        """What the findings are about, in words."""
        return f"China's exports of {self.goods} to {self.partner}"

    @property
    def after(self) -> list[Mapping[str, Any]]:
        """The flows of the periods after the day."""
        return [r for r in self.flows if self.signal["since"] <= r["period"] <= self.signal["until"]]

    @property
    def span(self) -> tuple[str, str]:
        """First and last day of the periods after."""
        first, last = str(self.signal["since"]), str(self.signal["until"])
        return periods.first_day(first).isoformat(), periods.last_day(last).isoformat()


AMOUNTS = {"value_usd": ("value", "USD"), "net_kg": ("net weight", "kg"), "capacity_mw": ("capacity", "MW")}
_EXPECTED = (
    "expected: own level, season and damped trend before, and the median of all partners; errors from placebo dates"
)
# What an amount of a signal is, and how it was counted, by its unit.
_COUNTED = {"USD": ("value", "nominal dollars"), "kg": ("net weight", "net weight as declared")}
_ZERO = "a quarter without an entry for the partner is one in which nothing was declared"


@in_english
def observed(said: Said, column: str) -> Finding:
    """What the partner took after the day, in one of `AMOUNTS`; a quarter of which none is known makes it a least."""
    quantity, unit = AMOUNTS[column]
    estimated = column == "capacity_mw"
    months = sum(r["months_reported"] for r in said.after)
    known = [r[column] for r in said.after if r[column] is not None]
    without = sorted({str(r["period"]) for r in said.after if r[column] is None})
    how = capacity_from(str(said.after[0]["product"])) if estimated else "as declared to China Customs, FOB"
    lacking = f"; without {', '.join(without)}, of which none is known, so at least" if without else ""
    total = float(sum(known))
    return findings.make(
        kind="number",
        subject=said.subject,
        quantity=f"{quantity} since the day",
        value=total,
        unit=unit,
        low=total if without else None,
        period=said.span,
        as_of=max(r["period_end"] for r in said.after),
        status="estimated" if estimated else "reported",
        basis=f"sum of {counted(len(said.after), 'quarter')} with an entry, {counted(months, 'month')} of them; "
        f"HS {_codes(said)}; {how}{lacking}",
        grounds=_grounds(said.after),
    )


@in_english
def beyond(said: Said) -> Finding:
    """How much more (or, below zero, less) than was to be expected, with the ends that sampling error leaves.

    The basis gives what was observed and what was expected, whose difference is the value to the last digit.
    """
    value = float(said.signal["excess_in"])
    unit = str(said.signal["unit"])
    taken = _taken(said)
    low, high = (sum(r[k] or 0 for r in said.path) for k in ("low", "high"))
    working = f"observed {findings.plain(taken)} less expected {findings.plain(taken - value)}, with 95 % ends; "
    return findings.make(
        kind="number",
        subject=said.subject,
        quantity=f"{_COUNTED[unit][0]} beyond what was to be expected",
        value=value,
        unit=unit,
        low=min(taken - high, value),
        high=max(taken - low, value),
        **_common(said, working),
    )


def _taken(said: Said) -> float:
    """What the partner took in the periods after, in the unit of the signal; a quarter without a row is none of it."""
    column = next(c for c, (_, unit) in AMOUNTS.items() if unit == said.signal["unit"])
    return float(sum(r[column] or 0 for r in said.after))


@in_english
def at_most(said: Said) -> Finding:
    """How much of it can at most be trade that others lost; as a bound, with its sampling error in the basis."""
    with_error = findings.plain(float(said.signal["high_95"]))
    return findings.make(
        kind="number",
        subject=said.subject,
        quantity="can have been shifted from other partners",
        value=float(said.signal["high"]),
        unit=str(said.signal["unit"]),
        high=float(said.signal["high"]),
        **_common(said, f"upper end; {with_error} with sampling error; no lower end: where goods ended is not seen; "),
    )


@in_english
def chance(said: Said, *, asked_alone: bool = False) -> Finding:
    """The q of the signal; its p where the scan did not test it, or where it alone is asked of.

    Args:
        said: the signal.
        asked_alone: whether another scan chose the row, so that this one is asked of it and of no other.
    """
    which = "q" if said.signal["q"] is not None and not asked_alone else "p"
    small = "" if said.signal["q"] is not None else "; too small a partner to be tested"
    meant = {
        "q": "share of false signals to be expected among all up to this one, over the scan of this day",
        "p": f"how often nothing gives as large a rise{small}",
    }
    unit = "" if said.signal["unit"] == "USD" else " by weight"
    return findings.make(
        kind="number",
        subject=said.subject,
        quantity=f"{which} of the rise{unit}",
        value=float(f"{100 * said.signal[which]:.2g}"),
        unit="percent",
        **_common(said, f"{meant[which]}; "),
    )


@in_english
def price(said: Said) -> Finding | None:
    """How the value of a kilogram changed against the origin's other sales of it; None where too little was weighed."""
    change = said.signal["unit_value_change"]
    if change is None:
        return None
    working = "USD per kg, median of the quarters after over that before, less the median partner's change; "
    return findings.make(
        kind="number",
        subject=said.subject,
        quantity="change of value per kg against other partners",
        value=float(f"{100 * (exp(change) - 1):.2g}"),
        unit="percent",
        **_common(said, working),
    )


def per_kg(rows: Sequence[Mapping[str, Any]]) -> float | None:
    """The value of a kilogram over some rows, USD; None where nothing was weighed."""
    weight = sum(r["net_kg"] or 0 for r in rows)
    return sum(r["value_usd"] or 0 for r in rows) / weight if weight else None


@in_english
def priced(said: Said, rows: Sequence[Mapping[str, Any]], whose: str) -> Finding | None:
    """The value of a kilogram over rows after the day; None where nothing was weighed.

    Args:
        said: the signal.
        rows: its own rows after the day, or those of all other partners.
        whose: in words: `this partner`, `all other partners`.
    """
    value = per_kg(rows)
    if value is None:
        return None
    usd, weight = (sum(r[k] or 0 for r in rows) for k in ("value_usd", "net_kg"))
    return findings.make(
        kind="number",
        subject=said.subject,
        quantity=f"value per kg since the day, {whose}",
        value=float(f"{value:.4g}"),
        unit="USD a kg",
        period=said.span,
        as_of=max(str(r["period_end"]) for r in rows),
        status="estimated",
        basis=f"{findings.plain(usd)} USD / {findings.plain(weight)} kg, both as declared; HS {_codes(said)}; {whose}",
        grounds=_grounds(rows),
    )


@in_english
def broke(said: Said) -> Finding | None:
    """The first quarter after the most likely break of the series; None where there is none."""
    when = said.signal["break_in"]
    if when is None:
        return None
    common = _common(said, "one break, all dates tried; of what is left when season and the median partner are off; ")
    return findings.make(kind="date", subject=said.subject, quantity="most likely break", value=str(when), **common)


def _common(said: Said, working: str) -> dict[str, Any]:
    return {
        "period": said.span,
        "as_of": max((str(r["period_end"]) for r in said.flows), default=said.span[1]),
        "status": "estimated",
        "basis": f"{working}{_EXPECTED}; HS {_codes(said)}; {_COUNTED[said.signal['unit']][1]}; {_ZERO}",
        "grounds": _grounds(said.flows),
    }


def _codes(said: Said) -> str:
    return " + ".join(map(goods.dotted, str(said.signal["product"]).split("/")))


def _grounds(rows: Sequence[Mapping[str, Any]]) -> list[Ground]:
    return [Ground("flows", str(r["id"]), r["source_id"]) for r in rows]
