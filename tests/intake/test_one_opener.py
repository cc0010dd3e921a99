"""One table of many dresses through every command that takes tables: the same rows, or the same words of refusal."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from entrepot.claims.open import open_report
from entrepot.core.errors import EntrepotError
from entrepot.diversion.bounds.supply_file import read_supply
from entrepot.intake.reading_options import ReadingOptions
from entrepot.lists import registry
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.parties import read_parties
from entrepot.screening.runs.results import results
from entrepot.trade.loading import flow_file, streamed

CHINESE, RUSSIAN = "新疆中泰化学股份有限公司", "Ромашка"


def own_list(path, encoding=""):
    read = registry.read_list(path, "own-x", ReadingOptions(encoding))
    return [(r["entity_id"], r["name"], r["countries"]) for r in read.reading.entries.to_pylist()]


def parties(path, encoding=""):
    found = list(read_parties(path, given=Given(encoding=encoding)).each())
    return [(p.row - found[0].row, p.name, p.address) for p in found]  # objects have no row of headings above them


def flows(path, encoding=""):
    found = flow_file.read_flows(path, options=ReadingOptions(encoding))
    return found.table.drop(["source_id"]).to_pylist(), found.faults.to_pylist()


def flows_in_blocks(path, encoding=""):
    out = path.parent / "out" / "flows.parquet"
    found = streamed.load_to([path], out, streamed.Manner(options=ReadingOptions(encoding)))
    return pq.read_table(out).drop(["source_id"]).to_pylist(), found.faults.to_pylist()


def supply(path, encoding=""):
    return read_supply(path, ReadingOptions(encoding)).drop(["line"]).to_pylist()  # which is of the file


def matches(path, encoding=""):
    return list(results(path, ReadingOptions(encoding)))


@pytest.fixture(scope="module")
def met():
    """Two matches as `entrepot screen` gives them, the names in words of any script."""
    from entrepot.screening.contract import MATCHES

    def row(name):
        plain = {"integer": "1", "number": "0.5", "texts": ""}
        return {c.name: name if c.name == "party" else plain.get(str(c.type), "x") for c in MATCHES.columns}

    return row


# By reader: the heading, and rows under it in which {} is a word in a script of choice.
TABLES = {
    own_list: (["name", "country", "aliases"], [["{}", "CN", "Foo; Bar"], ["Acme, Ltd.", "KZ", ""]]),
    parties: (["supplier", "address", "country"], [["{}", "Urumqi", "CN"], ['Foo "Bar", Ltd', "line\nbreak", "US"]]),
    flows: (
        ["exporter", "importer", "product", "period", "value_usd", "remark"],
        [["CHN", "KAZ", "854142", "2023", "1500.5", "{}"], ["KAZ", "RUS", "854143", "2023", "7.25", "a, b"]],
    ),
    supply: (
        ["product", "hub", "period", "amount", "unit", "who"],
        [["854142", "KAZ", "2023", "9.5", "USD", "{}"], ["854143", "KAZ", "2023", "", "kg", "a"]],
    ),
}
TABLES[flows_in_blocks] = TABLES[flows]


def table(read, word, met):
    if read is matches:
        return list(met("x")), [list(met(word).values()), list(met("Foo").values())]
    heading, rows = TABLES[read]
    return heading, [[c.format(word) for c in r] for r in rows]


def as_csv(heading, rows, separator=","):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([heading, *rows])
    return out.getvalue()


def as_zip(data, *names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, data)
    return out.getvalue()


def as_workbook(heading, rows):
    book, out = Workbook(), io.BytesIO()
    for row in [heading, *rows]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def as_parquet(heading, rows):
    out = io.BytesIO()
    pq.write_table(pa.table({h: [r[i] for r in rows] for i, h in enumerate(heading)}), out)
    return out.getvalue()


def objects(heading, rows):
    return [dict(zip(heading, r, strict=True)) for r in rows]


def lines(heading, rows):
    return "\n".join(json.dumps(o, ensure_ascii=False) for o in objects(heading, rows))


# Name of the file, and how heading and rows are written into it.
DRESSES = {
    "UTF-8 with a mark": ("t.csv", lambda *t: as_csv(*t).encode("utf-8-sig")),
    "UTF-16": ("t.csv", lambda *t: as_csv(*t).encode("utf-16")),
    "UTF-16, big end first": ("t.csv", lambda *t: b"\xfe\xff" + as_csv(*t).encode("utf-16-be")),
    "semicolons": ("t.csv", lambda *t: as_csv(*t, ";").encode()),
    "tabs": ("t.tsv", lambda *t: as_csv(*t, "\t").encode()),
    "bars": ("t.txt", lambda *t: as_csv(*t, "|").encode()),
    "sep=": ("t.csv", lambda *t: b"sep=;\r\n" + as_csv(*t, ";").encode()),
    "line feeds": ("t.csv", lambda *t: as_csv(*t).replace("\r\n", "\n").encode()),
    "blank lines at the end": ("t.csv", lambda *t: as_csv(*t).encode() + b"\n \n,,\n"),
    "gzip": ("t.csv.gz", lambda *t: gzip.compress(as_csv(*t).encode())),
    "gzip of UTF-16": ("t.csv.gz", lambda *t: gzip.compress(as_csv(*t).encode("utf-16"))),
    "zip": ("t.zip", lambda *t: as_zip(as_csv(*t).encode(), "in/t.csv")),
    "zip beside what a Mac puts in": ("t.zip", lambda *t: as_zip(as_csv(*t).encode(), "t.csv", "__MACOSX/._t.csv")),
    "XLSX": ("t.xlsx", as_workbook),
    "gzip of XLSX": ("t.xlsx.gz", lambda *t: gzip.compress(as_workbook(*t))),
    "JSON": ("t.json", lambda *t: json.dumps(objects(*t)).encode()),
    "JSON laid out": ("t.json", lambda *t: json.dumps(objects(*t), indent=1).encode()),
    "JSON under data": ("t.json", lambda *t: json.dumps({"count": 2, "data": objects(*t)}).encode()),
    "JSON rows under names": ("t.json", lambda heading, rows: json.dumps([heading, *rows]).encode()),
    "JSON lines": ("t.jsonl", lambda *t: lines(*t).encode()),
    "JSON lines in UTF-16": ("t.jsonl", lambda *t: lines(*t).encode("utf-16")),
    "gzip of JSON lines": ("t.jsonl.gz", lambda *t: gzip.compress(lines(*t).encode())),
    "Parquet": ("t.parquet", as_parquet),
    "gzip of Parquet": ("t.parquet.gz", lambda *t: gzip.compress(as_parquet(*t))),
    "zip of Parquet": ("t.zip", lambda *t: as_zip(as_parquet(*t), "t.parquet")),
    "Parquet under another name": ("t.csv", as_parquet),
    "CSV under another name": ("t.xlsx", lambda *t: as_csv(*t).encode()),
}
READERS = [*TABLES, matches]
IDS = [r.__name__ for r in READERS]


def put(folder, name, data):
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def plain(folder, read, told):
    return read(put(folder / "plain", "t.csv", as_csv(*told).encode()))


@pytest.mark.parametrize("read", READERS, ids=IDS)
@pytest.mark.parametrize("dress", DRESSES)
def test_the_same_content_gives_the_same_rows(tmp_path, met, read, dress):
    name, made = DRESSES[dress]
    told = table(read, CHINESE, met)
    assert read(put(tmp_path, name, made(*told))) == plain(tmp_path, read, told)


@pytest.mark.parametrize("read", READERS, ids=IDS)
def test_gb_18030_is_read_and_told_by_the_text_alone(tmp_path, met, read):
    told = table(read, CHINESE, met)
    text = as_csv(*told)
    for name, data in (("t.csv", text.encode("gb18030")), ("t.csv.gz", gzip.compress(text.encode("gb18030")))):
        assert read(put(tmp_path, name, data)) == plain(tmp_path, read, told)
    assert read(put(tmp_path, "t.csv", text.encode("gb18030")), "gb18030") == plain(tmp_path, read, told)


@pytest.mark.parametrize("read", READERS, ids=IDS)
@pytest.mark.parametrize(("encoding", "word"), [("cp1251", RUSSIAN), ("cp1252", "Société"), ("big5", "中泰化學公司")])
def test_other_encodings_are_refused_in_the_same_words_and_read_where_they_are_told(
    tmp_path, met, read, encoding, word
):
    told = table(read, word, met)
    path = put(tmp_path, "t.csv", as_csv(*told).encode(encoding))
    with pytest.raises(EntrepotError) as caught:
        read(path)
    said = str(caught.value)
    assert "t.csv, line 2, column" in said
    assert (
        " is not utf-8; expected text in UTF-8, in UTF-16 with its mark, or in GB 18030. Save the file as UTF-8" in said
    )
    assert "--encoding" in said
    assert read(path, encoding) == plain(tmp_path, read, told)
    with pytest.raises(EntrepotError, match="the encoding is not known: 'cp9999'"):
        read(path, "cp9999")


@pytest.mark.parametrize("read", READERS, ids=IDS)
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("t.csv", b"", "the file is empty"),
        ("t.csv", b"a,b\r\n1,2".decode().encode("utf-16-le"), "full of null bytes"),
        ("t.csv.gz", gzip.compress(b"a,b\n1,2\n")[:-4], "cannot be unpacked: not a whole gzip file"),
        ("t.zip", b"PK\x03\x04broken", "cannot be unpacked: not a whole zip file"),
        ("t.csv.gz", gzip.compress(gzip.compress(b"a,b\n1,2\n")), "is packed twice"),
        ("t.csv.gz", gzip.compress(bytes(60_000_000)), "the file is too large"),
        ("t.parquet", b"PAR1broken", "not a Parquet file"),
        ("t.xlsx", b"PK\x03\x04broken", "not a workbook"),
        ("t.json", b'{"a": 1', "not JSON"),
        ("t.jsonl", b'{"a": 1}\n[1]\n', "a list where an object is expected"),
        ("none.csv", None, "none.csv"),
    ],
    ids=("empty", "null bytes", "cut gzip", "broken zip", "packed twice", "too large", "parquet", "xlsx", "json",
         "json lines", "missing"),
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_the_same_words(tmp_path, read, name, data, said):
    if data is not None:
        put(tmp_path, name, data)
    with pytest.raises(EntrepotError, match=said) as caught:
        read(tmp_path / name)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)


@pytest.mark.parametrize("read", READERS, ids=IDS)
@pytest.mark.parametrize(
    "fault",
    [
        ("\r\n", ",1\r\n", "the first too many is '1'"),
        (",", ',"open', "a quote is opened and never closed"),
        (",", ',"x"y,', "text after a closing quote: 'y'"),
    ],
)
def test_a_row_that_is_wrongly_written_is_refused_with_its_place(tmp_path, met, read, fault):
    old, new, said = fault
    heading, rows = table(read, "Word", met)
    text = as_csv(heading, []) + as_csv(rows[0], []).replace(old, new, 1)
    with pytest.raises(EntrepotError, match=r"t\.csv, line 2, column") as caught:
        read(put(tmp_path, "t.csv", text.encode()))
    assert said in str(caught.value)


SHORT = [r for r in READERS if r is not matches]  # every column of a match is written


@pytest.mark.parametrize("read", SHORT, ids=[r.__name__ for r in SHORT])
def test_cells_that_are_missing_count_as_empty(tmp_path, met, read):
    heading, rows = table(read, "Word", met)
    full, short = (as_csv(heading, [[*r[:-1], ""] for r in rows]), as_csv(heading, [r[:-1] for r in rows]))
    assert read(put(tmp_path, "t.csv", short.encode())) == read(put(tmp_path, "full.csv", full.encode()))


def test_rows_read_set_aside_and_blank_add_up(tmp_path):
    heading, rows = TABLES[flows]
    more = [["", "RUS", "85", "2023", "1", ""], [""] * 6, ["KAZ", "CHN", "", "2023", "5", ""], ["CHN", "RUS", "85"]]
    text = as_csv(heading, [*rows, *more])
    for name, data in (
        ("t.csv", text.encode()),
        ("u.csv", text.encode("utf-16")),
        ("t.xlsx", as_workbook(heading, [*rows, *more])),
        ("t.csv.gz", gzip.compress(text.encode())),
    ):
        path = put(tmp_path, name, data)
        for read in (flows, flows_in_blocks):
            found, faults = read(path)
            aside = {int(n) for f in faults if f["done"] == "set_aside" for n in f["rows"]}
            assert (len(found), aside) == (2, {3, 4, 5, 6}), (name, read.__name__)
    seen = read_parties(put(tmp_path, "p.csv", b"name,country\nA,CN\n,\nB\n,US\n\n"))
    assert (seen.row_count, seen.party_count) == (3, 2)
    assert "1 blank row holds nothing" in " ".join(seen.notes)
    read = registry.read_list(put(tmp_path, "own.csv", b"name,country\nA,CN\n,\nB\n\n"), "own-x").reading
    assert read.entries.num_rows == 2
    assert "blank rows, which hold nothing: 1" in read.notes


REPORT = "霍尔果斯口岸2024年货运量4100万吨。"


@pytest.mark.parametrize("name", ["r.txt", "r.md", "r.html"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_report_is_decoded_like_a_table(tmp_path, name, encoding):
    assert open_report(put(tmp_path, name, REPORT.encode(encoding)), published=date(2025, 1, 1)).text == REPORT


@pytest.mark.parametrize("name", ["r.txt", "r.md", "r.html"])
def test_a_report_in_another_encoding_is_refused_and_read_where_it_is_told(tmp_path: Path, name: str):
    text = "Хоргос обработал 4,1 млн тонн грузов в 2024 году."
    path = put(tmp_path, name, text.encode("cp1251"))
    with pytest.raises(EntrepotError, match=f"{name}, line 1, column 1 .in bytes.: byte 0xd5 is not utf-8"):
        open_report(path)
    assert open_report(path, encoding="cp1251").text == text
