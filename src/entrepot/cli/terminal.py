"""Tables on a terminal: they fit its width, and what is cut is said."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

_WIDE_WHEN_PIPED = 160  # columns, where no terminal says how wide it is
_FEWEST = 9  # narrowest useful column


def width() -> int:
    """Columns of the terminal; 160 when the output is piped, COLUMNS where set."""
    if "COLUMNS" in os.environ or sys.stdout.isatty():
        return shutil.get_terminal_size((100, 24)).columns
    return _WIDE_WHEN_PIPED


def table_text(data: pa.Table, columns: Sequence[str] = ()) -> str:
    """The table as text that fits the terminal; columns that do not fit are named under it."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    names = [c for c in columns if c in data.column_names] or list(data.column_names)
    room = max(1, width() // _FEWEST)
    shown, hidden = names[:room], names[room:]
    grid = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in shown:
        field = data.schema.field(name)
        numeric = str(field.type) in {"int64", "double"}
        grid.add_column(name.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in data.select(shown).to_pylist():
        grid.add_row(*[cell(row[n]) for n in shown])
    out = io.StringIO()
    Console(file=out, width=width(), highlight=False, markup=False, emoji=False).print(grid)
    rest = [n for n in data.column_names if n not in shown]
    note = f"{data.num_rows} rows"
    if rest:
        note += f"; not shown: {', '.join(rest)} (use --format csv)"
    assert hidden is not None
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + f"\n{note}\n"


def cell(value: Any) -> str:
    """A cell as text: an absence is a dash, a list is joined, control characters are shown escaped."""
    if value is None:
        return "–"
    if isinstance(value, list):
        return "; ".join(str(v) for v in value)
    if isinstance(value, float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    text = str(value)
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
