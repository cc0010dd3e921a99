"""Tables in which a column says the kind of each figure (Value (NOK), Weight (kg)), laid out with a column a kind.

Of a table with a column a period each period has a column of each kind, whose heading says both, as an office prints it
that has kinds in its headings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_cells import are_figures
from entrepot.trade.loading.printed.printed_headings import role_of, when_in
from entrepot.trade.loading.printed.printed_multipliers import MOST_KINDS, WEIGHTS, by_hundreds
from entrepot.trade.loading.printed.printed_units import Said, said, words_of
from entrepot.trade.loading.printed.printed_valuation import spoken_valuation
from entrepot.trade.loading.printed.titles.unsure_units import unsure_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

_KEYED = "\\"  # stands between the keys of a row and the word for its columns: Comext's own, read elsewhere
_FEWEST = 2  # kinds
_LOOKED_AT = 200  # cells that tell whether a column is of figures
COUNTED = "quantity_unit"


def by_kind(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table of figures whose kind stands beside them as a row a flow, with a column of each kind.

    Only where one column says the kind in all its cells, one kind is an amount, and each of a flow's kinds has one row.
    A column of units beside them is of the kind too: that of the quantity is kept, that of the amount read.
    """
    import polars as pl

    from entrepot.trade.formats import is_publishers  # formats read headings by modules of this folder

    texts = [c for c, kind in frame.schema.items() if kind == pl.String() and c != "row"]
    if is_publishers(texts) or any(_KEYED in c for c in texts):
        return frame, ()
    told = [c for c in frame.select(texts) if c.null_count() < frame.height]  # of ten thousand columns few
    kinds = {c.name: {w: said(w) for w in c.drop_nulls().unique().head(MOST_KINDS + 1).to_list()} for c in told}
    telling = [c for c, of in kinds.items() if _FEWEST <= len(of) <= MOST_KINDS and all(s.label for s in of.values())]
    if len(telling) != 1:
        return frame, ()
    of = kinds[telling[0]]
    amounts = [w for w, s in of.items() if s.label == "value"]
    figures = _figures(frame, texts, telling[0])
    keys = [c for c in texts if c not in {telling[0], *figures} and role_of(c) != COUNTED]
    if len(amounts) != 1 or not figures or frame.select([*keys, telling[0]]).is_duplicated().any():
        return frame, ()
    unit = next((c for c in texts if role_of(c) == COUNTED and c != telling[0]), "")
    money = _unit_of(frame, unit, pl.col(telling[0]) == amounts[0])
    if money is None:
        return frame, ()
    of = {w: _weighed(frame, unit, pl.col(telling[0]) == w) or s if s.label == "weight" else s for w, s in of.items()}
    return _laid_out(frame, _Kinds(telling[0], of, amounts[0], money, unit), keys, figures)


def _figures(frame: pl.DataFrame, texts: Sequence[str], telling: str) -> list[str]:
    """The columns of figures: the one of values, those of periods, or the one that nothing else explains."""
    if values := [c for c in texts if role_of(c) == "value"]:
        return values if len(values) == 1 else []
    plain = [c for c in texts if c != telling and _all_figures(frame[c])]
    dated = [c for c in plain if any(when_in(c)[:2])]
    others = [c for c in plain if not role_of(c) and c not in dated]
    return dated if dated and not others else others if len(others) == 1 and not dated else []


def _all_figures(column: pl.Series) -> bool:
    return are_figures([c.strip() for c in column.drop_nulls().head(_LOOKED_AT).to_list()])


def _unit_of(frame: pl.DataFrame, unit: str, rows: pl.Expr) -> Said | None:
    """What a column of units says of the rows of amounts; None where they differ, or are not understood."""
    cells = frame.filter(rows)[unit].drop_nulls().unique().to_list() if unit else []
    told = {(s.scale, s.money): s for s in map(said, cells) if s.currency or s.scale != 1}
    if len(told) > 1 or any(map(unsure_words, cells)):
        return None
    return next(iter(told.values()), Said())


def _weighed(frame: pl.DataFrame, unit: str, rows: pl.Expr) -> Said | None:
    """What a column of units says of the rows of a weight; None where it says no unit of weight, or several."""
    cells = frame.filter(rows)[unit].drop_nulls().unique().to_list() if unit else []
    told = {said(cell).label for cell in cells}
    return said(cells[0]) if len(told) == 1 and told <= {*WEIGHTS} else None


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What tells the kinds.

    Attributes:
        column: whose cells say them.
        of: each of its words with what it says, with the unit beside it of a weight that says none.
        amount: the word of the amounts.
        money: the unit beside them.
        unit: the column of units; empty for none.
    """

    column: str
    of: Mapping[str, Said]
    amount: str
    money: Said
    unit: str

    def named(self) -> dict[str, str]:
        """The word of each kind that is read, with the heading of its column."""
        own = self.of[self.amount]
        says = own if own.currency or own.scale != 1 else self.money
        # What neither says, the title may: no dollars are put in its place.
        unit = words_of(says) if says.currency else words_of(says).removesuffix("USD")
        found = {self.amount: f"value {unit}".strip()}
        for word, spoken in self.of.items():
            kind = "quantity" if spoken.label == "quantity" else WEIGHTS.get(spoken.label, "")
            if kind and kind not in found.values():
                found[word] = kind
        return found


def _laid_out(
    frame: pl.DataFrame, kinds: _Kinds, keys: list[str], figures: list[str]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    import polars as pl

    named = kinds.named()
    is_wide = any(any(when_in(c)[:2]) for c in figures)
    of = {heading: label for label, heading in WEIGHTS.items()}  # behind a period a weight is called by its unit
    cells = [
        by_hundreds(pl.col(c), w)
        .filter(pl.col(kinds.column) == w)
        .first()
        .alias(f"{c} {of.get(n, n)}" if is_wide else n)
        for c in figures
        for w, n in named.items()
    ]
    counted = next((w for w, n in named.items() if n == "quantity"), "")
    if counted:
        unit = pl.col(kinds.unit).filter(pl.col(kinds.column) == counted).first() if kinds.unit else pl.lit(counted)
        cells.append(unit.alias(kinds.unit or COUNTED))
    made = frame.group_by(keys, maintain_order=True).agg(pl.col("row").first(), *cells)
    way = spoken_valuation(kinds.amount)
    if way and not any(role_of(c) == "valuation" for c in made.columns):
        made = made.with_columns(pl.lit(way).alias("valuation"))
    left = [w for w in kinds.of if w not in named]
    note = tr(
        "Rows of {telling!r} are read side by side: {repr}.", telling=kinds.column, repr=", ".join(map(repr, named))
    )
    return made, (note, *((tr("Not read: {repr}.", repr=", ".join(map(repr, left))),) if left else ()))
