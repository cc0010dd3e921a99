"""Rows of a table held as columns of numbers: each text once, and dicts made only of the rows that are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, overload

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import numpy.typing as npt
    import pyarrow as pa

Row: TypeAlias = dict[str, Any]
Numbers: TypeAlias = "npt.NDArray[np.integer[Any]]"

_AT_ONCE = 50_000  # rows that are dicts at a time while all are gone through: some 60 MB
_OFTEN = 4  # rows a text on average, from which on a number in its place takes less memory than the text


class _Coded(NamedTuple):
    """A column of few values: the place of each row's among `values`, of which None is one where a row says nothing."""

    codes: Numbers
    values: npt.NDArray[np.object_]

    def at(self, places: Numbers) -> list[Any]:
        found: list[Any] = self.values[self.codes[places]].tolist()
        return found

    def take(self, places: Numbers) -> _Coded:
        return _Coded(self.codes[places], self.values)


class _Plain(NamedTuple):
    """A column of which most values stand once."""

    held: pa.Array

    def at(self, places: Numbers) -> list[Any]:
        found: list[Any] = self.held.take(_arrow(places)).to_pylist()
        return found

    def take(self, places: Numbers) -> _Plain:
        return _Plain(self.held.take(_arrow(places)))


class CodedRows(Sequence[Row]):
    """Rows as columns.

    Attributes:
        columns: each by its name, all of one length.
    """

    __slots__ = ("_count", "_numbered", "columns")

    def __init__(self, columns: Mapping[str, _Coded | _Plain], count: int) -> None:
        self.columns = dict(columns)
        self._count = count
        # What was asked of columns of which each text stands about once: the next rule asks it again.
        self._numbered: dict[tuple[str, Callable[[Any], int]], Numbers] = {}

    @classmethod
    def of(cls, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> CodedRows:
        """The rows of batches, which may go as soon as they were read.

        Args:
            batches: under `schema`.
            schema: of them.
        """
        told: dict[str, list[pa.Array]] = {name: [] for name in schema.names}
        count = 0
        for batch in batches:
            count += batch.num_rows
            for name, some in told.items():
                some.append(_shorter(batch.column(name)))
        columns = {}
        for field in schema:
            columns[field.name] = _column(told.pop(field.name), field.type)
            _give_back()
        return cls(columns, count)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        places = np.arange(self._count)[at]
        return self.at(places) if isinstance(at, slice) else self.at(np.atleast_1d(places))[0]

    def __iter__(self) -> Iterator[Row]:
        for begin in range(0, self._count, _AT_ONCE):
            yield from self.at(np.arange(begin, min(begin + _AT_ONCE, self._count)))

    def at(self, places: Numbers) -> list[Row]:
        """The rows in some places, in their order."""
        names = list(self.columns)
        return [
            dict(zip(names, row, strict=True))
            for row in zip(*(c.at(places) for c in self.columns.values()), strict=True)
        ]

    def take(self, places: Numbers) -> CodedRows:
        """The rows in some places, as columns."""
        made = CodedRows({name: c.take(places) for name, c in self.columns.items()}, len(places))
        made._numbered = {asked: found[places] for asked, found in self._numbered.items()}
        return made

    def with_columns(self, other: CodedRows) -> CodedRows:
        """These rows with the columns of as many others beside; a column of both is the other's."""
        return CodedRows(self.columns | other.columns, self._count)

    def put(self, columns: Iterable[str], instead: Mapping[str, str]) -> CodedRows:
        """The rows with other texts in some columns; a text that is not in `instead` stays."""
        new = {c: _put(self.columns[c], instead) for c in columns if c in self.columns}
        return CodedRows(self.columns | new, self._count)

    def numbered(self, column: str, number: Callable[[Any], int]) -> Numbers:
        """A number by row for what its column says; `number` is asked once a text where texts stand often.

        Args:
            column: of what.
            number: of a value, of None where a row says nothing; 64 bits.
        """
        held = self.columns[column]
        if isinstance(held, _Coded):
            return np.fromiter(map(number, held.values), np.int64, len(held.values))[held.codes]
        if (column, number) not in self._numbered:
            some = (held.held[begin : begin + _AT_ONCE].to_pylist() for begin in range(0, self._count, _AT_ONCE))
            every = (number(v) for values in some for v in values)
            self._numbered[column, number] = np.fromiter(every, np.int64, self._count)
        return self._numbered[column, number]

    def whole(self, column: str) -> Numbers:
        """The numbers of a column of whole numbers, none of which is missing."""
        held = self.columns[column]
        if isinstance(held, _Coded):
            return held.values.astype(np.int64)[held.codes]
        found: Numbers = held.held.to_numpy(zero_copy_only=False)
        return found


def _arrow(places: Numbers) -> pa.Array:
    import pyarrow as pa

    return pa.array(places)


def _give_back() -> None:
    """What Arrow holds for later: of ten million rows a gigabyte."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


def _shorter(column: pa.Array) -> pa.Array:
    """A column with each value once, where that is shorter; else a copy, for a column holds the whole of its batch."""
    import pyarrow as pa

    coded = column.dictionary_encode()
    return coded if len(coded.dictionary) * _OFTEN <= len(column) else pa.concat_arrays([column])


def _column(some: list[pa.Array], kind: pa.DataType) -> _Coded | _Plain:
    import pyarrow as pa

    is_coded = bool(some) and all(pa.types.is_dictionary(c.type) for c in some)
    if not is_coded:
        plain = pa.chunked_array([c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in some], kind)
        return _Plain(plain.combine_chunks())
    chunks = pa.chunked_array(some).unify_dictionaries().chunks
    said = chunks[0].dictionary.to_pylist()
    codes = np.concatenate([c.indices.fill_null(len(said)).to_numpy() for c in chunks])
    is_open = any(c.null_count for c in chunks)
    values = np.empty(len(said) + is_open, dtype=object)  # the last is None
    values[: len(said)] = said
    return _Coded(codes, values)


def _put(held: _Coded | _Plain, instead: Mapping[str, str]) -> _Coded | _Plain:
    if isinstance(held, _Coded):
        return _Coded(held.codes, np.array([instead.get(v, v) for v in held.values], dtype=object))
    import pyarrow as pa

    return _Plain(pa.array([instead.get(v, v) for v in held.held.to_pylist()], held.held.type))
