"""Rows under a row that only names whom they are of: each of them has the name, and the row that names it is no row.

QuickBooks prints a vendor in a row of its own, in a column without a heading, its bills below, and a total behind;
Zoho prints it in the column of the days; SAP under the heading of the vendor, where the rows below are blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr, tr
from entrepot.intake.groups.row_words import is_stamp, is_total, sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.intake.reading_options import Words
    from entrepot.intake.text_table import Numbered, Row, TextTable

_SHOWING = 500  # first rows: how a report is printed shows in fewer
_LEAST = 2  # filled cells beside the first of a row of the table
_NEARLY = 0.9  # of the rows of a table: some line of it is always odd
_HALF = 0.5  # of the rows at least: each day may have a sum below it
_LEAST_HEADS = (
    2  # under a heading of its own, where a row of nothing but a name may be a vendor of whom no more is known
)
_COUNTED = re.compile(r"\s*\(\d+\)$")  # how many rows a group holds, behind its name
_DAY = re.compile(r"\d{1,4}[./ -](?:\d{1,2}|[^\W\d_]{3,9})[./ -]\d{1,4}.*")  # 2026-01-12, 12-Jan-26


def under_heads(table: TextTable, words: Words) -> TextTable:
    """The table with the names of rows that head others in each of these; as it was where no row heads others.

    Args:
        table: as it was opened.
        words: by which a heading of a party is known.
    """
    if not table.headings or len(table.headings) <= _LEAST:
        return table
    first = list(islice(table.rows(), _SHOWING))
    heading = table.headings[0].strip()
    has_own = not (_is_dated(first) or _is_summed(first))
    if not (_is_blank_below(first, words, heading) if has_own else _begins_with_head(first)):
        return table
    made = _Filled(has_own)
    for _ in made.read(table.numbered()):
        pass  # all is read once, for what there is to say of it
    if not made.heads:
        return table
    others = [h for h in table.headings[0 if not has_own else 1 :] if h and words.is_telling([h])]
    name = heading if heading and has_own else "" if others else words.of_value
    headings = [name, *table.headings[1 if has_own else 0 :]]
    return replace(
        table,
        headings=headings,
        numbered=lambda: _Filled(has_own).read(table.numbered()),
        notes=(*table.notes, *made.notes("" if heading and has_own else name)),
        fast=None,
        emptied=table.emptied + made.heads + made.sums,
    )


def _is_head(row: Row) -> bool:
    """Whether a row holds nothing but words in its first cell, or sums what it counts: "Foo Ltd (2)" of Odoo."""
    cell = row[0] or ""
    more = [c for c in row[1:] if c]
    is_sum = _COUNTED.search(cell) is not None and not any(any(map(str.isalpha, c)) for c in more)
    return any(map(str.isalpha, cell)) and (not more or is_sum) and not _is_other(cell)


def _is_other(cell: str) -> bool:
    return bool(_DAY.fullmatch(cell)) or is_total(cell) or is_stamp(cell)


def _begins_with_head(rows: Sequence[Row]) -> bool:
    """Whether the first row of a table names whom those below it are of."""
    filled = [r for r in rows if any(r)][:2]
    return len(filled) > 1 and _is_head(filled[0]) and _heads(filled) > 0


def _full(rows: Sequence[Row]) -> list[Row]:
    return [r for r in rows if sum(map(bool, r[1:])) >= _LEAST]


def _heads(rows: Sequence[Row]) -> int:
    """How many rows that hold nothing but words in their first cell stand right above a row of the table."""
    filled = [r for r in rows if any(r)]
    return sum(_is_head(a) and sum(map(bool, b[1:])) >= _LEAST for a, b in pairwise(filled))


def _is_blank_below(rows: Sequence[Row], words: Words, heading: str) -> bool:
    """Whether the first column is blank but in rows that head others, or sum them."""
    full, heads = [r for r in _full(rows) if not _is_head(r)], _heads(rows)
    names = {_bare(r[0] or "") for r in rows if _is_head(r)}
    own = [r for r in full if r[0] and not any(sums(r[0], n) for n in names)]
    least = _LEAST_HEADS if heading else 1
    is_telling = not heading or words.is_telling([heading])
    return bool(full) and heads >= least and is_telling and len(own) <= (1 - _NEARLY) * len(full)


def _is_dated(rows: Sequence[Row]) -> bool:
    """Whether days stand in the first cell of the rows of the table."""
    cells = [r[0] for r in _full(rows) if r[0]]
    return bool(cells) and sum(bool(_DAY.fullmatch(c)) for c in cells) >= _HALF * len(cells)


def _is_summed(rows: Sequence[Row]) -> bool:
    """Whether the first column holds something of each row, beside names in rows of their own that others sum."""
    names = [_bare(r[0] or "") for r in rows if _is_head(r)]
    summed = [r for r in rows if r[0] and any(sums(r[0], name) for name in names)]
    full = [r for r in _full(rows) if r not in summed and not is_total(r[0] or "")]
    return bool(summed) and sum(bool(r[0]) for r in full) >= _HALF * max(1, len(full))


def _bare(cell: str) -> str:
    """A name without how many rows are under it."""
    return _COUNTED.sub("", cell)


@dataclass(slots=True)
class _Filled:
    """Rows that were filled from those that head them.

    Attributes:
        has_own: whether the names have a column; else they stand in that of something else of the rows, the day or the
            kind of paper, and are given one before it.
        heads, sums, filled: rows that head others, that sum them, that were filled.
        named: the first names of heads.
    """

    has_own: bool
    heads: int = 0
    sums: int = 0
    filled: int = 0
    named: list[str] = field(default_factory=list)

    def read(self, rows: Iterable[Numbered]) -> Iterator[Numbered]:
        """The rows, with blank ones for those that head or sum others: rows keep their numbers."""
        held: list[
            Numbered
        ] = []  # a row of nothing but a name, and blank ones behind it, until the next tells what it is
        head = ""
        for number, own in rows:
            cells: Row = list(own) if self.has_own else [None, *own]
            if not any(cells) and held:
                held.append((number, cells))
                continue
            if any(cells) and _is_head(own):
                yield from held
                head = own[0] or ""
                held = [(number, [head, *[None] * (len(cells) - 1)])]
                continue
            is_sum = bool(head) and sums(own[0] or "", _bare(head))
            below = not own[0] or (not self.has_own and not is_total(own[0]) and not is_sum)
            if held and below:  # who only has a name and nothing below it stays a row
                self.heads += 1
                held[0] = held[0][0], [None] * len(cells)
            yield from held
            held = []
            if is_sum:
                self.sums, head, cells = self.sums + 1, "", [None] * len(cells)
            elif head and below and any(cells):
                cells[0], self.filled = _bare(head), self.filled + 1
            yield number, cells
        yield from held

    def notes(self, name: str) -> list[str]:
        """What there is to say of them."""
        said = ntr(
            self.heads,
            "{count} row only names whom those below it are of: {filled} rows have its name.",
            "{count} rows only name whom those below them are of: {filled} rows have their names.",
            filled=self.filled,
        )
        sums = [
            ntr(
                self.sums,
                "{count} row that sums those above it is left out: these are read.",
                "{count} rows that sum those above them are left out: these are read.",
            )
        ]
        called = [tr("Their column has no heading; it is called {name!r}.", name=name)] if name else []
        return [said, *called, *(sums if self.sums else [])]
