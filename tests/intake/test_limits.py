"""Files made to burst, to hide rows or to take for ever: one verdict in every command, quickly and in little memory."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrepot import load, mirror
from entrepot.core.errors import EntrepotError, UnreadableFileError
from entrepot.intake import delimited_blocks, limits
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import contents, size_up_to
from entrepot.lists import registry
from entrepot.screening.parties.parties import read_parties
from entrepot.trade.loading import flow_file, streamed

# A table that each command takes: of parties, of a list of one's own, of flows.
HEADING = "name,country,exporter,importer,product,period,value_usd,flow"


def row(i):
    return f"Firm {i} Ltd,CN,CHN,USA,{610000 + i},2020,{i + 3},export"


def rows(count):
    return [HEADING, *map(row, range(count))]


def text(lines):
    return "\n".join(lines) + "\n"


def parties(path):
    return read_parties(path).row_count


def own_list(path):
    return registry.read_list(path, "own-x", ReadingOptions()).reading.entries.num_rows


def flows(path):
    return flow_file.read_flows(path).tally.rows


def flows_in_blocks(path):
    return streamed.load_to([path], path.parent / "out" / "flows.parquet").tally.rows


READERS = [parties, own_list, flows, flows_in_blocks]


def put(folder, name, data):
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def verdict(read, path):
    """How many rows were read, or the words of refusal."""
    try:
        return read(path)
    except EntrepotError as exc:
        return str(exc).replace(str(path), path.name)


def one_verdict(path, readers=READERS):
    found = {read.__name__: verdict(read, path) for read in readers}
    assert len(set(found.values())) == 1, found
    return next(iter(found.values()))


def one_member(data, stated):
    """A zip of one member, which states that it has so many bytes and the checksum of those."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    told = (zlib.crc32(data[:stated]), len(packed), stated)
    name, method = b"t.csv", zipfile.ZIP_DEFLATED
    local = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, method, 0, 33, *told, len(name), 0) + name + packed
    entry = struct.pack("<4sHHHHHHLLLHHHHHLL", b"PK\1\2", 20, 20, 0, method, 0, 33, *told, len(name), 0, 0, 0, 0, 0, 0)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 1, 1, len(entry + name), len(local), 0)
    return local + entry + name + end


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


@pytest.mark.parametrize("factor", [2, 1000])
def test_a_zip_that_states_another_size_is_refused(tmp_path, factor):
    data = text(rows(300)).encode()
    for stated in (len(text(rows(3)).encode()), len(data) * factor):
        said = one_verdict(put(tmp_path, "t.zip", one_member(data, stated)))
        assert "states another size" in said or "Bad CRC" in said
    assert one_verdict(put(tmp_path, "t.zip", one_member(data, len(data)))) == 300


def test_a_zip_that_states_too_much_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    path = put(tmp_path, "t.zip", one_member(text(rows(3)).encode(), limits.HARMLESS + 1))
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert "bytes that unpack to" in one_verdict(path)


def test_what_unpacks_to_more_than_its_size_lets_expect_is_refused(tmp_path):
    line = f"{row(1)}\n".encode()
    with gzip.open(tmp_path / "t.csv.gz", "wb") as out:
        out.write(f"{HEADING}\n".encode())
        for _ in range(60):
            out.write(line * 20_000)
    assert "too large" in one_verdict(tmp_path / "t.csv.gz", [parties, flows, flows_in_blocks])


def test_a_small_file_that_unpacks_to_much_is_loaded_in_blocks(tmp_path, monkeypatch):
    line = f"{row(1)}\n".encode()
    with gzip.open(tmp_path / "t.csv.gz", "wb") as out:
        out.write(f"{HEADING}\n".encode() + line * 2_000)
    monkeypatch.setattr(streamed, "LARGE", 1_000 * len(line))
    assert (tmp_path / "t.csv.gz").stat().st_size < streamed.LARGE // 100
    assert streamed.is_large([tmp_path / "t.csv.gz"])
    assert not streamed.is_large([put(tmp_path, "s.csv.gz", gzip.compress(line))])
    monkeypatch.setattr(flow_file, "load", None)
    assert load(tmp_path / "t.csv.gz").table.num_rows == 1
    with pytest.raises(EntrepotError, match="too few flows have a mirror"):
        mirror(tmp_path / "t.csv.gz", store=tmp_path / "store")


def test_a_list_is_refused_at_its_own_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "LARGEST", 1_000)
    packed = put(tmp_path, "t.csv.gz", gzip.compress(text(rows(300)).encode()))
    assert "larger than" in verdict(own_list, packed)


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(gzip.compress(text(rows(3)).encode())),
        gzip.compress(zipped(a_csv=text(rows(3)))),
        zipped(t_csv=zipped(a_csv=text(rows(3)))),
    ],
    ids=["gzip of gzip", "gzip of zip", "zip of zip"],
)
def test_what_is_packed_twice_is_refused(tmp_path, data):
    name = "t.zip" if data.startswith(b"PK") else "t.csv.gz"
    said = one_verdict(put(tmp_path, name, data))
    assert "is packed twice" in said or "a zip within another" in said


def test_a_zip_of_very_many_files_or_of_two_of_one_name_is_refused(tmp_path):
    many = put(tmp_path, "t.zip", zipped(**{f"t{i}_csv": "a" for i in range(limits.MOST_MEMBERS + 1)}))
    with pytest.raises(UnreadableFileError, match="holds 1,001 files"):
        contents(many)
    with zipfile.ZipFile(tmp_path / "u.zip", "w") as archive:
        archive.writestr("t.csv", text(rows(2)))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("t.csv", text(rows(3)))
    assert "two files called t.csv" in one_verdict(tmp_path / "u.zip")


def test_a_size_is_counted_and_not_believed(tmp_path):
    data = text(rows(300)).encode()
    assert size_up_to(put(tmp_path, "t.csv", data), 10**9) == len(data)
    packed = put(tmp_path, "t.csv.gz", gzip.compress(data)[:-4] + b"\1\0\0\0")  # gzip's last four bytes are the size
    with pytest.raises(UnreadableFileError, match="not a whole gzip"):
        size_up_to(packed, 10**9)


def sheet(lines, dimension="", far=""):
    """A workbook of one sheet, as XML states it; `far` is a cell that holds an x."""
    kind = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    cells = ["".join(f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in line.split(",")) for line in lines]
    body = "".join(f'<row r="{n}">{c}</row>' for n, c in enumerate(cells, 1))
    if far:
        number = far.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        body += f'<row r="{number}"><c r="{far}" t="inlineStr"><is><t>x</t></is></c></row>'
    stated = f'<dimension ref="{dimension}"/>' if dimension else ""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>',
        )
        for name, target, part in (
            ("_rels/.rels", "xl/workbook.xml", "officeDocument"),
            ("xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheet"),
        ):
            told = f'<Relationship Id="rId1" Type="{relations}/{part}" Target="{target}"/>'
            book.writestr(name, f'<Relationships xmlns="{package}/relationships">{told}</Relationships>')
        sheets = '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        book.writestr("xl/workbook.xml", f'<workbook {kind} xmlns:r="{relations}">{sheets}</workbook>')
        data = f"<worksheet {kind}>{stated}<sheetData>{body}</sheetData></worksheet>"
        book.writestr("xl/worksheets/sheet1.xml", data)
    return out.getvalue()


@pytest.mark.parametrize("dimension", ["A1:C100", "A1", "A1:XFD1048576"])
def test_a_stated_dimension_is_not_believed(tmp_path, dimension):
    assert one_verdict(put(tmp_path, "t.xlsx", sheet(rows(270), dimension))) == 270


def test_a_cell_in_the_last_corner_is_named_and_refused(tmp_path):
    said = one_verdict(put(tmp_path, "t.xlsx", sheet(rows(270), far="XFD9999")))
    assert "the cell XFD9999 makes it a table of 9,999 rows and 16,384 columns" in said
    with pytest.raises(UnreadableFileError, match="the cell XFD1048576 makes it"):
        opened(put(tmp_path, "t.xlsx", sheet(rows(270), far="XFD1048576")))


@pytest.mark.slow
def test_a_far_column_does_no_harm(tmp_path):
    path = put(tmp_path, "t.xlsx", sheet(rows(5), far="XFD7"))
    assert verdict(parties, path) == 6
    assert verdict(flows, path) == verdict(flows_in_blocks, path) == 5  # the line of the far cell lies below the table
    assert "Below the table 1 line is no row of it: 'x'." in flow_file.read_flows(path).notes


@pytest.mark.slow
def test_twenty_thousand_headings_are_refused_and_sixteen_thousand_read(tmp_path):
    def wide(count):
        return text([line + "".join(f",h{i}" for i in range(count)) for line in rows(3)])

    assert "a table of 20,008 columns" in one_verdict(put(tmp_path, "t.csv", wide(20_000)))
    path = put(tmp_path, "t.csv", wide(16_000))
    assert verdict(parties, path) == verdict(flows, path) == 3


def opened_and_closed(first, last):
    """A quote before the name of one row, another behind the name of a row below."""
    lines = rows(10)
    lines[first + 1] = '"' + lines[first + 1]
    lines[last + 1] = lines[last + 1].replace(" Ltd,", ' Ltd",')
    return lines


@pytest.mark.parametrize(("first", "last"), [(2, 3), (2, 5), (0, 9)])
@pytest.mark.parametrize("packed", [False, True])
def test_quotes_that_swallow_rows_are_refused_with_their_line(tmp_path, first, last, packed):
    data = text(opened_and_closed(first, last)).encode()
    path = put(tmp_path, "t.csv.gz" if packed else "t.csv", gzip.compress(data) if packed else data)
    said = one_verdict(path)
    assert f"line {first + 2}: quotes make one row of {last - first + 1} lines" in said


def test_quotes_that_close_in_another_column_are_refused_too(tmp_path):
    lines = rows(10)
    lines[3], lines[6] = '"' + lines[3], lines[6] + '"'
    assert "line 4: quotes make one row of 4 lines" in one_verdict(put(tmp_path, "t.csv", text(lines)))


def test_a_quote_that_closes_at_another_names_where_it_was_opened(tmp_path):
    lines = rows(10)
    lines[3], lines[6] = '"' + lines[3], lines[6].replace("Firm 5 Ltd", '"Firm 5, Ltd"')
    said = one_verdict(put(tmp_path, "t.csv", text(lines)))
    assert "line 7, column 2: text after a closing quote: 'F'; it was opened on line 4" in said


def test_cells_of_several_lines_are_no_rows(tmp_path):
    cells = ['"Main Street 5\nUrumqi, China"', '"a\n""b"",c"', '"c\r\nd,e,f"', '"one\ntwo\nthree"', '"\n"']
    path = put(tmp_path, "t.csv", "name,address\n" + "".join(f"Firm,{c}\n" for c in cells))
    table = opened(path)
    assert len(list(table.rows())) == sum(f.height for f in table.frames()) == len(cells)


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 20), st.integers(1, 20), st.integers(2, 6), st.sampled_from(",;\t|"))
def test_no_swallowed_row_passes(tmp_path, first, count, width, mark):
    lines = [mark.join(f"{'h' if n == 0 else 'v'}{n}-{i}" for i in range(width)) for n in range(45)]
    at = first + 1
    lines[at] = '"' + lines[at]
    head, _, tail = lines[at + count].partition(mark)
    lines[at + count] = f'{head}"{mark}{tail}'
    path = put(tmp_path, "t.csv", text(lines))
    for read in (lambda: list(opened(path).rows()), lambda: list(opened(path).frames())):
        with pytest.raises(UnreadableFileError, match=f"line {at + 1}: quotes make one row of {count + 1} lines"):
            read()


def test_short_rows_are_named_and_long_ones_refused_however_they_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited_blocks, "BLOCK", 200)
    lines = rows(20)
    lines[8] = "Firm 7 Ltd,CN,CHN"
    path = put(tmp_path, "t.csv", text([*lines[:4], "", *lines[4:]]))
    said = "Line 10 has 3 cells where the heading has 8; the others count as empty."
    assert said in read_parties(path).notes
    assert said in flow_file.read_flows(path).notes
    assert said in streamed.load_to([path], tmp_path / "o.parquet").notes
    lines[8] = row(7) + ",more"
    assert "line 9, column 9: 9 cells where the heading has 8" in one_verdict(put(tmp_path, "t.csv", text(lines)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_null_character_is_refused_with_its_line(tmp_path, encoding):
    data = text([*rows(300), "Fi\0rm,CN,CHN,USA,610001,2020,3,export"]).encode(encoding)
    assert "line 302: a null character" in one_verdict(put(tmp_path, "t.csv", data))


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-16-le"])
def test_wide_text_is_read_with_its_mark_and_refused_without(tmp_path, encoding):
    data = text(rows(3)).encode(encoding)
    assert "null bytes" in one_verdict(put(tmp_path, "t.csv", data))
    assert one_verdict(put(tmp_path, "t.csv", "\ufeff".encode(encoding) + data)) == 3


def test_a_byte_that_its_encoding_lacks_is_refused(tmp_path):
    path = put(tmp_path, "t.csv", text(rows(3)).encode().replace(b"Firm 1", b"Firm \x81"))
    assert "line 3, column 6 (in bytes): byte 0x81 is not utf-8" in one_verdict(path)
    for read in (lambda o: read_parties(path, given=None) and opened(path, o), lambda o: opened(path, o)):
        with pytest.raises(UnreadableFileError, match="byte 0x81"):
            read(ReadingOptions("cp1252"))


@pytest.mark.parametrize("packed", ["plain", "gzip", "zip"])
def test_standard_input_is_read_as_the_file_is(tmp_path, monkeypatch, packed):
    for lines in (rows(5), opened_and_closed(2, 5)):
        data = text(lines).encode()
        held = {"plain": data, "gzip": gzip.compress(data), "zip": zipped(t_csv=data)}[packed]
        file = put(tmp_path, "t.csv", held)
        found = []
        for path in (file, Path("-")):
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(held)))
            found.append(str(verdict(parties, path)).replace("standard input", "t.csv"))
        assert found[0] == found[1]


def test_an_address_of_two_lines_in_the_last_of_two_columns_is_read_and_named(tmp_path):
    path = put(tmp_path, "t.csv", 'supplier,address\nAcme,"Room 5\nUrumqi,China"\nBeta,Bonn\n')
    read = read_parties(path)
    assert [(p.row, p.name, p.address) for p in read.each()] == [
        (2, "Acme", "Room 5\nUrumqi,China"),
        (3, "Beta", "Bonn"),
    ]
    assert "Line 2 holds a cell of two lines, read as one: 'Room 5 / Urumqi,China'." in read.notes
