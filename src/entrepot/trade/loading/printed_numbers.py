"""Numbers as people print them: a comma may divide thousands or begin a fraction, and only the column tells which.

A cell such as 12,345 is read either way. It is read as thousands where another cell of the column proves that
(1,234,567 or 1,234.5), as a fraction where another proves that (1234,5), and set aside where nothing does. So is 12.345
in a person's own file where every point has three digits behind it: half of the world divides thousands by points. A
publisher's format says what its point is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults

# Marks of thousands that are nothing else: spaces of any width, apostrophes, underscores.
_MARKS = "[\\s\u00a0\u2009\u202f'’_]"
_PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_COMMAS = r"^[+-]?\d{1,3}(,\d{3})+$"
_COMMAS_PROVEN = r"^[+-]?(\d{1,3}(,\d{3}){2,}|\d{1,3}(,\d{3})+\.\d*|\d{1,3}(,\d{3}){2,}\.?\d*)$"
_DOTS_PROVEN = r"^[+-]?(\d{1,3}(\.\d{3}){2,}|\d{1,3}(\.\d{3})+,\d*)$"
_DOTS = r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?$"
_FRACTION = r"^[+-]?\d*,\d+$"
_FRACTION_PROVEN = r"^[+-]?(\d*,(\d{1,2}|\d{4,})|\d{4,},\d{3}|0,\d+)$"
# A point that divides thousands or begins a fraction of three digits; and cells that prove that it begins one.
_POINTS = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_POINTS_PROVEN = r"^[+-]?(\d*\.(\d{1,2}|\d{4,})|\d{4,}\.\d*|0?\.\d+|\d{4,})$|[eE]"
_ABSENT = ("", "-", "–", "—", ":", "..", "...", "n/a", "na", "nan", "null", "none", "c", "x", "#n/a")


def numbers(frame: pl.DataFrame, name: str, faults: Faults, *, own: bool = False) -> pl.DataFrame:
    """Turn a column of text into numbers.

    Args:
        frame: cells with their `row`.
        name: the column; one that holds numbers already is only widened.
        faults: told of divided thousands, and of cells that are no number (these become empty).
        own: whether a person wrote the file, and no publisher whose point is known.

    Returns:
        The frame with the column as Float64; infinities and NaN are empty.
    """
    import polars as pl

    if frame.schema[name] != pl.String():
        finite = pl.col(name).cast(pl.Float64)
        return frame.with_columns(pl.when(finite.is_finite()).then(finite).alias(name))
    text = pl.col(name).str.strip_chars()
    if own:
        frame = _points_set_aside(frame, name, faults)
    plain = frame.with_columns(text.cast(pl.Float64, strict=False).alias("_number"))
    finite = pl.col("_number").is_finite() & text.str.contains(_PLAIN)
    odd = plain.filter(text.is_not_null() & ~text.str.to_lowercase().is_in(_ABSENT) & ~finite.fill_null(value=False))
    dotted = plain.filter(text.str.contains(_DOTS_PROVEN)).height > 0
    if not odd.height and not dotted:
        return plain.with_columns(pl.when(finite).then("_number").alias(name)).drop("_number")
    return _divided(plain.drop("_number"), name, faults)


def _points_set_aside(frame: pl.DataFrame, name: str, faults: Faults) -> pl.DataFrame:
    """The column without cells such as 12.345 where no cell tells what the point is."""
    import polars as pl

    cell = pl.col(name).str.strip_chars()
    points = frame.filter(cell.str.contains(_POINTS))
    other = _POINTS_PROVEN + "|" + _DOTS_PROVEN + "|" + _COMMAS_PROVEN
    if not points.height or frame.filter(cell.str.contains(other)).height:
        return frame
    what = (
        f"{name}: the point in {points[name][0]!r} may divide thousands or begin a fraction; no cell tells which. "
        "Write 12345 or 12.3450"
    )
    faults.add("thousands_separator", points["row"], what, "set_aside")
    return frame.with_columns(pl.when(~cell.str.contains(_POINTS)).then(pl.col(name)).alias(name))


def _divided(frame: pl.DataFrame, name: str, faults: Faults) -> pl.DataFrame:
    """The column with marks of thousands taken out, where the column proves what they are."""
    import polars as pl

    bare = pl.col(name).str.replace_all(_MARKS, "")
    work = frame.with_columns(bare.alias("_bare"), (bare != pl.col(name).str.strip_chars()).alias("_marked"))
    cell = pl.col("_bare")
    proven = work.select(
        commas=cell.str.contains(_COMMAS_PROVEN).any(),
        dots=cell.str.contains(_DOTS_PROVEN).any(),
        fraction=cell.str.contains(_FRACTION_PROVEN).any(),
    ).row(0, named=True)
    commas = proven["commas"] and not (proven["dots"] or proven["fraction"])
    european = (proven["dots"] or proven["fraction"]) and not proven["commas"]
    number = _reading(cell, commas=commas, european=european, dots=proven["dots"]).cast(pl.Float64, strict=False)
    work = work.with_columns(pl.when(number.is_finite()).then(number).alias("_number"))
    _tell(work, name, faults)
    return work.with_columns(pl.col("_number").alias(name)).drop("_bare", "_marked", "_number")


def _reading(cell: pl.Expr, *, commas: bool, european: bool, dots: bool) -> pl.Expr:
    """The cell as Python writes numbers; empty where it is none under what the column proves."""
    import polars as pl

    if commas:
        grouped = pl.when(cell.str.contains(_COMMAS + "|" + _COMMAS_PROVEN)).then(cell.str.replace_all(",", ""))
        return grouped.when(cell.str.contains(_PLAIN)).then(cell)
    if not european:
        return pl.when(cell.str.contains(_PLAIN)).then(cell)
    whole = pl.when(cell.str.contains(_DOTS if dots else _FRACTION))
    read = whole.then(cell.str.replace_all(r"\.", "").str.replace(",", "."))
    return read if dots else read.when(cell.str.contains(_PLAIN)).then(cell)


def _tell(work: pl.DataFrame, name: str, faults: Faults) -> None:
    import polars as pl

    cell, given = pl.col("_bare"), pl.col(name).str.strip_chars()
    absent = given.is_null() | given.str.to_lowercase().is_in(_ABSENT)
    read = pl.col("_number").is_not_null()
    divided = cell.str.contains(r"\d,\d{3}|\d\.\d{3}[.,]") | pl.col("_marked")
    kept = work.filter(read & divided & ~absent)
    if kept.height:
        what = f"{name}: thousands divided by a mark, as in {kept[name][0]!r}; read without it"
        faults.add("thousands_separator", kept["row"], what, "converted")
    unclear = work.filter(~read & cell.str.contains(_COMMAS) & ~absent)
    if unclear.height:
        what = (
            f"{name}: the comma in {unclear[name][0]!r} may divide thousands or begin a fraction; no cell tells which"
        )
        faults.add("thousands_separator", unclear["row"], what, "set_aside")
    other = work.filter(~read & ~cell.str.contains(_COMMAS) & ~absent)
    if other.height:
        what = f"{name}: {str(other[name][0])[:40]!r} is no number"
        faults.add("unreadable", other["row"], what, "set_aside")
