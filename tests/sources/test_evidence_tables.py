import csv
import io
import math

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.contract import Column, Contract, table
from entrepot.core.errors import ContractBrokenError, UnreadableFileError
from entrepot.sources.tables import LIST_SEPARATOR, parse_csv

CONTRACT = Contract(
    "samples",
    "Samples.",
    ("id",),
    (
        Column("id", "integer", "key"),
        Column("name", "text", "name", absent=("unknown",)),
        Column("share", "number", "share", absent=("unknown",)),
        Column("held", "boolean", "held", absent=("unknown",)),
        Column("parts", "texts", "parts", absent=("unknown",)),
        Column("seen", "partial_date", "seen", absent=("unknown",)),
    ),
)
# a CSV has no form for an empty text or for a list part that holds the separator
WORDS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=20)
PARTS = st.lists(WORDS.filter(lambda w: ";" not in w), min_size=1, max_size=4)
ROWS = st.fixed_dictionaries(
    {
        "name": st.none() | WORDS,
        "share": st.none() | st.floats(allow_nan=False, allow_infinity=False),
        "held": st.none() | st.booleans(),
        "parts": st.none() | PARTS,
        "seen": st.none() | st.sampled_from(("2024", "2024-02", "2024-02-29")),
    }
)


def written(data):
    """The table as CSV, by the standard library: every cell quoted, an absence as an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(data.column_names)
    for row in data.to_pylist():
        writer.writerow(
            [
                LIST_SEPARATOR.join(v) if isinstance(v, list) else str(v).lower() if isinstance(v, bool) else v
                for v in row.values()
            ]
        )
    return out.getvalue().encode()


@given(st.lists(ROWS, max_size=8))
@settings(max_examples=80, deadline=None)
def test_what_is_written_is_read_back(rows):
    data = table(CONTRACT, [{"id": i, **row} for i, row in enumerate(rows)])
    back = parse_csv(CONTRACT, written(data), "samples.csv")
    assert back.schema == data.schema
    for mine, read in zip(data.to_pylist(), back.to_pylist(), strict=True):
        share, again = mine.pop("share"), read.pop("share")
        assert mine == read
        assert share == again or math.isclose(share, again, rel_tol=1e-15)


def test_a_list_cell_is_split_and_an_empty_cell_is_an_absence():
    data = parse_csv(CONTRACT, f"id,name,share,held,parts,seen\n1,,,true,a{LIST_SEPARATOR}b,2024\n".encode(), "t.csv")
    assert data.to_pylist() == [
        {"id": 1, "name": None, "share": None, "held": True, "parts": ["a", "b"], "seen": "2024"}
    ]


def test_columns_out_of_order_are_refused():
    with pytest.raises(ContractBrokenError, match="Write them as: id, name"):
        parse_csv(CONTRACT, b"name,id,share,held,parts,seen\n", "t.csv")


def test_an_absence_that_the_contract_does_not_allow_is_refused():
    with pytest.raises(ContractBrokenError, match="id is empty, where it may not be: row 1"):
        parse_csv(CONTRACT, b"id,name,share,held,parts,seen\n,a,1,true,b,2024\n", "t.csv")


@pytest.mark.parametrize(
    "text", [b"", b"id,name,share,held,parts,seen\none,a,1,true,b,2024\n", b"id,name,share,held,parts,seen\n1,a\n"]
)
def test_a_damaged_file_is_named(text):
    with pytest.raises(UnreadableFileError, match=r"^t\.csv"):
        parse_csv(CONTRACT, text, "t.csv")


def test_latin_1_bytes_are_refused():
    with pytest.raises(UnreadableFileError):
        parse_csv(CONTRACT, "id,name,share,held,parts,seen\n1,é,,,,\n".encode("latin-1"), "t.csv")


def test_types_come_from_the_contract():
    data = parse_csv(CONTRACT, b"id,name,share,held,parts,seen\n1,007,1,,,2024\n", "t.csv")
    assert data.schema.field("name").type == pa.string()
    assert data.column("name").to_pylist() == ["007"]
