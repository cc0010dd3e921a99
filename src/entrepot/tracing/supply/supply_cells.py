"""Amounts and days of a table of supply links, read by what the whole column proves of commas, points and orders."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.intake.groups.row_words import is_sum_of
from entrepot.intake.heading_row import folded, unaccented
from entrepot.trade.contract import MONTH_NAMES
from entrepot.trade.loading.faults import Faults
from entrepot.trade.loading.printed.printed_numbers import (
    ABSENT,
    SAY_DECIMAL,
    Marks,
    Proofs,
    gather,
    numbers,
    signed_in_front,
)
from entrepot.trade.loading.printed.printed_units import said as spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    import polars as pl

    from entrepot.intake.text_table import Numbered

_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ].*)?")  # 31.12.2024, 12/31/2024, with a time behind it
_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")  # 20241231, as SAP writes days
_NO_DAY = re.compile(r"0{8}|00[./-]00[./-]0{4}|0{4}-00-00")  # what such systems write where no day is given
_WITH_UNIT = r"^(\d[\d.,]*)\s+([^\W\d_][^\d]{0,11})$"  # 40 PKG, 24,000.00 KGS, 36000 USD
# The currency before a figure or right behind it, its sign in front: $3,000.00, -€ 3.000,00, US$5, 250.00 USD, 12 €.
_SIGNED = r"^\s*([-(]?)\s*([\p{Sc}]|[A-Z]{1,3}\$|[A-Z]{3})\s*(-?\d[\d.,'’\s]*\)?)$"
_SIGNED_BEHIND = r"^\s*(\(?-?\d[\d.,'’\s]*?\)?)\s*([\p{Sc}]|[A-Z]{3})$"
_SIGNS = {"₽": "RUB", "₸": "KZT", "₩": "KRW", "₺": "TRY", "₴": "UAH", "₫": "VND"}
_DOLLAR = "$"
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "COP", "CLP", "ARS", "BRL")  # that $ may stand for
_NUMBERED = r"^(\d{4,10})\s+(\D.*)$"  # a supplier's number of SAP has ten digits, without its zeros four and more
# A point, or a comma, that surely begins a fraction: three digits behind it may be a thousand's.
_POINT_BEGINS = r"^-?[\d,]*\d\.(\d{1,2}|\d{4,})$"
_COMMA_BEGINS = r"^-?(\d[\d.]*,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+(,\d*)?|\d{4,},\d{3}|0,\d+)$"
_FIGURE = re.compile(r"-?\d[\d.,'’]*")
_YEAR_FIRST = re.compile(r"(\d{4})\s*(?:[./年-])\s*(\d{1,2})\s*(?:[./月-])\s*(\d{1,2})\s*日?(?:[T ]+\d.*)?")
_NAMED_MONTH = re.compile(r"(\d{1,2})\.?[- /]([^\W\d_]{3,})\.?[- /](\d{4}|\d{2})(?:[T ]+\d.*)?")
_SHORT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2})").fullmatch  # 03/19/24, as American systems write days
_CENTURY = 2000  # of a year of two digits beside a month's name, as Oracle writes days: supplies are of this century
SUM, HEADINGS, CANCELLED = "sum", "headings", "cancelled"  # what a row is else than a supply
_LONGEST_SUM = 16  # letters of a word of totals, some more than the longest on record
_KNOWN = 3  # cells of a row that are known headings: no supply says so many
_ROWS = 50_000  # rows that are held as objects at a time
_MONTHS = 12  # of a year: a larger number is a day


def figures_beside(rows: Sequence[Sequence[str | None]], places: Mapping[str, tuple[int, ...]]) -> list[list[str]]:
    """The figures of columns that are not read: they show by which mark the file divides thousands.

    Only those with both marks prove it, 1,250.5: codes of goods, versions and days have one of them.

    Args:
        rows: the first of the file.
        places: where columns stand that are read.
    """
    read = {i for at in places.values() for i in at}
    columns = (c for i, c in enumerate(zip(*rows, strict=False)) if i not in read)
    told = ([text.strip() for text in column if text and text.strip()] for column in columns)
    figures = (cells for cells in told if all(map(_FIGURE.fullmatch, cells)))
    return [both for cells in figures if (both := [c for c in cells if "," in c and "." in c])]


def amounts(
    cells: pl.DataFrame,
    names: Sequence[str],
    beside: Sequence[Sequence[str]] = (),
    decimal: str = "",
    *,
    is_typed: bool = True,
) -> tuple[pl.DataFrame, list[str]]:
    """Amounts by row: 1.250,000 and 1,250.5 as the cells of the file prove them, as files of flows are read.

    Args:
        cells: text by column, with the number of each `row`.
        names: the columns that hold amounts.
        beside: figures of other columns of the file.
        decimal: what begins a fraction, as the person says; empty to find it.
        is_typed: whether some cells may be numbers that a program printed, as those of a workbook are: their points
            tell nothing of what a person's commas are.

    Returns:
        These columns as numbers, null where there is none or nothing tells what it is; and what is to be said.
    """
    import polars as pl

    frame = cells.select("row", *(pl.col(c).replace("", None) for c in names))
    frame = signed_in_front(frame, names)
    proofs, faults = Proofs(decimal=decimal), Faults()
    for nth, other in enumerate(beside):
        name = f" {nth}"  # no column is called so
        gather(pl.DataFrame({"row": range(len(other)), name: other}), [name], proofs, own=True)
    gather(frame, names, proofs, own=True)
    for name in () if is_typed else _by_points(frame, names):
        proofs.known[name] |= Marks(commas=True, told=True)
    for name in names:
        frame = numbers(frame, name, faults, proofs, own=True)
    # A file of supply has no map: an option says it.
    remedy = tr('Say what begins a fraction, --decimal ".", or write 12345 or 12.3450')
    return frame.select(names), [one.replace(SAY_DECIMAL, remedy) for one in faults.sentences()]


def _by_points(frame: pl.DataFrame, names: Sequence[str]) -> list[str]:
    """The columns in which a comma divides thousands, for a point begins a fraction, 250.50: in theirs or in the file.

    What a column shows of itself goes before what the others show.
    """
    import polars as pl

    def showing(pattern: str) -> set[str]:
        return {c for c in names if frame.select(pl.col(c).str.strip_chars().str.contains(pattern).any()).item()}

    points, commas = showing(_POINT_BEGINS), showing(_COMMA_BEGINS)
    return [c for c in names if c not in commas and (c in points or (points and not commas))]


def apart(cells: pl.DataFrame, figures: str, unit: str, is_known: Callable[[str], object]) -> pl.DataFrame:
    """Amounts with their unit in the same cell, `40 PKG`, in two columns; where no cell is so, the frame as it was.

    Args:
        cells: text by column.
        figures: the column of amounts.
        unit: ours for their unit, which no column has.
        is_known: whether a word is such a unit, true or false; one that is not leaves its cell as it stands.
    """
    import polars as pl

    cell = pl.col(figures)
    said = cells.select(cell.str.extract(_WITH_UNIT, 2)).to_series().drop_nulls().unique().to_list()
    known = [word for word in said if is_known(word)]
    if not known:
        return cells
    word = cell.str.extract(_WITH_UNIT, 2)
    is_apart = word.is_in(known)
    number = pl.when(is_apart).then(cell.str.extract(_WITH_UNIT, 1)).otherwise(cell)
    return cells.with_columns(number.alias(figures), pl.when(is_apart).then(word).otherwise(pl.lit("")).alias(unit))


def without_sign(cells: pl.DataFrame, figures: str, unit: str, said: str) -> tuple[pl.DataFrame, str]:
    """Amounts without the sign or the letters of their currency, `$3,000.00`, `250.00 USD`, which go where it is said.

    A sign of another currency than the row says stays in its cell, which is no number then: one of the two is wrong.

    Args:
        cells: text by column.
        figures: the column of amounts.
        unit: ours for the currency, which they may have.
        said: the currency that the person says of all rows; empty where none is.

    Returns:
        The cells with the currency, and what a dollar sign is taken for; empty where no row needs that.
    """
    import polars as pl

    cell = pl.col(figures)
    word = pl.coalesce(cell.str.extract(_SIGNED, 2), cell.str.extract(_SIGNED_BEHIND, 2)).str.strip_chars()
    words = cells.select(word).to_series().drop_nulls().unique().to_list()
    meant = {w: c for w in words if (c := _SIGNS.get(w) or spoken(w).currency)}
    if not meant:
        return cells, ""
    number = pl.coalesce(
        pl.concat_str(cell.str.extract(_SIGNED, 1), cell.str.extract(_SIGNED, 3)), cell.str.extract(_SIGNED_BEHIND, 1)
    )
    printed = pl.col(unit) if unit in cells.columns else pl.lit(said)
    codes = {w: spoken(w).currency or w.upper() for w in cells.select(printed.unique()).to_series() if w}
    own = printed.replace(codes)
    is_dollar = (word == _DOLLAR) & own.is_in(_DOLLARS)
    is_apart = word.is_in(list(meant)) & ((own == "") | (own == word.replace(meant)) | is_dollar)
    is_new = is_apart & (own == "")
    code = pl.when(is_new).then(word.replace(meant)).otherwise(printed)
    made = cells.with_columns(
        pl.when(is_apart).then(number).otherwise(cell).alias(figures), *([] if said else [code.alias(unit)])
    )
    told = cells.select((is_new & (word == _DOLLAR)).any()).item()
    return made, tr("a sign $ is read as US dollars") if told else ""


class KnownWords(NamedTuple):
    """By which words a row is known to be no supply.

    Attributes:
        headings: words of headings, folded.
        is_total: whether cells have the word of a line of totals.
        cancelling: places of columns that say whether a row was taken back -> the words that say so.
    """

    headings: Collection[str]
    is_total: Callable[[Iterable[str]], bool]
    cancelling: Mapping[int, Collection[str]]

    def of_row(self, cells: Sequence[str | None], needed: Sequence[int], told_by: Sequence[int]) -> str:
        """HEADINGS, SUM or CANCELLED; empty for a supply.

        Args:
            cells: of the row.
            needed: places of columns that must be there.
            told_by: places of the day and the document, which a line of totals has not.
        """
        first = cells[needed[0]] if needed else None
        if first and folded(first) in self.headings:  # as those of groups of columns stand above others
            filled = [c for c in cells if c]
            said = sum(folded(c) in self.headings for c in filled)
            if min(len(filled), _KNOWN) <= said > 1 and not any(map(str.isdigit, "".join(filled))):
                return HEADINGS
        if self._sums(cells, needed, told_by):
            return SUM
        marks = ((cells[i], words) for i, words in self.cancelling.items())
        return CANCELLED if any(cell and folded(cell) in words for cell, words in marks) else ""

    def _sums(self, cells: Sequence[str | None], needed: Sequence[int], told_by: Sequence[int]) -> bool:
        """Whether a row sums others: a word of totals is all of a cell, and neither day nor document tells of it.

        Only rows that lack something, or whose first needed cell is short, are looked at: a name is longer than a word.
        """
        if any(cells[i] and not self.is_total([cells[i] or ""]) for i in told_by) or (
            needed and all(len(cells[i] or "") > _LONGEST_SUM for i in needed)
        ):
            return False
        return self.is_total(c or "" for c in cells)


def columns_of(
    rows: Iterable[Numbered], at: Mapping[str, tuple[int, ...]], needed: Sequence[int], known: KnownWords
) -> pl.DataFrame:
    """The cells of our columns as text, with the `row`, `what` else it is than a supply, and the first `again` like it.

    Rows are alike in all their cells, those of columns that are not read too; blank ones are left out.

    Args:
        rows: of the file, each with its number.
        at: places of our columns.
        needed: places of those that must be there.
        known: words of headings, and what tells a line of totals.
    """
    import polars as pl

    kinds = {"row": pl.Int64(), "what": pl.String(), "again": pl.Int64(), **dict.fromkeys(at, pl.String())}
    frames, left = [pl.DataFrame(schema=kinds)], (r for r in rows if any(r[1]))
    told_by = [at[c][0] for c in ("date", "document") if c in at]
    last = ""

    def of_above(cells: Sequence[str | None]) -> str:
        nonlocal last
        name = cells[needed[0]] or "" if needed else ""
        if is_sum_of(name, last) and not any(cells[i] for i in told_by):
            return SUM
        last = name or last
        return ""

    while some := list(islice(left, _ROWS)):
        told = {c: [cell_text(cells, places) for _, cells in some] for c, places in at.items()}
        what = [known.of_row(cells, needed, told_by) or of_above(cells) for _, cells in some]
        of_rows = {"row": [n for n, _ in some], "what": what, "again": [hash(tuple(cells)) for _, cells in some]}
        try:
            frames.append(pl.DataFrame({**of_rows, **told}, kinds))
        except UnicodeEncodeError:  # half a character, which no text holds
            whole = {c: [t.encode("utf-8", "replace").decode() for t in texts] for c, texts in told.items()}
            frames.append(pl.DataFrame({**of_rows, **whole}, kinds))
    return pl.concat(frames).with_columns(pl.col("row").first().over("again").alias("again"))


def cell_text(cells: Sequence[str | None], places: tuple[int, ...]) -> str:
    """A cell in one line, or the pieces of one that stands in several, joined by commas.

    Args:
        cells: of a row.
        places: where it stands; in files of millions of rows nearly always in one column.
    """
    if len(places) == 1:
        return " ".join((cells[places[0]] or "").split())
    return ", ".join(dict.fromkeys(text for i in places if (text := " ".join((cells[i] or "").split()))))


def numbered_apart(cells: pl.DataFrame, name: str, number: str) -> pl.DataFrame:
    """Names with their number before them, as SAP writes `100234     Spinnerei GmbH`, in two columns.

    Args:
        cells: text by column.
        name: the column of names; it is left as it stands unless each of two and more cells begins with a number.
        number: ours for the number, which no column has.
    """
    import polars as pl

    cell = pl.col(name)
    filled = cells.filter(cell != "")
    begins = cell.str.contains(_NUMBERED)
    if filled.select(cell.n_unique()).item() <= 1 or not filled.select(begins.all()).item():
        return cells
    return cells.with_columns(
        cell.str.extract(_NUMBERED, 1).fill_null("").alias(number),
        cell.str.extract(_NUMBERED, 2).fill_null("").alias(name),
    )


def is_absent(text: str) -> bool:
    """Whether a cell says that there is no figure."""
    return text.casefold() in ABSENT


def is_no_day(text: str) -> bool:
    """Whether a cell is a day of zeros, by which a system says that none is given."""
    return bool(_NO_DAY.fullmatch(text))


def is_day_first(cells: Iterable[str]) -> bool | None:
    """Whether days stand before months between strokes, as some cell of the column proves; None where none does."""
    seen = list(cells)
    found = [m for m in map(_DAY.fullmatch, seen) if m and m[2] != "."]
    first, second = any(int(m[1]) > _MONTHS for m in found), any(int(m[3]) > _MONTHS for m in found)
    if first != second:
        return first
    # 24/03/02 may begin with its year; only what begins with a month throughout, 03/19/24, is told.
    short = [m for m in map(_SHORT, seen) if m]
    months_first = not found and not any(int(m[1]) > _MONTHS for m in short)
    return False if months_first and any(int(m[2]) > _MONTHS for m in short) else None


def written_day(text: str, *, day_first: bool | None, is_said: bool = False) -> str:
    """A day as ISO 8601 writes it; the cell as it stands where it is none of these, or its order is not told.

    Args:
        text: the cell.
        day_first: of days between strokes; between points the day is first.
        is_said: whether the person says so, so that 24/03/02 does not begin with its year.
    """
    if together := _RUN_TOGETHER.fullmatch(text):
        return _iso(text, *together.groups())
    if year_first := _YEAR_FIRST.fullmatch(text):
        return _iso(text, *year_first.groups())
    if named := _NAMED_MONTH.fullmatch(text):
        number = _month_names().get(unaccented(named[2]))
        year = int(named[3]) + (_CENTURY if len(named[3]) < len("2024") else 0)
        return _iso(text, str(year), str(number), named[1]) if number else text
    short = _SHORT(text) if day_first is False or is_said else None
    found = _DAY.fullmatch(f"{short[1]}/{short[2]}/{_CENTURY + int(short[3])}" if short else text)
    if found is None:
        return text[:10] if text[10:11] in {"T", " "} else text
    order = True if found[2] == "." else day_first
    if order is None:
        return text
    day, month = (found[1], found[3]) if order else (found[3], found[1])
    return _iso(text, found[4], month, day)


def _iso(text: str, year: str, month: str, day: str) -> str:
    """A day as ISO 8601 writes it; the cell as it stands where the calendar has no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return text


@cache
def _month_names() -> dict[str, int]:
    return {unaccented(name): row["month"] for row in packaged_rows(MONTH_NAMES) for name in row["names"]}
