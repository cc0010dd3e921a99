"""The reader of packaged tables: what csv.writer wrote is read back, and what is wrong is named with its line."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.contract import Column, Contract
from entrepot.core.errors import ContractBrokenError, UnreadableFileError
from entrepot.core.tables.packaged import checked_table, rows_of

_ABSENT = ("unknown",)
EVERY_TYPE = Contract(
    name="every_type",
    meaning="A column of each type.",
    grain=("key",),
    columns=(
        Column("key", "text", "a text"),
        Column("note", "text", "a text or nothing", absent=_ABSENT),
        Column("words", "texts", "a list", absent=_ABSENT),
        Column("share", "number", "a number", absent=_ABSENT),
        Column("count", "integer", "a whole number", absent=_ABSENT),
        Column("held", "boolean", "true or false", absent=_ABSENT),
        Column("day", "partial_date", "a day", absent=_ABSENT),
    ),
)
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_PART = _TEXT.map(lambda t: t.replace(";", "").strip())
# A list of one empty part is written like an empty list.
_PARTS = st.lists(_PART).filter(lambda parts: parts != [""])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "key": _TEXT.filter(bool),
            "note": _TEXT,
            "words": _PARTS,
            "share": st.none() | st.floats(allow_nan=False),
            "count": st.none() | st.integers(),
            "held": st.none() | st.booleans(),
            "day": st.just("") | st.dates().map(str),
        }
    )
)
_HEAD = b"key,note,words,share,count,held,day\n"


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return ";".join(value)
        case _:
            return str(value)


# Up to Python 3.12 the writer quotes a carriage return only where it ends a line.
@given(ROWS, st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL)]))
def test_what_was_written_is_read_back(rows, how):
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator=how[0], quoting=how[1])
    writer.writerow(EVERY_TYPE.names)
    writer.writerows([_written(row[name]) for name in EVERY_TYPE.names] for row in rows)
    assert rows_of(EVERY_TYPE, stream.getvalue().encode(), "every.csv") == rows


@given(st.lists(_TEXT, min_size=1), st.integers(0, 3))
def test_cells_of_many_lines_do_not_move_the_line_that_is_named(notes, at):
    rows = [["k", note, "", "", "", "", ""] for note in notes]
    at = min(at, len(rows) - 1)
    rows[at][4] = "many"
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([EVERY_TYPE.names, *rows[:at]])
    line = len(stream.getvalue().replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows[at:])
    with pytest.raises(UnreadableFileError, match="'many' in count") as caught:
        rows_of(EVERY_TYPE, stream.getvalue().encode(), "every.csv")
    assert caught.value.line == line


@given(st.binary())
def test_any_bytes_are_rows_or_named_with_their_file(data):
    try:
        rows_of(EVERY_TYPE, data, "every.csv")
    except (ContractBrokenError, UnreadableFileError) as error:
        assert "every.csv, line " in str(error)


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", UnreadableFileError, "line 1: is empty"),
        (b"key,note\n", ContractBrokenError, "line 1: its columns are key, note"),
        (b"\xef\xbb\xbf" + _HEAD, ContractBrokenError, "line 1: its columns are"),
        (_HEAD + b"a,,,,,,\nb,,,,,\n", UnreadableFileError, "line 3: 6 cells where the header has 7"),
        (_HEAD + b"a,,,,,,\n\n", UnreadableFileError, "line 3: 0 cells"),
        (_HEAD + b'a,"\n",,,,,\nb,\xff,,,,,\n', UnreadableFileError, "line 4: is not UTF-8"),
        (_HEAD + b'a,"b"c,,,,,\n', UnreadableFileError, "line 2: is not strict CSV"),
        (_HEAD + b'a,"b', UnreadableFileError, "line 2: is not strict CSV"),
        (_HEAD + b"a,,,,,,\n,,,,,,\n", ContractBrokenError, "line 3: key is empty where it may not be"),
        (_HEAD + b"a,,,1.5.1,,,\n", UnreadableFileError, "line 2: '1.5.1' in share; expected a number"),
        (_HEAD + b"a,,,,1.5,,\n", UnreadableFileError, "line 2: '1.5' in count; expected a whole number"),
        (_HEAD + b"a,,,,,yes,\n", UnreadableFileError, "line 2: 'yes' in held; expected true or false"),
    ],
)
def test_what_is_wrong_is_named(data, error, said):
    with pytest.raises(error) as caught:
        rows_of(EVERY_TYPE, data, "every.csv")
    assert f"every.csv, {said}" in str(caught.value)


def test_an_empty_cell_is_an_absence_under_the_contract():
    rows = rows_of(EVERY_TYPE, _HEAD + b"a,,,,,,\nb,n, x ;y,0,0,false,2024-06\n", "every.csv")
    assert checked_table(EVERY_TYPE, rows).to_pylist() == [
        {"key": "a", "note": None, "words": None, "share": None, "count": None, "held": None, "day": None},
        {"key": "b", "note": "n", "words": ["x", "y"], "share": 0.0, "count": 0, "held": False, "day": "2024-06"},
    ]


def test_neither_polars_nor_pyarrow_is_loaded():
    code = "import sys, entrepot.core.tables.packaged; print({'polars', 'pyarrow'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
