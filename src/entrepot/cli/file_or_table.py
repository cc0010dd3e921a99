"""What an option takes that names a file or a table of a Spark cluster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

PREFIX = "spark-table:"  # as screening/on_spark/cluster_tables.py has it, whose import waits for a command that runs


class FileOrTable(click.ParamType[Any]):
    """A path, or spark-table:NAME as it is typed: a path would lose the second of two slashes in it.

    Args:
        dir_okay: whether a folder may be given.
    """

    name = "path"

    def __init__(self, *, dir_okay: bool = True) -> None:
        self._path = click.Path(dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """A path, or the text of a table."""
        if isinstance(value, str) and value.startswith(PREFIX):
            return value
        found: Path = self._path.convert(value, param, ctx)
        return found

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Files."""
        return self._path.shell_complete(ctx, param, incomplete)
