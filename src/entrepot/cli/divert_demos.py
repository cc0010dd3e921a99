"""`entrepot divert demos`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from entrepot.cli.options import emit, say, table_options

if TYPE_CHECKING:
    from pathlib import Path


@click.command("demos", epilog="Example: entrepot divert demos")
@table_options
def demos(fmt: str | None, out: Path | None) -> None:
    """List the scans that need no file: each looks at flows that come with Entrepot.

    `entrepot divert --demo NAME` asks one; `--demo` alone lists them too.
    """
    from entrepot.desk.demos import demos as verb

    there = verb()
    emit(there.table, fmt, out, columns=("demo", "title", "missing"))
    say(there.notes)
