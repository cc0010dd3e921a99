"""Numbers as people print them: a comma may divide thousands or begin a fraction, and only the column tells which.

A cell such as 12,345 is read either way. It is read as thousands where another cell of the column proves that
(1,234,567 or 1,234.5), as a fraction where another proves that (1234,5), and set aside where nothing does. So is 12.345
in a person's own file where every point has three digits behind it: half of the world divides thousands by points. A
publisher's format says what its point is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Proof:
    """What cells of a column prove of its marks.

    Attributes:
        commas, dots: that they divide thousands.
        fraction: that a comma begins a fraction.
        points: that a point begins one, or that it does not.
        is_open: whether there are cells that these are needed for.
    """

    commas: bool = False
    dots: bool = False
    fraction: bool = False
    points: bool = False
    is_open: bool = False

    def __or__(self, other: Proof) -> Proof:
        pairs = ((getattr(self, n), getattr(other, n)) for n in self.__slots__)
        return Proof(*(a or b for a, b in pairs))


@dataclass(slots=True)
class Proofs:
    """What the columns of tables that are read in blocks prove, block by block, and for all blocks once that is known.

    Attributes:
        table: name of the table at hand.
        known: by table and column, what all blocks prove; empty until they were read once.
    """

    table: str = ""
    known: dict[tuple[str, str], Proof] = field(default_factory=dict)
    _blocks: dict[tuple[str, str], list[Proof]] = field(default_factory=dict)

    def of(self, name: str, found: Proof) -> Proof:
        """What is to be believed of a column of which a block proves so much."""
        self._blocks.setdefault((self.table, name), []).append(found)
        return self.known.get((self.table, name), found)

    def again(self) -> Proofs | None:
        """With what all blocks are to be read again, for one of them did not know it; None where they need not be."""
        whole = {key: Proof() for key in self._blocks}
        for key, blocks in self._blocks.items():
            for one in blocks:
                whole[key] |= one
        blind = (
            (one.is_open or whole[key].dots) and one != whole[key]
            for key, blocks in self._blocks.items()
            for one in blocks
        )
        return Proofs(known=whole) if not self.known and any(blind) else None


def numbers(
    frame: pl.DataFrame, name: str, faults: Faults, *, own: bool = False, proofs: Proofs | None = None
) -> pl.DataFrame:
    """Turn a column of text into numbers.

    Args:
        frame: cells with their `row`.
        name: the column; one that holds numbers already is only widened.
        faults: told of divided thousands, and of cells that are no number (these become empty).
        own: whether a person wrote the file, and no publisher whose point is known.
        proofs: of a table that is read in blocks, what its other blocks prove; None for a whole table.

    Returns:
        The frame with the column as Float64; infinities and NaN are empty.
    """
    import polars as pl

    if frame.schema[name] != pl.String():
        finite = pl.col(name).cast(pl.Float64)
        return frame.with_columns(pl.when(finite.is_finite()).then(finite).alias(name))
    text = pl.col(name).str.strip_chars()
    plain = frame.with_columns(text.cast(pl.Float64, strict=False).alias("_number"))
    finite = pl.col("_number").is_finite() & text.str.contains(_PLAIN)
    odd = plain.filter(text.is_not_null() & ~text.str.to_lowercase().is_in(_ABSENT) & ~finite.fill_null(value=False))
    found = _proof(frame, name, own=own, is_odd=odd.height > 0)
    proof = proofs.of(name, found) if proofs else found
    if own and not proof.points:
        plain = _points_set_aside(plain, name, faults)
    if not odd.height and not proof.dots:
        return plain.with_columns(pl.when(finite).then("_number").alias(name)).drop("_number")
    return _divided(plain.drop("_number"), name, faults, proof)


def _bare(name: str) -> pl.Expr:
    """The cell without marks of thousands that are nothing else."""
    import polars as pl

    return pl.col(name).str.replace_all(_MARKS, "")


def _proof(frame: pl.DataFrame, name: str, *, own: bool, is_odd: bool) -> Proof:
    """What the cells of a column prove."""
    import polars as pl

    text, bare = pl.col(name).str.strip_chars(), _bare(name)
    points = _POINTS_PROVEN + "|" + _DOTS_PROVEN + "|" + _COMMAS_PROVEN
    seen = frame.select(
        commas=bare.str.contains(_COMMAS_PROVEN).any() if is_odd else pl.lit(value=False),
        dots=(bare if is_odd else text).str.contains(_DOTS_PROVEN).any(),
        fraction=bare.str.contains(_FRACTION_PROVEN).any() if is_odd else pl.lit(value=False),
        points=text.str.contains(points).any() if own else pl.lit(value=False),
        is_open=pl.lit(value=is_odd) | (text.str.contains(_POINTS).any() if own else pl.lit(value=False)),
    )
    return Proof(**{n: bool(v) for n, v in seen.row(0, named=True).items()})


def _points_set_aside(frame: pl.DataFrame, name: str, faults: Faults) -> pl.DataFrame:
    """The column without cells such as 12.345, where no cell tells what the point is."""
    import polars as pl

    cell = pl.col(name).str.strip_chars()
    points = frame.filter(cell.str.contains(_POINTS))
    if not points.height:
        return frame
    first = faults.example(f"{name} point", points[name][0])
    what = (
        f"{name}: the point in {first!r} may divide thousands or begin a fraction; no cell tells which. "
        "Write 12345 or 12.3450"
    )
    faults.add("thousands_separator", points["row"], what, "set_aside")
    kept = ~cell.str.contains(_POINTS)
    return frame.with_columns(pl.when(kept).then(n).alias(n) for n in (name, "_number"))


def _divided(frame: pl.DataFrame, name: str, faults: Faults, proof: Proof) -> pl.DataFrame:
    """The column with marks of thousands taken out, where the column proves what they are."""
    import polars as pl

    bare = _bare(name)
    work = frame.with_columns(bare.alias("_bare"), (bare != pl.col(name).str.strip_chars()).alias("_marked"))
    commas = proof.commas and not (proof.dots or proof.fraction)
    european = (proof.dots or proof.fraction) and not proof.commas
    number = _reading(pl.col("_bare"), commas=commas, european=european, dots=proof.dots)
    number = number.cast(pl.Float64, strict=False)
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
        first = faults.example(f"{name} divided", kept[name][0])
        what = f"{name}: thousands divided by a mark, as in {first!r}; read without it"
        faults.add("thousands_separator", kept["row"], what, "converted")
    unclear = work.filter(~read & cell.str.contains(_COMMAS) & ~absent)
    if unclear.height:
        first = faults.example(f"{name} comma", unclear[name][0])
        what = f"{name}: the comma in {first!r} may divide thousands or begin a fraction; no cell tells which"
        faults.add("thousands_separator", unclear["row"], what, "set_aside")
    other = work.filter(~read & ~cell.str.contains(_COMMAS) & ~absent)
    if other.height:
        what = f"{name}: {faults.example(f'{name} other', other[name][0])[:40]!r} is no number"
        faults.add("unreadable", other["row"], what, "set_aside")
