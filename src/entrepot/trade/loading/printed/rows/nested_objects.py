"""Objects within the rows of an answer, as OData gives what is joined by $expand: each of their keys as a column."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl


def with_objects(frame: pl.DataFrame, nested: Iterable[str]) -> pl.DataFrame:
    """A table in which columns of objects are a column of each of their keys, under the key's own name.

    A key that the rows have too, as the number by which they are joined, is left to the rows.

    Args:
        frame: cells as text, objects as JSON.
        nested: the columns that hold objects or lists.
    """
    import polars as pl

    for name in (c for c in nested if c in frame.columns):
        cells = frame[name].drop_nulls()
        if not cells.len() or not cells.str.starts_with("{").all():
            continue
        objects = [json.loads(cell) if cell else {} for cell in frame[name].to_list()]
        keys = dict.fromkeys(key for one in objects for key in one)
        columns = {key: [_text(one.get(key)) for one in objects] for key in keys if key not in frame.columns}
        made = [pl.Series(key, values, dtype=pl.String()) for key, values in columns.items()]
        frame = frame.drop(name).with_columns(made)
    return frame


def _text(value: object) -> str | None:
    """A value of an object as the cells of a table are; a list or an object within it stays JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
