"""Tables of a document of Word, and packing lists that were written in it."""

from __future__ import annotations

import zipfile
from xml.sax.saxutils import escape

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.screening.parties.parties import read_parties

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text, *, deleted=False):
    tag, mark = ("w:delText", "w:del") if deleted else ("w:t", "w:ins")
    lines = "<w:br/>".join(f"<{tag}>{escape(line)}</{tag}>" for line in text.split("\n"))
    return f"<w:p><{mark}><w:r>{lines}</w:r></{mark}></w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows):
    made = ("".join(c if c.startswith("<") else cell(c) for c in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def document(folder, *parts, **more):
    path = folder / "list.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{''.join(parts)}</w:body></w:document>")
        for name, text in more.items():
            packed.writestr(f"word/{name}.xml", f"<w:hdr {NAMES}>{text}</w:hdr>")
    return path


SUPPLIERS = table(
    ("Supplier", "Address", "Country"), ("Foo Resin Co., Ltd.", "1 Foo Road", "China"), ("Bar GmbH", "2 Weg", "Germany")
)


def test_a_table_of_suppliers_is_read_as_one_of_a_workbook_is(tmp_path):
    read = read_parties(document(tmp_path, paragraph("Approved suppliers"), SUPPLIERS, paragraph("Signed: A. Clerk")))
    assert [(p.row, p.name, p.address, p.country) for p in read.each()] == [
        (2, "Foo Resin Co., Ltd.", "1 Foo Road", "China"),
        (3, "Bar GmbH", "2 Weg", "Germany"),
    ]
    (said,) = [n for n in read.notes if "text beside" in n]
    assert "'Approved suppliers', 'Signed: A. Clerk'" in said


def test_the_table_with_known_headings_is_read_and_the_other_is_named(tmp_path):
    read = read_parties(document(tmp_path, table(("Version", "Day"), ("3", "May")), SUPPLIERS))
    assert [p.name for p in read.each()] == ["Foo Resin Co., Ltd.", "Bar GmbH"]
    assert any("not read: 'table 1'" in n for n in read.notes)


def test_a_cell_merged_over_rows_is_said_of_each_and_one_over_columns_moves_nothing(tmp_path):
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        ("Country", "Supplier", "Address"),
        (cell("China", begins), "Foo Resin Co., Ltd.", "1 Foo Road"),
        (cell("", goes_on), "Baz Resin Co., Ltd.", "2 Foo Road"),
        (cell("", goes_on), "Qux Resin Co., Ltd.", "3 Foo Road"),
        (cell("Total", '<w:gridSpan w:val="2"/>'), "3"),
    ]
    found = [(p.name, p.country) for p in read_parties(document(tmp_path, table(*rows))).each()]
    assert found == [(f"{n} Resin Co., Ltd.", "China") for n in ("Foo", "Baz", "Qux")]


def test_a_packing_list_is_a_form_with_its_letterhead_and_the_makers_of_its_goods(tmp_path):
    goods = table(
        ("Item", "Description", "Quantity", "Net weight (kg)", "Manufacturer"),
        ("1", "resin", "4", "100", "Qux Works LLC"),
        ("", "TOTAL", "4", "100", ""),
    )
    parts = [
        paragraph("Seller: Foo Resin Co., Ltd.\n1 Foo Road, Urumqi"),
        paragraph("Buyer: Bar Tooling Inc."),
        paragraph("Consignee: Deleted LLC", deleted=True),
        goods,
    ]
    read = read_parties(document(tmp_path, *parts, header1=paragraph("Corge Holding GmbH")))
    assert {(p.column, p.name, p.address) for p in read.each() if p.name} == {
        ("Seller", "Foo Resin Co., Ltd.", "1 Foo Road, Urumqi"),
        ("Buyer", "Bar Tooling Inc.", None),
        ("Manufacturer", "Qux Works LLC", None),
        ("unlabelled", "Corge Holding GmbH", None),
    }


def test_labels_in_one_column_of_a_table_and_names_in_the_next(tmp_path):
    form = table(
        ("SHIPPER", "Foo Resin Co., Ltd.\nUrumqi"), ("CONSIGNEE", "Bar Tooling Inc."), ("NOTIFY PARTY", "Baz LLC")
    )
    found = {(p.column, p.name, p.address) for p in read_parties(document(tmp_path, form)).each()}
    assert found == {
        ("SHIPPER", "Foo Resin Co., Ltd.", "Urumqi"),
        ("CONSIGNEE", "Bar Tooling Inc.", None),
        ("NOTIFY PARTY", "Baz LLC", None),
    }


@pytest.mark.parametrize("body", ["<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document/>"])
def test_a_broken_document_is_refused_with_what_to_do(tmp_path, body):
    path = tmp_path / "list.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", body)
    with pytest.raises(UnreadableFileError, match="Save it again"):
        read_parties(path)


def test_firms_in_the_text_beside_the_tables_are_named_wherever_they_stand_and_counted(tmp_path):
    prose = [paragraph(f"Paragraph {n} of the policy") for n in range(8)]
    firms = [f"Umber {n} Foods Ltd" for n in range(7)]
    beside = [*prose, *(paragraph(f"Formerly: {name}" if n else name) for n, name in enumerate(firms))]
    (said,) = [n for n in read_parties(document(tmp_path, SUPPLIERS, *beside)).notes if "text beside" in n]
    assert "7 of 15 lines" in said
    assert all(name in said for name in firms)
    assert "8 more" in said
