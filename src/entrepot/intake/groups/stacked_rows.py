"""Rows of several kinds in one column, each in a column of its own: what lies below others has theirs before it.

A report of 1C by counterparty and contract has both in its first column, the contract below its counterparty, and the
figures of a counterparty are those of its contracts together. The lowest rows are read, each with what it lies below;
rows that only sum them are left empty and counted, and where their figures are others than the sum, that is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr, tr
from entrepot.intake.groups.row_words import is_total, of_cell, of_heading
from entrepot.intake.groups.stacked_heading import STACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.intake.text_table import Numbered, Row, TextTable

_FIGURE = re.compile(r"-?\d[\d\s\u00a0\u202f]*(?:[.,]\d+)?")  # 20 000,00 and 20000.00
_ROUNDED = 0.01  # money is printed to the hundredth: each row of a sum may be off by half of it
_OUTSIDE = -1.0  # how deep what sums the whole report lies: above all
_OF_ACCOUNTS = 0.1  # a part of an account lies below it: 60.01 below 60, both above whatever is not an account


def apart(table: TextTable) -> TextTable:
    """The table with a column for each kind of its rows; as it was where its first heading is of one kind.

    Args:
        table: as it was opened.
    """
    kinds = table.headings[0].split(STACK) if table.headings else []
    if len(kinds) < 2:  # noqa: PLR2004 - one is a heading like any
        return table
    read, more = list(table.numbered()), table.headings[1:]
    party = next(i for i, k in enumerate(kinds) if not of_heading(k))
    depths = _depths(read, kinds, party, table)
    if depths is None:
        said = tr(
            "Rows of several kinds stand in one column ({kinds}), and nothing says which is which. Save the report as "
            "a workbook (.xlsx), which keeps the levels of its rows.",
            kinds=", ".join(kinds),
        )
        return replace(table, headings=[" / ".join(kinds), *more], notes=(*table.notes, said))
    made = _Divided(len(kinds))
    rows = made.read(read, depths)
    notes = (*table.notes, *made.notes(kinds))
    return replace(
        table,
        headings=[*kinds, *more],
        numbered=lambda: iter(rows),
        notes=notes,
        fast=None,
        emptied=table.emptied + made.sums,
    )


def _depths(
    rows: Sequence[Numbered], kinds: Sequence[str], party: int, table: TextTable
) -> list[tuple[int, float]] | None:
    """By row, of which kind it is and how deep it lies; None where that cannot be told of rows of two kinds."""
    deepest = max((table.levels.get(n, 0) for n, cells in rows if any(cells)), default=0)
    meant = [of_heading(k) for k in kinds]
    if not deepest and any(m not in {"", "account", "contract", "document"} for m in meant):
        return None
    found: list[tuple[int, float]] = []
    for number, cells in rows:
        said = of_cell(cells[0] or "")
        level = table.levels.get(number, 0)
        by_level = min(max(0, level - deepest + len(kinds) - 1), len(kinds) - 1)
        if is_total(cells[0] or ""):  # of the whole report: nothing is below it, and it is below nothing
            found.append((0, _OUTSIDE))
            continue
        kind = meant.index(said) if said and said in meant else by_level if deepest else party
        # A contract where only documents are looked for lies as deep as these.
        if said and said not in meant and not deepest:
            kind = len(kinds) - 1
        dots = (cells[0] or "").count(".") if said == "account" else 0
        found.append((kind, float(level) if deepest else kind + _OF_ACCOUNTS * dots))
    return found


@dataclass(slots=True)
class _Open:
    """A row that heads others: how deep it lies, its figures, and those of the rows below it together."""

    depth: float
    figures: list[float | None]
    below: list[float] = field(default_factory=list)
    rows: int = 0

    def add(self, figures: Sequence[float | None]) -> None:
        self.rows += 1
        for i, one in enumerate(figures):
            self.below[i] += one or 0.0

    def is_sum(self) -> bool:
        told = [(own, sums) for own, sums in zip(self.figures, self.below, strict=True) if own is not None]
        return all(abs(own - sums) <= _ROUNDED * self.rows for own, sums in told)


@dataclass(slots=True)
class _Divided:
    """Rows divided by their kinds, and how many of them only sum others."""

    kinds: int
    sums: int = 0
    unlike: list[int] = field(default_factory=list)

    def read(self, rows: Sequence[Numbered], depths: Sequence[tuple[int, float]]) -> list[Numbered]:
        """The rows, with blank ones for those that are left out: rows keep their numbers."""
        out: list[Numbered] = []
        path: list[str | None] = [None] * self.kinds
        opened: list[tuple[int, _Open]] = []
        heads = _heads(rows, depths)
        for at, ((number, cells), (kind, depth)) in enumerate(zip(rows, depths, strict=True)):
            blank: Row = [None] * (self.kinds + len(cells) - 1)
            if not any(cells):
                out.append((number, blank))
                continue
            while opened and opened[-1][1].depth >= depth:
                self._close(*opened.pop())
            path[kind:] = [cells[0], *[None] * (self.kinds - kind - 1)]
            figures = [_figure(c) for c in cells[1:]]
            if at in heads:
                self.sums += 1
                opened.append((number, _Open(depth, figures, [0.0] * len(figures))))
                out.append((number, blank))
                continue
            for _, above in opened:
                above.add(figures)
            out.append((number, [*path, *cells[1:]]))
        while opened:
            self._close(*opened.pop())
        return out

    def _close(self, number: int, one: _Open) -> None:
        if not one.is_sum():
            self.unlike.append(number)

    def notes(self, kinds: Sequence[str]) -> Iterable[str]:
        """What there is to say of them."""
        yield tr("One column holds rows of several kinds: {kinds}. Each has its own here.", kinds=", ".join(kinds))
        if self.sums:
            yield ntr(
                self.sums,
                "{count} row that sums those below it is left out: these are read.",
                "{count} rows that sum those below them are left out: these are read.",
            )
        if self.unlike:
            yield ntr(
                len(self.unlike),
                "{count} such row has other figures than those below it together: row {first}.",
                "{count} such rows have other figures than those below them together, the first: row {first}.",
                first=self.unlike[0],
            )


def _heads(rows: Sequence[Numbered], depths: Sequence[tuple[int, float]]) -> frozenset[int]:
    """Positions of the rows below which others lie."""
    filled = [i for i, (_, cells) in enumerate(rows) if any(cells)]
    return frozenset(a for a, b in pairwise(filled) if depths[b][1] > depths[a][1] != _OUTSIDE)


def _figure(cell: str | None) -> float | None:
    """A cell as a figure; None where it is none, or its marks may be of thousands."""
    text = (cell or "").replace("\u2212", "-")
    if not _FIGURE.fullmatch(text):
        return None
    return float("".join(text.split()).replace(",", "."))
