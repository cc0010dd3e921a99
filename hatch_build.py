"""Packs the tables of the package where a wheel is built: in the repository they are text that a lawyer can read.

`core/tables/packaged.py` reads either.
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackedTables(BuildHookInterface):  # type: ignore[misc, type-arg]
    """Puts each `data/*.csv` into the wheel as `.csv.gz`, the same bytes each time."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Pack the tables, unless the folder itself is what is installed."""
        if version == "editable":
            return
        source = Path(self.root, "src")
        self.folder = tempfile.TemporaryDirectory()
        for table in sorted(source.glob("entrepot/**/data/*.csv")):
            inside = table.relative_to(source).as_posix()
            packed = Path(self.folder.name, inside.replace("/", "-") + ".gz")
            packed.write_bytes(gzip.compress(table.read_bytes(), 9, mtime=0))
            build_data["force_include"][str(packed)] = f"{inside}.gz"
