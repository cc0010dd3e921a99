"""Tables of a Spark cluster: parties taken from one in an order of its own, and matches put into one."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.ids import id_of
from entrepot.core.words.translate import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

PREFIX = "spark-table:"
# As Spark itself names files in place of a table: parquet.`hdfs://host/folder`.
_FILES = re.compile(r"(\w+)\.`([^`]+)`")
_TEXT = ("string", "char", "varchar")
_PLAIN = (*_TEXT, "boolean", "byte", "short", "integer", "long", "float", "double", "decimal", "date", "timestamp")
# What Spark says of a name that nothing has; anything else says that something is there.
_FREE = {"TABLE_OR_VIEW_NOT_FOUND", "PATH_NOT_FOUND"}
_ROWS = 10_000  # rows that travel together: an Arrow batch of a megabyte or so
_GROUP = 100_000  # rows of a group of the copy, however they arrive: the same rows give the same bytes
_LONGEST_NAME = 60  # characters of a table's name in that of its file
_MOST_NAMED = 10  # columns left out that a note names


def table_of(given: Any) -> str:
    """The name of the table in `spark-table:NAME`; empty where something else is given.

    Args:
        given: what is screened, or where results go.

    Raises:
        BadInputError: the name is missing.
    """
    text = str(given) if isinstance(given, (str, Path)) else ""
    if not text.startswith(PREFIX):
        return ""
    name = text.removeprefix(PREFIX).strip()
    if not name:
        allowed = tr("spark-table:CATALOG.SCHEMA.TABLE, or spark-table:parquet.`FOLDER`")
        raise BadInputError(tr("the name of the table is missing"), found=text, allowed=allowed)
    return name


def file_of(name: str) -> str:
    """The name of the file that holds what a table holds; other tables have others.

    Args:
        name: of the table.
    """
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")
    if plain != name or len(plain) > _LONGEST_NAME:
        plain = id_of(plain[-_LONGEST_NAME:].strip("-."), name, digits=8)
    return f"{plain}.parquet"


def taken(session: SparkSession, name: str, folder: Path) -> tuple[Path, list[str]]:
    """The rows of a table as a Parquet file of this machine.

    A table has no order of its own, and the order in which a cluster gives its rows hangs on how many cores it has.
    Here they stand in the order of their columns, so that a table of the same rows gives the same file.

    Args:
        session: with the cluster.
        name: of the table.
        folder: for the file.

    Returns:
        The file, and what is to be said of it.

    Raises:
        BadInputError: there is no such table, it cannot be read, or none of its columns can.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyspark.sql.types import StructType

    from entrepot.screening.on_spark.cluster import told, without_pandas_warning

    with told(), without_pandas_warning(), _batches_of(session, _ROWS):
        frame = session.table(name)
        kept, left = _columns(frame)
        if not kept:
            remedy = tr("Give the names of the parties a column of text.")
            raise BadInputError(tr("no column of the table holds plain values"), found=", ".join(left), remedy=remedy)
        rows = frame.select([_column(frame, c) for c in kept]).orderBy([_in_order(frame, c) for c in kept])
        pieces = rows.mapInArrow(_as_streams(), StructType().add("rows", "binary")).toLocalIterator()
        path, count, waiting = folder / file_of(name), 0, pa.table({})
        first = next(pieces, None)
        if first is None:
            raise BadInputError(tr("the table has no row"), found=name, allowed=tr("at least one party"))
        waiting = _as_utc(first["rows"])
        with pq.ParquetWriter(path, waiting.schema, compression="zstd") as out:
            for piece in pieces:
                waiting = pa.concat_tables([waiting, _as_utc(piece["rows"])])
                while waiting.num_rows >= _GROUP:
                    count += _written(out, waiting.slice(0, _GROUP))
                    waiting = waiting.slice(_GROUP)
            count += _written(out, waiting)
    said = ntr(
        count,
        "{count:,} row was read from the table {name}, in the order of its columns.",
        "{count:,} rows were read from the table {name}, in the order of its columns.",
        name=name,
    )
    return path, [said, *_left_said(left)]


def refuse_existing(session: SparkSession, name: str) -> None:
    """Stop before work where a table that is to be written exists: nobody's table is written over.

    Args:
        session: with the cluster.
        name: of the table.

    Raises:
        BadInputError: it exists, or its schema does not.
    """
    from pyspark.errors import AnalysisException

    schema = name.rpartition(".")[0]
    from entrepot.screening.on_spark.cluster import told

    with told():
        if schema and "`" not in name and not session.catalog.databaseExists(schema):
            remedy = tr("Make it first, or give another name.")
            raise BadInputError(tr("the schema for the results is not there"), found=schema, remedy=remedy)
        try:
            session.table(name)
        except AnalysisException as exc:
            if exc.getCondition() in _FREE:
                return
    remedy = tr("Give the name of a new one, or drop it.")
    raise BadInputError(tr("the table for the results exists"), found=name, remedy=remedy)


def put(session: SparkSession, path: Path, name: str) -> None:
    """Write the rows of a Parquet file of this machine into a new table, whole or not at all.

    Args:
        session: with the cluster.
        path: the file.
        name: of the table.

    Raises:
        BadInputError: the cluster did not take it.
    """
    import pyarrow.parquet as pq

    rows = pq.read_table(path)
    from entrepot.screening.on_spark.cluster import told, without_pandas_warning

    with told(), without_pandas_warning(), _batches_of(session, _ROWS):
        writer = session.createDataFrame(rows).write.mode("errorifexists")
        found = _FILES.fullmatch(name)
        if found is None:
            writer.saveAsTable(name)
        else:
            writer.format(found[1]).save(found[2])


def _columns(frame: DataFrame) -> tuple[list[str], list[str]]:
    """The columns that hold plain values, and the others: lists, maps and bytes are no cells and have no order."""
    kinds = {f.name: f.dataType.typeName() for f in frame.schema.fields}
    kept = [n for n, kind in kinds.items() if kind in _PLAIN or kind == "timestamp_ntz"]
    return kept, [n for n in kinds if n not in kept]


def _column(frame: DataFrame, name: str) -> Any:
    return frame["`" + name.replace("`", "``") + "`"]


def _in_order(frame: DataFrame, name: str) -> Any:
    """By the bytes of a text: two texts that a collation holds for equal would come in any order."""
    column = _column(frame, name)
    return column.cast("binary") if frame.schema[name].dataType.typeName() in _TEXT else column


def _as_streams() -> Any:
    """What makes each batch one row. Its code travels with it: the workers have not been looked at yet."""

    def streams(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import io

        import pyarrow as pa

        for batch in batches:
            held = io.BytesIO()
            with pa.ipc.new_stream(held, batch.schema) as out:
                out.write_batch(batch)
            yield pa.RecordBatch.from_pydict({"rows": [held.getvalue()]}, pa.schema([("rows", pa.binary())]))

    return streams


def _as_utc(data: bytes) -> pa.Table:
    """A batch; its instants in UTC, whatever the zone of the session is."""
    import pyarrow as pa

    table = pa.ipc.open_stream(pa.py_buffer(bytes(data))).read_all()
    fields = [
        f.with_type(pa.timestamp(f.type.unit, "UTC")) if pa.types.is_timestamp(f.type) and f.type.tz else f
        for f in table.schema
    ]
    wanted = pa.schema(fields)
    return table if table.schema.equals(wanted) else table.cast(wanted)


def _written(out: Any, rows: pa.Table) -> int:
    if rows.num_rows:
        out.write_table(rows.combine_chunks())
    return int(rows.num_rows)


def _left_said(left: list[str]) -> list[str]:
    if not left:
        return []
    named = ", ".join(left[:_MOST_NAMED]) + (", …" if len(left) > _MOST_NAMED else "")
    return [tr("Columns of the table that hold no plain values are not read: {named}.", named=named)]


@contextmanager
def _batches_of(session: SparkSession, rows: int) -> Iterator[None]:
    """Rows travel in batches, where a screening's parts are a row each."""
    key = "spark.sql.execution.arrow.maxRecordsPerBatch"
    before = session.conf.get(key)
    session.conf.set(key, str(rows))
    try:
        yield
    finally:
        session.conf.set(key, str(before))
