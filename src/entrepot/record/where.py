"""Rows of a table by a condition: one DuckDB expression, or the short form `place_id=khunjerab`.

The condition comes from a person, so it runs where it can reach nothing: an in-memory database without access to
files, network or Python variables, its configuration locked. It is parsed first, and only what `expression` knows may
run: its cost is then bounded by the rows and the condition's length. See docs/design/02-the-record.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.contract import Contract, arrow_schema, column
from entrepot.core.engine import LOCKED
from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.record.embedded import Record, table
from entrepot.record.expression import refusal

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

EXAMPLE = "place_id=khunjerab, or: metric = 'cargo' and period_start >= '2024'"
# 2,000: unbalanced brackets cost the parser 0.2 s at 1,000 and 11 s at 5,000, where a person has long stopped typing
LONGEST = 2_000
_SHORT = re.compile(r"""^\s*(\w+)\s*=\s*([^\s'"()=<>;,]+)\s*$""")
_NO_COLUMN = re.compile(r'Referenced column "((?:[^"]|"")*)" not found')
_LOCKED = {**LOCKED, "python_enable_replacements": False, "lock_configuration": True}


def where(record: Record, name: str, condition: str | None) -> pa.Table:
    """The rows of a table that meet a condition, in the table's order; all rows when it is None.

    Args:
        record: the record.
        name: the table.
        condition: a boolean expression over the table's columns in DuckDB's SQL, or `column=word`; on a column
            that holds a list the short form asks whether the word is in it.

    Raises:
        UnknownNameError: no such table, or no such column; carries the nearest names.
        BadInputError: the condition is not one boolean expression that can be computed.
    """
    data = table(record, name)
    if condition is None:
        return data
    contract = record.contracts[name]
    if len(condition) > LONGEST:
        raise BadInputError(
            tr("the condition on {name} is too long", name=contract.name),
            found=condition,
            allowed=tr("at most {longest} characters", longest=LONGEST),
            remedy=tr("Filter in steps, or read the table and filter it yourself."),
        )
    short = _SHORT.match(condition)
    if short is not None and short[2] not in contract.names:
        wanted = column(contract, short[1])
        if wanted.kind.is_text or wanted.kind.is_list:
            return _equal(data, wanted.name, short[2], in_list=wanted.kind.is_list)
    return _filtered(contract, data, condition)


def _equal(data: pa.Table, name: str, word: str, *, in_list: bool) -> pa.Table:
    """The rows whose cell is the word, or whose list holds it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not in_list:
        return data.filter(pc.equal(data.column(name), word))
    return data.filter(pa.array([word in (cell or ()) for cell in data.column(name).to_pylist()], pa.bool_()))


def _filtered(contract: Contract, data: pa.Table, condition: str) -> pa.Table:
    """The rows that DuckDB keeps."""
    import duckdb

    connection = duckdb.connect(":memory:", config=_LOCKED)
    try:
        if reason := refusal(connection, condition):
            raise _unusable(contract, condition, reason)
        kept = connection.from_arrow(data).filter(condition).to_arrow_table()
    except (duckdb.Error, UnicodeError) as exc:
        raise _explained(contract, condition, exc) from exc
    finally:
        connection.close()
    return kept.cast(arrow_schema(contract))


def _explained(contract: Contract, condition: str, error: duckdb.Error | UnicodeError) -> BadInputError:
    """The database's error as one of ours."""
    missing = _NO_COLUMN.search(str(error))
    if missing is not None:
        return UnknownNameError(
            tr("column of {name}", name=contract.name),
            missing[1],
            contract.names,
            remedy=tr("Put a text in single quotes."),
        )
    reason = str(error).partition(": ")[2].splitlines()
    return _unusable(contract, condition, reason[0] if reason else "unreadable")


def _unusable(contract: Contract, condition: str, reason: str) -> BadInputError:
    return BadInputError(
        tr("the condition on {name} cannot be used ({reason})", name=contract.name, reason=reason),
        found=condition,
        allowed=tr("one boolean expression over its columns"),
        remedy=tr("Write for example {example}.", example=EXAMPLE),
    )
