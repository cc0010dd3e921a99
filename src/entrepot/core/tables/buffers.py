"""Arrow arrays made from their buffers, and read as numbers.

pyarrow's own builders look for pandas and import it where it is installed, which costs a second, 60 MB and a longer
look at every collection of garbage. Commands bar it (`core.runtime.extras`); a program that imports Entrepot has it.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray


def texts(values: Sequence[str | None]) -> pa.Array:
    """A string array; what UTF-8 cannot hold (lone surrogates) is replaced by a question mark."""
    import numpy as np
    import pyarrow as pa

    given = [v or "" for v in values]
    whole = "".join(given)
    if whole.isascii():  # a letter is a byte: encoded in one go
        data, lengths = whole.encode(), list(map(len, given))
    else:
        pieces = [v.encode("utf-8", "replace") for v in given]
        data, lengths = b"".join(pieces), list(map(len, pieces))
    # Beyond 2 GiB the offsets overflow, and numpy says so.
    offsets = np.fromiter(accumulate(lengths, initial=0), dtype=np.int32, count=len(lengths) + 1)
    buffers = [_validity(values), pa.py_buffer(offsets), pa.py_buffer(data)]
    return pa.Array.from_buffers(pa.string(), len(given), buffers)


def is_encodable(text: str) -> bool:
    """Whether UTF-8 holds a text as it is: it has no lone surrogates."""
    return text.isascii() or text.encode("utf-8", "replace").decode("utf-8") == text


def is_storable(text: str) -> bool:
    """Whether tables, files and databases hold a text as it is: no lone surrogates, and no NUL."""
    return "\0" not in text and is_encodable(text)


def lists(values: Sequence[Sequence[str] | None], of: pa.ListType) -> pa.Array:
    """An array of lists of strings, of the type of such lists."""
    import numpy as np
    import pyarrow as pa

    given = [v or () for v in values]
    offsets = np.fromiter(accumulate(map(len, given), initial=0), dtype=np.int32, count=len(given) + 1)
    buffers = [_validity(values), pa.py_buffer(offsets)]
    return pa.Array.from_buffers(of, len(given), buffers, children=[texts([text for v in given for text in v])])


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


def _validity(values: Sequence[Any]) -> pa.Buffer | None:
    import numpy as np
    import pyarrow as pa

    if None not in values:
        return None
    return pa.py_buffer(np.packbits([v is not None for v in values], bitorder="little"))
