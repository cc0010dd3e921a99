"""What every command shares: output options, the store option, and printing a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from entrepot.core import output

if TYPE_CHECKING:
    import pyarrow as pa

F = TypeVar("F", bound=Callable[..., Any])


def table_options(command: F) -> F:
    """Add --format and --out to a command that prints a table."""
    command = click.option(
        "--out",
        "out",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write to FILE (written whole or not at all); the ending chooses the format.",
    )(command)
    return click.option(
        "--format",
        "fmt",
        type=click.Choice(output.FORMATS),
        help="Output format. Default: table on the terminal, else by the ending of --out.",
    )(command)


def store_option(command: F) -> F:
    """Add --store to a command that keeps what it shows."""
    return click.option(
        "--store",
        "store",
        type=click.Path(file_okay=False),
        help="Folder of the store. Default: ENTREPOT_STORE, else the platform's data directory.",
    )(command)


def as_of_option(command: F) -> F:
    """Add --as-of."""
    return click.option(
        "--as-of",
        "as_of",
        metavar="DATE",
        help="Answer as of this day (2024-11-24), or the last day of a month (2024-11) or year. Default: today.",
    )(command)


def echo_utf8(text: str) -> None:
    """Print what a program reads: in UTF-8, whatever the terminal's encoding is."""
    click.echo(text.encode(), nl=False)


def emit(
    data: pa.Table,
    fmt: str | None,
    out: Path | None,
    *,
    columns: tuple[str, ...] = (),
    always: tuple[str, ...] = (),
) -> None:
    """Print or write a table.

    Args:
        data: the table.
        fmt: --format.
        out: --out.
        columns: the columns a terminal table shows; files always carry all.
        always: of these, those that are shown however narrow it is.
    """
    chosen = output.format_of(out, fmt)
    if out is not None and chosen != "table":
        output.write(data, out, chosen)
        click.echo(f"{data.num_rows} rows written to {out}", err=True)
        return
    if chosen in {"parquet", "xlsx"}:
        raise click.UsageError(f"--format {chosen} needs --out FILE.")
    if chosen == "csv":
        echo_utf8(output.to_csv(data))
    elif chosen == "json":
        echo_utf8(output.to_json(data))
    else:
        from entrepot.cli.terminal import table_text

        text = table_text(data, columns, always)
        if out is not None:
            from entrepot.core.files import write_text

            write_text(out, text)
        else:
            click.echo(text, nl=False)
