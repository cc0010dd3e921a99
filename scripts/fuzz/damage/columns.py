"""Damage to Parquet: columns of other types, names twice, no rows, other ways of writing it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from fuzz.damage.odd import NUMBERS, TEXTS_ODD

if TYPE_CHECKING:
    from random import Random

    import pyarrow as pa

_ROWS = 200  # values of a column made here


def _read(data: bytes) -> pa.Table | None:
    from pyarrow import parquet

    try:
        return parquet.read_table(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - damaged before: then it is damaged blindly only
        return None


def written(table: pa.Table, **how: Any) -> bytes:
    """A table as Parquet."""
    from pyarrow import parquet

    out = io.BytesIO()
    parquet.write_table(table, out, **how)
    return out.getvalue()


def _made(draw: Random, count: int) -> pa.Array:
    """A column of another type."""
    import pyarrow as pa

    odd = [draw.choice((*TEXTS_ODD, *NUMBERS)) for _ in range(min(count, _ROWS))]
    values = [odd[i % len(odd)] if odd else "" for i in range(count)]
    kinds: tuple[Any, ...] = (
        lambda: pa.array(values, pa.large_string()),
        lambda: pa.array([v.encode("utf-8", "replace") for v in values], pa.binary()),
        lambda: pa.array(values).dictionary_encode(),
        lambda: pa.nulls(count),
        lambda: pa.nulls(count, pa.string()),
        lambda: pa.array([float("nan")] * count),
        lambda: pa.array([2**62] * count, pa.int64()),
        lambda: pa.array([2**64 - 1] * count, pa.uint64()),
        lambda: pa.array([i % 2 == 0 for i in range(count)]),
        lambda: pa.array([2**61] * count, pa.timestamp("us")),
        lambda: pa.array([1_700_000_000_000_000_001] * count, pa.timestamp("ns", "Asia/Urumqi")),
        lambda: pa.array([-800_000] * count, pa.date32()),
        lambda: pa.array([2_000_000] * count, pa.date32()),
        lambda: pa.array([86_399_999_999] * count, pa.time64("us")),
        lambda: pa.array([2**60] * count, pa.duration("us")),
        lambda: pa.array([[v] for v in values]),
        lambda: pa.array([{"name": v} for v in values]),
        lambda: pa.array([[("a", v)] for v in values], pa.map_(pa.string(), pa.string())),
        lambda: pa.array([b"\xff\xfe\0"] * count, pa.binary(3)),
        lambda: pa.array([1] * count, pa.decimal128(38, 10)),
        lambda: pa.array([1.5] * count, pa.float16()) if hasattr(pa, "float16") else pa.nulls(count),
    )
    try:
        return draw.choice(kinds)()
    except Exception:  # noqa: BLE001 - a type that this version does not make of these values
        return pa.nulls(count)


def column(draw: Random, data: bytes) -> bytes:
    """A column of another type, left out, renamed or added."""
    table = _read(data)
    if table is None or not table.num_columns:
        return data
    at = draw.randrange(table.num_columns)
    names = list(table.column_names)
    match draw.choice(("type", "type", "type", "drop", "rename", "add")):
        case "type":
            table = table.set_column(at, names[at], _made(draw, table.num_rows))
        case "drop":
            table = table.remove_column(at)
        case "rename":
            names[at] = draw.choice((*TEXTS_ODD[:40], *names, "row", "0"))
            table = table.rename_columns(names)
        case _:
            table = table.append_column(draw.choice((*names, "x", "row", "")), _made(draw, table.num_rows))
    return _again(table, data)


def rows(draw: Random, data: bytes) -> bytes:
    """No rows, one, or many."""
    import pyarrow as pa

    table = _read(data)
    if table is None:
        return data
    return _again(draw.choice((table.slice(0, 0), table.slice(0, 1), pa.concat_tables([table] * 50))), data)


def writing(draw: Random, data: bytes) -> bytes:
    """Written in another way: codec, version, dictionaries, groups of rows."""
    table = _read(data)
    if table is None:
        return data
    how = {
        "compression": draw.choice(("none", "gzip", "snappy", "zstd", "brotli", "lz4")),
        "use_dictionary": draw.random() < 0.5,
        "row_group_size": draw.choice((1, 3, 1000)),
        "data_page_version": draw.choice(("1.0", "2.0")),
        "version": draw.choice(("1.0", "2.4", "2.6")),
    }
    return _again(table, data, **how)


def _again(table: pa.Table, before: bytes, **how: Any) -> bytes:
    try:
        return written(table, **how)
    except Exception:  # noqa: BLE001 - Parquet does not hold every type
        return before


ACTS = (column, column, column, rows, writing)
