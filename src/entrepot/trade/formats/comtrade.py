"""UN Comtrade: the API's JSON and CSV (now and before 2023), its bulk files, and yearly tables by HS chapter.

Names of columns now (reporterISO, cmdCode, primaryValue, …):
https://uncomtrade.org/docs/what-data-variables-are-used-in-un-comtrade/. Bulk files have the same names divided by
tabs. Names before 2023: "Trade Value (US$)" in CSV, rtCode, cmdCode, TradeValue in JSON.

The file may hold, beside a flow, its details by customs procedure (other than C00), mode of transport (other than 0)
and second partner (other than the world). They are parts of the flow and are set aside; a file that holds nothing else
is refused, or added up where a map says that its rows are parts. Tariff lines, as the reporter sent them, hold no such
flow: every row is a part, by national code, procedure, mode and second partner, and is added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.trade.formats import by_key, chosen, our_columns, spelt, tell_unread
from entrepot.trade.loading.codes import mapped, refuse_without
from entrepot.trade.loading.draft import Draft, Left
from entrepot.trade.loading.printed.titles.contract import UN_UNITS
from entrepot.trade.loading.whole.parts_alone import Sort
from entrepot.vocabulary import goods, partners

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

_MODE = "mode of transport"
# What stands in the columns of details where the row is the whole flow.
_WHOLE = {
    "customs procedure": ("C00", ""),
    _MODE: ("0", "0.0", ""),
    "mode of supply": ("0", "0.0", ""),
    "second partner": ("0", "0.0", "W00", "WLD", "World", ""),
}
# Columns of the tables of flows, by which a sum is told from its parts; tariff lines have none of them.
_OF_SUMS = {"isaggregate", "aggrlevel", "aggregatelevel", "isleaf", "isleafcode"}
_FORM = "comtrade"
_LINES = "tariff_lines"  # what any row shows of all: a reporter whose codes are short may fill a block
_SIDES = ("reporter", "partner")
_OF_FLOWS = (*_SIDES, "flow", "product", "period")  # what says which flow a row is of
_NO_UNIT = ("-1", "1")  # numbers of units of what has no quantity
_YES = ("true", "1", "1.0")
_WEIGHT_FLAGS, _QUANTITY_FLAGS = ("4", "6"), ("2", "6")  # legacyEstimationFlag: 2 quantity, 4 net weight, 6 both


def fits(keys: frozenset[str]) -> bool:
    """Whether this is a heading of UN Comtrade."""
    api = bool(keys & {"cmdcode", "commoditycode"}) and all(keys & {*spelt(_FORM, s)} for s in (*_SIDES, "value"))
    return api or keys >= {"reporter", "partner", "flow", "hs2", "year", "valueusd", "vintage"}


def draft(opened: Opened, faults: Faults) -> Draft:
    """Comtrade's columns under our names."""
    names = by_key(opened.heading)
    found = {role: h for role, h in chosen(_FORM, names).items() if role not in _SIDES}
    needed = ("flow", "product", "period", "value")
    sides = tuple(s for s in _SIDES if any(k in names for k in spelt(_FORM, s)))
    refuse_without((*_SIDES, *needed), (*sides, *found), opened.heading)
    tell_unread(_FORM, names, faults)
    if _is_of_lines(opened.frame, names):
        opened.facts.add(_LINES)
    is_of_lines = _LINES in opened.facts
    whole, left = (opened.frame, ()) if is_of_lines else _wholes(opened, names, faults)
    frame = whole.select(
        *our_columns(found),
        *(_partner(whole, names, side) for side in _SIDES),
        _valuation(names),
        _guessed(names, "isnetwgtestimated", _WEIGHT_FLAGS).alias("_weight"),
        _guessed(names, "isqtyestimated", _QUANTITY_FLAGS).alias("_items"),
    )
    frame = _estimates(_named_units(frame))
    made = ("reporter", "partner", "valuation", "net_kg", "quantity", "quantity_unit")
    columns = dict.fromkeys((*found, *made, "estimated_quantity", "estimated_unit"))
    return Draft(frame.select("row", *columns), {"status": "reported"}, left=left, sums=is_of_lines)


def _is_of_lines(frame: pl.DataFrame, names: dict[str, str]) -> bool:
    """Whether the table is of tariff lines: codes longer than the HS has, and no word on what is a sum of others."""
    import polars as pl

    heading = next((names[k] for k in ("cmdcode", "commoditycode") if k in names), "")
    if not heading or names.keys() & _OF_SUMS:
        return False
    digits = pl.col(heading).cast(pl.String()).str.replace(r"\.0$", "").str.len_chars()
    return bool(frame.select((digits > goods.SUBHEADING).any()).item())


def _wholes(opened: Opened, names: dict[str, str], faults: Faults) -> tuple[pl.DataFrame, tuple[Left, ...]]:
    """The rows that are no detail of another, and how many each kind of detail leaves.

    Where no row of the table is a whole and a map says that rows are parts, details are kept, to be added.
    """
    import polars as pl

    frame, found = opened.frame, []
    divided = []
    for what, totals in _WHOLE.items():
        heading = next((names[k] for k in spelt(_FORM, f"detail:{what}") if k in names), None)
        if heading is None:
            continue
        cell = pl.col(heading).str.strip_chars().fill_null("")
        codes = frame.select(cell.unique()).to_series().to_list()
        seen = {f"{what} {code}" for code in codes if code not in totals} if what == _MODE else set()
        seen |= {what} if {*codes} & {*totals} else set()
        if opened.are_parts:
            opened.facts.update(seen)  # any block may show them; else they change nothing
            seen = opened.facts
        is_held = what == _MODE and _hold_one_another(seen)
        if opened.are_parts and what not in seen and not is_held:
            added = tr("no row is of every {what}: rows by {what} are added, as the map says", what=what)
            faults.column("unread_column", added)
            continue
        divided.append((what, heading, ~cell.is_in(totals), not is_held))
    of = _Flows(names, frame, [is_detail for _, _, is_detail, _ in divided])
    for what, heading, is_detail, are_parts in divided:
        sort = Sort(
            tr("details by {what}, parts of a flow that is a row too", what=what),
            tr("details by {what} of flows of which no row is the whole: download the totals too", what=what),
        )
        frame = faults.part(of.valued(frame), is_detail, of.keys, sort, depth=of.depth, is_world=of.is_world)
        found.append(Left(what, f"{heading} {_WHOLE[what][0]} in some row", frame.height, are_parts))
    faults.parts.met(frame, of.keys)
    return frame, tuple(found)


class _Flows:
    """What says of a printed row which flow it is of, and by how many columns it is a detail.

    Attributes:
        keys: who reports, partner, kind of flow, code of goods, period.
        depth: details by fewer columns stand before those by more, of as many those by columns that come first.
        is_world: whether the partner is the world.
    """

    def __init__(self, names: dict[str, str], frame: pl.DataFrame, divided: list[pl.Expr]) -> None:
        import polars as pl

        headings = {r: next((names[k] for k in spelt(_FORM, r) if k in names), "") for r in (*_OF_FLOWS, "value")}
        self.keys = [pl.col(headings[role]) for role in _OF_FLOWS if headings[role]]
        self.is_world = pl.col(headings["partner"]).is_in(_WHOLE["second partner"])
        each = [pl.when(one).then((1 << len(divided)) + (1 << nth)).otherwise(0) for nth, one in enumerate(divided)]
        self.depth = pl.sum_horizontal(*each) if each else pl.lit(0)
        self._value = headings["value"] if headings["value"] in frame.columns else ""

    def valued(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows with what they are worth as `value`, unless a heading is called so."""
        import polars as pl

        return frame.with_columns(pl.col(self._value).alias("value")) if "value" not in frame.columns else frame


def _hold_one_another(seen: Iterable[str]) -> bool:
    """Whether codes of modes of transport hold one another, so that they are never added: of 2000 is 2100 a part."""
    codes = {one.removeprefix(f"{_MODE} ").removesuffix(".0") for one in seen if one.startswith(f"{_MODE} ")}
    return any(a != b and a.endswith("0") and b.startswith(a.rstrip("0")) for a in codes for b in codes)


def _partner(frame: pl.DataFrame, names: dict[str, str], side: str) -> pl.Expr:
    """The first of the columns that names a known partner, else what the first of them prints."""
    import polars as pl

    headings = [names[k] for k in spelt(_FORM, side) if k in names]
    found = [mapped(frame.select(pl.col(h).str.replace(r"\.0$", "")), h, partners.code_of)[h] for h in headings]
    return pl.coalesce(*found, *headings).alias(side)


def _valuation(names: dict[str, str]) -> pl.Expr:
    """Some reporters count imports FOB: where only that value is given, it is what the flow's value is."""
    import polars as pl

    if not {"cifvalue", "fobvalue"} <= names.keys():
        return pl.lit(None, pl.String()).alias("valuation")
    cif, fob = (pl.col(names[k]).cast(pl.Float64, strict=False).fill_null(0) > 0 for k in ("cifvalue", "fobvalue"))
    only = pl.when(cif & ~fob).then(pl.lit("CIF")).when(fob & ~cif).then(pl.lit("FOB"))
    return only.alias("valuation")


def _guessed(names: dict[str, str], flag: str, legacy: tuple[str, ...]) -> pl.Expr:
    """Whether the UN filled a figure in."""
    import polars as pl

    guessed = pl.lit(value=False)
    if flag in names:
        guessed |= pl.col(names[flag]).str.to_lowercase().is_in(_YES).fill_null(value=False)
    for old in (names[k] for k in ("legacyestimationflag", "flag", "estcode") if k in names):
        guessed |= pl.col(old).str.replace(r"\.0$", "").is_in(legacy).fill_null(value=False)
    return guessed


def _named_units(frame: pl.DataFrame) -> pl.DataFrame:
    """Units that stand as numbers by what they are called; -1 and 1 are of no quantity."""
    import polars as pl

    if "quantity_unit" not in frame.columns:
        return frame
    names = {str(row["number"]): row["unit"] for row in packaged_rows(UN_UNITS)}
    number = pl.col("quantity_unit").cast(pl.String()).str.strip_chars().str.replace(r"\.0$", "")
    unit = number.replace({**names, **dict.fromkeys(_NO_UNIT)})
    return frame.with_columns(pl.when(number.str.contains(r"^-?\d+$")).then(unit).otherwise("quantity_unit"))


def _estimates(frame: pl.DataFrame) -> pl.DataFrame:
    """What the UN filled in moved to the column of estimates: it is no ground for a unit value."""
    import polars as pl

    empty = [
        pl.lit(None, pl.String()).alias(n) for n in ("net_kg", "quantity", "quantity_unit") if n not in frame.columns
    ]
    frame = frame.with_columns(*empty)
    weight, items = pl.col("_weight"), pl.col("_items")
    return frame.with_columns(
        pl.when(weight).then("net_kg").when(items).then("quantity").alias("estimated_quantity"),
        pl.when(weight).then(pl.lit("kg")).when(items).then("quantity_unit").alias("estimated_unit"),
        pl.when(~weight).then("net_kg").alias("net_kg"),
        pl.when(~items).then("quantity").alias("quantity"),
        pl.when(~items).then("quantity_unit").alias("quantity_unit"),
    )
