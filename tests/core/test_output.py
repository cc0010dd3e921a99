"""Output: what was written is read back by another reader, and a spreadsheet runs nothing."""

import csv
import errno
import io
import json
import os
import re
import stat
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError
from entrepot.core.files import replacing, write_text
from entrepot.core.output import escaped, format_of, to_csv, to_json, unescaped, write

DANGEROUS = ["=1+1", "+1", "-cmd", "@SUM(A1)", "\tx", "\rx"]
BEHIND = {"Acme;=1+1": "Acme;'=1+1", "Acme; -cmd": "Acme; '-cmd", "Acme\t@x": "Acme\t'@x", "A\n=1": "A\n'=1"}
DATA = pa.table({"name": ["=HYPERLINK(1)", 'Zhōng, "Tai"\nLtd'], "n": [1.5, None], "tags": [["a", "b"], []]})


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_escaped(text: str) -> None:
    assert escaped(text) == "'" + text


@pytest.mark.parametrize("text", BEHIND)
def test_a_formula_behind_a_separator_is_escaped(text: str) -> None:
    assert escaped(text) == BEHIND[text]


@pytest.mark.parametrize("text", ["-12.5", "a; -12.5", "a;b=c", "a; b-c", "a=b", "", "新疆"])
def test_what_is_no_formula_stands_as_it_is(text: str) -> None:
    assert escaped(text) == text


@given(st.lists(st.text(), max_size=5))
def test_csv_is_read_back_by_the_standard_reader_and_no_cell_is_a_formula(cells: list[str]) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(pa.table({"a": pa.array(cells, pa.string())})), newline="")))
    back = [r[0] if r else "" for r in rows[1:]]
    assert [unescaped(b) if "'" not in c else b for b, c in zip(back, cells, strict=True)] == [
        c if "'" not in c else b for b, c in zip(back, cells, strict=True)
    ]
    assert not any(b.startswith(("=", "+", "@", "\t", "\r")) for b in back)


# What stands at the head of a cell, and at the points where a spreadsheet may cut it.
PIECE = st.sampled_from(["=", "+", "-", "@", "=1+1", "-5", "-5.25", "- x", "a", "＝A1", "1", '"', ","])
CUT = st.sampled_from([";", "; ", "\t", "\r", "\n", "\r\n", ";;", " "])


@given(st.lists(st.tuples(PIECE, CUT), max_size=6))
def test_no_piece_at_which_a_spreadsheet_may_cut_is_a_formula(parts: list[tuple[str, str]]) -> None:
    cell = "".join(piece + cut for piece, cut in parts)
    text = to_csv(pa.table({"a": ["x"], "b": [cell]}))
    # As spreadsheets read it whose list separator is ";" or a tab: the quotation marks are not at the head of a cell.
    for piece in re.split(r"[;\t\r\n]", text):
        bare = piece.rstrip('" ').lstrip(" ")
        assert not bare.startswith(("=", "+", "@", "＝")), text
        assert not bare.startswith("-") or re.fullmatch(r"-\d+(\.\d+)?", bare), text
    assert unescaped(escaped(cell)) == cell
    assert escaped(escaped(cell)) == escaped(cell)


def test_numbers_stay_numbers() -> None:
    data = pa.table({"n": [-1.5, -1e-7], "tags": [["5", "-6.25"], ["-7"]]})
    assert list(csv.reader(io.StringIO(to_csv(data))))[1:] == [["-1.5", "5; -6.25"], ["-1e-07", "-7"]]


def test_json_and_parquet_keep_everything(tmp_path: Path) -> None:
    assert json.loads(to_json(DATA)) == DATA.to_pylist()
    assert json.loads(to_json(DATA.slice(0, 0))) == []
    write(DATA, tmp_path / "t.parquet", "parquet")
    assert pq.read_table(tmp_path / "t.parquet").to_pylist() == DATA.to_pylist()


def test_xlsx_holds_text_not_formulas(tmp_path: Path) -> None:
    write(pa.table({"a": ["=1+1", "x\x00y"]}), tmp_path / "t.xlsx", "xlsx")
    first = openpyxl.load_workbook(tmp_path / "t.xlsx").active["A"]
    assert [c.value for c in first] == ["a", "'=1+1", "xy"]
    assert all(c.data_type == "s" for c in first)


def test_a_failed_write_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    target = tmp_path / "t.txt"
    write_text(target, "old")
    with pytest.raises(KeyboardInterrupt), replacing(target) as part:  # noqa: PT012 - the write before the signal
        part.write_text("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["t.txt"]


def test_a_folder_that_cannot_be_written_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInputError, match="cannot write"):
        write_text(tmp_path / "file" / "below.txt", "x")
    with pytest.raises(BadInputError, match="is a folder"):
        write_text(tmp_path, "x")


def test_the_ending_chooses_the_format() -> None:
    assert format_of(Path("a.CSV"), None) == "csv"
    assert format_of(None, None) == "table"
    assert format_of(Path("a.bin"), "json") == "json"
    with pytest.raises(BadInputError, match=r"\.parquet"):
        format_of(Path("a.bin"), None)


def test_a_formula_behind_a_character_that_xlsx_cannot_hold_is_escaped(tmp_path: Path) -> None:
    write(pa.table({"name": ["\x0b=1+1", "＝1+1"]}), tmp_path / "t.xlsx", "xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "t.xlsx").active.iter_rows(min_row=2, values_only=True))
    assert rows == [("'=1+1",), ("'＝1+1",)]


def test_a_folder_that_cannot_be_flushed_is_written_all_the_same(tmp_path, monkeypatch):
    """Some network file systems refuse it, and a folder may be one that is written and not read."""
    real = os.fsync

    def fsync(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    write_text(tmp_path / "a.txt", "all of it")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "all of it"
