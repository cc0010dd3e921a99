"""Shifts of a flow between partners: the same quarters of different years, side by side.

What only the origin reports cannot show where goods ended: a partner that rose is a *possible hub* or a new market,
and this module does not say which. The simple first version: no baseline, no significance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core import findings, periods
from entrepot.core.findings import Finding, Ground
from entrepot.core.units import counted
from entrepot.core.words.translate import in_english
from entrepot.trade.recorded import capacity_from
from entrepot.vocabulary import countries, goods

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Shift:
    """One partner's flow in the same quarters of two years.

    Attributes:
        partner, iso3: the importing partner.
        before, after: rows of the step `windows`, None where nothing was declared.
        change_mw: after less before, in MW; None where the two are not compared: the codes changed between them, or one
            has no capacity. A window without a row is one in which nothing was declared, as in every scan of diversion.
    """

    partner: str
    iso3: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    change_mw: float | None


def shifts(rows: Sequence[Mapping[str, Any]], base: int, latest: int) -> list[Shift]:
    """All partners of one product: those compared, largest rise first, then those not compared, largest flow first.

    Args:
        rows: rows of the step `windows` for one product.
        base: the earlier year.
        latest: the later year; the windows of both are the same quarters by construction.
    """
    years: dict[str, dict[int, Mapping[str, Any]]] = {}
    for row in rows:
        years.setdefault(str(row["partner_iso3"]), {})[int(row["year"])] = row
    same = same_codes(rows, base, latest)
    out = []
    for iso3, by_year in years.items():
        before, after = by_year.get(base), by_year.get(latest)
        either = after or before
        if either is None:
            continue
        known = all(row["capacity_mw"] is not None for row in (before, after) if row is not None)
        change = _capacity(after) - _capacity(before) if same and known else None
        out.append(Shift(countries.name_of(iso3, str(either["partner"])), iso3, before, after, change))
    return sorted(out, key=_order)


def same_codes(rows: Sequence[Mapping[str, Any]], base: int, latest: int) -> bool:
    """Whether the product stands under the same codes of the tariff in both years: else they are of other goods.

    Args:
        rows: rows of the step `windows` for one product, of all partners.
        base: the earlier year.
        latest: the later year.
    """
    before, after = ({c for r in rows if int(r["year"]) == year for c in r["codes"]} for year in (base, latest))
    return before == after


def _capacity(row: Mapping[str, Any] | None) -> float:
    return float(row["capacity_mw"]) if row is not None else 0.0


def _order(s: Shift) -> tuple[bool, float, str]:
    if s.change_mw is not None:
        return False, -s.change_mw, s.iso3
    return (
        True,
        -max((row["capacity_mw"] or 0.0 for row in (s.before, s.after) if row is not None), default=0.0),
        s.iso3,
    )


def _subject(row: Mapping[str, Any]) -> str:
    partner = countries.name_of(str(row["partner_iso3"]), str(row["partner"]))
    return f"China's exports of {str(row['product']).lower()} to {partner}"


# Column of the flows: what is said of it, its unit, how it came about; empty where that depends on the product.
_MEASURES = {
    "capacity_mw": ("capacity", "MW", ""),
    "value_usd": ("value", "USD", "as declared to China Customs"),
    "net_kg": ("net weight", "kg", "as declared to China Customs"),
}


@in_english
def window_finding(row: Mapping[str, Any], measure: str, months: int) -> Finding:
    """One partner's exports in the window, in one unit.

    The period is that of the window, not of the quarters that have a row: a partner without a first quarter is compared
    over the same months, and the basis says how many of them have an entry. In the others nothing was declared.

    Args:
        row: a row of the step `windows`, whose window begins in January.
        measure: capacity_mw, value_usd or net_kg.
        months: how many months the window has.
    """
    quantity, unit, how = _MEASURES[measure]
    how = how or capacity_from(str(row["product"]))
    codes = f"HS {', '.join(map(goods.dotted, row['codes']))}" + (f" ({row['note']})" if row["note"] else "")
    return findings.make(
        kind="number",
        subject=_subject(row),
        quantity=quantity,
        value=float(row[measure]),
        unit=unit,
        period=(f"{row['year']}-01-01", periods.last_day(f"{row['year']}-{months:02}").isoformat()),
        as_of=row["period_end"],
        status="estimated" if measure == "capacity_mw" else "reported",
        basis=f"sum of {counted(row['quarters'], 'quarter')}, {row['months_reported']} of {months} months "
        "with an entry; "
        f"{codes}; {how}",
        grounds=[Ground("flows", str(i), s) for i, s in zip(row["ids"], row["source_ids"], strict=True)],
    )


@in_english
def quarter_finding(row: Mapping[str, Any], measure: str = "capacity_mw") -> Finding:
    """One partner's exports in one quarter, in MW (Ember's estimate) or in one of the units declared.

    Args:
        row: a row of the step `quarters` or `quarterly`.
        measure: capacity_mw, value_usd or net_kg.
    """
    quantity, unit, how = _MEASURES[measure]
    how = how or capacity_from(str(row["product"]))
    note = f" ({row['note']})" if row["note"] else ""
    code = goods.dotted(str(row["hs"]))
    return findings.make(
        kind="number",
        subject=_subject(row),
        quantity=quantity,
        value=float(row[measure]),
        unit=unit,
        period=(row["period_start"], row["period_end"]),
        as_of=row["period_end"],
        status="estimated" if measure == "capacity_mw" else "reported",
        basis=f"one quarter, {row['months_reported']} of 3 months with an entry; HS {code}{note}; {how}",
        grounds=[Ground("flows", str(row["id"]), row["source_id"])],
    )
