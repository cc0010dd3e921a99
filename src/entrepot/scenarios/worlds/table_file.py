"""An inter-country table from a file: read row by row, joined on the way, and held against its own totals."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.open_table import opened
from entrepot.scenarios.worlds.grouping import Grouping, spread
from entrepot.scenarios.worlds.inter_country import InterCountry, membership
from entrepot.scenarios.worlds.table_layout import Label, Layout, layout_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Of a row's own total, and of the largest one: what rounding of some thousand printed cells adds up to.
_OFF, _ROUNDED = 1e-3, 1e-7
_NAMED = 5  # rows of a refusal: enough to see whether one row is wrong or all


@dataclass(frozen=True, eq=False)
class TableRead:
    """What a file holds.

    Attributes:
        table: joined as was asked.
        layout: "OECD ICIO" or "WIOD".
        notes: what was joined, what was set to 0, what could not be checked.
        year: as a column of it says; empty: none does.
    """

    table: InterCountry
    layout: str
    notes: tuple[str, ...]
    year: str = ""


@dataclass(eq=False)
class _Sums:
    """What is added up while the rows pass."""

    intermediate: Array
    final: Array
    inputs: Array
    used: Array
    between: Array
    output: Array | None = None
    has_value_added: bool = False
    negative: list[str] = field(default_factory=list)
    sold: list[tuple[str, float, float]] = field(default_factory=list)


def read_table(
    path: Path, grouping: Grouping | None = None, *, negative_final: Literal["refuse", "zero"] = "refuse"
) -> TableRead:
    """A file with the layout of the OECD's ICIO (any edition) or of WIOD (2016, CSV with Country and RNr).

    Args:
        path: CSV, also packed with gzip or alone in a zip; a workbook.
        grouping: what is joined; None: nothing but the parts of China and Mexico.
        negative_final: what is done with a final sale below 0, as a fall in stocks makes one, that joining leaves.

    Raises:
        UnreadableFileError: another layout, a row twice or missing, a cell that is no number.
        UnknownNameError, BadInputError: a mapping that does not fit; a negative sale between industries; rows or
            columns that do not add up to their totals, the worst of them named with how far they are off.
    """
    file = opened(path)
    layout = layout_of(file)
    shape = _Shape(layout, grouping or Grouping({}, {}), file.origin)
    sums = shape.empty()
    seen: set[str] = set()
    for line, cells in file.numbered():
        if not any(cells) or (label := layout.row(cells)) is None:
            continue
        if label.kind == "industry" and (label.printed in seen or label.printed not in shape.told):
            problem = tr("stands twice") if label.printed in seen else tr("has no column")
            raise UnreadableFileError(
                file.origin, tr("the row {printed} {problem}", printed=label.printed, problem=problem), line=line
            )
        seen.add(label.printed)
        shape.take(sums, label, _numbers(cells, shape.positions, layout, file.origin, line))
    shape.refuse_gaps(seen)
    if sums.negative:
        raise BadInputError(
            tr("{origin}: sales between industries below 0", origin=file.origin),
            found=tr(
                "{negative}; {count:,} in all", negative="; ".join(sums.negative[:_NAMED]), count=len(sums.negative)
            ),
            allowed=tr("0 or more"),
            remedy=tr("Mend the table."),
        )
    notes = [*shape.notes, *shape.checked(sums)]
    final = _final(sums.final, shape, negative_final, notes)
    table = InterCountry(tuple(shape.economies), tuple(shape.sectors), sums.intermediate + final, sums.inputs)
    return TableRead(table, layout.name, tuple(notes))


class _Shape:
    """Where the numbers of a row go."""

    def __init__(self, layout: Layout, grouping: Grouping, origin: str) -> None:
        self.origin = origin
        self.industries = [(at, x) for at, x in layout.columns.items() if x.kind == "industry"]
        self.told = {x.printed for _, x in self.industries}
        if twice := [x for x, times in Counter(x.printed for x in layout.columns.values()).items() if times > 1]:
            raise UnreadableFileError(origin, tr("the column {twice} stands twice", twice=twice[0]))
        finals = [(at, x) for at, x in layout.columns.items() if x.kind == "final"]
        own = list(dict.fromkeys(x.economy for _, x in self.industries))
        sectors = list(dict.fromkeys(x.sector for _, x in self.industries))
        if not self.industries or not finals:
            raise UnreadableFileError(origin, tr("has no industries or no final use among its columns"))
        self.economies = spread("economies", grouping.economies, own)
        self.sectors = spread("sectors", grouping.sectors, sectors)
        self.at_n = _places("economy", own, self.economies)
        self.at_j = _places("sector", sectors, self.sectors)
        if strange := [x.printed for _, x in finals if x.economy not in self.at_n]:
            raise UnreadableFileError(
                origin, tr("final use of an economy without industries: {strange}", strange=strange[0])
            )
        self.positions = [at for at, _ in self.industries] + [at for at, _ in finals]
        self.total = next((at for at, x in layout.columns.items() if x.kind == "output"), -1)
        if self.total >= 0:
            self.positions.append(self.total)
        self.width = len(self.industries)
        self.buyer = np.array([self.at_n[x.economy] for _, x in self.industries])
        self.user = np.array([self.at_j[x.sector] for _, x in self.industries])
        self.final_buyer = np.array([self.at_n[x.economy] for _, x in finals])
        read = tr("read as {count} and {count_2}", count=len(self.economies), count_2=len(self.sectors))
        self.notes = [
            tr("{count} economies and {count_2} sectors, {read}", count=len(own), count_2=len(sectors), read=read)
        ]

    def empty(self) -> _Sums:
        n, j = len(self.economies), len(self.sectors)
        flows = (j, n, n)
        return _Sums(np.zeros(flows), np.zeros(flows), np.zeros((n, j, j)), np.zeros(self.width), np.zeros(self.width))

    def take(self, sums: _Sums, label: Label, cells: Array) -> None:
        """One row."""
        industries, final = cells[: self.width], cells[self.width :]
        if label.kind == "industry":
            n, j = len(self.economies), len(self.sectors)
            seller, sector = self.at_n[label.economy], self.at_j[label.sector]
            total = float(final[-1]) if self.total >= 0 else float("nan")
            final = final[: len(self.final_buyer)]
            sums.intermediate[sector, :, seller] += np.bincount(self.buyer, industries, n).astype(np.float64)
            sums.final[sector, :, seller] += np.bincount(self.final_buyer, final, n).astype(np.float64)
            by_use = np.bincount(self.buyer * j + self.user, industries, n * j).astype(np.float64)
            sums.inputs[:, sector, :] += by_use.reshape(n, j)
            sums.used += industries
            sums.sold.append((label.printed, float(industries.sum() + final.sum()), total))
            sums.negative += [
                tr(
                    "{printed} to {printed_2}: {industries:g}",
                    printed=label.printed,
                    printed_2=self.industries[at][1].printed,
                    industries=industries[at],
                )
                for at in np.flatnonzero(industries < 0)
            ]
        elif label.kind == "output":
            sums.output = industries
        else:
            sums.between += industries
            sums.has_value_added |= label.kind == "value added"

    def refuse_gaps(self, seen: set[str]) -> None:
        """Every industry that buys also sells."""
        if missing := self.told - seen:
            raise UnreadableFileError(
                self.origin,
                tr(
                    "{count:,} industries have a column and no row: {missing}",
                    count=len(missing),
                    missing=", ".join(sorted(missing)[:_NAMED]),
                ),
                remedy=tr("Give the whole table."),
            )

    def checked(self, sums: _Sums) -> list[str]:
        """What could not be checked; refuses what does not add up."""
        notes = []
        if self.total >= 0:
            self._refuse("rows", sums.sold)
        else:
            notes.append(tr("there is no column of totals: rows were held against nothing"))
        if sums.output is not None and sums.has_value_added:
            made = sums.used + sums.between
            names = [label.printed for _, label in self.industries]
            self._refuse("columns", list(zip(names, made.tolist(), sums.output.tolist(), strict=True)))
        else:
            notes.append(tr("there is no row of output or of value added: columns were held against nothing"))
        return notes

    def _refuse(self, what: str, sums: Sequence[tuple[str, float, float]]) -> None:
        largest = max(abs(total) for _, _, total in sums)
        off = [s for s in sums if not abs(s[1] - s[2]) <= _OFF * abs(s[2]) + _ROUNDED * largest]
        if off:
            worst = sorted(off, key=lambda s: -abs(s[1] - s[2]))[:_NAMED]
            raise BadInputError(
                tr(
                    "{origin}: {count:,} {what} that do not add up to their total",
                    origin=self.origin,
                    count=len(off),
                    what=what,
                ),
                found="; ".join(
                    tr("{name} adds up to {made:.6g}, total {total:.6g}", name=name, made=made, total=total)
                    for name, made, total in worst
                ),
                allowed=tr("both alike to {off:g}", off=_OFF),
                remedy=tr("Mend these, or get the file again."),
            )


def _places(kind: str, known: Sequence[str], groups: dict[str, tuple[str, ...]]) -> dict[str, int]:
    into = membership(kind, known, groups)
    return {name: int(at) for name, at in zip(known, into.argmax(axis=1), strict=True)}


def _numbers(cells: Sequence[str | None], positions: list[int], layout: Layout, origin: str, line: int) -> Array:
    try:
        numbers = np.array([cells[at] for at in positions], dtype=np.float64)
    except (ValueError, TypeError, IndexError):
        numbers = np.array([np.nan])
    if np.isfinite(numbers).all():
        return numbers
    for at in positions:
        cell = cells[at] if at < len(cells) else None
        if not _is_number(cell):
            problem = (
                tr("{cell!r} where a number belongs", cell=cell) if cell else tr("an empty cell where a number belongs")
            )
            raise UnreadableFileError(origin, problem, line=line, column=layout.columns[at].printed)
    raise UnreadableFileError(origin, tr("a row that is no row of numbers"), line=line)


def _is_number(cell: str | None) -> bool:
    try:
        return bool(np.isfinite(float(cell or "")))
    except ValueError:
        return False


def _final(final: Array, shape: _Shape, negative: str, notes: list[str]) -> Array:
    below = final < 0
    if not below.any():
        return final
    j, n, i = np.argwhere(below)[int(np.argmin(final[below]))]
    economies, sectors = list(shape.economies), list(shape.sectors)
    said = tr(
        "{total:,} final sales below 0, {value:,.6g} in all, as falls in stocks make them",
        total=below.sum(),
        value=-final[below].sum(),
    )
    if negative == "refuse":
        raise BadInputError(
            f"{shape.origin}: {said}",
            found=tr(
                "{sectors} of {economies} to {economies_2}: {final:.6g}",
                sectors=sectors[j],
                economies=economies[i],
                economies_2=economies[n],
                final=final[j, n, i],
            ),
            allowed=tr("0 or more"),
            remedy=tr(
                'Set them to 0 with negative_final="zero", which counts them, or join more economies and sectors.'
            ),
        )
    notes.append(tr("{said}, are set to 0", said=said))
    return np.maximum(final, 0)
