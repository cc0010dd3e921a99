"""Arrow arrays made from their buffers.

pyarrow's own builders import pandas where it is installed, which costs a second and 60 MB in every process; polars half
of that. A process that only screens needs neither.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    from entrepot.core.contract import Contract


def texts(values: Sequence[str | None]) -> pa.Array:
    """A string array; what UTF-8 cannot hold (lone surrogates) is replaced by a question mark."""
    import pyarrow as pa

    given = [v or "" for v in values]
    whole = "".join(given)
    if whole.isascii():  # a letter is a byte: encoded in one go
        data, offsets = whole.encode(), _offsets(list(map(len, given)))
    else:
        pieces = [v.encode("utf-8", "replace") for v in given]
        data, offsets = b"".join(pieces), _offsets(list(map(len, pieces)))
    return pa.Array.from_buffers(pa.string(), len(given), [_validity(values), offsets, pa.py_buffer(data)])


def numbers(values: NDArray[Any]) -> pa.Array:
    """An array over the memory of a numpy array of numbers, nothing copied."""
    import numpy as np
    import pyarrow as pa

    values = np.ascontiguousarray(values)
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, pa.py_buffer(values)])


def as_numpy(array: pa.Array) -> NDArray[Any]:
    """A numpy array over the memory of an array of numbers without absences, nothing copied."""
    import numpy as np

    dtype: np.dtype[Any] = np.dtype(array.type.to_pandas_dtype())
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(0, dtype)
    return np.frombuffer(buffer, dtype)[array.offset : array.offset + len(array)]


def batch(contract: Contract, rows: Sequence[dict[str, Any]]) -> pa.RecordBatch:
    """Rows (dicts; a missing key is an absence) as a record batch of the contract's types, not checked."""
    import pyarrow as pa

    from entrepot.core.contract import arrow_schema

    schema = arrow_schema(contract)
    arrays = [_column(f.type, [r.get(f.name) for r in rows]) for f in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _column(kind: pa.DataType, values: list[Any]) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    if pa.types.is_string(kind):
        return texts(values)
    if pa.types.is_list(kind):
        lists = [v or [] for v in values]
        inner = texts([t for v in lists for t in v])
        buffers = [_validity(values), _offsets([len(v) for v in lists])]
        return pa.Array.from_buffers(kind, len(values), buffers, children=[inner])
    filled = np.array([0 if v is None else v for v in values], dtype=kind.to_pandas_dtype())
    return pa.Array.from_buffers(kind, len(values), [_validity(values), pa.py_buffer(filled)])


def _validity(values: Sequence[Any]) -> pa.Buffer | None:
    import numpy as np
    import pyarrow as pa

    if None not in values:
        return None
    return pa.py_buffer(np.packbits([v is not None for v in values], bitorder="little"))


def _offsets(lengths: Sequence[int]) -> pa.Buffer:
    import numpy as np
    import pyarrow as pa

    return pa.py_buffer(np.fromiter(accumulate(lengths, initial=0), dtype=np.int32, count=len(lengths) + 1))
