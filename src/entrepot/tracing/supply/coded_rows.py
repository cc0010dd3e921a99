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

    @property
    def texts(self) -> int:
        return len(self.values)

    def each(self) -> Iterable[Any]:
        return self.values

    def by_row(self, of_each: Numbers) -> Numbers:
        return of_each[self.codes]

    def whole(self) -> Numbers:
        return self.values.astype(np.int64)[self.codes]

    def at(self, places: Numbers) -> list[Any]:
        found: list[Any] = self.values[self.codes[places]].tolist()
        return found

    def take(self, places: Numbers) -> _Coded:
        return _Coded(self.codes[places], self.values)


class _Plain(NamedTuple):
    """A column of which most values stand once."""

    held: pa.Array

    @property
    def texts(self) -> int:
        return len(self.held)

    def each(self) -> Iterable[Any]:
        return (v for i in range(0, len(self.held), _AT_ONCE) for v in self.held[i : i + _AT_ONCE].to_pylist())

    @staticmethod
    def by_row(of_each: Numbers) -> Numbers:
        return of_each

    def whole(self) -> Numbers:
        found: Numbers = self.held.to_numpy(zero_copy_only=False)
        return found

    def at(self, places: Numbers) -> list[Any]:
        found: list[Any] = self.held.take(_arrow(places)).to_pylist()
        return found

    def take(self, places: Numbers) -> _Plain:
        return _Plain(self.held.take(_arrow(places)))


class CodedRows(Sequence[Row]):
    """Rows as columns; those that were chosen of others are their places in the same columns."""

    __slots__ = ("_columns", "_count", "_places", "_told")

    def __init__(self, columns: Mapping[str, _Coded | _Plain], count: int) -> None:
        """Rows of columns of one length.

        Args:
            columns: each by its name.
            count: how many rows they have.
        """
        self._columns = dict(columns)
        self._count = count
        self._places: Numbers | None = None
        # What was asked of a text, by column and question: the next rule asks it again.
        self._told: dict[tuple[str, Callable[[Any], int]], Numbers] = {}

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

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return list(self._columns)

    def at(self, places: Numbers) -> list[Row]:
        """The rows in some places, in their order."""
        names, held = self.names, self._of(places)
        cells = zip(*(c.at(held) for c in self._columns.values()), strict=True)
        return [dict(zip(names, row, strict=True)) for row in cells]

    def take(self, places: Numbers) -> CodedRows:
        """The rows in some places, as columns."""
        made = CodedRows(self._columns, len(places))
        made._places, made._told = self._of(places), self._told
        return made

    def with_columns(self, other: CodedRows) -> CodedRows:
        """These rows with the columns of as many others beside; a column of both is the other's."""
        return CodedRows(self.gathered() | other.gathered(), self._count)

    def gathered(self) -> dict[str, _Coded | _Plain]:
        """The columns with these rows and no others."""
        return {n: c if self._places is None else c.take(self._places) for n, c in self._columns.items()}

    def put(self, columns: Iterable[str], instead: Mapping[str, str]) -> CodedRows:
        """The rows with other texts in some columns; a text that is not in `instead` stays."""
        new = {c: _put(self._columns[c], instead) for c in columns if c in self._columns}
        made = CodedRows(self._columns | new, self._count)
        made._places = self._places
        return made

    def numbered(self, column: str, number: Callable[[Any], int]) -> Numbers:
        """A number by row for what its column says; `number` is asked once a text where texts stand often.

        Args:
            column: of what.
            number: of a value, of None where a row says nothing; 64 bits.
        """
        held, asked = self._columns[column], (column, number)
        if asked not in self._told:
            self._told[asked] = np.fromiter(map(number, held.each()), np.int64, held.texts)
        return self._here(held.by_row(self._told[asked]))

    def whole(self, column: str) -> Numbers:
        """The numbers of a column of whole numbers, none of which is missing."""
        return self._here(self._columns[column].whole())

    def _of(self, places: Numbers) -> Numbers:
        return places if self._places is None else self._places[places]

    def _here(self, by_row: Numbers) -> Numbers:
        return by_row if self._places is None else by_row[self._places]


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
