"""Numbers as people print them: a comma may divide thousands or begin a fraction, and only the column tells which.

A cell such as 12,345 is read either way. It is read as thousands where another cell of the column proves that
(1,234,567 or 1,234.5), as a fraction where another proves that (1234,5), and set aside where nothing does. So is 12.345
in a person's own file where every point has three digits behind it: half of the world divides thousands by points. A
publisher's format says what its point is. What a column does not prove, the other columns of the file do: an office
that prints 12,345,678 dollars prints 12,345 pieces.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from typing import TYPE_CHECKING

from entrepot.trade.loading.faults import EXAMPLE
from entrepot.trade.loading.printed.printed_cells import TOO_SMALL, absent_in, suppressed_words
from entrepot.trade.loading.printed.printed_units import Said, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import polars as pl

    from entrepot.trade.loading.faults import Faults

# Marks of thousands that are nothing else: spaces of any width, apostrophes, underscores.
_MARKS = "[\\s\u00a0\u2009\u202f'’_]"
_PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_LAKHS = r"\d{1,2}(,\d{2})+,\d{3}"  # as India divides: 2,08,500
_COMMAS = rf"^[+-]?(\d{{1,3}}(,\d{{3}})+|{_LAKHS})$"
_COMMAS_PROVEN = (
    rf"^[+-]?(\d{{1,3}}(,\d{{3}}){{2,}}|\d{{1,3}}(,\d{{3}})+\.\d*|\d{{1,3}}(,\d{{3}}){{2,}}\.?\d*|{_LAKHS}(\.\d*)?)$"
)
_DOTS_PROVEN = r"^[+-]?(\d{1,3}(\.\d{3}){2,}|\d{1,3}(\.\d{3})+,\d*)$"
_DOTS = r"^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?$"
_FRACTION = r"^[+-]?\d*,\d+$"
_FRACTION_PROVEN = r"^[+-]?(\d*,(\d{1,2}|\d{4,})|\d{4,},\d{3}|0,\d+)$"
# A point that divides thousands or begins a fraction of three digits; and cells that prove that it begins one.
_POINTS = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_POINTS_PROVEN = r"^[+-]?(\d*\.(\d{1,2}|\d{4,})|\d{4,}\.\d*|0?\.\d+|\d{4,})$|[eE]"
# A figure with its minus behind it, or in brackets; Unicode has a minus of its own, which stands in front too.
_SIGN_BEHIND = r"^(?:(\d[\d.,'’\s\x{a0}\x{202f}]*?)\s*[-−]|[(<]\s*(\d[\d.,'’\s\x{a0}\x{202f}]*?)\s*[)>]|−\s*(\d.*))$"
# What is left of a cell is its sign of money; of nil it may have none.
_NO_SIGN = r"[\d.,'’\s\x{a0}\x{202f}()+\-−–—]"
_NOTHING = r"^\s*0*[.,]?0*\s*$"
_LONGEST_SIGN = 4  # letters: $, US$, EUR, руб
SAY_DECIMAL = 'Say in a map what begins a fraction, [file] decimal = ".", or write 12345 or 12.3450'
VALUE = "value"  # the column of which what is not read is a loss
# What tables write where they have no figure; what they write where they keep one back is data, and c is both.
ABSENT = ("", "-", "–", "—", ":", "..", "...", "…", "n/a", "na", "nan", "null", "none", "c", "x", "#n/a")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the cells of a column prove of its commas and points, each by one cell at least.

    Attributes:
        commas: that commas divide thousands.
        dots: that points do.
        fraction: that a comma begins a fraction.
        told: what a point is, whichever it is.
    """

    commas: bool = False
    dots: bool = False
    fraction: bool = False
    told: bool = False

    def __or__(self, other: Marks) -> Marks:
        return Marks(*(one or two for one, two in zip(astuple(self), astuple(other), strict=True)))

    def __and__(self, other: Marks) -> Marks:
        return Marks(*(one and two for one, two in zip(astuple(self), astuple(other), strict=True)))


@dataclass(slots=True)
class Proofs:
    """What the columns of a table prove, gathered block by block.

    Attributes:
        known: column -> what its cells prove, of all blocks so far.
        hangs: column -> the marks on which a cell of the block at hand hangs.
        used: column -> on which marks cells hang that were read, and what of them was proven then.
        short: codes of goods with an odd number of digits, of all blocks so far.
        led: which of such codes were read as having lost their leading zero, each answer that was given; the last is by
            all codes so far.
        facts: what rows show that changes how all are read, of all blocks so far.
        seen: what cells of the blocks of this reading show, of which some are facts.
        under: how many facts were known as each block was drafted.
        decimal: what begins a fraction, as the person's map says; empty to find it.
        thousands: what divides thousands where the file proves nothing, as its publisher prints them.
    """

    known: dict[str, Marks] = field(default_factory=dict)
    hangs: dict[str, Marks] = field(default_factory=dict)
    used: dict[str, set[tuple[Marks, Marks]]] = field(default_factory=dict)
    short: set[str] = field(default_factory=set)
    led: list[int] = field(default_factory=list)
    facts: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    under: list[int] = field(default_factory=list)
    decimal: str = ""
    thousands: str = ""

    def take(self, name: str, found: Marks, hangs: Marks) -> None:
        """Gather what a block proves of a column.

        Args:
            name: the column.
            found: what this block proves.
            hangs: the marks on which a cell of this block hangs.
        """
        self.known[name] = self.known.get(name, Marks()) | found
        self.hangs[name] = hangs

    def of(self, name: str) -> Marks:
        """What is proven of a column: by its own cells, else by those of the others of the file, where they agree."""
        if self.decimal:
            return Marks(self.decimal == ".", self.decimal == ",", self.decimal == ",", told=True)
        mine = self.known[name]
        if mine.commas or mine.dots or mine.fraction:
            return mine
        others = Marks()
        for one in self.known.values():
            others |= one
        if others.commas and (others.dots or others.fraction):
            return mine
        if not (others.commas or others.dots or others.fraction):
            return Marks(self.thousands == ",", self.thousands == ".", False, mine.told)
        # Where points divide thousands beside it, or commas do, its own points are told too.
        return Marks(others.commas, others.dots, others.fraction, mine.told or others.dots or others.commas)

    def use(self, name: str) -> Marks:
        """The same, noted as what cells of this block were read by."""
        marks = self.of(name)
        self.used.setdefault(name, set()).add((self.hangs[name], marks & self.hangs[name]))
        return marks

    @property
    def is_settled(self) -> bool:
        """Whether every cell was read under all that the whole column proves."""
        one_answer = len(set(self.led)) <= 1 and self.is_drafted
        return one_answer and all(
            self.of(name) & hangs == then for name, used in self.used.items() for hangs, then in used
        )

    @property
    def is_drafted(self) -> bool:
        """Whether every block was drafted under all that rows show."""
        return all(known == len(self.facts) for known in self.under)

    def again(self) -> Proofs:
        """What is known, for the blocks to be read once more under it."""
        return Proofs(dict(self.known), short=set(self.short), facts=set(self.facts))

    def lost_zero(self, codes: Iterable[str], judge: Callable[[set[str]], int]) -> int:
        """Which codes of an odd number of digits lost their leading zero, judged by all that the table has so far.

        Args:
            codes: those of the block at hand.
            judge: answers for a set of them.
        """
        known = len(self.short)
        self.short.update(codes)
        if not self.led or len(self.short) > known:
            self.led.append(judge(self.short))
        return self.led[-1]


def signed_in_front(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Columns of text with the signs of their figures in front: SAP writes 1.717,25-, accountants (1,717.25).

    Args:
        frame: cells; columns of numbers are left as they are.
        names: the columns of figures.
    """
    import polars as pl

    held = frame.schema
    texts = [c for c in names if held[c] == pl.String()]
    cells = (pl.col(c).str.strip_chars().str.replace(_SIGN_BEHIND, "-${1}${2}${3}").alias(c) for c in texts)
    return frame.with_columns(*cells) if texts else frame


def without_money(frame: pl.DataFrame, name: str) -> tuple[pl.DataFrame, str]:
    """A column of figures without the one sign of money in all its cells, and the currency, or the sign, that it is.

    Spreadsheets write cells that are formatted as money so: $1,234, 12,40 €, USD 5. Where cells have different signs,
    or some of them none, nothing is taken away.

    Args:
        frame: cells.
        name: the column.

    Returns:
        The table, and the currency; empty where there is none.
    """
    import polars as pl

    if frame.schema.get(name) != pl.String():
        return frame, ""
    sign = pl.col(name).str.replace_all(_NO_SIGN, "")
    told = frame.filter(~absent_in(pl.col(name)) & ~pl.col(name).str.contains(_NOTHING))
    signs = told.select(sign)[name].unique().to_list()
    spoken = said(signs[0]) if len(signs) == 1 and 0 < len(signs[0]) <= _LONGEST_SIGN else Said()
    if not spoken.currency or spoken.rest or spoken.flow or spoken.scale != 1:
        return frame, ""
    bare = pl.col(name).str.replace(signs[0], "", literal=True).str.strip_chars()
    return frame.with_columns(bare), spoken.money


def gather(frame: pl.DataFrame, names: Sequence[str], proofs: Proofs, *, own: bool = False) -> None:
    """Gather what the cells of columns prove, before any is read: a file divides thousands in one way.

    Args:
        frame: cells as text; columns of numbers prove nothing.
        names: the columns.
        proofs: of the blocks before, where the frame is a block of a table.
        own: whether a person wrote the file, and no publisher whose point is known.
    """
    import polars as pl

    for name in names:
        if frame.schema[name] == pl.String():
            cells = frame.select(name)
            _prove(cells, cells.filter(_is_odd(name)), proofs, own=own)


def numbers(frame: pl.DataFrame, name: str, faults: Faults, proofs: Proofs, *, own: bool = False) -> pl.DataFrame:
    """Turn a column of text into numbers.

    Args:
        frame: cells with their `row`.
        name: the column; one that holds numbers already is only widened.
        faults: told of divided thousands, and of cells that are no number (these become empty).
        proofs: what the columns prove, as `gather` found it.
        own: whether a person wrote the file, and no publisher whose point is known.

    Returns:
        The frame with the column as Float64; infinities and NaN are empty.
    """
    import polars as pl

    if frame.schema[name] != pl.String():
        finite = pl.col(name).cast(pl.Float64)
        return frame.with_columns(pl.when(finite.is_finite()).then(finite).alias(name))
    frame = _without_suppressed(frame, name, faults)
    text = pl.col(name).str.strip_chars()
    odd = proofs.hangs[name].commas
    marks = proofs.use(name)
    if own and not marks.told:
        frame = _points_set_aside(frame, name, faults)
    plain = frame.with_columns(text.cast(pl.Float64, strict=False).alias("_number"))
    finite = _is_plain(name)
    if not marks.dots and not odd:
        return plain.with_columns(pl.when(finite).then("_number").alias(name)).drop("_number")
    return _divided(plain.drop("_number"), name, marks, faults)


def _is_plain(name: str) -> pl.Expr:
    """Whether a cell is a number as programs write it."""
    import polars as pl

    text = pl.col(name).str.strip_chars()
    finite = text.cast(pl.Float64, strict=False).is_finite() & text.str.contains(_PLAIN)
    return finite.fill_null(value=False)


def _is_odd(name: str) -> pl.Expr:
    """Whether a cell holds something, and not such a number."""
    import polars as pl

    text = pl.col(name).str.strip_chars()
    is_absent = text.str.to_lowercase().is_in(ABSENT) | is_suppressed(text)
    return text.is_not_null() & ~is_absent & ~_is_plain(name)


def is_suppressed(cell: pl.Expr) -> pl.Expr:
    """Whether a cell says that its figure is kept back, as confidential or as too small to print."""
    bare = cell.str.strip_chars().str.to_lowercase()
    return (bare.is_in(suppressed_words()) | bare.str.contains(f"^{TOO_SMALL.pattern}$")).fill_null(value=False)


def _without_suppressed(frame: pl.DataFrame, name: str, faults: Faults) -> pl.DataFrame:
    """The column without what is kept back: it is no loss of the reading, and no zero."""
    import polars as pl

    kept_back = frame.filter(is_suppressed(pl.col(name)))
    if not kept_back.height:
        return frame
    what = f"{name}: {EXAMPLE} stands for a figure that is kept back, as confidential or too small; left empty"
    faults.add("suppressed", kept_back["row"], what, "set_aside", repr(kept_back[name][0]))
    if name == VALUE:
        faults.losses.unread[1] -= kept_back.height
    return frame.with_columns(pl.when(~is_suppressed(pl.col(name))).then(pl.col(name)).alias(name))


def _prove(cells: pl.DataFrame, odd: pl.DataFrame, proofs: Proofs, *, own: bool) -> None:
    """What the cells of a column prove; no plain number proves anything but what a point is."""
    import polars as pl

    (name,) = cells.columns
    text, bare = pl.col(name).str.strip_chars(), pl.col(name).str.replace_all(_MARKS, "")
    commas, dots, fraction = odd.select(
        commas=bare.str.contains(_COMMAS_PROVEN).any(),
        dots=bare.str.contains(_DOTS_PROVEN).any(),
        fraction=bare.str.contains(_FRACTION_PROVEN).any(),
    ).row(0)
    pointed = own and bool(cells.select(text.str.contains(_POINTS).any()).item())
    told = False
    if own and not proofs.known.get(name, Marks()).told:
        proof = f"{_POINTS_PROVEN}|{_DOTS_PROVEN}|{_COMMAS_PROVEN}"
        told = bool(cells.select(text.str.contains(proof).any()).item())
    divided = odd.height > 0 or bool(cells.select(text.str.contains(".", literal=True).any()).item())
    hangs = Marks(odd.height > 0, divided, odd.height > 0, pointed)
    proofs.take(name, Marks(commas, dots, fraction, told), hangs)


def _points_set_aside(frame: pl.DataFrame, name: str, faults: Faults) -> pl.DataFrame:
    """The column without cells such as 12.345, for no cell tells what the point is."""
    import polars as pl

    cell = pl.col(name).str.strip_chars()
    points = frame.filter(cell.str.contains(_POINTS))
    if not points.height:
        return frame
    what = (
        f"{name}: the point in {EXAMPLE} may divide thousands or begin a fraction; no cell tells which. {SAY_DECIMAL}"
    )
    faults.add("thousands_separator", points["row"], what, "set_aside", repr(points[name][0]))
    _not_read(name, points, what, faults)
    return frame.with_columns(pl.when(~cell.str.contains(_POINTS)).then(pl.col(name)).alias(name))


def _divided(frame: pl.DataFrame, name: str, marks: Marks, faults: Faults) -> pl.DataFrame:
    """The column with marks of thousands taken out, where the column proves what they are."""
    import polars as pl

    bare = pl.col(name).str.replace_all(_MARKS, "")
    work = frame.with_columns(bare.alias("_bare"), (bare != pl.col(name).str.strip_chars()).alias("_marked"))
    cell = pl.col("_bare")
    commas = marks.commas and not (marks.dots or marks.fraction)
    european = (marks.dots or marks.fraction) and not marks.commas
    number = _reading(cell, commas=commas, european=european, dots=marks.dots).cast(pl.Float64, strict=False)
    work = work.with_columns(pl.when(number.is_finite()).then(number).alias("_number"))
    _tell(work, name, faults, european=european)
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


def _tell(work: pl.DataFrame, name: str, faults: Faults, *, european: bool) -> None:
    import polars as pl

    cell, given = pl.col("_bare"), pl.col(name).str.strip_chars()
    absent = given.is_null() | given.str.to_lowercase().is_in(ABSENT)
    read = pl.col("_number").is_not_null()
    by_mark = r"\d\.\d{3}(?:[.,]|$)" if european else r"\d,\d{3}|\d\.\d{3}[.,]"  # 0,106 begins a fraction there
    divided = cell.str.contains(by_mark) | pl.col("_marked")
    kept = work.filter(read & divided & ~absent)
    if kept.height:
        what = f"{name}: thousands divided by a mark, as in {EXAMPLE}; read without it"
        faults.add("thousands_separator", kept["row"], what, "converted", repr(kept[name][0]))
    unclear = work.filter(~read & cell.str.contains(_COMMAS) & ~absent)
    if unclear.height:
        what = f"{name}: the comma in {EXAMPLE} may divide thousands or begin a fraction; no cell tells which. "
        what += SAY_DECIMAL
        faults.add("thousands_separator", unclear["row"], what, "set_aside", repr(unclear[name][0]))
        _not_read(name, unclear, what, faults)
    other = work.filter(~read & ~cell.str.contains(_COMMAS) & ~absent)
    if other.height:
        shown = repr(str(other[name][0])[:40])
        faults.add("unreadable", other["row"], f"{name}: {EXAMPLE} is no number", "set_aside", shown)
        _not_read(name, other, f"{name}: {shown} is no number", faults)


def _not_read(name: str, cells: pl.DataFrame, what: str, faults: Faults) -> None:
    """Count cells of the value that become empty though they hold something."""
    if name == VALUE:
        faults.losses.not_read("unreadable", what.replace(EXAMPLE, repr(cells[name][0])), cells.height)
