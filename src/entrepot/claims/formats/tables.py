"""Tables: which cells stand under and beside which headings, whatever format they come in."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.claims.dates.period_cells import TO, are_periods, has_date, head_ends, heads_periods, is_whole
from entrepot.claims.mentions.headed import unit
from entrepot.claims.mentions.unit_words import is_money
from entrepot.claims.text.language import by_letters
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.claims.formats.parts import Parts

# A cell of figures, and what is none though it is of digits: a year, a quarter, a fiscal year of a heading.
_FIGURE = re.compile(r"[\s(+\-−–$€£¥<>~≈]*(?:[A-Z]{2,3}\s?)?\d[\d.,\s\u00a0]*\D{0,12}")
_YEAR = re.compile(
    r"\s*(?:FY|Q[1-4]|H[12])?[\s\-]*(?:19|20)\d{2}(?:\s?[-–/]\s?\d{2,4})?\s*(?:年|г\.?|год)?(?:[\s,(*][^\d]{0,40})?"
)
_NUMBERS = re.compile(r"\s*\d{1,3}[.)、]?\s*")  # what numbers the rows of a table
# What stands before the title of a table that is a paragraph.
_TITLED = re.compile(
    r"\s*(?:(?:tab(?:le|\.)|exhibit|табл(?:ица|\.))\s*[\dIVXА-ЯA-Z]|图?表\s*[\d一二三四五六七八九十])", re.IGNORECASE
)
# What a corner says of the cells, behind the name of the heads of the rows: Crossing (trains); Trade, bn yuan.
_BEHIND = re.compile(r"[,，;；:：(（\[]\s*([^()（）\[\]]{1,40}?)\s*[)）\]]?\s*\Z")
_LONGEST = 120  # characters of a heading; a cell of more is a paragraph that a page sets in a table
_WIDEST = 200  # columns: more is a damaged span
_CAPTION = 200  # characters of a table's title
_ENDED = (*".!?;。！？；…", "")  # signs with which a sentence ends; nothing has none


@dataclass(slots=True)
class _Cell:
    first: int
    header: bool
    columns: int
    lines: int
    last: int = -1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _When:
    """Where a table says of when its figures are, beside its headings.

    Attributes:
        columns: whose cells say it of the others of their row.
        rows: whose cells say it of the others of their column.
        sections: rows of a date alone, which say it of the rows below them.
        begins: those of the columns that say when a period begins, and the next one when it ends.
    """

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    sections: tuple[int, ...]
    begins: frozenset[int]

    def of(self, placed: list[dict[int, _Cell]], number: int, column: int) -> list[tuple[_Cell, ...]]:
        """The cells that say of when a cell is, two where they are the ends; none of a cell that says so itself."""
        if column in self.columns or number in self.rows:
            return []
        line = placed[number]
        own = [c for c in self._nearest(column) if c in line and _stands_alone(line, c)]
        ends = {c + 1 for c in self.begins}
        beside = [
            tuple(line[k] for k in (c, c + 1)[: 1 + (c in self.begins)] if k in own) for c in own if c not in ends
        ]
        above = self._last(self.sections, number)
        over = [] if above is None else [(next(c for c in placed[above].values() if c.last > c.first),)]
        told = self.rows[0] if len(self.rows) == 1 else self._last(self.rows, number)
        by_row = [(placed[told][column],)] if told is not None and column in placed[told] else []
        return [*over, *by_row, *beside]

    @staticmethod
    def _last(rows: tuple[int, ...], number: int) -> int | None:
        """The last of some rows above one; of several parts of a table each tells of its own."""
        at = bisect_left(rows, number)
        return rows[at - 1] if at else None

    def _nearest(self, column: int) -> list[int]:
        """The columns that are meant where a row has several periods: those before a figure, or where figures lead."""
        runs: list[list[int]] = []  # a year and its month, side by side, are one period
        for c in self.columns:
            if runs and runs[-1][-1] == c - 1:
                runs[-1].append(c)
            else:
                runs.append([c])
        before, after = [r for r in runs if r[-1] < column], [r for r in runs if r[0] > column]
        leads = bool(runs) and runs[0][0] <= 1  # behind the names of the rows, or in their place
        return next(iter((before[-1:] or after[:1]) if leads else (after[:1] or before[-1:])), [])


@dataclass(slots=True)
class Grid:
    """The cells of one table as they are met; `done` gives each its headings.

    Attributes:
        caption: the table's title.
    """

    found: Parts
    caption: str = ""
    rows: list[list[_Cell]] = field(default_factory=list)
    measured: list[int] = field(default_factory=list)  # columns whose cells say in what the others are measured,
    corner: list[_Cell] = field(default_factory=list)  # and the cells over the names of the rows that do

    def row(self) -> None:
        """A row begins."""
        self.rows.append([])

    def cell(self, *, header: bool = False, columns: int = 1, lines: int = 1) -> None:
        """A cell begins; the parts added until `end` are its own."""
        if not self.rows:
            self.row()
        columns, lines = (min(max(n, 1), _WIDEST) for n in (columns, lines))
        self.rows[-1].append(_Cell(len(self.found.parts), header, columns, lines))

    def widen(self, columns: int) -> None:
        """The cell that was begun last is of so many columns."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].columns = min(max(columns, 1), _WIDEST)

    def go_on(self) -> None:
        """The cell that was begun last is the one above it, going on: a heading of several rows."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].goes_on = True

    def end(self) -> None:
        """The cell that was begun last ends."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].last = len(self.found.parts)

    def done(self) -> None:
        """Give each cell that holds a digit the words of its headings."""
        placed = self._placed()
        if len(placed) < 2 or max(map(len, placed), default=0) < 2:  # noqa: PLR2004 - one row or column heads nothing
            return
        heads = self._heads(placed)
        signs = self._decimals(placed, heads)
        when = self._when(placed, heads)
        self.caption = self.caption or self._above()
        self.measured = [c for h in sorted(heads) for c, cell in placed[h].items() if _heads_units(self._text(cell))]
        self.corner = [placed[h][0] for h in sorted(heads) if 0 in placed[h] and self._measures(placed[h][0])]
        for number, line in enumerate(placed):
            if number in heads:
                continue
            for column, cell in line.items():
                if line.get(column - 1) is not cell:  # a wide cell once
                    context = self._context(placed, heads, (number, column), when)
                    self._give(cell, context, signs.get(column) or signs[-1])

    def _above(self) -> str:
        """The paragraph right above, where it calls itself the title of a table, or is a line that ends no sentence."""
        first = min((cell.first for row in self.rows for cell in row), default=0)
        text = self.found.parts[first - 1].text.strip() if first else ""
        if is_whole(text) or _is_figure(text):  # the last cell of the table above
            return ""
        return text if len(text) <= _CAPTION and (_TITLED.match(text) or text[-1:] not in _ENDED) else ""

    def _placed(self) -> list[dict[int, _Cell]]:
        """Each row's cells by column, spans filled."""
        placed: list[dict[int, _Cell]] = [{} for _ in self.rows]
        for number, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while column in placed[number]:
                    column += 1
                above = placed[number - 1].get(column) if number else None
                held = above if cell.goes_on and above else cell
                for line in range(number, min(number + cell.lines, len(placed))):
                    placed[line] |= dict.fromkeys(range(column, min(column + cell.columns, _WIDEST)), held)
                column += cell.columns
        return placed

    def _heads(self, placed: list[dict[int, _Cell]]) -> set[int]:
        """The rows at the top that hold headings."""
        heads: set[int] = set()
        for number, line in enumerate(placed):
            cells = list({id(c): c for c in line.values()}.values())
            marked = bool(cells) and all(c.header or not self._text(c) for c in cells)
            if not marked and any(_is_figure(self._text(c)) for c in cells):
                break
            heads.add(number)
        sections = [n for n, line in enumerate(placed) if n and self._section(line)]
        if sections and heads and max(heads) == sections[0] < sections[-1]:
            heads.discard(sections[0])  # the first of several parts of the table, each under its year
        return heads if len(heads) < len(placed) else {0}

    def _section(self, line: dict[int, _Cell]) -> bool:
        """Whether a row holds nothing but a date: those below it are of that."""
        cells = [c for c in {id(c): c for c in line.values()}.values() if self._text(c).strip()]
        return len(line) > 1 and len(cells) == 1 and is_whole(self._text(cells[0]))

    def _decimals(self, placed: list[dict[int, _Cell]], heads: set[int]) -> dict[int, str]:
        """With which sign each column writes decimals, and under -1 the whole table; empty where that does not tell.

        3.238 beside 8.18 is no three thousand.
        """
        found: dict[int, str] = {}
        lines = [line for number, line in enumerate(placed) if number not in heads]
        for column in {c for line in lines for c in line}:
            found[column] = _decimal([self._text(line[column]) for line in lines if column in line])
        found[-1] = _decimal([self._text(cell) for line in lines for cell in line.values()])
        return found

    def _context(self, placed: list[dict[int, _Cell]], heads: set[int], at: tuple[int, int], when: _When) -> str:
        number, column = at
        line = placed[number]
        above = [placed[h][column] for h in sorted(heads) if column in placed[h]]
        beside = self._named(line, column, when)
        measured = [line[c] for c in self.measured if c in line and c != column]
        corner = self.corner if column else []
        told = [] if _tells_itself(self._text(line[column])) else when.of(placed, number, column)
        periods = (TO.join(self._texts(cells)) for cells in told)
        words = [self.caption[:_CAPTION], *map(self._text, (*corner, *beside, *measured)), *periods]
        words += map(self._text, above)
        return " | ".join(dict.fromkeys(w for w in words if w and len(w) <= _CAPTION))

    def _measures(self, corner: _Cell) -> bool:
        """Whether the corner of a table says in what its cells are measured, and not only what its rows are of."""
        return corner.columns == 1 and _gives_unit(self._text(corner))

    def _named(self, line: dict[int, _Cell], column: int, when: _When) -> list[_Cell]:
        """The cell that says what a row is of: its first, unless that only numbers the row or says of when it is."""
        first = line.get(0)
        if not column or first is None or first is line.get(column):
            return []
        if 0 not in when.columns and (first.header or not _is_figure(self._text(first))):
            return [first]
        if 0 not in when.columns and _NUMBERS.fullmatch(self._text(first)) is None:
            return []
        told = (line[c] for c in sorted(line) if 0 < c < column and c not in when.columns and line[c] is not first)
        name = next((c for c in told if self._text(c)), None)
        return [] if name is None or name is line.get(column) or _FIGURE.match(self._text(name)) else [name]

    def _when(self, placed: list[dict[int, _Cell]], heads: set[int]) -> _When:
        """The columns, and the rows below the headings, whose cells say of when the others are."""
        body = [number for number in range(len(placed)) if number not in heads]
        heads_of: dict[int, str] = {}
        cells_of: dict[int, list[str]] = {}
        for column in sorted({c for n in body for c in placed[n]}):
            own = (placed[h][column] for h in sorted(heads) if column in placed[h])
            heads_of[column] = " ".join(map(self._text, own))
            cells_of[column] = self._texts([placed[n][column] for n in body if _stands_alone(placed[n], column)])
        pairs = ((c, head, heads_of[c + 1]) for c, head in heads_of.items() if c + 1 in heads_of)
        begins = frozenset(
            c for c, *pair in pairs if head_ends(*pair) and all(map(is_whole, [*cells_of[c], *cells_of[c + 1]]))
        )
        ends = begins | {c + 1 for c in begins}
        columns = tuple(c for c, head in heads_of.items() if c in ends or are_periods(head, cells_of[c]))
        rows = []
        for number in body:
            cells = list({id(c): c for c in placed[number].values()}.values())
            if len(cells) > 2 and heads_periods(self._text(cells[0])):  # noqa: PLR2004 - a word and a year are a row
                rows += [number] * all(map(is_whole, self._texts(cells[1:])))
        sections = tuple(number for number in body if self._section(placed[number]))
        return _When(columns, tuple(rows), sections, begins)

    def _texts(self, cells: Iterable[_Cell]) -> list[str]:
        return [text for c in cells if (text := self._text(c).strip())]

    def _text(self, cell: _Cell) -> str:
        text = " ".join(p.text for p in self.found.parts[cell.first : cell.last])
        return text if len(text) <= _LONGEST else ""

    def _give(self, cell: _Cell, context: str, decimal: str) -> None:
        for i in range(cell.first, cell.last):
            part = self.found.parts[i]
            if not part.context and re.search(r"\d", part.text) and len(part.text) <= _LONGEST:
                self.found.parts[i] = replace(part, context=context, decimal=decimal)


def _stands_alone(line: dict[int, _Cell], column: int) -> bool:
    """Whether the cell of a column is of this column only: a note across the table is no period."""
    cell = line.get(column)
    return cell is not None and line.get(column - 1) is not cell and line.get(column + 1) is not cell


def _tells_itself(text: str) -> bool:
    """Whether a cell is words with a date of their own, which is then that of their figures."""
    return _FIGURE.match(text) is None and has_date(text)


@cache
def _heads_units(heading: str) -> bool:
    """Whether a heading says that units stand below it."""
    words = " ".join(re.sub(r"[()（）:：]", " ", heading).lower().split())
    return bool(words) and any(row["means"] == "unit_head" and row["word"] == words for row in rows("judged_words"))


@lru_cache(maxsize=1024)  # asked for each cell of a table
def _gives_unit(corner: str) -> bool:
    """Whether a corner names a unit behind the name of its rows, or an amount of money: Firms are what its rows are."""
    behind = _BEHIND.search(corner)
    if behind is not None and unit(behind[1], by_letters(behind[1])) is not None:
        return True
    whole = unit(corner, by_letters(corner)) if corner else None
    return whole is not None and is_money(whole[0].name)


def _decimal(cells: list[str]) -> str:
    """The sign with which figures surely write decimals; empty where none does, or two do."""
    figures = [text for text in cells if _is_figure(text)]
    surely = {sign for sign in ".," for text in figures if _surely(sign).search(text)}
    return surely.pop() if len(surely) == 1 else ""


@cache
def _surely(sign: str) -> re.Pattern[str]:
    """One or two digits behind a sign, or four and more, or groups of the other one before it: no thousands."""
    one, other = re.escape(sign), re.escape("," if sign == "." else ".")
    return re.compile(rf"(?<![\d.,])(?:\d+|\d{{1,3}}(?:{other}\d{{3}})+){one}(?:\d{{1,2}}|\d{{4,}})(?![\d.,])")


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None and _YEAR.fullmatch(text) is None
