"""Tables with a column a period, or a column a flow, as a row a flow: what the headings say goes into cells.

A column of growth or of shares is no amount and is left out, as is a cell that holds nothing. Columns of two amounts
that nothing tells apart are refused: which is the value has to be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.trade.loading.printed.printed_layout import period_in, role_of, words_of
from entrepot.trade.loading.printed.printed_periods import period_of
from entrepot.trade.loading.printed.printed_units import Said, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from entrepot.trade.loading.printed.printed_layout import Layout

PERIOD, WEIGHT = "period", "net_kg"
_FEWEST = 2  # columns of periods where a column of periods is there too: one of them may be a figure of that year
_MONTHS = 3  # columns called as months alone
_KEYED = "\\"  # stands between the keys of a row and the word for its columns: freq,reporter\\TIME_PERIOD
_ABSENT = ("", "-", "–", "—", ":", "..", "...", "n/a", "na", "c", "x")


@dataclass(frozen=True, slots=True)
class Wide:
    """A column of figures.

    Attributes:
        heading: as printed.
        period: as printed; empty where the table has a column of periods.
        month: of a column that is called as a month, beside one of years.
        says: what else the heading says.
    """

    heading: str
    period: str
    month: str
    says: Said


def unfolded(frame: pl.DataFrame, layout: Layout | None, named: Sequence[str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table with what its title and its headings say in columns of its own, and notes on what was made of it.

    Args:
        frame: cells as text, with their `row`.
        layout: what the title says; None where there is none.
        named: headings that a map names: a table of which one is a column of figures is left as it is.

    Raises:
        BadInputError: columns of two amounts that nothing tells apart.
    """
    heading = [c for c in frame.columns if c != "row"]
    wide = wide_columns(heading)
    if wide and not {one.heading for one in wide} & {*named}:
        frame, notes = _long(frame, wide, layout)
    else:
        frame, notes = _with_unit(frame, layout) if not named else frame, ()
    facts = layout.facts if layout else {}
    import polars as pl

    have = {role_of(c) for c in frame.columns}
    sides = {"exporter", "importer"} <= have
    more = {k: v for k, v in facts.items() if k not in have and not (sides and k in {"flow", "reporter"})}
    return frame.with_columns(pl.lit(v).alias(k) for k, v in more.items()), notes


def wide_columns(heading: Sequence[str]) -> list[Wide]:
    """The columns of figures of a table in which periods or flows stand in headings; none for one with a row a flow."""
    if heading and _KEYED in heading[0]:
        return []  # Comext's own, which its reader takes apart
    roles = {role_of(h) for h in heading}
    found = [Wide(h, period, "", said(label)) for h in heading for period, label in [period_in(h)] if period]
    if len({one.period for one in found}) >= (_FEWEST if PERIOD in roles else 1):
        return [one for one in found if one.says.label != "none"]
    months = [Wide(h, "", period_of(f"{h} 2000")[-2:], Said()) for h in heading if _is_month(h)]
    if PERIOD in roles and len(months) >= _MONTHS:
        return months
    flows = [Wide(h, "", "", s) for h in heading for s in [said(h)] if _is_flow(h, s)]
    value = {"value", "flow"} & roles
    return flows if not value and PERIOD in roles and any(s.says.label != "kg" for s in flows) else []


def _is_month(heading: str) -> bool:
    return not re.search(r"\d", heading) and len(period_of(f"{heading} 2000")) > len("2000")


def _is_flow(heading: str, spoken: Said) -> bool:
    return bool(spoken.flow) and not role_of(heading) and spoken.label != "none" and not spoken.rest


def _long(frame: pl.DataFrame, wide: list[Wide], layout: Layout | None) -> tuple[pl.DataFrame, tuple[str, ...]]:
    import polars as pl

    unit = layout.unit if layout else None
    value = value_heading(wide, unit)
    others = [c for c in frame.columns if c != "row" and c not in {one.heading for one in wide}]
    figures = [c for c in others if said(c).label == "none" or period_in(c)[0]]
    kept = [c for c in others if c not in figures]
    parts = []
    for of in dict.fromkeys(map(_of, wide)):
        mine = {_is(one): one for one in wide if _of(one) == of}
        if "value" in mine:
            parts.append(_part(frame, kept, mine, value, of))
    long = pl.concat(parts).sort("row", maintain_order=True)
    absent = pl.col(value).str.strip_chars().str.to_lowercase().is_in(_ABSENT).fill_null(value=True)
    shown = ", ".join(repr(one.heading) for one in wide[:3])
    said_so = f"{len(wide)} columns ({shown}{', …' if len(wide) > 3 else ''}) are read as a row each."  # noqa: PLR2004
    left = [f"Columns that are no amount are not read: {', '.join(map(repr, figures))}."] if figures else []
    return long.filter(~absent), (said_so, *left)


def _of(one: Wide) -> tuple[str, str, str]:
    return one.period, one.month, one.says.flow


def _is(one: Wide) -> str:
    return "weight" if one.says.label in {"kg", "tonne"} else "value"


def _part(
    frame: pl.DataFrame, kept: list[str], mine: dict[str, Wide], value: str, of: tuple[str, str, str]
) -> pl.DataFrame:
    """The rows of one period and flow."""
    import polars as pl

    period, month, flow = of
    columns = [pl.col("row"), *map(pl.col, kept), pl.col(mine["value"].heading).cast(pl.String()).alias(value)]
    if "weight" in mine:
        columns.append(pl.col(mine["weight"].heading).cast(pl.String()).alias(WEIGHT))
    part = frame.select(columns)
    if period:
        part = part.with_columns(pl.lit(period).alias(PERIOD))
    if month:
        year = next(c for c in kept if role_of(c) == PERIOD)
        part = part.with_columns((pl.col(year).cast(pl.String()).str.strip_chars() + f"-{month}").alias(year))
    return part.with_columns(pl.lit(flow).alias("flow")) if flow else part


def value_heading(wide: list[Wide], unit: Said | None) -> str:
    """The heading under which figures of columns are read: `value million USD`.

    Raises:
        BadInputError: two columns of one period and flow are amounts, or the columns are in several units.
    """
    amounts = [one for one in wide if _is(one) == "value"]
    for one in amounts:
        same = [o.heading for o in amounts if _of(o) == _of(one)]
        if len(same) > 1:
            raise BadInputError(
                "two columns hold amounts of one period, and nothing tells which is the value",
                found=", ".join(same[:4]),
                remedy='Say which with --map FILE.toml: [columns] value = "heading", period = "heading", or leave the '
                "other column out of the file.",
            )
    units = {(one.says.scale, one.says.currency) for one in amounts}
    if len(units) > 1:
        raise BadInputError(
            "the columns of amounts are in several units", found=", ".join(o.heading for o in amounts[:4])
        )
    scale, currency = units.pop() if units else (1.0, "")
    told = unit or Said()
    spoken = replace(told, scale=scale if scale != 1 else told.scale, currency=currency or told.currency)
    return f"value {words_of(spoken)}"


def _with_unit(frame: pl.DataFrame, layout: Layout | None) -> pl.DataFrame:
    """A column called Value with the unit that the title gives."""
    if layout is None or layout.unit is None:
        return frame
    plain = [c for c in frame.columns if role_of(c) == "value" and not said(c).currency and said(c).scale == 1]
    return frame.rename({plain[0]: f"value {words_of(layout.unit)}"}) if len(plain) == 1 else frame
