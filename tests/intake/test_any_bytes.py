"""Readers held against any bytes, and against one another: held and in blocks, strictly and quickly."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from entrepot.core.errors import EntrepotError
from entrepot.intake import delimited_blocks, text_table
from entrepot.intake.decode import decode, examine
from entrepot.intake.delimited_blocks import swallowed
from entrepot.intake.open_table import ENDINGS, opened, table_of
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.signs.separators import separator_of
from entrepot.intake.unpack import Content, contents

FUZZ = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
MARKS = [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b\x08", b"PK\x03\x04", b"PAR1", b"{", b"[{"]
ENCODINGS = ["", "utf-8", "utf-16", "utf-16-le", "utf-32", "gb18030", "cp1251", "cp1252", "big5", "shift_jis", "ascii"]


def save(folder, name, data):
    (folder / name).write_bytes(data)
    return folder / name


def rows_of(table):
    return list(table.rows())


@FUZZ
@given(st.sampled_from(MARKS), st.binary(max_size=300), st.sampled_from([*ENDINGS, ".gz", ".zip", ".doc", ""]))
def test_any_bytes_are_a_table_or_an_error_of_ours(tmp_path, mark, data, ending):
    path = save(tmp_path, f"t{ending}", mark + data)
    try:
        table = opened(path)
        rows, frames = rows_of(table), list(table.frames())
    except EntrepotError as exc:
        assert str(exc).endswith((".", "?"))
        return
    assert all(len(r) == len(table.headings) for r in rows)
    assert sum(f.height for f in frames) == len(rows)


@FUZZ
@given(st.binary(max_size=200), st.sampled_from(ENCODINGS))
def test_any_bytes_are_decoded_or_refused(data, encoding):
    try:
        text, found = decode(data, "t", encoding)
    except EntrepotError:
        return
    assert data.decode(found) == text


@FUZZ
@given(st.text(max_size=60), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_comes_back_as_it_was(text, encoding):
    assume(text.strip("\t\n\r\x0b\x0c ") and "\0" not in text and not text.startswith("\ufeff"))
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return
    assert decode(data, "t") == (text, encoding)


RUSSIAN = st.text("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ ", min_size=2, max_size=40)


@FUZZ
@given(st.lists(RUSSIAN.filter(str.strip), min_size=1, max_size=5), st.sampled_from(["cp1251", "koi8-r"]))
def test_russian_is_never_taken_for_chinese(words, encoding):
    data = ("name,country\n" + "\n".join(words) + "\n").encode(encoding)
    with pytest.raises(EntrepotError, match="not utf-8"):
        decode(data, "t")


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_where_the_pieces_are_cut_changes_nothing(monkeypatch, size, encoding):
    text = "供应商,地址\n新疆中泰化学股份有限公司,乌鲁木齐市\n霍尔果斯金亿国际贸易,伊犁\n"
    monkeypatch.setattr("entrepot.intake.decode.CHUNK", size)
    assert decode(text.encode(encoding), "t")[0] == text
    data = b"name\nabc\nSoci\xe9t\xe9 long enough\n"
    with pytest.raises(EntrepotError, match="line 3, column 5"):
        examine(Content("t", "t", data))


@FUZZ
@given(st.text("新疆中泰a,\n", min_size=1, max_size=12), st.integers(1, 5))
def test_a_text_is_chinese_wherever_its_pieces_are_cut(monkeypatch, text, size):
    assume(text.strip())

    def verdict():
        try:
            return decode(text.encode("gb18030"), "t")
        except EntrepotError as exc:
            return str(exc)

    whole = verdict()
    with monkeypatch.context() as cut:
        cut.setattr("entrepot.intake.decode.CHUNK", size)
        assert verdict() == whole


def test_chinese_without_an_end_is_read_once():
    text = "名称\n" + "新疆" * 1_000_000 + "a"  # minutes, were each stretch looked for from each of its characters
    assert decode(text.encode("gb18030"), "t") == (text, "gb18030")


CELLS = st.text(st.sampled_from("ab0, ;\t|\"'\n\r\u00a0é中\ufeff"), max_size=6)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(delimited_blocks, "BLOCK", 24)
    monkeypatch.setattr(text_table, "_BLOCK", 3)


def read_both(path, options=None):
    """What the strict reader gives, and what the blocks give, cells stripped; the words of the error where one does."""
    table, given_back = None, []
    for read in ("strict", "blocks"):
        try:
            table = opened(path, options)
            if read == "strict":
                given_back.append(rows_of(table))
            else:
                frames = [r for f in table.frames() for r in f.rows()]
                given_back.append([[(c or "").strip() or None for c in r] for r in frames])
        except EntrepotError as exc:
            given_back.append(str(exc))
    return given_back


@FUZZ
@given(st.text(st.sampled_from('ab,;"\n\r\t é中 '), max_size=120), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
@example('a,b\n"x\ny",1\n\n\n"",2\n , \n', "utf-8")
@example('a,b\n1,5" pipe\n"z",2\n', "utf-8")
@example("a,b\r1,2\r3,4", "utf-8")
@example("a,b\n1,2,\n3,4,,\n", "utf-8")
def test_blocks_give_what_the_strict_reader_gives(tmp_path, small, text, encoding):
    path = save(tmp_path, "t.csv", text.encode(encoding))
    strict, blocks = read_both(path, ReadingOptions(encoding))
    assert strict == blocks


@FUZZ
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=12), st.sampled_from([",", ";", "\t", "|"]))
@example([["", "\r;;", "\r;;"]], ",")
def test_what_csv_writes_is_read_back_either_way(tmp_path, small, rows, separator):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([["one", "two", "three"], *rows])
    # Cells whose lines are rows by themselves are refused: tests/intake/test_limits.py.
    assume(not any(swallowed(r, separator, 3) for r in rows))
    assume(separator_of(out.getvalue()) == separator)  # cells of hardly more than other separators hide it
    strict, blocks = read_both(save(tmp_path, "t.csv", out.getvalue().encode()))
    kept = [[c.strip() or None for c in r] for r in rows]
    while kept and not any(kept[-1]):  # blank rows count, but for the last
        kept.pop()
    assert strict == blocks == kept


@FUZZ
@given(st.binary(max_size=200), st.integers(0, 60), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_damaged_archive_is_unpacked_or_refused(tmp_path, data, at, junk, is_zip):
    if is_zip:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.csv", data)
        packed = out.getvalue()
    else:
        packed = gzip.compress(data, mtime=0)
    spoilt = packed[:at] + junk + packed[at + len(junk) :]
    try:
        found = [c.whole() for c in contents(save(tmp_path, "t.bin", spoilt))]
    except EntrepotError:
        return
    assert found in ([data], [spoilt], [])


@FUZZ
@given(st.binary(min_size=1, max_size=300))
def test_what_was_packed_comes_out(tmp_path, data):
    assume(data[:2] not in {b"\x1f\x8b", b"PK"})
    packed = save(tmp_path, "t.csv.gz", gzip.compress(data))
    (inner,) = contents(packed)
    assert (inner.whole(), inner.name) == (data, "t.csv")
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("x/b.csv", data)
        archive.writestr("a.csv", b"first")
    assert [c.whole() for c in contents(tmp_path / "t.zip")] == [b"first", data]


def test_a_table_in_memory_of_bytes_is_the_same_table(tmp_path):
    data = b"a,b\n1,2\n"
    assert rows_of(table_of(Content("t", "t.csv", data))) == rows_of(opened(save(tmp_path, "t.csv", data)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("freq,geo\\TIME\t2023\t2024\nM,KZ\t1\t2\n", "\t"),
        ("name;value, USD\nA;1,5\n", ";"),
        ('name,"a;b;c;d",x\nA,B,C\n', ","),
        ("name, country\nA, B\n", ","),
        ("supplier,street; no\nFoo,Main; 5\n", ","),
        ("name|country\nA|B\n", "|"),
        ("name\nA\n", ","),
        ("", ","),
        ("Exports, by country, 2023\nin USD, million\nplace;code;value, USD\nA;1;1,5\nB;2;2\n", ";"),
        ("Exports, by country\nplace|code|value\nA|1|1,5\nB|2|2,5\n", "|"),
        ("a,b,c\nFoo,Street; 5; left,1,2\nBar,Road; 6; right,3\n", ","),
    ],
)
def test_the_separator_is_the_mark_that_divides_every_line_alike(text, found):
    assert separator_of(text) == found


@pytest.mark.parametrize("name", ["t.json", "t.jsonl"])
def test_half_of_a_character_is_refused_and_a_whole_one_is_read(tmp_path, name):
    with pytest.raises(EntrepotError, match="half of a character"):
        opened(
            save(
                tmp_path,
                name,
                b'{"name": "x\\ud800"}\n{"name": "y"}\n' if name != "t.json" else b'[{"name": "x\\ud800"}]',
            )
        )
    whole = opened(save(tmp_path, "whole.jsonl", b'{"name": "\\ud83d\\ude00"}\n'))
    assert rows_of(whole) == [["\U0001f600"]]


def test_a_cell_too_long_for_the_strict_reader_is_refused_in_blocks_too(tmp_path):
    path = save(tmp_path, "t.csv", b"a,b\n2,3\n1," + b"x" * csv.field_size_limit() + b"y\n2,3\n")
    strict, blocks = read_both(path)
    assert strict == blocks
    assert "a cell is longer than" in strict
