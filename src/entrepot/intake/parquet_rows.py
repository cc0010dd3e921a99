"""Parquet, and tables in memory, as tables of text; read piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.words.translate import marked, tr
from entrepot.intake.decode import EMPTY
from entrepot.intake.limits import refuse_wide
from entrepot.intake.text_table import TextTable, as_text
from entrepot.intake.unpack import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    import polars as pl
    import pyarrow as pa

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import Numbered, Row
    from entrepot.intake.unpack import Content

_PIECE = 10_000  # rows turned to text at a time
BLOCK_ROWS = 500_000  # rows of a frame
IN_MEMORY = marked("a table in memory")


def read_parquet(content: Content, options: ReadingOptions) -> TextTable:
    """A Parquet file as a table.

    Raises:
        UnreadableFileError: it is empty or no Parquet file.
    """
    import pyarrow.parquet as pq

    origin, path = content.origin, content.laid_out()
    if not path.stat().st_size:
        raise UnreadableFileError(origin, tr("the file is empty"), allowed=EMPTY)

    def numbered() -> Iterator[Numbered]:
        with _Faults(origin), pq.ParquetFile(path) as file:
            number = 0
            for piece in file.iter_batches(batch_size=_PIECE, use_threads=False):
                for number, row in enumerate(_rows(piece, origin, options), number + 1):  # noqa: B020 - counted on
                    yield number, row

    def frames() -> Iterator[pl.DataFrame]:
        with _Faults(origin), pq.ParquetFile(path) as file:
            for piece in file.iter_batches(batch_size=BLOCK_ROWS):
                yield _frame(piece)

    with _Faults(origin), pq.ParquetFile(path) as file:
        schema: pa.Schema = file.schema_arrow
    refuse_wide(schema.names, origin)
    digest = sha256_of(content, options)
    return TextTable(origin, "parquet", list(schema.names), numbered, digest, nested=_nested(schema), fast=frames)


def of_frame(frame: Any) -> TextTable:
    """A table in memory, or any with `__arrow_c_stream__` (Arrow, polars, pandas).

    Raises:
        BadInputError: it is no table.
        UnreadableFileError: when the rows are read, that a column cannot be read as text.
    """
    table = arrow_of(frame, tr("parties"))

    def numbered() -> Iterator[Numbered]:
        pieces = table.to_batches(max_chunksize=_PIECE)
        return enumerate((row for piece in pieces for row in _rows(piece, tr(IN_MEMORY))), 1)

    return TextTable(
        tr(IN_MEMORY), "memory", [str(n) for n in table.column_names], numbered, nested=_nested(table.schema)
    )


def arrow_of(given: Any, called: str) -> pa.Table:
    """A table in memory as Arrow's: a column alone is a table of one, and a column of pandas of several types is text.

    Args:
        given: Arrow, polars, pandas, or any with `__arrow_c_stream__`.
        called: what its rows are, for a message.

    Raises:
        BadInputError: it is no table, or cannot be read as one.
    """
    import pyarrow as pa

    if isinstance(given, pa.Table):
        return given
    if not hasattr(given, "__arrow_c_stream__"):
        raise BadInputError(
            tr("{called} are neither a path nor a table", called=called),
            found=type(given).__name__,
            allowed=tr("a path, or an Arrow, polars or pandas table"),
        )
    if hasattr(given, "to_frame"):  # a column alone, of polars or of pandas, which may have no name
        given = given.to_frame(given.name or "name")
    try:
        return pa.table(given)
    except (pa.ArrowException, ValueError, TypeError, OverflowError) as exc:
        if hasattr(given, "iloc"):
            return _of_pandas(given)
        raise BadInputError(
            tr("{called} cannot be read as a table ({exc})", called=called, exc=str(exc).split("\n", maxsplit=1)[0]),
            found=type(given).__name__,
            allowed=tr("an Arrow, polars or pandas table"),
        ) from exc


def _of_pandas(frame: Any) -> pa.Table:
    """A frame of pandas that Arrow refuses: equal headings stay two columns, cells of several types are text."""
    import pyarrow as pa

    if any(name is not None for name in frame.index.names):  # a column that was made the index is one all the same
        frame = frame.reset_index(allow_duplicates=True)
    arrays = []
    for at in range(frame.shape[1]):
        cells = frame.iloc[:, at]
        try:
            arrays.append(pa.array(cells, from_pandas=True))
        except (pa.ArrowException, ValueError, TypeError, OverflowError):
            absent = cells.isna()
            texts = [None if gone else as_text(cell) for cell, gone in zip(cells, absent, strict=True)]
            arrays.append(pa.array(texts, pa.string()))
    return pa.Table.from_arrays(arrays, names=[str(name) for name in frame.columns])


def _rows(piece: pa.RecordBatch, origin: str, options: ReadingOptions | None = None) -> Iterator[Row]:
    import pyarrow as pa

    is_printed = options is not None and options.is_printed
    try:
        lists = [piece.column(i).to_pylist() for i in range(piece.num_columns)]
    except (pa.ArrowException, ValueError, OverflowError) as exc:
        raise UnreadableFileError(
            origin, tr("a column cannot be read ({exc})", exc=exc), allowed=tr("text columns")
        ) from exc
    for row in zip(*lists, strict=True):
        yield [as_text(c, is_printed=is_printed) for c in row]


def _frame(piece: pa.RecordBatch) -> pl.DataFrame:
    """Typed cells as text, figures to the last bit. Nested cells are no cells."""
    import polars as pl
    import pyarrow as pa

    called = list(map(str, range(piece.num_columns)))
    frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([piece]).rename_columns(called)))
    nested = [n for n, kind in frame.schema.items() if kind.is_nested()]
    text = frame.with_columns(pl.lit(None, pl.String()).alias(n) for n in nested)
    return text.select(pl.all().cast(pl.String(), strict=False))


def _nested(schema: pa.Schema) -> frozenset[int]:
    import pyarrow as pa

    return frozenset(i for i, t in enumerate(schema.types) if pa.types.is_nested(t))


class _Faults:
    """Turns what the Parquet library raises into one error of ours."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, exc: BaseException | None, trace: TracebackType | None) -> None:
        import polars as pl
        import pyarrow as pa

        known = (pa.ArrowException, pl.exceptions.PolarsError, OSError, ValueError)
        if isinstance(exc, known) and not isinstance(exc, BadInputError):
            reason = str(exc).split("\n", maxsplit=1)[0]
            raise UnreadableFileError(
                self._origin, tr("not a Parquet file ({reason})", reason=reason), allowed=tr("a Parquet file")
            ) from exc
