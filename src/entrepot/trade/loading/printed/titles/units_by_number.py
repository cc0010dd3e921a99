"""Quantities and their units by number, Quantity1 in Unit1 and Quantity2 in Unit2: which of them is the weight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.formats.weighed import kilograms_of_unit
from entrepot.trade.loading.draft import WEIGHT_SCALE
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.printed_units import said

if TYPE_CHECKING:
    import polars as pl

_NUMBERED = re.compile(r"(?P<of>.*[^\W\d_])[\s_]?(?P<n>[1-9])(?!\d)(?P<more>.*)")
_ORDINAL = re.compile(r"(?:法定)?第(?P<n>[一二三四])(?:法定)?(?P<of>\D+)")  # China's customs: 第一数量, 第二计量单位
_DIGITS = dict(zip("一二三四", "1234", strict=True))
_FEWEST = 2  # quantities by number: one alone is the quantity
_WEIGHT = "Net weight (kg)"
_WEIGHTS = ("kg", "tonne", "weight")
_NONE = ("", "-", "–", "—")


def numbered_units(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table with a column of net weights beside its numbered quantities, and a note; as it is where it has none.

    In each row the weight is the quantity whose unit is the kilogram, or another of weight. Where the first unit is
    blank the first quantity is the next that has one: Japan's customs print a zero in the first then.

    Args:
        frame: cells as text.
    """
    import polars as pl

    heads = [(c, *by_number) for c in frame.columns if (by_number := _number_of(c))]
    units = {n: c for c, n, of, more in heads if role_of(of) == "quantity_unit" and not more}
    quantities: dict[str, dict[str, str]] = {}
    for c, n, what, more in heads:
        if role_of(what) == "quantity" and n in units:
            quantities.setdefault(more, {})[n] = c
    pairs = [of for of in quantities.values() if len(of) >= _FEWEST]
    if not pairs or any(said(c).label in _WEIGHTS or role_of(c) == "net_kg" for c in frame.columns):
        return frame, ()
    unit = {n: pl.col(c).cast(pl.String()).str.strip_chars().fill_null("") for n, c in units.items()}
    is_weight = {n: unit[n].is_in([*_kilograms(frame[c])]) for n, c in units.items()}
    first, *others = sorted(units)
    made = []
    made.append(_of_one(frame, units, quantities).alias(WEIGHT_SCALE))
    for more, of in quantities.items():
        weight = pl.coalesce(pl.when(is_weight[n]).then(pl.col(c).cast(pl.String())) for n, c in sorted(of.items()))
        made.append(weight.alias(f"{_WEIGHT}{more}"))
        if first in of:
            beside = [n for n in others if n in of]
            next_one = pl.coalesce(pl.when(~unit[n].is_in(_NONE)).then(pl.col(of[n]).cast(pl.String())) for n in beside)
            moved = pl.when(unit[first].is_in(_NONE)).then(next_one).otherwise(pl.col(of[first]).cast(pl.String()))
            made += [moved.alias(of[first])] if beside else []
    named = pl.coalesce(pl.when(~unit[n].is_in(_NONE)).then(pl.col(units[n])) for n in (first, *others))
    used = [
        n for n in others if frame.select((is_weight[n] | unit[n].is_in(_NONE) | unit[first].is_in(_NONE)).all()).item()
    ]
    spent = [*(units[n] for n in used), *(of[n] for of in quantities.values() for n in used if n in of)]
    done = frame.with_columns(*made, named.alias(units[first])).drop(spent)
    shown = ", ".join(repr(units[n]) for n in sorted(units))
    note = tr(
        "Of the quantities in {shown} the one in a unit of weight is read as the net weight, row by row.", shown=shown
    )
    return done, (note,)


def _of_one(frame: pl.DataFrame, units: dict[str, str], quantities: dict[str, dict[str, str]]) -> pl.Expr:
    """The kilograms of one in each row, of the first of its quantities that is a weight and has a figure; else 1."""
    import polars as pl

    found = []
    for n, c in sorted(units.items()):
        figures = [pl.col(of[n]).is_not_null() for of in quantities.values() if n in of]
        unit = pl.col(c).cast(pl.String()).str.strip_chars()
        kilo = unit.replace_strict(_kilograms(frame[c]), default=None, return_dtype=pl.Float64())
        found.append(pl.when(pl.any_horizontal(figures)).then(kilo))
    return pl.coalesce(*found, pl.lit(1.0))


def _number_of(heading: str) -> tuple[str, str, str] | None:
    """The number of a heading, what it numbers, and what stands behind; None for one without a number.

    >>> _number_of("Quantity2-Year"), _number_of("第二计量单位")
    (('2', 'Quantity', '-Year'), ('2', '计量单位', ''))
    """
    if match := _ORDINAL.fullmatch(heading.strip()):
        return _DIGITS[match["n"]], match["of"], ""
    match = _NUMBERED.fullmatch(heading)
    return (match["n"], match["of"], match["more"]) if match else None


def _kilograms(column: pl.Series) -> dict[str, float]:
    """The words of a column of units that are of weight, and the kilograms of one."""
    words = column.drop_nulls().cast(str).str.strip_chars().unique().sort().to_list()
    return {w: of for w in words if (of := kilograms_of_unit(w)) is not None}
