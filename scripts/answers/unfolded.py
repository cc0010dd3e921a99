"""Print the content of a file that is no text, so that two can be compared line by line.

    python scripts/answers/unfolded.py FILE [FILE…]

Writes FILE.txt beside each: of a store or a table its columns, what is said of them, and a JSON object a row; of a
workbook its parts. Needs duckdb and pyarrow, those of the environment that wrote the files. The rows of a store are
sorted, for a table of it has no order.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main() -> None:
    """Unfold the files named."""
    for name in sys.argv[1:]:
        path = Path(name)
        lines = UNFOLDS[path.suffix](path)
        path.with_name(f"{path.name}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _store(path: Path) -> Iterator[str]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as con:
        tables = con.execute("SELECT table_name, sql FROM duckdb_tables() ORDER BY table_name").fetchall()
        for table, sql in tables:
            yield f"table {table}: {sql}"
            name = '"{}"'.format(table.replace('"', '""'))
            rows = con.execute(f"SELECT * FROM {name}")  # noqa: S608 - a table of the file itself
            columns = [d[0] for d in rows.description or ()]
            yield from sorted(_row(dict(zip(columns, row, strict=True))) for row in rows.fetchall())


def _parquet(path: Path) -> Iterator[str]:
    import pyarrow.parquet as pq

    yield from _table(pq.read_table(path))


def _arrow(path: Path) -> Iterator[str]:
    import pyarrow as pa

    with pa.OSFile(str(path)) as source:
        yield from _table(pa.ipc.open_file(source).read_all())


def _table(table: Any) -> Iterator[str]:
    for key, value in sorted((table.schema.metadata or {}).items()):
        yield f"metadata {key!r}: {value!r}"
    for field in table.schema:
        yield f"column {field.name}: {field.type}{'' if field.nullable else ', never empty'} {field.metadata or ''}"
    for batch in table.to_batches(max_chunksize=10_000):
        yield from map(_row, batch.to_pylist())


def _row(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, default=str)


def _workbook(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            yield f"part {name}"
            yield from archive.read(name).decode("utf-8", errors="backslashreplace").replace("><", ">\n<").splitlines()


UNFOLDS = {".duckdb": _store, ".parquet": _parquet, ".arrow": _arrow, ".xlsx": _workbook}

if __name__ == "__main__":
    main()
