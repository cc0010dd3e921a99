"""One's own table, CSV or Parquet: the contract's columns, or the words that people use for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.trade.formats import by_key, chosen, our_columns, spelt
from entrepot.trade.loading.codes import refuse_without
from entrepot.trade.loading.draft import NOBODY, Draft
from entrepot.trade.loading.printed.printed_units import said

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened
    from entrepot.trade.loading.printed.printed_units import Said

_SCALES = {  # what headings say a value is counted in
    "thousand": 1e3,
    "thousands": 1e3,
    "1000": 1e3,
    "k": 1e3,
    "th": 1e3,
    "million": 1e6,
    "millions": 1e6,
    "mn": 1e6,
}
_VALUE = re.compile(
    r"(?:trade|export|import|fob|cif|customs|statistical)*value(?:in)?(?P<a>thousands?|1000|k|th|millions?|mn)?(?:of)?"
    r"(?P<currency>[a-z]{3})(?P<b>thousands?|1000|k|millions?|mn)?"
)
_FORM = "own"
_KILOGRAMS = {"kg": 1.0, "tonne": 1_000.0}  # by definition of the tonne
_PARTS = ("year", "month", "quarter")
_AS_IN = {"reporter": "KAZ", "partner": "World", "flow": "export"}


def fits(keys: frozenset[str]) -> bool:
    """Whether the heading names both sides of a flow, a period and a value in words that are ours."""
    have = chosen(_FORM, {k: k for k in keys}).keys()
    sides = {"exporter", "importer"} <= have or "partner" in have
    return sides and "period" in have


def draft(opened: Opened, faults: Faults) -> Draft:
    """One's own columns under our names."""
    names = by_key(opened.heading)
    found = chosen(_FORM, names)
    scale: dict[str, float] = {}
    constants: dict[str, str] = {}
    if "value" not in found:
        _priced(names, found, scale, constants)
    if "net_kg" not in found and (tonnes := next((names[k] for k in spelt(_FORM, "tonnes") if k in names), None)):
        found["net_kg"], scale["net_kg"] = tonnes, 1000.0
    if "net_kg" not in found:
        _weighed(names, found, scale)
    _check({**constants, **found}, opened.heading)
    read = {*found.values(), *(names[k] for r in (*_PARTS, "unread") for k in spelt(_FORM, r) if k in names)}
    for heading in (h for h in opened.heading if h.strip() and h not in read):
        faults.column("unread_column", f"column {heading!r} is not read")
    frame = _renamed(opened.frame, names, found)
    if "product" not in found:
        constants["product"] = "+TOTAL"
        faults.column("unread_column", "no column of products: read as the total of all goods")
    balanced = "" if {"reporter", "flow"} & found.keys() else NOBODY
    constants = {"status": "reported"} | constants if "status" not in found else constants
    written = set(TRADE_FLOWS.names) <= set(opened.heading)  # by `entrepot load`, whose points are known
    return Draft(frame, constants, scale, balanced, own=not written)


def _priced(names: dict[str, str], found: dict[str, str], scale: dict[str, float], constants: dict[str, str]) -> None:
    """A value column that says its currency or its thousands: `value_eur`, `Стоимость, тыс. долларов США`."""
    for k, heading in names.items():
        if match := _VALUE.fullmatch(k):
            found["value"] = heading
            scale["value"] = _SCALES.get(match["a"] or match["b"] or "", 1.0)
            constants["currency"] = match["currency"].upper()
            return
    for heading in names.values():
        spoken = said(re.sub(r"[_]+", " ", heading))
        if heading in found.values() or spoken.rest or not _is_priced(spoken):
            continue
        found["value"], scale["value"] = heading, spoken.scale
        constants["currency"] = spoken.currency or "USD"
        if spoken.flow and "flow" not in found:
            constants["flow"] = spoken.flow
        return


def _weighed(names: dict[str, str], found: dict[str, str], scale: dict[str, float]) -> None:
    """A column of weights that says its unit: `Вес нетто, тонн`."""
    for heading in names.values():
        spoken = said(heading)
        if spoken.label in _KILOGRAMS and heading not in found.values() and not spoken.rest:
            found["net_kg"], scale["net_kg"] = heading, spoken.scale * _KILOGRAMS[spoken.label]
            return


def _is_priced(spoken: Said) -> bool:
    """Whether a heading is of a value: it says so, or names a currency and no weight."""
    return spoken.label == "value" or (bool(spoken.currency) and spoken.label == "")


def _check(found: dict[str, str], heading: tuple[str, ...]) -> None:
    refuse_without(("period", "value"), tuple(found), heading)
    if {"exporter", "importer"} <= found.keys() or {"reporter", "partner", "flow"} <= found.keys():
        return
    missing = [n for n in ("reporter", "partner", "flow") if n not in found]
    fixed = ", ".join(f'{n} = "{_AS_IN[n]}"' for n in missing)
    raise BadInputError(
        f"the file does not say who exported to whom: nothing says {' and '.join(missing)}",
        found=", ".join(heading),
        allowed="columns exporter and importer, or reporter, partner and flow",
        remedy=f"Say what holds of all rows in a map, --map FILE.toml: [fixed], then {fixed}; or which column is which "
        "under [columns].",
    )


def _renamed(frame: pl.DataFrame, names: dict[str, str], found: dict[str, str]) -> pl.DataFrame:
    """The columns under our names; a year and a month that stand apart are one period."""
    import polars as pl

    if {"exporter", "importer"} <= found.keys():
        found.pop("partner", None)
    year, month, quarter = (next((names[k] for k in spelt(_FORM, r) if k in names), None) for r in _PARTS)
    mark, month = ("-", month) if month else ("-Q", quarter)
    if year and month and found["period"] in {year, month}:
        part = pl.col(month).cast(pl.String()).str.strip_chars().str.replace(r"\.0$", "").str.replace(r"(?i)^[qm]", "")
        part = part if mark == "-Q" else part.str.zfill(2)
        apart = part.str.contains(r"^\d{1,2}$")
        whole = part.str.contains(r"\d{4}")  # a column called Month that says the year too
        years = pl.col(year).cast(pl.String()).str.strip_chars().str.replace(r"\.0$", "")
        numbered, worded = pl.concat_str(years, pl.lit(mark), part), pl.concat_str(part, pl.lit(" "), years)
        period = pl.when(apart).then(numbered).when(whole).then(month).otherwise(worded)
        others = our_columns({r: h for r, h in found.items() if r != "period"})
        return frame.select(*others, period.alias("period"))
    return frame.select(our_columns(found))
