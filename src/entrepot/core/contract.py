"""Contracts: what a table holds, said once.

A `Contract` names a table, its grain and its columns with type, unit, meaning and allowed absence. The Arrow
schema, the DDL, the checks, the JSON schema, the headings and the reference page all come from it,
so they cannot disagree. See docs/design/01-tables-and-findings.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import ContractBrokenError, UnknownNameError
from entrepot.core.tables.column_types import TYPES, ColumnType, Type
from entrepot.core.words.translate import WordsBy, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl
    import pyarrow as pa

# Why a cell may be empty. A zero is a value; an empty cell always has one of these reasons.
ABSENCE = ("not_reported", "suppressed", "not_applicable", "unknown")
# Words of closed lists by which a row says of itself that it is no plain fact. The column that says one is shown
# wherever the row is, however narrow: without it what is alleged would be read as fact.
DOUBTS = frozenset({
    "alleged", "announced", "denied", "disputed", "estimated", "forecast", "planned", "scheduled", "simulated",
    "target", "unclear", "unverified",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a contract.

    Attributes:
        name: snake case; ends in its unit where the unit is fixed (`value_usd`, `delay_days`).
        type: text, integer, number, boolean, partial_date (ISO 8601 at the precision known) or texts (a list).
        meaning: one clause that heads the column in the docs.
        unit: unit of a number, or the name of the column that holds it.
        absent: the reasons for which a cell may be empty; empty tuple: never empty.
        allowed: closed list of values.
        low, high: inclusive bounds of a number.
        pattern: regular expression a text must match.
    """

    name: str
    type: Type
    meaning: str
    unit: str = ""
    absent: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    pattern: str = ""

    def __post_init__(self) -> None:
        for reason in self.absent:
            if reason not in ABSENCE:
                raise UnknownNameError(tr("reason for absence"), reason, ABSENCE)

    @property
    def kind(self) -> ColumnType:
        """The type with all that it says."""
        return TYPES[self.type]


@dataclass(frozen=True, slots=True)
class Contract:
    """A table's promise.

    Attributes:
        name: the table's name, plural.
        meaning: one sentence.
        grain: the columns that together identify a row.
        columns: in order.
        version: rises when a column changes meaning.
    """

    name: str
    meaning: str
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    version: int = 1
    _by_name: dict[str, Column] = field(init=False, repr=False, compare=False, hash=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({c.name: c for c in self.columns})
        for key in self.grain:
            if key not in self._by_name:
                raise UnknownNameError(tr("grain column of {name}", name=self.name), key, self._by_name)

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(self._by_name)


def tells_doubt(name: str, values: Iterable[object]) -> bool:
    """Whether a column is one of those that say how a row stands, and one of its rows says a word of DOUBTS.

    Args:
        name: of the column.
        values: its cells.
    """
    return name.rpartition("_")[2] in {"status", "quality"} and any(v in DOUBTS for v in values)


def column(contract: Contract, name: str) -> Column:
    """The column called `name`.

    Raises:
        UnknownNameError: with the nearest column names.
    """
    found = contract._by_name.get(name)  # noqa: SLF001 - same module
    if found is None:
        raise UnknownNameError(tr("column of {name}", name=contract.name), name, contract.names)
    return found


def arrow_schema(contract: Contract) -> pa.Schema:
    """The Arrow schema: text and partial dates are strings, texts is a list of strings."""
    import pyarrow as pa

    return pa.schema([pa.field(c.name, c.kind.arrow(), nullable=bool(c.absent)) for c in contract.columns])


def table(contract: Contract, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows (dicts; a missing key is an absence) as an Arrow table under the contract, checked.

    Raises:
        ContractBrokenError: a key that is no column, a value of another type, or a broken rule.
    """
    import polars as pl

    surplus = sorted({k for r in rows for k in r} - set(contract.names))
    if surplus:
        raise ContractBrokenError(contract.name, [tr("column {n!r} is not in it", n=n) for n in surplus])
    try:
        series = [_series(c, [r.get(c.name) for r in rows]) for c in contract.columns]
    except TypeError as exc:
        raise ContractBrokenError(contract.name, [str(exc).partition("\n")[0]]) from exc
    return check(contract, pl.DataFrame(series).to_arrow().cast(_nullable(contract)))


def batch(contract: Contract, rows: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
    """Rows (dicts; a missing key is an absence) as a record batch of the contract's types, not checked.

    The check is polars', whose import takes a quarter of a second: what is only screened does without.
    """
    return batch_of_columns(contract, {n: [r.get(n) for r in rows] for n in contract.names})


def batch_of_columns(contract: Contract, columns: Mapping[str, Sequence[Any]]) -> pa.RecordBatch:
    """As `batch`, of the values of every column of the contract."""
    import pyarrow as pa

    schema = arrow_schema(contract)
    return pa.RecordBatch.from_arrays([_array(columns[f.name], f.type) for f in schema], schema=schema)


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([_encoded(v) for v in values], kind)


def _series(column: Column, values: Sequence[Any]) -> pl.Series:
    """The values of a column; what UTF-8 cannot hold (lone surrogates) is replaced by a question mark.

    Raises:
        TypeError: a value of another type.
    """
    import polars as pl

    try:
        if column.kind.is_list:  # polars makes a series of each, which takes most of the time of a table that has some
            return _lists(column.name, values)
        return pl.Series(column.name, values, column.kind.polars(), strict=True)
    except UnicodeEncodeError:
        return _series(column, [_encoded(v) for v in values])


def _lists(name: str, values: Sequence[Any]) -> pl.Series:
    """Lists of texts, of all their texts as one column: Arrow alone would import pandas to read them.

    Raises:
        TypeError: one is no list, or holds what is no text.
    """
    import polars as pl
    import pyarrow as pa

    ends: list[int | None] = []
    flat: list[Any] = []
    for v in values:
        if isinstance(v, str | bytes | int | float):
            raise TypeError(tr("{name}: {found!r} is no list", name=name, found=v))
        ends.append(None if v is None else len(flat))
        flat += v or ()
    offsets = pl.Series([*ends, len(flat)], dtype=pl.Int32).to_arrow()
    texts = pl.Series(flat, dtype=pl.String, strict=True).to_arrow().cast(pa.string())
    return pl.Series(name, pa.ListArray.from_arrays(offsets, texts))


def _encoded(value: Any) -> Any:
    """A text, or each of a list, as UTF-8 can hold it."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return [_encoded(v) for v in value] if isinstance(value, list | tuple) else value


def _nullable(contract: Contract) -> pa.Schema:
    import pyarrow as pa

    return pa.schema([f.with_nullable(True) for f in arrow_schema(contract)])


def check(contract: Contract, data: pa.Table) -> pa.Table:
    """Return `data` with the contract's columns in order, or say what breaks.

    Raises:
        ContractBrokenError: names each broken rule, how many rows break it and the first keys.
    """
    import polars as pl

    missing = [n for n in contract.names if n not in data.column_names]
    extra = [n for n in data.column_names if n not in contract.names]
    if missing or extra:
        failures = [tr("column {n!r} is missing", n=n) for n in missing] + [
            tr("column {n!r} is not in it", n=n) for n in extra
        ]
        raise ContractBrokenError(
            contract.name, failures, remedy=tr("Its columns are: {names}.", names=", ".join(contract.names))
        )
    data = data.select(list(contract.names))
    frame = pl.from_arrow(data)
    assert isinstance(frame, pl.DataFrame)
    if broken := _broken(contract, frame):
        raise ContractBrokenError(contract.name, broken)
    return data.cast(arrow_schema(contract))


def _broken(contract: Contract, frame: pl.DataFrame) -> list[str]:
    """Each broken rule with the rows that break it, in the order of the columns; a null breaks none but its own.

    A value that its column's type cannot hold breaks that alone: of its row no other rule is asked.
    """
    import polars as pl

    rules = _rules(contract)
    cast = frame.select(pl.col(c.name).cast(c.kind.polars(), strict=False) for c in contract.columns)
    lost = not frame.null_count().equals(cast.null_count())
    if not lost and all(cast.select(r.fill_null(value=True).all().alias(n) for n, r in rules.items()).row(0)):
        return []
    readable = pl.DataFrame([(frame[n].is_null() == cast[n].is_null()).alias(_told(n, "type")) for n in contract.names])
    read = readable.select(pl.all_horizontal(pl.all())).to_series()
    held = cast.select(r.fill_null(value=True).alias(n) | ~read for n, r in rules.items()).hstack(readable)
    bad = frame.filter(~held.select(pl.all_horizontal(pl.all())).to_series()).select(contract.grain).head(3).rows()
    keys = ", ".join("/".join(map(str, r)) for r in bad)
    counts = held.select((~pl.all()).sum()).row(0, named=True)
    return [tr("{rule} ({n} rows, first {keys})", rule=rule, n=n, keys=keys) for rule, n in counts.items() if n]


_WORDS = WordsBy(
    {
        "absence": "is empty where it may not be",
        "list": "is outside its closed list",
        "low": "is below its lowest value",
        "high": "is above its highest value",
        "pattern": "does not match its pattern",
        "infinite": "is infinite",
        "nan": "is not a number",
        "inner": "holds an empty text",
        "type": "is of another type",
    }
)


def _told(name: str, rule: str) -> str:
    return f"{name} {_WORDS[rule]}"


@cache
def _rules(contract: Contract) -> dict[str, pl.Expr]:
    """What holds for each row, by the words for where it does not."""
    import polars as pl

    found = {"the key is not unique": pl.struct(n for n in contract.names if n in contract.grain).is_unique()}
    for c in contract.columns:
        found |= {_told(c.name, rule): held for rule, held in _rules_of(c, key=c.name in contract.grain).items()}
    return found


def _rules_of(c: Column, *, key: bool) -> dict[str, pl.Expr]:
    import polars as pl

    value, found = pl.col(c.name), {}
    if key or not c.absent:
        found["absence"] = value.is_not_null()
    if c.allowed:
        found["list"] = value.is_in(list(c.allowed))
    if c.kind.is_number:
        found |= {} if c.low is None else {"low": value >= c.kind.read(c.low)}
        found |= {} if c.high is None else {"high": value <= c.kind.read(c.high)}
    if c.type == "number":
        found |= {"infinite": value.is_finite() | value.is_nan(), "nan": value.is_not_nan()}
    if c.kind.is_list:
        found["inner"] = value.list.eval(pl.element().is_not_null()).list.all()
    if pattern := c.kind.pattern or (c.pattern if c.kind.is_text else ""):
        found["pattern"] = value.str.contains(pattern)
    return found


def ddl(contract: Contract) -> str:
    """CREATE TABLE for DuckDB, constraints included."""
    lines = [f'  "{c.name}" {c.kind.duckdb}{"" if c.absent else " NOT NULL"}' for c in contract.columns]
    key = ", ".join(f'"{g}"' for g in contract.grain)
    return f'CREATE TABLE "{contract.name}" (\n' + ",\n".join(lines) + tr(",\n  PRIMARY KEY ({key})\n)", key=key)


def json_schema(contract: Contract) -> dict[str, Any]:
    """JSON Schema (2020-12) of the table as an array of row objects."""
    props: dict[str, Any] = {}
    for c in contract.columns:
        spec = dict(c.kind.json)
        if c.absent:
            spec["type"] = [spec["type"], "null"]
        if c.allowed:
            spec["enum"] = [*c.allowed, *([None] if c.absent else [])]
        if c.low is not None:
            spec["minimum"] = c.low
        if c.high is not None:
            spec["maximum"] = c.high
        if c.pattern:
            spec["pattern"] = c.pattern
        spec["description"] = c.meaning + (f" [{c.unit}]" if c.unit else "")
        props[c.name] = spec
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": contract.name,
        "description": contract.meaning,
        "type": "array",
        "items": {
            "type": "object",
            "properties": props,
            "required": list(contract.names),
            "additionalProperties": False,
        },
    }


def markdown(contract: Contract) -> str:
    """The contract as a reference section: meaning, grain, one line a column."""
    grain = ", ".join(f"`{g}`" for g in contract.grain)
    head = tr(
        "## {name}\n\n{meaning} Grain: {grain}. Version {version}.\n",
        name=contract.name,
        meaning=contract.meaning,
        grain=grain,
        version=contract.version,
    )
    rows = [tr("| column | type | unit | may be empty | meaning |"), "|---|---|---|---|---|"]
    for c in contract.columns:
        meaning = c.meaning + (
            tr(" One of: {allowed}.", allowed=", ".join(f"`{a}`" for a in c.allowed)) if c.allowed else ""
        )
        rows.append(f"| `{c.name}` | {c.type} | {c.unit} | {', '.join(c.absent) or 'never'} | {meaning} |")
    return head + "\n" + "\n".join(rows) + "\n"
