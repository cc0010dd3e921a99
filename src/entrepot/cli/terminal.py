"""Tables on a terminal: they fit its width, and what is left out is said. Piped a row is a line, nothing folded."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import tells_doubt
from entrepot.core.words.amounts import counted
from entrepot.core.words.told_cells import length, told
from entrepot.core.words.translate import number, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

# Columns of a table where nothing says how wide it is: whatever its cells need. A program reads a row a line, as it
# reads git's and gh's; until November 2026 it was 160, at which long cells were folded and columns left out.
_WIDE_WHEN_PIPED = 1_000_000
_PROSE_WHEN_PIPED = 80  # of the sentences above and below it, which are read and not lined up
_WIDEST = 34  # characters of a text column before it folds
_WIDEST_UNFOLDED = 12  # ids, dates and numbers stay on one line
_NARROWEST = 20  # characters below which folded text cannot be read
# Columns that say why a row is as it is: without them a figure that is no answer reads as one. Where one has no room
# beside the others it stands under its row.
_WHY = frozenset({"reason", "why", "why_not", "consistent_with"})
_UNDER = "\N{INFORMATION SEPARATOR ONE}"  # holds the place of such a line: no cell has it, controls being escaped
_LEAST_CAP = 6  # characters at which a column that is always shown stops shrinking
_GAP = 3  # characters between two columns, as `table` draws them
_ABSENT = "–"
# Lines and columns within a cell of the user's: a row of a table is one line.
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_FIGURE = re.compile(r"[–\d,.:−-]*")  # a number, a day, or the dash of an absence
_LONGEST_FIGURE = 16  # characters: tens of trillions with their commas fit
# From here on a fraction is no longer shown: the six figures that estimates are written with stand before the point.
_WHOLE_FROM = 100_000


def width() -> int:
    """Columns of the terminal, COLUMNS where set; no bound when the output is piped."""
    return shutil.get_terminal_size((100, 24)).columns if is_told() else _WIDE_WHEN_PIPED


def is_told() -> bool:
    """Whether a terminal, or COLUMNS, says how wide it is."""
    return "COLUMNS" in os.environ or (sys.stdout is not None and sys.stdout.isatty())


def prose_width() -> int:
    """Columns of sentences beside a table: those of the terminal; 80 when the output is piped."""
    return width() if is_told() else _PROSE_WHEN_PIPED


def has_colour() -> bool:
    """Whether standard output is a terminal that shows colours and nobody asked for none (NO_COLOR, TERM=dumb)."""
    asked_for_none = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return sys.stdout is not None and sys.stdout.isatty() and not asked_for_none


def coloured(text: str) -> str:
    """A text whose headings begin at the margin: these bold, addresses in colour; as it is where none is shown.

    Args:
        text: with no control characters but line feeds.
    """
    if not has_colour():
        return text
    return "\n".join(_styled(line) for line in text.split("\n"))


def _styled(line: str) -> str:
    import click

    if line.strip().startswith(("http://", "https://")):
        return click.style(line, fg="cyan")
    return click.style(line, bold=True) if line[:1].strip() else line


def _set_apart(shown: Sequence[str], rows: list[dict[str, str]]) -> list[str]:
    """The columns that say the same in every row; none of a table of one row, which has nothing to differ from."""
    if len(rows) < 2:  # noqa: PLR2004
        return []
    return [n for n in shown if len({r[n] for r in rows}) == 1]


def table_text(
    data: pa.Table, columns: Sequence[str] = (), always: Sequence[str] = (), *, constants: bool = True
) -> str:
    """The table as text that fits the terminal; columns that do not fit are named under it.

    A column in which a row says that it is no plain fact (alleged, estimated: `core.contract.DOUBTS`) always stands.
    One that says why a row is as it is (`_WHY`) stands under the row where it does not fit beside the others.

    Args:
        data: the table.
        columns: those to show, in order; empty for all.
        always: of these, those that are folded rather than left out, unless they are empty throughout.
        constants: whether what is the same in every row takes a column; else it is said once above the table.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    rows = [{n: told(n, cell(v)) for n, v in row.items()} for row in data.to_pylist()]
    asked = [c for c in columns if c in data.column_names] or list(data.column_names)
    doubts = [n for n in data.column_names if tells_doubt(n, data.column(n).to_pylist())]
    asked += [n for n in doubts if n not in asked]
    same = [] if constants else _set_apart(asked, rows)
    kept = [n for n in _kept(always, [n for n in doubts if n not in same], asked, rows) if n not in same]
    shown = _fitting([n for n in asked if n not in same], rows, kept)
    cap = _cap(kept, rows)
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in shown:
        numeric = str(data.schema.field(name).type) in {"int64", "double"}
        least = min(_WIDEST_UNFOLDED, cap, max((length(r[name]) for r in rows), default=0))
        # A column that may not shrink says so by its width: what must not fold is not cut off either.
        is_fixed = cap < _WIDEST and _are_figures(name, rows)
        grid.add_column(
            tr(name.replace("_", " ")),
            justify="right" if numeric else "left",
            overflow="fold",
            min_width=least,
            width=_need(name, rows, cap) - _GAP if is_fixed else None,
        )
    under = [n for n in asked if n in _WHY and n not in (*shown, *same)]
    below = [_below(row, under) for row in rows]
    for row, lines in zip(rows, below, strict=True):
        grid.add_row(*[row[n] for n in shown])
        if lines:
            grid.add_row(_UNDER)
    out = io.StringIO()
    Console(file=out, width=width(), highlight=False, markup=False, emoji=False).print(grid)
    drawn = _put_under(out.getvalue().splitlines(), [lines for lines in below if lines])
    told_below = [n for n in under if any(row[n] not in {_ABSENT, ""} for row in rows)]
    rest = [n for n in data.column_names if n not in (*shown, *told_below) and (n not in same or rows[0][n] == _ABSENT)]
    note = counted(data.num_rows, "row") + (
        tr("; not shown: {rest} (--format csv has all)", rest=", ".join(rest)) if rest else ""
    )
    alike = [f"{tr(n.replace('_', ' '))} {rows[0][n]}" for n in same if rows[0][n] not in {_ABSENT, ""}]
    above = [tr("In every row: {told}", told="; ".join(alike))] if alike else []
    lines = [line for said in above for line in textwrap.wrap(said, prose_width())]
    lines += drawn + textwrap.wrap(note, prose_width())
    return "\n".join(lines) + "\n"


def _below(row: dict[str, str], under: Sequence[str]) -> list[str]:
    """The lines under a row that say why it is as it is; none where it does not say."""
    said = [f"{tr(n.replace('_', ' '))}: {row[n]}" for n in under if row[n] not in {_ABSENT, ""}]
    indent = " " * _GAP
    return [
        line for text in said for line in textwrap.wrap(text, width(), initial_indent=indent, subsequent_indent=indent)
    ]


def _put_under(drawn: Sequence[str], below: Sequence[list[str]]) -> list[str]:
    """The lines of a table with those that stand under a row in the places that were held for them."""
    rest, out = iter(below), []
    for line in drawn:
        out += next(rest) if line.strip(" ") == _UNDER else [line.rstrip()]
    return out


def _kept(always: Sequence[str], doubts: Sequence[str], asked: Sequence[str], rows: list[dict[str, str]]) -> list[str]:
    """Columns that are never left out: those asked for, those that tell doubt, and then the key that says of what."""
    kept = [c for c in always if any(r[c] != _ABSENT for r in rows)]
    if not doubts or kept:
        return [*kept, *(n for n in doubts if n not in kept)]
    return list(dict.fromkeys((*asked[:2], *doubts)))


def _need(name: str, rows: list[dict[str, str]], cap: int) -> int:
    """Characters of a column with its gap, long text folded at a cap; a number or a day is read whole."""
    longest = max((length(r[name]) for r in rows), default=0)
    return max(min(len(name), cap), longest if _are_figures(name, rows) else min(longest, cap)) + _GAP


def _are_figures(name: str, rows: list[dict[str, str]]) -> bool:
    return all(len(r[name]) <= _LONGEST_FIGURE and _FIGURE.fullmatch(r[name]) for r in rows)


def _cap(always: Sequence[str], rows: list[dict[str, str]]) -> int:
    """Where text folds, so that the columns that are always shown stand side by side."""
    cap = _WIDEST
    while cap > _LEAST_CAP and sum(_need(n, rows, cap) for n in always) > width() + _GAP:
        cap -= 1
    return cap


def _fitting(names: list[str], rows: list[dict[str, str]], always: Sequence[str]) -> list[str]:
    """The columns always shown, and the first others that fit beside them, each at the width its cells need.

    A long text that does not fit whole takes what is left, where that is enough to read; short cells are not folded.
    """
    taken = set(always)
    left = width() - sum(_need(n, rows, _cap(always, rows)) for n in always)
    for name in names:
        if name in taken:
            continue
        longest = max((length(r[name]) for r in rows), default=0)
        need = max(len(name), min(longest, _WIDEST)) + _GAP
        if taken and need > left:
            if longest <= _WIDEST or left < _NARROWEST + _GAP:
                continue
            need = left
        taken.add(name)
        left -= need
    return [n for n in names if n in taken]


def cell(value: Any) -> str:
    """A cell as text: an absence is a dash, a list is joined, spaces and line breaks are one, controls are escaped."""
    if value is None:
        return _ABSENT
    if isinstance(value, float):
        return number(f"{value:,.6f}".rstrip("0").rstrip(".") if abs(value) < _WHOLE_FROM else f"{value:,.0f}")
    joined = "; ".join(str(v) for v in value) if isinstance(value, list) else str(value)
    text = "".join(" " if unicodedata.category(c) == "Zs" else c for c in _BREAKS.sub(" ", joined))
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
