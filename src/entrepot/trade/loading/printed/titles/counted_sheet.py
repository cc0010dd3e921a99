"""What a sheet says that its figures count: a quantity or a weight is no value, and stands beside the value.

USITC DataWeb gives each measure a sheet of its own, called as the measure is and with a column that says it in each
row: Customs Value, First Unit of Quantity.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.trade.contract import TITLE_WORDS
from entrepot.trade.loading.printed.printed_headings import SIDES, role_of, when_in
from entrepot.trade.loading.printed.printed_multipliers import MOST_KINDS, WEIGHTS, by_hundreds
from entrepot.trade.loading.printed.printed_units import Said, said, told_words, words_of
from entrepot.trade.loading.printed.printed_valuation import spoken_valuation, told_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from entrepot.trade.loading.printed.printed_layout import Layout

NOTHING = ("", Said())
_NOT_ADJUSTED = ("not ", "non ", "non-", "unadjusted", "не ")
_SHOWN = 60  # characters of a text in a note
_LAID_OUT = "by"  # a title says behind it by what the table is laid out
_VALUE, UNIT = "value", "quantity_unit"
_COUNTS = frozenset({"quantity", "weight", *WEIGHTS})  # labels of what is no value
KEYS = frozenset({*SIDES, "flow", "product", "period"})  # by which rows of two sheets are the same flow
FIGURES = frozenset({"quantity", *WEIGHTS.values()})  # headings under which such figures are read


def says_count(text: str, *, alone: bool = True) -> bool:
    """Whether words name a quantity or a weight as such, and no value; the name of a unit alone is the unit of one.

    Args:
        text: of a cell, the name of a sheet, or a line of a title.
        alone: whether it may say nothing else; a line says by what the table is laid out, too.

    >>> says_count("First Unit of Quantity"), says_count("Net weight (kg)"), says_count("Number"), says_count("kg")
    (True, True, False, False)
    >>> says_count("Customs Value"), says_count("Quantity and value"), says_count("Weight of goods sold to Ruritania")
    (False, False, False)
    """
    spoken = said(text.replace("_", " "))
    quantity, weight, without_unit = _names()
    named = {word for word, _ in told_words(text.replace("_", " "))} & (quantity | weight)
    is_whole = not alone or {*spoken.rest} <= without_unit
    return bool(named) and is_whole and spoken.label in _COUNTS and not spoken.currency


def says_dues(text: str) -> bool:
    """Whether words name what is paid on goods, or for their carriage, which is no value of them.

    >>> says_dues("Calculated Duties"), says_dues("Import Charges by HTS Number and Country")
    (True, True)
    >>> says_dues("Customs Value"), says_dues("Landed Duty-Paid Value"), says_dues("Goods free of duty")
    (False, False, False)
    """
    words = [word for word, _ in told_words(text.replace("_", " "))]
    kept = words[: words.index(_LAID_OUT)] if _LAID_OUT in words else words
    return " ".join(kept) in {w for r in packaged_rows(TITLE_WORDS) if r["kind"] == "dues" for w in r["words"]}


def of_values(sheets: Sequence[str]) -> tuple[list[bool], tuple[str, ...]]:
    """Which sheets of a workbook are of more than dues, and a note on those that are not read.

    Args:
        sheets: their names.

    Raises:
        BadInputError: all of them are of dues.
    """
    dues = [name for name in sheets if says_dues(name)]
    if dues and len(dues) == len(sheets):
        _refuse_dues(dues[0])
    told = tr("Sheets of duties or charges, which are no value of goods, are not read: {names}.", names=", ".join(dues))
    return [name not in dues for name in sheets], (told,) if dues else ()


def _refuse_dues(text: str) -> None:
    raise BadInputError(
        tr("the figures are duties or charges, which are no value of goods"),
        found=text,
        remedy=tr("Export the value of the goods (customs value, FOB or CIF value)."),
    )


def adjusted_said(frame: pl.DataFrame, layout: Layout | None) -> tuple[str, ...]:
    """A note where a line of the title, a heading or all cells of a column say that a season is taken out of figures.

    Args:
        frame: cells as printed.
        layout: where the table stands; None for the first row.
    """
    heads = [c for c in frame.columns if c != "row" and role_of(c) not in KEYS]
    every = {w for r in packaged_rows(TITLE_WORDS) if r["kind"] == "adjusted" for w in r["words"]}
    for text in (*(layout.title if layout else ()), *heads, *_told_by_all(frame, heads)):
        plain = text.casefold()
        if any(word in plain for word in every) and not any(no in plain for no in _NOT_ADJUSTED):
            return (
                tr(
                    "Figures are seasonally adjusted, as {text!r} says: they are not what was counted, and their sums "
                    "and mirrors differ from it. Load the unadjusted series where there is one.",
                    text=text[:_SHOWN],
                ),
            )
    return ()


@cache
def _names() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words for a quantity as such, for a weight as such, and those that add nothing to either: first, second."""
    rows = packaged_rows(TITLE_WORDS)
    weight, quantity = (
        frozenset(w for r in rows if r["kind"] == "label" and r["means"] == of for w in r["words"])
        for of in ("weight", "quantity")
    )
    without_unit = frozenset(w for r in rows if r["kind"] == "no_unit" for w in r["words"])
    return quantity & without_unit, weight, without_unit


def counted_in(frame: pl.DataFrame, sheet: str, title: Iterable[str]) -> tuple[str, Said]:
    """What a table says that its figures count, where that is a quantity or a weight; NOTHING where it is not said.

    A column whose cells all say it decides, else the name of the sheet, else a line of the title where no other names
    a value. Where a heading names an amount, a quantity or a weight, it says what is below.

    Args:
        frame: cells as printed.
        sheet: the name of the sheet; empty for none.
        title: the cells above the table.

    Returns:
        The text that says it, and what it says.

    Raises:
        BadInputError: a column that names several quantities for one column of figures.
    """
    heads = [c for c in frame.columns if c != "row" and role_of(c) not in {*KEYS, UNIT}]
    if any(map(_is_told, heads)):
        return NOTHING
    titles = [*title]
    for line in (sheet, *titles, *_told_by_all(frame, heads)):
        if says_dues(line) and not any(map(_names_value, titles)):
            _refuse_dues(line)
    if told := _by_cells(frame, heads):
        return told, said(told.replace("_", " "))
    cells = [c for c in titles if role_of(c.partition(":")[0]) != UNIT]
    lines = [c for c in cells if says_count(c, alone=False)]
    if any(map(_names_value, cells)):
        lines = []
    told = sheet if says_count(sheet) else lines[0] if lines else ""
    return (told, said(told.replace("_", " "))) if told else NOTHING


def _is_told(heading: str) -> bool:
    """Whether a heading says what the figures below it are: of quantities, or of money in a currency."""
    label = when_in(heading)[2] or heading.replace("_", " ")
    spoken = said(label)
    is_counted = role_of(heading) in FIGURES or (spoken.label in _COUNTS and not spoken.rest)
    return is_counted or (bool(spoken.currency) and not spoken.rest) or (spoken.label == _VALUE and label != heading)


def _names_value(line: str) -> bool:
    return bool(said(line).currency) or any(role_of(word) == _VALUE for word, _ in told_words(line))


def _told_by_all(frame: pl.DataFrame, heads: list[str]) -> list[str]:
    """What a column says in all of its cells, the same in each; a word alone may be of anything."""
    import polars as pl

    texts = frame.select(heads).select(pl.col(pl.String)).get_columns()
    said_once = (str(c.drop_nulls()[0]) for c in texts if c.drop_nulls().n_unique() == 1)
    return [text for text in said_once if " " in text.strip()]


def _by_cells(frame: pl.DataFrame, heads: list[str]) -> str:
    """The words of a column all of whose cells say that figures are of one quantity; empty for none."""
    import polars as pl

    for column in frame.select(heads).select(pl.col(pl.String)).get_columns():
        first = column.drop_nulls().head(1).to_list()
        if not first or not says_count(first[0]):
            continue
        words = column.drop_nulls().unique().head(MOST_KINDS + 1).sort().to_list()
        if len(words) > MOST_KINDS or not all(map(says_count, words)):
            continue
        if len(words) > 1:
            raise BadInputError(
                tr("column {name!r} says which quantity each figure is of, and one column holds all", name=column.name),
                found=", ".join(map(repr, words)),
                remedy=tr("Keep the rows of one, or give each a column of its own."),
            )
        return str(words[0])
    return ""


def counted(frame: pl.DataFrame, told: tuple[str, Said]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table with a row a flow whose figures are a quantity or a weight, and no value; and a note on it.

    Args:
        frame: with one column of values, cells as printed.
        told: as `counted_in` gives it.
    """
    import polars as pl

    text, spoken = told
    values = [c for c in frame.columns if role_of(c) == _VALUE or c.split(" ")[0] == _VALUE]
    if not text or len(values) != 1:
        return frame, ()
    name = WEIGHTS.get(spoken.label, "quantity")
    made = frame.with_columns(by_hundreds(pl.col(values[0]).cast(pl.String()), text).alias(name))
    made = made.drop(values[0]).with_columns(pl.lit(None, pl.String()).alias(_VALUE))
    if name == "quantity":
        made = _in_its_unit(made, values[0], spoken)
    return made, (tr("As {text!r} says, the figures are a quantity and no value.", text=text),)


def _in_its_unit(frame: pl.DataFrame, heading: str, spoken: Said) -> pl.DataFrame:
    """Quantities with what they count: the column beside them says it, else the words; thousands are said there."""
    import polars as pl

    scale = words_of(Said(said(heading).scale if spoken.scale == 1 else spoken.scale)).removesuffix("USD").strip()
    beside = next((c for c in frame.columns if role_of(c) == UNIT), "")
    unit = pl.col(beside).cast(pl.String()) if beside else pl.lit(None, pl.String())
    if not scale:
        return frame
    whole = pl.concat_str(pl.lit(scale), unit.fill_null(""), separator=" ").str.strip_chars()
    return frame.with_columns(whole.alias(beside or UNIT))


def valued_by_sheet(layout: Layout, sheet: str) -> Layout | None:
    """Where the table of a sheet stands, and how its goods are valued where the sheet is called so: DataWeb's are."""
    way = spoken_valuation(sheet)
    if not way or "valuation" in layout.facts:
        return None if layout.is_plain else layout
    said_so = tr("As the sheet is called, {told_of}.", told_of=told_of(way, sheet))
    return replace(layout, facts={**layout.facts, "valuation": way}, notes=(*layout.notes, said_so))
