"""Types of columns: each one object that says how a cell is read and what holds it in Arrow, polars, DuckDB and JSON.

A seventh type is one more entry of `TYPES`. See docs/design/01-tables-and-findings.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from entrepot.core.words.translate import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl
    import pyarrow as pa

Type = Literal["text", "integer", "number", "boolean", "partial_date", "texts"]

PARTIAL_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
SEPARATOR = ";"  # between the parts of a list in a cell of text


@dataclass(frozen=True, slots=True)
class ColumnType:
    """A type that a column of a contract may have.

    Attributes:
        name: as contracts write it.
        words: what a cell holds, for a message or a page.
        duckdb: its type in DuckDB.
        json: its JSON schema.
        arrow, polars: its type there, made when asked for: the libraries are imported late.
        read: a cell of text that is not empty, or a bound, as a value; ValueError where it is none.
        pattern: what every value matches; empty: any.
        is_text: whether a cell is text by itself.
        is_number: whether cells have a lowest and a highest value, and align to the right.
    """

    name: Type
    words: str
    duckdb: str
    json: Mapping[str, Any]
    arrow: Callable[[], pa.DataType]
    polars: Callable[[], pl.DataType]
    read: Callable[[Any], Any] = str
    pattern: str = ""
    is_text: bool = False
    is_number: bool = False

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values."""
        return self.name == "texts"


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(SEPARATOR)]


def _boolean(cell: str) -> bool:
    if cell not in ("true", "false"):
        raise ValueError(f"{cell!r} is neither true nor false")
    return cell == "true"


def _arrow(of: Callable[[Any], pa.DataType]) -> Callable[[], pa.DataType]:
    def made() -> pa.DataType:
        import pyarrow as pa

        return of(pa)

    return made


def _polars(of: Callable[[Any], pl.DataType]) -> Callable[[], pl.DataType]:
    def made() -> pl.DataType:
        import polars as pl

        return of(pl)

    return made


_STRING = _arrow(lambda pa: pa.string()), _polars(lambda pl: pl.String())

TYPES: Mapping[str, ColumnType] = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            ColumnType("text", "text", "VARCHAR", {"type": "string"}, *_STRING, is_text=True),
            ColumnType(
                "partial_date",
                marked("a year, a month or a day, as 2024, 2024-06 or 2024-06-21"),
                "VARCHAR",
                {"type": "string", "pattern": PARTIAL_DATE},
                *_STRING,
                pattern=PARTIAL_DATE,
                is_text=True,
            ),
            ColumnType(
                "integer",
                marked("a whole number"),
                "BIGINT",
                {"type": "integer"},
                _arrow(lambda pa: pa.int64()),
                _polars(lambda pl: pl.Int64()),
                read=int,
                is_number=True,
            ),
            ColumnType(
                "number",
                "a number",
                "DOUBLE",
                {"type": "number"},
                _arrow(lambda pa: pa.float64()),
                _polars(lambda pl: pl.Float64()),
                read=float,
                is_number=True,
            ),
            ColumnType(
                "boolean",
                marked("true or false"),
                "BOOLEAN",
                {"type": "boolean"},
                _arrow(lambda pa: pa.bool_()),
                _polars(lambda pl: pl.Boolean()),
                read=_boolean,
            ),
            ColumnType(
                "texts",
                marked("texts, with semicolons between them"),
                "VARCHAR[]",
                {"type": "array", "items": {"type": "string"}},
                _arrow(lambda pa: pa.list_(pa.string())),
                _polars(lambda pl: pl.List(pl.String())),
                read=_parts,
            ),
        )
    }
)
