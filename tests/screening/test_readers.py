"""Every way a file of parties can be right, and every way it can be wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.intake.delimited_blocks import swallowed
from entrepot.intake.groups.row_words import names_nobody
from entrepot.screening.parties.parties import read_parties

HEADING = ["supplier", "address", "country"]
ROWS = [["Zhongtai, Ltd.", "乌鲁木齐", "CN"], ['Foo "Bar"', "line\nbreak", "US"]]
FUZZ = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(rows, separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue()


def save(folder, name, data):
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read_or_refused(path):
    """The parties, or None where the file is refused as bad input; anything else is a fault."""
    try:
        return read_parties(path)
    except BadInputError:
        return None


def as_file(folder, ending, rows=ROWS):
    path = folder / f"parties.{ending}"
    table = pa.table({h: [r[i] for r in rows] for i, h in enumerate(HEADING)})
    if ending == "parquet":
        pq.write_table(table, path)
    elif ending == "xlsx":
        book = Workbook()
        for row in [HEADING, *rows]:
            book.active.append(row)
        book.save(path)
    elif ending in {"jsonl", "ndjson"}:
        path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in table.to_pylist()), encoding="utf-8")
    elif ending == "json":
        path.write_text(json.dumps(table.to_pylist()), encoding="utf-8")
    else:
        path.write_bytes(written([HEADING, *rows], "\t" if ending == "tsv" else ",").encode())
    return path


@pytest.mark.parametrize("ending", ["csv", "tsv", "txt", "xlsx", "jsonl", "ndjson", "json", "parquet"])
def test_every_format_gives_the_same_parties(tmp_path, ending):
    found = list(read_parties(as_file(tmp_path, ending)).each())
    first = 2 if ending in {"csv", "tsv", "txt", "xlsx"} else 1  # objects have no row of headings above them
    assert [(p.row, p.name, p.country) for p in found] == [
        (first, "Zhongtai, Ltd.", "CN"),
        (first + 1, 'Foo "Bar"', "US"),
    ]
    assert found[0].address == "乌鲁木齐"


@pytest.mark.parametrize("make", [pa.table, pl.DataFrame, pd.DataFrame])
def test_frames_of_three_kinds(make):
    found = list(read_parties(make({"name": ["Zhongtai", None], "tax_id": [12345, 1]})).each())
    assert [(p.name, p.identifier) for p in found] == [("Zhongtai", "12345"), (None, "1")]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("gb18030", "gb18030")],
)
def test_encodings_are_recognised_and_declared(tmp_path, encoding, declared):
    text = written([["供应商", "地址"], ["新疆中泰化学股份有限公司", "乌鲁木齐市"]])
    found = read_parties(save(tmp_path, "p.csv", text.encode(encoding)))
    assert next(iter(found.each())).name == "新疆中泰化学股份有限公司"
    assert found.encoding == declared
    assert any("GB 18030" in n for n in found.notes) == (encoding == "gb18030")


def test_latin_1_is_refused_with_the_place_of_its_first_byte(tmp_path):
    data = "name\nAcme\nSociété Générale\n".encode("latin-1")
    with pytest.raises(UnreadableFileError, match="line 3, column 5") as caught:
        read_parties(save(tmp_path, "p.csv", data))
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("name", "data", "said", "line"),
    [
        ("p.csv", "", "empty", None),
        ("p.csv", "  \n\n", "empty", None),
        ("p.csv", "name\n", "no row", None),
        ("p.csv", 'name,country\n"Acme,US\n', "never closed", 2),
        ("p.csv", 'name,country\nA,B\n"Acme"x,US\n', "text after a closing quote", 3),
        ("p.csv", "name,country\nFoo Co., Ltd.,CN\n", "3 cells where the heading has 2", 2),
        ("p.jsonl", '{"name": "a"}\n{"name": \n', "not JSON", 2),
        ("p.jsonl", '{"name": "a"}\n[1]\n', "list where an object", 2),
        ("p.jsonl", "[" * 100_000, "JSON", 1),
        ("p.jsonl", '{"n": ' + "9" * 5_000 + "}", "JSON", 1),
        ("p.xlsx", b"\0not a workbook", "not a workbook", None),
        ("p.xlsx", b"PK\x03\x04broken", "not a workbook", None),
        ("p.parquet", "PAR1nonsense", "not a Parquet file", None),
        ("p.doc", b"\xd0\0\0", "not known", None),
        ("p.html", "<p>name</p>", "not known", None),
        ("p", b"\xd0\0\0", "no ending", None),
    ],
)
def test_what_cannot_be_read_says_where_and_what_was_expected(tmp_path, name, data, said, line):
    with pytest.raises(UnreadableFileError, match=re.escape(said)) as caught:
        read_parties(save(tmp_path, name, data))
    assert caught.value.line == line
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("p.csv", "supplier,address\nFoo,Bar\n".encode("utf-16-le"), "null bytes"),
        ("p.csv", "name,주소\n주식회사 한국산업,서울\n".encode("euc-kr"), "not utf-8"),
        ("p.csv", "name,x\n株式会社ホシャイン,東京都千代田区\n".encode("shift_jis"), "not utf-8"),
        ("p.csv", b"name,country\n,US\n , CN\n", "no row has a name"),
        ("p.jsonl", b'{"name": {"en": "Foo"}}', "nested values"),
        ("p.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(900), "locked with a password"),
    ],
)
def test_what_would_be_read_as_something_else_is_refused(tmp_path, name, data, said):
    with pytest.raises(BadInputError, match=said):
        read_parties(save(tmp_path, name, data))


def test_names_without_a_letter_are_remarked_on(tmp_path):
    notes = read_parties(save(tmp_path, "p.csv", "name\n17\n18\n")).notes
    assert any("has a letter" in note for note in notes)


def test_one_object_over_several_lines_is_one_party(tmp_path):
    found = read_parties(save(tmp_path, "p.json", '{\n "name": "Foo"\n}'))
    assert [p.name for p in found.each()] == ["Foo"]


def test_what_never_ends_is_refused_without_being_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "zero.csv").symlink_to("/dev/zero")
    for name in ("pipe.csv", "zero.csv"):
        with pytest.raises(UnreadableFileError, match="not a regular file"):
            read_parties(tmp_path / name)


@pytest.mark.slow
def test_a_cell_far_off_does_not_fill_the_sheet_before_it(tmp_path):
    book = Workbook()
    book.active.append(["name"])
    book.active.append(["Foo"])
    book.active["XFD1000"] = "far"
    book.save(tmp_path / "p.xlsx")
    assert [p.name for p in read_parties(tmp_path / "p.xlsx").each()] == ["Foo"]


def test_a_workbook_that_was_packed_to_burst_is_refused(tmp_path):
    book = Workbook()
    book.active.append(["name"])
    book.save(tmp_path / "p.xlsx")
    with zipfile.ZipFile(tmp_path / "p.xlsx", "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/burst.xml", bytes(60_000_000))
    with pytest.raises(UnreadableFileError, match="unpack to"):
        read_parties(tmp_path / "p.xlsx")


def test_thousands_of_party_columns_are_found(tmp_path):
    found = read_parties(save(tmp_path, "p.csv", ",".join(["supplier"] * 5_000) + "\n" + ",".join(["Foo"] * 5_000)))
    assert found.party_count == 5_000
    assert len(found.notes) < 30


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"nowhere\.csv"):
        read_parties(tmp_path / "nowhere.csv")


def test_short_rows_are_named_and_their_missing_cells_are_empty(tmp_path):
    found = read_parties(save(tmp_path, "p.csv", "name,country\nAcme\nBeta,US\n"))
    assert [(p.name, p.country) for p in found.each()] == [("Acme", None), ("Beta", "US")]
    assert any("Line 2 has 1 cells" in n for n in found.notes)


def test_semicolons_are_read_and_said(tmp_path):
    found = read_parties(save(tmp_path, "p.csv", "name;country\nFoo, Ltd;CN\n"))
    assert next(iter(found.each())).name == "Foo, Ltd"
    assert any("semicolon" in n for n in found.notes)


@pytest.mark.parametrize(
    "heading",
    [
        "Supplier Name",
        "SHIPPER",
        "manufacturer",
        "notify_party",
        "VendorName",
        "供应商名称",
        "收货人",
        "Грузополучатель",
    ],
)
def test_common_headings_hold_parties(tmp_path, heading):
    found = read_parties(save(tmp_path, "p.csv", f"date,{heading},amount\n1,Acme,3\n"))
    assert [c.name for c in found.columns] == [heading]


@pytest.mark.parametrize(
    "heading", ["Supplier ID number", "Vendor Phone", "Supplier Address", "供应商地址", "contact name"]
)
def test_headings_about_a_party_do_not_name_one(tmp_path, heading):
    found = read_parties(save(tmp_path, "p.csv", f"name,{heading}\nAcme,x\n"))
    assert [c.name for c in found.columns] == ["name"]


def test_several_parties_keep_their_own_address(tmp_path):
    data = "shipper,shipper address,consignee,consignee address\nA,Urumqi,B,London\n"
    found = list(read_parties(save(tmp_path, "p.csv", data)).each())
    assert [(p.name, p.address, p.shared) for p in found] == [
        ("A", "Urumqi", frozenset()),
        ("B", "London", frozenset()),
    ]


def test_an_address_that_could_be_anyones_is_shared_and_said_to_be(tmp_path):
    found = list(read_parties(save(tmp_path, "p.csv", "shipper,consignee,address\nA,B,Urumqi\n")).each())
    assert [(p.name, p.address, "address" in p.shared) for p in found] == [
        ("A", "Urumqi", True),
        ("B", "Urumqi", True),
    ]


def test_a_row_without_a_name_is_read_by_its_own_address_and_said_to_have_none(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text('supplier,address\n,"No. 1 Road, Urumqi, Xinjiang"\nAcme,Berlin\n,\n', encoding="utf-8")
    read = read_parties(path)
    assert [(p.row, p.name) for p in read.each()] == [(2, None), (3, "Acme")]
    assert read.party_count == 2
    assert read.notes == ("1 row names no party (row 2): its address and identifier were read, no list was asked.",)


def test_a_blank_party_is_not_made_out_of_an_address_that_may_be_anothers(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("shipper,consignee,address\nAcme,,Urumqi\n", encoding="utf-8")
    assert [p.name for p in read_parties(path).each()] == ["Acme"]


def test_no_party_column_is_bad_input_and_a_named_one_helps(tmp_path):
    path = save(tmp_path, "p.csv", "foo,qux\nAcme,1\n")
    with pytest.raises(BadInputError, match="--name-column"):
        read_parties(path)
    assert next(iter(read_parties(path, ["foo"]).each())).name == "Acme"
    with pytest.raises(UnknownNameError, match="did you mean foo"):
        read_parties(path, ["fooo"])


def test_repeated_and_blank_headings_get_names(tmp_path):
    found = read_parties(save(tmp_path, "p.csv", "name,name,\nA,B,C\n"))
    assert found.headings == ("name", "name (2)", "column 3")


CELLS = st.text(max_size=30)


@FUZZ
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_what_csv_writes_is_read_back(tmp_path, rows):
    text = written([["name", "address"], *rows])
    # No text has a null character, and cells whose lines are rows by themselves are refused (tests/intake).
    assume("\0" not in text and not any(swallowed(row, ",", 2) for row in rows))
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    kept = [[c.strip() or None for c in r] for r in rows]
    while kept and not any(kept[-1]):  # blank rows count, but for the last
        kept.pop()
    found = read_or_refused(save(tmp_path, "p.csv", data))
    if found is None:
        assert not any(cell and not names_nobody(cell) for row in kept for cell in row)
        return
    assert [list(r) for r in found.rows] == kept


@FUZZ
@given(st.binary(max_size=300), st.sampled_from(["csv", "tsv", "txt", "xlsx", "jsonl", "json", "parquet"]))
def test_any_bytes_are_read_or_refused_cleanly(tmp_path, data, ending):
    read_or_refused(save(tmp_path, f"p.{ending}", data))


@FUZZ
@given(st.integers(0, 400), st.binary(min_size=1, max_size=4), st.sampled_from(["csv", "xlsx", "jsonl", "parquet"]))
def test_a_damaged_file_is_read_or_refused_cleanly(tmp_path, at, junk, ending):
    whole = as_file(tmp_path, ending).read_bytes()
    at %= len(whole)
    read_or_refused(save(tmp_path, f"d.{ending}", whole[:at] + junk + whole[at + len(junk) :]))


@FUZZ
@given(st.text(max_size=200))
def test_any_text_as_csv_is_read_or_refused_cleanly(tmp_path, text):
    read_or_refused(save(tmp_path, "t.csv", "name\n" + text.encode("utf-8", "ignore").decode()))


def test_a_country_that_is_not_understood_is_said_and_suppresses_nothing(tmp_path, run_cli):
    path = tmp_path / "p.csv"
    path.write_text(
        "supplier,address,country\nA,Urumqi,n/a\nB,Urumqi,-\nC,Urumqi,n/a\nD,Urumqi,КНР\n", encoding="utf-8"
    )
    done = run_cli("screen", path, "--format", "json")
    assert [(r["row"], r["strength"]) for r in json.loads(done.stdout)] == [(n, "certain") for n in (2, 3, 4, 5)]
    assert "3 rows have a country that is not understood and counts as not given: 'n/a', '-'." in done.stderr


def test_of_a_heading_as_long_as_a_file_the_beginning_is_read(monkeypatch):
    from entrepot.screening.parties.headings import heading_role as columns

    seen = []
    monkeypatch.setattr(columns, "folded", lambda text: seen.append(len(text)) or "supplier")
    columns.heading_role("supplier " + "x" * 200_000)
    assert max(seen) <= columns._LONGEST
