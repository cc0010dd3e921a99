"""Quantities and their units by number, Quantity1 in Unit1 and Quantity2 in Unit2: which of them is the weight."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.printed_units import said

if TYPE_CHECKING:
    import polars as pl

_NUMBERED = re.compile(r"(?P<of>.*[^\W\d_])[\s_]?(?P<n>[1-9])(?!\d)(?P<more>.*)")
_FEWEST = 2  # quantities by number: one alone is the quantity
_WEIGHT = "Net weight (kg)"
_KILOGRAM, _WEIGHTS = "kg", ("kg", "tonne", "weight")
_NONE = ("", "-", "–", "—")


def numbered_units(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table with a column of net weights beside its numbered quantities, and a note; as it is where it has none.

    In each row the weight is the quantity whose unit is the kilogram, and where the first unit is blank the first
    quantity is the next that has one: Japan's customs print a zero in the first then.

    Args:
        frame: cells as text.
    """
    import polars as pl

    heads = [(c, m) for c in frame.columns if (m := _NUMBERED.fullmatch(c))]
    units = {m["n"]: c for c, m in heads if role_of(m["of"]) == "quantity_unit" and not m["more"]}
    quantities: dict[str, dict[str, str]] = {}
    for c, m in heads:
        if role_of(m["of"]) == "quantity" and m["n"] in units:
            quantities.setdefault(m["more"], {})[m["n"]] = c
    pairs = [of for of in quantities.values() if len(of) >= _FEWEST]
    if not pairs or any(said(c).label in _WEIGHTS or role_of(c) == "net_kg" for c in frame.columns):
        return frame, ()
    unit = {n: pl.col(c).cast(pl.String()).str.strip_chars().fill_null("") for n, c in units.items()}
    is_weight = {n: unit[n].is_in(_kilograms(frame[c])) for n, c in units.items()}
    first, *others = sorted(units)
    made = []
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
    note = tr("Of the quantities in {shown} the one in kilograms is read as the net weight, row by row.", shown=shown)
    return done, (note,)


def _kilograms(column: pl.Series) -> list[str]:
    """The words of a column of units that are kilograms."""
    words = column.drop_nulls().cast(str).str.strip_chars().unique().to_list()
    return [w for w in words if (spoken := said(w)).label == _KILOGRAM and spoken.scale == 1 and not spoken.rest]
